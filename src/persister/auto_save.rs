//! Saving by itself: at the start, and at the end of every transaction that changed something.

use core::cell::Cell;
use std::rc::Rc;

use super::generation::Generation;
use super::task::pause;
use super::{Host, Outcome, Pace, Persister, Status};

pub(super) struct AutoSave<Subscription> {
    generation: Generation,
    subscription: Cell<Option<Subscription>>,
    /// Whether a save of what is not saved has been arranged and has not begun.
    pub(super) is_due: Cell<bool>,
    /// While waiting for a pause between edits: whether there was one more.
    has_gone_on: Cell<bool>,
}

/// For how many pauses that did not come a save is put off at most.
const LONGEST_WAIT: u32 = 10;

impl<Subscription> Default for AutoSave<Subscription> {
    fn default() -> Self {
        Self {
            generation: Generation::default(),
            subscription: Cell::new(None),
            is_due: Cell::new(false),
            has_gone_on: Cell::new(false),
        }
    }
}

impl<Subscription> AutoSave<Subscription> {
    pub(super) fn generation(&self) -> u64 {
        self.generation.current()
    }

    /// Supersede whoever came before and end the subscription.
    pub(super) fn advance(&self) -> u64 {
        drop(self.subscription.take());
        self.generation.advance()
    }

    fn is_active(&self) -> bool {
        let subscription = self.subscription.take();
        let is_active = subscription.is_some();
        self.subscription.set(subscription);
        is_active
    }
}

impl<H: Host> Persister<H> {
    /// Save, then save again at the end of every transaction that changed something, within that
    /// transaction's call if nothing else is under way. Of several starts at once the last counts.
    /// An auto-load that was started before and has not set about loading yet goes first.
    ///
    /// # Errors
    /// Those of [`Persister::save`], and what subscribing to the store throws.
    pub fn start_auto_save(&self) -> Outcome<H> {
        let this = self.clone();
        self.start(async move {
            let generation = this.0.auto_save.advance();
            this.auto_save(generation).await
        })
    }

    /// Stop saving automatically; saves that were begun go on.
    ///
    /// # Errors
    /// None so far.
    pub fn stop_auto_save(&self) -> Outcome<H> {
        let this = self.clone();
        self.start(async move { this.end_auto_save().await })
    }

    /// Whether transactions are saved automatically.
    pub fn is_auto_saving(&self) -> bool {
        self.0.auto_save.is_active()
    }

    /// Auto-save as long as the state has the given generation, which is new.
    pub(super) async fn auto_save(&self, generation: u64) -> Result<(), H::Error> {
        let state = &self.0.auto_save;
        pause().await;
        // Otherwise a store that is still empty would be saved over what is about to be loaded.
        // Once the load has begun, the first save does nothing.
        self.auto_load_begun().await;
        if state.generation() != generation || self.is_destroyed() {
            return Ok(());
        }
        if !self.0.safety.is_suspended() {
            self.save_in_turn(None).await?;
        }
        // An update that comes next in the queue is not to be saved back.
        pause().await;
        if state.generation() == generation && !self.is_destroyed() {
            let (this, leaving) = (self.clone(), self.clone());
            let subscription = self.host().subscribe(
                Rc::new(move || this.save_transaction()),
                Rc::new(move || leaving.leave()),
            )?;
            state.subscription.set(Some(subscription));
            // What was written while the first save was under way.
            if self.host().has_edits() && !self.0.safety.has_failed() {
                self.save_soon(None);
            }
        }
        Ok(())
    }

    pub(super) async fn end_auto_save(&self) -> Result<(), H::Error> {
        // What was written before is saved automatically, if not yet.
        if self.0.auto_save.is_due.take() && !self.is_destroyed() {
            drop(self.start_save(None));
        }
        self.0.auto_save.advance();
        pause().await;
        Ok(())
    }

    /// Save what the transaction that is finishing changed.
    fn save_transaction(&self) {
        let is_loading = self.status() == Status::Loading;
        // What is being loaded is not to be saved back.
        if self.is_destroyed() || (is_loading && self.0.loading.is_bringing.get()) {
            return;
        }
        match self.host().take_changes() {
            Ok(None) => {}
            Ok(changes) => {
                self.tell_save_state(false);
                if is_loading {
                    self.0.loading.owes_save.set(true);
                } else if !self.0.safety.is_suspended() {
                    self.save_soon(changes);
                }
            }
            Err(error) => drop(self.ignore(error)),
        }
    }

    /// Save when the host wants it. Nobody waits for an automatic save, so nobody is told how it
    /// ended: what went wrong in the back end has gone to the app's handler by then.
    pub(super) fn save_soon(&self, changes: Option<H::Changes>) {
        let state = &self.0.auto_save;
        let pause_ms = match self.host().pace() {
            Pace::EachTransaction => return drop(self.start_save(changes)),
            Pace::EachTask => None,
            Pace::AfterPause(milliseconds) => Some(milliseconds),
        };
        state.has_gone_on.set(true);
        if state.is_due.replace(true) {
            return;
        }
        let this = self.clone();
        let generation = state.generation();
        self.host().spawn(Box::pin(async move {
            let state = &this.0.auto_save;
            if let Some(milliseconds) = pause_ms {
                for _ in 0..LONGEST_WAIT {
                    if !state.has_gone_on.replace(false) || !state.is_due.get() {
                        break;
                    }
                    this.host().timer(milliseconds).await;
                }
            }
            // It may have been saved meanwhile because somebody asked for it.
            if state.is_due.get() && state.generation() == generation && !this.is_destroyed() {
                drop(this.start_save(None));
            }
        }));
    }
}
