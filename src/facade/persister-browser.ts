// The entry `cellarium/persisters/persister-browser`: persisters over the browser's own storages.
import {createFileWriter} from './file-writer.js';
import {createPersisterObject, getStoreFunctions, settingsOf} from './persister.js';
import {Persists} from './persister-enums.js';
import {checkOptions} from './persister-options.js';
import type {PersisterOptions} from './types/persister-options.js';
import type {LocalPersister, OpfsPersister, SessionPersister} from './types/persisters.js';
import type {Store} from './types/store.js';
import {getBinding} from './wasm.js';

export type {LocalPersister, OpfsPersister, SessionPersister} from './types/persisters.js';

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

/**
 * Creates a Persister that keeps a Store's content in a file of the browser's origin private file system, in windows and
 * in workers, as JSON that TinyBase reads, too.
 *
 * Once the JSON has more than 64 kB, an automatic save costs what changed: it is appended to a log beside the file, whose
 * name ends in `.cellarium-log`, and TinyBase does not see it until the file itself is written again: by `save()`, or by
 * the Persister when the log has a quarter of the file's size. Whatever a write is interrupted by, what is loaded is the
 * old content or the new one. Auto-load hears at once of what other tabs and workers save; what does not overlap is
 * kept of both. It hears of other libraries in browsers that have `FileSystemObserver`.
 *
 * A file that cannot be read is copied to one beside it, whose name ends in `.unreadable-` and the time, before anything
 * is written over it: `onIgnoredError` gets an Error of `code` `'unreadable-content'`, whose `setAside` is the path.
 *
 * A file elsewhere, as a user may pick it, has no log: every save writes all of it.
 *
 * @param store - The Store to persist; one made by this package.
 * @param handle - The file, which need not have any content yet.
 * @param onIgnoredError - Is told of errors that stop nothing, a full storage for example. Their `code` is
 * `'storage-unavailable'` where the browser has no such files or cannot replace them as a whole, as Safari before
 * version 26; `'storage-blocked'` if someone else keeps the file in use; `'quota-exceeded'`; else `'storage-failed'`.
 * @param options - How it is to work beyond what TinyBase knows; see {@link PersisterOptions}. A codec is not offered
 * here.
 * @returns The new Persister.
 * @throws An Error of `code` `'store-type'` if the store is not one of this package.
 */
export const createOpfsPersister = (
  store: Store,
  handle: FileSystemFileHandle,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may be thrown
  onIgnoredError?: (error: any) => void,
  options?: Omit<PersisterOptions, 'codec'>,
): OpfsPersister => {
  const checked = checkOptions(options, ['codec']);
  const functions = getStoreFunctions(store, Persists.StoreOrMergeableStore, checked);
  const binding = getBinding().Persister.file(
    functions,
    handle,
    createFileWriter(),
    onIgnoredError,
    settingsOf(checked),
  );
  return createPersisterObject(store, binding, {getHandle: () => handle});
};
