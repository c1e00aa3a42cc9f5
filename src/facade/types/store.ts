// The types of a store, with their documentation.
import type {AnyArray, AnyObject, Id, IdOrNull, Ids, Json} from './common.js';

export type {AnyArray, AnyObject, Id, IdOrNull, Ids, Json};

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

/** Called at a point of each transaction. */
export type TransactionListener = (store: Store) => void;

/** Called when anything in the tables has changed. */
export type TablesListener = (store: Store, getCellChange: GetCellChange) => void;

/** Called when tables have come or gone. */
export type TableIdsListener = (store: Store, getIdChanges: GetIdChanges) => void;

/** Called when anything in a table has changed. */
export type TableListener = (store: Store, tableId: Id, getCellChange: GetCellChange) => void;

/** Called when rows of a table have come or gone. */
export type RowIdsListener = (store: Store, tableId: Id, getIdChanges: GetIdChanges) => void;

/** Called when anything in a row has changed. */
export type RowListener = (store: Store, tableId: Id, rowId: Id, getCellChange: GetCellChange) => void;

/** Called when cells of a row have come or gone. */
export type CellIdsListener = (store: Store, tableId: Id, rowId: Id, getIdChanges: GetIdChanges) => void;

/** Called when a cell has changed. */
export type CellListener = (
  store: Store,
  tableId: Id,
  rowId: Id,
  cellId: Id,
  newCell: CellOrUndefined,
  oldCell: CellOrUndefined,
  getCellChange: GetCellChange,
) => void;

/** Called when any value has changed. */
export type ValuesListener = (store: Store, getValueChange: GetValueChange) => void;

/** Called when values have come or gone. */
export type ValueIdsListener = (store: Store, getIdChanges: GetIdChanges) => void;

/** Called when a value has changed. */
export type ValueListener = (
  store: Store,
  valueId: Id,
  newValue: ValueOrUndefined,
  oldValue: ValueOrUndefined,
  getValueChange: GetValueChange,
) => void;

/**
 * Tables of rows of cells, and values, held in memory; reactive, and changed in transactions.
 *
 * Ids may be any text, and whatever else is passed as one becomes text. Methods that write return the store; each is a
 * transaction, or part of the one that is open. Input that is not valid is left out, and what is left is applied; where
 * nothing is left, nothing changes. Objects that are returned have no prototype and are the caller's own.
 */
