// What does not fit into WebAssembly's memory is refused, and what is there stays in use.
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
const LAST_PAGES = 16;

test('a text that memory has no room for is refused with a code, and the store goes on', () => {
  const store = createStore().setRow('t', 'r', {a: 1});
  // Pages that nobody touches cost nothing.
  for (const memory of memories) memory.grow(2 ** 16 - LAST_PAGES - memory.buffer.byteLength / PAGE);
  const large = 'x'.repeat(LAST_PAGES * PAGE * 4);
  const refusal = {name: 'RangeError', code: 'out-of-memory'};
  for (const use of [
    () => store.setCell('t', 'r', 'b', large),
    () => store.setRow('t', 'r', {b: large}),
    () => store.setValue('v', [large]),
    () => store.getCell(large, 'r', 'a'),
  ]) {
    assert.throws(use, refusal);
    assert.deepEqual(JSON.parse(store.getJson()), [{t: {r: {a: 1}}}, {}]);
  }
  assert.equal(store.setCell('t', 'r', 'b', 'small').getCell('t', 'r', 'b'), 'small');
});
