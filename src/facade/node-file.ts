// A file of Node's in the form of a browser's `FileSystemFileHandle`, as far as the persister needs it.

// What is used of Node's modules, whose types an app in a browser need not have.
interface Stats {
  size: number;
  mtimeMs: number;
  mode: number;
  isSymbolicLink(): boolean;
}
interface OpenFile {
  writeFile(data: Uint8Array | string): Promise<void>;
  readFile(): Promise<Uint8Array>;
  stat(): Promise<Stats>;
  chmod(mode: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}
interface FilesModule {
  open(path: string, flags: string, mode?: number): Promise<OpenFile>;
  lstat(path: string): Promise<Stats>;
  stat(path: string): Promise<Stats>;
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  readlink(path: string): Promise<string>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options: {force: boolean}): Promise<void>;
}
interface SyncModule {
  watchFile(path: string, options: {interval: number}, listener: () => void): void;
  unwatchFile(path: string, listener: () => void): void;
  writeFileSync(path: string, data: string, options: {flag: string}): void;
  rmSync(path: string, options: {force: boolean}): void;
}
interface PathModule {
  dirname(path: string): string;
  resolve(...paths: string[]): string;
  basename(path: string): string;
}
interface OsModule {
  hostname(): string;
}
declare const process: {pid: number; kill(pid: number, signal: 0): void};

/** A module of Node's, only when a file is used and by way of a variable: bundlers for browsers leave it alone. */
const load = async <Module>(name: string): Promise<Module> => {
  try {
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ `node:${name}`)) as Module;
  } catch (cause) {
    throw Object.assign(new Error('This is not Node', {cause}), {name: 'NotSupportedError'});
  }
};
const getFiles = () => load<FilesModule>('fs/promises');
const getPaths = () => load<PathModule>('path');

const codeOf = (error: unknown): unknown => (error as {code?: unknown} | undefined)?.code;

/** The result of a promise, or `undefined` if there is no such file. */
const ifThere = async <Result>(promise: Promise<Result>): Promise<Result | undefined> => {
  try {
    return await promise;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
};

const MOST_LINKS = 40;

/** Where symbolic links lead from a path, also if there is no file there. */
const followLinks = async (path: string): Promise<string> => {
  const [{lstat, readlink}, {resolve, dirname}] = await Promise.all([getFiles(), getPaths()]);
  let target = resolve(path);
  for (let count = 0; count < MOST_LINKS && (await ifThere(lstat(target)))?.isSymbolicLink(); count++) {
    target = resolve(dirname(target), await readlink(target));
  }
  return target;
};

const writeFile = async (path: string, data: Uint8Array, mode?: number): Promise<void> => {
  const file = await (await getFiles()).open(path, 'w', mode);
  try {
    if (mode !== undefined) {
      // It may have been left over, or be subject to the process's mask.
      await file.chmod(mode);
    }
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Have the directory itself written, where the system can do that: otherwise a crash may undo a renaming. */
const syncDirectory = async (path: string): Promise<void> => {
  try {
    const directory = await (await getFiles()).open(path, 'r');
    await directory.sync().finally(() => directory.close());
  } catch {
    // Windows has no such thing.
  }
};

const modeOf = (stats: Stats | undefined): number | undefined => stats && stats.mode & 0o7777;

/** Replace a file as a whole, keeping its mode. */
const replace = async (path: string, data: Uint8Array): Promise<void> => {
  const [{stat, rename, rm}, {dirname}] = await Promise.all([getFiles(), getPaths()]);
  // Nobody else uses this name, because of the lock; so what a crash leaves is overwritten.
  const beside = `${path}.cellarium-new`;
  try {
    await writeFile(beside, data, modeOf(await ifThere(stat(path))));
    await rename(beside, path);
  } catch (error) {
    await rm(beside, {force: true}).catch(() => {});
    throw error;
  }
  await syncDirectory(dirname(path));
};

const MILLISECONDS_TO_STALE = 10_000;
const MILLISECONDS_TO_STALE_IF_EMPTY = 1000;
const MILLISECONDS_TO_LOCK = 10_000;

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
};

/** Whether the process that has made a lock has ended without removing it. */
const isStale = async (path: string, host: string): Promise<boolean> => {
  const {readFile, stat} = await getFiles();
  const made = (await ifThere(stat(path)))?.mtimeMs;
  const text = await ifThere(readFile(path, 'utf8'));
  if (made === undefined || text === undefined) {
    return false;
  }
  const [pid, itsHost] = text.split(' ');
  const age = Date.now() - made;
  // It is empty if its process was killed between making it and writing to it, which it does at once.
  const limit = text ? MILLISECONDS_TO_STALE : MILLISECONDS_TO_STALE_IF_EMPTY;
  return age > limit || (itsHost === host && !isRunning(Number(pid)));
};

/** Keep other processes of this library from writing a file, until the function that this gives is called. */
const lock = async (path: string): Promise<() => void> => {
  const [{rm, rename}, {hostname}, {rmSync, writeFileSync}] = await Promise.all([
    getFiles(),
    load<OsModule>('os'),
    load<SyncModule>('fs'),
  ]);
  const [name, host, end] = [`${path}.cellarium-lock`, hostname(), Date.now() + MILLISECONDS_TO_LOCK];
  for (;;) {
    try {
      writeFileSync(name, `${process.pid} ${host}`, {flag: 'wx'});
      return () => {
        try {
          rmSync(name, {force: true});
        } catch {
          // It will be found to be stale.
        }
      };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || Date.now() > end) {
        throw error;
      }
    }
    if (await isStale(name, host)) {
      // Renamed first, so that only one of those who find it removes it.
      const removed = `${name}-${process.pid}`;
      await ifThere(rename(name, removed));
      await rm(removed, {force: true});
    } else {
      await new Promise((resolve) => setTimeout(resolve, 2 + Math.random() * 8));
    }
  }
};

const MILLISECONDS_TO_LOOK = 50;

/**
 * The handle of a file, which need not exist.
 *
 * @param filePath - Where it is. Symbolic links are followed whenever it is used.
 */
export const createNodeFile = (filePath: string) => ({
  name: filePath,

  async getFile() {
    const {stat, open} = await getFiles();
    const {size, mtimeMs} = await stat(filePath);
    return {
      size,
      lastModified: mtimeMs,
      async arrayBuffer() {
        const file = await open(filePath, 'r');
        return new Uint8Array(await file.readFile().finally(() => file.close())).buffer;
      },
    };
  },

  createWritable() {
    let written = new Uint8Array();
    return Promise.resolve({
      write(data: Uint8Array<ArrayBuffer>) {
        written = data;
        return Promise.resolve();
      },
      close: async () => replace(await followLinks(filePath), written),
      abort: () => Promise.resolve(),
    });
  },

  lock: async () => lock(await followLinks(filePath)),

  /** Copies bytes to a new file beside this one; gives its path. */
  async setAside(bytes: Uint8Array, ending: string) {
    const path = `${await followLinks(filePath)}${ending}`;
    await writeFile(path, bytes, 0o600);
    return path;
  },

  /** Calls a listener whenever the file may have changed, until the function that this gives is called. */
  async watch(listener: () => void) {
    const {watchFile, unwatchFile} = await load<SyncModule>('fs');
    watchFile(filePath, {interval: MILLISECONDS_TO_LOOK}, listener);
    return () => unwatchFile(filePath, listener);
  },
});
