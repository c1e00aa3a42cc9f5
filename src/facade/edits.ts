// What a persister has not saved yet: it is noted in Rust, and laid over what the persister brings.
import type {Context} from './context.js';
import {VIEW_IS_WRITABLE} from './layout.js';
import {i32} from './memory.js';
import type {Reading} from './reading.js';
import type {Changes, Content, Id} from './types/store.js';
import {emptyObject} from './values.js';
import type {Writing} from './writing.js';

/** What a persister can bring, by the numbers that `src/binding/persister_functions.rs` has for them. */
export const BRINGS_INITIAL = 0;
export const BRINGS_CONTENT = 1;
export const BRINGS_TEXT = 2;
export const BRINGS_CHANGES = 3;

/** A path to what is gone: a value, a row, or a cell. */
type Gone = [Id] | [Id, Id] | [Id, Id, Id];

type Branch = Record<Id, unknown>;

const withoutPrototype = (branch: Branch): Branch => Object.setPrototypeOf(branch, null) as Branch;

/** Makes changes of the text of edits, `[tables, values, gone]`. */
export const changesOf = (edits: string): Changes => {
  const [tables, values, gone] = JSON.parse(edits) as [Branch, Branch, Gone[]];
  for (const table of Object.values(withoutPrototype(tables))) {
    for (const row of Object.values(withoutPrototype(table as Branch))) {
      withoutPrototype(row as Branch);
    }
  }
  withoutPrototype(values);
  for (const path of gone) {
    let branch = path.length === 1 ? values : tables;
    for (const id of path.slice(0, -1)) {
      branch = (branch[id] ??= emptyObject()) as Branch;
    }
    branch[path.at(-1) as Id] = undefined;
  }
  return [tables, values, 1] as Changes;
};

export const createEdits = ({core, view}: Context, {editsJson}: Reading, writing: Writing) => {
  const isWritableIndex = (view + VIEW_IS_WRITABLE) >>> 2;

  /** Notes for one persister what it has not saved. */
  return () => {
    const tracker = core.track();

    const editsText = (): string => editsJson(tracker);

    /** Takes what the persister brings, which is no edit, and lays over it those edits that are to be kept. */
    const bring = (what: number, thing: unknown, keepsEdits: boolean): void => {
      // Changes leave the rest of the store as it is.
      if (!keepsEdits && what !== BRINGS_CHANGES) {
        core.forgetEdits(tracker);
      }
      const edits = keepsEdits && core.hasEdits(tracker) ? changesOf(editsText()) : undefined;
      // In a transaction of the app's, what the app has written before would be disowned with it.
      const isOwn = i32[isWritableIndex] !== 1;
      const then = (): void => {
        if (isOwn) {
          core.disown(tracker);
        }
        if (edits !== undefined) {
          writing.putEncodedChanges(edits);
        }
      };
      if (what === BRINGS_TEXT) {
        writing.setEncodedJson(thing as string, then);
      } else if (what === BRINGS_CHANGES) {
        writing.applyEncodedChanges(thing as Changes, then);
      } else {
        writing.setContentThen(thing, what === BRINGS_CONTENT, then);
      }
    };

    return {
      bring,
      editsText,
      getEditsAsChanges: (): Changes | undefined => (core.needsAll(tracker) ? undefined : changesOf(editsText())),
      forgetEdits: () => core.forgetEdits(tracker),
      setInStep: (isInStep: boolean) => core.setInStep(tracker, isInStep),
      beginKeeping: () => core.beginKeeping(tracker),
      endKeeping: (isKept: boolean) => core.endKeeping(tracker, isKept),
      hasEdits: () => core.hasEdits(tracker),
      isKept: () => core.isKept(tracker),
      untrack: () => core.untrack(tracker),
    };
  };
};

/** Notes what is not saved. */
export type Track = ReturnType<typeof createEdits>;
