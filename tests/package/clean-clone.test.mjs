// Tests that every command can be the first one typed in a clean clone: it gets as far as set-up.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {root} from '../../scripts/run.mjs';

const clone = mkdtempSync(join(tmpdir(), 'cellarium-clone-'));
after(() => rmSync(clone, {recursive: true}));
for (const name of [
  'scripts',
  'benches',
  'fuzz/fuzz_targets',
  'package.json',
  'package-lock.json',
  'Cargo.toml',
  'Cargo.lock',
]) {
  cpSync(join(root, name), join(clone, name), {recursive: true});
}

const {scripts} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const commands = Object.entries(scripts).filter(([, command]) => /^node \S+$/.test(command));

/** What a command cannot be without. */
const needed = {fuzz: ['json_reader']};

test('start, test, build and bench are among the commands', () => {
  const names = commands.map(([name]) => name);
  for (const name of ['start', 'test', 'build', 'bench']) assert.ok(names.includes(name), name);
});

for (const [name, command] of commands) {
  test(`npm run ${name} needs no npm package before set-up has installed them`, () => {
    // With an empty PATH the first thing that set-up misses is Rust, which it leaves to people.
    const {stderr, status} = spawnSync(process.execPath, [...command.split(' ').slice(1), ...(needed[name] ?? [])], {
      cwd: clone,
      encoding: 'utf8',
      env: {...process.env, PATH: clone},
      timeout: 60_000,
    });
    assert.equal(stderr.trim(), 'Install Rust by hand: https://rustup.rs');
    assert.equal(status, 1);
  });
}
