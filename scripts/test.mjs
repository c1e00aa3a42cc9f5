// Runs every check and test there is. `npm test`; `npm test -- native node` runs only steps of these groups or names.
import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import {checkTypes} from './build-types.mjs';
import {build, entryFiles} from './build.mjs';
import {duration, fail, root, run, step, StepError} from './run.mjs';
import {setUp} from './setup.mjs';
import {findChromedriver, findGeckodriver, toolEnvironment} from './tools.mjs';

const node = (script, ...args) => run(process.execPath, [join(root, 'node_modules', script), ...args]);
const cargo = (...args) => run('cargo', args);

// Clippy and rustdoc see the binding on the host; its artefacts are kept apart, because other flags mean another build.
const bindingFlags = '--cfg binding_on_host';
const cargoWithBinding = (command, ...args) =>
  run('cargo', [command, '--target-dir', join('target', 'binding-on-host'), ...args], {
    env: {RUSTFLAGS: bindingFlags, RUSTDOCFLAGS: `${bindingFlags} -D warnings`},
  });

const browsers = {
  Chrome: () => ['--chrome', '--chromedriver', findChromedriver()],
  Firefox: () => ['--firefox', '--geckodriver', findGeckodriver()],
};

const testInBrowser = async (browser) => {
  const args = ['test', '--headless', ...browsers[browser](), '--', '--lib', '--test', 'browser*'];
  // The tests run in the browser of whichever driver a variable names, so none may.
  const env = {...toolEnvironment(), CHROMEDRIVER: undefined, GECKODRIVER: undefined};
  const output = await run('wasm-pack', args, {env, seconds: 900});
  if (!output.includes(`Running headless tests in ${browser}`)) throw new StepError(`no test ran in ${browser}`);
  return output;
};

const findTestFiles = (folder) =>
  readdirSync(folder, {withFileTypes: true})
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : findTestFiles(path);
      return entry.name.endsWith('.test.mjs') ? [path] : [];
    })
    .sort();

// One step for each folder of tests/ that holds Node tests, found by looking, so that a new one needs no edit here.
const nodeSteps = () => {
  const tests = join(root, 'tests');
  const groups = existsSync(tests) ? readdirSync(tests, {withFileTypes: true}) : [];
  return groups
    .filter((entry) => entry.isDirectory())
    .map(({name}) => ({name, files: findTestFiles(join(tests, name))}))
    .filter(({files}) => files.length)
    .map(({name, files}) => ({
      name: `tests/${name}`,
      group: 'node',
      needsBuild: true,
      action: () => run(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files]),
    }));
};

const steps = () => [
  {name: 'cargo fmt', group: 'native', action: () => cargo('fmt', '--check')},
  {name: 'clippy', group: 'native', action: () => cargo('clippy', '--all-targets', '--', '-D', 'warnings')},
  {name: 'cargo test', group: 'native', action: () => cargo('test')},
  {
    name: 'clippy of the binding',
    group: 'native',
    action: () => cargoWithBinding('clippy', '--all-targets', '--', '-D', 'warnings'),
  },
  {name: 'cargo doc', group: 'docs', action: () => cargoWithBinding('doc', '--no-deps', '--document-private-items')},
  {name: 'prettier', group: 'lint', action: () => node('prettier/bin/prettier.cjs', '--check', '.')},
  {
    name: 'eslint',
    group: 'lint',
    needsBuild: true,
    action: () => node('eslint/bin/eslint.js', '--max-warnings=0', '.'),
  },
  {name: 'tsc', group: 'lint', needsBuild: true, action: () => checkTypes()},
  {name: 'typedoc', group: 'docs', needsBuild: true, action: () => node('typedoc/bin/typedoc', ...entryFiles())},
  ...nodeSteps(),
  {name: 'browser tests in Chromium', group: 'browser', action: () => testInBrowser('Chrome')},
  {name: 'browser tests in Firefox', group: 'browser', action: () => testInBrowser('Firefox')},
];

const count = (output, pattern) => [...output.matchAll(pattern)].reduce((sum, [, number]) => sum + Number(number), 0);

// The tests that a step says it ran, in cargo's words and in Node's; a step that names none is one test itself.
const countTests = (output, hasFailed) => {
  const plain = stripVTControlCharacters(output);
  const passed = count(plain, /^test result: .*? (\d+) passed/gm) + count(plain, /^ℹ pass (\d+)/gm);
  const failed = count(plain, /^test result: .*? (\d+) failed/gm) + count(plain, /^ℹ fail (\d+)/gm);
  if (hasFailed) return {passed, failed: Math.max(failed, 1)};
  return {passed: Math.max(passed, 1), failed};
};

const runStep = async ({name, action}) => {
  const start = performance.now();
  console.log(`\n=== ${name}`);
  let output = '';
  let error;
  try {
    output = (await action()) ?? '';
  } catch (caught) {
    error = caught;
    output = caught.output ?? '';
    console.error(caught instanceof StepError ? caught.message : caught);
  }
  const time = duration(performance.now() - start);
  console.log(`=== ${name}: ${error ? 'FAILED' : 'passed'}, ${time}`);
  return {name, time, error, ...countTests(output, error !== undefined)};
};

const main = async () => {
  const wanted = process.argv.slice(2);
  const chosen = steps().filter(
    ({name, group}) => !wanted.length || wanted.includes(group) || wanted.some((word) => name.startsWith(word)),
  );
  if (!chosen.length) throw new StepError(`There is no step or group called ${wanted.join(' or ')}`);
  await step('Set-up', () => setUp(['build', 'page', 'test']));
  const results = [];
  if (chosen.some(({needsBuild}) => needsBuild)) results.push(await runStep({name: 'build', action: () => build()}));
  for (const one of chosen) results.push(await runStep(one));

  console.log('');
  for (const {name, time, error, passed, failed} of results) {
    console.log(`${error ? 'FAILED' : 'passed'}  ${name} (${passed} passed, ${failed} failed, ${time})`);
  }
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  process.exitCode = results.some(({error}) => error) ? 1 : 0;
  console.log(`${total('passed')} passed, ${total('failed')} failed`);
};

await main().catch(fail);
