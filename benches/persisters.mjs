// Times persisters on TinyBase and on Cellarium, in turn, in one page of headless Chromium:
//   node benches/persisters.mjs [--rows 10000] [--rounds 11] [--only indexed-db] [--what cell,many,first,load]
// A save is timed from the change to the end of the save, as far as each library tells: its status is idle again.
import {parseArgs} from 'node:util';
import {withPage} from '../tests/storage/support/index.mjs';

const {values: options} = parseArgs({
  options: {
    rows: {type: 'string', default: '10000'},
    rounds: {type: 'string', default: '11'},
    only: {type: 'string', default: ''},
    what: {type: 'string', default: 'cell'},
  },
});

const places = ['local', 'session', 'indexed-db', 'opfs'].filter((place) => place.includes(options.only));

/** What can be timed. */
const titles = {
  cell: 'one changed cell, saved automatically',
  many: 'a changed cell in each fifth row, in one automatic save',
  first: 'the first save of a store',
  load: 'loading a store',
};
const whats = options.what.split(',').filter((what) => what in titles);

/** Times both libraries in a page; gives the milliseconds of each round. */
const measure = async ({modules, sleep}, place, what, rowCount, rounds) => {
  const file = async (name) => {
    const folder = await navigator.storage.getDirectory();
    return folder.getFileHandle(`${name}.json`, {create: true});
  };
  const module = (library, name) => modules[`${library}/persisters/persister-${name}`];
  const creators = {
    local: (library, store, name) => module(library, 'browser').createLocalPersister(store, name),
    session: (library, store, name) => module(library, 'browser').createSessionPersister(store, name),
    'indexed-db': (library, store, name) => module(library, 'indexed-db').createIndexedDbPersister(store, name),
    opfs: async (library, store, name) => module(library, 'browser').createOpfsPersister(store, await file(name)),
  };
  const open = async (library, name, rows) => {
    const store = modules[library].createStore();
    store.transaction(() => {
      for (let row = 0; row < rows; row++) {
        store.setRow('pets', `row${row}`, {
          name: `name ${row}`,
          age: row % 20,
          price: row / 4,
          sold: row % 2 === 0,
          n: row,
        });
      }
    });
    return {library, name, store, persister: await creators[place](library, store, name)};
  };
  const {port1, port2} = new MessageChannel();
  const due = [];
  port1.onmessage = () => due.shift()();
  const tick = (go) => {
    due.push(go);
    port2.postMessage(0);
  };
  const timed = async (act) => {
    const start = performance.now();
    await act();
    return performance.now() - start;
  };
  const saving = async ({persister}, change) => {
    const {saves} = persister.getStats();
    change();
    // No timer between: it would round up what takes less.
    while (persister.getStats().saves === saves || persister.getStatus() !== 0) await new Promise((go) => tick(go));
  };
  const actions = {
    cell: (used, value) =>
      timed(() => saving(used, () => used.store.setCell('pets', `row${Math.floor(rowCount / 2)}`, 'n', value))),
    many: ({store, persister}, value) =>
      timed(() =>
        saving({persister}, () =>
          store.transaction(() => {
            for (let row = 0; row < rowCount; row += 5) store.setCell('pets', `row${row}`, 'n', row + value);
          }),
        ),
      ),
    first: async ({library}, value) => {
      const {persister} = await open(library, `${library} ${value}`, rowCount);
      const time = await timed(() => persister.save());
      await persister.destroy();
      return time;
    },
    load: async ({library, name}) => {
      const {store, persister} = await open(library, name, 0);
      const time = await timed(() => persister.load());
      if (store.getRowCount('pets') !== rowCount) throw new Error(`${library} has not loaded it all`);
      await persister.destroy();
      return time;
    },
  };
  const libraries = {};
  for (const library of ['tinybase', 'cellarium']) {
    libraries[library] = await open(library, library, rowCount);
    await libraries[library].persister.startAutoSave();
  }
  const times = {tinybase: [], cellarium: []};
  for (let round = -2; round < rounds; round++) {
    for (const [library, used] of Object.entries(libraries)) {
      const time = await actions[what](used, round + 0.5);
      if (round >= 0) times[library].push(time);
      await sleep(20);
    }
  }
  for (const {persister} of Object.values(libraries)) await persister.destroy();
  port1.close();
  return times;
};

const median = (numbers) => [...numbers].sort((one, other) => one - other)[numbers.length >> 1];

console.log(`${options.rows} rows of 5 cells; medians of ${options.rounds}`);
for (const what of whats) {
  console.log(titles[what]);
  for (const place of places) {
    const times = await withPage('chromium', (page) =>
      page.evaluate(measure, place, what, Number(options.rows), Number(options.rounds)),
    );
    const [theirs, ours] = [median(times.tinybase), median(times.cellarium)];
    const most = Math.max(...times.cellarium);
    console.log(
      `${place}: TinyBase ${theirs.toFixed(1)} ms, Cellarium ${ours.toFixed(2)} ms (most ${most.toFixed(1)}), ` +
        `ratio ${(theirs / ours).toFixed(1)}`,
    );
  }
}
