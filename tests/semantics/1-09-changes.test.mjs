// 1.9 What a transaction has changed.
import {both} from './both.mjs';
import {change, filled} from './changing.mjs';
import {note} from './listening.mjs';

const none = undefined;
const changes = [{t: {r: {c: 2, e: none}, s: none}, u: none, x: {y: {z: [1]}}}, {v: {a: 1}, w: none}, 1];

both(
  '1.9.1 a cell or value that is back at what it was has not changed: no listener to it or what holds it is called',
  (store) => {
    const heard = [];
    filled(store);
    for (const [kind, path] of Object.entries({Cell: 3, Row: 2, Table: 1, Tables: 0, Value: 1, Values: 0})) {
      store[`add${kind}Listener`](...Array(path).fill(null), note(heard, kind));
    }
    store.transaction(() => {
      store.setCell('t', 'r', 'c', 2).setCell('t', 'r', 'c', 1).setValue('v', 2).setValue('v', 1);
      heard.push(store.getTransactionChanges());
    });
    return heard;
  },
  [[{}, {}, 1]],
);

both(
  '1.9.1 setting what is there already changes nothing',
  (store) => {
    const heard = [];
    filled(store).addTablesListener(note(heard, 'tables'));
    store.addValuesListener(note(heard, 'values'));
    store.setContent(store.getContent()).setCell('t', 'r', 'c', 1).setRow('t', 's', {c: 1}).setValue('v', 1);
    return heard;
  },
  [],
);

both(
  '1.9.1 what changes several times counts once, from what it was at first to what it is at last',
  (store) => {
    const heard = [];
    filled(store).addCellListener(null, null, null, note(heard, 'cell'));
    store.addValueListener(null, note(heard, 'value'));
    store.transaction(() => {
      for (const cell of [2, 3, 4]) store.setCell('t', 'r', 'c', cell).setValue('v', cell);
    });
    return heard;
  },
  [
    ['cell', 't', 'r', 'c', 4, 1],
    ['value', 'v', 4, 1],
  ],
);

both(
  '1.9.1 ids that come and go, or go and come, in one transaction have not changed',
  (store) => {
    const heard = [];
    filled(store);
    for (const [kind, path] of Object.entries({TableIds: 0, RowIds: 1, CellIds: 2, ValueIds: 0})) {
      store[`add${kind}Listener`](...Array(path).fill(null), note(heard, kind));
    }
    store.transaction(() => store.setCell('x', 'r', 'c', 1).delTable('x').setValue('x', 1).delValue('x'));
    store.transaction(() => {
      store.delCell('t', 'r', 'c').setCell('t', 'r', 'c', 2).delRow('t', 's').setRow('t', 's', {c: 2});
      store.delTable('u').setCell('u', 'r', 'c', 2).delValue('v').setValue('v', 2);
    });
    return heard;
  },
  [],
);

both(
  '1.9.2 getTransactionChanges has tables, values and 1: new cells and values, and undefined for what is gone as a whole',
  (store) => filled(store).transaction(() => change(store).getTransactionChanges()),
  changes,
);

both(
  '1.9.2 a table that is gone is undefined, not its rows, and a row, not its cells',
  (store) => {
    filled(store);
    return store.transaction(() => store.delTables().delValues().getTransactionChanges());
  },
  [{t: none, u: none}, {v: none, w: none}, 1],
);

both(
  '1.9.2 a row deleted and set again as it was is no change; set again with other cells, only these are',
  (store) => {
    filled(store);
    return [
      store.transaction(() => store.delRow('t', 'r').setRow('t', 'r', {e: 1, d: 1, c: 1}).getTransactionChanges()),
      store.transaction(() => store.delRow('t', 'r').setRow('t', 'r', {c: 1, d: 2, f: 1}).getTransactionChanges()),
    ];
  },
  [
    [{}, {}, 1],
    [{t: {r: {d: 2, e: none, f: 1}}}, {}, 1],
  ],
);

both(
  '1.9.2 getTransactionChanges may be called at any time: during the actions, in each kind of listener; outside it has nothing',
  (store) => {
    const seen = [];
    const see = () => seen.push(store.getTransactionChanges()[0]);
    store.addStartTransactionListener(see);
    store.addTablesListener(see, true);
    store.addWillFinishTransactionListener(see);
    store.addTablesListener(see);
    store.addDidFinishTransactionListener(see);
    store.transaction(
      () => {
        store.setCell('t', 'r', 'c', 1);
        see();
        store.setCell('t', 'r', 'd', 1);
      },
      () => see() === -1,
    );
    see();
    return [seen, store.getTransactionChanges()];
  },
  [
    [{}, {t: {r: {c: 1}}}, ...Array(5).fill({t: {r: {c: 1, d: 1}}}), {}],
    [{}, {}, 1],
  ],
);

