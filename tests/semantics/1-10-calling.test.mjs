// 1.10 Listeners: what they are called with, and in which order.
import {both} from './both.mjs';
import {note} from './listening.mjs';

/** The arguments of a call, with the store and functions named. */
const args =
  (store, heard) =>
  (...given) =>
    heard.push(given.map((one) => (one === store ? 'store' : typeof one === 'function' ? 'function' : one)));

/** What a listener of a kind hears first when a row with one cell, and a value, are set in an empty store. */
const firstOf = (kind, path) => (store) => {
  const heard = [];
  store[`add${kind}Listener`](...path, args(store, heard));
  store.setRow('t', 'r', {c: 1, bad: NaN}).setValues({v: 1, bad: NaN});
  return heard;
};
const calls = {
  Tables: [[], ['store', 'function']],
  TableIds: [[], ['store', 'function']],
  Table: [['t'], ['store', 't', 'function']],
  RowIds: [['t'], ['store', 't', 'function']],
  Row: [
    ['t', 'r'],
    ['store', 't', 'r', 'function'],
  ],
  CellIds: [
    ['t', 'r'],
    ['store', 't', 'r', 'function'],
  ],
  Cell: [
    ['t', 'r', 'c'],
    ['store', 't', 'r', 'c', 1, undefined, 'function'],
  ],
  Values: [[], ['store', 'function']],
  ValueIds: [[], ['store', 'function']],
  Value: [['v'], ['store', 'v', 1, undefined, 'function']],
  HasTables: [[], ['store', true]],
  HasTable: [['t'], ['store', 't', true]],
  TableCellIds: [['t'], ['store', 't', 'function']],
  HasTableCell: [
    ['t', 'c'],
    ['store', 't', 'c', true],
  ],
  RowCount: [['t'], ['store', 't', 1]],
  SortedRowIds: [
    ['t', 'c', true, 0, 9],
    ['store', 't', 'c', true, 0, 9, ['r']],
  ],
  HasRow: [
    ['t', 'r'],
    ['store', 't', 'r', true],
  ],
  HasCell: [
    ['t', 'r', 'c'],
    ['store', 't', 'r', 'c', true],
  ],
  InvalidCell: [
    ['t', 'r', 'bad'],
    ['store', 't', 'r', 'bad', [NaN]],
  ],
  HasValues: [[], ['store', true]],
  HasValue: [['v'], ['store', 'v', true]],
  InvalidValue: [['bad'], ['store', 'bad', [NaN]]],
};
for (const [kind, [path, call]] of Object.entries(calls)) {
  both(`1.10.1 add${kind}Listener: the store, then the path, then what else there is`, firstOf(kind, path), [call]);
}

both(
  '1.10.1 a listener to a cell or value gets the new and the old one, decoded',
  (store) => {
    const heard = [];
    store.setCell('t', 'r', 'c', {a: 1}).setValue('v', {a: 1});
    store.addCellListener('t', 'r', 'c', note(heard, 'cell'));
    store.addValueListener('v', note(heard, 'value'));
    store.setCell('t', 'r', 'c', [2]).setValue('v', [2]).delCell('t', 'r', 'c').delValue('v');
    return heard;
  },
  [
    ['cell', 't', 'r', 'c', [2], {a: 1}],
    ['value', 'v', [2], {a: 1}],
    ['cell', 't', 'r', 'c', undefined, [2]],
    ['value', 'v', undefined, [2]],
  ],
);

const wildcards = (...ids) =>
  ids.reduce(
    (paths, id) =>
      paths.flatMap((path) => [
        [...path, null],
        [...path, id],
      ]),
    [[]],
  );

/** Which paths hear of one change, in their order, when two listeners listen to each path. */
const order = (kind, ids, write) => (store) => {
  const heard = [];
  for (const round of [1, 2]) {
    for (const path of wildcards(...ids)) {
      store[`add${kind}Listener`](...path, () => heard.push(`${path.map((id) => id ?? '*').join(' ')} ${round}`));
    }
  }
  write(store);
  return heard;
};
const twice = (...paths) => paths.flatMap((path) => [`${path} 1`, `${path} 2`]);

both(
  '1.10.2 the listeners to a table: first of its id, then of the wildcard; in each place in order of registration',
  order('Table', ['t'], (store) => store.setCell('t', 'r', 'c', 1)),
  twice('t', '*'),
);

both(
  '1.10.2 the listeners to a row: at each level the id goes before the wildcard, first level first',
  order('Row', ['t', 'r'], (store) => store.setCell('t', 'r', 'c', 1)),
  twice('t r', 't *', '* r', '* *'),
);

both(
  '1.10.2 the listeners to a cell: at each level the id goes before the wildcard, first level first',
  order('Cell', ['t', 'r', 'c'], (store) => store.setCell('t', 'r', 'c', 1)),
  twice('t r c', 't r *', 't * c', 't * *', '* r c', '* r *', '* * c', '* * *'),
);

