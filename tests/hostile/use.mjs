// An app's ordinary use of a store, checked step by step: what must still work after everything.
import assert from 'node:assert/strict';

/** Brings a store to an end of whatever is going on in it, and empties it. */
export const empty = (store) => {
  const attempt = (action) => {
    try {
      action();
    } catch {
      // A listener that is still there threw.
    }
  };
  for (let id = 0; id < 500; id++) store.delListener(`${id}`);
  for (let level = 0; level < 500; level++) attempt(() => store.finishTransaction());
  for (const method of ['delTablesSchema', 'delValuesSchema', 'delSchema', 'delTables', 'delValues']) {
    if (store[method]) attempt(() => store[method]());
  }
};

/** Uses an empty store. */
export const useStore = (store) => {
  assert.equal(store.getJson(), '[{},{}]');
  store.setTables({pets: {fido: {species: 'dog', age: 3}, felix: {species: 'cat', tags: ['a', {b: null}]}}});
  store.setValues({open: true, employees: 3});
  const calls = [];
  const listener = store.addCellListener('pets', null, null, (_store, table, row, cell, now, before) =>
    calls.push([table, row, cell, now, before]),
  );
  const mutator = store.addRowListener('pets', null, () => store.setValue('changed', true), true);
  store.transaction(() => {
    store.setCell('pets', 'fido', 'age', (age) => age + 1);
    store.delCell('pets', 'felix', 'tags');
    store.transaction(() => store.setPartialRow('pets', 'rex', {species: 'dog', 1: 'one', 0: 'zero'}));
  });
  store.transaction(
    () => store.delTables().delValues(),
    () => true,
  );
  assert.throws(() =>
    store.transaction(() => {
      store.setCell('pets', 'fido', 'age', 100);
      throw new Error('thrown');
    }),
  );
  assert.deepEqual(calls, [
    ['pets', 'fido', 'age', 4, 3],
    ['pets', 'felix', 'tags', undefined, ['a', {b: null}]],
    ['pets', 'rex', '0', 'zero', undefined],
    ['pets', 'rex', '1', 'one', undefined],
    ['pets', 'rex', 'species', 'dog', undefined],
  ]);
  store.delListener(listener).delListener(mutator);
  assert.equal(store.addRow('pets', {species: 'fish'}), '0');
  assert.deepEqual(store.getRowIds('pets').sort(), ['0', 'felix', 'fido', 'rex']);
  const json =
    '[{"pets":{"0":{"species":"fish"},"fido":{"species":"dog","age":4},"felix":{"species":"cat"},' +
    '"rex":{"0":"zero","1":"one","species":"dog"}}},{"open":true,"employees":3,"changed":true}]';
  assert.deepEqual(JSON.parse(store.getJson()), JSON.parse(json));
  store.delTables().setJson(json);
  assert.deepEqual(JSON.parse(JSON.stringify(store.getContent())), JSON.parse(json));
  assert.equal(store.getCell('pets', 'felix', 'species'), 'cat');
  store.delTables().delValues();
  assert.equal(store.getJson(), '[{},{}]');
};

/** Saves a store's content by a persister, and loads it into another. */
export const usePersister = async ({createStore, createCustomPersister}) => {
  let stored;
  const create = (store) =>
    createCustomPersister(
      store,
      async () => stored,
      async (getContent) => {
        stored = getContent();
      },
      () => {},
      () => {},
    );
  const saved = create(createStore().setCell('t', 'r', 'c', [1]).setValue('v', null));
  await saved.startAutoSave();
  saved.getStore().setValue('w', 'x');
  await saved.schedule();
  const loaded = create(createStore());
  await loaded.load();
  assert.equal(loaded.getStore().getJson(), '[{"t":{"r":{"c":"\ufffd[1]"}}},{"v":null,"w":"x"}]');
  await saved.destroy();
  await loaded.destroy();
};
