// 1.4 Writing: whole contents and JSON, single rows and cells, and changes.
import {both, thrownBy} from './both.mjs';
import {note, noteInvalid} from './listening.mjs';
import {after, reported} from './writes.mjs';

const filled = (store) => store.setContent([{t: {r: {a: 1}}}, {v: 1}]);
const before = [{t: {r: {a: 1}}}, {v: 1}];

const none = undefined;
const invalidTables = ['cell', none, none, none, [none]];
const invalidValues = ['value', none, [none]];

both(
  '1.4.4 setContent replaces both halves',
  after(filled, (store) => store.setContent([{u: {r: {a: 2}}}, {w: 2}])),
  [{u: {r: {a: 2}}}, {w: 2}],
);

both(
  '1.4.4 setContent takes a function that gives the content, and calls it once',
  (store) => {
    let calls = 0;
    store.setContent(() => [{t: {r: {a: ++calls}}}, {}]);
    return [calls, store.getContent()];
  },
  [1, [{t: {r: {a: 1}}}, {}]],
);

const contents = {
  '[{}, {}] clears all': [[{}, {}], [{}, {}], []],
  '[{}] clears the tables only': [[{}], [{}, {v: 1}], [invalidValues]],
  '[undefined, {}] clears the values only': [[undefined, {}], [{t: {r: {a: 1}}}, {}], [invalidTables]],
  '[] changes nothing and reports both halves': [[], before, [invalidTables, invalidValues]],
  'halves that are no objects change nothing and are reported': [[1, []], before, [invalidTables, invalidValues]],
  'a third element is ignored': [[{u: {r: {a: 2}}}, {w: 2}, 1], [{u: {r: {a: 2}}}, {w: 2}], []],
};
for (const [what, [content, result, invalid]] of Object.entries(contents)) {
  both(
    `1.4.4 setContent: ${what}`,
    after(filled, (store) => store.setContent(content)),
    result,
  );
  both(
    `1.4.4 setContent reports: ${what}`,
    reported(filled, (store) => store.setContent(content)),
    invalid,
  );
}

both(
  '1.4.4 setContent of what is no array changes nothing, and is not reported',
  after(filled, (store) =>
    store
      .setContent()
      .setContent(null)
      .setContent({})
      .setContent('[{},{}]')
      .setContent(1)
      .setContent(() => 1),
  ),
  before,
);

both(
  '1.4.4 setContent of what is no array reports nothing',
  reported(filled, (store) =>
    store
      .setContent()
      .setContent(null)
      .setContent({})
      .setContent('[{},{}]')
      .setContent(1)
      .setContent(() => 1),
  ),
  [],
);

both(
  '1.4.4 a half with something valid in it replaces; one without is refused',
  after(filled, (store) => store.setContent([{u: {r: {a: 2, b: NaN}}}, {v: NaN}])),
  [{u: {r: {a: 2}}}, {v: 1}],
);

const texts = {
  'setTablesJson sets tables, and leaves values': ['setTablesJson', '{"u":{"r":{"a":2}}}', [{u: {r: {a: 2}}}, {v: 1}]],
  'setValuesJson sets values, and leaves tables': ['setValuesJson', '{"w":2}', [before[0], {w: 2}]],
  'setJson sets both': ['setJson', '[{"u":{"r":{"a":2}}},{"w":2}]', [{u: {r: {a: 2}}}, {w: 2}]],
  'setTablesJson of {} deletes all tables': ['setTablesJson', '{}', [{}, {v: 1}]],
  'setValuesJson of {} deletes all values': ['setValuesJson', '{}', [before[0], {}]],
  'setJson of [{},{}] deletes all': ['setJson', '[{},{}]', [{}, {}]],
  'setJson of [{}] deletes the tables only': ['setJson', '[{}]', [{}, {v: 1}]],
  'setJson of tables alone, as before version 3, sets these': [
    'setJson',
    '{"u":{"r":{"a":2}}}',
    [{u: {r: {a: 2}}}, {v: 1}],
  ],
  'setJson of {} deletes the tables': ['setJson', '{}', [{}, {v: 1}]],
  'setJson of an array with more elements ignores them': ['setJson', '[{},{},1]', [{}, {}]],
  'setJson of [] changes nothing': ['setJson', '[]', before],
};
for (const [what, [method, text, result]] of Object.entries(texts)) {
  both(
    `1.4.5 ${what}`,
    after(filled, (store) => store[method](text)),
    result,
  );
}

for (const method of ['setTablesJson', 'setValuesJson', 'setJson']) {
  both(
    `1.4.5 ${method} changes nothing, and throws nothing, when the text is no JSON`,
    after(filled, (store) =>
      ['', '{', 'x', '{"u":{"r":{"a":2}}', '[{},{}', "{'a':1}"].map((text) => store[method](text)),
    ),
    before,
  );
  both(
    `1.4.5 ${method} changes nothing when it is no text`,
    after(filled, (store) => [undefined, 1, {}].map((text) => store[method](text))),
    before,
  );
  both(
    `1.4.5 ${method} changes nothing when the text has null, a number, a text or an array of such`,
    after(filled, (store) => ['null', '1', '"x"', 'true', '[1,2]', '[null,null]'].map((text) => store[method](text))),
    before,
  );
}

both(
  '1.4.5 what is partly invalid in a JSON text is dropped and reported',
  (store) => {
    const invalid = [];
    noteInvalid(store, invalid);
    store.setJson('[{"t":{"r":{"a":1,"b":"\ufffc"},"s":{}},"u":1},{"v":1,"w":"\ufffdx"}]');
    return [store.getContent(), invalid];
  },
  [
    [{t: {r: {a: 1}}}, {v: 1}],
    [
      ['cell', 't', 'r', 'b', ['\ufffc']],
      ['cell', 't', 's', none, [none]],
      ['cell', 'u', none, none, [none]],
      ['value', 'w', ['\ufffdx']],
    ],
  ],
);

