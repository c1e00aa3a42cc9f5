// Hostile calls of everything the package exports: none may make WebAssembly panic, and all works afterwards.
import {traps} from './watch.mjs';
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {createRandom} from '../differential/random.mjs';
import {hasMethods, loadFunctions, methodsOf} from './objects.mjs';
import {empty, usePersister, useStore} from './use.mjs';
import {createValues} from './values.mjs';

// Others are given by variables, to search longer: HOSTILE_SEED=7 HOSTILE_CALLS=1000000.
const seed = Number(process.env.HOSTILE_SEED ?? 20260101);
const wantedCalls = Number(process.env.HOSTILE_CALLS ?? 100_000);

// So many calls within one, and so deep within each other: enough to meet, too few for an avalanche.
const MOST_WITHIN = 12;
const DEEPEST = 4;
// After so many calls the objects give way to new ones.
const ROUND = 400;

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
    result = run(...argumentsFor(name));
  } catch {
    // As it should.
  } finally {
    depth--;
  }
  if (hasMethods(result) && objects.length < 12 && !objects.includes(result)) objects.push(result);
  // Also of what settles later nothing may be a panic, and all may fail.
  if (result instanceof Promise) result.catch(() => {});
  assert.deepEqual(traps, [], `${name}, call ${calls} of seed ${seed}`);
  return result;
};

/** One more call of any method, perhaps from inside another. */
const act = () => {
  if (depth > DEEPEST || within++ > MOST_WITHIN) return undefined;
  const object = pick(objects);
  const name = pick(methodsOf(object));
  return call(name, object[name]);
};

const values = createValues(random, act);

// Mostly what the place calls for, so that calls come far; sometimes anything.
const argumentsFor = (name) => {
  const places = list(0, 6, () => values.value());
  if (chance(25)) return places;
  if (/^create.*Persister$/.test(name)) {
    return [pick(objects), ...list(4, 4, () => (chance(90) ? values.plainFunction() : values.value())), values.plainFunction()];
  }
  if (/Listener$/.test(name) && name.startsWith('add')) {
    const arity = below(4);
    return [...list(arity, arity, () => pick([null, 't', 'r', 'c', values.value()])), values.plainFunction(), chance(40)];
  }
  if (name === 'delListener') return [`${below(40)}`];
  return [...list(0, 3, () => (chance(85) ? values.id() : values.value())), ...places.slice(0, 2)];
};

const startRound = (old) => {
  objects = [functions.createStore(), functions.createStore(), old];
};

test(`${wantedCalls} hostile calls do not make WebAssembly panic, and leave an instance that works`, async () => {
  // Keeps what is unhandled from ending the process: an app's own promises may be, and a panic is noted anyway.
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
      } else {
        act();
      }
      if (chance(2)) await setImmediate();
    }
    await setImmediate();
    // What was left open by the round would otherwise be told of all that follows.
    for (const object of objects) {
      if (object.destroy) object.destroy().catch(() => {});
      else empty(object);
    }
  }
  assert.deepEqual(traps, [], `after ${latest}`);
  for (const name of [...Object.keys(functions), ...methodsOf(old)]) {
    assert.ok(counts.get(name) > 0, `${name} was never called`);
  }
  empty(old);
  useStore(old);
  useStore(functions.createStore());
  await usePersister(functions);
});
