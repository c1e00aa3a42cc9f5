// The entry `cellarium/persisters/persister-remote`: a persister over a server that keeps the content.
import {createPersisterObject, getStoreFunctions, settingsOf} from './persister.js';
import {Persists} from './persister-enums.js';
import {checkOptions} from './persister-options.js';
import type {PersisterOptions} from './types/persister-options.js';
import type {RemotePersister} from './types/persisters.js';
import type {Store} from './types/store.js';
import {getBinding} from './wasm.js';

export type {RemotePersister} from './types/persisters.js';

const DEFAULT_SECONDS = 5;
// Timers cannot wait longer.
const MOST_MILLISECONDS = 2 ** 31 - 1;

const millisecondsOf = (seconds: number): number =>
  Math.min((typeof seconds === 'number' && seconds >= 0 ? seconds : DEFAULT_SECONDS) * 1000, MOST_MILLISECONDS);

/**
 * Creates a Persister that keeps a Store's content on a server, as JSON that TinyBase reads, too. It works wherever
 * there is `fetch`: in pages, in workers and in Node.
 *
 * Loading is a `GET`. If the server names versions by an `ETag`, it is asked with `If-None-Match` from then on, and may
 * answer 304 if it has nothing new. An answer of 404 or 410 says that nothing is stored, so that saving may begin.
 * Saving is a `POST` of the whole content; any answer from 200 to 299 means that it was saved. Auto-load asks for the
 * `ETag` with `HEAD` every few seconds, and loads when it is another one. A server of another origin has to allow all
 * this, and to expose the `ETag`.
 *
 * `onIgnoredError` gets any other answer as a `Response` with the additional members `code` `'http-status'` and
 * `message`, what `fetch` throws with the `code` `'network'`, and an Error of `code` `'timeout'` if an answer was not
 * there in whole after 2 minutes.
 *
 * @param store - The Store to persist; one made by this package.
 * @param loadUrl - Where the content comes from.
 * @param saveUrl - Where the content goes to.
 * @param autoLoadIntervalSeconds - How long auto-load waits before it asks again, in seconds; 5 by default.
 * @param onIgnoredError - Is told of errors that stop nothing, a server that is not there for example.
 * @param options - How it is to work beyond what TinyBase knows; see {@link PersisterOptions}. What a codec
 * makes is sent as text of the type `text/plain`, and not any longer once the page has been left.
 * @returns The new Persister.
 * @throws An Error of `code` `'invalid-options'`, or `'store-type'` if the store is not one of this package.
 */
export const createRemotePersister = (
  store: Store,
  loadUrl: string,
  saveUrl: string,
  autoLoadIntervalSeconds: number = DEFAULT_SECONDS,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may be thrown
  onIgnoredError?: (error: any) => void,
  options?: PersisterOptions,
): RemotePersister => {
  const checked = checkOptions(options);
  const functions = getStoreFunctions(store, Persists.StoreOnly, checked);
  const milliseconds = millisecondsOf(autoLoadIntervalSeconds);
  const binding = getBinding().Persister.remote(
    functions,
    `${loadUrl}`,
    `${saveUrl}`,
    milliseconds,
    onIgnoredError,
    settingsOf(checked),
  );
  return createPersisterObject(store, binding, {
    getUrls: (): [string, string] => [loadUrl, saveUrl],
  });
};
