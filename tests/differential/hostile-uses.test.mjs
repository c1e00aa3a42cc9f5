// Uses that no app should make of a store, but that some app will: the same in both libraries.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStore as createOracle} from 'tinybase';
import {createStore} from '../../pkg/index.js';

/** What a use gives, without prototypes. */
const resultOf = (create, use) => JSON.stringify(use(create()), (_, value) => (value === undefined ? 'none' : value));

const same = (name, use) => test(name, () => assert.equal(resultOf(createStore, use), resultOf(createOracle, use)));

for (const id of ['4294967296', '-4294967296', 'NaN', 'Infinity', '0.5', '00', 0, NaN, null]) {
  same(`delListener(${typeof id === 'string' ? `'${id}'` : id}) deletes no listener of another id`, (store) => {
    let calls = 0;
    store.addTablesListener(() => calls++);
    store.delListener(id);
    store.setCell('t', 'r', 'c', 1);
    return calls;
  });
}

same('a getCellChange that was kept tells of no change when the transaction is over', (store) => {
  let kept;
  store.addTablesListener((_, getCellChange) => (kept = getCellChange));
  store.setCell('t', 'r', 'c', 1);
  return [kept('t', 'r', 'c'), store.setCell('t', 'r', 'c', 2) && kept('t', 'r', 'c')];
});

for (const [method, json, other] of [
  ['setJson', '[{"t":{"r":{"c":1}}},{"v":1}]', '[{"u":{"r":{"c":2}}},{"w":2}]'],
  ['setTablesJson', '{"t":{"r":{"c":1}}}', '{"u":{"r":{"c":2}}}'],
  ['setValuesJson', '{"v":1}', '{"w":2}'],
]) {
  same(`${method} sets its own content after a start listener that did the same and deleted itself`, (store) => {
    const id = store.addStartTransactionListener(() => store.delListener(id)[method](other));
    return store[method](json).getContent();
  });
}

const rows = (count) => Object.fromEntries(Array.from({length: count}, (_, index) => [`r${index}`, {a: index}]));

for (const rowId of ['r10', 'r1950']) {
  same(`the function that visits the cells of ${rowId} may be kept while most rows go`, (store) => {
    let kept;
    store.setTable('t', rows(2000));
    store.forEachRow('t', (id, forEachCell) => {
      if (id === rowId) kept = forEachCell;
    });
    store.transaction(() => {
      for (let index = 0; index < 1900; index++) store.delRow('t', `r${index}`);
    });
    const seen = [];
    kept((cellId, cell) => seen.push([cellId, cell]));
    return seen;
  });
}

same('a getter may end the transaction that reads it, and begin another', (store) => {
  const row = {
    a: 'a text',
    get b() {
      store.finishTransaction();
      for (const round of ['one', 'two']) {
        store.transaction(() => {
          for (let index = 0; index < 6000; index++) store.setValue('v', `${round} ${index}`);
        });
      }
      store.startTransaction();
      return 'b text';
    },
  };
  return store.setRow('t', 'r', row).getContent();
});
