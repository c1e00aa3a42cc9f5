// Functions that take stores of any schemas, and the types of parts of them.
import {
  createStore,
  type Cell,
  type CellOrUndefined,
  type Content,
  type GetCell,
  type MapCell,
  type NoSchemas,
  type OptionalSchemas,
  type PartialRow,
  type PartialValues,
  type Row,
  type Store,
  type Table,
  type Tables,
  type Value,
  type Values,
} from 'library/with-schemas';
import {type AnyPersister, type PersistedContent, type Persister} from 'library/persisters/with-schemas';

const countRows = <Schemas extends OptionalSchemas>(store: Store<Schemas>): number => {
  let count = 0;
  for (const tableId of store.getTableIds()) count += store.getRowCount(tableId);
  store.delTables().startTransaction().finishTransaction();
  return count;
};
const copy = <Schemas extends OptionalSchemas>(from: Store<Schemas>, to: Store<Schemas>): Store<Schemas> =>
  to.setJson(from.getJson());
const save = <Schemas extends OptionalSchemas>(persister: Persister<Schemas>): Promise<Persister<Schemas>> =>
  persister.save();

const one = createStore().setTablesSchema({pets: {legs: {type: 'number', default: 4}, name: {type: 'string'}}});
const other = createStore().setTablesSchema({cars: {wheels: {type: 'number'}}});
const counts: number[] = [countRows(one), countRows(other), countRows(createStore()), countRows(copy(one, one))];
// @ts-expect-error: stores of different schemas
copy(one, other);

type Schemas = [
  {
    pets: {
      legs: {type: 'number'; default: 4};
      name: {type: 'string'; allowNull: true};
      id: {type: 'string'; required: true};
    };
  },
  {open: {type: 'boolean'; default: true}; limit: {type: 'number'}},
];
type Pets = Schemas[0];
const row: Row<Pets, 'pets'> = {legs: 3, id: '1'};
const rowToSet: Row<Pets, 'pets', true> = {id: '1'};
const partialRow: PartialRow<Pets, 'pets'> = {name: null};
const table: Table<Pets, 'pets'> = {fido: row};
const tables: Tables<Pets, true> = {pets: {fido: rowToSet}};
const cell: Cell<Pets, 'pets', 'name'> = null;
const cellOrUndefined: CellOrUndefined<Pets, 'pets', 'legs'> = undefined;
const values: Values<Schemas[1]> = {open: false};
const partialValues: PartialValues<Schemas[1]> = {};
const value: Value<Schemas[1], 'limit'> = 1;
const content: Content<Schemas> = [{pets: table}, values];
const contentToSet: Content<Schemas, true> = [tables, {}];
const mapCell: MapCell<Pets, 'pets', 'legs'> = (legs) => (legs ?? 0) + 1;
const persisted: PersistedContent<Schemas> = content;
declare const getCell: GetCell<Pets, 'pets'>;
const legs: number = getCell('legs');
const id: string = getCell('id');
const name: string | null | undefined = getCell('name');
declare const persister: AnyPersister<Schemas>;
void persister.load(contentToSet);
void save(persister);
// @ts-expect-error: a row that was read has its defaults
const noRow: Row<Pets, 'pets'> = {id: '1'};
// @ts-expect-error: a row to set has what is required
const noRowToSet: Row<Pets, 'pets', true> = {legs: 1};
// @ts-expect-error: no such table
const noTable: Table<Pets, 'cars'> = {};
// @ts-expect-error: a cell of another type
const noCell: Cell<Pets, 'pets', 'legs'> = 'four';
// @ts-expect-error: legs are not null
const noPartialRow: PartialRow<Pets, 'pets'> = {legs: null};
// @ts-expect-error: there may be no name
const noName: string | null = getCell('name');
// @ts-expect-error: no such cell
getCell('wheels');

// A store without schemas takes anything.
const free: Store<NoSchemas> = createStore();
free.setRow('t', 'r', {a: 1, b: 'b', c: true, d: {}, e: []}).setCell('t', 'r', 'c', (cell) => cell ?? 1);
free.addCellListener(null, null, null, (_store, tableId, rowId, cellId, newCell) => [tableId, rowId, cellId, newCell]);
const anyCell: Cell<NoSchemas[0], string, string> | undefined = free.getCell('t', 'r', 'a');
const anyRow: {[cellId: string]: unknown} = free.getRow('t', 'r');
// @ts-expect-error: but no function of two arguments
free.setCell('t', 'r', 'c', (a: number, b: number) => a + b);

console.log(counts, partialRow, cell, cellOrUndefined, partialValues, value, mapCell, persisted, legs, id, name);
console.log(noRow, noRowToSet, noTable, noCell, noPartialRow, noName, anyCell, anyRow);
