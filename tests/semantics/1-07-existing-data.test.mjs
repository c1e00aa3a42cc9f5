// 1.7 Schemas: setting one on existing data, deleting it, and rolling it back.
import {both, thrownBy} from './both.mjs';
import {note, noteInvalid} from './listening.mjs';

const none = undefined;
const filled = (store) =>
  store.setContent([
    {t: {r: {a: 1, b: 'x'}, s: {b: 2}}, u: {r: {a: 1}}},
    {v: 1, w: 'x'},
  ]);
const before = [
  {t: {r: {a: 1, b: 'x'}, s: {b: 2}}, u: {r: {a: 1}}},
  {v: 1, w: 'x'},
];

const overData = {
  'what does not match goes, and defaults come': [
    {t: {a: {type: 'number', default: 9}, b: {type: 'string'}}},
    {t: {r: {a: 1, b: 'x'}, s: {a: 9}}},
  ],
  'what matches stays as it is': [
    {t: {a: {type: 'number'}, b: {type: ['string', 'number']}}, u: {a: {type: 'number'}}},
    before[0],
  ],
  'rows of which nothing is left go': [
    {t: {a: {type: 'number'}}, u: {a: {type: 'number'}}},
    {t: {r: {a: 1}}, u: {r: {a: 1}}},
  ],
  'rows that lack a required cell go': [
    {t: {a: {type: 'number', required: true}, b: {type: 'string'}}},
    {t: {r: {a: 1, b: 'x'}}},
  ],
  'tables that it does not know go, all of them if need be': [{x: {a: {type: 'number'}}}, {}],
};
for (const [what, [schema, tables]] of Object.entries(overData)) {
  both(`1.7.7 setTablesSchema on data: ${what}`, (store) => filled(store).setTablesSchema(schema).getContent(), [
    tables,
    before[1],
  ]);
}

both(
  '1.7.7 a schema is set in one transaction, in which only the net effect is told, and what was invalid',
  (store) => {
    const heard = [];
    filled(store);
    noteInvalid(store, heard);
    for (const [kind, length] of Object.entries({TableIds: 0, RowIds: 1, CellIds: 2, Cell: 3, Row: 2, Table: 1})) {
      store[`add${kind}Listener`](...Array(length).fill(null), note(heard, kind));
    }
    store.setTablesSchema({t: {a: {type: 'number', default: 9}, b: {type: 'string'}}});
    return heard.map((call) => (Array.isArray(call.at(-1)) ? call : call.map(String).join(' ')));
  },
  [
    ['cell', 't', 's', 'b', [2]],
    ['cell', 'u', none, none, [none]],
    ...['TableIds', 'RowIds u', 'CellIds t s', 'CellIds u r', 'Cell t s b undefined 2', 'Cell t s a 9 undefined'],
    ...['Row t s', 'Table t', 'Cell u r a undefined 1', 'Row u r', 'Table u'],
  ],
);

both(
  '1.7.7 setting a schema that changes nothing calls no listener to changes',
  (store) => {
    const heard = [];
    filled(store).addTablesListener(note(heard, 'tables'));
    store.addDidFinishTransactionListener(note(heard, 'finished'));
    store.setTablesSchema({t: {a: {type: 'number'}, b: {type: ['string', 'number']}}, u: {a: {type: 'number'}}});
    return heard;
  },
  [['finished']],
);

both(
  '1.7.7 the order of what stays is as it was, whatever the order of the schema',
  (store) => {
    store.setTables({t: {z: {b: 1, a: 1}, y: {a: 1}}, u: {r: {a: 1}}});
    store.setTablesSchema({u: {a: {type: 'number'}}, t: {a: {type: 'number'}, b: {type: 'number'}}});
    return [store.getTableIds(), store.getRowIds('t'), store.getCellIds('t', 'z')];
  },
  [
    ['t', 'u'],
    ['z', 'y'],
    ['b', 'a'],
  ],
);

