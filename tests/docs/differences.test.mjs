// Holds docs/differences.md to what it says of the store, on both libraries.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStore as createTinyBaseStore} from 'tinybase';
import {createStore} from '../../pkg/index.js';

/** Does the same with a store of each library, and compares both results with what is expected of them. */
const compare = (name, observe, theirs, ours) =>
  test(name, () => {
    const plain = (value) => JSON.parse(JSON.stringify(value));
    assert.deepEqual(plain(observe(createTinyBaseStore())), theirs);
    assert.deepEqual(plain(observe(createStore())), ours);
  });

compare(
  'an object whose toJSON gives undefined is left out',
  (store) => {
    store.setRow('t', 'r', {a: 1, o: {toJSON: () => undefined}});
    try {
      return [store.getCellIds('t', 'r'), store.getRow('t', 'r')];
    } catch (error) {
      return error.name;
    }
  },
  'SyntaxError',
  [['a'], {a: 1}],
);

const visits = {
  forEachTable: [
    (store) => store.setTables({a: {r: {c: 1}}, b: {r: {c: 1}}}),
    (store, see) => store.forEachTable((id) => see(id) && store.delTable(id).setCell(id, 'r', 'c', 1)),
  ],
  forEachCell: [
    (store) => store.setRow('t', 'r', {a: 1, b: 1}),
    (store, see) =>
      store.forEachCell('t', 'r', (id) => see(id) && store.delCell('t', 'r', id).setCell('t', 'r', id, 1)),
  ],
  forEachTableCell: [
    (store) => store.setRow('t', 'r', {a: 1, b: 1}),
    (store, see) =>
      store.forEachTableCell('t', (id) => see(id) && store.delCell('t', 'r', id).setCell('t', 'r', id, 1)),
  ],
  forEachValue: [
    (store) => store.setValues({a: 1, b: 1}),
    (store, see) => store.forEachValue((id) => see(id) && store.delValue(id).setValue(id, 1)),
  ],
};

for (const [name, [fill, visit]] of Object.entries(visits)) {
  compare(
    `${name} visits once what its callback deletes and sets again`,
    (store) => {
      const seen = [];
      fill(store);
      visit(store, (id) => seen.push(id) < 4);
      return seen;
    },
    ['a', 'b', 'a', 'b', 'a'], // and for ever, if the callback went on
    ['a', 'b'],
  );
}

compare(
  'forEachCell goes on with a row that its callback deletes and sets again',
  (store) => {
    const seen = [];
    store.setTable('t', {r: {a: 1, b: 1}, q: {a: 1}});
    store.forEachCell('t', 'r', (id) => {
      if (seen.push(id) === 1) store.delRow('t', 'r').setRow('t', 'r', {a: 2, b: 2});
    });
    return seen;
  },
  ['a'],
  ['a', 'b'],
);

compare(
  'after a roll-back, listeners to ids follow the order of what a will-finish listener adds',
  (store) => {
    const seen = [];
    store.addRowIdsListener(null, (_store, tableId) => seen.push(tableId));
    store.addWillFinishTransactionListener(() => store.setCell('y', 'r', 'c', 1).setCell('x', 'r', 'c', 1));
    store.transaction(
      () => store.setCell('x', 'q', 'c', 1).setCell('y', 'q', 'c', 1),
      () => true,
    );
    return seen;
  },
  ['x', 'y'],
  ['y', 'x'],
);

compare(
  'what getCellChange says does not depend on listeners to sorted row ids',
  (store) => {
    const seen = [];
    store.setRow('t', 'r', {a: 1, b: 1});
    store.addTablesListener((_store, getCellChange) => seen.push(getCellChange('t', 'r', 'a')[0]));
    const change = (b) => store.transaction(() => store.setCell('t', 'r', 'a', 2).setRow('t', 'r', {a: 1, b}));
    change(2);
    store.addSortedRowIdsListener('other', 'cell', false, 0, undefined, () => {});
    change(3);
    return seen;
  },
  [true, false],
  [true, true],
);

