//! Loading: from the back end into the store.

use super::task::{LocalFuture, in_a_turn, pause};
use super::{Found, Host, Outcome, Persister, PersisterError, Status, Update};

impl<H: Host> Persister<H> {
    /// Load the store's content from the back end. If nothing is stored, or it cannot be read, the
    /// store gets `initial` instead, if there is one. While saving, this does nothing.
    ///
    /// Errors of the back end and of the store go to [`super::Environment::ignore_error`].
    ///
    /// # Errors
    /// What that handler or a status listener throws; [`PersisterError::Destroyed`].
    pub fn load(&self, initial: Option<H::Initial>) -> Outcome<H> {
        let this = self.clone();
        self.start(async move { this.load_in_turn(initial).await })
    }

    /// As [`Persister::load`], to be awaited within a future that was started already.
    pub(super) async fn load_in_turn(&self, initial: Option<H::Initial>) -> Result<(), H::Error> {
        if self.is_destroyed() {
            return Err(self.host().error(PersisterError::Destroyed));
        }
        if self.status() == Status::Saving {
            return Ok(());
        }
        let this = self.clone();
        let action =
            move || -> LocalFuture<_> { Box::pin(async move { this.load_now(initial).await }) };
        self.act(Status::Loading, Box::new(action)).await
    }

    async fn load_now(&self, initial: Option<H::Initial>) -> Result<(), H::Error> {
        // The store changes no earlier than this, also if the back end answers at once, so that
        // whoever called sees one order of events from all back ends.
        let answer = in_a_turn(self.host().get_persisted()).await;
        let loaded = match answer {
            Ok(Found::Update(update)) => self.apply(update),
            Ok(Found::Nothing(None)) => self.set_initial(initial.clone()),
            Ok(Found::Nothing(Some(error))) => Err(error),
            Err(error) => Err(error),
        };
        match loaded {
            Ok(()) => pause().await,
            Err(error) => {
                self.ignore(error)?;
                self.set_initial(initial)?;
            }
        }
        Ok(())
    }

    fn set_initial(&self, initial: Option<H::Initial>) -> Result<(), H::Error> {
        match initial {
            Some(initial) => self.host().set_initial(initial),
            None => Ok(()),
        }
    }

    /// Give to the store what the back end gave.
    pub(super) fn apply(&self, update: Update<H>) -> Result<(), H::Error> {
        match update {
            Update::Content(content) => self.host().set_content(content),
            Update::Changes(changes) => self.host().apply_changes(changes),
        }
    }
}
