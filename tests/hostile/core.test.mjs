// The class behind a store, which no app can reach, called with any numbers: what would come of a facade whose caches
// were wrong. Rust trusts nothing that comes from JavaScript, so nothing may panic.
import {traps} from './watch.mjs';
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {createRandom} from '../differential/random.mjs';

const bindingUrl = new URL('../../build/binding/', import.meta.url);
const binding = await import(new URL('cellarium.js', bindingUrl));
const {memory} = binding.initSync({module: readFileSync(new URL('cellarium_bg.wasm', bindingUrl))});
const {StoreCore} = binding;

const seed = Number(process.env.HOSTILE_SEED ?? 20260101);
const wantedCalls = Number(process.env.HOSTILE_CALLS ?? 100_000);
const {below, chance, list, pick} = createRandom(seed);

const methods = Object.getOwnPropertyNames(StoreCore.prototype).filter(
  // The object is gone after `free`, as the class itself knows.
  (name) => !['constructor', 'free', '__destroy_into_raw'].includes(name),
);

/** Where a store's view has the cell that comes in (`src/binding/layout.rs`). */
const VIEW_NEW = 24;

/** Where the input text and the block are, and how much of them is filled with anything. */
const FILLED = 256;
let text = 0;
let block = 0;

const number = () =>
  pick([
    () => below(4),
    () => below(40),
    () => pick([63, 64, 65, 255, 256, 4096, 65_535, 65_536, 1_000_000, 16_777_216]),
    () => pick([2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1, 0x55555556, 0x7ffffffd, 0xfffffff8]),
    () => pick([-1, -(2 ** 31), 0.5, NaN, Infinity, 2 ** 53]),
  ])();

const argument = () => (chance(12) ? pick([true, false, undefined, null, 'text', {}, () => 1]) : number());

/** Half of a cell, or a word of a block: a record's kind, a length, a handle, a tag. */
const word = () => (chance(30) ? below(16) : chance(40) ? 0xfff80000 + below(12) : number());

const fill = (address, words) => {
  const view = new DataView(memory.buffer);
  for (const [index, item] of words.entries()) view.setUint32(address + index * 4, Number(item) >>> 0, true);
};

const HLC = '-----Ec----mmxrx';
const json = () =>
  pick([
    `[[{"t":[{"r":[{"c":[1,"${HLC}",1]},"",1]},"${HLC}",1]},"",1],[{"v":["\ufffc","",1]},"",0]]`,
    `[[{"t":[{"r":[{"c":["x","${HLC}"],"d":[null]}]}]}],[{}],1]`,
    '{"t":{"r":{"c":1},"s":2}}',
    '[{"t":{"r":{"c":1}}},{}]',
    '{"t":{"r":{"c":[1]}}}',
    '{"v":1}',
    '{"t":',
    '[',
    '"\\ud800',
    '{}',
  ]);

/** Puts anything where Rust reads its input, and a cell of any kind where it reads that. */
const prepare = (core) => {
  text = binding.reserveText(FILLED * 4) || text;
  block = binding.reserveBlock(FILLED * 4) || block;
  fill(block, list(FILLED, FILLED, word));
  fill(core.viewAddress() + VIEW_NEW, [word(), word()]);
  if (chance(50)) {
    const {length} = new TextEncoder().encodeInto(json(), new Uint8Array(memory.buffer, text, FILLED));
    return length;
  }
  fill(text, list(8, 8, word));
  return undefined;
};

test(`${wantedCalls} calls of a store's class with any numbers do not make WebAssembly panic`, () => {
  const counts = new Map();
  let core;
  for (let call = 0; call < wantedCalls; call++) {
    if (call % 300 === 0) {
      core?.free();
      core = chance(50) ? new StoreCore() : StoreCore.mergeable(below(100));
    }
    if (chance(10)) prepare(core);
    const name = pick(methods);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const given = list(0, 6, argument);
    try {
      core[name](...given);
    } catch {
      // As it should.
    }
    assert.deepEqual(traps, [], `${name}(${given.map(String)}), call ${call} of seed ${seed}`);
  }
  assert.equal(counts.size, methods.length);
  assert.equal(new StoreCore().start(), 1);
});

test('any lengths of the input do not make WebAssembly panic', () => {
  for (const reserve of [binding.reserveText, binding.reserveBlock]) {
    for (const length of [0, 1, 7, 8, 4096, 2 ** 31 - 8, 2 ** 31, 2 ** 32 - 9, 2 ** 32 - 8, 2 ** 32 - 1, -1, NaN, 0]) {
      reserve(length);
      assert.deepEqual(traps, [], `${reserve.name}(${length})`);
    }
  }
});
