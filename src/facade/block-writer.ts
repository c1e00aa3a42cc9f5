// Puts rows and values together as blocks of words, and stages them in Rust piece by piece. The form
// is described in `src/binding/block.rs`.
//
// Reading the user's objects can run user code (getters, proxies, `toJSON`), which may write to a
// store while a block is half done. Each level of such nesting has a writer of its own.
import type {StoreCore} from '../../build/binding/cellarium.js';
import type {Context} from './context.js';
import {
  NONE,
  RECORD_BAD_ROW,
  RECORD_ROW,
  RECORD_SAME_ROW,
  RECORD_TABLE,
  RECORD_VALUES,
  TAG_BOOLEAN,
  TAG_INLINE_ASCII,
  TAG_INLINE_JSON_ASCII,
  TAG_INLINE_JSON_UTF16,
  TAG_INLINE_UTF16,
  TAG_NULL,
  TAG_REJECTED,
  TAG_TEXT,
} from './layout.js';
import {putBlock, releaseBlock} from './memory.js';
import type {Texts} from './texts.js';
import {isFreeText, jsonInText, jsonOf} from './values.js';

// A block is handed over when it has grown to this many bytes.
const FLUSHED = 1 << 16;
// The size of a buffer at first, and the largest that is kept, in bytes.
const SMALLEST = 4096;
const KEPT = 1 << 18;
// Cell texts up to this length are likely to repeat, so they go by handle.
const REPEATED = 24;

