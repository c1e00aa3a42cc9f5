// Holds docs/custom-persisters.md to what it says of the callbacks; its examples are run by examples.test.mjs.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createCustomPersister, createStore} from '../../pkg/index.js';
import {deferred, settle} from '../persister/harness.mjs';

const dog = [{pets: {fido: {species: 'dog'}}}, {}];
const plain = (value) => JSON.parse(JSON.stringify(value));

/** A persister whose callbacks log, and do what a test says of them. */
const open = (script = {}) => {
  const store = createStore();
  const log = [];
  const errors = [];
  const persister = createCustomPersister(
    store,
    () => {
      log.push('get');
      return script.get?.();
    },
    (getContent, changes) => {
      log.push('set');
      return script.set?.(getContent, changes);
    },
    (listener) => {
      log.push('add');
      opened.announce = listener;
      return 'add' in script ? script.add(listener) : 'handle';
    },
    (handle) => {
      log.push(`del ${handle}`);
      return script.del?.();
    },
    script.noHandler ? undefined : (error) => errors.push(error.code ?? error.message ?? error),
  );
  const opened = {store, persister, log, errors};
  return opened;
};
const fail = () => {
  throw new Error('thrown');
};

// When the callbacks are called.

test('load() calls getPersisted once, within the call if nothing else is under way', async () => {
  const {persister, log} = open();
  const loaded = persister.load();
  assert.deepEqual(log, ['get']);
  await loaded;
  assert.deepEqual(log, ['get']);
});

test('save() calls setPersisted once, within the call if nothing else is under way', async () => {
  const {persister, log} = open();
  const saved = persister.save();
  assert.deepEqual(log, ['set']);
  await saved;
  assert.deepEqual(log, ['set']);
});

test('startAutoLoad() registers the listener, then loads; stopAutoLoad() gives the handle back', async () => {
  const {persister, log} = open();
  await persister.startAutoLoad();
  assert.deepEqual([log, persister.isAutoLoading()], [['add', 'get'], true]);
  await persister.stopAutoLoad();
  assert.deepEqual([log, persister.isAutoLoading()], [['add', 'get', 'del handle'], false]);
});

test('a handle that is undefined is never given back, though the listener works', async () => {
  const opened = open({add: () => undefined});
  await opened.persister.startAutoLoad();
  assert.equal(opened.persister.isAutoLoading(), false);
  await opened.announce(dog);
  assert.deepEqual(plain(opened.store.getContent()), dog);
  await opened.persister.stopAutoLoad();
  assert.deepEqual(opened.log, ['add', 'get']);
  await opened.announce([{}, {late: true}]);
  assert.deepEqual(plain(opened.store.getContent()), dog);
});

test('startAutoSave() saves, and so does each transaction that changed something, within its call', async () => {
  const {store, persister, log} = open();
  await persister.startAutoSave();
  assert.deepEqual(log, ['set']);
  store.setValue('open', true);
  assert.deepEqual(log, ['set', 'set']);
  await settle();
  store.setValue('open', true);
  store.transaction(() => store.setValue('open', false).setValue('open', true));
  store.transaction(
    () => store.delValues(),
    () => true,
  );
  await settle();
  assert.deepEqual(log, ['set', 'set']);
  await persister.stopAutoSave();
  store.setValue('open', false);
  await settle();
  assert.deepEqual(log, ['set', 'set']);
});

test('startAutoPersisting() registers, loads and saves, in this order', async () => {
  const {persister, log} = open();
  await persister.startAutoPersisting();
  assert.deepEqual(log, ['add', 'get', 'set']);
  await persister.destroy();
  assert.deepEqual(log, ['add', 'get', 'set', 'del handle']);
});

test('nothing that is loaded or announced is saved back', async () => {
  const opened = open({get: () => dog});
  await opened.persister.startAutoPersisting();
  const saves = opened.log.filter((one) => one === 'set').length;
  await opened.persister.load();
  await opened.announce([{}, {open: true}]);
  await opened.announce(undefined, [{}, {open: false}, 1]);
  await settle();
  assert.equal(opened.log.filter((one) => one === 'set').length, saves);
});

// What getPersisted may give.

