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
    /// `changes` are those of the one transaction that led to this save, if one did.
    /// What can be done synchronously is done before the future is first polled.
    ///
    /// # Errors
    /// Whatever kept it from being written.
    fn set_persisted(&self, changes: Option<Self::Changes>)
    -> LocalFuture<Result<(), Self::Error>>;

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
    /// Replace the store's content.
    ///
    /// # Errors
    /// What a listener of the store threw.
    fn set_content(&self, content: Self::Content) -> Result<(), Self::Error>;

    /// Lay changes over the store's content.
    ///
    /// # Errors
    /// What a listener of the store threw; malformed changes.
    fn apply_changes(&self, changes: Self::Changes) -> Result<(), Self::Error>;

    /// Evaluate the initial content and make it the store's content.
    ///
    /// # Errors
    /// What its function or a listener of the store threw.
    fn set_initial(&self, initial: Self::Initial) -> Result<(), Self::Error>;

    /// The net changes of the transaction that is finishing, `None` if it changed nothing.
    ///
    /// # Errors
    /// What reading them threw.
    fn take_changes(&self) -> Result<Option<Self::Changes>, Self::Error>;

    /// Call `on_finish` at the end of every transaction until the subscription is dropped.
    ///
    /// # Errors
    /// What subscribing threw.
    fn subscribe(&self, on_finish: Rc<dyn Fn()>) -> Result<Self::Subscription, Self::Error>;
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
pub trait Host: Backend + StoreSide + Environment {}

impl<T: Backend + StoreSide + Environment> Host for T {}
