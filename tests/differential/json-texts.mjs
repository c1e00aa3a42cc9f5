// Random JSON texts of tables, values and contents: odd numbers, escapes, white space, repeated keys, damage.
import {createRandom} from './random.mjs';
import {hostileIds, objectTexts, oddTexts} from './samples.mjs';

const keys = ['a', 'b', 'c', 't1', 'r1', '1', '2', '10'];

const characters = [
  ...['a', 'b', 'é', '😀', '\ud800', '\udc00', '\u2028', '\u007f', '\ufffd'],
  ...['\\n', '\\u0041', '\\ud800', '\\udc00', '\\ud83d\\ude00', '\\/', '\\"', '\\\\', '\\b', '\\f', '\\t', '\\u00e9'],
  ...['\\u2028', '\\u0000', '\\ufffd', '\\ufffc'],
];
const badCharacters = ['\n', '\\x', '\\u12G4', '\u0001', '\\', '\\u12'];

// prettier-ignore
const numbers = [
  '0', '-0', '1', '-1', '1.0', '1e5', '1E5', '1e+5', '1e-5', '1e400', '-1e400', '1e-400', '0e0', '-0.0', '0.1e1', '4.35', '0.1',
  '9007199254740993', '123456789012345678901234567890', '0.000001', '1e-7', '1e21', '1e20', '5e-324', '2e-324', '3e-324',
  '1.7976931348623157e308', '1.7976931348623159e308', '100000000000000000000', '1.5e3',
];
const badNumbers = ['01', '1.', '.5', '--1', '+1', '1e', '1e+', '0x10', 'Infinity', 'NaN', '1_0', '-', '- 1'];

/**
 * Makes a random text.
 * @param {number} seed the same seed gives the same text
 * @returns {{method: 'setTablesJson' | 'setValuesJson' | 'setJson', text: string}} and what it is to be given to
 */
export const generateText = (seed) => {
  const {below, chance, pick, list, double} = createRandom(seed);
  // Most texts are well formed.
  const isBad = chance(20);
  const digits = (most) => list(1, most, () => String(below(10))).join('');
  const space = () =>
    chance(92) ? '' : pick([' ', '\n', '\t', '\r', '  ', ...(isBad ? ['\u00a0', '\ufeff', '\v'] : [])]);
  const string = () => {
    const character = () => pick(isBad && chance(3) ? badCharacters : characters);
    return `"${list(0, 4, character).join('')}"`;
  };
  const number = () => {
    if (isBad && chance(10)) return pick(badNumbers);
    switch (below(4)) {
      case 0:
        return String(double());
      case 1:
        return digits(25).replace(/^0+(?=\d)/, '');
      case 2:
        return `${below(1000)}.${digits(25)}e${below(600) - 300}`;
      default:
        return pick(numbers);
    }
  };
  const literal = () =>
    pick(['true', 'false', 'null', '""', '{}', '[]', ...(isBad ? ['True', 'nul', 'undefined', ''] : [])]);
  const key = () => (chance(5) ? string() : JSON.stringify(pick(chance(30) ? hostileIds : keys)));
  const separator = () => (isBad && chance(2) ? pick([',,', '', ';']) : ',');
  const object = (makeKey, make, most) => {
    const members = list(0, most, () => `${space()}${makeKey()}${space()}:${space()}${make()}${space()}`);
    return `${space()}{${members.join(separator())}${isBad && chance(2) ? ',' : ''}}${space()}`;
  };
  const any = (depth) => {
    const choices = [string, number, literal];
    if (depth > 0)
      choices.push(
        () => object(key, () => any(depth - 1), 3),
        () => `[${list(0, 3, () => any(depth - 1))}]`,
        encoded,
      );
    return pick(choices)();
  };
  const encoded = () => `"${pick(['\ufffd', '\\ufffd', '\\uFFFD'])}${JSON.stringify(any(2)).slice(1, -1)}"`;
  const cell = () => pick([string, number, number, () => '1', () => '"x"', encoded, () => any(2), literal])();
  const orAny = (make) => (chance(5) ? any(1) : make());
  const wideRow = () => object(() => JSON.stringify(`c${below(30)}`), cell, 40);
  const row = () => orAny(() => (chance(5) ? wideRow() : object(key, cell, 3)));
  const table = () => orAny(() => object(key, row, 3));
  const tables = () => orAny(() => object(key, table, 3));
  const values = () => orAny(() => object(key, cell, 3));
  const content = () => {
    if (chance(10)) return tables();
    return `${space()}[${[tables, values, () => any(1)].slice(0, below(4)).map((make) => make())}]${space()}`;
  };
  const damage = (text) => {
    const at = below(text.length + 1);
    return text.slice(0, at) + pick([...'{}[],:"\\0-.eE tnu', '\ud800', '']) + text.slice(at + below(2));
  };
  const [method, make] = pick([
    ['setTablesJson', tables],
    ['setValuesJson', values],
    ['setJson', content],
  ]);
  const text = chance(3) ? pick([...oddTexts, ...objectTexts]) : make();
  return {method, text: chance(10) ? damage(text) : text};
};
