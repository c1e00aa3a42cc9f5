// What apps may say of how a persister is to work: the last argument of the functions that create one.
import {codedError} from './coded-error.js';
import type {Codec} from './types/codecs.js';
import type {PersisterOptions} from './types/persister-options.js';
import type {Content, Id} from './types/store.js';

/** Options that were checked, in the form in which they are used. */
export interface CheckedOptions {
  /** 0 if they do not say. */
  readonly debounce: number;
  readonly codec: Codec | undefined;
  /** `undefined` if all tables are persisted. */
  readonly hasTable: ((tableId: Id) => boolean) | undefined;
  /** `undefined` if all values are persisted. */
  readonly hasValue: ((valueId: Id) => boolean) | undefined;
  readonly version: number | undefined;
  readonly migrate: ((content: Content, fromVersion: number) => Content) | undefined;
}

// As long as timers can wait.
const MOST_MILLISECONDS = 2 ** 31 - 1;

const fail = (message: string): never => {
  throw codedError(`the options of a persister: ${message}`, 'invalid-options');
};

type Check<Name extends keyof PersisterOptions> = (value: unknown) => PersisterOptions[Name] | undefined;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isFunction = (value: unknown) => typeof value === 'function';
const isIds = (value: unknown) => Array.isArray(value) && value.every((id) => typeof id === 'string');

const check =
  <Name extends keyof PersisterOptions>(name: Name, isRight: (value: unknown) => boolean, what: string): Check<Name> =>
  (value) =>
    value === undefined || isRight(value) ? (value as PersisterOptions[Name]) : fail(`${name} is not ${what}`);

const checks: {[Name in keyof Required<PersisterOptions>]: Check<Name>} = {
  debounce: check(
    'debounce',
    (value) => typeof value === 'number' && value >= 0 && value <= MOST_MILLISECONDS,
    `a number of milliseconds from 0 to ${MOST_MILLISECONDS}`,
  ),
  codec: check(
    'codec',
    (value) => isObject(value) && isFunction(value.encode) && isFunction(value.decode),
    'an object with the functions encode and decode',
  ),
  tables: check('tables', (value) => isIds(value) || isFunction(value), 'an array of ids or a function'),
  values: check('values', (value) => isIds(value) || isFunction(value), 'an array of ids or a function'),
  version: check('version', (value) => Number.isSafeInteger(value) && (value as number) >= 0, 'a whole number from 0'),
  migrate: check('migrate', isFunction, 'a function'),
};

const filterOf = (wanted: PersisterOptions['tables']): ((id: Id) => boolean) | undefined => {
  // A function of the app may return anything.
  if (typeof wanted === 'function') return (id) => !!wanted(id);
  if (!wanted) return undefined;
  const ids = new Set(wanted);
  return (id) => ids.has(id);
};

/**
 * Checks the options that an app gives, and copies them: what the app does to its object later changes nothing.
 *
 * A name that there is not is an error: a content should not be kept as it is because `codec` was spelled wrong.
 *
 * @param options - What the app gives.
 * @param notOffered - The options that the persister does not have.
 * @throws An Error of `code` `'invalid-options'`, whose message names the option.
 */
export const checkOptions = (options: unknown, notOffered: readonly string[] = []): CheckedOptions => {
  if (options !== undefined && (!isObject(options) || Array.isArray(options))) fail('they are no object');
  // Without members that all objects were given.
  const given = Object.assign(Object.create(null) as Record<string, unknown>, options);
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(checks, name)) fail(`there is none called ${name}`);
    if (notOffered.includes(name)) fail(`this persister has no ${name}`);
  }
  const version = checks.version(given.version);
  const migrate = checks.migrate(given.migrate);
  if (migrate && version === undefined) fail('migrate needs a version to arrive at');
  return {
    debounce: checks.debounce(given.debounce) ?? 0,
    codec: checks.codec(given.codec),
    hasTable: filterOf(checks.tables(given.tables)),
    hasValue: filterOf(checks.values(given.values)),
    version,
    migrate,
  };
};
