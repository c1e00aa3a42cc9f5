// Puts a store's object together.
import type {StoreCore} from '../../build/binding/cellarium.js';
import {createCalling} from './calling.js';
import {CellWriter} from './cell-writer.js';
import {createChanges} from './changes.js';
import {getHash, getUniqueId} from './common.js';
import {Context} from './context.js';
import {createEdits} from './edits.js';
import {registerInternals} from './internals.js';
import {createListening} from './listening.js';
import {createMergeable} from './mergeable.js';
import {createReading} from './reading.js';
import {createSchemas} from './schemas.js';
import {createSorting} from './sorting.js';
import {withTick} from './tick.js';
import {Transactions} from './transactions.js';
import type {GetNow} from './types/common.js';
import type {MergeableStore} from './types/mergeable-store.js';
import type {Id, Store} from './types/store.js';
import {createVisiting} from './visiting.js';
import {getBinding} from './wasm.js';
import {createWriting} from './writing.js';

/** Puts the object of a store together over one in Rust. With `getNow` it is a mergeable one. */
const assemble = (core: StoreCore, getNow?: GetNow): Store => {
  const context = new Context(core, getNow);
  const {tick} = context;

  const reading = createReading(context);
  const sorting = createSorting(context, reading);
  const {call, callForEach, callSortedNow, find, del, getListenerStats, ...adders} = createListening(context, sorting);
  const transactions = new Transactions(context, call, callForEach);
  const cells = new CellWriter(context, transactions);
  const changes = createChanges(context);
  const callNow = createCalling(reading.methods, callSortedNow);
  const writing = createWriting(context, reading, transactions, cells);
  const schemas = createSchemas(context, cells, writing.write);
  const timed = <Methods extends object>(methods: Methods): Methods => (tick ? withTick(methods, tick) : methods);
  const mergeable = tick && createMergeable(context, tick, reading, writing);

  const store = Object.freeze({
    ...reading.methods,
    ...sorting.methods,
    ...createVisiting(context, reading),
    ...timed(writing.methods),
    ...changes.methods,
    ...timed(schemas),
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
    ...mergeable?.methods,
  } satisfies Store) as Store;

  context.store = store;
  registerInternals(store, {
    getEncodedContent: () => reading.readContent(true),
    getEncodedChanges: () => (core.hasChanged() ? changes.readChanges(true) : undefined),
    hasChanges: () => core.hasChanged(),
    getEncodedJson: reading.json,
    getEncodedRows: reading.rowsOf,
    track: createEdits(context, reading, writing),
    mergeable: mergeable?.internals,
  });
  return store;
};

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
  return assemble(new StoreCore());
};

/**
 * Creates an empty store whose content can be merged with that of others.
 *
 * @param uniqueId - The id of this store, which no other one may have that it is merged with; a random one by default.
 * @param getNow - Gives the time in milliseconds since 1970; `Date.now` by default. Fractions are dropped.
 * @returns A frozen object whose methods do not use `this`.
 * @example
 * ```js
 * const store1 = createMergeableStore('store1').setCell('pets', 'fido', 'species', 'dog');
 * const store2 = createMergeableStore('store2').setCell('pets', 'felix', 'species', 'cat');
 * store1.merge(store2);
 * console.log(store2.getRowIds('pets')); // -> ['felix', 'fido']
 * ```
 */
export const createMergeableStore = (uniqueId: Id = getUniqueId(), getNow: GetNow = Date.now): MergeableStore => {
  // First, since the id may be something that runs the app's code when it is made a text.
  const hash = getHash(uniqueId);
  return assemble(getBinding().StoreCore.mergeable(hash), getNow) as MergeableStore;
};
