// The package in environments that have taken something away from JavaScript.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {test} from 'node:test';
import {root} from '../../scripts/run.mjs';

const program = `
  import {createStore} from './pkg/index.js';
  const store = createStore().setRow('t', 'r', {a: 1}).setValue('v', 1);
  const objects = [...store.getContent(), store.getTable('t'), store.getRow('t', 'r'), store.getValues()];
  console.log(JSON.stringify([objects, objects.every((object) => Object.getPrototypeOf(object) === null)]));
`;

// Deno deletes it, too.
for (const mode of ['delete', 'throw']) {
  test(`objects have no prototype where __proto__ is gone (--disable-proto=${mode})`, () => {
    const output = execFileSync(
      process.execPath,
      [`--disable-proto=${mode}`, '--input-type=module', '--eval', program],
      {cwd: root, encoding: 'utf8'},
    );
    assert.deepEqual(JSON.parse(output), [[{t: {r: {a: 1}}}, {v: 1}, {r: {a: 1}}, {a: 1}, {v: 1}], true]);
  });
}

test('importing does nothing yet, so what needs no WebAssembly works without it', () => {
  const withoutWebAssembly = `
    delete globalThis.WebAssembly;
    const {addOrRemoveHash, defaultSorter, getHash, getUniqueId} = await import('./pkg/common.js');
    await import('./pkg/index.js');
    let thrown = false;
    try {
      getHash('a');
    } catch {
      thrown = true;
    }
    console.log(JSON.stringify([getUniqueId().length, defaultSorter(1, 2), addOrRemoveHash(6, 5), thrown]));
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', withoutWebAssembly], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.deepEqual(JSON.parse(output), [16, -1, 3, true]);
});
