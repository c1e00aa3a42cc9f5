// Runs a scenario on a library and compares two traces.
import {createTrace} from './harness.mjs';

/** Run one scenario; gives the lines that it logged, with its own error as the last one, if it threw. */
export const runScenario = async (library, scenario) => {
  const {lines, log} = createTrace();
  const unhandled = [];
  const onUnhandled = (error) => unhandled.push(error);
  process.on('unhandledRejection', onUnhandled);
  try {
    await scenario(library, log);
  } catch (error) {
    log('the scenario threw', error);
  }
  await new Promise((resolve) => setTimeout(resolve, 0));
  process.off('unhandledRejection', onUnhandled);
  unhandled.forEach((error) => log('unhandled', error));
  return lines;
};

const isEnd = (line) => / (resolved|rejected)( |$)/.test(line);

/**
 * A trace with each stretch between two `state` lines in a comparable form: what was called stays in order; which
 * promises ended there is sorted, because by how many microtasks one promise comes before another is no behaviour that
 * an app could rely on.
 */
export const normalize = (lines) => {
  const result = [];
  let ends = [];
  const flush = () => {
    result.push(...ends.sort());
    ends = [];
  };
  for (const line of lines) {
    if (isEnd(line)) {
      ends.push(line);
    } else {
      if (line.startsWith('state')) {
        flush();
      }
      result.push(line);
    }
  }
  flush();
  return result;
};
