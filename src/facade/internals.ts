// What persisters need of a store beyond its public methods, found by the store's object.
import type {Track} from './edits.js';
import type {Mergeable} from './mergeable.js';
import type {Changes, Content, Store} from './types/store.js';

/** Access to a store in the form in which it is persisted: objects and arrays in cells are texts. */
export interface StoreInternals {
  /** The content `[tables, values]`, in fresh objects without prototype. */
  getEncodedContent(): Content;
  /** The net changes of the transaction under way, or `undefined` if there are none. */
  getEncodedChanges(): Changes | undefined;
  /** Whether the transaction under way has net changes. */
  hasChanges(): boolean;
  /** The content as JSON text, written in Rust. */
  getEncodedJson(): string;
  /** The JSON text `[tables, {}]` of rows, given by the JSON text of a list of `[table, row]`. */
  getEncodedRows(ids: string): string;
  /** Begins to note what is not saved. */
  track: Track;
  /** What a mergeable store has beyond others. */
  readonly mergeable: Mergeable['internals'] | undefined;
}

const internals = new WeakMap<object, StoreInternals>();

/** Makes a store known. */
export const registerInternals = (store: Store, its: StoreInternals): void => {
  internals.set(store, its);
};

/** The internals of a store; `undefined` if it is not one of this package's. */
export const internalsOf = (store: unknown): StoreInternals | undefined =>
  typeof store === 'object' && store !== null ? internals.get(store) : undefined;
