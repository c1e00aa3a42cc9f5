// Runs transactions: asks Rust what comes next, and does what is the user's part of it.
import type {Context} from './context.js';
import {STEP_CALL, STEP_DONE, STEP_RUN} from './layout.js';
import type {DoRollback} from './types/store.js';

/** Runs transactions on a store. A class, so that stores share its optimised code. */
export class Transactions {
  constructor(
    private readonly context: Context,
    /** Calls the listener that the view names. */
    private readonly callListener: () => void,
    /** Calls it with each of the changes in the output. */
    private readonly callForEach: () => void,
  ) {}

  /** Does step after step until the transaction is open, or over; then throws the first error. */
  private pump(first: number, doRollback?: DoRollback): void {
    const {core} = this.context;
    let hasFailed = false;
    let error: unknown;
    for (let step = first; step !== STEP_DONE; step = core.step()) {
      try {
        if (step === STEP_CALL) {
          this.callListener();
        } else if (step === STEP_RUN) {
          this.callForEach();
        } else if ((doRollback as DoRollback)(this.context.store)) {
          this.context.tick?.();
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
  }

  /** Lets go of what was offered in vain, once the transaction is over. */
  private forget(): void {
    const {core, rejected} = this.context;
    if (rejected.length > 0 && !core.isActive()) {
      rejected.length = 0;
    }
  }

  /** Opens a transaction or one more level; false if the store is locked. */
  begin(): boolean {
    const state = this.context.core.start();
    if (state === 2) {
      try {
        this.pump(this.context.core.step());
      } finally {
        this.forget();
      }
    }
    return state !== 0;
  }

  /** Closes a level. */
  end(doRollback?: DoRollback): void {
    // Anything but nothing counts as a function, so that a wrong argument throws when it is called.
    const step = this.context.core.finish(doRollback !== undefined && doRollback !== null);
    try {
      if (step !== STEP_DONE) {
        this.pump(step, doRollback);
      }
    } finally {
      this.forget();
    }
  }

  /** Closes a level whose actions threw. */
  fail(): void {
    try {
      this.context.tick?.();
    } finally {
      this.context.core.failActions();
      this.end();
    }
  }

  /** Runs actions in a transaction; `undefined` if the store is locked. */
  transaction<Return>(actions: () => Return, doRollback?: DoRollback): Return {
    if (!this.begin()) {
      return undefined as Return;
    }
    let result: Return;
    try {
      result = actions();
    } catch (error) {
      this.fail();
      throw error;
    }
    this.end(doRollback);
    return result;
  }
}
