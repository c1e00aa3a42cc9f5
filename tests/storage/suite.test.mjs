// Every back end runs through the suite, in every engine and in each context that has its storage.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {backEnds, whyNotBuilt} from './back-ends.mjs';
import {createContentServer} from './support/content-server.mjs';
import {engineNames, findModules, withPage} from './support/index.mjs';
import {note} from './support/results.mjs';

const modules = findModules();

for (const engine of engineNames) {
  for (const [name, {contexts}] of Object.entries(backEnds)) {
    for (const context of contexts) {
      test(`${name} in ${engine}, ${context}: it is a persister`, async (t) => {
        const notBuilt = whyNotBuilt(name, modules);
        const outcome = notBuilt
          ? {notRun: notBuilt}
          : await withPage(
              engine,
              async (page) =>
                (await page.context(context)).evaluate(
                  (context, name) => context.modules['tests/suite'].run(context, name),
                  name,
                ),
              {answer: createContentServer()},
            );
        if (outcome.notRun) {
          t.skip(outcome.notRun);
          note('suite', {engine, context, backEnd: name, notRun: outcome.notRun});
          return;
        }
        for (const {name, error} of outcome.results) await t.test(name, () => assert.equal(error, undefined));
        const failed = outcome.results.filter(({error}) => error).map(({name}) => name);
        note('suite', {engine, context, backEnd: name, passed: outcome.results.length - failed.length, failed});
      });
    }
  }
}
