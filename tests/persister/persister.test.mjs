// Runs every persister scenario on tinybase and on the built package and compares what can be observed.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {test} from 'node:test';
import {differences} from './differences.mjs';
import {scenarios} from './scenarios.mjs';

const script = new URL('traces.mjs', import.meta.url).pathname;
const tracesOf = (library) =>
  JSON.parse(execFileSync(process.execPath, [script, library], {encoding: 'utf8', timeout: 120_000}));

const oracle = tracesOf('tinybase');
const cellarium = tracesOf('cellarium');

test('no scenario breaks off on tinybase, and each logs something', () => {
  assert.deepEqual(Object.keys(oracle), Object.keys(scenarios));
  for (const [name, lines] of Object.entries(oracle)) {
    assert.ok(lines.length > 0, name);
    assert.ok(!lines.some((line) => line.startsWith('the scenario threw')), `${name}\n${lines.join('\n')}`);
  }
});

test('tinybase does the same twice', () => {
  assert.deepEqual(tracesOf('tinybase'), oracle);
});

test('a persister that saves a microtask late is found out', () => {
  const late = tracesOf('late');
  const name = 'save calls setPersisted before it returns';
  assert.notDeepEqual(late[name], oracle[name]);
});

test('every difference on purpose belongs to a scenario', () => {
  assert.deepEqual(
    Object.keys(differences).filter((name) => !scenarios[name]),
    [],
  );
});

for (const name of Object.keys(scenarios)) {
  test(`as tinybase: ${name}`, () => {
    const difference = differences[name];
    if (difference) assert.notDeepEqual(cellarium[name], oracle[name], 'it does not differ any more');
    assert.deepEqual(cellarium[name], difference?.lines ?? oracle[name]);
  });
}
