//! IndexedDB, so that a save writes what has changed, and many rows together.
//!
//! Each request takes the browser some 0.2 ms, so 100,000 rows cannot be as many records. A save of everything
//! writes up to 256 pages; later saves write beside them, which needs nothing that is stored to be read:
//! few rows as a record each, many as a supplement. `persister::records` has these texts and says which of
//! several about one row counts. A row that is gone leaves a record that says so.
//!
//! `layout` says what stands where, and how a save makes sure that nobody has saved meanwhile. If somebody
//! has, the edits are laid over what is stored now (`saving`). `listening` brings what others save; where a
//! row is stored follows from its ids, so they read the few records that matter (`records`).
//!
//! When a save has left much apart from the pages, all is gathered into new ones (`gathering`): from what is
//! stored, not from the store, which may show only part of it. The save has succeeded by then; if the
//! gathering fails or breaks off, nothing has changed, since it is one transaction.
//!
//! A database of format 1 has a record for each row, and is read as one that has no pages.

mod aside;
mod connection;
mod fault;
mod gathering;
mod layout;
mod listening;
mod migration;
mod others;
mod reading;
mod records;
mod requests;
mod saving;
mod step;
mod undoing;

use std::cell::{Cell, OnceCell, RefCell};
use std::future::ready;
use std::rc::Rc;

use js_sys::{JsString, Promise};
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::{BuiltIn, Guard, NO_EDITS, Save};
use crate::binding::futures::{promised, timer};
use crate::binding::persister_content::Content;
use crate::binding::persister_functions::StoreFunctions;
use crate::binding::persister_host::JsHost;
use crate::persister::{Found, Listener, LocalFuture, Update, unless};
use aside::set_aside;
use connection::Connection;
use fault::Fault;
use gathering::gather_rows;
use layout::Replaces;
use listening::listen;
use others::Others;
use reading::{Newer, read_all};
use saving::{After, Begun, all_as_edits, save_all, save_edited, save_merged, with_version};
use step::Base;

/// How long to wait for others to make way for an upgrade, in milliseconds.
const OPEN_TIME_LIMIT: u32 = 5000;

/// How often to look for what others have saved where there are no channels, in milliseconds.
const INTERVAL: u32 = 1000;

/// The place of one store's records.
pub(crate) struct IndexedDb {
    name: JsString,
    /// How often to look for what others have saved, if that was said.
    interval: Option<u32>,
    /// The version that the app's content has, if it says so.
    version: Option<u64>,
    connection: RefCell<Option<Rc<Connection>>>,
    opening: RefCell<Option<Opening>>,
    store: StoreFunctions,
    /// The state that the store reflects, as seen through the connection; `None` if that is not known.
    base: RefCell<Option<Base>>,
    others: OnceCell<Option<Others>>,
    /// The state that the last save leads to that the store is in step with: it is no news.
    own: Cell<Option<u64>>,
    /// What looks for news, if anybody listens.
    look: RefCell<Option<Rc<dyn Fn()>>>,
    /// Whether gathering has failed since the last load, so that it is not tried with each save.
    cannot_gather: Cell<bool>,
}

/// A connection that is being opened.
#[derive(Clone)]
struct Opening {
    /// Settles when it is there or has failed.
    end: Promise,
    /// Whether nobody is in the way any longer.
    is_upgrading: Rc<Cell<bool>>,
    fault: Rc<Cell<Option<Fault>>>,
}

impl IndexedDb {
    /// The records in the database `name`. Nothing is touched yet. Others' saves are looked for every
    /// `interval_seconds`, if that is a time.
    pub(crate) fn new(
        store: StoreFunctions,
        name: JsString,
        interval_seconds: Option<f64>,
        version: Option<u64>,
    ) -> Self {
        let is_time = |seconds: &f64| *seconds > 0.0;
        let milliseconds = |seconds: f64| (seconds * 1000.0).ceil() as u32;
        Self {
            name,
            interval: interval_seconds.filter(is_time).map(milliseconds),
            version,
            connection: RefCell::default(),
            opening: RefCell::default(),
            store,
            base: RefCell::default(),
            others: OnceCell::new(),
            own: Cell::default(),
            look: RefCell::default(),
            cannot_gather: Cell::default(),
        }
    }

    fn others(&self) -> Option<&Others> {
        self.others
            .get_or_init(|| Others::reach(&self.name))
            .as_ref()
    }

    /// How often to look, if at all.
    fn interval(&self) -> Option<u32> {
        let is_reached = self.others().is_some();
        self.interval.or((!is_reached).then_some(INTERVAL))
    }

    /// Have `look` called whenever there may be news, or nobody.
    fn set_look(&self, look: Option<Rc<dyn Fn()>>) {
        if let Some(others) = self.others() {
            others.set_listener(look.clone());
        }
        self.look.replace(look);
    }

    /// Look for news, if anybody listens.
    fn look(&self) {
        let look = self.look.borrow().clone();
        if let Some(look) = look {
            look();
        }
    }