test('content replaces all that the store holds, and undefined means the initial content', async () => {
  let stored;
  const {store, persister, errors} = open({get: () => stored});
  await persister.load([{first: {r: {c: 1}}}, {}]);
  assert.deepEqual(plain(store.getContent()), [{first: {r: {c: 1}}}, {}]);
  stored = dog;
  await persister.load([{first: {r: {c: 1}}}, {}]);
  assert.deepEqual(plain(store.getContent()), dog);
  assert.deepEqual(errors, []);
});

test('changes are laid over the store, and undefined in them deletes', async () => {
  const {store, persister} = open({get: () => [{t: {r: {a: undefined, b: 2}, s: undefined}}, {v: undefined}, 1]});
  store.setContent([{t: {r: {a: 1, c: 3}, s: {a: 1}}}, {v: 1, w: 2}]);
  await persister.load();
  assert.deepEqual(plain(store.getContent()), [{t: {r: {c: 3, b: 2}}}, {w: 2}]);
});

test('cells that are objects may be given as they are, or as the texts that getContent gives', async () => {
  const {store, persister} = open({get: () => [{t: {r: {a: {x: 1}, b: '\uFFFD{"x":1}', c: [1]}}}, {}]});
  await persister.load();
  assert.deepEqual(plain(store.getRow('t', 'r')), {a: {x: 1}, b: {x: 1}, c: [1]});
});

test('anything else that getPersisted gives is an error, and the initial content is used', async () => {
  for (const wrong of [null, '', '[{},{}]', 5, {}, false]) {
    const {store, persister, errors} = open({get: () => wrong});
    await persister.load([{first: {r: {c: 1}}}, {}]);
    assert.deepEqual([errors, store.getTableIds()], [['invalid-content'], ['first']]);
  }
});

test('after a load that failed nothing is saved automatically until one succeeds, or the app saves', async () => {
  let get = fail;
  let text = 'precious';
  const opened = open({get: () => get(), set: (getContent) => void (text = JSON.stringify(getContent()))});
  const {store, persister, log, errors} = opened;
  await persister.startAutoPersisting(dog);
  store.setValue('open', true);
  await settle();
  assert.deepEqual([log, errors, text], [['add', 'get'], ['thrown'], 'precious']);
  assert.deepEqual(plain(store.getContent()), [dog[0], {open: true}]);
  get = () => [{stored: {r: {c: 1}}}, {}];
  await opened.announce();
  await settle();
  const both = [{stored: {r: {c: 1}}}, {open: true}];
  assert.deepEqual(plain(store.getContent()), both);
  assert.deepEqual(JSON.parse(text), both);

  const other = open({get: fail});
  await other.persister.startAutoPersisting(dog);
  await other.persister.save();
  other.store.setValue('open', true);
  await settle();
  assert.deepEqual(other.log, ['add', 'get', 'set', 'set']);
});

// What setPersisted is given.

test('getContent reads the store when it is called, anew each time, with objects as texts', async () => {
  const {promise, resolve} = deferred();
  let contents;
  const {store, persister} = open({
    set: async (getContent) => {
      const first = getContent();
      await promise;
      contents = [first, getContent()];
    },
  });
  store.setValue('shape', {x: 1});
  const saved = persister.save();
  store.setValue('late', true);
  resolve();
  await saved;
  assert.deepEqual(plain(contents), [
    [{}, {shape: '\uFFFD{"x":1}'}],
    [{}, {shape: '\uFFFD{"x":1}', late: true}],
  ]);
  assert.notEqual(contents[0], contents[1]);
});

test('changes are those of one transaction, with undefined for what is gone; a save() has none', async () => {
  const all = [];
  const {store, persister} = open({set: (_getContent, changes) => void all.push(changes)});
  store.setTables({t: {r: {a: 1, b: 1}, s: {a: 1}}, u: {r: {a: 1}}}).setValue('v', 1);
  await persister.startAutoSave();
  await persister.save();
  store.transaction(() =>
    store.setCell('t', 'r', 'a', {x: 2}).delCell('t', 'r', 'b').delRow('t', 's').delTable('u').delValue('v'),
  );
  await settle();
  assert.equal(all.length, 3);
  assert.deepEqual(all.slice(0, 2), [undefined, undefined]);
  const [tables, values, mark] = all[2];
  assert.equal(mark, 1);
  assert.deepEqual(Object.entries(tables.t.r), [
    ['a', '\uFFFD{"x":2}'],
    ['b', undefined],
  ]);
  assert.deepEqual([Object.keys(tables.t), tables.t.s], [['r', 's'], undefined]);
  assert.deepEqual([Object.keys(tables), tables.u], [['t', 'u'], undefined]);
  assert.deepEqual(Object.entries(values), [['v', undefined]]);
});

