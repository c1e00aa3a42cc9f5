// Mergeable stores, with typed schemas and without.
import {
  createMergeableStore as createPlainStore,
  type CellHashes,
  type ContentHashes,
  type MergeableChanges,
  type MergeableContent,
  type MergeableStore as PlainStore,
  type RowHashes,
  type TableHashes,
  type TablesStamp,
  type ValueHashes,
  type ValuesStamp,
} from 'library/mergeable-store';
import {createMergeableStore} from 'library/mergeable-store/with-schemas';
import type {Store as AnyStore} from 'library/store';

const now = (): number => 1000;
const plain: PlainStore = createPlainStore('one', now).setCell('pets', 'fido', 'legs', 4).setValue('open', true);
const other: PlainStore = createPlainStore();
const asStore: AnyStore = plain;
// @ts-expect-error: a store is not always mergeable
const noStore: PlainStore = asStore;

const content: MergeableContent = plain.getMergeableContent();
const [[tables, tablesHlc, tablesHash]] = content;
const parts: [string, number] = [tablesHlc, tablesHash];
const legs = tables['pets']?.[0]['fido']?.[0]['legs'];
const hashes: ContentHashes = plain.getMergeableContentHashes();
const tableHashes: TableHashes = plain.getMergeableTableHashes();
const [newTables, differing]: [TablesStamp, TableHashes] = other.getMergeableTableDiff(tableHashes);
const rowHashes: RowHashes = plain.getMergeableRowHashes(differing);
const cellHashes: CellHashes = plain.getMergeableCellHashes(other.getMergeableRowDiff(rowHashes)[1]);
const cells: TablesStamp = other.getMergeableCellDiff(cellHashes);
const valueHashes: ValueHashes = plain.getMergeableValueHashes();
const values: ValuesStamp = other.getMergeableValueDiff(valueHashes);
const changes: MergeableChanges = plain.getTransactionMergeableChanges();
const hashed: MergeableChanges<true> = plain.getTransactionMergeableChanges(true);
const same: PlainStore = plain
  .applyMergeableChanges([newTables, values, 1])
  .applyMergeableChanges(content)
  .setMergeableContent(content)
  .setDefaultContent([{pets: {fido: {legs: 4}}}, {}])
  .setDefaultContent(() => [{}, {}])
  .merge(other);
// @ts-expect-error: changes are no content
plain.setMergeableContent(changes);
plain.addCellListener('pets', null, null, (store) => console.log(store.getMergeableContentHashes()));

const typed = createMergeableStore('two', now).setTablesSchema({pets: {legs: {type: 'number', default: 4}}});
const count: number = typed.getCell('pets', 'fido', 'legs');
// @ts-expect-error: a text is no number
typed.setCell('pets', 'fido', 'legs', 'four');

console.log(noStore, parts, legs, hashes, cells, hashed, same, count);
