// Every method of a store without schemas.
import {
  createStore,
  type Cell,
  type CellListener,
  type Changes,
  type Content,
  type DoRollback,
  type GetCell,
  type MapCell,
  type Row,
  type RowListener,
  type SortedRowIdsArgs,
  type Store,
  type StoreListenerStats,
  type Tables,
  type TransactionLog,
} from 'library/store';
import {type Id, type Ids} from 'library/common';
import {createCustomPersister, type Persister} from 'library/persisters';
import {createLocalPersister} from 'library/persisters/persister-browser';

const store: Store = createStore();
const content: Content = store.getContent();
const tables: Tables = store.getTables();
const row: Row = store.getRow('pets', 'fido');
const cell: Cell | undefined = store.getCell('pets', 'fido', 'legs');
const args: SortedRowIdsArgs = {tableId: 'pets', cellId: 'legs', descending: true, offset: 1, limit: 2};
const ids: Ids[] = [
  store.getTableIds(),
  store.getTableCellIds('pets'),
  store.getRowIds('pets'),
  store.getSortedRowIds('pets', 'legs', true, 0, 10, (one, other) => (String(one) < String(other) ? -1 : 1)),
  store.getSortedRowIds(args),
  store.getCellIds('pets', 'fido'),
  store.getValueIds(),
];
const has: boolean[] = [
  store.hasTables(),
  store.hasTable('pets'),
  store.hasTableCell('pets', 'legs'),
  store.hasRow('pets', 'fido'),
  store.hasCell('pets', 'fido', 'legs'),
  store.hasValues(),
  store.hasValue('open'),
  store.hasTablesSchema(),
  store.hasValuesSchema(),
  store.isMergeable(),
];
const texts: string[] = [
  store.getTablesJson(),
  store.getValuesJson(),
  store.getJson(),
  store.getTablesSchemaJson(),
  store.getValuesSchemaJson(),
  store.getSchemaJson(),
];
const increase: MapCell = (cell) => (typeof cell === 'number' ? cell + 1 : 1);
const isTooMuch: DoRollback = (store) => store.getRowCount('pets') > 3;
const same: Store = store
  .setContent([{pets: {fido: {legs: 4}}}, {}])
  .setTables({pets: {fido: {legs: 4}}})
  .setTable('pets', {fido: {legs: 4}})
  .setRow('pets', 'fido', {legs: 4, owner: null, tags: ['a'], more: {a: 1}})
  .setPartialRow('pets', 'fido', {legs: 3})
  .setCell('pets', 'fido', 'legs', increase)
  .setValues({open: true})
  .setPartialValues({limit: 1})
  .setValue('limit', (limit) => limit ?? 1)
  .applyChanges([{pets: {fido: {legs: undefined}, felix: undefined}, owners: undefined}, {open: undefined}, 1])
  .setTablesJson('{}')
  .setValuesJson('{}')
  .setJson('[{},{}]')
  .delCell('pets', 'fido', 'legs', true)
  .delRow('pets', 'fido')
  .delTable('pets')
  .delTables()
  .delValue('open')
  .delValues()
  .delTablesSchema()
  .delValuesSchema()
  .delSchema()
  .startTransaction()
  .finishTransaction(isTooMuch)
  .callListener('0')
  .delListener('0');
const added: Id | undefined = store.addRow('pets', {legs: 4}, false);
const sum: number = store.transaction(() => 1 + 1, isTooMuch);
const changes: Changes = store.getTransactionChanges();
const log: TransactionLog = store.getTransactionLog();
const [, , changedCells, invalidCells, , , changedTableIds] = log;
const before: Cell | undefined = changedCells['pets']?.['fido']?.['legs']?.[0];
const stats: StoreListenerStats = store.getListenerStats();
const cellListeners: number = stats.cell + stats.invalidCell + stats.transaction;
// @ts-expect-error: undefined is no cell
store.setCell('pets', 'fido', 'legs', undefined);
// @ts-expect-error: nor is a number a row
store.setRow('pets', 'fido', 4);
// @ts-expect-error: nor is an id a number
store.getRow('pets', 1);
// @ts-expect-error: a cell may be missing
const noCell: Cell = store.getCell('pets', 'fido', 'legs');
// @ts-expect-error: there is no such method
store.getCells('pets');

