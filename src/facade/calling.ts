// Calls a listener out of turn, with what there is now: `callListener`.
import * as kinds from './kinds.js';
import type {Registration} from './listening.js';
import type {Reading} from './reading.js';
import type {Id, Ids} from './types/store.js';

/** How to call the listeners of a kind. */
interface Matching {
  /** For each id of the path: the ids that a wildcard stands for, given those before it. */
  readonly lists: readonly ((...ids: Id[]) => Ids)[];
  /** What the listener is told after the ids. */
  readonly told: (...ids: Id[]) => unknown[];
}

export const createCalling = (read: Reading['methods'], callSorted: (registration: Registration) => void) => {
  const table = [read.getTableIds];
  const tableCell = [read.getTableIds, read.getTableCellIds];
  const row = [read.getTableIds, read.getRowIds];
  const cell = [read.getTableIds, read.getRowIds, read.getCellIds];
  const value = [read.getValueIds];
  const nothing = (): unknown[] => [];
  // Nothing is invalid now.
  const none = (): Ids => [];
  // The ids of a path are as many as its kind has, which the type cannot say.
  const matching = (lists: readonly unknown[], told: (...ids: never[]) => unknown[] = nothing): Matching =>
    ({lists, told}) as unknown as Matching;

  const matchings: {readonly [kind: number]: Matching | undefined} = {
    [kinds.START_TRANSACTION]: matching([]),
    [kinds.WILL_FINISH_TRANSACTION]: matching([]),
    [kinds.DID_FINISH_TRANSACTION]: matching([]),
    [kinds.HAS_TABLES]: matching([], () => [read.hasTables()]),
    [kinds.TABLES]: matching([]),
    [kinds.TABLE_IDS]: matching([]),
    [kinds.HAS_TABLE]: matching(table, (tableId: Id) => [read.hasTable(tableId)]),
    [kinds.TABLE]: matching(table),
    [kinds.TABLE_CELL_IDS]: matching(table),
    [kinds.HAS_TABLE_CELL]: matching(tableCell, (...ids: [Id, Id]) => [read.hasTableCell(...ids)]),
    [kinds.ROW_COUNT]: matching(table),
    [kinds.ROW_IDS]: matching(table),
    [kinds.HAS_ROW]: matching(row, (...ids: [Id, Id]) => [read.hasRow(...ids)]),
    [kinds.ROW]: matching(row),
    [kinds.CELL_IDS]: matching(row),
    [kinds.HAS_CELL]: matching(cell, (...ids: [Id, Id, Id]) => [read.hasCell(...ids)]),
    [kinds.CELL]: matching(cell, (...ids: [Id, Id, Id]) => [read.getCell(...ids), read.getCell(...ids)]),
    [kinds.INVALID_CELL]: matching([none, none, none]),
    [kinds.INVALID_VALUE]: matching([none]),
    [kinds.HAS_VALUES]: matching([], () => [read.hasValues()]),
    [kinds.VALUES]: matching([]),
    [kinds.VALUE_IDS]: matching([]),
    [kinds.HAS_VALUE]: matching(value, (valueId: Id) => [read.hasValue(valueId)]),
    [kinds.VALUE]: matching(value, (valueId: Id) => [read.getValue(valueId), read.getValue(valueId)]),
  };

  /**
   * Calls a listener for everything that its path covers now. As it may write, each level's ids are listed when the
   * level is entered, and what is told is read just before the call.
   */
  return (store: unknown, registration: Registration): void => {
    const {kind, path, listener} = registration;
    if (kind === kinds.SORTED_ROW_IDS) {
      // As in TinyBase, whose wildcard stands for no cell here; all tables would mean the same page.
      const [tableId, cellId] = path;
      const times = cellId === null ? 0 : tableId === null ? read.getTableIds().length : 1;
      for (let time = 0; time < times; time++) {
        callSorted(registration);
      }
      return;
    }
    const found = matchings[kind];
    if (found === undefined) {
      return;
    }
    const {lists, told} = found;
    const visit = (ids: Id[]): void => {
      const level = ids.length;
      const list = lists[level];
      if (list === undefined) {
        listener(store, ...ids, ...told(...ids));
      } else if (path[level] === null) {
        for (const id of list(...ids)) {
          visit([...ids, id]);
        }
      } else {
        visit([...ids, path[level] as Id]);
      }
    };
    visit([]);
  };
};
