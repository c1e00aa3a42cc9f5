// Tests of the benchmarks' own arithmetic, and that they notice when the two libraries do not do the same.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStore} from 'tinybase';
import {measure, quantile} from '../../benches/measure.mjs';
import {format, line, summarize} from '../../benches/report.mjs';

const workload = {
  title: 'set a cell',
  count: 1,
  prepare: (createStore) => ({store: createStore()}),
  run: ({store}, round) => store.setCell('t', 'r', 'c', round).getCell('t', 'r', 'c'),
  outcome: ({store}) => store.getJson(),
};
const runs = {rounds: 4, warmUps: 1};

test('each library is timed as often as asked', () => {
  const times = measure(workload, {theirs: createStore, ours: createStore}, runs);
  assert.deepEqual(
    Object.entries(times).map(([name, list]) => [name, list.length]),
    [
      ['theirs', 4],
      ['ours', 4],
    ],
  );
});

test('another result of a run is an error', () => {
  const wrong = () => {
    const store = createStore();
    return {...store, setCell: (...path) => store.setCell(...path.slice(0, 3), 7)};
  };
  assert.throws(() => measure(workload, {theirs: createStore, ours: wrong}, runs), /the result of run 0/);
});

test('another content left behind is an error', () => {
  const wrong = () => {
    const store = createStore();
    return {...store, setCell: (...args) => store.setValue('v', 1).setCell(...args)};
  };
  assert.throws(() => measure(workload, {theirs: createStore, ours: wrong}, runs), /what is left behind/);
});

test('a quantile lies between its neighbours', () => {
  assert.equal(quantile([3, 1, 2]), 2);
  assert.equal(quantile([1, 2, 3, 10]), 2.5);
  assert.equal(quantile([5, 1, 3], 0), 1);
  assert.equal(quantile([1, 2, 3, 4, 5], 0.25), 2);
});

test('times become microseconds an operation, a ratio and a mark', () => {
  const summary = summarize({title: 'x', target: 8, count: 10}, [20, 40, 30], [2, 4, 5]);
  assert.equal(summary.theirs, 3000);
  assert.equal(summary.ours, 400);
  assert.equal(summary.ratio, 7.5);
  assert.equal(summary.low, 8);
  assert.equal(summary.high, 10);
  assert.equal(summary.reached, false);
  assert.match(format([summary]), /7\.50\s+\(8\.00-10\.0\)\s+8\s+MISSED/);
});

test('a workload without a target is neither reached nor missed', () => {
  const {reached} = line({title: 'x', unit: 'µs', theirs: 2, ours: 1});
  assert.equal(reached, undefined);
});
