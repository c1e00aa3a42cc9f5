// 1.10 Listeners: to sorted row ids, and how row ids are sorted.
import {both} from './both.mjs';
import {note} from './listening.mjs';

const sorted = (store, ...args) => store.getSortedRowIds('t', ...args).join(' ');

/** Rows whose ids are in another order than their cells, with ties. */
const filled = (store) => {
  for (const [rowId, cell] of Object.entries({d: 2, a: 1, c: 2, b: 0})) store.setRow('t', rowId, {c: cell, x: 1});
  return store;
};

both(
  '1.10.6 by cell, ascending: of equal cells the row that came first is first',
  (store) => sorted(filled(store), 'c'),
  'b a d c',
);

both(
  '1.10.6 descending reverses the ascending order, also that of equal cells',
  (store) => [sorted(filled(store), 'c', true), sorted(store, 'x'), sorted(store, 'x', true)],
  ['c d a b', 'd a c b', 'b c a d'],
);

both(
  '1.10.6 a missing cell and null count as 0',
  (store) => {
    const rows = {one: 1, none: undefined, minus: -1, null: null, zero: 0};
    for (const [rowId, cell] of Object.entries(rows)) store.setRow('t', rowId, {x: 1}).setCell('t', rowId, 'c', cell);
    return [sorted(store, 'c'), sorted(store, 'c', true), sorted(store, 'missing')];
  },
  ['minus none null zero one', 'one zero null none minus', 'one none minus null zero'],
);

both(
  '1.10.6 texts are compared by code units, booleans as numbers',
  (store) => {
    store.setTable('t', {
      a: {s: 'b', b: true},
      b: {s: 'B', b: false},
      c: {s: 'é', b: 0.5},
      d: {s: '10', b: null},
      e: {s: '9'},
    });
    return [sorted(store, 's'), sorted(store, 'b')];
  },
  ['d e b a c', 'b d e c a'],
);

both(
  '1.10.6 without a cell id, or with undefined for one, by row id as text',
  (store) => {
    for (const rowId of ['9', 'b', '10', 'a']) store.setCell('t', rowId, 'c', 1);
    return [sorted(store), sorted(store, undefined, true)];
  },
  ['10 9 a b', 'b a 9 10'],
);

both(
  '1.10.6 offset and limit are those of slice: a negative offset counts from the end, limit 0 gives nothing',
  (store) => {
    filled(store);
    return [
      [1],
      [1, 2],
      [1, undefined],
      [undefined, 2],
      [-2],
      [-3, 2],
      [-1, 9],
      [9],
      [0, 0],
      [0, -1],
      [2, -3],
      [1.5, 2],
    ].map((page) => sorted(store, 'c', false, ...page));
  },
  ['a d c', 'a d', 'a d c', 'b a', 'd c', 'a d', 'c', '', '', 'b a d', 'd', 'a d'],
);

both(
  '1.10.6 getSortedRowIds takes all of it as one object, too',
  (store) => {
    filled(store);
    return [
      store.getSortedRowIds({tableId: 't'}),
      store.getSortedRowIds({tableId: 't', cellId: 'c'}),
      store.getSortedRowIds({tableId: 't', cellId: 'c', descending: true, offset: 1, limit: 2}),
      store.getSortedRowIds({tableId: 'none', cellId: 'c'}),
    ].map((ids) => ids.join(' '));
  },
  ['a b c d', 'b a d c', 'd a', ''],
);

both(
  '1.10.6 a sorter is the last argument, or part of the object; it gets decoded cells, or row ids if there is no cell id',
  (store) => {
    const seen = new Set();
    const byLength = (one, two) => {
      for (const each of [one, two]) seen.add(JSON.stringify(each) ?? 'undefined');
      return JSON.stringify(two ?? '').length - JSON.stringify(one ?? '').length;
    };
    store.setTable('t', {a: {c: [1, 2, 3]}, b: {c: {x: 10}}, c: {c: null}, d: {x: 1}, ee: {c: 'text of eighteen'}});
    return [
      sorted(store, 'c', false, 0, undefined, byLength),
      [...seen].sort(),
      store.getSortedRowIds({tableId: 't', cellId: 'c', sorter: byLength}).join(' '),
      store.getSortedRowIds({tableId: 't', sorter: byLength}).join(' '),
    ];
  },
  ['ee b a c d', ['"text of eighteen"', '[1,2,3]', 'null', 'undefined', '{"x":10}'], 'ee b a c d', 'ee a b c d'],
);

