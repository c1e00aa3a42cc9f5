//! Persisters for a [`Store`], over a program's own way to load and save.

use super::changes::changes;
use super::content::{Changes, Content};
use super::handle::{Store, text};
use super::listening::ListenerId;
use crate::persister::{
    Backend, Edits, Environment, Found, Listener, LocalFuture, Persister, PersisterError, Status,
    StoreSide, Types, Update,
};
use crate::store::{EditTree, Store as Core, TrackerId};
use std::any::Any;
use std::cell::Cell;
use std::error::Error;
use std::future::{Future, ready};
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

/// What a persister gives when something has gone wrong.
pub type SharedError = Rc<dyn Error>;

/// What a back end has kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Persisted {
    /// Content that replaces the store's.
    Content(Content),
    /// The same as JSON, such as [`Store::get_json`] gives.
    Json(String),
    /// Changes to lay over the store's content.
    Changes(Changes),
}

/// A program's own way to keep the content of a store, and to run what takes time.
///
/// [`Store::create_custom_persister`] makes a [`Persister`] of it, which loads and saves, by itself if
/// asked to. `examples/file_persister.rs` keeps a store in a file.
///
/// Methods may be written as `async fn`. Up to its first `await` each runs at once: with nothing else
/// under way, `set_persisted` has been called when [`Persister::save`] returns, and when a write does
/// that leads to an automatic save.
///
/// Futures stay on the store's thread. What a persister has begun and cannot end at once goes to
/// `spawn`, so any executor for one thread serves.
pub trait CustomBackend: 'static {
    /// Reads what is kept: `None` if there is definitely nothing.
    fn get_persisted(&self) -> impl Future<Output = Result<Option<Persisted>, Box<dyn Error>>>;

    /// Keeps the content of the store. `changes` are those of the one transaction that led to this,
    /// if one did.
    fn set_persisted(
        &self,
        store: &Store,
        changes: Option<Changes>,
    ) -> impl Future<Output = Result<(), Box<dyn Error>>>;

    /// Calls [`PersisterListener::notify`] whenever what is kept was changed by someone else, until
    /// what this gives is dropped. `None`, as without this method, if there is nothing to listen to.
    fn add_persister_listener(
        &self,
        listener: PersisterListener<Self>,
    ) -> impl Future<Output = Result<Option<Box<dyn Any>>, Box<dyn Error>>>
    where
        Self: Sized,
    {
        drop(listener);
        ready(Ok(None))
    }

    /// Hears of an error that stops nothing: what went wrong while loading or saving.
    fn on_ignored_error(&self, error: SharedError);

    /// Has an executor poll a task until it is ready, never within this call.
    fn spawn(&self, task: LocalFuture<()>);

    /// Gives a future that is ready after some milliseconds. Only [`Persister::destroy`] asks for it, so
    /// as not to wait for ever.
    fn timer(&self, milliseconds: u32) -> LocalFuture<()>;
}

/// What a [`CustomBackend`] calls when what it keeps was changed by someone else.
pub struct PersisterListener<B: CustomBackend>(Listener<CustomHost<B>>);

impl<B: CustomBackend> PersisterListener<B> {
    /// Brings what was changed, or with `None` has everything loaded.
    pub fn notify(&self, persisted: Option<Persisted>) {
        self.0.announce(Ok(persisted.map(update)));
    }
}

impl<B: CustomBackend> Clone for PersisterListener<B> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl Store {
    /// Makes a persister for the store. It keeps the store alive, and while it saves by itself the
    /// store keeps it: [`Persister::destroy`] parts them.
    ///
    /// A panic of one of the store's listeners while content is loaded goes through the persister,
    /// which is of no use any more; the store is.
    #[must_use]
    pub fn create_custom_persister<B: CustomBackend>(&self, backend: B) -> CustomPersister<B> {
        Persister::new(CustomHost {
            tracker: self.core().track(),
            store: Cell::new(Some(self.clone())),
            backend: Rc::new(backend),
        })
    }
}

/// A persister for a [`Store`]; see [`Store::create_custom_persister`].
pub type CustomPersister<B> = Persister<CustomHost<B>>;

