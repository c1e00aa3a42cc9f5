// What is not so yet over every back end: `node --test tests/storage/waiting.mjs`. What has come true moves to the suite
// or to the faults.
import {same} from './checks.mjs';

export const tests = {
  'a row that is deleted and comes again in one save comes last, also when it is loaded': async ({
    open,
    createStore,
  }) => {
    const store = createStore().setTable('t', {a: {c: 1}, b: {c: 2}, d: {c: 3}});
    const persister = await open(store);
    await persister.startAutoSave();
    store.transaction(() => store.delRow('t', 'b').setCell('t', 'b', 'c', 5));
    await persister.flush();
    const other = createStore();
    await (await open(other)).load();
    same([other.getRowIds('t'), other.getTable('t')], [store.getRowIds('t'), store.getTable('t')]);
  },
};
