// Where there is no storage, or the browser forbids it: creation succeeds, and each use is reported.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {backEnds, everywhere, whyNotBuilt} from './back-ends.mjs';
import {engineNames, findModules, withPage} from './support/index.mjs';

// In a page without an origin nobody can get a file's handle, and a server is no storage of the browser's.
const inSandbox = ['local', 'session', 'indexed-db'];
const inWorkers = Object.keys(backEnds).filter((name) => backEnds[name].contexts.length < everywhere.length);
const modules = findModules();

const use = async ({modules}, name) => {
  const {backEnds} = modules['tests/back-ends'];
  const store = modules['cellarium'].createStore().setValue('mine', 1);
  const errors = [];
  const persister = await backEnds[name].create(modules, 'cellarium', store, 'pets', (error) => errors.push(error));
  await persister.save();
  const {isUnsaved, lastErrorCode} = persister.getSaveState();
  await persister.load([{initial: {r: {c: 1}}}, {}]);
  await persister.startAutoPersisting();
  store.setValue('later', 1);
  await persister.destroy();
  return {
    areErrors: errors.every((error) => error instanceof Error),
    codes: [...new Set(errors.map(({code}) => code))],
    isUnsaved,
    lastErrorCode,
    content: store.getContent(),
  };
};

const expected = {
  areErrors: true,
  codes: ['storage-unavailable'],
  isUnsaved: true,
  lastErrorCode: 'storage-unavailable',
  content: [{initial: {r: {c: 1}}}, {later: 1}],
};

for (const engine of engineNames) {
  for (const name of inSandbox) {
    test(`${name} in a sandboxed page of ${engine}: each use is reported`, async (t) => {
      const notBuilt = whyNotBuilt(name, modules);
      if (notBuilt) return t.skip(notBuilt);
      await withPage(engine, async (page) => assert.deepEqual(await page.evaluate(use, name), expected), {
        query: '&sandbox',
      });
    });
  }

  test(`${inWorkers.join(' and ')} in workers of ${engine}: each use is reported`, () =>
    withPage(engine, async (page) => {
      for (const kind of everywhere.slice(1)) {
        const worker = await page.worker(kind);
        for (const name of inWorkers) assert.deepEqual(await worker.evaluate(use, name), expected, `${kind} ${name}`);
      }
    }));
}
