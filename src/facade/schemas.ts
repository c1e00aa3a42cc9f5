// The schemas: reads the objects that users give, and sends Rust what they say.
import type {Context} from './context.js';
import type {CellWriter} from './cell-writer.js';
import {TAG_REJECTED, VIEW_NEW} from './layout.js';
import {i32} from './memory.js';
import type {TablesSchema, ValuesSchema} from './types/schemas.js';
import type {Store} from './types/store.js';
import {emptyObject, isPlainObject} from './values.js';

// The members of a cell's schema, by their numbers in `src/store/schema.rs`.
const MEMBERS = ['type', 'enum', 'default', 'allowNull', 'required'];

// The types of cells, by their bits in the same file.
const TYPES = Object.assign(emptyObject<number>(), {string: 1, number: 2, boolean: 4, object: 8, array: 16});

/** A cell as its low and its high word. */
type Words = [number, number];

/** What Rust is told of one cell or value (`src/binding/store/schemas.rs`). */
interface CellSchemaInput {
  id: number;
  types: number;
  choices: Words[];
  default: Words | undefined;
  allowsNull: boolean;
  isRequired: boolean;
  members: [member: number, json: number][];
}

export const createSchemas = (
  {core, view, texts}: Context,
  cells: CellWriter,
  /** Runs an action in a transaction. */
  write: (action: () => void) => Store,
) => {
  const newIndex = (view + VIEW_NEW) >>> 2;

  /** The words of a cell; `undefined` if it cannot be one. */
  const wordsOf = (cell: unknown): Words | undefined => {
    cells.put(cell, false);
    const words: Words = [(i32[newIndex] as number) >>> 0, (i32[newIndex + 1] as number) >>> 0];
    return words[1] === TAG_REJECTED ? undefined : words;
  };

  /** The bits of a type or several; 0 if any of them is none. */
  const typesOf = (type: unknown): number => {
    const types = (Array.isArray(type) ? type : [type]).map((name) => TYPES[name as string] ?? 0);
    return types.includes(0) ? 0 : types.reduce((bits, bit) => bits | bit, 0);
  };

  /** The words of an enum's choices; `undefined` if it is no list of texts, numbers and booleans. */
  const choicesOf = (choices: unknown): Words[] | undefined => {
    if (!Array.isArray(choices)) {
      return undefined;
    }
    const words = Array.from(choices, (choice) => (typeof choice === 'object' ? undefined : wordsOf(choice)));
    return words.includes(undefined) ? undefined : (words as Words[]);
  };

  /** Reads the schema of one cell or value; `undefined` if it cannot be one. */
  const readCell = (id: string, schema: unknown): CellSchemaInput | undefined => {
    if (!isPlainObject(schema)) {
      return undefined;
    }
    const input: CellSchemaInput = {
      id: texts.intern(id),
      types: 0,
      choices: [],
      default: undefined,
      allowsNull: false,
      isRequired: false,
      members: [],
    };
    for (const name of Object.keys(schema)) {
      const member = MEMBERS.indexOf(name);
      const given = schema[name];
      if (member < 0 || given === undefined) {
        continue;
      }
      if (name === 'type') {
        input.types = typesOf(given);
        if (input.types === 0) {
          return undefined;
        }
      } else if (name === 'enum') {
        const choices = choicesOf(given);
        if (choices === undefined) {
          return undefined;
        }
        input.choices = choices;
      } else if (name === 'default') {
        input.default = wordsOf(given);
      } else if (name === 'allowNull') {
        input.allowsNull = Boolean(given);
      } else {
        input.isRequired = given === true;
      }
      const json = jsonOf(given);
      if (json !== undefined) {
        input.members.push([member, texts.intern(json)]);
      }
    }
    return input;
  };

  /** What JSON says of a member; `undefined` if it has no words for it. */
  const jsonOf = (given: unknown): string | undefined => {
    try {
      return JSON.stringify(given);
    } catch {
      return undefined;
    }
  };

  const readCells = (schema: unknown): CellSchemaInput[] => {
    if (!isPlainObject(schema)) {
      return [];
    }
    const cells = Object.keys(schema).map((id) => readCell(id, schema[id]));
    return cells.filter((cell) => cell !== undefined);
  };

  /** Reads a schema and sets it, with the handles in it kept until that is done. */
  const set = (action: () => void): Store =>
    write(() => {
      core.pin();
      try {
        action();
      } finally {
        core.unpin();
      }
    });

  const setTablesSchema = (schema: TablesSchema): Store =>
    set(() => {
      if (isPlainObject(schema)) {
        const ids = Object.keys(schema);
        const tables = ids.map((id) => ({id: texts.intern(id), cells: readCells(schema[id])}));
        core.setTablesSchema(tables);
      }
    });

  const setValuesSchema = (schema: ValuesSchema): Store => set(() => core.setValuesSchema(readCells(schema)));

  /** Whether there is a schema; `undefined`, as in TinyBase, until one has been set or deleted. */
  const known = (has: number): boolean => [false, true][has] as boolean;

  return {
    setTablesSchema,
    setValuesSchema,
    setSchema: (tablesSchema: TablesSchema, valuesSchema?: ValuesSchema): Store =>
      write(() => {
        setTablesSchema(tablesSchema);
        if (valuesSchema !== undefined) {
          setValuesSchema(valuesSchema);
        }
      }),
    delTablesSchema: (): Store => write(() => core.delTablesSchema()),
    delValuesSchema: (): Store => write(() => core.delValuesSchema()),
    delSchema: (): Store =>
      write(() => {
        core.delTablesSchema();
        core.delValuesSchema();
      }),
    hasTablesSchema: (): boolean => known(core.hasTablesSchema()),
    hasValuesSchema: (): boolean => known(core.hasValuesSchema()),
  };
};
