// What the tests of the OPFS persister share in a page and in a worker: files, stores, persisters, waiting.
import {modules} from '/modules.js';

const rootOf = () => navigator.storage.getDirectory();

const directoryOf = async (path) => {
  let directory = await rootOf();
  for (const name of path.split('/').slice(0, -1)) {
    directory = await directory.getDirectoryHandle(name, {create: true});
  }
  return directory;
};

/** The handle of a file, which is made if there is none. */
export const handleOf = async (path) => (await directoryOf(path)).getFileHandle(path.split('/').at(-1), {create: true});

/** A file's bytes, `undefined` if there is none. */
export const read = async (path) => {
  try {
    const handle = await (await directoryOf(path)).getFileHandle(path.split('/').at(-1));
    return new Uint8Array(await (await handle.getFile()).arrayBuffer());
  } catch (error) {
    if (error.name === 'NotFoundError') return undefined;
    // It was written while it was read.
    if (['NotReadableError', 'AbortError'].includes(error.name)) return read(path);
    throw error;
  }
};

/** A file's text. */
export const readText = async (path) => {
  return new TextDecoder().decode(await read(path));
};

/** Replace a file's bytes or text. */
export const write = async (path, data) => {
  const writable = await (await handleOf(path)).createWritable();
  await writable.write(data);
  await writable.close();
};

/** The names of the files in the root. */
export const names = async () => {
  const found = [];
  for await (const name of (await rootOf()).keys()) found.push(name);
  return found.sort();
};

const describe = (error) => ({
  code: error?.code,
  message: String(error?.message ?? error),
  setAside: error?.setAside,
  cause: error?.cause?.name,
});

/** A store and a persister of it on a file, and what it reports. */
export const open = async (path = 'pets.json', library = 'cellarium') => {
  const {createStore} = modules[library];
  const {createOpfsPersister} = modules[`${library}/persisters/persister-browser`];
  const store = createStore();
  const errors = [];
  const handle = await handleOf(path);
  const persister = createOpfsPersister(store, handle, (error) => errors.push(describe(error)));
  return {store, persister, errors, handle, path};
};

/** What a fresh persister loads from a file, and what it reports. */
export const load = async (path = 'pets.json', library = 'cellarium') => {
  const {store, persister, errors} = await open(path, library);
  await persister.load();
  await persister.destroy();
  return {content: store.getContent(), errors};
};

/** Wait until nothing is under way. */
export const idle = async (persister) => {
  while (persister.getStatus() !== 0) await new Promise((resolve) => setTimeout(resolve, 1));
};

/** Wait until a condition holds. */
export const until = async (condition, milliseconds = 5000) => {
  const end = performance.now() + milliseconds;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`still not: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};

/** Content of so many rows, of some 60 bytes each as JSON. */
export const manyRows = (count) => {
  const rows = {};
  for (let row = 0; row < count; row++) {
    rows[`row ${row}`] = {name: `name of ${row}`, number: row / 4, isOpen: row % 2 === 0};
  }
  return [{rows}, {}];
};
