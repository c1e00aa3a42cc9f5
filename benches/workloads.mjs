// What is measured. Each workload is the same code for both libraries.
//
//   title, target   `target` is the least ratio (TinyBase's time over ours) to reach; without one it is for information
//   count           how many operations one run does
//   prepare(createStore)   once for each library: the state that the other functions get
//   before(state, round)   before each run, not timed
//   run(state, round)      what is timed; its result must be the same in both libraries, and so must
//   outcome(state)         what is left behind after the last run
import {cellIds, row, rowId, table} from './data.mjs';

const rowCount = 10_000;
// Enough for a page's clock, which counts in tenths of a millisecond.
const singles = 10_000;
const fewer = 5_000;

// Spread over the table, and never the same one twice: 7919 is prime.
const scattered = (index) => (index * 7919) % rowCount;

const content = ({store}) => `${store.getTableIds()} ${store.getRowIds('pets')} ${store.getJson()}`;
const loaded = (createStore) => ({createStore, store: createStore().setTables({pets: table(rowCount)})});
const reload = (state) => {
  state.store = state.createStore().setTables({pets: table(rowCount)});
};
const empty = (createStore) => ({createStore, tables: {pets: table(rowCount)}});
const renew = (state) => {
  state.store = state.createStore();
};

const changeEveryCell = (store, version) => {
  for (let index = 0; index < rowCount; index++) {
    const id = rowId(index);
    const changed = row(index, version);
    for (const cellId of cellIds) store.setCell('pets', id, cellId, changed[cellId]);
  }
};