both(
  '1.10.2 the listeners to cell ids, row ids and values: at each level the id goes before the wildcard',
  (_store, createStore) => [
    order('CellIds', ['t', 'r'], (store) => store.setCell('t', 'r', 'c', 1))(createStore()),
    order('RowIds', ['t'], (store) => store.setCell('t', 'r', 'c', 1))(createStore()),
    order('Value', ['v'], (store) => store.setValue('v', 1))(createStore()),
  ],
  [twice('t r', 't *', '* r', '* *'), twice('t', '*'), twice('v', '*')],
);

for (const [kind, ids] of Object.entries({HasTable: 't', HasRow: 't r', HasCell: 't r c', HasTableCell: 't c'})) {
  const all = wildcards(...ids.split(' ')).map((path) => path.map((id) => id ?? '*').join(' '));
  both(
    `1.10.2 add${kind}Listener: at each level the id goes before the wildcard`,
    order(kind, ids.split(' '), (store) => store.setCell('t', 'r', 'c', 1)),
    twice(...all.reverse()),
  );
}

both(
  '1.10.2 addInvalidCellListener and addInvalidValueListener: at each level the id goes before the wildcard',
  (_store, createStore) => [
    order('InvalidCell', ['t', 'r', 'c'], (store) => store.setCell('t', 'r', 'c', NaN))(createStore()),
    order('InvalidValue', ['v'], (store) => store.setValue('v', NaN))(createStore()),
  ],
  [twice('t r c', 't r *', 't * c', 't * *', '* r c', '* r *', '* * c', '* * *'), twice('v', '*')],
);

both(
  '1.10.2 a listener that was deleted and another that took its id: the newer is called after the older',
  (store) => {
    const heard = [];
    const add = (name) => store.addTablesListener(() => heard.push(name));
    const first = add('first');
    add('second');
    store.delListener(first);
    const again = add('third');
    store.setCell('t', 'r', 'c', 1);
    return [first === again, heard];
  },
  [true, ['second', 'third']],
);

const nested = (store) => {
  const heard = [];
  store.setTables({t: {r: {a: 1, b: 1}, s: {a: 1}}, u: {r: {a: 1}}, w: {r: {a: 1}}});
  store.addTablesListener(note(heard, 'tables'));
  store.addTableListener(null, note(heard, 'table'));
  store.addRowListener(null, null, note(heard, 'row'));
  store.addCellListener(null, null, null, note(heard, 'cell'));
  return heard;
};

both(
  '1.10.3 for each table that has changed, for each row: its cells, then the row; then the table; at last the tables',
  (store) => {
    const heard = nested(store);
    store.transaction(() => {
      store.setCell('u', 'r', 'a', 2).setCell('t', 's', 'a', 2).setCell('t', 'r', 'b', 2).setCell('t', 'r', 'a', 2);
      store.setCell('u', 'r', 'b', 2);
    });
    return heard.map((call) => call.slice(0, 4).join(' '));
  },
  [
    ...[
      'cell u r a',
      'cell u r b',
      'row u r',
      'table u',
      'cell t s a',
      'row t s',
      'cell t r b',
      'cell t r a',
      'row t r',
    ],
    ...['table t', 'tables'],
  ],
);

both(
  '1.10.3 what has come to nothing is left out at each level',
  (store) => {
    const heard = nested(store);
    store.transaction(() => {
      store.setCell('u', 'r', 'a', 2).setCell('u', 'r', 'a', 1).setCell('t', 's', 'a', 2).setCell('t', 's', 'a', 1);
      store.setCell('t', 'r', 'a', 2).setCell('t', 'r', 'b', 2).setCell('t', 'r', 'a', 1);
    });
    return heard.map((call) => call.slice(0, 4).join(' '));
  },
  ['cell t r b', 'row t r', 'table t', 'tables'],
);

both(
  '1.10.3 listeners to ids are called table by table and row by row in the order in which they were touched',
  (store) => {
    const heard = [];
    store.addCellIdsListener(null, null, note(heard, 'cell ids'));
    store.addRowIdsListener(null, note(heard, 'row ids'));
    store.addTableIdsListener(note(heard, 'table ids'));
    store.transaction(() =>
      store.setCell('u', 's', 'a', 1).setCell('t', 'r', 'a', 1).setCell('u', 'r', 'a', 1).setCell('u', 's', 'b', 1),
    );
    return heard.map((call) => call.join(' '));
  },
  ['table ids', 'row ids u', 'row ids t', 'cell ids u s', 'cell ids u r', 'cell ids t r'],
);

both(
  '1.10.3 values: for each that has changed its listeners, at last the ones to all values',
  (store) => {
    const heard = [];
    store.addValuesListener(note(heard, 'values'));
    store.addValueListener(null, note(heard, 'value'));
    store.setValues({b: 1, a: 2});
    return heard;
  },
  [['value', 'b', 1, undefined], ['value', 'a', 2, undefined], ['values']],
);

both(
  '1.10.10 delListener of an id that there is not does nothing',
  (store) => {
    const heard = [];
    const id = store.addTablesListener(note(heard, 'tables'));
    store.delListener('99').delListener('').delListener(undefined).delListener(`${id}0`);
    store.setCell('t', 'r', 'c', 1);
    store.delListener(id).delListener(id).setCell('t', 'r', 'c', 2);
    return heard;
  },
  [['tables']],
);
