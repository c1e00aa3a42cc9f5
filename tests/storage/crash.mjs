// Kills the browser, all of its processes at once, while it saves 20,000 rows, again and again: what is found then is
// the old content or the new one, whole. `node tests/storage/crash.mjs --times 200 --back-ends local,indexed-db,opfs`
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {whyNotBuilt} from './back-ends.mjs';
import {findModules, withProfile} from './support/index.mjs';
import {note} from './support/results.mjs';

const engine = 'chromium';
const rows = 20_000;

/** The back ends that are there after a restart. */
export const backEndsToKill = ['local', 'indexed-db', 'opfs'];

// Chromium writes local storage to the disk some seconds after setItem has returned, and nothing in a page can hasten
// it: so long, in milliseconds, the browser has at most before it is killed.
const leastOfLongest = {local: 8000};
const isDurable = (name) => name !== 'local';

const whyNotHere = ({modules}, name) => modules['tests/worlds'].whyNotHere(name, modules);

// The marks that the stored rows have, how many rows there are, and what was reported.
const load = async ({modules, kept}, name) => {
  const {backEnds} = modules['tests/back-ends'];
  const store = modules['cellarium'].createStore();
  const errors = [];
  const create = () => backEnds[name].create(modules, 'cellarium', store, 'crash', (error) => errors.push(error));
  const persister = await create();
  await persister.startAutoPersisting();
  const found = Object.values(store.getTable('t'));
  kept.crash = {store, persister};
  // That nothing is stored yet is no failure.
  const isFailure = ({message}) => !message.startsWith('tinybase:1');
  return {
    count: found.length,
    marks: [...new Set(found.map(({mark}) => mark))],
    errors: errors.filter(isFailure).map((error) => `${error.code} ${error}`),
  };
};

// Save one content after another, each under a mark of its own; the server is told when one begins and is done.
const saveForever = async ({modules, kept}, first, rows) => {
  const {store, persister} = kept.crash;
  const {manyRows} = modules['tests/contents'];
  for (let mark = first; ; mark++) {
    const table = manyRows(rows, mark);
    await fetch(`/crash/begun?mark=${mark}`);
    store.setTable('t', table);
    // By turns what has changed and everything.
    await (mark % 2 ? persister.flush() : persister.save());
    if (!persister.getSaveState().isUnsaved) await fetch(`/crash/saved?mark=${mark}`);
  }
};

const createMarks = () => {
  const marks = {begun: 0, saved: 0};
  const waiting = {begun: [], saved: []};
  return {
    marks,
    // When the next one has begun or is saved.
    next: (what) => new Promise((resolve) => waiting[what].push(resolve)),
    answer: (request, response) => {
      const {pathname, searchParams} = new URL(request.url, 'http://localhost');
      const [, what] = pathname.match(/^\/crash\/(begun|saved)$/) ?? [];
      if (!what) return false;
      marks[what] = Number(searchParams.get('mark'));
      response.writeHead(204).end();
      for (const resolve of waiting[what].splice(0)) resolve();
      return true;
    },
  };
};

/**
 * Kill the browser so many times during saves to one back end.
 * @param {string} name of the back end
 * @param {number} times
 * @param {(found: object) => void} [tell] is called after each time
 * @returns {Promise<{notRun?: string, kills: number, empty: number, old: number, latest: number, lag: number}>} how often what was
 *   found was nothing yet, older than the last save that was begun, or that one; `lag` is by how many saves that were done it was
 *   older at most
 */
export const crash = async (name, times, tell = () => {}) => {
  const notBuilt = whyNotBuilt(name, findModules());
  if (notBuilt) return {notRun: notBuilt};
  const profile = mkdtempSync(join(tmpdir(), 'cellarium-crash-'));
  const found = {kills: 0, empty: 0, old: 0, latest: 0, lag: 0};
  const {marks, answer, next} = createMarks();
  let longest; // Twice as long as a save has taken.
  let url;
  try {
    for (let time = 0; time <= times; time++) {
      const options = {answer, port: url ? Number(new URL(url).port) : 0};
      const notRun = await withProfile(
        engine,
        profile,
        async (page, kill) => {
          assert.equal(page.url, (url ??= page.url), 'the origin is another one');
          const notHere = await page.evaluate(whyNotHere, name);
          if (notHere) return notHere;
          const stored = await page.evaluate(load, name);
          assert.deepEqual(stored.errors, []);
          const [mark = 0] = stored.marks;
          const what = `found ${JSON.stringify(stored)}, begun ${marks.begun}, saved ${marks.saved}`;
          // Local storage may not have got to the disk even once.
          const isNothing = stored.count === 0 && (marks.saved === 0 || !isDurable(name));
          assert.ok(isNothing || (stored.count === rows && stored.marks.length === 1), `not whole: ${what}`);
          assert.ok(mark <= marks.begun && (mark >= marks.saved || !isDurable(name)), `neither old nor new: ${what}`);
          if (time) {
            found.kills++;
            if (mark === 0) found.empty++;
            else if (mark === marks.begun) found.latest++;
            else found.old++;
            found.lag = Math.max(found.lag, marks.saved - mark);
            tell(found);
          }
          if (time === times) return undefined;
          const isBegun = next('begun');
          const isSaved = next('saved');
          page.evaluate(saveForever, marks.begun + 1, rows).catch(() => {});
          await isBegun;
          const start = performance.now();
          if (longest === undefined) {
            await isSaved;
            longest = Math.max(2 * (performance.now() - start), leastOfLongest[name] ?? 0);
          }
          await sleep(Math.random() * longest);
          await kill();
          return undefined;
        },
        options,
      );
      if (notRun) return {notRun};
    }
  } finally {
    rmSync(profile, {recursive: true, force: true, maxRetries: 5});
  }
  note('crash', {engine, backEnd: name, context: 'page', ...found});
  return found;
};

if (process.argv[1] === import.meta.filename) {
  const {values} = parseArgs({
    options: {times: {type: 'string', default: '200'}, 'back-ends': {type: 'string', default: backEndsToKill.join()}},
  });
  for (const name of values['back-ends'].split(',')) {
    const tell = (found) => found.kills % 10 || console.log(name, JSON.stringify(found));
    console.log(name, await crash(name, Number(values.times), tell));
  }
  process.exit();
}