test('transactions that come during a save are saved after it, one by one, each with its own changes', async () => {
  const ends = [];
  const seen = [];
  const {store, persister} = open({
    set: (getContent, changes) => {
      seen.push([plain(changes?.[1] ?? null), plain(getContent()[1])]);
      const end = deferred();
      ends.push(end.resolve);
      return end.promise;
    },
  });
  persister.startAutoSave();
  await settle();
  ends[0]();
  await settle();
  for (const number of [1, 2, 3]) store.setValue('v', number);
  assert.equal(seen.length, 2);
  for (const index of [1, 2, 3]) {
    ends[index]();
    await settle();
  }
  // The content is the newest each time.
  assert.deepEqual(seen, [
    [null, {}],
    [{v: 1}, {v: 1}],
    [{v: 2}, {v: 3}],
    [{v: 3}, {v: 3}],
  ]);
});

test('a save that failed is not tried again, but the next one is told of its changes, too', async () => {
  let set = () => {};
  const all = [];
  const {store, persister, errors} = open({
    set: (_getContent, changes) => {
      all.push(plain(changes ?? null));
      return set();
    },
  });
  await persister.startAutoSave();
  set = async () => fail();
  store.setValue('one', 1);
  await settle();
  assert.deepEqual([errors, persister.getSaveState().isUnsaved], [['thrown'], true]);
  set = () => {};
  store.setValue('two', 2);
  await settle();
  assert.deepEqual(all, [null, [{}, {one: 1}, 1], [{}, {one: 1, two: 2}, 1]]);
  assert.equal(persister.getSaveState().isUnsaved, false);
});

test('during the synchronous part of an automatic save writes to the store do nothing', async () => {
  let set = () => {};
  const {store, persister} = open({set: () => set()});
  await persister.startAutoSave();
  set = async () => {
    set = () => {};
    store.setValue('early', true);
    await null;
    store.setValue('late', true);
  };
  store.setValue('v', 1);
  await settle();
  assert.deepEqual(store.getValueIds(), ['v', 'late']);
});

// What the listener does.

test('the listener brings content, changes, or nothing but the word that something has changed', async () => {
  const opened = open({get: () => [{loaded: {r: {c: 1}}}, {}]});
  const {store, persister, log} = opened;
  await persister.startAutoLoad();
  const done = opened.announce(dog);
  assert.deepEqual(plain(store.getContent()), dog);
  await done;
  opened.announce(undefined, [{}, {open: true}, 1]);
  assert.deepEqual(plain(store.getContent()), [dog[0], {open: true}]);
  await settle();
  assert.deepEqual(log, ['add', 'get']);
  await opened.announce();
  assert.deepEqual(log, ['add', 'get', 'get']);
  assert.deepEqual(store.getTableIds(), ['loaded']);
});

test('what is announced during a save comes after it, and several words lead to one load', async () => {
  const {promise, resolve} = deferred();
  let isFirst = true;
  const opened = open({
    get: () => dog,
    set: () => {
      if (isFirst) return;
      return promise;
    },
  });
  await opened.persister.startAutoPersisting();
  isFirst = false;
  opened.persister.save();
  opened.log.length = 0;
  opened.announce();
  opened.announce();
  opened.announce(undefined, [{}, {open: true}, 1]);
  await settle();
  assert.equal(opened.store.hasValue('open'), false);
  resolve();
  await settle();
  assert.deepEqual(opened.log, ['get']);
});

test('what is written to the store during a load, or is not saved yet, survives what is loaded', async () => {
  const {promise, resolve} = deferred();
  const {store, persister} = open({get: () => promise});
  const loaded = persister.load();
  store.setCell('pets', 'felix', 'species', 'cat');
  resolve(dog);
  await loaded;
  assert.deepEqual(store.getRowIds('pets').toSorted(), ['felix', 'fido']);
});

test('changes that are none make the promise of the listener reject', async () => {
  const opened = open();
  await opened.persister.startAutoLoad();
  await assert.rejects(opened.announce(undefined, [null, null, 1]));
  assert.deepEqual(opened.errors, []);
});

