// 1.10 Listeners: calling one by hand, and counting them.
import {both, thrownBy} from './both.mjs';
import {kinds, note} from './listening.mjs';

/** What a listener hears when it is called by hand. */
const calling = (kind, path) => (store) => {
  const heard = [];
  store.setContent([
    {t: {r: {c: 1, d: {a: 1}}, s: {c: 2}}, u: {r: {c: 3}}},
    {v: 1, w: [1]},
  ]);
  const id = store[`add${kind}Listener`](...path, (...args) =>
    heard.push([args[0] === store, ...args.slice(1).map((one) => (typeof one === 'function' ? 'function' : one))]),
  );
  store.callListener(id);
  return heard.map(([isStore, ...rest]) => (isStore ? rest : 'another store'));
};
const calls = {
  HasTables: [[], [[true]]],
  Tables: [[], [[]]],
  TableIds: [[], [[]]],
  HasTable: [
    [null],
    [
      ['t', true],
      ['u', true],
    ],
  ],
  Table: [[null], [['t'], ['u']]],
  TableCellIds: [[null], [['t'], ['u']]],
  HasTableCell: [
    [null, null],
    [
      ['t', 'c', true],
      ['t', 'd', true],
      ['u', 'c', true],
    ],
  ],
  RowCount: [[null], [['t'], ['u']]],
  RowIds: [[null], [['t'], ['u']]],
  HasRow: [
    ['t', null],
    [
      ['t', 'r', true],
      ['t', 's', true],
    ],
  ],
  Row: [
    [null, 'r'],
    [
      ['t', 'r'],
      ['u', 'r'],
    ],
  ],
  CellIds: [
    [null, null],
    [
      ['t', 'r'],
      ['t', 's'],
      ['u', 'r'],
    ],
  ],
  HasCell: [
    ['t', 'r', null],
    [
      ['t', 'r', 'c', true],
      ['t', 'r', 'd', true],
    ],
  ],
  Cell: [
    ['t', null, null],
    [
      ['t', 'r', 'c', 1, 1],
      ['t', 'r', 'd', {a: 1}, {a: 1}],
      ['t', 's', 'c', 2, 2],
    ],
  ],
  HasValues: [[], [[true]]],
  Values: [[], [[]]],
  ValueIds: [[], [[]]],
  HasValue: [
    [null],
    [
      ['v', true],
      ['w', true],
    ],
  ],
  Value: [
    [null],
    [
      ['v', 1, 1],
      ['w', [1], [1]],
    ],
  ],
};
for (const [kind, [path, heard]] of Object.entries(calls)) {
  both(`1.10.9 callListener calls a ${kind} listener for each match, with what is there`, calling(kind, path), heard);
}

both(
  '1.10.9 callListener calls no SortedRowIds listener, and a RowCount listener without the count',
  (store) => {
    const heard = [];
    store.setCell('t', 'r', 'c', 1);
    store.callListener(store.addSortedRowIdsListener('t', 'c', false, 0, undefined, note(heard, 'sorted')));
    store.callListener(store.addSortedRowIdsListener({tableId: 't'}, note(heard, 'sorted')));
    store.callListener(store.addRowCountListener('t', (...args) => heard.push(['count', args.length])));
    return heard;
  },
  [['count', 2]],
);

both(
  '1.10.9 callListener calls a path without a wildcard even if there is nothing, a wildcard only for what there is above the last id',
  (store) => {
    const heard = [];
    store.setRow('t', 'r', {c: 1}).setValue('v', 1);
    for (const [kind, ...path] of [
      ['Cell', 'x', 'x', 'x'],
      ['HasCell', 't', 'x', 'c'],
      ['Table', 'x'],
      ['HasTable', 'x'],
      ['Value', 'x'],
      ['HasValue', 'x'],
      ['Cell', 't', null, 'x'],
      ['HasTableCell', null, 'x'],
      ['Row', 'x', null],
      ['Cell', null, 'x', null],
    ]) {
      store.callListener(store[`add${kind}Listener`](...path, note(heard, kind)));
    }
    return heard;
  },
  [
    ['Cell', 'x', 'x', 'x', undefined, undefined],
    ['HasCell', 't', 'x', 'c', false],
    ['Table', 'x'],
    ['HasTable', 'x', false],
    ['Value', 'x', undefined, undefined],
    ['HasValue', 'x', false],
    ['Cell', 't', 'r', 'x', undefined, undefined],
    ['HasTableCell', 't', 'x', false],
  ],
);

both(
  '1.10.9 callListener gives no getCellChange, getValueChange or getIdChanges',
  (store) => {
    const heard = [];
    store.setCell('t', 'r', 'c', 1).setValue('v', 1);
    for (const [kind, length] of Object.entries({Tables: 0, TableIds: 0, Cell: 3, Row: 2, Value: 1, Values: 0})) {
      const id = store[`add${kind}Listener`](...Array(length).fill(null), (...args) => {
        heard.push([kind, args.length, args.filter((argument) => typeof argument === 'function').length]);
      });
      store.callListener(id);
    }
    return heard;
  },
  [
    ['Tables', 1, 0],
    ['TableIds', 1, 0],
    ['Cell', 6, 0],
    ['Row', 3, 0],
    ['Value', 4, 0],
    ['Values', 1, 0],
  ],
);

