// 1.3 What a cell or a value may be, and what becomes of it.
import {runInNewContext} from 'node:vm';
import {both} from './both.mjs';
import {isTaken, taken} from './taking.mjs';

const valid = {
  'a text': 'x',
  'an empty text': '',
  'a number': 1.5,
  'the largest number': Number.MAX_VALUE,
  'the smallest number': 5e-324,
  true: true,
  false: false,
  null: null,
  'an object': {a: 1, b: {c: [null]}},
  'an empty object': {},
  'an array': [1, 'a', {}],
  'an empty array': [],
};
for (const [name, thing] of Object.entries(valid)) {
  both(`1.3.1 ${name} is a valid cell and value`, (store) => taken(store, thing), [thing, true, thing, true]);
}

const invalid = {
  undefined: undefined,
  NaN: NaN,
  Infinity: Infinity,
  '-Infinity': -Infinity,
  'a bigint': 1n,
  'a symbol': Symbol('s'),
  'a function in a row': () => 1,
  'a Date': new Date(0),
  'a RegExp': /x/,
  'a Map': new Map(),
  'a typed array': new Uint8Array(1),
  'an instance of a class': new (class {})(),
  'a boxed number': Object(1),
  'a boxed text': Object('x'),
  'a boxed boolean': Object(true),
  'an Error': new Error('x'),
  'a promise': Promise.resolve(1),
};
for (const [name, thing] of Object.entries(invalid)) {
  both(`1.3.1 ${name} is no valid cell or value`, (store) => taken(store, thing), [undefined, false, undefined, false]);
}

both(
  '1.3.1 what is no valid cell or value is reported as it was given',
  (store) => {
    const reported = [];
    const things = Object.values(invalid);
    store.addInvalidCellListener(null, null, null, (_store, _tableId, _rowId, _cellId, cells) =>
      reported.push(...cells.map((cell) => things.findIndex((thing) => Object.is(thing, cell)))),
    );
    store.addInvalidValueListener(null, (_store, _valueId, values) =>
      reported.push(...values.map((value) => things.findIndex((thing) => Object.is(thing, value)))),
    );
    for (const thing of things) store.setRow('t', 'r', {c: thing}).setValues({v: thing});
    return reported;
  },
  Object.keys(invalid).flatMap((_, index) => [index, index]),
);

both(
  '1.3.2 an object is plain if its prototype is null, or Object.prototype of this realm or of another',
  (store) => [
    isTaken(store, Object.create(null)),
    isTaken(store, {}),
    isTaken(store, runInNewContext('({a: 1})')),
    isTaken(store, Object.prototype),
    isTaken(store, Object.create(Object.create(null))),
  ],
  [true, true, true, true, true],
);

both(
  '1.3.2 an object whose prototype has a prototype is not plain',
  (store) => [
    isTaken(store, Object.create({})),
    isTaken(store, Object.setPrototypeOf({a: 1}, Array.prototype)),
    isTaken(store, runInNewContext('new Date()')),
    isTaken(store, runInNewContext('new (class {})()')),
  ],
  [false, false, false, false],
);

both(
  '1.3.2 an array is one whatever its prototype or realm is',
  (store) => [
    isTaken(store, runInNewContext('[1]')),
    isTaken(store, new (class extends Array {})()),
    isTaken(store, Object.setPrototypeOf([1], null)),
  ],
  [true, true, true],
);

both(
  '1.3.3 an object or array is stored as one text: U+FFFD and its JSON',
  (store) => store.setCell('t', 'r', 'c', {a: 1}).setCell('t', 'r', 'd', [1, 'x']).setValue('v', {b: []}).getJson(),
  '[{"t":{"r":{"c":"\ufffd{\\"a\\":1}","d":"\ufffd[1,\\"x\\"]"}}},{"v":"\ufffd{\\"b\\":[]}"}]',
);

both(
  '1.3.3 an object or array is decoded anew for each read, and is never the one that was set',
  (store) => {
    const object = {a: {}};
    store.setCell('t', 'r', 'c', object).setValue('v', object);
    const [one, two] = [store.getCell('t', 'r', 'c'), store.getCell('t', 'r', 'c')];
    const [three, four] = [store.getValue('v'), store.getValue('v')];
    object.a = 'changed';
    return [one === two, three === four, one === object, one.a === two.a, store.getCell('t', 'r', 'c')];
  },
  [false, false, false, false, {a: {}}],
);

both(
  '1.3.3 an object has changed if its JSON has: not by equal content, but by another order of keys',
  (store) => {
    const heard = [];
    store.addCellListener(null, null, null, (_store, _tableId, _rowId, _cellId, cell) => heard.push(Object.keys(cell)));
    store.addValueListener(null, (_store, _valueId, value) => heard.push(Object.keys(value)));
    for (const object of [
      {a: 1, b: 2},
      {a: 1, b: 2},
      {b: 2, a: 1},
      {b: 2, a: 1, c: undefined},
    ]) {
      store.setCell('t', 'r', 'c', object).setValue('v', object);
    }
    return heard;
  },
  [
    ['a', 'b'],
    ['a', 'b'],
    ['b', 'a'],
    ['b', 'a'],
  ],
);

both(
  '1.3.3 inside an object JSON decides: undefined goes from objects, is null in arrays, NaN is null, -0 is 0',
  (store) => store.setCell('t', 'r', 'c', {a: undefined, f: () => 1, b: [undefined, NaN, -0]}).getCell('t', 'r', 'c'),
  {b: [null, null, 0]},
);

both(
  '1.3.3 inside an object a Date becomes its ISO text, and toJSON counts, at the top too',
  (store) => [
    store.setCell('t', 'r', 'c', {at: new Date(0), x: {toJSON: () => 'mine'}}).getCell('t', 'r', 'c'),
    store.setCell('t', 'r', 'c', {a: 1, toJSON: () => ({b: 2})}).getCell('t', 'r', 'c'),
  ],
  [{at: '1970-01-01T00:00:00.000Z', x: 'mine'}, {b: 2}],
);

both(
  '1.3.3 an object that JSON cannot hold is invalid, and does not throw: cyclic, with a bigint, with a toJSON that throws',
  (store) => {
    const cyclic = {};
    cyclic.self = cyclic;
    const throwing = {
      toJSON: () => {
        throw new Error('toJSON');
      },
    };
    return [cyclic, [1n], {deep: {big: 1n}}, throwing].map((thing) => isTaken(store, thing));
  },
  [false, false, false, false],
);

both(
  '1.3.3 reserved texts are fine inside an object or array',
  (store) => store.setCell('t', 'r', 'c', ['\ufffc', '\ufffd{}']).getCell('t', 'r', 'c'),
  ['\ufffc', '\ufffd{}'],
);
