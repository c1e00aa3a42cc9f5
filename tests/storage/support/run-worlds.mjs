// Makes tests of what pages and workers run over each back end (`worlds.mjs`).
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {backEnds, whyNotBuilt} from '../back-ends.mjs';
import {createContentServer} from './content-server.mjs';
import {engineNames, findModules, withPage} from './index.mjs';
import {note} from './results.mjs';

const modules = findModules();

const runThere = (engine, context, which, name) =>
  withPage(
    engine,
    async (page) =>
      (await page.context(context)).evaluate(
        (context, which, name) => context.modules['tests/worlds'].run(context, which, name),
        which,
        name,
      ),
    {answer: createContentServer()},
  );

/**
 * Test every back end in each engine.
 * @param {string} which tests of `worlds.mjs`
 * @param {string} title what they say together
 * @param {(contexts: string[]) => string[]} [choose] in which of the contexts of a back end
 */
export const runWorlds = (which, title, choose = (contexts) => contexts) => {
  for (const engine of engineNames) {
    for (const [name, {contexts}] of Object.entries(backEnds)) {
      for (const context of choose(contexts)) {
        test(`${name} in ${engine}, ${context}: ${title}`, async (t) => {
          const notBuilt = whyNotBuilt(name, modules);
          const {notRun, results} = notBuilt ? {notRun: notBuilt} : await runThere(engine, context, which, name);
          const found = {engine, context, backEnd: name};
          if (notRun) {
            note(which, {...found, notRun});
            t.skip(notRun);
            return;
          }
          for (const {name, error} of results) await t.test(name, () => assert.equal(error, undefined));
          const failed = results.filter(({error}) => error).map(({name}) => name);
          note(which, {...found, passed: results.length - failed.length, failed});
        });
      }
    }
  }
};
