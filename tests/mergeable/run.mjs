// Compares cellarium's mergeable stores with tinybase's on random histories, from the command line:
//   node tests/mergeable/run.mjs [--seed N] [--steps N] [--histories N] [--seconds N] [--keep-going] [--kind K]
// History i has the seed N + i, so that one history is run again by `--seed <its seed> --histories 1`. The kinds are
// `twins`, three replicas that are a store of each library; `objects`, three of cellarium's stores, with objects in
// cells; and `alone`, one replica that hears of no other.
import {parseArgs} from 'node:util';
import {cellarium, tinybase} from './libraries.mjs';
import {search} from './search.mjs';

const {values: options} = parseArgs({
  options: {
    seed: {type: 'string', default: String(Date.now() % 1_000_000_000)},
    steps: {type: 'string', default: '40'},
    histories: {type: 'string', default: '1000'},
    seconds: {type: 'string', default: '1000000'},
    kind: {type: 'string', default: 'twins'},
    'keep-going': {type: 'boolean', default: false},
  },
});
console.log(`seed ${options.seed}, ${options.kind}`);
const {histories, failures} = search({
  seed: Number(options.seed),
  length: Number(options.steps),
  histories: Number(options.histories),
  seconds: Number(options.seconds),
  keepGoing: options['keep-going'],
  kind: options.kind,
  libraries: options.kind === 'objects' ? {cellarium} : {tinybase, cellarium},
  report: (text) => console.log(text),
});
console.log(`${histories} histories, ${failures.length} differences`);
process.exitCode = failures.length === 0 ? 0 : 1;
