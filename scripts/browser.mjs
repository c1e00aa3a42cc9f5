// Opens pages in headless Chromium: for the example, the page tests and the benchmarks.
import {StepError} from './run.mjs';
import {serve} from './serve.mjs';
import {chromeArguments, findChrome} from './tools.mjs';

/**
 * Launches Chromium without a window.
 * @param {string[]} [extraArguments] such as `--js-flags=--expose-gc`
 * @returns {Promise<import('playwright-core').Browser>}
 */
export const launchChromium = async (extraArguments = []) => {
  const executablePath = findChrome();
  if (!executablePath) throw new StepError('There is no Chromium: npm run setup');
  // Not imported at the top: set-up, which installs it, is run by modules that import this one.
  const {chromium} = await import('playwright-core');
  return chromium.launch({executablePath, args: [...chromeArguments, ...extraArguments]});
};

/**
 * Serves folders, opens a page of Chromium, uses it, and closes everything again.
 * @template T
 * @param {Record<string, string>} folders as for `serve`
 * @param {(page: import('playwright-core').Page, url: string) => Promise<T>} use `url` is the server's, with a slash
 *   at its end. An error that the page does not catch fails the whole.
 * @param {string[]} [extraArguments] for Chromium
 * @returns {Promise<T>}
 */
export const withPage = async (folders, use, extraArguments) => {
  const server = await serve(folders);
  try {
    const browser = await launchChromium(extraArguments);
    try {
      const page = await browser.newPage();
      const pageError = new Promise((_, reject) => page.on('pageerror', reject));
      pageError.catch(() => {}); // Of interest only while the page is used.
      return await Promise.race([use(page, server.url), pageError]);
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
};
