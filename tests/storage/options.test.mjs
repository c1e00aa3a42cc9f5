// The options of persisters, on the browser's own storages and over functions.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {engineNames, withPage} from './support/index.mjs';
import {createStore} from '../../pkg/index.js';
import {createCustomPersister} from '../../pkg/persisters.js';
import {createRemotePersister} from '../../pkg/persister-remote.js';
import {composeCodecs, createCompressionCodec, createEncryptionCodec} from '../../pkg/codecs.js';
import {keep, startServer} from './remote-server.mjs';

/** A place in memory, and a persister on it. */
const createPlace = (options, store = createStore(), stored = undefined) => {
  const place = {stored, saves: [], errors: []};
  const persister = createCustomPersister(
    store,
    () => place.stored,
    (getContent, changes) => {
      place.stored = JSON.parse(JSON.stringify(getContent()));
      place.saves.push(changes);
    },
    (listener) => {
      place.tell = listener;
      return 1;
    },
    () => {},
    (error) => place.errors.push(error.code ?? String(error)),
    undefined,
    options,
  );
  return Object.assign(place, {store, persister});
};

const plain = (thing) => JSON.parse(JSON.stringify(thing));
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('automatic saves wait for a pause, and flush does not', async () => {
  const {store, persister, saves, stored} = createPlace({debounce: 50});
  await persister.startAutoSave();
  store.setCell('t', 'r', 'c', 1);
  store.setCell('t', 'r', 'c', 2);
  await sleep(5);
  assert.equal(saves.length, 1);
  assert.equal(persister.getSaveState().isUnsaved, true);
  await sleep(150);
  assert.equal(saves.length, 2);
  store.setCell('t', 'r', 'c', 3);
  await persister.flush();
  assert.equal(saves.length, 3);
  assert.equal(persister.getSaveState().isUnsaved, false);
  assert.equal(stored, undefined);
  await persister.destroy();
});

test('only the tables and values that were asked for are saved, and loading leaves the others alone', async () => {
  const place = createPlace({tables: ['kept'], values: (id) => id !== 'own'});
  const {store, persister} = place;
  store.setTables({kept: {r: {c: 1}}, own: {r: {c: 2}}}).setValues({shared: 1, own: 2});
  await persister.startAutoSave();
  assert.deepEqual(place.stored, [{kept: {r: {c: 1}}}, {shared: 1}]);
  store.setCell('own', 'r', 'c', 3);
  assert.equal(place.saves.length, 1);
  assert.equal(persister.getSaveState().isUnsaved, false);
  store.transaction(() => store.setCell('own', 'r', 'c', 4).setCell('kept', 'r', 'c', 5));
  assert.deepEqual(plain(place.saves[1]), [{kept: {r: {c: 5}}}, {}, 1]);
  await persister.stopAutoSave();
  await sleep(0);

  place.stored = [
    {kept: {r: {c: 6}}, own: {r: {c: 7}}},
    {shared: 8, own: 9},
  ];
  await persister.load();
  assert.deepEqual(plain(store.getContent()), [
    {kept: {r: {c: 6}}, own: {r: {c: 4}}},
    {shared: 8, own: 2},
  ]);
  await persister.startAutoLoad();
  place.tell([{own: {r: {c: 1}}}, {}]);
  assert.deepEqual(plain(store.getContent()), [{own: {r: {c: 4}}}, {own: 2}]);
  place.tell(undefined, [{own: {r: {c: 1}}, kept: {r: {c: 2}}}, {}, 1]);
  assert.deepEqual(plain(store.getTables()), {own: {r: {c: 4}}, kept: {r: {c: 2}}});
  await persister.destroy();
});

test('content of an earlier version is migrated and saved as one of this', async () => {
  const place = createPlace(
    {version: 2, migrate: ([tables, values], from) => [tables, {...values, migratedFrom: from}]},
    createStore(),
    [{t: {r: {c: 1}}}, {}],
  );
  await place.persister.startAutoPersisting();
  assert.deepEqual(place.stored, [{t: {r: {c: 1}}}, {migratedFrom: 0}, {version: 2}]);
  const again = createPlace(
    {version: 2, migrate: () => assert.fail('it is of this version')},
    createStore(),
    place.stored,
  );
  await again.persister.load();
  assert.deepEqual(plain(again.store.getValues()), {migratedFrom: 0});
});

test('content of a later version is neither loaded nor written over', async () => {
  const stored = [{t: {r: {c: 1}}}, {}, {version: 3}];
  const place = createPlace({version: 2}, createStore(), stored);
  await place.persister.startAutoPersisting([{}, {initial: true}]);
  place.store.setValue('v', 1);
  await sleep(0);
  assert.deepEqual(place.errors, ['newer-version']);
  assert.deepEqual(place.stored, stored);
  await place.persister.destroy();
});

