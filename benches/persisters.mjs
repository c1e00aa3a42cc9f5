// Times automatic saves of one changed cell on TinyBase and on Cellarium, in turn, in one page of headless Chromium:
//   node benches/persisters.mjs [--rows 10000] [--rounds 11] [--only local]
// A save is timed from the change to the end of the save, as far as each library tells: its status is idle again.
import {parseArgs} from 'node:util';
import {withPage} from '../tests/storage/support/index.mjs';

const {values: options} = parseArgs({
  options: {
    rows: {type: 'string', default: '10000'},
    rounds: {type: 'string', default: '11'},
    only: {type: 'string', default: ''},
  },
});

const places = ['local', 'session', 'indexed-db', 'opfs'].filter((place) => place.includes(options.only));

/** Times both libraries in a page; gives the milliseconds of each round. */
const measure = async ({modules, sleep}, place, rowCount, rounds) => {
  const file = async (library) => {
    const folder = await navigator.storage.getDirectory();
    return folder.getFileHandle(`${library}.json`, {create: true});
  };
  const creators = {
    local: (library, store) => modules[`${library}/persisters/persister-browser`].createLocalPersister(store, library),
    session: (library, store) =>
      modules[`${library}/persisters/persister-browser`].createSessionPersister(store, library),
    'indexed-db': (library, store) =>
      modules[`${library}/persisters/persister-indexed-db`].createIndexedDbPersister(store, library),
    opfs: async (library, store) =>
      modules[`${library}/persisters/persister-browser`].createOpfsPersister(store, await file(library)),
  };
  const libraries = {};
  for (const library of ['tinybase', 'cellarium']) {
    const store = modules[library].createStore();
    store.transaction(() => {
      for (let row = 0; row < rowCount; row++) {
        store.setRow('pets', `row${row}`, {
          name: `name ${row}`,
          age: row % 20,
          price: row / 4,
          sold: row % 2 === 0,
          n: row,
        });
      }
    });
    const persister = await creators[place](library, store);
    await persister.startAutoSave();
    libraries[library] = {store, persister};
  }
  const saves = ({persister}) => persister.getStats().saves;
  const save = async (used, value) => {
    const before = saves(used);
    const start = performance.now();
    used.store.setCell('pets', `row${Math.floor(rowCount / 2)}`, 'n', value);
    // No timer between: it would round up what takes less.
    while (saves(used) === before || used.persister.getStatus() !== 0) await new Promise((go) => tick(go));
    return performance.now() - start;
  };
  const {port1, port2} = new MessageChannel();
  const due = [];
  port1.onmessage = () => due.shift()();
  const tick = (go) => {
    due.push(go);
    port2.postMessage(0);
  };
  const times = {tinybase: [], cellarium: []};
  for (let round = -2; round < rounds; round++) {
    for (const [library, used] of Object.entries(libraries)) {
      const time = await save(used, round + 0.5);
      if (round >= 0) times[library].push(time);
      await sleep(20);
    }
  }
  for (const {persister} of Object.values(libraries)) await persister.destroy();
  port1.close();
  return times;
};

const median = (numbers) => [...numbers].sort((one, other) => one - other)[numbers.length >> 1];

console.log(
  `one changed cell among ${options.rows} rows of 5 cells, saved automatically; medians of ${options.rounds}`,
);
for (const place of places) {
  const times = await withPage('chromium', (page) =>
    page.evaluate(measure, place, Number(options.rows), Number(options.rounds)),
  );
  const [theirs, ours] = [median(times.tinybase), median(times.cellarium)];
  console.log(
    `${place}: TinyBase ${theirs.toFixed(1)} ms, Cellarium ${ours.toFixed(2)} ms, ratio ${(theirs / ours).toFixed(1)}`,
  );
}
