// Makes tests of tabs, and of a window and a worker, that edit one stored store at the same time.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {whyNotBuilt} from '../back-ends.mjs';
import {createContentServer} from './content-server.mjs';
import {engineNames, findModules, withPage} from './index.mjs';
import {note} from './results.mjs';

const edits = 60;
const modules = findModules();
const call = (place, name, ...args) =>
  place.evaluate((context, name, args) => context.modules['tests/tabs'][name](context, ...args), name, args);

const whyNotHere = (page, name) =>
  page.evaluate(({modules}, name) => modules['tests/worlds'].whyNotHere(name, modules), name);

const editTogether = async (page, other, name) => {
  const places = {one: page, other};
  const marks = Object.keys(places);
  for (const [mark, place] of Object.entries(places)) await call(place, 'start', name, mark);
  await Promise.all(marks.map((mark) => call(places[mark], 'edit', edits)));
  const delays = [];
  for (const [mark, place] of Object.entries(places)) {
    const finished = await call(place, 'finish', marks, edits);
    assert.deepEqual(finished.missing, [], `what ${mark} lacks`);
    // As in TinyBase, a key of local storage that is missing is an error.
    const errors = finished.errors.filter((error) => error !== 'Error: tinybase:1:null');
    assert.deepEqual(errors, [], `errors of ${mark}`);
    delays.push(...finished.delays);
  }
  for (const mark of marks) assert.equal(await call(places[mark], 'reload', name), 2 * edits, 'stored');
  delays.sort((a, b) => a - b);
  return {median: delays[Math.floor(delays.length / 2)], most: delays.at(-1)};
};

const inPairs = {
  'two tabs': (page) => page.open(),
  'a window and a dedicated worker': (page) => page.worker('dedicated'),
  'a window and a shared worker': (page) => page.worker('shared'),
};

/**
 * Test some back ends in each engine.
 * @param {Record<string, {isInWorkers: boolean, milliseconds?: number}>} names of back ends, whether workers have them,
 *   and how soon an edit is to arrive
 */
export const runTabs = (names) => {
  for (const engine of engineNames) {
    for (const [name, {isInWorkers, milliseconds}] of Object.entries(names)) {
      const soon = milliseconds ? ` within ${milliseconds} ms` : '';
      for (const [pair, open] of Object.entries(inPairs)) {
        if (!isInWorkers && pair !== 'two tabs') continue;
        test(`${name} in ${engine}: the edits of ${pair} all survive, and each shows them${soon}`, async (t) => {
          const notBuilt = whyNotBuilt(name, modules);
          if (notBuilt) return t.skip(notBuilt);
          await withPage(
            engine,
            async (page) => {
              const notHere = await whyNotHere(page, name);
              if (notHere) return t.skip(notHere);
              const {median, most} = await editTogether(page, await open(page), name);
              t.diagnostic(`edits arrived after ${median} ms in the median, ${most} ms at most`);
              note('tabs', {engine, backEnd: name, context: pair, median, most});
              // Of the median, since a machine that tests may be busy for longer at any time.
              if (milliseconds) assert.ok(median <= milliseconds, `${median} ms`);
            },
            {answer: createContentServer()},
          );
        });
      }
    }
  }
};
