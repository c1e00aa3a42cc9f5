// Keeps what tests have found out, for the table of results.
import {appendFileSync, mkdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from '../../../scripts/run.mjs';

const folder = join(root, 'build');
const file = join(folder, 'storage-results.jsonl');

/**
 * Note a result.
 * @param {string} kind
 * @param {object} result with `engine`, `backEnd` and `context`
 */
export const note = (kind, result) => {
  mkdirSync(folder, {recursive: true});
  appendFileSync(file, `${JSON.stringify({kind, ...result})}\n`);
};

/** All results; of equal ones, the last. */
export const readResults = () => {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const latest = new Map();
  for (const line of lines) {
    const result = JSON.parse(line);
    const {kind, engine, backEnd, context} = result;
    latest.set(JSON.stringify([kind, engine, backEnd, context]), result);
  }
  return [...latest.values()];
};
