// Compares hybrid logical clocks with TinyBase's. docs/differences.md says what times are left out.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createRandom} from '../differential/random.mjs';
import {assertSame, hostile, ours, theirs} from './compare.mjs';

const MAX_TIME = 2 ** 42 - 1;
const MAX_COUNTER = 2 ** 24 - 1;
const MAX_AHEAD = 5 * 60 * 1000;

/** A clock whose time can be set, as an object. */
const createClock = ({getHlcFunctions}, uniqueId = 'client1', start = 1000) => {
  let now = start;
  const functions = getHlcFunctions(uniqueId, () => now);
  const [getNextHlc, seenHlc, encodeHlc, decodeHlc, getLastLogicalTime, getLastCounter, getClientId] = functions;
  return {
    getNextHlc,
    seenHlc,
    encodeHlc,
    decodeHlc,
    getClientId,
    setNow: (time) => (now = time),
    getLast: () => [getLastLogicalTime(), getLastCounter()],
  };
};

test('seven functions of the same names come in an array', () => {
  assertSame(({getHlcFunctions}) => {
    const functions = getHlcFunctions('a');
    const types = functions.map((one) => [typeof one, one.name]);
    return [types, Array.isArray(functions), Object.isFrozen(functions), getHlcFunctions.length];
  });
});

test('every unique id is five characters, the same ones', () => {
  const random = createRandom(1);
  const ids = Array.from({length: 2000}, () =>
    String.fromCharCode(...random.list(0, 20, () => random.below(random.chance(80) ? 128 : 0x10000))),
  );
  for (const id of [...hostile, ...ids]) {
    if (id === undefined) continue;
    assertSame(({getHlcFunctions}) => {
      const [getNextHlc, , encodeHlc, , , , getClientId] = getHlcFunctions(id, () => 1000);
      return [getClientId(), getNextHlc(), encodeHlc(5, 5)];
    });
  }
});

test('without a unique id the client is a random one, and without getNow the time is that of Date.now', () => {
  const clients = new Set();
  for (let index = 0; index < 100; index++) {
    const before = Date.now();
    const [getNextHlc, , , decodeHlc, getLastLogicalTime, getLastCounter, getClientId] = ours.getHlcFunctions();
    const [time, counter, client] = decodeHlc(getNextHlc());
    assert.ok(before <= time && time <= Date.now());
    assert.deepEqual([time, counter, client], [getLastLogicalTime(), getLastCounter(), getClientId()]);
    clients.add(client);
  }
  assert.ok(clients.size > 95);
});

test('whatever is encoded or decoded, the results are the same', () => {
  const encode = (...args) =>
    assertSame(
      (common) => createClock(common).encodeHlc(...args),
      () => `encodeHlc ${args.map(String)}`,
    );
  encode();
  for (const first of hostile) {
    encode(first, 1);
    encode(1, first);
    encode(1, 1, first);
    for (const second of hostile) encode(first, second, 'x');
    // TinyBase decodes the items of an array as if they were characters.
    if (!Array.isArray(first)) assertSame((common) => createClock(common).decodeHlc(first));
  }
  assertSame((common) => createClock(common).decodeHlc());
});

test('10,000 random texts are decoded the same, whether they are HLCs or not', () => {
  const random = createRandom(2);
  const [theirClock, ourClock] = [createClock(theirs), createClock(ours)];
  const text = () => {
    if (random.chance(50)) return theirs.getUniqueId(random.chance(80) ? 16 : random.below(30));
    const unit = () => random.below(random.chance(90) ? 128 : 0x10000);
    return String.fromCharCode(...random.list(0, 30, unit));
  };
  for (let index = 0; index < 10_000; index++) {
    const hlc = text();
    assert.deepEqual(ourClock.decodeHlc(hlc), theirClock.decodeHlc(hlc), JSON.stringify(hlc));
  }
});