both(
  '1.10.6 what a sorter finds equal keeps its order, descending as well',
  (store) => [true, false].map((descending) => sorted(filled(store), 'c', descending, 0, undefined, () => 0)),
  ['d a c b', 'd a c b'],
);

/** What a listener hears of each step, the ids joined. */
const hear =
  (args, ...steps) =>
  (store) => {
    const heard = [];
    filled(store).addSortedRowIdsListener(...args, (...told) => heard.push(told.at(-1).join(' ')));
    return steps.map((step) => {
      step(store);
      return heard.splice(0);
    });
  };

both(
  '1.10.6 the listener is called with the ids when they differ from what they were, from registration on',
  hear(
    ['t', 'c', false, 0, undefined],
    (store) => store.setCell('t', 'b', 'c', 0.5),
    (store) => store.setCell('t', 'b', 'c', 1.5),
    (store) => store.setCell('t', 'e', 'c', 9),
    (store) => store.delRow('t', 'a'),
    (store) => store.transaction(() => store.setCell('t', 'd', 'c', 99).setCell('t', 'd', 'c', 2)),
    (store) => store.setCell('t', 'd', 'x', 99),
    (store) => store.delTables(),
  ),
  [[], ['a b d c'], ['a b d c e'], ['b d c e'], [], [], ['']],
);

both(
  '1.10.6 the listener to a page is called when the page differs',
  hear(
    ['t', 'c', true, 0, 2],
    (store) => store.setCell('t', 'a', 'c', -1),
    (store) => store.setCell('t', 'e', 'c', 1.5),
    (store) => store.setCell('t', 'e', 'c', 3),
    (store) => store.setCell('t', 'c', 'c', 4),
    (store) => store.delRow('t', 'b'),
  ),
  [[], [], ['e c'], ['c e'], []],
);

both(
  '1.10.6 without a cell id it is called when rows come or go, and not for cells',
  hear(
    ['t', undefined, false, 0, undefined],
    (store) => store.setCell('t', 'a', 'c', 9),
    (store) => store.setCell('t', 'aa', 'c', 9),
    (store) => store.delCell('t', 'b', 'c'),
    (store) => store.delRow('t', 'b'),
  ),
  [[], ['a aa b c d'], [], ['a aa c d']],
);

both(
  '1.10.6 a cell that comes or goes counts as changed',
  hear(
    ['t', 'c', false, 0, undefined],
    (store) => store.delCell('t', 'a', 'c'),
    (store) => store.setCell('t', 'a', 'c', 3),
  ),
  [['a b d c'], ['b d c a']],
);

both(
  '1.10.6 addSortedRowIdsListener takes an object as well, with a sorter in it, and tells all arguments but that one',
  (store) => {
    const heard = [];
    const sorter = (one, two) => Math.abs(one ?? 0) - Math.abs(two ?? 0);
    filled(store);
    store.addSortedRowIdsListener(
      {tableId: 't', cellId: 'c', descending: true, offset: 0, limit: 2, sorter},
      note(heard, 'A'),
    );
    store.addSortedRowIdsListener({tableId: 't', cellId: 'c', sorter}, note(heard, 'B'));
    store.addSortedRowIdsListener({tableId: 't'}, note(heard, 'C'));
    store.setRow('t', 'e', {c: -9});
    return heard;
  },
  [
    ['A', 't', 'c', true, 0, 2, ['e', 'd']],
    ['B', 't', 'c', false, 0, undefined, ['b', 'a', 'd', 'c', 'e']],
    ['C', 't', undefined, false, 0, undefined, ['a', 'b', 'c', 'd', 'e']],
  ],
);

both(
  '1.10.6 another table is nothing to it, and neither is a rollback',
  hear(
    ['t', 'c', false, 0, undefined],
    (store) => store.setCell('u', 'a', 'c', 9),
    (store) =>
      store.transaction(
        () => store.setCell('t', 'a', 'c', 9),
        () => true,
      ),
  ),
  [[], []],
);

both(
  '1.10.6 a mutator hears the order after the actions, the others the one after the mutators',
  (store) => {
    const heard = [];
    filled(store);
    const add = (name, mutator) =>
      store.addSortedRowIdsListener(
        't',
        'c',
        false,
        0,
        undefined,
        (...args) => {
          heard.push(`${name}: ${args.at(-1).join(' ')}`);
          if (mutator) store.setCell('t', 'b', 'c', 1.5);
        },
        mutator,
      );
    add('mutator', true);
    add('listener', false);
    store.setCell('t', 'b', 'c', 9);
    return heard;
  },
  ['mutator: a d c b', 'listener: a b d c'],
);
