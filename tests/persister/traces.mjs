// Runs every scenario on one library and prints the traces as JSON: `node traces.mjs tinybase|late|cellarium`.
//
// A process of its own, because TinyBase leaves rejections unhandled, which a test runner would take for its own.
import * as tinybase from 'tinybase';
import * as tinybasePersisters from 'tinybase/persisters';
import {normalize, runScenario} from './compare.mjs';
import {scenarios} from './scenarios.mjs';

const oracle = {...tinybase, ...tinybasePersisters};

const libraries = {
  tinybase: () => oracle,
  /** TinyBase whose persisters save a microtask late: what the comparison must find out. */
  late: () => ({
    ...oracle,
    createCustomPersister: (store, getPersisted, setPersisted, ...rest) => {
      const saveLate = async (...args) => {
        await null;
        return setPersisted(...args);
      };
      return oracle.createCustomPersister(store, getPersisted, saveLate, ...rest);
    },
  }),
  cellarium: () => import('../../pkg/index.js'),
};

const library = await libraries[process.argv[2]]();
const traces = {};
for (const [name, scenario] of Object.entries(scenarios)) {
  traces[name] = normalize(await runScenario(library, scenario));
}
process.stdout.write(JSON.stringify(traces), () => process.exit());
