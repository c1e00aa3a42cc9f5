// What Cellarium's persisters do that TinyBase's do not: codes of errors, a time limit, storage that is not there.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mock, test} from 'node:test';
import {createCustomPersister, createStore, Persists} from '../../pkg/index.js';
import {createLocalPersister, createSessionPersister} from '../../pkg/persister-browser.js';
import {settle} from './harness.mjs';

const never = () => new Promise(() => {});
const nothing = () => {};

const createPersister = ({getPersisted = nothing, setPersisted = nothing, add = nothing, del = nothing} = {}) => {
  const store = createStore();
  const errors = [];
  const persister = createCustomPersister(store, getPersisted, setPersisted, add, del, (error) => errors.push(error));
  return {store, errors, persister};
};

test('save, load and schedule after destroy reject with a code and leave nothing unhandled', async () => {
  const {persister} = createPersister();
  await persister.destroy();
  for (const promise of [persister.save(), persister.load(), persister.schedule(nothing)]) {
    await assert.rejects(promise, {name: 'Error', code: 'destroyed'});
  }
  await settle();
});

test('what is no content is reported with a code', async () => {
  const {persister, errors} = createPersister({getPersisted: () => null});
  await persister.load();
  assert.equal(errors.length, 1);
  assert.equal(errors[0].code, 'invalid-content');
  assert.equal(errors[0].message, 'tinybase:1:null');
});

test('what a callback throws reaches the handler as the same object', async () => {
  const thrown = {any: 'thing'};
  const fail = () => {
    throw thrown;
  };
  const {persister, errors} = createPersister({
    getPersisted: fail,
    setPersisted: async () => fail(),
    add: fail,
    del: fail,
  });
  await persister.load();
  await persister.save();
  await persister.startAutoLoad();
  await persister.schedule(fail);
  assert.equal(errors.length, 5);
  assert.ok(errors.every((error) => error === thrown));
});

test('objects that throw when they are looked into are reported, and the queue goes on', async () => {
  const failing = () => {
    throw new Error('looked into');
  };
  const {proxy, revoke} = Proxy.revocable([], {});
  revoke();
  const answers = [
    proxy,
    new Proxy([], {get: failing}),
    Object.defineProperty({}, 'then', {get: failing}),
    Object.defineProperty(Promise.resolve(), 'constructor', {get: failing}),
    {then: failing},
    {toString: failing},
    Object.create(null),
    Symbol('content'),
    10n,
  ];
  let answer;
  let listener;
  const {store, persister, errors} = createPersister({
    getPersisted: () => answer,
    add: (given) => {
      listener = given;
      return 1;
    },
  });
  await persister.startAutoLoad();
  for (answer of answers) {
    errors.length = 0;
    await persister.load([{initial: {r: {c: 1}}}, {}]);
    assert.equal(errors.length, 1);
    assert.equal(store.getCell('initial', 'r', 'c'), 1);
    await Promise.resolve(listener(answer)).catch(nothing);
    assert.equal(persister.getStatus(), 0);
    await persister.schedule(nothing);
  }
});

test('a store that is not ours, and a mode for another kind of store, are refused at once', () => {
  const create = (store, persist) =>
    createCustomPersister(store, nothing, nothing, nothing, nothing, undefined, persist);
  for (const store of [{}, undefined, null, 5, {...createStore()}]) {
    assert.throws(() => create(store), {name: 'Error', code: 'store-type'});
    assert.throws(() => createLocalPersister(store, 'name'), {code: 'store-type'});
  }
  assert.throws(() => create(createStore(), Persists.MergeableStoreOnly), {code: 'store-type', message: 'tinybase:0'});
});