store.forEachTable((tableId, forEachRow) => forEachRow((rowId) => [tableId satisfies Id, rowId satisfies Id]));
store.forEachTableCell('pets', (cellId, count) => [cellId satisfies Id, count satisfies number]);
store.forEachRow('pets', (_rowId, forEachCell) => forEachCell((cellId, cell) => [cellId satisfies Id, cell]));
store.forEachCell('pets', 'fido', (cellId, cell) => [cellId satisfies Id, cell satisfies Cell]);
store.forEachValue((valueId, value) => [valueId satisfies Id, value satisfies Cell]);

const cellListener: CellListener = (store, tableId, rowId, cellId, newCell, oldCell, getCellChange) => {
  const legs: Cell = newCell;
  console.log(store.getRowIds(tableId), legs, oldCell satisfies Cell, getCellChange?.(tableId, rowId, cellId)[0]);
};
const rowListener: RowListener<Store> = (_store, _tableId, _rowId, getCellChange) => getCellChange?.('', '', '');
const listenerIds: Id[] = [
  store.addHasTablesListener((_store, hasTables) => hasTables satisfies boolean),
  store.addTablesListener((_store, getCellChange) => getCellChange?.('pets', 'fido', 'legs')[1], true),
  store.addTableIdsListener((_store, getIdChanges) => getIdChanges?.()['pets'] === -1),
  store.addHasTableListener(null, (_store, _tableId, hasTable) => hasTable satisfies boolean),
  store.addTableListener(null, (_store, tableId) => tableId.length),
  store.addTableCellIdsListener(null, (_store, _tableId, getIdChanges) => getIdChanges?.()),
  store.addHasTableCellListener(null, null, (_store, _tableId, cellId, has) => [cellId, has satisfies boolean]),
  store.addRowCountListener('pets', (_store, _tableId, count) => count.toFixed()),
  store.addRowIdsListener('pets', (_store, _tableId, getIdChanges) => getIdChanges?.()),
  store.addSortedRowIdsListener('pets', 'legs', false, 0, undefined, (_store, ...rest) => rest[5].length),
  store.addSortedRowIdsListener(args, (_store, _tableId, cellId) => cellId?.length),
  store.addHasRowListener('pets', null, (_store, _tableId, _rowId, hasRow) => hasRow satisfies boolean),
  store.addRowListener('pets', null, rowListener),
  store.addCellIdsListener('pets', null, (_store, _tableId, _rowId, getIdChanges) => getIdChanges?.()),
  store.addHasCellListener('pets', null, null, (_store, _tableId, _rowId, _cellId, has) => has satisfies boolean),
  store.addCellListener('pets', null, 'legs', cellListener, true),
  store.addHasValuesListener((_store, hasValues) => hasValues satisfies boolean),
  store.addValuesListener((_store, getValueChange) => getValueChange?.('open')[2]),
  store.addValueIdsListener((_store, getIdChanges) => getIdChanges?.()),
  store.addHasValueListener(null, (_store, _valueId, hasValue) => hasValue satisfies boolean),
  store.addValueListener('open', (_store, _valueId, newValue, oldValue) => [newValue, oldValue] satisfies Cell[]),
  store.addInvalidCellListener(null, null, null, (_store, _tableId, _rowId, _cellId, cells) => cells.length),
  store.addInvalidValueListener(null, (_store, _valueId, values) => values.length),
  store.addStartTransactionListener((store) => store.setValue('open', true)),
  store.addWillFinishTransactionListener((store) => store.delValues()),
  store.addDidFinishTransactionListener((store) => store satisfies Store),
];
// @ts-expect-error: a table's id comes first
store.addRowCountListener((_store: Store, _tableId: Id, count: number) => count);
// @ts-expect-error: a listener to rows hears of no cell
store.addRowListener(null, null, cellListener);

const persister: Persister = createCustomPersister(
  store,
  async () => content,
  async (getContent) => console.log(getContent()[0]['pets']),
  () => 1,
  (handle: number) => console.log(handle),
);
void persister.load(content).then((persister) => persister.getStore().getTables());
const name: string = createLocalPersister(store, 'pets').getStorageName();
declare const getCell: GetCell;
console.log(tables, row, cell, ids, has, texts, same, added, sum, changes, invalidCells, changedTableIds, before);
console.log(cellListeners, noCell, listenerIds, name, getCell('legs'));
