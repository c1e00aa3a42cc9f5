// Holds docs/differences.md to what it says of hybrid logical clocks, on both libraries.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ours, theirs} from './compare.mjs';

/** The next HLC, without its client, at each of some times. */
const nextAt = ({getHlcFunctions}, times) => {
  let now;
  const [getNextHlc] = getHlcFunctions('client1', () => now);
  return times.map((time) => {
    now = time;
    return getNextHlc().slice(0, 11);
  });
};

const compare = (name, observe, expectedTheirs, expectedOurs) =>
  test(name, () => {
    assert.deepEqual(observe(theirs), expectedTheirs);
    assert.deepEqual(observe(ours), expectedOurs);
  });

compare(
  'times that differ by a fraction of a millisecond give different HLCs',
  (common) => nextAt(common, [1.2, 1.7, 1.9]),
  ['------0----', '------0----', '------0----'],
  ['------0----', '------0---0', '------0---1'],
);

compare(
  'a time that is no number does not stop the clock for good',
  (common) => nextAt(common, [1000, NaN, undefined, 'x', 2000]),
  ['-----Ec----', '-----------', '-----------', '-----------', '-----------'],
  ['-----Ec----', '-----Ec---0', '-----Ec---1', '-----Ec---2', '-----UF----'],
);

compare(
  'a time that is too great for an HLC does not start the clock again',
  (common) => nextAt(common, [1000, Infinity, 2 ** 42, 1e300, 2000]),
  ['-----Ec----', '-----------', '----------0', '----------1', '----------2'],
  ['-----Ec----', '-----Ec---0', '-----Ec---1', '-----Ec---2', '-----UF----'],
);

compare(
  'the greatest HLC stays the greatest',
  ({getHlcFunctions}) => {
    const [getNextHlc, seenHlc] = getHlcFunctions('client1', () => 2 ** 42 - 1);
    seenHlc('zzzzzzzzzzzzzzzz');
    return getNextHlc().slice(0, 11);
  },
  '-----------',
  'zzzzzzzzzzz',
);

compare(
  'what is far ahead of a time that is given as a text is not believed',
  ({getHlcFunctions}) => {
    const [, seenHlc, encodeHlc, , getLastLogicalTime] = getHlcFunctions('client1', () => '1000');
    seenHlc(encodeHlc(400_000_000, 0));
    return getLastLogicalTime();
  },
  400_000_000,
  0,
);

compare(
  'an array is not decoded',
  ({getHlcFunctions}) => {
    const [, , , decodeHlc] = getHlcFunctions('client1');
    try {
      return decodeHlc([...'-----Ec----oaww7'].slice(0, 12));
    } catch (error) {
      return error.name;
    }
  },
  [1000, 0, ['o']],
  'TypeError',
);
