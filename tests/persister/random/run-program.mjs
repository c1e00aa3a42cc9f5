// Runs a program on a library and writes down what can be observed.

const nextTask = () => new Promise((resolve) => setImmediate(resolve));

const print = (value) => JSON.stringify(value, (_key, inner) => (inner === undefined ? '<undefined>' : inner));

const contents = {
  content: (n) => [{pets: {fido: {age: n}}}, {n}],
  changes: (n) => [{pets: {felix: {age: n}}}, {}, 1],
  nothing: () => undefined,
  invalid: () => 'invalid',
};
const initial = [{pets: {initial: {age: 0}}}, {}];

const saves = new Set(['save', 'startAutoSave', 'startAutoPersisting']);
const registers = new Set(['add', 'del']);
const starts = new Set(['startAutoLoad', 'startAutoPersisting']);
const autoSaves = new Set(['startAutoSave', 'startAutoPersisting']);
const loads = new Set(['load', 'startAutoLoad', 'startAutoPersisting', 'announce']);

/**
 * What docs/differences.md lists is left out: a step for which this is true is not taken. It depends on nothing but
 * what has been compared before, so both libraries leave out the same steps.
 */
const isLeftOut = ([name], {persister, isRegistering, isReading, isUnsettled, hasLoadFailed}) => {
  // What is written while something is being loaded; and saving by itself after a load that has failed.
  if (name === 'write' && (persister.getStatus() === 1 || isReading || isUnsettled(loads))) return true;
  // What is written before an auto-save listens, but after its first save has begun.
  if (name === 'write' && isUnsettled(autoSaves)) return true;
  if (hasLoadFailed && (autoSaves.has(name) || (name === 'write' && persister.isAutoSaving()))) return true;
  // A save that comes before the load of an auto-load that was started earlier.
  const isSave = saves.has(name) || (name === 'write' && persister.isAutoSaving());
  if (isSave && isRegistering && isUnsettled(starts)) return true;
  // Auto-persisting that is started twice at once, or stopped while it starts; or whose save waits for a load.
  return (starts.has(name) || name === 'stopAutoPersisting') && isUnsettled(new Set(['startAutoPersisting']));
};

/**
 * Runs a program.
 * @param {{createStore: Function, createCustomPersister: Function}} library
 * @param {import('./generate.mjs').Program} program
 * @returns {Promise<{trace: string[], isCut: boolean}>} the lines: between two states first what went through the
 *   queue, then the statuses, then the registrations, then which promises ended, because how these interleave is no
 *   behaviour that an app could rely on. `isCut` if the library came to something that
 *   docs/differences.md lists; the lines go only so far
 */
