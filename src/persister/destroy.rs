//! The end of a persister.

use super::auto_persist::First;
use super::completion::Completion;
use super::queue::{TURNS_AFTER_REST, TURNS_TO_CALLER, TURNS_TO_STATUS};
use super::task::{pause_for, unless};
use super::{Host, Outcome, Persister, PersisterError};

/// How long [`Persister::destroy`] waits for callbacks that were begun, in milliseconds.
pub const DESTROY_TIME_LIMIT_MS: u32 = 5000;

/// How a persister's end turned out, once it has.
pub(super) type End<E> = Completion<Result<(), E>>;

impl<H: Host> Persister<H> {
    /// End everything: what waits in the queue is dropped, auto-load and auto-save are stopped,
    /// the action that runs is waited for, and an automatic save that had not begun is made. Several calls have one result.
    ///
    /// What does not settle within [`DESTROY_TIME_LIMIT_MS`] is waited for no longer and reported
    /// to [`super::Environment::ignore_error`] as [`PersisterError::DestroyTimeout`].
    ///
    /// # Errors
    /// What that handler throws.
    pub fn destroy(&self) -> Outcome<H> {
        if let Some(destroyed) = self.destroyed() {
            return Box::pin(destroyed.wait());
        }
        let mut owes_save = self.0.auto_save.is_due.take();
        if owes_save && self.0.queue.running().is_none() {
            owes_save = false;
            drop(self.start_save(None));
        }
        self.0.safety.call_off();
        let completion = Completion::default();
        self.0.destroyed.set(Some(completion.clone()));
        self.0.queue.clear();
        let this = self.clone();
        drop(self.start(async move {
            let result = this.end_in_time(owes_save).await;
            this.forget_status_listeners();
            this.host().release();
            completion.set(result);
            Ok(())
        }));
        self.destroy()
    }

    /// Whether [`Persister::destroy`] was called.
    pub(super) fn is_destroyed(&self) -> bool {
        self.destroyed().is_some()
    }

    fn destroyed(&self) -> Option<End<H::Error>> {
        let destroyed = self.0.destroyed.take();
        self.0.destroyed.set(destroyed.clone());
        destroyed
    }

    async fn end_in_time(&self, owes_save: bool) -> Result<(), H::Error> {
        let this = self.clone();
        let end = Box::pin(async move {
            let result = this.end_auto_persisting(First::Load).await;
            if let Some(running) = this.0.queue.running() {
                running.wait().await;
            }
            if owes_save && !this.0.safety.is_suspended() {
                this.save_now(None).await?;
            }
            // The one who ran the queue tells that the status is idle, and goes on first.
            pause_for(TURNS_AFTER_REST + TURNS_TO_STATUS + TURNS_TO_CALLER + 1).await;
            result
        });
        match unless(end, self.host().timer(DESTROY_TIME_LIMIT_MS)).await {
            Some(result) => result,
            None => {
                // What hangs may have kept auto-save from being stopped.
                self.0.auto_save.advance();
                self.ignore(self.host().error(PersisterError::DestroyTimeout))
            }
        }
    }
}
