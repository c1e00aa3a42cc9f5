// The entry `cellarium/persisters/persister-browser`: persisters over the browser's own storages.
import {createPersisterObject, getStoreFunctions, settingsOf} from './persister.js';
import {Persists} from './persister-enums.js';
import {checkOptions} from './persister-options.js';
import type {PersisterOptions} from './types/persister-options.js';
import type {LocalPersister, SessionPersister} from './types/persisters.js';
import type {Store} from './types/store.js';
import {getBinding} from './wasm.js';

export type {LocalPersister, SessionPersister} from './types/persisters.js';

/**
 * Creates a Persister that keeps a Store's content in the browser's session storage, as JSON that TinyBase reads, too.
 *
 * Nothing is touched before the first load or save. Where there is no session storage, or the browser forbids it, those
 * give an Error of `code` `'storage-unavailable'` to `onIgnoredError`.
 *
 * @param store - The Store to persist; one made by this package.
 * @param storageName - The key in session storage.
 * @param onIgnoredError - Is told of errors that stop nothing, a full storage for example.
 * @param options - How it is to work beyond what TinyBase knows; see {@link PersisterOptions}.
 * @returns The new Persister.
 * @throws An Error of `code` `'invalid-options'`, or `'store-type'` if the store is not one of this package.
 */
export const createSessionPersister = (
  store: Store,
  storageName: string,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may be thrown
  onIgnoredError?: (error: any) => void,
  options?: PersisterOptions,
): SessionPersister => {
  const checked = checkOptions(options);
  const functions = getStoreFunctions(store, Persists.StoreOrMergeableStore, checked);
  const binding = getBinding().Persister.session(functions, `${storageName}`, onIgnoredError, settingsOf(checked));
  return createPersisterObject(store, binding, {getStorageName: () => storageName});
};

/**
 * Creates a Persister that keeps a Store's content in the browser's local storage, as JSON that TinyBase reads, too.
 * Auto-load hears of what other tabs write.
 *
 * Nothing is touched before the first load or save. Where there is no local storage, or the browser forbids it, those
 * give an Error of `code` `'storage-unavailable'` to `onIgnoredError`.
 *
 * @param store - The Store to persist; one made by this package.
 * @param storageName - The key in local storage.
 * @param onIgnoredError - Is told of errors that stop nothing, a full storage for example.
 * @param options - How it is to work beyond what TinyBase knows; see {@link PersisterOptions}.
 * @returns The new Persister.
 * @throws An Error of `code` `'invalid-options'`, or `'store-type'` if the store is not one of this package.
 */
export const createLocalPersister = (
  store: Store,
  storageName: string,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may be thrown
  onIgnoredError?: (error: any) => void,
  options?: PersisterOptions,
): LocalPersister => {
  const checked = checkOptions(options);
  const functions = getStoreFunctions(store, Persists.StoreOrMergeableStore, checked);
  const binding = getBinding().Persister.local(functions, `${storageName}`, onIgnoredError, settingsOf(checked));
  return createPersisterObject(store, binding, {getStorageName: () => storageName});
};
