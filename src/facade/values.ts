// Which JavaScript values are valid cells and values, and as what they are stored.

/** The whole text that stands for `undefined` where JSON has none; reserved. */
export const UNDEFINED_TEXT = '\uFFFC';
/** The first character of an encoded object or array; reserved at the start of a text. */
export const ENCODED_PREFIX = '\uFFFD';
const ENCODED_UNIT = 0xfffd;

/** Whether a thing is an object whose members can be content: no array, no class instance. */
export const isPlainObject = (thing: unknown): thing is Record<string, unknown> => {
  if (typeof thing !== 'object' || thing === null || Array.isArray(thing)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(thing);
  // Another realm's Object.prototype is not this one's, but has no prototype either.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** Whether a text is free to be a cell's. */
export const isFreeText = (text: string): boolean => text !== UNDEFINED_TEXT && text.charCodeAt(0) !== ENCODED_UNIT;

/** The JSON of an object or array, or `undefined` if it is no valid cell. */
export const jsonOf = (thing: object): string | undefined => {
  if (!Array.isArray(thing) && !isPlainObject(thing)) {
    return undefined;
  }
  try {
    return JSON.stringify(thing);
  } catch {
    // Cyclic, or a bigint inside.
    return undefined;
  }
};

/** The JSON in an encoded text, or `undefined` if it holds none of an object or array. */
export const jsonInText = (text: string): string | undefined => {
  if (text.charCodeAt(0) !== ENCODED_UNIT) {
    return undefined;
  }
  const json = text.slice(1);
  try {
    const thing: unknown = JSON.parse(json);
    return typeof thing === 'object' && thing !== null ? json : undefined;
  } catch {
    return undefined;
  }
};

// In Deno, and in Node with `--disable-proto`, there is no __proto__ to assign to.
const canAssignProto = /* @__PURE__ */ (() => {
  try {
    const object: {__proto__?: unknown} = {};
    object.__proto__ = null;
    return Object.getPrototypeOf(object) === null;
  } catch {
    return false;
  }
})();

/** An object without a prototype, so that any id is safe as its key. */
export const emptyObject = <Value>(): Record<string, Value> => {
  if (!canAssignProto) {
    return Object.create(null) as Record<string, Value>;
  }
  // Measured: faster to fill than Object.create(null), which V8 makes a hash table at once; assigning
  // to __proto__, unlike a call, lets V8 keep the object quick.
  const object: Record<string, Value> & {__proto__?: unknown} = {};
  object.__proto__ = null;
  return object;
};
