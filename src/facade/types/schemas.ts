// The types of schemas: what cells and values may hold, and what their types come to.
import type {AnyArray, AnyObject, Id} from './common.js';

/** The types that a schema may ask for. */
export type SchemaType = 'string' | 'number' | 'boolean' | 'object' | 'array';

/** Several types, any of which will do; at least one. */
export type SchemaTypeArray = readonly [SchemaType, ...SchemaType[]];

/** What a cell or value of each type holds. */
interface TypeContents {
  string: string;
  number: number;
  boolean: boolean;
  object: AnyObject;
  array: AnyArray;
}

/** What a cell or value of a schema's type may hold. */
export type CellOrValueFromSchemaType<Type extends SchemaType> = TypeContents[Type];

/** What all schemas of a cell or value have in common. */
export interface SchemaOptions<Content> {
  /** What the cell or value holds where nothing valid is set. */
  default?: Content | null;
  /** Whether it may be null. */
  allowNull?: boolean;
  /** Whether a whole row, or all values, cannot be set without it. */
  required?: boolean;
}

/** The schema of a cell or value of a type. */
export interface TypeSchema<Type extends SchemaType | SchemaTypeArray, Content> extends SchemaOptions<Content> {
  /** Its type, or several. */
  type: Type;
  /** Not together with a type. */
  enum?: never;
}

/** The schema of a cell or value that is one of some texts, numbers and booleans. */
export interface EnumSchema extends SchemaOptions<string | number | boolean> {
  /** What it may hold. */
  enum: readonly [string | number | boolean, ...(string | number | boolean)[]];
  /** Not together with an enum. */
  type?: never;
}

/** What a cell may hold: a type or several, or one of an enum; its default, and whether it may be null or missing. */
export type CellSchema =
  | TypeSchema<'string', string>
  | TypeSchema<'number', number>
  | TypeSchema<'boolean', boolean>
  | TypeSchema<'object', AnyObject>
  | TypeSchema<'array', AnyArray>
  | TypeSchema<SchemaTypeArray, string | number | boolean | AnyObject | AnyArray>
  | EnumSchema;

/** What a value may hold; the same as for a cell. */
export type ValueSchema = CellSchema;

/** The tables that a store may have, and the schemas of their cells. */
export type TablesSchema = {[tableId: Id]: {[cellId: Id]: CellSchema}};

/** The values that a store may have, and their schemas. */
export type ValuesSchema = {[valueId: Id]: ValueSchema};

/** Stands for the schema of a cell or value that has none. */
export interface AnySchema {
  /** Any type. */
  type: 'any';
}

/** Stands for tables without a schema. */
export type NoTablesSchema = {[tableId: Id]: {[cellId: Id]: AnySchema}};

/** Stands for values without a schema. */
export type NoValuesSchema = {[valueId: Id]: AnySchema};

/** A schema of tables, or none. */
export type OptionalTablesSchema = TablesSchema | NoTablesSchema;

/** A schema of values, or none. */
export type OptionalValuesSchema = ValuesSchema | NoValuesSchema;

/** The schemas of a store, each of which may be none. */
export type OptionalSchemas = [OptionalTablesSchema, OptionalValuesSchema];

/** The schemas of a store that has none. */
export type NoSchemas = [NoTablesSchema, NoValuesSchema];

/** What a cell or value of a schema may hold, other than null. */
export type CellOrValueFromSchema<Schema> = Schema extends AnySchema
  ? TypeContents[SchemaType]
  : Schema extends Record<'type', infer Type extends SchemaType>
    ? TypeContents[Type]
    : Schema extends Record<'type', readonly (infer Type extends SchemaType)[]>
      ? TypeContents[Type]
      : Schema extends Record<'enum', readonly (infer Member)[]>
        ? Member
        : never;

/** Null, if a schema allows it. */
export type NullFromSchema<Schema> = Schema extends Record<'allowNull', true> ? null : never;

/** Nothing to ask of a schema whose default, if any, it allows itself; else a type that no schema has. */
export type ValidDefault<Schema> =
  Schema extends Record<'default', infer Default>
    ? [Default] extends [CellOrValueFromSchema<Schema> | NullFromSchema<Schema> | undefined]
      ? unknown
      : never
    : unknown;

/** Asks of a schema of tables that all defaults are valid. */
export type ValidTablesSchema<Schema> = {
  [TableId in keyof Schema]: {[CellId in keyof Schema[TableId]]: ValidDefault<Schema[TableId][CellId]>};
};

/** Asks of a schema of values that all defaults are valid. */
export type ValidValuesSchema<Schema> = {[ValueId in keyof Schema]: ValidDefault<Schema[ValueId]>};
