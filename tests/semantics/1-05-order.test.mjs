// 1.5 In which order ids, objects and JSON come.
import {both} from './both.mjs';

both(
  '1.5.1 tables, rows, cells and values are listed as they came',
  (store) => {
    for (const id of ['b', '10', 'a', '9']) {
      store.setCell(id, 'r', 'c', 1).setCell('b', id, 'c', 1).setCell('b', 'r', id, 1).setValue(id, 1);
    }
    return [store.getTableIds(), store.getRowIds('b'), store.getCellIds('b', 'r'), store.getValueIds()];
  },
  [
    ['b', '10', 'a', '9'],
    ['r', 'b', '10', 'a', '9'],
    ['c', 'b', '10', 'a', '9'],
    ['b', '10', 'a', '9'],
  ],
);

both(
  '1.5.1 visiting is in the same order',
  (store) => {
    const seen = [];
    for (const id of ['b', '10', 'a', '9']) {
      store.setCell(id, 'r', 'c', 1).setCell('b', id, 'c', 1).setCell('b', 'r', id, 1).setValue(id, 1);
    }
    store.forEachTable((id) => seen.push(id));
    store.forEachRow('b', (id) => seen.push(id));
    store.forEachCell('b', 'r', (id) => seen.push(id));
    store.forEachTableCell('b', (id) => seen.push(id));
    store.forEachValue((id) => seen.push(id));
    return seen.join(' ');
  },
  'b 10 a 9 r b 10 a 9 c b 10 a 9 c b 10 a 9 b 10 a 9',
);

both(
  '1.5.1 what is set again stays in its place; what was deleted and comes again is last',
  (store) => {
    for (const id of ['a', 'b', 'c']) store.setCell('t', id, 'c', 1);
    store.setCell('t', 'a', 'c', 2);
    const afterSetting = store.getRowIds('t');
    store.delRow('t', 'a').setCell('t', 'a', 'c', 3);
    return [afterSetting, store.getRowIds('t')];
  },
  [
    ['a', 'b', 'c'],
    ['b', 'c', 'a'],
  ],
);

both(
  '1.5.1 replacing keeps the places of what survives and appends what is new, in whatever order it is given',
  (store) => {
    store.setRow('t', 'r', {a: 1, b: 1, c: 1}).setRow('t', 's', {a: 1}).setRow('t', 'u', {a: 1});
    store.setCell('t2', 'r', 'a', 1).setCell('t3', 'r', 'a', 1).setValues({a: 1, b: 1, c: 1});
    store.setRow('t', 'r', {d: 2, c: 2, a: 2});
    const cellIds = store.getCellIds('t', 'r');
    store.setTable('t', {x: {a: 2}, u: {a: 2}, r: {a: 2}});
    const rowIds = store.getRowIds('t');
    store.setTables({new: {r: {a: 2}}, t3: {r: {a: 2}}, t: {r: {a: 2}}});
    store.setValues({d: 2, c: 2, a: 2});
    return [cellIds, rowIds, store.getTableIds(), store.getValueIds()];
  },
  [
    ['a', 'c', 'd'],
    ['r', 'u', 'x'],
    ['t', 't3', 'new'],
    ['a', 'c', 'd'],
  ],
);

both(
  '1.5.1 getTableCellIds is in the order in which the table first had each cell id, and has as many as are in use',
  (store) => {
    store.setRow('t', 'r', {b: 1, a: 1}).setRow('t', 's', {c: 1, a: 1}).delCell('t', 'r', 'b');
    const without = store.getTableCellIds('t');
    return [without, store.setCell('t', 'r', 'b', 1).getTableCellIds('t')];
  },
  [
    ['a', 'c'],
    ['a', 'c', 'b'],
  ],
);

both(
  '1.5.2 objects are read in the order of JavaScript: array indices first, by number, then the rest as written',
  (store) => {
    const rows = {};
    for (const id of ['b', '2', '1', 'a']) rows[id] = {c: 1};
    store.setTable('t', rows);
    store.setRow('u', 'r', {b: 1, 10: 1, 9: 1, a: 1}).setValues({b: 1, 2: 1, 1: 1});
    store.setTables({...store.getTables(), x: {r: {c: 1}}, 0: {r: {c: 1}}});
    return [store.getRowIds('t'), store.getCellIds('u', 'r'), store.getValueIds(), store.getTableIds()];
  },
  [
    ['1', '2', 'b', 'a'],
    ['9', '10', 'b', 'a'],
    ['1', '2', 'b'],
    ['t', 'u', '0', 'x'],
  ],
);

