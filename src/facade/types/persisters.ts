// The types of persisters, with their documentation.
export type {PersisterOptions} from './persister-options.js';
import type {Persists, Status} from '../persister-enums.js';
import type {MergeableChanges, MergeableContent, MergeableStore} from './mergeable-store.js';
import type {Changes, Content, Id, Store} from './store.js';

/** The store that a Persister of the given kind takes. */
export type PersistedStore<Persist extends Persists = Persists.StoreOnly> = Persist extends Persists.MergeableStoreOnly
  ? MergeableStore
  : Persist extends Persists.StoreOrMergeableStore
    ? Store | MergeableStore
    : Store;

/**
 * What a Persister of the given kind loads and saves: `[tables, values]`, or with stamps what `getMergeableContent`
 * gives, where the kind and the store allow. What `getContent` gives has object and array cells as texts, U+FFFD followed
 * by their JSON; what is loaded may have them so or as they are.
 */
export type PersistedContent<Persist extends Persists = Persists.StoreOnly> =
  Persist extends Persists.MergeableStoreOnly
    ? MergeableContent
    : Persist extends Persists.StoreOrMergeableStore
      ? Content | MergeableContent
      : Content;

/**
 * What one transaction changed: `[tables, values, 1]`, with `undefined` for what was deleted; or the same with stamps and
 * hashes.
 */
export type PersistedChanges<Persist extends Persists = Persists.StoreOnly> =
  Persist extends Persists.MergeableStoreOnly
    ? MergeableChanges<true>
    : Persist extends Persists.StoreOrMergeableStore
      ? Changes | MergeableChanges<true>
      : Changes;

/**
 * What the app calls when its persistence layer was changed by someone else.
 *
 * @param content - The whole content, which replaces that of the Store.
 * @param changes - Or only the changes, which are laid over the Store. Without either, the Persister loads.
 */
export type PersisterListener<Persist extends Persists = Persists.StoreOnly> = (
  content?: PersistedContent<Persist>,
  changes?: PersistedChanges<Persist>,
) => void;

/** What is called when the status of a Persister has changed. */
export type StatusListener<Persister extends AnyPersister = AnyPersister> = (
  persister: Persister,
  status: Status,
) => void;

/** How safe the content of a Store is. Times are in milliseconds since 1970. */
export interface SaveState {
  /** Whether the Store holds anything that is not saved, as far as is known. */
  readonly isUnsaved: boolean;
  /** When a save last succeeded. */
  readonly lastSaved?: number;
  /** What went wrong with the last load or save, until one succeeds; after a save, until a save does. */
  readonly lastError?: unknown;
  /** Its `code`, or for what browsers throw `'quota-exceeded'`, `'storage-unavailable'` or `'unknown'`. */
  readonly lastErrorCode?: string;
}

/** How often a Persister has set about loading and saving, whether or not that succeeded. */
export interface PersisterStats {
  /** Loads begun. */
  loads: number;
  /** Saves begun. */
  saves: number;
}

/** A Persister of any kind. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any kind
export type AnyPersister = Persister<any>;

/** The methods of a Persister of some type of content, with or without schemas. */
export interface PersisterMethods<InitialContent> {
  /**
   * Loads the content once. While saving, this does nothing.
   *
   * @param initialContent - Content, or a function that makes it, to use if nothing is stored or it cannot be read.
   * @returns A promise of this Persister.
   */
  load(initialContent?: InitialContent | (() => InitialContent)): Promise<this>;

  /**
   * Starts to listen to the persistence layer, then loads.
   *
   * @param initialContent - As for {@link PersisterMethods.load}.
   * @returns A promise of this Persister.
   */
  startAutoLoad(initialContent?: InitialContent | (() => InitialContent)): Promise<this>;

  /** Stops listening to the persistence layer. Returns a promise of this Persister. */
  stopAutoLoad(): Promise<this>;

  /** Whether a listener to the persistence layer is registered that can be deleted. */
  isAutoLoading(): boolean;

  /**
   * Saves the content once. If nothing else is under way, the persistence layer has been called when this returns.
   * While loading, this does nothing. Returns a promise of this Persister.
   */
  save(): Promise<this>;

  /**
   * Saves, and from then on at the end of every transaction that changed something, within the call that ends it if
   * nothing else is under way. Returns a promise of this Persister.
   */
  startAutoSave(): Promise<this>;

  /** Stops saving automatically; saves that were begun go on. Returns a promise of this Persister. */
  stopAutoSave(): Promise<this>;

