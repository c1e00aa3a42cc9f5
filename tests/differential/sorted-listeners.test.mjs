// Listeners to sorted row ids: called with the same, in the same order, in both libraries.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStore as createOracle} from 'tinybase';
import {createStore} from '../../pkg/index.js';
import {columns} from './columns.mjs';
import {createRandom} from './random.mjs';
import {show} from './record.mjs';

const {below, chance, pick} = createRandom(2);

/** Some changes to a table of some hundred rows, each a function that does the same to any store. */
const changes = (make) => {
  const idOf = () => `${below(400)}`;
  const one = () => {
    const [id, other, cell, count] = [idOf(), below(9), make(), 1 + below(60)];
    const set = (store) => (cell === undefined ? store.delCell('t', id, 'c') : store.setCell('t', id, 'c', cell));
    const cells = Array.from({length: count}, make);
    return pick([
      set,
      set,
      set,
      (store) => store.setCell('t', id, 'other', other),
      (store) => store.delRow('t', id),
      (store) => store.setRow('t', id, {other, ...(cell !== undefined && {c: cell})}),
      (store) => store.addRow('t', {other, ...(cell !== undefined && {c: cell})}),
      (store) => cells.forEach((c, index) => store.setPartialRow('t', `${index * 7}`, c === undefined ? {} : {c})),
    ]);
  };
  return {
    one,
    some: () => Array.from({length: below(6)}, one),
    /** Takes most rows out, or all, so that they are numbered anew. */
    many: () =>
      pick([
        (store) => store.delTable('t'),
        (store) => store.getRowIds('t').forEach((id, index) => index % 7 && store.delRow('t', id)),
        (store) => store.setTable('t', {x: {c: 1}, y: {c: 2, other: 1}}),
        (store) => store.setJson(store.getJson()),
      ]),
  };
};

for (const [name, make] of Object.entries(columns)) {
  test(`listeners to rows sorted by ${name} hear the same of many changes`, () => {
    const traces = [createStore, createOracle].map((create) => [create(), []]);
    const each = (act) => traces.forEach(([store, trace]) => act(store, trace));
    const watch = (store, trace) => {
      const note = (...args) => trace.push(args.slice(1).map(show).join(' '));
      for (const cellId of ['c', undefined, 'other', 'none']) {
        for (const [descending, offset, limit] of [
          [false, 0, 5],
          [true, 2, 20],
          [false, -4, undefined],
        ]) {
          store.addSortedRowIdsListener('t', cellId, descending, offset, limit, note);
        }
      }
      store.addSortedRowIdsListener({tableId: 't', cellId: 'c', limit: 3}, note, true);
      const sorter = (key1, key2) => String(key2).length - String(key1).length;
      store.addSortedRowIdsListener({tableId: 't', cellId: 'c', limit: 8, sorter}, note);
    };
    const {one, some, many} = changes(make);
    const start = Array.from({length: 300}, make);
    each((store) =>
      store.transaction(() =>
        start.forEach((cell, id) => store.setRow('t', `${id}`, {other: 1, ...(cell !== undefined && {c: cell})})),
      ),
    );
    each(watch);
    for (let round = 0; round < 120; round++) {
      // TinyBase does not restore objects when it rolls back.
      const [acts, isTaken] = [some(), name !== 'objects and arrays' && chance(20)];
      const single = chance(10) ? many() : one();
      each((store) => {
        if (round % 2) single(store);
        else
          store.transaction(
            () => acts.forEach((act) => act(store)),
            () => isTaken,
          );
      });
      // What is kept for the listeners serves all others, too, in a transaction as well as between them.
      each((store, trace) =>
        store.transaction(() => {
          trace.push(store.getSortedRowIds('t', 'c', true).join(), store.getSortedRowIds('t').join());
          acts.forEach((act) => act(store));
          trace.push(store.getSortedRowIds('t', 'c').join(), store.getSortedRowIds('t', 'other').join());
        }),
      );
    }
    const [[, ours], [, theirs]] = traces;
    assert.ok(theirs.length > 480);
    const line = theirs.findIndex((text, index) => text !== ours[index]);
    assert.equal(ours[line], theirs[line], `line ${line}`);
    assert.equal(ours.length, theirs.length);
  });
}

const base = () => ({t: {x: {c: 2, d: 1}, y: {c: 1, d: 2}}, u: {x: {c: 2}, y: {c: 1}}, null: {b: {c: 1}, a: {c: 2}}});

