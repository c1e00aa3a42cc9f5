// Tests the package as users get it: packed, installed from the tarball, imported by its name.
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {build} from 'esbuild';
import {runExample} from '../../scripts/example.mjs';
import {root} from '../../scripts/run.mjs';
import {installTarball, runIn} from './install.mjs';

const json = '[{"pets":{"fido":{"species":"dog"}}},{}]';
const exampleResults = [`'${json}'`, "{pets: {fido: {species: 'dog', color: 'brown'}}}"];

let installed;

before(async () => {
  installed = await installTarball();
});

after(() => installed?.remove());

test('the tarball holds what its exports name, a README and the licence, and nothing from the repository', () => {
  const {exports} = JSON.parse(readFileSync(join(root, 'pkg', 'package.json'), 'utf8'));
  const named = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? target : Object.values(target),
  );
  for (const file of [...named, './README.md', './LICENSE']) {
    assert.ok(installed.files.includes(file.slice(2)), `${file} is missing`);
  }
  for (const file of installed.files) {
    assert.match(file, /^(package\.json|README\.md|LICENSE|.*\.js|.*\.d\.ts)$/);
    const text = readFileSync(join(installed.app, 'node_modules', 'cellarium', file), 'utf8');
    assert.ok(!text.includes(root), `${file} names a folder of this machine`);
  }
});

test("the guide's example prints its two results in Node", async () => {
  const [first, ...second] = (await runIn(installed.app, process.execPath, 'custom-persistence.js')).split('\n');
  assert.equal(first, json);
  // Node says of an object that it has no prototype, and spreads it over lines.
  const tables = second.join(' ').replaceAll('[Object: null prototype]', '').replaceAll(/\s+/g, ' ').trim();
  assert.equal(tables.replaceAll('{ ', '{').replaceAll(' }', '}'), exampleResults[1]);
});

test("the guide's example prints its two results in a page of Chromium", async () => {
  const folders = {
    '/pkg/': join(installed.app, 'node_modules', 'cellarium'),
    '/example/': join(root, 'scripts', 'example'),
  };
  assert.deepEqual(await runExample(folders), exampleResults);
});

test('all entry points share one instance', async () => {
  const output = await runIn(installed.app, process.execPath, 'one-instance.js');
  assert.deepEqual(output.trim().split('\n'), [json, 'true true', 'true 4116459851', 'function function']);
});

test('the types compile for a user with strict settings, in each way of resolving modules', async () => {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  for (const [module, moduleResolution] of [
    ['esnext', 'bundler'],
    ['nodenext', 'nodenext'],
  ]) {
    const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022', '--module', module];
    await runIn(
      installed.app,
      process.execPath,
      ...[compiler, ...options, '--moduleResolution', moduleResolution, 'types.ts'],
    ).catch(({stdout}) => assert.fail(stdout));
  }
});

test('a bundler makes an app of it that runs, and leaves it out where nothing of it is used', async () => {
  const bundle = async (contents) => {
    const stdin = {contents, resolveDir: installed.app};
    const {outputFiles} = await build({stdin, bundle: true, format: 'esm', minify: true, write: false});
    return outputFiles[0].text;
  };
  const example = readFileSync(join(installed.app, 'custom-persistence.js'), 'utf8');
  writeFileSync(join(installed.app, 'bundled.js'), await bundle(example));
  const output = await runIn(installed.app, process.execPath, 'bundled.js');
  assert.equal(output.split('\n')[0], json);
  assert.equal((await bundle("import {createStore} from 'cellarium';")).trim(), '');
  const small = await bundle(
    "import {defaultSorter, getUniqueId} from 'cellarium'; console.log(getUniqueId(), defaultSorter);",
  );
  assert.ok(small.length < 500, 'what needs no WebAssembly does not bring it along');
});
