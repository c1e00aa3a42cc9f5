// The ground that every persister scenario stands on: a trace, a scripted back end and ways to wait.

/** Wait until every microtask and every timer of 0 ms that is due has run, several times over. */
export const settle = async () => {
  for (let round = 0; round < 4; round++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
};

/** A promise with its two ends outside. */
export const deferred = () => {
  let resolve;
  let reject;
  const promise = new Promise((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return {promise, resolve, reject};
};

const print = (value) => {
  if (value instanceof Error) {
    return `${value.name}(${value.message})`;
  }
  if (typeof value === 'function') {
    return 'function';
  }
  return JSON.stringify(value, (_key, inner) => (inner === undefined ? '<undefined>' : inner));
};

/** A list of lines; `log('word', value...)` adds one. */
export const createTrace = () => {
  const lines = [];
  const log = (word, ...values) => {
    lines.push([word, ...values.map(print)].join(' '));
  };
  return {lines, log};
};

/**
 * A back end whose five callbacks write to the trace. `script` may override any of them, and may set
 * `content` (what getPersisted yields), `handle` (what addPersisterListener returns) and `mode`.
 */
export const createBackend = (library, log, script = {}) => {
  const store = script.store ?? library.createStore();
  const backend = {
    store,
    content: script.content,
    stored: undefined,
    listener: undefined,
    listeners: [],
    errors: [],
  };
  const arity = {
    getPersisted: async () => {
      log('get');
      return script.getPersisted ? await script.getPersisted(backend) : backend.content;
    },
    setPersisted: async (getContent, changes) => {
      log('set', changes);
      backend.getContent = getContent;
      if (script.setPersisted) {
        return await script.setPersisted(getContent, changes, backend);
      }
      backend.stored = getContent();
    },
    addPersisterListener: (listener) => {
      log('add');
      backend.listener = listener;
      backend.listeners.push(listener);
      return script.addPersisterListener ? script.addPersisterListener(listener, backend) : 'handle';
    },
    delPersisterListener: (handle) => {
      log('del', handle);
      return script.delPersisterListener?.(handle, backend);
    },
    onIgnoredError: (error) => {
      log('ignored', error);
      script.onIgnoredError?.(error, backend);
    },
  };
  const callbacks = {...arity, ...script.raw};
  backend.persister = library.createCustomPersister(
    store,
    callbacks.getPersisted,
    callbacks.setPersisted,
    callbacks.addPersisterListener,
    callbacks.delPersisterListener,
    callbacks.onIgnoredError,
    script.mode,
  );
  backend.persister.addStatusListener((_persister, status) => log('status', status));
  /** Write the state that a user can ask for. */
  backend.report = () => {
    const {persister} = backend;
    log(
      'state',
      persister.getStatus(),
      persister.getStats(),
      persister.isAutoLoading(),
      persister.isAutoSaving(),
      store.getContent(),
    );
  };
  return backend;
};

/** Log how a promise ends, without waiting for it. */
export const watch = (log, name, promise) => {
  promise.then(
    () => log(`${name} resolved`),
    (error) => log(`${name} rejected`, error),
  );
  return promise;
};
