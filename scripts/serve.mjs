// A static server on 127.0.0.1, for the playground and for pages under test.
import {createReadStream, statSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join, normalize, sep} from 'node:path';
import {StepError} from './run.mjs';

const contentTypes = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

// The file that a path means, or undefined: nothing outside the folders is ever served.
const findFile = (folders, path) => {
  const [prefix, folder] = folders.find(([prefix]) => path.startsWith(prefix)) ?? [];
  if (!folder) return undefined;
  const name = normalize(path.slice(prefix.length));
  if (name.includes('\0') || name === '..' || name.startsWith(`..${sep}`)) return undefined;
  const file = join(folder, name);
  const status = statSync(file, {throwIfNoEntry: false});
  if (status?.isFile()) return file;
  const index = join(file, 'index.html');
  return path.endsWith('/') && statSync(index, {throwIfNoEntry: false})?.isFile() ? index : undefined;
};

const answer =
  (folders, {headers, answer}) =>
  (request, response) => {
    if (answer?.(request, response)) return;
    let path;
    try {
      path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    } catch {
      response.writeHead(400).end();
      return;
    }
    const file = findFile(folders, path);
    if (!file) {
      response.writeHead(404, {'content-type': 'text/plain'}).end('Not found\n');
      return;
    }
    response.writeHead(200, {
      'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
      'cache-control': 'no-store',
      ...headers,
    });
    if (request.method === 'HEAD') response.end();
    else
      createReadStream(file)
        .on('error', () => response.destroy())
        .pipe(response);
  };

const listen = (server, port) =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server.off('error', reject)));
  });

/**
 * Serves folders until it is closed.
 * @param {Record<string, string>} folders what a path starts with, such as `/pkg/`, and the folder it means; the
 *   longest match counts
 * @param {number} [port] the one wished for; without it, or if it is taken, any free one
 * @param {{headers?: Record<string, string>, answer?: (request, response) => boolean}} [options] `headers` to add to
 *   each file; `answer` is asked first, and says whether it has taken the request
 * @returns {Promise<{url: string, close: () => Promise<void>, unref: () => void}>} `url` ends with a slash; `unref`
 *   lets Node end while it still serves
 */
export const serve = async (folders, port = 0, options = {}) => {
  const sorted = Object.entries(folders).sort(([a], [b]) => b.length - a.length);
  const server = createServer(answer(sorted, options));
  await listen(server, port).catch((error) => {
    if (error.code === 'EADDRINUSE' || error.code === 'EACCES') return listen(server, 0);
    throw new StepError(`cannot serve on 127.0.0.1: ${error.message}`);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    unref: () => server.unref().on('connection', (socket) => socket.unref()),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
