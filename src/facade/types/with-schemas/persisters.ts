// The types of persisters of stores with schemas; what they do is documented in ../persisters.ts.
export type {PersisterOptions} from '../persister-options.js';
import type {Persists, Status} from '../../persister-enums.js';
import type {PersisterMethods} from '../persisters.js';
import type {MergeableChanges, MergeableContent, MergeableStore} from './mergeable-store.js';
import type {OptionalSchemas} from '../schemas.js';
import type {Changes, Content} from './content.js';
import type {Store} from './store.js';

export type {PersisterMethods, PersisterStats, SaveState} from '../persisters.js';

/** The store that a Persister of the given kind takes. */
export type PersistedStore<
  Schemas extends OptionalSchemas,
  Persist extends Persists = Persists.StoreOnly,
> = Persist extends Persists.MergeableStoreOnly
  ? MergeableStore<Schemas>
  : Persist extends Persists.StoreOrMergeableStore
    ? Store<Schemas> | MergeableStore<Schemas>
    : Store<Schemas>;

/**
 * What a Persister of the given kind loads and saves: `[tables, values]`. What `getContent` gives has object and array
 * cells as texts, U+FFFD followed by their JSON; what is loaded may have them so or as they are.
 */
export type PersistedContent<
  Schemas extends OptionalSchemas,
  Persist extends Persists = Persists.StoreOnly,
  WhenSet extends boolean = false,
> = Persist extends Persists.MergeableStoreOnly
  ? MergeableContent
  : Persist extends Persists.StoreOrMergeableStore
    ? Content<Schemas, WhenSet> | MergeableContent
    : Content<Schemas, WhenSet>;

/** What one transaction changed: `[tables, values, 1]`, with `undefined` for what was deleted. */
export type PersistedChanges<
  Schemas extends OptionalSchemas,
  Persist extends Persists = Persists.StoreOnly,
> = Persist extends Persists.MergeableStoreOnly
  ? MergeableChanges<true>
  : Persist extends Persists.StoreOrMergeableStore
    ? Changes<Schemas> | MergeableChanges<true>
    : Changes<Schemas>;

/**
 * What the app calls when its persistence layer was changed by someone else.
 *
 * @param content - The whole content, which replaces that of the Store.
 * @param changes - Or only the changes, which are laid over the Store. Without either, the Persister loads.
 */
export type PersisterListener<
  Schemas extends OptionalSchemas,
  Persist extends Persists = Persists.StoreOnly,
  WhenSet extends boolean = false,
> = (content?: PersistedContent<Schemas, Persist, WhenSet>, changes?: PersistedChanges<Schemas, Persist>) => void;

/** What is called when the status of a Persister has changed. */
export type StatusListener<
  Schemas extends OptionalSchemas,
  Persister extends AnyPersister<Schemas> = AnyPersister<Schemas>,
> = (persister: Persister, status: Status) => void;

/** A Persister of any kind. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any kind
export type AnyPersister<Schemas extends OptionalSchemas> = Persister<Schemas, any>;

/**
 * Loads the content of a Store with schemas from somewhere and saves it there, when asked to or by itself.
 *
 * It does one thing at a time, in the order in which it was asked. Errors of the persistence layer go to the handler
 * given as `onIgnoredError`, and the promises here resolve all the same; they reject only with what that handler or a
 * status listener throws, and after {@link PersisterMethods.destroy} with an Error of `code` `'destroyed'`.
 * The functions do not use `this`.
 */
export interface Persister<
  Schemas extends OptionalSchemas,
  Persist extends Persists = Persists.StoreOnly,
> extends PersisterMethods<Content<Schemas, true>> {
  /** The Store whose content is persisted. */
  getStore(): PersistedStore<Schemas, Persist>;
}

/** A Persister on the browser's session storage. */
export interface SessionPersister<Schemas extends OptionalSchemas> extends Persister<
  Schemas,
  Persists.StoreOrMergeableStore
> {
  /** The key in session storage under which the content is kept. */
  getStorageName(): string;
}

/** A Persister on the browser's local storage. */
export interface LocalPersister<Schemas extends OptionalSchemas> extends Persister<
  Schemas,
  Persists.StoreOrMergeableStore
> {
  /** The key in local storage under which the content is kept. */
  getStorageName(): string;
}

/** A Persister on a server. */
export interface RemotePersister<Schemas extends OptionalSchemas> extends Persister<Schemas> {
  /** The URLs that the content is loaded from and saved to, in this order. */
  getUrls(): [string, string];
}

/** A Persister on a database of IndexedDB. */
export interface IndexedDbPersister<Schemas extends OptionalSchemas> extends Persister<Schemas> {
  /** The name of the database in which the content is kept. */
  getDbName(): string;
}

/** A Persister on a file of the browser's origin private file system. */
export interface OpfsPersister<Schemas extends OptionalSchemas> extends Persister<
  Schemas,
  Persists.StoreOrMergeableStore
> {
  /** The handle of the file in which the content is kept. */
  getHandle(): FileSystemFileHandle;
}

/** A Persister on a file, in Node. */
export interface FilePersister<Schemas extends OptionalSchemas> extends Persister<
  Schemas,
  Persists.StoreOrMergeableStore
> {
  /** The path of the file in which the content is kept. */
  getFilePath(): string;
}
