// Runs a history on mergeable stores: each replica is a pair of stores, one of each library, that have the same unique
// id and clock and are to be the same at every step; whatever one of them sends is for both of a pair.
import {SCHEMAS} from './generate.mjs';

const UNDEFINED = '\ufffc';
const START = 1_700_000_000_000;

/** A text in which two things differ if they do, in the order of keys, too. */
export const show = (thing) =>
  JSON.stringify(thing, (_key, value) => (value === undefined || Object.is(value, -0) ? UNDEFINED : value));

/** The same, whatever the order of the keys. */
export const showSorted = (thing) =>
  JSON.stringify(thing, (_key, value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value ?? UNDEFINED;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });

const createReplica = (number, libraries) => {
  const clock = {now: START + number * 1000};
  const deltas = libraries.map(() => []);
  const stores = libraries.map(({createMergeableStore}, index) => {
    const store = createMergeableStore(`replica${number}`, () => clock.now);
    store.addDidFinishTransactionListener(() => {
      deltas[index].push([store.getTransactionMergeableChanges(), store.getTransactionMergeableChanges(true)]);
    });
    return store;
  });
  return {clock, deltas, stores, mutators: libraries.map(() => undefined)};
};

/** What a store gets from another one by asking for its hashes, level by level. */
const ask = (to, from) => {
  const [tables, tableHashes] = from.getMergeableTableDiff(to.getMergeableTableHashes());
  const [rows, rowHashes] = from.getMergeableRowDiff(to.getMergeableRowHashes(tableHashes));
  const cells = from.getMergeableCellDiff(to.getMergeableCellHashes(rowHashes));
  const values = from.getMergeableValueDiff(to.getMergeableValueHashes());
  return [
    [tables, values, 1],
    [rows, [{}], 1],
    [cells, [{}], 1],
  ];
};

const mutate = (store, tableId, rowId, cellId, cell) => {
  if (typeof cell === 'number' && cell > 0) store.setCell(tableId, rowId, 'm', cell + 1);
};

/** The stamps that have an HLC, without hashes, which those without have a part in. */
const withoutDefaults = (store) => {
  const kept = ([thing, hlc], level) => {
    if (level === 0) return hlc === '' ? undefined : [thing, hlc];
    const members = Object.entries(thing).map(([id, member]) => [id, kept(member, level - 1)]);
    const some = members.filter(([, member]) => member !== undefined);
    return some.length > 0 ? Object.fromEntries(some) : undefined;
  };
  const [tables, values] = store.getMergeableContent();
  return [kept(tables, 3), kept(values, 1)];
};

/** What can be seen of a store. */
const look = (store) => ({
  stamps: store.getMergeableContent(),
  hashes: store.getMergeableContentHashes(),
  content: store.getContent(),
  rowIds: store.getTableIds().map((id) => store.getRowIds(id)),
});

/**
 * Runs a history; gives a description of the first difference, or `undefined`.
 * @param {{kind: string, hasDefaults: boolean, steps: unknown[][]}} history
 * @param {object[]} libraries two for pairs, or one: then replicas are single stores
 */
