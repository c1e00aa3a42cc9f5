// Tests of the differential test itself: it sees no difference where there is none, and finds, shrinks and
// reproduces the faults of libraries that are wrong on purpose.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStore} from 'tinybase';
import {operations} from './coverage.mjs';
import {generate} from './generate.mjs';
import {compile} from './record.mjs';
import {render} from './render.mjs';
import {search} from './search.mjs';

const names = Object.keys(operations);

/**
 * A store with some methods replaced; callbacks and results see it in the place of the store that it wraps.
 * @param {(store: object) => object} change gives the methods to replace
 */
const wrong = (change) => () => {
  const inner = createStore();
  const outer = {};
  const outwards = (value) => (value === inner ? outer : value);
  const wrap = (argument) => (typeof argument === 'function' ? (...args) => argument(...args.map(outwards)) : argument);
  for (const [name, method] of Object.entries({...inner, ...change(inner)})) {
    if (typeof method === 'function') outer[name] = (...args) => outwards(method(...args.map(wrap)));
  }
  return outer;
};

const find = (createActual, options = {}) =>
  search({seed: 1, length: 60, programs: 300, names, createExpected: createStore, createActual, ...options});

test('two stores of the same library never differ', () => {
  const found = find(createStore, {programs: 150});
  assert.deepEqual(found.failures, []);
  assert.equal(found.operations, 9000);
  assert.deepEqual(find(createStore, {programs: 10, length: 30, large: true}).failures, []);
});

test('a wrapper that changes nothing does not differ', () => {
  assert.deepEqual(
    find(
      wrong(() => ({})),
      {programs: 60},
    ).failures,
    [],
  );
});

test('the same seed gives the same program', () => {
  assert.equal(render(generate(7, 60, names)), render(generate(7, 60, names)));
  assert.notEqual(render(generate(7, 60, names)), render(generate(8, 60, names)));
});

test('programs use every operation', () => {
  const seen = new Set();
  for (let seed = 0; seed < 100; seed++) {
    const source = render(generate(seed, 60, names));
    for (const [, name] of source.matchAll(/store\.(\w+)\(/g)) seen.add(name);
  }
  assert.deepEqual(
    names.filter((name) => !seen.has(name)),
    [],
  );
});

const faults = {
  'reuse of row ids that was not wanted': (store) => ({addRow: (tableId, row) => store.addRow(tableId, row)}),
  'a number formatted otherwise in JSON': (store) => ({getJson: () => store.getJson().replaceAll('e+', 'E+')}),
  'a partial row that replaces the row': (store) => ({setPartialRow: (...args) => store.setRow(...args)}),
  'text that is not JSON but taken': (store) => ({
    setTablesJson: (text) => store.setTablesJson(String(text).replace(/,\s*}/g, '}')),
  }),
  'a lost sign of zero': (store) => ({
    setCell: (tableId, rowId, cellId, cell) => store.setCell(tableId, rowId, cellId, cell === 0 ? 0 : cell),
  }),
  'a table deleted row by row, last first': (store) => ({
    delTable: (tableId) =>
      store.transaction(() => {
        for (const rowId of store.getRowIds(tableId).reverse()) store.delRow(tableId, rowId);
        return store;
      }),
  }),
  'mutators that are called like other listeners': (store) => ({
    addCellListener: (tableId, rowId, cellId, listener) => store.addCellListener(tableId, rowId, cellId, listener),
  }),
  'a transaction that swallows its error': (store) => ({
    transaction: (...args) => {
      try {
        return store.transaction(...args);
      } catch {
        return undefined;
      }
    },
  }),
  'a result that is the same object each time': (store) => {
    const empty = Object.create(null);
    return {getRow: (tableId, rowId) => (store.hasRow(tableId, rowId) ? store.getRow(tableId, rowId) : empty)};
  },
};

for (const [fault, change] of Object.entries(faults)) {
  test(`it finds and shrinks ${fault}`, () => {
    const createActual = wrong(change);
    const {failures} = find(createActual, {programs: 3000, shrinkSeconds: 10});
    assert.equal(failures.length, 1);
    const [{source, program, seed}] = failures;
    assert.ok(program.steps.length <= 5, source);
    assert.ok(source.length < 900, source);
    // The printed program alone shows the difference, and so does the seed.
    const run = compile(source);
    assert.notDeepEqual(run(createActual), run(createStore));
    assert.equal(find(createActual, {seed, programs: 1, shrinkSeconds: 0}).failures.length, 1);
  });
}
