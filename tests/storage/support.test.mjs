// That tests can run functions in the pages and workers of all engines.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {engineNames, findModules, PageGone, withPage} from './support/index.mjs';

const useStore = ({modules, kept}, text) => {
  kept.calls = (kept.calls ?? 0) + 1;
  const store = modules['cellarium'].createStore().setValue('text', text);
  return [store.getJson(), kept.calls, self.constructor.name];
};

const scopes = {
  page: 'Window',
  dedicated: 'DedicatedWorkerGlobalScope',
  shared: 'SharedWorkerGlobalScope',
  service: 'ServiceWorkerGlobalScope',
};

for (const engine of engineNames) {
  test(`functions run in a page and in workers of ${engine}`, () =>
    withPage(engine, async (page) => {
      for (const [kind, scope] of Object.entries(scopes)) {
        const context = await page.context(kind);
        const text = 'a \ud800 b';
        assert.deepEqual(await context.evaluate(useStore, text), [`[{},{"text":"a \\ud800 b"}]`, 1, scope]);
        assert.equal((await context.evaluate(useStore, text))[1], 2);
        assert.equal(await context.evaluate(() => {}), undefined);
        await assert.rejects(
          context.evaluate(() => {
            throw Object.assign(new TypeError('of the test'), {code: 'some-code'});
          }),
          {message: 'in the page: TypeError: of the test', code: 'some-code'},
        );
      }
    }));

  test(`all modules are there by name in ${engine}`, () =>
    withPage(engine, async (page) => {
      assert.deepEqual(await page.evaluate(({modules}) => Object.keys(modules)), Object.keys(findModules()));
    }));

  test(`tabs of ${engine} share an origin, and each page has one of its own`, async () => {
    const urls = [];
    for (const before of [null, null]) {
      await withPage(engine, async (page) => {
        urls.push(page.url);
        assert.equal(await page.evaluate(() => localStorage.getItem('key')), before);
        const other = await page.open();
        await other.evaluate(() => localStorage.setItem('key', 'text'));
        await page.evaluate(({until}) => until(() => localStorage.getItem('key') === 'text'));
        await page.reload();
        assert.equal(await page.evaluate(() => localStorage.getItem('key')), 'text');
        const pending = assert.rejects(
          other.evaluate(() => new Promise(() => {})),
          PageGone,
        );
        await other.close();
        await pending;
      });
    }
    assert.equal(new Set(urls).size, 2);
  });

  test(`an error that nothing catches in a page of ${engine} fails the test`, async () => {
    const fail = (page) =>
      page.evaluate(({sleep}) => {
        setTimeout(() => {
          throw new Error('uncaught');
        });
        return sleep(200);
      });
    await assert.rejects(withPage(engine, fail), /uncaught/);
    await withPage(
      engine,
      async (page) => {
        await fail(page);
        assert.equal(page.errors.length, 1);
      },
      {allowsErrors: true},
    );
  });

  test(`touching a storage throws in a sandboxed page of ${engine}`, () =>
    withPage(
      engine,
      async (page) => {
        const name = await page.evaluate(() => {
          try {
            return typeof localStorage;
          } catch (error) {
            return error.name;
          }
        });
        assert.equal(name, 'SecurityError');
      },
      {query: '&sandbox'},
    ));
}
