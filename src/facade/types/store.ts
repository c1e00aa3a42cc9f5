// The type of a store; its documentation is in store-methods.ts.
import type {
  TableCallback,
  TableCellCallback,
  RowCallback,
  CellCallback,
  ValueCallback,
  DoRollback,
  TransactionListener,
  HasTablesListener,
  TablesListener,
  TableIdsListener,
  HasTableListener,
  TableListener,
  TableCellIdsListener,
  HasTableCellListener,
  RowCountListener,
  RowIdsListener,
  SortedRowIdsListener,
  HasRowListener,
  RowListener,
  CellIdsListener,
  HasCellListener,
  CellListener,
  HasValuesListener,
  ValuesListener,
  ValueIdsListener,
  HasValueListener,
  ValueListener,
} from './callbacks.js';
import type {Id, IdOrNull, Ids, Sorter} from './common.js';
import type {
  Cell,
  CellOrUndefined,
  Row,
  Table,
  Tables,
  Value,
  ValueOrUndefined,
  Values,
  Content,
  Changes,
  MapCell,
  MapValue,
  SortedRowIdsArgs,
  TransactionLog,
} from './content.js';
import type {TablesSchema, ValuesSchema, ValidTablesSchema, ValidValuesSchema} from './schemas.js';
import type {StoreMethods} from './store-methods.js';

export type * from './callbacks.js';
export type {AnyArray, AnyObject, Id, IdOrNull, Ids, Json, Sorter, SortKey} from './common.js';
export type * from './content.js';
export type * from './schemas.js';
export type * from './store-methods.js';

/**
 * Tables of rows of cells, and values, held in memory; reactive, and changed in transactions.
 *
 * Ids may be any text, and whatever else is passed as one becomes text. Methods that write return the store; each is a
 * transaction, or part of the one that is open. Input that is not valid is left out, and what is left is applied; where
 * nothing is left, nothing changes. Objects that are returned have no prototype and are the caller's own.
 */
