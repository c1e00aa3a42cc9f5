// The types of what a store with schemas holds and of what changes in it.
import type {Id, Sorter} from '../common.js';
import type {IdAddedOrRemoved, InvalidCells, InvalidValues} from '../content.js';
import type {
  CellOrValueFromSchema,
  NullFromSchema,
  OptionalSchemas,
  OptionalTablesSchema,
  OptionalValuesSchema,
} from '../schemas.js';
import type {CellIdOf, TableIdOf, ValueIdOf} from './ids.js';

export type {IdAddedOrRemoved, InvalidCells, InvalidValues, StoreListenerStats} from '../content.js';

/** What a default may be. */
type Default = string | number | boolean | null | object;

/** Whether a cell or value of a schema is there in whatever is read: it has a default, or is required. */
type IsKept<Schema> = Schema extends Record<'default', Default> | Record<'required', true> ? true : false;

/** Whether a cell or value of a schema must be there in whatever is set: it is required, and has no default. */
type IsNeeded<Schema> =
  Schema extends Record<'required', true> ? (Schema extends Record<'default', Default> ? false : true) : false;

/** The ids whose schema is so. */
type Needed<Schemas, WhenSet> = {
  [Id in keyof Schemas]: (WhenSet extends true ? IsNeeded<Schemas[Id]> : IsKept<Schemas[Id]>) extends true ? Id : never;
}[keyof Schemas];

/** A type that editors show as what it comes to, rather than by its name and a whole schema. */
type Resolved<Type> = [Type] extends [infer Known] ? Known : never;

/** The same for an object type that was put together. */
type ResolvedObject<Type> = Resolved<{[Key in keyof Type]: Type[Key]}>;

/** What a cell or value of a schema may hold. */
type ContentOf<Schema> = Resolved<CellOrValueFromSchema<Schema> | NullFromSchema<Schema>>;

/** What reading a cell or value of a schema gives. */
type ReadContentOf<Schema> = Resolved<ContentOf<Schema> | (IsKept<Schema> extends true ? never : undefined)>;

/** Cells or values by id, of which some must be there. */
type Contents<Schemas, WhenSet extends boolean> = ResolvedObject<
  {-readonly [Id in Needed<Schemas, WhenSet>]: ContentOf<Schemas[Id]>} & {
    -readonly [Id in Exclude<keyof Schemas, Needed<Schemas, WhenSet>>]?: ContentOf<Schemas[Id]>;
  }
>;

/** Cells or values by id, any of which may be missing. */
type PartialContents<Schemas> = Resolved<{-readonly [Id in keyof Schemas]?: ContentOf<Schemas[Id]>}>;

/** What a cell of a table may hold. Objects and arrays are kept as JSON, so each read gives a fresh one. */
export type Cell<
  Schema extends OptionalTablesSchema,
  TableId extends TableIdOf<Schema>,
  CellId extends CellIdOf<Schema, TableId>,
> = ContentOf<Schema[TableId][CellId]>;

/** What a cell of a table may hold, or `undefined` if there is no such cell. */
export type CellOrUndefined<
  Schema extends OptionalTablesSchema,
  TableId extends TableIdOf<Schema>,
  CellId extends CellIdOf<Schema, TableId>,
> = Resolved<ContentOf<Schema[TableId][CellId]> | undefined>;

/** What reading a cell gives: `undefined` only if it has no default and is not required. */
export type ReadCell<
  Schema extends OptionalTablesSchema,
  TableId extends TableIdOf<Schema>,
  CellId extends CellIdOf<Schema, TableId>,
> = ReadContentOf<Schema[TableId][CellId]>;

/**
 * The cells of a row, by cell id. When it is read, cells with a default and required ones are there; when it is set,
 * only required cells without a default must be.
 */
export type Row<
  Schema extends OptionalTablesSchema,
  TableId extends TableIdOf<Schema>,
  WhenSet extends boolean = false,
> = Contents<Schema[TableId], WhenSet>;

/** Some of the cells of a row, by cell id. */
export type PartialRow<Schema extends OptionalTablesSchema, TableId extends TableIdOf<Schema>> = PartialContents<
  Schema[TableId]
>;

