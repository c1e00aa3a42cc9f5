// The entry `cellarium/persisters/persister-remote/with-schemas`: the types of `cellarium/persisters/persister-remote`
// for stores with schemas.
import type {PersisterOptions} from '../types/persister-options.js';
import type {OptionalSchemas} from '../types/schemas.js';
import type {RemotePersister} from '../types/with-schemas/persisters.js';
import type {Store} from '../types/with-schemas/store.js';

export type {RemotePersister} from '../types/with-schemas/persisters.js';

/**
 * Creates a Persister that keeps a Store's content on a server, as JSON that TinyBase reads, too: loaded by `GET`, saved
 * by `POST`, asked for changes by `HEAD`.
 *
 * @param store - The Store to persist; one made by this package.
 * @param loadUrl - Where the content comes from.
 * @param saveUrl - Where the content goes to.
 * @param autoLoadIntervalSeconds - How long auto-load waits before it asks again, in seconds; 5 by default.
 * @param onIgnoredError - Is told of errors that stop nothing: a Response that says no, or an Error of `code`
 * `'network'` or `'timeout'`, for example.
 * @param options - How it is to work beyond what TinyBase knows; see {@link PersisterOptions}. What a codec
 * makes is sent as text of the type `text/plain`, and not any longer once the page has been left.
 * @returns The new Persister.
 * @throws An Error of `code` `'store-type'` if the store is not one of this package.
 */
export declare const createRemotePersister: <Schemas extends OptionalSchemas>(
  store: Store<Schemas>,
  loadUrl: string,
  saveUrl: string,
  autoLoadIntervalSeconds?: number,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may be thrown
  onIgnoredError?: (error: any) => void,
  options?: PersisterOptions,
) => RemotePersister<Schemas>;
