// 1.7 Schemas of tables: what they let in, and what they add.
import {both, differs} from './both.mjs';
import {noteInvalid} from './listening.mjs';
import {after, reported, schemas} from './writes.mjs';

const none = undefined;

const simple = {t: {s: {type: 'string'}, n: {type: 'number', default: 1}}};

const unknownTable = {
  setTables: [(store) => store.setTables({x: {r: {c: 1}}}), [none, none, none]],
  setTable: [(store) => store.setTable('x', {r: {c: 1}}), [none, none, none]],
  setContent: [(store) => store.setContent([{x: {r: {c: 1}}}, {}]), [none, none, none]],
  setTablesJson: [(store) => store.setTablesJson('{"x":{"r":{"c":1}}}'), [none, none, none]],
  setRow: [(store) => store.setRow('x', 'r', {c: 1}), ['r', 'c', 1]],
  addRow: [(store) => store.addRow('x', {c: 1}), [none, 'c', 1]],
  setPartialRow: [(store) => store.setPartialRow('x', 'r', {c: 1}), ['r', 'c', 1]],
  setCell: [(store) => store.setCell('x', 'r', 'c', 1), ['r', 'c', 1]],
  applyChanges: [(store) => store.applyChanges([{x: {r: {c: 1}}}, {}, 1]), ['r', 'c', 1]],
};
for (const [method, [write, [rowId, cellId, cell]]] of Object.entries(unknownTable)) {
  both(`1.7.3 ${method} does not set a table that the schema does not know`, after(schemas(simple), write), [{}, {}]);
  both(
    `1.7.3 ${method} reports a table that the schema does not know, where it fails`,
    reported(schemas(simple), write),
    [['cell', 'x', rowId, cellId, [cell]]],
  );
}

both(
  '1.7.3 tables that the schema knows are set next to one that it does not',
  after(schemas(simple), (store) => store.setTables({x: {r: {c: 1}}, t: {r: {s: 'x'}}})),
  [{t: {r: {s: 'x', n: 1}}}, {}],
);

const rows = {
  'an unknown cell is dropped': [{s: 'x', z: 1}, {s: 'x', n: 1}, [['z', 1]]],
  'a cell of the wrong type is dropped': [{s: 1, n: 2}, {n: 2}, [['s', 1]]],
  'a cell of the wrong type gets the default, if there is one': [{s: 'x', n: 'y'}, {s: 'x', n: 1}, [['n', 'y']]],
  'null is dropped where it is not allowed, or gets the default': [
    {s: null, n: null},
    {n: 1},
    [
      ['s', null],
      ['n', null],
    ],
  ],
  'undefined gets the default': [{s: 'x', n: undefined}, {s: 'x', n: 1}, [['n', undefined]]],
  'what is no valid cell at all is treated alike': [
    {s: Symbol.iterator, n: NaN},
    {n: 1},
    [
      ['s', Symbol.iterator],
      ['n', NaN],
    ],
  ],
};
for (const [what, [row, result, invalid]] of Object.entries(rows)) {
  const write = (store) => store.setRow('t', 'r', row);
  both(`1.7.3 ${what}`, after(schemas(simple), write), [{t: {r: result}}, {}]);
  both(
    `1.7.3 reported: ${what}`,
    reported(schemas(simple), write),
    invalid.map(([cellId, cell]) => ['cell', 't', 'r', cellId, [cell]]),
  );
}

both(
  '1.7.3 setCell and setPartialRow with the wrong type set the default, also over another cell; without one they do nothing',
  after(schemas(simple), (store) => {
    store.setTable('t', {r: {s: 'x', n: 5}, q: {s: 'x', n: 5}});
    store.setCell('t', 'r', 'n', 'wrong').setCell('t', 'r', 's', 1).setPartialRow('t', 'q', {n: 'wrong', s: 1, z: 1});
  }),
  [{t: {r: {s: 'x', n: 1}, q: {s: 'x', n: 1}}}, {}],
);

