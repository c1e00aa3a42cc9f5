// What a persister's options may be, and what is said of those that are wrong.
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';
import {build} from 'esbuild';
import {root} from '../../scripts/run.mjs';

// No entry of the package has the check itself.
const load = async () => {
  const entryPoints = [join(root, 'src', 'facade', 'persister-options.ts')];
  const {outputFiles} = await build({entryPoints, bundle: true, format: 'esm', write: false});
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
};
const {checkOptions} = await load();

const codec = {encode: () => new Uint8Array(), decode: () => ''};

test('without options, everything is persisted at once and as it is', () => {
  const nothing = {
    debounce: 0,
    codec: undefined,
    hasTable: undefined,
    hasValue: undefined,
    version: undefined,
    migrate: undefined,
  };
  assert.deepEqual(checkOptions(undefined), nothing);
  assert.deepEqual(checkOptions({}), nothing);
  assert.deepEqual(checkOptions(Object.create(null)), nothing);
  assert.deepEqual(checkOptions({debounce: undefined, codec: undefined, tables: undefined}), nothing);
});

test('what is given rightly is taken', () => {
  const migrate = (content) => content;
  const checked = checkOptions({debounce: 2.5, codec, version: 3, migrate});
  assert.deepEqual([checked.debounce, checked.version], [2.5, 3]);
  assert.equal(checked.codec, codec);
  assert.equal(checked.migrate, migrate);
  assert.equal(checkOptions({version: 0}).version, 0);
});

test('tables and values are chosen by ids or by a function', () => {
  const tables = ['pets', 'toString'];
  const {hasTable, hasValue} = checkOptions({tables, values: (id) => id.length});
  tables.push('late');
  const ids = ['pets', 'toString', 'late', '', 'valueOf'];
  assert.deepEqual(ids.filter(hasTable), ['pets', 'toString']);
  assert.deepEqual([hasValue('a'), hasValue('')], [true, false]);
  assert.equal(checkOptions({values: []}).hasValue('any'), false);
});

const wrong = {
  'they are no object': [null, 5, 'debounce', [], () => {}, true],
  'there is none called': [{debounces: 5}, {Codec: codec}, {toString: undefined}, {0: 1}],
  'debounce is not': [-1, NaN, Infinity, 2 ** 31, '5', null, {}].map((debounce) => ({debounce})),
  'codec is not': [null, 'gzip', {}, {encode: codec.encode}, {decode: codec.decode}, []].map((codec) => ({codec})),
  'tables is not': ['pets', null, [1], [undefined], {pets: true}, new Set(['pets'])].map((tables) => ({tables})),
  'values is not': [5, [['open']]].map((values) => ({values})),
  'version is not': [-1, 1.5, '1', NaN, 2 ** 53, null].map((version) => ({version})),
  'migrate is not': [
    {version: 1, migrate: {}},
    {version: 1, migrate: null},
  ],
  'migrate needs a version': [{migrate: () => {}}],
};

for (const [message, list] of Object.entries(wrong)) {
  test(`of options that are wrong the error says that ${message} …`, () => {
    for (const options of list) {
      assert.throws(
        () => checkOptions(options),
        (error) => error instanceof Error && error.code === 'invalid-options' && error.message.includes(message),
        JSON.stringify(options),
      );
    }
  });
}

test('members that all objects were given are no options', () => {
  Object.prototype.debounce = 'x';
  Object.prototype.migrate = () => {};
  try {
    assert.deepEqual([checkOptions({}).debounce, checkOptions(undefined).migrate], [0, undefined]);
  } finally {
    delete Object.prototype.debounce;
    delete Object.prototype.migrate;
  }
});

test('each option is read once', () => {
  let reads = 0;
  const options = {
    get codec() {
      reads++;
      return codec;
    },
  };
  assert.equal(checkOptions(options).codec, codec);
  assert.equal(reads, 1);
});
