// The places in which a test's functions run: Node, and pages and workers of each engine.
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {root} from '../../scripts/run.mjs';
import {engineNames, findModules, withPage} from './support/index.mjs';

const importModules = async () => {
  const own = Object.entries(findModules()).filter(([name]) => name.startsWith('cellarium'));
  const modules = own.map(async ([name, path]) => [name, await import(join(root, path))]);
  return Object.fromEntries(await Promise.all(modules));
};

const until = async (condition, milliseconds = 5000) => {
  const end = performance.now() + milliseconds;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`still not after ${milliseconds} ms: ${condition}`);
    await sleep(2);
  }
};

/** As `page.evaluate`, in Node: JSON crosses, and nothing else. */
const evaluate = async (action, ...args) => {
  const context = {modules: await importModules(), kept: {}, sleep, until};
  const result = await (0, eval)(`(${action})`)(context, ...JSON.parse(JSON.stringify(args)));
  return result === undefined ? undefined : JSON.parse(JSON.stringify(result));
};

const ofEngine = (engine, kind) => ({
  name: `${kind === 'page' ? 'a page' : `a ${kind} worker`} of ${engine}`,
  use: (use) => withPage(engine, async (page) => use(await page.context(kind))),
});

const node = {name: 'Node', use: (use) => use({evaluate})};

/** Node, and a page of each engine: each has a `name` for tests, and its `use` gives what has `evaluate`. */
export const places = [node, ...engineNames.map((engine) => ofEngine(engine, 'page'))];

/** A worker of each kind in each engine. */
export const workers = engineNames.flatMap((engine) =>
  ['dedicated', 'shared', 'service'].map((kind) => ofEngine(engine, kind)),
);