both(
  '1.4.6 addRow gives undefined for an invalid row, and uses up no id',
  (store) => [store.addRow('t', {}), store.addRow('t', {c: NaN}), store.addRow('t'), store.addRow('t', {c: 1})],
  [undefined, undefined, undefined, '0'],
);

both(
  '1.4.6 addRow gives undefined in a listener that is called while the store is locked, and uses up no id',
  (store) => {
    const ids = [];
    store.addCellListener('t', null, null, () => ids.push(store.addRow('u', {c: 1})));
    store.addRow('t', {c: 1});
    return [ids, store.hasTable('u'), store.addRow('u', {c: 1})];
  },
  [[undefined], false, '0'],
);

both(
  '1.4.6 addRow makes a text of the table id',
  (store) => [store.addRow(1, {c: 1}), store.addRow('1', {c: 1}), store.getTableIds(), store.getRowIds('1')],
  ['0', '1', ['1'], ['0', '1']],
);

both(
  '1.4.7 delCell of the last cell removes the row, and of the last row the table',
  (store) => {
    store.setTables({t: {r: {a: 1, b: 1}, s: {a: 1}}});
    const states = [];
    for (const [rowId, cellId] of [
      ['r', 'a'],
      ['r', 'b'],
      ['s', 'a'],
    ]) {
      store.delCell('t', rowId, cellId);
      states.push([store.hasRow('t', rowId), store.hasTable('t'), store.hasTables()]);
    }
    return states;
  },
  [
    [true, true, true],
    [false, true, true],
    [false, false, false],
  ],
);

both(
  '1.4.7 deleting what is not there does nothing, and throws nothing',
  (store) => {
    const heard = [];
    filled(store).addTablesListener(note(heard, 'tables'));
    store.delCell('t', 'r', 'x').delCell('t', 'x', 'a').delCell('x', 'r', 'a', true).delRow('t', 'x').delRow('x', 'r');
    store.delTable('x').delValue('x');
    return [heard, store.getContent(), store.delTables().delTables().delValues().delValues().getContent()];
  },
  [[['tables']], before, [{}, {}]],
);

both(
  '1.4.8 applyChanges sets cell by cell, and merges',
  after(filled, (store) => store.applyChanges([{t: {r: {b: 2}, s: {a: 2}}, u: {r: {a: 2}}}, {w: 2}, 1])),
  [
    {t: {r: {a: 1, b: 2}, s: {a: 2}}, u: {r: {a: 2}}},
    {v: 1, w: 2},
  ],
);

both(
  '1.4.8 in changes, undefined as a table, row, cell or value deletes it',
  (store) => {
    store.setContent([
      {t: {r: {a: 1}}, u: {r: {a: 1}, s: {a: 1}}, w: {r: {a: 1, b: 1}, s: {a: 1}}},
      {v: 1, w: 1},
    ]);
    const changes = {t: undefined, u: {r: undefined}, w: {r: {a: undefined}, s: {a: undefined}}, x: undefined};
    return store.applyChanges([changes, {v: undefined, x: undefined}, 1]).getContent();
  },
  [{u: {s: {a: 1}}, w: {r: {b: 1}}}, {w: 1}],
);

both(
  '1.4.8 in changes, a null cell or value sets null',
  after(filled, (store) => store.applyChanges([{t: {r: {a: null}}}, {v: null}, 1])),
  [{t: {r: {a: null}}}, {v: null}],
);

both(
  '1.4.8 applyChanges deletes defaulted cells with force, so that their whole row goes',
  (store) => {
    store.setTablesSchema({t: {a: {type: 'number', default: 1}, b: {type: 'number'}}}).setCell('t', 'r', 'b', 2);
    return [store.getTables(), store.applyChanges([{t: {r: {a: undefined}}}, {}, 1]).getTables()];
  },
  [{t: {r: {a: 1, b: 2}}}, {}],
);

both(
  '1.4.8 in changes, what is invalid is dropped cell by cell, and reported',
  (store) => {
    const invalid = [];
    noteInvalid(store, invalid);
    store.applyChanges([{t: {r: {a: NaN, b: 1}}}, {v: Infinity, w: 1}, 1]);
    return [store.getContent(), invalid];
  },
  [
    [{t: {r: {b: 1}}}, {w: 1}],
    [
      ['cell', 't', 'r', 'a', [NaN]],
      ['value', 'v', [Infinity]],
    ],
  ],
);

both(
  '1.4.8 the third element of changes may be missing',
  after(filled, (store) => store.applyChanges([{t: {r: {a: 2}}}, {}])),
  [{t: {r: {a: 2}}}, {v: 1}],
);

both(
  '1.4.8 undefined as the changes does nothing',
  after(filled, (store) => store.applyChanges().applyChanges(undefined)),
  before,
);

const malformed = {
  null: [null],
  'an empty array': [[]],
  'an array with one half': [[{t: {r: {a: 2}}}]],
  'an empty object': [{}],
  'null as a table': [[{t: {r: {a: 2}}, u: null}, {}, 1]],
  'null as a row': [[{t: {r: {a: 2}, s: null}}, {}, 1]],
};
for (const [what, args] of Object.entries(malformed)) {
  both(
    `1.4.8 malformed changes throw a TypeError and change nothing: ${what}`,
    (store) => {
      const thrown = thrownBy(() => filled(store).applyChanges(...args));
      return [thrown, store.getContent(), store.setCell('t', 'r', 'a', 3).getCell('t', 'r', 'a')];
    },
    ['TypeError', before, 3],
  );
}