/** The rows of a table, by row id. */
export type Table<
  Schema extends OptionalTablesSchema,
  TableId extends TableIdOf<Schema>,
  WhenSet extends boolean = false,
> = {[rowId: Id]: Row<Schema, TableId, WhenSet>};

/** The tables of a store, by table id. */
export type Tables<Schema extends OptionalTablesSchema, WhenSet extends boolean = false> = {
  -readonly [TableId in TableIdOf<Schema>]?: Table<Schema, TableId, WhenSet>;
};

/** What a value may hold; the same as for a cell. */
export type Value<Schema extends OptionalValuesSchema, ValueId extends ValueIdOf<Schema>> = Resolved<
  ContentOf<Schema[ValueId]>
>;

/** What a value may hold, or `undefined` if there is no such value. */
export type ValueOrUndefined<Schema extends OptionalValuesSchema, ValueId extends ValueIdOf<Schema>> = Resolved<
  ContentOf<Schema[ValueId]> | undefined
>;

/** What reading a value gives: `undefined` only if it has no default and is not required. */
export type ReadValue<Schema extends OptionalValuesSchema, ValueId extends ValueIdOf<Schema>> = Resolved<
  ReadContentOf<Schema[ValueId]>
>;

/**
 * The values of a store, by value id. When they are read, values with a default and required ones are there; when they
 * are set, only required values without a default must be.
 */
export type Values<Schema extends OptionalValuesSchema, WhenSet extends boolean = false> = Contents<Schema, WhenSet>;

/** Some of the values of a store, by value id. */
export type PartialValues<Schema extends OptionalValuesSchema> = PartialContents<Schema>;

/** Everything in a store: its tables and its values. */
export type Content<Schemas extends OptionalSchemas, WhenSet extends boolean = false> = [
  Tables<Schemas[0], WhenSet>,
  Values<Schemas[1], WhenSet>,
];

/**
 * What a transaction changed, net: `[tables, values, 1]`. `undefined` stands for a table, row, cell or value that is
 * gone.
 */
export type Changes<Schemas extends OptionalSchemas> = [
  changedTables: {
    -readonly [TableId in TableIdOf<Schemas[0]>]?:
      | {
          [rowId: Id]:
            | {-readonly [CellId in CellIdOf<Schemas[0], TableId>]?: CellOrUndefined<Schemas[0], TableId, CellId>}
            | undefined;
        }
      | undefined;
  },
  changedValues: {-readonly [ValueId in ValueIdOf<Schemas[1]>]?: ValueOrUndefined<Schemas[1], ValueId>},
  isChanges: 1,
];

/** Gives a cell's new content from what it holds. */
export type MapCell<
  Schema extends OptionalTablesSchema,
  TableId extends TableIdOf<Schema>,
  CellId extends CellIdOf<Schema, TableId>,
> = Resolved<(cell: CellOrUndefined<Schema, TableId, CellId>) => Cell<Schema, TableId, CellId>>;

/** Gives a value's new content from what it holds. */
export type MapValue<
  Schema extends OptionalValuesSchema,
  ValueId extends ValueIdOf<Schema> = ValueIdOf<Schema>,
> = Resolved<(value: ValueOrUndefined<Schema, ValueId>) => Value<Schema, ValueId>>;

/** Gives any cell of one row. */
export type GetCell<Schema extends OptionalTablesSchema, TableId extends TableIdOf<Schema>> = <
  CellId extends CellIdOf<Schema, TableId>,
>(
  cellId: CellId,
) => ReadCell<Schema, TableId, CellId>;

/** Which rows `getSortedRowIds` gives, and in which order. */
export type SortedRowIdsArgs<
  Schema extends OptionalTablesSchema,
  TableId extends TableIdOf<Schema>,
  CellIdOrUndefined extends CellIdOf<Schema, TableId> | undefined = CellIdOf<Schema, TableId> | undefined,
