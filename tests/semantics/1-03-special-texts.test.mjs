// 1.3 Texts that are reserved, -0, and functions in place of cells and values.
import {both} from './both.mjs';
import {isTaken} from './taking.mjs';

both(
  '1.3.4 the text U+FFFC and texts that start with U+FFFD are invalid as cells and values',
  (store) => ['\ufffc', '\ufffd', '\ufffdx', '\ufffd{}', '\ufffd[1]'].map((text) => isTaken(store, text)),
  [false, false, false, false, false],
);

both(
  '1.3.4 reserved texts are invalid in every public setter, also when a mapper returns them',
  (store) => {
    store
      .setTables({t: {r: {c: '\ufffd1'}}})
      .setTable('t', {r: {c: '\ufffd1'}})
      .setPartialRow('t', 'r', {c: '\ufffd1'});
    store
      .setCell('t', 'r', 'c', '\ufffd1')
      .setCell('t', 'r', 'c', () => '\ufffd[]')
      .setCell('t', 'r', 'c', () => '\ufffc');
    store
      .setPartialValues({v: '\ufffc'})
      .setValue('v', '\ufffd')
      .setContent([{t: {r: {c: '\ufffd{}'}}}, {v: '\ufffd{}'}]);
    store.applyChanges([{t: {r: {c: '\ufffd{}'}}}, {v: '\ufffc'}, 1]);
    return [store.addRow('t', {c: '\ufffd{}'}), store.getContent()];
  },
  [undefined, [{}, {}]],
);

both(
  '1.3.4 both characters are fine elsewhere in a text',
  (store) => ['\ufffc\ufffc', 'x\ufffd', ' \ufffd{}', '\ufffcx', 'x\ufffc'].map((text) => isTaken(store, text)),
  [true, true, true, true, true],
);

const decoded = (store) => [store.getTables(), store.getValues()];

both(
  '1.3.5 in a JSON text, a text of U+FFFD and the JSON of an object or array stands for it',
  (store) => {
    store.setTablesJson('{"t":{"r":{"c":"\ufffd{\\"a\\":1}"}}}').setValuesJson('{"v":"\ufffd[1]"}');
    const first = decoded(store);
    store.setJson('[{"t":{"r":{"c":"\ufffd[]"}}},{"v":"\ufffd{}"}]');
    return [first, decoded(store)];
  },
  [
    [{t: {r: {c: {a: 1}}}}, {v: [1]}],
    [{t: {r: {c: []}}}, {v: {}}],
  ],
);

both(
  '1.3.5 what follows U+FFFD must be JSON of an object or array; U+FFFC stays invalid',
  (store) => {
    const cells = ['\ufffd', '\ufffd1', '\ufffd"x"', '\ufffdnull', '\ufffd{', '\ufffd{"a":1}', '\ufffc', 'x'];
    const row = Object.fromEntries(cells.map((cell, index) => [`c${index}`, cell]));
    return decoded(store.setJson(JSON.stringify([{t: {r: row}}, row])));
  },
  [{t: {r: {c5: {a: 1}, c7: 'x'}}}, {c5: {a: 1}, c7: 'x'}],
);

both(
  '1.3.5 objects and arrays written out in a JSON text are taken, too',
  (store) => decoded(store.setJson('[{"t":{"r":{"c":{"a":[1]}}}},{"v":[{}]}]')),
  [{t: {r: {c: {a: [1]}}}}, {v: [{}]}],
);

const tablesSchema = {
  t: {o: {type: 'object'}, a: {type: ['string', 'array']}, s: {type: 'string'}, e: {enum: ['x']}},
};
const valuesSchema = {o: {type: 'object'}, s: {type: 'string'}};

both(
  '1.3.5 with a schema, such a text must be of a type that is allowed, and is none of an enum',
  (store) => {
    store.setTablesSchema(tablesSchema).setValuesSchema(valuesSchema);
    const row = (cell) => ({o: cell, a: cell, s: cell, e: cell});
    store.setTablesJson(JSON.stringify({t: {object: row('\ufffd{}'), array: row('\ufffd[]')}}));
    store.setValuesJson(JSON.stringify({o: '\ufffd{}', s: '\ufffd{}'}));
    return decoded(store);
  },
  [{t: {object: {o: {}}, array: {a: []}}}, {o: {}}],
);

both(
  '1.3.6 -0 is stored as -0',
  (store) => [
    store.setCell('t', 'r', 'c', -0).getCell('t', 'r', 'c'),
    store.setValue('v', -0).getValue('v'),
    store.getRow('t', 'r'),
  ],
  [-0, -0, {c: -0}],
);

both(
  '1.3.6 -0 is no change from 0, so 0 stays; and it is 0 in JSON',
  (store) => {
    const heard = [];
    store.addCellListener(null, null, null, () => heard.push('cell'));
    store.addValueListener(null, () => heard.push('value'));
    store.setCell('t', 'r', 'c', 0).setCell('t', 'r', 'c', -0).setValue('v', 0).setValue('v', -0);
    store.setCell('t', 'r', 'd', -0);
    return [heard, store.getCell('t', 'r', 'c'), store.getJson()];
  },
  [['cell', 'value', 'cell'], 0, '[{"t":{"r":{"c":0,"d":0}}},{"v":0}]'],
);

both(
  '1.3.7 a function given to setCell or setValue is called with what is there and gives what is set',
  (store) => {
    const seen = [];
    const map = (to) => (from) => seen.push(from) && to;
    store
      .setCell('t', 'r', 'c', map(1))
      .setCell('t', 'r', 'c', map({a: 1}))
      .setCell('t', 'r', 'c', map('x'));
    store
      .setValue('v', map([1]))
      .setValue('v', map(null))
      .setValue('v', map(true));
    return [seen, store.getContent()];
  },
  [
    [undefined, 1, {a: 1}, undefined, [1], null],
    [{t: {r: {c: 'x'}}}, {v: true}],
  ],
);

both(
  '1.3.7 what a mapper gives must be valid; a function that it gives is not called',
  (store) => {
    let calls = 0;
    store.setCell('t', 'r', 'c', 1).setValue('v', 1);
    for (const result of [undefined, NaN, () => ++calls]) {
      store.setCell('t', 'r', 'c', () => result).setValue('v', () => result);
    }
    return [calls, store.getContent()];
  },
  [0, [{t: {r: {c: 1}}}, {v: 1}]],
);

both(
  '1.3.7 functions inside rows, tables and values are invalid, and are not called',
  (store) => {
    let calls = 0;
    const map = () => ++calls;
    store
      .setRow('t', 'r', {c: map, d: 1})
      .setPartialRow('t', 'r', {e: map})
      .setTable('u', {r: {c: map, d: 1}});
    store
      .setTables({...store.getTables(), w: {r: {c: map}}})
      .setValues({v: map, w: 1})
      .setPartialValues({x: map});
    return [calls, store.getContent()];
  },
  [0, [{t: {r: {d: 1}}, u: {r: {d: 1}}}, {w: 1}]],
);
