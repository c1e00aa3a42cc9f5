// Declares the package's types: what tsc says of the entry points and of the modules they name.
import {readFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {root, run, StepError} from './run.mjs';
import {writeFiles} from './write-files.mjs';

const typesFolder = join(root, 'build', 'types');

/** Runs TypeScript's compiler over the facade. */
export const checkTypes = (...args) =>
  run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), ...args]);

const importsOf = (file) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name]) => name);

/**
 * Copies the declarations of some modules, and of those they import, to the package.
 * @param {string[]} entries names of modules of the facade
 * @param {string} packageFolder
 * @throws {StepError} if a type is wrong, or is declared outside the package, where users cannot see it
 */
export const bundleDeclarations = async (entries, packageFolder) => {
  await checkTypes('--noEmit', 'false', '--emitDeclarationOnly', '--outDir', typesFolder);
  const files = new Set(entries.map((name) => join(typesFolder, `${name}.d.ts`)));
  // A set visits what is added to it while it is walked.
  for (const file of files) {
    for (const name of importsOf(file)) {
      const imported = join(dirname(file), name.replace(/\.js$/, '.d.ts'));
      if (!name.startsWith('.') || relative(typesFolder, imported).startsWith('..')) {
        throw new StepError(`${relative(typesFolder, file)} declares types with ${name}, which is not in the package`);
      }
      files.add(imported);
    }
  }
  const contents = [...files].map((file) => [relative(typesFolder, file), readFileSync(file)]);
  writeFiles(packageFolder, new Map(contents), /\.d\.ts$/);
};