/** What is written down while something is done to a store with content. */
const traceOf = (create, use) => {
  const store = create().setTables(base());
  const lines = [];
  const log = (...things) =>
    lines.push(
      things
        .filter((thing) => thing !== store)
        .map(show)
        .join(' '),
    );
  try {
    use(store, log);
  } catch (error) {
    log('threw', error instanceof Error ? error.constructor.name : error);
  }
  log(store.getTables());
  return lines;
};

const same = (name, use) =>
  test(name, () => {
    const expected = traceOf(createOracle, use);
    assert.ok(expected.length > 1);
    assert.deepEqual(traceOf(createStore, use), expected);
  });

const paths = [undefined, null, 't', 'u', 'null', 'missing', 1, ['t']].flatMap((tableId) =>
  [undefined, null, 'c', 'd', 'missing', 1, 2, true, ['c']].map((cellId) => [tableId, cellId]),
);

same('listeners take turns by their tables and cells, whatever these are', (store, log) => {
  for (const [tableId, cellId] of [...paths, ...paths.toReversed()]) {
    store.addSortedRowIdsListener(tableId, cellId, false, 0, undefined, (...args) => log('positions', ...args));
    store.addSortedRowIdsListener({tableId, cellId, descending: true}, (...args) => log('object', ...args));
  }
  store.setTables({...base(), 1: {q: {c: 1}, p: {c: 2, d: 1}}});
  store.setRow('t', 'z', {c: 0, d: 0});
  store.setPartialRow('t', 'x', {d: 9, c: 9});
  store.transaction(() => store.setRow('u', 'z', {c: 0}).setCell('t', 'y', 'd', 0).setCell('null', 'a', 'c', -1));
  store.delTables();
});

same('callListener calls only if the page is another one than before', (store, log) => {
  const ids = paths.map(([tableId, cellId]) => {
    const sorter = (key1, key2) => {
      log('sorts', tableId, cellId);
      return key1 < key2 ? -1 : 1;
    };
    return [
      store.addSortedRowIdsListener(tableId, cellId, false, 0, undefined, (...args) => log(args.length, ...args)),
      store.addSortedRowIdsListener({tableId, cellId, sorter}, (...args) => log(args.length, ...args)),
    ];
  });
  const callAll = () => ids.flat().forEach((id) => log(id, store.callListener(id)));
  callAll();
  store.transaction(() => {
    store.setTables({...base(), 1: {q: {c: 1}, p: {c: 2, d: 1}}, undefined: {s: {c: 1}}, t: {x: {c: 7}}});
    callAll();
    store.delTable('t');
    callAll();
    store.delTables();
    callAll();
  });
  callAll();
});

same('offsets and limits are taken as slice takes them', (store, log) => {
  store.setTable('t', Object.fromEntries(Array.from({length: 9}, (_, index) => [`${index}`, {c: index}])));
  const places = [undefined, null, 0, 2, 1.5, -3, NaN, Infinity, -Infinity, '1', 'x', true, [2], {}, 2 ** 40];
  for (const offset of places) {
    for (const limit of places) {
      log(store.getSortedRowIds('t', 'c', true, offset, limit), store.getSortedRowIds({tableId: 't', offset, limit}));
      store.addSortedRowIdsListener('t', 'c', false, offset, limit, (...args) => log(...args));
      store.addSortedRowIdsListener({tableId: 't', descending: null, offset, limit}, (...args) => log(...args));
    }
  }
  store.setCell('t', '0', 'c', 100);
});

for (const [what, sorter] of Object.entries({
  'no function': 5,
  null: null,
  'a function that throws': () => {
    throw 'planned';
  },
})) {
  same(`a listener is not registered if its sorter is ${what}`, (store, log) => {
    try {
      store.addSortedRowIdsListener({tableId: 't', cellId: 'c', sorter}, () => log('called'));
    } catch (error) {
      log(error instanceof Error ? error.constructor.name : error);
    }
    log(
      store.getListenerStats(),
      store.addTablesListener(() => {}),
    );
    store.setRow('t', 'z', {c: 1});
  });
}

