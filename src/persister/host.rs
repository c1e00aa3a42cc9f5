//! What a persister needs from outside: a back end, a store and an environment.

use std::fmt::Debug;
use std::rc::Rc;

use super::error::PersisterError;
use super::listener::Listener;
use super::status::Status;
use super::task::LocalFuture;

/// The kinds of values that pass through a persister without being looked into.
pub trait Types: Sized + 'static {
    /// The whole content of a store.
    type Content: 'static;
    /// Changes to the content of a store.
    type Changes: 'static;
    /// Content to use when nothing is stored yet: the content itself, or what makes it.
    type Initial: Clone + 'static;
    /// What a back end gives for a registered listener, to delete it with.
    type Handle: 'static;
    /// A listener to the status, as the environment can call it.
    type StatusListener: Clone + 'static;
    /// A listener to the save state.
    type SaveStateListener: Clone + 'static;
    /// Keeps a subscription to the store's transactions; dropping it ends the subscription.
    type Subscription: 'static;
    /// An error of the back end, of the store or of user code.
    type Error: Clone + Debug + 'static;
}

/// What a back end announces or answers to a load.
pub enum Update<T: Types> {
    /// Content that replaces what the store holds.
    Content(T::Content),
    /// Changes to lay over what the store holds.
    Changes(T::Changes),
}

/// What a load has found.
pub enum Found<T: Types> {
    /// Something to give to the store.
    Update(Update<T>),
    /// Something, but not all that was there: what the app should be told of the rest, which was set aside.
    Partly(Update<T>, T::Error),
    /// Definitely nothing, and what the app should be told of it, if anything.
    Nothing(Option<T::Error>),
}

/// The place that keeps the content.
pub trait Backend: Types {
    /// Read what is stored.
    ///
    /// # Errors
    /// Whatever kept it from being read, and an answer that is not content at all.
    fn get_persisted(&self) -> LocalFuture<Result<Found<Self>, Self::Error>>;

    /// Write the store's content, which the back end reads from the store when it needs it.
    /// `changes` are those of the one transaction that led to this save, if one did. The edits so
    /// far are under way from here until [`Edits::end_saving`].
    /// What can be done synchronously is done before the future is first polled.
    ///
    /// # Errors
    /// Whatever kept it from being written.
    fn set_persisted(&self, changes: Option<Self::Changes>)
    -> LocalFuture<Result<(), Self::Error>>;

    /// What was found cannot be given to the store, as `error` says. If that is because it cannot be
    /// read, set it aside, so that it survives when the place is written to, and give the error that
    /// says where. A back end that cannot do so gives the error back as one.
    ///
    /// # Errors
    /// That it was not set aside.
    fn set_aside(&self, error: Self::Error) -> LocalFuture<Result<Self::Error, Self::Error>> {
        Box::pin(core::future::ready(Err(error)))
    }

    /// Call `listener` whenever what is stored was changed by someone else. `None` as a handle
    /// means that the listener cannot be deleted.
    ///
    /// # Errors
    /// Whatever kept it from being registered.
    fn add_listener(
        &self,
        listener: Listener<Self>,
    ) -> LocalFuture<Result<Option<Self::Handle>, Self::Error>>
    where
        Self: Host;

    /// Stop calling the listener of `handle`.
    ///
    /// # Errors
    /// Whatever kept it from being deleted.
    fn del_listener(&self, handle: Self::Handle) -> LocalFuture<Result<(), Self::Error>>;
}

/// The store whose content is kept.
pub trait StoreSide: Types {
    /// Give to the store what the back end brings, which is no edit. With `keeps_edits` those that
    /// are not saved are laid over it; else content ends them.
    ///
    /// # Errors
    /// What a listener of the store threw; malformed content or changes.
    fn bring(&self, update: Update<Self>, keeps_edits: bool) -> Result<(), Self::Error>;

    /// Evaluate the initial content and give it to the store, as [`StoreSide::bring`].
    ///
    /// # Errors
    /// What its function or a listener of the store threw.
    fn bring_initial(&self, initial: Self::Initial, keeps_edits: bool) -> Result<(), Self::Error>;

    /// The net changes of the transaction that is finishing, `None` if it changed nothing.
    ///
    /// # Errors
    /// What reading them threw.
    fn take_changes(&self) -> Result<Option<Self::Changes>, Self::Error>;

    /// Call `on_finish` at the end of every transaction, and `on_leave` when there may soon be no
    /// time left to save anything, until the subscription is dropped.
    ///
    /// # Errors
    /// What subscribing threw.
    fn subscribe(
        &self,
        on_finish: Rc<dyn Fn()>,
        on_leave: Rc<dyn Fn()>,
    ) -> Result<Self::Subscription, Self::Error>;
}

/// The edits to the store that are not saved, as the store notes them. After the end there are none.
pub trait Edits: Types {
    /// Forget them.
    fn forget_edits(&self);

    /// What is stored is known from here on: the store's content, but for the edits.
    fn set_in_step(&self);

    /// What a save has begun to write is saved, or is not.
    fn end_saving(&self, is_saved: bool);

    /// All of them, as changes. `None` if what is stored is not known, or if they are too many.
    fn edits(&self) -> Option<Self::Changes>;

    /// Whether there are any.
    fn has_edits(&self) -> bool;

    /// Whether the store holds more than what was brought last, so that it has to be saved.
    fn is_ahead(&self) -> bool {
        false
    }

    /// Whether all that the store holds is saved, as far as is known.
    fn is_saved(&self) -> bool;
}

/// When edits are saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// At the end of each transaction, within the call that ends it.
    EachTransaction,
    /// After the code that made them, however many transactions that had.
    EachTask,
    /// When there was none for so many milliseconds.
    AfterPause(u32),
}

/// What else is around: the app's handlers, an executor, a clock.
pub trait Environment: Types {
    /// Tell the app of an error that stops nothing.
    ///
    /// # Errors
    /// What the app's handler threw.
    fn ignore_error(&self, error: Self::Error) -> Result<(), Self::Error>;

    /// Call a status listener.
    ///
    /// # Errors
    /// What the listener threw.
    fn call_status_listener(
        &self,
        listener: &Self::StatusListener,
        status: Status,
    ) -> Result<(), Self::Error>;

    /// Call a listener to the save state.
    ///
    /// # Errors
    /// What the listener threw.
    fn call_save_state_listener(
        &self,
        listener: &Self::SaveStateListener,
    ) -> Result<(), Self::Error>;

    /// When edits are saved automatically.
    fn pace(&self) -> Pace {
        Pace::EachTransaction
    }

    /// Whether what failed is tried again after a while.
    fn retries(&self) -> bool {
        false
    }

    /// The time, in milliseconds since 1970.
    fn now(&self) -> f64;

    /// Turn an error of the persister itself into one of the environment.
    fn error(&self, error: PersisterError) -> Self::Error;

    /// Poll `task` until it is ready, never within this call.
    fn spawn(&self, task: LocalFuture<()>);

    /// Be ready after `milliseconds`; dropping the future forgets the timer.
    fn timer(&self, milliseconds: u32) -> LocalFuture<()>;

    /// Let go of the store and of all callbacks: the persister has been destroyed. They may hold
    /// the persister in turn, which a garbage collector cannot see through this library. What a
    /// callback that never settled brings later goes nowhere.
    fn release(&self);
}

/// All of a persister's surroundings.
pub trait Host: Backend + StoreSide + Edits + Environment {}

impl<T: Backend + StoreSide + Edits + Environment> Host for T {}
