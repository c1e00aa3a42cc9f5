// Fuzzes with cargo-fuzz. `npm run fuzz -- json_reader --seconds 3600`; `--merge` then puts what it found worth
// keeping into the repository's corpus.
import {spawn} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync} from 'node:fs';
import {constants, setPriority} from 'node:os';
import {join, relative} from 'node:path';
import {parseArgs} from 'node:util';
import {fail, root, step, StepError} from './run.mjs';
import {setUp} from './setup.mjs';
import {fuzzToolchain, toolEnvironment} from './tools.mjs';

const folder = join(root, 'fuzz');
const targets = readdirSync(join(folder, 'fuzz_targets')).map((name) => name.replace(/\.rs$/, ''));

/** Longer inputs find nothing that these do not, and take longer. */
const longest = 1024;

const usage = `Usage: npm run fuzz -- ${targets.join(' | ')} [--seconds 60] [--merge] [an input to run alone]`;

/** Of the options of libFuzzer, those that are the same whatever it does. */
const commonOptions = (target) => {
  const dictionary = join(folder, `${target}.dict`);
  return [`-max_len=${longest}`, ...(existsSync(dictionary) ? [`-dict=${dictionary}`] : [])];
};

/** Runs a target, with what it prints shown as it comes. */
const fuzz = (target, paths, options) =>
  new Promise((resolve, reject) => {
    const args = ['fuzz', 'run', '--fuzz-dir', folder, '--target-dir', join(root, 'target', 'fuzz')];
    // Of what AddressSanitizer looks for there is nothing: the store has no unsafe code. Without, all is twice as fast.
    args.push('--sanitizer', 'none', target, ...paths, '--', ...commonOptions(target), ...options);
    const env = {...process.env, ...toolEnvironment(), RUSTUP_TOOLCHAIN: fuzzToolchain};
    const child = spawn('cargo', args, {cwd: root, env, stdio: 'inherit'});
    child.on('error', (error) => reject(new StepError(error.message)));
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new StepError(`${target}: a finding, or an error; see above`)),
    );
  });

/** A folder that is there. */
const made = (path) => {
  mkdirSync(path, {recursive: true});
  return path;
};

/**
 * Replaces the corpus of the repository by a small part of both that leads wherever they lead. How often it leads there
 * does not count: that would keep many times as many inputs.
 */
const merge = async (target, corpus, own) => {
  const merged = made(join(root, 'build', 'fuzz', `${target}-merged`));
  await fuzz(target, [merged, corpus, own], ['-set_cover_merge=1', '-use_counters=0']);
  rmSync(corpus, {recursive: true});
  renameSync(merged, corpus);
  const files = readdirSync(corpus);
  const size = files.reduce((sum, name) => sum + statSync(join(corpus, name)).size, 0);
  console.log(`${relative(root, corpus)}: ${files.length} inputs, ${size} bytes`);
};

const main = async () => {
  const {values, positionals} = parseArgs({
    options: {seconds: {type: 'string', default: '60'}, merge: {type: 'boolean', default: false}},
    allowPositionals: true,
  });
  const [target, input] = positionals;
  if (!targets.includes(target) || !(Number(values.seconds) > 0)) throw new StepError(usage);
  await step('Set-up', () => setUp(['fuzz']));
  // It takes a processor for as long as it is given, so whatever else is to be done comes first.
  setPriority(constants.priority.PRIORITY_LOW);
  const corpus = made(join(folder, 'corpus', target));
  const own = made(join(root, 'build', 'fuzz', target));
  const findings = made(join(root, 'build', 'fuzz', `${target}-findings`));
  if (input) return fuzz(target, [input], []);
  if (values.merge) return merge(target, corpus, own);
  await fuzz(
    target,
    [own, corpus],
    [`-max_total_time=${values.seconds}`, `-artifact_prefix=${findings}/`, '-print_final_stats=1'],
  );
};

await main().catch(fail);
