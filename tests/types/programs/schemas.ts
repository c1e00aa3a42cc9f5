// What may be a schema, with typed stores and with plain ones.
import {createStore, type Store, type TablesSchema, type ValuesSchema} from 'library/with-schemas';
import {createStore as createPlainStore, type Store as PlainStore} from 'library';

const plain: PlainStore = createPlainStore()
  .setTablesSchema({t: {c: {type: 'object', default: {a: 1}}, d: {type: 'array', default: [1], allowNull: true}}})
  .setValuesSchema({v: {enum: [1, 'a', true], default: 'a'}})
  .setSchema({t: {c: {type: ['string', 'array'], default: null, allowNull: true}}}, {v: {type: 'string'}})
  .setSchema({t: {c: {type: 'number', required: true}}});

createStore().setTablesSchema({
  t: {c: {type: 'object', default: {a: 1}}, d: {type: 'array', default: [1], allowNull: true}},
});
createStore().setSchema({t: {c: {type: ['string', 'array'], default: null, allowNull: true}}}, {v: {type: 'string'}});

// @ts-expect-error: a default is of the type
plain.setTablesSchema({t: {c: {type: 'number', default: 'x'}}});
// @ts-expect-error: the same
createStore().setTablesSchema({t: {c: {type: 'number', default: 'x'}}});
// @ts-expect-error: a default that is null must be allowed
plain.setTablesSchema({t: {c: {type: 'number', default: null}}});
// @ts-expect-error: the same
createStore().setTablesSchema({t: {c: {type: 'number', default: null}}});
// @ts-expect-error: a default is one of the enum
plain.setValuesSchema({v: {enum: ['a', 'b'], default: 'c'}});
// @ts-expect-error: the same
createStore().setValuesSchema({v: {enum: ['a', 'b'], default: 'c'}});
// @ts-expect-error: a default is of one of the types
plain.setSchema({t: {c: {type: ['string', 'number'], default: true}}});
// @ts-expect-error: the same
createStore().setSchema({t: {c: {type: ['string', 'number'], default: true}}});
// @ts-expect-error: the second schema counts as well
createStore().setSchema({t: {c: {type: 'string'}}}, {v: {type: 'boolean', default: 1}});
// @ts-expect-error: no such type
plain.setTablesSchema({t: {c: {type: 'date'}}});
// @ts-expect-error: no such type
createStore().setTablesSchema({t: {c: {type: 'date'}}});
// @ts-expect-error: no type at all
createStore().setTablesSchema({t: {c: {}}});
// @ts-expect-error: no types
createStore().setTablesSchema({t: {c: {type: []}}});
// @ts-expect-error: an empty enum
createStore().setTablesSchema({t: {c: {enum: []}}});
// @ts-expect-error: null is no member of an enum
createStore().setTablesSchema({t: {c: {enum: [null]}}});
// @ts-expect-error: either a type or an enum
createStore().setTablesSchema({t: {c: {type: 'string', enum: ['a']}}});

const constant = {t: {c: {type: 'number', default: 1}}} as const;
const number: number = createStore().setTablesSchema(constant).getCell('t', 'r', 'c');
const loose = {t: {c: {type: 'number', default: 1}}};
// @ts-expect-error: without `as const` it says no more than that the type is a text
createStore().setTablesSchema(loose);

// A schema that is only known when the app runs.
const known: TablesSchema = constant;
const values: ValuesSchema = {v: {type: 'string'}};
const later: Store<[TablesSchema, ValuesSchema]> = createStore().setTablesSchema(known).setValuesSchema(values);
const cell: string | number | boolean | {[key: string]: unknown} | unknown[] | readonly unknown[] | undefined =
  later.getCell('any', 'row', 'cell');
const tableIds: string[] = later.setCell('any', 'row', 'cell', 1).getTableIds();
// @ts-expect-error: of which nothing is known
const what: number = later.getCell('any', 'row', 'cell');
console.log(number, cell, tableIds, what);