both(
  '1.10.9 callListener calls listeners to what is invalid without anything invalid, and not at all if the path has a wildcard',
  (store) => {
    const heard = [];
    store.setCell('t', 'r', 'c', 1).setValue('v', 1);
    for (const path of [
      ['t', 'r', 'c'],
      ['t', 'r', undefined],
      [null, null, null],
      ['t', null, 'c'],
      ['t', 'r', null],
    ]) {
      store.callListener(store.addInvalidCellListener(...path, note(heard, 'cell')));
    }
    store.callListener(store.addInvalidValueListener('v', note(heard, 'value')));
    store.callListener(store.addInvalidValueListener(null, note(heard, 'values')));
    return heard;
  },
  [
    ['cell', 't', 'r', 'c'],
    ['cell', 't', 'r', undefined],
    ['value', 'v'],
  ],
);

both(
  '1.10.9 callListener calls listeners to the moments of a transaction with the store',
  (store) => {
    const heard = [];
    for (const moment of ['Start', 'WillFinish', 'DidFinish']) {
      const id = store[`add${moment}TransactionListener`]((...args) => heard.push([moment, args.length]));
      store.callListener(id);
    }
    return heard;
  },
  [
    ['Start', 1],
    ['WillFinish', 1],
    ['DidFinish', 1],
  ],
);

both(
  '1.10.9 callListener works for mutators as well, and locks nothing: any listener may write',
  (store) => {
    const ids = [true, false].map((mutator) =>
      store.addCellListener('t', 'r', 'c', () => store.setValue(`mutator ${mutator}`, 1), mutator),
    );
    ids.forEach((id) => store.callListener(id));
    return store.getValues();
  },
  {'mutator true': 1, 'mutator false': 1},
);

both(
  '1.10.9 callListener starts no transaction; inside one it tells what is there then',
  (store) => {
    const heard = [];
    const id = store.addCellListener('t', 'r', 'c', note(heard, 'cell'));
    store.addStartTransactionListener(note(heard, 'start'));
    store.callListener(id);
    store.transaction(() => store.setCell('t', 'r', 'c', 1).callListener(id));
    return heard;
  },
  [
    ['cell', 't', 'r', 'c', undefined, undefined],
    ['start'],
    ['cell', 't', 'r', 'c', 1, 1],
    ['cell', 't', 'r', 'c', 1, undefined],
  ],
);

both(
  '1.10.9 callListener of an id that there is not, or that is no text, calls nothing; what a listener throws reaches the caller',
  (store) => {
    const heard = [];
    const id = store.addTablesListener(note(heard, 'tables'));
    const throwing = store.addTablesListener(() => {
      throw new Error('thrown');
    });
    store.callListener('99').callListener(undefined).callListener(Number(id)).delListener(id).callListener(id);
    return [heard, thrownBy(() => store.callListener(throwing))];
  },
  [[], 'thrown'],
);

const kindsCounted =
  'hasTables tables tableIds hasTable table tableCellIds hasTableCell rowCount rowIds sortedRowIds hasRow row cellIds ' +
  'hasCell cell invalidCell hasValues values valueIds hasValue value invalidValue transaction';
const noListeners = Object.fromEntries(kindsCounted.split(' ').map((kind) => [kind, 0]));

both(
  '1.10.11 getListenerStats has a count for each kind, in an ordinary object that is new each time',
  (store) => [
    store.getListenerStats(),
    Object.keys(store.getListenerStats()).join(' '),
    Object.getPrototypeOf(store.getListenerStats()) === Object.prototype,
    store.getListenerStats() === store.getListenerStats(),
  ],
  [noListeners, kindsCounted, true, false],
);

both(
  '1.10.11 one listener of each kind makes each count 1, mutator or not',
  (store) => {
    for (const [kind, path] of Object.entries(kinds)) store[`add${kind}Listener`](...path, () => {}, kind === 'Cell');
    return store.getListenerStats();
  },
  {...Object.fromEntries(Object.keys(noListeners).map((kind) => [kind, 1])), transaction: 0},
);

both(
  '1.10.11 transaction counts the listeners to start, will-finish and did-finish; deleted ones no longer count',
  (store) => {
    const add = () => [
      store.addStartTransactionListener(() => {}),
      store.addWillFinishTransactionListener(() => {}),
      store.addDidFinishTransactionListener(() => {}),
      store.addCellListener('t', null, null, () => {}, true),
      store.addCellListener('t', null, null, () => {}),
    ];
    const counts = () => [store.getListenerStats().transaction, store.getListenerStats().cell];
    const ids = add();
    const before = counts();
    store.delListener(ids[0]).delListener(ids[3]);
    return [before, counts()];
  },
  [
    [3, 2],
    [2, 1],
  ],
);
