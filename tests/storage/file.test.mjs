// createFilePersister in Node, next to TinyBase's.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {afterEach, beforeEach, test} from 'node:test';
import {createStore as createTinyBaseStore} from 'tinybase';
import {createFilePersister as createTinyBasePersister} from 'tinybase/persisters/persister-file';
import {createStore} from '../../pkg/index.js';
import {createFilePersister} from '../../pkg/persister-file.js';

let folder;
let file;
let opened;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cellarium-file-'));
  file = join(folder, 'pets.json');
  opened = [];
});

afterEach(async () => {
  for (const persister of opened) await persister.destroy();
  rmSync(folder, {recursive: true, force: true});
});

const libraries = {
  cellarium: () => [createStore(), createFilePersister],
  tinybase: () => [createTinyBaseStore(), createTinyBasePersister],
};

/** A store and a persister of it on a file, and what it reports. */
const open = (library = 'cellarium', path = file) => {
  const [store, create] = libraries[library]();
  const errors = [];
  const persister = create(store, path, (error) => errors.push(error));
  opened.push(persister);
  return {store, persister, errors};
};

const load = async (library, path) => {
  const {store, persister, errors} = open(library, path);
  await persister.load();
  return {content: JSON.parse(JSON.stringify(store.getContent())), errors};
};

