// A server that keeps contents under /content/…, with an ETag for each, for remote persisters.
import {createHash} from 'node:crypto';

/** Makes an `answer` for `withPage`. */
export const createContentServer = () => {
  const contents = new Map();

  const methods = {
    HEAD: (name, request, response) => methods.GET(name, request, response),
    GET: (name, request, response) => {
      if (name === '') return response.end(JSON.stringify([...contents.values()].map(String)));
      const body = contents.get(name);
      if (body === undefined) return response.writeHead(404).end();
      const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
      if (request.headers['if-none-match'] === etag) return response.writeHead(304, {etag}).end();
      return response.writeHead(200, {etag, 'content-type': 'application/json', 'cache-control': 'no-store'}).end(body);
    },
    POST: async (name, request, response) => {
      const pieces = [];
      for await (const piece of request) pieces.push(piece);
      contents.set(name, Buffer.concat(pieces));
      response.writeHead(204).end();
    },
    PUT: (name, request, response) => methods.POST(name, request, response),
    DELETE: (name, request, response) => {
      contents.clear();
      response.writeHead(204).end();
    },
  };

  return (request, response) => {
    const {pathname} = new URL(request.url, 'http://localhost');
    if (!pathname.startsWith('/content/')) return false;
    const method = methods[request.method];
    if (!method) response.writeHead(405).end();
    // A page that goes away breaks off what it sends.
    else Promise.resolve(method(pathname.slice('/content/'.length), request, response)).catch(() => response.destroy());
    return true;
  };
};