export interface Store extends StoreMethods {
  getContent(): Content;
  getTables(): Tables;
  getTableIds(): Ids;
  getTable(tableId: Id): Table;
  getTableCellIds(tableId: Id): Ids;
  getRowCount(tableId: Id): number;
  getRowIds(tableId: Id): Ids;
  getSortedRowIds(
    tableId: Id,
    cellId?: Id,
    descending?: boolean,
    offset?: number,
    limit?: number,
    sorter?: Sorter,
  ): Ids;
  getSortedRowIds(args: SortedRowIdsArgs): Ids;
  getRow(tableId: Id, rowId: Id): Row;
  getCellIds(tableId: Id, rowId: Id): Ids;
  getCell(tableId: Id, rowId: Id, cellId: Id): CellOrUndefined;
  getValues(): Values;
  getValueIds(): Ids;
  getValue(valueId: Id): ValueOrUndefined;
  hasTable(tableId: Id): boolean;
  hasTableCell(tableId: Id, cellId: Id): boolean;
  hasRow(tableId: Id, rowId: Id): boolean;
  hasCell(tableId: Id, rowId: Id, cellId: Id): boolean;
  hasValue(valueId: Id): boolean;
  setContent(content: Content | (() => Content)): this;
  setTables(tables: Tables): this;
  setTable(tableId: Id, table: Table): this;
  setRow(tableId: Id, rowId: Id, row: Row): this;
  addRow(tableId: Id, row: Row, reuseRowIds?: boolean): Id | undefined;
  setPartialRow(tableId: Id, rowId: Id, partialRow: Row): this;
  setCell(tableId: Id, rowId: Id, cellId: Id, cell: Cell | MapCell): this;
  setValues(values: Values): this;
  setPartialValues(partialValues: Values): this;
  setValue(valueId: Id, value: Value | MapValue): this;
  applyChanges(changes: Changes): this;
  setTablesSchema<const TS extends TablesSchema>(tablesSchema: TS & ValidTablesSchema<TS>): this;
  setValuesSchema<const VS extends ValuesSchema>(valuesSchema: VS & ValidValuesSchema<VS>): this;
  setSchema<const TS extends TablesSchema, const VS extends ValuesSchema>(
    tablesSchema: TS & ValidTablesSchema<TS>,
    valuesSchema?: VS & ValidValuesSchema<VS>,
  ): this;
  delTable(tableId: Id): this;
  delRow(tableId: Id, rowId: Id): this;
  delCell(tableId: Id, rowId: Id, cellId: Id, forceDel?: boolean): this;
  delValue(valueId: Id): this;
  delTablesSchema(): this;
  delValuesSchema(): this;
  delSchema(): this;
  transaction<Return>(actions: () => Return, doRollback?: DoRollback): Return;
  getTransactionChanges(): Changes;
  getTransactionLog(): TransactionLog;
  finishTransaction(doRollback?: DoRollback): this;
  forEachTable(tableCallback: TableCallback): void;
  forEachTableCell(tableId: Id, tableCellCallback: TableCellCallback): void;
  forEachRow(tableId: Id, rowCallback: RowCallback): void;
  forEachCell(tableId: Id, rowId: Id, cellCallback: CellCallback): void;
  forEachValue(valueCallback: ValueCallback): void;
  addHasTablesListener(listener: HasTablesListener<this>, mutator?: boolean): Id;
  addTablesListener(listener: TablesListener<this>, mutator?: boolean): Id;
  addTableIdsListener(listener: TableIdsListener<this>, mutator?: boolean): Id;
  addHasTableListener(tableId: IdOrNull, listener: HasTableListener<this>, mutator?: boolean): Id;
  addTableListener(tableId: IdOrNull, listener: TableListener<this>, mutator?: boolean): Id;
  addTableCellIdsListener(tableId: IdOrNull, listener: TableCellIdsListener<this>, mutator?: boolean): Id;
  addHasTableCellListener(
    tableId: IdOrNull,
    cellId: IdOrNull,
    listener: HasTableCellListener<this>,
    mutator?: boolean,
  ): Id;
  addRowCountListener(tableId: IdOrNull, listener: RowCountListener<this>, mutator?: boolean): Id;
  addRowIdsListener(tableId: IdOrNull, listener: RowIdsListener<this>, mutator?: boolean): Id;
  addSortedRowIdsListener(
    tableId: Id,
    cellId: Id | undefined,
    descending: boolean,
    offset: number,
    limit: number | undefined,
    listener: SortedRowIdsListener<this>,
    mutator?: boolean,
  ): Id;
  addSortedRowIdsListener(args: SortedRowIdsArgs, listener: SortedRowIdsListener<this>, mutator?: boolean): Id;
  addHasRowListener(tableId: IdOrNull, rowId: IdOrNull, listener: HasRowListener<this>, mutator?: boolean): Id;
  addRowListener(tableId: IdOrNull, rowId: IdOrNull, listener: RowListener<this>, mutator?: boolean): Id;
  addCellIdsListener(tableId: IdOrNull, rowId: IdOrNull, listener: CellIdsListener<this>, mutator?: boolean): Id;
  addHasCellListener(
    tableId: IdOrNull,
    rowId: IdOrNull,
    cellId: IdOrNull,
    listener: HasCellListener<this>,
    mutator?: boolean,
  ): Id;
  addCellListener(
    tableId: IdOrNull,
    rowId: IdOrNull,
    cellId: IdOrNull,
    listener: CellListener<this>,
    mutator?: boolean,
  ): Id;
  addHasValuesListener(listener: HasValuesListener<this>, mutator?: boolean): Id;
  addValuesListener(listener: ValuesListener<this>, mutator?: boolean): Id;
  addValueIdsListener(listener: ValueIdsListener<this>, mutator?: boolean): Id;
  addHasValueListener(valueId: IdOrNull, listener: HasValueListener<this>, mutator?: boolean): Id;
  addValueListener(valueId: IdOrNull, listener: ValueListener<this>, mutator?: boolean): Id;
  addStartTransactionListener(listener: TransactionListener<this>): Id;
  addWillFinishTransactionListener(listener: TransactionListener<this>): Id;
  addDidFinishTransactionListener(listener: TransactionListener<this>): Id;
}