test('a migration that throws is a load that has failed', async () => {
  const fail = () => {
    throw new Error('no');
  };
  const stored = [{t: {r: {c: 1}}}, {}];
  const place = createPlace({version: 1, migrate: fail}, createStore(), stored);
  await place.persister.startAutoPersisting();
  place.store.setValue('v', 1);
  assert.deepEqual(place.errors, ['Error: no']);
  assert.deepEqual(place.stored, stored);
  await place.persister.destroy();
});

test('options that there are not are an error when the persister is created', () => {
  for (const options of [
    {debounce: -1},
    {codec: {encode() {}, decode() {}}},
    {tables: 1},
    {version: 0.5},
    {migrate() {}},
    {coder: 1},
    5,
  ]) {
    assert.throws(() => createPlace(options), {code: 'invalid-options'});
  }
});

test('an encoded text is what a server keeps, and what it has kept as it is is read, too', async () => {
  const server = await startServer();
  const {kept, answer} = keep();
  server.answer = answer;
  const errors = [];
  const key = await crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, false, ['encrypt', 'decrypt']);
  const codec = composeCodecs(createCompressionCodec(), createEncryptionCodec(key));
  const open = (options, store = createStore()) => {
    const [load, save] = [`${server.url}/load`, `${server.url}/save`];
    return [store, createRemotePersister(store, load, save, 100, (error) => errors.push(error.code), options)];
  };
  try {
    kept.text = '[{"pets":{"fido":{"species":"dog"}}},{}]';
    const [store, persister] = open({codec, version: 1});
    await persister.load();
    store.setCell('pets', 'fido', 'name', 'Fido');
    await persister.save();
    const {headers, body} = server.requests.at(-1);
    assert.equal(headers['content-type'], 'text/plain;charset=UTF-8');
    assert.doesNotMatch(body, /Fido|dog|version/);
    const [other, otherPersister] = open({codec, version: 1});
    await otherPersister.load();
    // The second time the server says that it is the same.
    other.delTables();
    await otherPersister.load();
    assert.deepEqual(plain(other.getTables()), {pets: {fido: {species: 'dog', name: 'Fido'}}});
    assert.deepEqual(errors, []);
    kept.text = `${body.slice(0, 50)}${body[50] === 'A' ? 'B' : 'A'}${body.slice(51)}`;
    kept.version++;
    const [damaged, damagedPersister] = open({codec});
    await damagedPersister.startAutoPersisting([{}, {initial: true}]);
    damaged.setValue('v', 1);
    await sleep(20);
    for (const each of [persister, otherPersister, damagedPersister]) await each.destroy();
    assert.deepEqual([errors[0], kept.version], ['undecodable-content', 2]);
  } finally {
    await server.close();
  }
});

for (const engine of engineNames) {
  test(`a compressed and encrypted text is in local storage, read back, and not by the wrong key, in ${engine}`, () =>
    withPage(engine, async (page) => {
      const seen = await page.evaluate(async ({modules, sleep}) => {
        const {createStore} = modules['cellarium'];
        const {createLocalPersister} = modules['cellarium/persisters/persister-browser'];
        const {composeCodecs, createCompressionCodec, createEncryptionCodec} = modules['cellarium/persisters/codecs'];
        const makeKey = () => crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, false, ['encrypt', 'decrypt']);
        const codecOf = (key) => composeCodecs(createCompressionCodec(), createEncryptionCodec(key));
        const key = await makeKey();
        const errors = [];
        const create = (key, options = {codec: codecOf(key)}) => {
          const store = createStore();
          return [
            store,
            createLocalPersister(store, 'pets', (error) => errors.push(error.code ?? error.message), options),
          ];
        };
        const [store, persister] = create(key);
        await persister.startAutoPersisting([{pets: {fido: {species: 'dog'.repeat(1000)}}}, {}]);
        store.setCell('pets', 'fido', 'name', 'Fido');
        await persister.flush();
        const text = localStorage.getItem('pets');
        const [other, otherPersister] = create(key);
        await otherPersister.load();
        const [wrong, wrongPersister] = create(await makeKey());
        await wrongPersister.startAutoPersisting([{}, {initial: true}]);
        wrong.setValue('v', 1);
        await sleep(50);
        await Promise.all([persister.destroy(), otherPersister.destroy(), wrongPersister.destroy()]);
        return {
          isSecret: !text.includes('dog') && !text.includes('Fido') && text.length < 1000,
          name: other.getCell('pets', 'fido', 'name'),
          isKept: localStorage.getItem('pets') === text,
          errors: errors.slice(1),
        };
      });
      assert.deepEqual(seen, {isSecret: true, name: 'Fido', isKept: true, errors: ['undecodable-content']});
    }));
}