both(
  '1.7.7 a tables schema makes no rows; a schema set in place of another applies to what is there',
  (store) => {
    store.setTablesSchema({t: {a: {type: 'number', default: 1}}});
    const empty = store.getTables();
    store.setRow('t', 'r', {}).setTablesSchema({t: {b: {type: 'number', default: 2}}});
    return [empty, store.getTables(), store.setTablesSchema({t: {c: {type: 'number'}}}).getTables()];
  },
  [{}, {t: {r: {b: 2}}}, {}],
);

both(
  '1.7.7 setValuesSchema on data: what does not match goes or gets the default, and defaults come',
  (store) => {
    const heard = [];
    filled(store).addValueListener(null, note(heard, 'value'));
    noteInvalid(store, heard);
    store.setValuesSchema({v: {type: 'number'}, w: {type: 'number', default: 3}, x: {type: 'string', default: 'd'}});
    return [store.getValues(), heard];
  },
  [
    {v: 1, w: 3, x: 'd'},
    [
      ['value', 'w', ['x']],
      ['value', 'w', 3, 'x'],
      ['value', 'x', 'd', none],
    ],
  ],
);

both(
  '1.7.7 setValuesSchema writes the defaults at once, also in an empty store',
  (store) =>
    store
      .setValuesSchema({a: {type: 'number', default: 1}, o: {type: 'object', default: {x: 1}}, b: {type: 'string'}})
      .getValues(),
  {a: 1, o: {x: 1}},
);

both(
  '1.7.7 setValuesSchema leaves no value, not even a default, if a required one is missing',
  (store, createStore) => {
    const schema = {v: {type: 'number', default: 5}, q: {type: 'string', required: true}};
    return [store.setValuesSchema(schema).getValues(), filled(createStore()).setValuesSchema(schema).getValues()];
  },
  [{}, {}],
);

both(
  '1.7.7 deleting a schema leaves the data, defaults included, and lets everything in again',
  (store) => {
    store.setSchema({t: {a: {type: 'number', default: 1}}}, {v: {type: 'number', default: 1}}).setRow('t', 'r', {});
    const deleted = store.delSchema().getContent();
    return [
      deleted,
      store.setCell('t', 'r', 'z', 'any').delCell('t', 'r', 'a').setValue('v', 'any').delValue('w').getContent(),
    ];
  },
  [
    [{t: {r: {a: 1}}}, {v: 1}],
    [{t: {r: {z: 'any'}}}, {v: 'any'}],
  ],
);

both(
  '1.7.7 delTablesSchema and delValuesSchema delete one half',
  (store) => {
    const set = () => store.setSchema({t: {a: {type: 'number'}}}, {v: {type: 'number'}});
    return [set().delTablesSchema().getSchemaJson(), set().delValuesSchema().getSchemaJson()];
  },
  ['[{},{"v":{"type":"number"}}]', '[{"t":{"a":{"type":"number"}}},{}]'],
);

const rollBack = (store, action) =>
  store.transaction(
    () => void action(store),
    () => true,
  );

both(
  '1.7.8 a schema that was set in a transaction that is rolled back is gone, and the data is back',
  (store) => {
    rollBack(filled(store), () => store.setSchema({t: {a: {type: 'number'}}}, {v: {type: 'number'}}));
    return [
      store.getSchemaJson(),
      store.hasTablesSchema(),
      store.hasValuesSchema(),
      store.getContent(),
      store.setCell('x', 'r', 'c', 1).hasTable('x'),
    ];
  },
  ['[{},{}]', false, false, before, true],
);