    /// The connection, if there is one that is open.
    fn connected(&self) -> Option<Rc<Connection>> {
        let connection = self.connection.borrow().clone()?;
        if connection.is_open() {
            return Some(connection);
        }
        self.disconnect();
        None
    }

    /// Forget the connection, and what was known through it: the database may be another one.
    fn disconnect(&self) {
        let connection = self.connection.take();
        self.base.take();
        drop(connection);
    }

    /// The connection, opened if need be. One that takes too long is not given up, but no longer waited
    /// for.
    async fn connect(self: &Rc<Self>) -> Result<Rc<Connection>, Fault> {
        if let Some(connection) = self.connected() {
            return Ok(connection);
        }
        let opening = self.opening.borrow().clone();
        let opening = opening.unwrap_or_else(|| self.open());
        loop {
            let end = JsFuture::from(opening.end.clone());
            let end = Box::pin(async move { drop(end.await) });
            if unless(end, timer(OPEN_TIME_LIMIT)).await.is_some() {
                break;
            }
            if !opening.is_upgrading.get() {
                return Err(Fault::blocked());
            }
        }
        match self.connected() {
            Some(connection) => Ok(connection),
            None => Err(opening.fault.take().unwrap_or_else(Fault::closed)),
        }
    }

    fn open(self: &Rc<Self>) -> Opening {
        // Others hear of it as early as can be.
        self.others();
        let is_upgrading = Rc::new(Cell::new(false));
        let fault = Rc::new(Cell::new(None));
        let connection = connection::open(self.name.clone(), Rc::clone(&is_upgrading));
        let (this, why) = (Rc::clone(self), Rc::clone(&fault));
        let end = promised(async move {
            match connection.await {
                Ok(connection) => drop(this.connection.replace(Some(Rc::new(connection)))),
                Err(fault) => why.set(Some(fault)),
            }
            drop(this.opening.take());
            Ok(())
        });
        let opening = Opening {
            end,
            is_upgrading,
            fault,
        };
        self.opening.replace(Some(opening.clone()));
        opening
    }

    /// Whether content of that version is what the app has.
    fn has_version(&self, version: Option<u64>) -> bool {
        self.version
            .is_none_or(|own| own == version.unwrap_or_default())
    }

    /// Whether what was loaded is of another version than what the store has made of it.
    fn is_migrated(&self) -> bool {
        match &*self.base.borrow() {
            Some(Base::State(step)) => !self.has_version(step.version),
            _ => false,
        }
    }

    /// The name of the state that the store reflects.
    fn revision(&self) -> Option<u64> {
        match &*self.base.borrow() {
            Some(Base::State(step)) => Some(step.revision),
            _ => None,
        }
    }

    /// What the store holds of some rows, as the JSON text of a content.
    fn rows_of(&self, ids: &str) -> Result<String, Fault> {
        let rows = self.store.get_encoded_rows(&ids.into());
        rows.map(String::from).map_err(Fault::Other)
    }

    /// The store has got what others have stored.
    fn catch_up(&self, newer: Newer) {
        let base = match self.base.take() {
            Some(Base::State(step)) => Some(Base::State(newer.after(step))),
            base => base,
        };
        self.base.replace(base);
    }

    async fn read(self: &Rc<Self>) -> Result<Found<JsHost>, Fault> {
        let connection = self.connect().await?;
        let stored = read_all(&connection).await?;
        let version = match &stored.base {
            Some(Base::State(step)) => step.version.filter(|_| self.version.is_some()),
            _ => None,
        };
        let text = stored.text.map(|text| match version {
            Some(version) => with_version(&text, version).into(),
            None => JsString::from(text),
        });
        self.base.replace(stored.base);
        self.cannot_gather.set(false);
        let has_set_aside = connection.has_set_aside.take() || stored.has_set_aside;
        let problem = has_set_aside.then(|| Fault::Unreadable.into_error());
        Ok(match (text, problem) {
            (None, problem) => Found::Nothing(problem),
            (Some(text), None) => Found::Update(Update::Content(Content::Text(text))),
            (Some(text), Some(problem)) => {
                Found::Partly(Update::Content(Content::Text(text)), problem)
            }
        })
    }

    /// Begin a save at once; `None` if something has to be awaited first.
    fn begin(&self, save: &Save) -> Option<Result<Begun, Fault>> {
        let connection = self.connected()?;
        // Taken out, since what is called may be anybody's.
        let mut base = self.base.take();
        let begun = match (&save.edits, &mut base) {
            (None, base) => {
                let replaces = Base::replaces(base.as_ref());
                Some(save_all(&connection, &save.store, self.version, replaces))
            }
            (Some(_), Some(Base::State(step))) if !self.has_version(step.version) => {
                // What was loaded was migrated, all of it.
                let replaces = Replaces::State(step.revision);
                Some(save_all(&connection, &save.store, self.version, replaces))
            }
            (Some(edits), Some(Base::State(_))) if *edits == NO_EDITS => Some(Ok(Begun::nothing())),
            (Some(edits), Some(Base::State(step))) => {
                let edits = String::from(edits);
                let is_alone = self.others().is_some_and(Others::is_alone);
                let store = &save.store;
                Some(save_edited(&connection, store, &edits, step, is_alone))
            }
            (Some(_), _) => None,
        };
        self.base.replace(base);
        begun
    }

