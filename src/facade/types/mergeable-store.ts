// The types of mergeable stores.
import type {Hash, Hlc, Id} from './common.js';
import type {CellOrUndefined, Content, ValueOrUndefined} from './content.js';
import type {MergeableStoreMethods} from './mergeable-store-methods.js';
import type {Store} from './store.js';

export type {GetNow, Hash, Hlc} from './common.js';

/**
 * Something as it was at its latest change, and when that was: `[thing, hlc]`, `[thing]` if it has no HLC, or with
 * hashes always `[thing, hlc, hash]`, where no HLC is the empty text.
 */
export type Stamp<Thing, Hashed extends boolean = false> = Hashed extends true
  ? [thing: Thing, hlc: Hlc, hash: Hash]
  : [thing: Thing, hlc?: Hlc];

/** The hash of all tables, and that of all values. */
export type ContentHashes = [tablesHash: Hash, valuesHash: Hash];

/** The stamp of all tables, or of some of them. */
export type TablesStamp<Hashed extends boolean = false> = Stamp<{[tableId: Id]: TableStamp<Hashed>}, Hashed>;

/** The hash of each table, by table id. */
export type TableHashes = {[tableId: Id]: Hash};

/** The stamp of a table: of all its rows, or of some of them. */
export type TableStamp<Hashed extends boolean = false> = Stamp<{[rowId: Id]: RowStamp<Hashed>}, Hashed>;

/** The hash of each row, by table id and row id. */
export type RowHashes = {[tableId: Id]: {[rowId: Id]: Hash}};

/** The stamp of a row: of all its cells, or of some of them. */
export type RowStamp<Hashed extends boolean = false> = Stamp<{[cellId: Id]: CellStamp<Hashed>}, Hashed>;

/** The hash of each cell, by table id, row id and cell id. */
export type CellHashes = {[tableId: Id]: {[rowId: Id]: {[cellId: Id]: Hash}}};

/** The stamp of a cell, which is `undefined` if it was deleted. */
export type CellStamp<Hashed extends boolean = false> = Stamp<CellOrUndefined, Hashed>;

/** The stamp of all values, or of some of them. */
export type ValuesStamp<Hashed extends boolean = false> = Stamp<{[valueId: Id]: ValueStamp<Hashed>}, Hashed>;

/** The hash of each value, by value id. */
export type ValueHashes = {[valueId: Id]: Hash};

/** The stamp of a value, which is `undefined` if it was deleted. */
export type ValueStamp<Hashed extends boolean = false> = Stamp<ValueOrUndefined, Hashed>;

/** Everything in a mergeable store, with what is needed to merge it. */
export type MergeableContent = [mergeableTables: TablesStamp<true>, mergeableValues: ValuesStamp<true>];

/** Changes of a mergeable store, with what is needed to merge them. */
export type MergeableChanges<Hashed extends boolean = false> = [
  mergeableTables: TablesStamp<Hashed>,
  mergeableValues: ValuesStamp<Hashed>,
  isChanges: 1,
];

/**
 * A Store whose content can be merged with that of others: whoever gets the same changes, in whatever order and however
 * often, ends up with the same content.
 *
 * Each change of a cell or value gets a stamp, with an HLC that says when it was made and by whom, and of two changes of
 * the same cell the later one wins. Deletions are changes, too, and leave a stamp behind. Hashes say where two stores
 * differ, without sending all that they hold.
 */
export interface MergeableStore extends Store, MergeableStoreMethods {
  setDefaultContent(content: Content | (() => Content)): this;
  merge(mergeableStore: MergeableStore): this;
  isMergeable(): boolean;
}