both(
  '1.9.2 applying the changes to another store that had the same content makes both the same',
  (store, createStore) => {
    const other = filled(createStore());
    filled(store).addDidFinishTransactionListener(() => other.applyChanges(store.getTransactionChanges()));
    store.transaction(() => change(store));
    return [other.getContent(), other.getJson() === store.getJson()];
  },
  [[{t: {r: {c: 2, d: 1}}, x: {y: {z: [1]}}}, {v: {a: 1}}], true],
);

both(
  '1.9.4 getCellChange tells of any cell whether it was touched, what it was, and what it is: also of one set back',
  (store) => {
    let told;
    filled(store)
      .setCell('t', 'q', 'c', 1)
      .addTablesListener((_store, getCellChange) => {
        const paths = ['t r c', 't r d', 't r e', 't s c', 'x y z', 't q c', 't r none', 'none r c'];
        told = paths.map((path) => getCellChange(...path.split(' ')));
      });
    store.transaction(() => change(store));
    return told;
  },
  [
    [true, 1, 2],
    [true, 1, 1],
    [true, 1, none],
    [true, 1, none],
    [true, none, [1]],
    [false, 1, 1],
    [false, none, none],
    [false, none, none],
  ],
);

both(
  '1.9.4 listeners to tables, a table, a row and a cell get getCellChange, last',
  (store) => {
    const told = [];
    const tell = (...args) => told.push([args.length, args.at(-1)('t', 'r', 'c')]);
    store.addTablesListener(tell);
    store.addTableListener('t', tell);
    store.addRowListener('t', 'r', tell);
    store.addCellListener('t', 'r', 'c', tell);
    store.setCell('t', 'r', 'c', 1);
    return told;
  },
  [
    [7, [true, none, 1]],
    [4, [true, none, 1]],
    [3, [true, none, 1]],
    [2, [true, none, 1]],
  ],
);

both(
  '1.9.4 what getCellChange tells is decoded, the old as well as the new',
  (store) => {
    let told;
    store.setCell('t', 'r', 'c', {a: 1});
    store.addTablesListener((_store, getCellChange) => (told = getCellChange('t', 'r', 'c')));
    store.setCell('t', 'r', 'c', [2]);
    return told;
  },
  [true, {a: 1}, [2]],
);

both(
  '1.9.4 getValueChange tells the same of any value; listeners to a value and to values get it, last',
  (store) => {
    const told = [];
    const tell = (...args) => told.push(['v', 'w', 'x', 'y', 'none'].map((id) => args.at(-1)(id)));
    store.setValues({v: 1, w: 1, y: 1});
    store.addValuesListener(tell);
    store.addValueListener('v', tell);
    store.transaction(() => store.setValue('v', {a: 1}).setValue('x', 1).setValue('w', 2).setValue('w', 1));
    return told;
  },
  Array(2).fill([
    [true, 1, {a: 1}],
    [true, 1, 1],
    [true, none, 1],
    [false, 1, 1],
    [false, none, none],
  ]),
);

both(
  '1.9.4 getIdChanges tells which ids came, 1, and went, -1; listeners to table, row, cell and value ids get it',
  (store) => {
    const told = {};
    filled(store);
    store.addTableIdsListener((_store, getIdChanges) => (told.tables = getIdChanges()));
    store.addRowIdsListener('t', (_store, _tableId, getIdChanges) => (told.rows = getIdChanges()));
    store.addCellIdsListener('t', 'r', (_store, _tableId, _rowId, getIdChanges) => (told.cells = getIdChanges()));
    store.addValueIdsListener((_store, getIdChanges) => (told.values = getIdChanges()));
    store.transaction(() => change(store).setCell('t', 'r', 'f', 1).setCell('t', 'q', 'c', 1).setValue('z', 1));
    return told;
  },
  {tables: {u: -1, x: 1}, rows: {s: -1, q: 1}, cells: {e: -1, f: 1}, values: {w: -1, z: 1}},
);

both(
  '1.9.4 listeners to the cell ids of a table get getIdChanges, too: ids of which the table has the first, or no more',
  (store) => {
    const told = [];
    filled(store).addTableCellIdsListener('t', (_store, _tableId, getIdChanges) => told.push(getIdChanges()));
    store.delCell('t', 's', 'c').delCell('t', 'r', 'd').setCell('t', 'q', 'e', 1).setCell('t', 'q', 'f', 1);
    return told;
  },
  [{d: -1}, {f: 1}],
);
