// Looks for a program on which two libraries' persisters differ, and shrinks it.
import {generate} from './generate.mjs';
import {runProgram} from './run-program.mjs';

/** Where two traces first differ, as text: `-` what was expected, `+` what came; undefined if they do not. */
const differenceOf = (expected, actual) => {
  const line = expected.findIndex((text, index) => text !== actual[index]);
  if (line < 0 && expected.length === actual.length) return undefined;
  const first = line < 0 ? expected.length : line;
  return [
    ...expected.slice(0, first).map((text) => `  ${text}`),
    ...expected.slice(first, first + 8).map((text) => `- ${text}`),
    ...actual.slice(first, first + 8).map((text) => `+ ${text}`),
  ].join('\n');
};

/** Every program that is a little simpler. */
function* simpler(program) {
  const {groups, answers} = program;
  for (let index = groups.length - 1; index >= 0; index--) {
    yield {...program, groups: groups.toSpliced(index, 1)};
    for (let step = groups[index].length - 1; step >= 0 && groups[index].length > 1; step--) {
      yield {...program, groups: groups.with(index, groups[index].toSpliced(step, 1))};
    }
  }
  if (program.isDestroyed) yield {...program, isDestroyed: false};
  for (const [callback, list] of Object.entries(answers)) {
    for (let index = list.length - 1; index >= 0; index--) {
      if (list[index] === 'now') continue;
      yield {...program, answers: {...answers, [callback]: list.with(index, 'now')}};
    }
  }
}

/** The program without the answers that nothing asks for, which are the last ones that are given at once. */
const tidy = (program) => ({
  ...program,
  answers: Object.fromEntries(
    Object.entries(program.answers).map(([callback, list]) => [
      callback,
      list.slice(0, list.findLastIndex((how) => how !== 'now') + 1),
    ]),
  ),
});

/** A file that runs the program alone and prints what happens, to be saved in this folder. */
const standalone = (program) => `import {cellarium as library} from './libraries.mjs'; // or tinybase
import {runProgram} from './run-program.mjs';
const program = ${JSON.stringify(program)};
console.log((await runProgram(library, program)).trace.join('\\n'));
`;

/**
 * Runs programs until one differs, or all have run.
 * @param {object} options
 * @param {number} options.seed the first program's seed; the next have the next numbers
 * @param {number} options.length steps a program
 * @param {number} options.together how many steps at most are taken without waiting in between
 * @param {number} options.programs how many programs
 * @param {number} [options.seconds] stop after this time
 * @param {boolean} [options.keepGoing] report every failing program, not just the first
 * @param {object} options.expected the library that is right
 * @param {object} options.actual the library under test
 * @param {(text: string) => void} [options.report] gets a text for each failing program
 * @returns {Promise<{programs: number, failures: string[]}>}
 */
export const search = async ({
  seed,
  length,
  together,
  programs,
  seconds = Infinity,
  keepGoing = false,
  expected,
  actual,
  report = () => {},
}) => {
  const compare = async (program) => {
    const {trace, isCut} = await runProgram(expected, program);
    const {trace: actualTrace} = await runProgram(actual, program);
    return differenceOf(trace, isCut ? actualTrace.slice(0, trace.length) : actualTrace);
  };
  const end = Date.now() + seconds * 1000;
  const failures = [];
  let run = 0;
  for (; run < programs && Date.now() < end; run++) {
    let program = generate(seed + run, length, together);
    if (!(await compare(program))) continue;
    const shrinkEnd = Date.now() + 20_000;
    for (let isSimpler = true; isSimpler && Date.now() < shrinkEnd;) {
      isSimpler = false;
      for (const candidate of simpler(program)) {
        if (!(await compare(candidate))) continue;
        program = candidate;
        isSimpler = true;
        break;
      }
    }
    program = tidy(program);
    const difference = await compare(program);
    const text = [
      `Seed ${seed + run}:`,
      '',
      standalone(program),
      '- expected, + came:',
      difference ?? 'It does not differ every time.',
      '',
    ].join('\n');
    failures.push(text);
    report(text);
    if (!keepGoing) break;
  }
  return {programs: run, failures};
};
