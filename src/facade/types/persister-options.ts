// The type of a persister's options, with its documentation.
import type {Codec} from './codecs.js';
import type {Content, Id, Ids} from './store.js';

/** How a Persister is to work, beyond what TinyBase knows: all of it may be left out. */
export interface PersisterOptions {
  /**
   * For how many milliseconds automatic saves wait for more changes before they begin; 0 by default. Leaving the page,
   * `flush()` and `save()` do not wait.
   */
  debounce?: number;

  /** What the content goes through on its way to where it is kept, and back. Without it, it is kept as JSON. */
  codec?: Codec;

  /**
   * The ids of the tables that are saved and loaded, or a function that says of an id whether it is one of them, each
   * time the same. The others are neither saved nor touched by loading. All by default.
   */
  tables?: Ids | ((tableId: Id) => boolean);

  /** As {@link PersisterOptions.tables}, of the values. */
  values?: Ids | ((valueId: Id) => boolean);

  /**
   * The version of the app's content, a whole number. It is saved with the content. What was saved without one is of
   * version 0.
   */
  version?: number;

  /**
   * Called when what is loaded is of another version than {@link PersisterOptions.version}.
   *
   * @param content - The content that was loaded, `[tables, values]`.
   * @param fromVersion - The version of it.
   * @returns The content as the app knows it now. What is thrown counts as a load that has failed: nothing is saved over
   * what is stored.
   */
  migrate?: (content: Content, fromVersion: number) => Content;
}
