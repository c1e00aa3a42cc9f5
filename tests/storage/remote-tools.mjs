// What the tests of the remote persister give to their functions, wherever these run.

const createTools = ({modules, sleep, until}) => {
  const {createStore} = modules['cellarium'];
  const {createRemotePersister} = modules['cellarium/persisters/persister-remote'];
  const describe = (error) =>
    error instanceof Response
      ? {kind: 'Response', status: error.status, code: error.code}
      : {kind: error.name, code: error.code};
  const open = (url, seconds) => {
    const store = createStore();
    const thrown = [];
    const persister = createRemotePersister(store, `${url}/load`, `${url}/save`, seconds, (error) =>
      thrown.push(error),
    );
    return {store, persister, thrown, errors: () => thrown.map(describe)};
  };
  return {sleep, until, describe, open};
};

/**
 * Makes of a function one to evaluate: it gets the tools, among them `open(url, seconds)`, which makes a store and its
 * persister; what it is called with; and behind that what is kept in the place.
 * @param {Function} action
 * @returns {string}
 */
export const withOpen = (action) =>
  `(context, ...args) => (${action})((${createTools})(context), ...args, context.kept)`;