    /// Await what was begun. What can be mended is tried again, each cause once: if somebody else has saved
    /// since, the edits are laid over what is stored now; what cannot be read there is set aside, and the
    /// next load tells of it; if the connection is gone, another one is opened.
    async fn write(
        self: &Rc<Self>,
        begun: Option<Result<Begun, Fault>>,
        save: Save,
        is_based: bool,
    ) -> Result<(), Fault> {
        let mut result = match begun {
            Some(begun) => self.end(begun).await,
            None => self.write_after_reading(&save, is_based).await,
        };
        let (mut had_conflict, mut had_unreadable, mut had_dead) = (false, false, false);
        loop {
            match result {
                Err(Fault::Conflict(_)) if !had_conflict => had_conflict = true,
                Err(Fault::Unreadable) if !had_unreadable => {
                    had_unreadable = true;
                    let connection = self.connect().await?;
                    drop(set_aside(&connection).await?);
                    connection.has_set_aside.set(true);
                }
                Err(Fault::Dead(_)) if !had_dead => {
                    had_dead = true;
                    self.disconnect();
                }
                result => return result,
            }
            result = self.write_after_reading(&save, is_based).await;
        }
    }

    async fn write_after_reading(
        self: &Rc<Self>,
        save: &Save,
        is_based: bool,
    ) -> Result<(), Fault> {
        let connection = self.connect().await?;
        let edits = match &save.edits {
            Some(edits) => Some(String::from(edits)),
            None if is_based => Some(all_as_edits(&save.store, self.version)?),
            None => None,
        };
        let begun = match edits {
            None => save_all(&connection, &save.store, self.version, Replaces::Any),
            Some(edits) => save_merged(&connection, &save.store, self.version, &edits).await,
        };
        self.end(begun).await?;
        // The store lacks what others have saved, and is not in step until it has got it.
        self.look();
        Ok(())
    }

    async fn end(&self, begun: Result<Begun, Fault>) -> Result<(), Fault> {
        let begun = begun?;
        self.own.set(match &begun.after {
            After::All(step) => Some(step.revision),
            After::Next { to, .. } => Some(*to),
            After::Same => None,
        });
        // Now, in case that this page does not live to see the end: who looks waits for it.
        self.tell_others();
        begun.end.await?;
        self.tell_others();
        match begun.after {
            After::All(step) => drop(self.base.replace(Some(Base::State(step)))),
            After::Next { from, to, history } => {
                if let Some(Base::State(step)) = self.base.borrow_mut().as_mut()
                    && step.revision == from
                {
                    step.revision = to;
                    step.history = history;
                }
            }
            After::Same => {}
        }
        Ok(())
    }

    /// Gather what stands apart from the pages, if that is much.
    async fn gather(&self) {
        let connection = self.connected();
        let revision = match &*self.base.borrow() {
            Some(Base::State(step)) if step.book.is_scattered() => step.revision,
            _ => return,
        };
        let Some(connection) = connection.filter(|_| !self.cannot_gather.get()) else {
            return;
        };
        match gather_rows(&connection, revision).await {
            Ok(Some(gathered)) => {
                if let Some(Base::State(step)) = self.base.borrow_mut().as_mut()
                    && step.revision == revision
                {
                    step.revision = gathered.revision;
                    step.pages = gathered.pages;
                    step.history = gathered.history;
                    step.book.set_gathered();
                }
                self.tell_others();
            }
            // Somebody else has saved.
            Ok(None) => {}
            // All is stored as well as before.
            Err(_) => self.cannot_gather.set(true),
        }
    }

    fn tell_others(&self) {
        if let Some(others) = self.others() {
            others.tell();
        }
    }
}

impl BuiltIn for IndexedDb {
    fn load(self: Rc<Self>) -> LocalFuture<Result<Found<JsHost>, JsValue>> {
        Box::pin(async move {
            let mut found = self.read().await;
            if let Err(Fault::Dead(_)) = found {
                self.disconnect();
                found = self.read().await;
            }
            found.map_err(Fault::into_error)
        })
    }

    fn save(self: Rc<Self>, save: Save) -> LocalFuture<Result<(), JsValue>> {
        let begun = self.begin(&save);
        let is_based = self.base.borrow().is_some();
        Box::pin(async move {
            self.write(begun, save, is_based)
                .await
                .map_err(Fault::into_error)?;
            self.gather().await;
            Ok(())
        })
    }

    fn listen(
        self: Rc<Self>,
        listener: Listener<JsHost>,
    ) -> LocalFuture<Result<Option<Guard>, JsValue>> {
        let listening = listen(self, listener);
        Box::pin(ready(Ok(Some(Box::new(listening) as Guard))))
    }
}
