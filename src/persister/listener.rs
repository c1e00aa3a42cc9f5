//! What a back end announces: at once to the store if nothing is in the way, or in its turn.

use core::cell::Cell;

use super::task::LocalFuture;
use super::{Action, Host, Outcome, Persister, Status, Update};

fn add(count: &Cell<usize>) {
    count.set(count.get().saturating_add(1));
}

fn subtract(count: &Cell<usize>) {
    count.set(count.get().saturating_sub(1));
}

/// What finds out what is new, if anything.
pub type Find<H> =
    Box<dyn FnOnce() -> LocalFuture<Result<Option<Update<H>>, <H as super::Types>::Error>>>;

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
    pub(super) fn new(persister: Persister<H>, generation: u64) -> Self {
        Self {
            persister,
            generation,
        }
    }

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

    /// Bring what `find` finds in its turn, while no load and no save is under way: what is found
    /// earlier may be older by then than what the store has saved. The result is there after that.
    ///
    /// Errors of `find` and of the store go to [`super::Environment::ignore_error`].
    ///
    /// # Errors
    /// What that handler or a status listener throws.
    pub fn bring(&self, find: Find<H>) -> Outcome<H> {
        let listener = self.clone();
        self.persister.start(async move {
            let this = listener.persister.clone();
            let action = move || -> LocalFuture<_> {
                Box::pin(async move {
                    if !listener.is_current() {
                        return Ok(());
                    }
                    match find().await? {
                        Some(update) => listener.persister.apply(update),
                        None => Ok(()),
                    }
                })
            };
            this.take_in_turn(Box::new(action)).await
        })
    }

    /// As [`Listener::announce`] of something that the back end may have to be told again: if saving
    /// automatically, a save follows.
    pub fn merge(&self, update: Update<H>) {
        if self.is_current() {
            self.persister.0.loading.owes_save.set(true);
        }
        self.announce(Ok(Some(update)));
    }

    fn is_current(&self) -> bool {
        self.generation == self.persister.0.auto_load.generation() && !self.persister.is_destroyed()
    }
}

impl<H: Host> Persister<H> {
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
        if state.first_load.get().is_none() && !is_saving && state.queued_updates.get() == 0 {
            let result = self
                .enter(Status::Loading)
                .and_then(|()| self.apply(update));
            self.be_idle()?;
            self.save_owed();
            return result;
        }
        let this = self.clone();
        let action = move || -> LocalFuture<_> { Box::pin(async move { this.apply(update) }) };
        self.take_in_turn(Box::new(action)).await
    }

    /// Do what brings an update when its turn comes.
    async fn take_in_turn(&self, action: Action<H::Error>) -> Result<(), H::Error> {
        let state = &self.0.auto_load;
        add(&state.queued_updates);
        let result = self.begin(Status::Loading, action).await;
        subtract(&state.queued_updates);
        // As long as others wait the store is being loaded: what they bring is not to be saved back.
        if state.queued_updates.get() == 0 {
            self.be_idle()?;
            self.save_owed();
        }
        result
    }
}
