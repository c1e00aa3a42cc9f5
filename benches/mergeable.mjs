// Times mergeable stores of TinyBase and of Cellarium, in turn, in Node:
//   node --expose-gc benches/mergeable.mjs [--rows 10000] [--rounds 9] [--only merge]
// Both have the same unique ids and the same clock, which stands still, and must end up with the same stamps.
import {parseArgs} from 'node:util';
import {createMergeableStore as createTheirs} from 'tinybase/mergeable-store';
import {createMergeableStore as createOurs} from '../pkg/mergeable-store.js';
import {cellIds, row, rowId, table} from './data.mjs';
import {measure, quantile} from './measure.mjs';

const {values: options} = parseArgs({
  options: {
    rows: {type: 'string', default: '10000'},
    rounds: {type: 'string', default: '9'},
    only: {type: 'string', default: ''},
  },
});
const rowCount = Number(options.rows);
const now = () => 1_700_000_000_000;

const filled = (create, id, version = 0) => create(id, now).setTable('pets', table(rowCount, version));

/** Two stores of the same rows with other cells, each time anew. */
const pair = (create) => ({create, one: undefined, other: undefined});
const refill = (state) => {
  state.one = filled(state.create, 'one');
  state.other = filled(state.create, 'other', 1);
};

const workloads = [
  {
    title: `build ${rowCount} rows of 5 cells, row by row in one transaction`,
    prepare: (create) => ({create, store: undefined}),
    before: (state) => (state.store = state.create('one', now)),
    run({store}) {
      store.transaction(() => {
        for (let index = 0; index < rowCount; index++) store.setRow('pets', rowId(index), row(index));
      });
    },
    outcome: ({store}) => store.getMergeableContentHashes(),
  },
  {
    title: 'the same with setTable',
    prepare: (create) => ({create, store: undefined, rows: table(rowCount)}),
    before: (state) => (state.store = state.create('one', now)),
    run: ({store, rows}) => void store.setTable('pets', rows),
    outcome: ({store}) => store.getMergeableContentHashes(),
  },
  {
    title: 'the same cell by cell, a transaction each, and the hashes',
    prepare: (create) => ({create, store: undefined}),
    before: (state) => (state.store = state.create('one', now)),
    run({store}) {
      for (let index = 0; index < rowCount; index++) {
        const cells = row(index);
        for (const id of cellIds) store.setCell('pets', rowId(index), id, cells[id]);
      }
      return store.getMergeableContentHashes();
    },
    outcome: ({store}) => store.getMergeableContentHashes(),
  },
  {
    title: 'merge two such stores, all cells of which differ',
    prepare: pair,
    before: refill,
    run: ({one, other}) => void one.merge(other),
    outcome: ({one, other}) => [one.getMergeableContentHashes(), other.getMergeableContentHashes()],
  },
  {
    title: 'merge such a store into an empty one',
    prepare: pair,
    before(state) {
      refill(state);
      state.other = state.create('other', now);
    },
    run: ({one, other}) => void one.merge(other),
    outcome: ({one, other}) => [one.getMergeableContentHashes(), other.getMergeableContentHashes()],
  },
  {
    title: 'the hashes after a changed cell',
    prepare: (create) => ({store: filled(create, 'one')}),
    run({store}, round) {
      const hashes = [];
      for (let index = 0; index < 100; index++) {
        store.setCell('pets', rowId(index), 'age', -1 - round);
        hashes.push(store.getMergeableContentHashes());
      }
      return hashes;
    },
    outcome: ({store}) => store.getMergeableContentHashes(),
  },
  {
    title: 'the mergeable content as an object',
    prepare: (create) => ({store: filled(create, 'one')}),
    run: ({store}) => store.getMergeableContent().length,
    outcome: ({store}) => JSON.stringify(store.getMergeableContent()),
  },
  {
    title: 'the mergeable content as JSON, by way of the object',
    prepare: (create) => ({store: filled(create, 'one')}),
    run: ({store}) => JSON.stringify(store.getMergeableContent()).length,
    outcome: ({store}) => JSON.stringify(store.getMergeableContent()),
  },
  {
    title: 'set the mergeable content',
    prepare: (create) => ({create, store: undefined, content: filled(create, 'one').getMergeableContent()}),
    before: (state) => (state.store = state.create('two', now)),
    run: ({store, content}) => void store.setMergeableContent(content),
    outcome: ({store}) => store.getMergeableContentHashes(),
  },
];

for (const workload of workloads.filter(({title}) => title.includes(options.only))) {
  const outcome = (state) => JSON.stringify(workload.outcome(state));
  const times = measure(
    {...workload, outcome},
    {TinyBase: createTheirs, Cellarium: createOurs},
    {rounds: Number(options.rounds), warmUps: 3},
  );
  const [theirs, ours] = Object.values(times).map((list) => quantile(list));
  console.log(
    `${workload.title}: TinyBase ${theirs.toFixed(1)} ms, Cellarium ${ours.toFixed(1)} ms, ratio ${(theirs / ours).toFixed(1)}`,
  );
}