> = {
  /** The table whose rows they are. */
  tableId: TableId;
  /** The cell to sort by; the row's id if there is none. */
  cellId?: CellIdOrUndefined;
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
export type CellChange<
  Schema extends OptionalTablesSchema,
  TableId extends TableIdOf<Schema>,
  CellId extends CellIdOf<Schema, TableId>,
> = [
  changed: boolean,
  oldCell: CellOrUndefined<Schema, TableId, CellId>,
  newCell: CellOrUndefined<Schema, TableId, CellId>,
];

/** Tells what happened to any cell in the transaction so far. */
export type GetCellChange<Schema extends OptionalTablesSchema> = <
  TableId extends TableIdOf<Schema>,
  CellId extends CellIdOf<Schema, TableId>,
>(
  tableId: TableId,
  rowId: Id,
  cellId: CellId,
) => CellChange<Schema, TableId, CellId>;

/** Whether a value was touched in the transaction, what it was at its start, and what it is. */
export type ValueChange<Schema extends OptionalValuesSchema, ValueId extends ValueIdOf<Schema>> = [
  changed: boolean,
  oldValue: ValueOrUndefined<Schema, ValueId>,
  newValue: ValueOrUndefined<Schema, ValueId>,
];

/** Tells what happened to any value in the transaction so far. */
export type GetValueChange<Schema extends OptionalValuesSchema> = <ValueId extends ValueIdOf<Schema>>(
  valueId: ValueId,
) => ValueChange<Schema, ValueId>;

/** Tells which ids came and went. */
export type GetIdChanges<ValidId extends Id> = () => {[id in ValidId]?: IdAddedOrRemoved};

/** Which tables came and went. */
export type ChangedTableIds<Schema extends OptionalTablesSchema> = {
  [TableId in TableIdOf<Schema>]?: IdAddedOrRemoved;
};

/** Which rows came and went, by table. */
export type ChangedRowIds<Schema extends OptionalTablesSchema> = {
  [TableId in TableIdOf<Schema>]?: {[rowId: Id]: IdAddedOrRemoved};
};

/** Which cells came and went, by table and row. */
export type ChangedCellIds<Schema extends OptionalTablesSchema> = {
  [TableId in TableIdOf<Schema>]?: {
    [rowId: Id]: {[CellId in CellIdOf<Schema, TableId>]?: IdAddedOrRemoved};
  };
};

/** Which values came and went. */
export type ChangedValueIds<Schema extends OptionalValuesSchema> = {
  [ValueId in ValueIdOf<Schema>]?: IdAddedOrRemoved;
};

/** What a cell was at the start of the transaction, and what it is. */
export type ChangedCell<
  Schema extends OptionalTablesSchema,
  TableId extends TableIdOf<Schema>,
  CellId extends CellIdOf<Schema, TableId>,
> = [oldCell: CellOrUndefined<Schema, TableId, CellId>, newCell: CellOrUndefined<Schema, TableId, CellId>];

/** The cells that the transaction changed, by table and row. */
export type ChangedCells<Schema extends OptionalTablesSchema> = {
  [TableId in TableIdOf<Schema>]?: {
    [rowId: Id]: {[CellId in CellIdOf<Schema, TableId>]?: ChangedCell<Schema, TableId, CellId>};
  };
};

/** What a value was at the start of the transaction, and what it is. */
export type ChangedValue<Schema extends OptionalValuesSchema, ValueId extends ValueIdOf<Schema>> = [
  oldValue: ValueOrUndefined<Schema, ValueId>,
  newValue: ValueOrUndefined<Schema, ValueId>,
];

/** The values that the transaction changed. */
export type ChangedValues<Schema extends OptionalValuesSchema> = {
  [ValueId in ValueIdOf<Schema>]?: ChangedValue<Schema, ValueId>;
};

/** All that a transaction has done. Objects and arrays in cells and values are texts: U+FFFD followed by their JSON. */
export type TransactionLog<Schemas extends OptionalSchemas> = [
  cellsTouched: boolean,
  valuesTouched: boolean,
  changedCells: ChangedCells<Schemas[0]>,
  invalidCells: InvalidCells,
  changedValues: ChangedValues<Schemas[1]>,
  invalidValues: InvalidValues,
  changedTableIds: ChangedTableIds<Schemas[0]>,
  changedRowIds: ChangedRowIds<Schemas[0]>,
  changedCellIds: ChangedCellIds<Schemas[0]>,
  changedValueIds: ChangedValueIds<Schemas[1]>,
];
