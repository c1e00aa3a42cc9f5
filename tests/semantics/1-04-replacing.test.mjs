// 1.4 Writing: copies and transactions, what replaces and what merges, and input that is partly or wholly invalid.
import {both} from './both.mjs';
import {note} from './listening.mjs';
import {after, reported} from './writes.mjs';

const deepFreeze = (value) => {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
};

both(
  '1.4.1 a write without a transaction has one of its own',
  (store) => {
    const heard = [];
    store.addStartTransactionListener(note(heard, 'start'));
    store.addDidFinishTransactionListener(note(heard, 'finish'));
    store.setTables({t: {r: {c: 1}}}).setValue('v', 1);
    store.addRow('t', {c: 1});
    return heard.map(([name]) => name).join(' ');
  },
  'start finish start finish start finish',
);

both(
  '1.4.1 a write inside a transaction belongs to it',
  (store) => {
    const heard = [];
    store.addStartTransactionListener(note(heard, 'start'));
    store.addDidFinishTransactionListener(note(heard, 'finish'));
    store.transaction(() => store.setCell('t', 'r', 'c', 1).setValue('v', 1).delTables());
    return heard.map(([name]) => name).join(' ');
  },
  'start finish',
);

both(
  '1.4.1 what is given may be frozen, and stays as it was, even where parts of it are invalid',
  (store) => {
    const tables = deepFreeze({t: {r: {c: 1, bad: NaN, o: {x: 1}}, s: {}}, u: {}});
    const values = deepFreeze({v: 1, bad: undefined});
    store.setContent(deepFreeze([tables, values]));
    store.setTables(tables).setTable('t', tables.t).setRow('t', 'r', tables.t.r).setPartialRow('t', 'r', tables.t.r);
    store
      .setValues(values)
      .setPartialValues(values)
      .applyChanges(deepFreeze([{t: {r: {d: 1}}}, {}, 1]));
    store.addRow('t', tables.t.r);
    return [Object.keys(tables.t.r), Object.keys(tables), Object.keys(values), store.getContent()];
  },
  [
    ['c', 'bad', 'o'],
    ['t', 'u'],
    ['v', 'bad'],
    [{t: {r: {c: 1, o: {x: 1}, d: 1}, 0: {c: 1, o: {x: 1}}}}, {v: 1}],
  ],
);

both(
  '1.4.1 what is given may change afterwards without changing the store',
  (store) => {
    const row = {c: 1};
    const values = {v: 1};
    store.setTables({t: {r: row}}).setValues(values);
    row.c = 2;
    row.d = 2;
    values.v = 2;
    return store.getContent();
  },
  [{t: {r: {c: 1}}}, {v: 1}],
);

const filled = (store) =>
  store.setContent([
    {t: {r: {a: 1, b: 1}, s: {a: 1}}, u: {r: {a: 1}}},
    {v: 1, w: 1},
  ]);

both(
  '1.4.2 setTables replaces: tables, rows and cells that are absent from the argument are deleted',
  (store) =>
    filled(store)
      .setTables({t: {r: {b: 2}}, x: {r: {a: 2}}})
      .getTables(),
  {t: {r: {b: 2}}, x: {r: {a: 2}}},
);

both(
  '1.4.2 setTable replaces: rows that are absent from the argument are deleted, other tables stay',
  (store) =>
    filled(store)
      .setTable('t', {r: {b: 2}, x: {a: 2}})
      .getTables(),
  {t: {r: {b: 2}, x: {a: 2}}, u: {r: {a: 1}}},
);

both(
  '1.4.2 setRow replaces: cells that are absent from the argument are deleted, other rows stay',
  (store) => filled(store).setRow('t', 'r', {b: 2, c: 2}).getTable('t'),
  {r: {b: 2, c: 2}, s: {a: 1}},
);

both(
  '1.4.2 setValues replaces: values that are absent from the argument are deleted',
  (store) => filled(store).setValues({w: 2, x: 2}).getValues(),
  {w: 2, x: 2},
);

both(
  '1.4.2 setPartialRow, setPartialValues, setCell and setValue merge: what is absent stays',
  (store) => {
    filled(store).setPartialRow('t', 'r', {b: 2, c: 2}).setCell('t', 's', 'b', 3);
    return store.setPartialValues({w: 2, x: 2}).setValue('y', 3).getContent();
  },
  [
    {t: {r: {a: 1, b: 2, c: 2}, s: {a: 1, b: 3}}, u: {r: {a: 1}}},
    {v: 1, w: 2, x: 2, y: 3},
  ],
);

both(
  '1.4.2 tables have no partial setters',
  (store) => ['setPartialTable', 'setPartialTables'].map((name) => name in store),
  [false, false],
);

const before = [
  {t: {r: {a: 1, b: 1}, s: {a: 1}}, u: {r: {a: 1}}},
  {v: 1, w: 1},
];
const none = undefined;

