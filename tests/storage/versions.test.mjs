// Content of a version: it is migrated once, and where several tabs edit one content, versions are never mixed.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {createStore} from '../../pkg/index.js';
import {createFilePersister} from '../../pkg/persister-file.js';
import {engineNames, withPage} from './support/index.mjs';

// What the page has for all tests of one back end.
const help = `
  const {backEnds, whyNotHere} = modules['tests/back-ends'];
  const {createStore} = modules['cellarium'];
  const open = async (options, content) => {
    const store = createStore();
    if (content) store.setContent(content);
    const errors = [];
    const persister = await backEnds[name].create(modules, 'cellarium', store, 'pets', (error) =>
      errors.push(error.code ?? error.message), options);
    return {store, persister, errors};
  };
  const load = async (options) => {
    const {store, persister, errors} = await open(options);
    await persister.load();
    await persister.destroy();
    return [store.getContent(), ...errors];
  };
  const fail = () => { throw new Error('no'); };
  const migrate = ([tables, values], from) => [tables, {...values, from}];
  const many = (mark) => Object.fromEntries([...Array(3000).keys()].map((n) => ['r' + n, {mark, text: 'x'.repeat(30)}]));
`;

const ofTabs = 'a tab of an older version writes nothing into what one of a later version has migrated';

const tests = {
  'content of an earlier version is migrated, saved as a whole, and not migrated again': [
    `
    const first = await open(undefined, [{t: {r: {c: 1}, s: {c: 2}}}, {v: 1}]);
    await first.persister.save();
    const {store, persister, errors} = await open({version: 2, migrate});
    await persister.startAutoPersisting();
    await persister.flush();
    const migrated = await load({version: 2, migrate: fail});
    store.setCell('t', 'r', 'c', 3).delRow('t', 's').setValue('w', 1);
    await persister.flush();
    const edited = await load({version: 2, migrate: fail});
    store.transaction(() => store.setTable('t', many(1)));
    await persister.flush();
    const large = await load({version: 2, migrate: fail});
    await persister.destroy();
    return [errors, migrated, edited, Object.keys(large[0][0].t).length, large[0][1]];
    `,
    [
      [],
      [[{t: {r: {c: 1}, s: {c: 2}}}, {v: 1, from: 0}]],
      [[{t: {r: {c: 3}}}, {v: 1, from: 0, w: 1}]],
      3000,
      {v: 1, from: 0, w: 1},
    ],
  ],
  'a version lasts through saves of all kinds, also of large content': [
    `
    const {store, persister, errors} = await open({version: 5}, [{t: many(0)}, {}]);
    await persister.startAutoPersisting(undefined, true);
    for (let round = 1; round <= 4; round++) {
      store.transaction(() => {
        for (let n = 0; n < 1000; n++) store.setCell('t', 'r' + n, 'mark', round);
      });
      await persister.flush();
      store.setCell('t', 'r5', 'mark', 'alone');
      await persister.flush();
      const [[{t}], ...more] = await load({version: 5, migrate: fail});
      if (more.length || t.r5.mark !== 'alone' || t.r6.mark !== round) throw new Error(round + ': ' + more);
    }
    await persister.destroy();
    return [errors, (await load({version: 4}))];
    `,
    [[], [[{}, {}], 'newer-version']],
  ],
  'content of a later version is neither loaded nor written over, and nor is what cannot be migrated': [
    `
    const first = await open({version: 3}, [{t: {r: {c: 1}}}, {}]);
    await first.persister.save();
    const older = await open({version: 2});
    await older.persister.startAutoPersisting([{}, {initial: true}]);
    older.store.setValue('v', 1);
    await sleep(50);
    await older.persister.destroy();
    const failing = await open({version: 4, migrate: fail});
    await failing.persister.startAutoPersisting();
    failing.store.setValue('v', 1);
    await sleep(50);
    await failing.persister.destroy();
    return [older.errors, failing.errors.slice(0, 1), await load({version: 3, migrate: fail})];
    `,
    [['newer-version'], ['no'], [[{t: {r: {c: 1}}}, {}]]],
  ],
  'a value whose id is version is a value': [
    `
    const first = await open(undefined, [{}, {version: 2}]);
    await first.persister.save();
    const unmarked = await load({version: 2, migrate});
    const marked = await open({version: 2}, [{}, {version: 3}]);
    await marked.persister.save();
    return [unmarked, await load({version: 2, migrate: fail})];
    `,
    [[[{}, {version: 2, from: 0}]], [[{}, {version: 3}]]],
  ],
  [ofTabs]: [
    `
    const old = await open({version: 1}, [{t: {r: {c: 1}}}, {}]);
    await old.persister.startAutoPersisting(undefined, true);
    const silent = await open({version: 1});
    await silent.persister.load();
    const {persister, errors, store} = await open({version: 2, migrate});
    await persister.startAutoPersisting();
    await persister.flush();
    await until(() => old.errors.length > 0);
    old.store.setCell('t', 'r', 'c', 'old');
    silent.store.setCell('t', 'r', 'c', 'silent').setCell('t', 'n', 'c', 'silent');
    await silent.persister.save();
    await sleep(50);
    store.setCell('t', 's', 'c', 2);
    await persister.flush();
    const seen = await load({version: 2, migrate: fail});
    const states = [old, silent].map(({persister}) => persister.getSaveState().isUnsaved);
    await Promise.all([old, silent, {persister}].map(({persister}) => persister.destroy()));
    return [errors, [...new Set(old.errors)], [...new Set(silent.errors)], states, seen];
    `,
    [[], ['newer-version'], ['newer-version'], [true, true], [[{t: {r: {c: 1}, s: {c: 2}}}, {from: 1}]]],
  ],
};

for (const engine of engineNames) {
  for (const name of ['local', 'indexed-db', 'opfs']) {
    for (const [title, [body, expected]] of Object.entries(tests)) {
      // Tabs tell each other edits of local storage, whatever their versions.
      if (name === 'local' && title === ofTabs) continue;
      test(`${name} in ${engine}: ${title}`, async (t) => {
        await withPage(engine, async (page) => {
          const notHere = await page.evaluate(
            ({modules}, name) => modules['tests/back-ends'].whyNotHere(name, modules),
            name,
          );
          if (notHere) return t.skip(notHere);
          const seen = await page.evaluate(`async ({modules, sleep, until}, name) => {${help}${body}}`, name);
          assert.deepEqual(seen, expected);
        });
      });
    }
  }
}

test('a file has a version, and is migrated', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cellarium-versions-'));
  try {
    const path = join(folder, 'store.json');
    const errors = [];
    const open = (options, store = createStore()) => ({
      store,
      persister: createFilePersister(store, path, (error) => errors.push(error.code), options),
    });
    await open(undefined, createStore().setContent([{t: {r: {c: 1}}}, {}])).persister.save();
    const {store, persister} = open({version: 1, migrate: ([tables], from) => [tables, {from}]});
    await persister.startAutoPersisting();
    store.setCell('t', 'r', 'c', 2);
    await persister.flush();
    await persister.destroy();
    assert.equal(readFileSync(path, 'utf8'), '[{"t":{"r":{"c":2}}},{"from":0},{"version":1}]');
    const older = open({version: 0});
    await older.persister.load();
    await older.persister.destroy();
    assert.deepEqual([errors, older.store.getJson()], [['newer-version'], '[{},{}]']);
  } finally {
    rmSync(folder, {recursive: true});
  }
});
