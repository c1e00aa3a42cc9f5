// Packs the built package and installs the tarball into a copy of the fixture app, as a user would.
import {execFile} from 'node:child_process';
import {cpSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {root} from '../../scripts/run.mjs';

const execute = promisify(execFile);

/**
 * Runs a command in a folder.
 * @returns {Promise<string>} what it wrote to its standard output
 */
export const runIn = async (cwd, command, ...args) => (await execute(command, args, {cwd})).stdout;

/**
 * Installs the packed tarball.
 * @returns {Promise<{app: string, files: string[], remove: () => void}>} `app` is the folder of the app, `files` are
 *   the names of what is in the tarball
 */
export const installTarball = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cellarium-package-'));
  const app = join(folder, 'app');
  cpSync(join(root, 'tests', 'package', 'fixture'), app, {recursive: true});
  cpSync(join(root, 'scripts', 'example', 'custom-persistence.js'), join(app, 'custom-persistence.js'));
  const packed = await runIn(root, 'npm', 'pack', join(root, 'pkg'), '--json', '--pack-destination', folder);
  const [{filename, files}] = JSON.parse(packed);
  // Offline, because the package must need no other.
  await runIn(app, 'npm', 'install', '--offline', '--no-audit', '--no-fund', join(folder, filename));
  return {app, files: files.map(({path}) => path), remove: () => rmSync(folder, {recursive: true})};
};
