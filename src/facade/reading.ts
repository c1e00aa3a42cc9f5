// The methods that read.
import type {Context} from './context.js';
import {asId} from './context.js';
import {
  JSON_OF_BOTH,
  JSON_OF_SCHEMAS,
  JSON_OF_TABLES,
  JSON_OF_TABLES_SCHEMA,
  JSON_OF_VALUES,
  JSON_OF_VALUES_SCHEMA,
} from './json-reader.js';
import {VIEW_NEW, VIEW_OUT_ADDRESS, VIEW_OUT_LENGTH} from './layout.js';
import {decodeUtf8, i32, refresh} from './memory.js';
import type {Cell, Content, Id, Ids, Json, Row, Table, Tables as TablesObject, Value, Values} from './types/store.js';
import {emptyObject} from './values.js';

export const createReading = ({core, view, texts, tables}: Context) => {
  const newIndex = (view + VIEW_NEW) >>> 2;

  /** The ids whose handles come first in each entry, of so many 32-bit words, of the latest output. */
  const idsOut = (entryWords: number): Ids => {
    const words = tables.out();
    const handles = new Int32Array(words.length / entryWords);
    for (let index = 0; index < handles.length; index++) {
      handles[index] = words[index * entryWords] as number;
    }
    return texts.list(handles);
  };

  const getTableIds = (): Ids => {
    core.tableIdsOut();
    return idsOut(2);
  };

  const readTable = (id: string, isEncoded: boolean): Table => {
    const object = emptyObject<Row>();
    const table = tables.find(id);
    if (table !== undefined) {
      const {slots, ids} = tables.rows(table);
      for (let index = 0; index < slots.length; index++) {
        object[ids[index] as string] = tables.row(table, slots[index] as number, isEncoded);
      }
    }
    return object;
  };

  const readTables = (isEncoded: boolean): TablesObject => {
    const object = emptyObject<Table>();
    for (const id of getTableIds()) {
      object[id] = readTable(id, isEncoded);
    }
    return object;
  };

  const readValues = (isEncoded: boolean): Values => {
    core.valuesOut();
    // Each entry is two double words, the handle and the value, which is read where it is.
    const count = outLength() / 2;
    const handles = new Int32Array(count);
    const start = outIndex();
    const values: Value[] = [];
    for (let index = 0; index < count; index++) {
      handles[index] = i32[start + index * 4] as number;
    }
    const words = i32.slice(start, start + count * 4);
    const doubles = new Float64Array(words.buffer);
    for (let index = 0; index < count; index++) {
      values.push(tables.decodeFrom(words, doubles, index * 4 + 2, isEncoded) as Value);
    }
    const ids = texts.list(handles);
    const object = emptyObject<Value>();
    for (let index = 0; index < count; index++) {
      object[ids[index] as string] = values[index] as Value;
    }
    return object;
  };

  const outIndex = (): number => {
    refresh();
    return (i32[(view + VIEW_OUT_ADDRESS) >>> 2] as number) >>> 2;
  };

  const outLength = (): number => {
    refresh();
    return i32[(view + VIEW_OUT_LENGTH) >>> 2] as number;
  };

  /** The text that Rust has put out. */
  const textOut = (): string => {
    refresh();
    const address = (i32[(view + VIEW_OUT_ADDRESS) >>> 2] as number) >>> 0;
    return decodeUtf8(address, i32[(view + VIEW_OUT_LENGTH) >>> 2] as number);
  };

  const json = (what: number): Json => {
    core.jsonOut(what);
    return textOut();
  };

  const editsJson = (tracker: number): Json => {
    core.editsOut(tracker);
    return textOut();
  };

  const editedRowsJson = (tracker: number): Json => {
    core.editedRowsOut(tracker);
    return textOut();
  };

  const getCellIds = (tableId: string, rowId: string): Ids => {
    const table = tables.find(tableId);
    const slot = table === undefined ? -1 : tables.slotOf(table, rowId);
    return table === undefined || slot < 0 ? [] : [...tables.shape(table, slot).ids];
  };

  const getTableCellIds = (tableId: string): Ids => {
    const table = tables.find(tableId);
    if (table === undefined) {
      return [];
    }
    core.columnIdsOut(table.handle);
    return idsOut(2);
  };

  /** How many rows of a table have a cell. */
  const rowsWith = (tableId: string, cellId: string): number => {
    const table = tables.find(tableId);
    const column = table === undefined ? undefined : tables.columnOf(table, cellId);
    return table === undefined || column === undefined ? 0 : core.columnRows(table.handle, column.number);
  };

  const getValueIds = (): Ids => {
    core.valuesOut();
    return idsOut(4);
  };

  const getValue = (valueId: string): Value | undefined => {
    core.valueOut(texts.find(valueId));
    refresh();
    return tables.decode(newIndex);
  };

  const rowsOf = (ids: string): Json => {
    const object = emptyObject<Table>();
    for (const [tableId, rowId] of JSON.parse(ids) as [Id, Id][]) {
      const table = tables.find(tableId);
      const slot = table === undefined ? -1 : tables.slotOf(table, rowId);
      if (table !== undefined && slot >= 0) {
        (object[tableId] ??= emptyObject<Row>())[rowId] = tables.row(table, slot, true);
      }
    }
    return JSON.stringify([object, {}]);
  };

  return {
    rowsOf,
    readContent: (isEncoded: boolean): Content => [readTables(isEncoded), readValues(isEncoded)],
    idsOut,
    json: () => json(JSON_OF_BOTH),
    textOut,
    editsJson,
    editedRowsJson,
    getValue,
    getCellIds,
    rowsWith,

    methods: {
      getContent: (): Content => [readTables(false), readValues(false)],
      getTables: (): TablesObject => readTables(false),
      getTableIds,
      getTable: (tableId: Id): Table => readTable(asId(tableId), false),

      getTableCellIds: (tableId: Id): Ids => getTableCellIds(asId(tableId)),

      getRowCount(tableId: Id): number {
        const table = tables.find(asId(tableId));
        return table === undefined ? 0 : core.rowCount(table.handle);
      },

      getRowIds(tableId: Id): Ids {
        const table = tables.find(asId(tableId));
        return table === undefined ? [] : tables.rows(table).ids.slice();
      },

      getRow(tableId: Id, rowId: Id): Row {
        const table = tables.find(asId(tableId));
        const slot = table === undefined ? -1 : tables.slotOf(table, asId(rowId));
        return table === undefined || slot < 0 ? emptyObject<Cell>() : tables.row(table, slot, false);
      },

      getCellIds: (tableId: Id, rowId: Id): Ids => getCellIds(asId(tableId), asId(rowId)),
      getCell: (tableId: Id, rowId: Id, cellId: Id) => tables.cell(asId(tableId), asId(rowId), asId(cellId)),
      getValues: (): Values => readValues(false),
      getValueIds,
      getValue: (valueId: Id) => getValue(asId(valueId)),

      hasTables: (): boolean => getTableIds().length > 0,
      hasTable: (tableId: Id): boolean => tables.find(asId(tableId)) !== undefined,
      hasTableCell: (tableId: Id, cellId: Id): boolean => rowsWith(asId(tableId), asId(cellId)) > 0,
      hasRow(tableId: Id, rowId: Id): boolean {
        const table = tables.find(asId(tableId));
        return table !== undefined && tables.slotOf(table, asId(rowId)) >= 0;
      },
      hasCell: (tableId: Id, rowId: Id, cellId: Id): boolean =>
        tables.hasCell(asId(tableId), asId(rowId), asId(cellId)),
      hasValues(): boolean {
        core.valuesOut();
        return outLength() > 0;
      },
      hasValue: (valueId: Id): boolean => getValue(asId(valueId)) !== undefined,

      getTablesJson: (): Json => json(JSON_OF_TABLES),
      getValuesJson: (): Json => json(JSON_OF_VALUES),
      getJson: (): Json => json(JSON_OF_BOTH),
      getTablesSchemaJson: (): Json => json(JSON_OF_TABLES_SCHEMA),
      getValuesSchemaJson: (): Json => json(JSON_OF_VALUES_SCHEMA),
      getSchemaJson: (): Json => json(JSON_OF_SCHEMAS),
    },
  };
};

/** What reads a store. */
export type Reading = ReturnType<typeof createReading>;
