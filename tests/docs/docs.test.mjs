// Holds the documents to what they say: examples run, links lead somewhere, commands and files exist.
import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join, parse} from 'node:path';
import {test} from 'node:test';
import {createStore as createTinyBaseStore} from 'tinybase';
import {createStore} from '../../pkg/index.js';
import {withPage} from '../../scripts/browser.mjs';
import {format} from '../../scripts/example.mjs';
import {root} from '../../scripts/run.mjs';

const read = (file) => readFileSync(join(root, file), 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/differences.md',
  'docs/custom-persisters.md',
  'docs/codecs.md',
  'pkg/README.md',
];
const fence = /^```(\w*)\n(.*?)^```$/gms;
const blocksOf = (text, language) =>
  [...text.matchAll(fence)].filter(([, itsLanguage]) => itsLanguage === language).map(([, , code]) => code);
const withoutBlocks = (text) => text.replaceAll(fence, '');

const folders = {'/pkg/': join(root, 'pkg'), '/': join(root, 'tests', 'docs', 'page')};

/** Runs an example as a module of a page, and gives what it prints, as the examples write it. */
const run = (code) =>
  withPage(folders, async (page, url) => {
    const printed = [];
    page.on('console', (message) => printed.push(message.args()[0].jsonValue()));
    await page.goto(url);
    await page.addScriptTag({type: 'module', content: `${code}\nglobalThis.isDone = true;`});
    await page.waitForFunction(() => globalThis.isDone, undefined, {timeout: 10_000});
    return (await Promise.all(printed)).map(format);
  });

for (const document of ['README.md', 'pkg/README.md']) {
  const blocks = blocksOf(read(document), 'js');

  test(`${document} has examples`, () => assert.ok(blocks.length > 1));

  for (const [index, code] of blocks.entries()) {
    test(`example ${index + 1} of ${document} prints what it says`, async () => {
      const expected = [...code.matchAll(/\/\/ -> (.*)$/gm)].map(([, text]) => text);
      assert.ok(expected.length > 0);
      assert.deepEqual(await run(code), expected);
    });
  }
}

test("the first example of the README is the guide's, which npm start runs", () => {
  const [, ...lines] = read('scripts/example/custom-persistence.js').split('\n');
  assert.equal(blocksOf(read('README.md'), 'js')[0], lines.join('\n'));
});

test("the guide's example runs in a worker", async () => {
  const [example] = blocksOf(read('README.md'), 'js');
  const printed = await withPage(folders, async (page, url) => {
    await page.goto(url);
    return page.evaluate((code) => {
      // No import map holds in a worker. Imports come first wherever they stand.
      const source = code.replace("'cellarium'", `'${location.origin}/pkg/index.js'`);
      const parts = ['console.log = (text) => postMessage(JSON.stringify(text));', source];
      const module = URL.createObjectURL(new Blob(parts, {type: 'text/javascript'}));
      const worker = new Worker(module, {type: 'module'});
      return new Promise((resolve, reject) => {
        const lines = [];
        worker.onerror = ({message}) => reject(new Error(message));
        worker.onmessage = ({data}) => lines.push(JSON.parse(data)) === 2 && resolve(lines);
      });
    }, example);
  });
  assert.deepEqual(printed, [
    '[{"pets":{"fido":{"species":"dog"}}},{}]',
    {pets: {fido: {species: 'dog', color: 'brown'}}},
  ]);
});

const inlineCode = (text) => [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code);
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

for (const document of documents) {
  const text = read(document);

  test(`the links of ${document} lead somewhere`, () => {
    for (const [, target] of withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (target.startsWith('https://')) continue;
      const [file, anchor] = target.split('#');
      const path = file ? join(dirname(document), file) : document;
      assert.ok(existsSync(join(root, path)), `${target}: there is no ${path}`);
      if (!anchor) continue;
      const anchors = [...read(path).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading));
      assert.ok(anchors.includes(anchor), `${target}: there is no such heading`);
    }
  });

  test(`the files and commands that ${document} names exist`, () => {
    const {scripts} = JSON.parse(read('package.json'));
    const commands = [...inlineCode(text), ...blocksOf(text, 'sh').flatMap((block) => block.split('\n'))];
    for (const command of commands) {
      const script = command.match(/^npm (?:run )?(start|test|build|bench|setup|format)\b/)?.[1];
      if (script) assert.ok(scripts[script], command);
      const path = command.match(/(?:^|\s)((?:src|tests|scripts|benches|www|docs|\.ci)\/[\w./-]*)/)?.[1];
      if (path) assert.ok(existsSync(join(root, path)), `there is no ${path}`);
    }
    for (const block of blocksOf(text, '')) {
      for (const [, path] of block.matchAll(/^([\w.]+(?:\/[\w./-]*)*\/?|[\w.]+\.\w+) {2,}/gm)) {
        assert.ok(existsSync(join(root, path)), `the layout names ${path}, which there is not`);
      }
    }
  });
}

test('CONTRIBUTING.md names every module', () => {
  const named = new Set(inlineCode(read('CONTRIBUTING.md')).map((code) => parse(code).name));
  for (const folder of ['src/store', 'src/persister', 'src/binding', 'src/facade']) {
    for (const {name} of readdirSync(join(root, folder)).map((file) => parse(file))) {
      if (['mod', 'tests'].includes(name)) continue;
      assert.ok(named.has(name), `CONTRIBUTING.md does not name ${folder}/${name}`);
    }
  }
});

test('CONTRIBUTING.md says how to run the tests of every folder', () => {
  const text = read('CONTRIBUTING.md');
  const folders = readdirSync(join(root, 'tests'), {withFileTypes: true})
    .filter((entry) => entry.isDirectory())
    .filter(({name}) => readdirSync(join(root, 'tests', name)).some((file) => file.endsWith('.test.mjs')));
  assert.ok(folders.length > 0);
  for (const {name} of folders) assert.ok(text.includes(`\`tests/${name}/\``), `it does not name tests/${name}`);
});

test('the README counts the methods of a store right', () => {
  const methods = (store) => Object.values(store).filter((method) => typeof method === 'function').length;
  const [, ours, theirs] = read('README.md').match(/(\d+) of TinyBase's (\d+) methods/);
  assert.deepEqual([Number(ours), Number(theirs)], [methods(createStore()), methods(createTinyBaseStore())]);
});
