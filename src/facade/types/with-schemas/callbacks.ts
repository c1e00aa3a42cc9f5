// The types of the functions that a store with schemas calls.
// What tells of changes is `undefined` where there are none to tell of: when a listener is called by `callListener`.
// Where the type of one argument depends on another, as a cell's on its id, they are the members of a union, so that a
// callback that checks the id knows the cell.
import type {Id, IdOrNull, Ids} from '../common.js';
import type {OptionalSchemas, OptionalTablesSchema, OptionalValuesSchema} from '../schemas.js';
import type {Cell, GetCellChange, GetIdChanges, GetValueChange, Value} from './content.js';
import type {AnyCellIdOf, CellIdOf, Matching, TableIdOf, ValueIdOf} from './ids.js';
import type {Store} from './store.js';

/** All but the last of some parameters. */
type ButLast<Params extends unknown[]> = Params extends [...infer Rest, unknown] ? Rest : never;

/** As many parameters that nothing can be. That they depend on `All` is only to tell them from those of others. */
type Nothing<Params extends unknown[], All> = {[Index in keyof Params]: Extract<never, All>};

/**
 * A function of any of some lists of parameters, or of fewer of them: TypeScript knows by itself that a function may
 * leave parameters out, but not where they are a union. It takes the types of a callback's parameters from that of
 * several functions which it has met first, so this makes the one with all parameters first, and none that another list
 * of parameters has made already; and it takes them only if all functions have a union of lists, which is why there is
 * one more that changes nothing.
 */
type CallbackOf<All extends unknown[], Params extends unknown[] = All, Functions = never> = [Params] extends [[]]
  ? Functions | (() => void)
  : CallbackOf<All, ButLast<Params>, Functions | ((...params: Params | Nothing<Params, All>) => void)>;

/** Called by `forEachTable`. */
export type TableCallback<Schema extends OptionalTablesSchema> = CallbackOf<
  {
    [TableId in TableIdOf<Schema>]: [tableId: TableId, forEachRow: (rowCallback: RowCallback<Schema, TableId>) => void];
  }[TableIdOf<Schema>]
>;

/** Called by `forEachTableCell`, with the number of rows that have the cell. */
export type TableCellCallback<Schema extends OptionalTablesSchema, TableId extends TableIdOf<Schema>> = (
  cellId: CellIdOf<Schema, TableId>,
  count: number,
) => void;

/** Called by `forEachRow`. */
export type RowCallback<Schema extends OptionalTablesSchema, TableIdOrNull extends TableIdOf<Schema> | null = null> = (
  rowId: Id,
  forEachCell: (cellCallback: CellCallback<Schema, TableIdOrNull>) => void,
) => void;

/** Called by `forEachCell`. */
export type CellCallback<
  Schema extends OptionalTablesSchema,
  TableIdOrNull extends TableIdOf<Schema> | null = null,
> = CallbackOf<
  {
    [TableId in Matching<TableIdOrNull, TableIdOf<Schema>>]: {
      [CellId in CellIdOf<Schema, TableId>]: [cellId: CellId, cell: Cell<Schema, TableId, CellId>];
    }[CellIdOf<Schema, TableId>];
  }[Matching<TableIdOrNull, TableIdOf<Schema>>]
>;

/** Called by `forEachValue`. */
export type ValueCallback<Schema extends OptionalValuesSchema> = CallbackOf<
  {
    [ValueId in ValueIdOf<Schema>]: [valueId: ValueId, value: Value<Schema, ValueId>];
  }[ValueIdOf<Schema>]
>;

/** Decides, at the end of a transaction, whether it is rolled back: yes if it returns anything truthy. */
export type DoRollback<Schemas extends OptionalSchemas> = (store: Store<Schemas>) => unknown;

/** Called at a point of each transaction. */
export type TransactionListener<Schemas extends OptionalSchemas, StoreType = Store<Schemas>> = (
  store: StoreType,
) => void;

/** Called when the first table has come, or the last one has gone. */
export type HasTablesListener<Schemas extends OptionalSchemas, StoreType = Store<Schemas>> = (
  store: StoreType,
  hasTables: boolean,
) => void;

/** Called when anything in the tables has changed. */
export type TablesListener<Schemas extends OptionalSchemas, StoreType = Store<Schemas>> = (
  store: StoreType,
  getCellChange: GetCellChange<Schemas[0]> | undefined,
) => void;

/** Called when tables have come or gone. */
export type TableIdsListener<Schemas extends OptionalSchemas, StoreType = Store<Schemas>> = (
  store: StoreType,
  getIdChanges: GetIdChanges<TableIdOf<Schemas[0]>> | undefined,
) => void;

/** Called when a table has come or gone. */
export type HasTableListener<
  Schemas extends OptionalSchemas,
  TableIdOrNull extends TableIdOf<Schemas[0]> | null,
  StoreType = Store<Schemas>,
> = (store: StoreType, tableId: Matching<TableIdOrNull, TableIdOf<Schemas[0]>>, hasTable: boolean) => void;

