// The methods that visit: forEach…
import type {Context} from './context.js';
import {asId} from './context.js';
import type {Reading} from './reading.js';
import type {Column} from './tables.js';
import type {
  Cell,
  CellCallback,
  Id,
  Ids,
  RowCallback,
  TableCallback,
  TableCellCallback,
  ValueCallback,
} from './types/store.js';

export const createVisiting = (
  {core, tables}: Context,
  {getValue, getCellIds, rowsWith, methods: {getTableIds, getTableCellIds, getValueIds}}: Reading,
) => {
  /**
   * Visits ids as a JavaScript Map would: what was deleted meanwhile is passed over, what was added is visited.
   * `visit` tells whether the id was still there; `visited` have been already.
   */
  const forEachLive = (getIds: () => Ids, visit: (id: Id) => boolean, visited: Ids = []): void => {
    const seen = new Set<Id>(visited);
    for (let isNew = true; isNew;) {
      isNew = false;
      for (const id of getIds()) {
        if (!seen.has(id)) {
          seen.add(id);
          isNew = visit(id) || isNew;
        }
      }
    }
  };

  /** `hint` is the slot that the row had in a generation of the table, if that is known. */
  const forEachCell = (
    tableId: string,
    rowId: string,
    callback: CellCallback,
    hint = -1,
    generation?: number,
  ): void => {
    const table = tables.find(tableId);
    if (table === undefined) {
      return;
    }
    // An app may keep the function that visits, and call it when the rows have been numbered anew.
    const isHint = table.generation === generation && tables.isAlive(table, hint);
    const slot = isHint ? hint : tables.slotOf(table, rowId);
    if (slot < 0) {
      return;
    }
    const shape = tables.shape(table, slot);
    const {ids, columns} = shape;
    const isSame = (): boolean => tables.find(tableId) === table && tables.shape(table, slot) === shape;
    let index = 0;
    while (index < ids.length && isSame()) {
      const cell = tables.decode(tables.indexOf(table, slot, columns[index] as Column)) as Cell;
      callback(ids[index++] as string, cell);
    }
    if (!isSame()) {
      // The callback has changed which cells there are: go on with those that it has not been called with.
      forEachLive(
        () => getCellIds(tableId, rowId),
        (cellId) => {
          const cell = tables.cell(tableId, rowId, cellId);
          if (cell !== undefined) {
            callback(cellId, cell);
          }
          return cell !== undefined;
        },
        ids.slice(0, index),
      );
    }
  };

  const forEachRow = (tableId: string, callback: RowCallback): void => {
    // Slots keep their meaning while they are pinned, and new rows come behind.
    core.pin();
    try {
      let next = 0;
      for (let isNew = true; isNew;) {
        isNew = false;
        const table = tables.find(tableId);
        if (table === undefined) {
          return;
        }
        const {slots, ids} = tables.rows(table);
        for (let index = 0; index < slots.length; index++) {
          const slot = slots[index] as number;
          if (slot >= next) {
            const now = tables.find(tableId);
            if (now?.generation !== table.generation) {
              return;
            }
            if (tables.isAlive(now, slot)) {
              const rowId = ids[index] as string;
              isNew = true;
              next = slot + 1;
              callback(rowId, (cellCallback) => forEachCell(tableId, rowId, cellCallback, slot, now.generation));
            }
          }
        }
      }
    } finally {
      core.unpin();
    }
  };

  return {
    forEachTable: (callback: TableCallback): void =>
      forEachLive(getTableIds, (tableId) => {
        if (tables.find(tableId) === undefined) {
          return false;
        }
        callback(tableId, (rowCallback) => forEachRow(tableId, rowCallback));
        return true;
      }),

    forEachTableCell(tableId: Id, callback: TableCellCallback): void {
      const id = asId(tableId);
      forEachLive(
        () => getTableCellIds(id),
        (cellId) => {
          const count = rowsWith(id, cellId);
          if (count > 0) {
            callback(cellId, count);
          }
          return count > 0;
        },
      );
    },

    forEachRow: (tableId: Id, callback: RowCallback): void => forEachRow(asId(tableId), callback),
    forEachCell: (tableId: Id, rowId: Id, callback: CellCallback): void =>
      forEachCell(asId(tableId), asId(rowId), callback),

    forEachValue: (callback: ValueCallback): void =>
      forEachLive(getValueIds, (valueId) => {
        const value = getValue(valueId);
        if (value === undefined) {
          return false;
        }
        callback(valueId, value);
        return true;
      }),
  };
};
