// The entry `cellarium/persisters/with-schemas`: the types of `cellarium/persisters` for stores with schemas.
import type {Persists} from '../persister-enums.js';
import type {PersisterOptions} from '../types/persister-options.js';
import type {OptionalSchemas} from '../types/schemas.js';
import type {
  PersistedChanges,
  PersistedContent,
  PersistedStore,
  Persister,
  PersisterListener,
} from '../types/with-schemas/persisters.js';

export {Persists, Status} from '../persister-enums.js';
export type * from '../types/with-schemas/persisters.js';

/**
 * Creates a Persister over functions of the app. All of them may be asynchronous or not.
 *
 * @param store - The Store to persist; one made by this package.
 * @param getPersisted - Gives the stored content `[tables, values]`, or `undefined` if nothing is stored. Anything else
 * is an error of the message `tinybase:1:…` to `onIgnoredError`.
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
 * @throws An Error of `code` `'store-type'` if the store does not fit.
 */
export declare const createCustomPersister: <
  Schemas extends OptionalSchemas,
  ListenerHandle,
  Persist extends Persists = Persists.StoreOnly,
>(
  store: PersistedStore<Schemas, Persist>,
  getPersisted: () =>
    | Promise<PersistedContent<Schemas, Persist, true> | undefined>
    | PersistedContent<Schemas, Persist, true>
    | undefined,
  setPersisted: (
    getContent: () => PersistedContent<Schemas, Persist>,
    changes?: PersistedChanges<Schemas, Persist>,
  ) => Promise<void> | void,
  addPersisterListener: (
    listener: PersisterListener<Schemas, Persist, true>,
  ) => ListenerHandle | Promise<ListenerHandle>,
  delPersisterListener: (listenerHandle: ListenerHandle) => void | Promise<void>,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may be thrown
  onIgnoredError?: (error: any) => void,
  persist?: Persist,
  options?: Omit<PersisterOptions, 'codec'>,
) => Persister<Schemas, Persist>;
