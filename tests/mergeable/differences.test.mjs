// Holds docs/differences.md to what it says of mergeable stores, on both libraries.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {getHlcFunctions} from 'tinybase/common';
import {cellarium, tinybase} from './libraries.mjs';
import {show} from './run-history.mjs';

const [, , encodeHlc] = getHlcFunctions('someone', () => 1000);
const hlc = encodeHlc(1000, 7);

/** Changes of one row, by its cells. */
const changes = (cells) => [[{t: [{r: [cells]}]}], [{}], 1];

/** Does the same with both libraries, and holds each to what is expected of it. */
const compare = (name, observe, theirs, ours) =>
  test(name, () => {
    const results = [tinybase, cellarium].map(({createMergeableStore}) =>
      show(observe((id, getNow = () => 1000) => createMergeableStore(id, getNow))),
    );
    assert.deepEqual(results, [show(theirs), show(ours)]);
  });

const hashOf = (store) => store.getMergeableContentHashes()[0];

compare(
  'what listeners to the start of a transaction write while something is merged has a stamp',
  (create) => {
    const store = create('one');
    store.addStartTransactionListener(() => store.setValue('v', 1));
    store.applyMergeableChanges(changes({c: [1, hlc]}));
    return Object.keys(store.getMergeableContent()[1][0]);
  },
  [],
  ['v'],
);

compare(
  'stores that hold the same objects have the same hashes',
  (create) => {
    const one = create('one').setCell('t', 'r', 'c', {a: 1});
    const other = create('other');
    other.applyMergeableChanges(one.getMergeableContent());
    return hashOf(one) === hashOf(other);
  },
  false,
  true,
);

compare(
  'an object in a difference can be applied',
  (create) => {
    const one = create('one').setCell('t', 'r', 'c', {a: 1});
    const [tables] = one.getMergeableTableDiff({});
    return [
      tables[0].t[0].r[0].c[0],
      create('other')
        .applyMergeableChanges([tables, [{}], 1])
        .getTables(),
    ];
  },
  ['\ufffd{"a":1}', {}],
  [{a: 1}, {t: {r: {c: {a: 1}}}}],
);

compare(
  'an object in the form of such a text is taken',
  (create) =>
    create('one')
      .applyMergeableChanges(changes({c: ['\ufffd[1]', hlc]}))
      .getTables(),
  {},
  {t: {r: {c: [1]}}},
);

compare(
  'wrong hashes do not stay',
  (create) => {
    const store = create('one').setMergeableContent([
      [{}, '', 77],
      [{}, '', 0],
    ]);
    return store.getMergeableContentHashes();
  },
  [77, 0],
  [0, 0],
);

compare(
  'hashes do not depend on how a store came to hold what it holds',
  (create) => {
    const one = create('one').applyMergeableChanges(changes({}));
    one.setCell('t', 'r', 'c', 1);
    return hashOf(one) === hashOf(create('one').setCell('t', 'r', 'c', 1));
  },
  false,
  true,
);

compare(
  'an object that has no JSON is refused',
  (create) => {
    const cyclic = {};
    cyclic.itself = cyclic;
    try {
      return create('one')
        .applyMergeableChanges(changes({c: [cyclic, hlc]}))
        .getTables();
    } catch (error) {
      return error.name;
    }
  },
  'TypeError',
  {},
);

compare(
  'doRollback gets the mergeable store',
  (create) => {
    const store = create('one');
    let given;
    store.transaction(
      () => store.setValue('v', 1),
      (its) => void (given = its),
    );
    return given === store;
  },
  false,
  true,
);

compare(
  'the time is asked once for a call',
  (create) => {
    let calls = 0;
    create('one', () => 1000 + calls++).setRow('t', 'r', {a: 1, b: 2, c: 3});
    return calls;
  },
  6,
  1,
);

compare(
  'the greatest HLC is refused',
  (create) => {
    const greatest = 'z'.repeat(16);
    const store = create('one', () => 2 ** 42 - 1000);
    return store.applyMergeableChanges(changes({c: [1, greatest]})).getTables();
  },
  {t: {r: {c: 1}}},
  {},
);

compare(
  '-0 is 0',
  (create) => Object.is(create('one').setValue('v', -0).getMergeableContent()[1][0].v[0], -0),
  true,
  false,
);
