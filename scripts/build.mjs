// Leaves a complete npm package in pkg/. `npm run build`; with `-- --dev` faster, for a larger and slower wasm.
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {pathToFileURL} from 'node:url';
import {bundleDeclarations} from './build-types.mjs';
import {withLock} from './lock.mjs';
import {ask, fail, root, run, step, StepError} from './run.mjs';
import {setUp} from './setup.mjs';
import {findCargoTool, lockedVersion, toolEnvironment, wasmTarget} from './tools.mjs';
import {writeFiles} from './write-files.mjs';

const packageFolder = join(root, 'pkg');
const bindingFolder = join(root, 'build', 'binding');
const facadeFolder = join(root, 'src', 'facade');

// What Rust's wasm may use. Named one by one: "all features" emits types that Node 20 refuses.
const wasmFeatures = [
  'bulk-memory',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
];

const compile = async (profile, env) => {
  await run('cargo', ['build', '--lib', '--profile', profile, '--target', wasmTarget], {env});
  const metadata = JSON.parse(ask('cargo', ['metadata', '--no-deps', '--format-version=1', '--offline'], env));
  return join(metadata.target_directory, wasmTarget, profile, 'cellarium.wasm');
};

/** Does a step again only if what goes into it has changed since it last succeeded. */
const unlessDone = async (name, inputs, action) => {
  const stamp = join(root, 'build', `${name}.stamp`);
  const hash = inputs.reduce((sum, input) => sum.update(input), createHash('sha256')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  rmSync(stamp, {force: true});
  await action();
  writeFileSync(stamp, hash);
};

const bind = async (wasm, isDev, env) => {
  const arguments_ = ['--target', 'web', '--omit-default-module-path', '--out-dir', bindingFolder];
  await run(findCargoTool('wasm-bindgen-cli'), [...arguments_, wasm], {env});
  // It would hide that the bundler makes a text of the wasm file (src/facade/wasm-file.d.ts).
  rmSync(join(bindingFolder, 'cellarium_bg.wasm.d.ts'));
  if (isDev) return;
  const bound = join(bindingFolder, 'cellarium_bg.wasm');
  const features = wasmFeatures.map((feature) => `--enable-${feature}`);
  const optimise = ['-O3', '--strip-debug', '--strip-producers', ...features, bound, '-o', bound];
  await run(process.execPath, [join(root, 'node_modules', 'binaryen', 'bin', 'wasm-opt'), ...optimise]);
};

// The modules of the facade that users import, and those that only declare types, by what pkg/package.json exports.
// Several exports may name one file: those with schemas share their JavaScript with those without.
const entryNames = (condition, ending) => {
  const {exports} = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const files = Object.values(exports).map((target) => target[condition]);
  const names = files.filter((file) => file?.endsWith(ending)).map((file) => file.slice(2, -ending.length));
  return [...new Set(names)].filter((name) => existsSync(join(facadeFolder, `${name}.ts`)));
};

const filesOf = (names) => names.map((name) => join(facadeFolder, `${name}.ts`));

/** The TypeScript files that say what users can import. */
export const entryFiles = () => filesOf(entryNames('types', '.d.ts'));

const bundle = async () => {
  const {build} = await import('esbuild');
  // Splitting is what lets all entry points share one wasm instance.
  const {outputFiles} = await build({
    entryPoints: filesOf(entryNames('default', '.js')),
    outdir: packageFolder,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    loader: {'.wasm': 'base64'},
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
    write: false,
  }).catch((error) => {
    throw new StepError(error.message);
  });
  const files = outputFiles.map(({path, contents}) => [relative(packageFolder, path), contents]);
  files.push(['LICENSE', readFileSync(join(root, 'LICENSE'))]);
  writeFiles(packageFolder, new Map(files), /\.js$/);
};

/**
 * Builds the package, leaving out what is up to date.
 * @param {{isDev?: boolean}} [options]
 */
export const build = async ({isDev = false} = {}) => {
  mkdirSync(join(root, 'build'), {recursive: true});
  await withLock(join(root, 'build', 'lock'), async () => {
    const env = toolEnvironment();
    const wasm = await step('Compile to wasm', () => compile(isDev ? 'quick' : 'release', env));
    const bindingInputs = [readFileSync(wasm), lockedVersion('wasm-bindgen'), readFileSync(import.meta.filename)];
    await step('Bind to JavaScript', () =>
      unlessDone('binding', [...bindingInputs, String(isDev)], () => bind(wasm, isDev, env)),
    );
    await step(`Bundle ${entryNames('default', '.js').join(', ')}`, bundle);
    await step('Declare types', () => bundleDeclarations(entryNames('types', '.d.ts'), packageFolder));
  });
  const size = readFileSync(join(bindingFolder, 'cellarium_bg.wasm')).length;
  console.log(`Built ${relative(root, packageFolder)}/, wasm ${(size / 1024).toFixed(1)} kB`);
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp(['build'])
    .then(() => build({isDev: process.argv.includes('--dev')}))
    .catch(fail);
}
