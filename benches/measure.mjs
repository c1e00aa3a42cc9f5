// Measures workloads on two libraries, run by run in turn, in whatever has `performance`: a page or Node.

/** The middle of sorted numbers, or any other share of the way through them. */
export const quantile = (numbers, share = 0.5) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at % 1);
};

/** What a run gave, small enough to compare and keep. */
const digest = (result) => (typeof result === 'string' ? result : (JSON.stringify(result) ?? 'undefined'));

/**
 * Runs one workload on both libraries.
 * @param {import('./workloads.mjs').workloads[number]} workload
 * @param {Record<string, () => object>} libraries names and `createStore`s, two of them
 * @param {{rounds: number, warmUps: number}} options how many timed runs each, and how many before them
 * @returns {Record<string, number[]>} each library's times, in milliseconds a run
 * @throws {Error} if the libraries do not do the same
 */
export const measure = ({title, prepare, before, run, outcome}, libraries, {rounds, warmUps}) => {
  const names = Object.keys(libraries);
  const states = Object.fromEntries(names.map((name) => [name, prepare(libraries[name])]));
  const times = Object.fromEntries(names.map((name) => [name, []]));
  const expectSame = (what, make) => {
    const [first, second] = names.map(make);
    if (first !== second) throw new Error(`${title}: the libraries do not agree on ${what}`);
  };
  for (let round = 0; round < warmUps + rounds; round++) {
    const results = {};
    // Taking turns at being first.
    for (const name of round % 2 ? [...names].reverse() : names) {
      before?.(states[name], round);
      globalThis.gc?.();
      const start = performance.now();
      const result = run(states[name], round);
      const time = performance.now() - start;
      if (round >= warmUps) times[name].push(time);
      results[name] = digest(result);
    }
    expectSame(`the result of run ${round}`, (name) => results[name]);
  }
  expectSame('what is left behind', (name) => outcome(states[name]));
  return times;
};
