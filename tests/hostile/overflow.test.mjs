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

for (const [name, recurse] of Object.entries(recursions)) {
  test(`recursion ${name} without end breaks one store at most`, () => {
    const store = createStore();
    const other = createStore();
    for (let round = 0; round < 10; round++) {
      assert.throws(
        () => recurse(store),
        // A store that was stopped in the middle of a call says so from then on.
        (error) => error instanceof RangeError || error.code === 'store-broken',
      );
    }
    assert.deepEqual(traps, []);
    useStore(other);
    useStore(createStore());
  });
}