test('10,000 random times and counters are encoded the same, and decoded to the same again', () => {
  const random = createRandom(3);
  const [theirClock, ourClock] = [createClock(theirs), createClock(ours)];
  const number = (limit) =>
    random.weighted([
      [() => random.below(limit), 6],
      [() => random.pick([0, limit - 1, limit, limit + 1]), 1],
      [() => random.double(), 1],
      [() => -random.below(limit) / 2, 1],
    ])();
  for (let index = 0; index < 10_000; index++) {
    const args = [number(2 ** 42), number(2 ** 24), ...(random.chance(50) ? [`client${random.below(1000)}`] : [])];
    const hlc = ourClock.encodeHlc(...args);
    assert.equal(hlc, theirClock.encodeHlc(...args), `${args}`);
    assert.deepEqual(ourClock.decodeHlc(hlc), theirClock.decodeHlc(hlc));
  }
});

test('whatever is seen, the clocks go on the same', () => {
  const near = [MAX_AHEAD - 1, MAX_AHEAD, MAX_AHEAD + 1, 0, -1].map((ahead) =>
    ours.getHlcFunctions('x')[2](1000 + ahead, 3),
  );
  // prettier-ignore
  const texts = [
    '-', '-----Ec----', '-----Ec----oaww', '-----Ec----oaww7', '-----Ed----oaww7', '-----Ec----oaww7x', '-----Ec---!oaww7',
    '!----Ec----oaww7', '-----Ed----oaw!7', '-----Ed----\ud800aww7', '-----Ed----oaww7\n', '\n----Ed----oaww7', '🐕'.repeat(8),
    ' '.repeat(16), '-'.repeat(16), 'z'.repeat(16), 'é'.repeat(16), '-----Ed---éaww7', ['-----Ed----oaww7'],
    new String('-----Ed----oaww7'), {toString: () => '-----Ed----oaww7'}, [''], [null], {valueOf: () => 0}, new Number(0), 0n,
  ];
  for (const hlc of [...hostile, ...texts, ...near]) {
    assertSame(
      (common) => {
        const clock = createClock(common);
        const seen = clock.seenHlc(hlc);
        const last = clock.getLast();
        clock.getNextHlc();
        clock.seenHlc(hlc);
        return [seen, last, clock.getLast(), clock.getNextHlc(), clock.getLast()];
      },
      () => `seenHlc(${typeof hlc === 'string' ? JSON.stringify(hlc) : typeof hlc})`,
    );
  }
  assertSame((common) => {
    const clock = createClock(common);
    clock.seenHlc();
    return clock.getLast();
  });
});

// What is done to a clock, as random steps.
const createSteps = (random, start) => {
  let now = start;
  return random.list(1, 60, () => {
    now = random.weighted([
      [now, 4],
      [now + random.below(3), 3],
      [Math.max(0, now - random.below(1000)), 1],
      [now + random.below(1_000_000), 1],
    ]);
    const ahead = random.weighted([
      [random.below(5) - 2, 4],
      [random.below(MAX_AHEAD), 1],
      [MAX_AHEAD + random.below(3) - 1, 1],
      [-random.below(1_000_000), 1],
    ]);
    const counter = random.weighted([
      [random.below(10), 4],
      [MAX_COUNTER - random.below(3), 1],
      [random.below(MAX_COUNTER), 1],
    ]);
    return {now, remote: random.chance(40) ? [Math.max(0, now + ahead), counter] : undefined};
  });
};

const play = (common, steps) => {
  const clock = createClock(common);
  return steps.map(({now, remote}) => {
    clock.setNow(now);
    return [remote ? clock.seenHlc(clock.encodeHlc(...remote, 'remote')) : clock.getNextHlc(), clock.getLast()];
  });
};

test('3,000 random histories of clocks that stand, go back, see others and run out of counters are the same', () => {
  const random = createRandom(4);
  for (let index = 0; index < 3000; index++) {
    const steps = createSteps(random, random.pick([0, 1, 1000, 1_700_000_000_000, MAX_TIME - 2_000_000_000]));
    assert.deepEqual(play(ours, steps), play(theirs, steps), JSON.stringify(steps));
  }
});

