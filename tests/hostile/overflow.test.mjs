// Recursion without end, which JavaScript stops with a RangeError wherever it happens to be, WebAssembly included.
import {traps} from './watch.mjs';
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStore} from '../../pkg/index.js';
import {useStore} from './use.mjs';

const recursions = {
  'of transactions': (store) => {
    const recurse = () => store.transaction(recurse);
    recurse();
  },
  'of functions that map a cell': (store) => {
    const recurse = () => store.setCell('t', 'r', 'c', recurse);
    recurse();
  },
  'of getters': (store) => {
    const row = {
      get c() {
        store.setRow('t', 'r', row);
        return 1;
      },
    };
    store.setRow('t', 'r', row);
  },
  'of callbacks': (store) => {
    store.setCell('t', 'r', 'c', 1);
    const recurse = () => store.forEachTable(recurse);
    recurse();
  },
  'of writes': (store) => {
    const recurse = (level) => {
      store.setCell('t', `${level}`, 'c', level);
      recurse(level + 1);
    };
    recurse(0);
  },
  'of a mutator': (store) => {
    const recurse = () => store.setCell('t', 'r', 'c', Math.random()).transaction(recurse);
    store.addCellListener(null, null, null, recurse, true);
    store.setCell('t', 'r', 'd', 1);
  },
};

const failures = (error) =>
  // A store that was stopped in the middle of a call says so from then on.
  error instanceof RangeError || error.code === 'store-broken';

for (const [name, recurse] of Object.entries(recursions)) {
  test(`recursion ${name} without end breaks one store at most`, () => {
    const store = createStore();
    const other = createStore();
    for (let round = 0; round < 10; round++) assert.throws(() => recurse(store), failures);
    assert.deepEqual(traps, []);
    useStore(other);
    useStore(createStore());
  });
}

const uses = {
  getJson: (store) => store.getJson(),
  getRowIds: (store) => store.getRowIds('t'),
  getTables: (store) => store.getTables(),
  'getCell of new ids': (store, level) => store.getCell('t', `é${level}`, 'c'),
  'setCell of new texts': (store, level) => store.setCell('t', `é${level}`, 'c', `a text é${level}`),
  'setRow of objects': (store, level) => store.setRow('t', `r${level}`, {a: {level}}),
  setTablesJson: (store, level) => store.setTablesJson(`{"t":{"r${level}":{"c":[[[${level}]]]}}}`),
  addTableListener: (store, level) => store.addTableListener(`t${level}`, () => {}),
};

const deepen = (levels, action) => {
  if (levels > 0) deepen(levels - 1, action);
  else action();
};

for (const [name, use] of Object.entries(uses)) {
  test(`a stack that ends in ${name} leaves all other stores as they were`, () => {
    // Where in the call it ends depends on how much there was of it.
    for (let levels = 0; levels < 12; levels++) {
      const store = createStore().setTables({t: {r: {c: 1}, é: {c: `漢${levels}`}}});
      const recurse = (level) => {
        use(store, level);
        recurse(level + 1);
      };
      assert.throws(() => deepen(levels, () => recurse(0)), failures);
      assert.deepEqual(traps, []);
      useStore(createStore());
    }
  });
}
