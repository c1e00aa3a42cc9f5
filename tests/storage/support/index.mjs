// `withPage`: a page of a real browser, with the package and TinyBase in it, for a test to run functions in.
import {serve} from '../../../scripts/serve.mjs';
import {createChannel} from './channel.mjs';
import {startBrowser} from './engines.mjs';
import {findModules, folders, modulesScript} from './modules.mjs';

export {PageGone} from './channel.mjs';
export {engineNames} from './engines.mjs';
export {findModules} from './modules.mjs';

const secondsToStart = 60;
const secondsToOpen = 30;

const inTime = (promise, what, seconds = secondsToStart) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${seconds} s`)), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

const javaScript = {'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store'};

/**
 * Serves the page of the tests, under an origin of its own.
 * @param {{answer?: (request, response) => boolean, port?: number}} [options] `answer` takes requests that are for the
 *   test; `port` is for a test that comes back to an origin
 */
const serveOrigin = async ({answer, port} = {}) => {
  const channel = createChannel();
  const modules = findModules();
  const scripts = {
    '/modules.js': () => modulesScript(modules),
    '/service-worker.js': () => "import '/page/worker.js';",
  };
  const respond = (request, response) => {
    if (channel.answer(request, response) || answer?.(request, response)) return true;
    const {pathname, searchParams} = new URL(request.url, 'http://localhost');
    if (searchParams.has('sandbox')) response.setHeader('content-security-policy', 'sandbox allow-scripts');
    const script = scripts[pathname];
    if (!script) return false;
    response.writeHead(200, {...javaScript, ...anyOrigin}).end(script());
    return true;
  };
  // A sandboxed page is of no origin, so that the modules are of another.
  const anyOrigin = {'access-control-allow-origin': '*'};
  const server = await serve(folders, port, {headers: anyOrigin, answer: respond});
  return {...server, ...channel};
};

/**
 * Starts a browser whose first page opens those of the tests.
 * @param {string} engine
 * @param {string} [profile] a folder to keep its storages in
 */
const openBrowser = async (engine, profile) => {
  const origin = await serveOrigin();
  origin.unref();
  const keeper = origin.line('keeper');
  const arrival = keeper.arrival();
  const browser = await startBrowser(engine, `${origin.url}page/keeper.html?page=keeper`, profile);
  try {
    const ended = browser.ended.then((code) => Promise.reject(new Error(`${engine} ended with code ${code}`)));
    await inTime(Promise.race([arrival, ended]), `starting ${engine}`);
  } catch (error) {
    await browser.kill();
    throw error;
  }
  return {
    openTab: (url) => keeper.ask({source: '', args: [url]}),
    kill: async () => {
      await browser.kill();
      await origin.close();
    },
  };
};

const asSource = (action) => (typeof action === 'function' ? action.toString() : action);

const createPage = ({engine, browser, origin}) => {
  const pages = [];

  const open = async (query = '') => {
    const name = `${pages.length + 1}`;
    const line = origin.line(name);
    const arrival = line.arrival();
    await browser.openTab(`${origin.url}page/?page=${name}${query}`);
    await inTime(arrival, `opening a page in ${engine}`, secondsToOpen);

    const worker = async (target) => {
      await inTime(line.ask({source: 'open', args: [], target}), `starting a ${target} worker in ${engine}`);
      return {
        evaluate: (action, ...args) => line.ask({source: asSource(action), args, target}),
        close: () => line.ask({source: 'close', args: [], target}),
      };
    };
    const page = {
      engine,
      url: origin.url,
      errors: line.troubles,
      evaluate: (action, ...args) => line.ask({source: asSource(action), args}),
      open,
      worker,
      context: async (kind) => (kind === 'page' ? page : worker(kind)),
      reload: async () => {
        const arrival = line.arrival();
        line.ask({source: '() => location.reload()', args: []}).catch(() => {});
        await inTime(arrival, `reloading a page in ${engine}`);
      },
      close: async () => {
        const departure = line.departure();
        line.ask({source: '() => close()', args: []}).catch(() => {});
        await inTime(departure, `closing a page in ${engine}`);
        line.abandon('the page was closed');
        page.isClosed = true;
      },
      isClosed: false,
    };
    pages.push(page);
    return page;
  };

  const closeAll = async () => {
    for (const page of pages) if (!page.isClosed) await page.close();
  };
  return {open, closeAll, errors: () => pages.flatMap(({errors}) => errors)};
};

const browsers = new Map();

const running = (engine) => {
  if (!browsers.has(engine)) browsers.set(engine, openBrowser(engine));
  return browsers.get(engine);
};

/** Opens a first page. A browser that does not open one has come to a stop, so another is started, once. */
const openFirst = async (engine, origin, query) => {
  const pages = createPage({engine, browser: await running(engine), origin});
  try {
    return {pages, page: await pages.open(query)};
  } catch {
    const stopped = browsers.get(engine);
    browsers.delete(engine);
    await (await stopped).kill();
    const others = createPage({engine, browser: await running(engine), origin});
    return {pages: others, page: await others.open(query)};
  }
};

const usePage = async (engine, use, options) => {
  const origin = await serveOrigin(options);
  const {pages, page} = await openFirst(engine, origin, options.query);
  try {
    const result = await use(page);
    const [error] = pages.errors();
    if (error && !options.allowsErrors) throw error;
    return result;
  } finally {
    await pages.closeAll().catch(() => {});
    await origin.close();
  }
};

/**
 * Opens a page of an engine, uses it, and closes it. Each has an origin of its own, so its storages are empty. The
 * browser is started once and ends with the process. An error that the page does not catch fails the whole.
 * @template T
 * @param {string} engine one of `engineNames`
 * @param {(page: Page) => Promise<T>} use
 * @param {{answer?: (request, response) => boolean, query?: string, allowsErrors?: boolean}} [options] `answer` takes
 *   requests to the origin that are for the test, and answers whether it has; `query: '&sandbox'` makes the page one in
 *   which touching a storage throws; `allowsErrors` leaves uncaught errors to the test, in `page.errors`
 * @returns {Promise<T>}
 */
export const withPage = async (engine, use, options = {}) => usePage(engine, use, options);

/**
 * Starts a browser of its own on a profile folder, opens a page, uses it, and kills the browser.
 * @template T
 * @param {string} engine
 * @param {string} profile a folder; what is stored is found there again, by whoever gives the same `port`
 * @param {(page: Page, kill: () => Promise<void>) => Promise<T>} use
 * @param {{port: number}} options
 * @returns {Promise<T>}
 */
export const withProfile = async (engine, profile, use, options) => {
  const browser = await openBrowser(engine, profile);
  const origin = await serveOrigin(options);
  const pages = createPage({engine, browser, origin});
  try {
    return await use(await pages.open(), browser.kill);
  } finally {
    await browser.kill();
    await origin.close();
  }
};
