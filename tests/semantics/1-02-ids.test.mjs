// 1.2 Ids: how they are read, and which there are.
import {both, thrownBy} from './both.mjs';

const idsOf = (write) => (store) => [1, null, undefined, true, 1.5, -0].flatMap((id) => write(store, id));
const texts = ['1', 'null', 'undefined', 'true', '1.5', '0'];

both(
  '1.2.1 ids that are given as arguments of their own become texts: in setCell',
  idsOf((store, id) => {
    store.delTables().setCell(id, id, id, 1);
    return Object.entries(store.getTables()).map(([tableId, table]) => [
      tableId,
      Object.entries(table).map(([rowId, row]) => [rowId, Object.keys(row)]),
    ]);
  }),
  texts.map((id) => [id, [[id, [id]]]]),
);

both(
  '1.2.1 ids that are given as arguments of their own become texts: in the other methods that write',
  idsOf((store, id) => {
    store.delTables().delValues();
    store
      .setTable(id, {r: {c: 1}})
      .setRow(id, id, {c: 1})
      .setPartialRow(id, id, {d: 1})
      .setValue(id, 1);
    const row = store.addRow(id, {c: 2});
    const ids = [store.getTableIds()[0], store.getRowIds(store.getTableIds()[0]), row, store.getValueIds()[0]];
    store.delCell(id, id, 'c').delRow(id, 'r').delValue(id);
    return [[...ids, Object.keys(store.getTable(id)).length, store.delTable(id).getContent()]];
  }),
  texts.map((id) => {
    const added = id === '0' ? '1' : '0';
    return [id, ['r', id, added], added, id, 2, [{}, {}]];
  }),
);

both(
  '1.2.1 ids that are given as arguments of their own become texts: in the methods that read',
  (store) => {
    store.setCell('1', '2', 'null', 3).setValue('undefined', 4);
    return [
      store.getCell(1, 2, null),
      store.getRow(1, 2),
      store.getTable(1),
      store.getRowIds(1),
      store.getRowCount(1),
      store.getTableCellIds(1),
      store.getCellIds(1, 2),
      store.getValue(undefined),
      [store.hasTable(1), store.hasTableCell(1, null), store.hasRow(1, 2), store.hasCell(1, 2, null), store.hasValue()],
    ];
  },
  [3, {null: 3}, {2: {null: 3}}, ['2'], 1, ['null'], ['null'], 4, [true, true, true, true, true]],
);

both(
  '1.2.1 ids that are given as arguments of their own become texts: in the methods that visit',
  (store) => {
    const seen = [];
    store.setCell('1', '2', '3', 4);
    store.forEachRow(1, (id) => seen.push(id));
    store.forEachTableCell(1, (id) => seen.push(id));
    store.forEachCell(1, 2, (id, cell) => seen.push(id, cell));
    return seen;
  },
  ['2', '3', '3', 4],
);

both(
  '1.2.1 ids become texts as by adding to an empty text: valueOf goes before toString, arrays are joined, symbols throw',
  (store) => {
    store.setCell({valueOf: () => 'value', toString: () => 'text'}, ['a', 'b'], {}, 1);
    return [store.getTables(), thrownBy(() => store.setCell(Symbol('t'), 'r', 'c', 1))];
  },
  [{value: {'a,b': {'[object Object]': 1}}}, 'TypeError'],
);

both(
  '1.2.2 ids in the path of a listener do not become texts',
  (store) => {
    const heard = [];
    store.addCellListener('t', 1, 'c', () => heard.push('number 1'));
    store.addCellListener('t', '1', 'c', () => heard.push('text 1'));
    store.addRowListener('t', 1, () => heard.push('row of number 1'));
    store.addTableListener(1, () => heard.push('table 1'));
    store.addValueListener(1, () => heard.push('value 1'));
    store.setCell('t', 1, 'c', 1).setCell(1, 1, 1, 1).setValue(1, 1);
    return heard;
  },
  ['text 1'],
);

both(
  '1.2.2 null in a path is the wildcard, undefined is not',
  (store) => {
    const heard = [];
    store.addCellListener('t', null, 'c', () => heard.push('null'));
    store.addCellListener('t', undefined, 'c', () => heard.push('undefined'));
    store.setCell('t', 'r', 'c', 1);
    return heard;
  },
  ['null'],
);

both(
  '1.2.2 undefined in a path does not hear of the id undefined; null hears of every id, also of null',
  (store) => {
    const heard = [];
    store.addTableListener(undefined, (_store, id) => heard.push(['undefined', id]));
    store.addTableListener(null, (_store, id) => heard.push(['null', id]));
    store.setCell(undefined, 'r', 'c', 1).setCell(null, 'r', 'c', 1);
    return heard;
  },
  [
    ['null', 'undefined'],
    ['null', 'null'],
  ],
);

const odd = ['', '__proto__', ' ', '\0', 'é', 'e\u0301', '😀', '\ud800', '\udc00', 'a\ud800', '\ufffd', '\ufffc'];

both(
  '1.2.3 any text is an id: empty, __proto__, composed or not, reserved as a cell, a half of a surrogate pair',
  (store) => {
    for (const id of odd) store.setCell(id, id, id, 1).setValue(id, 1);
    return [
      store.getTableIds(),
      store.getValueIds(),
      odd.flatMap((id) => store.getRowIds(id)),
      odd.flatMap((id) => store.getCellIds(id, id)),
      Object.keys(store.getTables()),
    ];
  },
  [odd, odd, odd, odd, odd],
);

both(
  '1.2.3 lone surrogates stay distinct, in ids and in texts',
  (store) => {
    store.setCell('t', '\ud800', 'c', '\ud801').setCell('t', '\ud801', 'c', '\ud800x').setCell('t', '\ufffd', 'c', 'x');
    return [store.getRowIds('t'), store.getCell('t', '\ud800', 'c'), store.getCell('t', '\ud801', 'c')];
  },
  [['\ud800', '\ud801', '\ufffd'], '\ud801', '\ud800x'],
);

both(
  '1.2.3 lone surrogates survive a round trip through JSON',
  (store, createStore) => {
    store.setCell('\ud800', '\udc00', 'a\ud800b', '\udfff\ud800');
    const json = store.getTablesJson();
    return [json, createStore().setTablesJson(json).getTables()];
  },
  ['{"\\ud800":{"\\udc00":{"a\\ud800b":"\\udfff\\ud800"}}}', {'\ud800': {'\udc00': {'a\ud800b': '\udfff\ud800'}}}],
);
