// Makes a program that shows a difference as short and plain as it can be while it still shows one.

/**
 * Every way to leave out a run of `size` items of a list.
 * @template T
 * @param {T[]} list
 * @param {number} size
 */
function* without(list, size) {
  for (let start = 0; start < list.length; start += size) yield [...list.slice(0, start), ...list.slice(start + size)];
}

/** Every way to make one item of a list simpler. */
function* eachSimpler(list, simpler) {
  for (let index = 0; index < list.length; index++) {
    for (const item of simpler(list[index])) yield list.with(index, item);
  }
}

function* simplerStep(step) {
  // What happens inside a callback may be all that matters.
  for (const args of eachSimpler(step.args, simplerArgument)) yield {...step, args};
  if (!step.rescue && step.name !== 'throw') yield {...step, rescue: true};
}

const plain = ['undefined', 'false', 'null', '1', '"a"'];

function* simplerArgument(argument) {
  if ('code' in argument) {
    const rank = plain.indexOf(argument.code);
    yield* plain.slice(0, rank < 0 ? plain.length : rank).map((code) => ({code}));
  } else if ('text' in argument) {
    if (argument.damage) yield {...argument, damage: undefined};
    if (argument.indent) yield {...argument, indent: false};
    for (const text of simplerArgument(argument.text)) yield {...argument, text};
  } else if ('items' in argument) {
    for (const items of eachSimpler(argument.items, simplerArgument)) yield {items};
  } else if ('entries' in argument) {
    if (argument.frozen) yield {...argument, frozen: false};
    for (const entries of without(argument.entries, 1)) yield {...argument, entries};
    for (const entries of eachSimpler(argument.entries, simplerEntry)) yield {...argument, entries};
  } else {
    if (argument.returns) yield {...argument, returns: undefined};
    for (const steps of without(argument.steps, 1)) yield {...argument, steps};
    for (const steps of eachSimpler(argument.steps, simplerStep)) yield {...argument, steps};
    if (argument.limit > 1) yield {...argument, limit: 1};
  }
}
function* simplerEntry([id, argument]) {
  for (const item of simplerArgument(argument)) yield [id, item];
}

/** Replaces one id by a plainer one wherever it stands. */
function* plainerIds(program) {
  const text = JSON.stringify(program);
  const ids = new Set();
  const collect = (value) => {
    if (Array.isArray(value)) {
      if (value.length === 2 && typeof value[0] === 'string') ids.add(value[0]);
      value.forEach(collect);
    } else if (value !== null && typeof value === 'object') {
      if (typeof value.code === 'string' && /^"(?:[^"\\]|\\.)*"$/.test(value.code)) ids.add(JSON.parse(value.code));
      Object.values(value).forEach(collect);
    }
  };
  collect(program);
  const rename = (value, from, to) => {
    if (Array.isArray(value)) {
      const items = value.map((item) => rename(item, from, to));
      if (value.length === 2 && value[0] === from) items[0] = to;
      return items;
    }
    if (value === null || typeof value !== 'object') return value;
    const copy = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rename(item, from, to)]));
    if (copy.code === JSON.stringify(from)) copy.code = JSON.stringify(to);
    return copy;
  };
  for (const id of ids) {
    if (/^[a-z]\d?$/.test(id)) continue;
    const to = [...'klmnopqrstuvwxyz'].find(
      (letter) => !text.includes(`"${letter}"`) && !text.includes(`\\"${letter}\\"`),
    );
    if (to) yield rename(program, id, to);
  }
}

/**
 * Shrinks a program.
 * @template P a program of generate.mjs
 * @param {P} program
 * @param {(program: P) => boolean} fails whether a program still shows a difference
 * @param {number} seconds how long it may take
 * @returns {P}
 */
export const shrink = (program, fails, seconds = 20) => {
  const end = Date.now() + seconds * 1000;
  let best = program;
  const improve = (candidates) => {
    for (const candidate of candidates) {
      if (Date.now() > end) return false;
      if (fails(candidate)) {
        best = candidate;
        return true;
      }
    }
    return false;
  };
  /** Leaves out steps, many at first, then fewer. */
  const shorten = () => {
    let shorter = false;
    for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      let index = 0;
      while (index < best.steps.length && Date.now() < end) {
        const steps = [...best.steps.slice(0, index), ...best.steps.slice(index + size)];
        if (fails({...best, steps})) {
          best = {...best, steps};
          shorter = true;
        } else index += size;
      }
    }
    return shorter;
  };
  function* programs() {
    for (const steps of eachSimpler(best.steps, simplerStep)) yield {...best, steps};
    for (const [kind, list] of Object.entries(best.probes)) {
      for (const probes of without(list, 1)) yield {...best, probes: {...best.probes, [kind]: probes}};
    }
    yield* plainerIds(best);
  }
  shorten();
  while (Date.now() < end) {
    let simpler = false;
    while (improve(programs())) simpler = true;
    if (!shorten() && !simpler) break;
  }
  return best;
};