export const runHistory = ({kind, hasDefaults, steps}, libraries) => {
  const replicas = Array.from({length: kind === 'alone' ? 1 : 3}, (_, number) => createReplica(number, libraries));

  /** What a replica's store of a library, by its number, sends. */
  const sent = (from, library, make) => make(replicas[from].stores[library % libraries.length]);

  const perform = (replica, index, [name, ...args], results) => {
    const store = replica.stores[index];
    if (name === 'write') {
      const [method, ...rest] = args[0];
      const result = store[method](...structuredClone(rest));
      results.push(result === store ? 'store' : result);
    } else if (name === 'changes') {
      results.push(store.getTransactionMergeableChanges(), store.getTransactionMergeableChanges(true));
    } else if (name === 'full') {
      store.applyMergeableChanges(args[2]);
    }
  };

  const transact = (replica, index, actions, ending, results) => {
    const store = replica.stores[index];
    try {
      store.transaction(
        () => {
          for (const action of actions) {
            // Both stores of a pair are to see the same times.
            if (action[0] === 'time') replica.clock.now += action[1];
            else perform(replica, index, action, results);
          }
          if (ending === 'throw') throw new Error('on purpose');
        },
        ending === 'rollBack' ? () => true : undefined,
      );
    } catch (error) {
      results.push(String(error));
    }
  };

  const runStep = ([name, number, ...args]) => {
    const replica = replicas[number];
    const results = libraries.map(() => []);
    const each = (action) => replica.stores.forEach((store, index) => action(store, index));
    if (name === 'write') {
      each((_store, index) => perform(replica, index, [name, ...args], results[index]));
    } else if (name === 'transaction') {
      const [actions, ending] = args;
      const withContents = actions.map((action) =>
        action[0] === 'full' ? [...action, sent(action[1], action[2], (store) => store.getMergeableContent())] : action,
      );
      const {now} = replica.clock;
      each((_store, index) => {
        replica.clock.now = now;
        transact(replica, index, withContents, ending, results[index]);
      });
    } else if (name === 'time') {
      replica.clock.now += args[0];
    } else if (name === 'full' || name === 'set') {
      const content = sent(args[0], args[1], (store) => store.getMergeableContent());
      each((store) => (name === 'set' ? store.setMergeableContent(content) : store.applyMergeableChanges(content)));
    } else if (name === 'delta') {
      const [from, which, library, isHashed] = args;
      const deltas = replicas[from].deltas[library % libraries.length];
      if (deltas.length > 0) {
        const delta = deltas[Math.max(0, deltas.length - 1 - which)][isHashed ? 1 : 0];
        each((store) => store.applyMergeableChanges(delta));
      }
    } else if (name === 'ask') {
      const [from, library] = args;
      const answers = libraries.map((_, index) => ask(replica.stores[index], replicas[from].stores[index]));
      results.forEach((result, index) => result.push(answers[index]));
      for (const answer of answers[library % libraries.length]) each((store) => store.applyMergeableChanges(answer));
    } else if (name === 'merge') {
      const [from, isAcross] = args;
      const others = replicas[from].stores;
      each((store, index) => store.merge(isAcross ? others.at(-1 - index) : others[index]));
    } else if (name === 'schema') {
      const [tablesSchema, valuesSchema] = SCHEMAS[args[0]];
      each((store) => {
        store.delSchema();
        if (Object.keys(tablesSchema).length > 0) store.setTablesSchema(tablesSchema);
        if (Object.keys(valuesSchema).length > 0) store.setValuesSchema(valuesSchema);
      });
    } else if (name === 'mutator') {
      each((store, index) => {
        if (replica.mutators[index] === undefined) {
          replica.mutators[index] = store.addCellListener(null, null, 'a', mutate, true);
        } else {
          store.delListener(replica.mutators[index]);
          replica.mutators[index] = undefined;
        }
      });
    }
    return results;
  };

  /** Where the stores of a pair differ. */
  const differenceOf = (results) => {
    const [expected, ...others] = results.map((result) => result.map(show));
    for (const actual of others) {
      const line = expected.findIndex((text, index) => text !== actual[index]);
      if (line >= 0) return `result ${line}\n- ${expected[line]}\n+ ${actual[line]}`;
    }
    for (const [number, {stores, deltas}] of replicas.entries()) {
      const [theirs, ours] = stores.map(look);
      for (const part of ours ? Object.keys(ours) : []) {
        const [before, after] = [show(theirs[part]), show(ours[part])];
        if (before !== after) return `${part} of replica ${number}\n- ${before}\n+ ${after}`;
      }
      const [theirDelta, ourDelta] = deltas.map((list) => show([list.length, list.at(-1)]));
      if (ourDelta !== undefined && theirDelta !== ourDelta) {
        return `changes of replica ${number}\n- ${theirDelta}\n+ ${ourDelta}`;
      }
    }
    return undefined;
  };

  for (const [index, step] of steps.entries()) {
    const difference = differenceOf(runStep(step));
    if (difference !== undefined) return `step ${index}, ${show(step)}: ${difference}`;
  }

  // Whatever was lost on the way: in the end everybody hears of everything, and all are the same.
  const latest = Math.max(...replicas.map(({clock}) => clock.now));
  for (const replica of replicas) {
    replica.clock.now = latest;
    // What mutators write when they hear of something would be news for the others.
    replica.mutators.forEach((id, index) => id !== undefined && replica.stores[index].delListener(id));
  }
  const everything = replicas.flatMap(({stores}) => stores.map((store) => store.getMergeableContent()));
  for (const replica of replicas) {
    for (const content of everything) replica.stores.forEach((store) => store.applyMergeableChanges(content));
  }
  const end = (store) => showSorted(hasDefaults ? withoutDefaults(store) : store.getMergeableContent());
  const ends = replicas.flatMap(({stores}) => stores.map(end));
  const odd = ends.findIndex((end) => end !== ends[0]);
  return odd < 0 ? undefined : `the end, store ${odd}\n- ${ends[0]}\n+ ${ends[odd]}`;
};
