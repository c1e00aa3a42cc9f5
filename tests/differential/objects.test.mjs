// The one difference that the random programs leave out on purpose: roll-backs restore objects and arrays, too.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStore as createOracle} from 'tinybase';
import {createStore} from '../../pkg/index.js';

const content = () => [{t: {r: {a: {x: 1}, b: [1], c: 1}}}, {v: {x: 1}}];

const rollBack = (store) => {
  store.setContent(content());
  store.transaction(
    () => store.setCell('t', 'r', 'a', 2).delCell('t', 'r', 'b').setCell('t', 'r', 'c', {y: 1}).setValue('v', 2),
    () => true,
  );
  return store.getContent();
};

test('objects and arrays are restored by a roll-back, which tinybase does not do', () => {
  const plain = (value) => JSON.parse(JSON.stringify(value));
  assert.deepEqual(plain(rollBack(createStore())), content());
  // When this fails, random programs can have both.
  assert.deepEqual(plain(rollBack(createOracle())), [{t: {r: {a: 2, c: 1}}}, {v: 2}]);
});
