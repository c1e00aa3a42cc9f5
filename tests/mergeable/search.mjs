// Looks for a history after which stores differ that should not, and shrinks it.
import {generate} from './generate.mjs';
import {runHistory} from './run-history.mjs';

/** Every history that is a little simpler. */
function* simpler(history) {
  const {steps} = history;
  for (let size = steps.length >> 1; size >= 1; size >>= 1) {
    for (let from = steps.length - size; from >= 0; from -= size) {
      yield {...history, steps: steps.toSpliced(from, size)};
    }
  }
  for (const [index, step] of steps.entries()) {
    if (step[0] !== 'transaction') continue;
    for (let action = step[2].length - 1; action >= 0; action--) {
      yield {...history, steps: steps.with(index, step.with(2, step[2].toSpliced(action, 1)))};
    }
  }
}

/** A file that runs the history alone and prints what differs, to be saved in this folder. */
const standalone = (history, names) => `import * as libraries from './libraries.mjs';
import {runHistory} from './run-history.mjs';
const history = ${JSON.stringify(history, (_key, value) => (value === undefined ? '\ufffc' : value))};
console.log(runHistory(history, [${names.map((name) => `libraries.${name}`).join(', ')}]));
`;

/**
 * Runs histories until one fails, or all have run.
 * @param {object} options
 * @param {number} options.seed the first history's seed; the next have the next numbers
 * @param {number} options.length steps a history
 * @param {number} options.histories how many
 * @param {number} [options.seconds] stop after this time
 * @param {boolean} [options.keepGoing] report every failing history, not just the first
 * @param {'twins' | 'objects' | 'alone'} options.kind
 * @param {Record<string, object>} options.libraries by name, the one that is right first
 * @param {(text: string) => void} [options.report] gets a text for each failing history
 */
export const search = ({
  seed,
  length,
  histories,
  seconds = Infinity,
  keepGoing = false,
  kind,
  libraries,
  report = () => {},
}) => {
  const run = (history) => {
    try {
      return runHistory(history, Object.values(libraries));
    } catch (error) {
      return error.stack;
    }
  };
  const end = Date.now() + seconds * 1000;
  const failures = [];
  let count = 0;
  for (; count < histories && Date.now() < end; count++) {
    let history = generate(seed + count, length, kind);
    if (run(history) === undefined) continue;
    const shrinkEnd = Date.now() + 20_000;
    for (let isSimpler = true; isSimpler && Date.now() < shrinkEnd;) {
      isSimpler = false;
      for (const candidate of simpler(history)) {
        if (run(candidate) === undefined) continue;
        history = candidate;
        isSimpler = true;
        break;
      }
    }
    const text = [
      `Seed ${seed + count}, ${kind}:`,
      '',
      standalone(history, Object.keys(libraries)),
      '- expected, + came:',
      run(history) ?? 'It does not differ every time.',
      '',
    ].join('\n');
    failures.push(text);
    report(text);
    if (!keepGoing) break;
  }
  return {histories: count, failures};
};
