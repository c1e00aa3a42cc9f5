// 1.7 Schemas: those of values, what is required, and what is no object.
import {both, differs, thrownBy} from './both.mjs';
import {noteInvalid} from './listening.mjs';
import {after, reported, schemas} from './writes.mjs';

const none = undefined;

both(
  '1.7.4 values: setValues and setValuesJson add the defaults',
  (store) => {
    const schema = {d: {type: 'number', default: 1}, n: {type: 'number'}, m: {type: 'number'}};
    const results = ['setValues', 'setValuesJson'].map((method) => {
      store.delSchema().delValues().setValuesSchema(schema).setValue('d', 5);
      return store[method](method === 'setValues' ? {n: 2} : '{"n":2}').getValues();
    });
    return results;
  },
  [
    {n: 2, d: 1},
    {n: 2, d: 1},
  ],
);

both(
  '1.7.4 values: what is missing without a default is reported by setValues, and by neither setPartialValues nor setValue',
  (store) => {
    const heard = [];
    store.setValuesSchema({d: {type: 'number', default: 1}, n: {type: 'number'}, m: {type: 'number'}});
    noteInvalid(store, heard);
    store.setPartialValues({n: 1}).setValue('n', 2);
    heard.push('-');
    store.setValues({n: 3});
    return heard;
  },
  ['-', ['value', 'm', [none]]],
);

const values = {d: {type: 'number', default: 1}, s: {type: 'string'}, e: {enum: ['a'], allowNull: true}};
both(
  '1.7.4 values: what is unknown, of the wrong type, not in the enum or null is dropped, or gets the default',
  after(schemas(undefined, values), (store) => {
    store
      .setValues({d: 'wrong', s: 1, e: 'b', z: 1})
      .setValue('z', 1)
      .setValue('s', null)
      .setPartialValues({e: null, s: 2});
    store.setValue('d', 5).setValue('d', null);
  }),
  [{}, {d: 1, e: null}],
);

both(
  '1.7.4 values: what is unknown, of the wrong type or not in the enum is reported',
  reported(schemas(undefined, values), (store) => store.setValues({d: 'wrong', s: 1, e: 'b', z: 1})),
  [
    ['value', 'd', ['wrong']],
    ['value', 's', [1]],
    ['value', 'e', ['b']],
    ['value', 'z', [1]],
  ],
);

const needed = {
  t: {q: {type: 'string', required: true}, n: {type: 'number'}, d: {type: 'number', default: 1, required: true}},
};
const missing = {r: {n: 1}, s: {q: 'x'}};
const blocked = {
  setTables: (store) => store.setTables({t: missing}),
  setTable: (store) => store.setTable('t', missing),
  setContent: (store) => store.setContent([{t: missing}, {}]),
  setTablesJson: (store) => store.setTablesJson(JSON.stringify({t: missing})),
};
for (const [method, write] of Object.entries(blocked)) {
  both(`1.7.5 ${method} leaves out rows that lack a required cell without a default`, after(schemas(needed), write), [
    {t: {s: {q: 'x', d: 1}}},
    {},
  ]);
}

both(
  '1.7.5 setRow and addRow do nothing with a row that lacks a required cell, or has a wrong one; an existing row stays',
  (store) => {
    const heard = [];
    store.setTablesSchema(needed).setRow('t', 'r', {q: 'x'});
    noteInvalid(store, heard);
    store.setRow('t', 'r', {n: 2}).setRow('t', 's', {n: 1}).setRow('t', 's', {q: 1, n: 1});
    return [store.addRow('t', {n: 1}), store.getTables(), heard];
  },
  [
    undefined,
    {t: {r: {q: 'x', d: 1}}},
    [
      ['cell', 't', 'r', 'q', [none]],
      ['cell', 't', 's', 'q', [none]],
      ['cell', 't', 's', 'q', [1]],
      ['cell', 't', none, 'q', [none]],
    ],
  ],
);

for (const [method, write] of Object.entries({
  setCell: (store) => store.setCell('t', 'r', 'n', 1),
  setPartialRow: (store) => store.setPartialRow('t', 'r', {n: 1}),
  applyChanges: (store) => store.applyChanges([{t: {r: {n: 1}}}, {}, 1]),
})) {
  both(`1.7.5 ${method} may make a row without a required cell`, after(schemas(needed), write), [
    {t: {r: {n: 1, d: 1}}},
    {},
  ]);
}

both(
  '1.7.5 delCell may delete a required cell',
  after(schemas(needed), (store) =>
    store
      .setTable('t', {r: {q: 'x'}, s: {q: 'x'}})
      .delCell('t', 'r', 'q')
      .delCell('t', 's', 'q', true),
  ),
  [{t: {r: {d: 1}, s: {d: 1}}}, {}],
);

const neededValues = {q: {type: 'string', required: true}, n: {type: 'number'}};
both(
  '1.7.5 setValues and its like do nothing without a required value; the other setters and deleting may',
  (store) => {
    store.setValuesSchema(neededValues).setValues({q: 'x', n: 1});
    const blockedWrites = [
      (one) => one.setValues({n: 2}),
      (one) => one.setValues({n: 2, q: 1}),
      (one) => one.setValuesJson('{"n":2}'),
      (one) => one.setContent([{}, {n: 2}]),
    ].map((write) => write(store).getValues());
    store
      .delValue('q')
      .setValue('n', 3)
      .setPartialValues({n: 4})
      .applyChanges([{}, {n: 5}, 1]);
    return [...blockedWrites, store.getValues()];
  },
  [...Array(4).fill({q: 'x', n: 1}), {n: 5}],
);

const simple = {t: {s: {type: 'string'}, n: {type: 'number', default: 1}}};
for (const thing of [1, 'x', true, null, undefined]) {
  differs(
    `1.7.4 where there is a schema, a full row or all values that are no object change nothing, without a TypeError: ${thing}`,
    'a row, or all values, are set to what is no object, and there is a schema',
    (store) => {
      store.setTablesSchema(simple).setValuesSchema(values).setRow('t', 'r', {n: 2});
      return [
        thrownBy(() => store.setRow('t', 'r', thing)),
        thrownBy(() => store.setTable('t', {r: thing})),
        thrownBy(() => store.addRow('t', thing)),
        thrownBy(() => store.setPartialRow('t', 'q', thing)),
        thrownBy(() => store.setValues(thing)),
        store.getContent(),
      ];
    },
    {
      tinybase: ['TypeError', 'TypeError', 'TypeError', undefined, 'TypeError', [{t: {r: {n: 2}}}, {d: 1}]],
      cellarium: [undefined, undefined, undefined, undefined, undefined, [{t: {r: {n: 2}}}, {d: 1}]],
    },
  );
}
