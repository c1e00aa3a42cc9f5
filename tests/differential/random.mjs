// A seeded source of random choices: the same seed gives the same choices everywhere.

/**
 * Makes a source of random choices (the generator is mulberry32).
 * @param {number} seed any integer
 */
export const createRandom = (seed) => {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  // The first outputs of neighbouring seeds are alike.
  for (let i = 0; i < 8; i++) next();

  /** An integer from 0 to `limit` - 1. */
  const below = (limit) => Math.floor((next() / 0x1_0000_0000) * limit);
  /** True in `percent` of a hundred cases. */
  const chance = (percent) => below(1000) < percent * 10;
  /** One of the items. */
  const pick = (items) => items[below(items.length)];
  /** A list of `least` to `most` things made by `make`. */
  const list = (least, most, make) => Array.from({length: least + below(most - least + 1)}, make);
  /** One of `[item, weight]` pairs, by weight. */
  const weighted = (pairs) => {
    let left = below(pairs.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [item, weight] of pairs) if ((left -= weight) < 0) return item;
    throw new Error('weights must be positive integers');
  };
  /** A finite double of random bits. */
  const double = () => {
    const view = new DataView(new ArrayBuffer(8));
    view.setUint32(0, next());
    view.setUint32(4, next());
    const number = view.getFloat64(0);
    return Number.isFinite(number) ? number : below(1000) / 8;
  };
  return {below, chance, pick, list, weighted, double};
};
