// The texts of one store by number, cached on this side so that each crosses once.
//
// The caches may be dropped at any time. They must be when Rust has freed texts, since a number may
// then stand for another text: `check()` sees to that, and everything here calls it first.
import type {StoreCore} from '../../build/binding/cellarium.js';
import {NONE, VIEW_OUT_ADDRESS, VIEW_OUT_LENGTH, VIEW_TEXTS_EPOCH} from './layout.js';
import {decodeUtf16, decodeUtf8, i32, isUtf16, putText, putWords, refresh} from './memory.js';

// A cache that has grown larger starts afresh.
const CACHED = 1 << 17;
// So many texts that have come once are watched for coming again.
const WATCHED = 512;

/** The texts of a store. */
export interface Texts {
  /** The handle of an id, made if there is none. */
  intern(text: string): number;
  /** The handle of a cell's text if it has come before, lately; else `NONE`, and the caller sends the text itself. */
  repeated(text: string): number;
  /** The handle of an id that the store has met, or `NONE`. */
  find(text: string): number;
  /** The text of a handle. */
  text(handle: number): string;
  /** The texts of many handles, which cross in one piece. */
  list(handles: ArrayLike<number>): string[];
}

export const createTexts = (core: StoreCore, view: number): Texts => {
  const handles = new Map<string, number>();
  let texts: (string | undefined)[] = [];
  const watched = new Set<string>();
  let epoch = 0;

  const epochIndex = (view + VIEW_TEXTS_EPOCH) >>> 2;
  const check = (): void => {
    // A detached array gives undefined, which is no epoch.
    if (i32[epochIndex] !== epoch) {
      refresh();
      const now = i32[epochIndex] as number;
      if (now !== epoch) {
        epoch = now;
        handles.clear();
        texts = [];
      }
    }
  };

  const remember = (handle: number, text: string): void => {
    if (handle > CACHED) {
      return;
    }
    while (texts.length <= handle) {
      texts.push(undefined);
    }
    texts[handle] = text;
  };

  const read = (handle: number): string => {
    const isWide = core.textOut(handle);
    refresh();
    const address = (i32[(view + VIEW_OUT_ADDRESS) >>> 2] as number) >>> 0;
    const length = i32[(view + VIEW_OUT_LENGTH) >>> 2] as number;
    return isWide ? decodeUtf16(address, length) : decodeUtf8(address, length);
  };

  const intern = (text: string): number => {
    check();
    let handle = handles.get(text);
    if (handle === undefined) {
      handle = core.intern(putText(text), isUtf16);
      if (handles.size >= CACHED) {
        handles.clear();
      }
      handles.set(text, handle);
      remember(handle, text);
    }
    return handle;
  };

  return {
    intern,

    repeated(text) {
      check();
      const handle = handles.get(text);
      if (handle !== undefined) {
        return handle;
      }
      // To cache texts that never repeat would cost more than to send them.
      if (watched.delete(text)) {
        return intern(text);
      }
      if (watched.size >= WATCHED) {
        watched.clear();
      }
      watched.add(text);
      return NONE;
    },

    find(text) {
      check();
      const handle = handles.get(text);
      return handle ?? core.find(putText(text), isUtf16);
    },

    text(handle) {
      check();
      let text = texts[handle];
      if (text === undefined) {
        text = read(handle);
        remember(handle, text);
      }
      return text;
    },

    list(wanted) {
      check();
      const result: string[] = new Array<string>(wanted.length);
      const missing: number[] = [];
      for (let index = 0; index < wanted.length; index++) {
        const text = texts[wanted[index] as number];
        if (text === undefined) {
          missing.push(index);
        } else {
          result[index] = text;
        }
      }
      if (missing.length === 0) {
        return result;
      }
      const lengths = core.textsOut(putWords(missing.map((index) => wanted[index] as number)));
      refresh();
      const address = (i32[(view + VIEW_OUT_ADDRESS) >>> 2] as number) >>> 0;
      const joined = decodeUtf8(address, i32[(view + VIEW_OUT_LENGTH) >>> 2] as number);
      const odd: number[] = [];
      let from = 0;
      for (const [place, index] of missing.entries()) {
        const length = (i32[(lengths >>> 2) + place * 2] as number) >>> 0;
        if (length === NONE) {
          odd.push(index);
        } else {
          const text = joined.slice(from, from + length);
          remember(wanted[index] as number, text);
          result[index] = text;
          from += length;
        }
      }
      for (const index of odd) {
        result[index] = read(wanted[index] as number);
      }
      return result;
    },
  };
};
