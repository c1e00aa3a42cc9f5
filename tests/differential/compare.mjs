// Runs a program on two libraries and says where they first differ.
import {compile} from './record.mjs';
import {render} from './render.mjs';

/**
 * @typedef {{line: number, expected: string[], actual: string[], error?: string}} Difference the two traces, and
 *   the index of the first line that differs
 */

/**
 * Runs a program on both libraries.
 * @param {ReturnType<typeof import('./generate.mjs').generate>} program
 * @param {() => object} createExpected makes a store of the library that is right
 * @param {() => object} createActual makes a store of the library under test
 * @param {number} [every] after how many operations the state is compared; the results always are
 * @returns {Difference | undefined} undefined if nothing differs
 */
export const compare = (program, createExpected, createActual, every) => {
  const run = compile(render(program), every);
  const expected = run(createExpected);
  const actual = run(createActual);
  const length = Math.max(expected.length, actual.length);
  for (let line = 0; line < length; line++) {
    if (expected[line] !== actual[line]) return {line, expected, actual};
  }
  return undefined;
};

/**
 * A difference as text: the lines around it, `-` what was expected, `+` what came.
 * @param {Difference} difference
 */
export const describeDifference = ({line, expected, actual}) => {
  const from = Math.max(0, line - 12);
  const same = expected.slice(from, line).map((text) => `  ${text}`);
  const wanted = expected.slice(line, line + 6).map((text) => `- ${text}`);
  const came = actual.slice(line, line + 6).map((text) => `+ ${text}`);
  return [...same, ...wanted, ...came].map((text) => (text.length > 600 ? `${text.slice(0, 600)}…` : text)).join('\n');
};