/// The surroundings of a [`CustomPersister`].
pub struct CustomHost<B> {
    /// Until the persister is destroyed.
    store: Cell<Option<Store>>,
    /// Notes what is not saved.
    tracker: TrackerId,
    backend: Rc<B>,
}

impl<B: CustomBackend> CustomHost<B> {
    /// A handle of the caller's own, since foreign code may destroy the persister.
    fn store(&self) -> Result<Store, SharedError> {
        let store = self.store.take();
        self.store.set(store.clone());
        store.ok_or_else(|| self.error(PersisterError::Destroyed))
    }

    /// Does something with what is noted, or answers `at_end`.
    fn note<T>(&self, at_end: T, act: impl FnOnce(&mut Core, TrackerId) -> T) -> T {
        match self.store() {
            Ok(store) => act(&mut store.core(), self.tracker),
            Err(_) => at_end,
        }
    }

    /// Has content or changes written, which are no edits, and lays those that are to be kept over it.
    fn bring_by(
        &self,
        keeps_edits: bool,
        is_whole: bool,
        write: impl FnOnce(&Store) -> Result<(), SharedError>,
    ) -> Result<(), SharedError> {
        let store = self.store()?;
        let (edits, is_own) = {
            let mut core = store.core();
            if !keeps_edits && is_whole {
                core.forget_edits(self.tracker);
            }
            let has_any = keeps_edits && core.has_edits(self.tracker);
            let edits = has_any.then(|| core.edits(self.tracker)).flatten();
            let edits = edits.map(|edits| edit_changes(&core, &edits));
            // In a transaction of the program's, what it has written before would be disowned, too.
            (edits, !core.is_active())
        };
        store
            .try_transaction(|store| {
                write(store)?;
                if is_own {
                    store.core().disown(self.tracker);
                }
                for edits in edits.iter().flatten() {
                    store.apply_changes(edits);
                }
                Ok(())
            })
            .map(drop)
    }

    fn with<T: 'static>(
        &self,
        run: impl AsyncFnOnce(&B, &Store) -> Result<T, Box<dyn Error>> + 'static,
    ) -> LocalFuture<Result<T, SharedError>> {
        let (backend, store) = (Rc::clone(&self.backend), self.store());
        Box::pin(async move { run(&backend, &store?).await.map_err(Rc::from) })
    }
}

/// The changes, one after the other, that edits come down to: rows that were replaced go first.
fn edit_changes(core: &Core, edits: &EditTree) -> [Changes; 2] {
    let mut gone = Changes::default();
    for (table, row) in &edits.replaced {
        let table = text(core, *table);
        let mut rows = gone.tables.remove(&table).flatten().unwrap_or_default();
        rows.insert(text(core, *row), None);
        gone.tables.insert(table, Some(rows));
    }
    [gone, changes(core, &edits.touched, true)]
}

fn shared(error: impl Error + 'static) -> SharedError {
    Rc::new(error)
}

fn update<B: CustomBackend>(persisted: Persisted) -> Update<CustomHost<B>> {
    match persisted {
        Persisted::Changes(changes) => Update::Changes(changes),
        content => Update::Content(content),
    }
}

/// A listener to the end of transactions; dropping it deletes it from the store.
pub struct Subscription(Store, ListenerId);

impl Drop for Subscription {
    fn drop(&mut self) {
        self.0.del_listener(self.1);
    }
}

impl<B: CustomBackend> Types for CustomHost<B> {
    type Content = Persisted;
    type Changes = Changes;
    type Initial = Content;
    type Handle = Box<dyn Any>;
    type StatusListener = Rc<dyn Fn(Status)>;
    type SaveStateListener = Rc<dyn Fn()>;
    type Subscription = Subscription;
    type Error = SharedError;
}

impl<B: CustomBackend> Backend for CustomHost<B> {
    fn get_persisted(&self) -> LocalFuture<Result<Found<Self>, SharedError>> {
        self.with(async |backend, _| {
            let persisted = backend.get_persisted().await?;
            Ok(persisted.map_or(Found::Nothing(None), |it| Found::Update(update(it))))
        })
    }

    fn set_persisted(&self, changes: Option<Changes>) -> LocalFuture<Result<(), SharedError>> {
        self.note(true, Core::begin_keeping);
        self.with(async move |backend, store| backend.set_persisted(store, changes).await)
    }

