// 1.10 Listeners: to whether something is there, to how many rows there are, and to the cell ids of a table.
import {both} from './both.mjs';
import {note} from './listening.mjs';

/** What listeners of some kinds to everything hear, step by step. */
const hear =
  (paths, ...steps) =>
  (store) => {
    const heard = [];
    for (const [kind, length] of Object.entries(paths)) {
      store[`add${kind}Listener`](...Array(length).fill(null), note(heard, kind));
    }
    return steps.map((step) => {
      step(store);
      return heard.splice(0).map((call) => call.join(' '));
    });
  };
const setCell =
  (...args) =>
  (store) =>
    store.setCell(...args);

both(
  '1.10.4 HasTables is told when the first table comes and the last one goes, and of nothing in between',
  hear(
    {HasTables: 0},
    setCell('t', 'r', 'c', 1),
    setCell('u', 'r', 'c', 1),
    (store) => store.delTable('t'),
    (store) => store.delTable('u'),
    (store) => store.delTables(),
  ),
  [['HasTables true'], [], [], ['HasTables false'], []],
);

both(
  '1.10.4 HasValues is told when the first value comes and the last one goes, and of nothing in between',
  hear(
    {HasValues: 0},
    (store) => store.setValue('v', 1),
    (store) => store.setValue('w', 1),
    (store) => store.delValue('v'),
    (store) => store.delValue('w'),
    (store) => store.delValues(),
  ),
  [['HasValues true'], [], [], ['HasValues false'], []],
);

both(
  '1.10.4 what comes and goes in one transaction, or goes and comes again, is told to neither',
  hear(
    {HasTables: 0, HasValues: 0},
    (store) => store.transaction(() => store.setCell('t', 'r', 'c', 1).setValue('v', 1).delTables().delValues()),
    (store) => store.setCell('t', 'r', 'c', 1).setValue('v', 1),
    (store) => store.transaction(() => store.delTables().delValues().setCell('u', 'r', 'c', 1).setValue('w', 1)),
  ),
  [[], ['HasTables true', 'HasValues true'], []],
);

both(
  '1.10.4 presence is compared with that after the last transaction, also for a listener that is new',
  (store) => {
    const heard = [];
    store.setCell('t', 'r', 'c', 1);
    store.addHasTablesListener(note(heard, 'tables'));
    store.setCell('t', 'r', 'c', 2).delTables();
    return heard;
  },
  [['tables', false]],
);

both(
  '1.10.4 a mutator that brings tables back: mutators hear that they went, the other listeners hear nothing',
  (store) => {
    const heard = [];
    store.setCell('t', 'r', 'c', 1);
    store.addHasTablesListener((_store, hasTables) => {
      heard.push(['mutator', hasTables]);
      store.setCell('t', 'r', 'c', 2);
    }, true);
    store.addHasTablesListener(note(heard, 'listener'));
    store.delTables();
    return heard;
  },
  [['mutator', false]],
);

both(
  '1.10.4 HasTable, HasRow, HasCell and HasTableCell are told of each id that comes or goes, right after the ids',
  hear(
    {
      ...{HasCell: 3, CellIds: 2, HasRow: 2, RowIds: 1, HasTableCell: 2, TableCellIds: 1, HasTable: 1, TableIds: 0},
      RowCount: 1,
    },
    (store) => store.setTable('t', {r: {a: 1, b: 1}, s: {a: 1}}),
    (store) => store.delCell('t', 'r', 'b'),
    (store) => store.delRow('t', 's'),
    (store) => store.delTables(),
    setCell('t', 'r', 'a', 1),
    setCell('t', 'r', 'a', 2),
  ),
  [
    [
      ...['TableIds', 'HasTable t true', 'TableCellIds t', 'HasTableCell t a true', 'HasTableCell t b true'],
      ...['RowCount t 2', 'RowIds t', 'HasRow t r true', 'HasRow t s true'],
      ...['CellIds t r', 'HasCell t r a true', 'HasCell t r b true', 'CellIds t s', 'HasCell t s a true'],
    ],
    ['TableCellIds t', 'HasTableCell t b false', 'CellIds t r', 'HasCell t r b false'],
    ['RowCount t 1', 'RowIds t', 'HasRow t s false', 'CellIds t s', 'HasCell t s a false'],
    [
      ...['TableIds', 'HasTable t false', 'TableCellIds t', 'HasTableCell t a false', 'RowCount t 0', 'RowIds t'],
      ...['HasRow t r false', 'CellIds t r', 'HasCell t r a false'],
    ],
    [
      ...['TableIds', 'HasTable t true', 'TableCellIds t', 'HasTableCell t a true', 'RowCount t 1', 'RowIds t'],
      ...['HasRow t r true', 'CellIds t r', 'HasCell t r a true'],
    ],
    [],
  ],
);

