// Makes a random program for a persister: what an app, its back end and others do, as plain data.
import {createRandom} from '../../differential/random.mjs';

const stepWeights = [
  ['save', 5],
  ['load', 5],
  ['startAutoLoad', 5],
  ['stopAutoLoad', 2],
  ['startAutoSave', 4],
  ['stopAutoSave', 2],
  ['startAutoPersisting', 2],
  ['stopAutoPersisting', 1],
  ['schedule', 3],
  ['write', 6],
  ['announce', 7],
  ['store', 2],
  ['release', 12],
];

/** How a callback answers: at once, with a promise, when a `release` comes, or not well. */
const answerWeights = [
  ['now', 40],
  ['promise', 20],
  ['gate', 35],
  ['throw', 4],
  ['reject', 4],
];

/**
 * Whether a step may be taken in one go with others. Not if by how many microtasks a registration comes before
 * something else decides what comes of it, nor what docs/differences.md says of content brought just before.
 */
const mayComeTogether = ([name, kind]) =>
  ['save', 'load', 'schedule', 'write', 'store'].includes(name) || (name === 'announce' && kind === 'nothing');

const makeArguments = {
  load: ({chance}) => (chance(20) ? ['initial'] : []),
  startAutoLoad: ({chance}) => (chance(20) ? ['initial'] : []),
  startAutoPersisting: ({chance}) => [chance(20) ? 'initial' : null, chance(30)],
  stopAutoPersisting: ({chance}) => [chance(30)],
  schedule: ({below}) => [1 + below(2)],
  write: ({below}) => [below(5)],
  announce: ({below, pick}) => [pick(['nothing', 'content', 'changes', 'changes', 'invalid']), below(5)],
  store: ({below, pick}) => [pick(['content', 'content', 'changes', 'nothing']), below(5)],
  release: ({below}) => [below(3)],
};

/**
 * @typedef {[name: string, ...args: unknown[]]} Step
 * @typedef {{groups: Step[][], answers: Record<'get' | 'set' | 'add' | 'del' | 'act', string[]>, isDestroyed: boolean}}
 *   Program the steps of a group are taken without waiting in between; the answers of each callback, in turn; whether
 *   the persister is destroyed at the end
 */

/**
 * Makes a program.
 * @param {number} seed
 * @param {number} length how many steps
 * @param {number} together how many steps at most are taken without waiting in between
 * @returns {Program}
 */
export const generate = (seed, length, together) => {
  const random = createRandom(seed);
  const {below, chance, list, weighted} = random;
  const groups = [];
  const makeStep = () => {
    const name = weighted(stepWeights);
    return [name, ...(makeArguments[name]?.(random) ?? [])];
  };
  for (let left = length; left > 0;) {
    const steps = Array.from({length: Math.min(left, 1 + below(together))}, makeStep);
    left -= steps.length;
    groups.push(...(steps.every(mayComeTogether) ? [steps] : steps.map((step) => [step])));
  }
  const answers = Object.fromEntries(
    ['get', 'set', 'add', 'del', 'act'].map((callback) => [
      callback,
      list(length, length, () => weighted(answerWeights)),
    ]),
  );
  return {groups, answers, isDestroyed: chance(20)};
};
