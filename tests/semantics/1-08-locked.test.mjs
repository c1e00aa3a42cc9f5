// 1.8 Transactions: what works while the store is locked, because its listeners are being called.
import {both} from './both.mjs';
import {note} from './listening.mjs';

const before = [{t: {r: {c: 1}}}, {v: 1}];

/** What a use gives in a listener that is called while the store is locked, and the content afterwards. */
const whileLocked = (addListener) => (use) => (store) => {
  let result;
  addListener(store, () => (result = use(store)));
  store.setContent(before);
  return [result, store.getContent()];
};
const locked = {
  'a listener': whileLocked((store, listener) => store.addTablesListener(listener)),
  'a did-finish listener': whileLocked((store, listener) => store.addDidFinishTransactionListener(listener)),
};

const writes = {
  setContent: (store) => store.setContent([{u: {r: {c: 2}}}, {w: 2}]),
  setTables: (store) => store.setTables({u: {r: {c: 2}}}),
  setTable: (store) => store.setTable('t', {s: {c: 2}}),
  setRow: (store) => store.setRow('t', 'r', {d: 2}),
  setPartialRow: (store) => store.setPartialRow('t', 'r', {d: 2}),
  setCell: (store) => store.setCell('t', 'r', 'c', 2),
  'setCell with a mapper': (store) => store.setCell('t', 'r', 'c', () => 2),
  setValues: (store) => store.setValues({w: 2}),
  setPartialValues: (store) => store.setPartialValues({w: 2}),
  setValue: (store) => store.setValue('v', 2),
  applyChanges: (store) => store.applyChanges([{t: {r: {c: 2}}}, {v: undefined}, 1]),
  setTablesJson: (store) => store.setTablesJson('{}'),
  setValuesJson: (store) => store.setValuesJson('{}'),
  setJson: (store) => store.setJson('[{},{}]'),
  delTables: (store) => store.delTables(),
  delTable: (store) => store.delTable('t'),
  delRow: (store) => store.delRow('t', 'r'),
  delCell: (store) => store.delCell('t', 'r', 'c'),
  delValues: (store) => store.delValues(),
  delValue: (store) => store.delValue('v'),
};
for (const [listener, run] of Object.entries(locked)) {
  for (const [name, write] of Object.entries(writes)) {
    both(
      `1.8.5 ${name} in ${listener} does nothing, and returns the store`,
      run((store) => write(store) === store),
      [true, before],
    );
  }

  both(
    `1.8.5 transaction in ${listener} does not call its actions, and returns undefined`,
    run((store) => {
      let calls = 0;
      return [store.transaction(() => ++calls), calls];
    }),
    [[undefined, 0], before],
  );

  both(
    `1.8.5 addRow in ${listener} returns undefined`,
    run((store) => store.addRow('t', {c: 2})),
    [undefined, before],
  );

  both(
    `1.8.5 startTransaction and finishTransaction in ${listener} do nothing`,
    (store) => {
      const heard = [];
      locked[listener]((locked) => locked.startTransaction().startTransaction().finishTransaction())(store);
      store.addValueListener('v', note(heard, 'value'));
      store.setValue('v', 2);
      return [heard, store.getTransactionChanges()];
    },
    [[['value', 'v', 2, 1]], [{}, {}, 1]],
  );

  const schemas = [{t: {d: {type: 'string', default: 'x'}}}, {w: {type: 'string', default: 'x'}}];
  both(
    `1.8.5 setting a schema in ${listener} does nothing`,
    run((store) => {
      store
        .setTablesSchema(schemas[0])
        .setValuesSchema(schemas[1])
        .setSchema(...schemas);
      return store.getSchemaJson();
    }),
    ['[{},{}]', before],
  );

  both(
    `1.8.5 deleting a schema in ${listener} does nothing`,
    (store) => {
      store.setSchema({t: {c: {type: 'number'}}}, {v: {type: 'number'}});
      return locked[listener]((one) => one.delTablesSchema().delValuesSchema().delSchema().getSchemaJson())(store);
    },
    ['[{"t":{"c":{"type":"number"}}},{"v":{"type":"number"}}]', before],
  );
}

