// Where the remote persister is tested: in Node, in a page, and in a worker, by the same functions.
import * as cellarium from '../../pkg/index.js';
import * as remote from '../../pkg/persister-remote.js';
import {launchChromium} from '../../scripts/browser.mjs';
import {root} from '../../scripts/run.mjs';
import {serve} from '../../scripts/serve.mjs';

/** What a test's function gets first; its source goes to pages. */
const createTools = ({createStore}, {createRemotePersister}) => {
  const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const until = async (condition) => {
    for (let attempt = 0; attempt < 500; attempt++) {
      if (condition()) return;
      await sleep(10);
    }
    throw new Error(`it did not come to that: ${condition}`);
  };
  const describe = (error) =>
    error instanceof Response
      ? {kind: 'Response', status: error.status, code: error.code}
      : {kind: error.name, code: error.code};
  const open = (url, seconds) => {
    const store = createStore();
    const thrown = [];
    const persister = createRemotePersister(store, `${url}/load`, `${url}/save`, seconds, (error) =>
      thrown.push(error),
    );
    return {store, persister, thrown, errors: () => thrown.map(describe)};
  };
  return {sleep, until, describe, open};
};

const runInNode = (use, ...args) => use(createTools(cellarium, remote), ...args);

const toRun = (use, args) => [createTools.toString(), use.toString(), args];

const inPage = async ([createTools, use, args]) => {
  const modules = await Promise.all([import('/pkg/index.js'), import('/pkg/persister-remote.js')]);
  return (0, eval)(`(${use})`)((0, eval)(`(${createTools})`)(...modules), ...args);
};

const inWorker = ([createTools, use, args]) => {
  const source = `
    import * as cellarium from '${location.origin}/pkg/index.js';
    import * as remote from '${location.origin}/pkg/persister-remote.js';
    const tools = (${createTools})(cellarium, remote);
    (async () => (${use})(tools, ...${JSON.stringify(args)}))().then(
      (value) => postMessage({value}),
      (error) => postMessage({error: String(error.stack)}),
    );`;
  const module = URL.createObjectURL(new Blob([source], {type: 'text/javascript'}));
  const worker = new Worker(module, {type: 'module'});
  return new Promise((resolve, reject) => {
    worker.onerror = ({message}) => reject(new Error(message));
    worker.onmessage = ({data: {value, error}}) => {
      worker.terminate();
      if (error) reject(new Error(error));
      else resolve(value);
    };
  });
};

/** Starts a browser with a page, and gives what runs a function there, and in Node. */
export const openPlaces = async () => {
  const server = await serve({
    '/pkg/': `${root}/pkg`,
    '/tinybase/': `${root}/node_modules/tinybase`,
    '/': `${root}/tests/persister/page`,
  });
  const browser = await launchChromium();
  const openPage = async () => {
    const page = await browser.newPage();
    await page.goto(server.url);
    return page;
  };
  const page = await openPage();
  return {
    openPage,
    inPageOf: (page, use, ...args) => page.evaluate(inPage, toRun(use, args)),
    run: {
      Node: runInNode,
      'a page': (use, ...args) => page.evaluate(inPage, toRun(use, args)),
      'a worker': (use, ...args) => page.evaluate(inWorker, toRun(use, args)),
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
};

/** The names of the places. */
export const placeNames = ['Node', 'a page', 'a worker'];
