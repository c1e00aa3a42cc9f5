// The page's side of the channel: asks the server what to do, does it, and says what came of that.

const page = new URLSearchParams(location.search).get('page');
const run = crypto.randomUUID?.() ?? `${Math.random()}`;
const server = new URL('/channel/', location.href);

// A request fails when the page is left, and then nobody waits for it.
const post = (what, body) =>
  fetch(new URL(`${what}?page=${page}`, server), {method: 'POST', body: JSON.stringify(body)}).catch(() => {});

/** An error as the channel carries it. */
export const describe = (error) =>
  error instanceof Error || error instanceof DOMException
    ? {name: error.name, message: error.message, stack: error.stack, code: error.code}
    : {name: 'thrown', message: String(error), stack: ''};

/** Tell the tests of an error that nobody has caught. */
export const report = (error) => post('trouble', describe(error));

/**
 * Do what the server asks for, for ever.
 * @param {(source: string, args: unknown[], target?: string) => unknown} evaluate
 */
export const serve = async (evaluate) => {
  addEventListener('pagehide', () => navigator.sendBeacon(new URL(`left?page=${page}&run=${run}`, server)));
  for (;;) {
    let command;
    try {
      command = await (await fetch(new URL(`next?page=${page}&run=${run}`, server))).json();
    } catch {
      return; // The page is left, or the tests are over.
    }
    if (!command) continue;
    const {id, source, args, target} = command;
    // Not awaited: the next command may be what this one waits for.
    new Promise((resolve) => resolve(evaluate(source, args, target))).then(
      (value) => post('result', {id, value}),
      (error) => post('result', {id, error: describe(error)}),
    );
  }
};
