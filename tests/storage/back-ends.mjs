// The places that persisters keep stores in: how one is made there, where it runs, what lies in the place. Node asks
// what there is to run; pages and workers do the rest.

/** The contexts in which a persister may run. */
export const everywhere = ['page', 'dedicated', 'shared', 'service'];

const browserModule = '/persisters/persister-browser';
const indexedDbModule = '/persisters/persister-indexed-db';
const remoteModule = '/persisters/persister-remote';

const webStorage = (area, create) => {
  const storage = () => globalThis[area];
  return {
    area,
    operations: () => [
      [Storage.prototype, 'getItem'],
      [Storage.prototype, 'setItem', {writes: true}],
    ],
    limit: 12_000_000,
    module: browserModule,
    contexts: ['page'],
    create: (modules, library, store, name, onIgnoredError, options) =>
      modules[`${library}${browserModule}`][create](store, name, onIgnoredError, options),
    read: async (name) => (storage().getItem(name) === null ? [] : [{where: name, text: storage().getItem(name)}]),
    write: async (name, where, text) => storage().setItem(where, text),
    everything: async () => Object.values({...storage()}),
    wipe: async () => storage().clear(),
  };
};

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const withDatabase = async (name, use) => {
  const database = await settled(indexedDB.open(name));
  try {
    return await use(database);
  } finally {
    database.close();
  }
};

// The texts anywhere in a record, under the ways that lead to them.
const textsIn = (record, way = []) => {
  if (typeof record === 'string') return [{way, text: record}];
  if (typeof record !== 'object' || record === null) return [];
  return Object.entries(record).flatMap(([key, inner]) => textsIn(inner, [...way, key]));
};

const withText = (record, [key, ...way], text) => {
  if (key === undefined) return text;
  const copy = Array.isArray(record) ? [...record] : {...record};
  copy[key] = withText(record[key], way, text);
  return copy;
};

const readDatabase = (name) =>
  withDatabase(name, async (database) => {
    const found = [];
    for (const table of database.objectStoreNames) {
      const stored = database.transaction(table).objectStore(table);
      const [keys, records] = await Promise.all([settled(stored.getAllKeys()), settled(stored.getAll())]);
      keys.forEach((key, index) => {
        for (const {way, text} of textsIn(records[index])) found.push({where: [table, key, way], text});
      });
    }
    return found;
  });

const requests = (method, writes) => [
  [IDBObjectStore.prototype, method, {writes}],
  [IDBObjectStore.prototype, method, {writes, after: (request) => request.transaction.abort()}],
];

// A stream that has failed lets go of its file.
const brokenStream = {answers: true, writes: true, instead: (stream) => stream.abort()};

const directory = () => navigator.storage.getDirectory();
const fileOf = async (name) => (await directory()).getFileHandle(name, {create: true});

const readFiles = async (folder, prefix = '') => {
  const found = [];
  for await (const [name, handle] of folder.entries()) {
    if (handle.kind === 'directory') found.push(...(await readFiles(handle, `${prefix}${name}/`)));
    else {
      // One that has vanished meanwhile was of a write that is done.
      const file = await handle.getFile().catch(() => undefined);
      if (file) found.push({where: `${prefix}${name}`, text: latin1(await file.arrayBuffer())});
    }
  }
  return found;
};

// Bytes as a text with a letter for each, since what lies in a file need not be a text.
const latin1 = (bytes) => Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
const fromLatin1 = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const cacheUrl = (name) => `/cached/${encodeURIComponent(name)}`;
const openCache = () => caches.open('custom');
const readCache = async (name) => (await (await openCache()).match(cacheUrl(name)))?.text();

