// Writes files in place for a window, which cannot: by a worker of its own. Where a browser has no such worker, or a
// page's content security policy forbids it, writing goes the slower way, by streams.

/** What writes files of the origin private file system in place. */
export interface FileWriter {
  /**
   * Replaces what follows the first `length` bytes of a file. What interrupts it may leave part of the bytes.
   *
   * @returns Whether this could be tried at all; if not, nothing was written.
   */
  readonly write: (handle: FileSystemFileHandle, length: number, bytes: Uint8Array) => Promise<boolean>;
  /** Lets go of the worker. */
  readonly end: () => void;
}

/** What the worker is told, and what it answers: whether it could try, and what went wrong if it did. */
type Request = [handle: FileSystemFileHandle, length: number, bytes: Uint8Array];
type Answer = [couldTry: boolean, error?: Error];

// Runs in the worker, as a text: a package cannot say where a file of its own is, whatever bundles it.
const program = `onmessage = async ({data: [handle, length, bytes]}) => {
  if (!handle.createSyncAccessHandle) return postMessage([false]);
  try {
    const access = await handle.createSyncAccessHandle();
    try {
      access.truncate(length);
      for (let at = 0; at < bytes.length; ) {
        const written = access.write(bytes.subarray(at), {at: length + at});
        if (written < 1) throw new DOMException('not all bytes were written', 'QuotaExceededError');
        at += written;
      }
      access.flush();
    } finally {
      access.close();
    }
    postMessage([true]);
  } catch (error) {
    postMessage([true, error]);
  }
};`;

/** Makes what writes files, one write at a time; nothing is started before the first. */
export const createFileWriter = (): FileWriter => {
  let worker: Worker | undefined;
  let url = '';
  let canWrite = typeof Worker === 'function' && typeof Blob === 'function';

  const end = (): void => {
    worker?.terminate();
    worker = undefined;
    // Service workers have none, and nothing to revoke.
    if (url !== '') {
      URL.revokeObjectURL(url);
      url = '';
    }
  };

  const tryToWrite = (request: Request): Promise<Answer> =>
    new Promise((resolve) => {
      if (worker === undefined) {
        url = URL.createObjectURL(new Blob([program], {type: 'text/javascript'}));
        worker = new Worker(url);
      }
      worker.onmessage = ({data}) => resolve(data as Answer);
      // Its program could not be loaded.
      worker.onerror = (event) => {
        event.preventDefault();
        resolve([false]);
      };
      worker.postMessage(request);
    });

  return {
    async write(...request) {
      if (!canWrite) {
        return false;
      }
      // What cannot be started, or handed over, counts as what cannot be tried.
      const [couldTry, error] = await tryToWrite(request).catch((): Answer => [false]);
      if (!couldTry) {
        canWrite = false;
        end();
      } else if (error !== undefined) {
        throw error;
      }
      return couldTry;
    },
    end,
  };
};
