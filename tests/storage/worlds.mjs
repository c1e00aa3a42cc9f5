// Runs the suite, or the faults, over one back end: each test in a world with a place of its own.
import {backEnds, whyNotHere} from './back-ends.mjs';
import {same, sorted} from './checks.mjs';
import {tests as faults} from './faults.mjs';
import {tests as suite} from './suite.mjs';

export {whyNotHere};

const suites = {suite, faults};

let places = 0;

/**
 * What a test has: a place of its own and ways to look at it.
 * @param {{modules, sleep, until}} context
 * @param {object} backEnd
 */
const createWorld = ({modules, sleep, until}, backEnd) => {
  const place = `place ${places++}`;
  const errors = [];
  const opened = [];
  const {createStore} = modules['cellarium'];
  const create = (store, onIgnoredError) => backEnd.create(modules, 'cellarium', store, place, onIgnoredError);

  const open = async (store) => {
    const persister = await create(store, (error) => errors.push(error));
    opened.push(persister);
    return persister;
  };

  // What is stored, as a store of its own sees it, or null if nothing is.
  const stored = async () => {
    const store = createStore();
    const persister = await create(store);
    let isMissing = false;
    await persister.load(() => {
      isMissing = true;
      return [{}, {}];
    });
    await persister.destroy();
    return isMissing ? null : store.getContent();
  };

  // Whatever its order: that is for the tests of order.
  const waitForStored = (content) => {
    const text = JSON.stringify(sorted(content));
    let seen;
    return until(async () => (seen = JSON.stringify(sorted(await stored()))) === text).catch(() => same(seen, text));
  };

  const end = async () => {
    for (const persister of opened.splice(0)) await persister.destroy();
  };

  return {
    ...backEnd,
    createStore,
    end,
    errors,
    open,
    sleep,
    stored,
    until,
    waitForStored,
    read: () => backEnd.read(place),
    write: (where, text) => backEnd.write(place, where, text),
    wipe: () => backEnd.wipe(place),
    everything: () => backEnd.everything(place),
  };
};

const describe = (error, {errors}) =>
  [error, error?.stack ?? '', `ignored: ${errors.map((ignored) => `${ignored?.code} ${ignored}`).join('; ')}`].join(
    '\n',
  );

/**
 * Run tests over one back end.
 * @param {{modules, sleep, until}} context
 * @param {string} which `'suite'` or `'faults'`
 * @param {string} name of the back end
 * @returns {Promise<{notRun?: string, results?: {name: string, error?: string, milliseconds: number}[]}>}
 */
export const run = async (context, which, name) => {
  const notRun = whyNotHere(name, context.modules);
  if (notRun) return {notRun};
  const results = [];
  for (const [test, {action = suites[which][test], isFor = () => true}] of Object.entries(suites[which])) {
    const world = createWorld(context, backEnds[name]);
    if (!isFor(world)) continue;
    const start = performance.now();
    let error;
    try {
      await action(world);
      await world.end();
    } catch (caught) {
      error = describe(caught, world);
    }
    results.push({name: test, error, milliseconds: Math.round(performance.now() - start)});
  }
  return {results};
};
