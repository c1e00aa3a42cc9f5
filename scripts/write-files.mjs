// Brings the generated files of a folder up to date, touching only what differs.
import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

/**
 * Writes files, and removes the generated ones that are no longer among them.
 * @param {string} folder
 * @param {Map<string, Uint8Array>} files contents by path within the folder
 * @param {RegExp} generated matches the paths that may be removed
 */
export const writeFiles = (folder, files, generated) => {
  for (const path of readdirSync(folder, {recursive: true})) {
    if (generated.test(path) && !files.has(path)) rmSync(join(folder, path));
  }
  for (const [path, contents] of files) {
    const file = join(folder, path);
    if (existsSync(file) && readFileSync(file).equals(contents)) continue;
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, contents);
  }
};
