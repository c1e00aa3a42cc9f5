// 1.10 Listeners: those that hear of invalid input, and those that may write.
import {both} from './both.mjs';
import {note, noteInvalid} from './listening.mjs';

const none = undefined;

both(
  '1.10.7 what is invalid is reported once a transaction for each cell and value, with all that was given',
  (store) => {
    const heard = [];
    noteInvalid(store, heard);
    store.transaction(() => {
      store.setCell('t', 'r', 'c', NaN).setCell('t', 'r', 'c', 1).setCell('t', 'r', 'c', undefined);
      store.setRow('t', 'r', {c: Infinity, d: NaN}).setValue('v', NaN).setValue('v', 1n);
    });
    store.setCell('t', 'r', 'c', -Infinity);
    return heard;
  },
  [
    ['cell', 't', 'r', 'c', [NaN, none, Infinity]],
    ['cell', 't', 'r', 'd', [NaN]],
    ['value', 'v', [NaN, 1n]],
    ['cell', 't', 'r', 'c', [-Infinity]],
  ],
);

const failures = {
  'a cell': [(store) => store.setCell('t', 'r', 'c', NaN), ['cell', 't', 'r', 'c', [NaN]]],
  'a row': [(store) => store.setRow('t', 'r', {}), ['cell', 't', 'r', none, [none]]],
  'a row that addRow was given': [(store) => store.addRow('t', {c: NaN}), ['cell', 't', none, 'c', [NaN]]],
  'an empty row that addRow was given': [(store) => store.addRow('t', {}), ['cell', 't', none, none, [none]]],
  'a table': [(store) => store.setTable('t', {}), ['cell', 't', none, none, [none]]],
  'all tables': [(store) => store.setTables({}), ['cell', none, none, none, [none]]],
  'all tables, by something that is no object': [(store) => store.setTables(1), ['cell', none, none, none, [none]]],
  'a value': [(store) => store.setValue('v', NaN), ['value', 'v', [NaN]]],
  'all values': [(store) => store.setValues(1), ['value', none, [none]]],
};
for (const [what, [write, call]] of Object.entries(failures)) {
  both(
    `1.10.7 ids below the level at which it fails are undefined, and so is what was given: ${what}`,
    (store) => {
      const heard = [];
      noteInvalid(store, heard);
      write(store);
      return heard;
    },
    [call],
  );
}

both(
  '1.10.7 what fails at a higher level is heard by the wildcard, and by a path that has undefined there',
  (store) => {
    const heard = [];
    for (const path of [
      ['t', 'r', null],
      ['t', 'r', undefined],
      ['t', null, null],
      ['t', undefined, undefined],
      [undefined, undefined, undefined],
      ['t', 'r', 'c'],
      ['t', 'r', 'undefined'],
    ]) {
      store.addInvalidCellListener(...path, () => heard.push(path.map(String).join(' ')));
    }
    store.addInvalidValueListener(undefined, () => heard.push('value undefined'));
    store.addInvalidValueListener('v', () => heard.push('value v'));
    store.setRow('t', 'r', {});
    heard.push('-');
    store.setTable('t', {});
    heard.push('-');
    store.setTables({}).setValues({});
    return heard;
  },
  [
    ...['t r undefined', 't r null', 't null null', '-', 't undefined undefined', 't null null', '-'],
    ...['undefined undefined undefined', 'value undefined'],
  ],
);

both(
  '1.10.7 listeners to what is invalid are called before the listeners to tables or values, mutators with mutators, the others with the others',
  (store) => {
    const heard = [];
    store.addTableIdsListener(note(heard, 'table ids'));
    store.addTableIdsListener(note(heard, 'mutator table ids'), true);
    store.addValueIdsListener(note(heard, 'value ids'));
    store.addValueIdsListener(note(heard, 'mutator value ids'), true);
    store.addInvalidCellListener(null, null, null, note(heard, 'cell'));
    store.addInvalidCellListener(null, null, null, note(heard, 'mutator cell'), true);
    store.addInvalidValueListener(null, note(heard, 'value'));
    store.addInvalidValueListener(null, note(heard, 'mutator value'), true);
    store.setContent([{t: {r: {c: 1, d: NaN}}}, {v: 1, w: NaN}]);
    return heard.map(([name]) => name);
  },
  [
    ...['mutator cell', 'mutator table ids', 'mutator value', 'mutator value ids'],
    ...['cell', 'table ids', 'value', 'value ids'],
  ],
);

both(
  '1.10.7 what a mutator gives that is invalid is reported to the others, together with the rest',
  (store) => {
    const heard = [];
    store.addInvalidCellListener(null, null, null, note(heard, 'mutator'), true);
    store.addTablesListener(() => store.setCell('t', 'r', 'd', NaN).setCell('t', 'r', 'c', Infinity), true);
    store.addInvalidCellListener(null, null, null, note(heard, 'listener'));
    store.setRow('t', 'r', {a: 1, c: NaN});
    return heard;
  },
  [
    ['mutator', 't', 'r', 'c', [NaN]],
    ['listener', 't', 'r', 'c', [NaN, Infinity]],
    ['listener', 't', 'r', 'd', [NaN]],
  ],
);

