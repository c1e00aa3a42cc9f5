// The types of the functions that a store calls.
// What tells of changes is `undefined` where there are none to tell of: when a listener is called by `callListener`.
import type {Id, Ids} from './common.js';
import type {Cell, GetCellChange, GetIdChanges, GetValueChange, Value} from './content.js';
import type {Store} from './store.js';

/** Called by `forEachTable`. */
export type TableCallback = (tableId: Id, forEachRow: (rowCallback: RowCallback) => void) => void;

/** Called by `forEachTableCell`, with the number of rows that have the cell. */
export type TableCellCallback = (cellId: Id, count: number) => void;

/** Called by `forEachRow`. */
export type RowCallback = (rowId: Id, forEachCell: (cellCallback: CellCallback) => void) => void;

/** Called by `forEachCell`. */
export type CellCallback = (cellId: Id, cell: Cell) => void;

/** Called by `forEachValue`. */
export type ValueCallback = (valueId: Id, value: Value) => void;

/** Decides, at the end of a transaction, whether it is rolled back: yes if it returns anything truthy. */
export type DoRollback = (store: Store) => unknown;

/** Called at a point of each transaction. */
export type TransactionListener<StoreType = Store> = (store: StoreType) => void;

/** Called when the first table has come, or the last one has gone. */
export type HasTablesListener<StoreType = Store> = (store: StoreType, hasTables: boolean) => void;

/** Called when anything in the tables has changed. */
export type TablesListener<StoreType = Store> = (store: StoreType, getCellChange: GetCellChange | undefined) => void;

/** Called when tables have come or gone. */
export type TableIdsListener<StoreType = Store> = (store: StoreType, getIdChanges: GetIdChanges | undefined) => void;

/** Called when a table has come or gone. */
export type HasTableListener<StoreType = Store> = (store: StoreType, tableId: Id, hasTable: boolean) => void;

/** Called when anything in a table has changed. */
export type TableListener<StoreType = Store> = (
  store: StoreType,
  tableId: Id,
  getCellChange: GetCellChange | undefined,
) => void;

/** Called when the cell ids that the rows of a table have between them have changed. */
export type TableCellIdsListener<StoreType = Store> = (
  store: StoreType,
  tableId: Id,
  getIdChanges: GetIdChanges | undefined,
) => void;

/** Called when the first cell of its id has come to a table, or the last one has gone. */
export type HasTableCellListener<StoreType = Store> = (
  store: StoreType,
  tableId: Id,
  cellId: Id,
  hasTableCell: boolean,
) => void;

/** Called when the number of rows of a table has changed. */
export type RowCountListener<StoreType = Store> = (store: StoreType, tableId: Id, count: number) => void;

/** Called when rows of a table have come or gone. */
export type RowIdsListener<StoreType = Store> = (
  store: StoreType,
  tableId: Id,
  getIdChanges: GetIdChanges | undefined,
) => void;

/** Called when the sorted row ids that it listens to have changed. */
export type SortedRowIdsListener<StoreType = Store> = (
  store: StoreType,
  tableId: Id,
  cellId: Id | undefined,
  descending: boolean,
  offset: number,
  limit: number | undefined,
  sortedRowIds: Ids,
) => void;

/** Called when a row has come or gone. */
export type HasRowListener<StoreType = Store> = (store: StoreType, tableId: Id, rowId: Id, hasRow: boolean) => void;

/** Called when anything in a row has changed. */
export type RowListener<StoreType = Store> = (
  store: StoreType,
  tableId: Id,
  rowId: Id,
  getCellChange: GetCellChange | undefined,
) => void;

/** Called when cells of a row have come or gone. */
export type CellIdsListener<StoreType = Store> = (
  store: StoreType,
  tableId: Id,
  rowId: Id,
  getIdChanges: GetIdChanges | undefined,
) => void;

/** Called when a cell has come or gone. */
export type HasCellListener<StoreType = Store> = (
  store: StoreType,
  tableId: Id,
  rowId: Id,
  cellId: Id,
  hasCell: boolean,
) => void;

/**
 * Called when a cell has changed. A cell that has come was `undefined` before, and one that has gone is now, although
 * the types say otherwise, as in TinyBase.
 */
export type CellListener<StoreType = Store> = (
  store: StoreType,
  tableId: Id,
  rowId: Id,
  cellId: Id,
  newCell: Cell,
  oldCell: Cell,
  getCellChange: GetCellChange | undefined,
) => void;

/** Called when the first value has come, or the last one has gone. */
export type HasValuesListener<StoreType = Store> = (store: StoreType, hasValues: boolean) => void;

/** Called when any value has changed. */
export type ValuesListener<StoreType = Store> = (store: StoreType, getValueChange: GetValueChange | undefined) => void;

/** Called when values have come or gone. */
export type ValueIdsListener<StoreType = Store> = (store: StoreType, getIdChanges: GetIdChanges | undefined) => void;

/** Called when a value has come or gone. */
export type HasValueListener<StoreType = Store> = (store: StoreType, valueId: Id, hasValue: boolean) => void;

/**
 * Called when a value has changed. A value that has come was `undefined` before, and one that has gone is now, although
 * the types say otherwise, as in TinyBase.
 */
export type ValueListener<StoreType = Store> = (
  store: StoreType,
  valueId: Id,
  newValue: Value,
  oldValue: Value,
  getValueChange: GetValueChange | undefined,
) => void;

/** Called when something was set that a cell may not hold, with all that was set there in the transaction. */
export type InvalidCellListener<StoreType = Store> = (
  store: StoreType,
  tableId: Id,
  rowId: Id,
  cellId: Id,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what is invalid may be anything
  invalidCells: any[],
) => void;

/** Called when something was set that a value may not hold, with all that was set there in the transaction. */
export type InvalidValueListener<StoreType = Store> = (
  store: StoreType,
  valueId: Id,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what is invalid may be anything
  invalidValues: any[],
) => void;
