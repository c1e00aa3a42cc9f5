//! Loading by itself: at the start, and whenever the back end announces something.

use core::cell::Cell;

use super::completion::Completion;
use super::generation::Generation;
use super::task::{pause, pause_for};
use super::{Host, Listener, Outcome, Persister, Status};

// What was begun before has the same time as in TinyBase to end: see the queue's turns.

/// How many turns pass before a listener is added.
const TURNS_TO_ADD: u32 = 6;

/// How many turns pass from the listener to the load.
const TURNS_TO_LOAD: u32 = 5;

pub(super) struct AutoLoad<Handle> {
    generation: Generation,
    handle: Cell<Option<Handle>>,
    /// The last addition or removal of a listener: the next one waits for it.
    pending: Cell<Option<Completion<()>>>,
    /// While the last start has not set about loading: what tells when it has, or has given up.
    starting: Cell<Option<Completion<()>>>,
    /// Whether a start, made while nothing was being saved, has not set about loading: a save that
    /// comes in between must not be the end of its load.
    owes_load: Cell<bool>,
    /// The generation of the start that has not loaded yet: what is announced meanwhile comes after
    /// its load.
    pub(super) first_load: Cell<Option<u64>>,
    /// Announced updates that wait in the queue: later ones must stay behind them.
    pub(super) queued_updates: Cell<usize>,
    /// Whether the back end announced something during a save without saying what.
    pub(super) missed: Cell<bool>,
}

impl<Handle> Default for AutoLoad<Handle> {
    fn default() -> Self {
        Self {
            generation: Generation::default(),
            handle: Cell::new(None),
            pending: Cell::new(None),
            starting: Cell::new(None),
            owes_load: Cell::new(false),
            first_load: Cell::new(None),
            queued_updates: Cell::new(0),
            missed: Cell::new(false),
        }
    }
}

impl<Handle> AutoLoad<Handle> {
    pub(super) fn generation(&self) -> u64 {
        self.generation.current()
    }

    /// Whether an announcement was put off until after a save, which is now up to the caller.
    pub(super) fn take_missed(&self) -> bool {
        self.missed.take()
    }

    /// Supersede whoever came before.
    pub(super) fn advance(&self) -> u64 {
        self.missed.set(false);
        self.end_starting();
        self.generation.advance()
    }

    /// Nobody needs to wait for the last start any longer.
    fn end_starting(&self) {
        if let Some(starting) = self.starting.take() {
            starting.set(());
        }
    }

    fn is_active(&self) -> bool {
        let handle = self.handle.take();
        let is_active = handle.is_some();
        self.handle.set(handle);
        is_active
    }
}

impl<H: Host> Persister<H> {
    /// Listen to the back end, then load, with `initial` as in [`Persister::load`]. A listener of
    /// an earlier start is removed first; of several starts at once the last one counts.
    ///
    /// # Errors
    /// What [`super::Environment::ignore_error`] or a status listener throws.
    pub fn start_auto_load(&self, initial: Option<H::Initial>) -> Outcome<H> {
        let this = self.clone();
        self.start(async move {
            let generation = this.0.auto_load.advance();
            this.auto_load(generation, initial).await
        })
    }

    /// Stop listening to the back end.
    ///
    /// # Errors
    /// What [`super::Environment::ignore_error`] throws.
    pub fn stop_auto_load(&self) -> Outcome<H> {
        let this = self.clone();
        self.start(async move { this.end_auto_load().await })
    }

    /// Whether a listener is registered that can be deleted.
    pub fn is_auto_loading(&self) -> bool {
        self.0.auto_load.is_active()
    }

    /// Wait until the auto-load that is being started, if one is, has set about loading.
    pub(super) async fn auto_load_begun(&self) {
        let state = &self.0.auto_load;
        while let Some(starting) = state.starting.take() {
            state.starting.set(Some(starting.clone()));
            starting.wait().await;
        }
    }

    /// Auto-load as long as the state has the given generation, which is new.
    pub(super) async fn auto_load(
        &self,
        generation: u64,
        initial: Option<H::Initial>,
    ) -> Result<(), H::Error> {
        let state = &self.0.auto_load;
        state.starting.set(Some(Completion::default()));
        if self.status() != Status::Saving {
            state.owes_load.set(true);
        }
        self.begin_loading();
        let result = self.listen_and_load(generation, initial).await;
        self.end_loading();
        if state.generation() == generation {
            state.end_starting();
        }
        result
    }

    async fn listen_and_load(
        &self,
        generation: u64,
        initial: Option<H::Initial>,
    ) -> Result<(), H::Error> {
        let state = &self.0.auto_load;
        self.remove_listener().await?;
        let is_current = || state.generation() == generation && !self.is_destroyed();
        if is_current() {
            pause_for(TURNS_TO_ADD).await;
        }
        if !is_current() {
            return Ok(());
        }
        state.first_load.set(Some(generation));
        let result = match self.add_listener(generation).await {
            Ok(()) if is_current() => {
                pause_for(TURNS_TO_LOAD).await;
                self.load_first(generation, initial).await
            }
            result => result,
        };
        if state.first_load.get() == Some(generation) {
            state.first_load.set(None);
        }
        result
    }

    /// The load that belongs to a start. It comes after a save that was begun later than the start,
    /// and is left out, as any load, during one that was begun earlier.
    async fn load_first(
        &self,
        generation: u64,
        initial: Option<H::Initial>,
    ) -> Result<(), H::Error> {
        let state = &self.0.auto_load;
        if state.owes_load.get() {
            self.while_in(Status::Saving).await;
        }
        if state.generation() != generation {
            return Ok(());
        }
        state.owes_load.set(false);
        // Those who wait go on when the load has begun: nobody goes on within this call.
        state.end_starting();
        self.load_in_turn(initial).await
    }

    pub(super) async fn end_auto_load(&self) -> Result<(), H::Error> {
        self.0.auto_load.advance();
        self.0.auto_load.owes_load.set(false);
        self.remove_listener().await
    }

    /// Register a listener and keep its handle, unless all this was superseded meanwhile.
    async fn add_listener(&self, generation: u64) -> Result<(), H::Error> {
        let state = &self.0.auto_load;
        let done = Completion::default();
        state.pending.set(Some(done.clone()));
        let listener = Listener::new(self.clone(), generation);
        let result = match self.host().add_listener(listener).await {
            Ok(handle) if state.generation() == generation => {
                state.handle.set(handle);
                Ok(())
            }
            Ok(Some(handle)) => self.delete(handle).await,
            Ok(None) => Ok(()),
            Err(error) => self.ignore(error),
        };
        done.set(());
        result
    }

    /// Delete the registered listener, after all earlier additions and removals.
    async fn remove_listener(&self) -> Result<(), H::Error> {
        let state = &self.0.auto_load;
        let handle = state.handle.take();
        let done = Completion::default();
        let earlier = state.pending.replace(Some(done.clone()));
        // The back end is never called within the call that leads to it, so that several calls
        // in a row can supersede each other.
        pause().await;
        if let Some(earlier) = earlier {
            earlier.wait().await;
        }
        let result = match handle {
            Some(handle) => self.delete(handle).await,
            None => Ok(()),
        };
        done.set(());
        result
    }

    async fn delete(&self, handle: H::Handle) -> Result<(), H::Error> {
        match self.host().del_listener(handle).await {
            Ok(()) => Ok(()),
            Err(error) => self.ignore(error),
        }
    }
}
