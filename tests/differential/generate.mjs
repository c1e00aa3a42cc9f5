// Makes a random program: a tree of plain data that render.mjs turns into JavaScript.
//
// A program is {probes, steps}. A step (an operation) is {name, args, rescue}; `throw` is one too. An argument is
//   {code}                           JavaScript source
//   {entries: [[id, argument], …]}   an object, {items: […]} an array
//   {text: argument, indent, damage} its JSON text, perhaps with spaces, perhaps with one character replaced
//   {callback, label, limit, steps, returns}  a function whose first `limit` calls run the steps
import {objectForms, operations} from './coverage.mjs';
import {createRandom} from './random.mjs';
import {
  cellSchemas,
  hostileCells,
  hostileIds,
  oddCellSchemas,
  numberCells,
  oddChanges,
  oddContents,
  oddIds,
  oddObjects,
  oddSchemas,
  oddPlaces,
  oddTexts,
  plainCells,
  objectCellSchemas,
  objectCells,
  objectTexts,
  plainIds,
  plainPlaces,
  sorters,
  textCells,
  throwingChanges,
  throwingContents,
  throwingObjects,
  throwingSorters,
} from './samples.mjs';

const maxDepth = 3;

// What a forEach… callback may do. One that deletes what is being visited and makes it anew leaves it open whether it
// is visited again; plain deletions have a test of their own. Where one writes, no listener that hears of it may do so.
const gentle = /^(get|has|forEach|add|setCell$|setPartial|setValue$)/;

// What a will-finish listener may do where there are roll-backs: see coverage.mjs.
const harmless = /^(get|has|forEach|add.*Listener$|delListener$)/;

