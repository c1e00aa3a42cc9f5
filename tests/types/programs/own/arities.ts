// Callbacks with fewer parameters than they are called with, down to none, on all paths and in any order.
import {createStore, type CellListener} from 'library/with-schemas';

const store = createStore().setSchema(
  {pets: {species: {type: 'string'}, legs: {type: 'number', default: 4}}, owners: {isKind: {type: 'boolean'}}},
  {open: {type: 'boolean', default: true}, limit: {type: 'number'}},
);
type Shop = typeof store;
type AnyCell = 'species' | 'legs' | 'isKind';

// The shortest first.
store.addCellListener(null, null, null, () => {});
store.addCellListener(null, null, null, (store) => console.log(store satisfies Shop));
store.addCellListener(null, null, null, (_0, tableId) => console.log(tableId satisfies 'pets' | 'owners'));
store.addCellListener(null, null, null, (_0, _1, rowId) => console.log(rowId satisfies string));
store.addCellListener(null, null, null, (_0, tableId, _2, cellId) => {
  console.log(cellId satisfies AnyCell, tableId === 'owners' && (cellId satisfies 'isKind'));
});
store.addCellListener(null, null, null, (_0, _1, _2, cellId, newCell) => {
  if (cellId === 'legs') console.log(newCell satisfies number);
});
store.addCellListener(null, null, null, (_0, _1, _2, cellId, _4, oldCell) => {
  if (cellId === 'species') console.log(oldCell satisfies string);
});
store.addCellListener(null, null, null, (_0, _1, _2, _3, _4, _5, getCellChange) => getCellChange?.('pets', '', 'legs'));

// The longest first, and on other paths.
store.addCellListener('pets', '1', null, (_0, _1, _2, _3, _4, _5, getCellChange) =>
  getCellChange?.('pets', '', 'legs'),
);
store.addCellListener('pets', '1', null, (_0, _1, _2, cellId, _4, oldCell) => {
  if (cellId === 'species') console.log(oldCell satisfies string);
});
store.addCellListener('pets', '1', null, (_0, _1, _2, _3, newCell) => console.log(newCell satisfies string | number));
store.addCellListener('pets', '1', null, (_0, _1, rowId, cellId) => [rowId satisfies '1', cellId satisfies AnyCell]);
store.addCellListener('pets', '1', 'legs', (_0, _1, rowId) => console.log(rowId satisfies '1'));
store.addCellListener('pets', null, 'legs', (_0, tableId) => console.log(tableId satisfies 'pets'));
store.addCellListener('pets', null, 'legs', (store) => console.log(store satisfies Shop));
store.addCellListener('pets', null, 'legs', (_0, _1, _2, _3, newCell) => console.log(newCell satisfies number));
store.addCellListener('owners', null, null, (_0, _1, _2, _3, newCell) => console.log(newCell satisfies boolean));
store.addCellListener(null, null, 'species', (_0, tableId, _2, _3, cell) => [tableId satisfies 'pets', cell.length]);

store.addHasCellListener('pets', null, null, (_0, tableId) => console.log(tableId satisfies 'pets'));
store.addHasCellListener('pets', null, 'legs', (_0, _1, _2, cellId) => console.log(cellId satisfies 'legs'));
store.addHasCellListener('pets', null, 'legs', (_0, _1, _2, _3, hasCell) => console.log(hasCell satisfies boolean));
store.addHasTableCellListener(null, 'legs', (_0, tableId) => console.log(tableId satisfies 'pets'));
store.addHasTableCellListener('pets', 'legs', (_0, _1, cellId) => console.log(cellId satisfies 'legs'));
store.addHasTableCellListener('pets', 'legs', (store) => console.log(store satisfies Shop));
store.addTableCellIdsListener('pets', (_0, tableId) => console.log(tableId satisfies 'pets'));
store.addTableCellIdsListener('pets', (_0, _1, getIdChanges) => console.log(getIdChanges().legs));
store.addCellIdsListener(null, null, (_0, tableId) => console.log(tableId satisfies 'pets' | 'owners'));
store.addCellIdsListener(null, null, (_0, tableId, _2, getIdChanges) => {
  if (tableId === 'owners') console.log(getIdChanges().isKind satisfies 1 | -1 | undefined);
});
store.addValueListener(null, () => {});
store.addValueListener(null, (_0, valueId) => console.log(valueId satisfies 'open' | 'limit'));
store.addValueListener(null, (_0, valueId, value) => {
  if (valueId === 'limit') console.log(value satisfies number);
});
store.addValueListener('limit', (_0, _1, _2, oldValue) => console.log(oldValue satisfies number));
store.addValueListener('limit', (_0, valueId) => console.log(valueId satisfies 'limit'));
store.forEachTable(() => {});
store.forEachTable((tableId) => console.log(tableId satisfies 'pets' | 'owners'));
store.forEachCell('pets', '1', (cellId) => console.log(cellId satisfies 'species' | 'legs'));
store.forEachCell('owners', '1', (_0, cell) => console.log(cell satisfies boolean));
store.forEachValue((valueId) => console.log(valueId satisfies 'open' | 'limit'));
// @ts-expect-error: nothing is called with so many
store.addValueListener('limit', (_0, _1, _2, _3, _4, _5) => {});
// @ts-expect-error: the second parameter is an id
store.addCellListener(null, null, null, (_0, tableId: number) => tableId);
// @ts-expect-error: the fourth one is this id
store.addCellListener(null, null, 'legs', (_0, _1, _2, cellId: 'species') => cellId);
// @ts-expect-error: there are other cells, too
store.addCellListener('pets', null, null, (_0, _1, _2, cellId: 'species') => cellId);

type Schemas = [{pets: {legs: {type: 'number'}}}, {v: {type: 'string'}}];
const none: CellListener<Schemas, null, null, null> = () => {};
const three: CellListener<Schemas, 'pets', null, 'legs'> = (store, tableId, rowId) => store.getRow(tableId, rowId);
console.log(none, three);
