// The types of mergeable stores with schemas.
import type {MergeableStoreMethods} from '../mergeable-store-methods.js';
import type {OptionalSchemas} from '../schemas.js';
import type {Content} from './content.js';
import type {Store} from './store.js';

export type * from '../mergeable-store-methods.js';
export type {
  CellHashes,
  CellStamp,
  ContentHashes,
  GetNow,
  Hash,
  Hlc,
  MergeableChanges,
  MergeableContent,
  RowHashes,
  RowStamp,
  Stamp,
  TableHashes,
  TableStamp,
  TablesStamp,
  ValueHashes,
  ValueStamp,
  ValuesStamp,
} from '../mergeable-store.js';

/**
 * A Store whose content can be merged with that of others, typed by its schemas: whoever gets the same changes, in
 * whatever order and however often, ends up with the same content.
 *
 * Each change of a cell or value gets a stamp, with an HLC that says when it was made and by whom, and of two changes of
 * the same cell the later one wins. Deletions are changes, too, and leave a stamp behind. Hashes say where two stores
 * differ, without sending all that they hold.
 */
export interface MergeableStore<in out Schemas extends OptionalSchemas> extends Store<Schemas>, MergeableStoreMethods {
  setDefaultContent(content: Content<Schemas, true> | (() => Content<Schemas, true>)): this;
  merge(mergeableStore: MergeableStore<Schemas>): this;
  isMergeable(): boolean;
}
