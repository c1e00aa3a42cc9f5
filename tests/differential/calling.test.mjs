// callListener, getListenerStats and getTransactionLog: the same in both libraries, kind by kind.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStore as createOracle} from 'tinybase';
import {createStore} from '../../pkg/index.js';
import {show} from './record.mjs';

/** Each kind of listener that both libraries offer, with the ids of its path. */
const kinds = {
  HasTables: [],
  Tables: [],
  TableIds: [],
  HasTable: ['t'],
  Table: ['t'],
  TableCellIds: ['t'],
  HasTableCell: ['t', 'c'],
  RowCount: ['t'],
  RowIds: ['t'],
  HasRow: ['t', 'r'],
  Row: ['t', 'r'],
  CellIds: ['t', 'r'],
  HasCell: ['t', 'r', 'c'],
  Cell: ['t', 'r', 'c'],
  HasValues: [],
  Values: [],
  ValueIds: [],
  HasValue: ['v'],
  Value: ['v'],
  StartTransaction: [],
  WillFinishTransaction: [],
  DidFinishTransaction: [],
};

const content = () => [
  {t: {r: {c: 1, d: {x: 1}}, q: {c: 2}}, u: {r: {e: 3}}, 1: {1: {1: 4}}},
  {v: 1, w: [2], 1: 3},
];

/** What is written down while something is done to a store with content. */
const trace = (create, use) => {
  const store = create().setContent(content());
  const lines = [];
  const log = (...things) => lines.push(things.map((thing) => (thing === store ? 'store' : show(thing))).join(' '));
  try {
    use(store, log);
  } catch (error) {
    log('threw', error instanceof Error ? error.constructor.name : error);
  }
  log(store.getContent());
  return lines;
};

const same = (name, use) => {
  const expected = trace(createOracle, use);
  assert.deepEqual(trace(createStore, use), expected, name);
  return expected;
};

/** Paths like an exact one, each id replaced or not. */
const variants = (path, replacements) =>
  path.reduce((paths, id) => paths.flatMap((start) => [id, ...replacements].map((one) => [...start, one])), [[]]);

for (const [kind, exact] of Object.entries(kinds)) {
  test(`a ${kind} listener is called for everything that its path covers`, () => {
    for (const path of variants(exact, [null, 'missing', 1, undefined])) {
      for (const mutator of kind.endsWith('Transaction') ? [undefined] : [undefined, true]) {
        const lines = same(`${kind} ${show(path)}`, (store, log) => {
          const id = store[`add${kind}Listener`](...path, (...args) => log(args.length, ...args), mutator);
          log(store.callListener(id));
          store.transaction(() => store.setCell('t', 'r', 'c', 5).setValue('v', 5).callListener(id));
        });
        assert.ok(lines.length > 1);
      }
    }
  });
}

/** What a listener to all cells may do at each of its calls, given its id and how often it was called. */
const reactions = {
  'deletes what comes next': (store) => store.delRow('t', 'q'),
  'deletes what it is called for': (store) => store.delRow('t', 'r'),
  'changes what comes next': (store, _, calls) => calls < 9 && store.setCell('t', 'q', 'c', calls),
  'adds what its path covers': (store) =>
    store.setCell('t', 'r', 'n', 1).setCell('u', 's', 'n', 1).setCell('n', 'r', 'n', 1),
  'deletes itself': (store, id) => store.delListener(id),
  'deletes itself, so that another gets its id': (store, id) => store.delListener(id).addTablesListener(() => {}),
  'adds a peer': (store, _, calls) => calls === 1 && store.addCellListener(null, null, null, () => {}),
  'calls itself': (store, id, calls) => calls === 1 && store.callListener(id),
  'writes in a transaction': (store, _, calls) => store.transaction(() => store.setValue('x', calls)),
  throws: () => {
    throw 'planned';
  },
};

/** How the listener comes to be called. */
const occasions = {
  'outside of a transaction': (store, id) => store.callListener(id),
  'in a transaction': (store, id) => store.transaction(() => store.setCell('t', 'r', 'c', 7).callListener(id)),
  'by a mutator': (store, id) => {
    store.addTablesListener(() => store.callListener(id), true);
    store.setCell('t', 'r', 'c', 7);
  },
  'when the store is locked': (store, id) => {
    store.addDidFinishTransactionListener(() => store.callListener(id));
    store.setCell('t', 'r', 'c', 7);
  },
};

for (const [what, react] of Object.entries(reactions)) {
  test(`a listener that ${what} is called as in tinybase`, () => {
    for (const [when, call] of Object.entries(occasions)) {
      const lines = same(`${what}, called ${when}`, (store, log) => {
        let calls = 0;
        const id = store.addCellListener(null, null, null, (_, ...args) => {
          log(args.length, ...args.slice(0, 5));
          react(store, id, ++calls);
        });
        call(store, id);
      });
      assert.ok(lines.length > 1 && lines.length < 100);
    }
  });
}

test('calling a listener that there is not does nothing', () => {
  same('unknown ids', (store, log) => {
    store.addTablesListener(() => log('called'));
    for (const id of ['1', '00', '-0', '', 'x', 0, null, undefined, {toString: () => '0'}, '4294967296']) {
      log(store.callListener(id));
    }
  });
});

test('a listener that is no function throws when it is called', () => {
  same('no function', (store) => store.callListener(store.addTablesListener(undefined)));
});

test('listeners are counted by kind, the keys in the same order', () => {
  same('counts', (store, log) => {
    log(store.getListenerStats());
    const ids = [];
    for (const [kind, path] of Object.entries(kinds)) {
      ids.push(
        store[`add${kind}Listener`](...path, () => {}),
        store[`add${kind}Listener`](...path, () => {}, true),
      );
    }
    log(store.getListenerStats());
    ids.filter((_, index) => index % 3 === 0).forEach((id) => store.delListener(id));
    log(store.getListenerStats());
  });
});

test('the log of a transaction tells what it did so far, also of what was taken back', () => {
  const lines = same('log', (store, log) => {
    // What was refused is not kept account of yet.
    const note = () => log(store.getTransactionLog().filter((_, index) => index !== 3 && index !== 5));
    note();
    store.addStartTransactionListener(note);
    store.addTablesListener(note, true);
    store.addWillFinishTransactionListener(note);
    store.addTablesListener(note);
    store.addDidFinishTransactionListener(note);
    const change = () => {
      store.setCell('t', 'r', 'c', 9).delCell('t', 'r', 'd').setCell('t', 'r', 'n', {a: 1}).delTable('u');
      store.addRow('t', {k: 1});
      store.setValue('v', [1]).delValue('w').setCell('t', 'q', 'c', 3).setCell('t', 'q', 'c', 2);
      store.setCell('t', 'q', 'cc', 2).delCell('t', 'q', 'cc').setValue('k', 1).delValue('k');
      note();
      store
        .setRow('x', '1', {a: 1, b: 2})
        .delCell('x', '1', 'a')
        .setRow('x', '0', {a: 1})
        .setRow('y', 'r', {a: 1})
        .delTable('y');
      note();
    };
    store.transaction(change);
    store.transaction(() => store.setCell('t', 'r', 'c', 1).setCell('t', 'r', 'c', 9));
    store.transaction(
      () => store.setCell('z', 'r', 'c', 1),
      () => true,
    );
    store.transaction(() => store.setValue('v', 2));
    note();
  });
  assert.ok(lines.length > 10);
});
