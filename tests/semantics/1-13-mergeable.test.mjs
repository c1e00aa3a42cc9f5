// 1.13 Mergeable stores.
import {both} from './both.mjs';

const HLC = '-----Ec----mmxrx';
const now = () => 1000;

/** Changes of one row, by its cells. */
const changes = (cells) => [[{t: [{r: [cells]}]}], [{}], 1];

/** The cells of that row with their HLCs, but for the client's part. */
const stampsOf = (store) => {
  const cells = Object.entries(store.getMergeableContent()[0][0].t?.[0].r?.[0] ?? {});
  return Object.fromEntries(cells.map(([id, [cell, hlc]]) => [id, [cell, hlc.slice(0, 11)]]));
};

both('1.13.1 a store that createStore makes is not mergeable', (store) => store.isMergeable(), false);

both(
  '1.13.2 each write has the next HLC, and one that changes nothing has none',
  (_store, _createStore, createMergeableStore) => {
    const store = createMergeableStore('one', now).setRow('t', 'r', {a: 1, b: 1}).setCell('t', 'r', 'a', 1);
    store.transaction(() => store.setCell('t', 'r', 'b', 2).setCell('t', 'r', 'b', 1).setCell('t', 'r', 'c', 1));
    return [store.isMergeable(), stampsOf(store)];
  },
  [true, {a: [1, '-----Ec----'], b: [1, '-----Ec---2'], c: [1, '-----Ec---3']}],
);

both(
  '1.13.3 a deleted cell is undefined in its stamp, and a deleted table has stamps',
  (_store, _createStore, createMergeableStore) => {
    const store = createMergeableStore('one', now).setRow('t', 'r', {a: 1, b: 1}).delCell('t', 'r', 'a');
    const deleted = stampsOf(store);
    return [deleted, stampsOf(store.delTables()), store.getTables()];
  },
  [
    {a: [undefined, '-----Ec---1'], b: [1, '-----Ec---0']},
    {a: [undefined, '-----Ec---1'], b: [undefined, '-----Ec---2']},
    {},
  ],
);

both(
  '1.13.4 of two changes the later one wins, and each may come twice',
  (_store, _createStore, createMergeableStore) => {
    const early = changes({c: [1, '-----Ec----mmxrx']});
    const late = changes({c: [2, '-----Ec---0mmxrx']});
    return [
      [early, late],
      [late, early],
      [late, early, late, early],
    ].map((all) => {
      const store = createMergeableStore('one', now);
      all.forEach(store.applyMergeableChanges);
      return store.getCell('t', 'r', 'c');
    });
  },
  [2, 2, 2],
);

both(
  '1.13.5 one bad stamp among good ones, or a time more than five minutes ahead, and nothing is applied',
  (_store, _createStore, createMergeableStore) =>
    [
      {a: [1, HLC], b: [1, 'x']},
      {a: [1, HLC], b: [NaN, HLC]},
      {a: [1, HLC], b: [1, HLC, 'x']},
      {a: [1, HLC], b: [1, '---08U8----mmxrx']},
      {a: [1, HLC], b: [1, '---08U7----mmxrx']},
    ].map((cells) => createMergeableStore('one', now).applyMergeableChanges(changes(cells)).getTables()),
  [{}, {}, {}, {}, {t: {r: {a: 1, b: 1}}}],
);

both(
  '1.13.6 default content has no HLC, nor have defaults of a schema',
  (_store, _createStore, createMergeableStore) => {
    const store = createMergeableStore('one', now).setDefaultContent([{t: {r: {a: 1, b: 1}}}, {}]);
    const defaults = stampsOf(store);
    store.applyMergeableChanges(changes({a: [2, HLC]}));
    const other = createMergeableStore('two', now).setTablesSchema({
      t: {d: {type: 'number', default: 7}, e: {type: 'number'}},
    });
    return [defaults, stampsOf(store), stampsOf(other.setRow('t', 'r', {e: 1}))];
  },
  [
    {a: [1, ''], b: [1, '']},
    {a: [2, '-----Ec----'], b: [1, '']},
    {e: [1, '-----Ec----'], d: [7, '']},
  ],
);

both(
  '1.13.7 rolling back takes the stamps back, but not the HLCs',
  (_store, _createStore, createMergeableStore) => {
    const store = createMergeableStore('one', now).setCell('t', 'r', 'a', 1);
    store.transaction(
      () => store.setCell('t', 'r', 'a', 2).setCell('t', 'r', 'b', 2),
      () => true,
    );
    return [stampsOf(store), stampsOf(store.setCell('t', 'r', 'a', 3))];
  },
  [{a: [1, '-----Ec----']}, {a: [3, '-----Ec---4']}],
);

both(
  '1.13.8 a mutator that hears of what is merged gets the store, and its write a stamp',
  (_store, _createStore, createMergeableStore) => {
    const store = createMergeableStore('one', now);
    let isSame;
    const mutate = (its) => void (isSame = its.setCell('t', 'r', 'm', 1) === store);
    store.addCellListener('t', 'r', 'a', mutate, true);
    return [stampsOf(store.applyMergeableChanges(changes({a: [1, HLC]}))), isSame];
  },
  [{a: [1, '-----Ec----'], m: [1, '-----Ec---0']}, true],
);

both(
  '1.13.9 a change that is undone is among the changes, and outside a transaction there are none',
  (_store, _createStore, createMergeableStore) => {
    const store = createMergeableStore('client1', now).setCell('t', 'r', 'a', 1);
    const within = store.transaction(() => {
      store.setCell('t', 'r', 'a', 2).setCell('t', 'r', 'a', 1).delRow('u', 'r').setValue('v', 1).delValue('v');
      return store.getTransactionMergeableChanges();
    });
    return [within, store.getTransactionMergeableChanges(true)];
  },
  [
    [[{t: [{r: [{a: [1, '-----Ec---1mmxrx']}]}]}], [{v: [undefined, '-----Ec---3mmxrx']}], 1],
    [[{}, '', 36489380], [{}, '', 3881278443], 1],
  ],
);

both(
  '1.13.10 what a store lacks is found from the tables down',
  (_store, _createStore, createMergeableStore) => {
    const one = createMergeableStore('one', now).setTables({t: {r: {a: 1, b: 1}, s: {a: 1}}, u: {r: {a: 1}}});
    const other = createMergeableStore('two', now).merge(one);
    one.setCell('t', 'r', 'b', 2).setCell('t', 'q', 'a', 1).setCell('w', 'r', 'a', 1).setValue('v', 1);
    const [tables, tableHashes] = one.getMergeableTableDiff(other.getMergeableTableHashes());
    const [rows, rowHashes] = one.getMergeableRowDiff(other.getMergeableRowHashes(tableHashes));
    const cells = one.getMergeableCellDiff(other.getMergeableCellHashes(rowHashes));
    const values = one.getMergeableValueDiff(other.getMergeableValueHashes());
    [tables, rows, cells].forEach((stamp) => other.applyMergeableChanges([stamp, values, 1]));
    const idsOf = ([things]) => Object.keys(things);
    return [
      [idsOf(tables), idsOf(rows[0].t), idsOf(cells[0].t[0].r), idsOf(values)],
      JSON.stringify(one.getMergeableContentHashes()) === JSON.stringify(other.getMergeableContentHashes()),
    ];
  },
  [[['w'], ['q'], ['b'], ['v']], true],
);
