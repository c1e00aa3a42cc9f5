// Makes the n-th operation on a storage fail, as if the browser had.

/** An error as a browser has one. */
export const browserError = (name = 'UnknownError') => new DOMException('made to fail by a test', name);

/**
 * Take over operations while `action` runs.
 * @param {[object, string, object?][]} operations prototypes, the names of their methods, and whether a method
 *   `answers` by a promise, `writes`, fails `after` it was called, or has something else done `instead`
 * @param {(operation: object, count: number) => boolean} fails asked of each operation, which is the count-th
 * @param {() => Promise<T>} action
 * @param {() => unknown} [fault] what a failing operation throws; `'never'` for one whose promise does not settle
 * @returns {Promise<{count: () => number, result: T}>} `count` says how many operations there were
 * @template T
 */
export const withFailing = async (operations, fails, action, fault = browserError) => {
  let count = 0;
  const originals = [];
  for (const [owner, method, options = {}] of operations) {
    const original = owner?.[method];
    if (!original) continue;
    originals.unshift([owner, method, original]);
    const {answers, after, instead} = options;
    owner[method] = function (...args) {
      count++;
      if (!fails({method, ...options}, count)) return original.apply(this, args);
      if (fault === 'never') return new Promise(() => {});
      if (after) {
        const result = original.apply(this, args);
        after(result);
        return result;
      }
      if (instead) return instead(this).then(() => Promise.reject(fault()));
      if (answers) return Promise.reject(fault());
      throw fault();
    };
  }
  try {
    return {result: await action(), count: () => count};
  } finally {
    for (const [owner, method, original] of originals) owner[method] = original;
  }
};
