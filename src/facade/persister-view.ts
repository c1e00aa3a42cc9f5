// What a persister with options sees of a store: only some tables and values, and content of a version.
import type {PersistedStoreFunctions} from '../../build/binding/cellarium.js';
import {codedError} from './coded-error.js';
import {BRINGS_CHANGES, BRINGS_CONTENT, BRINGS_INITIAL, BRINGS_TEXT} from './edits.js';
import type {CheckedOptions} from './persister-options.js';
import type {Content, Id} from './types/store.js';
import {emptyObject} from './values.js';

type Members = Record<Id, unknown>;
type Halves = [tables: Members, values: Members];
type Has = ((id: Id) => boolean) | undefined;

/** The members of an object whose ids are wanted, or, with `rest`, the others. */
const chosen = (members: unknown, has: Has, rest = false): Members => {
  const result = emptyObject<unknown>();
  for (const [id, member] of Object.entries((members ?? {}) as Members)) {
    if ((has?.(id) ?? true) !== rest) {
      result[id] = member;
    }
  }
  return result;
};

const isEmpty = (members: Members): boolean => Object.keys(members).length === 0;

/** What is in a JSON text; what it throws if it is none has the code of the store's own reader. */
const parsed = (text: unknown): unknown => {
  try {
    return JSON.parse(text as string);
  } catch (error) {
    throw Object.assign(error as SyntaxError, {code: 'malformed-json'});
  }
};

/** The functions of a persister that has only some of a store's tables and values. */
const withParts = (functions: PersistedStoreFunctions, hasTable: Has, hasValue: Has): PersistedStoreFunctions => {
  const parts = ([tables, values]: Halves): Halves => [chosen(tables, hasTable), chosen(values, hasValue)];
  const contentHere = (): Halves => parts(functions.getEncodedContent() as Halves);

  const editsHere = (): [...Halves, Id[][]] => {
    const [tables, values, gone] = JSON.parse(functions.editsText()) as [...Halves, Id[][]];
    const isHere = (path: Id[]): boolean => (path.length > 1 ? hasTable : hasValue)?.(path[0] as Id) ?? true;
    return [...parts([tables, values]), gone.filter(isHere)];
  };
  const hasEdits = (): boolean => {
    if (!functions.hasEdits()) return false;
    const [tables, values, gone] = editsHere();
    return !isEmpty(tables) || !isEmpty(values) || gone.length > 0;
  };

  const changesHere = (changes: unknown): unknown => {
    if (changes === undefined) return undefined;
    const [tables, values] = parts(changes as Halves);
    return isEmpty(tables) && isEmpty(values) ? undefined : [tables, values, 1];
  };

  /** Content with the rest of the store's, which loading leaves alone. */
  const completed = (content: unknown): unknown => {
    const brought = typeof content === 'function' ? (content as () => unknown)() : content;
    if (!Array.isArray(brought)) return brought;
    const [tables, values] = functions.getEncodedContent() as Halves;
    const [broughtTables, broughtValues] = parts(brought as Halves);
    return [
      Object.assign(chosen(tables, hasTable, true), broughtTables),
      Object.assign(chosen(values, hasValue, true), broughtValues),
    ];
  };

  return {
    ...functions,
    getEncodedContent: contentHere,
    getEncodedJson: () => JSON.stringify(contentHere()),
    getEncodedChanges: () => changesHere(functions.getEncodedChanges()),
    hasChanges: () => functions.hasChanges() && changesHere(functions.getEncodedChanges()) !== undefined,
    editsText: () => JSON.stringify(editsHere()),
    getEditsAsChanges: () => changesHere(functions.getEditsAsChanges()),
    hasEdits,
    isKept: () => functions.isKept() || (functions.isInStep() ? !hasEdits() : contentHere().every(isEmpty)),
    bring(what, thing, keepsEdits) {
      if (what === BRINGS_CHANGES) {
        const changes = changesHere(thing);
        if (changes !== undefined) functions.bring(what, changes, keepsEdits);
      } else {
        const content = what === BRINGS_TEXT ? parsed(thing) : thing;
        functions.bring(BRINGS_CONTENT, completed(content), keepsEdits);
      }
    },
  };
};

/** The functions of a persister whose content has a version, which is kept as a third member of it. */
const withVersion = (
  functions: PersistedStoreFunctions,
  version: number,
  migrate: CheckedOptions['migrate'],
): PersistedStoreFunctions => {
  let isCurrent = true;

  const migrated = (content: Content, from: number): Content => {
    if (migrate !== undefined) return migrate(content, from);
    if (from > version) {
      throw codedError(`what is stored is of version ${from}, later than ${version}`, 'newer-version');
    }
    return content;
  };

  const bringContent = (content: unknown, keepsEdits: boolean): void => {
    if (!Array.isArray(content)) {
      functions.bring(BRINGS_CONTENT, content, keepsEdits);
      return;
    }
    const [tables, values, mark] = content as [...Content, {version?: unknown} | undefined];
    const from = typeof mark === 'object' && typeof mark?.version === 'number' ? mark.version : 0;
    isCurrent = from === version;
    functions.bring(BRINGS_CONTENT, isCurrent ? [tables, values] : migrated([tables, values], from), keepsEdits);
  };

  return {
    ...functions,
    getEncodedContent: () => [...(functions.getEncodedContent() as Content), {version}],
    getEncodedJson: () => `${functions.getEncodedJson().slice(0, -1)},{"version":${version}}]`,
    // What is stored in another version has to be written anew as a whole.
    setInStep: () => {
      if (isCurrent) functions.setInStep();
    },
    bring(what, thing, keepsEdits) {
      if (what === BRINGS_INITIAL || what === BRINGS_CHANGES) {
        functions.bring(what, thing, keepsEdits);
      } else {
        // A text may end as one with a version does because of a value whose id is "version": all of it is read.
        bringContent(what === BRINGS_TEXT ? parsed(thing) : thing, keepsEdits);
      }
    },
  };
};

/** What a persister with these options sees of a store. */
export const viewOf = (
  functions: PersistedStoreFunctions,
  {hasTable, hasValue, version, migrate}: CheckedOptions,
): PersistedStoreFunctions => {
  const seen = hasTable || hasValue ? withParts(functions, hasTable, hasValue) : functions;
  return version === undefined ? seen : withVersion(seen, version, migrate);
};
