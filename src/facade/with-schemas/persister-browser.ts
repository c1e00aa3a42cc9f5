// The entry `cellarium/persisters/persister-browser/with-schemas`: the types of `cellarium/persisters/persister-browser`
// for stores with schemas.
import type {PersisterOptions} from '../types/persister-options.js';
import type {OptionalSchemas} from '../types/schemas.js';
import type {LocalPersister, OpfsPersister, SessionPersister} from '../types/with-schemas/persisters.js';
import type {Store} from '../types/with-schemas/store.js';

export type {LocalPersister, OpfsPersister, SessionPersister} from '../types/with-schemas/persisters.js';

/**
 * Creates a Persister that keeps a Store's content in the browser's session storage, as JSON that TinyBase reads, too.
 *
 * @param store - The Store to persist; one made by this package.
 * @param storageName - The key in session storage.
 * @param onIgnoredError - Is told of errors that stop nothing: of `code` `'storage-unavailable'` where there is no
 * session storage, for example.
 * @param options - How it is to work beyond what TinyBase knows; see {@link PersisterOptions}.
 * @returns The new Persister.
 * @throws An Error of `code` `'store-type'` if the store is not one of this package.
 */
export declare const createSessionPersister: <Schemas extends OptionalSchemas>(
  store: Store<Schemas>,
  storageName: string,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may be thrown
  onIgnoredError?: (error: any) => void,
  options?: PersisterOptions,
) => SessionPersister<Schemas>;

/**
 * Creates a Persister that keeps a Store's content in the browser's local storage, as JSON that TinyBase reads, too.
 * Auto-load hears of what other tabs write.
 *
 * @param store - The Store to persist; one made by this package.
 * @param storageName - The key in local storage.
 * @param onIgnoredError - Is told of errors that stop nothing: of `code` `'storage-unavailable'` where there is no local
 * storage, for example.
 * @param options - How it is to work beyond what TinyBase knows; see {@link PersisterOptions}.
 * @returns The new Persister.
 * @throws An Error of `code` `'store-type'` if the store is not one of this package.
 */
export declare const createLocalPersister: <Schemas extends OptionalSchemas>(
  store: Store<Schemas>,
  storageName: string,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may be thrown
  onIgnoredError?: (error: any) => void,
  options?: PersisterOptions,
) => LocalPersister<Schemas>;

/**
 * Creates a Persister that keeps a Store's content in a file of the browser's origin private file system, in windows and
 * in workers, as JSON that TinyBase reads, too; what was saved automatically may be in a log beside it.
 *
 * @param store - The Store to persist; one made by this package.
 * @param handle - The file, which need not have any content yet.
 * @param onIgnoredError - Is told of errors that stop nothing: of `code` `'storage-unavailable'` where the browser has no
 * such files, for example.
 * @param options - How it is to work beyond what TinyBase knows; see {@link PersisterOptions}. A codec is not offered
 * here.
 * @returns The new Persister.
 * @throws An Error of `code` `'store-type'` if the store is not one of this package.
 */
export declare const createOpfsPersister: <Schemas extends OptionalSchemas>(
  store: Store<Schemas>,
  handle: FileSystemFileHandle,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may be thrown
  onIgnoredError?: (error: any) => void,
  options?: Omit<PersisterOptions, 'codec'>,
) => OpfsPersister<Schemas>;
