// Every listener of a store with schemas, by the path it listens to.
import {
  createStore,
  type HasTableListener,
  type InvalidCellListener,
  type RowListener,
  type TableCellIdsListener,
  type TransactionListener,
  type ValueListener,
} from 'library/with-schemas';

const store = createStore().setSchema(
  {pets: {species: {type: 'string'}, legs: {type: 'number', default: 4}}, owners: {isKind: {type: 'boolean'}}},
  {open: {type: 'boolean', default: true}, limit: {type: 'number'}},
);
type Shop = typeof store;
type AnyTable = 'pets' | 'owners';

store.addHasTablesListener((store: Shop, hasTables: boolean) => console.log(store, hasTables), true);
store.addTablesListener((store, getCellChange) => {
  const legs: number | undefined = getCellChange?.('pets', 'fido', 'legs')[2];
  // @ts-expect-error: owners have no legs
  getCellChange?.('owners', 'ann', 'legs');
  console.log(store satisfies Shop, legs);
});
store.addTableIdsListener((_store, getIdChanges) => {
  const change: 1 | -1 | undefined = getIdChanges?.().pets;
  // @ts-expect-error: no such table
  console.log(change, getIdChanges?.().cars);
});
store.addHasTableListener(null, (_store, tableId, hasTable) => [
  tableId satisfies AnyTable,
  hasTable satisfies boolean,
]);
store.addHasTableListener('pets', (_store, tableId) => console.log(tableId satisfies 'pets'));
// @ts-expect-error: no such table
store.addHasTableListener('cars', () => {});
store.addTableListener('pets', (_store, tableId, getCellChange) => {
  const [hasChanged, oldSpecies, species] = getCellChange?.(tableId, 'fido', 'species') ?? [false];
  console.log(hasChanged satisfies boolean, oldSpecies satisfies string | undefined, species?.length);
});
store.addTableCellIdsListener(null, (_store, tableId, getIdChanges) => {
  if (tableId === 'owners') console.log(getIdChanges().isKind satisfies 1 | -1 | undefined);
});
store.addHasTableCellListener(null, null, (_store, tableId, cellId, hasTableCell) => {
  console.log(tableId satisfies AnyTable, cellId satisfies 'species' | 'legs' | 'isKind', hasTableCell);
});
store.addHasTableCellListener('pets', 'legs', (_store, _tableId, cellId) => console.log(cellId satisfies 'legs'));
// @ts-expect-error: no such cell
store.addHasTableCellListener('owners', 'legs', () => {});
store.addRowCountListener('pets', (_store, _tableId, count) => console.log(count.toFixed()));
store.addRowIdsListener(null, (_store, tableId, getIdChanges) => [
  tableId satisfies AnyTable,
  getIdChanges?.()['fido'],
]);
store.addSortedRowIdsListener('pets', 'legs', false, 0, undefined, (_store, tableId, cellId, ...rest) => {
  const [isDescending, offset, limit, ids]: [boolean, number, number | undefined, string[]] = rest;
  console.log(tableId satisfies 'pets', cellId satisfies 'legs', isDescending, offset, limit, ids);
});
store.addSortedRowIdsListener({tableId: 'pets', cellId: 'legs', limit: 3}, (_store, _tableId, cellId) => cellId);
store.addSortedRowIdsListener('pets', undefined, false, 0, undefined, () => {});
// @ts-expect-error: no such cell to sort by
store.addSortedRowIdsListener({tableId: 'owners', cellId: 'legs'}, () => {});
store.addHasRowListener('pets', null, (_store, _tableId, rowId, hasRow) => [rowId satisfies string, hasRow]);
store.addRowListener(null, 'fido', (_store, tableId, rowId) => [tableId satisfies AnyTable, rowId satisfies 'fido']);
store.addCellIdsListener('pets', null, (_store, _tableId, _rowId, getIdChanges) => {
  const {species, legs} = getIdChanges();
  // @ts-expect-error: pets have no such cell
  console.log(species, legs, getIdChanges().isKind);
});
store.addHasCellListener(null, null, 'legs', (_store, _tableId, _rowId, cellId, hasCell) => [
  cellId satisfies 'legs',
  hasCell satisfies boolean,
]);
store.addCellListener(null, null, null, (_store, tableId, rowId, cellId, newCell, oldCell, getCellChange) => {
  if (cellId === 'isKind') {
    const kinds: ['owners', boolean, boolean] = [tableId, newCell, oldCell];
    console.log(kinds, getCellChange?.(tableId, rowId, cellId)[1] satisfies boolean | undefined);
  }
  // @ts-expect-error: it may be any cell's
  const kind: boolean = newCell;
  console.log(kind);
});
store.addCellListener('pets', 'fido', 'legs', (_store, _tableId, rowId, _cellId, newCell) => [
  rowId satisfies 'fido',
  newCell satisfies number,
]);
store.addCellListener('pets', null, 'legs', () => {}, true);
// @ts-expect-error: legs are a number
store.addCellListener('pets', null, 'legs', (_store, _tableId, _rowId, _cellId, newCell: string) => newCell);
store.addHasValuesListener((_store, hasValues) => console.log(hasValues satisfies boolean));
store.addValuesListener((_store, getValueChange) => {
  const [, before, after] = getValueChange?.('limit') ?? [false];
  console.log(before satisfies number | undefined, after?.toFixed());
  // @ts-expect-error: no such value
  console.log(getValueChange?.('closed'));
});
store.addValueIdsListener((_store, getIdChanges) => console.log(getIdChanges?.().limit satisfies 1 | -1 | undefined));
store.addHasValueListener(null, (_store, valueId, hasValue) => [valueId satisfies 'open' | 'limit', hasValue]);
store.addValueListener(null, (_store, valueId, newValue, oldValue) => {
  if (valueId === 'limit') console.log(newValue - oldValue);
  // @ts-expect-error: it may be another value's
  console.log(newValue - 1);
});
store.addValueListener('open', (_store, _valueId, newValue) => console.log(newValue satisfies boolean));
// @ts-expect-error: no such value
store.addValueListener('closed', () => {});
store.addInvalidCellListener('pets', null, null, (_store, tableId, rowId, cellId, invalidCells) => {
  console.log([tableId, rowId, cellId] satisfies string[], invalidCells satisfies unknown[]);
});
store.addInvalidCellListener('cars', null, null, () => {});
store.addInvalidValueListener(null, (_store, valueId, invalidValues) => [valueId.length, invalidValues.length]);
store.addStartTransactionListener((store) => store.setValue('limit', 1));
store.addWillFinishTransactionListener((store) => store satisfies Shop);
const id: string = store.addDidFinishTransactionListener((store) =>
  console.log(store.getValue('open') satisfies boolean),
);

// A listener can be typed by itself.
type Schemas = [{pets: {species: {type: 'string'}; legs: {type: 'number'; default: 4}}}, {limit: {type: 'number'}}];
const rowListener: RowListener<Schemas, 'pets', null> = (store, tableId, rowId) =>
  console.log(store.getCell(tableId, rowId, 'legs') satisfies number);
const hasTableListener: HasTableListener<Schemas, 'pets' | null> = (_store, tableId) => console.log(tableId.length);
const cellIdsListener: TableCellIdsListener<Schemas, null> = (_store, _tableId, getIdChanges) => getIdChanges().legs;
const valueListener: ValueListener<Schemas, 'limit'> = (_store, _valueId, newValue) => console.log(newValue.toFixed());
const invalidListener: InvalidCellListener<Schemas> = (store, tableId) => [store.getTableIds(), tableId];
const transactionListener: TransactionListener<Schemas> = (store) => store.delTable('pets');
console.log(id, rowListener, hasTableListener, cellIdsListener, valueListener, invalidListener, transactionListener);
