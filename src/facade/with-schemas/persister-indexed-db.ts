// The entry `cellarium/persisters/persister-indexed-db/with-schemas`: the types of
// `cellarium/persisters/persister-indexed-db` for stores with schemas.
import type {PersisterOptions} from '../types/persister-options.js';
import type {OptionalSchemas} from '../types/schemas.js';
import type {IndexedDbPersister} from '../types/with-schemas/persisters.js';
import type {Store} from '../types/with-schemas/store.js';

export type {IndexedDbPersister} from '../types/with-schemas/persisters.js';

/**
 * Creates a Persister that keeps a Store's content in a database of IndexedDB, so that a save writes what has changed,
 * many rows together. What TinyBase has stored is brought to that form at the first load or save; TinyBase cannot read it
 * any longer.
 *
 * @param store - The Store to persist; one made by this package.
 * @param dbName - The name of the database.
 * @param autoLoadIntervalSeconds - How often auto-load looks for what others have saved. By default it does so only
 * where there is no BroadcastChannel to hear of it, every second.
 * @param onIgnoredError - Is told of errors that stop nothing: of `code` `'storage-unavailable'` where there is no
 * IndexedDB, for example.
 * @param options - How it is to work beyond what TinyBase knows; see {@link PersisterOptions}. A codec is not offered
 * here.
 * @returns The new Persister.
 * @throws An Error of `code` `'store-type'` if the store is not one of this package.
 */
export declare const createIndexedDbPersister: <Schemas extends OptionalSchemas>(
  store: Store<Schemas>,
  dbName: string,
  autoLoadIntervalSeconds?: number,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may be thrown
  onIgnoredError?: (error: any) => void,
  options?: Omit<PersisterOptions, 'codec'>,
) => IndexedDbPersister<Schemas>;
