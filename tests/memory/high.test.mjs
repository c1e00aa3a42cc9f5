// Stores work wherever their memory is: addresses beyond 2 GiB have their highest bit set.
import assert from 'node:assert/strict';
import {test} from 'node:test';

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

const PAGE = 65_536;

test('stores beyond 2 GiB of memory read and write as others do', () => {
  createStore();
  // Pages that nobody touches cost nothing; what is allocated from here on comes behind them.
  for (const memory of memories) memory.grow(2 ** 31 / PAGE);
  const text = 'x'.repeat(20_000);
  const stores = Array.from({length: 100}, (_, index) => {
    const store = createStore();
    const calls = [];
    store.addCellListener(null, null, null, (_, ...change) => calls.push(change.slice(0, 5)));
    store.setTables({t: {r: {text, index, object: {index}}}}).setCell('t', 'r', 'index', -index - 1);
    store.setValue('é', `\ud800${index}`);
    return {store, calls};
  });
  for (const [index, {store, calls}] of stores.entries()) {
    assert.equal(store.getCell('t', 'r', 'text'), text);
    assert.deepEqual(calls.at(-1), ['t', 'r', 'index', -index - 1, index]);
    const content = JSON.parse(JSON.stringify(store.getContent()));
    assert.deepEqual(content, [{t: {r: {text, index: -index - 1, object: {index}}}}, {é: `\ud800${index}`}]);
    assert.deepEqual(JSON.parse(JSON.stringify(createStore().setJson(store.getJson()).getContent())), content);
  }
});
