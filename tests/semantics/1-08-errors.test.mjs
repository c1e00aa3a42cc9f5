// 1.8 Transactions: errors.
import {both, thrownBy} from './both.mjs';
import {note} from './listening.mjs';

/**
 * Runs a transaction that changes a cell, adds a value, and throws once in one phase.
 * @returns what is thrown, the content afterwards, and what has run; then the same of a write that follows
 */
const throwIn = (phase) => (store) => {
  const heard = [];
  let isArmed = true;
  const run = (name) => () => {
    heard.push(name);
    if (name !== phase || !isArmed) return;
    isArmed = false;
    throw new Error(`in ${phase}`);
  };
  store.setTables({t: {r: {c: 1}}});
  for (const suffix of ['', '2']) {
    store.addStartTransactionListener(run(`start${suffix}`));
    store.addTablesListener(run(`mutator${suffix}`), true);
    store.addWillFinishTransactionListener(run(`will${suffix}`));
    store.addTablesListener(run(`listener${suffix}`));
    store.addDidFinishTransactionListener(run(`did${suffix}`));
  }
  const actions = () => {
    store.setCell('t', 'r', 'c', 2).setValue('v', 1);
    run('actions')();
  };
  const thrown = thrownBy(() => store.transaction(actions, run('doRollback')));
  const first = [thrown, store.getContent(), heard.splice(0).join(' ')];
  return [...first, thrownBy(() => store.setCell('t', 'r', 'c', 3)), store.getContent(), heard.join(' ')];
};
const all = 'start start2 mutator mutator2 will will2 listener listener2 did did2';
const rolledBack = {
  start: ['a start listener', 'nothing else runs', 'start'],
  actions: ['the actions', 'no mutator, will-finish or did-finish listener is called', 'start start2 actions'],
  mutator: ['a mutator', 'nothing that comes later runs', 'start start2 actions mutator'],
  doRollback: ['doRollback', 'nothing that comes later runs', 'start start2 actions mutator mutator2 doRollback'],
  will: [
    'a will-finish listener',
    'the other will-finish and the did-finish listeners are called',
    'start start2 actions mutator mutator2 doRollback will will2 did did2',
  ],
};
for (const [phase, [where, then, ran]] of Object.entries(rolledBack)) {
  both(
    `1.8.7 an error in ${where} rolls all back and reaches the caller; ${then}; the store works as before`,
    throwIn(phase),
    [`in ${phase}`, [{t: {r: {c: 1}}}, {}], ran, undefined, [{t: {r: {c: 3}}}, {}], all],
  );
}

both(
  '1.8.8 an error in a listener that is no mutator: the data stays, no other listener but did-finish ones is called',
  throwIn('listener'),
  [
    'in listener',
    [{t: {r: {c: 2}}}, {v: 1}],
    'start start2 actions mutator mutator2 doRollback will will2 listener did did2',
    undefined,
    [{t: {r: {c: 3}}}, {v: 1}],
    all,
  ],
);

both(
  '1.8.3 an error in a did-finish listener: the data stays, and the other did-finish listeners are called',
  throwIn('did'),
  [
    'in did',
    [{t: {r: {c: 2}}}, {v: 1}],
    'start start2 actions mutator mutator2 doRollback will will2 listener listener2 did did2',
    undefined,
    [{t: {r: {c: 3}}}, {v: 1}],
    all,
  ],
);

const throwing = (message) => () => {
  throw new Error(message);
};

both(
  '1.8.3 all will-finish listeners are called, and the first error is the one that is thrown',
  (store) => {
    const heard = [];
    store.addWillFinishTransactionListener(throwing('first'));
    store.addWillFinishTransactionListener(throwing('second'));
    store.addWillFinishTransactionListener(note(heard, 'third'));
    return [thrownBy(() => store.setCell('t', 'r', 'c', 1)), heard, store.getTables()];
  },
  ['first', [['third']], {}],
);

both(
  '1.8.3 all did-finish listeners are called, and the first error is the one that is thrown',
  (store) => {
    const heard = [];
    store.addDidFinishTransactionListener(throwing('first'));
    store.addDidFinishTransactionListener(throwing('second'));
    store.addDidFinishTransactionListener(note(heard, 'third'));
    return [thrownBy(() => store.setCell('t', 'r', 'c', 1)), heard, store.getTables()];
  },
  ['first', [['third']], {t: {r: {c: 1}}}],
);

