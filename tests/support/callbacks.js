// Persisters as an app would write them, over one of the browser's storages.

/**
 * Callbacks that keep the content as JSON under `name`, asynchronously if asked to. A tab hears of what the other
 * documents of its origin write.
 */
export const createCallbacks = (storage, name, isAsynchronous) => {
  const answer = (action) => (isAsynchronous ? Promise.resolve().then(action) : action());
  return {
    getPersisted: () => answer(() => JSON.parse(storage.getItem(name) ?? 'null') ?? undefined),
    setPersisted: (getContent) => {
      // What is to be seen when save() returns is done before the first await.
      storage.setItem(name, JSON.stringify(getContent()));
      return answer(() => {});
    },
    addPersisterListener: (listener) => {
      const handle = ({storageArea, key, newValue}) => {
        if (storageArea === storage && key === name) listener(JSON.parse(newValue));
      };
      addEventListener('storage', handle);
      return answer(() => handle);
    },
    delPersisterListener: (handle) => answer(() => removeEventListener('storage', handle)),
  };
};

/** Callbacks of which every one fails with `error`: by throwing it, or by rejecting with it. */
export const createFailingCallbacks = (error, isAsynchronous) => {
  const fail = () => {
    if (isAsynchronous) return Promise.reject(error);
    throw error;
  };
  return {getPersisted: fail, setPersisted: fail, addPersisterListener: fail, delPersisterListener: fail};
};

/** Callbacks of which every one calls back into the persister in every way, at first; `calls` gets their names. */
export const createReenteringCallbacks = (calls) => {
  let persister;
  const reenter = (name, answer) => () => {
    calls.push(name);
    if (calls.filter((known) => known === name).length < 3) {
      persister.save();
      persister.load();
      persister.schedule([() => calls.push('action')]);
      persister.startAutoPersisting(undefined, calls.length % 2 === 0);
      persister.getStatus();
    }
    return answer;
  };
  return {
    setPersister: (created) => (persister = created),
    getPersisted: reenter('getPersisted', [{t: {r: {c: 1}}}, {}]),
    setPersisted: reenter('setPersisted'),
    addPersisterListener: reenter('addPersisterListener', 'handle'),
    delPersisterListener: reenter('delPersisterListener'),
  };
};

/** What another document of this origin does to a storage, so that this one gets a real `storage` event. */
export const writeElsewhere = (area, name, text) =>
  new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.src = 'about:blank';
    document.body.append(frame);
    const storage = frame.contentWindow[area];
    if (text === undefined) storage.removeItem(name);
    else storage.setItem(name, text);
    // The event is sent to this document in a task of its own, and waits there for a tab that tells of the text.
    setTimeout(() => {
      frame.remove();
      resolve();
    }, 500);
  });

/** Let the microtasks and timers that are due run, and those that they lead to. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 50));
