// What the rows of a table may hold in one cell, by kinds of which the order differs.
import {createRandom} from './random.mjs';

const {below, chance, pick} = createRandom(1);

/** Pieces of texts whose order by UTF-16 units is none by code points. */
export const units = [
  'a',
  'b',
  '',
  '\0',
  'é',
  '漢',
  '\ud7ff',
  '\ud83d',
  '\udc15',
  '🐕',
  '\ue000',
  '\uffff',
  'abcdefgh',
];
const text = () => Array.from({length: below(4)}, () => pick(units)).join('');

/** Functions that make one cell after another; `undefined` stands for none. */
export const columns = {
  'a few numbers': () => below(9) - 4,
  'many numbers': () => (below(2 ** 31) - 2 ** 30) * 10 ** (below(40) - 20),
  'numbers, booleans, null and nothing': () => pick([-1, -0, 0, 0.5, 1, 2, true, false, null, undefined]),
  texts: text,
  'long texts that begin alike': () => 'x'.repeat(100) + text(),
  'texts and nothing': () => (chance(90) ? text() : undefined),
  'texts and numbers': () => pick([text(), below(20), `${below(20)}`, null]),
  'objects and arrays': () => pick([{a: below(3)}, [below(20)], [text(), [1]], below(9), [], text()]),
};
