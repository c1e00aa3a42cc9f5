// The entry points' types: which names they have, next to TinyBase's and to what is there when an app runs, and that an
// editor can show what each of them does.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import ts from 'typescript';
import {root} from '../../scripts/run.mjs';

const {exports} = JSON.parse(readFileSync(join(root, 'pkg', 'package.json'), 'utf8'));
const entries = Object.entries(exports).filter(([, target]) => target.types);
const isWithSchemas = (path) => path.endsWith('/with-schemas');

const options = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  strict: true,
  types: [],
};
const theirName = (path) => `tinybase${path.slice(1)}`;
const importsFile = join(root, 'build', 'imports.mts');
const imports = entries
  .flatMap(([path, {types}]) => [theirName(path), join(root, 'pkg', types.replace(/\.d\.ts$/, '.js'))])
  .map((name) => `import * as _ from '${name}';\n`)
  .join('');

const host = ts.createCompilerHost(options);
const {getSourceFile} = host;
host.getSourceFile = (fileName, ...rest) =>
  fileName === importsFile
    ? ts.createSourceFile(fileName, imports, {languageVersion: ts.ScriptTarget.ES2022, impliedNodeFormat: 99}, true)
    : getSourceFile.call(host, fileName, ...rest);
const program = ts.createProgram([importsFile], options, host);
const checker = program.getTypeChecker();
const modules = program
  .getSourceFile(importsFile)
  .statements.map(({moduleSpecifier}) => checker.getSymbolAtLocation(moduleSpecifier));
const resolved = (symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
const membersOf = (module) => checker.getExportsOfModule(module).map(resolved);
const namesOf = (module) => checker.getExportsOfModule(module).map(({name}) => name);
const isValue = (symbol) => (resolved(symbol).flags & ts.SymbolFlags.Value) !== 0;

// Names of TinyBase's whose modules or kinds of persisters are not offered yet.
const notOfferedYet = /^(createCustom.+Persister|createOpfsPersister|OpfsPersister|Database.*|Dpc.*)$/;

// Modules that TinyBase does not have.
const ownEntries = /^\.\/persisters\/codecs(\/with-schemas)?$/;

test('every entry point has one of the same JavaScript that is typed by schemas', () => {
  for (const [path, {types, default: file}] of entries.filter(([path]) => !isWithSchemas(path))) {
    const twin = exports[`${path}/with-schemas`];
    assert.ok(twin, `there is no ${path}/with-schemas`);
    assert.equal(twin.default, file);
    assert.notEqual(twin.types, types);
  }
});

for (const [index, [path, target]] of entries.entries()) {
  const [theirs, ours] = modules.slice(2 * index);
  const name = `cellarium${path.slice(1)}`;

  test(`${name} declares what is there when an app runs, and nothing else`, async () => {
    const declared = checker.getExportsOfModule(ours).filter(isValue);
    const there = Object.keys(await import(join(root, 'pkg', target.default)));
    assert.deepEqual(declared.map((symbol) => symbol.name).sort(), there.sort());
  });

  if (path !== '.' && path !== './with-schemas' && !ownEntries.test(path)) {
    test(`${name} has every name that TinyBase's module has`, () => {
      const missing = new Set(namesOf(theirs).filter((name) => !notOfferedYet.test(name)));
      for (const name of namesOf(ours)) missing.delete(name);
      assert.deepEqual([...missing], []);
    });
  }

  test(`an editor shows what each name of ${name} and each member of its interfaces is for`, () => {
    const isDocumented = (symbol) => symbol.getDocumentationComment(checker).length > 0;
    const undocumented = [];
    for (const symbol of membersOf(ours)) {
      if (!isDocumented(symbol)) undocumented.push(symbol.name);
      if (!(symbol.flags & ts.SymbolFlags.Interface)) continue;
      for (const member of checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))) {
        if (!isDocumented(member)) undocumented.push(`${symbol.name}.${member.name}`);
      }
    }
    assert.deepEqual(undocumented, []);
  });

  const store = membersOf(ours).find((symbol) => symbol.name === 'Store');
  if (store) {
    test(`${name} types a Store's methods in full`, () => {
      const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(store));
      assert.equal(members.length, 94);
      // A method that is only documented, in what both kinds of Store extend, takes `never`.
      const untyped = members.filter((member) => {
        const [signature] = checker.getTypeOfSymbol(member).getCallSignatures();
        const [first] = signature.parameters;
        return first && checker.getTypeOfSymbol(first).flags & ts.TypeFlags.Never;
      });
      assert.deepEqual(
        untyped.map((member) => member.name),
        [],
      );
    });
  }
}
