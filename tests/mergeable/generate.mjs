// Makes random histories of mergeable stores: what is written where, and who hears of it, when, and how often.
import {createRandom} from '../differential/random.mjs';

const TABLES = ['t', 'u', '1'];
const ROWS = ['r', 's', '10', '9'];
const CELLS = ['a', 'b', 'c', '3'];
const VALUES = ['v', 'w', '0'];
const PLAIN = [0, 1, 2, -7, 0.1, 1e21, true, false, null, '', 'x', 'é\ud800', '{"a":1}'];
const OBJECTS = [{a: 1}, [1, 'x'], {}, {b: [null]}];

/** The schemas that a store may get, of tables and of values; the last are none. */
export const SCHEMAS = [
  [{t: {a: {type: 'number', default: 7}, b: {type: 'string'}, c: {type: 'boolean', default: true}}}, {}],
  [{t: {a: {type: 'number'}}, u: {b: {type: 'number', default: 1}, 3: {type: 'string', default: 'x'}}}, {}],
  [{}, {v: {type: 'number', default: 5}, w: {type: 'string'}}],
  [{t: {a: {type: 'number', required: true}, b: {type: 'string', default: 'd'}}}, {0: {type: 'number', default: 1}}],
  [{}, {}],
];

/**
 * Makes the history of a seed.
 * @param {number} seed
 * @param {number} length how many steps
 * @param {'twins' | 'objects' | 'alone'} kind `twins` has no objects in cells and `alone` no exchange
 * @returns {{kind: string, hasDefaults: boolean, steps: unknown[][]}} with defaults, from schemas or by themselves,
 *   stores need not end up the same, since nothing says whose default wins
 */
export const generate = (seed, length, kind) => {
  const {below, chance, pick, list, weighted} = createRandom(seed);
  const replicas = kind === 'alone' ? 1 : 3;
  const hasObjects = kind !== 'twins';
  // TinyBase does not restore an object or array when it rolls back.
  const rollsBack = !hasObjects;
  const hasDefaults = chance(50);

  const thing = () => (hasObjects && chance(20) ? pick(OBJECTS) : pick(PLAIN));
  const members = (ids, least, most, make) => Object.fromEntries(list(least, most, () => [pick(ids), make()]));
  const row = () => members(CELLS, 1, 3, thing);
  const table = () => members(ROWS, 1, 3, row);
  const tables = () => members(TABLES, 1, 2, table);
  const values = () => members(VALUES, 1, 2, thing);
  const changed = (ids, make) => members(ids, 1, 2, () => (chance(30) ? undefined : make()));

  const write = () =>
    weighted([
      [() => ['setCell', pick(TABLES), pick(ROWS), pick(CELLS), thing()], 12],
      [() => ['setRow', pick(TABLES), pick(ROWS), row()], 4],
      [() => ['setPartialRow', pick(TABLES), pick(ROWS), row()], 3],
      [() => ['addRow', pick(TABLES), row()], 2],
      [() => ['setTable', pick(TABLES), table()], 2],
      [() => ['setTables', tables()], 1],
      [() => ['setValue', pick(VALUES), thing()], 4],
      [() => ['setValues', values()], 1],
      [() => ['setPartialValues', values()], 1],
      [() => ['setContent', [tables(), values()]], 1],
      [() => ['setTablesJson', JSON.stringify(tables())], 1],
      [() => ['applyChanges', [changed(TABLES, () => changed(ROWS, () => changed(CELLS, thing))), {}, 1]], 2],
      [() => ['delCell', pick(TABLES), pick(ROWS), pick(CELLS), chance(50)], 4],
      [() => ['delRow', pick(TABLES), pick(ROWS)], 4],
      [() => ['delTable', pick(TABLES)], 1],
      [() => ['delTables'], 1],
      [() => ['delValue', pick(VALUES)], 2],
      [() => ['delValues'], 1],
      [() => (hasDefaults ? ['setDefaultContent', [chance(80) ? tables() : {}, values()]] : ['delTables']), 1],
    ])();

  const one = () => below(replicas);
  const other = (replica) => (replica + 1 + below(replicas - 1)) % replicas;
  const inTransaction = (replica) =>
    weighted([
      [() => ['write', write()], 12],
      [() => ['time', pick([1, 5, 1000])], 1],
      [() => ['changes'], 2],
      [() => (replicas > 1 ? ['full', other(replica), below(2)] : ['changes']), 1],
    ])();

  const exchange = (make) => (replica) => (replicas > 1 ? make(replica, other(replica)) : ['write', replica, write()]);
  const step = () => {
    const replica = one();
    return weighted([
      [() => ['write', replica, write()], 30],
      [
        () => [
          'transaction',
          replica,
          list(1, 6, () => inTransaction(replica)),
          rollsBack ? pick(['commit', 'commit', 'rollBack', 'throw']) : 'commit',
        ],
        8,
      ],
      [() => ['time', replica, pick([1, 1, 1, 50, 1000, -20, 200_000, 400_000])], 10],
      [exchange((to, from) => ['full', to, from, below(2)]), 5],
      [exchange((to, from) => ['delta', to, from, below(20), below(2), chance(50)]), 12],
      [exchange((to, from) => ['ask', to, from, below(2)]), 5],
      [exchange((to, from) => ['merge', to, from, chance(50)]), 4],
      [exchange((to, from) => ['set', to, from, below(2)]), 1],
      [() => (hasDefaults ? ['schema', replica, below(SCHEMAS.length)] : ['write', replica, write()]), 2],
      [() => ['mutator', replica], 1],
    ])(replica);
  };
  return {kind, hasDefaults, steps: list(length, length, step)};
};
