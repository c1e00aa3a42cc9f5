// What a page of a remote persister does with time: a server that never answers, a page that is left, a cache.
import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {createStore} from '../../pkg/index.js';
import {createRemotePersister} from '../../pkg/persister-remote.js';
import {keep, startServer} from './remote-server.mjs';
import {withOpen} from './remote-tools.mjs';
import {engineNames, withPage} from './support/index.mjs';

let server;

beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server?.close());

const until = async (condition) => {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail(`it did not come to that: ${condition}`);
};
const bodies = () => server.requests.filter(({method}) => method === 'POST').map(({body}) => body);

test('a server that never answers is waited for 2 minutes, then each request is aborted and reported', async () => {
  server.answer = () => {};
  mock.timers.enable({apis: ['setTimeout']});
  try {
    const errors = [];
    const persister = createRemotePersister(createStore(), `${server.url}/load`, `${server.url}/save`, 5, ({code}) =>
      errors.push(code),
    );
    for (const [index, action] of [persister.load, persister.save].entries()) {
      const done = action();
      // Without timers, since they stand still.
      while (server.requests.length <= index) await new Promise((resolve) => setImmediate(resolve));
      mock.timers.tick(119_999);
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(errors.length, index);
      mock.timers.tick(1);
      await done;
      assert.deepEqual(errors, Array(index + 1).fill('timeout'));
    }
    assert.equal(persister.getStatus(), 0);
  } finally {
    mock.timers.reset();
  }
  await until(() => server.requests.every(({isAborted}) => isAborted));
});

for (const engine of engineNames) {
  test(`a body that never ends is waited for 2 minutes, in a page of ${engine}`, async () => {
    server.answer = (_request, response) => {
      response.writeHead(200, {'content-length': 100});
      response.write('[{},');
    };
    await withPage(engine, async (page) => {
      const start = ({open}, url, kept) => {
        const {setTimeout} = globalThis;
        kept.timers = [];
        globalThis.setTimeout = (action, milliseconds) =>
          milliseconds < 10_000 ? setTimeout(action, milliseconds) : kept.timers.push({action, milliseconds});
        const {persister, errors} = open(url);
        kept.loading = persister.load().then(errors);
      };
      await page.evaluate(withOpen(start), server.url);
      await until(() => server.requests.length > 0);
      const waits = ({kept, sleep}) => Promise.race([kept.loading, sleep(200).then(() => 'waits')]);
      assert.equal(await page.evaluate(waits), 'waits');
      const limits = await page.evaluate(({kept}) => {
        kept.timers.forEach(({action}) => action());
        return kept.timers.map(({milliseconds}) => milliseconds);
      });
      assert.deepEqual(limits, [120_000]);
      assert.deepEqual(await page.evaluate(({kept}) => kept.loading), [{kind: 'Error', code: 'timeout'}]);
      await until(() => server.requests[0].isAborted);
    });
  });

  test(`an edit reaches the server although the page is left at once, in ${engine}`, async () => {
    const {kept, answer} = keep();
    server.answer = answer;
    await withPage(engine, async (page) => {
      const tab = await page.open();
      const start = async ({open}, url, kept) => {
        kept.opened = open(url);
        await kept.opened.persister.startAutoPersisting();
      };
      await tab.evaluate(withOpen(start), server.url);
      // The browser has to ask whether it may send, and is told so only when the page is gone.
      const preflights = [];
      server.preflight = () => new Promise((resolve) => preflights.push(resolve));
      await tab.evaluate(({kept}) => {
        kept.opened.store.setCell('pets', 'fido', 'name', 'ü'.repeat(20_000));
      });
      await tab.close();
      assert.ok(!bodies().some((body) => body.includes('ü')));
      await until(() => preflights.length > 0);
      server.preflight = undefined;
      for (const answerPreflight of preflights) answerPreflight();
      await until(() => kept.text?.includes('üüü'));
      assert.equal(JSON.parse(kept.text)[0].pets.fido.name.length, 20_000);
    });
  });

  test(`saves that are too large to outlive their page, alone or together, arrive in ${engine}`, async () => {
    server.answer = keep().answer;
    const lengths = [40_000, 40_000, 40_000, 65_515, 65_518, 80_000, 30_000];
    const save = async ({open}, url, lengths) => {
      const all = lengths.map((length, index) => {
        const opened = open(url);
        // The last is of characters that are three bytes each.
        opened.store.setValue('v', (index === lengths.length - 1 ? '€' : 'x').repeat(length));
        return opened;
      });
      await Promise.all(all.map(({persister}) => persister.save()));
      return all.flatMap(({errors}) => errors());
    };
    const errors = await withPage(engine, (page) => page.evaluate(withOpen(save), server.url, lengths));
    assert.deepEqual(errors, []);
    const saved = bodies().map((body) => JSON.parse(body)[1].v.length);
    assert.deepEqual(
      saved.toSorted((a, b) => a - b),
      lengths.toSorted((a, b) => a - b),
    );
  });

  test(`what is loaded is what the server has, not what the cache of ${engine} remembers`, async () => {
    let count = 0;
    server.answer = (_request, response) => {
      response.writeHead(200, {'cache-control': 'max-age=3600'}).end(`[{},{"count":${++count}}]`);
    };
    const load = async ({open}, url) => {
      const counts = [];
      for (let time = 0; time < 3; time++) {
        const {store, persister} = open(url);
        await persister.load();
        counts.push(store.getValue('count'));
      }
      return counts;
    };
    const counts = await withPage(engine, (page) => page.evaluate(withOpen(load), server.url));
    assert.deepEqual(counts, [1, 2, 3]);
  });
}

test('where there is no fetch, or the URL is none, each use is reported', async () => {
  const {fetch} = globalThis;
  const seen = [];
  const use = async (loadUrl, saveUrl) => {
    const errors = [];
    const persister = createRemotePersister(createStore(), loadUrl, saveUrl, 5, (error) => errors.push(error));
    await persister.load();
    await persister.save();
    await persister.destroy();
    seen.push(errors.map(({name, code}) => [name, code]));
  };
  delete globalThis.fetch;
  try {
    await use(server.url, server.url);
  } finally {
    globalThis.fetch = fetch;
  }
  await use('no url', 'http://');
  assert.deepEqual(seen, [Array(2).fill(['ReferenceError', 'network']), Array(2).fill(['TypeError', 'network'])]);
});

test('whatever is given for the seconds between two questions, the server is not overrun', async () => {
  const {kept, answer} = keep();
  kept.text = '[{},{}]';
  server.answer = answer;
  const persisters = [];
  for (const seconds of [undefined, null, NaN, -1, Infinity, 'often', 1e9]) {
    const persister = createRemotePersister(createStore(), `${server.url}/load`, `${server.url}/save`, seconds);
    await persister.startAutoLoad();
    persisters.push(persister);
  }
  const count = server.requests.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(server.requests.length, count);
  for (const persister of persisters) await persister.destroy();
});
