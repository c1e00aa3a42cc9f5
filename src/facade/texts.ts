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

/** The texts of a store. A class, so that stores share its optimised code. */
export class Texts {
  private readonly handles = new Map<string, number>();
  private texts: (string | undefined)[] = [];
  private readonly watched = new Set<string>();
  private epoch = 0;
  private readonly epochIndex: number;

  constructor(
    private readonly core: StoreCore,
    private readonly view: number,
  ) {
    this.epochIndex = (view + VIEW_TEXTS_EPOCH) >>> 2;
  }

  private check(): void {
    // A detached array gives undefined, which is no epoch.
    if (i32[this.epochIndex] !== this.epoch) {
      refresh();
      const now = i32[this.epochIndex] as number;
      if (now !== this.epoch) {
        this.epoch = now;
        this.handles.clear();
        this.texts = [];
      }
    }
  }

  private remember(handle: number, text: string): void {
    if (handle > CACHED) {
      return;
    }
    while (this.texts.length <= handle) {
      this.texts.push(undefined);
    }
    this.texts[handle] = text;
  }

  private read(handle: number): string {
    const isWide = this.core.textOut(handle);
    refresh();
    const address = (i32[(this.view + VIEW_OUT_ADDRESS) >>> 2] as number) >>> 0;
    const length = i32[(this.view + VIEW_OUT_LENGTH) >>> 2] as number;
    return isWide ? decodeUtf16(address, length) : decodeUtf8(address, length);
  }

  /** The handle of an id, made if there is none. */
  intern(text: string): number {
    this.check();
    let handle = this.handles.get(text);
    if (handle === undefined) {
      handle = this.core.intern(putText(text), isUtf16);
      if (this.handles.size >= CACHED) {
        this.handles.clear();
      }
      this.handles.set(text, handle);
      this.remember(handle, text);
    }
    return handle;
  }

  /** The handle of a cell's text if it has come before, lately; else `NONE`, and the caller sends the text itself. */
  repeated(text: string): number {
    this.check();
    const handle = this.handles.get(text);
    if (handle !== undefined) {
      return handle;
    }
    // To cache texts that never repeat would cost more than to send them.
    if (this.watched.delete(text)) {
      return this.intern(text);
    }
    if (this.watched.size >= WATCHED) {
      this.watched.clear();
    }
    this.watched.add(text);
    return NONE;
  }

  /** The handle of an id that the store has met, or `NONE`. */
  find(text: string): number {
    this.check();
    const handle = this.handles.get(text);
    return handle ?? this.core.find(putText(text), isUtf16);
  }

  /** The text of a handle. */
  text(handle: number): string {
    this.check();
    let text = this.texts[handle];
    if (text === undefined) {
      text = this.read(handle);
      this.remember(handle, text);
    }
    return text;
  }

  /** The texts of many handles, which cross in one piece. */
  list(wanted: ArrayLike<number>): string[] {
    this.check();
    const result: string[] = new Array<string>(wanted.length);
    const missing: number[] = [];
    for (let index = 0; index < wanted.length; index++) {
      const text = this.texts[wanted[index] as number];
      if (text === undefined) {
        missing.push(index);
      } else {
        result[index] = text;
      }
    }
    if (missing.length === 0) {
      return result;
    }
    const lengths = this.core.textsOut(putWords(missing.map((index) => wanted[index] as number)));
    refresh();
    const address = (i32[(this.view + VIEW_OUT_ADDRESS) >>> 2] as number) >>> 0;
    const joined = decodeUtf8(address, i32[(this.view + VIEW_OUT_LENGTH) >>> 2] as number);
    const odd: number[] = [];
    let from = 0;
    for (const [place, index] of missing.entries()) {
      const length = (i32[(lengths >>> 2) + place * 2] as number) >>> 0;
      if (length === NONE) {
        odd.push(index);
      } else {
        const text = joined.slice(from, from + length);
        this.remember(wanted[index] as number, text);
        result[index] = text;
        from += length;
      }
    }
    for (const index of odd) {
      result[index] = this.read(wanted[index] as number);
    }
    return result;
  }
}