both(
  '1.5.2 array indices are 0 to 4294967294, written as numbers are',
  (store) => {
    const cells = {};
    for (const id of ['4294967295', '4294967294', '01', '-1', '1.5', '00', '0', '1e3', ' 1']) cells[id] = 1;
    return store.setRow('t', 'r', cells).getCellIds('t', 'r');
  },
  ['0', '4294967294', '4294967295', '01', '-1', '1.5', '00', '1e3', ' 1'],
);

both(
  '1.5.3 objects and JSON have the order of JavaScript, which may not be that of the lists of ids',
  (store) => {
    for (const id of ['10', '9', 'b', '01', '4294967295', '-1', '4294967294']) {
      store.setCell('t', id, 'c', 1).setCell('u', 'r', id, 1).setCell(id, 'r', 'c', 1).setValue(id, 1);
    }
    const {t: table, u: others} = JSON.parse(store.getTablesJson());
    return [
      store.getRowIds('t'),
      Object.keys(store.getTable('t')),
      store
        .getTablesJson()
        .startsWith('{"9":{"r":{"c":1}},"10":{"r":{"c":1}},"4294967294":{"r":{"c":1}},"t":{"9":{"c":1},'),
      [table, others.r].map((object) => Object.keys(object).join(' ')),
      store.getValuesJson(),
    ];
  },
  [
    ['10', '9', 'b', '01', '4294967295', '-1', '4294967294'],
    ['9', '10', '4294967294', 'b', '01', '4294967295', '-1'],
    true,
    ['9 10 4294967294 b 01 4294967295 -1', '9 10 4294967294 b 01 4294967295 -1'],
    '{"9":1,"10":1,"4294967294":1,"b":1,"01":1,"4294967295":1,"-1":1}',
  ],
);

both(
  '1.5.3 a round trip through JSON can reorder rows',
  (store, createStore) => {
    for (const id of ['10', '9', 'b']) store.setCell('t', id, 'c', 1);
    return [store.getRowIds('t'), createStore().setJson(store.getJson()).getRowIds('t')];
  },
  [
    ['10', '9', 'b'],
    ['9', '10', 'b'],
  ],
);

both(
  '1.5.3 a JSON text is read in that order, too, whatever the order in the text; of a key that comes twice the last counts',
  (store) => {
    store.setTablesJson('{"t":{"b":{"c":1},"2":{"c":1},"1":{"c":1},"b":{"d":2}}}');
    return [store.getRowIds('t'), store.getRow('t', 'b')];
  },
  [['1', '2', 'b'], {d: 2}],
);

both(
  '1.5.3 JSON has numbers as JavaScript writes them',
  (store) => {
    const numbers = [1e21, 1e20, 5e-324, 0.1 + 0.2, 1e-7, 0.000001, -1.5e300, 123456789012345680000, 100];
    numbers.forEach((number, index) => store.setValue(`v${index}`, number));
    return store.getValuesJson();
  },
  '{"v0":1e+21,"v1":100000000000000000000,"v2":5e-324,"v3":0.30000000000000004,"v4":1e-7,"v5":0.000001,' +
    '"v6":-1.5e+300,"v7":123456789012345680000,"v8":100}',
);

both(
  '1.5.3 JSON escapes what JSON.stringify escapes: quotes, controls, lone surrogates, and no more',
  (store) => store.setValue('v', '"\\/\b\f\n\r\t\u0001\u007f\u2028é😀\ud800x\udc00').getValuesJson(),
  '{"v":"\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u007f\u2028é😀\\ud800x\\udc00"}',
);

both(
  '1.5.4 what a rollback brings back is last, so the order may differ from before',
  (store) => {
    for (const id of ['a', 'b', 'c'])
      store.setCell('t', id, 'c', 1).setCell('u', 'r', id, 1).setCell(id, 'r', 'c', 1).setValue(id, 1);
    store.transaction(
      () => store.delRow('t', 'a').delCell('u', 'r', 'a').delTable('a').delValue('a'),
      () => true,
    );
    return [store.getRowIds('t'), store.getCellIds('u', 'r'), store.getTableIds(), store.getValueIds()];
  },
  [
    ['b', 'c', 'a'],
    ['b', 'c', 'a'],
    ['t', 'u', 'b', 'c', 'a'],
    ['b', 'c', 'a'],
  ],
);

both(
  '1.5.4 a rollback of changes leaves the order as it was',
  (store) => {
    for (const id of ['a', 'b', 'c']) store.setCell('t', id, 'c', 1);
    store.transaction(
      () => store.setCell('t', 'b', 'c', 2).setCell('t', 'd', 'c', 1).delRow('t', 'd'),
      () => true,
    );
    return store.getTables();
  },
  {t: {a: {c: 1}, b: {c: 1}, c: {c: 1}}},
);