    fn add_listener(
        &self,
        listener: Listener<Self>,
    ) -> LocalFuture<Result<Option<Self::Handle>, Self::Error>> {
        let listener = PersisterListener(listener);
        self.with(async move |backend, _| backend.add_persister_listener(listener).await)
    }

    fn del_listener(&self, handle: Box<dyn Any>) -> LocalFuture<Result<(), SharedError>> {
        drop(handle);
        Box::pin(ready(Ok(())))
    }
}

impl<B: CustomBackend> StoreSide for CustomHost<B> {
    fn bring(&self, update: Update<Self>, keeps_edits: bool) -> Result<(), SharedError> {
        let is_whole = matches!(update, Update::Content(_));
        self.bring_by(keeps_edits, is_whole, |store| {
            match update {
                Update::Changes(changes) | Update::Content(Persisted::Changes(changes)) => {
                    store.apply_changes(&changes)
                }
                Update::Content(Persisted::Content((tables, values))) => {
                    store.set_content(tables, values)
                }
                Update::Content(Persisted::Json(json)) => store.set_json(&json).map_err(shared)?,
            };
            Ok(())
        })
    }

    fn bring_initial(
        &self,
        (tables, values): Content,
        keeps_edits: bool,
    ) -> Result<(), SharedError> {
        self.bring_by(keeps_edits, true, |store| {
            store.set_content(tables, values);
            Ok(())
        })
    }

    fn take_changes(&self) -> Result<Option<Changes>, SharedError> {
        let changes = self.store()?.get_transaction_changes();
        Ok((!changes.is_empty()).then_some(changes))
    }

    fn subscribe(
        &self,
        on_finish: Rc<dyn Fn()>,
        _on_leave: Rc<dyn Fn()>,
    ) -> Result<Subscription, SharedError> {
        let store = self.store()?;
        let id = store.add_did_finish_transaction_listener(move |_| on_finish());
        Ok(Subscription(store, id))
    }
}

impl<B: CustomBackend> Edits for CustomHost<B> {
    fn forget_edits(&self) {
        self.note((), |core, tracker| core.forget_edits(tracker));
    }

    fn set_in_step(&self) {
        self.note((), |core, tracker| core.set_in_step(tracker));
    }

    fn end_saving(&self, is_saved: bool) {
        self.note((), |core, tracker| core.end_keeping(tracker, is_saved));
    }

    fn edits(&self) -> Option<Changes> {
        self.note(None, |core, tracker| {
            let edits = (!core.needs_all(tracker)).then(|| core.edits(tracker))??;
            // That a row was replaced is nothing that changes could say.
            let [_, changes] = edit_changes(core, &edits);
            edits.replaced.is_empty().then_some(changes)
        })
    }

    fn has_edits(&self) -> bool {
        self.note(false, |core, tracker| core.has_edits(tracker))
    }

    fn is_saved(&self) -> bool {
        self.note(true, |core, tracker| core.is_kept(tracker))
    }
}

impl<B: CustomBackend> Environment for CustomHost<B> {
    fn ignore_error(&self, error: SharedError) -> Result<(), SharedError> {
        // After the end nobody wants to know.
        if self.store().is_ok() {
            self.backend.on_ignored_error(error);
        }
        Ok(())
    }

    fn call_status_listener(
        &self,
        listener: &Rc<dyn Fn(Status)>,
        status: Status,
    ) -> Result<(), SharedError> {
        listener(status);
        Ok(())
    }

    fn call_save_state_listener(&self, listener: &Rc<dyn Fn()>) -> Result<(), SharedError> {
        listener();
        Ok(())
    }

    fn now(&self) -> f64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0.0, |since| since.as_millis() as f64)
    }

    fn error(&self, error: PersisterError) -> SharedError {
        Rc::new(error)
    }

    fn spawn(&self, task: LocalFuture<()>) {
        self.backend.spawn(task);
    }

    fn timer(&self, milliseconds: u32) -> LocalFuture<()> {
        self.backend.timer(milliseconds)
    }

    fn release(&self) {
        if let Some(store) = self.store.take() {
            store.core().untrack(self.tracker);
        }
    }
}
