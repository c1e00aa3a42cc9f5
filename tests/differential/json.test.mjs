// Reads random JSON texts with both libraries: they take and refuse the same, and print the same bytes.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStore as createOracle} from 'tinybase';
import {createStore} from '../../pkg/index.js';
import {generateText} from './json-texts.mjs';

const content = () => [{t1: {r9: {a: 1}}, keep: {r: {c: 1}, q: {a: 1}}}, {keep: 1}];

/** What a store holds after a text, and in which order. */
const read = (store, {method, text}) => {
  store.delTables().delValues().setContent(content());
  store[method](text);
  const rows = store.getTableIds().map((tableId) => [tableId, store.getRowIds(tableId)]);
  return JSON.stringify([store.getJson(), rows, store.getValueIds()]);
};

test('10,000 random texts are read and printed the same', () => {
  const [oracle, store] = [createOracle(), createStore()];
  const before = read(oracle, {method: 'setJson', text: ''});
  let taken = 0;
  for (let seed = 0; seed < 10_000; seed++) {
    const input = generateText(seed);
    const expected = read(oracle, input);
    if (expected !== before) taken++;
    const actual = read(store, input);
    if (actual !== expected)
      assert.equal(actual, expected, `seed ${seed}, ${input.method}(${JSON.stringify(input.text)})`);
  }
  // The texts are worth reading: a good part of them changes the store.
  assert.ok(taken > 2500, `${taken} were taken`);
});
