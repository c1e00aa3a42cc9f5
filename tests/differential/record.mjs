// Runs a program on one library's store and records everything that can be seen from outside.
import * as bulk from './bulk.mjs';

/** Enough for any honest program; a listener pass that feeds itself is stopped here. */
const maxLines = 50_000;

class Planned extends Error {}

/** A value as text: types, order of keys, -0, lone surrogates and null prototypes all show. */
export const show = (value, depth = 0) => {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'function':
      return 'function';
    case 'object':
      break;
    default:
      return typeof value === 'bigint' ? `${value}n` : String(value);
  }
  if (value === null) return 'null';
  if (depth > 12) return '…';
  if (Array.isArray(value)) return `[${value.map((item) => show(item, depth + 1)).join(', ')}]`;
  const prototype = Object.getPrototypeOf(value);
  const kind = prototype === null ? '' : prototype === Object.prototype ? 'Object' : 'other';
  if (kind === 'other') return `a ${prototype.constructor?.name ?? 'thing'}`;
  const entries = Object.keys(value).map((key) => `${JSON.stringify(key)}: ${show(value[key], depth + 1)}`);
  return `${kind}{${entries.join(', ')}}`;
};

/** Messages of the libraries' own errors may differ; the errors that callbacks throw are the program's. */
const showError = (error) => {
  if (error instanceof Planned) return `planned ${error.message}`;
  // A trap ruins a WebAssembly instance: never the same as an error.
  return error instanceof WebAssembly.RuntimeError ? `a trap: ${error.message}` : 'an error of the library';
};

/** A transaction log holds rejected values themselves, which are the caller's. */
const isLog = (result) =>
  Array.isArray(result) &&
  result.length === 10 &&
  result.every((part, index) => typeof part === (index < 2 ? 'boolean' : 'object'));

/**
 * What was offered in vain, objects and arrays as JSON gives them back: of those that only a schema refuses, cellarium
 * tells no more, nor whether they came as encoded texts.
 */
const plainly = (offered) => {
  const isEncoded = typeof offered === 'string' && /^\ufffd ?[[{]/.test(offered);
  if (!isEncoded && (typeof offered !== 'object' || offered === null)) return offered;
  try {
    return JSON.parse(isEncoded ? offered.slice(1) : JSON.stringify(offered)) ?? offered;
  } catch {
    return isEncoded ? offered : 'what JSON cannot say';
  }
};

/** The same in the objects within objects of a transaction log. */
const allPlainly = (invalid) => {
  if (Array.isArray(invalid)) return invalid.map(plainly);
  const all = Object.create(null);
  for (const key of Object.keys(invalid)) all[key] = allPlainly(invalid[key]);
  return all;
};

const comparable = (log) => log.map((part, index) => (index === 3 || index === 5 ? allPlainly(part) : part));

/** Changes a result, which must not change the store. */
const spoil = (result) => {
  if (typeof result !== 'object' || result === null || Object.isFrozen(result) || isLog(result)) return;
  for (const key of Object.keys(result)) spoil(result[key]);
  if (Array.isArray(result)) result.push('spoilt');
  else result.spoilt = 'spoilt';
};

/**
 * Makes a store and what a program needs to use it.
 * @param {() => object} createStore
 * @param {number} [every] after how many operations at the top of the program the state is recorded
 */
export const createRecorder = (createStore, every = 1) => {
  const store = createStore();
  const trace = [];
  let cellPaths = [];
  let valueIds = [];
  let steps = 0;

  const log = (line) => {
    if (trace.length >= maxLines) throw new Planned('too long');
    trace.push(line);
  };
  const describe = (value) => (value === store ? 'store' : show(isLog(value) ? comparable(value) : value));

  /** The state as all the reads show it. */
  const state = () => {
    log(`  content ${show(store.getContent())}`);
    log(`  json ${store.getJson()} ${store.getTablesJson()} ${store.getValuesJson()}`);
    const tables = store.getTableIds().map((tableId) => {
      const rows = store.getRowIds(tableId).map((rowId) => `${show(rowId)}: ${show(store.getCellIds(tableId, rowId))}`);
      return `${show(tableId)} (${store.getRowCount(tableId)}): {${rows.join(', ')}}`;
    });
    log(`  ids {${tables.join(', ')}} ${show(store.getValueIds())}`);
  };

  /** What the last argument of a listener tells, a function that asks for changes. */
  const ask = (kind, change) => {
    if (kind === 'invalid' && Array.isArray(change)) return describe(change.map(plainly));
    if (typeof change !== 'function') return describe(change);
    if (kind === 'ids') {
      const result = change();
      const text = show(result);
      spoil(result);
      return text;
    }
    if (kind === 'cells') return cellPaths.map((path) => show(change(...path))).join(' ');
    if (kind === 'values') return valueIds.map((valueId) => show(change(valueId))).join(' ');
    // The visits of forEach…: go down.
    change((...args) => log(`    visit ${args.map((argument) => ask('visit', argument)).join(' ')}`));
    return 'visited';
  };

  /** A function for the store to call: records its arguments and runs `body` in its first `limit` calls. */
  const callback = (kind, label, limit, body) => {
    let calls = 0;
    return (...args) => {
      log(`    ${label}: ${args.map((argument) => ask(kind, argument)).join(' ')}`);
      return calls++ < limit ? body() : undefined;
    };
  };

  /** Records the result of one operation inside a callback; its error goes on. */
  const call = (operation) => {
    try {
      const result = operation();
      log(`      = ${describe(result)}`);
      if (result !== store) spoil(result);
    } catch (error) {
      log(`      threw ${showError(error)}`);
      throw error;
    }
  };
  /** The same, but its error stops here. */
  const attempt = (operation) => {
    try {
      call(operation);
    } catch (error) {
      if (error instanceof Planned && error.message === 'too long') throw error;
    }
  };
  /** One operation at the top of the program, and the state after it. */
  const step = (operation) => {
    log(`step ${++steps}`);
    attempt(operation);
    if (steps % every === 0) state();
  };
  const probe = (paths, ids) => {
    cellPaths = paths;
    valueIds = ids;
  };
  const planned = (label) => new Planned(String(label));
  return {store, probe, step, call, attempt, callback, planned, trace, state};
};

const names = ['store', 'probe', 'step', 'call', 'attempt', 'callback', 'planned'];
const bulkNames = Object.keys(bulk);

/**
 * Compiles a program's source.
 * @param {string} source what render.mjs made
 * @param {number} [every] after how many operations the state is recorded; it is at the end in any case
 * @returns {(createStore: () => object) => string[]} runs it and gives the trace
 */
export const compile = (source, every) => {
  const run = new Function(...bulkNames, ...names, `'use strict';\n${source}`);
  return (createStore) => {
    const recorder = createRecorder(createStore, every);
    try {
      run(...Object.values(bulk), ...names.map((name) => recorder[name]));
      recorder.state();
    } catch (error) {
      recorder.trace.push(`stopped: ${showError(error)}`);
    }
    return recorder.trace;
  };
};
