// The entry `cellarium/persisters/persister-file`: a persister over a file, in Node.
import {createNodeFile} from './node-file.js';
import {createPersisterObject, getStoreFunctions, settingsOf} from './persister.js';
import {Persists} from './persister-enums.js';
import {checkOptions} from './persister-options.js';
import type {PersisterOptions} from './types/persister-options.js';
import type {FilePersister} from './types/persisters.js';
import type {Store} from './types/store.js';
import {getBinding} from './wasm.js';

export type {FilePersister} from './types/persisters.js';

/**
 * Creates a Persister that keeps a Store's content in a file, in Node, as JSON that TinyBase reads, too.
 *
 * Every save replaces the file as a whole, so that after a crash it has the old content or the new one; its mode, and
 * symbolic links to it, stay. Auto-load looks every 50 milliseconds whether others have written the file. Of several
 * processes that save to one file automatically, what does not overlap is kept of all; `.cellarium-lock`, beside the
 * file, keeps them from saving at the same moment.
 *
 * A file that cannot be read is copied to one beside it, whose name ends in `.unreadable-` and the time, before anything
 * is written over it: `onIgnoredError` gets an Error of `code` `'unreadable-content'`, whose `setAside` is the path.
 *
 * @param store - The Store to persist; one made by this package.
 * @param filePath - The file's path. The file need not exist, but its directory must.
 * @param onIgnoredError - Is told of errors that stop nothing, a full disk for example. Their `code` is
 * `'storage-unavailable'` outside Node and where the file must not be used; `'storage-blocked'` if another process keeps
 * it locked; `'quota-exceeded'`; else `'storage-failed'`.
 * @param options - How it is to work beyond what TinyBase knows; see {@link PersisterOptions}. A codec is not offered
 * here.
 * @returns The new Persister.
 * @throws An Error of `code` `'store-type'` if the store is not one of this package.
 */
export const createFilePersister = (
  store: Store,
  filePath: string,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may be thrown
  onIgnoredError?: (error: any) => void,
  options?: Omit<PersisterOptions, 'codec'>,
): FilePersister => {
  const checked = checkOptions(options, ['codec']);
  const functions = getStoreFunctions(store, Persists.StoreOrMergeableStore, checked);
  const file = createNodeFile(`${filePath}`) as unknown as FileSystemFileHandle;
  const binding = getBinding().Persister.file(functions, file, undefined, onIgnoredError, settingsOf(checked));
  return createPersisterObject(store, binding, {getFilePath: () => filePath});
};
