//! Loading and saving by itself at once.

use super::task::pause_for;
use super::{Host, Outcome, Persister};

/// How many turns pass between the two halves: see the queue's turns.
const TURNS_TO_SECOND: u32 = 6;

/// Which half of auto-persisting comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// Auto-load, then auto-save.
    Load,
    /// Auto-save, then auto-load.
    Save,
}

impl<H: Host> Persister<H> {
    /// Start auto-load and auto-save, one after the other. If the second fails, both are stopped,
    /// unless they were started anew meanwhile. If this is called again, or stopped, before the
    /// second has begun, the second is not begun.
    ///
    /// # Errors
    /// Those of [`Persister::start_auto_load`] and [`Persister::start_auto_save`].
    pub fn start_auto_persisting(&self, initial: Option<H::Initial>, first: First) -> Outcome<H> {
        let this = self.clone();
        self.start(async move { this.auto_persist(initial, first).await })
    }

    async fn auto_persist(
        &self,
        initial: Option<H::Initial>,
        first: First,
    ) -> Result<(), H::Error> {
        let (load, save) = (&self.0.auto_load, &self.0.auto_save);
        let generation = self.0.auto_persist.advance();
        // Of two starts at once the first must not save before the second has loaded, and after
        // a stop nothing may start: TinyBase overwrites what is stored with an empty store here.
        let is_superseded = || self.0.auto_persist.current() != generation;
        let (loading, saving, result);
        match first {
            First::Load => {
                loading = load.advance();
                self.auto_load(loading, initial).await?;
                if !is_superseded() {
                    pause_for(TURNS_TO_SECOND).await;
                }
                if is_superseded() {
                    return Ok(());
                }
                saving = save.advance();
                result = self.auto_save(saving).await;
            }
            First::Save => {
                saving = save.advance();
                self.auto_save(saving).await?;
                if !is_superseded() {
                    pause_for(TURNS_TO_SECOND).await;
                }
                if is_superseded() {
                    return Ok(());
                }
                loading = load.advance();
                result = self.auto_load(loading, initial).await;
            }
        }
        if result.is_err() {
            // The error that made this necessary is the one to report.
            if load.generation() == loading {
                drop(self.end_auto_load().await);
            }
            if save.generation() == saving {
                drop(self.end_auto_save().await);
            }
        }
        result
    }

    /// Stop auto-load and auto-save, one after the other, the second even if the first fails.
    ///
    /// # Errors
    /// Those of [`Persister::stop_auto_load`] and [`Persister::stop_auto_save`].
    pub fn stop_auto_persisting(&self, first: First) -> Outcome<H> {
        let this = self.clone();
        self.start(async move { this.end_auto_persisting(first).await })
    }

    pub(super) async fn end_auto_persisting(&self, first: First) -> Result<(), H::Error> {
        self.0.auto_persist.advance();
        let (one, other) = match first {
            First::Load => {
                let one = self.end_auto_load().await;
                pause_for(TURNS_TO_SECOND).await;
                (one, self.end_auto_save().await)
            }
            First::Save => {
                let one = self.end_auto_save().await;
                (one, self.end_auto_load().await)
            }
        };
        one.and(other)
    }
}
