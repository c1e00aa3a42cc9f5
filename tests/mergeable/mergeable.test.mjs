// Compares cellarium's mergeable stores with tinybase's on random histories, always the same ones; run.mjs runs others.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {offered} from '../differential/coverage.mjs';
import {search as searchPrograms} from '../differential/search.mjs';
import {generate} from './generate.mjs';
import {cellarium, tinybase} from './libraries.mjs';
import {search} from './search.mjs';

for (const [kind, histories, length, libraries] of [
  ['twins', 250, 40, {tinybase, cellarium}],
  ['twins', 12, 300, {tinybase, cellarium}],
  ['alone', 200, 40, {tinybase, cellarium}],
  ['objects', 300, 40, {cellarium}],
]) {
  test(`${histories} histories of ${length} steps, ${kind}, end as they should`, () => {
    const {failures, histories: run} = search({seed: 1000 * length, length, histories, kind, libraries});
    assert.equal(failures.length, 0, failures[0]);
    assert.equal(run, histories);
  });
}

/** The same store, but `doRollback` gets it too, rather than the one that TinyBase has inside it. */
const asOne = (store) => {
  const isStore = (thing) => typeof thing?.getContent === 'function';
  const shown = (thing) => (isStore(thing) ? one : thing);
  const wrapped = (thing) => (typeof thing === 'function' ? (...args) => thing(...args.map(shown)) : thing);
  const methods = Object.entries(store).filter(([, method]) => typeof method === 'function');
  const one = Object.freeze(
    Object.fromEntries(methods.map(([name, method]) => [name, (...args) => shown(method(...args.map(wrapped)))])),
  );
  return one;
};

test('programs do with a mergeable store what they do with TinyBase’s', () => {
  const now = () => 1_700_000_000_000;
  const {failures} = searchPrograms({
    seed: 1,
    length: 60,
    programs: 200,
    names: offered,
    createExpected: () => asOne(tinybase.createMergeableStore('store', now)),
    createActual: () => cellarium.createMergeableStore('store', now),
  });
  assert.equal(failures.length, 0, failures[0]?.text);
});

/** A library whose stores have one method that is wrong. */
const wrong = (spoil) => ({
  createMergeableStore(...args) {
    const store = {...cellarium.createMergeableStore(...args)};
    spoil(store, {...store});
    return store;
  },
});

for (const [name, spoil] of [
  [
    'that forgets a change',
    (store, {setValue}) => (store.setValue = (id, value) => setValue(id, value === 1 ? 2 : value)),
  ],
  ['whose earlier change wins', (store, {setMergeableContent}) => (store.applyMergeableChanges = setMergeableContent)],
  [
    'whose clock is late',
    (store, {setCell}) => (store.setCell = (...args) => (setCell('x', 'x', 'x', args[3]), setCell(...args))),
  ],
]) {
  test(`a library is found out ${name}`, () => {
    const {failures} = search({
      seed: 1,
      length: 40,
      histories: 50,
      kind: 'twins',
      libraries: {tinybase, cellarium: wrong(spoil)},
    });
    assert.match(failures[0], /^const history = \{"kind":"twins"/m);
    assert.match(failures[0], /^- /m);
  });
}

test('the same seed gives the same history', () => {
  assert.deepEqual(generate(7, 20, 'twins'), generate(7, 20, 'twins'));
  assert.notDeepEqual(generate(7, 20, 'twins'), generate(8, 20, 'twins'));
});

test('histories have every step and every write', () => {
  const steps = Array.from({length: 100}, (_, seed) => generate(seed, 40, 'twins').steps).flat();
  assert.equal(new Set(steps.map(([name]) => name)).size, 10);
  assert.equal(new Set(steps.filter(([name]) => name === 'write').map(([, , [method]]) => method)).size, 19);
});
