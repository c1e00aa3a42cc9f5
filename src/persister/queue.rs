//! The queue through which all of a persister's actions go, one at a time, first in, first out.

use core::cell::Cell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::completion::Completion;
use super::task::{LocalFuture, pause_for};
use super::{Host, Outcome, Persister, PersisterError, Status};

// In TinyBase each step of an action takes some turns of the microtask queue. Apps see how many, in
// the status, in whether the queue is at rest when an `await` of theirs is over, and in what is
// called next. So here each takes as many, as they were measured: an action ends; its status becomes
// idle; the next action begins or the queue comes to rest; who waited for the first one goes on; the
// third action begins; who ran the queue goes on.

/// How many turns pass between two actions, and before the queue comes to rest.
const TURNS_BETWEEN_ACTIONS: u32 = 6;

/// How many turns pass between the queue's rest and the one who ran it.
pub(super) const TURNS_AFTER_REST: u32 = 3;

/// How many turns later the status tells of the end of a load or save.
pub(super) const TURNS_TO_STATUS: u32 = 4;

/// How many turns pass between that status and those who waited.
pub(super) const TURNS_TO_CALLER: u32 = 1;

/// Something to do when its turn comes.
pub type Action<E> = Box<dyn FnOnce() -> LocalFuture<Result<(), E>>>;

pub(super) struct Queue<E> {
    waiting: Cell<VecDeque<Entry<E>>>,
    /// While actions run: what tells when the queue has come to rest.
    running: Cell<Option<Completion<()>>>,
}

struct Entry<E> {
    action: Action<E>,
    batch: Rc<Batch<E>>,
    is_last: bool,
}

/// Actions that were scheduled together.
struct Batch<E> {
    first_error: Cell<Option<E>>,
    done: Completion<Result<(), E>>,
}

impl<E> Default for Queue<E> {
    fn default() -> Self {
        Self {
            waiting: Cell::default(),
            running: Cell::new(None),
        }
    }
}

impl<E: Clone> Queue<E> {
    /// Change what is waiting; `change` must call no foreign code.
    fn with_waiting<R>(&self, change: impl FnOnce(&mut VecDeque<Entry<E>>) -> R) -> R {
        let mut waiting = self.waiting.take();
        let result = change(&mut waiting);
        self.waiting.set(waiting);
        result
    }

    fn push(&self, actions: Vec<Action<E>>) -> Rc<Batch<E>> {
        let batch = Rc::new(Batch {
            first_error: Cell::new(None),
            done: Completion::default(),
        });
        let count = actions.len();
        self.with_waiting(|waiting| {
            waiting.extend(
                actions
                    .into_iter()
                    .enumerate()
                    .map(|(index, action)| Entry {
                        action,
                        batch: Rc::clone(&batch),
                        is_last: index + 1 == count,
                    }),
            );
        });
        batch
    }

    /// What tells when the queue has come to rest, `None` if it is at rest.
    pub(super) fn running(&self) -> Option<Completion<()>> {
        let running = self.running.take();
        self.running.set(running.clone());
        running
    }

    /// Drop every action that has not begun; those who wait for them go on as if they had run.
    pub(super) fn clear(&self) {
        for entry in self.waiting.take() {
            if entry.is_last {
                entry.batch.finish();
            }
        }
    }
}

impl<E: Clone> Batch<E> {
    fn fail(&self, error: E) {
        let first = self.first_error.take().unwrap_or(error);
        self.first_error.set(Some(first));
    }

    fn finish(&self) {
        self.done.set(match self.first_error.take() {
            Some(error) => Err(error),
            None => Ok(()),
        });
    }
}

impl<H: Host> Persister<H> {
    /// Run `actions` after all that was scheduled before, one after another. The result is there
    /// after the last of them. An action's error goes to [`super::Environment::ignore_error`].
    ///
    /// # Errors
    /// The first error that the handler itself throws; [`PersisterError::Destroyed`].
    pub fn schedule(&self, actions: Vec<Action<H::Error>>) -> Outcome<H> {
        let this = self.clone();
        self.start(async move { this.enqueue(actions).await })
    }

    /// As [`Persister::schedule`], to be awaited within a future that was started already.
    ///
    /// Whoever finds the queue at rest runs it until it is at rest again, and goes on only then.
    pub(super) async fn enqueue(&self, actions: Vec<Action<H::Error>>) -> Result<(), H::Error> {
        if self.is_destroyed() {
            return Err(self.host().error(PersisterError::Destroyed));
        }
        if actions.is_empty() {
            return Ok(());
        }
        let batch = self.0.queue.push(actions);
        if self.0.queue.running().is_none() {
            self.run_queue().await;
        }
        batch.done.wait().await
    }

    /// Do `action` when its turn comes, in the status `status`. The status is idle afterwards, come
    /// what may.
    pub(super) async fn act(
        &self,
        status: Status,
        action: Action<H::Error>,
    ) -> Result<(), H::Error> {
        let result = self.begin(status, action).await;
        self.be_idle()?;
        pause_for(TURNS_TO_CALLER).await;
        result
    }

    /// As [`Persister::act`], but the caller sees to it that the status is idle afterwards.
    pub(super) async fn begin(
        &self,
        status: Status,
        action: Action<H::Error>,
    ) -> Result<(), H::Error> {
        self.enter(status)?;
        let result = self.enqueue(vec![action]).await;
        pause_for(TURNS_TO_STATUS).await;
        result
    }

    async fn run_queue(&self) {
        let queue = &self.0.queue;
        let at_rest = Completion::default();
        queue.running.set(Some(at_rest.clone()));
        while let Some(entry) = queue.with_waiting(VecDeque::pop_front) {
            let result = (entry.action)().await;
            if let Err(error) = result.or_else(|error| self.ignore(error)) {
                entry.batch.fail(error);
            }
            if entry.is_last {
                entry.batch.finish();
            }
            // Nothing ends within the call that began it.
            pause_for(TURNS_BETWEEN_ACTIONS).await;
        }
        queue.running.set(None);
        at_rest.set(());
        pause_for(TURNS_AFTER_REST).await;
    }
}
