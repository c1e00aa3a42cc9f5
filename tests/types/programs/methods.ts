// Every method of a store with schemas.
import {
  createStore,
  type Changes,
  type Content,
  type NoSchemas,
  type NoTablesSchema,
  type NoValuesSchema,
  type Store,
} from 'library/store/with-schemas';
import {type Id, type Ids} from 'library/common/with-schemas';

type TablesSchema = {
  readonly pets: {
    readonly species: {readonly type: 'string'};
    readonly legs: {readonly type: 'number'; readonly default: 4};
    readonly id: {readonly type: 'string'; readonly required: true};
  };
  readonly owners: {readonly name: {readonly type: 'string'}};
};
type ValuesSchema = {
  readonly open: {readonly type: 'boolean'; readonly default: true};
  readonly limit: {readonly type: 'number'};
};
type Schemas = [TablesSchema, ValuesSchema];
declare const store: Store<Schemas>;

const plain: Store<NoSchemas> = createStore();
const typed: Store<Schemas> = plain.setSchema(
  {
    pets: {species: {type: 'string'}, legs: {type: 'number', default: 4}, id: {type: 'string', required: true}},
    owners: {name: {type: 'string'}},
  },
  {open: {type: 'boolean', default: true}, limit: {type: 'number'}},
);

const content: Content<Schemas> = store.getContent();
const species: string | undefined = store.getTables().pets?.['fido']?.species;
const legs: number | undefined = content[0].pets?.['fido']?.legs;
const tableIds: ('pets' | 'owners')[] = store.getTableIds();
const table: {[rowId: Id]: {species?: string; legs: number; id: string}} = store.getTable('pets');
const cellIds: ('species' | 'legs' | 'id')[] = store.getTableCellIds('pets');
const count: number = store.getRowCount('pets');
const rowIds: Ids = store.getRowIds('pets');
const sorted: Ids = store.getSortedRowIds('pets', 'legs', true, 0, 10);
const sortedByArgs: Ids = store.getSortedRowIds({tableId: 'pets', cellId: 'species', sorter: () => 0});
const row: {species?: string; legs: number; id: string} = store.getRow('pets', 'fido');
const rowCellIds: 'name'[] = store.getCellIds('owners', 'ann');
const cell: number = store.getCell('pets', 'fido', 'legs');
const values: {open: boolean; limit?: number} = store.getValues();
const valueIds: ('open' | 'limit')[] = store.getValueIds();
const value: number | undefined = store.getValue('limit');
// @ts-expect-error: neither table has such a cell
store.getSortedRowIds('pets', 'name');
// @ts-expect-error: nor here
store.getSortedRowIds({tableId: 'owners', cellId: 'legs'});

const has: boolean[] = [
  store.hasTables(),
  store.hasTable('pets'),
  store.hasTableCell('pets', 'legs'),
  store.hasRow('owners', 'ann'),
  store.hasCell('owners', 'ann', 'name'),
  store.hasValues(),
  store.hasValue('open'),
  store.hasTablesSchema(),
  store.hasValuesSchema(),
  store.isMergeable(),
];
// @ts-expect-error: no such table
store.hasTable('cars');
// @ts-expect-error: no such cell
store.hasCell('owners', 'ann', 'legs');
// @ts-expect-error: no such value
store.hasValue('closed');
const texts: string[] = [
  store.getTablesJson(),
  store.getValuesJson(),
  store.getJson(),
  store.getTablesSchemaJson(),
  store.getValuesSchemaJson(),
  store.getSchemaJson(),
];