const partlyValid = {
  setTables: [
    (store) => store.setTables({t: {r: {a: 2, b: NaN}, s: {a: NaN}, x: 1}, u: {r: {}}, w: null}),
    [{t: {r: {a: 2}}}, before[1]],
    [
      ['cell', 't', 'r', 'b', [NaN]],
      ['cell', 't', 's', 'a', [NaN]],
      ['cell', 't', 'x', none, [none]],
      ['cell', 'u', 'r', none, [none]],
      ['cell', 'w', none, none, [none]],
    ],
  ],
  setTable: [
    (store) => store.setTable('t', {r: {a: 2, b: NaN}, s: {}, x: [1], y: {a: 2}}),
    [{t: {r: {a: 2}, y: {a: 2}}, u: {r: {a: 1}}}, before[1]],
    [
      ['cell', 't', 'r', 'b', [NaN]],
      ['cell', 't', 's', none, [none]],
      ['cell', 't', 'x', none, [none]],
    ],
  ],
  setRow: [
    (store) => store.setRow('t', 'r', {a: 2, b: NaN, c: undefined}),
    [{t: {r: {a: 2}, s: {a: 1}}, u: {r: {a: 1}}}, before[1]],
    [
      ['cell', 't', 'r', 'b', [NaN]],
      ['cell', 't', 'r', 'c', [none]],
    ],
  ],
  addRow: [
    (store) => store.addRow('u', {a: 2, b: NaN}),
    [{t: before[0].t, u: {r: {a: 1}, 0: {a: 2}}}, before[1]],
    [['cell', 'u', none, 'b', [NaN]]],
  ],
  setPartialRow: [
    (store) => store.setPartialRow('t', 'r', {a: 2, b: NaN}),
    [{t: {r: {a: 2, b: 1}, s: {a: 1}}, u: {r: {a: 1}}}, before[1]],
    [['cell', 't', 'r', 'b', [NaN]]],
  ],
  setValues: [
    (store) => store.setValues({v: 2, w: NaN, x: Infinity}),
    [before[0], {v: 2}],
    [
      ['value', 'w', [NaN]],
      ['value', 'x', [Infinity]],
    ],
  ],
  setPartialValues: [
    (store) => store.setPartialValues({v: 2, w: NaN}),
    [before[0], {v: 2, w: 1}],
    [['value', 'w', [NaN]]],
  ],
};
for (const [method, [write, content, invalid]] of Object.entries(partlyValid)) {
  both(`1.4.3 ${method} takes what is valid, and drops what is not`, after(filled, write), content);
  both(`1.4.3 ${method} reports what it drops`, reported(filled, write), invalid);
}

const nothingValid = {
  'setTables({})': [(store) => store.setTables({}), [['cell', none, none, none, [none]]]],
  'setTables with nothing valid in it': [
    (store) => store.setTables({t: {r: {a: NaN}}}),
    [['cell', 't', 'r', 'a', [NaN]]],
  ],
  'setTables of something that is no object': [
    (store) => store.setTables('x').setTables([]).setTables(null).setTables(),
    Array(4).fill(['cell', none, none, none, [none]]),
  ],
  "setTable('t', {})": [(store) => store.setTable('t', {}), [['cell', 't', none, none, [none]]]],
  'setTable of something that is no object': [
    (store) => store.setTable('t', 1).setTable('t', [{a: 1}]),
    Array(2).fill(['cell', 't', none, none, [none]]),
  ],
  "setRow('t', 'r', {})": [(store) => store.setRow('t', 'r', {}), [['cell', 't', 'r', none, [none]]]],
  'setRow of something that is no object': [
    (store) => store.setRow('t', 'r', 1).setRow('t', 'r', [1]),
    Array(2).fill(['cell', 't', 'r', none, [none]]),
  ],
  'setRow of invalid cells': [(store) => store.setRow('t', 'r', {a: NaN}), [['cell', 't', 'r', 'a', [NaN]]]],
  "setPartialRow('t', 'r', {})": [(store) => store.setPartialRow('t', 'r', {}), [['cell', 't', 'r', none, [none]]]],
  "addRow('t', {})": [(store) => store.addRow('t', {}), [['cell', 't', none, none, [none]]]],
  'setCell of something invalid': [(store) => store.setCell('t', 'r', 'a', NaN), [['cell', 't', 'r', 'a', [NaN]]]],
  'setValues({})': [(store) => store.setValues({}), [['value', none, [none]]]],
  'setValues with nothing valid in it': [(store) => store.setValues({v: NaN}), [['value', 'v', [NaN]]]],
  'setPartialValues({})': [(store) => store.setPartialValues({}), [['value', none, [none]]]],
  'setValue of something invalid': [(store) => store.setValue('v', NaN), [['value', 'v', [NaN]]]],
};
for (const [what, [write, invalid]] of Object.entries(nothingValid)) {
  both(`1.4.3 ${what} leaves all data as it was`, after(filled, write), before);
  both(`1.4.3 ${what} is reported`, reported(filled, write), invalid);
}

both(
  '1.4.3 only the innermost that is invalid is reported, not what is left empty by it',
  reported(filled, (store) => store.setTables({t: {r: {}, s: {a: NaN}}})),
  [
    ['cell', 't', 'r', none, [none]],
    ['cell', 't', 's', 'a', [NaN]],
  ],
);

both(
  '1.4.3 a write to a table that does not exist yet leaves none behind when nothing in it is valid',
  (store) => {
    store.setTable('t', {r: {}}).setRow('t', 'r', {}).setPartialRow('t', 'r', {c: NaN}).setCell('t', 'r', 'c', NaN);
    return [store.getTableIds(), store.hasTables(), store.getTablesJson()];
  },
  [[], false, '{}'],
);

both(
  '1.4.3 with a schema of nothing but defaults an empty row is valid',
  (store) => {
    store.setTablesSchema({t: {c: {type: 'number', default: 1}}});
    store.setRow('t', 'r', {}).setTable('t', {...store.getTable('t'), s: {}});
    return [store.addRow('t', {}), store.getTables()];
  },
  ['0', {t: {r: {c: 1}, s: {c: 1}, 0: {c: 1}}}],
);