const createWriter = (level: number) => {
  let words: Int32Array;
  let doubles: Float64Array;
  let bytes: Uint8Array;
  let units: Uint16Array;
  // In 32-bit words; always even.
  let at = 0;
  // The cell ids of the latest row.
  let columns: string[] = [];
  // Of the store that is written for: a writer outlives stores, so it must not hold on to one.
  let core: StoreCore | undefined;
  let texts: Texts | undefined;
  let rejected: unknown[] | undefined;
  let isEncoded = false;

  const see = (buffer: ArrayBuffer): void => {
    words = new Int32Array(buffer);
    doubles = new Float64Array(buffer);
    bytes = new Uint8Array(buffer);
    units = new Uint16Array(buffer);
  };
  see(new ArrayBuffer(SMALLEST));

  const room = (wanted: number): void => {
    if (at + wanted > words.length) {
      // A multiple of eight bytes, for the doubles.
      const needed = (at + wanted + (wanted & 1)) * 4;
      const larger = new ArrayBuffer(Math.max(words.byteLength * 2, needed + SMALLEST));
      new Int32Array(larger).set(words);
      see(larger);
    }
  };

  const intern = (text: string): number => (texts as Texts).intern(text);

  const pair = (low: number, high: number): void => {
    words[at] = low;
    words[at + 1] = high;
    at += 2;
  };

  const inline = (text: string, ascii: number, utf16: number): void => {
    const {length} = text;
    room(2 + (length >> 1) + 4);
    const header = at;
    const start = (at + 2) * 4;
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > 127) {
        for (let again = 0; again < length; again++) {
          units[(start >> 1) + again] = text.charCodeAt(again);
        }
        pair(length, utf16);
        at = header + 2 + Math.ceil(length / 4) * 2;
        return;
      }
      bytes[start + index] = unit;
    }
    pair(length, ascii);
    at = header + 2 + Math.ceil(length / 8) * 2;
  };

  const reject = (thing: unknown): void => {
    room(2);
    pair((rejected as unknown[]).push(thing) - 1, TAG_REJECTED);
  };

  /** Writes a cell, or what was offered as one and cannot be. */
  const cell = (thing: unknown): void => {
    switch (typeof thing) {
      case 'number':
        if (!Number.isFinite(thing)) {
          reject(thing);
          return;
        }
        room(2);
        doubles[at >> 1] = thing;
        at += 2;
        return;
      case 'string':
        if (!isFreeText(thing)) {
          json(isEncoded ? jsonInText(thing) : undefined, thing);
        } else {
          const handle = thing.length > REPEATED ? NONE : (texts as Texts).repeated(thing);
          if (handle === NONE) {
            inline(thing, TAG_INLINE_ASCII, TAG_INLINE_UTF16);
          } else {
            room(2);
            pair(handle, TAG_TEXT);
          }
        }
        return;
      case 'boolean':
        room(2);
        pair(thing ? 1 : 0, TAG_BOOLEAN);
        return;
      case 'object':
        if (thing === null) {
          room(2);
          pair(0, TAG_NULL);
        } else {
          json(jsonOf(thing), thing);
        }
        return;
      default:
        reject(thing);
    }
  };

  const json = (text: string | undefined, thing: unknown): void => {
    if (text === undefined) {
      reject(thing);
    } else {
      inline(text, TAG_INLINE_JSON_ASCII, TAG_INLINE_JSON_UTF16);
    }
  };

  const flush = (): void => {
    if (at > 0) {
      putBlock(words, at * 4);
      core?.stage(level, at * 4);
      releaseBlock();
      at = 0;
    }
  };

  const flushIfLarge = (): void => {
    if (at * 4 >= FLUSHED) {
      flush();
    }
  };

  const members = (object: Record<string, unknown>, ids: string[]): void => {
    for (const id of ids) {
      const thing = object[id];
      room(2);
      pair(intern(id), 0);
      cell(thing);
    }
  };

  return {
    /** Begins to write for a store. */
    begin(context: WriterContext, encoded: boolean): void {
      ({core, texts, rejected} = context);
      isEncoded = encoded;
      at = 0;
      columns = [];
    },

    /** Writes a row. */
    row(id: string, row: Record<string, unknown>): void {
      const ids = Object.keys(row);
      const {length} = ids;
      let isSame = length === columns.length && length > 0;
      for (let index = 0; isSame && index < length; index++) {
        isSame = ids[index] === columns[index];
      }
      room(2);
      pair(isSame ? RECORD_SAME_ROW : RECORD_ROW, length);
      inline(id, TAG_INLINE_ASCII, TAG_INLINE_UTF16);
      if (isSame) {
        for (let index = 0; index < length; index++) {
          cell(row[ids[index] as string]);
        }
      } else {
        members(row, ids);
        columns = ids;
      }
      flushIfLarge();
    },

    /** Writes that something offered as a row is none. */
    badRow(id: string): void {
      room(2);
      pair(RECORD_BAD_ROW, 0);
      inline(id, TAG_INLINE_ASCII, TAG_INLINE_UTF16);
      flushIfLarge();
    },

    /** Makes the rows since the last table a table. */
    endTable(id: string): void {
      room(2);
      pair(RECORD_TABLE, intern(id));
    },

    /** Writes values. */
    values(values: Record<string, unknown>): void {
      const ids = Object.keys(values);
      room(2);
      pair(RECORD_VALUES, ids.length);
      members(values, ids);
    },

    /** Hands over what is left; gives the level at which it is staged. */
    finish(): number {
      flush();
      return level;
    },

    /** Lets go of the store, and of the memory that a large row took. */
    end(): void {
      core = undefined;
      texts = undefined;
      rejected = undefined;
      columns = [];
      if (words.byteLength > KEPT) {
        see(new ArrayBuffer(SMALLEST));
      }
    },
  };
};

/** Writes blocks of rows and values. */
export type BlockWriter = ReturnType<typeof createWriter>;

/** What a writer needs of the store that it writes for. */
export type WriterContext = Pick<Context, 'core' | 'texts' | 'rejected'>;

const writers: BlockWriter[] = [];
let depth = 0;

/** Lets `write` put content together for a store and use it, and gives what it gives. */
export const withWriter = <Result>(
  context: WriterContext,
  isEncoded: boolean,
  write: (writer: BlockWriter) => Result,
): Result => {
  const level = depth++;
  const writer = (writers[level] ??= createWriter(level));
  const {core} = context;
  writer.begin(context, isEncoded);
  // A getter of the user's may even end the transaction: what is written by handle must keep its meaning.
  core.pin();
  try {
    return write(writer);
  } catch (error) {
    // A getter of the user's threw: some of the content may have been staged.
    core.unstage(level);
    throw error;
  } finally {
    writer.end();
    depth--;
    core.unpin();
  }
};
