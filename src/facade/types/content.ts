// The types of what a store holds and of what changes in it.
import type {AnyArray, AnyObject, Id, Sorter} from './common.js';

/** What a cell holds. Objects and arrays are kept as JSON, so each read gives a fresh one. */
export type Cell = string | number | boolean | null | AnyObject | AnyArray;

/** What a cell holds, or `undefined` if there is no such cell. */
export type CellOrUndefined = Cell | undefined;

/** The cells of a row, by cell id. */
export type Row = {[cellId: Id]: Cell};

/** The rows of a table, by row id. */
export type Table = {[rowId: Id]: Row};

/** The tables of a store, by table id. */
export type Tables = {[tableId: Id]: Table};

/** What a value holds; the same as a cell. */
export type Value = string | number | boolean | null | AnyObject | AnyArray;

/** What a value holds, or `undefined` if there is no such value. */
export type ValueOrUndefined = Value | undefined;

/** The values of a store, by value id. */
export type Values = {[valueId: Id]: Value};

/** Everything in a store: its tables and its values. */
export type Content = [Tables, Values];

/**
 * What a transaction changed, net: `[tables, values, 1]`. `undefined` stands for a table, row, cell or value that is
 * gone.
 */
export type Changes = [
  changedTables: {[tableId: Id]: {[rowId: Id]: {[cellId: Id]: CellOrUndefined} | undefined} | undefined},
  changedValues: {[valueId: Id]: ValueOrUndefined},
  isChanges: 1,
];

/** Gives a cell's new content from what it holds. */
export type MapCell = (cell: CellOrUndefined) => Cell;

/** Gives a value's new content from what it holds. */
export type MapValue = (value: ValueOrUndefined) => Value;

/** Gives any cell of one row. */
export type GetCell = (cellId: Id) => CellOrUndefined;

/** Which rows `getSortedRowIds` gives, and in which order. */
export type SortedRowIdsArgs = {
  /** The table whose rows they are. */
  tableId: Id;
  /** The cell to sort by; the row's id if there is none. */
  cellId?: Id;
  /** Whether the last comes first. */
  descending?: boolean;
  /** How many rows to leave out at the beginning. */
  offset?: number;
  /** How many rows to give at most. */
  limit?: number;
  /** How to compare two cells, or two row ids. */
  sorter?: Sorter;
};

/** Whether a cell was touched in the transaction, what it was at its start, and what it is. */
export type CellChange = [changed: boolean, oldCell: CellOrUndefined, newCell: CellOrUndefined];

/** Tells what happened to any cell in the transaction so far. */
export type GetCellChange = (tableId: Id, rowId: Id, cellId: Id) => CellChange;

/** Whether a value was touched in the transaction, what it was at its start, and what it is. */
export type ValueChange = [changed: boolean, oldValue: ValueOrUndefined, newValue: ValueOrUndefined];

/** Tells what happened to any value in the transaction so far. */
export type GetValueChange = (valueId: Id) => ValueChange;

/** 1 for an id that came, -1 for one that went. */
export type IdAddedOrRemoved = 1 | -1;

/** Tells which ids came and went. */
export type GetIdChanges = () => {[id: Id]: IdAddedOrRemoved};

/** Which tables came and went. */
export type ChangedTableIds = {[tableId: Id]: IdAddedOrRemoved};

/** Which rows came and went, by table. */
export type ChangedRowIds = {[tableId: Id]: {[rowId: Id]: IdAddedOrRemoved}};

/** Which cells came and went, by table and row. */
export type ChangedCellIds = {[tableId: Id]: {[rowId: Id]: {[cellId: Id]: IdAddedOrRemoved}}};

/** Which values came and went. */
export type ChangedValueIds = {[valueId: Id]: IdAddedOrRemoved};

/** What a cell was at the start of the transaction, and what it is. */
export type ChangedCell = [oldCell: CellOrUndefined, newCell: CellOrUndefined];

/** The cells that the transaction changed, by table and row. */
export type ChangedCells = {[tableId: Id]: {[rowId: Id]: {[cellId: Id]: ChangedCell}}};

/** What was set that no cell may hold, by table, row and cell. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what is invalid may be anything
export type InvalidCells = {[tableId: Id]: {[rowId: Id]: {[cellId: Id]: any[]}}};

/** What a value was at the start of the transaction, and what it is. */
export type ChangedValue = [oldValue: ValueOrUndefined, newValue: ValueOrUndefined];

/** The values that the transaction changed. */
export type ChangedValues = {[valueId: Id]: ChangedValue};

/** What was set that no value may hold, by value. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what is invalid may be anything
export type InvalidValues = {[valueId: Id]: any[]};

/** All that a transaction has done. Objects and arrays in cells and values are texts: U+FFFD followed by their JSON. */
export type TransactionLog = [
  cellsTouched: boolean,
  valuesTouched: boolean,
  changedCells: ChangedCells,
  invalidCells: InvalidCells,
  changedValues: ChangedValues,
  invalidValues: InvalidValues,
  changedTableIds: ChangedTableIds,
  changedRowIds: ChangedRowIds,
  changedCellIds: ChangedCellIds,
  changedValueIds: ChangedValueIds,
];

/** How many listeners of each kind a store has. */
export interface StoreListenerStats {
  /** Listeners to tables being there at all. */
  hasTables: number;
  /** Listeners to any change in the tables. */
  tables: number;
  /** Listeners to tables coming and going. */
  tableIds: number;
  /** Listeners to a table being there. */
  hasTable: number;
  /** Listeners to changes in a table. */
  table: number;
  /** Listeners to cell ids coming to and going from a table. */
  tableCellIds: number;
  /** Listeners to a cell id being in a table. */
  hasTableCell: number;
  /** Listeners to the number of rows of a table. */
  rowCount: number;
  /** Listeners to rows coming and going. */
  rowIds: number;
  /** Listeners to the sorted row ids of a table. */
  sortedRowIds: number;
  /** Listeners to a row being there. */
  hasRow: number;
  /** Listeners to changes in a row. */
  row: number;
  /** Listeners to cells coming and going. */
  cellIds: number;
  /** Listeners to a cell being there. */
  hasCell: number;
  /** Listeners to changes of a cell. */
  cell: number;
  /** Listeners to invalid cells being set. */
  invalidCell: number;
  /** Listeners to values being there at all. */
  hasValues: number;
  /** Listeners to any change of values. */
  values: number;
  /** Listeners to values coming and going. */
  valueIds: number;
  /** Listeners to a value being there. */
  hasValue: number;
  /** Listeners to changes of a value. */
  value: number;
  /** Listeners to invalid values being set. */
  invalidValue: number;
  /** Listeners to the start, the end and after the end of transactions. */
  transaction: number;
}
