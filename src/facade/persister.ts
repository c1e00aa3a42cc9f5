// What all persisters share: the checks of the store, and the object around the Rust persister.
import type {PersistedStoreFunctions, Persister as Binding, PersisterSettings} from '../../build/binding/cellarium.js';
import {bytesToText, textToBytes} from './codec-bytes.js';
import {codedError} from './coded-error.js';
import {internalsOf} from './internals.js';
import {Persists, type Status} from './persister-enums.js';
import type {CheckedOptions} from './persister-options.js';
import {withMerging} from './persister-merging.js';
import {viewOf} from './persister-view.js';
import type {Persister, PersisterStats, SaveState, StatusListener} from './types/persisters.js';
import type {Content, Store} from './types/store.js';

type InitialContent = Content | (() => Content);

/**
 * What the Rust persister needs of a store.
 *
 * @throws An Error of `code` `'store-type'` for a store that is not ours, and for a mode that does not fit it.
 */
export const getStoreFunctions = (
  store: Store,
  persist: Persists,
  options: CheckedOptions,
): PersistedStoreFunctions => {
  const internals = internalsOf(store);
  if (!internals) {
    throw codedError("the store was not made by cellarium's createStore", 'store-type');
  }
  const {track, mergeable, ...rest} = internals;
  if (persist === Persists.MergeableStoreOnly && !mergeable) {
    throw codedError('tinybase:0', 'store-type');
  }
  const {addDidFinishTransactionListener, delListener} = store;
  const {disowning, ...tracked} = track();
  const functions = {...rest, ...tracked, addDidFinishTransactionListener, delListener};
  if (mergeable && persist !== Persists.StoreOnly) {
    if (options.hasTable || options.hasValue || options.version !== undefined) {
      throw codedError('a mergeable store is kept as a whole, without tables, values and version', 'invalid-options');
    }
    return withMerging(functions, mergeable, disowning);
  }
  return viewOf(functions, options);
};

const codes: Record<string, string> = {
  QuotaExceededError: 'quota-exceeded',
  NS_ERROR_DOM_QUOTA_REACHED: 'quota-exceeded',
  SecurityError: 'storage-unavailable',
};

/** The code of whatever was thrown: its own, or one for what browsers throw. */
const codeOf = (error: unknown): string => {
  const {code, name} = (typeof error === 'object' && error !== null ? error : {}) as {code?: unknown; name?: unknown};
  return typeof code === 'string' ? code : (codes[String(name)] ?? 'unknown');
};

/** What the Rust persister needs of the options. */
export const settingsOf = ({debounce, codec, version}: CheckedOptions): PersisterSettings => ({
  debounce,
  version,
  codec: codec && {
    encode: async (text) => bytesToText(await codec.encode(text)),
    async decode(text) {
      const bytes = textToBytes(text);
      // What was kept before there was a codec is read as it is.
      return bytes === undefined ? text : codec.decode(bytes);
    },
  },
});

/** The frozen object of `this`-free functions that users hold. */
export const createPersisterObject = <Extra extends object>(
  store: Store,
  binding: Binding,
  extra: Extra,
): Persister<Persists.StoreOrMergeableStore> & Extra => {
  type Self = Persister<Persists.StoreOrMergeableStore> & Extra;
  const fluent = async (promise: Promise<unknown>): Promise<Self> => {
    await promise;
    return persister;
  };
  const getSaveState = (): SaveState => {
    const lastSaved = binding.lastSaved();
    const lastError: unknown = binding.lastError();
    return {
      isUnsaved: binding.isUnsaved(),
      ...(lastSaved === undefined ? {} : {lastSaved}),
      ...(lastError === undefined ? {} : {lastError, lastErrorCode: codeOf(lastError)}),
    };
  };
  const persister = Object.freeze({
    load: (initialContent?: InitialContent) => fluent(binding.load(initialContent)),
    startAutoLoad: (initialContent?: InitialContent) => fluent(binding.startAutoLoad(initialContent)),
    stopAutoLoad: () => fluent(binding.stopAutoLoad()),
    isAutoLoading: () => binding.isAutoLoading(),
    save: () => fluent(binding.save()),
    startAutoSave: () => fluent(binding.startAutoSave()),
    stopAutoSave: () => fluent(binding.stopAutoSave()),
    isAutoSaving: () => binding.isAutoSaving(),
    startAutoPersisting: (initialContent?: InitialContent, startSaveFirst?: boolean) =>
      fluent(binding.startAutoPersisting(initialContent, !!startSaveFirst)),
    stopAutoPersisting: (stopSaveFirst?: boolean) => fluent(binding.stopAutoPersisting(!!stopSaveFirst)),
    getStatus: () => binding.getStatus() as Status,
    addStatusListener: (listener: StatusListener<Self>) =>
      `${binding.addStatusListener((status: Status) => listener(persister, status))}`,
    delListener: (listenerId: string) => {
      if (/^(0|[1-9]\d{0,8})$/.test(listenerId)) {
        binding.delStatusListener(Number(listenerId));
      }
      return store;
    },
    getSaveState,
    addSaveStateListener: (listener: (persister: Self, saveState: SaveState) => void) =>
      `${binding.addSaveStateListener(() => listener(persister, getSaveState()))}`,
    flush: () => fluent(binding.flush()),
    schedule: (...actions: unknown[]) => fluent(binding.schedule(actions)),
    getStore: () => store,
    destroy: () => fluent(binding.destroy()),
    getStats: () => binding.getStats() as PersisterStats,
    ...extra,
  }) as unknown as Self;
  return persister;
};
