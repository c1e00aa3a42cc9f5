// Runs transactions: asks Rust what comes next, and does what is the user's part of it.
import type {Context} from './context.js';
import {STEP_CALL, STEP_DONE, STEP_RUN} from './layout.js';
import type {DoRollback} from './types/store.js';

export const createTransactions = (
  {core, rejected, getStore}: Context,
  /** Calls the listener that the view names. */
  callListener: () => void,
  /** Calls it with each of the changes in the output. */
  callForEach: () => void,
) => {
  /** Does step after step until the transaction is open, or over; then throws the first error. */
  const pump = (first: number, doRollback?: DoRollback): void => {
    let hasFailed = false;
    let error: unknown;
    for (let step = first; step !== STEP_DONE; step = core.step()) {
      try {
        if (step === STEP_CALL) {
          callListener();
        } else if (step === STEP_RUN) {
          callForEach();
        } else if ((doRollback as DoRollback)(getStore())) {
          core.rollBack();
        }
      } catch (thrown) {
        if (!hasFailed) {
          hasFailed = true;
          error = thrown;
        }
        core.failCall();
      }
    }
    if (hasFailed) {
      throw error;
    }
  };

  /** Lets go of what was offered in vain, once the transaction is over. */
  const forget = (): void => {
    if (rejected.length > 0 && !core.isActive()) {
      rejected.length = 0;
    }
  };

  /** Opens a transaction or one more level; false if the store is locked. */
  const begin = (): boolean => {
    const state = core.start();
    if (state === 2) {
      try {
        pump(core.step());
      } finally {
        forget();
      }
    }
    return state !== 0;
  };

  /** Closes a level. */
  const end = (doRollback?: DoRollback): void => {
    // Anything but nothing counts as a function, so that a wrong argument throws when it is called.
    const step = core.finish(doRollback !== undefined && doRollback !== null);
    try {
      if (step !== STEP_DONE) {
        pump(step, doRollback);
      }
    } finally {
      forget();
    }
  };

  /** Closes a level whose actions threw. */
  const fail = (): void => {
    core.failActions();
    end();
  };

  /** Runs actions in a transaction; `undefined` if the store is locked. */
  const transaction = <Return>(actions: () => Return, doRollback?: DoRollback): Return => {
    if (!begin()) {
      return undefined as Return;
    }
    let result: Return;
    try {
      result = actions();
    } catch (error) {
      fail();
      throw error;
    }
    end(doRollback);
    return result;
  };

  return {begin, end, fail, transaction};
};

/** Runs transactions on a store. */
export type Transactions = ReturnType<typeof createTransactions>;
