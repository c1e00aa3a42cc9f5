// A server for the tests of the remote persister: does what a test says, and remembers what it was asked.
import {createServer} from 'node:http';

// Pages are of another origin than this server.
const open = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': '*',
  'access-control-expose-headers': '*',
  'access-control-max-age': '0',
};

/** One that keeps what is saved, with an ETag that counts. */
export const keep = () => {
  const kept = {text: undefined, version: 0};
  const answer = ({method, headers, body}, response) => {
    if (method === 'POST') {
      kept.text = body;
      kept.version++;
      response.end();
      return;
    }
    const etag = `"${kept.version}"`;
    if (kept.text === undefined) response.writeHead(404).end();
    else if (headers['if-none-match'] === etag) response.writeHead(304, {etag}).end();
    else response.writeHead(200, {etag}).end(method === 'HEAD' ? undefined : kept.text);
  };
  return {kept, answer};
};

/**
 * Starts the server.
 * @returns {Promise<{url: string, requests: object[], answer: Function, close: () => Promise<void>}>} `answer` is what
 *   a test sets: it gets the request, with its `body`, and the response. Requests are `{method, path, headers, body}`,
 *   and `isAborted` once the client has gone away before the end.
 */
export const startServer = async () => {
  const control = {requests: [], answer: undefined, preflight: undefined};
  const server = createServer(async (request, response) => {
    for (const [name, value] of Object.entries(open)) response.setHeader(name, value);
    const {method, url: path, headers, socket} = request;
    if (method === 'OPTIONS') {
      await control.preflight?.();
      response.writeHead(204).end();
      return;
    }
    const seen = {method, path, headers, body: '', isAborted: false, socket};
    control.requests.push(seen);
    response.on('close', () => (seen.isAborted = !response.writableFinished));
    request.setEncoding('utf8').on('error', () => {});
    for await (const piece of request) seen.body += piece;
    control.answer(seen, response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  control.url = `http://127.0.0.1:${server.address().port}`;
  control.close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return control;
};
