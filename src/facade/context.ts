// What the parts of one store's object share.
import type {StoreCore} from '../../build/binding/cellarium.js';
import {Tables} from './tables.js';
import {Texts} from './texts.js';
import {createTick} from './tick.js';
import type {GetNow} from './types/common.js';
import type {Store} from './types/store.js';

/** One store, to those who make its object up. */
export class Context {
  /** Where its view is in memory, in bytes. */
  readonly view: number;
  readonly texts: Texts;
  readonly tables: Tables;
  /** What the transaction was offered and cannot be a cell, by the number that Rust knows it by. */
  readonly rejected: unknown[] = [];
  /** The object that users hold, for listeners and fluent returns; there once it has been put together. */
  store!: Store;
  /** Tells a mergeable store the time, before anything that it stamps. */
  readonly tick: (() => void) | undefined;

  constructor(
    /** The store in Rust. */
    readonly core: StoreCore,
    getNow?: GetNow,
  ) {
    this.view = core.viewAddress();
    this.texts = new Texts(core, this.view);
    this.tables = new Tables(core, this.view, this.texts);
    this.tick = getNow && createTick(core, getNow);
  }
}

/**
 * An id as it is in the store: whatever is passed becomes text. As in TinyBase a symbol throws, and an object's valueOf
 * goes before its toString, which a template would turn round.
 */
export const asId = (id: unknown): string => (typeof id === 'string' ? id : '' + (id as string));
