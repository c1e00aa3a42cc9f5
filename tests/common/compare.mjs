// Does the same with TinyBase's common functions and with those of this package, and compares what comes of it.
import assert from 'node:assert/strict';
import {inspect} from 'node:util';
import * as theirs from 'tinybase/common';
import * as ours from '../../pkg/common.js';

export {ours, theirs};

/** The result of an action, or the class of what it throws. */
const resultOf = (action) => {
  try {
    return {result: action()};
  } catch (error) {
    return {thrown: error.name};
  }
};

/**
 * Asserts that an action has the same result with both libraries.
 * @param {(common: typeof theirs) => unknown} action
 * @param {() => string} describe says which case it was, if they differ
 */
export const assertSame = (action, describe = () => String(action)) => {
  const [expected, actual] = [theirs, ours].map((common) => resultOf(() => action(common)));
  try {
    assert.deepStrictEqual(actual, expected);
  } catch (error) {
    error.message = `${describe()}: ${error.message}`;
    throw error;
  }
};

/** Asserts the same of a call of one function. */
export const assertSameCall = (name, ...args) =>
  assertSame(
    (common) => common[name](...args),
    () => `${name}(${args.map((argument) => inspect(argument)).join(', ')})`,
  );

const nothing = Object.freeze(Object.create(null));

/** What nobody should give to a function, and what is at the edge of what one may. */
// prettier-ignore
export const hostile = [
  undefined, null, true, false, 0, -0, 1, -1, 1.5, -1.5, 63, 64, NaN, Infinity, -Infinity, 2 ** 24 - 1, 2 ** 24, 2 ** 31,
  -(2 ** 31), 2 ** 32, 2 ** 32 + 5, 2 ** 42 - 1, 2 ** 42, 2 ** 42 + 64, 2 ** 53, -(2 ** 42) - 65, 1e21, 1e300, -1e300, 5e-324,
  '', '0', '1', 'a', 'ab', 'x:y', ':', '1e3', ' ', '__proto__', 'é', '日本', '😀', '\ud800', '\udc00', '\ud800x', '\udc00\ud800',
  '\ud83d', '\ufffd', '\ufffc', '\ufffd{"a":1}', '\uffff', '\u0000', '\ud7ff', '"', '\u2028', 'x'.repeat(48), 'x'.repeat(49),
  'é'.repeat(48), 'é'.repeat(49), '😀'.repeat(30), `${'x'.repeat(60)}\ud800`, 10n, -1n, Symbol('s'), [], [1, 2], ['a'], [[]], [undefined],
  {}, {a: 1}, {a: 1, b: 2}, {b: 2, a: 1}, {a: undefined}, {a: null}, {a: '1'}, {a: -1}, {a: 2 ** 32 + 5}, {a: 1.7}, {a: {}},
  {a: 1n}, {a: Symbol('s')}, {'\ud800': 7}, {['__proto__']: 9}, {'': 0}, {'x:y': 1}, {[Symbol('s')]: 3}, {length: 3}, nothing,
  Object.create({q: 5}), {toString: () => 'S'}, {toString: () => 'S', valueOf: () => 7}, {toString: () => ''}, {toJSON: () => 'q'},
  {toJSON: () => undefined}, {valueOf: () => { throw new RangeError('valueOf'); }}, {get a() { throw new RangeError('getter'); }},
  () => 1, new Date(0), new Date(NaN), new Map([['a', 1]]), new Map([[2, 'x'], [1, {m: new Map([['z', 1]])}]]), new Set([1]),
  new String('xy'), new Number(5), /x/, new Proxy({a: 1}, {}), Object.assign([1], {x: 2}),
];
