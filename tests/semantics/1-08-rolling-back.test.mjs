// 1.8 Transactions: rolling back.
import {both, differs, thrownBy} from './both.mjs';
import {note} from './listening.mjs';

both(
  '1.8.7 an error rolls back what has come, gone and changed, in tables and values',
  (store) => {
    const content = [
      {t: {r: {a: 1, b: 'x'}}, u: {r: {a: null}}},
      {v: true, w: -1.5},
    ];
    store.setContent(content);
    const thrown = thrownBy(() =>
      store.transaction(() => {
        store
          .setCell('t', 'r', 'a', 2)
          .delCell('t', 'r', 'b')
          .setRow('t', 's', {a: 1})
          .delTable('u')
          .setCell('w', 'r', 'c', 1);
        store
          .setValue('v', false)
          .delValue('w')
          .setValue('x', 1)
          .setTables({z: {r: {c: 1}}})
          .delValues();
        throw new Error('enough');
      }),
    );
    return [thrown, store.getContent()];
  },
  [
    'enough',
    [
      {t: {r: {a: 1, b: 'x'}}, u: {r: {a: null}}},
      {v: true, w: -1.5},
    ],
  ],
);

both(
  '1.8.7 an error rolls back schemas, too',
  (store) => {
    store
      .setSchema({t: {a: {type: 'number'}}}, {v: {type: 'number'}})
      .setRow('t', 'r', {a: 1})
      .setValue('v', 1);
    const schemas = store.getSchemaJson();
    const thrown = thrownBy(() =>
      store.transaction(() => {
        store.setSchema({u: {a: {type: 'string'}}}, {w: {type: 'string', default: 'x'}}).delTablesSchema();
        throw new Error('enough');
      }),
    );
    return [thrown, store.getSchemaJson() === schemas, store.getContent()];
  },
  ['enough', true, [{t: {r: {a: 1}}}, {v: 1}]],
);

differs(
  '1.8.7 objects and arrays are rolled back',
  'a transaction is rolled back that changed or deleted a cell or value holding an object or array',
  (store) => {
    store.setContent([{t: {r: {a: {x: 1}, b: [1], c: 1}}}, {v: {x: 1}}]);
    store.transaction(
      () => store.setCell('t', 'r', 'a', 2).delCell('t', 'r', 'b').setCell('t', 'r', 'c', {y: 1}).setValue('v', 2),
      () => true,
    );
    return store.getContent();
  },
  {
    tinybase: [{t: {r: {a: 2, c: 1}}}, {v: 2}],
    cellarium: [{t: {r: {a: {x: 1}, b: [1], c: 1}}}, {v: {x: 1}}],
  },
);

/** What is heard when a transaction changes, adds, and is given something invalid, and is then rolled back. */
const rollBack = (store) => {
  const heard = [];
  store.setCell('t', 'r', 'c', 1);
  store.addWillFinishTransactionListener(note(heard, 'will'));
  store.addDidFinishTransactionListener(note(heard, 'did'));
  for (const kind of ['Tables', 'TableIds', 'Values', 'ValueIds']) store[`add${kind}Listener`](note(heard, kind));
  return {
    heard,
    run: () =>
      store.transaction(
        () =>
          store
            .setCell('t', 'r', 'c', 2)
            .setCell('t', 'r', 'd', NaN)
            .setCell('u', 'r', 'c', 1)
            .setValue('v', 1)
            .setValue('w', NaN),
        () => true,
      ),
  };
};

both(
  '1.8.9 after doRollback has rolled back, no listener to changes is called, but will- and did-finish ones are',
  (store) => {
    const {heard, run} = rollBack(store);
    run();
    return [heard, store.getContent()];
  },
  [
    [['will'], ['did']],
    [{t: {r: {c: 1}}}, {}],
  ],
);

both(
  '1.8.9 after doRollback has rolled back, listeners to what is invalid are called',
  (store) => {
    const {heard, run} = rollBack(store);
    store.addInvalidCellListener(null, null, null, note(heard, 'invalid cell'));
    store.addInvalidValueListener(null, note(heard, 'invalid value'));
    run();
    return heard;
  },
  [['will'], ['invalid cell', 't', 'r', 'd', [NaN]], ['invalid value', 'w', [NaN]], ['did']],
);

both(
  '1.8.9 a transaction that was rolled back has no changes',
  (store) => {
    const heard = [];
    store.addDidFinishTransactionListener(() => heard.push(store.getTransactionChanges()));
    store.transaction(
      () => store.setCell('t', 'r', 'c', 2).setValue('v', 1),
      () => true,
    );
    return heard;
  },
  [[{}, {}, 1]],
);

both(
  '1.8.9 transaction returns what its actions return, also when it is rolled back',
  (store) =>
    store.transaction(
      () => 'result',
      () => true,
    ),
  'result',
);

both(
  '1.8.12 a rollback sets old cells again one by one, so what was deleted and comes back is appended',
  (store) => {
    store.setRow('t', 'r', {a: 1, b: 2, c: 3});
    store.transaction(
      () => store.delCell('t', 'r', 'a').setCell('t', 'r', 'b', 4).delCell('t', 'r', 'c'),
      () => true,
    );
    return [store.getCellIds('t', 'r'), store.getRow('t', 'r')];
  },
  [['b', 'a', 'c'], {a: 1, b: 2, c: 3}],
);