// Order.

test('a load during a save, and a save during a load, do nothing', async () => {
  const {promise, resolve} = deferred();
  const {persister, log} = open({get: () => promise, set: () => promise});
  const first = persister.save();
  await persister.load();
  assert.deepEqual(log, ['set']);
  resolve();
  await first;
  const other = open({get: () => new Promise((end) => setTimeout(end, 10))});
  const loaded = other.persister.load();
  await other.persister.save();
  assert.deepEqual(other.log, ['get']);
  await loaded;
  assert.deepEqual(other.persister.getStats(), {loads: 1, saves: 0});
});

test('what is scheduled takes its turn, and its error goes to the handler', async () => {
  const {persister, log, errors} = open({set: () => new Promise((end) => setTimeout(end, 5))});
  persister.save();
  await persister.schedule(
    async () => void log.push('one'),
    async () => fail(),
    async () => void log.push('three'),
  );
  assert.deepEqual([log, errors], [['set', 'one', 'three'], ['thrown']]);
});

test('a callback that waits for a promise of its own persister waits for ever', async () => {
  const opened = open({set: () => opened.persister.schedule(async () => {})});
  const result = await Promise.race([
    opened.persister.save(),
    new Promise((resolve) => setTimeout(resolve, 100, 'still waiting')),
  ]);
  assert.equal(result, 'still waiting');
});

// Statuses and errors.

test('the status says what is under way, from the call to the end', async () => {
  const {persister} = open();
  const statuses = [];
  persister.addStatusListener((_persister, status) => statuses.push(status));
  const loaded = persister.load();
  assert.equal(persister.getStatus(), 1);
  await loaded;
  const saved = persister.save();
  assert.equal(persister.getStatus(), 2);
  await saved;
  assert.deepEqual([statuses, persister.getStatus()], [[1, 0, 2, 0], 0]);
});

test('whatever a callback throws, now or later, goes to onIgnoredError, and the promise resolves', async () => {
  const all = {get: fail, set: async () => fail(), add: fail, del: fail};
  const {persister, errors} = open(all);
  await persister.load();
  await persister.save();
  await persister.startAutoLoad();
  assert.deepEqual(errors, ['thrown', 'thrown', 'thrown', 'thrown']);
  assert.equal(persister.isAutoLoading(), false);
  const other = open({del: fail});
  await other.persister.startAutoLoad();
  await other.persister.stopAutoLoad();
  assert.deepEqual(other.errors, ['thrown']);
});

test('without a handler nobody is told, but the save state', async () => {
  const {store, persister} = open({set: fail, noHandler: true});
  store.setValue('v', 1);
  await persister.save();
  const {isUnsaved, lastError, lastSaved} = persister.getSaveState();
  assert.deepEqual([isUnsaved, lastError.message, lastSaved], [true, 'thrown', undefined]);
});

test('what the handler itself throws is what the promise rejects with', async () => {
  const store = createStore();
  const handlerError = new Error('of the handler');
  const persister = createCustomPersister(
    store,
    fail,
    fail,
    () => {},
    () => {},
    () => {
      throw handlerError;
    },
  );
  await assert.rejects(persister.load(), handlerError);
  await assert.rejects(persister.save(), handlerError);
  assert.equal(persister.getStatus(), 0);
});

test('destroy() waits for what is under way, drops what is queued, and gives the handle back', async () => {
  const {promise, resolve} = deferred();
  let isFirst = true;
  const {persister, log} = open({set: () => (isFirst ? undefined : promise)});
  await persister.startAutoPersisting();
  isFirst = false;
  log.length = 0;
  persister.save();
  persister.schedule(async () => void log.push('never'));
  const destroyed = persister.destroy();
  await settle();
  assert.equal(await Promise.race([destroyed, 'waits']), 'waits');
  resolve();
  await destroyed;
  assert.deepEqual(log.toSorted(), ['del handle', 'set']);
});

test('flush() saves what is not saved, and nothing if all is', async () => {
  const {store, persister, log} = open();
  await persister.save();
  await persister.flush();
  assert.deepEqual(log, ['set']);
  store.setValue('v', 1);
  await persister.flush();
  assert.deepEqual(log, ['set', 'set']);
});