/** Wait until a condition holds. */
const until = async (condition, milliseconds = 5000) => {
  const end = Date.now() + milliseconds;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`still not: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};

const text = () => readFileSync(file, 'utf8');
const codes = (errors) => errors.map(({code}) => code);

const rich = [
  {
    pets: {
      fido: {species: 'dog', price: 5.25, sold: false, tags: ['a', {b: null}], owner: null},
      10: {species: 'größer 🐈 "quoted" \\ \u2028', large: 1e21, small: 5e-324},
      2: {lone: '\ud83d', inside: 'a\uFFFDb\uFFFCc'},
    },
  },
  {open: true, shape: {x: 1}},
];

test('what the file holds is the same text as TinyBase\u2019s, read by both', async () => {
  const texts = {};
  for (const library of ['tinybase', 'cellarium']) {
    const {store, persister, errors} = open(library);
    store.setContent(rich);
    await persister.save();
    assert.deepEqual(errors, []);
    texts[library] = text();
  }
  assert.equal(texts.cellarium, texts.tinybase);
  for (const library of ['tinybase', 'cellarium']) {
    assert.deepEqual(await load(library), {content: rich, errors: []});
  }
});

test('a file that is empty or missing is nothing, and means the initial content', async () => {
  const {store, persister, errors} = open();
  await persister.load([{initial: {r: {c: 1}}}, {}]);
  assert.equal(store.getJson(), '[{"initial":{"r":{"c":1}}},{}]');
  writeFileSync(file, '');
  await persister.load([{initial: {r: {c: 2}}}, {}]);
  assert.equal(store.getJson(), '[{"initial":{"r":{"c":2}}},{}]');
  assert.deepEqual([errors, persister.getFilePath()], [[], file]);
});

test('the file keeps its mode, and a link to it stays a link', async () => {
  mkdirSync(join(folder, 'elsewhere'));
  for (const target of ['elsewhere/there.json', 'elsewhere/new.json']) {
    rmSync(file, {force: true});
    symlinkSync(target, file);
    const path = join(folder, target);
    if (target.includes('there')) {
      writeFileSync(path, '[{},{}]');
      chmodSync(path, 0o664);
    }
    const {store, persister, errors} = open();
    await persister.load();
    store.setValue('v', 1);
    await persister.save();
    assert.deepEqual(errors, []);
    assert.equal(readFileSync(path, 'utf8'), '[{},{"v":1}]');
    assert.equal(lstatSync(file).isSymbolicLink(), true);
    if (target.includes('there')) assert.equal(statSync(path).mode & 0o777, 0o664);
  }
  assert.deepEqual(readdirSync(folder).sort(), ['elsewhere', 'pets.json']);
  assert.deepEqual(readdirSync(join(folder, 'elsewhere')).sort(), ['new.json', 'there.json']);
});

test('what others write to the file is loaded, what the persister writes itself is not', async () => {
  const {store, persister, errors} = open();
  await persister.startAutoPersisting();
  store.setValue('mine', 1);
  await until(() => text().includes('mine'));
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(persister.getStats().loads, 1);
  const tinybase = open('tinybase');
  await tinybase.persister.load();
  tinybase.store.setValue('theirs', 2);
  await tinybase.persister.save();
  await until(() => store.getValue('theirs') === 2);
  assert.deepEqual({...store.getValues()}, {mine: 1, theirs: 2});
  await persister.stopAutoLoad();
  writeFileSync(file, '[{},{"later":3}]');
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(store.hasValue('later'), false);
  assert.deepEqual(errors, []);
});

test('an edit is laid over what others have written since', async () => {
  const {store, persister, errors} = open();
  writeFileSync(file, '[{"t":{"r":{"a":1,"b":1}}},{}]');
  await persister.load();
  await persister.startAutoSave();
  writeFileSync(file, '[{"t":{"r":{"a":2,"b":2},"s":{"a":2}}},{"v":2}]');
  store.setCell('t', 'r', 'a', 3);
  await until(() => text().includes('3'));
  assert.equal(text(), '[{"t":{"r":{"a":3,"b":2},"s":{"a":2}}},{"v":2}]');
  assert.deepEqual(errors, []);
});

test('a file cut at any byte is set aside before anything is written over it', async () => {
  const whole = '[{"t":{"r":{"c":"größer"}}},{"v":[1]}]';
  const bytes = Buffer.from(whole);
  for (let length = 1; length < bytes.length; length++) {
    const path = join(folder, `cut at ${length}.json`);
    writeFileSync(path, bytes.subarray(0, length));
    const {store, persister, errors} = open('cellarium', path);
    await persister.load([{}, {initial: true}]);
    assert.equal(store.getJson(), '[{},{"initial":true}]');
    await persister.save();
    assert.equal(readFileSync(path, 'utf8'), '[{},{"initial":true}]');
    assert.deepEqual(codes(errors), ['unreadable-content'], `${length}`);
    assert.deepEqual(readFileSync(errors[0].setAside), bytes.subarray(0, length));
    assert.ok(errors[0].setAside.startsWith(`${path}.unreadable-`));
  }
});

test('where nothing can be set aside, nothing is written over what cannot be read', async () => {
  // Neither this nor anything else keeps the administrator from writing, so there the name is made too long.
  const path = join(folder, `${'x'.repeat(250)}`);
  writeFileSync(path, '[{');
  const {store, persister, errors} = open('cellarium', path);
  await persister.startAutoPersisting([{}, {initial: true}]);
  store.setValue('v', 1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(readFileSync(path, 'utf8'), '[{');
  assert.ok(errors.length > 0 && codes(errors).every((code) => code === 'storage-failed'));
});

test('a folder that is missing is reported, and the file is saved when it is there', async () => {
  const path = join(folder, 'later', 'pets.json');
  const {store, persister, errors} = open('cellarium', path);
  await persister.startAutoPersisting();
  store.setValue('v', 1);
  await until(() => errors.length > 0);
  assert.equal(errors[0].code, 'storage-failed');
  assert.equal(errors[0].cause.code, 'ENOENT');
  assert.equal(persister.getSaveState().isUnsaved, true);
  mkdirSync(join(folder, 'later'));
  await until(() => !persister.getSaveState().isUnsaved);
  assert.equal(readFileSync(path, 'utf8'), '[{},{"v":1}]');
});

/** A process that runs the program; `said` waits for a line that it prints. */
const start = (...args) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'programs', 'file-writer.mjs'), ...args]);
  const lines = [];
  child.stderr.on('data', (data) => lines.push(`${data}`));
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  const said = async (line) => {
    await until(() => lines.some((said) => said.startsWith(line) || said.startsWith('error')), 20_000).catch(() => {});
    return lines.at(-1);
  };
  return {child, said, lines};
};

test('of two processes that edit the same file at once, all edits survive, and each has them all', async () => {
  const edits = 40;
  const processes = ['one', 'other'].map((name) => start(file, name, `${edits}`, '0'));
  for (const {child} of processes) child.stdin.write(`${2 * edits}\n`);
  for (const {said, lines} of processes) assert.equal(await said('has'), `has ${2 * edits}`, lines.join('\n'));
  for (const {child} of processes) {
    child.stdin.end();
    await once(child, 'exit');
  }
  assert.equal(Object.keys(JSON.parse(text())[1]).length, 2 * edits);
  assert.deepEqual(readdirSync(folder), ['pets.json']);
});

test('a process that is killed while it saves leaves one of its contents, whole, and the next goes on at once', async () => {
  const rows = 2000;
  for (let round = 0; round < 12; round++) {
    const {child, said} = start(file, `round ${round}`, '1000', `${rows}`);
    assert.equal(await said('begun'), 'begun');
    await new Promise((resolve) => setTimeout(resolve, 40 + round * 9));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const {content, errors} = await load();
    assert.deepEqual(errors, []);
    const [tables, values] = content;
    if (tables.rows) {
      // One transaction sets them all.
      assert.equal(Object.keys(tables.rows).length, rows);
      assert.equal(new Set(Object.values(tables.rows).map(({edit}) => edit)).size, 1);
    }
    const own = Object.keys(values).filter((id) => id.startsWith(`round ${round} `));
    assert.deepEqual(
      own,
      own.map((_, index) => `round ${round} ${index + 1}`),
    );
  }
  const {store, persister, errors} = open();
  await persister.load();
  store.setValue('after', true);
  const before = Date.now();
  await persister.save();
  assert.deepEqual(errors, []);
  assert.ok(Date.now() - before < 2000);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('lock')),
    [],
  );
});