both(
  '1.7.3 a mapper that gives the wrong type does the same, and gets what is there',
  after(schemas(simple), (store) =>
    store
      .setCell('t', 'r', 'n', () => 'wrong')
      .setCell('t', 's', 'n', (n) => (n ?? 10) + 1)
      .setCell('t', 's', 's', () => 1),
  ),
  [{t: {r: {n: 1}, s: {n: 11}}}, {}],
);

both(
  '1.7.3 a new row is made of an invalid cell, if it has a default',
  after(schemas(simple), (store) =>
    store.setCell('t', 'r', 'n', 'wrong').setCell('t', 'q', 's', 1).setCell('t', 'q', 'z', 1),
  ),
  [{t: {r: {n: 1}}}, {}],
);

const each = {string: 'x', number: 1, boolean: true, object: {a: 1}, array: [1], null: null};
for (const type of ['string', 'number', 'boolean', 'object', 'array']) {
  both(
    `1.7.3 the type ${type} lets in its own, and no other nor null`,
    after(schemas({t: {c: {type}}}, {v: {type}}), (store) => {
      for (const [name, cell] of Object.entries(each)) store.setCell('t', name, 'c', cell);
      for (const cell of Object.values(each)) store.setValue('v', cell);
    }),
    [{t: {[type]: {c: each[type]}}}, {v: each[type]}],
  );
}

both(
  '1.7.3 several types let in each of them, allowNull null as well',
  after(schemas({t: {c: {type: ['string', 'object'], allowNull: true}}}), (store) => {
    for (const [name, cell] of Object.entries(each)) store.setCell('t', name, 'c', cell);
  }),
  [{t: {string: {c: 'x'}, object: {c: {a: 1}}, null: {c: null}}}, {}],
);

both(
  '1.7.3 an enum lets in what is in it, by type too, and null only with allowNull',
  after(schemas({t: {c: {enum: [1, 'a', true, 0]}, n: {enum: ['a'], allowNull: true}}}), (store) => {
    const cells = {a: 1, b: '1', c: true, d: false, e: -0, f: 'a', g: 'A', h: null};
    for (const [rowId, cell] of Object.entries(cells)) store.setCell('t', rowId, 'c', cell);
    store.setCell('t', 'n', 'n', null).setCell('t', 'm', 'n', 'b');
  }),
  [{t: {a: {c: 1}, c: {c: true}, e: {c: -0}, f: {c: 'a'}, n: {n: null}}}, {}],
);

const three = {t: {a: {type: 'number'}, b: {type: 'number'}, d: {type: 'number', default: 3}}};
const fullWrites = {
  setTables: (store) => store.setTables({t: {r: {a: 1}}}),
  setTable: (store) => store.setTable('t', {r: {a: 1}}),
  setRow: (store) => store.setRow('t', 'r', {a: 1}),
  setContent: (store) => store.setContent([{t: {r: {a: 1}}}, {}]),
  setTablesJson: (store) => store.setTablesJson('{"t":{"r":{"a":1}}}'),
  'setCell of a new row': (store) => store.setCell('t', 'r', 'a', 1),
  'setPartialRow of a new row': (store) => store.setPartialRow('t', 'r', {a: 1}),
  'applyChanges of a new row': (store) => store.applyChanges([{t: {r: {a: 1}}}, {}, 1]),
};
for (const [method, write] of Object.entries(fullWrites)) {
  both(`1.7.4 ${method} adds the defaults`, after(schemas(three), write), [{t: {r: {a: 1, d: 3}}}, {}]);
  both(
    `1.7.4 ${method} then reports each cell that is missing and has no default, though it is not required`,
    reported(schemas(three), write),
    [['cell', 't', 'r', 'b', [none]]],
  );
}

