// Mergeable stores with schemas: setting one gives a mergeable store again.
import {createMergeableStore} from 'library/mergeable-store/with-schemas';

const store = createMergeableStore('one', () => 1000)
  .setTablesSchema({pets: {legs: {type: 'number', default: 4}}})
  .setValuesSchema({open: {type: 'boolean'}});
store.setDefaultContent([{pets: {fido: {}}}, {open: true}]).merge(store);
const open: boolean | undefined = store.getValue('open');
const legs: number = store.setCell('pets', 'fido', 'legs', 3).getCell('pets', 'fido', 'legs');
// @ts-expect-error: no such table
store.setDefaultContent([{owners: {a: {}}}, {}]);

console.log(open, legs, store.delSchema().getMergeableContentHashes());
