// What can go wrong with IndexedDB, forced: nothing that was stored is lost, and the app is told.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {engineNames, withPage} from './support/index.mjs';

for (const engine of engineNames) {
  const check = (name, action, expected, options, ...args) =>
    test(`${name}, in ${engine}`, () =>
      withPage(
        engine,
        async (page) => {
          assert.deepEqual(await page.evaluate(action, ...args), expected);
        },
        options,
      ));

  check(
    'whichever request of a save fails, what was stored stays whole, and the next save mends it',
    async () => {
      const {create, failing, load} = await import('/storage/indexed-db-page.js');
      const seen = [];
      for (let n = 1; n < 100; n++) {
        const old = [{t: {a: {c: 1}, b: {c: 2}}, u: {r: {c: 3}}}, {v: 1}];
        const {store, persister, codes} = create(`pets ${n}`, {content: old});
        await persister.save();
        store
          .setCell('t', 'a', 'c', 'new')
          .setCell('t', 'n', 'c', 'new')
          .delRow('t', 'b')
          .setValue('v', 2)
          .setValue('w', 3);
        const count = await failing(n, () => persister.save());
        const stored = JSON.stringify(await load(`pets ${n}`));
        if (count < n) {
          return [seen, codes(), stored === JSON.stringify(store.getContent())];
        }
        seen.push(codes().join());
        if (stored !== JSON.stringify(old)) throw new Error(`${n}: ${stored}`);
        if (!persister.getSaveState().isUnsaved) throw new Error(`${n}: saved`);
        await persister.save();
        const mended = JSON.stringify(await load(`pets ${n}`));
        if (mended !== JSON.stringify(store.getContent())) throw new Error(`${n}: ${mended}`);
      }
    },
    [Array(7).fill('storage-failed'), [], true],
  );

  check(
    'a full disk aborts the transaction, is reported with its code, and keeps the old content',
    async () => {
      const {create, load, patching} = await import('/storage/indexed-db-page.js');
      const {store, persister, errors} = create('pets', {content: [{t: {a: {c: 1}}}, {}]});
      await persister.save();
      store.setCell('t', 'a', 'c', 2);
      const aborted = new WeakSet();
      const error = new DOMException('full', 'QuotaExceededError');
      const abort = ({value}) => ({
        value(...args) {
          const request = value.apply(this, args);
          if (!aborted.has(this.transaction)) {
            aborted.add(this.transaction);
            this.transaction.abort();
          }
          return request;
        },
      });
      await patching(
        IDBTransaction.prototype,
        'error',
        () => ({get: () => error}),
        () =>
          patching(
            IDBRequest.prototype,
            'error',
            ({get}) => ({
              get() {
                return get.call(this) && error;
              },
            }),
            () => patching(IDBObjectStore.prototype, 'put', abort, () => persister.save()),
          ),
      );
      const stored = JSON.stringify(await load('pets'));
      await persister.save();
      return [errors.map(({code, cause}) => [code, cause === error]), stored, JSON.stringify(await load('pets'))];
    },
    [[['quota-exceeded', true]], '[{"t":{"a":{"c":1}}},{}]', '[{"t":{"a":{"c":2}}},{}]'],
  );

  check(
    'a connection that has died is opened anew, once, and the save succeeds',
    async () => {
      const {create, load, patching} = await import('/storage/indexed-db-page.js');
      const {store, persister, codes} = create('pets', {content: [{t: {a: {c: 1}}}, {}]});
      await persister.save();
      const dead = new WeakSet();
      let deaths = 0;
      const die = ({value}) => ({
        value(...args) {
          if (deaths < 1) {
            deaths += 1;
            dead.add(this);
          }
          if (dead.has(this)) throw new DOMException('closing', 'InvalidStateError');
          return value.apply(this, args);
        },
      });
      const seen = [];
      for (const act of [() => persister.save(), () => persister.load()]) {
        store.setCell('t', 'a', 'c', `${act}`.slice(6, 20));
        deaths = 0;
        await patching(IDBDatabase.prototype, 'transaction', die, act);
        seen.push((await load('pets'))[0].t.a.c, store.getCell('t', 'a', 'c'));
      }
      return [codes(), seen];
    },
    [[], ['persister.save', 'persister.save', 'persister.save', 'persister.save']],
  );

  check(
    'a connection that dies again and again is reported',
    async () => {
      const {create, patching} = await import('/storage/indexed-db-page.js');
      const {persister, errors} = create('pets', {content: [{t: {a: {c: 1}}}, {}]});
      await persister.save();
      const die = () => ({
        value() {
          throw new DOMException('closing', 'InvalidStateError');
        },
      });
      await patching(IDBDatabase.prototype, 'transaction', die, async () => {
        await persister.load();
        await persister.destroy();
      });
      return errors.map(({code, cause}) => [code, cause.name]);
    },
    [['storage-failed', 'InvalidStateError']],
  );

  check(
    'a connection makes way for others, and the next save writes all that was deleted',
    async ({until}) => {
      const {create, load, result} = await import('/storage/indexed-db-page.js');
      const {store, persister, codes} = create('pets', {content: [{t: {a: {c: 1}, b: {c: 1}}}, {v: 1}]});
      await persister.startAutoPersisting(undefined, true);
      await result(indexedDB.deleteDatabase('pets'));
      store.setCell('t', 'a', 'c', 2);
      await until(() => !persister.getSaveState().isUnsaved);
      return [codes(), await load('pets')];
    },
    [[], [{t: {a: {c: 2}, b: {c: 1}}}, {v: 1}]],
  );

  check(
    'a database that another connection blocks gives an error in time, and is used when it is free',
    async () => {
      const {create, openDb} = await import('/storage/indexed-db-page.js');
      const db = await openDb('pets', 1, () => {});
      const {store, persister, codes} = create('pets', {content: [{t: {a: {c: 1}}}, {}]});
      const start = performance.now();
      await persister.save();
      const seconds = (performance.now() - start) / 1000;
      const blocked = codes();
      db.close();
      await persister.save();
      store.setCell('t', 'a', 'c', 2);
      await persister.save();
      return [seconds >= 4.9 && seconds < 30, blocked, codes().length];
    },
    [true, ['storage-blocked'], 1],
  );

  const useWithout = async ({modules}) => {
    const store = modules['cellarium'].createStore();
    const {createIndexedDbPersister} = modules['cellarium/persisters/persister-indexed-db'];
    const errors = [];
    const persister = createIndexedDbPersister(store, 'pets', undefined, (error) => errors.push(error));
    const created = errors.length;
    await persister.save();
    await persister.load([{initial: {r: {c: 1}}}, {}]);
    await persister.destroy();
    return [created, errors.map(({code}) => code), store.getContent(), persister.getDbName()];
  };
  const without = [0, ['storage-unavailable', 'storage-unavailable'], [{initial: {r: {c: 1}}}, {}], 'pets'];

  check(
    'without IndexedDB creation succeeds, and each use is reported',
    `async (context) => {
    for (const value of [undefined, null]) {
      Object.defineProperty(globalThis, 'indexedDB', {value, configurable: true});
      const seen = await (${useWithout})(context);
      if (value === null) return seen;
    }
  }`,
    without,
  );

  check('where IndexedDB is forbidden creation succeeds, and each use is reported', useWithout, without, {
    query: '&sandbox',
  });

  check(
    'records that cannot be read are set aside before anything is written, and reported, and the rest is loaded',
    async () => {
      const {create, dump, result, withDb} = await import('/storage/indexed-db-page.js');
      const content = [
        {t: {a: {c: 1}, b: {c: 2}}, u: {r: {c: 3}}},
        {v: 1, w: 2},
      ];
      const first = create('pets', {content});
      await first.persister.save();
      first.store.setCell('t', 'n', 'c', 4).setCell('u', 'r', 'c', 5);
      await first.persister.save();
      await withDb('pets', async (db) => {
        const transaction = db.transaction(['rows', 'values'], 'readwrite');
        const rows = transaction.objectStore('rows');
        rows.put((await result(rows.get(0))).replace('"c":1}', '"c":'), 0);
        rows.put({not: 'a text'}, 300);
        rows.put('[9,9,"t","n"', ['t', 'n']);
        await result(transaction.objectStore('values').put('', 'v'));
      });
      const {store, persister, errors} = create('pets');
      await persister.startAutoPersisting([{initial: {r: {c: 1}}}, {}]);
      store.setCell('t', 'b', 'd', 1);
      await persister.flush();
      const {rows, setAside} = (await dump('pets')).stores;
      const again = create('pets');
      await again.persister.load();
      return [
        errors.map(({code, setAside}) => [code, setAside]),
        store.getContent(),
        rows,
        setAside.map(([, {from, key, record, at}]) => [from, key, record, Date.now() - at < 60_000]),
        again.errors,
        again.store.getContent(),
      ];
    },
    [
      [['unreadable-content', 'setAside']],
      [{t: {b: {c: 2, d: 1}}, u: {r: {c: 5}}}, {w: 2}],
      [
        [0, '[0,1,"t","b",{"c":2}]\n[2,2,"u","r",{"c":3}]'],
        [['t', 'b'], '[0,1,"t","b",{"c":2,"d":1}]'],
        [['u', 'r'], '[2,2,"u","r",{"c":5}]'],
      ],
      [
        ['rows', 0, '[0,0,"t","a",{"c":]\n[0,1,"t","b",{"c":2}]\n[2,2,"u","r",{"c":3}]', true],
        ['rows', 300, {not: 'a text'}, true],
        ['rows', ['t', 'n'], '[9,9,"t","n"', true],
        ['values', 'v', '', true],
      ],
      [],
      [{t: {b: {c: 2, d: 1}}, u: {r: {c: 5}}}, {w: 2}],
    ],
  );

  for (const [where, key, text] of [
    ['a page', 0, '[garbage\n[0,1,"t","b",{"c":2}]'],
    ['a record', ['t', 'a'], '[garbage'],
    ['a supplement', 256, '[garbage'],
  ]) {
    check(
      `what became unreadable in ${where} since is set aside by the save that would write over it`,
      async (_, key, text) => {
        const {create, dump, result, withDb} = await import('/storage/indexed-db-page.js');
        const [one, two] = [create('pets', {content: [{t: {a: {c: 1}, b: {c: 2}}}, {}]}), create('pets')];
        await one.persister.save();
        await two.persister.load();
        one.store.setCell('t', 'b', 'c', 3);
        await one.persister.save();
        await withDb('pets', (db) => result(db.transaction('rows', 'readwrite').objectStore('rows').put(text, key)));
        two.store.setCell('t', 'a', 'd', 4);
        await two.persister.save();
        const {setAside} = (await dump('pets')).stores;
        await two.persister.load();
        return [
          setAside.map(([, {key, record}]) => [key, record]),
          two.codes(),
          two.store.getTable('t').a,
          two.store.getCell('t', 'b', 'c'),
        ];
      },
      // What a record of its own said was all that there was of it.
      [[[key, text]], ['unreadable-content'], key === 256 ? {c: 1, d: 4} : key === 0 ? {d: 4} : {c: 1, d: 4}, 3],
      undefined,
      key,
      text,
    );
  }

  check(
    'without channels, or if a time is given, others are looked for now and then',
    async ({until}) => {
      const {create} = await import('/storage/indexed-db-page.js');
      const Channel = globalThis.BroadcastChannel;
      delete globalThis.BroadcastChannel;
      const [one, two, three] = [undefined, 0.05, undefined].map((interval) => create('pets', {interval}));
      await one.persister.startAutoPersisting([{t: {r: {a: 1}}}, {}]);
      await two.persister.startAutoPersisting();
      globalThis.BroadcastChannel = Channel;
      await three.persister.startAutoPersisting();
      one.store.setCell('t', 'r', 'b', 2);
      await until(() => two.store.getCell('t', 'r', 'b') === 2, 1000);
      two.store.setCell('t', 'r', 'c', 3);
      await until(() => one.store.getCell('t', 'r', 'c') === 3);
      const heard = three.store.getCell('t', 'r', 'c');
      const errors = [one, two, three].flatMap(({codes}) => codes());
      return [errors, heard ?? null];
    },
    [[], null],
  );

  check(
    'an edit made while a load is pending is laid over what is loaded, and saved',
    async ({until}) => {
      const {create, load} = await import('/storage/indexed-db-page.js');
      const first = create('pets', {content: [{t: {a: {c: 1, d: 1}}}, {v: 1}]});
      await first.persister.save();
      const {store, persister, codes} = create('pets');
      const started = persister.startAutoPersisting();
      store.setCell('t', 'a', 'c', 2).setCell('t', 'n', 'c', 3);
      await started;
      await until(() => !persister.getSaveState().isUnsaved);
      return [codes(), store.getContent(), await load('pets')];
    },
    [[], [{t: {a: {c: 2, d: 1}, n: {c: 3}}}, {v: 1}], [{t: {a: {c: 2, d: 1}, n: {c: 3}}}, {v: 1}]],
  );
}
