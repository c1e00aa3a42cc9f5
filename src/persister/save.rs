//! Saving: from the store to the back end.

use super::task::{LocalFuture, pause, poll_now};
use super::{Host, Outcome, Persister, PersisterError, Status};

impl<H: Host> Persister<H> {
    /// Save the store's content to the back end. If nothing else is under way, the back end has
    /// been called when this returns. While loading, this does nothing.
    ///
    /// Errors of the back end go to [`super::Environment::ignore_error`].
    ///
    /// # Errors
    /// What that handler or a status listener throws; [`PersisterError::Destroyed`].
    pub fn save(&self) -> Outcome<H> {
        self.start_save(None)
    }

    /// As [`Persister::save`], with the changes of the transaction that led to it.
    pub(super) fn start_save(&self, changes: Option<H::Changes>) -> Outcome<H> {
        let this = self.clone();
        self.start(async move { this.save_in_turn(changes).await })
    }

    /// As [`Persister::save`], to be awaited within a future that was started already.
    pub(super) async fn save_in_turn(&self, changes: Option<H::Changes>) -> Result<(), H::Error> {
        if self.is_destroyed() {
            return Err(self.host().error(PersisterError::Destroyed));
        }
        if self.status() == Status::Loading {
            return Ok(());
        }
        let this = self.clone();
        let action =
            move || -> LocalFuture<_> { Box::pin(async move { this.save_now(changes).await }) };
        let result = self.act(Status::Saving, Box::new(action)).await;
        // As in TinyBase the next action, if one waits, begins before what comes now.
        pause().await;
        // What the back end announced meanwhile, however the save went. If another save has begun,
        // that one finds it.
        let is_over = self.status() != Status::Saving && !self.is_destroyed();
        if is_over && self.0.auto_load.take_missed() {
            self.load_in_turn(None).await?;
        }
        result
    }

    pub(super) async fn save_now(&self, changes: Option<H::Changes>) -> Result<(), H::Error> {
        self.0.auto_save.is_due.set(false);
        // After a failure more than one transaction is to be saved.
        let changes = match changes {
            Some(_) if self.0.safety.has_failed() => self.host().edits(),
            changes => changes,
        };
        let mut saving = self.host().set_persisted(changes);
        let at_once = poll_now(&mut saving);
        let is_pause_due = matches!(at_once, Some(Ok(())));
        let saved = match at_once {
            Some(saved) => saved,
            None => saving.await,
        };
        match saved {
            Ok(()) => self.note_saved(),
            Err(error) => {
                self.note_save_failed(error.clone());
                self.ignore(error)?;
            }
        }
        if is_pause_due {
            pause().await;
        }
        Ok(())
    }
}
