// Starts the browsers: a process each, which can be killed, with a profile folder that can be kept.
import {spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {StepError} from '../../../scripts/run.mjs';
import {chromeArguments, findChrome, findFirefox, findMiniBrowser, findXvfb} from '../../../scripts/tools.mjs';

const firefoxPreferences = {
  'browser.aboutwelcome.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'browser.tabs.warnOnClose': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  // Tabs are opened without a click, and close themselves.
  'dom.allow_scripts_to_close_windows': true,
  'dom.disable_open_during_load': false,
  'dom.popup_maximum': 10_000,
  // A tab in the background is as quick as the one in front.
  'dom.min_background_timeout_value': 4,
  'dom.min_background_timeout_value_without_budget_throttling': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
  'dom.timeout.background_budget_regeneration_rate': -1,
  // Nothing is asked of a network.
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.server': 'data:,',
};

const found = (path, name) => {
  if (path) return path;
  throw new StepError(`There is no ${name}: npm run setup`);
};

const start = (command, args, env, stdout = 'ignore') => {
  // A group of its own, so that all of its processes can be killed at once.
  const child = spawn(command, args, {
    env: {...process.env, ...env},
    detached: true,
    stdio: ['ignore', stdout, 'ignore'],
  });
  child.unref();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const kill = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  };
  return {child, ended, kill};
};

// A screen for WebKit's browser, under a number that the X server finds free.
const startScreen = async () => {
  const screen = start(
    found(findXvfb(), 'Xvfb'),
    ['-displayfd', '1', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'],
    {},
    'pipe',
  );
  const {stdout} = screen.child;
  const number = await new Promise((resolve, reject) => {
    let text = '';
    stdout.on('data', (data) => {
      text += data;
      if (text.endsWith('\n')) resolve(text.trim());
    });
    screen.child.once('error', reject);
    screen.ended.then((code) => reject(new StepError(`Xvfb ended with code ${code}`)));
  });
  stdout.unref();
  return {...screen, display: `:${number}`};
};

/** How each engine's browser is started on a page, with its profile in a folder. */
const starters = {
  chromium: (profile, url) => [
    start(found(findChrome(), 'Chromium'), [
      ...chromeArguments,
      `--user-data-dir=${profile}`,
      '--no-default-browser-check',
      '--disable-popup-blocking',
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
      '--password-store=basic',
      url,
    ]),
  ],
  firefox: (profile, url) => {
    const lines = Object.entries(firefoxPreferences).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
    );
    writeFileSync(join(profile, 'user.js'), lines.join(''));
    return [start(found(findFirefox(), 'Firefox'), ['--headless', '--no-remote', '--profile', profile, url])];
  },
  webkit: async (profile, url) => {
    const program = found(findMiniBrowser(), "browser of WebKit's");
    const screen = await startScreen();
    const folders = Object.fromEntries(
      ['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR'].map((name) => [
        name,
        join(profile, name),
      ]),
    );
    for (const folder of Object.values(folders)) mkdirSync(folder, {recursive: true, mode: 0o700});
    const env = {
      ...folders,
      DISPLAY: screen.display,
      GDK_BACKEND: 'x11',
      NO_AT_BRIDGE: '1',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    };
    return [start(program, ['--javascript-can-open-windows-automatically=true', url], env), screen];
  },
};

/** The engines that tests run in. */
export const engineNames = Object.keys(starters);

const running = new Set();
process.on('exit', () => {
  for (const browser of running) browser.kill();
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/**
 * Starts a browser on a page. It does not keep Node from ending, and ends with it.
 * @param {string} engine
 * @param {string} url
 * @param {string} [profile] a folder that outlives the browser; without it one that does not
 * @returns {Promise<{kill: () => Promise<void>, ended: Promise<number>}>} `kill` ends all of its processes at once, as a power
 *   cut would; `ended` resolves when it has ended by whatever
 */
export const startBrowser = async (engine, url, profile) => {
  const folder = profile ?? mkdtempSync(join(tmpdir(), `cellarium-${engine}-`));
  const processes = await starters[engine](folder, url);
  const browser = {
    kill: () => {
      for (const {kill} of processes) kill();
      if (profile === undefined) rmSync(folder, {recursive: true, force: true, maxRetries: 5});
    },
  };
  running.add(browser);
  return {
    ended: processes[0].ended,
    kill: async () => {
      for (const {kill} of processes) kill();
      await Promise.all(processes.map(({ended}) => ended));
      running.delete(browser);
      browser.kill();
    },
  };
};