export const runProgram = async (library, {groups, answers, isDestroyed}) => {
  const trace = [];
  let queue = [];
  let statuses = [];
  let registrations = [];
  let ends = [];
  const store = library.createStore();
  const gates = [];
  const next = {get: 0, set: 0, add: 0, del: 0, act: 0};
  let stored;
  let listener;
  let isDestroying = false;
  /** What has been started and has not ended, by name. */
  const unsettled = new Set();
  const isUnsettled = (names) => [...unsettled].some(({name}) => names.has(name));
  /** Whether what comes next is not to be compared. */
  let isCut = false;
  let hasLoadFailed = false;
  const isSavingByItself = () => persister.isAutoSaving() || isUnsettled(autoSaves);
  /** Failures of loads and saves change what is saved, and what survives the next load. */
  const fail = (callback) => {
    hasLoadFailed ||= callback === 'get';
    isCut ||= (callback === 'get' || callback === 'set') && isSavingByItself();
  };

  let rejecting = 0;
  // Not at once: a rejection takes a microtask more in cellarium, and something else may come first by that.
  const rejectLater = async (error) => {
    rejecting++;
    await nextTask();
    rejecting--;
    throw error;
  };
  /** Lets every microtask that is due run, and all that follow from them. */
  const rest = async () => {
    for (let turn = 0; turn < 2 || rejecting > 0; turn++) await nextTask();
    await nextTask();
  };
  /** Answers as the program says; `settle` makes what a good answer gives. */
  const answer = (callback, settle = () => undefined) => {
    const index = next[callback]++;
    const how = answers[callback][index] ?? 'now';
    const error = new Error(`${callback} ${index}`);
    if (how === 'throw' || how === 'reject') fail(callback);
    const succeed = () => {
      if (callback === 'get' || callback === 'set') hasLoadFailed = false;
      return settle();
    };
    if (how === 'throw') throw error;
    if (how === 'reject') return rejectLater(error);
    if (how === 'promise') return Promise.resolve().then(succeed);
    if (how === 'gate') return new Promise((resolve) => gates.push({callback, open: () => resolve(succeed())}));
    return succeed();
  };
  const isRegistering = () => gates.some(({callback}) => registers.has(callback));
  const persister = library.createCustomPersister(
    store,
    () => {
      queue.push('get');
      return answer('get', () => (stored === undefined ? undefined : JSON.parse(stored)));
    },
    (getContent, changes) => {
      queue.push(`set ${print(getContent())} ${print(changes)}`);
      return answer('set', () => (stored = JSON.stringify(getContent())));
    },
    (given) => {
      registrations.push('add');
      listener = given;
      const index = next.add;
      return answer('add', () => (index % 5 === 4 ? undefined : index));
    },
    (handle) => {
      registrations.push(`del ${handle}`);
      return answer('del');
    },
    ({message}) => (/^(add|del)/.test(message) ? registrations : queue).push(`ignored ${message}`),
  );
  persister.addStatusListener((_persister, status) => {
    statuses.push(status);
    // A save that comes before the load by itself: it saves back what was announced.
    isCut ||= status === 2 && isRegistering() && isUnsettled(starts);
  });

  const watch = async (name, promise) => {
    const entry = {name};
    unsettled.add(entry);
    let end = 'resolved';
    try {
      await promise;
    } catch (error) {
      end = `rejected ${error.name}`;
    }
    unsettled.delete(entry);
    // When all the others end after destroy is nothing that anybody needs to know.
    if (name === 'destroy' || !isDestroying) ends.push(`${name} ${end}`);
  };
  const take = {
    save: () => watch('save', persister.save()),
    load: (given) => watch('load', persister.load(given && initial)),
    startAutoLoad: (given) => watch('startAutoLoad', persister.startAutoLoad(given && initial)),
    stopAutoLoad: () => watch('stopAutoLoad', persister.stopAutoLoad()),
    startAutoSave: () => watch('startAutoSave', persister.startAutoSave()),
    stopAutoSave: () => watch('stopAutoSave', persister.stopAutoSave()),
    startAutoPersisting: (given, isSaveFirst) =>
      watch('startAutoPersisting', persister.startAutoPersisting(given ? initial : undefined, isSaveFirst)),
    stopAutoPersisting: (isSaveFirst) => watch('stopAutoPersisting', persister.stopAutoPersisting(isSaveFirst)),
    schedule: (count) => {
      const action = () => {
        queue.push('act');
        return answer('act');
      };
      watch('schedule', persister.schedule(...Array(count).fill(action)));
    },
    write: (n) => store.setCell('pets', 'polly', 'age', n),
    announce: (kind, n) => {
      if (!listener) return;
      const content = contents[kind](n);
      watch('announce', kind === 'changes' ? listener(undefined, content) : listener(content));
    },
    store: (kind, n) => {
      const content = contents[kind](n);
      stored = content && JSON.stringify(content);
    },
    release: (n) => {
      // Which of a queue's and a registration's gates came first is not compared either.
      gates.sort((one, other) => registers.has(one.callback) - registers.has(other.callback));
      gates.splice(n % (gates.length || 1), 1)[0]?.open();
    },
    destroy: () => {
      isDestroying = true;
      watch('destroy', persister.destroy());
    },
  };
  /** Whether something waits in the queue that nothing will end: it runs when something else comes. */
  const isStuck = async () => {
    if (isDestroying || gates.some(({callback}) => !registers.has(callback))) return false;
    persister.schedule(() => {});
    await rest();
    return queue.length > 0;
  };
  const run = async (group) => {
    trace.push(`> ${print(group)}`);
    for (const step of group) {
      const isReading = gates.some(({callback}) => callback === 'get');
      const now = {persister, isRegistering: isRegistering(), isReading, isUnsettled, hasLoadFailed};
      if (isLeftOut(step, now)) continue;
      take[step[0]](...step.slice(1));
    }
    await rest();
    const state = [persister.getStatus(), persister.getStats()];
    if (!isDestroying) state.push(persister.isAutoLoading(), persister.isAutoSaving());
    trace.push(...queue, `statuses ${statuses}`, ...registrations, ...ends.sort());
    trace.push(`state ${print([...state, store.getContent(), stored])}`);
    [queue, statuses, registrations, ends] = [[], [], [], []];
    // TinyBase forgets to go on with its queue if something comes while it is coming to rest.
    isCut ||= await isStuck();
  };
  const all = [...groups, ...(isDestroyed ? [[['destroy']]] : [])];
  while (all.length || gates.length) {
    const end = trace.length;
    await run(all.shift() ?? [['release', 0]]);
    if (isCut) return {trace: trace.slice(0, end), isCut};
  }
  trace.push(`unsettled ${print([...unsettled].map(({name}) => name))}`);
  return {trace, isCut};
};
