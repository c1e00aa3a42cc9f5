// Hostile calls of everything the package exports: none may make WebAssembly panic, and all works afterwards.
import {traps} from './watch.mjs';
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {types} from 'node:util';
import {createRandom} from '../differential/random.mjs';
import {hasMethods, loadFunctions, methodsOf} from './objects.mjs';
import {empty, usePersister, useStore} from './use.mjs';
import {createValues, handled} from './values.mjs';

// Others are given by variables, to search longer: HOSTILE_SEED=7 HOSTILE_CALLS=1000000.
const seed = Number(process.env.HOSTILE_SEED ?? 20260101);
const wantedCalls = Number(process.env.HOSTILE_CALLS ?? 100_000);

// So many calls within one, and so deep within each other: enough to meet, too few for an avalanche.
const MOST_WITHIN = 12;
const DEEPEST = 4;
const MOST_OBJECTS = 6;
// After so many calls the objects give way to new ones.
const ROUND = 200;

const functions = await loadFunctions();
const random = createRandom(seed);
const {below, chance, list, pick} = random;

/** How often each function and method was called. */
const counts = new Map();
let objects = [];
let calls = 0;
let within = 0;
let depth = 0;
let latest = '';

/** Calls something with anything; what it throws is no matter, unless it is a panic. */
const call = (name, run) => {
  calls++;
  counts.set(name, (counts.get(name) ?? 0) + 1);
  latest = name;
  depth++;
  let result;
  try {
    result = run(...argumentsFor(name, run));
  } catch (error) {
    // It may throw, but not because an earlier call was left half done.
    const isBroken = types.isNativeError(error) && Object.hasOwn(error, 'code') && error.code === 'store-broken';
    assert.ok(!isBroken, `${name}, call ${calls} of seed ${seed}`);
  } finally {
    depth--;
  }
  if (hasMethods(result) && objects.length < MOST_OBJECTS && !objects.includes(result)) objects.push(result);
  // Also of what settles later nothing may be a panic, and all may fail.
  if (types.isPromise(result)) handled(result);
  if (traps.length) assert.fail(`${name}, call ${calls} of seed ${seed}: ${traps[0].error.stack}`);
  return result;
};

/** One more call of any method, perhaps from inside another. */
const act = () => {
  if (depth > DEEPEST || within++ > MOST_WITHIN) return undefined;
  // One of them more than the others, so that much comes together in it.
  const object = chance(50) ? objects[0] : pick(objects);
  const names = methodsOf(object);
  const writing = chance(50) ? names.filter((name) => /^(add|set|del|apply|transaction)/.test(name)) : [];
  const name = pick(writing.length ? writing : names);
  return call(name, object[name]);
};

const values = createValues(random, act);

/** Ids or wildcards, as many as that. */
const pathOf = (length) => list(length, length, () => (chance(90) ? pick([null, values.id()]) : values.value()));

// Mostly what the place calls for, so that calls come far; sometimes anything.
const argumentsFor = (name, {length}) => {
  if (chance(10)) return list(0, 6, () => values.value());
  const thing = () => (chance(90) ? values.plainFunction() : values.value());
  if (/^create.*Persister$/.test(name)) return [pick(objects), ...list(5, 5, thing)];
  // The last two are the listener and whether it may write, unless it is of transactions.
  if (/^add.*Listener$/.test(name)) return [...pathOf(Math.max(0, length - 2)), thing(), chance(40)];
  if (name === 'delListener') return [`${below(40)}`];
  const last = () => pick([values.plainFunction, values.shaped, values.shaped, values.primitive, values.value])();
  const ids = list(length, length, () => (chance(95) ? values.id() : values.value()));
  return [...ids.slice(0, Math.max(0, length - 1 - below(2))), last(), last()];
};

/** Some calls while every object inherits members, which JavaScript takes for its own where it looks no closer. */
const actPolluted = () => {
  const keys = ['t', 'r', 'c', '0', 'type', 'default', 'toJSON', 'code'];
  const describe = () => (chance(50) ? {get: values.plainFunction(), set: undefined} : {value: values.value()});
  const members = keys.map((key) => [key, {...describe(), configurable: true, enumerable: chance(50)}]);
  try {
    for (const [key, descriptor] of members) Object.defineProperty(Object.prototype, key, descriptor);
    for (let count = 0; count < 10; count++) act();
  } finally {
    for (const key of keys) delete Object.prototype[key];
  }
};

// Anything may be the path of a file.
let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'cellarium-hostile-'));
  process.chdir(folder);
});
after(() => {
  process.chdir(tmpdir());
  rmSync(folder, {recursive: true, force: true});
});

const startRound = (old) => {
  const both = [functions.createStore(), functions.createMergeableStore()];
  objects = [...(chance(50) ? both : both.reverse()), old];
};

test(`${wantedCalls} hostile calls do not make WebAssembly panic, and leave an instance that works`, async () => {
  const old = functions.createStore();
  while (calls < wantedCalls) {
    empty(old);
    startRound(old);
    const end = calls + ROUND;
    while (calls < end) {
      within = 0;
      if (chance(5)) {
        const name = pick(Object.keys(functions));
        call(name, functions[name]);
      } else if (chance(1)) {
        actPolluted();
      } else {
        act();
      }
      // A transaction that stays open would keep all listeners from being called.
      if (chance(20)) call('finishTransaction', objects[0].finishTransaction);
      if (chance(2)) await setImmediate();
    }
    await setImmediate();
    // What was left open by the round would otherwise be told of all that follows.
    for (const object of objects) {
      if (object.destroy) handled(object.destroy());
      else empty(object);
    }
  }
  assert.deepEqual(traps, [], `after ${latest}`);
  for (const name of [...Object.keys(functions), ...methodsOf(functions.createMergeableStore())]) {
    assert.ok(counts.get(name) > 0, `${name} was never called`);
  }
  empty(old);
  useStore(old);
  useStore(functions.createStore());
  useStore(functions.createMergeableStore());
  await usePersister(functions);
});
