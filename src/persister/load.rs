//! Loading: from the back end into the store.

use core::cell::Cell;

use super::task::{LocalFuture, in_a_turn, pause};
use super::{Found, Host, Outcome, Persister, PersisterError, Status, Update};

/// What is going on with loads and the edits made meanwhile.
#[derive(Default)]
pub(super) struct Loading {
    /// Loads that were begun and are not over.
    begun: Cell<u32>,
    /// Whether the store is being given what was loaded.
    pub(super) is_bringing: Cell<bool>,
    /// Whether there are edits that could not be saved because of a load.
    pub(super) owes_save: Cell<bool>,
}

impl<H: Host> Persister<H> {
    /// Load the store's content from the back end. If nothing is stored, or it cannot be read, the
    /// store gets `initial` instead, if there is one. While saving, this does nothing. What is
    /// written to the store meanwhile is laid over what comes.
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
        self.begin_loading();
        let this = self.clone();
        let action =
            move || -> LocalFuture<_> { Box::pin(async move { this.load_now(initial).await }) };
        let result = self.act(Status::Loading, Box::new(action)).await;
        self.end_loading();
        result
    }

    /// From here until [`Persister::end_loading`] edits survive what is loaded. Those before are given
    /// up, as all that the store holds, unless they are to be saved automatically.
    pub(super) fn begin_loading(&self) {
        if !self.keeps_edits() {
            self.host().forget_edits();
        }
        let begun = &self.0.loading.begun;
        begun.set(begun.get().saturating_add(1));
    }

    pub(super) fn end_loading(&self) {
        let begun = &self.0.loading.begun;
        begun.set(begun.get().saturating_sub(1));
        self.save_owed();
    }

    async fn load_now(&self, initial: Option<H::Initial>) -> Result<(), H::Error> {
        // The store changes no earlier than this, also if the back end answers at once, so that
        // whoever called sees one order of events from all back ends.
        let (found, problem) = match in_a_turn(self.host().get_persisted()).await {
            Ok(Found::Partly(update, problem)) => (Ok(Found::Update(update)), Some(problem)),
            found => (found, None),
        };
        let error = match found {
            Ok(Found::Update(update) | Found::Partly(update, _)) => match self.apply(update) {
                Ok(()) => {
                    // Also if what was stored are changes.
                    if self.0.safety.is_suspended() {
                        self.note_loaded();
                    }
                    pause().await;
                    return problem.map_or(Ok(()), |problem| self.ignore(problem));
                }
                Err(error) => self.host().set_aside(error).await,
            },
            Ok(Found::Nothing(None)) => match self.set_initial(initial.clone()) {
                Ok(()) => {
                    self.note_loaded();
                    pause().await;
                    return Ok(());
                }
                Err(error) => Ok(error),
            },
            Ok(Found::Nothing(Some(error))) => Ok(error),
            Err(error) => Err(error),
        };
        match error {
            // There is nothing, or nothing any more, that a save could destroy.
            Ok(error) => {
                self.note_loaded();
                self.ignore(error)?;
            }
            Err(error) => {
                self.note_load_failed(error.clone());
                self.ignore(error)?;
            }
        }
        self.set_initial(initial)
    }

    fn set_initial(&self, initial: Option<H::Initial>) -> Result<(), H::Error> {
        match initial {
            Some(initial) => self.bring(|host, keeps| host.bring_initial(initial, keeps)),
            None => Ok(()),
        }
    }

    /// Give to the store what the back end gave.
    pub(super) fn apply(&self, update: Update<H>) -> Result<(), H::Error> {
        let is_whole = matches!(update, Update::Content(_));
        self.bring(|host, keeps| host.bring(update, keeps))?;
        if is_whole {
            self.host().set_in_step();
            self.note_loaded();
        }
        Ok(())
    }

    /// Have something brought to the store, which is not to be saved back; but the edits that are
    /// laid over it are.
    fn bring(&self, bring: impl FnOnce(&H, bool) -> Result<(), H::Error>) -> Result<(), H::Error> {
        let state = &self.0.loading;
        let keeps_edits = self.keeps_edits();
        if keeps_edits && self.host().has_edits() {
            state.owes_save.set(true);
        }
        state.is_bringing.set(true);
        let result = bring(self.host(), keeps_edits);
        state.is_bringing.set(false);
        if keeps_edits && self.host().is_ahead() {
            state.owes_save.set(true);
        }
        result
    }

    /// Whether edits that are not saved survive a load: those made since it began, and those that
    /// are to be saved automatically.
    fn keeps_edits(&self) -> bool {
        self.0.loading.begun.get() > 0 || self.is_auto_saving()
    }

    /// Save what could not be saved because of a load.
    pub(super) fn save_owed(&self) {
        let is_due = self.status() == Status::Idle && self.0.loading.owes_save.take();
        if is_due && self.is_auto_saving() && !self.is_destroyed() && !self.0.safety.is_suspended()
        {
            self.save_soon(None);
        }
    }
}
