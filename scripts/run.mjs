// Runs commands and times steps: what all the other scripts share.
import {spawn, spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** A failure that a person can mend: its message is printed alone, without a stack. */
export class StepError extends Error {}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{env?: NodeJS.ProcessEnv, cwd?: string, quiet?: boolean, seconds?: number}} [options] `quiet`
 *   keeps the output back; `seconds` is a time limit.
 * @returns {Promise<string>} what it printed, both streams
 * @throws {StepError} if it cannot be started, fails, or takes too long
 */
export const run = (command, args, {env, cwd = root, quiet = false, seconds} = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: {...process.env, ...env},
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds === undefined ? undefined : seconds * 1000,
    });
    let output = '';
    const keep = (stream) => (chunk) => {
      output += chunk;
      if (!quiet) stream.write(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', keep(process.stdout));
    child.stderr.setEncoding('utf8').on('data', keep(process.stderr));
    child.on('error', (error) => reject(new StepError(`${command}: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const why = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      const error = new StepError(`${command} ${args.join(' ')} ${why}`);
      error.output = output;
      reject(error);
    });
  });

/**
 * What a quick command prints, or `undefined` if it is missing or fails.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export const ask = (command, args, env) => {
  const {status, stdout} = spawnSync(command, args, {
    cwd: root,
    env: {...process.env, ...env},
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : undefined;
};

/**
 * A duration for people, such as `0.4 s` or `2 min 5 s`.
 * @param {number} milliseconds
 */
export const duration = (milliseconds) => {
  const seconds = milliseconds / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
};

/**
 * Says what is being done, does it, and says how long it took.
 * @template T
 * @param {string} name
 * @param {() => T | Promise<T>} action
 */
export const step = async (name, action) => {
  const start = performance.now();
  console.log(`> ${name} ...`);
  const result = await action();
  console.log(`  ${name}: ${duration(performance.now() - start)}`);
  return result;
};

/**
 * Ends a script: a `StepError` as its message, anything else with its stack.
 * @param {unknown} error
 */
export const fail = (error) => {
  console.error(error instanceof StepError ? `\n${error.message}` : error);
  process.exit(1);
};