export const backEnds = {
  local: webStorage('localStorage', 'createLocalPersister'),
  session: webStorage('sessionStorage', 'createSessionPersister'),

  custom: {
    // Over the cache, which is there in every context, and asynchronous.
    module: '/persisters',
    isCustom: true,
    contexts: everywhere,
    operations: () => [
      [CacheStorage.prototype, 'open', {answers: true}],
      [Cache.prototype, 'match', {answers: true}],
      [Cache.prototype, 'put', {answers: true, writes: true}],
    ],
    create: (modules, library, store, name, onIgnoredError) => {
      // One object, which does not hear itself.
      const channel = new BroadcastChannel(`custom ${name}`);
      const {createCustomPersister} = modules[`${library}/persisters`];
      return createCustomPersister(
        store,
        async () => {
          const text = await readCache(name);
          return text === undefined ? undefined : JSON.parse(text);
        },
        async (getContent) => {
          const text = JSON.stringify(getContent());
          await (await openCache()).put(cacheUrl(name), new Response(text));
          channel.postMessage(null);
        },
        (listener) => {
          channel.onmessage = () => listener();
          return true;
        },
        () => (channel.onmessage = null),
        onIgnoredError,
      );
    },
    read: async (name) => {
      const text = await readCache(name);
      return text === undefined ? [] : [{where: name, text}];
    },
    write: async (name, where, text) => (await openCache()).put(cacheUrl(where), new Response(text)),
    everything: async () => {
      const cache = await openCache();
      return Promise.all((await cache.keys()).map(async (request) => (await cache.match(request)).text()));
    },
    wipe: () => caches.delete('custom'),
  },

  'indexed-db': {
    module: indexedDbModule,
    contexts: everywhere,
    // A request that cannot be made, and one that the whole transaction is aborted after.
    operations: () => [
      [IDBFactory.prototype, 'open'],
      [IDBDatabase.prototype, 'transaction'],
      ...['get', 'getAll', 'getAllKeys', 'getKey', 'openCursor'].flatMap((method) => requests(method, false)),
      ...['add', 'clear', 'delete', 'put'].flatMap((method) => requests(method, true)),
    ],
    // TinyBase cannot read what this wrote, since its layout is another one.
    isWrittenForTinyBase: false,
    // What lies in other records is loaded all the same.
    readsRest: true,
    create: (modules, library, store, name, onIgnoredError, options) =>
      modules[`${library}${indexedDbModule}`].createIndexedDbPersister(store, name, undefined, onIgnoredError, options),
    // Without what only says who has written when.
    read: async (name) => (await readDatabase(name)).filter(({where: [table]}) => table !== 'meta'),
    write: (name, [table, key, way], text) =>
      withDatabase(name, async (database) => {
        const stored = database.transaction(table, 'readwrite').objectStore(table);
        const record = withText(await settled(stored.get(key)), way, text);
        await settled(stored.keyPath === null ? stored.put(record, key) : stored.put(record));
      }),
    everything: async () => {
      const databases = await indexedDB.databases();
      const found = await Promise.all(databases.map(({name}) => readDatabase(name)));
      return found.flat().map(({text}) => text);
    },
    wipe: async () => {
      for (const {name} of await indexedDB.databases()) await settled(indexedDB.deleteDatabase(name));
    },
  },

  opfs: {
    module: browserModule,
    export: 'createOpfsPersister',
    contexts: everywhere,
    operations: () => [
      [FileSystemFileHandle.prototype, 'getFile', {answers: true}],
      [FileSystemFileHandle.prototype, 'createWritable', {answers: true, writes: true}],
      [FileSystemFileHandle.prototype, 'createSyncAccessHandle', {answers: true, writes: true}],
      [FileSystemDirectoryHandle.prototype, 'getFileHandle', {answers: true}],
      [globalThis.FileSystemWritableFileStream?.prototype, 'write', brokenStream],
      [globalThis.WritableStream.prototype, 'close', brokenStream],
      [Blob.prototype, 'arrayBuffer', {answers: true}],
      [Blob.prototype, 'text', {answers: true}],
    ],
    // What Debian's WebKit is built without.
    isMissing: () => (navigator.storage?.getDirectory ? undefined : 'there is no origin private file system'),
    create: async (modules, library, store, name, onIgnoredError, options) =>
      modules[`${library}${browserModule}`].createOpfsPersister(store, await fileOf(name), onIgnoredError, options),
    read: async (name) => (await readFiles(await directory())).filter(({where}) => where.startsWith(name)),
    write: async (name, where, text) => {
      const stream = await (await fileOf(where)).createWritable();
      await stream.write(fromLatin1(text));
      await stream.close();
    },
    everything: async () => (await readFiles(await directory())).map(({text}) => text),
    wipe: async () => {
      const folder = await directory();
      for (const {where} of await readFiles(folder)) await folder.removeEntry(where);
    },
  },

  remote: {
    // On the server of `support/content-server.mjs`.
    module: remoteModule,
    contexts: everywhere,
    operations: () => [[globalThis, 'fetch', {answers: true, writes: true}]],
    create: (modules, library, store, name, onIgnoredError) => {
      const url = new URL(`/content/${encodeURIComponent(name)}`, location.origin).href;
      return modules[`${library}${remoteModule}`].createRemotePersister(store, url, url, 0.1, onIgnoredError);
    },
    read: async (name) => {
      const response = await fetch(`/content/${encodeURIComponent(name)}`);
      return response.ok ? [{where: name, text: await response.text()}] : [];
    },
    write: (name, where, text) => fetch(`/content/${encodeURIComponent(where)}`, {method: 'POST', body: text}),
    everything: async () => (await fetch('/content/')).json(),
    wipe: () => fetch('/content/', {method: 'DELETE'}),
  },
};

/** All that can be written by TinyBase and by this package, and be read by both. */
export const isShared = ({isCustom, isWrittenForTinyBase}) => !isCustom && isWrittenForTinyBase !== false;

/**
 * Why a back end cannot run, for the list of tests, or `undefined`. Asked in Node, and in a page for the rest.
 * @param {string} name
 * @param {Record<string, string | object>} modules as of `findModules`
 */
export const whyNotBuilt = (name, modules) => {
  const {module} = backEnds[name];
  return `cellarium${module}` in modules ? undefined : `the package has no cellarium${module}`;
};

/** The same, in the place where it is to run. */
export const whyNotHere = (name, modules) => {
  const {module, export: member, isMissing} = backEnds[name];
  const found = modules[`cellarium${module}`];
  if (member && found && !(member in found)) return `the package has no ${member}`;
  return whyNotBuilt(name, modules) ?? isMissing?.();
};