test('every next HLC is a greater text than all before that were given or taken over, whatever the time', () => {
  const random = createRandom(5);
  for (let index = 0; index < 1000; index++) {
    const clock = createClock(ours);
    let latest = '';
    for (const {now, remote} of createSteps(random, 1000)) {
      clock.setNow(random.chance(90) ? now : random.pick([NaN, Infinity, now + 0.3, now + 0.6, 2 ** 42, -1, 'x']));
      if (remote) {
        const [hlc, before] = [clock.encodeHlc(...remote, 'remote'), `${clock.getLast()}`];
        clock.seenHlc(hlc);
        // One that the clock took over; what it was ahead of already, or did not believe, is tried by the others.
        if (before !== `${clock.getLast()}` && `${clock.getLast()}` === `${remote}`) latest = hlc;
      } else {
        const hlc = clock.getNextHlc();
        assert.ok(hlc > latest, `${hlc} after ${latest}`);
        latest = hlc;
      }
    }
  }
});

test('a time that is no number yet is made one, and a time from before 1970 or none is the same', () => {
  for (const now of [null, '1000', '', true, [], [7], new Date(77), {valueOf: () => 9}, 0, -0, -1, -1e12, -Infinity]) {
    assertSame(
      (common) => {
        const clock = createClock(common, 'client1', now);
        const results = [clock.getNextHlc(), clock.getNextHlc(), clock.getLast()];
        clock.setNow(2000);
        return [...results, clock.getNextHlc(), clock.getLast()];
      },
      () => `now ${String(now)}`,
    );
  }
  for (const now of [10n, Symbol('s'), {valueOf: () => ({}), toString: () => ({})}]) {
    assertSame((common) => createClock(common, 'a', now).getNextHlc());
    assertSame((common) => createClock(common, 'a', now).seenHlc('-----Ed----oaww7'));
  }
});

test('getNow is asked once by getNextHlc and by seenHlc, and never by the others', () => {
  assertSame(({getHlcFunctions}) => {
    const calls = [];
    const functions = getHlcFunctions('a', function (...args) {
      calls.push([this, args]);
      return 1000;
    });
    const [getNextHlc, seenHlc, encodeHlc, decodeHlc, ...rest] = functions;
    const counts = [calls.length];
    for (const use of [
      getNextHlc,
      () => seenHlc('bad'),
      () => seenHlc(encodeHlc(5, 5)),
      () => decodeHlc(''),
      ...rest,
    ]) {
      use();
      counts.push(calls.length);
    }
    return [counts, calls];
  });
});

test('getNow may throw, be no function, or ask the same clock', () => {
  for (const getNow of [null, 5, 'x', {}]) assertSame(({getHlcFunctions}) => getHlcFunctions('a', getNow)[0]());
  assertSame(({getHlcFunctions}) => {
    const results = [];
    let depth = 0;
    const [getNextHlc, seenHlc, , , getLastLogicalTime, getLastCounter] = getHlcFunctions('a', () => {
      if (depth < 3) {
        depth++;
        results.push(getNextHlc());
        seenHlc('-----Ed----oaww7');
      }
      if (depth === 2) throw new RangeError('no time');
      return 1000 + depth;
    });
    for (const use of [getNextHlc, () => seenHlc('-----Ee----oaww7'), getNextHlc, getNextHlc]) {
      try {
        results.push(use());
      } catch (error) {
        results.push(error.message);
      }
      results.push(getLastLogicalTime(), getLastCounter());
    }
    return results;
  });
});

test('conversions of arguments may ask for HLCs and hashes', () => {
  assertSame((common) => {
    const clock = createClock(common);
    const asking = (value) => ({
      valueOf: () => (common.getHash('other'), clock.seenHlc('-----Ed----oaww7'), value),
      toString: () => (common.getHash('other'), 'client2'),
    });
    clock.setNow(asking(5000));
    const results = [clock.encodeHlc(asking(7), asking(8), asking(9)), clock.getNextHlc()];
    clock.seenHlc('----0D7---9oaww7');
    return [...results, clock.getNextHlc(), clock.getLast()];
  });
});
