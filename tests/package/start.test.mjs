// Tests the command that a newcomer types first.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {test} from 'node:test';
import {root} from '../../scripts/run.mjs';
import {runIn} from './install.mjs';

const exampleResults = `
'[{"pets":{"fido":{"species":"dog"}}},{}]'
{pets: {fido: {species: 'dog', color: 'brown'}}}
`;

test("npm start -- --once ends after the guide's two results", async () => {
  const output = await runIn(root, process.execPath, 'scripts/start.mjs', '--once');
  assert.ok(output.endsWith(exampleResults), output);
});

test('npm start serves the playground at the address that it prints', async () => {
  const started = spawn(process.execPath, ['scripts/start.mjs'], {cwd: root, stdio: ['ignore', 'pipe', 'inherit']});
  try {
    let output = '';
    for await (const chunk of started.stdout.setEncoding('utf8')) {
      output += chunk;
      const url = output.match(/The playground: (http:\S+)/)?.[1];
      if (!url) continue;
      const response = await fetch(url);
      assert.equal(response.status, 200);
      assert.match(await response.text(), /<title>.*Cellarium/i);
      return;
    }
    assert.fail(`it ended without an address:\n${output}`);
  } finally {
    started.kill();
  }
});
