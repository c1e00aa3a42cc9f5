// Where each tool is that building and testing need, and which version: the one place that names versions.
// (npm packages are pinned in package.json, crates in Cargo.toml and Cargo.lock.)
import {accessSync, constants, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {delimiter, join} from 'node:path';
import {ask, root, StepError} from './run.mjs';

export const wasmTarget = 'wasm32-unknown-unknown';

/** The toolchain that fuzzing needs, since only a nightly compiler can instrument. */
export const fuzzToolchain = 'nightly';

/** The name by which rustup knows Debian's Rust, once set-up has linked it. */
export const debianToolchain = 'cellarium-debian';

/** Commands that set-up installs with cargo: the crate, its version, and the commands it brings. */
export const cargoTools = {
  'wasm-bindgen-cli': {
    // The crate and the command must be of one version, so Cargo.lock is where it is read.
    get version() {
      return lockedVersion('wasm-bindgen');
    },
    commands: ['wasm-bindgen', 'wasm-bindgen-test-runner'],
    // Its own lock file names a version that registries may lack.
    locked: false,
  },
  'wasm-pack': {version: '0.15.1', commands: ['wasm-pack'], locked: true},
  'cargo-fuzz': {version: '0.13.2', commands: ['cargo-fuzz'], locked: true},
  geckodriver: {version: '0.37.1', commands: ['geckodriver'], locked: true},
};

/** The version of a crate that Cargo.lock fixes. */
export const lockedVersion = (crate) => {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const version = lock.match(new RegExp(`^name = "${crate}"\\nversion = "([^"]+)"`, 'm'))?.[1];
  if (!version) throw new StepError(`Cargo.lock names no version of ${crate}`);
  return version;
};

/** Where set-up puts what it installs with cargo: shared by all clones, replacing nothing of the user's. */
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cellarium');

/** @param {keyof cargoTools} crate */
export const cargoToolRoot = (crate) => join(cache, `${crate}-${cargoTools[crate].version}`);

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * The path of a command on PATH, or `undefined`.
 * @param {string} command
 */
export const findOnPath = (command) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find(isExecutable);

const fromVariable = (variable) => {
  const path = process.env[variable];
  if (!path) return undefined;
  if (isExecutable(path)) return path;
  throw new StepError(`${variable} is set to ${path}, which cannot be run`);
};

/**
 * The path of a command that set-up installs with cargo, if it is there in the right version.
 * @param {keyof cargoTools} crate
 * @param {string} [command]
 */
export const findCargoTool = (crate, command = cargoTools[crate].commands[0]) => {
  const own = join(cargoToolRoot(crate), 'bin', command);
  if (isExecutable(own)) return own;
  const found = findOnPath(command);
  const hasVersion = found && ask(found, ['--version'])?.split(/\s+/).includes(cargoTools[crate].version);
  return hasVersion ? found : undefined;
};

export const findGeckodriver = () => fromVariable('GECKODRIVER') ?? findCargoTool('geckodriver');
export const findChromedriver = () => fromVariable('CHROMEDRIVER') ?? findOnPath('chromedriver');
export const findChrome = () =>
  fromVariable('CHROME_PATH') ??
  ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(findOnPath).find(Boolean);
export const findFirefox = () =>
  fromVariable('FIREFOX_PATH') ?? ['firefox-esr', 'firefox'].map(findOnPath).find(Boolean);

/** WebKit's own browser, which Debian has in the folder of the library's programs and not on PATH. */
export const findMiniBrowser = () =>
  fromVariable('WEBKIT_PATH') ??
  findOnPath('MiniBrowser') ??
  ask('sh', ['-c', 'ls /usr/lib/*/webkit2gtk-4.1/MiniBrowser']);
/** A screen for a browser that cannot do without one. */
export const findXvfb = () => findOnPath('Xvfb');

/** In the folder of a standard library that set-up has built: what the compiler that built it says of itself. */
export const builtByFile = 'cellarium-built-by';

const hasWasmLibrary = (env) => {
  const folder = ask('rustc', ['--print', 'target-libdir', '--target', wasmTarget], env);
  if (!folder || !existsSync(folder)) return false;
  const builtBy = join(folder, builtByFile);
  // A library of another compiler than the one in use is of no use.
  if (existsSync(builtBy) && readFileSync(builtBy, 'utf8') !== ask('rustc', ['-vV'], env)) return false;
  return readdirSync(folder).some((name) => /^libstd-.*\.rlib$/.test(name));
};

/**
 * The variables to set so that cargo compiles for wasm, or `undefined` if no toolchain can.
 * @returns {NodeJS.ProcessEnv | undefined}
 */
export const wasmToolchain = () => [{}, {RUSTUP_TOOLCHAIN: debianToolchain}].find(hasWasmLibrary);

/** What Chromium needs to run without a screen, as root, on a machine without a network. */
export const chromeArguments = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/**
 * The variables for every command that compiles to wasm or tests in a browser. Asks for nothing to be
 * installed: what is missing is left out.
 * @returns {NodeJS.ProcessEnv}
 */
export const toolEnvironment = () => {
  const folders = Object.keys(cargoTools)
    .map((crate) => join(cargoToolRoot(crate), 'bin'))
    .filter(existsSync);
  const firefox = findFirefox();
  const chrome = findChrome();
  const capabilities = {
    'goog:chromeOptions': {args: chromeArguments, ...(chrome && {binary: chrome})},
    'moz:firefoxOptions': {args: ['-headless'], ...(firefox && {binary: firefox})},
  };
  const capabilitiesFile = join(root, 'build', 'webdriver.json');
  mkdirSync(join(root, 'build'), {recursive: true});
  writeFileSync(capabilitiesFile, JSON.stringify(capabilities, undefined, 2));
  return {
    ...wasmToolchain(),
    PATH: [...folders, process.env.PATH].join(delimiter),
    WASM_BINDGEN_TEST_WEBDRIVER_JSON: capabilitiesFile,
  };
};
