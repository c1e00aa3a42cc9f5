// Two tabs on one key of local storage, both loading and saving automatically, in each engine.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {engineNames, withPage} from './support/index.mjs';

/** Starts a persister in a tab, and keeps it. */
const start = async ({modules, kept}) => {
  const {createStore} = modules['cellarium'];
  const {createLocalPersister} = modules['cellarium/persisters/persister-browser'];
  kept.store = createStore();
  kept.errors = [];
  kept.persister = createLocalPersister(kept.store, 'pets', (error) => kept.errors.push(String(error)));
  await kept.persister.startAutoPersisting([{pets: {fido: {species: 'dog'}}}, {}]);
};

const contentOf = (tab) => tab.evaluate(({kept}) => kept.store.getContent());
const storedIn = (tab) => tab.evaluate(() => JSON.parse(localStorage.getItem('pets')));

/** Waits until two things that are asked for are the same, and gives them. */
const agreed = async (...asks) => {
  let answers;
  for (let attempt = 0; attempt < 500; attempt++) {
    answers = await Promise.all(asks.map((ask) => ask()));
    try {
      answers.forEach((answer) => assert.deepEqual(answer, answers[0]));
      return answers[0];
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  answers.forEach((answer) => assert.deepEqual(answer, answers[0]));
};

for (const engine of engineNames) {
  test(`edits of two tabs to different cells all survive, in ${engine}`, () =>
    withPage(engine, async (one) => {
      const other = await one.open();
      await one.evaluate(start);
      await other.evaluate(start);
      const edit = async ({kept, sleep}, name) => {
        for (let number = 0; number < 60; number++) {
          kept.store.setCell('pets', `row${number}`, name, number);
          if (number % 3 === 0) await sleep(number % 7);
        }
      };
      await Promise.all([one.evaluate(edit, 'one'), other.evaluate(edit, 'other')]);
      const content = await agreed(
        () => contentOf(one),
        () => contentOf(other),
        () => storedIn(one),
        () => storedIn(other),
      );
      for (let number = 0; number < 60; number++) {
        assert.deepEqual(content[0].pets[`row${number}`], {one: number, other: number});
      }
      assert.deepEqual(await one.evaluate(({kept}) => kept.errors.slice(1)), []);
    }));

  test(`two tabs that write to the same cell come to agree, in ${engine}`, () =>
    withPage(engine, async (one) => {
      const other = await one.open();
      await one.evaluate(start);
      await other.evaluate(start);
      const edit = async ({kept, sleep}, name) => {
        for (let number = 0; number < 40; number++) {
          kept.store.setCell('pets', 'fido', 'owner', `${name}${number}`);
          await sleep(number % 4);
        }
      };
      await Promise.all([one.evaluate(edit, 'one'), other.evaluate(edit, 'other')]);
      const content = await agreed(
        () => contentOf(one),
        () => contentOf(other),
        () => storedIn(one),
        () => storedIn(other),
      );
      assert.match(content[0].pets.fido.owner, /^(one|other)39$/);
    }));

  test(`an edit is seen in the other tab within 200 ms, in ${engine}`, () =>
    withPage(engine, async (one) => {
      const other = await one.open();
      await one.evaluate(start);
      await other.evaluate(start);
      await other.evaluate(({kept}) => {
        kept.seen = [];
        kept.store.addCellListener('pets', 'fido', 'sent', (_store, _table, _row, _cell, sent) =>
          kept.seen.push(performance.timeOrigin + performance.now() - sent),
        );
      });
      await one.evaluate(async ({kept, sleep}) => {
        for (let number = 0; number < 20; number++) {
          kept.store.setCell('pets', 'fido', 'sent', performance.timeOrigin + performance.now());
          await sleep(20);
        }
      });
      const seen = await other.evaluate(async ({kept, until}) => {
        await until(() => kept.seen.length === 20, 10_000);
        return kept.seen;
      });
      // On a busy machine one may be late; half of them are not.
      const median = seen.sort((a, b) => a - b)[10];
      assert.ok(median < 200, `${median} ms`);
    }));

  test(`rows deleted and added again in one tab are so in the other, in ${engine}`, () =>
    withPage(engine, async (one) => {
      const other = await one.open();
      await one.evaluate(start);
      await other.evaluate(start);
      await one.evaluate(async ({kept, sleep}) => {
        kept.store.setRow('pets', 'rex', {species: 'dog', age: 3});
        await sleep(20);
        kept.store.delRow('pets', 'rex');
        kept.store.setRow('pets', 'rex', {species: 'cat'}).delRow('pets', 'fido');
      });
      const content = await agreed(
        () => contentOf(one),
        () => contentOf(other),
        () => storedIn(other),
      );
      assert.deepEqual(content, [{pets: {rex: {species: 'cat'}}}, {}]);
    }));
}
