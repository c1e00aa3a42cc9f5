//! Whether the content is safe: what is not saved, what has failed, and when it is tried again.
//!
//! After a load that failed nothing is saved automatically, since what could not be read must not be
//! overwritten; that ends with a load that succeeds, or finds definitely nothing, and with a save
//! that the app asks for. Whatever failed is tried again after a second, then after twice as long
//! each time, up to a minute.

use core::cell::Cell;

use super::completion::Completion;
use super::task::unless;
use super::{Host, Outcome, Persister, PersisterError, Status};

const FIRST_PAUSE_MS: u32 = 1000;
const LONGEST_PAUSE_MS: u32 = 60_000;

/// How safe a store's content is.
#[derive(Clone, Debug, PartialEq)]
pub struct SaveState<E> {
    /// Whether the store holds anything that is not saved, as far as is known. While something is
    /// being saved, that is not saved yet.
    pub is_unsaved: bool,
    /// When a save last succeeded, in milliseconds since 1970.
    pub last_saved: Option<f64>,
    /// What went wrong with the last load or save, until one succeeds; after a save, until a save
    /// does.
    pub last_error: Option<E>,
}

pub(super) struct Safety<E> {
    is_suspended: Cell<bool>,
    failures: Cell<u32>,
    /// Whether the last failure was that of a save, which a load does not mend.
    is_save_failed: Cell<bool>,
    last_saved: Cell<Option<f64>>,
    last_error: Cell<Option<E>>,
    /// What the listeners know of.
    was_unsaved: Cell<bool>,
    /// While a retry is waiting: what calls it off.
    retry: Cell<Option<Completion<()>>>,
}

impl<E> Default for Safety<E> {
    fn default() -> Self {
        Self {
            is_suspended: Cell::new(false),
            failures: Cell::new(0),
            is_save_failed: Cell::new(false),
            last_saved: Cell::new(None),
            last_error: Cell::new(None),
            was_unsaved: Cell::new(false),
            retry: Cell::new(None),
        }
    }
}

impl<E: Clone> Safety<E> {
    /// Whether nothing may be saved automatically.
    pub(super) fn is_suspended(&self) -> bool {
        self.is_suspended.get()
    }

    /// Whether the last load or save has failed.
    pub(super) fn has_failed(&self) -> bool {
        self.failures.get() > 0
    }

    fn succeed(&self) {
        self.is_suspended.set(false);
        self.is_save_failed.set(false);
        self.failures.set(0);
        drop(self.last_error.take());
        self.call_off();
    }

    fn fail(&self, error: E) {
        self.failures.set(self.failures.get().saturating_add(1));
        drop(self.last_error.replace(Some(error)));
    }

    /// Call off the retry that is waiting.
    pub(super) fn call_off(&self) {
        if let Some(retry) = self.retry.take() {
            retry.set(());
        }
    }

    fn pause_ms(&self) -> u32 {
        let doublings = self.failures.get().saturating_sub(1).min(6);
        FIRST_PAUSE_MS
            .saturating_mul(1 << doublings)
            .min(LONGEST_PAUSE_MS)
    }
}

impl<H: Host> Persister<H> {
    /// How safe the store's content is.
    pub fn save_state(&self) -> SaveState<H::Error> {
        let safety = &self.0.safety;
        let last_error = safety.last_error.take();
        safety.last_error.set(last_error.clone());
        SaveState {
            is_unsaved: !self.host().is_saved(),
            last_saved: safety.last_saved.get(),
            last_error,
        }
    }

    /// Save what is not saved, now, rather than when its time comes; without such, do nothing. If it
    /// is being loaded, that comes first; if nothing may be saved because a load has failed, this
    /// does nothing, either.
    ///
    /// # Errors
    /// Those of [`Persister::save`].
    pub fn flush(&self) -> Outcome<H> {
        let this = self.clone();
        self.start(async move {
            if this.is_destroyed() {
                return Err(this.host().error(PersisterError::Destroyed));
            }
            this.while_in(Status::Loading).await;
            if this.0.safety.is_suspended() || this.is_destroyed() {
                return Ok(());
            }
            if !this.host().is_saved() {
                this.save_in_turn(None).await?;
            }
            Ok(())
        })
    }

    /// The page is being left: what is not saved is to be written while there is time.
    pub(super) fn leave(&self) {
        let is_over = self.is_destroyed() || self.0.safety.is_suspended();
        if !is_over && self.status() != Status::Loading && !self.host().is_saved() {
            drop(self.start_save(None));
        }
    }

    pub(super) fn note_loaded(&self) {
        self.0.safety.is_suspended.set(false);
        if !self.0.safety.is_save_failed.get() {
            self.0.safety.succeed();
        }
        self.tell_save_state(true);
    }

    pub(super) fn note_saved(&self) {
        self.host().end_saving(true);
        self.0.safety.last_saved.set(Some(self.host().now()));
        self.0.safety.succeed();
        self.tell_save_state(true);
    }

    /// A load has failed; see the module's page.
    pub(super) fn note_load_failed(&self, error: H::Error) {
        self.0.safety.is_suspended.set(true);
        self.0.safety.is_save_failed.set(false);
        self.0.safety.fail(error);
        self.tell_save_state(true);
        self.try_again_later();
    }

    pub(super) fn note_save_failed(&self, error: H::Error) {
        self.host().end_saving(false);
        self.0.safety.is_save_failed.set(true);
        self.0.safety.fail(error);
        self.tell_save_state(true);
        self.try_again_later();
    }

    /// Tell those who want to know; without `is_news` only if it has changed whether anything is
    /// unsaved. What they throw goes to the app's handler.
    pub(super) fn tell_save_state(&self, is_news: bool) {
        let is_unsaved = !self.host().is_saved();
        if self.0.safety.was_unsaved.replace(is_unsaved) != is_unsaved || is_news {
            self.call_save_state_listeners();
        }
    }

    fn try_again_later(&self) {
        let safety = &self.0.safety;
        if !self.host().retries() || self.is_destroyed() {
            return;
        }
        safety.call_off();
        let called_off = Completion::default();
        safety.retry.set(Some(called_off.clone()));
        let (this, timer) = (self.clone(), self.host().timer(safety.pause_ms()));
        self.host().spawn(Box::pin(async move {
            let timer = Box::pin(async move {
                timer.await;
            });
            if unless(timer, Box::pin(called_off.wait())).await.is_some() {
                drop(this.0.safety.retry.take());
                this.try_again();
            }
        }));
    }

    fn try_again(&self) {
        if self.is_destroyed() {
            return;
        }
        if self.0.safety.is_suspended() {
            if self.is_auto_loading() || self.is_auto_saving() {
                drop(self.load(None));
            }
        } else if self.is_auto_saving() && !self.host().is_saved() {
            drop(self.save());
        }
    }
}
