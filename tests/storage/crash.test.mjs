// The browser is killed during saves; a few times here, and as often as one likes by `crash.mjs`.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {backEndsToKill, crash} from './crash.mjs';

for (const name of backEndsToKill) {
  test(`${name} in chromium: after the browser was killed during saves, the old or the new content is there, whole`, async (t) => {
    const {notRun, kills, ...found} = await crash(name, 5);
    if (notRun) return t.skip(notRun);
    assert.equal(kills, 5);
    t.diagnostic(JSON.stringify(found));
  });
}
