// 1.1 What a store is as an object.
import {both, thrownBy} from './both.mjs';

const methods = `
addCellIdsListener addCellListener addDidFinishTransactionListener addHasCellListener addHasRowListener
addHasTableCellListener addHasTableListener addHasTablesListener addHasValueListener addHasValuesListener
addInvalidCellListener addInvalidValueListener addRow addRowCountListener addRowIdsListener addRowListener
addSortedRowIdsListener addStartTransactionListener addTableCellIdsListener addTableIdsListener addTableListener
addTablesListener addValueIdsListener addValueListener addValuesListener addWillFinishTransactionListener
applyChanges callListener delCell delListener delRow delSchema delTable delTables delTablesSchema delValue delValues
delValuesSchema finishTransaction forEachCell forEachRow forEachTable forEachTableCell forEachValue getCell getCellIds
getContent getJson getListenerStats getRow getRowCount getRowIds getSchemaJson getSortedRowIds getTable
getTableCellIds getTableIds getTables getTablesJson getTablesSchemaJson getTransactionChanges getTransactionLog
getValue getValueIds getValues getValuesJson getValuesSchemaJson hasCell hasRow hasTable hasTableCell hasTables
hasTablesSchema hasValue hasValues hasValuesSchema isMergeable setCell setContent setJson setPartialRow
setPartialValues setRow setSchema setTable setTables setTablesJson setTablesSchema setValue setValues setValuesJson
setValuesSchema startTransaction transaction`;

both(
  '1.1.1 a store is a frozen plain object',
  (store) => [Object.isFrozen(store), Object.getPrototypeOf(store) === Object.prototype],
  [true, true],
);

both(
  '1.1.1 its methods are own, enumerable, and not shared with another store',
  (store, createStore) => {
    const other = createStore();
    const functions = Object.entries(store).filter(([, value]) => typeof value === 'function');
    return [functions.length > 60, functions.filter(([name, method]) => method === other[name])];
  },
  [true, []],
);

both(
  '1.1.1 methods do not use this: they can be taken out of the object',
  (store) => {
    const {setCell, transaction, getTables, addCellListener} = store;
    let calls = 0;
    addCellListener(null, null, null, () => calls++);
    transaction(() => setCell('t', 'r', 'c', 1));
    return [getTables(), calls, setCell.call({}, 't', 'r', 'c', 2) === store];
  },
  [{t: {r: {c: 1}}}, 1, true],
);

both(
  '1.1.1 a method can be handed on as a callback: startTransaction and finishTransaction as listeners',
  (store) => {
    store.addTablesListener(store.startTransaction);
    store.addTablesListener(store.finishTransaction);
    store.setCell('t', 'r', 'c', 1).setCell('t', 'r', 'c', 2);
    return ['a', 'b'].map(store.hasTable).concat(store.getCell('t', 'r', 'c'));
  },
  [false, false, 2],
);

both(
  '1.1.2 assigning, adding or deleting a property throws',
  (store) => [
    thrownBy(() => (store.setCell = () => {})),
    thrownBy(() => (store.added = 1)),
    thrownBy(() => delete store.setCell),
  ],
  ['TypeError', 'TypeError', 'TypeError'],
);

both(
  '1.1.3 there are 94 methods',
  (store) =>
    Object.keys(store)
      .filter((name) => typeof store[name] === 'function')
      .sort(),
  methods.trim().split(/\s+/),
);

both(
  '1.1.3 the methods that add listeners are found by a name put together',
  (store) => {
    const heard = [];
    for (const kind of ['Tables', 'Values']) {
      const name = `add${kind}Listener`;
      if (Object.hasOwn(store, name)) store[name](() => heard.push(kind));
    }
    store.setCell('t', 'r', 'c', 1).setValue('v', 1);
    return heard;
  },
  ['Tables', 'Values'],
);

const fluent = {
  setContent: [[{t: {r: {c: 1}}}, {v: 1}]],
  setTables: [{t: {r: {c: 1}}}],
  setTable: ['t', {r: {c: 1}}],
  setRow: ['t', 'r', {c: 1}],
  setPartialRow: ['t', 'r', {c: 1}],
  setCell: ['t', 'r', 'c', 1],
  setValues: [{v: 1}],
  setPartialValues: [{v: 1}],
  setValue: ['v', 1],
  applyChanges: [[{}, {}, 1]],
  setTablesJson: ['{}'],
  setValuesJson: ['{}'],
  setJson: ['[{},{}]'],
  delTables: [],
  delTable: ['t'],
  delRow: ['t', 'r'],
  delCell: ['t', 'r', 'c'],
  delValues: [],
  delValue: ['v'],
  startTransaction: [],
  finishTransaction: [],
  delListener: ['0'],
};
const fluentWithSchemas = {
  setTablesSchema: [{t: {c: {type: 'number'}}}],
  setValuesSchema: [{v: {type: 'number'}}],
  setSchema: [{}, {}],
  delTablesSchema: [],
  delValuesSchema: [],
  delSchema: [],
};

const whichReturnTheStore = (methodsAndArguments) => (store) =>
  Object.entries(methodsAndArguments).map(([name, args]) => [name, store[name](...args) === store]);
const allOf = (methodsAndArguments) => Object.keys(methodsAndArguments).map((name) => [name, true]);

both('1.1.4 methods that write return the store they belong to', whichReturnTheStore(fluent), allOf(fluent));

both(
  '1.1.4 methods that set or delete a schema return the store they belong to',
  whichReturnTheStore(fluentWithSchemas),
  allOf(fluentWithSchemas),
);

both('1.1.4 callListener returns the store', (store) => store.callListener('0') === store, true);

both(
  '1.1.4 methods return the store even when what they are given is invalid',
  (store) => [store.setTables(), store.setCell('t', 'r', 'c'), store.setJson('{')].map((one) => one === store),
  [true, true, true],
);

both(
  '1.1.4 addRow returns an id, or undefined for an invalid row; transaction returns what its actions return',
  (store) => {
    const result = {};
    return [store.addRow('t', {c: 1}), store.addRow('t', {}), store.transaction(() => result) === result];
  },
  ['0', undefined, true],
);

both(
  '1.1.6 hasTablesSchema and hasValuesSchema give undefined until a schema was set, and false once it is deleted',
  (store) => {
    const both = () => [store.hasTablesSchema(), store.hasValuesSchema()];
    const results = [both()];
    store.setSchema({t: {c: {type: 'number'}}}, {v: {type: 'number'}});
    results.push(both());
    store.delSchema();
    return [...results, both()];
  },
  [
    [undefined, undefined],
    [true, true],
    [false, false],
  ],
);

both(
  '1.1.6 deleting a schema that never was is enough for false, for that half',
  (store) => [store.delTablesSchema().hasTablesSchema(), store.hasValuesSchema()],
  [false, undefined],
);

both('1.1.7 a store has no destroy', (store) => 'destroy' in store, false);

both(
  '1.1.7 everything is synchronous: when a setter returns, its listeners have been called',
  (store) => {
    const heard = [];
    store.addCellListener(null, null, null, (_store, _tableId, _rowId, _cellId, cell) => heard.push(cell));
    for (const cell of [1, 2]) heard.push(store.setCell('t', 'r', 'c', cell).getCell('t', 'r', 'c') * 10);
    return heard;
  },
  [1, 10, 2, 20],
);