  /** Whether transactions are saved automatically. */
  isAutoSaving(): boolean;

  /**
   * Starts to load automatically, then to save. If the second fails, both are stopped.
   *
   * @param initialContent - As for {@link PersisterMethods.load}.
   * @param startSaveFirst - Whether saving comes first.
   * @returns A promise of this Persister.
   */
  startAutoPersisting(
    initialContent?: InitialContent | (() => InitialContent),
    startSaveFirst?: boolean,
  ): Promise<this>;

  /**
   * Stops to load automatically, then to save.
   *
   * @param stopSaveFirst - Whether saving comes first.
   * @returns A promise of this Persister.
   */
  stopAutoPersisting(stopSaveFirst?: boolean): Promise<this>;

  /** What the Persister is doing. Several saves at once are idle after the second, as in TinyBase. */
  getStatus(): Status;

  /**
   * Calls a listener whenever the status changes.
   *
   * @param listener - Called with this Persister and its status.
   * @returns An id to delete the listener with.
   */
  addStatusListener(listener: (persister: this, status: Status) => void): Id;

  /**
   * Deletes a listener to the status or the save state; an unknown id does nothing.
   *
   * @param listenerId - What {@link PersisterMethods.addStatusListener} returned, for example.
   * @returns The Store, as in TinyBase, although the type says otherwise there as here.
   */
  delListener(listenerId: Id): this;

  /** How safe the content is. Not in TinyBase. */
  getSaveState(): SaveState;

  /**
   * Calls a listener when a load or save has succeeded or failed, and, while saving automatically, when something is
   * unsaved that was not. Not in TinyBase.
   *
   * @param listener - Called with this Persister and how safe the content is.
   * @returns An id to delete the listener with.
   */
  addSaveStateListener(listener: (persister: this, saveState: SaveState) => void): Id;

  /**
   * Saves what is not saved, now, rather than when its time comes; without such, does nothing. Returns a promise of this
   * Persister. Not in TinyBase.
   */
  flush(): Promise<this>;

  /**
   * Does something when its turn among loads and saves comes. The Persister's own promises must not be awaited in it:
   * they would wait for it.
   *
   * @param actions - Functions that are called one after another, each when what the one before returned has settled.
   * @returns A promise of this Persister, resolved after the last of them.
   */
  schedule(...actions: (() => Promise<unknown>)[]): Promise<this>;

  /**
   * Ends everything: what has not begun is dropped, what has begun is awaited for at most 5 seconds. If it takes
   * longer, `onIgnoredError` gets an Error of `code` `'destroy-timeout'`. Returns a promise of this Persister.
   */
  destroy(): Promise<this>;

  /** How often the Persister has set about loading and saving. */
  getStats(): PersisterStats;
}

/**
 * Loads a Store's content from somewhere and saves it there, when asked to or by itself.
 *
 * It does one thing at a time, in the order in which it was asked. Errors of the persistence layer go to the handler
 * given as `onIgnoredError`, and the promises here resolve all the same; they reject only with what that handler or a
 * status listener throws, and after {@link PersisterMethods.destroy} with an Error of `code` `'destroyed'`.
 * The functions do not use `this`.
 */
export interface Persister<Persist extends Persists = Persists.StoreOnly> extends PersisterMethods<Content> {
  /** The Store whose content is persisted. */
  getStore(): PersistedStore<Persist>;
}

/** A Persister on the browser's session storage. */
export interface SessionPersister extends Persister<Persists.StoreOrMergeableStore> {
  /** The key in session storage under which the content is kept. */
  getStorageName(): string;
}

/** A Persister on the browser's local storage. */
export interface LocalPersister extends Persister<Persists.StoreOrMergeableStore> {
  /** The key in local storage under which the content is kept. */
  getStorageName(): string;
}

/** A Persister on a server. */
export interface RemotePersister extends Persister {
  /** The URLs that the content is loaded from and saved to, in this order. */
  getUrls(): [string, string];
}

/** A Persister on a database of IndexedDB. */
export interface IndexedDbPersister extends Persister {
  /** The name of the database in which the content is kept. */
  getDbName(): string;
}

/** A Persister on a file of the browser's origin private file system. */
export interface OpfsPersister extends Persister<Persists.StoreOrMergeableStore> {
  /** The handle of the file in which the content is kept. */
  getHandle(): FileSystemFileHandle;
}

/** A Persister on a file, in Node. */
export interface FilePersister extends Persister<Persists.StoreOrMergeableStore> {
  /** The path of the file in which the content is kept. */
  getFilePath(): string;
}
