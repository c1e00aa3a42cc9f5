// The workers of a page, by their kind and name.

const openers = {
  dedicated: (name) => {
    const worker = new Worker('/page/worker.js', {type: 'module', name});
    return {post: (message, ports) => worker.postMessage(message, ports), close: () => worker.terminate(), worker};
  },
  shared: (name) => {
    const worker = new SharedWorker('/page/worker.js', {type: 'module', name});
    return {
      post: (message, ports) => worker.port.postMessage(message, ports),
      start: () => worker.port.start(),
      close: () => worker.port.close(),
      worker,
    };
  },
  service: async () => {
    const registration = await navigator.serviceWorker.register('/service-worker.js', {type: 'module', scope: '/'});
    const {active: worker} = await navigator.serviceWorker.ready;
    return {
      post: (message, ports) => worker.postMessage(message, ports),
      close: () => registration.unregister(),
      worker,
    };
  },
};

const opened = new Map();

/** Open the worker that `target` means: a kind, or a kind, a space and a name. */
export const open = async (target) => {
  if (!opened.has(target)) opened.set(target, openWorker(...target.split(' ')));
  await opened.get(target);
};

const openWorker = async (kind, name = '') => {
  const {post, start, close, worker} = await openers[kind](name);
  const failed = new Promise((_, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(`${kind} worker: ${event.message ?? 'not started'}`)));
  });
  failed.catch(() => {}); // Of interest only to those who wait for an answer.
  start?.();
  const ask = (source, args) =>
    new Promise((resolve, reject) => {
      const {port1, port2} = new MessageChannel();
      port1.onmessage = ({data: {value, error}}) => {
        port1.close();
        if (error) reject(Object.assign(new Error(error.message), error));
        else resolve(value === undefined ? undefined : JSON.parse(value));
      };
      failed.catch(reject);
      post({source, args}, [port2]);
    });
  // The script is running, and so has a listener.
  await ask('() => {}', []);
  return {ask, close};
};

/** Call a function in a worker that is open. */
export const ask = async (target, source, args) => (await opened.get(target)).ask(source, args);

/** End a worker: its page's connection if it is shared. */
export const close = async (target) => {
  const {close} = await opened.get(target);
  opened.delete(target);
  await close();
};
