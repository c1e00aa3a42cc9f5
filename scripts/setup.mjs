// Installs what building and testing need and is missing; fast when nothing is. `npm run setup`
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {setUpDebianWasm} from './setup-debian.mjs';
import {installPackages} from './setup-apt.mjs';
import {ask, duration, fail, root, run, step, StepError} from './run.mjs';
import * as tools from './tools.mjs';

const setUpRust = () => {
  if (ask('cargo', ['--version']) === undefined) {
    throw new StepError('Install Rust by hand: https://rustup.rs');
  }
};

const setUpNodeModules = async () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = join(root, 'node_modules', '.cellarium-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  await step('npm ci', () => run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']));
  writeFileSync(stamp, lock);
};

const setUpWasmTarget = async () => {
  if (tools.wasmToolchain()) return;
  const byRustup = () =>
    step(`rustup target add ${tools.wasmTarget}`, () =>
      run('rustup', ['target', 'add', tools.wasmTarget], {seconds: 120}),
    );
  try {
    await byRustup();
    if (tools.wasmToolchain()) return;
  } catch (error) {
    console.log(`  ${error.message}: trying Debian's packages`);
  }
  try {
    await setUpDebianWasm();
  } catch (error) {
    console.log(`  ${error.message}`);
  }
  if (!tools.wasmToolchain()) {
    throw new StepError(`Install by hand Rust's library for wasm: rustup target add ${tools.wasmTarget}`);
  }
};

const setUpCargoTool = (crate) => async () => {
  if (tools.findCargoTool(crate)) return;
  const {version, locked} = tools.cargoTools[crate];
  const args = ['install', crate, '--version', `=${version}`, ...(locked ? ['--locked'] : [])];
  await step(`cargo ${args.join(' ')} (takes minutes)`, () =>
    run('cargo', [...args, '--quiet', '--root', tools.cargoToolRoot(crate)]),
  ).catch((error) => {
    throw new StepError(`${error.message}\nInstall by hand: cargo ${args.join(' ')}`);
  });
};

const setUpRustComponent = (component, command) => async () => {
  if (ask(command, ['--version']) !== undefined) return;
  await step(`rustup component add ${component}`, () => run('rustup', ['component', 'add', component])).catch(
    (error) => {
      throw new StepError(`${error.message}\nInstall by hand: rustup component add ${component}`);
    },
  );
};

const setUpBrowser = (name, variable, find, aptPackage) => async () => {
  if (find()) return;
  await step(`apt-get install ${aptPackage}`, () => installPackages([aptPackage])).catch((error) =>
    console.log(`  ${error.message}`),
  );
  if (find()) return;
  const debian = `on Debian: sudo apt-get install ${aptPackage}`;
  throw new StepError(`Install by hand: ${name} (${debian}), and set ${variable} if it is not on PATH`);
};

const setUpFuzzToolchain = async () => {
  const has = () => ask('cargo', ['--version'], {RUSTUP_TOOLCHAIN: tools.fuzzToolchain}) !== undefined;
  if (has()) return;
  const args = ['toolchain', 'install', tools.fuzzToolchain, '--profile', 'minimal'];
  await step(`rustup ${args.join(' ')}`, () => run('rustup', args)).catch(() => {
    throw new StepError(`Install by hand: rustup ${args.join(' ')}`);
  });
};

/** What each part of the work needs, in the order in which it is set up. */
const needs = {
  build: [setUpRust, setUpNodeModules, setUpWasmTarget, setUpCargoTool('wasm-bindgen-cli')],
  page: [setUpBrowser('Chromium or Chrome', 'CHROME_PATH', tools.findChrome, 'chromium')],
  test: [
    setUpRustComponent('clippy', 'cargo-clippy'),
    setUpRustComponent('rustfmt', 'cargo-fmt'),
    setUpBrowser('the ChromeDriver of your Chrome', 'CHROMEDRIVER', tools.findChromedriver, 'chromium-driver'),
    setUpBrowser('Firefox', 'FIREFOX_PATH', tools.findFirefox, 'firefox-esr'),
    setUpBrowser("WebKit's MiniBrowser", 'WEBKIT_PATH', tools.findMiniBrowser, 'libwebkit2gtk-4.1-0'),
    setUpBrowser('Xvfb', 'PATH', tools.findXvfb, 'xvfb'),
    setUpCargoTool('wasm-pack'),
    async () => tools.findGeckodriver() ?? (await setUpCargoTool('geckodriver')()),
  ],
  fuzz: [setUpRust, setUpFuzzToolchain, setUpCargoTool('cargo-fuzz')],
};

/** What is set up unless a part is named: fuzzing needs a second compiler, which few will want. */
const usual = ['build', 'page', 'test'];

/**
 * Sets up what is missing for some parts of the work.
 * @param {(keyof needs)[]} parts
 * @throws {StepError} that says in one line what to install by hand
 */
export const setUp = async (parts) => {
  const start = performance.now();
  for (const part of parts) for (const install of needs[part]) await install();
  console.log(`Set-up is complete: ${duration(performance.now() - start)}`);
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const parts = process.argv.slice(2);
  await setUp(parts.length ? parts : usual).catch(fail);
}
