// What every persister does, wherever it keeps a store. Runs in a page or a worker, over any of the back ends.
import {check, idle, same, sorted} from './checks.mjs';
import {addHardContent, hardContentRows} from './contents.mjs';

/** Tests by name: each gets a world with a place of its own (`worlds.mjs`). */
export const tests = {
  'what is saved and loaded in another store is the same content and the same JSON': async ({open, createStore}) => {
    const store = addHardContent(createStore());
    await (await open(store)).save();
    const other = createStore();
    await (await open(other)).load();
    same(other.getJson(), store.getJson(), 'JSON');
    same(other.getContent(), store.getContent(), 'content');
  },

  'a thousand rows come back': async ({open, createStore}) => {
    const store = createStore();
    store.transaction(() => {
      for (let row = 0; row < 1000; row++) store.setRow('t', `row ${row}`, {number: row, text: `text ${row}`});
    });
    await (await open(store)).save();
    const other = createStore();
    await (await open(other)).load();
    same(other.getJson(), store.getJson());
  },

  'tables, rows and values come back in the order in which they came': async ({open, createStore}) => {
    const store = createStore();
    const ids = ['z', 'a', 'm', 'b y', 'B'];
    for (const id of ids) {
      store.setRow(id, 'z', {z: 1, a: 2}).setRow(id, 'a', {a: 1, z: 2}).setValue(id, 1);
    }
    await (await open(store)).save();
    const other = createStore();
    await (await open(other)).load();
    same([other.getTableIds(), other.getValueIds()], [ids, ids]);
    for (const id of ids) {
      same(other.getRowIds(id), ['z', 'a']);
      same(
        [other.getCellIds(id, 'z'), other.getCellIds(id, 'a')],
        [store.getCellIds(id, 'z'), store.getCellIds(id, 'a')],
      );
    }
  },

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

  'loading where nothing is stored leaves the store as it is': async ({open, createStore, stored}) => {
    const store = createStore().setValue('mine', 1);
    const persister = await open(store);
    await persister.load();
    same([store.getContent(), persister.getStatus(), await stored()], [[{}, {mine: 1}], idle, null]);
  },

  'initial content is taken where nothing is stored, and not saved by loading': async ({open, createStore, stored}) => {
    const store = createStore().setValue('mine', 1);
    await (await open(store)).load([{t: {r: {c: 1}}}, {}]);
    same([store.getTables(), await stored()], [{t: {r: {c: 1}}}, null]);
  },

  'initial content is left alone where something is stored': async ({open, createStore}) => {
    await (await open(createStore().setValue('v', 1))).save();
    const store = createStore();
    await (await open(store)).load(() => [{t: {r: {c: 1}}}, {}]);
    same(store.getContent(), [{}, {v: 1}]);
  },

  'an empty store is stored, too, and loading it empties another': async ({open, createStore}) => {
    await (await open(createStore())).save();
    const store = createStore().setValue('mine', 1).setCell('t', 'r', 'c', 1);
    await (await open(store)).load([{wrong: {r: {c: 1}}}, {}]);
    same(store.getContent(), [{}, {}]);
  },

  'auto-persisting saves its initial content': async ({open, createStore, stored}) => {
    const store = createStore();
    await (await open(store)).startAutoPersisting([{t: {r: {c: 1}}}, {v: 2}]);
    same(
      [store.getContent(), await stored()],
      [
        [{t: {r: {c: 1}}}, {v: 2}],
        [{t: {r: {c: 1}}}, {v: 2}],
      ],
    );
  },

  'auto-save stores each single change': async ({open, createStore, waitForStored}) => {
    const store = createStore();
    await (await open(store)).startAutoSave();
    store.setCell('t', 'r', 'c', 1);
    await waitForStored([{t: {r: {c: 1}}}, {}]);
    store.setCell('t', 'r', 'c', 2);
    await waitForStored([{t: {r: {c: 2}}}, {}]);
    store.setValue('v', true);
    await waitForStored([{t: {r: {c: 2}}}, {v: true}]);
    store.addRow('t', {c: [1, {a: null}]});
    await waitForStored(store.getContent());
  },

  'auto-save stores every one of many changes in one task': async ({open, createStore, waitForStored, isCustom}) => {
    const store = createStore();
    const persister = await open(store);
    await persister.startAutoSave();
    const {saves} = persister.getStats();
    for (let row = 0; row < 100; row++) store.setCell('t', `r${row}`, 'c', row);
    await waitForStored(store.getContent());
    const more = persister.getStats().saves - saves;
    check(isCustom || more <= 2, `${more} saves`);
  },

  'auto-save stores what is deleted': async ({open, createStore, waitForStored}) => {
    const store = createStore().setTables({
      t: {a: {c: 1, d: 2}, b: {c: 1}},
      u: {a: {c: 1}},
      w: {a: {c: 1}},
    });
    store.setValues({v: 1, w: 2});
    await (await open(store)).startAutoSave();
    for (const action of [
      () => store.delCell('t', 'a', 'd'),
      () => store.delRow('t', 'b'),
      () => store.delValue('v'),
      () => store.delTable('u'),
      () => store.delTables(),
      () => store.delValues(),
    ]) {
      action();
      await waitForStored(store.getContent());
    }
    same(store.getContent(), [{}, {}]);
  },

  'a row that is deleted and comes again comes last, also when it is loaded': async ({open, createStore}) => {
    const store = createStore().setTable('t', {a: {c: 1}, b: {c: 2}, d: {c: 3}});
    const persister = await open(store);
    await persister.startAutoSave();
    store.delRow('t', 'a');
    await persister.flush();
    store.setCell('t', 'a', 'c', 4);
    await persister.flush();
    const other = createStore();
    await (await open(other)).load();
    same([other.getRowIds('t'), other.getTable('t')], [store.getRowIds('t'), store.getTable('t')]);
  },

  'content of every kind survives being changed cell by cell': async ({open, createStore}) => {
    const store = createStore();
    const persister = await open(store);
    await persister.startAutoSave();
    for (const [tableId, rowId, cellId, cell] of hardContentRows()) {
      store.setCell(tableId, rowId, cellId, cell);
      store.setValue(cellId, cell);
    }
    await persister.flush();
    const other = createStore();
    await (await open(other)).load();
    same(other.getContent(), store.getContent());
  },

  'a transaction that is rolled back stores nothing': async ({open, createStore, stored, sleep}) => {
    const store = createStore();
    const persister = await open(store);
    await persister.startAutoSave();
    const {saves} = persister.getStats();
    store.transaction(
      () => store.setValue('v', 1),
      () => true,
    );
    await sleep(20);
    same([await stored(), persister.getStats().saves - saves], [[{}, {}], 0]);
  },

  'stats count loads and saves, and the status says which is under way': async ({open, createStore}) => {
    const persister = await open(createStore());
    const seen = [];
    persister.addStatusListener((_, status) => seen.push(status));
    await persister.save();
    await persister.load();
    same([persister.getStats(), persister.getStatus(), seen], [{loads: 1, saves: 1}, idle, [2, 0, 1, 0]]);
  },

  'several saves and loads at once end idle, with what is newest stored': async ({open, createStore, stored}) => {
    const store = createStore();
    const persister = await open(store);
    const promises = [persister.save()];
    store.setValue('v', 1);
    promises.push(persister.save(), persister.load());
    store.setValue('v', 2);
    promises.push(persister.save());
    await Promise.all(promises);
    same([await stored(), persister.getStatus()], [[{}, {v: 2}], idle]);
  },

  'after destroy nothing is stored': async ({open, createStore, stored, sleep}) => {
    const store = createStore().setValue('v', 1);
    const persister = await open(store);
    await persister.startAutoPersisting(undefined, true);
    await persister.destroy();
    store.setValue('v', 2);
    await sleep(50);
    same([await stored(), persister.isAutoSaving(), persister.isAutoLoading()], [[{}, {v: 1}], false, false]);
  },

  'a change right before destroy is stored': async ({open, createStore, stored}) => {
    const store = createStore();
    const persister = await open(store);
    await persister.startAutoPersisting();
    store.setValue('v', 1);
    await persister.destroy();
    same(await stored(), [{}, {v: 1}]);
  },

  'after auto-save is stopped nothing is stored by itself': async ({open, createStore, stored, sleep}) => {
    const store = createStore().setValue('v', 1);
    const persister = await open(store);
    await persister.startAutoSave();
    await persister.stopAutoSave();
    store.setValue('v', 2);
    await sleep(50);
    same(await stored(), [{}, {v: 1}]);
    await persister.save();
    same(await stored(), [{}, {v: 2}]);
  },

  'the save state says when all is stored': async ({open, createStore, stored, isCustom}) => {
    const store = createStore();
    const persister = await open(store);
    await persister.startAutoSave();
    const states = [];
    persister.addSaveStateListener((_, {isUnsaved}) => states.push(isUnsaved));
    store.setValue('v', 1);
    check(persister.getSaveState().isUnsaved || isCustom, 'saved before it was');
    await persister.flush();
    const {isUnsaved, lastSaved, lastError} = persister.getSaveState();
    same([isUnsaved, lastError, await stored()], [false, undefined, [{}, {v: 1}]]);
    check(Math.abs(lastSaved - Date.now()) < 60_000, `last saved at ${lastSaved}`);
    same(states.at(-1), false, `states ${states}`);
  },

  'an edit made while a load is under way is kept and stored': async ({open, createStore, waitForStored}) => {
    await (await open(createStore().setTables({t: {r: {a: 1, b: 1}}}))).save();
    const store = createStore();
    const persister = await open(store);
    const started = persister.startAutoPersisting();
    store.setCell('t', 'r', 'b', 2);
    await started;
    const both = [{t: {r: {a: 1, b: 2}}}, {}];
    await waitForStored(both);
    same(sorted(store.getContent()), both);
  },

  'content that cannot be read goes to onIgnoredError, and the store stays as it is': async ({
    open,
    createStore,
    read,
    write,
    errors,
    readsRest,
  }) => {
    await (await open(createStore().setValue('v', 1))).save();
    for (const {where, text} of await read()) await write(where, text.slice(0, -1));
    errors.length = 0;
    const store = createStore().setValue('mine', 1);
    const persister = await open(store);
    await persister.load();
    same([errors.length, store.getContent(), persister.getStatus()], [1, [{}, readsRest ? {} : {mine: 1}], idle]);
    check(errors[0] instanceof Error, `${errors[0]} is no Error`);
  },
};
