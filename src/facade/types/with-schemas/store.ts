// The type of a store with schemas; its documentation is in ../store-methods.ts.
import type {Id, IdOrNull, Ids, Sorter} from '../common.js';
import type {
  NoTablesSchema,
  NoValuesSchema,
  OptionalSchemas,
  TablesSchema,
  ValidTablesSchema,
  ValidValuesSchema,
  ValuesSchema,
} from '../schemas.js';
import type {StoreMethods} from '../store-methods.js';
import type * as Callbacks from './callbacks.js';
import type * as Contents from './content.js';
import type {MergeableStore} from './mergeable-store.js';
import type {AnyCellIdOf, CellIdOf, Matching, TableIdOf, ValueIdOf} from './ids.js';

export type {AnyArray, AnyObject, Id, IdOrNull, Ids, Json, Sorter, SortKey} from '../common.js';
export type * from '../schemas.js';
export type * from './callbacks.js';
export type * from './content.js';
export type * from './ids.js';

/** The same kind of store, mergeable or not, with other schemas. */
type Retyped<This, Schemas extends OptionalSchemas> = 'getMergeableContent' extends keyof This
  ? MergeableStore<Schemas>
  : Store<Schemas>;

/**
 * Tables of rows of cells, and values, held in memory; reactive, and changed in transactions; typed by its schemas, of
 * the tables and of the values.
 *
 * Methods that write return the store; each is a transaction, or part of the one that is open. Input that is not valid
 * is left out, and what is left is applied; where nothing is left, nothing changes. Objects that are returned have no
 * prototype and are the caller's own. The type of a store is that of its schemas, so whoever sets one goes on with the
 * store that the call returns.
 */
