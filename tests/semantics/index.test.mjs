// Holds the list of rules in this folder's README and the tests to each other.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';

const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const lines = [...read('README.md').matchAll(/^- (1\.\d+\.\d+) ./gm)].map(([, number]) => number);
const files = readdirSync(new URL('.', import.meta.url)).filter((name) => /^1-\d+-.*\.test\.mjs$/.test(name));
/** The numbers with which the names of the tests in a file begin. */
const numbersIn = (file) => [...read(file).matchAll(/['"`](1\.\d+\.\d+) /g)].map(([, number]) => number);

test('every line of the README has a test, and every test its line', () => {
  const tested = new Set(files.flatMap(numbersIn));
  assert.deepEqual([...tested].sort(), [...lines].sort());
});

test('a test is in a file of its section', () => {
  for (const file of files) {
    const [, section] = /^1-(\d+)-/.exec(file);
    const others = numbersIn(file).filter((number) => !number.startsWith(`1.${Number(section)}.`));
    assert.deepEqual(others, [], file);
  }
});

test('the lines of each section are numbered from 1', () => {
  let previous = ['', 0];
  for (const line of lines) {
    const [, section, number] = /^(1\.\d+)\.(\d+)$/.exec(line);
    assert.equal(Number(number), section === previous[0] ? previous[1] + 1 : 1, line);
    previous = [section, Number(number)];
  }
});
