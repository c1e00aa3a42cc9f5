// Puts a store's object together.
import {createCalling} from './calling.js';
import {CellWriter} from './cell-writer.js';
import {createChanges} from './changes.js';
import {Context} from './context.js';
import {createEdits} from './edits.js';
import {registerInternals} from './internals.js';
import {createListening} from './listening.js';
import {createReading} from './reading.js';
import {createSchemas} from './schemas.js';
import {createSorting} from './sorting.js';
import {Transactions} from './transactions.js';
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
  const context = new Context(core);

  const reading = createReading(context);
  const sorting = createSorting(context, reading);
  const {call, callForEach, callSortedNow, find, del, getListenerStats, ...adders} = createListening(context, sorting);
  const transactions = new Transactions(context, call, callForEach);
  const cells = new CellWriter(context, transactions);
  const changes = createChanges(context);
  const callNow = createCalling(reading.methods, callSortedNow);
  const writing = createWriting(context, reading, transactions, cells);
  const schemas = createSchemas(context, cells, writing.write);

  const store = Object.freeze({
    ...reading.methods,
    ...sorting.methods,
    ...createVisiting(context, reading),
    ...writing.methods,
    ...changes.methods,
    ...schemas,
    ...adders,

    transaction: (actions, doRollback) => transactions.transaction(actions, doRollback),
    startTransaction() {
      transactions.begin();
      return store;
    },
    finishTransaction(doRollback) {
      transactions.end(doRollback);
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

  context.store = store;
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