export interface Store<in out Schemas extends OptionalSchemas> extends StoreMethods {
  getContent(): Contents.Content<Schemas>;
  getTables(): Contents.Tables<Schemas[0]>;
  getTableIds(): TableIdOf<Schemas[0]>[];
  getTable<TableId extends TableIdOf<Schemas[0]>>(tableId: TableId): Contents.Table<Schemas[0], TableId>;
  getTableCellIds<TableId extends TableIdOf<Schemas[0]>>(tableId: TableId): CellIdOf<Schemas[0], TableId>[];
  getRowCount<TableId extends TableIdOf<Schemas[0]>>(tableId: TableId): number;
  getRowIds<TableId extends TableIdOf<Schemas[0]>>(tableId: TableId): Ids;
  getSortedRowIds<TableId extends TableIdOf<Schemas[0]>, CellId extends CellIdOf<Schemas[0], TableId>>(
    tableId: TableId,
    cellId?: CellId,
    descending?: boolean,
    offset?: number,
    limit?: number,
    sorter?: Sorter,
  ): Ids;
  getSortedRowIds<TableId extends TableIdOf<Schemas[0]>, CellId extends CellIdOf<Schemas[0], TableId>>(
    args: Contents.SortedRowIdsArgs<Schemas[0], TableId, CellId>,
  ): Ids;
  getRow<TableId extends TableIdOf<Schemas[0]>>(tableId: TableId, rowId: Id): Contents.Row<Schemas[0], TableId>;
  getCellIds<TableId extends TableIdOf<Schemas[0]>>(tableId: TableId, rowId: Id): CellIdOf<Schemas[0], TableId>[];
  getCell<TableId extends TableIdOf<Schemas[0]>, CellId extends CellIdOf<Schemas[0], TableId>>(
    tableId: TableId,
    rowId: Id,
    cellId: CellId,
  ): Contents.ReadCell<Schemas[0], TableId, CellId>;
  getValues(): Contents.Values<Schemas[1]>;
  getValueIds(): ValueIdOf<Schemas[1]>[];
  getValue<ValueId extends ValueIdOf<Schemas[1]>>(valueId: ValueId): Contents.ReadValue<Schemas[1], ValueId>;
  hasTable<TableId extends TableIdOf<Schemas[0]>>(tableId: TableId): boolean;
  hasTableCell<TableId extends TableIdOf<Schemas[0]>, CellId extends CellIdOf<Schemas[0], TableId>>(
    tableId: TableId,
    cellId: CellId,
  ): boolean;
  hasRow<TableId extends TableIdOf<Schemas[0]>>(tableId: TableId, rowId: Id): boolean;
  hasCell<TableId extends TableIdOf<Schemas[0]>, CellId extends CellIdOf<Schemas[0], TableId>>(
    tableId: TableId,
    rowId: Id,
    cellId: CellId,
  ): boolean;
  hasValue<ValueId extends ValueIdOf<Schemas[1]>>(valueId: ValueId): boolean;
  setContent(content: Contents.Content<Schemas, true> | (() => Contents.Content<Schemas, true>)): this;
  setTables(tables: Contents.Tables<Schemas[0], true>): this;
  setTable<TableId extends TableIdOf<Schemas[0]>>(
    tableId: TableId,
    table: Contents.Table<Schemas[0], TableId, true>,
  ): this;
  setRow<TableId extends TableIdOf<Schemas[0]>>(
    tableId: TableId,
    rowId: Id,
    row: Contents.Row<Schemas[0], TableId, true>,
  ): this;
  addRow<TableId extends TableIdOf<Schemas[0]>>(
    tableId: TableId,
    row: Contents.Row<Schemas[0], TableId, true>,
    reuseRowIds?: boolean,
  ): Id | undefined;
  setPartialRow<TableId extends TableIdOf<Schemas[0]>>(
    tableId: TableId,
    rowId: Id,
    partialRow: Contents.PartialRow<Schemas[0], TableId>,
  ): this;
  setCell<TableId extends TableIdOf<Schemas[0]>, CellId extends CellIdOf<Schemas[0], TableId>>(
    tableId: TableId,
    rowId: Id,
    cellId: CellId,
    cell: Contents.Cell<Schemas[0], TableId, CellId> | Contents.MapCell<Schemas[0], TableId, CellId>,
  ): this;
  setValues(values: Contents.Values<Schemas[1], true>): this;
  setPartialValues(partialValues: Contents.PartialValues<Schemas[1]>): this;
  setValue<ValueId extends ValueIdOf<Schemas[1]>>(
    valueId: ValueId,
    value: Contents.Value<Schemas[1], ValueId> | Contents.MapValue<Schemas[1], ValueId>,
  ): this;
  applyChanges(changes: Contents.Changes<Schemas>): this;
  setTablesSchema<const TS extends TablesSchema>(
    tablesSchema: TS & ValidTablesSchema<TS>,
  ): Retyped<this, [TS, Schemas[1]]>;
  setValuesSchema<const VS extends ValuesSchema>(
    valuesSchema: VS & ValidValuesSchema<VS>,
  ): Retyped<this, [Schemas[0], VS]>;
  setSchema<const TS extends TablesSchema, const VS extends ValuesSchema | Schemas[1] = Schemas[1]>(
    tablesSchema: TS & ValidTablesSchema<TS>,
    valuesSchema?: VS & ValidValuesSchema<VS>,
  ): Retyped<this, [TS, VS]>;
  delTable<TableId extends TableIdOf<Schemas[0]>>(tableId: TableId): this;
  delRow<TableId extends TableIdOf<Schemas[0]>>(tableId: TableId, rowId: Id): this;
  delCell<TableId extends TableIdOf<Schemas[0]>, CellId extends CellIdOf<Schemas[0], TableId>>(
    tableId: TableId,
    rowId: Id,
    cellId: CellId,
    forceDel?: boolean,
  ): this;
  delValue<ValueId extends ValueIdOf<Schemas[1]>>(valueId: ValueId): this;
  delTablesSchema(): Retyped<this, [NoTablesSchema, Schemas[1]]>;
  delValuesSchema(): Retyped<this, [Schemas[0], NoValuesSchema]>;
  delSchema(): Retyped<this, [NoTablesSchema, NoValuesSchema]>;
  transaction<Return>(actions: () => Return, doRollback?: Callbacks.DoRollback<Schemas>): Return;
  getTransactionChanges(): Contents.Changes<Schemas>;
  getTransactionLog(): Contents.TransactionLog<Schemas>;
  finishTransaction(doRollback?: Callbacks.DoRollback<Schemas>): this;
  forEachTable(tableCallback: Callbacks.TableCallback<Schemas[0]>): void;
  forEachTableCell<TableId extends TableIdOf<Schemas[0]>>(
    tableId: TableId,
    tableCellCallback: Callbacks.TableCellCallback<Schemas[0], TableId>,
  ): void;
  forEachRow<TableId extends TableIdOf<Schemas[0]>>(
    tableId: TableId,
    rowCallback: Callbacks.RowCallback<Schemas[0], TableId>,
  ): void;
  forEachCell<TableId extends TableIdOf<Schemas[0]>>(
    tableId: TableId,
    rowId: Id,
    cellCallback: Callbacks.CellCallback<Schemas[0], TableId>,
  ): void;
  forEachValue(valueCallback: Callbacks.ValueCallback<Schemas[1]>): void;
  addHasTablesListener(listener: Callbacks.HasTablesListener<Schemas, this>, mutator?: boolean): Id;
  addTablesListener(listener: Callbacks.TablesListener<Schemas, this>, mutator?: boolean): Id;
  addTableIdsListener(listener: Callbacks.TableIdsListener<Schemas, this>, mutator?: boolean): Id;
  addHasTableListener<TableId extends TableIdOf<Schemas[0]> | null>(
    tableId: TableId,
    listener: Callbacks.HasTableListener<Schemas, TableId, this>,
    mutator?: boolean,
  ): Id;
  addTableListener<TableId extends TableIdOf<Schemas[0]> | null>(
    tableId: TableId,
    listener: Callbacks.TableListener<Schemas, TableId, this>,
    mutator?: boolean,
  ): Id;
  addTableCellIdsListener<TableId extends TableIdOf<Schemas[0]> | null>(
    tableId: TableId,
    listener: Callbacks.TableCellIdsListener<Schemas, TableId, this>,
    mutator?: boolean,
  ): Id;
  addHasTableCellListener<
    TableId extends TableIdOf<Schemas[0]> | null,
    CellId extends AnyCellIdOf<Schemas[0], Matching<TableId, TableIdOf<Schemas[0]>>> | null,
  >(
    tableId: TableId,
    cellId: CellId,
    listener: Callbacks.HasTableCellListener<Schemas, TableId, CellId, this>,
    mutator?: boolean,
  ): Id;
  addRowCountListener<TableId extends TableIdOf<Schemas[0]> | null>(
    tableId: TableId,
    listener: Callbacks.RowCountListener<Schemas, TableId, this>,
    mutator?: boolean,
  ): Id;
  addRowIdsListener<TableId extends TableIdOf<Schemas[0]> | null>(
    tableId: TableId,
    listener: Callbacks.RowIdsListener<Schemas, TableId, this>,
    mutator?: boolean,
  ): Id;
  addSortedRowIdsListener<
    TableId extends TableIdOf<Schemas[0]>,
    CellId extends CellIdOf<Schemas[0], TableId> | undefined,
  >(
    tableId: TableId,
    cellId: CellId,
    descending: boolean,
    offset: number,
    limit: number | undefined,
    listener: Callbacks.SortedRowIdsListener<Schemas, TableId, CellId, this>,
    mutator?: boolean,
  ): Id;
  addSortedRowIdsListener<
    TableId extends TableIdOf<Schemas[0]>,
    CellId extends CellIdOf<Schemas[0], TableId> | undefined,
  >(
    args: Contents.SortedRowIdsArgs<Schemas[0], TableId, CellId>,
    listener: Callbacks.SortedRowIdsListener<Schemas, TableId, CellId, this>,
    mutator?: boolean,
  ): Id;
  addHasRowListener<TableId extends TableIdOf<Schemas[0]> | null, RowId extends IdOrNull>(
    tableId: TableId,
    rowId: RowId,
    listener: Callbacks.HasRowListener<Schemas, TableId, RowId, this>,
    mutator?: boolean,
  ): Id;
  addRowListener<TableId extends TableIdOf<Schemas[0]> | null, RowId extends IdOrNull>(
    tableId: TableId,
    rowId: RowId,
    listener: Callbacks.RowListener<Schemas, TableId, RowId, this>,
    mutator?: boolean,
  ): Id;
  addCellIdsListener<TableId extends TableIdOf<Schemas[0]> | null, RowId extends IdOrNull>(
    tableId: TableId,
    rowId: RowId,
    listener: Callbacks.CellIdsListener<Schemas, TableId, RowId, this>,
    mutator?: boolean,
  ): Id;
  addHasCellListener<
    TableId extends TableIdOf<Schemas[0]> | null,
    RowId extends IdOrNull,
    CellId extends AnyCellIdOf<Schemas[0], Matching<TableId, TableIdOf<Schemas[0]>>> | null,
  >(
    tableId: TableId,
    rowId: RowId,
    cellId: CellId,
    listener: Callbacks.HasCellListener<Schemas, TableId, RowId, CellId, this>,
    mutator?: boolean,
  ): Id;
  addCellListener<
    TableId extends TableIdOf<Schemas[0]> | null,
    RowId extends IdOrNull,
    CellId extends AnyCellIdOf<Schemas[0], Matching<TableId, TableIdOf<Schemas[0]>>> | null,
  >(
    tableId: TableId,
    rowId: RowId,
    cellId: CellId,
    listener: Callbacks.CellListener<Schemas, TableId, RowId, CellId, this>,
    mutator?: boolean,
  ): Id;
  addHasValuesListener(listener: Callbacks.HasValuesListener<Schemas, this>, mutator?: boolean): Id;
  addValuesListener(listener: Callbacks.ValuesListener<Schemas, this>, mutator?: boolean): Id;
  addValueIdsListener(listener: Callbacks.ValueIdsListener<Schemas, this>, mutator?: boolean): Id;
  addHasValueListener<ValueId extends ValueIdOf<Schemas[1]> | null>(
    valueId: ValueId,
    listener: Callbacks.HasValueListener<Schemas, ValueId, this>,
    mutator?: boolean,
  ): Id;
  addValueListener<ValueId extends ValueIdOf<Schemas[1]> | null>(
    valueId: ValueId,
    listener: Callbacks.ValueListener<Schemas, ValueId, this>,
    mutator?: boolean,
  ): Id;
  addStartTransactionListener(listener: Callbacks.TransactionListener<Schemas, this>): Id;
  addWillFinishTransactionListener(listener: Callbacks.TransactionListener<Schemas, this>): Id;
  addDidFinishTransactionListener(listener: Callbacks.TransactionListener<Schemas, this>): Id;
}
