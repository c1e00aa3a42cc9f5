// 1.8 Transactions: the order in which everything happens.
import {both} from './both.mjs';
import {hearAll, hearMoments, note} from './listening.mjs';

both(
  '1.8.1 transactions nest: what has happened is announced by the finish that matches the first start',
  (store) => {
    const heard = [];
    store.addTablesListener(() => heard.push('tables'));
    store.startTransaction().startTransaction().setCell('t', 'r', 'c', 1).finishTransaction();
    heard.push('inner finished');
    store.setCell('t', 'r', 'c', 2).finishTransaction();
    return [heard, store.getTables()];
  },
  [['inner finished', 'tables'], {t: {r: {c: 2}}}],
);

both(
  '1.8.1 inside a transaction its writes are read at once',
  (store) =>
    store.transaction(() => [store.setCell('t', 'r', 'c', 1).getCell('t', 'r', 'c'), store.delTable('t').getTables()]),
  [1, {}],
);

both(
  '1.8.1 a start listener is called when the outermost transaction starts, and not for one inside',
  (store) => {
    let starts = 0;
    store.addStartTransactionListener(() => starts++);
    store.startTransaction();
    const afterStart = starts;
    store.transaction(() => store.setCell('t', 'r', 'c', 1)).finishTransaction();
    return [afterStart, starts];
  },
  [1, 1],
);

both(
  '1.8.1 start listeners may write, as part of the transaction',
  (store) => {
    const heard = [];
    store.addStartTransactionListener(() => store.setCell('t', 'started', 'c', 1));
    store.addRowListener('t', null, note(heard, 'row'));
    store.setCell('t', 'r', 'c', 1);
    store.transaction(
      () => store.setCell('t', 's', 'c', 1),
      () => true,
    );
    return [heard, store.getTables()];
  },
  [
    [
      ['row', 't', 'started'],
      ['row', 't', 'r'],
    ],
    {t: {started: {c: 1}, r: {c: 1}}},
  ],
);

both(
  '1.8.1 a start, will-finish or did-finish listener gets the store and nothing else',
  (store) => {
    const heard = [];
    for (const moment of ['Start', 'WillFinish', 'DidFinish']) {
      store[`add${moment}TransactionListener`]((...args) => heard.push([args.length, args[0] === store]));
    }
    store.setValue('v', 1);
    return heard;
  },
  [
    [1, true],
    [1, true],
    [1, true],
  ],
);

const ofOneCell = [
  ...['invalidCell', 'hasTables', 'tableIds', 'hasTable', 'tableCellIds', 'hasTableCell', 'rowCount', 'rowIds'],
  ...['hasRow', 'sortedRowIds', 'cellIds', 'hasCell', 'cell', 'row', 'table', 'tables'],
];
const ofOneValue = ['invalidValue', 'hasValues', 'valueIds', 'hasValue', 'value', 'values'];
const named = (prefix, kinds) => kinds.map((kind) => prefix + kind[0].toUpperCase() + kind.slice(1));
const change = (store) => store.setRow('t', 'r', {c: 1, bad: NaN}).setValues({v: 1, bad: NaN});

both(
  '1.8.2 the whole order: start, actions, mutators, doRollback, will-finish, the other listeners, did-finish',
  (store) => {
    const heard = [];
    hearAll(store, heard, '');
    hearAll(store, heard, 'mutator ', true);
    hearMoments(store, heard);
    store.transaction(
      () => heard.push('actions') && change(store),
      () => {
        heard.push('doRollback');
      },
    );
    return heard;
  },
  [
    ...['start', 'actions'],
    ...named('mutator ', ofOneCell),
    ...named('mutator ', ofOneValue),
    ...['doRollback', 'willFinish'],
    ...named('', ofOneCell),
    ...named('', ofOneValue),
    'didFinish',
  ],
);

both(
  '1.8.2 the order with the kinds that are not about has, counts, sorting or invalid input',
  (store) => {
    const heard = [];
    const rest = ['Values', 'Row', 'Tables', 'Cell', 'Table', 'CellIds', 'ValueIds', 'TableIds', 'RowIds', 'Value'];
    const paths = {Row: 2, Cell: 3, Table: 1, CellIds: 2, RowIds: 1, Value: 1};
    for (const mutator of [false, true]) {
      for (const kind of rest) {
        const path = Array(paths[kind] ?? 0).fill(null);
        store[`add${kind}Listener`](...path, () => heard.push((mutator ? 'M ' : '') + kind), mutator);
      }
    }
    hearMoments(store, heard);
    store.transaction(
      () => heard.push('actions') && change(store),
      () => {
        heard.push('doRollback');
      },
    );
    return heard.join(', ');
  },
  'start, actions, M TableIds, M RowIds, M CellIds, M Cell, M Row, M Table, M Tables, M ValueIds, M Value, M Values, ' +
    'doRollback, willFinish, TableIds, RowIds, CellIds, Cell, Row, Table, Tables, ValueIds, Value, Values, didFinish',
);

both(
  '1.8.2 the order is the same when everything is deleted',
  (store) => {
    const heard = [];
    change(store);
    hearAll(store, heard, '');
    store.transaction(() => store.delTables().delValues());
    return heard;
  },
  named(
    '',
    [...ofOneCell, ...ofOneValue].filter((kind) => !kind.startsWith('invalid')),
  ),
);

both(
  '1.8.2 a change of a cell alone calls the listeners to the cell and what holds it, and no listener to ids',
  (store) => {
    const heard = [];
    change(store);
    hearAll(store, heard, '');
    store.setCell('t', 'r', 'c', 2).setValue('v', 2);
    return heard;
  },
  ['Cell', 'Row', 'Table', 'Tables', 'Value', 'Values'],
);

both(
  '1.8.2 values alone call no listener to tables, nor tables one to values',
  (store) => {
    const heard = [];
    store.addTablesListener(() => heard.push('tables'));
    store.addValuesListener(() => heard.push('values'));
    store.setValue('v', 1);
    store.setCell('t', 'r', 'c', 1);
    return heard;
  },
  ['values', 'tables'],
);
