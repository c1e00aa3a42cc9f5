// Compares cellarium with tinybase on random programs, always the same ones; run.mjs runs others.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStore as createOracle} from 'tinybase';
import {createStore} from '../../pkg/index.js';
import {notOfferedYet, offered, operations} from './coverage.mjs';
import {search} from './search.mjs';

test('the list of operations that are not offered yet is true', () => {
  const store = createStore();
  const oracle = createOracle();
  assert.deepEqual(
    Object.keys(operations).filter((name) => typeof oracle[name] !== 'function'),
    [],
  );
  assert.deepEqual(
    Object.keys(operations).filter((name) => typeof store[name] !== 'function'),
    notOfferedYet,
  );
});

for (const {length, programs, large = false} of [
  {length: 60, programs: 3200},
  {length: 10, programs: 300},
  {length: 500, programs: 8},
  {length: 30, programs: 60, large: true},
]) {
  const size = large ? 'large' : 'small';
  test(`${programs} programs of ${length} operations on ${size} tables do the same in both libraries`, () => {
    const {failures, operations: run} = search({
      seed: 1000 * length,
      large,
      length,
      programs,
      names: offered,
      createExpected: createOracle,
      createActual: createStore,
    });
    assert.equal(failures.length, 0, failures[0]?.text);
    assert.equal(run, programs * length);
  });
}
