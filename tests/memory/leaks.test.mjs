// WebAssembly's memory stops growing once a workload that deletes what it sets has run for a while.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setTimeout} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const memories = new Set();
WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct: (target, args) => {
    const instance = Reflect.construct(target, args);
    for (const item of Object.values(instance.exports)) if (item instanceof WebAssembly.Memory) memories.add(item);
    return instance;
  },
});
// After the watch above, so that no memory is missed.
const {createStore} = await import('../../pkg/index.js');

const bytes = () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);

/** Rows of ids and texts that no other round has. */
const rows = (count, round) =>
  Object.fromEntries(
    Array.from({length: count}, (_, index) => [
      `row ${round} ${index}`,
      {text: `text ${round} ${index}`, number: index, object: {round, index}},
    ]),
  );

const store = createStore();
const workloads = {
  'tables set and deleted': (round) => store.setTables({t: rows(1000, round)}).delTables(),
  'tables set from JSON and deleted': (round) =>
    store.setTablesJson(JSON.stringify({t: rows(1000, round)})).delTables(),
  'rows set and deleted one by one': (round) => {
    for (const [rowId, row] of Object.entries(rows(1000, round))) store.setRow('t', rowId, row).delRow('t', rowId);
  },
  'one cell set again and again': (round) => {
    for (let index = 0; index < 5000; index++) store.setCell('t', 'r', 'c', `cell ${round} ${index}`);
  },
  'transactions rolled back': (round) =>
    store.transaction(
      () => store.setTable('t', rows(1000, round)),
      () => true,
    ),
  'reads of ids that are not there': (round) => {
    for (let index = 0; index < 5000; index++) store.getCell(`t ${round} ${index}`, `r ${index}`, `c ${round}`);
    store.setValue('v', round);
  },
  'listeners added and deleted': (round) => {
    for (let index = 0; index < 5000; index++) {
      store.delListener(store.addRowListener(`t ${round}`, `r ${round} ${index}`, () => {}));
    }
    store.setValue('v', round);
  },
  'stores made and dropped': async (round) => {
    for (let index = 0; index < 50; index++) createStore().setTable('t', rows(100, round));
    collectGarbage();
    // Finalizers run in a task of their own.
    await setTimeout(1);
  },
};

for (const [what, run] of Object.entries(workloads)) {
  test(`${what}: memory stops growing`, async () => {
    for (let round = 0; round < 15; round++) await run(round);
    const before = bytes();
    assert.ok(before > 0);
    for (let round = 15; round < 60; round++) await run(round);
    const grown = bytes() - before;
    assert.ok(grown <= before / 4, `${before} bytes grew by ${grown}`);
  });
}

test('what a large row took on its way is given back', async () => {
  const arrayBuffers = async () => {
    for (let round = 0; round < 3; round++) {
      collectGarbage();
      await setTimeout(1);
    }
    return process.memoryUsage().arrayBuffers;
  };
  const text = 'x'.repeat(20_000_000);
  const before = await arrayBuffers();
  for (let round = 0; round < 3; round++) {
    createStore().setRow('t', 'r', {text});
    assert.ok((await arrayBuffers()) < before + 1_000_000);
    // Once to build the row, once to take it; and a store that nobody holds is gone.
    assert.ok(bytes() < 4 * text.length, `${bytes()} bytes`);
  }
});