both(
  '1.10.7 listeners to what is invalid are called even if nothing valid was written, and then no listener to changes is',
  (store) => {
    const heard = [];
    noteInvalid(store, heard);
    store.addTablesListener(note(heard, 'tables'));
    store.setTables({t: {r: {c: NaN}}});
    return heard;
  },
  [['cell', 't', 'r', 'c', [NaN]]],
);

const countingMutator = (store, heard, name) => () => {
  heard.push(name);
  store.setCell('t', 'r', 'count', (count) => (count ?? 0) + 1);
};

both(
  '1.10.8 mutators are called once, with the changes of the actions; what they change reaches the other listeners',
  (store) => {
    const heard = [];
    store.addCellListener('t', 'r', null, note(heard, 'mutator'), true);
    store.addTablesListener(countingMutator(store, heard, 'counting'), true);
    store.addCellListener('t', 'r', null, note(heard, 'listener'));
    store.setCell('t', 'r', 'c', 1);
    return heard;
  },
  [
    ['mutator', 't', 'r', 'c', 1, none],
    'counting',
    ['listener', 't', 'r', 'c', 1, none],
    ['listener', 't', 'r', 'count', 1, none],
  ],
);

both(
  '1.10.8 what one mutator changes is not brought to a mutator that was not due',
  (store) => {
    const heard = [];
    store.addCellListener('t', 'r', 'c', () => store.setCell('u', 'r', 'c', 1).setCell('t', 'r', 'd', 1), true);
    store.addCellListener('t', 'r', 'd', note(heard, 'mutator of d'), true);
    store.addTableListener('u', note(heard, 'mutator of u'), true);
    store.addTableListener('u', note(heard, 'listener to u'));
    store.setCell('t', 'r', 'c', 1);
    return heard;
  },
  [['listener to u', 'u']],
);

both(
  '1.10.8 mutators of values come after those of tables, so they are called for what these change, but not the reverse',
  (store) => {
    const heard = [];
    store.addTablesListener(() => heard.push('tables') && store.setValue('from tables', 1), true);
    store.addValueListener('v', () => heard.push('v') && store.setCell('t', 'r', 'from v', 1), true);
    store.addValueListener('from tables', () => heard.push('from tables'), true);
    store.addCellListener('t', 'r', 'from v', () => heard.push('from v'), true);
    store.transaction(() => store.setCell('t', 'r', 'c', 1));
    heard.push('-');
    store.setValue('v', 1);
    return [heard, store.getContent()];
  },
  [
    ['tables', 'from tables', '-', 'v'],
    [{t: {r: {c: 1, 'from v': 1}}}, {'from tables': 1, v: 1}],
  ],
);

both(
  '1.10.8 what one mutator changes does not change what another is told, but is what that one reads',
  (store) => {
    const heard = [];
    store.addCellListener('t', 'r', 'c', () => store.setCell('t', 'r', 'c', 2), true);
    store.addCellListener('t', 'r', 'c', (...args) => heard.push(args.slice(4, 6), store.getCell('t', 'r', 'c')), true);
    store.addCellListener('t', 'r', 'c', note(heard, 'listener'));
    store.setCell('t', 'r', 'c', 1);
    return heard;
  },
  [[1, none], 2, ['listener', 't', 'r', 'c', 2, none]],
);

both(
  '1.10.8 a mutator that takes a change back: no other listener is called',
  (store) => {
    const heard = [];
    store.setCell('t', 'r', 'c', 1).setValue('v', 1);
    store.addCellListener('t', 'r', 'c', (_store, _t, _r, _c, _new, old) => store.setCell('t', 'r', 'c', old), true);
    store.addValueListener('v', (_store, _v, _new, old) => store.setValue('v', old), true);
    for (const kind of ['Tables', 'Values']) store[`add${kind}Listener`](note(heard, kind));
    store.addCellListener(null, null, null, note(heard, 'cell'));
    store.setCell('t', 'r', 'c', 2).setValue('v', 2);
    return [heard, store.getContent()];
  },
  [[], [{t: {r: {c: 1}}}, {v: 1}]],
);

both(
  '1.10.8 a mutator that changes what it listens to is not called again',
  (store) => {
    let calls = 0;
    store.addCellListener('t', 'r', 'c', () => ++calls && store.setCell('t', 'r', 'c', (cell) => cell + 1), true);
    store.addValueListener('v', () => ++calls && store.setValue('v', (value) => value + 1), true);
    store.setCell('t', 'r', 'c', 1).setValue('v', 1);
    return [calls, store.getContent()];
  },
  [2, [{t: {r: {c: 2}}}, {v: 2}]],
);

both(
  '1.10.8 a listener that is no mutator cannot write',
  (store) => {
    store.addCellListener('t', 'r', 'c', () => store.setCell('t', 'r', 'd', 1));
    store.addCellListener('t', 'r', 'c', () => store.setCell('t', 'r', 'e', 1), false);
    store.addCellListener('t', 'r', 'c', () => store.setCell('t', 'r', 'f', 1), true);
    return store.setCell('t', 'r', 'c', 1).getTables();
  },
  {t: {r: {c: 1, f: 1}}},
);