const oldSchemas = [{t: {a: {type: 'number', default: 1}}}, {v: {type: 'number', default: 1}}];
const changesOfSchema = {
  'setting another': (store) => store.setSchema({t: {b: {type: 'number'}}}, {w: {type: 'number', default: 1}}),
  'setting several': (store) =>
    store
      .setTablesSchema({t: {b: {type: 'number'}}})
      .setTablesSchema({u: {c: {type: 'number'}}})
      .delTablesSchema(),
  'deleting it': (store) => store.delSchema().setCell('t', 'r', 'z', 1).setCell('x', 'r', 'c', 1).setValue('v', 'x'),
  'deleting the data': (store) =>
    store
      .delTables()
      .delValues()
      .setTablesSchema({t: {b: {type: 'string', default: 'x'}}}),
};
for (const [what, change] of Object.entries(changesOfSchema)) {
  for (const how of ['doRollback', 'an error']) {
    both(
      `1.7.8 ${how} brings back the schema and the data, and the schema works: ${what}`,
      (store) => {
        store
          .setSchema(...oldSchemas)
          .setRow('t', 'r', {a: 5})
          .setValue('v', 5);
        if (how === 'doRollback') rollBack(store, change);
        else {
          thrownBy(() =>
            store.transaction(() => {
              change(store);
              throw new Error('enough');
            }),
          );
        }
        const rolledBack = [store.getSchemaJson() === JSON.stringify(oldSchemas), store.getContent()];
        return [...rolledBack, store.setCell('t', 'q', 'b', 1).setRow('t', 's', {}).delValue('v').getContent()];
      },
      [true, [{t: {r: {a: 5}}}, {v: 5}], [{t: {r: {a: 5}, s: {a: 1}}}, {v: 1}]],
    );
  }
}

both(
  '1.7.8 what was reported as invalid by a schema that is rolled back is still told',
  (store) => {
    const heard = [];
    noteInvalid(filled(store), heard);
    store.addTablesListener(note(heard, 'tables'));
    rollBack(store, () => store.setTablesSchema({t: {b: {type: 'string'}}, u: {a: {type: 'number'}}}));
    return heard;
  },
  [
    ['cell', 't', 'r', 'a', [1]],
    ['cell', 't', 's', 'b', [2]],
  ],
);

both(
  '1.7.8 a schema set in a transaction applies at once, to what the transaction has written and to what it will',
  (store) =>
    store.transaction(() => {
      store.setCell('t', 'r', 'a', 'x').setTablesSchema({t: {a: {type: 'number', default: 1}}});
      return store.setCell('t', 's', 'a', 'y').setCell('u', 'r', 'c', 1).getTables();
    }),
  {t: {r: {a: 1}, s: {a: 1}}},
);

both(
  '1.7.8 mutators and start and will-finish listeners may set and delete schemas',
  (store) => {
    const schema = {t: {a: {type: 'number', default: 1}}};
    const ids = [
      store.addStartTransactionListener(() => store.setTablesSchema(schema)),
      store.addTablesListener(() => store.setValuesSchema({v: {type: 'number', default: 1}}), true),
    ];
    store.setCell('t', 'r', 'a', 'x');
    const first = [store.getSchemaJson(), store.getContent()];
    ids.forEach(store.delListener);
    store.addWillFinishTransactionListener(() => store.delSchema());
    return [...first, store.setCell('t', 'r', 'a', 'x').getSchemaJson()];
  },
  [
    '[{"t":{"a":{"type":"number","default":1}}},{"v":{"type":"number","default":1}}]',
    [{t: {r: {a: 1}}}, {v: 1}],
    '[{},{}]',
  ],
);

both(
  '1.7.8 after a roll-back, values that the schema in between had too are missed first',
  (store) => {
    const heard = [];
    store.setValuesSchema({
      k: {type: 'number'},
      x: {type: 'number'},
      y: {type: 'number', default: 1},
      z: {type: 'number'},
    });
    rollBack(store, () =>
      store.setValuesSchema({z: {type: 'number'}, y: {type: 'number'}, x: {type: 'number', default: 1}}),
    );
    noteInvalid(store, heard);
    return [store.setValues({}).getValues(), heard.map(([, valueId]) => valueId)];
  },
  [{y: 1}, ['z', 'k', 'x']],
);
