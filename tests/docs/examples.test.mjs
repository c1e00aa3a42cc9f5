// Runs the examples of the documents on persisters in the pages of all engines, on their real storages.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {request} from 'node:http';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {format} from '../../scripts/example.mjs';
import {root} from '../../scripts/run.mjs';
import {engineNames, findModules, withPage} from '../storage/support/index.mjs';

const blocksOf = (document) =>
  [...readFileSync(join(root, document), 'utf8').matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);
const expectedOf = (code) => [...code.matchAll(/\/\/ -> (.*)$/gm)].map(([, text]) => text);

/** Runs an example as a module of a page, and gives what it prints, as the examples write it. */
const runIn = async (page, code) => {
  const printed = await page.evaluate(
    async (_context, code, paths) => {
      const printed = [];
      globalThis.print = (value) => printed.push(value === undefined ? {} : {value});
      const source = code.replaceAll(/from '([^']+)'/g, (_, name) => `from '${location.origin}${paths[name]}'`);
      const parts = ['const console = {log: print, error: (error) => print(String(error))};\n', source];
      await import(URL.createObjectURL(new Blob(parts, {type: 'text/javascript'})));
      return printed;
    },
    code,
    findModules(),
  );
  return printed.map(({value}) => format(value));
};

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const {port} = server.address();
      server.close(() => resolve(port));
    });
  });

/** Runs the server of the document, and gives what passes on to it the requests for `/pets`. */
const withServer = async (code, use) => {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'cellarium-server-'));
  writeFileSync(join(folder, 'server.mjs'), code);
  const server = spawn(process.execPath, [join(folder, 'server.mjs')], {
    env: {...process.env, PORT: port},
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const answer = (incoming, response) => {
    if (!incoming.url.startsWith('/pets')) return false;
    const {method, url: path, headers} = incoming;
    const outgoing = request({host: 'localhost', port, method, path, headers}, (answer) => {
      response.writeHead(answer.statusCode, answer.headers).flushHeaders();
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    response.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
    return true;
  };
  const isUp = () =>
    new Promise((resolve) => {
      const attempt = request({host: 'localhost', port, path: '/pets'}, () => resolve(true));
      attempt.on('error', () => resolve(false)).end();
    });
  try {
    while (!(await isUp())) await new Promise((resolve) => setTimeout(resolve, 20));
    return await use(answer);
  } finally {
    server.kill();
    rmSync(folder, {recursive: true, force: true});
  }
};

for (const [document, count] of [
  ['docs/custom-persisters.md', 5],
  ['docs/codecs.md', 2],
]) {
  const blocks = blocksOf(document);
  const [servers, examples] = [true, false].map((isServer) =>
    blocks.filter((code) => code.includes("from 'node:http'") === isServer),
  );

  test(`${document} has its examples`, () => {
    assert.equal(blocks.length, count);
    for (const code of examples) assert.ok(expectedOf(code).length > 0);
  });

  for (const engine of engineNames) {
    for (const [index, code] of examples.entries()) {
      test(`example ${index + 1} of ${document} prints what it says in ${engine}`, () => {
        const run = async (answer) =>
          assert.deepEqual(await withPage(engine, (page) => runIn(page, code), {answer}), expectedOf(code));
        return code.includes("'/pets'") ? withServer(servers[0], run) : run();
      });
    }
  }
}
