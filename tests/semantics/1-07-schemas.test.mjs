// 1.7 Schemas: what is a valid one, and what is kept of it.
import {both} from './both.mjs';

/** What is kept of the schema of one cell, and of one value; undefined if nothing is. */
const kept = (schema) => (store) => {
  store.setTablesSchema({t: {c: schema}}).setValuesSchema({v: schema});
  return [JSON.parse(store.getTablesSchemaJson()).t?.c, JSON.parse(store.getValuesSchemaJson()).v];
};
const same = (name, schemas) => {
  for (const schema of schemas) both(`${name}: ${JSON.stringify(schema)}`, kept(schema), [schema, schema]);
};
const becomes = (name, schemas) => {
  for (const [what, [schema, result]] of Object.entries(schemas))
    both(`${name}: ${what}`, kept(schema), [result, result]);
};

same('1.7.1 a type may be one of five, or several, also the same twice', [
  {type: 'string'},
  {type: 'number'},
  {type: 'boolean'},
  {type: 'object'},
  {type: 'array'},
  {type: ['string']},
  {type: ['string', 'number', 'array']},
  {type: ['string', 'string']},
]);

becomes('1.7.1 no other type is valid', {
  "'null'": [{type: 'null'}],
  "'null' among others": [{type: ['string', 'null']}],
  'no name of a type': [{type: 'text'}],
  'another case': [{type: 'String'}],
  'an empty array': [{type: []}],
  'an array with something that is no type': [{type: ['string', 1]}],
  undefined: [{type: undefined}],
  'one that is inherited': [Object.create({type: 'string'})],
});

same('1.7.1 an enum is an array of primitives, of one type or several, also the same twice', [
  {enum: ['a']},
  {enum: ['a', 1, true, '', 0, false]},
  {enum: ['a', 'a']},
  {enum: ['a\ufffd']},
]);

becomes('1.7.1 no other enum is valid', {
  'an empty array': [{enum: []}],
  'no array': [{enum: 'a'}],
  'null among others': [{enum: ['a', null]}],
  'an object': [{enum: ['a', {}]}],
  'an array': [{enum: ['a', []]}],
  undefined: [{enum: ['a', undefined]}],
  'a number that is not finite': [{enum: [1, NaN]}],
  'a reserved text': [{enum: ['a', '\ufffc']}],
  'a text that starts as a reserved one': [{enum: ['a', '\ufffdx']}],
  'a function': [{enum: [() => 1]}],
});

becomes('1.7.1 type and enum are exclusive, and one is needed', {
  both: [{type: 'string', enum: ['a']}],
  'both, with a type that is none': [{type: 'text', enum: ['a']}],
  neither: [{default: 'x'}],
  'an empty object': [{}],
  'an enum, and undefined for a type': [{type: undefined, enum: ['a']}, {enum: ['a']}],
  'a type, and undefined for an enum': [{type: 'string', enum: undefined}, {type: 'string'}],
});

becomes('1.7.1 the schema of a cell must be a plain object', {
  null: [null],
  'a text': ['string'],
  'an array': [['string']],
  'a Date': [new Date(0)],
  'one with a null prototype is': [Object.assign(Object.create(null), {type: 'string'}), {type: 'string'}],
});

becomes('1.7.1 of the keys of a schema of a cell only type, enum, default, allowNull and required are kept', {
  'others are dropped': [
    {type: 'string', other: 1, default: 'x', description: {}, allowNull: true, required: true},
    {type: 'string', default: 'x', allowNull: true, required: true},
  ],
  'false is kept': [
    {type: 'string', allowNull: false, required: false},
    {type: 'string', allowNull: false, required: false},
  ],
  'whatever is given for allowNull and required is kept': [
    {type: 'string', allowNull: 'yes', required: 0},
    {type: 'string', allowNull: 'yes', required: 0},
  ],
});

both(
  '1.7.1 what counts as true: anything truthy for allowNull, but only true itself for required',
  (store) => {
    store.setTablesSchema({t: {c: {type: 'string', allowNull: 'yes'}, d: {type: 'string', allowNull: 0, required: 1}}});
    return store.setRow('t', 'r', {c: null}).setRow('t', 's', {c: 'x', d: null}).getTables();
  },
  {t: {r: {c: null}, s: {c: 'x'}}},
);

