// Looks for a program on which two libraries differ, and shrinks it.
import {compare, describeDifference} from './compare.mjs';
import {generate, isFair} from './generate.mjs';
import {render, standalone} from './render.mjs';
import {shrink} from './shrink.mjs';

/**
 * Runs programs until one differs, or all have run.
 * @param {object} options
 * @param {number} options.seed the first program's seed; the next have the next numbers
 * @param {number} options.length operations a program
 * @param {number} options.programs how many programs
 * @param {number} [options.seconds] stop after this time
 * @param {boolean} [options.keepGoing] report every failing program, not just the first
 * @param {string[]} options.names the operations used
 * @param {boolean} [options.large] whether tables get hundreds of rows
 * @param {number} [options.every] after how many operations the state is compared; their results always are
 * @param {() => object} options.createExpected
 * @param {() => object} options.createActual
 * @param {(text: string) => void} [options.report] gets a text for each failing program
 * @param {number} [options.shrinkSeconds]
 */
export const search = ({
  seed,
  length,
  programs,
  seconds = Infinity,
  keepGoing = false,
  names,
  large = false,
  every = 1,
  createExpected,
  createActual,
  report = () => {},
  shrinkSeconds = 20,
}) => {
  const end = Date.now() + seconds * 1000;
  const failures = [];
  let run = 0;
  while (run < programs && Date.now() < end) {
    const program = generate(seed + run, length, names, large);
    run++;
    const first = compare(program, createExpected, createActual, every);
    if (!first) continue;
    const fails = (candidate) => {
      try {
        return isFair(candidate) && compare(candidate, createExpected, createActual, every) !== undefined;
      } catch {
        // A candidate that is no longer a program.
        return false;
      }
    };
    // What does not fail again depends on what ran before it.
    const again = fails(program);
    const small = again ? shrink(program, fails, shrinkSeconds) : program;
    const difference = (again && compare(small, createExpected, createActual, every)) || first;
    const source = render(small);
    const text = [
      `Seed ${seed + run - 1}, ${small.steps.length} of ${program.steps.length} steps left:`,
      ...(again ? [] : [`Alone it does not fail: run the programs from seed ${seed} on.`]),
      '',
      standalone(source),
      '- expected, + came:',
      describeDifference(difference),
      '',
    ].join('\n');
    failures.push({seed: seed + run - 1, program: small, source, difference, text});
    report(text);
    if (!keepGoing) break;
  }
  return {programs: run, operations: run * length, failures};
};