compare(
  'a listener may change the array of sorted row ids that it gets',
  (store) => {
    const seen = [];
    store.setTable('t', {r: {a: 1}, q: {a: 2}});
    store.addSortedRowIdsListener('t', 'a', true, 0, 1, (...args) => seen.push(args[6].pop()));
    store.setCell('t', 'r', 'a', 3);
    store.setCell('t', 'r', 'a', 4);
    return seen;
  },
  ['r', 'r'],
  ['r'],
);

for (const kind of ['mutator', 'will-finish listener']) {
  compare(
    `a ${kind} cannot finish the transaction that calls it`,
    (store) => {
      let calls = 0;
      const listener = () => {
        if (++calls < 4) store.finishTransaction();
      };
      if (kind === 'mutator') store.addTablesListener(listener, true);
      else store.addWillFinishTransactionListener(listener);
      store.setCell('t', 'r', 'c', 1);
      return calls;
    },
    4,
    1,
  );
}

compare(
  'a text with arrays nested deeper than 1,000 levels is refused, but not a cell that is',
  (store) => {
    const text = (depth) => `{"t":{"r":{"o":${'['.repeat(depth)}${']'.repeat(depth)}}}}`;
    const isTaken = (depth) => store.delTables().setTablesJson(text(depth)).hasTable('t');
    const taken = [isTaken(900), isTaken(1100)];
    const {o} = JSON.parse(text(2000)).t.r;
    const json = store.delTables().setCell('t', 'r', 'o', o).getTablesJson();
    return [...taken, store.delTables().setTablesJson(json).hasTable('t')];
  },
  [true, true, true],
  [true, false, true],
);

/** What listeners to invalid cells are told while a program runs. */
const refusedCells = (program) => (store) => {
  const told = [];
  store.addInvalidCellListener(null, null, null, (_store, ...path) => told.push(path));
  program(store);
  return told;
};

const schemaOf = (cell) => ({t: {c: cell}});

compare(
  'where there is a schema, a row that is no object is reported as it is without one',
  (store) => {
    const told = [];
    store.setTablesSchema(schemaOf({type: 'number', default: 1}));
    store.addInvalidCellListener(null, null, null, (_store, tableId, rowId) => told.push([tableId, rowId]));
    try {
      store.setTable('t', {r: 5, q: {c: 1}});
    } catch (error) {
      return error.name;
    }
    return [told, store.getTables()];
  },
  'TypeError',
  [[['t', 'r']], {t: {q: {c: 1}}}],
);

compare(
  'a default that is an object is not reported as invalid when it is added',
  refusedCells((store) => store.setTablesSchema(schemaOf({type: 'object', default: {a: 1}})).setRow('t', 'r', {})),
  [['t', 'r', 'c', ['\ufffd{"a":1}']]],
  [],
);

compare(
  'listeners get a copy of the object that a schema refuses',
  (store) => {
    const thing = {a: undefined, b: new Date(0)};
    let told;
    store.setTablesSchema(schemaOf({type: 'number'}));
    store.addInvalidCellListener(null, null, null, (_store, _tableId, _rowId, _cellId, [offered]) => (told = offered));
    store.setCell('t', 'r', 'c', thing);
    return [told === thing, Object.keys(told)];
  },
  [true, ['a', 'b']],
  [false, ['b']],
);

compare(
  'what toJSON gives is what a schema judges',
  (store) => {
    const list = () => ({toJSON: () => [1]});
    const isSet = (type) => store.setTablesSchema(schemaOf({type})).setCell('t', type, 'c', list()).hasRow('t', type);
    return [isSet('object'), isSet('array')];
  },
  [true, false],
  [false, true],
);

compare(
  'a roll-back brings no defaults that were not there',
  (store) => {
    store.setValuesSchema({a: {type: 'number', default: 1}, b: {type: 'number', required: true}});
    const before = store.getValues();
    store.transaction(
      () => store.setValue('a', 2),
      () => true,
    );
    return [before, store.getValues()];
  },
  [{}, {a: 1}],
  [{}, {}],
);

compare(
  'addRow reports an invalid row under the id of the table as text',
  refusedCells((store) => store.addRow(undefined, {})),
  [[null, null, null, [null]]],
  [['undefined', null, null, [null]]],
);
