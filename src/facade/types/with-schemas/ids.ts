// The ids that a schema has.
import type {Id} from '../common.js';
import type {OptionalTablesSchema, OptionalValuesSchema} from '../schemas.js';

/** The tables of a schema; without one, any id. */
export type TableIdOf<Schema extends OptionalTablesSchema> = keyof Schema & Id;

/** The cells that a table of a schema has; of several tables, those that they all have; without a schema, any id. */
export type CellIdOf<Schema extends OptionalTablesSchema, TableId extends TableIdOf<Schema>> = keyof Schema[TableId] &
  Id;

/** The cells that any of some tables of a schema has. */
export type AnyCellIdOf<
  Schema extends OptionalTablesSchema,
  TableId extends TableIdOf<Schema> = TableIdOf<Schema>,
> = TableId extends unknown ? CellIdOf<Schema, TableId> : never;

/** The values of a schema; without one, any id. */
export type ValueIdOf<Schema extends OptionalValuesSchema> = keyof Schema & Id;

/** The ids that a step of a listener's path stands for: one, or with `null` all. */
export type Matching<IdOrNull extends Id | null, All extends Id> = IdOrNull extends null ? All : IdOrNull & All;
