// The modules that pages and workers find under their names: the package's, TinyBase's and the tests' own.
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from '../../../scripts/run.mjs';

const tinybaseNames = [
  '',
  '/persisters',
  '/persisters/persister-browser',
  '/persisters/persister-indexed-db',
  '/persisters/persister-remote',
];

const testNames = ['back-ends', 'contents', 'tabs', 'worlds'];

// Files are for Node.
const isForBrowsers = (name) => !/persister-file$|with-schemas$|package\.json$/.test(name);

/**
 * The names under which modules can be imported, with the paths at which they are served. What the package does not
 * have, because its back end is yet to come, is not among them.
 * @returns {Record<string, string>}
 */
export const findModules = () => {
  const {exports} = JSON.parse(readFileSync(join(root, 'pkg', 'package.json'), 'utf8'));
  const own = Object.entries(exports)
    .filter(([name, target]) => isForBrowsers(name) && existsSync(join(root, 'pkg', target.default)))
    .map(([name, target]) => [`cellarium${name.slice(1)}`, `/pkg${target.default.slice(1)}`]);
  const tinybase = tinybaseNames.map((name) => [`tinybase${name}`, `/tinybase${name}/index.js`]);
  return Object.fromEntries([
    ...own,
    ...tinybase,
    ...testNames.map((name) => [`tests/${name}`, `/storage/${name}.mjs`]),
  ]);
};

/** The folders that are served, for `serve`. */
export const folders = {
  '/pkg/': join(root, 'pkg'),
  '/tinybase/': join(root, 'node_modules', 'tinybase'),
  '/page/': join(import.meta.dirname, 'page'),
  '/storage/': join(root, 'tests', 'storage'),
};

/** The module that imports them all: service workers cannot import what they need when they need it. */
export const modulesScript = (modules) => {
  const entries = Object.entries(modules);
  const imports = entries.map(([, path], index) => `import * as module${index} from '${path}';\n`);
  const members = entries.map(([name], index) => `  '${name}': module${index},\n`);
  return `${imports.join('')}export const modules = {\n${members.join('')}};\n`;
};
