// The methods that write. Each is a transaction, or part of the one that is open; Rust leaves out and
// reports what is not valid, and sets the rest.
import {type BlockWriter, withWriter} from './block-writer.js';
import type {Context} from './context.js';
import {asId} from './context.js';
import type {CellWriter} from './cell-writer.js';
import {JSON_OF_BOTH, JSON_OF_TABLES, JSON_OF_VALUES, createJsonReader} from './json-reader.js';
import {NONE} from './layout.js';
import type {Reading} from './reading.js';
import type {Transactions} from './transactions.js';
import type {
  Cell,
  Changes,
  Content,
  Id,
  Json,
  MapCell,
  MapValue,
  Row,
  Store,
  Table,
  Tables,
  Value,
  Values,
} from './types/store.js';
import {isPlainObject} from './values.js';

type ChangedTable = NonNullable<Changes[0][Id]>;
type ChangedRow = NonNullable<ChangedTable[Id]>;

export const createWriting = (context: Context, {getValue}: Reading, transactions: Transactions, cells: CellWriter) => {
  const {core, texts, tables} = context;

  /** Runs a write in a transaction; nothing happens if the store is locked. */
  const write = (action: () => void): Store => {
    if (transactions.begin()) {
      try {
        action();
      } catch (error) {
        transactions.fail();
        throw error;
      }
      transactions.end();
    }
    return context.store;
  };

  const {readJson, applyJson, tryJson} = createJsonReader(context, write);

  const withRows = <Result>(isEncoded: boolean, action: (writer: BlockWriter) => Result): Result =>
    withWriter(context, isEncoded, action);

  const putTables = (tablesObject: unknown, isEncoded: boolean): void => {
    if (!isPlainObject(tablesObject)) {
      core.reportInvalidCell(NONE, NONE);
      return;
    }
    withRows(isEncoded, (writer) => {
      for (const tableId of Object.keys(tablesObject)) {
        const table = tablesObject[tableId];
        if (isPlainObject(table)) {
          putRows(writer, table);
        }
        writer.endTable(tableId);
      }
      core.setTables(writer.finish());
    });
  };

  /** Writes the rows of a table. */
  const putRows = (writer: BlockWriter, table: Record<string, unknown>): void => {
    for (const rowId of Object.keys(table)) {
      const row = table[rowId];
      if (isPlainObject(row)) {
        writer.row(rowId, row);
      } else {
        writer.badRow(rowId);
      }
    }
  };

  const putRow = (tableId: string, rowId: string, row: unknown, isPartial: boolean): void => {
    if (!isPlainObject(row)) {
      core.reportInvalidCell(texts.intern(tableId), texts.intern(rowId));
      return;
    }
    withRows(false, (writer) => {
      writer.row(rowId, row);
      core.setRow(writer.finish(), texts.intern(tableId), isPartial);
    });
  };

  const putValues = (values: unknown, isPartial: boolean, isEncoded: boolean): void => {
    if (!isPlainObject(values)) {
      core.reportInvalidValues();
      return;
    }
    withRows(isEncoded, (writer) => {
      writer.values(values);
      core.setValues(writer.finish(), isPartial);
    });
  };

  const isEmpty = (thing: unknown): boolean => isPlainObject(thing) && Object.keys(thing).length === 0;

  /** Sets the content: an empty half empties the store's, one that is no object leaves it alone. */
  const putContent = (content: unknown, isEncoded: boolean): void => {
    if (Array.isArray(content)) {
      const [tablesHalf, valuesHalf] = content as unknown[];
      if (isEmpty(tablesHalf)) {
        core.delTables();
      } else {
        putTables(tablesHalf, isEncoded);
      }
      if (isEmpty(valuesHalf)) {
        core.delValues();
      } else {
        putValues(valuesHalf, false, isEncoded);
      }
    }
  };

  const dropCell = (tableId: string, rowId: string, cellId: string, isForced: boolean): void =>
    core.delCell(texts.find(tableId), texts.find(rowId), texts.find(cellId), isForced);

  const dropRow = (tableId: string, rowId: string): void => core.delRow(texts.find(tableId), texts.find(rowId));

  /** Whether each member can go in a block: none deletes, and none is a function of what is there. */
  const isPlainData = (members: object): boolean =>
    Object.values(members).every((member) => member !== undefined && typeof member !== 'function');

  /** Applies changes in their order; `undefined` deletes. Rows that only set go in blocks, all else one by one. */
  const putChanges = (changes: Changes, isEncoded: boolean): void => {
    const [changedTables, changedValues] = changes;
    for (const [tableId, table] of Object.entries(changedTables)) {
      if (table === undefined) {
        core.delTable(texts.find(tableId));
      } else {
        putChangedRows(tableId, table, isEncoded);
      }
    }
    if (isPlainData(changedValues)) {
      withRows(isEncoded, (writer) => {
        writer.values(changedValues);
        core.mergeValues(writer.finish());
      });
      return;
    }
    for (const [valueId, value] of Object.entries(changedValues)) {
      if (value === undefined) {
        core.delValue(texts.find(valueId));
      } else {
        const current = (): unknown => getValue(valueId);
        cells.setValue(valueId, mapped(value, current), isEncoded);
      }
    }
  };

  const putChangedRows = (tableId: string, table: ChangedTable, isEncoded: boolean): void =>
    withRows(isEncoded, (writer) => {
      let hasRow = false;
      const flush = (): void => {
        if (hasRow) {
          core.mergeTable(writer.finish(), texts.intern(tableId));
          writer.begin(context, isEncoded);
          hasRow = false;
        }
      };
      for (const [rowId, row] of Object.entries(table)) {
        if (row === undefined) {
          flush();
          dropRow(tableId, rowId);
        } else if (row !== null && isPlainData(row)) {
          writer.row(rowId, row);
          hasRow = true;
        } else {
          flush();
          putChangedCells(tableId, rowId, row, isEncoded);
        }
      }
      flush();
    });

  const putChangedCells = (tableId: string, rowId: string, row: ChangedRow, isEncoded: boolean): void => {
    for (const [cellId, cell] of Object.entries(row)) {
      if (cell === undefined) {
        dropCell(tableId, rowId, cellId, true);
      } else {
        const current = (): unknown => tables.cell(tableId, rowId, cellId);
        cells.setCell(tableId, rowId, cellId, mapped(cell, current), isEncoded);
      }
    }
  };

  /** What a function makes of the current state, or the thing itself. */
  const mapped = (thing: unknown, current: () => unknown): unknown =>
    typeof thing === 'function' ? (thing as (current: unknown) => unknown)(current()) : thing;

  return {
    write,

    /** Sets content, encoded or not, and does something more in the same transaction. */
    setContentThen: (content: unknown, isEncoded: boolean, then: () => void) =>
      write(() => {
        putContent(typeof content === 'function' ? (content as () => unknown)() : content, isEncoded);
        then();
      }),

    applyEncodedChanges: (changes: Changes, then: () => void) =>
      write(() => {
        putChanges(changes, true);
        then();
      }),

    putContent,

    putEncodedChanges: (changes: Changes) => putChanges(changes, true),

    /** Sets content from JSON text. Throws a SyntaxError with a `code` if it is none. */
    setEncodedJson(json: string, then: () => void): void {
      const problem = readJson(JSON_OF_BOTH, json);
      if (problem !== undefined) {
        throw Object.assign(new SyntaxError(`The stored text cannot be read: ${problem}.`), {code: 'malformed-json'});
      }
      applyJson(JSON_OF_BOTH, json, then);
    },

    methods: {
      setContent: (content: Content | (() => Content)) =>
        write(() => putContent(typeof content === 'function' ? content() : content, false)),
      setTables: (tablesObject: Tables) => write(() => putTables(tablesObject, false)),

      setTable: (tableId: Id, table: Table) =>
        write(() => {
          const id = asId(tableId);
          if (!isPlainObject(table)) {
            core.reportInvalidCell(texts.intern(id), NONE);
            return;
          }
          withRows(false, (writer) => {
            putRows(writer, table);
            core.setTable(writer.finish(), texts.intern(id));
          });
        }),

      setRow: (tableId: Id, rowId: Id, row: Row) => write(() => putRow(asId(tableId), asId(rowId), row, false)),

      addRow(tableId: Id, row: Row, reuseRowIds = true): Id | undefined {
        let added: Id | undefined;
        write(() => {
          const id = asId(tableId);
          if (!isPlainObject(row)) {
            core.reportInvalidCell(texts.intern(id), NONE);
            return;
          }
          withRows(false, (writer) => {
            writer.row('', row);
            const handle = core.addRow(writer.finish(), texts.intern(id), Boolean(reuseRowIds));
            added = handle === NONE ? undefined : texts.text(handle);
          });
        });
        return added;
      },

      setPartialRow: (tableId: Id, rowId: Id, row: Row) => write(() => putRow(asId(tableId), asId(rowId), row, true)),

      setCell: (tableId: Id, rowId: Id, cellId: Id, cell: Cell | MapCell): Store =>
        cells.write(tableId, rowId, cellId, cell),

      setValues: (values: Values) => write(() => putValues(values, false, false)),
      setPartialValues: (values: Values) => write(() => putValues(values, true, false)),

      setValue(valueId: Id, value: Value | MapValue): Store {
        const id = asId(valueId);
        return write(() =>
          cells.setValue(
            id,
            mapped(value, () => getValue(id)),
            false,
          ),
        );
      },

      applyChanges: (changes: Changes) =>
        write(() => {
          if (changes !== undefined) {
            putChanges(changes, false);
          }
        }),

      setTablesJson: (json: Json): Store => tryJson(JSON_OF_TABLES, json),
      setValuesJson: (json: Json): Store => tryJson(JSON_OF_VALUES, json),
      setJson: (json: Json): Store =>
        // Unlike its two halves, this one is a transaction whatever it is given, and lets errors through.
        applyJson(JSON_OF_BOTH, json) ? context.store : write(() => undefined),

      delTables: () => write(() => core.delTables()),
      delTable: (tableId: Id) => write(() => core.delTable(texts.find(asId(tableId)))),
      delRow: (tableId: Id, rowId: Id) => write(() => dropRow(asId(tableId), asId(rowId))),
      delCell: (tableId: Id, rowId: Id, cellId: Id, forceDel?: boolean) =>
        write(() => dropCell(asId(tableId), asId(rowId), asId(cellId), Boolean(forceDel))),
      delValues: () => write(() => core.delValues()),
      delValue: (valueId: Id) => write(() => core.delValue(texts.find(asId(valueId)))),
    },
  };
};

/** What writes to a store. */
export type Writing = ReturnType<typeof createWriting>;
