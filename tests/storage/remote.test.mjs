// createRemotePersister on a real server, in Node and in pages and workers of each engine, next to TinyBase's.
import assert from 'node:assert/strict';
import {afterEach, beforeEach, test} from 'node:test';
import {createStore as createTinyBaseStore} from 'tinybase';
import {createRemotePersister as createTinyBasePersister} from 'tinybase/persisters/persister-remote';
import {places, workers} from './places.mjs';
import {keep, startServer} from './remote-server.mjs';
import {withOpen} from './remote-tools.mjs';

let server;

beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server?.close());

const pets = '[{"pets":{"fido":{"species":"dog"}}},{"open":true}]';
const petsContent = JSON.parse(pets);
const rich = [
  {
    pets: {
      fido: {species: 'dog', price: 5.25, sold: false, tags: ['a', {b: null}], owner: null},
      2: {lone: '\ud83d', inside: 'a\uFFFDb\uFFFCc', name: 'größer 🐈 "quoted" \\ \u2028'},
    },
  },
  {open: true, shape: {x: 1}},
];

// Without the prototypes, which do not cross from a page.
const plain = (value) => JSON.parse(JSON.stringify(value ?? null));
const asked = () => server.requests.map(({method, path}) => `${method} ${path}`);
const tags = () => server.requests.map(({headers}) => headers['if-none-match']);
const bodies = () => server.requests.filter(({method}) => method === 'POST').map(({body}) => body);

/** Answers each request by its method, or with a status alone. */
const answerWith =
  (...answers) =>
  ({method}, response) => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    const {status = 200, headers = {}, body} = typeof answer === 'number' ? {status: answer} : answer;
    response.writeHead(status, headers).end(method === 'HEAD' ? undefined : body);
  };

const loadOnce = async ({open}, url, initial) => {
  const {store, persister, errors} = open(url);
  await persister.load(initial);
  const seen = {content: store.getContent(), errors: errors(), status: persister.getStatus()};
  await persister.destroy();
  return seen;
};

const saveOnce = async ({open}, url) => {
  const {store, persister, errors} = open(url);
  store.setValue('v', 1);
  await persister.save();
  const seen = {errors: errors(), status: persister.getStatus()};
  await persister.destroy();
  return seen;
};

