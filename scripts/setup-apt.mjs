// Installs Debian packages, as root or with a sudo that asks nothing.
import {ask, run, StepError} from './run.mjs';
import {findOnPath} from './tools.mjs';

let listsAreFresh = false;

/**
 * Installs Debian packages.
 * @param {string[]} packages
 * @throws {StepError} if this is no such system, or it may not be done without a password
 */
export const installPackages = async (packages) => {
  if (!findOnPath('apt-get')) throw new StepError('there is no apt-get on this machine');
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && ask('sudo', ['-n', 'true']) === undefined) {
    throw new StepError(`needs your password: sudo apt-get install ${packages.join(' ')}`);
  }
  const aptGet = (args) =>
    run(isRoot ? 'apt-get' : 'sudo', [...(isRoot ? [] : ['-n', 'apt-get']), '-qq', ...args], {
      env: {DEBIAN_FRONTEND: 'noninteractive'},
      quiet: true,
    }).catch((error) => {
      throw new StepError(`${error.message}\n${(error.output ?? '').trimEnd().split('\n').slice(-5).join('\n')}`);
    });
  if (!listsAreFresh) {
    await aptGet(['update']);
    listsAreFresh = true;
  }
  await aptGet(['install', '-y', '--no-install-recommends', ...packages]);
};
