// Runs a test's functions, in a page or in a worker.
import {modules} from '/modules.js';

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Wait until `condition` answers something true, and give that; an Error after so many milliseconds. */
const until = async (condition, milliseconds = 5000) => {
  const end = performance.now() + milliseconds;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`still not after ${milliseconds} ms: ${condition}`);
    await sleep(2);
  }
};

/** What functions get first; `kept` is for what they want to find again. */
const context = {modules, kept: {}, sleep, until};

/**
 * Call a function given as its source.
 * @param {string} source
 * @param {unknown[]} args
 */
export const evaluate = (source, args) => (0, eval)(`(${source}\n)`)(context, ...args);
