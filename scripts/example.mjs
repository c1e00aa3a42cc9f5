// Runs the guide's example in headless Chromium against the built package.
import {join} from 'node:path';
import {withPage} from './browser.mjs';
import {root, StepError} from './run.mjs';

/** What is served for the example: paths and folders. */
export const exampleFolders = {
  '/pkg/': join(root, 'pkg'),
  '/example/': join(root, 'scripts', 'example'),
};

const isName = (key) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key);
const quote = (text) => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/**
 * Writes a value as the guide does: bare keys, single quotes.
 * @param {unknown} value what JSON can hold
 * @returns {string}
 */
export const format = (value) => {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(format).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([key, item]) => `${isName(key) ? key : quote(key)}: ${format(item)}`);
  return `{${members.join(', ')}}`;
};

/**
 * Runs the example.
 * @param {Record<string, string>} [folders] what to serve, if not the built package
 * @returns {Promise<string[]>} what it printed, a line for each result
 */
export const runExample = (folders = exampleFolders) =>
  withPage(folders, async (page, url) => {
    const printed = [];
    page.on('console', (message) => {
      if (message.type() === 'log') printed.push(message.args()[0].jsonValue());
      else if (message.type() === 'error') printed.push(Promise.reject(new StepError(message.text())));
    });
    await page.goto(`${url}example/`);
    // A module runs once however often it is imported, so this waits for the run that the page has begun.
    await page.evaluate(() => import('/example/custom-persistence.js').then(() => undefined));
    const results = await Promise.all(printed);
    return results.map(format);
  });
