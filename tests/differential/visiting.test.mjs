// What the forEach… methods visit when their callback deletes or adds: the same in both libraries.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStore as createOracle} from 'tinybase';
import {createStore} from '../../pkg/index.js';

const content = () => [
  {t1: {r1: {a: 1, b: 2, c: 3}, r2: {a: 1}, r3: {a: 1}}, t2: {r: {a: 1}}, t3: {r: {a: 1}}},
  {v: 1, w: 2, x: 3},
];

/** The ids that a method visits, while each of the changes is made at the first visit of one id. */
const visits = (create, forEach, at, change) => {
  const store = create().setContent(content());
  const seen = [];
  forEach(store, (id) => {
    seen.push(id);
    if (seen.length < 10 && id === at) change(store);
  });
  return seen;
};

const methods = {
  forEachTable: (store, visit) => store.forEachTable(visit),
  forEachRow: (store, visit) => store.forEachRow('t1', visit),
  forEachCell: (store, visit) => store.forEachCell('t1', 'r1', visit),
  forEachTableCell: (store, visit) => store.forEachTableCell('t1', visit),
  forEachValue: (store, visit) => store.forEachValue(visit),
};
const changes = [
  (store) => store.delTable('t1').delRow('t1', 'r1').delValue('v'),
  (store) => store.delTable('t2').delRow('t1', 'r2').delCell('t1', 'r1', 'b').delValue('w'),
  (store) => store.delTable('t3').delRow('t1', 'r3').delCell('t1', 'r1', 'c').delValue('x'),
  (store) => store.delTables().delValues(),
  (store) => store.setCell('t4', 'r', 'a', 1).setCell('t1', 'r4', 'd', 1).setCell('t1', 'r1', 'd', 1).setValue('y', 1),
  (store) => store.setCell('t1', 'r1', 'b', 9).setValue('w', 9),
];

for (const [name, forEach] of Object.entries(methods)) {
  test(`${name} visits the same while its callback deletes and adds`, () => {
    for (const at of visits(createOracle, forEach, undefined, undefined)) {
      for (const change of changes) {
        const expected = visits(createOracle, forEach, at, change);
        assert.deepEqual(visits(createStore, forEach, at, change), expected, `at ${at}: ${change}`);
      }
    }
  });
}
