// What the tests of IndexedDB use in a page or a dedicated worker: databases as they are, and persisters on them.
import {modules} from '/modules.js';

const {createStore} = modules['cellarium'];
const {createIndexedDbPersister} = modules['cellarium/persisters/persister-indexed-db'];

/** What a request gives. */
export const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Opens a database, of whatever version it has unless one is given. */
export const openDb = (name, version, upgrade = () => {}) => {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => upgrade(request.result, request.transaction);
  return result(request);
};

/** Uses a database as it is, and closes it. */
export const withDb = async (name, use) => {
  const db = await openDb(name);
  try {
    return await use(db);
  } finally {
    db.close();
  }
};

/** All there is in a database: its version, and of each object store the keys with the records. */
export const dump = (name) =>
  withDb(name, async (db) => {
    const stores = {};
    for (const storeName of db.objectStoreNames) {
      const store = db.transaction(storeName).objectStore(storeName);
      const [keys, records] = await Promise.all([result(store.getAllKeys()), result(store.getAll())]);
      stores[storeName] = keys.map((key, index) => [key, records[index]]);
    }
    return {version: db.version, stores};
  });

/** A store with a persister on a database, and the errors that it has reported. */
export const create = (name, {interval, content} = {}) => {
  const store = createStore();
  if (content) store.setContent(content);
  const errors = [];
  const persister = createIndexedDbPersister(store, name, interval, (error) => errors.push(error));
  return {store, persister, errors, codes: () => errors.map(({code}) => code)};
};

/** The content that a new persister loads. */
export const load = async (name) => {
  const {store, persister, errors} = create(name);
  await persister.load();
  await persister.destroy();
  if (errors.length > 0) throw errors[0];
  return store.getContent();
};

/** Replaces a method for as long as `use` takes. */
export const patching = async (object, method, replace, use) => {
  const descriptor = Object.getOwnPropertyDescriptor(object, method);
  Object.defineProperty(object, method, {...descriptor, ...replace(descriptor)});
  try {
    return await use();
  } finally {
    Object.defineProperty(object, method, descriptor);
  }
};

/** Counts what is asked of object stores while `use` runs. */
export const counting = async (use) => {
  const counts = {};
  const methods = ['put', 'add', 'delete', 'clear', 'get', 'getAll'];
  const counted = (rest) => {
    const [method, ...others] = rest;
    if (method === undefined) return use(counts);
    const replace = ({value}) => ({
      value(...args) {
        const name = `${method} ${this.name}`;
        counts[name] = (counts[name] ?? 0) + 1;
        return value.apply(this, args);
      },
    });
    return patching(IDBObjectStore.prototype, method, replace, () => counted(others));
  };
  await counted(methods);
  return counts;
};

/** Lets the n-th request that writes throw while `use` runs; gives how many there were. */
export const failing = async (n, use) => {
  let count = 0;
  const fail = ({value}) => ({
    value(...args) {
      // What a connection finds out about the browser is not meant.
      if (this.name === 'setAside') return value.apply(this, args);
      count += 1;
      if (count === n) throw new DOMException('of the test', 'DataError');
      return value.apply(this, args);
    },
  });
  const methods = ['put', 'add', 'delete', 'clear'];
  const failed = (rest) => {
    const [method, ...others] = rest;
    return method === undefined ? use() : patching(IDBObjectStore.prototype, method, fail, () => failed(others));
  };
  await failed(methods);
  return count;
};
