// Compares cellarium's persisters with tinybase's on random programs, always the same ones; run.mjs runs others.
//
// Each comparison is a process of its own, because TinyBase leaves rejections unhandled, which a test runner would
// take for its own.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {test} from 'node:test';
import {generate} from './generate.mjs';

const run = (...args) =>
  spawnSync(process.execPath, [new URL('run.mjs', import.meta.url).pathname, ...args], {
    encoding: 'utf8',
    timeout: 120_000,
  });

for (const [together, programs] of [
  ['1', '1500'],
  ['4', '700'],
]) {
  test(`${programs} programs with up to ${together} steps at once do the same in both libraries`, () => {
    const {stdout, stderr, status} = run('--seed', '1', '--programs', programs, '--together', together);
    assert.equal(status, 0, stdout + stderr);
    assert.ok(stdout.endsWith(`${programs} programs, 0 differences\n`), stdout);
  });
}

for (const library of ['echoing', 'forgetful']) {
  test(`a library that is wrong on purpose is found out: ${library}`, () => {
    const {stdout, status} = run('--seed', '1', '--programs', '300', '--of', library);
    assert.equal(status, 1, stdout);
    assert.match(stdout, /^const program = \{"groups"/m);
    assert.match(stdout, /^[-+] /m);
  });
}

test('the same seed gives the same program', () => {
  assert.deepEqual(generate(7, 14, 3), generate(7, 14, 3));
  assert.notDeepEqual(generate(7, 14, 3), generate(8, 14, 3));
});

test('programs have every step and every answer', () => {
  const programs = Array.from({length: 50}, (_, seed) => generate(seed, 14, 3));
  assert.equal(new Set(programs.flatMap(({groups}) => groups.flat().map(([name]) => name))).size, 13);
  for (const callback of ['get', 'set', 'add', 'del', 'act']) {
    assert.equal(new Set(programs.flatMap(({answers}) => answers[callback])).size, 5, callback);
  }
});
