// What a tab or a worker does that edits a store which others edit, too.
import {backEnds} from './back-ends.mjs';

const cellsOf = (mark, count) => Array.from({length: count}, (_, index) => [`row ${index}`, `cell of ${mark}`]);

/** Start to persist automatically, and to note how long each edit of others has taken to come here. */
export const start = async ({modules, kept}, name, mark) => {
  const store = modules['cellarium'].createStore();
  const errors = [];
  const delays = [];
  const persister = await backEnds[name].create(modules, 'cellarium', store, 'shared', (error) => errors.push(error));
  await persister.startAutoPersisting();
  store.addCellListener('t', null, null, (_store, _table, _row, cellId, sent) => {
    if (cellId !== `cell of ${mark}` && typeof sent === 'number') delays.push(Date.now() - sent);
  });
  kept.tab = {store, persister, errors, delays, mark};
};

/** Edit so many cells, one after another: in rows that others edit, too, each a cell of its own. */
export const edit = async ({kept, sleep}, count) => {
  const {store, mark} = kept.tab;
  for (const [rowId, cellId] of cellsOf(mark, count)) {
    store.setCell('t', rowId, cellId, Date.now());
    await sleep(Math.random() * 20);
  }
};

/** Wait until the store has that many cells of each mark; what is not there after a while, and the delays. */
export const finish = async ({kept, until}, marks, count) => {
  const {store, delays, errors} = kept.tab;
  const missing = () =>
    marks.flatMap((mark) => cellsOf(mark, count).filter(([rowId, cellId]) => !store.hasCell('t', rowId, cellId)));
  await until(() => !missing().length, 5000).catch(() => {});
  return {missing: missing(), delays: delays.sort((a, b) => a - b), errors: errors.map(String)};
};

/** What a fresh store finds stored. */
export const reload = async ({modules, kept}, name) => {
  await kept.tab.persister.flush();
  await kept.tab.persister.destroy();
  const store = modules['cellarium'].createStore();
  const persister = await backEnds[name].create(modules, 'cellarium', store, 'shared');
  await persister.load();
  await persister.destroy();
  return Object.values(store.getTable('t')).flatMap((row) => Object.keys(row)).length;
};