/** Called when anything in a table has changed. */
export type TableListener<
  Schemas extends OptionalSchemas,
  TableIdOrNull extends TableIdOf<Schemas[0]> | null,
  StoreType = Store<Schemas>,
> = (
  store: StoreType,
  tableId: Matching<TableIdOrNull, TableIdOf<Schemas[0]>>,
  getCellChange: GetCellChange<Schemas[0]> | undefined,
) => void;

/**
 * Called when the cell ids that the rows of a table have between them have changed. The last argument is `undefined`
 * in a call by `callListener`, although the type says otherwise, as in TinyBase.
 */
export type TableCellIdsListener<
  Schemas extends OptionalSchemas,
  TableIdOrNull extends TableIdOf<Schemas[0]> | null,
  StoreType = Store<Schemas>,
> = CallbackOf<
  {
    [TableId in Matching<TableIdOrNull, TableIdOf<Schemas[0]>>]: [
      store: StoreType,
      tableId: TableId,
      getIdChanges: GetIdChanges<CellIdOf<Schemas[0], TableId>>,
    ];
  }[Matching<TableIdOrNull, TableIdOf<Schemas[0]>>]
>;

/** Called when the first cell of its id has come to a table, or the last one has gone. */
export type HasTableCellListener<
  Schemas extends OptionalSchemas,
  TableIdOrNull extends TableIdOf<Schemas[0]> | null,
  CellIdOrNull extends AnyCellIdOf<Schemas[0]> | null,
  StoreType = Store<Schemas>,
> = CallbackOf<
  {
    [TableId in Matching<TableIdOrNull, TableIdOf<Schemas[0]>>]: {
      [CellId in Matching<CellIdOrNull, CellIdOf<Schemas[0], TableId>>]: [
        store: StoreType,
        tableId: TableId,
        cellId: CellId,
        hasTableCell: boolean,
      ];
    }[Matching<CellIdOrNull, CellIdOf<Schemas[0], TableId>>];
  }[Matching<TableIdOrNull, TableIdOf<Schemas[0]>>]
>;

/** Called when the number of rows of a table has changed. */
export type RowCountListener<
  Schemas extends OptionalSchemas,
  TableIdOrNull extends TableIdOf<Schemas[0]> | null,
  StoreType = Store<Schemas>,
> = (store: StoreType, tableId: Matching<TableIdOrNull, TableIdOf<Schemas[0]>>, count: number) => void;

/** Called when rows of a table have come or gone. */
export type RowIdsListener<
  Schemas extends OptionalSchemas,
  TableIdOrNull extends TableIdOf<Schemas[0]> | null,
  StoreType = Store<Schemas>,
> = (
  store: StoreType,
  tableId: Matching<TableIdOrNull, TableIdOf<Schemas[0]>>,
  getIdChanges: GetIdChanges<Id> | undefined,
) => void;

/** Called when the sorted row ids that it listens to have changed. */
export type SortedRowIdsListener<
  Schemas extends OptionalSchemas,
  TableId extends TableIdOf<Schemas[0]>,
  CellIdOrUndefined extends CellIdOf<Schemas[0], TableId> | undefined,
  StoreType = Store<Schemas>,
> = (
  store: StoreType,
  tableId: TableId,
  cellId: CellIdOrUndefined,
  descending: boolean,
  offset: number,
  limit: number | undefined,
  sortedRowIds: Ids,
) => void;

/** Called when a row has come or gone. */
export type HasRowListener<
  Schemas extends OptionalSchemas,
  TableIdOrNull extends TableIdOf<Schemas[0]> | null,
  RowIdOrNull extends IdOrNull,
  StoreType = Store<Schemas>,
> = (
  store: StoreType,
  tableId: Matching<TableIdOrNull, TableIdOf<Schemas[0]>>,
  rowId: Matching<RowIdOrNull, Id>,
  hasRow: boolean,
) => void;

/** Called when anything in a row has changed. */
export type RowListener<
  Schemas extends OptionalSchemas,
  TableIdOrNull extends TableIdOf<Schemas[0]> | null,
  RowIdOrNull extends IdOrNull,
  StoreType = Store<Schemas>,
> = (
  store: StoreType,
  tableId: Matching<TableIdOrNull, TableIdOf<Schemas[0]>>,
  rowId: Matching<RowIdOrNull, Id>,
  getCellChange: GetCellChange<Schemas[0]> | undefined,
) => void;

/**
 * Called when cells of a row have come or gone. The last argument is `undefined` in a call by `callListener`, although
 * the type says otherwise, as in TinyBase.
 */
export type CellIdsListener<
  Schemas extends OptionalSchemas,
  TableIdOrNull extends TableIdOf<Schemas[0]> | null,
  RowIdOrNull extends IdOrNull,
  StoreType = Store<Schemas>,
