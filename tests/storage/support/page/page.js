// What the page of the tests runs: functions in itself and in its workers.
import {report, serve} from '/page/channel.js';
import {evaluate} from '/page/evaluate.js';
import {ask, close, open} from '/page/workers.js';

addEventListener('error', ({error, message}) => report(error ?? new Error(message)));
addEventListener('unhandledrejection', ({reason}) => report(reason));

const actions = {open, close};

await serve((source, args, target) => {
  if (target === undefined) return evaluate(source, args);
  return actions[source]?.(target) ?? ask(target, source, args);
});
