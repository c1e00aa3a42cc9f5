// 1.6 The ids that addRow and the methods that add listeners hand out.
import {both} from './both.mjs';

const add = (store, count = 1, ...reuse) => Array.from({length: count}, () => store.addRow('t', {c: 1}, ...reuse));

both(
  '1.6.1 addRow counts from 0, for each table by itself',
  (store) => [
    store.addRow('t', {c: 1}),
    store.addRow('t', {c: 1}),
    store.addRow('u', {c: 1}),
    store.addRow('t', {c: 1}),
  ],
  ['0', '1', '0', '2'],
);

both(
  '1.6.1 ids that are there already are skipped',
  (store) => {
    store.setCell('t', '0', 'c', 1).setCell('t', '2', 'c', 1);
    return add(store, 3);
  },
  ['1', '3', '4'],
);

both(
  '1.6.1 deleted ids are used again, the first that was deleted first',
  (store) => {
    add(store, 5);
    store.delRow('t', '3').delRow('t', '0').delRow('t', '1');
    return add(store, 4);
  },
  ['3', '0', '1', '5'],
);

both(
  '1.6.1 with reuseRowIds false the number is always new, and deleted ones stay for later',
  (store) => {
    add(store, 3);
    store.delRow('t', '1');
    return [add(store, 2, false), add(store, 2, true)];
  },
  [
    ['3', '4'],
    ['1', '5'],
  ],
);

both(
  '1.6.1 a deleted id that somebody has set again is skipped',
  (store) => {
    add(store, 3);
    store.delRow('t', '1').setCell('t', '1', 'c', 1);
    return add(store);
  },
  ['3'],
);

both(
  '1.6.2 delRow releases any id of digits, also one that addRow never gave; no other',
  (store) => {
    add(store, 1);
    for (const id of ['007', '99', 'x', '-1', '1.5', '']) store.setCell('t', id, 'c', 1);
    for (const id of ['007', '99', 'x', '-1', '1.5', '']) store.delRow('t', id);
    return add(store, 4);
  },
  ['007', '99', '1', '2'],
);

both(
  '1.6.2 replacing the table or all tables releases the ids of the rows that go',
  (store) => {
    add(store, 3);
    store.setTable('t', {1: {c: 1}});
    const afterTable = add(store, 1);
    store.setTables({t: {keep: {c: 1}}});
    return [afterTable, add(store, 4)];
  },
  [['0'], ['2', '1', '0', '3']],
);

both(
  '1.6.2 a row that goes with its last cell releases no id',
  (store) => {
    add(store, 2);
    store.delCell('t', '0', 'c');
    return [store.getRowIds('t'), add(store)];
  },
  [['1'], ['2']],
);

both(
  '1.6.2 no more than 1000 ids are kept',
  (store) => {
    store.transaction(() => {
      add(store, 1100);
      for (let id = 0; id < 1050; id++) store.delRow('t', `${id}`);
    });
    const ids = add(store, 1002);
    return [ids[0], ids[999], ids[1000], ids[1001]];
  },
  ['0', '999', '1100', '1101'],
);

both(
  '1.6.2 with the table its ids are forgotten: numbering begins again at 0',
  (store) => {
    add(store, 3);
    store.delTable('t');
    const afterTable = add(store, 2);
    store.delRow('t', '0').delRow('t', '1');
    return [afterTable, add(store, 2)];
  },
  [
    ['0', '1'],
    ['0', '1'],
  ],
);

both(
  '1.6.2 a rollback does not give back the numbers that were used',
  (store) => {
    add(store);
    store.transaction(
      () => add(store, 2),
      () => true,
    );
    return [store.getRowIds('t'), add(store, 3)];
  },
  [['0'], ['3', '4', '5']],
);

const listen = (store) => store.addTablesListener(() => {});

both(
  '1.6.3 the ids of listeners are numbers from 0, whatever the kind; those that were deleted are used again, the first first',
  (store) => {
    const ids = [listen(store), store.addValueListener(null, () => {}), store.addStartTransactionListener(() => {})];
    ids.push(listen(store));
    store.delListener('2').delListener('0');
    return [ids, listen(store), listen(store), listen(store)];
  },
  [['0', '1', '2', '3'], '2', '0', '4'],
);

both(
  '1.6.3 no more than 1000 ids of listeners are kept',
  (store) => {
    for (let id = 0; id < 1100; id++) listen(store);
    for (let id = 0; id < 1100; id++) store.delListener(`${id}`);
    const ids = Array.from({length: 1002}, () => listen(store));
    return [ids[0], ids[999], ids[1000], ids[1001]];
  },
  ['0', '999', '1100', '1101'],
);
