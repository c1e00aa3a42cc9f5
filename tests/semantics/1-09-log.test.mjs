// 1.9 What a transaction has changed, as its log.
import {both} from './both.mjs';
import {change, filled} from './changing.mjs';

const none = undefined;
const log = [
  true,
  true,
  {
    t: {r: {c: [1, 2], e: [1, none]}, s: {c: [1, none]}},
    u: {r: {c: [1, none]}},
    x: {y: {z: [none, '\ufffd[1]']}},
  },
  {t: {r: {n: [NaN, none]}}},
  {v: [1, '\ufffd{"a":1}'], w: [1, none]},
  {y: [Infinity]},
  {u: -1, x: 1},
  {t: {s: -1}, u: {r: -1}, x: {y: 1}},
  {t: {r: {e: -1}, s: {c: -1}}, u: {r: {c: -1}}, x: {y: {z: 1}}},
  {w: -1},
];
const emptyLog = [false, false, {}, {}, {}, {}, {}, {}, {}, {}];

both(
  '1.9.3 getTransactionLog has ten parts: what was touched, changed and invalid, and the ids that came (1) and went (-1)',
  (store) => filled(store).transaction(() => change(store).getTransactionLog()),
  log,
);

both(
  '1.9.3 getTransactionLog gives the same in a did-finish listener, and nothing outside of transactions',
  (store) => {
    let logged;
    filled(store).addDidFinishTransactionListener(() => (logged = store.getTransactionLog()));
    store.transaction(() => change(store));
    return [logged, store.getTransactionLog()];
  },
  [log, emptyLog],
);

both(
  '1.9.3 in the log, what has come to nothing was touched; what was never different was not, nor what is invalid',
  (store) => {
    filled(store);
    const logOf = (action) => store.transaction(() => action().getTransactionLog().slice(0, 3));
    return [
      logOf(() => store.setCell('t', 'r', 'c', 2).setCell('t', 'r', 'c', 1)),
      logOf(() => store.setValue('v', 2).setValue('v', 1)),
      logOf(() => store.setCell('t', 'r', 'c', 1).setValue('v', 1).delRow('t', 'x').delValue('x')),
      logOf(() => store.setCell('t', 'r', 'c', NaN).setValues({})),
    ];
  },
  [
    [true, false, {}],
    [false, true, {}],
    [false, false, {}],
    [false, false, {}],
  ],
);

both(
  '1.9.3 invalid input at a higher level is in the log under the id undefined',
  (store) => {
    filled(store);
    const {3: cells, 5: values} = store.transaction(() =>
      store.setRow('t', 'r', {}).setTable('t', {}).setTables({}).setValues(1).getTransactionLog(),
    );
    return [cells, values];
  },
  [
    {t: {r: {undefined: [none]}, undefined: {undefined: [none]}}, undefined: {undefined: {undefined: [none]}}},
    {undefined: [none]},
  ],
);

both(
  '1.9.3 objects and arrays are in the log as the texts in which they are stored, unlike in the changes',
  (store) => {
    store.setCell('t', 'r', 'c', {a: 1});
    return store.transaction(() => {
      store.setCell('t', 'r', 'c', [2]);
      return [store.getTransactionLog()[2], store.getTransactionChanges()[0]];
    });
  },
  [{t: {r: {c: ['\ufffd{"a":1}', '\ufffd[2]']}}}, {t: {r: {c: [2]}}}],
);

both(
  '1.9.3 after a rollback nothing was touched',
  (store) => {
    let logged;
    filled(store).addDidFinishTransactionListener(() => (logged = store.getTransactionLog()));
    store.transaction(
      () => store.setCell('t', 'r', 'c', 2).setValue('v', 2),
      () => true,
    );
    return logged;
  },
  emptyLog,
);
