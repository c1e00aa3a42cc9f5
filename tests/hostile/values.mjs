// Values that no app should pass, but that JavaScript lets it pass.

const ids = ['t', 'r', 'c', 'v', '', '0', '1', '-1', '007', '4294967294', '4294967295', '__proto__', 'constructor'];
const texts = [
  '\ud800',
  '\udc00x',
  '\ufffd',
  '\ufffd{}',
  '\ufffd[1',
  '\ufffc',
  '\0',
  'é漢🐕',
  'x'.repeat(70),
  'NaN',
  '*',
];
const numbers = [0, -0, 1, -1, 63, 64, 0.1, NaN, Infinity, -Infinity, 2 ** 31, 2 ** 32, -(2 ** 53), 1e308, 5e-324];
const jsonTexts = [
  '{}',
  '[]',
  '[{},{}]',
  '[{"t":{"r":{"c":1}}},{"v":true}]',
  '{"t":{"r":{"c":1,"c":{"d":[null]}}}}',
  '{"t":{"type":"number","default":1}}',
  '{"t":{"c":{"type":"string","default":"x"}}}',
  '{"__proto__":{"__proto__":{"__proto__":1}}}',
  '[{"t":{"2":{"c":1e400},"1":{"c":"\\ud800"}}},{"v":"\\ufffd["}]',
  '[{"t":',
  '\ud800',
  `${'['.repeat(3000)}${']'.repeat(3000)}`,
  `{"t":{"r":{"c":${'['.repeat(1500)}${']'.repeat(1500)}}}}`,
  '['.repeat(100_000),
];
const huge = ['x'.repeat(1_000_000), '漢'.repeat(1_000_000), `["${'\ud83d\udc15'.repeat(500_000)}"]`];

const nested = (levels) => {
  let object = 1;
  for (let level = 0; level < levels; level++) object = {c: object};
  return object;
};

/** A promise whose failure is handled, so that only what the library leaves unhandled counts. */
export const handled = (promise) => {
  // With a result of its own for both: what it would pass on may itself be hostile.
  promise.then(
    () => {},
    () => {},
  );
  return promise;
};

/**
 * Makes a source of hostile values.
 * @param {ReturnType<typeof import('../differential/random.mjs').createRandom>} random
 * @param {() => unknown} act does something to some store, and may throw
 */
export const createValues = (random, act) => {
  const {below, chance, pick, list} = random;
  const thrown = () => pick([new Error('thrown'), undefined, null, 'text', Symbol('thrown'), {}]);
  const throwing = () => {
    throw thrown();
  };
  /** What user code does where the library runs it: something else, in nine cases of ten. */
  const react = () => (chance(10) ? throwing() : chance(50) ? act() : value());

  const id = () => pick(ids);
  const primitive = () =>
    pick([
      id,
      id,
      () => pick(texts),
      () => pick(numbers),
      () => pick(jsonTexts),
      () => pick([undefined, null, true, false]),
      () => pick([1n, -(10n ** 50n), Symbol('s'), Symbol.iterator]),
    ])();

  // What looks like content, with anything in it.
  const record = (member) => Object.fromEntries(list(0, 3, () => [id(), chance(85) ? member() : value()]));
  const row = () => record(() => (chance(80) ? primitive() : value()));
  const table = () => record(row);
  const tables = () => record(table);
  const content = () => list(0, 3, () => pick([tables, row])());
  const schema = () =>
    record(() => ({
      type: pick(['string', 'number', 'boolean', 'object', 'array', ['number', 'null'], value()]),
      default: primitive(),
      enum: chance(30) ? list(0, 3, primitive) : undefined,
      allowNull: pick([true, false, undefined]),
      required: pick([true, false, undefined]),
    }));
  const shaped = () => pick([row, table, tables, content, schema, () => record(schema)])();

  const trap = () => react();
  const traps = () =>
    Object.fromEntries(
      list(0, 4, () => [
        pick(['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'set', 'apply', 'defineProperty']),
        trap,
      ]),
    );
  const revoked = () => {
    const {proxy, revoke} = Proxy.revocable(pick([{}, [], () => 1]), {});
    revoke();
    return proxy;
  };
  const detached = () => {
    const array = new Uint8Array(8);
    structuredClone(array.buffer, {transfer: [array.buffer]});
    return array;
  };
  const cyclic = () => {
    const object = {t: {r: {}}};
    object.t.r.c = object;
    return pick([object, Object.assign([], {0: object})]);
  };
  const withGetters = () => {
    const object = shaped();
    // A last index of 4294967294 would have JavaScript itself go through the array for minutes.
    for (const key of [...Object.keys(object), Array.isArray(object) ? '1' : id()]) {
      if (chance(50)) Object.defineProperty(object, key, {get: react, enumerable: true, configurable: true});
    }
    return object;
  };
  const odd = () =>
    pick([
      () => ({toString: react}),
      () => ({valueOf: react, toString: undefined}),
      () => ({[Symbol.toPrimitive]: react}),
      () => ({toJSON: react}),
      () => ({then: react}),
      () => ({length: 2 ** 32, 0: 1}),
      () => Object.assign(Object.create(null), shaped()),
      () => Object.assign(new (class Row {})(), row()),
      () => Object.freeze(shaped()),
      () => Object.create(shaped()),
      () => new Date(pick(numbers)),
      () => new Map([[id(), row()]]),
      () => new Set(ids),
      () => new Error('given'),
      () => /x/gu,
      () => new ArrayBuffer(8),
      () => new Float64Array(numbers),
      () => [, , 1], // eslint-disable-line no-sparse-arrays
      () => new Array(1000),
      () => Object(Symbol('boxed')),
      () => new String('text'),
      () => new WeakMap(),
      () => nested(pick([10, 999, 5000])),
    ])();

  const rejected = () => handled(Promise.reject(thrown()));
  const promised = (of) => handled(new Promise((resolve) => resolve(of())));
  const plainFunction = () =>
    pick([
      () => () => {},
      () => throwing,
      () => react,
      () => () => act(),
      () => () => value(),
      () => () => rejected(),
      () => () => promised(value),
      () => () => new Promise(() => {}),
      () => () => promised(act),
      () => (first, second) => (typeof second === 'function' ? second(react) : first),
      () => class {},
      () => function* () {}, // prettier-ignore
      () => new Proxy(() => {}, traps()),
      () => react.bind(null),
    ])();

  /** A value of any kind. */
  const value = (level = 0) =>
    pick([
      primitive,
      primitive,
      primitive,
      shaped,
      shaped,
      shaped,
      plainFunction,
      plainFunction,
      plainFunction,
      odd,
      withGetters,
      () => new Proxy(pick([{}, shaped(), []]), traps()),
      revoked,
      detached,
      cyclic,
      rejected,
      () => promised(() => (level < 3 ? value(level + 1) : 1)),
      () => (below(60) === 0 ? pick(huge) : id()),
    ])();

  return {id, primitive, plainFunction, shaped, value};
};