both(
  '1.7.4 addRow adds the defaults, too, and reports what is missing without a row id',
  (store) => {
    const heard = [];
    noteInvalid(store.setTablesSchema(three), heard);
    return [store.addRow('t', {a: 1}), store.addRow('t', {}), store.getTables(), heard];
  },
  [
    '0',
    '1',
    {t: {0: {a: 1, d: 3}, 1: {d: 3}}},
    [
      ['cell', 't', none, 'b', [none]],
      ['cell', 't', none, 'a', [none]],
      ['cell', 't', none, 'b', [none]],
    ],
  ],
);

both(
  '1.7.4 setCell and setPartialRow of a row that exists add nothing, and report nothing that is missing',
  (store) => {
    const heard = [];
    store.setTablesSchema(three).setRow('t', 'r', {d: 4});
    noteInvalid(store, heard);
    store.setCell('t', 'r', 'a', 2).setPartialRow('t', 'r', {a: 3});
    return [store.getTables(), heard];
  },
  [{t: {r: {d: 4, a: 3}}}, []],
);

both(
  '1.7.4 what is missing is reported before what is wrong, cell by cell in the order of the schema',
  reported(
    schemas({t: {a: {type: 'number'}, b: {type: 'number'}, c: {type: 'number'}, d: {type: 'number', default: 1}}}),
    (store) => store.setRow('t', 'r', {b: 'wrong', z: 1}),
  ),
  [
    ['cell', 't', 'r', 'a', [none]],
    ['cell', 't', 'r', 'c', [none]],
    ['cell', 't', 'r', 'b', ['wrong']],
    ['cell', 't', 'r', 'z', [1]],
  ],
);

both(
  '1.7.4 defaults come after what was given, in the order of the schema',
  (store) => {
    const d = {type: 'number', default: 0};
    store
      .setTablesSchema({t: {a: d, b: d, c: d}})
      .setRow('t', 'r', {c: 1})
      .setCell('t', 's', 'b', 1);
    return [store.getCellIds('t', 'r'), store.getCellIds('t', 's')];
  },
  [
    ['c', 'a', 'b'],
    ['b', 'a', 'c'],
  ],
);

both(
  '1.7.4 an object as a default is decoded, and a new one for each row',
  (store) => {
    store.setTablesSchema({t: {o: {type: 'object', default: {a: 1}}, l: {type: 'array', default: [1]}}});
    store.setRow('t', 'r', {}).setRow('t', 's', {});
    return [store.getTables(), store.getCell('t', 'r', 'o') === store.getCell('t', 's', 'o')];
  },
  [{t: {r: {o: {a: 1}, l: [1]}, s: {o: {a: 1}, l: [1]}}}, false],
);

const objectDefault = {t: {n: {type: 'number'}, o: {type: 'object', default: {a: 1}}}};
differs(
  '1.7.4 an object or array that a full write adds by default is not reported',
  'a schema adds a default that is an object or array',
  reported(schemas(objectDefault), (store) => {
    store
      .setTables({t: {r: {n: 1}}})
      .setTable('t', {r: {n: 1}})
      .setRow('t', 'r', {n: 1})
      .addRow('t', {n: 1});
    store.setValuesSchema({l: {type: 'array', default: [1]}});
  }),
  {
    tinybase: [
      ...Array(3).fill(['cell', 't', 'r', 'o', ['\ufffd{"a":1}']]),
      ['cell', 't', none, 'o', ['\ufffd{"a":1}']],
      ['value', 'l', ['\ufffd[1]']],
    ],
    cellarium: [],
  },
);

both(
  '1.7.4 an object that is given, or that setCell, setPartialRow, applyChanges or setTablesJson adds by default, is not reported',
  reported(schemas(objectDefault), (store) => {
    store.setRow('t', 'r', {n: 1, o: {}}).setCell('t', 's', 'n', 1).setPartialRow('t', 'u', {n: 1});
    store.applyChanges([{t: {v: {n: 1}}}, {}, 1]).setTablesJson('{"t":{"r":{"n":1}}}');
  }),
  [],
);
