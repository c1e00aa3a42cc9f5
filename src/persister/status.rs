//! What a persister is doing, who wants to know, and how often it has loaded and saved.

use core::cell::Cell;
use std::collections::VecDeque;

use super::completion::Completion;
use super::{Host, Persister};

/// What a persister is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// Neither loading nor saving.
    #[default]
    Idle = 0,
    /// Loading, or about to.
    Loading = 1,
    /// Saving, or about to.
    Saving = 2,
}

/// How often a persister has set about loading and saving, whether or not that succeeded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Stats {
    /// Loads begun.
    pub loads: u32,
    /// Saves begun.
    pub saves: u32,
}

/// Released ids beyond this many are not reused, so that the pool stays small.
const MAX_FREE_IDS: usize = 1000;

pub(super) struct StatusBoard<L> {
    status: Cell<Status>,
    stats: Cell<Stats>,
    listeners: Cell<Listeners<L>>,
    /// Where somebody waits: what tells of the next change of the status.
    next_change: Cell<Option<Completion<()>>>,
}

struct Listeners<L> {
    /// In order of registration, each with its number, so that a round can go on after any change.
    registered: Vec<Registered<L>>,
    next_number: u64,
    next_id: u32,
    free_ids: VecDeque<u32>,
}

struct Registered<L> {
    number: u64,
    id: u32,
    listener: L,
}

/// A listener to either.
pub(super) enum AnyListener<H: Host> {
    Status(H::StatusListener),
    SaveState(H::SaveStateListener),
}

impl<H: Host> Clone for AnyListener<H> {
    fn clone(&self) -> Self {
        match self {
            Self::Status(listener) => Self::Status(listener.clone()),
            Self::SaveState(listener) => Self::SaveState(listener.clone()),
        }
    }
}

impl<L> Default for StatusBoard<L> {
    fn default() -> Self {
        Self {
            status: Cell::default(),
            stats: Cell::default(),
            listeners: Cell::default(),
            next_change: Cell::new(None),
        }
    }
}

impl<L> Default for Listeners<L> {
    fn default() -> Self {
        Self {
            registered: Vec::new(),
            next_number: 0,
            next_id: 0,
            free_ids: VecDeque::new(),
        }
    }
}

impl<L: Clone> StatusBoard<L> {
    /// Change the listeners; `change` must call no foreign code.
    fn with_listeners<R>(&self, change: impl FnOnce(&mut Listeners<L>) -> R) -> R {
        let mut listeners = self.listeners.take();
        let result = change(&mut listeners);
        self.listeners.set(listeners);
        result
    }

    /// The first listener with a number of at least `number`, and its number.
    fn listener_from(&self, number: u64) -> Option<(u64, L)> {
        self.with_listeners(|listeners| {
            let mut registered = listeners.registered.iter();
            let found = registered.find(|registered| registered.number >= number)?;
            Some((found.number, found.listener.clone()))
        })
    }
}

impl<H: Host> Persister<H> {
    /// What the persister is doing.
    pub fn status(&self) -> Status {
        self.0.status.status.get()
    }

    /// How often the persister has set about loading and saving.
    pub fn stats(&self) -> Stats {
        self.0.status.stats.get()
    }

    /// Have `listener` called whenever the status changes; gives an id to delete it with.
    pub fn add_status_listener(&self, listener: H::StatusListener) -> u32 {
        self.add_any_listener(AnyListener::Status(listener))
    }

    /// Have `listener` called when a load or save has succeeded or failed, and while saving
    /// automatically also when something is unsaved that was not; gives an id to delete it with.
    pub fn add_save_state_listener(&self, listener: H::SaveStateListener) -> u32 {
        self.add_any_listener(AnyListener::SaveState(listener))
    }

    fn add_any_listener(&self, listener: AnyListener<H>) -> u32 {
        self.0.status.with_listeners(|listeners| {
            let id = listeners.free_ids.pop_front().unwrap_or_else(|| {
                let id = listeners.next_id;
                listeners.next_id = id.wrapping_add(1);
                id
            });
            listeners.registered.push(Registered {
                number: listeners.next_number,
                id,
                listener,
            });
            listeners.next_number += 1;
            id
        })
    }

    /// Forget the listener `id`, to the status or to the save state; an unknown id does nothing.
    pub fn del_status_listener(&self, id: u32) {
        // Dropped only after the listeners are back in place: dropping may run foreign code.
        let _removed = self.0.status.with_listeners(|listeners| {
            let mut registered = listeners.registered.iter();
            let index = registered.position(|registered| registered.id == id)?;
            if listeners.free_ids.len() < MAX_FREE_IDS {
                listeners.free_ids.push_back(id);
            }
            Some(listeners.registered.remove(index))
        });
    }

    pub(super) fn forget_status_listeners(&self) {
        drop(self.0.status.listeners.take());
    }

    /// Wait until the status is another than `status`.
    pub(super) async fn while_in(&self, status: Status) {
        while self.status() == status {
            let next_change = self.0.status.next_change.take().unwrap_or_default();
            self.0.status.next_change.set(Some(next_change.clone()));
            next_change.wait().await;
        }
    }

    /// Change the status and tell the listeners, of whom the first that throws ends the round.
    /// Listeners added or deleted meanwhile are heeded.
    fn set_status(&self, status: Status) -> Result<(), H::Error> {
        if self.0.status.status.replace(status) == status {
            return Ok(());
        }
        if let Some(next_change) = self.0.status.next_change.take() {
            next_change.set(());
        }
        let mut next = 0;
        while let Some((number, listener)) = self.0.status.listener_from(next) {
            if let AnyListener::Status(listener) = listener {
                self.host().call_status_listener(&listener, status)?;
            }
            next = number + 1;
        }
        Ok(())
    }

    /// Call all listeners to the save state; what they throw goes to the app's handler.
    pub(super) fn call_save_state_listeners(&self) {
        let mut next = 0;
        while let Some((number, listener)) = self.0.status.listener_from(next) {
            if let AnyListener::SaveState(listener) = listener
                && let Err(error) = self.host().call_save_state_listener(&listener)
            {
                drop(self.ignore(error));
            }
            next = number + 1;
        }
    }

    /// Have the status `status`, and count it.
    ///
    /// # Errors
    /// What a listener throws; then nothing is counted.
    pub(super) fn enter(&self, status: Status) -> Result<(), H::Error> {
        self.set_status(status)?;
        self.count(status);
        Ok(())
    }

    /// Have the status that means nothing is under way.
    ///
    /// # Errors
    /// What a listener throws, which wins over an error of what was under way.
    pub(super) fn be_idle(&self) -> Result<(), H::Error> {
        self.set_status(Status::Idle)
    }

    fn count(&self, status: Status) {
        let mut stats = self.stats();
        match status {
            Status::Idle => {}
            Status::Loading => stats.loads = stats.loads.wrapping_add(1),
            Status::Saving => stats.saves = stats.saves.wrapping_add(1),
        }
        self.0.status.stats.set(stats);
    }
}
