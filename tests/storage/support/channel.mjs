// How the tests talk to pages: a page asks the server what to do, and tells it what came of that.
import {randomUUID} from 'node:crypto';

/** What ends an evaluation whose page went away. */
export class PageGone extends Error {}

const readBody = async (request) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return JSON.parse(Buffer.concat(pieces).toString());
};

const asError = ({name, message, stack, code}) =>
  Object.assign(new Error(`in the page: ${name}: ${message}`), {
    stack: `in the page: ${name}: ${message}\n${stack}`,
    code,
  });

// One page's side of the channel here: what is to be done in it, and who waits for that.
class Line {
  #commands = [];
  #answer; // Sends a command to the page, if it has asked for one.
  #waiting = new Map();
  #arrivals = [];
  #run; // Which life of the page: another one after a reload.
  #leaving = [];
  troubles = [];

  /** Resolves when the page, or its next life, has come. */
  arrival() {
    return new Promise((resolve) => this.#arrivals.push(resolve));
  }

  /** Resolves when the page has gone. */
  departure() {
    return new Promise((resolve) => this.#leaving.push(resolve));
  }

  ask(command) {
    return new Promise((resolve, reject) => {
      const id = randomUUID();
      this.#waiting.set(id, {resolve, reject});
      this.#commands.push({id, ...command});
      this.#send();
    });
  }

  next(run, response) {
    if (run !== this.#run) {
      this.#run = run;
      this.abandon('another page was loaded');
      for (const resolve of this.#arrivals.splice(0)) resolve();
    }
    // Answered now and then, since browsers give up requests that take long.
    const timer = setTimeout(() => this.#answer?.('null'), 20_000);
    timer.unref();
    const answer = (text) => {
      clearTimeout(timer);
      if (this.#answer === answer) this.#answer = undefined;
      response.writeHead(200, {'content-type': 'application/json', 'access-control-allow-origin': '*'}).end(text);
    };
    response.on('close', () => {
      clearTimeout(timer);
      if (response.writableFinished) return;
      if (this.#answer === answer) this.#answer = undefined;
      // Not every engine sends a beacon when a tab is closed.
      this.leave(run);
    });
    this.#answer = answer;
    this.#send();
  }

  leave(run) {
    if (run === this.#run) for (const resolve of this.#leaving.splice(0)) resolve();
  }

  settle({id, error, value}) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(asError(error));
    else waiting?.resolve(value);
  }

  abandon(why) {
    for (const {reject} of this.#waiting.values()) reject(new PageGone(why));
    this.#waiting.clear();
    this.#commands = [];
  }

  #send() {
    if (this.#answer && this.#commands.length) this.#answer(JSON.stringify(this.#commands.shift()));
  }
}

/**
 * The server's side of the channel.
 * @returns {{answer: (request, response) => boolean, line: (name: string) => Line}} `answer` for `serve`; `line` is
 *   what leads to the page of that name
 */
export const createChannel = () => {
  const lines = new Map();
  const line = (name) => {
    if (!lines.has(name)) lines.set(name, new Line());
    return lines.get(name);
  };
  const answer = (request, response) => {
    const {pathname, searchParams} = new URL(request.url, 'http://localhost');
    const to = line(searchParams.get('page'));
    const run = searchParams.get('run');
    if (pathname === '/channel/next') to.next(run, response);
    else if (pathname === '/channel/left') {
      to.leave(run);
      response.writeHead(204).end();
    } else if (pathname === '/channel/result' || pathname === '/channel/trouble') {
      readBody(request).then(
        (body) => {
          if (pathname === '/channel/result') to.settle(body);
          else to.troubles.push(asError(body));
          response.writeHead(204, {'access-control-allow-origin': '*'}).end();
        },
        () => response.destroy(),
      );
    } else return false;
    return true;
  };
  return {answer, line};
};
