// What a persister sees of a mergeable store in the modes in which its stamps are kept, too: contents and changes that
// have them. What is brought is merged, so that no edit is lost, wherever edits are to be kept.
import type {PersistedStoreFunctions} from '../../build/binding/cellarium.js';
import {BRINGS_CHANGES, BRINGS_INITIAL, BRINGS_TEXT, isStampedText} from './edits.js';
import type {Mergeable} from './mergeable.js';
import {encodedMergeable, mergeableJson} from './stamps.js';
import type {MergeableContent} from './types/mergeable-store.js';
import {getBinding} from './wasm.js';

/** The same text as Rust writes for changes in which there is nothing. */
const noChanges = /^\[\[\{\},"[^"]*",\d+\],\[\{\},"[^"]*",\d+\],1\]$/;

/** Whether a thing is content or changes with stamps: these are arrays of arrays. */
const hasStamps = (thing: unknown): boolean => Array.isArray(thing) && Array.isArray(thing[0]);

/** The functions of a persister that keeps stamps. */
export const withMerging = (
  functions: PersistedStoreFunctions,
  {
    getMergeableJson,
    getMergeableChangesJson,
    applyMergeableJson,
    setDefault,
    getHashes,
    isLocked,
  }: Mergeable['internals'],
  disowning: () => () => void,
): PersistedStoreFunctions => {
  // Whether the store holds more than what was brought last, though nobody has edited it since.
  let isAhead = false;

  /** Merges a stored text, of which the store may hold more; it is not to be lost if others have written over it. */
  const mergeText = (json: string, then: () => void): void => {
    if (isLocked()) return;
    if (!applyMergeableJson(json, false, then)) {
      throw Object.assign(new SyntaxError('The stored text is no mergeable content.'), {code: 'malformed-json'});
    }
    const [tables, values] = JSON.parse(json) as MergeableContent;
    const [tablesHash, valuesHash] = getHashes();
    isAhead = tables[2] !== tablesHash || values[2] !== valuesHash;
  };

  /** The JSON of what the transaction has stamped; `undefined` if that is nothing. */
  const changesJson = (): string | undefined => {
    const json = getMergeableChangesJson();
    return noChanges.test(json) ? undefined : json;
  };

  return {
    ...functions,
    getEncodedContent: () => encodedMergeable(getMergeableJson()),
    getEncodedJson: getMergeableJson,
    getEncodedChanges() {
      const json = changesJson();
      return json === undefined ? undefined : encodedMergeable(json);
    },
    hasChanges: () => changesJson() !== undefined,
    // What is unsaved is known by cell, but not with its stamps.
    getEditsAsChanges: () => undefined,
    hasEdits: () => isAhead || functions.hasEdits(),
    isKept: () => !isAhead && functions.isKept(),
    isAhead: () => isAhead,
    mergedJson(stored) {
      const json = getMergeableJson();
      return getBinding().mergedTexts(stored, json) ?? json;
    },
    beginKeeping() {
      isAhead = false;
      functions.beginKeeping();
      return true;
    },
    bring(what, thing, keepsEdits) {
      const disown = disowning();
      if (what === BRINGS_INITIAL) {
        setDefault(thing, disown);
        return;
      }
      const isText = what === BRINGS_TEXT;
      if (isText ? !isStampedText(thing as string) : !hasStamps(thing)) {
        // Of a time before the store was a mergeable one: it is taken as if it had been written just now.
        functions.bring(what, thing, keepsEdits);
        return;
      }
      if (isText && keepsEdits) {
        mergeText(thing as string, disown);
        return;
      }
      const json = isText ? (thing as string) : mergeableJson(thing);
      const replaces = what !== BRINGS_CHANGES && !(keepsEdits && functions.hasEdits());
      if (replaces) {
        functions.forgetEdits();
      }
      if (json !== undefined) {
        applyMergeableJson(json, replaces, disown);
      }
    },
  };
};