both(
  '1.7.1 what is invalid is dropped from a schema, up to tables of which nothing is left',
  (store) => {
    store.setTablesSchema({t: {c: {type: 'string'}, d: {type: 'text'}, e: 1}, u: {c: {}}, w: {}, x: null, y: []});
    store.setValuesSchema({v: {enum: [1]}, w: {enum: []}, x: 'string'});
    return store.getSchemaJson();
  },
  '[{"t":{"c":{"type":"string"}}},{"v":{"enum":[1]}}]',
);

const nothingValid = [{}, {t: {}}, {t: {c: {type: 'text'}}}, undefined, null, 1, 'text', [], [{c: {type: 'string'}}]];
both(
  '1.7.1 if nothing valid is left of a schema, the call is ignored, and the schema that was set before stays',
  (store) => {
    store
      .setSchema({t: {c: {type: 'string'}}}, {v: {type: 'string'}})
      .setRow('t', 'r', {c: 'x'})
      .setValue('v', 'x');
    for (const schema of nothingValid)
      store.setTablesSchema(schema).setValuesSchema(schema?.t).setSchema(schema, schema?.t);
    return [store.getSchemaJson(), store.getContent()];
  },
  ['[{"t":{"c":{"type":"string"}}},{"v":{"type":"string"}}]', [{t: {r: {c: 'x'}}}, {v: 'x'}]],
);

both(
  '1.7.1 if nothing valid is left of the first schema that is set, there still is none',
  (store) => {
    store.setContent([{t: {r: {c: 1}}}, {v: 1}]);
    for (const schema of nothingValid) store.setTablesSchema(schema).setValuesSchema(schema?.t);
    return [store.hasTablesSchema(), store.hasValuesSchema(), store.getSchemaJson(), store.getContent()];
  },
  [undefined, undefined, '[{},{}]', [{t: {r: {c: 1}}}, {v: 1}]],
);

both(
  '1.7.1 the schema is copied: what was given may be frozen, is left as it is, and may change afterwards',
  (store) => {
    const frozen = Object.freeze({t: Object.freeze({c: Object.freeze({type: 'string', other: 1, default: 1})})});
    store.setTablesSchema(frozen);
    const cell = {type: 'object', default: {a: 1}};
    const choice = {enum: ['a']};
    store.setTablesSchema({t: {cell, choice}});
    cell.type = 'string';
    cell.default.a = 2;
    choice.enum.push('b');
    store.setRow('t', 'r', {choice: 'b'}).setRow('t', 's', {});
    return [frozen, store.getTablesSchemaJson(), store.getTables()];
  },
  [
    {t: {c: {type: 'string', other: 1, default: 1}}},
    '{"t":{"cell":{"type":"object","default":{"a":1}},"choice":{"enum":["a"]}}}',
    {t: {r: {cell: {a: 1}}, s: {cell: {a: 1}}}},
  ],
);

both(
  '1.7.1 a schema replaces the one before, of its half',
  (store) => {
    store.setSchema({t: {c: {type: 'string'}}}, {v: {type: 'string'}}).setTablesSchema({u: {c: {type: 'number'}}});
    const first = store.getSchemaJson();
    return [first, store.setValuesSchema({w: {type: 'number'}}).getSchemaJson()];
  },
  [
    '[{"u":{"c":{"type":"number"}}},{"v":{"type":"string"}}]',
    '[{"u":{"c":{"type":"number"}}},{"w":{"type":"number"}}]',
  ],
);

both(
  '1.7.1 setSchema with one argument leaves the schema of the values, and its second argument is that',
  (store) => {
    store.setSchema({t: {c: {type: 'string'}}}, {v: {type: 'string'}}).setSchema({u: {c: {type: 'number'}}});
    const first = store.getSchemaJson();
    return [first, store.setSchema(undefined, {w: {type: 'number'}}).getSchemaJson()];
  },
  [
    '[{"u":{"c":{"type":"number"}}},{"v":{"type":"string"}}]',
    '[{"u":{"c":{"type":"number"}}},{"w":{"type":"number"}}]',
  ],
);

both(
  '1.7.1 the ids of a schema may be any text',
  (store) => {
    const tables = JSON.parse('{"__proto__":{"__proto__":{"type":"string","default":"x"}},"":{"":{"type":"number"}}}');
    store.setTablesSchema(tables).setValuesSchema({constructor: {type: 'number'}});
    store
      .setRow('__proto__', 'r', {})
      .setCell('toString', 'r', 'c', 1)
      .setCell('', 'r', '', 1)
      .setCell('', 'r', 'valueOf', 1);
    return store.setValue('constructor', 1).setValue('toString', 1).getJson();
  },
  '[{"__proto__":{"r":{"__proto__":"x"}},"":{"r":{"":1}}},{"constructor":1}]',
);