export interface Store {
  /** Everything: `[tables, values]`. */
  getContent(): Content;
  /** All tables, by id. */
  getTables(): Tables;
  /** The ids of the tables, in the order in which they came. */
  getTableIds(): Ids;
  /** A table, by row id; empty if there is none. */
  getTable(tableId: Id): Table;
  /** The cell ids that the rows of a table have between them. */
  getTableCellIds(tableId: Id): Ids;
  /** How many rows a table has. */
  getRowCount(tableId: Id): number;
  /** The ids of a table's rows, in the order in which they came. */
  getRowIds(tableId: Id): Ids;
  /** A row, by cell id; empty if there is none. */
  getRow(tableId: Id, rowId: Id): Row;
  /** The ids of a row's cells, in the order in which they came. */
  getCellIds(tableId: Id, rowId: Id): Ids;
  /** A cell, or `undefined` if there is none. */
  getCell(tableId: Id, rowId: Id, cellId: Id): CellOrUndefined;
  /** All values, by id. */
  getValues(): Values;
  /** The ids of the values, in the order in which they came. */
  getValueIds(): Ids;
  /** A value, or `undefined` if there is none. */
  getValue(valueId: Id): ValueOrUndefined;
  /** Whether there is any table. */
  hasTables(): boolean;
  /** Whether there is such a table. */
  hasTable(tableId: Id): boolean;
  /** Whether any row of the table has such a cell. */
  hasTableCell(tableId: Id, cellId: Id): boolean;
  /** Whether there is such a row. */
  hasRow(tableId: Id, rowId: Id): boolean;
  /** Whether there is such a cell. */
  hasCell(tableId: Id, rowId: Id, cellId: Id): boolean;
  /** Whether there is any value. */
  hasValues(): boolean;
  /** Whether there is such a value. */
  hasValue(valueId: Id): boolean;
  /** The tables as JSON. An object or array in a cell is a text in it: U+FFFD followed by its JSON. */
  getTablesJson(): Json;
  /** The values as JSON; see {@link Store.getTablesJson} for objects and arrays. */
  getValuesJson(): Json;
  /** The content as JSON, `[tables, values]`; see {@link Store.getTablesJson} for objects and arrays. */
  getJson(): Json;
  /**
   * Replaces the content. An empty half deletes the tables or the values; a half that is no object leaves them alone.
   */
  setContent(content: Content | (() => Content)): Store;
  /** Replaces all tables. */
  setTables(tables: Tables): Store;
  /** Replaces a table. */
  setTable(tableId: Id, table: Table): Store;
  /** Replaces a row. */
  setRow(tableId: Id, rowId: Id, row: Row): Store;
  /**
   * Adds a row under a new id: a number, or with `reuseRowIds`, as by default, one of a deleted row. `undefined` if the
   * row has no valid cell, or in a listener that may not write.
   */
  addRow(tableId: Id, row: Row, reuseRowIds?: boolean): Id | undefined;
  /** Sets some cells of a row and leaves the others. */
  setPartialRow(tableId: Id, rowId: Id, partialRow: Row): Store;
  /** Sets a cell, or what a function makes of it. */
  setCell(tableId: Id, rowId: Id, cellId: Id, cell: Cell | MapCell): Store;
  /** Replaces all values. */
  setValues(values: Values): Store;
  /** Sets some values and leaves the others. */
  setPartialValues(partialValues: Values): Store;
  /** Sets a value, or what a function makes of it. */
  setValue(valueId: Id, value: Value | MapValue): Store;
  /** Applies changes, such as `getTransactionChanges` gives. */
  applyChanges(changes: Changes): Store;
  /** Replaces all tables from JSON. A text that is no JSON is ignored. */
  setTablesJson(tablesJson: Json): Store;
  /** Replaces all values from JSON. A text that is no JSON is ignored. */
  setValuesJson(valuesJson: Json): Store;
  /** Replaces the content from JSON, `[tables, values]` or only tables. A text that is no JSON is ignored. */
  setJson(tablesAndValuesJson: Json): Store;
  /** Deletes all tables. */
  delTables(): Store;
  /** Deletes a table. */
  delTable(tableId: Id): Store;
  /** Deletes a row, and with the last one its table. */
  delRow(tableId: Id, rowId: Id): Store;
  /** Deletes a cell, and with the last one its row. */
  delCell(tableId: Id, rowId: Id, cellId: Id, forceDel?: boolean): Store;
  /** Deletes all values. */
  delValues(): Store;
  /** Deletes a value. */
  delValue(valueId: Id): Store;
  /**
   * Runs actions as one transaction: listeners are called once, at its end, of what has changed in all. If the actions
   * throw, or `doRollback` returns anything truthy, everything is put back. Within a transaction this only adds to it.
   * In a listener that may not write, the actions are not run, and the result is `undefined` whatever its type says.
   */
  transaction<Return>(actions: () => Return, doRollback?: DoRollback): Return;
  /** Opens a transaction, or one more level of it. */
  startTransaction(): Store;
  /** What the transaction under way has changed so far, net. */
  getTransactionChanges(): Changes;
  /** Closes a level of the transaction; with the last one it ends. */
  finishTransaction(doRollback?: DoRollback): Store;
  /** Calls a function for each table. */
  forEachTable(tableCallback: TableCallback): void;
  /** Calls a function for each cell id that the rows of a table have between them. */
  forEachTableCell(tableId: Id, tableCellCallback: TableCellCallback): void;
  /** Calls a function for each row of a table. */
  forEachRow(tableId: Id, rowCallback: RowCallback): void;
  /** Calls a function for each cell of a row. */
  forEachCell(tableId: Id, rowId: Id, cellCallback: CellCallback): void;
  /** Calls a function for each value. */
  forEachValue(valueCallback: ValueCallback): void;
  /**
   * Listens to any change in the tables. A mutator may write, and is called before the others. Returns the id to delete
   * the listener with.
   */
  addTablesListener(listener: TablesListener, mutator?: boolean): Id;
  /**
   * Listens to tables coming and going. A mutator may write, and is called before the others. Returns the id to delete
   * the listener with.
   */
  addTableIdsListener(listener: TableIdsListener, mutator?: boolean): Id;
  /**
   * Listens to changes in a table, or with `null` in any. A mutator may write, and is called before the others. Returns
   * the id to delete the listener with.
   */
  addTableListener(tableId: IdOrNull, listener: TableListener, mutator?: boolean): Id;
  /**
   * Listens to rows of a table, or with `null` of any, coming and going. A mutator may write, and is called before the
   * others. Returns the id to delete the listener with.
   */
  addRowIdsListener(tableId: IdOrNull, listener: RowIdsListener, mutator?: boolean): Id;
  /**
   * Listens to changes in a row; `null` stands for any table or row. A mutator may write, and is called before the
   * others. Returns the id to delete the listener with.
   */
  addRowListener(tableId: IdOrNull, rowId: IdOrNull, listener: RowListener, mutator?: boolean): Id;
  /**
   * Listens to cells of a row coming and going; `null` stands for any table or row. A mutator may write, and is called
   * before the others. Returns the id to delete the listener with.
   */
  addCellIdsListener(tableId: IdOrNull, rowId: IdOrNull, listener: CellIdsListener, mutator?: boolean): Id;
  /**
   * Listens to changes of a cell; `null` stands for any table, row or cell. A mutator may write, and is called before
   * the others. Returns the id to delete the listener with.
   */
  addCellListener(tableId: IdOrNull, rowId: IdOrNull, cellId: IdOrNull, listener: CellListener, mutator?: boolean): Id;
  /**
   * Listens to any change of values. A mutator may write, and is called before the others. Returns the id to delete the
   * listener with.
   */
  addValuesListener(listener: ValuesListener, mutator?: boolean): Id;
  /**
   * Listens to values coming and going. A mutator may write, and is called before the others. Returns the id to delete
   * the listener with.
   */
  addValueIdsListener(listener: ValueIdsListener, mutator?: boolean): Id;
  /**
   * Listens to changes of a value, or with `null` of any. A mutator may write, and is called before the others. Returns
   * the id to delete the listener with.
   */
  addValueListener(valueId: IdOrNull, listener: ValueListener, mutator?: boolean): Id;
  /** Listens to the start of transactions; may write. Returns the id to delete the listener with. */
  addStartTransactionListener(listener: TransactionListener): Id;
  /** Listens to transactions about to finish; may write. Returns the id to delete the listener with. */
  addWillFinishTransactionListener(listener: TransactionListener): Id;
  /** Listens to transactions having finished. Returns the id to delete the listener with. */
  addDidFinishTransactionListener(listener: TransactionListener): Id;
  /** Deletes a listener; an unknown id does nothing. */
  delListener(listenerId: Id): Store;
  /** Whether the store can be merged with others: false. */
  isMergeable(): boolean;
}
