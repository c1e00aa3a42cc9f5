// The package's types, held to programs that must compile and lines that must not; most of the programs are compiled
// with TinyBase's types, too, so that an app can move from one to the other.
import assert from 'node:assert/strict';
import {mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {after, before, test} from 'node:test';
import ts from 'typescript';
import {root} from '../../scripts/run.mjs';

const programs = join(root, 'tests', 'types', 'programs');
const folder = join(root, 'build', 'type-tests');
const expectation = '// @ts-expect-error';

const programsIn = (path) =>
  readdirSync(path)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [name, readFileSync(join(path, name), 'utf8')]);

// The programs that hold for both libraries, and those that do for ours alone.
const shared = programsIn(programs);
const own = programsIn(join(programs, 'own'));

// The examples in documents.
const examples = ['README.md', 'pkg/README.md'].flatMap((document) =>
  [...readFileSync(join(root, document), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code], index) => [
    `${document.replaceAll('/', '-')}-${index + 1}.ts`,
    code,
  ]),
);
const ours = [...shared, ...own, ...examples];

const linesOf = (text, part) => text.split('\n').flatMap((line, index) => (line.includes(part) ? [index] : []));

/** Writes programs as apps of a library would have them, and without what they expect to fail. */
const writePrograms = (library, files) => {
  const path = join(folder, library);
  for (const kind of ['checked', 'unchecked']) {
    mkdirSync(join(path, kind), {recursive: true});
    for (const [name, text] of files) {
      const program = text.replaceAll(/'library(?=[/'])/g, `'${library}`);
      writeFileSync(join(path, kind, name), kind === 'checked' ? program : program.replaceAll(expectation, '//'));
    }
  }
};

before(() => {
  rmSync(folder, {recursive: true, force: true});
  // Nearer than the repository's own node_modules, where TinyBase is found.
  mkdirSync(join(folder, 'node_modules'), {recursive: true});
  symlinkSync(join(root, 'pkg'), join(folder, 'node_modules', 'cellarium'), 'dir');
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}\n');
  writePrograms('cellarium', ours);
  writePrograms('tinybase', shared);
});

after(() => rmSync(folder, {recursive: true, force: true}));

// The declarations of TypeScript itself and of the libraries are parsed once.
const sources = new Map();

/** Compiles files, and gives the errors as `file:line: message`, lines from 0. */
const compile = (files, options) => {
  const host = ts.createCompilerHost(options);
  const {getSourceFile} = host;
  host.getSourceFile = (fileName, languageVersion, ...rest) => {
    const key = `${fileName} ${options.moduleResolution}`;
    if (!sources.has(key)) sources.set(key, getSourceFile.call(host, fileName, languageVersion, ...rest));
    return sources.get(key);
  };
  const program = ts.createProgram(files, options, host);
  return ts.getPreEmitDiagnostics(program).map(({file, start, messageText}) => {
    const {line} = file?.getLineAndCharacterOfPosition(start) ?? {};
    return {name: file && basename(file.fileName), line, text: ts.flattenDiagnosticMessageText(messageText, '\n')};
  });
};

const resolutions = {
  bundler: {module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler},
  nodenext: {module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext},
};

const optionsOf = (library, resolution, exactOptionalPropertyTypes) => ({
  ...resolutions[resolution],
  exactOptionalPropertyTypes,
  strict: true,
  noUncheckedIndexedAccess: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
  types: [],
  noEmit: true,
  // Of declarations, ours are checked.
  skipLibCheck: library === 'tinybase',
});

for (const library of ['cellarium', 'tinybase']) {
  const files = library === 'cellarium' ? ours : shared;
  const pathsOf = (kind) => files.map(([name]) => join(folder, library, kind, name));
  for (const resolution of Object.keys(resolutions)) {
    for (const isExact of [false, true]) {
      const where = `${library}, ${resolution}${isExact ? ', exact optional properties' : ''}`;
      test(`programs compile that use the types rightly (${where})`, () => {
        assert.deepEqual(compile(pathsOf('checked'), optionsOf(library, resolution, isExact)), []);
      });
    }
  }

  test(`each wrong use is an error where it is, and nothing else is (${library})`, () => {
    const errors = compile(pathsOf('unchecked'), optionsOf(library, 'bundler', false));
    for (const [name, text] of files) {
      const lines = new Set(errors.filter((error) => error.name === name).map(({line}) => line));
      const expected = linesOf(text, expectation).map((line) => line + 1);
      const sorted = [...lines].sort((one, other) => one - other);
      assert.deepEqual(sorted, expected, name);
    }
  });
}

test("each thing that is said to differ from TinyBase's types does not compile with them", () => {
  const differences = own.filter(([name]) => name === 'differences.ts');
  writePrograms('tinybase', differences);
  const [[name, text]] = differences;
  const errors = compile([join(folder, 'tinybase', 'unchecked', name)], optionsOf('tinybase', 'bundler', true));
  let line = 0;
  for (const paragraph of text.split('\n\n')) {
    const end = line + paragraph.split('\n').length;
    const isSame = !errors.some((error) => error.line >= line && error.line < end);
    if (line > 0 && paragraph.startsWith('//')) assert.ok(!isSame, paragraph);
    line = end + 1;
  }
});
