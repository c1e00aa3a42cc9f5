// Sets content from JSON text, which Rust reads.
import type {Context} from './context.js';
import {READ_AGAIN, READ_FAILED, READ_NONE, READ_SOME} from './layout.js';
import {putUtf8, releaseText} from './memory.js';
import type {Store} from './types/store.js';

/** What a JSON text is of, by the numbers that Rust gives them. */
export const JSON_OF_TABLES = 0;
export const JSON_OF_VALUES = 1;
export const JSON_OF_BOTH = 2;
export const JSON_OF_TABLES_SCHEMA = 3;
export const JSON_OF_VALUES_SCHEMA = 4;
export const JSON_OF_SCHEMAS = 5;

// Of a longer JSON text, this many units of UTF-16 are read at a time.
const PIECE = 1 << 16;

/** The same JSON text without lone surrogates. Throws a SyntaxError where they make it none. */
export const escapeLoneSurrogates = (json: string): string => {
  // UTF-8 has no lone surrogates, but inside a JSON string they can be written as escapes.
  if (!/[\ud800-\udfff]/.test(json)) {
    return json;
  }
  const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
  if (!lone.test(json)) {
    return json;
  }
  // A backslash before one would make an escape of the escape; that is no JSON either way.
  JSON.parse(json);
  return json.replace(lone, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
};

export const createJsonReader = (
  context: Context,
  /** Runs an action in a transaction. */
  write: (action: () => void) => Store,
) => {
  const {core} = context;

  /** Has Rust read a JSON text piece by piece, so that its memory need not hold all of it; gives `READ_…`. */
  const readPieces = (what: number, json: string): number => {
    let length = PIECE;
    let result = READ_SOME;
    let isGood = true;
    for (let from = 0, to = 0; isGood && to < json.length; from = to) {
      to = Math.min(from + length, json.length);
      // A pair of surrogates is one character in UTF-8.
      to -= to < json.length && (json.charCodeAt(to - 1) & 0xfc00) === 0xd800 ? 1 : 0;
      result = core.readJson(what, putUtf8(json.slice(from, to)), from === 0, to === json.length);
      length *= result === READ_NONE ? 2 : 1;
      isGood = result === READ_SOME || result === READ_NONE;
    }
    return result;
  };

  /** Reads a JSON text in Rust; a message if it is none. */
  const readJson = (what: number, json: string): string | undefined => {
    try {
      const text = escapeLoneSurrogates(`${json}`);
      let result = text.length > PIECE ? readPieces(what, text) : READ_AGAIN;
      if (result === READ_AGAIN) {
        result = core.readJson(what, putUtf8(text), true, true);
      }
      releaseText();
      if (result === READ_FAILED) {
        return 'it is nested too deeply';
      }
      return result < 0 ? undefined : `it is not JSON at byte ${result}`;
    } catch {
      return 'it is not JSON';
    }
  };

  /** Applies a JSON text; false, and no transaction, if it cannot be read. */
  const applyJson = (what: number, json: string, then = (): void => undefined): boolean => {
    if (core.isLocked() || readJson(what, json) !== undefined) {
      return false;
    }
    // Start listeners may write by way of JSON too, and then be gone, so the text is read once more.
    const isReadAgain = core.hasStartListeners();
    write(() => {
      if (isReadAgain) {
        readJson(what, json);
      }
      core.applyJson();
      then();
    });
    return true;
  };

  /** The same, but like TinyBase it swallows what listeners throw. */
  const tryJson = (what: number, json: string): Store => {
    try {
      applyJson(what, json);
    } catch {
      // Nothing to do: the transaction has dealt with it.
    }
    return context.store;
  };

  return {readJson, applyJson, tryJson};
};
