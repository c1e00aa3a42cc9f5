//! Saving by itself: at the start, and at the end of every transaction that changed something.

use core::cell::Cell;
use std::rc::Rc;

use super::generation::Generation;
use super::task::pause;
use super::{Host, Outcome, Persister};

pub(super) struct AutoSave<Subscription> {
    generation: Generation,
    subscription: Cell<Option<Subscription>>,
}

impl<Subscription> Default for AutoSave<Subscription> {
    fn default() -> Self {
        Self {
            generation: Generation::default(),
            subscription: Cell::new(None),
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
        self.save_in_turn(None).await?;
        // An update that comes next in the queue is not to be saved back.
        pause().await;
        if state.generation() == generation && !self.is_destroyed() {
            let this = self.clone();
            let subscription = self
                .host()
                .subscribe(Rc::new(move || this.save_transaction()))?;
            state.subscription.set(Some(subscription));
        }
        Ok(())
    }

    pub(super) async fn end_auto_save(&self) -> Result<(), H::Error> {
        self.0.auto_save.advance();
        pause().await;
        Ok(())
    }

    /// Save what the transaction that is finishing changed.
    fn save_transaction(&self) {
        if self.is_destroyed() {
            return;
        }
        match self.host().take_changes() {
            Ok(None) => {}
            // Nobody waits for an automatic save, so nobody is told how it ended: what went wrong
            // in the back end has gone to the app's handler by then.
            Ok(changes) => drop(self.start_save(changes)),
            Err(error) => drop(self.ignore(error)),
        }
    }
}