const same: Store<Schemas>[] = [
  store.setContent([{pets: {fido: {id: '1'}}}, {}]),
  store.setContent(() => [{}, {limit: 1}]),
  store.setTables({owners: {ann: {name: 'Ann'}}}),
  store.setTable('owners', {ann: {}}),
  store.setRow('pets', 'fido', {id: '1'}),
  store.setPartialRow('pets', 'fido', {}),
  store.setCell('pets', 'fido', 'legs', 3),
  store.setCell('pets', 'fido', 'legs', (legs) => (legs ?? 4) - 1),
  store.setCell('pets', 'fido', 'species', (species) => `${species}!`),
  store.setValues({}),
  store.setPartialValues({limit: 2}),
  store.setValue('limit', 3),
  store.setValue('limit', (limit) => (limit ?? 0) + 1),
  store.applyChanges([{pets: {fido: {legs: undefined}, felix: undefined}, owners: undefined}, {}, 1]),
  store.setTablesJson('{}').setValuesJson('{}').setJson('[{},{}]'),
  store.delTables().delTable('pets').delRow('pets', 'fido'),
  store.delCell('pets', 'fido', 'legs').delCell('pets', 'fido', 'legs', true),
  store.delValues().delValue('limit'),
  store.startTransaction().finishTransaction((store) => store.hasTable('pets')),
  store.callListener('0').delListener('0'),
];
const added: Id | undefined = store.addRow('pets', {id: '2'}, false);
// @ts-expect-error: a mapper gives what the cell may hold
store.setCell('pets', 'fido', 'legs', () => 'four');
// @ts-expect-error: it gets what the cell holds, or undefined
store.setCell('pets', 'fido', 'legs', (legs: string) => legs.length);
// @ts-expect-error: the id is missing
store.addRow('pets', {species: 'dog'});
// @ts-expect-error: not all of them are rows of pets
store.setTable('pets', {fido: {id: '1'}, ann: {name: 'Ann'}});
// @ts-expect-error: no such cell
store.setPartialRow('owners', 'ann', {legs: 2});
// @ts-expect-error: a limit is a number
store.setContent([{}, {limit: '1'}]);
// @ts-expect-error: changes are typed, too
store.applyChanges([{pets: {fido: {legs: 'four'}}}, {}, 1]);
// @ts-expect-error: no such cell to delete
store.delCell('owners', 'ann', 'legs');
// @ts-expect-error: no such value to delete
store.delValue('closed');

const result: number = store.transaction(
  () => 1,
  (store) => {
    const changes: Changes<Schemas> = store.getTransactionChanges();
    const isGone: boolean = changes[0].pets === undefined;
    return isGone;
  },
);
// @ts-expect-error: what the actions return
const wrongResult: string = store.transaction(() => 1);
const changedLegs: number | undefined = store.getTransactionChanges()[0].pets?.['fido']?.legs;
// @ts-expect-error: no such table in the changes
const noChange = store.getTransactionChanges()[0].cars;

store.forEachTable((tableId, forEachRow) => {
  if (tableId === 'owners') {
    forEachRow((rowId, forEachCell) => forEachCell((_cellId, name) => console.log(rowId, name satisfies string)));
  }
});
store.forEachTableCell('pets', (cellId, count) => console.log(cellId satisfies 'species' | 'legs' | 'id', count + 1));
store.forEachRow('owners', (rowId, forEachCell) => forEachCell((cellId, name) => [rowId, cellId, name.length]));
store.forEachCell('pets', 'fido', (cellId, cell) => {
  if (cellId === 'legs') console.log(cell + 1);
  // @ts-expect-error: it may be a text
  console.log(cell + 1 - 1);
});
store.forEachValue((valueId, value) => {
  if (valueId === 'limit') console.log(value.toFixed());
  else console.log(value satisfies boolean);
});
const stats: number = store.getListenerStats().sortedRowIds;

// What sets a schema gives a store of it, and what deletes one gives a store without.
const withTables: Store<[{readonly t: {readonly c: {readonly type: 'string'}}}, NoValuesSchema]> =
  createStore().setTablesSchema({t: {c: {type: 'string'}}});
const withValues: Store<[NoTablesSchema, {readonly v: {readonly type: 'string'}}]> = createStore().setValuesSchema({
  v: {type: 'string'},
});
const withBoth = withTables.setValuesSchema({v: {enum: [1, 2]}});
const one: 1 | 2 | undefined = withBoth.getValue('v');
const otherTables: string | undefined = store.setTablesSchema({t: {c: {type: 'string'}}}).getCell('t', 'r', 'c');
const stillThere: boolean = store.setTablesSchema({t: {c: {type: 'string'}}}).getValue('open');
const withoutTables: Store<[NoTablesSchema, ValuesSchema]> = store.delTablesSchema();
const withoutValues: Store<[TablesSchema, NoValuesSchema]> = store.delValuesSchema();
const without: Store<NoSchemas> = store.delSchema();
without.setCell('any', 'any', 'any', {a: [1]}).setValue('any', [2]);
const anything: string[] = [...without.getTableIds(), ...without.getCellIds('any', 'any'), ...without.getValueIds()];
// @ts-expect-error: cells of this table are no longer known
const unknown: number = without.getCell('pets', 'fido', 'legs');
// @ts-expect-error: the schemas of a store are part of its type
const other: Store<Schemas> = withTables;
// @ts-expect-error: even if it has more
const fewer: Store<[TablesSchema, NoValuesSchema]> = store;

console.log(plain, typed, content, species, legs, tableIds, table, cellIds, count, rowIds, sorted, sortedByArgs, row);
console.log(rowCellIds, cell, values, valueIds, value, has, texts, same, added, result, wrongResult, changedLegs);
console.log(noChange, stats, withValues, one, otherTables, stillThere, withoutTables, withoutValues, anything);
console.log(unknown, other, fewer);
