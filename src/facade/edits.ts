// What a persister has not saved yet: it is noted in Rust, and laid over what the persister brings.
import type {Context} from './context.js';
import {VIEW_IS_WRITABLE} from './layout.js';
import {i32} from './memory.js';
import type {Reading} from './reading.js';
import type {Changes} from './types/store.js';
import {getBinding} from './wasm.js';
import type {Writing} from './writing.js';

/** What a persister can bring, by the numbers that `src/binding/persister_functions.rs` has for them. */
export const BRINGS_INITIAL = 0;
export const BRINGS_CONTENT = 1;
export const BRINGS_TEXT = 2;
export const BRINGS_CHANGES = 3;

/** Whether a JSON text is of content with stamps: an array of arrays of objects. */
export const isStampedText = (text: string): boolean => /^\s*\[\s*\[\s*\{/.test(text);

export const createEdits = ({core, view}: Context, {editsJson, editedRowsJson}: Reading, writing: Writing) => {
  const changesOf = getBinding().changesOf as (edits: string) => Changes[];
  const isWritableIndex = (view + VIEW_IS_WRITABLE) >>> 2;

  /** Notes for one persister what it has not saved. */
  return () => {
    const tracker = core.track();

    const editsText = (): string => editsJson(tracker);

    /** What says, within a transaction that begins now, that all it has written is no edit. */
    const disowning = (): (() => void) => {
      // In a transaction of the app's, what the app has written before would be disowned with it.
      const isOwn = i32[isWritableIndex] !== 1;
      return () => {
        if (isOwn) {
          core.disown(tracker);
        }
      };
    };

    /** Takes what the persister brings, which is no edit, and lays over it those edits that are to be kept. */
    const bring = (what: number, thing: unknown, keepsEdits: boolean): void => {
      if (what === BRINGS_TEXT && isStampedText(thing as string)) {
        const message = 'What is stored has stamps, which only a mergeable store can read.';
        throw Object.assign(new SyntaxError(message), {code: 'malformed-json'});
      }
      // Changes leave the rest of the store as it is.
      if (!keepsEdits && what !== BRINGS_CHANGES) {
        core.forgetEdits(tracker);
      }
      const edits = keepsEdits && core.hasEdits(tracker) ? changesOf(editsText()) : [];
      const disown = disowning();
      const then = (): void => {
        disown();
        edits.forEach(writing.putEncodedChanges);
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
      disowning,
      editsText,
      editedRowsText: (): string => editedRowsJson(tracker),

      /** All edits as changes; `undefined` if they are too many, or more than changes can say. */
      getEditsAsChanges(): Changes | undefined {
        const [changes, more] = core.needsAll(tracker) ? [] : changesOf(editsText());
        return more === undefined ? changes : undefined;
      },

      forgetEdits: () => core.forgetEdits(tracker),
      setInStep: () => core.setInStep(tracker),
      beginKeeping: () => core.beginKeeping(tracker),
      endKeeping: (isKept: boolean) => core.endKeeping(tracker, isKept),
      hasEdits: () => core.hasEdits(tracker),
      isKept: () => core.isKept(tracker),
      isInStep: () => !core.needsAll(tracker),
      untrack: () => core.untrack(tracker),
    };
  };
};

/** Notes what is not saved. */
export type Track = ReturnType<typeof createEdits>;
