// What persisters need of a store beyond its public methods, found by the store's object.
import type {Changes, Content, Store} from './types/store.js';

/** Access to a store in the form in which it is persisted: objects and arrays in cells are texts. */
export interface StoreInternals {
  /** The content `[tables, values]`, in fresh objects without prototype. */
  getEncodedContent(): Content;
  /** Sets the content; cells may be encoded or plain. */
  setEncodedContent(content: unknown): void;
  /** Applies changes; cells may be encoded or plain. */
  applyEncodedChanges(changes: unknown): void;
  /** The net changes of the transaction under way, or `undefined` if there are none. */
  getEncodedChanges(): Changes | undefined;
  /** Whether the transaction under way has net changes. */
  hasChanges(): boolean;
  /** The content as JSON text, written in Rust. */
  getEncodedJson(): string;
  /** Sets the content from JSON text. Throws a SyntaxError with a `code` if it is none. */
  setEncodedJson(json: string): void;
}

const internals = new WeakMap<object, StoreInternals>();

/** Makes a store known. */
export const registerInternals = (store: Store, its: StoreInternals): void => {
  internals.set(store, its);
};

/** The internals of a store; `undefined` if it is not one of this package's. */
export const internalsOf = (store: unknown): StoreInternals | undefined =>
  typeof store === 'object' && store !== null ? internals.get(store) : undefined;
