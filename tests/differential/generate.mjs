// Makes a random program: a tree of plain data that render.mjs turns into JavaScript.
//
// A program is {probes, steps}. A step (an operation) is {name, args, rescue}; `throw` is one too. An argument is
//   {code}                           JavaScript source
//   {entries: [[id, argument], …]}   an object, {items: […]} an array, {text: argument} its JSON text
//   {callback, label, limit, steps, returns}  a function whose first `limit` calls run the steps
import {operations} from './coverage.mjs';
import {createRandom} from './random.mjs';
import {
  hostileCells,
  hostileIds,
  oddChanges,
  oddContents,
  oddIds,
  oddObjects,
  oddTexts,
  plainCells,
  plainIds,
} from './samples.mjs';

const maxDepth = 3;

/** The source of a string literal; lone surrogates are escaped. */
export const quote = (text) => JSON.stringify(text);

/**
 * Makes a program.
 * @param {number} seed the same seed, length and names give the same program
 * @param {number} length how many operations it has at its top
 * @param {string[]} names the operations it may use, from coverage.mjs
 */
export const generate = (seed, length, names) => {
  const random = createRandom(seed);
  const {below, chance, pick, list, weighted, double} = random;
  const hostility = pick([0, 0, 5, 30, 60]);
  const weights = names.map((name) => [name, operations[name][0]]);
  const listenerNames = names.filter((name) => name.startsWith('add') && name.endsWith('Listener'));
  const ids = Object.fromEntries(
    Object.entries(plainIds).map(([kind, plain]) => [
      kind,
      list(2, plain.length, () => pick(chance(hostility) ? hostileIds : plain)),
    ]),
  );
  let labels = 0;

  const id = (kind) => pick(chance(2) ? (chance(hostility) ? hostileIds : plainIds[kind]) : ids[kind]);
  const idArgument = (kind) => ({code: chance(1) ? pick(oddIds) : quote(id(kind))});
  const pathArgument = (kind) => ({code: chance(45) ? 'null' : chance(1) ? pick(oddIds) : quote(id(kind))});

  const cellOf = () => {
    if (chance(hostility / 2)) return {code: chance(15) ? String(double()) : pick(hostileCells)};
    return {code: chance(2) ? pick(hostileCells) : pick(plainCells)};
  };
  const fresh = (code) => ({code: /^\{/.test(code) ? `(${code})` : code});
  const cell = () => fresh(cellOf().code);
  const oddly = (samples, make) => (chance(2 + hostility / 8) ? fresh(pick(samples)) : make());
  const object = (kind, least, most, make) => ({
    // A duplicate key would only hide the first one.
    entries: [...new Map(list(least, most, () => [id(kind), make()]))],
    frozen: chance(10),
  });
  const cells = () => oddly(oddObjects, () => object('cell', 1, 4, cell));
  const rows = () => oddly(oddObjects, () => object('row', 1, 3, cells));
  const tables = () => oddly(oddObjects, () => object('table', 1, 3, rows));
  const values = () => oddly(oddObjects, () => object('value', 1, 3, cell));
  const orDeletion = (make) => () => (chance(25) ? {code: 'undefined'} : make());
  const changed = (kind, make) => object(kind, 0, 3, orDeletion(make));
  const changes = () => ({
    items: [changed('table', () => changed('row', () => changed('cell', cell))), changed('value', cell), {code: '1'}],
  });

  const body = (depth, most) => (depth >= maxDepth ? [] : list(0, most, () => operation(depth)));
  const callback = (kind, depth, most, returns) => ({
    callback: kind,
    label: `${kind}${++labels}`,
    limit: 1 + below(3),
    steps: body(depth + 1, most),
    ...(returns ? {returns} : {}),
  });

  const argument = (kind, depth) => {
    const [name, detail] = kind.split(':');
    switch (name) {
      case 'table':
      case 'row':
      case 'cell':
      case 'value':
        return idArgument(name);
      case 'TABLE':
      case 'ROW':
      case 'CELL':
      case 'VALUE':
        return pathArgument(name.toLowerCase());
      case 'cells':
        return cells();
      case 'rows':
        return rows();
      case 'tables':
        return tables();
      case 'values':
        return values();
      case 'cellOrMapper':
        if (chance(8))
          return {code: pick(['(cell) => cell', '(cell) => `${cell}x`', '() => undefined', '() => planned'])};
        return chance(4) ? callback('mapper', depth, 2, cell()) : cell();
      case 'changes':
        return oddly(oddChanges, changes);
      case 'content':
        return oddly(oddContents, () => ({items: [tables(), values()]}));
      case 'tablesText':
        return chance(20) ? {code: quote(pick(oddTexts))} : {text: tables()};
      case 'valuesText':
        return chance(20) ? {code: quote(pick(oddTexts))} : {text: values()};
      case 'contentText':
        return chance(20) ? {code: quote(pick(oddTexts))} : {text: {items: [tables(), values()]}};
      case 'reuse':
        return {code: chance(25) ? pick(['false', 'true', 'undefined', 'null', '0']) : 'undefined'};
      case 'flag':
        return {code: chance(15) ? 'true' : 'undefined'};
      case 'mutator':
        return {code: chance(35) ? 'true' : 'false'};
      case 'listenerId':
        return {code: quote(String(below(12)))};
      case 'visit':
        return callback('visit', depth, chance(15) ? 2 : 0);
      case 'listener':
        return callback(detail, depth, chance(35) ? 3 : 0);
      case 'action':
        return chance(1) ? {code: pick(['undefined', '5'])} : callback('action', depth, 5, cell());
      case 'rollback':
        if (chance(65)) return {code: chance(97) ? 'undefined' : pick(['null', 'true'])};
        return callback('rollback', depth, 1, {code: pick(['false', 'false', 'true', 'undefined', '1', '""'])});
    }
    throw new Error(`no such kind of argument: ${kind}`);
  };

  const named = (name, depth) => ({
    name,
    args: operations[name].slice(1).map((kind) => argument(kind, depth)),
    rescue: chance(50),
  });
  const operation = (depth) => {
    if (depth > 0 && chance(7)) return {name: 'throw', args: [{code: String(++labels)}], rescue: false};
    return named(weighted(weights), depth);
  };

  const probes = {
    cells: list(1, 3, () => ({items: ['table', 'row', 'cell'].map((kind) => ({code: quote(id(kind))}))})),
    values: list(1, 2, () => ({code: quote(id('value'))})),
  };
  const start = chance(70) ? ['setTables', 'setValues'].map((name) => named(name, 0)) : [];
  const watch = chance(60) ? list(1, 5, () => named(pick(listenerNames), 0)) : [];
  const rest = Math.max(length - start.length - watch.length, 0);
  return {probes, steps: [...start, ...watch, ...list(rest, rest, () => operation(0))]};
};
