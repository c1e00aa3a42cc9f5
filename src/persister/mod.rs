//! A persister's life: what it does, when and in which order, in pure Rust.
//!
//! A [`Persister`] sits between a store and a place that keeps its content. It loads and saves,
//! by itself if asked to, one action at a time. What it needs from outside is a few traits
//! ([`Backend`], [`StoreSide`] with [`Edits`], [`Environment`]); contents, changes, handles and errors are
//! associated types, so nothing here looks into them.
//!
//! Two rules hold everywhere in this module:
//!
//! - **Nothing is borrowed while foreign code runs.** Every trait method may call back into the
//!   persister. State is therefore kept in [`core::cell::Cell`]s: values are taken out, changed and
//!   put back by code that calls nobody.
//! - **The first step is taken at once.** A method that starts something polls its future before
//!   it returns and hands over only the rest, so that an idle persister calls
//!   [`Backend::set_persisted`] before `save()` returns.

mod auto_load;
mod auto_persist;
mod auto_save;
mod completion;
mod destroy;
mod error;
mod generation;
mod host;
mod listener;
mod load;
pub mod log;
mod queue;
pub mod records;
mod safety;
mod save;
mod status;
mod task;
#[cfg(test)]
mod tests;

pub use auto_persist::First;
pub use destroy::DESTROY_TIME_LIMIT_MS;
pub use error::PersisterError;
pub use host::{Backend, Edits, Environment, Found, Host, Pace, StoreSide, Types, Update};
pub use listener::{Find, Listener};
pub use queue::Action;
pub use safety::SaveState;
pub use status::{Stats, Status};
pub use task::{LocalFuture, poll_now};
// The binding's back ends wait in the same ways.
#[cfg_attr(
    not(any(target_arch = "wasm32", binding_on_host)),
    allow(unused_imports)
)]
pub(crate) use {completion::Completion, task::unless};

use core::cell::Cell;
use std::rc::Rc;

use auto_load::AutoLoad;
use auto_save::AutoSave;
use generation::Generation;
use load::Loading;
use queue::Queue;
use safety::Safety;
use status::{AnyListener, StatusBoard};

/// What a persister's methods give: a future that is already under way. Dropping it cancels nothing.
pub type Outcome<H> = LocalFuture<Result<(), <H as Types>::Error>>;

/// Loads a store's content from a back end and saves it there.
///
/// Cloning gives another handle to the same persister.
pub struct Persister<H: Host>(Rc<Inner<H>>);

struct Inner<H: Host> {
    host: H,
    queue: Queue<H::Error>,
    status: StatusBoard<AnyListener<H>>,
    auto_load: AutoLoad<H::Handle>,
    auto_save: AutoSave<H::Subscription>,
    auto_persist: Generation,
    loading: Loading,
    safety: Safety<H::Error>,
    destroyed: Cell<Option<destroy::End<H::Error>>>,
}

impl<H: Host> Clone for Persister<H> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<H: Host> Persister<H> {
    /// Make an idle persister over `host`, which is its store, its back end and its environment.
    pub fn new(host: H) -> Self {
        Self(Rc::new(Inner {
            host,
            queue: Queue::default(),
            status: StatusBoard::default(),
            auto_load: AutoLoad::default(),
            auto_save: AutoSave::default(),
            auto_persist: Generation::default(),
            loading: Loading::default(),
            safety: Safety::default(),
            destroyed: Cell::new(None),
        }))
    }

    /// The host that was given to [`Persister::new`].
    pub fn host(&self) -> &H {
        &self.0.host
    }

    /// Take the first step of `future` now and leave the rest to the environment.
    fn start(&self, future: impl Future<Output = Result<(), H::Error>> + 'static) -> Outcome<H> {
        let mut future: Outcome<H> = Box::pin(future);
        if let Some(result) = poll_now(&mut future) {
            return Box::pin(core::future::ready(result));
        }
        let completion = Completion::default();
        let waiting = completion.wait();
        self.host().spawn(Box::pin(async move {
            completion.set(future.await);
        }));
        Box::pin(waiting)
    }

    /// Give `error` to the app's handler; an error that the handler throws comes back.
    fn ignore(&self, error: H::Error) -> Result<(), H::Error> {
        self.host().ignore_error(error)
    }
}
