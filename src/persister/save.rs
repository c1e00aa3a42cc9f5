//! Saving: from the store to the back end.

use super::task::pause;
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
        let result = self
            .in_status(
                Status::Saving,
                self.enqueue(vec![Box::new(move || {
                    Box::pin(async move {
                        match this.host().set_persisted(changes).await {
                            Ok(()) => Ok(()),
                            Err(error) => this.ignore(error),
                        }
                    })
                })]),
            )
            .await;
        // What the back end announced meanwhile, however the save went.
        if self.0.auto_load.take_missed() && !self.is_destroyed() {
            // As in TinyBase the next save, if one waits, begins before this load is counted.
            pause().await;
            self.load_in_turn(None).await?;
        }
        result
    }
}
