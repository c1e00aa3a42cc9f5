//! Runs transactions: asks the core what comes next, and does what is the program's part of it.

use super::handle::Store;
use crate::store::{Advance, Start, Store as Core};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Decides, at the end of a transaction, whether it is rolled back.
type DoRollback<'a> = Option<&'a mut dyn FnMut(&Store) -> bool>;

impl Store {
    /// Runs `actions` as one transaction: listeners are called once, at its end, of what has changed
    /// in all. Gives what the actions give.
    ///
    /// Within a transaction this only adds to it. In a listener that may not write, the actions are
    /// not run, and the result is `None`.
    ///
    /// # If something panics
    ///
    /// A panic of the actions, of a listener to the start, of a mutator or of a `do_rollback` rolls
    /// everything back and ends the transaction. After one of a will-finish listener everything is
    /// rolled back once all of them have run. One of any other listener leaves the content as it is:
    /// the listeners to the end of the transaction are still called, the rest are not. Then the first
    /// panic goes on to the caller. If it is caught between a transaction and one around it, the
    /// outer one is rolled back all the same, at its end.
    ///
    /// ```
    /// # use cellarium::{Cell, Store};
    /// let store = Store::new();
    /// store.add_row_listener("pets", None, |_store, event| println!("{} changed", event.row_id));
    /// store.transaction(|store| {
    ///     store.set_cell("pets", "fido", "species", "dog");
    ///     store.set_cell("pets", "fido", "color", "brown");
    /// });
    /// // prints, once: fido changed
    /// ```
    pub fn transaction<'a, R>(&'a self, actions: impl FnOnce(&'a Store) -> R) -> Option<R> {
        self.transact(|level| {
            let result = actions(self);
            level.end(None);
            result
        })
    }

    /// The same, but before the end `do_rollback` is asked whether everything is to be put back.
    /// Listeners are then told of nothing but the transaction itself.
    ///
    /// ```
    /// # use cellarium::Store;
    /// let store = Store::new();
    /// store.transaction_with_rollback(
    ///     |store| store.set_cell("pets", "fido", "species", "dog"),
    ///     |store| !store.has_cell("pets", "fido", "age"),
    /// );
    /// assert!(!store.has_tables());
    /// ```
    pub fn transaction_with_rollback<'a, R>(
        &'a self,
        actions: impl FnOnce(&'a Store) -> R,
        do_rollback: impl FnOnce(&Store) -> bool,
    ) -> Option<R> {
        let mut do_rollback = Some(do_rollback);
        let mut ask = |store: &Store| do_rollback.take().is_some_and(|ask| ask(store));
        self.transact(|level| {
            let result = actions(self);
            level.end(Some(&mut ask));
            result
        })
    }

    /// The same, but rolls everything back, and tells nobody, if the actions give an error.
    ///
    /// Within another transaction, all of that one is rolled back, at its end. Within a mutator or a
    /// listener to the end of a transaction, which only a panic can fail, nothing is.
    ///
    /// # Errors
    /// What the actions give.
    ///
    /// ```
    /// # use cellarium::Store;
    /// let store = Store::new();
    /// let age = store.try_transaction(|store| {
    ///     store.set_cell("pets", "fido", "species", "dog");
    ///     "four".parse::<i32>()
    /// });
    /// assert!(age.is_err());
    /// assert!(!store.has_tables());
    /// ```
    pub fn try_transaction<'a, R, E>(
        &'a self,
        actions: impl FnOnce(&'a Store) -> Result<R, E>,
    ) -> Result<Option<R>, E> {
        let result = self.transact(|level| {
            let result = actions(self);
            match result {
                Ok(_) => level.end(None),
                Err(_) => drop(level),
            }
            result
        });
        result.transpose()
    }

    /// Opens a transaction, or one more level of the one that is open, until
    /// [`Store::finish_transaction`]. [`Store::transaction`] does both, and ends it if there is a
    /// panic.
    pub fn start_transaction(&self) -> &Self {
        self.begin();
        self
    }

    /// Closes a level of the transaction; with the last one it ends. Does nothing if there is none.
    pub fn finish_transaction(&self) -> &Self {
        self.finish(None);
        self
    }

    /// The same, but before the end `do_rollback` is asked whether everything is to be put back.
    pub fn finish_transaction_with_rollback(
        &self,
        do_rollback: impl FnOnce(&Store) -> bool,
    ) -> &Self {
        let mut do_rollback = Some(do_rollback);
        let mut ask = |store: &Store| do_rollback.take().is_some_and(|ask| ask(store));
        self.finish(Some(&mut ask));
        self
    }

    fn transact<R>(&self, run: impl FnOnce(Level<'_>) -> R) -> Option<R> {
        self.begin().then(|| run(Level(self)))
    }

    /// Opens a transaction or one more level; false if the store is locked.
    fn begin(&self) -> bool {
        let start = self.core().start();
        if start == Start::Waiting {
            self.pump(None);
        }
        start != Start::Locked
    }

    fn finish(&self, do_rollback: DoRollback<'_>) {
        let is_last = self.core().finish(do_rollback.is_some());
        if is_last {
            self.pump(do_rollback);
        }
    }

    /// Runs a write of the core in a transaction; nothing happens if the store is locked.
    pub(super) fn write(&self, action: impl FnOnce(&mut Core)) -> &Self {
        self.tick();
        // One borrow for all, where nobody listens to the start.
        let mut core = self.core();
        match core.start() {
            Start::Locked => return self,
            Start::Open => {}
            Start::Waiting => {
                drop(core);
                self.pump(None);
                core = self.core();
            }
        }
        action(&mut core);
        let is_last = core.finish(false);
        drop(core);
        if is_last {
            self.pump(None);
        }
        self
    }

    /// Does step after step until the transaction is open, or over; then the first panic goes on.
    fn pump(&self, mut do_rollback: DoRollback<'_>) {
        let mut panic: Option<Box<dyn Any + Send>> = None;
        loop {
            let advance = self.core().step();
            // Nothing of this method's is left half done by a panic, and what the program's own
            // closures leave is for them to know: they share it only by what they have captured.
            let outcome = match advance {
                Advance::Done => break,
                Advance::Call(call) => catch_unwind(AssertUnwindSafe(|| self.call_back(&call))),
                Advance::AskRollback => catch_unwind(AssertUnwindSafe(|| {
                    if do_rollback.as_mut().is_some_and(|ask| ask(self)) {
                        self.tick();
                        self.core().roll_back();
                    }
                })),
            };
            if let Err(payload) = outcome {
                self.core().fail_call();
                match panic {
                    None => panic = Some(payload),
                    // Its destructor might panic in turn, in the middle of the transaction.
                    Some(_) => std::mem::forget(payload),
                }
            }
        }
        if let Some(payload) = panic {
            resume_unwind(payload);
        }
    }
}

/// An open level of a transaction. Dropped before its end, because of an error or a panic, it makes
/// the transaction fail.
struct Level<'a>(&'a Store);

impl Level<'_> {
    fn end(self, do_rollback: DoRollback<'_>) {
        let store = self.0;
        std::mem::forget(self);
        store.finish(do_rollback);
    }
}

impl Drop for Level<'_> {
    fn drop(&mut self) {
        self.0.core().fail_actions();
        self.0.finish(None);
    }
}
