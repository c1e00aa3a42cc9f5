// Puts a store's object together.
import {createCalling} from './calling.js';
import {createChanges} from './changes.js';
import type {Context} from './context.js';
import {createEdits} from './edits.js';
import {registerInternals} from './internals.js';
import {createListening} from './listening.js';
import {createReading} from './reading.js';
import {createSchemas} from './schemas.js';
import {createSorting} from './sorting.js';
import {Tables} from './tables.js';
import {Texts} from './texts.js';
import {createTransactions} from './transactions.js';
import type {Store} from './types/store.js';
import {createVisiting} from './visiting.js';
import {getBinding} from './wasm.js';
import {createWriting} from './writing.js';

/**
 * Creates an empty store.
 *
 * @returns A frozen object whose methods do not use `this`.
 * @example
 * ```js
 * const store = createStore().setTables({pets: {fido: {species: 'dog'}}});
 * console.log(store.getCell('pets', 'fido', 'species')); // -> 'dog'
 * ```
 */
export const createStore = (): Store => {
  const {StoreCore} = getBinding();
  const core = new StoreCore();
  const view = core.viewAddress();
  const texts = new Texts(core, view);
  const tables = new Tables(core, view, texts);
  const getStore = (): Store => store;
  const context: Context = {core, view, texts, tables, rejected: [], getStore};

  const reading = createReading(context);
  const sorting = createSorting(context, reading);
  const {call, callForEach, callSortedNow, find, del, getListenerStats, ...adders} = createListening(context, sorting);
  const transactions = createTransactions(context, call, callForEach);
  const changes = createChanges(context);
  const callNow = createCalling(reading.methods, callSortedNow);
  const writing = createWriting(context, reading, transactions);
  const schemas = createSchemas(context, writing.write);
  const {begin, end, transaction} = transactions;

  const store = Object.freeze({
    ...reading.methods,
    ...sorting.methods,
    ...createVisiting(context, reading),
    ...writing.methods,
    ...changes.methods,
    ...schemas,
    ...adders,

    transaction,
    startTransaction() {
      begin();
      return store;
    },
    finishTransaction(doRollback) {
      end(doRollback);
      return store;
    },
    callListener(listenerId) {
      const registration = find(listenerId);
      if (registration !== undefined) {
        callNow(store, registration);
      }
      return store;
    },
    delListener(listenerId) {
      del(listenerId);
      return store;
    },
    getListenerStats,
    isMergeable: () => false,
  } satisfies Store) as Store;

  registerInternals(store, {
    getEncodedContent: () => reading.readContent(true),
    getEncodedChanges: () => (core.hasChanged() ? changes.readChanges(true) : undefined),
    hasChanges: () => core.hasChanged(),
    getEncodedJson: reading.json,
    getEncodedRows: reading.rowsOf,
    track: createEdits(context, reading, writing),
  });
  return store;
};
