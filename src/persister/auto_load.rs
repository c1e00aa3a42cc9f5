//! Loading by itself: at the start, and whenever the back end announces something.

use core::cell::Cell;

use super::completion::Completion;
use super::generation::Generation;
use super::task::pause;
use super::{Host, Outcome, Persister, Status, Update};

pub(super) struct AutoLoad<Handle> {
    generation: Generation,
    handle: Cell<Option<Handle>>,
    /// The last addition or removal of a listener: the next one waits for it.
    pending: Cell<Option<Completion<()>>>,
    /// Starts that have not loaded yet: what is announced meanwhile comes after their loads.
    initial_loads: Cell<usize>,
    /// Announced updates that wait in the queue: later ones must stay behind them.
    queued_updates: Cell<usize>,
    /// Whether the back end announced something during a save without saying what.
    missed: Cell<bool>,
}

impl<Handle> Default for AutoLoad<Handle> {
    fn default() -> Self {
        Self {
            generation: Generation::default(),
            handle: Cell::new(None),
            pending: Cell::new(None),
            initial_loads: Cell::new(0),
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
        self.generation.advance()
    }

    fn is_active(&self) -> bool {
        let handle = self.handle.take();
        let is_active = handle.is_some();
        self.handle.set(handle);
        is_active
    }
}

fn add(count: &Cell<usize>) {
    count.set(count.get().saturating_add(1));
}

fn subtract(count: &Cell<usize>) {
    count.set(count.get().saturating_sub(1));
}

/// What a back end calls when what is stored was changed by someone else.
pub struct Listener<H: Host> {
    persister: Persister<H>,
    generation: u64,
}

impl<H: Host> Clone for Listener<H> {
    fn clone(&self) -> Self {
        Self {
            persister: self.persister.clone(),
            generation: self.generation,
        }
    }
}

impl<H: Host> Listener<H> {
    /// Bring what was changed, or `None` to have everything loaded. When nothing is in the way an
    /// update has reached the store when this returns. Once auto-loading was stopped or started
    /// again, this does nothing.
    ///
    /// # Errors
    /// What the store says to an update that is applied at once; what a status listener throws.
    pub fn notify(&self, update: Option<Update<H>>) -> Outcome<H> {
        let persister = self.persister.clone();
        if !self.is_current() {
            return Box::pin(core::future::ready(Ok(())));
        }
        self.persister
            .start(async move { persister.take_announcement(update).await })
    }

    /// As [`Listener::notify`], for a back end that nobody waits for: errors go to
    /// [`super::Environment::ignore_error`], also the one that kept the back end from finding out
    /// what was changed.
    pub fn announce(&self, update: Result<Option<Update<H>>, H::Error>) {
        let listener = self.clone();
        let outcome = self.persister.start(async move {
            let result = match update {
                Ok(update) => listener.notify(update).await,
                Err(_) if !listener.is_current() => Ok(()),
                Err(error) => Err(error),
            };
            result.or_else(|error| listener.persister.ignore(error))
        });
        drop(outcome);
    }

    fn is_current(&self) -> bool {
        self.generation == self.persister.0.auto_load.generation() && !self.persister.is_destroyed()
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

    /// Auto-load as long as the state has the given generation, which is new.
    pub(super) async fn auto_load(
        &self,
        generation: u64,
        initial: Option<H::Initial>,
    ) -> Result<(), H::Error> {
        let state = &self.0.auto_load;
        self.remove_listener().await?;
        if state.generation() != generation || self.is_destroyed() {
            return Ok(());
        }
        add(&state.initial_loads);
        let result = match self.add_listener(generation).await {
            Ok(()) if state.generation() == generation => self.load_in_turn(initial).await,
            result => result,
        };
        subtract(&state.initial_loads);
        result
    }

    pub(super) async fn end_auto_load(&self) -> Result<(), H::Error> {
        self.0.auto_load.advance();
        self.remove_listener().await
    }

    /// Register a listener and keep its handle, unless all this was superseded meanwhile.
    async fn add_listener(&self, generation: u64) -> Result<(), H::Error> {
        let state = &self.0.auto_load;
        let done = Completion::default();
        state.pending.set(Some(done.clone()));
        let listener = Listener {
            persister: self.clone(),
            generation,
        };
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

    async fn take_announcement(&self, update: Option<Update<H>>) -> Result<(), H::Error> {
        let state = &self.0.auto_load;
        let is_saving = self.status() == Status::Saving;
        let Some(update) = update else {
            if is_saving {
                state.missed.set(true);
                return Ok(());
            }
            return self.load_in_turn(None).await;
        };
        if state.initial_loads.get() == 0 && !is_saving && state.queued_updates.get() == 0 {
            return self
                .in_status(Status::Loading, async { self.apply(update) })
                .await;
        }
        add(&state.queued_updates);
        let this = self.clone();
        let result = self
            .in_status(
                Status::Loading,
                self.enqueue(vec![Box::new(move || {
                    Box::pin(async move { this.apply(update) })
                })]),
            )
            .await;
        subtract(&state.queued_updates);
        result
    }
}
