// createOpfsPersister in each engine that has such files, in pages and workers, next to TinyBase's.
/* global opfs -- what ready makes in a page or worker */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {engineNames, withPage} from './support/index.mjs';

// WebKit's Linux port has none; see the last test.
const engines = engineNames.filter((engine) => engine !== 'webkit');

/** Make the helpers known in a page or worker as `opfs`; gives what runs functions there, with their arguments only. */
const ready = async (context) => {
  await context.evaluate(async () => {
    globalThis.opfs = await import('/storage/page/opfs.js');
  });
  return (action, ...args) => context.evaluate(`(_context, ...args) => (${action})(...args)`, ...args);
};

/** A test in each engine, which gets what runs functions in a page, and the page. */
const testInEach = (name, use) => {
  for (const engine of engines) {
    test(`${name}, in ${engine}`, () => withPage(engine, async (page) => use(await ready(page), page)));
  }
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

testInEach('what the file holds after a save is the same text as TinyBase\u2019s, read by both', async (run) => {
  const texts = await run(async (content) => {
    const texts = {};
    for (const library of ['tinybase', 'cellarium']) {
      const {store, persister} = await opfs.open(library, library);
      store.setContent(content);
      await persister.save();
      texts[library] = await opfs.readText(library);
    }
    return texts;
  }, rich);
  assert.equal(texts.cellarium, texts.tinybase);
  for (const [reader, file] of [
    ['tinybase', 'cellarium'],
    ['cellarium', 'tinybase'],
  ]) {
    const loaded = await run(([file, reader]) => opfs.load(file, reader), [file, reader]);
    assert.deepEqual(loaded, {content: rich, errors: []}, reader);
  }
});

testInEach('a file that is empty or missing is nothing, and means the initial content', async (run) => {
  const seen = await run(async () => {
    const {store, persister, errors, handle} = await opfs.open();
    await persister.load([{initial: {r: {c: 1}}}, {}]);
    const empty = store.getContent();
    await (await navigator.storage.getDirectory()).removeEntry('pets.json');
    store.delTables();
    await persister.load([{initial: {r: {c: 2}}}, {}]);
    await persister.save();
    return {
      empty,
      missing: store.getContent(),
      errors,
      same: persister.getHandle() === handle,
      text: await opfs.readText('pets.json'),
    };
  });
  assert.deepEqual(seen, {
    empty: [{initial: {r: {c: 1}}}, {}],
    missing: [{initial: {r: {c: 2}}}, {}],
    errors: [],
    same: true,
    text: '[{"initial":{"r":{"c":2}}},{}]',
  });
});

testInEach('small content is written anew at every save, so that TinyBase sees all of it', async (run) => {
  const seen = await run(async () => {
    const {store, persister, errors} = await opfs.open();
    await persister.startAutoPersisting();
    store.setCell('pets', 'fido', 'species', 'dog');
    store.setCell('pets', 'felix', 'species', 'cat');
    store.delCell('pets', 'fido', 'species').setValue('open', true);
    await opfs.idle(persister);
    await opfs.until(async () => (await opfs.readText('pets.json')).includes('open'));
    await persister.destroy();
    return {errors, names: await opfs.names(), tinybase: await opfs.load('pets.json', 'tinybase')};
  });
  const content = [{pets: {felix: {species: 'cat'}}}, {open: true}];
  assert.deepEqual(seen, {errors: [], names: ['pets.json'], tinybase: {content, errors: []}});
});

testInEach('what changed in large content goes to a log, and to the file when that is saved', async (run) => {
  const seen = await run(async () => {
    const {store, persister, errors} = await opfs.open();
    store.setContent(opfs.manyRows(5000));
    await persister.startAutoPersisting(undefined, true);
    const before = await opfs.readText('pets.json');
    store.setCell('rows', 'row 1', 'name', 'new').delRow('rows', 'row 2').setRow('rows', 'row 3', {number: 3});
    store.setValue('open', true);
    await opfs.until(async () => (await opfs.readText('pets.json.cellarium-log')).includes('open'));
    await opfs.idle(persister);
    const isUntouched = before === (await opfs.readText('pets.json'));
    const loaded = await opfs.load();
    const isLoaded = JSON.stringify(loaded.content) === JSON.stringify(store.getContent());
    await persister.save();
    const tinybase = await opfs.load('pets.json', 'tinybase');
    const isInFile = JSON.stringify(tinybase.content) === JSON.stringify(store.getContent());
    const log = (await opfs.read('pets.json.cellarium-log')).length;
    return {isUntouched, isLoaded, isInFile, log, errors: [...errors, ...loaded.errors]};
  });
  assert.deepEqual(seen, {isUntouched: true, isLoaded: true, isInFile: true, log: 32, errors: []});
});

testInEach('a log that has grown is made part of the file', async (run) => {
  const seen = await run(async () => {
    const {store, persister, errors} = await opfs.open();
    store.setContent(opfs.manyRows(2000));
    await persister.startAutoPersisting(undefined, true);
    const sizes = [];
    for (let round = 0; round < 100; round++) {
      store.setCell('rows', `row ${round}`, 'name', `${round} `.repeat(400));
      await opfs.until(() => persister.getStatus() === 0);
      sizes.push((await opfs.read('pets.json.cellarium-log')).length);
    }
    const longest = Math.max(...sizes);
    const compactions = sizes.filter((size, index) => size < sizes[index - 1]).length;
    const {content} = await opfs.load();
    return {longest, compactions, same: JSON.stringify(content) === JSON.stringify(store.getContent()), errors};
  });
  assert.ok(seen.longest > 1000 && seen.longest < 150_000, `${seen.longest}`);
  assert.ok(seen.compactions > 0);
  assert.deepEqual([seen.same, seen.errors], [true, []]);
});

testInEach('what TinyBase writes to the file since counts, and an older log does not', async (run) => {
  const seen = await run(async () => {
    const {store, persister} = await opfs.open();
    store.setContent(opfs.manyRows(2000));
    await persister.startAutoPersisting(undefined, true);
    store.setValue('mine', 1);
    await opfs.until(async () => (await opfs.readText('pets.json.cellarium-log')).includes('mine'));
    await persister.destroy();
    const tinybase = await opfs.open('pets.json', 'tinybase');
    tinybase.store.setContent([{t: {r: {c: 1}}}, {theirs: 2}]);
    await tinybase.persister.save();
    return opfs.load();
  });
  assert.deepEqual(seen, {content: [{t: {r: {c: 1}}}, {theirs: 2}], errors: []});
});

testInEach(
  'what TinyBase writes while this persister has the file is heard, and edits are kept with it',
  async (run) => {
    const seen = await run(async () => {
      const {store, persister, errors} = await opfs.open();
      store.setContent(opfs.manyRows(2000));
      await persister.startAutoPersisting(undefined, true);
      const tinybase = await opfs.open('pets.json', 'tinybase');
      await tinybase.persister.load();
      tinybase.store.setValue('theirs', 2);
      await tinybase.persister.save();
      // Where the browser does not tell, it is found at the next save.
      if ('FileSystemObserver' in globalThis) await opfs.until(() => store.getValue('theirs') === 2);
      store.setValue('mine', 1);
      await opfs.until(async () => (await opfs.load()).content[1].mine);
      await opfs.until(() => store.getValue('theirs') === 2);
      const {content} = await opfs.load();
      return {values: content[1], rows: Object.keys(content[0].rows).length, errors};
    });
    assert.deepEqual(seen, {values: {theirs: 2, mine: 1}, rows: 2000, errors: []});
  },
);

for (const damage of ['cut', 'flipped', 'emptied of its start', 'no content', 'mergeable']) {
  testInEach(`a file that cannot be read (${damage}) is set aside before anything is written over it`, async (run) => {
    const seen = await run(async (damage) => {
      const text = JSON.stringify(opfs.manyRows(10));
      const bad = {
        cut: text.slice(0, -1),
        flipped: text.replace(':', ';'),
        'emptied of its start': '\0'.repeat(100) + text.slice(100),
        'no content': '{"t":{"r":{"c":1}}}',
        mergeable: '[[{"t":[{"r":[{"c":[1,"",0]},"",0]},"",0]},"",0],[{},"",0]]',
      }[damage];
      await opfs.write('pets.json', bad);
      const {store, persister, errors} = await opfs.open();
      await persister.startAutoPersisting([{initial: {r: {c: 1}}}, {}]);
      store.setValue('v', 1);
      await opfs.until(async () => (await opfs.readText('pets.json')).includes('"v":1'));
      const aside = (await opfs.names()).filter((name) => name.includes('unreadable'));
      return {
        aside: aside.length,
        same: (await opfs.readText(aside[0])) === bad,
        path: errors[0].setAside === `/${aside[0]}`,
        codes: [...new Set(errors.map(({code}) => code))],
      };
    }, damage);
    assert.deepEqual(seen, {aside: 1, same: true, path: true, codes: ['unreadable-content']});
  });
}

testInEach('a save over a file that was never loaded sets aside what it cannot read', async (run) => {
  const seen = await run(async () => {
    await opfs.write('pets.json', '[{"t":');
    const {store, persister, errors} = await opfs.open();
    store.setValue('v', 1);
    await persister.save();
    const aside = (await opfs.names()).find((name) => name.includes('unreadable'));
    return [await opfs.readText(aside), await opfs.readText('pets.json'), errors.map(({code}) => code)];
  });
  assert.deepEqual(seen, ['[{"t":', '[{},{"v":1}]', ['unreadable-content']]);
});

testInEach('a damaged log is set aside, and what is good of it is loaded the next time', async (run) => {
  const seen = await run(async () => {
    const {store, persister} = await opfs.open();
    store.setContent(opfs.manyRows(2000));
    await persister.startAutoPersisting(undefined, true);
    for (const value of ['first', 'second', 'third']) {
      store.setValue(value, true);
      await opfs.until(async () => (await opfs.readText('pets.json.cellarium-log')).includes(value));
    }
    await persister.destroy();
    const log = await opfs.read('pets.json.cellarium-log');
    log[new TextDecoder('latin1').decode(log).indexOf('second')] ^= 1;
    await opfs.write('pets.json.cellarium-log', log);
    const first = await opfs.load();
    const second = await opfs.load();
    const aside = await opfs.read(first.errors[0].setAside.slice(1));
    return {
      codes: first.errors.map(({code}) => code),
      same: `${aside}` === `${log}`,
      values: second.content[1],
      errors: second.errors,
    };
  });
  assert.deepEqual(seen, {codes: ['unreadable-content'], same: true, values: {first: true}, errors: []});
});

testInEach('a log cut at any byte gives the content before or after the edit, whole', async (run) => {
  const seen = await run(async () => {
    const {store, persister} = await opfs.open();
    store.setContent(opfs.manyRows(1200));
    await persister.startAutoPersisting(undefined, true);
    store.setValue('last', true);
    await opfs.until(async () => (await opfs.readText('pets.json.cellarium-log')).includes('last'));
    await persister.destroy();
    const log = await opfs.read('pets.json.cellarium-log');
    const seen = [];
    for (let length = 0; length <= log.length; length++) {
      await opfs.write('pets.json.cellarium-log', log.slice(0, length));
      const {content, errors} = await opfs.load();
      seen.push(`${Object.keys(content[0].rows).length} ${content[1].last} ${errors.length}`);
    }
    return seen;
  });
  assert.equal(seen.at(-1), '1200 true 0');
  assert.deepEqual([...new Set(seen.slice(0, -1))], ['1200 undefined 0']);
});

/** Have a persister auto-persist a file in a page or worker, as `tab`. */
const persist = (run, path) =>
  run(async (path) => {
    globalThis.tab = await opfs.open(path);
    await globalThis.tab.persister.startAutoPersisting();
  }, path);

for (const rows of [10, 2000]) {
  testInEach(`edits of two tabs to different cells of ${rows} rows all survive, in both`, async (run, page) => {
    await run(async (rows) => opfs.write('pets.json', JSON.stringify(opfs.manyRows(rows))), rows);
    const tabs = [run, await ready(await page.open())];
    for (const tab of tabs) await persist(tab, 'pets.json');
    const edit = async (index) => {
      for (let number = 0; number < 20; number++) {
        globalThis.tab.store.setCell('edits', `of ${index}`, `${number}`, number);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
      }
    };
    await Promise.all(tabs.map((tab, index) => tab(edit, index)));
    for (const tab of tabs) {
      const seen = await tab(async () => {
        const {store, persister, errors} = globalThis.tab;
        const countEdits = ({edits = {}}) => Object.values(edits).map((row) => Object.keys(row).length);
        await opfs.until(() => `${countEdits(store.getTables())}` === '20,20', 10_000).catch(() => {});
        // They may be shown before they are all saved.
        await persister.flush();
        const [stored] = (await opfs.load()).content;
        return {
          shown: [countEdits(store.getTables()), store.getRowCount('rows')],
          stored: [countEdits(stored), Object.keys(stored.rows).length],
          errors,
        };
      });
      assert.deepEqual(seen, {shown: [[20, 20], rows], stored: [[20, 20], rows], errors: []});
    }
  });
}

testInEach('an edit is shown in another tab within 200 ms', async (run, page) => {
  const other = await ready(await page.open());
  for (const tab of [run, other]) await persist(tab, 'pets.json');
  await other(() => {
    globalThis.seen = [];
    globalThis.tab.store.addValueListener('sent', (_store, _value, sent) =>
      globalThis.seen.push(performance.timeOrigin + performance.now() - sent),
    );
  });
  for (let edit = 0; edit < 15; edit++) {
    await run(() => void globalThis.tab.store.setValue('sent', performance.timeOrigin + performance.now()));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const seen = await other(async () => {
    await opfs.until(() => globalThis.seen.length > 7);
    return globalThis.seen;
  });
  // On a busy machine one may be late; half of them are not.
  const median = seen.sort((one, other) => one - other)[seen.length >> 1];
  assert.ok(median < 200, `${median} ms`);
});

for (const kind of ['dedicated', 'shared']) {
  testInEach(`a ${kind} worker and a window have the same file, and hear each other`, async (run, page) => {
    const inWorker = await ready(await page.worker(kind));
    await run(() => opfs.write('pets.json', JSON.stringify(opfs.manyRows(2000))));
    for (const tab of [inWorker, run]) await persist(tab, 'pets.json');
    await inWorker(() => void globalThis.tab.store.setValue('worker', 1));
    await run(() => opfs.until(() => globalThis.tab.store.hasValue('worker')));
    await run(() => void globalThis.tab.store.setValue('window', 2));
    await inWorker(() => opfs.until(() => globalThis.tab.store.hasValue('window')));
    const seen = await run(async () => {
      await opfs.until(async () => (await opfs.load()).content[1].window === 2);
      return (await opfs.load()).content[1];
    });
    assert.deepEqual(seen, {worker: 1, window: 2});
    for (const tab of [inWorker, run]) assert.deepEqual(await tab(() => globalThis.tab.errors), []);
  });
}

testInEach('without createWritable, a worker moves a new file over the old one', async (run, page) => {
  const inWorker = await ready(await page.worker('dedicated'));
  const seen = await inWorker(async () => {
    delete FileSystemFileHandle.prototype.createWritable;
    const {store, persister, errors} = await opfs.open();
    store.setContent(opfs.manyRows(2000));
    await persister.startAutoPersisting(undefined, true);
    store.setValue('v', 1);
    await opfs.until(async () => (await opfs.readText('pets.json.cellarium-log')).includes('"v"'));
    await persister.destroy();
    const {content} = await opfs.load();
    return [Object.keys(content[0].rows).length, content[1], await opfs.names(), errors];
  });
  assert.deepEqual(seen, [2000, {v: 1}, ['pets.json', 'pets.json.cellarium-log'], []]);
});

testInEach('without createWritable, a window has a worker move a new file over the old one', async (run) => {
  const seen = await run(async () => {
    const {createWritable} = FileSystemFileHandle.prototype;
    delete FileSystemFileHandle.prototype.createWritable;
    const {store, persister, errors} = await opfs.open();
    store.setContent(opfs.manyRows(2000));
    await persister.startAutoPersisting(undefined, true);
    store.setValue('v', 1);
    await opfs.until(async () => (await opfs.readText('pets.json.cellarium-log')).includes('"v"'));
    await persister.destroy();
    FileSystemFileHandle.prototype.createWritable = createWritable;
    const {content} = await opfs.load();
    return [Object.keys(content[0].rows).length, content[1], await opfs.names(), errors];
  });
  assert.deepEqual(seen, [2000, {v: 1}, ['pets.json', 'pets.json.cellarium-log'], []]);
});

for (const [what, forbid] of Object.entries({
  'there are no workers': () => delete globalThis.Worker,
  'workers cannot be made': () => {
    globalThis.Worker = class {
      constructor() {
        throw new DOMException('forbidden', 'SecurityError');
      }
    };
  },
  'a policy forbids their program': () => {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    meta.content = "worker-src 'self'";
    document.head.append(meta);
  },
})) {
  testInEach(`where ${what}, a window appends by streams`, async (run) => {
    const seen = await run(async (forbid) => {
      (0, eval)(`(${forbid})`)();
      const {store, persister, errors} = await opfs.open();
      store.setContent(opfs.manyRows(2000));
      await persister.startAutoPersisting(undefined, true);
      for (const v of [1, 2]) {
        store.setValue('v', v);
        await opfs.until(async () => (await opfs.readText('pets.json.cellarium-log')).includes(`{"v":${v}}`));
      }
      await persister.destroy();
      const {content} = await opfs.load();
      return [Object.keys(content[0].rows).length, content[1], errors];
    }, `${forbid}`);
    assert.deepEqual(seen, [2000, {v: 2}, []]);
  });

  testInEach(`without createWritable, and where ${what}, a window says so`, async (run) => {
    const errors = await run(async (forbid) => {
      (0, eval)(`(${forbid})`)();
      delete FileSystemFileHandle.prototype.createWritable;
      const {persister, errors} = await opfs.open();
      await persister.save();
      return errors.map(({code, message}) => [code, /createWritable/.test(message)]);
    }, `${forbid}`);
    assert.deepEqual(errors, [['storage-unavailable', true]]);
  });
}

testInEach('a file that someone else has open is waited for, and after a while reported', async (run, page) => {
  const inWorker = await ready(await page.worker('dedicated'));
  const lockFor = (milliseconds) =>
    inWorker(async (milliseconds) => {
      const access = await (await opfs.handleOf('pets.json')).createSyncAccessHandle();
      setTimeout(() => access.close(), milliseconds);
    }, milliseconds);
  const save = (value) =>
    run(async (value) => {
      const {store, persister, errors} = globalThis.tab;
      store.setValue('v', value);
      await persister.save();
      return errors.splice(0).map(({code, cause}) => [code, cause]);
    }, value);
  await run(async () => {
    globalThis.tab = await opfs.open();
  });
  await lockFor(100);
  assert.deepEqual(await save(1), []);
  assert.equal(await run(() => opfs.readText('pets.json')), '[{},{"v":1}]');
  await lockFor(4000);
  assert.deepEqual(await save(2), [['storage-blocked', 'NoModificationAllowedError']]);
});

testInEach('what was saved is there after a reload, whole', async (run, page) => {
  await run(async () => {
    const {store, persister} = await opfs.open('folder/deep/pets.json');
    store.setContent(opfs.manyRows(2000));
    await persister.startAutoPersisting(undefined, true);
    store.setValue('v', 1);
    await opfs.until(async () => (await opfs.readText('folder/deep/pets.json.cellarium-log')).includes('"v"'));
  });
  await page.reload();
  const again = await ready(page);
  const seen = await again(async () => {
    const {content, errors} = await opfs.load('folder/deep/pets.json');
    return [Object.keys(content[0].rows).length, content[1], errors];
  });
  assert.deepEqual(seen, [2000, {v: 1}, []]);
});

for (const engine of engineNames) {
  test(`creating a persister of what is no file throws nothing; loading and saving report it, in ${engine}`, () =>
    withPage(engine, async (page) => {
      const codes = await page.evaluate(async ({modules}) => {
        const {createStore} = modules['cellarium'];
        const {createOpfsPersister} = modules['cellarium/persisters/persister-browser'];
        const errors = [];
        for (const handle of [undefined, null, {}, 5]) {
          const persister = createOpfsPersister(createStore(), handle, ({code}) => errors.push(code));
          await persister.load();
          await persister.save();
          await persister.destroy();
        }
        return errors;
      });
      assert.deepEqual(codes, Array(8).fill('storage-unavailable'));
    }));
}

test("webkit's Linux port has no such files, so nothing else is tested in it", () =>
  withPage('webkit', async (page) => {
    assert.equal(await page.evaluate(() => typeof navigator.storage?.getDirectory), 'undefined');
  }));
