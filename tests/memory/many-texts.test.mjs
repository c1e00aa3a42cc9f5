// Finding a text costs about the same however many there are.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStore} from '../../pkg/index.js';

/** Milliseconds that it takes to make as many rows with texts of their own, and to read each, a row. */
const costOf = (count) => {
  const start = performance.now();
  const store = createStore();
  store.setTable('t', Object.fromEntries(Array.from({length: count}, (_, row) => [`r${row}`, {a: `text ${row}`}])));
  for (let row = 0; row < count; row++) assert.equal(store.getCell('t', `r${row}`, 'a'), `text ${row}`);
  return (performance.now() - start) / count;
};

test('a row among 200,000 costs no more than a few times what one among 10,000 does', () => {
  costOf(10_000);
  const few = Math.min(costOf(10_000), costOf(10_000), costOf(10_000));
  const many = costOf(200_000);
  assert.ok(many < 8 * few, `${many} ms, not ${few} ms`);
});
