// The kinds of listeners, by the numbers that Rust gives them (`src/store/kinds.rs`; `tests/layout.rs` compares the two).
import type {StoreListenerStats} from './types/store.js';

export const START_TRANSACTION = 0;
export const WILL_FINISH_TRANSACTION = 1;
export const DID_FINISH_TRANSACTION = 2;
export const TABLES = 3;
export const TABLE_IDS = 4;
export const TABLE = 5;
export const ROW_IDS = 6;
export const ROW = 7;
export const CELL_IDS = 8;
export const CELL = 9;
export const VALUES = 10;
export const VALUE_IDS = 11;
export const VALUE = 12;
export const HAS_TABLES = 13;
export const HAS_TABLE = 14;
export const TABLE_CELL_IDS = 15;
export const HAS_TABLE_CELL = 16;
export const ROW_COUNT = 17;
export const HAS_ROW = 18;
export const HAS_CELL = 19;
export const HAS_VALUES = 20;
export const HAS_VALUE = 21;
export const INVALID_CELL = 22;
export const INVALID_VALUE = 23;
export const SORTED_ROW_IDS = 24;

/** The kinds that each number of `getListenerStats` counts, in its order. */
export const COUNTED: Record<keyof StoreListenerStats, readonly number[]> = {
  hasTables: [HAS_TABLES],
  tables: [TABLES],
  tableIds: [TABLE_IDS],
  hasTable: [HAS_TABLE],
  table: [TABLE],
  tableCellIds: [TABLE_CELL_IDS],
  hasTableCell: [HAS_TABLE_CELL],
  rowCount: [ROW_COUNT],
  rowIds: [ROW_IDS],
  sortedRowIds: [SORTED_ROW_IDS],
  hasRow: [HAS_ROW],
  row: [ROW],
  cellIds: [CELL_IDS],
  hasCell: [HAS_CELL],
  cell: [CELL],
  invalidCell: [INVALID_CELL],
  hasValues: [HAS_VALUES],
  values: [VALUES],
  valueIds: [VALUE_IDS],
  hasValue: [HAS_VALUE],
  value: [VALUE],
  invalidValue: [INVALID_VALUE],
  transaction: [START_TRANSACTION, WILL_FINISH_TRANSACTION, DID_FINISH_TRANSACTION],
};
