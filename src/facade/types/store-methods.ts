// The documentation of a store's methods, and the types of those that no schema changes.
import type {Id, IdOrNull, Json} from './common.js';
import type {StoreListenerStats} from './content.js';
import type {InvalidCellListener, InvalidValueListener} from './callbacks.js';

/**
 * The methods of a Store. They are documented here for both kinds, with and without schemas, and each kind gives those
 * their types that depend on it, which here may take and return anything.
 */
export interface StoreMethods {
  /** Everything: `[tables, values]`. */
  getContent(...args: never): unknown;
  /** All tables, by id. */
  getTables(...args: never): unknown;
  /** The ids of the tables, in the order in which they came. */
  getTableIds(...args: never): unknown;
  /** A table, by row id; empty if there is none. */
  getTable(...args: never): unknown;
  /** The cell ids that the rows of a table have between them. */
  getTableCellIds(...args: never): unknown;
  /** How many rows a table has. */
  getRowCount(...args: never): unknown;
  /** The ids of a table's rows, in the order in which they came. */
  getRowIds(...args: never): unknown;
  /**
   * The ids of a table's rows, sorted by a cell, or without one by themselves; those that are equal, in the order in
   * which they came. `offset` and `limit` say which part of them.
   */
  getSortedRowIds(...args: never): unknown;
  /**
   * The ids of a table's rows, sorted by a cell, or without one by themselves; those that are equal, in the order in
   * which they came. `offset` and `limit` say which part of them.
   */
  getSortedRowIds(...args: never): unknown;
  /** A row, by cell id; empty if there is none. */
  getRow(...args: never): unknown;
  /** The ids of a row's cells, in the order in which they came. */
  getCellIds(...args: never): unknown;
  /** A cell, or `undefined` if there is none. */
  getCell(...args: never): unknown;
  /** All values, by id. */
  getValues(...args: never): unknown;
  /** The ids of the values, in the order in which they came. */
  getValueIds(...args: never): unknown;
  /** A value, or `undefined` if there is none. */
  getValue(...args: never): unknown;
  /** Whether there is any table. */
  hasTables(): boolean;
  /** Whether there is such a table. */
  hasTable(...args: never): unknown;
  /** Whether any row of the table has such a cell. */
  hasTableCell(...args: never): unknown;
  /** Whether there is such a row. */
  hasRow(...args: never): unknown;
  /** Whether there is such a cell. */
  hasCell(...args: never): unknown;
  /** Whether there is any value. */
  hasValues(): boolean;
  /** Whether there is such a value. */
  hasValue(...args: never): unknown;
  /** The tables as JSON. An object or array in a cell is a text in it: U+FFFD followed by its JSON. */
  getTablesJson(): Json;
  /** The values as JSON; see {@link StoreMethods.getTablesJson} for objects and arrays. */
  getValuesJson(): Json;
  /** The content as JSON, `[tables, values]`; see {@link StoreMethods.getTablesJson} for objects and arrays. */
  getJson(): Json;
  /** The schema of the tables as JSON; `{}` if there is none. */
  getTablesSchemaJson(): Json;
  /** The schema of the values as JSON; `{}` if there is none. */
  getValuesSchemaJson(): Json;
  /** Both schemas as JSON, `[tablesSchema, valuesSchema]`. */
  getSchemaJson(): Json;
  /**
   * Whether the tables have a schema. `undefined` rather than false until one has been set or deleted, as in TinyBase.
   */
  hasTablesSchema(): boolean;
  /**
   * Whether the values have a schema. `undefined` rather than false until one has been set or deleted, as in TinyBase.
   */
  hasValuesSchema(): boolean;
  /**
   * Replaces the content. An empty half deletes the tables or the values; a half that is no object leaves them alone.
   */
  setContent(...args: never): unknown;
  /** Replaces all tables. */
  setTables(...args: never): unknown;
  /** Replaces a table. */
  setTable(...args: never): unknown;
  /** Replaces a row. */
  setRow(...args: never): unknown;
  /**
   * Adds a row under a new id: a number, or with `reuseRowIds`, as by default, one of a deleted row. `undefined` if the
   * row has no valid cell, or in a listener that may not write.
   */
  addRow(...args: never): unknown;
  /** Sets some cells of a row and leaves the others. */
  setPartialRow(...args: never): unknown;
  /** Sets a cell, or what a function makes of it. */
  setCell(...args: never): unknown;
  /** Replaces all values. */
  setValues(...args: never): unknown;
  /** Sets some values and leaves the others. */
  setPartialValues(...args: never): unknown;
  /** Sets a value, or what a function makes of it. */
  setValue(...args: never): unknown;
  /** Applies changes, such as `getTransactionChanges` gives. */
  applyChanges(...args: never): unknown;
  /** Replaces all tables from JSON. A text that is no JSON is ignored. */
  setTablesJson(tablesJson: Json): this;
  /** Replaces all values from JSON. A text that is no JSON is ignored. */
  setValuesJson(valuesJson: Json): this;
  /** Replaces the content from JSON, `[tables, values]` or only tables. A text that is no JSON is ignored. */
  setJson(tablesAndValuesJson: Json): this;
  /**
   * Sets the schema of the tables, and brings what they hold into line: what it does not allow is dropped or becomes a
   * default. A schema of which nothing is valid is ignored.
   */
  setTablesSchema(...args: never): unknown;
  /**
   * Sets the schema of the values, and brings what they hold into line: what it does not allow is dropped or becomes a
   * default. A schema of which nothing is valid is ignored.
   */
  setValuesSchema(...args: never): unknown;
  /** Sets the schema of the tables, and that of the values if there is one. */
  setSchema(...args: never): unknown;
  /** Deletes all tables. */
  delTables(): this;
  /** Deletes a table. */
  delTable(...args: never): unknown;
  /** Deletes a row, and with the last one its table. */
  delRow(...args: never): unknown;
  /** Deletes a cell, and with the last one its row. */
  delCell(...args: never): unknown;
  /** Deletes all values. */
  delValues(): this;
  /** Deletes a value. */
  delValue(...args: never): unknown;
  /** Deletes the schema of the tables, and leaves what they hold. */
  delTablesSchema(...args: never): unknown;
  /** Deletes the schema of the values, and leaves what they hold. */
  delValuesSchema(...args: never): unknown;
  /** Deletes both schemas, and leaves the content. */
  delSchema(...args: never): unknown;
  /**
   * Runs actions as one transaction: listeners are called once, at its end, of what has changed in all. If the actions
   * throw, or `doRollback` returns anything truthy, everything is put back. Within a transaction this only adds to it.
   * In a listener that may not write, the actions are not run, and the result is `undefined` whatever its type says.
   */
  transaction(...args: never): unknown;
  /** Opens a transaction, or one more level of it. */
  startTransaction(): this;
  /** What the transaction under way has changed so far, net. */
  getTransactionChanges(...args: never): unknown;
  /** All that the transaction under way has done so far, including what was invalid. */
  getTransactionLog(...args: never): unknown;
  /** Closes a level of the transaction; with the last one it ends. */
  finishTransaction(...args: never): unknown;
  /** Calls a function for each table. */
  forEachTable(...args: never): unknown;
  /** Calls a function for each cell id that the rows of a table have between them. */
  forEachTableCell(...args: never): unknown;
  /** Calls a function for each row of a table. */
  forEachRow(...args: never): unknown;
  /** Calls a function for each cell of a row. */
  forEachCell(...args: never): unknown;
  /** Calls a function for each value. */
  forEachValue(...args: never): unknown;
  /**
   * Listens to the first table coming and the last one going. A mutator may write, and is called before the others.
   * Returns the id to delete the listener with.
   */
  addHasTablesListener(...args: never): unknown;
  /**
   * Listens to any change in the tables. A mutator may write, and is called before the others. Returns the id to delete
   * the listener with.
   */
  addTablesListener(...args: never): unknown;
  /**
   * Listens to tables coming and going. A mutator may write, and is called before the others. Returns the id to delete
   * the listener with.
   */
  addTableIdsListener(...args: never): unknown;
  /**
   * Listens to a table, or with `null` any, coming and going. A mutator may write, and is called before the others.
   * Returns the id to delete the listener with.
   */
  addHasTableListener(...args: never): unknown;
  /**
   * Listens to changes in a table, or with `null` in any. A mutator may write, and is called before the others. Returns
   * the id to delete the listener with.
   */
  addTableListener(...args: never): unknown;
  /**
   * Listens to the cell ids that the rows of a table, or with `null` of any, have between them. A mutator may write,
   * and is called before the others. Returns the id to delete the listener with.
   */
  addTableCellIdsListener(...args: never): unknown;
  /**
   * Listens to the first cell of its id coming to a table and the last one going; `null` stands for any table or cell.
   * A mutator may write, and is called before the others. Returns the id to delete the listener with.
   */
  addHasTableCellListener(...args: never): unknown;
  /**
   * Listens to the number of rows of a table, or with `null` of any. A mutator may write, and is called before the
   * others. Returns the id to delete the listener with.
   */
  addRowCountListener(...args: never): unknown;
  /**
   * Listens to rows of a table, or with `null` of any, coming and going. A mutator may write, and is called before the
   * others. Returns the id to delete the listener with.
   */
  addRowIdsListener(...args: never): unknown;
  /**
   * Listens to the sorted row ids of a table, which are those that {@link StoreMethods.getSortedRowIds} gives. A
   * mutator may write, and is called before the others. Returns the id to delete the listener with.
   */
  addSortedRowIdsListener(...args: never): unknown;
  /**
   * Listens to the sorted row ids of a table, which are those that {@link StoreMethods.getSortedRowIds} gives. A
   * mutator may write, and is called before the others. Returns the id to delete the listener with.
   */
  addSortedRowIdsListener(...args: never): unknown;
  /**
   * Listens to a row coming and going; `null` stands for any table or row. A mutator may write, and is called before
   * the others. Returns the id to delete the listener with.
   */
  addHasRowListener(...args: never): unknown;
  /**
   * Listens to changes in a row; `null` stands for any table or row. A mutator may write, and is called before the
   * others. Returns the id to delete the listener with.
   */
  addRowListener(...args: never): unknown;
  /**
   * Listens to cells of a row coming and going; `null` stands for any table or row. A mutator may write, and is called
   * before the others. Returns the id to delete the listener with.
   */
  addCellIdsListener(...args: never): unknown;
  /**
   * Listens to a cell coming and going; `null` stands for any table, row or cell. A mutator may write, and is called
   * before the others. Returns the id to delete the listener with.
   */
  addHasCellListener(...args: never): unknown;
  /**
   * Listens to changes of a cell; `null` stands for any table, row or cell. A mutator may write, and is called before
   * the others. Returns the id to delete the listener with.
   */
  addCellListener(...args: never): unknown;
  /**
   * Listens to the first value coming and the last one going. A mutator may write, and is called before the others.
   * Returns the id to delete the listener with.
   */
  addHasValuesListener(...args: never): unknown;
  /**
   * Listens to any change of values. A mutator may write, and is called before the others. Returns the id to delete the
   * listener with.
   */
  addValuesListener(...args: never): unknown;
  /**
   * Listens to values coming and going. A mutator may write, and is called before the others. Returns the id to delete
   * the listener with.
   */
  addValueIdsListener(...args: never): unknown;
  /**
   * Listens to a value, or with `null` any, coming and going. A mutator may write, and is called before the others.
   * Returns the id to delete the listener with.
   */
  addHasValueListener(...args: never): unknown;
  /**
   * Listens to changes of a value, or with `null` of any. A mutator may write, and is called before the others. Returns
   * the id to delete the listener with.
   */
  addValueListener(...args: never): unknown;
  /**
   * Listens to what is set that a cell may not hold; `null` stands for any table, row or cell. A mutator may write, and
   * is called before the others. Returns the id to delete the listener with.
   */
  addInvalidCellListener(
    tableId: IdOrNull,
    rowId: IdOrNull,
    cellId: IdOrNull,
    listener: InvalidCellListener<this>,
    mutator?: boolean,
  ): Id;
  /**
   * Listens to what is set that a value, or with `null` any, may not hold. A mutator may write, and is called before
   * the others. Returns the id to delete the listener with.
   */
  addInvalidValueListener(valueId: IdOrNull, listener: InvalidValueListener<this>, mutator?: boolean): Id;
  /** Listens to the start of transactions; may write. Returns the id to delete the listener with. */
  addStartTransactionListener(...args: never): unknown;
  /** Listens to transactions about to finish; may write. Returns the id to delete the listener with. */
  addWillFinishTransactionListener(...args: never): unknown;
  /** Listens to transactions having finished. Returns the id to delete the listener with. */
  addDidFinishTransactionListener(...args: never): unknown;
  /**
   * Calls a listener now, once for each thing in the store that its wildcards match, without a function that tells of
   * changes. An unknown id does nothing.
   */
  callListener(listenerId: Id): this;
  /** Deletes a listener; an unknown id does nothing. */
  delListener(listenerId: Id): this;
  /** How many listeners of each kind there are. */
  getListenerStats(): StoreListenerStats;
  /** Whether the store can be merged with others: false. */
  isMergeable(): boolean;
}
