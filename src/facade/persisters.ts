// The entry `cellarium/persisters`: persisters over the app's own functions.
import {createPersisterObject, getStoreFunctions, settingsOf} from './persister.js';
import {Persists} from './persister-enums.js';
import {checkOptions} from './persister-options.js';
import type {PersisterOptions} from './types/persister-options.js';
import type {
  PersistedChanges,
  PersistedContent,
  PersistedStore,
  Persister,
  PersisterListener,
} from './types/persisters.js';
import {getBinding} from './wasm.js';

export {Persists, Status} from './persister-enums.js';
export type * from './types/persisters.js';

/**
 * Creates a Persister over functions of the app. All of them may be asynchronous or not.
 *
 * @param store - The Store to persist; one made by this package.
 * @param getPersisted - Gives the stored content `[tables, values]`, or changes `[tables, values, 1]`, or `undefined`
 * if nothing is stored. Anything else is an error of the message `tinybase:1:…` to `onIgnoredError`.
 * @param setPersisted - Stores what `getContent` returns, which is the Store's content at the time of the call;
 * `changes` are those of the one transaction that led to the save, if one did.
 * @param addPersisterListener - Arranges for `listener` to be called when what is stored was changed by someone else,
 * and returns a handle to undo that with.
 * @param delPersisterListener - Undoes that; it gets the handle, unless that was `undefined`.
 * @param onIgnoredError - Is told of errors that stop nothing; without it they are swallowed.
 * @param persist - Which kinds of store the Persister takes; `Persists.StoreOnly` by default.
 * @param options - How it is to work beyond what TinyBase knows; see {@link PersisterOptions}. A codec is
 * not offered here: `setPersisted` can encode by itself.
 * @returns The new Persister.
 * @throws An Error of `code` `'invalid-options'`, or `'store-type'` if the store does not fit.
 * @example
 * ```js
 * let stored;
 * const persister = createCustomPersister(
 *   createStore().setValue('open', true),
 *   async () => stored,
 *   async (getContent) => {
 *     stored = getContent();
 *   },
 *   () => {},
 *   () => {},
 * );
 * await persister.save();
 * console.log(stored); // -> [{}, {open: true}]
 * ```
 */
export const createCustomPersister = <ListenerHandle, Persist extends Persists = Persists.StoreOnly>(
  store: PersistedStore<Persist>,
  getPersisted: () => Promise<PersistedContent<Persist> | undefined> | PersistedContent<Persist> | undefined,
  setPersisted: (
    getContent: () => PersistedContent<Persist>,
    changes?: PersistedChanges<Persist>,
  ) => Promise<void> | void,
  addPersisterListener: (listener: PersisterListener<Persist>) => ListenerHandle | Promise<ListenerHandle>,
  delPersisterListener: (listenerHandle: ListenerHandle) => void | Promise<void>,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may be thrown
  onIgnoredError?: (error: any) => void,
  persist?: Persist,
  options?: Omit<PersisterOptions, 'codec'>,
): Persister<Persist> => {
  const checked = checkOptions(options, ['codec']);
  const functions = getStoreFunctions(store, persist ?? Persists.StoreOnly, checked);
  const binding = getBinding().Persister.custom(
    functions,
    {
      getPersisted,
      setPersisted,
      addPersisterListener,
      delPersisterListener,
    },
    onIgnoredError,
    settingsOf(checked),
  );
  return createPersisterObject(store, binding, {}) as unknown as Persister<Persist>;
};