test('destroy gives up after 5 seconds on what never settles', async () => {
  mock.timers.enable({apis: ['setTimeout']});
  try {
    for (const script of [{setPersisted: never}, {getPersisted: never}, {add: never}]) {
      const {persister, errors} = createPersister(script);
      (script.add ? persister.startAutoLoad() : script.getPersisted ? persister.load() : persister.save()).catch(
        nothing,
      );
      for (let turn = 0; turn < 20; turn++) await null;
      let done = false;
      const destroyed = persister.destroy().then(() => (done = true));
      for (let turn = 0; turn < 20; turn++) await null;
      mock.timers.tick(4999);
      for (let turn = 0; turn < 20; turn++) await null;
      assert.equal(done, false);
      mock.timers.tick(1);
      await destroyed;
      assert.deepEqual(
        errors.map(({name, code}) => [name, code]),
        [['Error', 'destroy-timeout']],
      );
    }
  } finally {
    mock.timers.reset();
  }
});

test('destroy leaves no timer behind', async () => {
  const {persister} = createPersister();
  await persister.startAutoPersisting();
  await persister.destroy();
  assert.ok(!process.getActiveResourcesInfo().includes('Timeout'));
});

test('auto-save can be stopped from within the save of a transaction', async () => {
  let saves = 0;
  const {store, persister} = createPersister({
    setPersisted: () => {
      saves++;
      if (saves === 2) {
        persister.stopAutoSave();
        persister.stopAutoLoad();
      }
    },
  });
  await persister.startAutoPersisting();
  store.setCell('pets', 'fido', 'species', 'dog');
  store.setCell('pets', 'felix', 'species', 'cat');
  await settle();
  assert.equal(saves, 2);
  await persister.startAutoSave();
  store.setCell('pets', 'polly', 'species', 'parrot');
  await settle();
  assert.equal(saves, 4);
});

test('a persister may be destroyed from every one of its callbacks', async () => {
  const callbacks = ['getPersisted', 'setPersisted', 'add', 'del', 'status', 'error', 'listener'];
  for (const chosen of callbacks) {
    let listener;
    let done;
    const destroyIn = (name, result) => (given) => {
      if (name === 'add') listener = given;
      if (name === chosen) done = persister.destroy();
      return result;
    };
    const store = createStore();
    const persister = createCustomPersister(
      store,
      destroyIn('getPersisted', 5),
      destroyIn('setPersisted'),
      destroyIn('add', 1),
      destroyIn('del'),
      destroyIn('error'),
    );
    persister.addStatusListener(destroyIn('status'));
    store.addTablesListener(destroyIn('listener'));
    await persister.startAutoPersisting().catch(nothing);
    store.setCell('t', 'r', 'c', 1);
    listener?.([{t: {r: {c: 2}}}, {}]);
    await persister.stopAutoPersisting();
    await persister.destroy();
    assert.ok(done, `${chosen} was called`);
    assert.equal(await done, persister);
  }
});

test('where there is no storage, creation succeeds and each use is reported with a code', async () => {
  for (const [create, area] of [
    [createLocalPersister, 'localStorage'],
    [createSessionPersister, 'sessionStorage'],
  ]) {
    const errors = [];
    const store = createStore();
    const persister = create(store, 'pets', (error) => errors.push(error));
    assert.equal(persister.getStorageName(), 'pets');
    assert.deepEqual(Object.keys(persister).length, 21);
    await persister.save();
    await persister.load([{initial: {r: {c: 1}}}, {}]);
    await persister.startAutoLoad();
    assert.equal(persister.isAutoLoading(), false);
    assert.equal(errors.length, 4);
    for (const error of errors) {
      assert.ok(error instanceof Error);
      assert.equal(error.code, 'storage-unavailable');
      assert.ok(error.message.includes(area));
    }
    assert.deepEqual({...store.getTables().initial.r}, {c: 1});
    await persister.destroy();
  }
});

test('what has been destroyed is garbage, even if its callbacks refer to it', () => {
  const script = new URL('leak.mjs', import.meta.url).pathname;
  const count = (...args) =>
    Number(execFileSync(process.execPath, ['--expose-gc', script, ...args], {encoding: 'utf8', timeout: 60_000}));
  assert.ok(count('keep') >= 49, 'the test can tell: persisters that go on saving keep their stores');
  // The last one may still be referred to from the stack.
  assert.ok(count() <= 1);
});
