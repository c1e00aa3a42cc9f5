// Runs a program on TinyBase and on Cellarium, and holds both to what a test expects.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import * as tinybase from 'tinybase';
import * as cellarium from '../../pkg/index.js';

const libraries = {tinybase, cellarium};
const differences = readFileSync(new URL('../../docs/differences.md', import.meta.url), 'utf8');

/** The same without null prototypes, which deepEqual would take for a difference; all else is left as it is. */
const plain = (value) => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plain(child)]));
};

/** A test that fails unless the program gives what is expected of each library with a new store of it. */
const holdTo = (name, program, expected) =>
  test(name, async () => {
    for (const [library, {createStore, createMergeableStore}] of Object.entries(libraries)) {
      const result = await program(createStore(), createStore, createMergeableStore);
      assert.deepEqual({[library]: plain(result)}, {[library]: expected[library]});
    }
  });

/**
 * A test of a behaviour that both libraries have. The expectation is checked by TinyBase, and Cellarium by it.
 * @param {string} name the number of the line, as in the README, and what the behaviour is
 * @param {(store: object, createStore: () => object, createMergeableStore: (...args: unknown[]) => object) => unknown} program
 *   what is done with a new store; it may be async
 * @param {unknown} expected what the program returns, to the last undefined and -0
 */
export const both = (name, program, expected) => holdTo(name, program, {tinybase: expected, cellarium: expected});

/**
 * A test of a behaviour in which Cellarium differs from TinyBase on purpose.
 * @param {string} name the number of the line, as in the README, and what the behaviour is
 * @param {string} difference how docs/differences.md begins to tell the case
 * @param {(store: object, createStore: () => object) => unknown} program what is done with a new store
 * @param {{tinybase: unknown, cellarium: unknown}} expected what the program returns with a store of each
 */
export const differs = (name, difference, program, expected) => {
  if (!differences.includes(`\n| ${difference}`)) throw new Error(`docs/differences.md has no case of: ${difference}`);
  return holdTo(name, program, expected);
};

/** What an action throws: the error's message if a test has thrown it, else its kind. Undefined if it throws nothing. */
export const thrownBy = (action) => {
  try {
    action();
    return undefined;
  } catch (error) {
    return error.constructor === Error ? error.message : error.name;
  }
};
