// Measures what 100,000 rows weigh, each library in a fresh page: JavaScript's heap and WebAssembly's memory.
import {withPage} from '../scripts/browser.mjs';
import {line} from './report.mjs';

const rowCount = 100_000;

/** Ways to fill a store; each is sent to the page as source. */
const ways = {
  'rows set one by one': (store, {row, rowId}, count) =>
    store.transaction(() => {
      for (let index = 0; index < count; index++) store.setRow('pets', rowId(index), row(index));
    }),
  setTablesJson: (store, {table}, count) => store.setTablesJson(JSON.stringify({pets: table(count)})),
};

/** Lets the page be asked for WebAssembly's memories: it must run before the library is loaded. */
const watchMemories = () => {
  const memories = new Set();
  globalThis.wasmBytes = () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct: (target, args) => {
      const instance = Reflect.construct(target, args);
      for (const item of Object.values(instance.exports)) if (item instanceof WebAssembly.Memory) memories.add(item);
      return instance;
    },
  });
};

/** Bytes that a filled store adds to a page. */
const weigh = (folders, library, fill, count) =>
  withPage(folders, async (page, url) => {
    await page.addInitScript(watchMemories);
    await page.goto(`${url}page/`);
    const devtools = await page.context().newCDPSession(page);
    const bytes = async () => {
      // Twice: what the first collection frees may hold more.
      for (let i = 0; i < 2; i++) await devtools.send('HeapProfiler.collectGarbage');
      const {usedSize} = await devtools.send('Runtime.getHeapUsage');
      return usedSize + (await page.evaluate(() => globalThis.wasmBytes()));
    };
    // One small store first, so that code and tables that every page has do not count.
    await page.evaluate(async (module) => {
      const {createStore} = await import(module);
      globalThis.createStore = createStore;
      globalThis.data = await import('/benches/data.mjs');
      createStore().setRow('pets', 'row', globalThis.data.row(0));
    }, library);
    const before = await bytes();
    const rows = await page.evaluate(
      ([source, rowCount]) => {
        globalThis.store = globalThis.createStore();
        new Function(`return ${source}`)()(globalThis.store, globalThis.data, rowCount);
        return globalThis.store.getRowCount('pets');
      },
      [fill.toString(), count],
    );
    if (rows !== count) throw new Error(`${library} holds ${rows} rows`);
    return (await bytes()) - before;
  });

/**
 * Weighs both libraries.
 * @param {Record<string, string>} folders what is served
 * @param {[string, string]} modules TinyBase's and ours
 * @param {boolean} quick a tenth of the rows
 * @returns {Promise<import('./report.mjs').Line[]>}
 */
export const measureMemory = async (folders, [theirModule, ourModule], quick) => {
  const count = quick ? rowCount / 10 : rowCount;
  const lines = [];
  for (const [way, fill] of Object.entries(ways)) {
    const theirs = (await weigh(folders, theirModule, fill, count)) / 1e6;
    const ours = (await weigh(folders, ourModule, fill, count)) / 1e6;
    const title = `memory of ${count.toLocaleString('en')} rows, ${way}`;
    lines.push(line({title, target: 1, unit: 'MB', theirs, ours}));
  }
  return lines;
};