becomes('1.7.2 a default that does not match is dropped, and the schema kept', {
  'of another type': [{type: 'string', default: 1}, {type: 'string'}],
  'an array for an object': [{type: 'object', default: [1]}, {type: 'object'}],
  'not in the enum': [{enum: ['a'], default: 'b'}, {enum: ['a']}],
  'not finite': [{type: 'number', default: NaN}, {type: 'number'}],
  'a reserved text': [{type: 'string', default: '\ufffc'}, {type: 'string'}],
  'the text of an object': [{type: ['string', 'object'], default: '\ufffd{}'}, {type: ['string', 'object']}],
  'a function': [{type: 'string', default: () => 'x'}, {type: 'string'}],
  undefined: [{type: 'string', default: undefined}, {type: 'string'}],
});

same('1.7.2 a default that matches is kept', [
  {type: 'string', default: ''},
  {type: 'number', default: 0},
  {type: 'boolean', default: false},
  {type: 'object', default: {a: [1]}},
  {type: 'array', default: [{a: 1}]},
  {type: ['number', 'object'], default: {}},
  {enum: ['a', 'b'], default: 'b'},
  {type: 'string', required: true, default: 'x'},
]);

becomes('1.7.2 null as a default needs allowNull, or the whole schema of the cell is invalid', {
  'without allowNull': [{type: 'string', default: null}],
  'allowNull false': [{type: 'string', default: null, allowNull: false}],
  'in an enum': [{enum: ['a'], default: null}],
  'with allowNull': [
    {type: 'string', default: null, allowNull: true},
    {type: 'string', default: null, allowNull: true},
  ],
  'with allowNull in an enum': [
    {enum: ['a'], default: null, allowNull: true},
    {enum: ['a'], default: null, allowNull: true},
  ],
});

both(
  '1.7.9 the JSON of a schema is {} if there is none, and getSchemaJson has both halves in an array',
  (store) => {
    const texts = () => [store.getTablesSchemaJson(), store.getValuesSchemaJson(), store.getSchemaJson()];
    const none = texts();
    store.setTablesSchema({t: {c: {type: 'string'}}});
    const half = texts();
    store.setValuesSchema({v: {type: 'number', default: 1}});
    return [none, half, texts(), (store.delSchema(), texts())];
  },
  [
    ['{}', '{}', '[{},{}]'],
    ['{"t":{"c":{"type":"string"}}}', '{}', '[{"t":{"c":{"type":"string"}}},{}]'],
    [
      '{"t":{"c":{"type":"string"}}}',
      '{"v":{"type":"number","default":1}}',
      '[{"t":{"c":{"type":"string"}}},{"v":{"type":"number","default":1}}]',
    ],
    ['{}', '{}', '[{},{}]'],
  ],
);

both(
  '1.7.9 the JSON of a schema keeps the order of keys as given, array indices first, also of the keys of a cell schema',
  (store) =>
    store
      .setSchema(
        {
          b: {
            y: {default: 'x', type: 'string'},
            2: {type: 'number'},
            1: {required: true, other: 1, type: ['number', 'string'], allowNull: false},
          },
          10: {c: {allowNull: true, enum: [2, 1]}},
          9: {c: {type: 'number'}},
        },
        {z: {default: {b: 1, a: 1, 1: 1}, type: 'object'}, 3: {enum: [true]}, a: {type: 'array'}},
      )
      .getSchemaJson(),
  '[{"9":{"c":{"type":"number"}},"10":{"c":{"allowNull":true,"enum":[2,1]}},' +
    '"b":{"1":{"required":true,"type":["number","string"],"allowNull":false},' +
    '"2":{"type":"number"},"y":{"default":"x","type":"string"}}},' +
    '{"3":{"enum":[true]},"z":{"default":{"1":1,"b":1,"a":1},"type":"object"},"a":{"type":"array"}}]',
);

both(
  '1.7.9 the JSON of a schema is the schema again',
  (store, createStore) => {
    store.setSchema({t: {c: {type: ['string', 'object'], default: {a: 1}, required: true}}}, {v: {enum: [1, 'a']}});
    const other = createStore().setSchema(...JSON.parse(store.getSchemaJson()));
    return other.getSchemaJson() === store.getSchemaJson();
  },
  true,
);
