// Tests the crate as a Rust program uses it: from a project of its own, natively, with nothing of the browser.
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {promisify} from 'node:util';
import {root} from '../../scripts/run.mjs';

const manifest = `[package]
name = "app"
version = "0.1.0"
edition = "2024"

[dependencies]
cellarium = {path = ${JSON.stringify(root)}}
`;

const main = `use cellarium::{Error, Store, row};

fn main() -> Result<(), Error> {
    let store = Store::new();
    store.add_cell_listener("pets", None, None, |_store, event| {
        println!("{}.{} = {:?}", event.row_id, event.cell_id, event.new_cell);
    });
    store.set_row("pets", "fido", row! {"species" => "dog", "age" => 4});
    println!("{}", store.get_json());
    Ok(())
}
`;

let app;
// Kept, so that the next run is quick, but apart from the crate's own.
const env = {...process.env, CARGO_TARGET_DIR: join(root, 'target', 'crate-test')};
const execute = promisify(execFile);
const cargo = async (cwd, ...args) => (await execute('cargo', args, {cwd, env})).stdout;

before(() => {
  app = mkdtempSync(join(tmpdir(), 'cellarium-crate-'));
  mkdirSync(join(app, 'src'));
  writeFileSync(join(app, 'Cargo.toml'), manifest);
  writeFileSync(join(app, 'src', 'main.rs'), main);
  // The versions that are there already.
  cpSync(join(root, 'Cargo.lock'), join(app, 'Cargo.lock'));
});

after(() => rmSync(app, {recursive: true}));

test('a fresh project that depends on the crate builds and runs', async () => {
  const output = await cargo(app, 'run');
  for (const line of [
    'fido.species = Some(Text("dog"))',
    'fido.age = Some(Number(4.0))',
    '[{"pets":{"fido":{"species":"dog","age":4}}},{}]',
  ]) {
    assert.ok(output.split('\n').includes(line), `${line} is missing in ${output}`);
  }
});

test('a native build depends on nothing of the browser', async () => {
  const tree = await cargo(app, 'tree', '--prefix', 'none', '--edges', 'normal,build', '--format', '{p}');
  const names = tree.split('\n').map((line) => line.split(' ')[0]);
  assert.ok(names.includes('cellarium') && names.includes('hashbrown'), tree);
  assert.deepEqual(
    names.filter((name) => /wasm|js-sys|web-sys/.test(name)),
    [],
  );
});

test('the packed crate holds its source, its papers and its examples, and nothing else', async () => {
  const output = await cargo(root, 'package', '--list', '--allow-dirty');
  const files = output.trim().split('\n');
  for (const file of ['Cargo.toml', 'README.md', 'CHANGELOG.md', 'LICENSE', 'src/lib.rs', 'examples/pets.rs']) {
    assert.ok(files.includes(file), `${file} is missing`);
  }
  const allowed = /^(Cargo\.(toml|toml\.orig|lock)|\.cargo_vcs_info\.json|README\.md|CHANGELOG\.md|LICENSE)$/;
  assert.deepEqual(
    files.filter((file) => !allowed.test(file) && !/^(src|examples)\/.*\.rs$/.test(file)),
    [],
  );
});

const example = async (name) => (await execute('cargo', ['run', '--example', name], {cwd: root})).stdout;

test('the example of a store runs', async () => {
  const output = await example('pets');
  assert.match(output, /fido came; there are 2 pets/);
  assert.match(output, /fido\.age: 4 -> 5/);
  assert.match(output, /rolled back, as this went wrong: Some\(MalformedJson \{ offset: 1 \}\)/);
  assert.match(output, /^0 is a parrot\nfido is a dog$/m);
});

test('the example of a store in a file runs', async () => {
  assert.deepEqual((await example('file_persister')).trim().split('\n'), [
    '[{"pets":{"fido":{"species":"dog"}}},{}]',
    '[{"pets":{"fido":{"species":"dog","color":"brown"}}},{}]',
    '{"species": Text("dog"), "color": Text("brown")}',
  ]);
});
