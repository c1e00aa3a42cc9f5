// createIndexedDbPersister: how it keeps a store, what it takes over from TinyBase, and several tabs.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {engineNames, withPage} from './support/index.mjs';

const rich = [
  {
    zoo: {
      felix: {species: 'größer 🐈 "quoted" \\ \u2028', large: 1e21, small: 5e-324, tags: ['a', {b: null}], owner: null},
      fido: {'': true, z: -0.5, a: 'a\ud800b', 10: 1, 2: 2},
      '': {empty: ''},
    },
    '': {'': {'': 1}},
    'lone \udc00': {'lone \ud83d': {'lone \udc15': 'lone \ud83d'}},
    '"[]{}\n': {'"[]{}\n': {'"[]{}\n': '"[]{}\n'}},
    ant: {9: {c: 9}, 8: {c: 8}, b: {c: 1}, a: {c: 2}},
  },
  {open: true, z: 1, a: {x: 1}, '': 'empty', 'lone \ud800': 1},
];

const proto = JSON.parse('[{"__proto__":{"__proto__":{"__proto__":1}},"t":{"__proto__":{"c":1}}},{"__proto__":2}]');

for (const engine of engineNames) {
  const inPage = (name, action, ...args) =>
    test(`${name}, in ${engine}`, () =>
      withPage(engine, async (page) => {
        await page.evaluate(action, ...args);
      }));
  const check = (name, action, expected, ...args) =>
    test(`${name}, in ${engine}`, () =>
      withPage(engine, async (page) => {
        assert.deepEqual(await page.evaluate(action, ...args), expected);
      }));

  check(
    'a save of everything writes rows to pages and a value to each record, numbered in order',
    async () => {
      const {create, dump} = await import('/storage/indexed-db-page.js');
      const content = [
        {t: {b: {x: 1, o: {y: 2}}, a: {x: 2}}, s: {r: {z: null}}},
        {w: 1, v: 'two'},
      ];
      const {persister, errors} = create('pets', {content});
      await persister.save();
      const {version, stores} = await dump('pets');
      const [[revision, meta]] = stores.meta;
      return [
        version,
        stores.rows,
        stores.values,
        stores.setAside,
        stores.meta.length,
        meta.revision === revision && Number.isSafeInteger(revision) && meta.pagesWrittenBy === revision,
        {...meta, revision: 0, pagesWrittenBy: 0},
        errors,
        Object.keys(stores),
      ];
    },
    [
      100,
      [[0, '[0,0,"t","b",{"x":1,"o":"\ufffd{\\"y\\":2}"}]\n[0,1,"t","a",{"x":2}]\n[2,2,"s","r",{"z":null}]']],
      [
        ['v', '[4,"v","two"]'],
        ['w', '[3,"w",1]'],
      ],
      [],
      1,
      true,
      {only: 1, format: 2, revision: 0, next: 5, pages: 1, pagesWrittenBy: 0, history: '[]'},
      [],
      ['meta', 'rows', 'setAside', 'values'],
    ],
  );

  check(
    'a save of few rows writes a record for each, and one of many writes supplements',
    async () => {
      const {counting, create, dump, load} = await import('/storage/indexed-db-page.js');
      const table = (count, mark) => Object.fromEntries([...Array(count).keys()].map((n) => [`r${n}`, {a: n, mark}]));
      const {store, persister, errors} = create('pets', {content: [{t: table(1000, 'old')}, {}]});
      await persister.save();
      store.setCell('t', 'r5', 'mark', 'few').delRow('t', 'r6').setRow('u', 'new', {x: 1});
      const few = await counting(() => persister.save());
      const alone = (await dump('pets')).stores.rows.filter(([key]) => Array.isArray(key));
      store.transaction(() => {
        store.setPartialRow('t', 'r5', {mark: 'many'}).setRow('t', 'r6', {mark: 'back'}).delRow('t', 'r7');
        for (let n = 100; n < 300; n++) store.setCell('t', `r${n}`, 'mark', 'many');
      });
      const many = await counting(() => persister.save());
      const {rows} = (await dump('pets')).stores;
      const same = JSON.stringify(await load('pets')) === JSON.stringify(store.getContent());
      const supplements = rows.filter(([key]) => key >= 256).map(([, text]) => text.split('\n').length);
      return [errors, few, alone, many, rows.map(([key]) => typeof key), supplements, same];
    },
    [
      [],
      {'delete meta': 1, 'add meta': 1, 'put rows': 3},
      [
        [['t', 'r5'], '[0,5,"t","r5",{"a":5,"mark":"few"}]'],
        [['t', 'r6'], '["t","r6"]'],
        [['u', 'new'], '[1000,1000,"u","new",{"x":1}]'],
      ],
      // What was written alone would count more.
      {'delete meta': 1, 'add meta': 1, 'put rows': 1, 'delete rows': 2},
      ['number', 'number', 'object'],
      [203],
      true,
    ],
  );

  check(
    'what stands apart from the pages is gathered in them when it is much, and others are in step with that',
    async ({until}) => {
      const {counting, create, dump, load} = await import('/storage/indexed-db-page.js');
      const [one, two] = [create('pets'), create('pets')];
      one.store.transaction(() => {
        for (let n = 0; n < 300; n++) one.store.setRow('t', `r${n}`, {a: n, b: 0});
      });
      await one.persister.startAutoPersisting(undefined, true);
      await two.persister.startAutoPersisting();
      one.store.setCell('t', 'r7', 'a', 'alone');
      await one.persister.flush();
      const lengths = [];
      for (let round = 1; round <= 5; round++) {
        one.store.transaction(() => {
          for (let n = 0; n < 300; n++) one.store.setCell('t', `r${n}`, 'b', round);
          one.store.delRow('t', `r${300 - round}`);
        });
        await one.persister.flush();
        lengths.push((await dump('pets')).stores.rows.length);
        await until(() => two.store.getJson() === one.store.getJson());
      }
      const same = JSON.stringify(await load('pets')) === JSON.stringify(one.store.getContent());
      // Who heard of it writes a row without reading any.
      const loads = two.persister.getStats().loads;
      const counts = await counting(async () => {
        two.store.setCell('t', 'r8', 'a', 'two');
        await two.persister.flush();
      });
      await until(() => one.store.getCell('t', 'r8', 'a') === 'two');
      return [lengths, same, counts['put rows'], two.persister.getStats().loads - loads, one.codes(), two.codes()];
    },
    [[2, 3, 4, 1, 2], true, 1, 0, [], []],
  );

  inPage('a gathering that fails at any request leaves what was saved', async () => {
    const {create, dump, failing, load} = await import('/storage/indexed-db-page.js');
    for (let n = 1; ; n++) {
      const {store, persister, codes} = create(`pets ${n}`);
      const change = (round) =>
        store.transaction(() => {
          for (let row = 0; row < 500; row++) store.setCell('t', `r${row}`, 'a', round);
          store.delRow('t', 'r9');
        });
      change(0);
      await persister.save();
      for (let round = 1; round < 3; round++) {
        change(round);
        await persister.save();
      }
      change(3);
      // The save itself has three requests.
      const count = await failing(n + 3, () => persister.save());
      const {rows} = (await dump(`pets ${n}`)).stores;
      const stored = JSON.stringify(await load(`pets ${n}`));
      if (stored !== JSON.stringify(store.getContent()) || codes().length > 0)
        throw new Error(`${n}: ${codes()} ${stored}`);
      if (count < n + 3) {
        if (n < 4 || rows.length > 1) throw new Error(`${n}: ${rows.length}`);
        return;
      }
      if (rows.length < 4) throw new Error(`${n}: ${rows.length}`);
      change(4);
      await persister.save();
      await persister.load();
      change(5);
      await persister.save();
      const {length} = (await dump(`pets ${n}`)).stores.rows;
      if (length > 1 || JSON.stringify(await load(`pets ${n}`)) !== JSON.stringify(store.getContent())) {
        throw new Error(`${n}: not gathered later, ${length}`);
      }
    }
  });

  check(
    'a database with a record for each row is read, written, and gathered when that is much',
    async () => {
      const {create, dump, load, openDb, result} = await import('/storage/indexed-db-page.js');
      const lengths = [];
      const errors = [];
      for (const count of [20, 2000]) {
        const name = `${count} pets`;
        const db = await openDb(name, 100, (db) => {
          for (const store of ['rows', 'values']) db.createObjectStore(store);
          db.createObjectStore('meta').createIndex('only', 'only', {unique: true});
          db.createObjectStore('setAside', {autoIncrement: true});
        });
        const transaction = db.transaction(['rows', 'values', 'meta'], 'readwrite');
        const [rows, values, meta] = ['rows', 'values', 'meta'].map((store) => transaction.objectStore(store));
        for (let n = 0; n < count; n++) rows.put(`[0,${count - n},"t","r${n}",{"a":${n}}]`, ['t', `r${n}`]);
        values.put(`[${count + 1},"v",1]`, 'v');
        await result(meta.put({only: 1, format: 1, revision: 7, next: count + 2, history: '[]'}, 7));
        db.close();
        const {store, persister, codes} = create(name);
        await persister.load();
        const ids = store.getRowIds('t').join();
        const expected = Array.from({length: count}, (_, n) => `r${count - 1 - n}`).join();
        if (ids !== expected || store.getValue('v') !== 1) throw new Error(ids);
        store.setCell('t', 'r3', 'a', 'new').delRow('t', 'r4');
        await persister.save();
        const loaded = JSON.stringify(await load(name));
        if (loaded !== JSON.stringify(store.getContent())) throw new Error(loaded);
        lengths.push((await dump(name)).stores.rows.length);
        errors.push(...codes());
      }
      return [lengths, errors];
    },
    [[20, 1], []],
  );

  for (const [name, content] of [
    ['any content', rich],
    ['content under the ids of prototypes', proto],
    ['empty content', [{}, {}]],
  ]) {
    check(
      `${name} survives, in its order`,
      async ({modules}, text) => {
        const {create, load} = await import('/storage/indexed-db-page.js');
        const content = JSON.parse(text);
        const {store, persister, errors} = create('pets');
        store.setContent(content);
        await persister.save();
        // The order of what JSON has.
        const expected = modules['cellarium'].createStore().setJson(store.getJson()).getContent();
        const loaded = JSON.stringify(await load('pets'));
        return [errors, loaded === JSON.stringify(expected) || loaded];
      },
      [[], true],
      JSON.stringify(content),
    );
  }

  check(
    'a database that does not exist is nothing, and no error',
    async () => {
      const {create, dump} = await import('/storage/indexed-db-page.js');
      const {store, persister, errors} = create('pets');
      await persister.load([{initial: {r: {c: 1}}}, {}]);
      const {stores} = await dump('pets');
      return [errors, store.getContent(), stores.rows, stores.meta];
    },
    [[], [{initial: {r: {c: 1}}}, {}], [], []],
  );

  check(
    'a change writes its row alone, in one transaction that has begun when the call returns',
    async () => {
      const {counting, create, dump, load} = await import('/storage/indexed-db-page.js');
      const rows = Object.fromEntries([...Array(100).keys()].map((n) => [`r${n}`, {a: n, b: n}]));
      const {store, persister, errors} = create('pets', {content: [{t: rows}, {v: 1, w: 2}]});
      await persister.startAutoPersisting(undefined, true);
      const before = await dump('pets');
      let inCall;
      const counts = await counting(async (counts) => {
        store.setCell('t', 'r5', 'a', 'new');
        const saved = persister.flush();
        inCall = {...counts};
        await saved;
      });
      const after = await dump('pets');
      const changed = after.stores.rows.filter(([key]) => Array.isArray(key));
      changed.unshift(after.stores.rows[0][1] === before.stores.rows[0][1]);
      return [errors, inCall, counts, changed, (await load('pets'))[0].t.r5, after.stores.meta.length];
    },
    [
      [],
      {'delete meta': 1, 'add meta': 1, 'put rows': 1},
      {'delete meta': 1, 'add meta': 1, 'put rows': 1},
      [true, [['t', 'r5'], '[0,5,"t","r5",{"a":"new","b":5}]']],
      {a: 'new', b: 5},
      1,
    ],
  );

  check(
    'what a program of changes leaves is what is loaded',
    async ({modules, sleep}) => {
      const {create, load} = await import('/storage/indexed-db-page.js');
      const {store, persister, errors} = create('pets');
      await persister.startAutoPersisting([{t: {a: {c: 1}}}, {v: 1}]);
      const steps = [
        () => store.setCell('t', 'b', 'c', 2).setCell('t', 'b', 'd', {x: 1}),
        () => store.setTable('u', {r: {c: 1}, s: {c: 2}}),
        () => store.delCell('t', 'b', 'c').delRow('t', 'a'),
        () => store.setValue('w', 2).delValue('v'),
        () => store.delTable('u').setRow('u', 's', {d: 3}),
        () => store.transaction(() => store.delRow('u', 's').setCell('u', 's', 'e', 4)),
        () => store.addRow('t', {c: 5}),
        () => store.delTables(),
        () => store.setPartialRow('t', 'z', {c: 6}).setCell('t', 'y', 'c', 7),
        () => store.delValues(),
        () => store.setContent([{n: {m: {k: 1}}}, {j: 2}]),
      ];
      const differences = [];
      for (const [index, step] of steps.entries()) {
        step();
        await persister.flush();
        const stored = JSON.stringify(await load('pets'));
        const expected = JSON.stringify(store.getContent());
        if (stored !== expected) differences.push([index, stored, expected]);
        await sleep(0);
      }
      return [errors, differences, persister.getSaveState().isUnsaved, typeof modules];
    },
    [[], [], false, 'object'],
  );

  check(
    'saving nothing new writes nothing',
    async () => {
      const {counting, create} = await import('/storage/indexed-db-page.js');
      const {persister} = create('pets', {content: [{t: {a: {c: 1}}}, {}]});
      await persister.save();
      return counting(() => persister.save());
    },
    {},
  );

  check(
    'what TinyBase has stored is taken over at the first load, or save, and its object stores are gone',
    async ({modules}) => {
      const {create, dump, load} = await import('/storage/indexed-db-page.js');
      const {createStore} = modules['tinybase'];
      const theirs = modules['tinybase/persisters/persister-indexed-db'];
      const content = [
        {t1: {r2: {c: 1, o: {a: [1]}, n: null}, r1: {d: 'x'}}, '': {'': {'': true}}, 'l\ud800': {9: {c: 1}, 8: {c: 2}}},
        {v: 1, o: {x: '\ud800'}},
      ];
      for (const name of ['one', 'two']) {
        const persister = theirs.createIndexedDbPersister(createStore().setContent(content), name, 100);
        await persister.save();
        await persister.destroy();
      }
      const sorted = (text) => JSON.stringify(Object.entries(JSON.parse(text)[0]).sort());
      const loaded = await load('one');
      const {store, persister, errors} = create('two', {content: [{t1: {r3: {c: 3}}}, {}]});
      await persister.save();
      const saved = await load('two');
      const {version, stores} = await dump('one');
      return [
        sorted(JSON.stringify(loaded)) === sorted(JSON.stringify(content)) || loaded,
        JSON.stringify(loaded[1]),
        (await load('one')).length,
        JSON.stringify(saved),
        store.getRowIds('t1'),
        errors,
        version,
        Object.keys(stores),
        stores.setAside,
      ];
    },
    [
      true,
      JSON.stringify({o: {x: '\ud800'}, v: 1}),
      2,
      '[{"t1":{"r3":{"c":3}}},{}]',
      ['r3'],
      [],
      100,
      ['meta', 'rows', 'setAside', 'values'],
      [],
    ],
  );

  check(
    'a database that TinyBase has made by loading is nothing',
    async ({modules}) => {
      const {create} = await import('/storage/indexed-db-page.js');
      const {createStore} = modules['tinybase'];
      const theirs = modules['tinybase/persisters/persister-indexed-db'];
      await theirs.createIndexedDbPersister(createStore(), 'pets', 100, () => {}).load();
      const {store, persister, errors} = create('pets');
      await persister.load([{initial: {r: {c: 1}}}, {}]);
      return [errors, store.getContent()];
    },
    [[], [{initial: {r: {c: 1}}}, {}]],
  );

  inPage('a takeover that fails at any request leaves what TinyBase has stored', async ({modules}) => {
    const {create, dump, failing} = await import('/storage/indexed-db-page.js');
    const {createStore} = modules['tinybase'];
    const theirs = modules['tinybase/persisters/persister-indexed-db'];
    const content = [{t: {a: {c: 1}, b: {c: 2}}, u: {r: {c: 3}}}, {v: 1}];
    await theirs.createIndexedDbPersister(createStore().setContent(content), 'pets', 100).save();
    const before = JSON.stringify(await dump('pets'));
    for (let n = 1; ; n++) {
      const {store, persister, codes} = create('pets');
      const count = await failing(n, () => persister.load());
      await persister.destroy();
      if (count < n) {
        // This time it has succeeded.
        const loaded = JSON.stringify(store.getContent());
        if (n < 4 || loaded !== JSON.stringify(content)) throw new Error(`${n}: ${loaded}`);
        return;
      }
      if (codes()[0] !== 'storage-failed') throw new Error(`${n}: ${codes()}`);
      const after = JSON.stringify(await dump('pets'));
      if (after !== before) throw new Error(`${n}: ${after}`);
      const other = createStore();
      await theirs.createIndexedDbPersister(other, 'pets', 100).load();
      if (other.getJson() !== JSON.stringify(content)) throw new Error(`${n}: ${other.getJson()}`);
    }
  });

  test(`a takeover during which the page goes leaves one layout whole, in ${engine}`, () =>
    withPage(engine, async (page) => {
      await page.evaluate(async ({modules}) => {
        const rows = Object.fromEntries([...Array(5000).keys()].map((n) => [`r${n}`, {a: n}]));
        const store = modules['tinybase'].createStore().setTable('t', rows).setValue('v', 1);
        const {createIndexedDbPersister} = modules['tinybase/persisters/persister-indexed-db'];
        await createIndexedDbPersister(store, 'pets', 100).save();
      });
      for (const pause of [0, 10, 50, 100, 200]) {
        const other = await page.open();
        await other.evaluate(async ({sleep}, pause) => {
          const {create} = await import('/storage/indexed-db-page.js');
          create('pets').persister.load();
          await sleep(pause);
        }, pause);
        await other.close();
        const seen = await page.evaluate(async () => {
          const {dump} = await import('/storage/indexed-db-page.js');
          const {version, stores} = await dump('pets');
          const rows = stores.rows?.flatMap(([, text]) => text.split('\n')) ?? Object.keys(stores.t[0][1].v);
          return [version, rows.length, (stores.values ?? stores.v).length];
        });
        assert.ok(['3,5000,1', '100,5000,1'].includes(seen.join()), seen.join());
      }
      const loaded = await page.evaluate(async () => {
        const {load} = await import('/storage/indexed-db-page.js');
        const [{t}, values] = await load('pets');
        return [Object.keys(t).length, t.r77, values];
      });
      assert.deepEqual(loaded, [5000, {a: 77}, {v: 1}]);
    }));

  check(
    'the database of another app, of a later version or of a mergeable store is left alone',
    async ({modules}) => {
      const {create, dump, openDb} = await import('/storage/indexed-db-page.js');
      const {createMergeableStore} = modules['tinybase'];
      const theirs = modules['tinybase/persisters/persister-indexed-db'];
      for (const [name, version, stores] of [
        ['other', 1, ['files']],
        ['similar', 3, ['t', 'v', 'more']],
        ['same version', 100, ['files']],
        ['later', 101, ['rows', 'values', 'meta', 'setAside']],
      ]) {
        const db = await openDb(name, version, (db) => {
          for (const store of stores) db.createObjectStore(store).put('theirs', 'key');
        });
        db.close();
      }
      const store = createMergeableStore().setCell('t', 'r', 'c', 1);
      await theirs.createIndexedDbPersister(store, 'mergeable', 100).save();
      const results = {};
      for (const name of ['other', 'similar', 'same version', 'later', 'mergeable']) {
        const before = JSON.stringify(await dump(name));
        const {store, persister, codes} = create(name, {content: [{mine: {r: {c: 1}}}, {}]});
        await persister.load();
        await persister.save();
        await persister.destroy();
        results[name] = [codes(), store.getTableIds(), JSON.stringify(await dump(name)) === before];
      }
      return results;
    },
    Object.fromEntries(
      ['other', 'similar', 'same version', 'later', 'mergeable'].map((name) => [
        name,
        [['foreign-database', 'foreign-database'], ['mine'], true],
      ]),
    ),
  );

  check(
    'edits of two who listen, to one row at one time, survive and reach both',
    async ({until}) => {
      const {create, load} = await import('/storage/indexed-db-page.js');
      const [one, two] = [create('pets'), create('pets')];
      await one.persister.startAutoPersisting([{t: {r: {a: 0, b: 0}}}, {}]);
      await two.persister.startAutoPersisting();
      for (let n = 1; n <= 20; n++) {
        one.store.setCell('t', 'r', 'a', n).setCell('t', `one ${n}`, 'c', n);
        two.store.setCell('t', 'r', 'b', -n).setCell('t', `two ${n}`, 'c', n).setValue('v', n);
        if (n % 3 === 0) await Promise.all([one.persister.flush(), two.persister.flush()]);
      }
      const isAll = ({store}) =>
        store.getRowCount('t') === 41 &&
        store.getCell('t', 'r', 'a') === 20 &&
        store.getCell('t', 'r', 'b') === -20 &&
        store.getValue('v') === 20;
      await until(() => isAll(one) && isAll(two) && !one.persister.getSaveState().isUnsaved);
      const [{t}] = await load('pets');
      return [one.codes(), two.codes(), Object.keys(t).length, t.r];
    },
    [[], [], 41, {a: 20, b: -20}],
  );

  check(
    'what others save never takes back what was edited since',
    async ({sleep, until}) => {
      const {create} = await import('/storage/indexed-db-page.js');
      const [one, two] = [create('pets'), create('pets')];
      await one.persister.startAutoPersisting([{t: {r: {a: 0, b: 0}}}, {}]);
      await two.persister.startAutoPersisting();
      const takenBack = [];
      let latest = 0;
      one.store.addCellListener('t', 'r', 'a', (_store, _t, _r, _c, cell) => cell === latest || takenBack.push(cell));
      for (let n = 1; n <= 100; n++) {
        latest = n;
        one.store.setCell('t', 'r', 'a', n);
        two.store.setCell('t', 'r', 'b', n);
        await (n % 3 ? one.persister.flush() : sleep(n % 5));
      }
      const isSame = () =>
        [one, two].every(({store}) => JSON.stringify(store.getRow('t', 'r')) === '{"a":100,"b":100}');
      await until(isSame);
      await until(() => [one, two].every(({persister}) => !persister.getSaveState().isUnsaved));
      await sleep(100);
      return [takenBack, isSame(), one.codes(), two.codes()];
    },
    [[], true, [], []],
  );

  check(
    'what somebody else has saved since survives a save of those who do not listen',
    async () => {
      const {create, load} = await import('/storage/indexed-db-page.js');
      const [one, two] = [
        create('pets', {content: [{t: {r: {a: 0, b: 0, c: 0}, s: {a: 0}}}, {v: 0, w: 0}]}),
        create('pets'),
      ];
      await one.persister.save();
      await two.persister.load();
      one.store.setCell('t', 'r', 'a', 1).delCell('t', 'r', 'c').setCell('t', 'n', 'x', 1).setValue('v', 1);
      await one.persister.save();
      two.store.setCell('t', 'r', 'b', 2).setCell('t', 'm', 'x', 2).setCell('u', 'r', 'x', 2).delValue('w');
      two.store.delRow('t', 's');
      await two.persister.save();
      const first = await load('pets');
      one.store.setCell('t', 'r', 'd', 3);
      await one.persister.save();
      return [one.codes(), two.codes(), JSON.stringify(first), JSON.stringify((await load('pets'))[0].t.r)];
    },
    [[], [], '[{"t":{"r":{"a":1,"b":2},"n":{"x":1},"m":{"x":2}},"u":{"r":{"x":2}}},{"v":1}]', '{"a":1,"b":2,"d":3}'],
  );

  check(
    'deleted cells, rows, tables and values disappear from who listens',
    async ({until}) => {
      const {create} = await import('/storage/indexed-db-page.js');
      const content = [
        {t: {r: {a: 1, b: 1}, s: {a: 1}}, u: {r: {a: 1}}},
        {v: 1, w: 1},
      ];
      const [one, two] = [create('pets', {content}), create('pets')];
      await one.persister.startAutoPersisting(undefined, true);
      await two.persister.startAutoPersisting();
      const loads = two.persister.getStats().loads;
      const seen = [];
      two.store.addCellListener(null, null, null, (_store, t, r, c, cell) => seen.push([t, r, c, cell ?? null]));
      one.store.delCell('t', 'r', 'a').delRow('t', 's').delTable('u').delValue('v');
      await until(() => two.store.getJson() === one.store.getJson());
      // Set again with other cells.
      one.store.transaction(() => one.store.delRow('t', 'r').setRow('t', 'r', {z: 1}));
      await until(() => two.store.getJson() === one.store.getJson());
      return [two.store.getContent(), seen, two.persister.getStats().loads - loads, one.codes(), two.codes()];
    },
    [
      [{t: {r: {z: 1}}}, {w: 1}],
      [
        ['t', 'r', 'a', null],
        ['t', 's', 'a', null],
        ['u', 'r', 'a', null],
        ['t', 'r', 'z', 1],
        ['t', 'r', 'b', null],
      ],
      2,
      [],
      [],
    ],
  );

  check(
    'of two who find nothing at one time, the first edits of both survive',
    async ({until}) => {
      const {create, load} = await import('/storage/indexed-db-page.js');
      const both = [create('pets'), create('pets')];
      // Initial content is no edit: it gives way to what somebody else has saved.
      await Promise.all(both.map(({persister}) => persister.startAutoPersisting([{t: {initial: {c: 0}}}, {}])));
      for (const [index, {store}] of both.entries()) store.setCell('t', `edit of ${index}`, 'c', index);
      await until(() => both.every(({store}) => store.getRowCount('t') === 3));
      await until(() => both.every(({persister}) => !persister.getSaveState().isUnsaved));
      return [Object.keys((await load('pets'))[0].t).sort(), ...both.map(({codes}) => codes())];
    },
    [['edit of 0', 'edit of 1', 'initial'], [], []],
  );

  check(
    'more changes than are remembered are loaded as a whole',
    async ({until}) => {
      const {create} = await import('/storage/indexed-db-page.js');
      const [one, two] = [create('pets', {content: [{t: {r: {a: 1}}}, {}]}), create('pets')];
      await one.persister.startAutoPersisting(undefined, true);
      await two.persister.startAutoPersisting();
      one.store.transaction(() => {
        for (let n = 0; n < 1000; n++) one.store.setCell('t', `r${n}`, 'a', n);
        one.store.delRow('t', 'r');
      });
      await until(() => two.store.getJson() === one.store.getJson());
      two.store.setCell('t', 'r7', 'a', 'new');
      await until(() => one.store.getCell('t', 'r7', 'a') === 'new');
      return [one.codes(), two.codes(), one.store.getRowCount('t')];
    },
    [[], [], 1000],
  );

  for (const kind of ['dedicated', 'shared', 'service']) {
    test(`a page and a ${kind} worker keep one store, in ${engine}`, () =>
      withPage(engine, async (page) => {
        const worker = await page.worker(kind);
        const begin = async ({modules, kept}) => {
          kept.store = modules['cellarium'].createStore();
          kept.codes = [];
          const {createIndexedDbPersister} = modules['cellarium/persisters/persister-indexed-db'];
          const persister = createIndexedDbPersister(kept.store, 'pets', undefined, ({code}) => kept.codes.push(code));
          await persister.startAutoPersisting();
        };
        await page.evaluate(begin);
        await worker.evaluate(begin);
        await page.evaluate(({kept}) => void kept.store.setCell('t', 'page', 'c', 1));
        await worker.evaluate(({kept}) => void kept.store.setCell('t', 'worker', 'c', 2));
        for (const context of [page, worker]) {
          const codes = await context.evaluate(async ({kept, until}) => {
            await until(() => kept.store.getRowCount('t') === 2);
            return kept.codes;
          });
          assert.deepEqual(codes, []);
        }
      }));
  }
}