both(
  '1.8.5 a write that does nothing reports nothing as invalid',
  (store) => {
    const heard = [];
    store.addInvalidCellListener(null, null, null, note(heard, 'invalid'));
    store.addTablesListener(() => store.setCell('t', 'r', 'd', NaN).setRow('t', 's', {}));
    store.setCell('t', 'r', 'c', 1).setCell('t', 'r', 'c', 2);
    return heard;
  },
  [],
);

both(
  '1.8.5 a mapper is not called while the store is locked',
  (store) => {
    let calls = 0;
    store.addTablesListener(() => store.setCell('t', 'r', 'c', () => ++calls).setValue('v', () => ++calls));
    store.setCell('t', 'r', 'c', 1);
    return calls;
  },
  0,
);

both(
  '1.8.5 reading works while the store is locked, and shows the content as it will be',
  (store) => {
    const heard = [];
    store.addCellListener('t', 'r', 'c', () => heard.push(store.getContent(), store.getJson()));
    store.transaction(() => store.setCell('t', 'r', 'c', 1).setCell('t', 's', 'c', 1).setValue('v', 1));
    return heard;
  },
  [[{t: {r: {c: 1}, s: {c: 1}}}, {v: 1}], '[{"t":{"r":{"c":1},"s":{"c":1}}},{"v":1}]'],
);

both(
  '1.8.5 a listener added by another of the same kind and path is called in the same pass',
  (store) => {
    const heard = [];
    store.addCellListener(null, null, null, () => {
      heard.push('first');
      if (heard.length === 1) store.addCellListener(null, null, null, () => heard.push('added'));
    });
    store.setCell('t', 'r', 'c', 1);
    return heard;
  },
  ['first', 'added'],
);

both(
  '1.8.5 a listener added of a kind that comes later is called in the same pass, and not one of a kind that has been called',
  (store) => {
    const heard = [];
    store.addRowListener('t', 'r', () => {
      heard.push('row');
      if (heard.length > 1) return;
      store.addCellListener('t', 'r', 'c', () => heard.push('added to cell'));
      store.addTableIdsListener(() => heard.push('added to table ids'));
      store.addTableListener('t', () => heard.push('added to table'));
      store.addTablesListener(() => heard.push('added to tables'));
      store.addValueListener('v', () => heard.push('added to value'));
      store.addDidFinishTransactionListener(() => heard.push('added to did-finish'));
    });
    store.transaction(() => store.setCell('t', 'r', 'c', 1).setValue('v', 1));
    return heard;
  },
  ['row', 'added to table', 'added to tables', 'added to value', 'added to did-finish'],
);

both(
  '1.8.5 a listener that is deleted before its turn is not called',
  (store) => {
    const heard = [];
    let ids = [];
    store.addCellListener('t', 'r', 'c', () => {
      heard.push('first');
      for (const id of ids) store.delListener(id);
    });
    ids = [
      store.addCellListener('t', 'r', 'c', () => heard.push('same cell')),
      store.addCellListener('t', null, 'c', () => heard.push('wildcard')),
      store.addTablesListener(() => heard.push('tables')),
      store.addDidFinishTransactionListener(() => heard.push('did-finish')),
    ];
    store.addRowListener('t', 'r', () => heard.push('row'));
    store.setCell('t', 'r', 'c', 1);
    return heard;
  },
  ['first', 'row'],
);

both(
  '1.8.5 a listener may delete itself',
  (store) => {
    const heard = [];
    const id = store.addCellListener('t', 'r', 'c', () => heard.push('once') && store.delListener(id));
    store.addCellListener('t', 'r', 'c', () => heard.push('after'));
    store.setCell('t', 'r', 'c', 1).setCell('t', 'r', 'c', 2);
    return heard;
  },
  ['once', 'after', 'after'],
);
