// Installs Debian packages, as root or with a sudo that asks nothing.
import {ask, run, StepError} from './run.mjs';
import {findOnPath} from './tools.mjs';

const isRoot = process.getuid?.() === 0;
const mayBeRoot = () => isRoot || ask('sudo', ['-n', 'true']) !== undefined;

/**
 * Runs a command as root.
 * @param {string} command
 * @param {string[]} args
 * @throws {StepError} with the last lines of what the command printed if it fails
 */
export const runAsRoot = async (command, args) => {
  const words = [...(isRoot ? [] : ['sudo', '-n']), 'env', 'DEBIAN_FRONTEND=noninteractive', command, ...args];
  return run(words[0], words.slice(1), {quiet: true}).catch((error) => {
    const lastLines = (error.output ?? '').trimEnd().split('\n').slice(-5).join('\n');
    throw new StepError(`${error.message}\n${lastLines}`);
  });
};

let listsAreFresh = false;

/**
 * Installs Debian packages.
 * @param {string[]} packages
 * @throws {StepError} if this is no such system, or this user may not
 */
export const installPackages = async (packages) => {
  if (!findOnPath('apt-get')) throw new StepError('there is no apt-get on this machine');
  if (!mayBeRoot()) throw new StepError(`this needs your password: sudo apt-get install ${packages.join(' ')}`);
  if (!listsAreFresh) await runAsRoot('apt-get', ['-qq', 'update']);
  listsAreFresh = true;
  await runAsRoot('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...packages]);
};
