// createLocalPersister and createSessionPersister in Chromium, on its real storages, next to TinyBase's.
/* global tab -- what openTab makes in a page */
import assert from 'node:assert/strict';
import {after, before, beforeEach, test} from 'node:test';
import {launchChromium} from '../../scripts/browser.mjs';
import {root} from '../../scripts/run.mjs';
import {serve} from '../../scripts/serve.mjs';

let server;
let browser;
let context;

before(async () => {
  server = await serve({
    '/pkg/': `${root}/pkg`,
    '/tinybase/': `${root}/node_modules/tinybase`,
    '/': `${root}/tests/persister/page`,
  });
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

// Storages are of a context, so each test has its own.
beforeEach(async () => {
  await context?.close();
  context = await browser.newContext();
});

/** Open a tab with a store and a persister of one of the libraries as `tab`, and ways to look at them. */
const openTab = async (library = 'cellarium', area = 'local') => {
  const page = await context.newPage();
  await page.goto(server.url);
  await page.evaluate(
    async ([library, area]) => {
      const {createStore} = await import(library);
      const browser = await import(`${library}/browser`);
      const create = area === 'local' ? browser.createLocalPersister : browser.createSessionPersister;
      const store = createStore();
      const errors = [];
      const persister = create(store, 'pets', (error) => errors.push(error));
      const storage = area === 'local' ? localStorage : sessionStorage;
      globalThis.tab = {store, persister, errors, storage};
    },
    [library, area],
  );
  return page;
};

const contentOf = (page) => page.evaluate(() => tab.store.getContent());

/** Wait until the tab's content is what is expected, or fail with what it is. */
const waitForContent = async (page, expected) => {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (JSON.stringify(await contentOf(page)) === JSON.stringify(expected)) return;
    await page.waitForTimeout(20);
  }
  assert.deepEqual(await contentOf(page), expected);
};

const rich = [
  {
    pets: {
      fido: {species: 'dog', price: 5.25, sold: false, tags: ['a', {b: null}], owner: null},
      10: {species: 'größer 🐈 "quoted" \\ \u2028', large: 1e21, small: 5e-324},
      2: {lone: '\ud83d', inside: 'a\uFFFDb\uFFFCc'},
    },
  },
  {open: true, shape: {x: 1}},
];

for (const area of ['local', 'session']) {
  test(`what ${area} storage holds is the same text as TinyBase's, read by both`, async () => {
    const texts = {};
    for (const library of ['tinybase', 'cellarium']) {
      const page = await openTab(library, area);
      texts[library] = await page.evaluate(async (content) => {
        tab.store.setContent(content);
        await tab.persister.save();
        return tab.storage.getItem('pets');
      }, rich);
    }
    assert.equal(texts.cellarium, texts.tinybase);
    for (const library of ['tinybase', 'cellarium']) {
      const page = await openTab(library, area);
      const loaded = await page.evaluate(async (text) => {
        tab.storage.setItem('pets', text);
        await tab.persister.load();
        return tab.store.getContent();
      }, texts.cellarium);
      assert.deepEqual(loaded, rich, library);
    }
  });

  test(`a change is in ${area} storage right after the code that made it, and survives a reload`, async () => {
    const page = await openTab('cellarium', area);
    const stored = await page.evaluate(async () => {
      await tab.persister.startAutoPersisting();
      tab.store.setCell('pets', 'fido', 'species', 'dog');
      await null;
      return tab.storage.getItem('pets');
    });
    // Local storage has a space more while tabs tell each other what they write.
    assert.equal(stored.trimEnd(), '[{"pets":{"fido":{"species":"dog"}}},{}]');
    await page.reload();
    assert.equal(
      await page.evaluate((area) => (area === 'local' ? localStorage : sessionStorage).getItem('pets'), area),
      stored,
    );
  });
}

test('a key that is missing is an error, as in TinyBase, and means the initial content', async () => {
  const seen = {};
  for (const library of ['tinybase', 'cellarium']) {
    const page = await openTab(library);
    seen[library] = await page.evaluate(async () => {
      await tab.persister.load([{initial: {r: {c: 1}}}, {}]);
      return [tab.errors.map(String), tab.store.getContent(), tab.persister.getStats(), tab.persister.getStatus()];
    });
  }
  assert.deepEqual(seen.cellarium, seen.tinybase);
  assert.deepEqual(seen.cellarium[0], ['Error: tinybase:1:null']);
});

const storedTexts = {
  'two empty halves': '[{},{}]',
  'spaces around': ' \n [{"t":{"r":{"c":1}}},{}] \n',
  'an empty array': '[]',
  'one half': '[{}]',
  'halves that are no objects': '[1,2]',
  'changes with a deletion': '[{"t":{"r":{"c":2,"gone":"\uFFFC"}}},{"v":"\uFFFC"},1]',
  'changes with an escaped deletion': '[{"t":{"r":{"c":2,"gone":"\\ufffc"}}},{},1]',
  'a third element of 11': '[{"t":{"r":{"c":2}}},{},11]',
  'a third element of 2': '[{"t":{"r":{"c":2}}},{},2]',
  'a content that ends in a row of ones': '[{"t":{"r":{"c":2}}},{"v":"1]"}]',
  null: 'null',
  'a number': '5',
  'a text': '"text"',
  'encoded objects': '[{"t":{"r":{"o":"\uFFFD{\\"a\\":1}","bad":"\uFFFD{","c":3}}},{}]',
};

test('loading any stored text does what it does in TinyBase', async () => {
  const seen = {};
  for (const library of ['tinybase', 'cellarium']) {
    const page = await openTab(library);
    seen[library] = await page.evaluate(async (texts) => {
      const {store, persister, storage, errors} = tab;
      const results = {};
      for (const [name, text] of Object.entries(texts)) {
        store.setTables({t: {r: {c: 1, gone: true}}}).setValues({v: 1, w: 2});
        storage.setItem('pets', text);
        await persister.load();
        results[name] = [errors.splice(0).map(String), store.getContent(), persister.getStats()];
      }
      return results;
    }, storedTexts);
  }
  assert.equal(Object.keys(seen.tinybase).length, Object.keys(storedTexts).length);
  assert.deepEqual(seen.cellarium, seen.tinybase);
});

test('loading an object is an error, as loading anything else that is no content', async () => {
  const page = await openTab('cellarium');
  const seen = await page.evaluate(async () => {
    tab.store.setValue('v', 1);
    tab.storage.setItem('pets', '{"t":{"r":{"c":2}}}');
    await tab.persister.load();
    return [tab.errors.map((error) => [error.code, error.message]), tab.store.getContent()];
  });
  assert.deepEqual(seen, [[['invalid-content', 'tinybase:1:[object Object]']], [{}, {v: 1}]]);
});

test('a malformed text is an error with a name, and leaves the store alone', async () => {
  const page = await openTab('cellarium');
  for (const text of ['', '[', '[{"pets":{"fido":{"species":"dog"}}},{}', '[{}}', '{"pets":', 'dog']) {
    const [names, content] = await page.evaluate(async (text) => {
      tab.store.setContent([{mine: {r: {c: 1}}}, {}]);
      tab.storage.setItem('pets', text);
      await tab.persister.load();
      return [tab.errors.splice(0).map((error) => error instanceof Error && error.name), tab.store.getContent()];
    }, text);
    assert.deepEqual(content, [{mine: {r: {c: 1}}}, {}], text);
    assert.deepEqual(names, ['SyntaxError'], text);
  }
});

for (const [writer, reader] of [
  ['cellarium', 'cellarium'],
  ['tinybase', 'cellarium'],
  ['cellarium', 'tinybase'],
]) {
  test(`a tab with ${reader} hears of what a tab with ${writer} writes`, async () => {
    const one = await openTab(writer);
    const other = await openTab(reader);
    await one.evaluate(() => tab.persister.startAutoPersisting([{pets: {fido: {species: 'dog'}}}, {}]));
    await other.evaluate(() => tab.persister.startAutoPersisting());
    await waitForContent(other, [{pets: {fido: {species: 'dog'}}}, {}]);
    await one.evaluate(() => tab.store.setCell('pets', 'felix', 'tags', ['small', {age: 3}]));
    const both = [{pets: {fido: {species: 'dog'}, felix: {tags: ['small', {age: 3}]}}}, {}];
    await waitForContent(other, both);
    await other.evaluate(() => tab.store.setValue('open', true));
    await waitForContent(one, [both[0], {open: true}]);
  });
}

test('of the events of other tabs only those of the own text count', async () => {
  const writer = await openTab('cellarium');
  const reader = await openTab('cellarium');
  const mine = [{mine: {r: {c: 1}}}, {}];
  await reader.evaluate(async (mine) => {
    tab.store.setContent(mine);
    await tab.persister.startAutoPersisting(undefined, true);
  }, mine);
  const statsOf = () => reader.evaluate(() => [tab.persister.getStats().loads, tab.errors.map(String)]);
  const [loads] = await statsOf();

  // Another key, then a marker that shows that its event, sent before, has arrived.
  const passOn = async (number) => {
    await writer.evaluate((number) => localStorage.setItem('pets', `[{"marker":{"r":{"c":${number}}}},{}]`), number);
    await waitForContent(reader, [{marker: {r: {c: number}}}, {}]);
  };
  await writer.evaluate(() => localStorage.setItem('other', '[{"wrong":{"r":{"c":1}}},{}]'));
  await passOn(1);
  assert.deepEqual(await statsOf(), [loads + 1, []]);

  // Removed: a load, which finds nothing and leaves the store alone.
  await writer.evaluate(() => localStorage.removeItem('pets'));
  await reader.waitForFunction(() => tab.errors.length > 0);
  assert.deepEqual(await statsOf(), [loads + 2, ['Error: tinybase:1:null']]);
  assert.deepEqual(await contentOf(reader), [{marker: {r: {c: 1}}}, {}]);

  // Everything cleared: nothing.
  await writer.evaluate(() => localStorage.clear());
  await passOn(2);
  assert.deepEqual(await statsOf(), [loads + 3, ['Error: tinybase:1:null']]);

  // Malformed: an error, and the store stays as it is.
  await writer.evaluate(() => localStorage.setItem('pets', '[{"half":'));
  await reader.waitForFunction(() => tab.errors.length > 1);
  assert.deepEqual(await contentOf(reader), [{marker: {r: {c: 2}}}, {}]);

  // After stop nothing is heard.
  await reader.evaluate(() => tab.persister.stopAutoLoad());
  await writer.evaluate(() => localStorage.setItem('pets', '[{"late":{"r":{"c":1}}},{}]'));
  await reader.waitForTimeout(200);
  assert.deepEqual(await contentOf(reader), [{marker: {r: {c: 2}}}, {}]);
});

test('a stored text that is nested beyond any stack is reported, and the persister lives on', async () => {
  const page = await openTab('cellarium');
  const result = await page.evaluate(async () => {
    const {store, persister, storage, errors} = tab;
    const codes = [];
    for (const [open, close] of [
      ['{"a":', '}'],
      ['[', ']'],
    ]) {
      storage.setItem('pets', open.repeat(200_000) + 1 + close.repeat(200_000));
      await persister.load();
      codes.push(errors.pop()?.code);
    }
    store.setCell('pets', 'fido', 'species', 'dog');
    await persister.save();
    return [...codes, storage.getItem('pets'), errors.length];
  });
  // An array is content, though neither of its halves is an object here.
  assert.deepEqual(result, ['invalid-content', undefined, '[{"pets":{"fido":{"species":"dog"}}},{}]', 0]);
});

test('a full storage is reported, keeps the old text, and the next save that fits succeeds', async () => {
  const page = await openTab('cellarium');
  const result = await page.evaluate(async () => {
    const {store, persister, storage, errors} = tab;
    await persister.startAutoPersisting();
    store.setCell('pets', 'fido', 'species', 'dog');
    await persister.flush();
    const before = storage.getItem('pets');
    errors.length = 0;
    store.setCell('pets', 'fido', 'species', 'x'.repeat(6_000_000));
    await null;
    const isSaving = persister.getStatus();
    await new Promise((resolve) => setTimeout(resolve));
    const seen = [
      errors.map((error) => error.name),
      isSaving,
      persister.getStatus(),
      storage.getItem('pets') === before,
      persister.getSaveState().isUnsaved,
      persister.getSaveState().lastErrorCode,
    ];
    store.setCell('pets', 'fido', 'species', 'cat');
    await persister.flush();
    const {isUnsaved, lastError} = persister.getSaveState();
    return [...seen, storage.getItem('pets').trimEnd(), store.getCell('pets', 'fido', 'species'), isUnsaved, lastError];
  });
  assert.deepEqual(result, [
    ['QuotaExceededError'],
    2,
    0,
    true,
    true,
    'quota-exceeded',
    '[{"pets":{"fido":{"species":"cat"}}},{}]',
    'cat',
    false,
    undefined,
  ]);
});

test('destroy waits 5 seconds for a save that never settles, then reports it', async () => {
  const page = await context.newPage();
  await page.goto(server.url);
  const [errors, time] = await page.evaluate(async () => {
    const {createCustomPersister, createStore} = await import('cellarium');
    const errors = [];
    const nothing = () => {};
    const never = () => new Promise(nothing);
    const persister = createCustomPersister(createStore(), never, never, nothing, nothing, ({code}) =>
      errors.push(code),
    );
    persister.save();
    const start = performance.now();
    await persister.destroy();
    return [errors, performance.now() - start];
  });
  assert.deepEqual(errors, ['destroy-timeout']);
  assert.ok(time >= 4990 && time < 10_000, `${time} ms`);
});

const useWithoutStorage = async () => {
  const {createStore} = await import('/pkg/index.js');
  const {createLocalPersister, createSessionPersister} = await import('/pkg/persister-browser.js');
  const seen = [];
  for (const create of [createLocalPersister, createSessionPersister]) {
    const store = createStore();
    const persister = create(store, 'pets', (error) =>
      seen.push([error.code, error.message, error.cause instanceof DOMException ? error.cause.name : error.cause]),
    );
    await persister.save();
    await persister.load([{initial: {r: {c: 1}}}, {}]);
    await persister.startAutoPersisting();
    seen.push([persister.getStatus(), store.getTables(), persister.isAutoLoading(), persister.isAutoSaving()]);
    await persister.destroy();
  }
  return seen;
};

const seenWithoutStorage = (cause) =>
  ['localStorage', 'sessionStorage'].flatMap((area) => {
    const error = ['storage-unavailable', `${area} is not available here`, cause];
    // A save, a load, and of auto-persisting the listener and the load; then nothing is saved by itself.
    return [error, error, error, error, [0, {initial: {r: {c: 1}}}, false, true]];
  });

test('in a sandboxed page, where touching storage throws, creation succeeds and each use is reported', async () => {
  const page = await context.newPage();
  // The sandbox makes the page's origin opaque, so that the modules are of another origin.
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = {...response.headers(), 'access-control-allow-origin': '*'};
    if (headers['content-type'].startsWith('text/html')) headers['content-security-policy'] = 'sandbox allow-scripts';
    await route.fulfill({response, headers});
  });
  await page.goto(server.url);
  assert.deepEqual(await page.evaluate(useWithoutStorage), seenWithoutStorage('SecurityError'));
});

test('in a worker, which has no storage, creation succeeds and each use is reported', async () => {
  const page = await context.newPage();
  await page.goto(server.url);
  const seen = await page.evaluate(async (source) => {
    const {origin} = location;
    const code = `(${source.replaceAll("'/pkg/", `'${origin}/pkg/`)})().then(postMessage, (error) => postMessage(String(error)))`;
    const worker = new Worker(URL.createObjectURL(new Blob([code], {type: 'text/javascript'})), {type: 'module'});
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({data}) => resolve(data);
      worker.onerror = ({message}) => reject(new Error(message));
    });
  }, useWithoutStorage.toString());
  assert.deepEqual(seen, seenWithoutStorage(undefined));
});