both(
  '1.8.8 the error of a listener goes before that of a did-finish listener',
  (store) => {
    store.addTablesListener(throwing('listener'));
    store.addDidFinishTransactionListener(throwing('did-finish'));
    return [thrownBy(() => store.setCell('t', 'r', 'c', 1)), store.getTables()];
  },
  ['listener', {t: {r: {c: 1}}}],
);

both(
  '1.8.8 the error reaches whoever called the setter, whatever is thrown',
  (store) => {
    store.addTablesListener(() => {
      throw 'a text';
    });
    try {
      return store.setRow('t', 'r', {c: 1});
    } catch (error) {
      return [error, store.getTables()];
    }
  },
  ['a text', {t: {r: {c: 1}}}],
);

both(
  '1.8.8 the listeners that are skipped are of all kinds, also those to values',
  (store) => {
    const heard = [];
    store.addTableIdsListener(throwing('ids'));
    store.addCellListener(null, null, null, note(heard, 'cell'));
    store.addValueListener(null, note(heard, 'value'));
    return [thrownBy(() => store.setContent([{t: {r: {c: 1}}}, {v: 1}])), heard, store.getContent()];
  },
  ['ids', [], [{t: {r: {c: 1}}}, {v: 1}]],
);

both(
  '1.8.6 an error in a nested transaction rolls the outer one back at its end, even if that has caught it and gone on',
  (store) => {
    const heard = [];
    store.setCell('t', 'r', 'c', 1).addTablesListener(note(heard, 'tables'));
    const inside = store.transaction(() => {
      store.setCell('t', 'r', 'c', 2);
      const thrown = thrownBy(() => store.transaction(throwing('nested')));
      return [thrown, store.setCell('t', 'r', 'd', 3).getRow('t', 'r')];
    });
    return [inside, heard, store.getTables(), store.setCell('t', 'r', 'c', 4).getTables(), heard];
  },
  [['nested', {c: 2, d: 3}], [['tables']], {t: {r: {c: 1}}}, {t: {r: {c: 4}}}, [['tables']]],
);

both(
  '1.8.6 of a transaction with an error in a nested one nothing is called but start listeners, and its doRollback is not asked',
  (store) => {
    const heard = [];
    store.addStartTransactionListener(note(heard, 'start'));
    store.addTablesListener(note(heard, 'mutator'), true);
    store.addWillFinishTransactionListener(note(heard, 'will'));
    store.addDidFinishTransactionListener(note(heard, 'did'));
    store.transaction(
      () => store.setCell('t', 'r', 'c', 1) && thrownBy(() => store.transaction(throwing('nested'))),
      note(heard, 'doRollback'),
    );
    return heard;
  },
  [['start']],
);

both(
  '1.8.6 the doRollback of a nested transaction is ignored',
  (store) =>
    store
      .transaction(() =>
        store.transaction(
          () => store.setCell('t', 'r', 'c', 1),
          () => true,
        ),
      )
      .getTables(),
  {t: {r: {c: 1}}},
);

both(
  '1.8.6 an error of the actions of a nested transaction that is not caught goes through all of them',
  (store) => {
    const thrown = thrownBy(() =>
      store.transaction(() => {
        store.setCell('t', 'r', 'c', 1);
        store.transaction(() => store.transaction(throwing('innermost')));
      }),
    );
    return [thrown, store.getTables(), store.setCell('t', 'r', 'c', 2).getTables()];
  },
  ['innermost', {}, {t: {r: {c: 2}}}],
);

both(
  '1.8.7 after an error of a start listener in startTransaction, no transaction is open',
  (store) => {
    const heard = [];
    const id = store.addStartTransactionListener(throwing('start'));
    const thrown = thrownBy(() => store.startTransaction());
    store.delListener(id).addTablesListener(note(heard, 'tables'));
    store.setCell('t', 'r', 'c', 1).setCell('t', 'r', 'c', 2);
    return [thrown, heard.length, store.finishTransaction().getTables()];
  },
  ['start', 2, {t: {r: {c: 2}}}],
);
