// Sorted row ids of larger tables than random programs make: the same in both libraries.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStore as createOracle} from 'tinybase';
import {createStore} from '../../pkg/index.js';
import {columns, units} from './columns.mjs';

const pages = [[], [0, 20], [5, 3], [-10], [-10, 5], [2, -3], [1000], [0, 0]];

const fill = (create, cells) => {
  const store = create();
  // Ids whose order as texts is none of numbers, some of them odd.
  const idOf = (index) => (index % 7 ? `${index}` : `${units[index % units.length]}${index}`);
  cells.forEach((cell, index) => {
    store.setCell('t', idOf(index), 'other', index);
    if (cell !== undefined) store.setCell('t', idOf(index), 'c', cell);
  });
  // Rows that come anew are behind all others.
  cells.forEach((cell, index) => {
    if (index % 5 === 0) store.delRow('t', idOf(index));
    if (index % 10 === 0) store.setCell('t', idOf(index), 'c', cell ?? 0);
  });
  return store;
};

for (const [name, make] of Object.entries(columns)) {
  test(`rows sorted by ${name} have TinyBase's order`, () => {
    for (const length of [1, 2, 10, 33, 100, 700]) {
      const cells = Array.from({length}, make);
      const [ours, theirs] = [createStore, createOracle].map((create) => fill(create, cells));
      for (const cellId of ['c', undefined, 'none']) {
        for (const descending of [false, true]) {
          for (const [offset, limit] of pages) {
            const args = ['t', cellId, descending, offset, limit];
            assert.deepEqual(ours.getSortedRowIds(...args), theirs.getSortedRowIds(...args), `${args}, ${length} rows`);
          }
        }
      }
    }
  });
}

test('a sorter is asked the same in the same order, and gets cells as they are', () => {
  const cells = Array.from({length: 200}, columns['objects and arrays']);
  const asked = [createStore, createOracle].map((create) => {
    const asked = [];
    const sorter = (key1, key2) => {
      asked.push(JSON.stringify([key1, key2]));
      return String(key1).length - String(key2).length;
    };
    const store = fill(create, cells);
    return [store.getSortedRowIds({tableId: 't', cellId: 'c', descending: true, offset: 3, sorter}), asked];
  });
  assert.deepEqual(asked[0], asked[1]);
});

test('a sorter may change the store that it sorts', () => {
  for (const inside of [false, true]) {
    const [ours, theirs] = [createStore, createOracle].map((create) => {
      const store = fill(
        create,
        Array.from({length: 100}, (_, index) => (index * 37) % 100),
      );
      let calls = 0;
      const sorter = (key1, key2) => {
        if (++calls === 10) store.delTables().setCell('t', 'new', 'c', 1);
        return key1 - key2;
      };
      const sort = () => store.getSortedRowIds('t', 'c', false, 0, undefined, sorter);
      return [inside ? store.transaction(sort) : sort(), store.getTables()];
    });
    assert.deepEqual(JSON.stringify(ours), JSON.stringify(theirs));
  }
});
