// The documentation of the methods that only mergeable stores have, and the types of those that no schema changes.
import type {
  CellHashes,
  ContentHashes,
  MergeableChanges,
  MergeableContent,
  RowHashes,
  TableHashes,
  TablesStamp,
  ValueHashes,
  ValuesStamp,
} from './mergeable-store.js';

/**
 * What a MergeableStore has beyond a Store. It is documented here for both kinds, with and without schemas, and each
 * kind gives those methods their types that depend on it, which here may take and return anything.
 */
export interface MergeableStoreMethods {
  /** Everything, with its stamps: what there is, what was deleted, and when each was changed last. */
  getMergeableContent(): MergeableContent;
  /** The hash of all tables, and that of all values. Two stores with the same hashes hold the same. */
  getMergeableContentHashes(): ContentHashes;
  /** The hash of each table. */
  getMergeableTableHashes(): TableHashes;
  /**
   * Given the hashes of another store's tables, the tables that it does not have, and the hashes here of those that
   * differ: what the other one is to be asked about next.
   */
  getMergeableTableDiff(otherTableHashes: TableHashes): [newTables: TablesStamp, differingTableHashes: TableHashes];
  /** Given the hashes of another store's tables, the hash of each row here of those tables that differ. */
  getMergeableRowHashes(otherTableHashes: TableHashes): RowHashes;
  /**
   * Given the hashes of another store's rows, the rows of these tables that it does not have, and the hashes here of
   * those that differ.
   */
  getMergeableRowDiff(otherTableRowHashes: RowHashes): [newRows: TablesStamp, differingRowHashes: RowHashes];
  /** Given the hashes of another store's rows, the hash of each cell here of those rows that differ. */
  getMergeableCellHashes(otherTableRowHashes: RowHashes): CellHashes;
  /** Given the hashes of another store's cells, the cells of these rows that it does not have, or that differ. */
  getMergeableCellDiff(otherTableRowCellHashes: CellHashes): TablesStamp;
  /** The hash of each value. */
  getMergeableValueHashes(): ValueHashes;
  /** Given the hashes of another store's values, the values that it does not have, or that differ. */
  getMergeableValueDiff(otherValueHashes?: ValueHashes): ValuesStamp;
  /**
   * Sets everything to the content of another MergeableStore. What is no such content, or has a stamp of more than five
   * minutes from now, changes nothing.
   */
  setMergeableContent(mergeableContent: MergeableContent): this;
  /**
   * Sets everything, as `setContent` does, but without HLCs: any change that anyone has made or will make wins. A
   * function gives what is to be set.
   */
  setDefaultContent(...args: never): unknown;
  /** What the transaction so far has stamped, with what it is now; with hashes if asked for. */
  getTransactionMergeableChanges<Hashed extends boolean = false>(withHashes?: Hashed): MergeableChanges<Hashed>;
  /**
   * Merges changes, or the whole content, of another MergeableStore: of each cell and value the later change wins. What
   * is neither, or has a stamp of more than five minutes from now, changes nothing.
   */
  applyMergeableChanges(mergeableChanges: MergeableChanges | MergeableContent): this;
  /** Merges another MergeableStore's content and this one's, after which both hold the same. */
  merge(...args: never): unknown;
  /** Whether the store can be merged with others: true. */
  isMergeable(): boolean;
}