/** Texts that hold no object in an object, as which a text of values would give a value. */
const flatTexts = oddTexts.filter((text) => !/:\s*[{[]/.test(text));

/** The source of a string literal; lone surrogates are escaped. */
export const quote = (text) => JSON.stringify(text);

/** Whether a sample is an object, of whatever kind, or throws by itself. */
const isPlain = (code) =>
  /^(\{|Object\.freeze\(\{|\(\) => \{ throw|\[\{\}, \{)/.test(code) && !/: (5|null|\[|"|undefined)/.test(code);

/**
 * Whether a JSON text, read as tables, values or both, has no rows, and no values, that are no objects; or is none.
 */
const isPlainText = (text, kind) => {
  const isObject = (thing) => typeof thing === 'object' && thing !== null && !Array.isArray(thing);
  const areTables = (tables) =>
    isObject(tables) &&
    Object.values(tables)
      .filter(isObject)
      .every((table) => Object.values(table).every(isObject));
  try {
    const whole = JSON.parse(text);
    if (kind === 'values') return isObject(whole);
    if (kind === 'tables' || !Array.isArray(whole)) return areTables(whole);
    return areTables(whole[0]) && isObject(whole[1]);
  } catch {
    return true;
  }
};

/** Whether the steps start and finish the same transactions. */
const isBalanced = (steps) => {
  let depth = 0;
  for (const {name} of steps) {
    if (name === 'startTransaction') depth++;
    if (name === 'finishTransaction' && --depth < 0) return false;
  }
  return depth === 0;
};

const isHalf = ({name}) => name === 'startTransaction' || name === 'finishTransaction';

/** Whether all steps are run. */
const isCalm = (steps) => steps.every(({name, rescue}) => name !== 'throw' && (rescue || isHalf({name})));

// Only the program's own transactions may be left open or finished in excess: what happens when a callback of the
// store finishes the very transaction that is calling it is nobody's to rely on.
const mayBeUnbalanced = (kind) => kind === 'action' || kind === 'visit';

/**
 * Whether a program, perhaps shrunk, is one that `generate` could have made: see `mayBeUnbalanced`.
 * @param {ReturnType<typeof generate>} program
 */
export const isFair = (program) => {
  const areFair = (steps, isOwn) =>
    (isOwn || (isBalanced(steps) && (isCalm(steps) || !steps.some(isHalf)))) &&
    steps.every(
      ({name, args}) =>
        (name !== 'addRow' || args[0].code?.startsWith('"')) &&
        args.every(({steps, callback}) => !steps || areFair(steps, isOwn && mayBeUnbalanced(callback))),
    );
  return areFair(program.steps, true);
};

/**
 * Makes a program.
 * @param {number} seed the same seed, length and names give the same program
 * @param {number} length how many operations it has at its top
 * @param {string[]} names the operations it may use, from coverage.mjs
 * @param {boolean} [large] whether it fills tables with hundreds of rows
 */
export const generate = (seed, length, names, large = false) => {
  const random = createRandom(seed);
  const {below, chance, pick, list, weighted, double} = random;
  const hostility = pick([0, 0, 5, 30, 60]);
  // TinyBase does not restore objects and arrays when it rolls back, so a program has the ones or the other.
  const hasObjects = chance(40);
  // With a schema, TinyBase throws a TypeError of its own at a row, or values, that are no objects.
  const hasSchemas = names.includes('setSchema') && chance(40);
  const withThrowing = (samples, throwing) => plainly(hasObjects ? samples : [...samples, ...throwing]);
  // What cells there are mostly: a mixture of kinds has no plain order.
  const ordinaryCells = pick([plainCells, plainCells, numberCells, textCells]);
  const withObjects = (samples, objects) => (hasObjects ? [...samples, ...objects] : samples);
  const isOffered = (name) => hasSchemas || !/^(set|del)(Tables|Values|)Schema$/.test(name);
  const plainly = (samples) => (hasSchemas ? samples.filter(isPlain) : samples);
  // And a program listens to sorted row ids, or asks whether cells were touched: see coverage.mjs.
  const listensSorted = chance(50);
  const used = names.filter((name) => listensSorted || name !== 'addSortedRowIdsListener');
  const weights = used.filter(isOffered).map((name) => [name, operations[name][0]]);
  const listenerNames = used.filter((name) => name.startsWith('add') && name.endsWith('Listener'));
  const idPool = ([kind, plain]) => {
    const pool = list(2, plain.length, () => pick(chance(hostility) ? hostileIds : plain));
    // The ends of the pieces that a store may cut its rows into.
    if (large && kind === 'row') pool.push('m0', 'm255', 'm256', 'm511', '255', '256');
    return [kind, pool];
  };
  const ids = Object.fromEntries(Object.entries(plainIds).map(idPool));
  let labels = 0;
  let nesting = 0;

  // While TinyBase sets JSON texts it takes encoded texts from anyone, even from a listener's own setCell.
  const isEncoded = (code) => /ufffd ?[[{]/.test(code);
  const here = (samples) => (nesting > 0 ? samples.filter((code) => !isEncoded(code)) : samples);
  const id = (kind) => pick(chance(2) ? (chance(hostility) ? hostileIds : plainIds[kind]) : ids[kind]);
  const idArgument = (kind) => ({code: chance(1) ? pick(oddIds) : quote(id(kind))});
  const pathArgument = (kind) => ({code: chance(45) ? 'null' : chance(1) ? pick(oddIds) : quote(id(kind))});

  const fresh = (code) => ({code: /^\{/.test(code) ? `(${code})` : code});
  const cell = () => {
    if (hasObjects && chance(20))
      return fresh(pick(here(objectCells).filter((code) => !hasSchemas || !/toJSON/.test(code))));
    if (!chance(2 + hostility / 2)) return {code: pick(ordinaryCells)};
    return chance(15) ? {code: String(double())} : fresh(pick(hostileCells));
  };
  const oddly = (samples, make) => (chance(2 + hostility / 8) ? fresh(pick(here(samples))) : make());
  const object = (kind, least, most, make) => ({
    // A duplicate key would only hide the first one.
    entries: [...new Map(list(least, most, () => [id(kind), make()]))],
    frozen: chance(10),
  });
  const bulk = (make, code) => (large && chance(60) ? {code: code()} : make());
  const size = () => pick([20, 255, 256, 257, 300, 520, 700]);
  const salt = () => 1 + below(20);
  const prefix = () => quote(pick(['m', 'm', '']));
  const loop = () => {
    const rowIds = `store.getRowIds(${quote(id('table'))}).filter((_, i) => i % ${2 + below(4)} ${pick(['===', '!=='])} 0)`;
    return pick([
      `() => { for (const id of ${rowIds}) store.delRow(${quote(id('table'))}, id); }`,
      `() => { for (const id of ${rowIds}) store.setCell(${quote(id('table'))}, id, ${quote(id('cell'))}, id.length); }`,
      `() => { for (const id of ${rowIds}) store.delCell(${quote(id('table'))}, id, ${quote(id('cell'))}); }`,
      `() => { for (let i = 0; i < ${size()}; i++) store.addRow(${quote(id('table'))}, {a: i}); }`,
    ]);
  };
  const cells = () =>
    large && chance(5)
      ? {code: `wide(${pick([30, 70, 300])}, ${salt()}, ${hasObjects})`}
      : oddly(withThrowing(oddObjects, throwingObjects), () => object('cell', 1, 4, cell));
  const rows = () =>
    bulk(
      () => oddly(withThrowing(oddObjects, throwingObjects), () => object('row', 1, 3, cells)),
      () => `many(${size()}, ${salt()}, ${prefix()}, ${hasObjects})`,
    );
  const tables = () => oddly(withThrowing(oddObjects, throwingObjects), () => object('table', 1, 3, rows));
  const values = () => oddly(withThrowing(oddObjects, throwingObjects), () => object('value', 1, 3, cell));
  const orDeletion = (make) => () => (chance(25) ? {code: 'undefined'} : make());
  const changed = (kind, make) => object(kind, 0, 3, orDeletion(make));
  const changes = () => ({
    items: [changed('table', () => changed('row', () => changed('cell', cell))), changed('value', cell), {code: '1'}],
  });

  /** Within callbacks, texts hold no encoded objects with spaces: TinyBase keeps those spaces at times, and at times not. */
  const isFairText = (kind) => (text) =>
    (!hasSchemas || isPlainText(text, kind)) && !(nesting > 0 && /\ufffd\s*[[{]/.test(text));
  const text = (kind, make, odd = oddTexts) => {
    if (chance(15))
      return {
        code: quote(pick(withObjects(odd, objectTexts).filter(isFairText(kind)))),
      };
    const damage = [`${below(1000) / 1000}`, quote(pick([...'{}[],:"\\0-.eE tnu', '\ud800', '']))];
    return {text: make(), indent: chance(20), ...(chance(hasSchemas ? 0 : 15) && {damage})};
  };

  const cellSchema = () =>
    chance(15) ? fresh(pick(oddCellSchemas)) : fresh(pick(withObjects(cellSchemas, objectCellSchemas)));
  const tablesSchema = () => oddly(oddSchemas, () => object('table', 1, 3, () => object('cell', 1, 4, cellSchema)));
  // Where a required value is missing, defaults are too, and TinyBase's roll-back brings them.
  const valueSchema = () => {
    const schema = cellSchema();
    return !hasObjects && /required: true/.test(schema.code) ? valueSchema() : schema;
  };
  const valuesSchema = () => oddly(oddSchemas, () => object('value', 1, 3, valueSchema));
  const place = () => fresh(pick(chance(5 + hostility / 4) ? oddPlaces : plainPlaces));
  /** The arguments of a sorting, in an object. */
  const sorting = (depth, tableId, cellId) => {
    const members = {
      tableId: argument(tableId, depth),
      cellId: argument(cellId, depth),
      descending: argument('flag', depth),
      offset: place(),
      limit: place(),
      sorter: argument('sorter', depth),
    };
    return {entries: Object.entries(members).filter(([, {code}]) => code !== 'undefined' || chance(10))};
  };

  const visitsWrite = chance(50);
  const mayDo = (kind, name) => {
    if (kind === 'visit') return (visitsWrite ? gentle : harmless).test(name);
    if (kind === 'will' && !hasObjects) return harmless.test(name);
    return kind === 'action' || !visitsWrite || gentle.test(name);
  };

  let isOwn = true;
  const body = (kind, depth, most) => {
    if (depth >= maxDepth) return [];
    const wasOwn = isOwn;
    nesting++;
    isOwn &&= mayBeUnbalanced(kind);
    const steps = list(0, most, () => operation(depth)).filter(
      (step) => (isOwn || !isHalf(step)) && mayDo(kind, step.name),
    );
    if (!isOwn && isCalm(steps) && chance(30)) {
      steps.unshift({name: 'startTransaction', args: [], rescue: false});
      steps.push({name: 'finishTransaction', args: [{code: 'undefined'}], rescue: false});
    }
    isOwn = wasOwn;
    nesting--;
    return steps;
  };
  const callback = (kind, depth, most, returns) => ({
    callback: kind,
    label: `${kind}${++labels}`,
    limit: 1 + below(3),
    steps: body(kind, depth + 1, most),
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
      case 'tableText':
        // Of an invalid row, TinyBase reports the id as it was given, even if it is no text.
        return {code: quote(id('table'))};
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
        return oddly(withThrowing(oddChanges, throwingChanges), changes);
      case 'tablesSchema':
        return tablesSchema();
      case 'valuesSchema':
        return valuesSchema();
      case 'content':
        return oddly(withThrowing(oddContents, throwingContents), () => ({items: [tables(), values()]}));
      case 'tablesText':
        return text('tables', tables);
      case 'valuesText':
        return text('values', values, flatTexts);
      case 'contentText':
        return text('content', () => ({items: [tables(), values()]}));
      case 'reuse':
        return {code: chance(25) ? pick(['false', 'true', 'undefined', 'null', '0']) : 'undefined'};
      case 'sortCell':
        return chance(25) ? {code: 'undefined'} : idArgument('cell');
      case 'sortCELL':
        return chance(25) ? {code: 'undefined'} : chance(85) ? idArgument('cell') : pathArgument('cell');
      case 'offset':
      case 'limit':
        return place();
      case 'sorter':
        if (!chance(15)) return {code: 'undefined'};
        return chance(20)
          ? callback('sorter', depth, 1, {code: pick(['0', '1', '-1'])})
          : fresh(pick(withThrowing(sorters, throwingSorters)));
      case 'sorting':
        return sorting(depth, 'table', 'sortCell');
      case 'SORTING':
        return sorting(depth, chance(90) ? 'table' : 'TABLE', chance(90) ? 'sortCell' : 'sortCELL');
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
        if (large && chance(40)) return {code: loop()};
        return !hasObjects && chance(1) ? {code: pick(['undefined', '5'])} : callback('action', depth, 5, cell());
      case 'rollback':
        if (chance(65)) return {code: chance(97) ? 'undefined' : pick(hasObjects ? ['null'] : ['null', 'true'])};
        return callback('rollback', depth, 1, {
          code: pick(['false', '0', '""', ...(hasObjects ? [] : ['true', '1', '[]'])]),
        });
    }
    throw new Error(`no such kind of argument: ${kind}`);
  };

  const named = (name, depth) => ({
    name,
    args: ((chance(40) && objectForms[name]) || operations[name].slice(1)).map((kind) => argument(kind, depth)),
    rescue: hasObjects || chance(50),
  });
  const operation = (depth) => {
    if (depth > 0 && !hasObjects && chance(7)) return {name: 'throw', args: [{code: String(++labels)}], rescue: false};
    return named(weighted(weights), depth);
  };

  const probes = {
    cells: list(listensSorted ? 0 : 1, listensSorted ? 0 : 3, () => ({
      items: ['table', 'row', 'cell'].map((kind) => ({code: quote(id(kind))})),
    })),
    values: list(1, 2, () => ({code: quote(id('value'))})),
  };
  const start = chance(70) ? ['setTables', 'setValues'].map((name) => named(name, 0)) : [];
  if (hasSchemas && chance(80)) start.splice(pick([0, 0, start.length]), 0, named('setSchema', 0));
  const watch = chance(60) ? list(1, 5, () => named(pick(listenerNames), 0)) : [];
  const rest = Math.max(length - start.length - watch.length, 0);
  return {probes, steps: [...start, ...watch, ...list(rest, rest, () => operation(0))]};
};
