// The entry `cellarium/persisters/persister-indexed-db`: a persister over IndexedDB.
import {createPersisterObject, getStoreFunctions, settingsOf} from './persister.js';
import {Persists} from './persister-enums.js';
import {checkOptions} from './persister-options.js';
import type {PersisterOptions} from './types/persister-options.js';
import type {IndexedDbPersister} from './types/persisters.js';
import type {Store} from './types/store.js';
import {getBinding} from './wasm.js';

export type {IndexedDbPersister} from './types/persisters.js';

/**
 * Creates a Persister that keeps a Store's content in a database of IndexedDB, so that a save writes what has changed,
 * many rows together. What TinyBase has stored is brought to that form at the first load or save; TinyBase cannot read it
 * any longer.
 *
 * Auto-load hears at once of what other tabs and workers save. Where two of them edit one row, the edits of both
 * survive, cell by cell.
 *
 * Nothing is touched before the first load or save. What goes wrong gives an Error to `onIgnoredError`: of `code`
 * `'storage-unavailable'` where there is no IndexedDB, or the browser forbids it; `'storage-blocked'` if another tab
 * keeps the database from being opened for 5 seconds; `'foreign-database'` if the database is another app's, which is
 * left as it is; `'unreadable-content'` if some records cannot be read, which were set aside in the object store
 * `setAside`; `'quota-exceeded'`; `'storage-failed'`.
 *
 * @param store - The Store to persist; one made by this package.
 * @param dbName - The name of the database.
 * @param autoLoadIntervalSeconds - How often auto-load looks for what others have saved. By default it does so only
 * where there is no BroadcastChannel to hear of it, every second.
 * @param onIgnoredError - Is told of errors that stop nothing, a full disk for example.
 * @param options - How it is to work beyond what TinyBase knows; see {@link PersisterOptions}. A codec is not offered
 * here.
 * @returns The new Persister.
 * @throws An Error of `code` `'store-type'` if the store is not one of this package.
 */
export const createIndexedDbPersister = (
  store: Store,
  dbName: string,
  autoLoadIntervalSeconds?: number,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may be thrown
  onIgnoredError?: (error: any) => void,
  options?: Omit<PersisterOptions, 'codec'>,
): IndexedDbPersister => {
  const checked = checkOptions(options, ['codec']);
  const functions = getStoreFunctions(store, Persists.StoreOnly, checked);
  const {Persister} = getBinding();
  const settings = settingsOf(checked);
  const binding = Persister.indexedDb(functions, `${dbName}`, autoLoadIntervalSeconds, onIgnoredError, settings);
  return createPersisterObject(store, binding, {getDbName: () => dbName});
};
