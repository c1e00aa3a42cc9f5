// 1.1 The objects that a store hands out.
import {both} from './both.mjs';

const filled = (store) => store.setContent([{t: {r: {c: 1, o: {x: 1}}}}, {v: 1}]);

both(
  '1.1.5 what is handed out has a null prototype, at each level',
  (store) => {
    let changes;
    store.addDidFinishTransactionListener(() => (changes = store.getTransactionChanges()));
    filled(store);
    const [tables, values] = store.getContent();
    const objects = {
      tables: store.getTables(),
      tablesTable: store.getTables().t,
      tablesRow: store.getTables().t.r,
      table: store.getTable('t'),
      tableRow: store.getTable('t').r,
      row: store.getRow('t', 'r'),
      values: store.getValues(),
      contentTables: tables,
      contentRow: tables.t.r,
      contentValues: values,
      changedTables: changes[0],
      changedTable: changes[0].t,
      changedRow: changes[0].t.r,
      changedValues: changes[1],
    };
    return Object.keys(objects).filter((name) => Object.getPrototypeOf(objects[name]) !== null);
  },
  [],
);

both(
  '1.1.5 the objects of a transaction log have a null prototype',
  (store) => {
    let log;
    store.addDidFinishTransactionListener(() => (log = store.getTransactionLog()));
    filled(store).setCell('t', 'r', 'd', NaN);
    const objects = log.filter((part) => typeof part === 'object');
    return [objects.length, objects.filter((part) => Object.getPrototypeOf(part) !== null)];
  },
  [8, []],
);

both(
  '1.1.5 getIdChanges gives an object with a null prototype',
  (store) => {
    let prototype;
    store.addTableIdsListener((_store, getIdChanges) => (prototype = Object.getPrototypeOf(getIdChanges())));
    filled(store);
    return prototype;
  },
  null,
);

both(
  '1.1.5 ids that Object.prototype has, too, are ids like any other',
  (store) => {
    for (const id of ['__proto__', 'constructor', 'toString']) store.setCell(id, id, id, 1).setValue(id, 1);
    return [
      store.getTableIds(),
      Object.keys(store.getTables()),
      Object.entries(store.getRow('__proto__', '__proto__')),
      Object.keys(store.getTable('constructor')),
      store.getTables().hasOwnProperty,
      store.getValues().constructor,
      {}.__proto__ === Object.prototype,
    ];
  },
  [
    ['__proto__', 'constructor', 'toString'],
    ['__proto__', 'constructor', 'toString'],
    [['__proto__', 1]],
    ['constructor'],
    undefined,
    1,
    true,
  ],
);

both(
  '1.1.5 what is handed out is a new copy each time, and changing it changes nothing in the store',
  (store) => {
    filled(store);
    const reads = [
      store.getContent,
      store.getTables,
      () => store.getTable('t'),
      () => store.getRow('t', 'r'),
      store.getValues,
      store.getTableIds,
      () => store.getRowIds('t'),
      () => store.getCellIds('t', 'r'),
      store.getValueIds,
    ];
    const same = reads.filter((read) => read() === read());
    store.getTables().t.r.c = 2;
    store.getTable('t').r.o.x = 2;
    store.getRow('t', 'r').c = 2;
    store.getCell('t', 'r', 'o').x = 2;
    store.getValues().v = 2;
    store.getContent()[0].t = undefined;
    for (const ids of [store.getTableIds(), store.getRowIds('t'), store.getCellIds('t', 'r'), store.getValueIds()]) {
      ids.push('added');
    }
    return [same, store.getContent(), store.getTableIds(), store.getRowIds('t'), store.getCellIds('t', 'r')];
  },
  [[], [{t: {r: {c: 1, o: {x: 1}}}}, {v: 1}], ['t'], ['r'], ['c', 'o']],
);

both(
  '1.1.5 what is missing is an empty object with a null prototype, an empty array, undefined, 0 or false',
  (store) => [
    [store.getContent(), store.getTables(), store.getTable('t'), store.getRow('t', 'r'), store.getValues()],
    Object.getPrototypeOf(store.getRow('t', 'r')),
    [store.getTableIds(), store.getTableCellIds('t'), store.getRowIds('t'), store.getCellIds('t', 'r')],
    store.getValueIds(),
    [store.getCell('t', 'r', 'c'), store.getValue('v'), store.getRowCount('t')],
    [store.hasTables(), store.hasTable('t'), store.hasTableCell('t', 'c'), store.hasRow('t', 'r')],
    [store.hasCell('t', 'r', 'c'), store.hasValues(), store.hasValue('v')],
  ],
  [
    [[{}, {}], {}, {}, {}, {}],
    null,
    [[], [], [], []],
    [],
    [undefined, undefined, 0],
    [false, false, false, false],
    [false, false, false],
  ],
);

both('1.1.5 the sorted row ids of a missing table are an empty array', (store) => store.getSortedRowIds('t', 'c'), []);
