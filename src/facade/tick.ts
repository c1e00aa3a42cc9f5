// The time of a mergeable store. It is the app's to give, so it is asked for before Rust is.
import type {StoreCore} from '../../build/binding/cellarium.js';
import type {GetNow} from './types/common.js';

/** Makes what tells Rust the time, if it is another one. */
export const createTick = (core: StoreCore, getNow: GetNow) => {
  let now: number | undefined;
  return (): void => {
    const next = +getNow();
    if (next !== now) {
      now = next;
      core.setNow(next);
    }
  };
};

/** The same methods, before each of which Rust is told the time. */
export const withTick = <Methods extends object>(methods: Methods, tick: () => void): Methods => {
  const result: Record<string, unknown> = {};
  for (const [name, method] of Object.entries(methods) as [string, (...args: unknown[]) => unknown][]) {
    result[name] = (...args: unknown[]) => {
      tick();
      return method(...args);
    };
  }
  return result as Methods;
};