for (const mutator of [false, true]) {
  same(
    `a sorter that throws at the end of a transaction is a ${mutator ? 'mutator' : 'listener'} that throws`,
    (store, log) => {
      let isBad = false;
      const sorter = (key1, key2) => {
        if (isBad) throw 'planned';
        return key1 - key2;
      };
      store.addSortedRowIdsListener({tableId: 't', cellId: 'c', sorter}, (...args) => log('first', ...args), mutator);
      store.addSortedRowIdsListener({tableId: 't', cellId: 'c'}, (...args) => log('second', ...args), mutator);
      store.addDidFinishTransactionListener(() => log('did'));
      isBad = true;
      try {
        store.setCell('t', 'x', 'c', -1);
      } catch (error) {
        log(error);
      }
      isBad = false;
      store.setCell('t', 'x', 'c', -2);
    },
  );

  same(`a sorter may write and delete as a ${mutator ? 'mutator' : 'listener'} does`, (store, log) => {
    let calls = 0;
    const sorter = (key1, key2) => {
      if (++calls === 2) {
        store.delListener('0').delTable('u').setCell('t', 'w', 'c', 5);
        log(store.addTablesListener(() => log('tables')));
      }
      return key1 - key2;
    };
    store.addSortedRowIdsListener('u', 'c', false, 0, undefined, (...args) => log('first', ...args));
    store.addSortedRowIdsListener({tableId: 't', cellId: 'c', sorter}, (...args) => log('second', ...args), mutator);
    store.setCell('t', 'x', 'c', 0);
    store.setCell('t', 'x', 'c', 9);
  });
}

same('a page that is rolled back after a mutator has heard of it is heard of again', (store, log) => {
  store.addSortedRowIdsListener('t', 'c', false, 0, undefined, (...args) => log('mutator', ...args), true);
  store.addSortedRowIdsListener('t', 'c', false, 0, undefined, (...args) => log('listener', ...args));
  store.transaction(
    () => store.setCell('t', 'y', 'c', 9),
    () => true,
  );
  store.setCell('t', 'y', 'c', 1.5);
  store.setCell('t', 'y', 'c', 1.6);
});

same('each mutator sees what those before it have done', (store, log) => {
  store.addSortedRowIdsListener(
    't',
    'c',
    false,
    0,
    undefined,
    (...args) => {
      log('first', ...args);
      store.delRow('t', 'x');
    },
    true,
  );
  store.addSortedRowIdsListener('t', 'c', true, 0, undefined, (...args) => log('second', ...args), true);
  store.setCell('t', 'y', 'c', 9);
});

for (const kind of ['TableIds', 'RowIds', 'HasRow', 'CellIds', 'SortedRowIds']) {
  same(
    `who listens because of a ${kind} listener is called in the same pass if its turn is yet to come`,
    (store, log) => {
      for (const hasPeer of [false, true]) {
        const add = {
          TableIds: (listener) => store.addTableIdsListener(listener),
          RowIds: (listener) => store.addRowIdsListener('t', listener),
          HasRow: (listener) => store.addHasRowListener('t', null, listener),
          CellIds: (listener) => store.addCellIdsListener('t', null, listener),
          SortedRowIds: (listener) => store.addSortedRowIdsListener('t', 'c', false, 0, undefined, listener),
        }[kind];
        const ids = hasPeer ? [store.addSortedRowIdsListener('u', 'c', false, 0, undefined, () => {})] : [];
        ids.push(
          add(() => {
            for (const tableId of ['t', 'u', 'new', null]) {
              for (const cellId of ['c', 'd', undefined, null]) {
                const sorter = (key1, key2) => {
                  log('sorts', tableId, cellId);
                  return key1 < key2 ? -1 : 1;
                };
                ids.push(store.addSortedRowIdsListener({tableId, cellId, sorter}, (...args) => log(...args)));
              }
            }
            log('added');
          }),
        );
        store.transaction(() => store.setRow('t', `z${hasPeer}`, {c: 0}).setTable('new', {b: {c: 2}, a: {c: 1}}));
        store.transaction(() => store.setRow('u', `z${hasPeer}`, {c: 0}).setCell('t', 'x', 'c', 99));
        ids.forEach((id) => store.delListener(id));
        store.setTables(base());
      }
    },
  );
}

test('listeners to tables and cells that are no ids are counted apart in both libraries', () => {
  const count = (store) => {
    const array = ['t'];
    const ids = [1, '1', false, undefined, null, 't', array, array, ['t'], () => 't'];
    for (const tableId of ids) {
      for (const cellId of [undefined, 2, '2', true]) {
        store.addSortedRowIdsListener({tableId, cellId}, () => {});
        store.addSortedRowIdsListener({tableId, cellId}, () => {});
      }
    }
    return store.getListenerStats().sortedRowIds;
  };
  assert.equal(count(createStore()), count(createOracle()));
});
