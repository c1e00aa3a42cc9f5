// npm run bench: times the same work on tinybase and cellarium and prints the ratios.
//   --quick        few rounds          --only TEXT    workloads whose title contains the text
//   --rounds N     timed runs each     --json FILE    writes the results, too
//   --node         in Node, not in a page of Chromium, without memory
//   --self         tinybase against itself: every ratio should be near 1
//   --no-build     measures what is in pkg/
import {writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {withPage} from '../scripts/browser.mjs';
import {build} from '../scripts/build.mjs';
import {fail, root} from '../scripts/run.mjs';
import {setUp} from '../scripts/setup.mjs';
import {measure} from './measure.mjs';
import {measureMemory} from './memory.mjs';
import {format, summarize} from './report.mjs';
import {workloads} from './workloads.mjs';

const {values: options} = parseArgs({
  options: {
    quick: {type: 'boolean', default: false},
    only: {type: 'string', default: ''},
    rounds: {type: 'string'},
    json: {type: 'string'},
    node: {type: 'boolean', default: false},
    self: {type: 'boolean', default: false},
    'no-build': {type: 'boolean', default: false},
  },
});
const rounds = Number(options.rounds ?? (options.quick ? 3 : 11));
const runs = {rounds, warmUps: options.quick ? 1 : 3};
const chosen = workloads.filter(({title}) => title.includes(options.only));

// Found only when it is needed: on a clean clone, set-up installs it first.
const findTinybase = () => fileURLToPath(import.meta.resolve('tinybase'));
const theirModule = '/tinybase/index.js';
const ourModule = options.self ? `${theirModule}?self` : '/pkg/index.js';

const report = (workload, {theirs, ours}) => {
  const line = summarize(workload, theirs, ours);
  process.stderr.write(`${line.title}: ${line.ratio.toPrecision(3)}\n`);
  return line;
};

const runInNode = async () => {
  setFlagsFromString('--expose-gc');
  globalThis.gc = runInNewContext('gc');
  const theirs = (await import(findTinybase())).createStore;
  const ours = options.self ? theirs : (await import('../pkg/index.js')).createStore;
  return chosen.map((workload) => report(workload, measure(workload, {theirs, ours}, runs)));
};

const runInPage = async () => {
  const folders = {
    '/benches/': join(root, 'benches'),
    '/page/': join(root, 'benches', 'page'),
    '/pkg/': join(root, 'pkg'),
    '/tinybase/': dirname(findTinybase()),
  };
  const lines = await withPage(
    folders,
    async (page, url) => {
      await page.goto(`${url}page/`);
      const results = [];
      for (const workload of chosen) {
        const times = await page.evaluate(
          async ([title, theirModule, ourModule, runs]) => {
            const [{createStore: theirs}, {createStore: ours}] = [await import(theirModule), await import(ourModule)];
            const {measure} = await import('/benches/measure.mjs');
            const {workloads} = await import('/benches/workloads.mjs');
            return measure(
              workloads.find((workload) => workload.title === title),
              {theirs, ours},
              runs,
            );
          },
          [workload.title, theirModule, ourModule, runs],
        );
        results.push(report(workload, times));
      }
      return results;
    },
    ['--js-flags=--expose-gc'],
  );
  const memory = 'memory'.includes(options.only) || options.only.startsWith('memory');
  return memory ? [...lines, ...(await measureMemory(folders, [theirModule, ourModule], options.quick))] : lines;
};

const bench = async () => {
  if (!options.self && !options['no-build']) {
    await setUp(['build', 'page']);
    await build();
  }
  const lines = await (options.node ? runInNode() : runInPage());
  const place = options.node ? `Node ${process.version}` : 'one page of headless Chromium';
  console.log(`\n10,000 rows of 5 cells, ${place}, medians of ${rounds} runs; ratio = TinyBase / Cellarium\n`);
  console.log(format(lines));
  if (options.json) writeFileSync(options.json, `${JSON.stringify({place, rounds, lines}, null, 2)}\n`);
};

await bench().catch(fail);