> = CallbackOf<
  {
    [TableId in Matching<TableIdOrNull, TableIdOf<Schemas[0]>>]: [
      store: StoreType,
      tableId: TableId,
      rowId: Matching<RowIdOrNull, Id>,
      getIdChanges: GetIdChanges<CellIdOf<Schemas[0], TableId>>,
    ];
  }[Matching<TableIdOrNull, TableIdOf<Schemas[0]>>]
>;

/** Called when a cell has come or gone. */
export type HasCellListener<
  Schemas extends OptionalSchemas,
  TableIdOrNull extends TableIdOf<Schemas[0]> | null,
  RowIdOrNull extends IdOrNull,
  CellIdOrNull extends AnyCellIdOf<Schemas[0]> | null,
  StoreType = Store<Schemas>,
> = CallbackOf<
  {
    [TableId in Matching<TableIdOrNull, TableIdOf<Schemas[0]>>]: {
      [CellId in Matching<CellIdOrNull, CellIdOf<Schemas[0], TableId>>]: [
        store: StoreType,
        tableId: TableId,
        rowId: Matching<RowIdOrNull, Id>,
        cellId: CellId,
        hasCell: boolean,
      ];
    }[Matching<CellIdOrNull, CellIdOf<Schemas[0], TableId>>];
  }[Matching<TableIdOrNull, TableIdOf<Schemas[0]>>]
>;

/**
 * Called when a cell has changed. A cell that has come was `undefined` before, and one that has gone is now, although
 * the types say otherwise, as in TinyBase.
 */
export type CellListener<
  Schemas extends OptionalSchemas,
  TableIdOrNull extends TableIdOf<Schemas[0]> | null,
  RowIdOrNull extends IdOrNull,
  CellIdOrNull extends AnyCellIdOf<Schemas[0]> | null,
  StoreType = Store<Schemas>,
> = CallbackOf<
  {
    [TableId in Matching<TableIdOrNull, TableIdOf<Schemas[0]>>]: {
      [CellId in Matching<CellIdOrNull, CellIdOf<Schemas[0], TableId>>]: [
        store: StoreType,
        tableId: TableId,
        rowId: Matching<RowIdOrNull, Id>,
        cellId: CellId,
        newCell: Cell<Schemas[0], TableId, CellId>,
        oldCell: Cell<Schemas[0], TableId, CellId>,
        getCellChange: GetCellChange<Schemas[0]> | undefined,
      ];
    }[Matching<CellIdOrNull, CellIdOf<Schemas[0], TableId>>];
  }[Matching<TableIdOrNull, TableIdOf<Schemas[0]>>]
>;

/** Called when the first value has come, or the last one has gone. */
export type HasValuesListener<Schemas extends OptionalSchemas, StoreType = Store<Schemas>> = (
  store: StoreType,
  hasValues: boolean,
) => void;

/** Called when any value has changed. */
export type ValuesListener<Schemas extends OptionalSchemas, StoreType = Store<Schemas>> = (
  store: StoreType,
  getValueChange: GetValueChange<Schemas[1]> | undefined,
) => void;

/** Called when values have come or gone. */
export type ValueIdsListener<Schemas extends OptionalSchemas, StoreType = Store<Schemas>> = (
  store: StoreType,
  getIdChanges: GetIdChanges<ValueIdOf<Schemas[1]>> | undefined,
) => void;

/** Called when a value has come or gone. */
export type HasValueListener<
  Schemas extends OptionalSchemas,
  ValueIdOrNull extends ValueIdOf<Schemas[1]> | null,
  StoreType = Store<Schemas>,
> = (store: StoreType, valueId: Matching<ValueIdOrNull, ValueIdOf<Schemas[1]>>, hasValue: boolean) => void;

/**
 * Called when a value has changed. A value that has come was `undefined` before, and one that has gone is now, although
 * the types say otherwise, as in TinyBase.
 */
export type ValueListener<
  Schemas extends OptionalSchemas,
  ValueIdOrNull extends ValueIdOf<Schemas[1]> | null,
  StoreType = Store<Schemas>,
> = CallbackOf<
  {
    [ValueId in Matching<ValueIdOrNull, ValueIdOf<Schemas[1]>>]: [
      store: StoreType,
      valueId: ValueId,
      newValue: Value<Schemas[1], ValueId>,
      oldValue: Value<Schemas[1], ValueId>,
      getValueChange: GetValueChange<Schemas[1]> | undefined,
    ];
  }[Matching<ValueIdOrNull, ValueIdOf<Schemas[1]>>]
>;

/** Called when something was set that a cell may not hold, with all that was set there in the transaction. */
export type InvalidCellListener<Schemas extends OptionalSchemas, StoreType = Store<Schemas>> = (
  store: StoreType,
  tableId: Id,
  rowId: Id,
  cellId: Id,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what is invalid may be anything
  invalidCells: any[],
) => void;

/** Called when something was set that a value may not hold, with all that was set there in the transaction. */
export type InvalidValueListener<Schemas extends OptionalSchemas, StoreType = Store<Schemas>> = (
  store: StoreType,
  valueId: Id,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what is invalid may be anything
  invalidValues: any[],
) => void;
