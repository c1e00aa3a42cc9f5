// Mergeable stores and their stamps, in the places that keep them, in each engine: in two tabs at once, and next to
// TinyBase.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {engineNames, withPage} from './support/index.mjs';

const places = ['local', 'session', 'opfs'];

/** Starts a persister of a mergeable store in a tab, and keeps it. */
const start = async ({modules, kept}, place, id) => {
  kept.store = modules.cellarium.createMergeableStore(id);
  kept.errors = [];
  const fail = (error) => kept.errors.push(`${error}`);
  kept.persister = await modules['tests/back-ends'].backEnds[place].create(
    modules,
    'cellarium',
    kept.store,
    'pets',
    fail,
  );
  await kept.persister.startAutoPersisting([{pets: {fido: {species: 'dog'}}}, {}]);
};

const whyNot = (page, place) =>
  page.evaluate(({modules}, place) => modules['tests/back-ends'].backEnds[place].isMissing?.(), place);

const stateOf = (tab) =>
  tab.evaluate(({kept}) => [
    kept.store.getMergeableContentHashes(),
    kept.store.getContent(),
    kept.persister.getSaveState().isUnsaved,
  ]);

/** What a mergeable store loads in a page of its own from what is stored. */
const reload = (page, place, library) =>
  page.evaluate(
    async ({modules}, place, library) => {
      const store = modules[library].createMergeableStore('reader');
      const errors = [];
      const persister = await modules['tests/back-ends'].backEnds[place].create(
        modules,
        library,
        store,
        'pets',
        (error) => errors.push(`${error}`),
      );
      await persister.load();
      await persister.destroy();
      return [store.getMergeableContentHashes(), errors];
    },
    place,
    library,
  );

for (const engine of engineNames) {
  for (const place of ['local', 'opfs']) {
    test(`edits of two tabs of mergeable stores come together in ${place}, in ${engine}`, (context) =>
      withPage(engine, async (one) => {
        const reason = await whyNot(one, place);
        if (reason !== undefined) return context.diagnostic(reason);
        const other = await one.open();
        await one.evaluate(start, place, 'one');
        await other.evaluate(start, place, 'other');
        const edit = async ({kept, sleep}, name) => {
          for (let number = 0; number < 40; number++) {
            kept.store.setCell('pets', `row${number}`, name, {number});
            kept.store.setCell('pets', 'both', 'last', `${name} ${number}`);
            if (number % 3 === 0) await sleep(number % 7);
          }
          kept.store.delRow('pets', 'fido');
        };
        await Promise.all([one.evaluate(edit, 'one'), other.evaluate(edit, 'other')]);
        let states;
        for (let attempt = 0; attempt < 500; attempt++) {
          states = await Promise.all([stateOf(one), stateOf(other)]);
          const stored = (await reload(one, place, 'cellarium'))[0];
          states.push([stored, states[0][1], false]);
          if (states.every((state) => JSON.stringify(state[0]) === JSON.stringify(stored) && !state[2])) break;
          await new Promise((go) => setTimeout(go, 20));
        }
        assert.deepEqual(states[1], states[0]);
        assert.deepEqual(states[2], states[0]);
        const {pets} = states[0][1][0];
        assert.equal(pets.fido, undefined);
        for (let number = 0; number < 40; number++) {
          assert.deepEqual(pets[`row${number}`], {one: {number}, other: {number}});
        }
        for (const tab of [one, other]) {
          assert.deepEqual(await tab.evaluate(({kept}) => kept.errors), place === 'local' ? await firstError(tab) : []);
        }
        for (const tab of [one, other]) await tab.evaluate(({kept}) => kept.persister.destroy());
        assert.deepEqual((await reload(one, place, 'tinybase'))[0], states[0][0]);
      }));
  }

  for (const place of places) {
    test(`stamps are kept in ${place} in TinyBase's format, both ways, in ${engine}`, (context) =>
      withPage(engine, async (page) => {
        const reason = await whyNot(page, place);
        if (reason !== undefined) return context.diagnostic(reason);
        for (const [writer, reader] of [
          ['tinybase', 'cellarium'],
          ['cellarium', 'tinybase'],
          ['cellarium', 'cellarium'],
        ]) {
          const written = await page.evaluate(
            async ({modules}, place, writer) => {
              const store = modules[writer].createMergeableStore('writer');
              store
                .setTables({t: {r: {a: 1, b: 'text', c: [1, {d: null}], e: null, gone: true}}})
                .setValues({v: {x: 1}});
              store.delCell('t', 'r', 'gone').delValue('v').setCell('t', '\\ud800', 'ü', '\\u2028');
              const persister = await modules['tests/back-ends'].backEnds[place].create(modules, writer, store, 'pets');
              await persister.save();
              await persister.destroy();
              return store.getMergeableContentHashes();
            },
            place,
            writer,
          );
          assert.deepEqual(await reload(page, place, reader), [written, []], `${writer} to ${reader}`);
        }
      }));
  }

  test(`a plain store does not take a text with stamps for nothing, in ${engine}`, () =>
    withPage(engine, async (page) => {
      const seen = await page.evaluate(async ({modules}) => {
        const {createMergeableStore, createStore} = modules.cellarium;
        const {createLocalPersister} = modules['cellarium/persisters/persister-browser'];
        const mergeable = createMergeableStore('mine').setValue('v', 1);
        await (await createLocalPersister(mergeable, 'pets').save()).destroy();
        const stored = localStorage.getItem('pets');
        const codes = [];
        const store = createStore();
        const persister = createLocalPersister(store, 'pets', ({code, setAside}) => codes.push([code, setAside]));
        await persister.startAutoPersisting([{}, {initial: 1}]);
        await persister.destroy();
        return [codes, localStorage.getItem('pets (unreadable 1)') === stored, store.getContent()];
      });
      assert.deepEqual(seen, [[['malformed-json', 'pets (unreadable 1)']], true, [{}, {initial: 1}]]);
    }));
}

/** That nothing was stored is an error, as in TinyBase, of the tab that was first. */
const firstError = async (tab) => {
  const errors = await tab.evaluate(({kept}) => kept.errors);
  assert.ok(errors.length <= 1 && errors.every((error) => /tinybase:1:null/.test(error)), `${errors}`);
  return errors;
};
