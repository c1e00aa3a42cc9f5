// Turns times into ratios and a table.
import {quantile} from './measure.mjs';

/**
 * @typedef {{title: string, target?: number, unit: string, theirs: number, ours: number, ratio: number,
 *   low: number, high: number, reached?: boolean}} Line medians, and the ratio theirs / ours with its quartiles
 */

/**
 * Sums one workload up.
 * @param {{title: string, target?: number, count: number}} workload
 * @param {number[]} theirs times in milliseconds
 * @param {number[]} ours the times of the same rounds
 * @returns {Line} times in microseconds an operation
 */
export const summarize = ({title, target, count}, theirs, ours) => {
  const each = (times) => (quantile(times) * 1000) / count;
  // A ratio of medians for the result; the ratios round by round show how sure it is.
  const ratios = theirs.map((time, round) => time / ours[round]);
  return line({
    title,
    target,
    unit: 'µs',
    theirs: each(theirs),
    ours: each(ours),
    low: quantile(ratios, 0.25),
    high: quantile(ratios, 0.75),
  });
};

/** Completes a line. @returns {Line} */
export const line = (partial) => {
  const ratio = partial.theirs / partial.ours;
  return {low: ratio, high: ratio, ...partial, ratio, reached: partial.target ? ratio >= partial.target : undefined};
};

const number = (value) => {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value.toPrecision(3);
};

const header = ['', 'TinyBase', 'Cellarium', '', 'ratio', '(quartiles)', 'target', ''];

/**
 * The lines as an aligned table.
 * @param {Line[]} lines
 */
export const format = (lines) => {
  const cells = lines.map(({title, theirs, ours, unit, ratio, low, high, target, reached}) => [
    title,
    number(theirs),
    number(ours),
    unit,
    number(ratio),
    `(${number(low)}-${number(high)})`,
    target === undefined ? '' : String(target),
    reached === undefined ? '' : reached ? 'reached' : 'MISSED',
  ]);
  const rows = [header, ...cells];
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) => row.map((text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]))))
    .map((row) => row.join('  ').trimEnd())
    .join('\n');
};
