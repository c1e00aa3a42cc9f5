// Compares hashes, sorting and unique ids with TinyBase's.
import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {createMergeableStore} from 'tinybase';
import {createRandom} from '../differential/random.mjs';
import {hostileIds} from '../differential/samples.mjs';
import {assertSame, assertSameCall, hostile, ours, theirs} from './compare.mjs';

const wholes = ['getTablesHash', 'getTableHash', 'getRowHash', 'getValuesHash'];
const members = ['getTableInTablesHash', 'getRowInTableHash', 'getCellInRowHash', 'getValueInValuesHash'];
const contents = ['getCellHash', 'getValueHash'];
const ofTwo = ['addOrRemoveHash', 'defaultSorter', ...members, ...contents];

test('both libraries have the same functions', () => {
  assert.deepEqual(Object.keys(ours), Object.keys(theirs));
});

test('whatever is given, the results are the same', () => {
  for (const name of ['getHash', ...wholes, ...ofTwo]) {
    assertSameCall(name);
    for (const first of hostile) assertSameCall(name, first);
  }
  for (const name of ofTwo) {
    for (const first of hostile) for (const second of hostile) assertSameCall(name, first, second);
  }
});

const createTexts = (random) => {
  const {below, list, weighted} = random;
  const units = [
    [() => below(128), 20],
    [() => below(0x800), 3],
    [() => below(0x10000), 3],
    [() => 0xd800 + below(0x800), 3],
  ];
  const text = (longest) => {
    const onlyAscii = random.chance(50);
    const unit = () => (onlyAscii ? below(128) : weighted(units)());
    return String.fromCharCode(...list(0, longest, unit));
  };
  const id = () => (random.chance(20) ? random.pick(hostileIds) : text(12));
  return {text, id};
};

test('20,000 random texts have the same hashes', () => {
  const random = createRandom(1);
  const {text} = createTexts(random);
  for (let index = 0; index < 20_000; index++) assertSameCall('getHash', text(index % 100 === 0 ? 3000 : 120));
});

test('a text of megabytes has the same hash, and others after it', () => {
  for (const text of ['x'.repeat(3_000_000), 'é😀\ud800'.repeat(300_000), 'dog', 'é']) {
    assertSame(
      ({getHash}) => getHash(text),
      () => `a text of ${text.length} units`,
    );
  }
});

test('5,000 random objects of hashes have the same hashes', () => {
  const random = createRandom(2);
  const {id} = createTexts(random);
  const hash = () => (random.chance(90) ? random.below(2 ** 32) : random.pick([0, 1, 2 ** 32 - 1, 10, 9]));
  for (let index = 0; index < 5000; index++) {
    const hashes = Object.fromEntries(random.list(0, index % 50 === 0 ? 300 : 8, () => [id(), hash()]));
    for (const name of wholes) assertSameCall(name, hashes);
    for (const name of members) assertSameCall(name, id(), hash());
    assertSameCall('addOrRemoveHash', hash(), hash());
  }
});

test('5,000 random cells have the same hashes', () => {
  const random = createRandom(3);
  const {text, id} = createTexts(random);
  const thing = (depth) =>
    random.weighted([
      [() => text(20), 4],
      [() => random.double(), 3],
      [() => random.pick([null, true, false, undefined, 0, -0, NaN]), 3],
      [() => random.list(0, 3, () => (depth ? thing(depth - 1) : 1)), depth],
      [() => Object.fromEntries(random.list(0, 3, () => [id(), depth ? thing(depth - 1) : 1])), depth],
      [() => new Map(random.list(0, 3, () => [id(), depth ? thing(depth - 1) : 1])), depth],
    ])();
  for (let index = 0; index < 5000; index++) {
    const cell = thing(3);
    for (const name of contents) assertSameCall(name, cell, text(16));
  }
});

