// 1.8 Transactions: how one finishes, and which do.
import {both, differs} from './both.mjs';
import {hearMoments, note} from './listening.mjs';

both(
  '1.8.3 doRollback is asked once, after the mutators, while the store can still be written to',
  (store) => {
    const heard = [];
    store.addTablesListener(() => heard.push('mutator') && store.setCell('t', 'r', 'm', 1), true);
    store.transaction(
      () => store.setCell('t', 'r', 'c', 1),
      (...args) => {
        heard.push(['doRollback', args.length, args[0] === store, store.getRow('t', 'r')]);
        store.setCell('t', 'r', 'd', 1);
      },
    );
    return [heard, store.getTables()];
  },
  [['mutator', ['doRollback', 1, true, {c: 1, m: 1}]], {t: {r: {c: 1, m: 1, d: 1}}}],
);

both(
  '1.8.3 any truthy answer of doRollback rolls back',
  (store) =>
    [true, 1, 'no', {}, Promise.resolve(false), false, 0, '', null, undefined].map((answer) => {
      store.delTables().transaction(
        () => store.setCell('t', 'r', 'c', 1),
        () => answer,
      );
      return store.hasTables();
    }),
  [false, false, false, false, false, true, true, true, true, true],
);

both(
  '1.8.3 only the doRollback of the outermost transaction is asked',
  (store) => {
    const asked = [];
    const ask = (name, answer) => () => asked.push(name) && answer;
    store.transaction(
      () => {
        store.transaction(() => store.setCell('t', 'r', 'c', 1), ask('inner', true));
        store.startTransaction().finishTransaction(ask('innermost', true));
      },
      ask('outer', false),
    );
    return [asked, store.getTables()];
  },
  [['outer'], {t: {r: {c: 1}}}],
);

both(
  '1.8.3 will-finish listeners may write: the other listeners hear of it, the mutators do not',
  (store) => {
    const heard = [];
    store.addCellListener(null, null, null, note(heard, 'mutator'), true);
    store.addCellListener(null, null, null, note(heard, 'cell'));
    store.addWillFinishTransactionListener(() => store.setCell('t', 'r', 'd', 2));
    store.setCell('t', 'r', 'c', 1);
    return heard;
  },
  [
    ['mutator', 't', 'r', 'c', 1, undefined],
    ['cell', 't', 'r', 'c', 1, undefined],
    ['cell', 't', 'r', 'd', 2, undefined],
  ],
);

both(
  '1.8.3 will-finish listeners are called, and may write, even after doRollback has rolled back',
  (store) => {
    store.addWillFinishTransactionListener(() => store.setCell('t', 'will', 'c', store.hasRow('t', 'r')));
    store.transaction(
      () => store.setCell('t', 'r', 'c', 1),
      () => true,
    );
    return store.getTables();
  },
  {t: {will: {c: false}}},
);

both(
  '1.8.3 did-finish listeners can read what has changed, and write nothing',
  (store) => {
    const heard = [];
    store.addDidFinishTransactionListener(() => {
      store.setCell('t', 'r', 'd', 1);
      heard.push(store.getTransactionChanges());
    });
    store.setCell('t', 'r', 'c', 1);
    return [heard, store.getTables()];
  },
  [[[{t: {r: {c: 1}}}, {}, 1]], {t: {r: {c: 1}}}],
);

both(
  '1.8.3 when all is over the store can be written to, and knows of no changes',
  (store) => {
    store.addDidFinishTransactionListener(() => {});
    store.setCell('t', 'r', 'c', 1);
    return [store.getTransactionChanges(), store.setCell('t', 'r', 'c', 2).getCell('t', 'r', 'c')];
  },
  [[{}, {}, 1], 2],
);

both(
  '1.8.4 start, will-finish and did-finish listeners are called for every transaction, also if nothing changes',
  (store) => {
    const heard = [];
    hearMoments(store, heard);
    store.addTablesListener(() => heard.push('tables'));
    const unchanging = [
      () => store.transaction(() => {}),
      () => store.startTransaction().finishTransaction(),
      () => store.delCell('t', 'r', 'c'),
      () => store.setRow('t', 'r', {}),
      () => store.setValuesJson('{}'),
    ];
    return unchanging.map((write) => {
      heard.length = 0;
      write();
      return heard.join(' ');
    });
  },
  Array(5).fill('start willFinish didFinish'),
);

both(
  '1.8.10 an async action is not awaited: the transaction ends at its first await',
  async (store) => {
    const heard = [];
    store.addTablesListener(() => heard.push('tables'));
    const promise = store.transaction(async () => {
      store.setCell('t', 'r', 'c', 1).setCell('t', 'r', 'd', 1);
      await null;
      store.setCell('t', 'r', 'e', 1).setCell('t', 'r', 'f', 1);
      return 'done';
    });
    heard.push('returned');
    return [heard, await promise, heard.length];
  },
  [['tables', 'returned', 'tables', 'tables'], 'done', 4],
);

both(
  '1.8.11 finishTransaction without a start does nothing: no listener is called and doRollback is not asked',
  (store) => {
    const heard = [];
    hearMoments(store, heard);
    store.finishTransaction(() => heard.push('doRollback'));
    return [heard, store.setCell('t', 'r', 'c', 1).finishTransaction().getTables(), heard];
  },
  [['start', 'willFinish', 'didFinish'], {t: {r: {c: 1}}}, ['start', 'willFinish', 'didFinish']],
);

differs(
  '1.8.11 finishTransaction in a will-finish listener that has started none',
  'a mutator or will-finish listener calls `finishTransaction()` without having started a transaction',
  (store) => {
    let calls = 0;
    store.addWillFinishTransactionListener(() => {
      if (++calls < 4) store.finishTransaction();
    });
    store.setCell('t', 'r', 'c', 1);
    return calls;
  },
  {tinybase: 4, cellarium: 1},
);
