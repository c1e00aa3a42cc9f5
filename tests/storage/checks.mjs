// What tests in pages and workers find out with.

/** Fails unless both print alike. */
export const same = (actual, expected, what = '') => {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) throw new Error(`${what}\n  got      ${got}\n  expected ${wanted}`);
};

/** Fails with `what` unless there is something true. */
export const check = (condition, what) => {
  if (!condition) throw new Error(what);
};

/** `content` with all its keys in one order, for what may come in any. */
export const sorted = (content) => {
  if (Array.isArray(content) || typeof content !== 'object' || content === null) {
    return Array.isArray(content) ? content.map(sorted) : content;
  }
  return Object.fromEntries(
    Object.keys(content)
      .sort()
      .map((key) => [key, sorted(content[key])]),
  );
};

/** A persister's status when it does nothing. */
export const idle = 0;