export const workloads = [
  {
    title: 'setCell, each its own transaction',
    target: 8,
    count: singles,
    prepare: loaded,
    run: ({store}, round) => {
      for (let index = 0; index < singles; index++) {
        const at = scattered(index);
        store.setCell('pets', rowId(at), 'age', 1000 + round * singles + index);
      }
    },
    outcome: content,
  },
  {
    title: '50,000 setCell in one transaction, changing',
    target: 5,
    count: 50_000,
    prepare: loaded,
    run: ({store}, round) => store.transaction(() => changeEveryCell(store, round + 1)),
    outcome: content,
  },
  {
    title: '50,000 setCell in one transaction, new rows',
    target: 5,
    count: 50_000,
    prepare: empty,
    before: renew,
    run: ({store}, round) => store.transaction(() => changeEveryCell(store, round)),
    outcome: content,
  },
  {
    title: 'setRow',
    target: 6,
    count: singles,
    prepare: loaded,
    run: ({store}, round) => {
      for (let index = 0; index < singles; index++) {
        const at = scattered(index);
        store.setRow('pets', rowId(at), row(at, round + 1));
      }
    },
    outcome: content,
  },
  {
    title: 'setRow with a text of its own',
    count: singles,
    prepare: loaded,
    run: ({store}, round) => {
      for (let index = 0; index < singles; index++) {
        const at = scattered(index);
        store.setRow('pets', rowId(at), {...row(at, round + 1), species: `species ${at} of round ${round}`});
      }
    },
    outcome: content,
  },
  {
    title: 'addRow',
    count: fewer,
    prepare: loaded,
    before: reload,
    run: ({store}, round) => {
      for (let index = 0; index < fewer; index++) store.addRow('pets', row(index, round));
    },
    outcome: content,
  },
  {
    title: 'delRow',
    count: fewer,
    prepare: loaded,
    before: reload,
    run: ({store}) => {
      for (let index = 0; index < fewer; index++) store.delRow('pets', rowId(scattered(index)));
    },
    outcome: content,
  },
  {
    title: 'roll back 50,000 setCell',
    count: 50_000,
    prepare: loaded,
    run: ({store}, round) =>
      store.transaction(
        () => changeEveryCell(store, round + 1),
        () => true,
      ),
    outcome: content,
  },
  {
    title: 'setTables',
    target: 6,
    count: 1,
    prepare: empty,
    before: renew,
    run: ({store, tables}) => {
      store.setTables(tables);
    },
    outcome: content,
  },
  {
    title: 'setTables, each row with a text of its own',
    count: 1,
    prepare: (createStore) => {
      const pets = table(rowCount);
      for (const [id, pet] of Object.entries(pets)) pet.species = `the species of ${id}`;
      return {createStore, tables: {pets}};
    },
    before: renew,
    run: ({store, tables}) => {
      store.setTables(tables);
    },
    outcome: content,
  },
  {
    title: 'setTablesJson',
    target: 8,
    count: 1,
    prepare: (createStore) => ({createStore, text: JSON.stringify({pets: table(rowCount)})}),
    before: renew,
    run: ({store, text}) => {
      store.setTablesJson(text);
    },
    outcome: content,
  },
  {
    title: 'getTablesJson, first time',
    target: 10,
    count: 1,
    prepare: loaded,
    before: reload,
    run: ({store}) => store.getTablesJson(),
    outcome: content,
  },
  {
    title: 'getTablesJson after one changed cell',
    count: 1,
    prepare: loaded,
    run: ({store}, round) => store.setCell('pets', rowId(scattered(round)), 'age', 5000 + round).getTablesJson(),
    outcome: content,
  },
  {
    title: 'getTables',
    target: 1.5,
    count: 1,
    prepare: loaded,
    run: ({store}) => store.getTables(),
    outcome: content,
  },
  {
    title: 'getRowIds',
    count: 20,
    prepare: loaded,
    run: ({store}) => {
      let sum = 0;
      for (let index = 0; index < 20; index++) sum += store.getRowIds('pets').length;
      return sum;
    },
    outcome: content,
  },
  {
    title: 'getRow',
    target: 1.2,
    count: rowCount,
    prepare: loaded,
    run: ({store}) => {
      let sum = 0;
      for (let index = 0; index < rowCount; index++) sum += store.getRow('pets', rowId(scattered(index))).age;
      return sum;
    },
    outcome: content,
  },
  {
    title: 'getCell',
    target: 0.9,
    count: rowCount * cellIds.length,
    prepare: loaded,
    run: ({store}) => {
      let sum = 0;
      for (let index = 0; index < rowCount; index++) {
        const id = rowId(scattered(index));
        for (const cellId of cellIds) sum += String(store.getCell('pets', id, cellId)).length;
      }
      return sum;
    },
    outcome: content,
  },
  {
    title: 'hasCell',
    count: rowCount * cellIds.length,
    prepare: loaded,
    run: ({store}) => {
      let sum = 0;
      for (let index = 0; index < rowCount; index++) {
        const id = rowId(scattered(index));
        for (const cellId of cellIds) if (store.hasCell('pets', id, cellId)) sum++;
      }
      return sum;
    },
    outcome: content,
  },
  {
    title: '25,000 changed cells with a wildcard cell listener',
    target: 6,
    count: 25_000,
    prepare: (createStore) => {
      const state = loaded(createStore);
      state.seen = 0;
      state.store.addCellListener(null, null, null, (_store, _tableId, id, cellId, newCell, oldCell) => {
        state.seen += id.length + cellId.length + newCell - oldCell;
      });
      return state;
    },
    run: ({store}, round) =>
      store.transaction(() => {
        for (let index = 0; index < 25_000; index++) {
          const cellId = ['age', 'price', 'extra'][Math.floor(index / rowCount)];
          store.setCell('pets', rowId(index % rowCount), cellId, round * 100_000 + index);
        }
      }),
    outcome: (state) => `${state.seen} ${content(state)}`,
  },
  {
    title: 'getSortedRowIds, a page of 20',
    target: 5,
    count: 40,
    prepare: loaded,
    run: ({store}, round) => {
      let seen = '';
      for (let index = 0; index < 10; index++) {
        // A change in between, so that nothing can be kept from one sorting to the next.
        store.setCell('pets', rowId(scattered(round * 10 + index)), 'price', index);
        for (const cellId of ['price', 'age', 'species', undefined]) {
          seen += store.getSortedRowIds('pets', cellId, index % 2 === 0, index * 100, 20).join();
        }
      }
      return seen;
    },
    outcome: content,
  },
  {
    title: 'a sorted row ids listener over single changes',
    target: 100,
    count: 200,
    prepare: (createStore) => {
      const state = loaded(createStore);
      state.seen = '';
      state.store.addSortedRowIdsListener('pets', 'price', true, 0, 20, (...args) => {
        state.seen = `${state.seen.length} ${args[6]}`;
      });
      return state;
    },
    run: ({store}, round) => {
      for (let index = 0; index < 200; index++) {
        const at = scattered(index);
        store.setCell('pets', rowId(at), 'price', (at * 31 + round * 7 + index) % 10_000);
      }
    },
    outcome: (state) => `${state.seen} ${content(state)}`,
  },
  {
    title: 'forEachRow with forEachCell',
    count: rowCount * cellIds.length,
    prepare: loaded,
    run: ({store}) => {
      let sum = 0;
      store.forEachRow('pets', (id, forEachCell) => {
        sum += id.length;
        forEachCell((cellId, cell) => {
          sum += cellId.length + String(cell).length;
        });
      });
      return sum;
    },
    outcome: content,
  },
];