both(
  '1.10.4 HasValue is told of each id that comes or goes, after the value ids',
  hear(
    {HasValue: 1, ValueIds: 0},
    (store) => store.setValues({v: 1, w: 1}),
    (store) => store.setValue('v', 2),
    (store) => store.setValues({w: 1, x: 1}),
    (store) => store.delValues(),
  ),
  [
    ['ValueIds', 'HasValue v true', 'HasValue w true'],
    [],
    ['ValueIds', 'HasValue x true', 'HasValue v false'],
    ['ValueIds', 'HasValue w false', 'HasValue x false'],
  ],
);

both(
  '1.10.4 a has listener to an id hears of that one only',
  (store) => {
    const heard = [];
    store.addHasRowListener('t', 's', note(heard, 's'));
    store.addHasCellListener('t', 's', 'd', note(heard, 's d'));
    store.setRow('t', 'r', {c: 1, d: 1}).setRow('t', 's', {c: 1}).setCell('t', 's', 'd', 1);
    return heard;
  },
  [
    ['s', 't', 's', true],
    ['s d', 't', 's', 'd', true],
  ],
);

both(
  '1.10.5 RowCount is told the count, when that is not what it was',
  hear(
    {RowCount: 1},
    (store) => store.setTable('t', {r: {c: 1}, s: {c: 1}}),
    (store) => store.transaction(() => store.delRow('t', 'r').setCell('t', 'q', 'c', 1)),
    (store) => store.transaction(() => store.delRow('t', 's').delRow('t', 'q').setCell('t', 'p', 'c', 1)),
    setCell('t', 'p', 'c', 2),
    (store) => store.delTable('t'),
  ),
  [['RowCount t 2'], [], ['RowCount t 1'], [], ['RowCount t 0']],
);

both(
  '1.10.5 TableCellIds and HasTableCell follow how many rows use a cell id: they are told of the first and the last',
  hear(
    {TableCellIds: 1, HasTableCell: 2},
    setCell('t', 'r', 'a', 1),
    setCell('t', 's', 'a', 1),
    setCell('t', 's', 'b', 1),
    (store) => store.delRow('t', 'r'),
    (store) => store.transaction(() => store.delCell('t', 's', 'b').setCell('t', 'x', 'b', 1)),
    (store) => store.delCell('t', 's', 'a'),
  ),
  [
    ['TableCellIds t', 'HasTableCell t a true'],
    [],
    ['TableCellIds t', 'HasTableCell t b true'],
    [],
    [],
    ['TableCellIds t', 'HasTableCell t a false'],
  ],
);

both(
  '1.10.5 getTableCellIds, hasTableCell and getRowCount say what the listeners are told',
  (store) => {
    store
      .setTable('t', {r: {a: 1, b: 1}, s: {a: 1}})
      .delCell('t', 'r', 'b')
      .setCell('t', 's', 'c', 1);
    return [
      store.getTableCellIds('t'),
      store.hasTableCell('t', 'b'),
      store.hasTableCell('t', 'c'),
      store.getRowCount('t'),
    ];
  },
  [['a', 'c'], false, true, 2],
);