test('5,000 random pairs of keys are sorted the same', () => {
  const random = createRandom(4);
  const {text} = createTexts(random);
  const key = () =>
    random.weighted([
      [() => text(3), 3],
      [() => random.double(), 3],
      [() => random.pick(hostile), 2],
    ])();
  for (let index = 0; index < 5000; index++) assertSameCall('defaultSorter', key(), key());
});

test("the hashes of a TinyBase mergeable store's content are found from the cells up", () => {
  const mapObject = (object, map) => Object.fromEntries(Object.entries(object).map(([id, node]) => [id, map(node)]));
  const store = createMergeableStore('client1', () => 1000);
  store
    .setTables({t: {r: {a: 1, b: {q: [1]}}, 'r:2': {'': 'é'}}, '\ud800': {r: {c: null}}})
    .setValues({v: 'x', w: true});
  store.setCell('t', 'r', 'a', 2).delCell('t', 'r', 'b');
  const [[tables, , tablesHash], [values, , valuesHash]] = store.getMergeableContent();
  const hashOf = ([cell, hlc]) => ours.getCellHash(cell, hlc);
  const rowHash = ([cells]) => ours.getRowHash(mapObject(cells, hashOf));
  const tableHash = ([rows]) => ours.getTableHash(mapObject(rows, rowHash));
  assert.equal(ours.getTablesHash(mapObject(tables, tableHash)), tablesHash);
  assert.equal(ours.getValuesHash(mapObject(values, ([value, hlc]) => ours.getValueHash(value, hlc))), valuesHash);
});

test('getters and conversions may ask for other hashes', () => {
  assertSame(({getHash, getTablesHash, getCellHash}) => {
    const asking = {toString: () => `${getHash('other')}`};
    const hashes = {
      get a() {
        return getTablesHash({b: 1, c: 2});
      },
      b: asking,
    };
    return [getTablesHash(hashes), getHash(asking), getCellHash({toJSON: () => getHash('inner')}, asking)];
  });
});

test('unique ids are made of the same random bytes in the same way', () => {
  const random = createRandom(5);
  let seed = 0;
  const getRandomValues = mock.method(crypto, 'getRandomValues', (bytes) => {
    for (const index of bytes.keys()) bytes[index] = index * 7 + seed;
    return bytes;
  });
  try {
    for (let index = 0; index < 500; index++) {
      seed = random.below(256);
      assertSameCall('getUniqueId', random.below(300));
    }
    assertSameCall('getUniqueId');
    // What asks for gigabytes would only take long.
    const isHuge = (length) => typeof length === 'number' && length >= 2 ** 31;
    for (const length of hostile) if (!isHuge(length)) assertSameCall('getUniqueId', length);
  } finally {
    getRandomValues.mock.restore();
  }
});

test('unique ids are random, of the 64 characters, and as long as asked for', () => {
  const ids = new Set(Array.from({length: 1000}, () => ours.getUniqueId()));
  assert.equal(ids.size, 1000);
  for (const id of ids) assert.match(id, /^[-\w]{16}$/);
  assert.equal(new Set([...ids].join('')).size, 64);
  assertSame(({getUniqueId}) => [0, 1, 5, 1000, 65_536].map((length) => getUniqueId(length).length));
  assertSame(({getUniqueId}) => getUniqueId(65_537));
  assertSame(({getUniqueId}) => getUniqueId(-1));
});

test('without a source of random numbers, getUniqueId throws and all else works', () => {
  const {crypto} = globalThis;
  try {
    for (const source of [undefined, {}]) {
      Object.defineProperty(globalThis, 'crypto', {value: source, configurable: true, writable: true});
      assertSame(({getUniqueId}) => getUniqueId());
      assertSame(({getHash, getHlcFunctions}) => [getHash('a'), getHlcFunctions('a', () => 1)[0]()]);
    }
  } finally {
    Object.defineProperty(globalThis, 'crypto', {value: crypto, configurable: true, writable: true});
  }
});
