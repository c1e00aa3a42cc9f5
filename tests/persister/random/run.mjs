// Compares cellarium's persisters with tinybase's on random programs, from the command line:
//   node tests/persister/random/run.mjs [--seed N] [--steps N] [--together N] [--programs N] [--seconds N] [--keep-going]
// Program i has the seed N + i, so that one program is run again by `--seed <its seed> --programs 1`.
// `--together` is how many steps at most are taken without waiting in between; `--of` is one of libraries.mjs.
import {parseArgs} from 'node:util';
import * as libraries from './libraries.mjs';
import {search} from './search.mjs';

const {values: options} = parseArgs({
  options: {
    seed: {type: 'string', default: String(Date.now() % 1_000_000_000)},
    steps: {type: 'string', default: '14'},
    together: {type: 'string', default: '1'},
    programs: {type: 'string', default: '1000'},
    seconds: {type: 'string', default: '1000000'},
    'keep-going': {type: 'boolean', default: false},
    of: {type: 'string', default: 'cellarium'},
  },
});

console.log(`seed ${options.seed}`);
const {programs, failures} = await search({
  seed: Number(options.seed),
  length: Number(options.steps),
  together: Number(options.together),
  programs: Number(options.programs),
  seconds: Number(options.seconds),
  keepGoing: options['keep-going'],
  expected: libraries.tinybase,
  actual: libraries[options.of],
  report: (text) => console.log(text),
});
console.log(`${programs} programs, ${failures.length} differences`);
process.exit(failures.length === 0 ? 0 : 1);