for (const {name: place, use} of places) {
  const run = (action, ...args) => use(({evaluate}) => evaluate(withOpen(action), server.url, ...args));

  test(`in ${place}, loading is a GET, and an ETag that is known spares the content`, async () => {
    server.answer = ({headers}, response) =>
      headers['if-none-match'] ? response.writeHead(304).end() : response.writeHead(200, {etag: '"a"'}).end(pets);
    const contents = await run(async ({open}, url) => {
      const {store, persister, thrown} = open(url);
      const contents = [];
      for (let time = 0; time < 2; time++) {
        await persister.load();
        contents.push(store.getContent());
        store.setCell('pets', 'fido', 'species', 'cat');
      }
      await persister.destroy();
      return [contents, thrown.length, persister.getUrls().map((one) => one.replace(url, ''))];
    });
    assert.deepEqual(contents, [[petsContent, petsContent], 0, ['/load', '/save']]);
    assert.deepEqual(asked(), ['GET /load', 'GET /load']);
    assert.deepEqual(tags(), [undefined, '"a"']);
  });

  test(`in ${place}, what is saved is the same text as TinyBase's, read by both`, async () => {
    const {kept, answer} = keep();
    server.answer = answer;
    await run(async ({open}, url, content) => {
      const {store, persister} = open(url);
      store.setContent(content);
      await persister.save();
      await persister.destroy();
    }, rich);
    const theirStore = createTinyBaseStore();
    const theirs = createTinyBasePersister(theirStore, `${server.url}/load`, `${server.url}/save`);
    await theirs.load();
    assert.deepEqual(plain(theirStore.getContent()), rich);
    await theirs.save();
    await theirs.destroy();
    const [ourText, theirText] = bodies();
    assert.equal(ourText, theirText);
    const [ourRequest, theirRequest] = server.requests.filter(({method}) => method === 'POST');
    assert.equal(ourRequest.headers['content-type'], theirRequest.headers['content-type']);
    assert.equal(kept.text, theirText);
    assert.deepEqual((await run(loadOnce)).content, rich);
  });

  test(`in ${place}, a server that has nothing yet gets the initial content, and then each change`, async () => {
    server.answer = keep().answer;
    const errors = await run(async ({open, until}, url) => {
      const {store, persister, errors} = open(url);
      await persister.startAutoPersisting([{pets: {fido: {species: 'dog'}}}, {open: true}]);
      store.setCell('pets', 'fido', 'species', 'cat');
      await until(() => persister.getStatus() === 0);
      await persister.destroy();
      return errors();
    });
    assert.deepEqual(errors, [{kind: 'Response', status: 404, code: 'http-status'}]);
    assert.equal(bodies()[0], pets);
    assert.equal(bodies().at(-1), pets.replace('dog', 'cat'));
  });

  test(`in ${place}, an answer that says no is the error, and can be read`, async () => {
    server.answer = answerWith({status: 503, body: 'too busy'});
    const seen = await run(async ({open, describe}, url) => {
      const {store, persister, thrown} = open(url);
      store.setValue('mine', 1);
      await persister.load();
      await persister.save();
      const texts = await Promise.all(thrown.map((error) => error.text()));
      const messages = thrown.map(({message}) => message.replace(url, ''));
      await persister.destroy();
      return [thrown.map(describe), texts, messages, store.getContent()];
    });
    const error = {kind: 'Response', status: 503, code: 'http-status'};
    assert.deepEqual(seen, [
      [error, error],
      ['too busy', 'too busy'],
      ['GET /load was answered with 503', 'POST /save was answered with 503'],
      [{}, {mine: 1}],
    ]);
  });

  test(`in ${place}, each status of a load means what it does in TinyBase`, async () => {
    for (const status of [204, 304, 401, 403, 404, 410, 500]) {
      server.answer = answerWith(status);
      const ours = await run(loadOnce, [{initial: {r: {c: 1}}}, {}]);
      const theirErrors = [];
      const store = createTinyBaseStore();
      const theirs = createTinyBasePersister(store, `${server.url}/load`, `${server.url}/save`, 5, (error) =>
        theirErrors.push(error instanceof Response ? error.status : error.name),
      );
      await theirs.load([{initial: {r: {c: 1}}}, {}]);
      await theirs.destroy();
      assert.deepEqual(
        ours.errors.map((error) => error.status ?? error.kind),
        theirErrors,
        status,
      );
      assert.deepEqual(plain(ours.content), plain(store.getContent()));
    }
  });

  test(`in ${place}, a dead connection is reported, and the next save succeeds`, async () => {
    const {kept, answer} = keep();
    server.answer = ({socket}) => socket.destroy();
    assert.deepEqual(await run(loadOnce), {
      content: [{}, {}],
      errors: [{kind: 'TypeError', code: 'network'}],
      status: 0,
    });
    assert.deepEqual(await run(saveOnce), {errors: [{kind: 'TypeError', code: 'network'}], status: 0});
    server.answer = answer;
    assert.deepEqual((await run(saveOnce)).errors, []);
    assert.equal(kept.text, '[{},{"v":1}]');
  });

  test(`in ${place}, a body that is cut short is reported, and not loaded`, async () => {
    server.answer = (_request, response) => {
      response.writeHead(200, {'content-length': pets.length, etag: '"cut"'});
      response.write(pets.slice(0, -10));
      setTimeout(() => response.destroy(), 20);
    };
    const {content, errors} = await run(loadOnce);
    assert.deepEqual([content, errors], [[{}, {}], [{kind: 'TypeError', code: 'network'}]]);
    // Where nobody can see that it was, the text cannot be read.
    server.answer = (_request, response) => {
      response.writeHead(200, {connection: 'close'}).end(pets.slice(0, -10));
    };
    const unseen = await run(loadOnce);
    assert.deepEqual([unseen.content, unseen.errors], [[{}, {}], [{kind: 'SyntaxError', code: 'malformed-json'}]]);
  });

  test(`in ${place}, what is no JSON or no content is an error with a code, and leaves the store alone`, async () => {
    const codes = {};
    for (const body of ['', '[', '[{}}', '<!doctype html>', '{"t":', 'null', '5', '{"t":{}}']) {
      server.answer = answerWith({body});
      const {content, errors} = await run(async ({open}, url) => {
        const {store, persister, errors} = open(url);
        store.setValue('mine', 1);
        await persister.load();
        await persister.destroy();
        return {content: store.getContent(), errors: errors()};
      });
      assert.deepEqual(content, [{}, {mine: 1}]);
      codes[body] = errors.map(({code}) => code);
    }
    const malformed = ['malformed-json'];
    const invalid = ['invalid-content'];
    assert.deepEqual(codes, {
      '': malformed,
      '[': malformed,
      '[{}}': malformed,
      '<!doctype html>': malformed,
      '{"t":': malformed,
      null: invalid,
      5: invalid,
      '{"t":{}}': invalid,
    });
  });

  test(`in ${place}, changes are laid over the store, and U+FFFC means nothing in them`, async () => {
    server.answer = answerWith({body: '[{"t":{"r":{"c":"\uFFFC","d":null,"e":2}}},{},1]'});
    const content = await run(async ({open}, url) => {
      const {store, persister} = open(url);
      store.setRow('t', 'r', {c: 1, d: 1});
      await persister.load();
      await persister.destroy();
      return store.getContent();
    });
    assert.deepEqual(content, [{t: {r: {c: 1, d: null, e: 2}}}, {}]);
  });

  test(`in ${place}, redirects are followed`, async () => {
    server.answer = ({path, method}, response) => {
      if (path === '/load') response.writeHead(302, {location: '/moved'}).end();
      else if (path === '/save') response.writeHead(307, {location: '/moved'}).end();
      else response.end(method === 'GET' ? pets : undefined);
    };
    const {content, errors} = await run(loadOnce);
    assert.deepEqual([content, errors], [petsContent, []]);
    assert.deepEqual((await run(saveOnce)).errors, []);
    assert.deepEqual(asked(), ['GET /load', 'GET /moved', 'POST /save', 'POST /moved']);
    assert.deepEqual(bodies(), ['[{},{"v":1}]', '[{},{"v":1}]']);
  });

  test(`in ${place}, a save that ends at a page, as one to sign in, was no save`, async () => {
    server.answer = ({path}, response) =>
      path === '/save'
        ? response.writeHead(302, {location: '/sign-in'}).end()
        : response.writeHead(200, {'content-type': 'text/html; charset=utf-8'}).end('<h1>Sign in</h1>');
    assert.deepEqual((await run(saveOnce)).errors, [{kind: 'Response', status: 200, code: 'http-status'}]);
  });

  test(`in ${place}, nothing is saved over what could not be loaded, until it could`, async () => {
    const {kept, answer} = keep();
    for (const [name, fail] of Object.entries({
      'an error': (response) => response.writeHead(500).end(),
      'half a text': (response) => response.end(pets.slice(0, -5)),
      'a page': (response) => response.writeHead(200, {'content-type': 'text/html'}).end('<h1>Sign in</h1>'),
      'a dead connection': (response) => response.socket.destroy(),
    })) {
      server.requests.length = 0;
      kept.text = pets;
      kept.version++;
      let isFailing = true;
      server.answer = (request, response) => {
        if (isFailing && request.method === 'GET') fail(response);
        else answer(request, response);
        if (request.method === 'HEAD') isFailing = false;
      };
      const [unsaved, content] = await run(async ({open, until, sleep}, url) => {
        const {store, persister} = open(url, 0.3);
        await persister.startAutoPersisting([{initial: {r: {c: 1}}}, {}]);
        store.setCell('pets', 'felix', 'species', 'cat');
        await sleep(100);
        const unsaved = persister.getSaveState().isUnsaved;
        await until(
          () => store.hasTable('pets') && store.hasRow('pets', 'fido') && !persister.getSaveState().isUnsaved,
        );
        await persister.destroy();
        return [unsaved, store.getContent()];
      });
      assert.equal(unsaved, true, name);
      assert.equal(asked().indexOf('POST /save') > asked().indexOf('HEAD /load'), true, name);
      const both = [{pets: {fido: {species: 'dog'}, felix: {species: 'cat'}}}, {open: true}];
      for (const body of bodies()) assert.deepEqual(plain(JSON.parse(body)), both, name);
      assert.deepEqual(content, both, name);
    }
  });

  test(`in ${place}, a save that failed is tried again`, async () => {
    const {kept, answer} = keep();
    kept.text = pets;
    let fails = 1;
    server.answer = (request, response) => {
      if (request.method === 'POST' && request.body.includes('cat') && fails-- > 0) response.writeHead(503).end();
      else answer(request, response);
    };
    const states = await run(async ({open, until}, url) => {
      const {store, persister} = open(url);
      await persister.startAutoPersisting();
      store.setCell('pets', 'fido', 'species', 'cat');
      const states = [];
      await until(() => persister.getSaveState().lastErrorCode);
      states.push(persister.getSaveState());
      await until(() => !persister.getSaveState().isUnsaved);
      states.push(persister.getSaveState());
      await persister.destroy();
      return states.map(({isUnsaved, lastErrorCode}) => [isUnsaved, lastErrorCode ?? 'none']);
    });
    assert.deepEqual(states, [
      [true, 'http-status'],
      [false, 'none'],
    ]);
    assert.equal(kept.text, pets.replace('dog', 'cat'));
  });

  test(`in ${place}, auto-load asks for the ETag and loads when it is another one`, async () => {
    const {kept, answer} = keep();
    kept.text = pets;
    server.answer = answer;
    let asks = 0;
    server.answer = (request, response) => {
      if (request.method === 'HEAD' && ++asks === 3) {
        kept.text = pets.replace('dog', 'cat');
        kept.version++;
      }
      answer(request, response);
    };
    const seen = await run(async ({open, until, sleep}, url) => {
      const {store, persister, errors} = open(url, 0.02);
      await persister.startAutoLoad();
      const seen = [persister.isAutoLoading(), store.getCell('pets', 'fido', 'species')];
      await until(() => store.getCell('pets', 'fido', 'species') === 'cat');
      await sleep(100);
      await persister.stopAutoLoad();
      return [...seen, persister.isAutoLoading(), persister.getStats().loads, errors()];
    });
    assert.deepEqual(seen, [true, 'dog', false, 2, []]);
    const count = server.requests.length;
    assert.ok(asks > 3);
    assert.deepEqual(
      asked().filter((one) => one.startsWith('GET')),
      ['GET /load', 'GET /load'],
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(server.requests.length, count);
  });

  test(`in ${place}, a server that is asked slowly is not asked twice at once, and stopping aborts`, async () => {
    server.answer = ({method}, response) => {
      if (method === 'GET') response.writeHead(200, {etag: '"1"'}).end(pets);
    };
    await run(async ({open, sleep}, url) => {
      const {persister} = open(url, 0.02);
      await persister.startAutoLoad();
      await sleep(200);
      await persister.stopAutoLoad();
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(asked(), ['GET /load', 'HEAD /load']);
    assert.equal(server.requests[1].isAborted, true);
  });

  test(`in ${place}, asking goes on after a failure, each of which is reported`, async () => {
    let asks = 0;
    let isDown = true;
    server.answer = ({method, socket}, response) => {
      if (method === 'GET') response.writeHead(200, {etag: `"${asks}"`}).end(pets);
      else if (++asks === 1) {
        response.writeHead(500).end();
        // Browsers try again by themselves, some of them often.
        setTimeout(() => (isDown = false), 1000);
      } else if (isDown) socket.destroy();
      else response.writeHead(200, {etag: `"${asks}"`}).end();
    };
    const [errors, loads] = await run(async ({open, until}, url) => {
      const {persister, errors} = open(url, 0.02);
      await persister.startAutoLoad();
      await until(() => persister.getStats().loads > 1);
      await persister.destroy();
      return [errors(), persister.getStats().loads];
    });
    const [first, second] = errors;
    assert.deepEqual(first, {kind: 'Response', status: 500, code: 'http-status'});
    assert.deepEqual(second, {kind: 'TypeError', code: 'network'});
    assert.equal(loads, 2);
  });

  test(`in ${place}, a content of 2 MB with anything in it comes and goes whole`, async () => {
    const {kept, answer} = keep();
    server.answer = answer;
    const isSame = await run(async ({open}, url) => {
      const {store, persister} = open(url);
      store.transaction(() => {
        for (let row = 0; row < 20_000; row++) store.setRow('t', `${row}`, {text: `größer 🐈 \ud83d ${row}`.repeat(3)});
      });
      const before = store.getJson();
      await persister.save();
      store.delTables();
      await persister.load();
      await persister.destroy();
      return store.getJson() === before;
    });
    assert.ok(isSame);
    assert.ok(kept.text.length > 1_000_000);
  });
}

for (const {name: place, use} of workers) {
  test(`in ${place}, a store is loaded, saved, and kept up to date`, async () => {
    const {kept, answer} = keep();
    kept.text = pets;
    server.answer = answer;
    await use(async ({evaluate}) => {
      const start = async ({open}, url, kept) => {
        kept.opened = open(url, 0.05);
        await kept.opened.persister.startAutoPersisting();
        kept.opened.store.setCell('pets', 'felix', 'species', 'cat');
        await kept.opened.persister.flush();
        return kept.opened.store.getContent();
      };
      const both = [{pets: {fido: {species: 'dog'}, felix: {species: 'cat'}}}, {open: true}];
      assert.deepEqual(await evaluate(withOpen(start), server.url), both);
      assert.deepEqual(JSON.parse(kept.text), both);
      kept.text = pets;
      kept.version++;
      const end = async ({until}, _url, {opened: {store, persister, errors}}) => {
        await until(() => !store.hasRow('pets', 'felix'));
        await persister.destroy();
        return errors();
      };
      assert.deepEqual(await evaluate(withOpen(end), server.url), []);
    });
  });
}
