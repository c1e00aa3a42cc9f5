//! IndexedDB: a record a row, so that a save writes what has changed.
//!
//! `layout` says what stands where, and how a save makes sure that nobody has saved meanwhile. If somebody
//! has, the edits are laid over what is stored now (`saving`). `listening` brings what others save.

mod connection;
mod fault;
mod layout;
mod listening;
mod migration;
mod reading;
mod requests;
mod saving;
mod step;

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
use connection::Connection;
use fault::Fault;
use layout::Replaces;
use listening::{Channel, listen};
use reading::{Newer, read_all, set_aside};
use saving::{After, Begun, all_as_edits, save_all, save_edited, save_merged};
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
    connection: RefCell<Option<Rc<Connection>>>,
    opening: RefCell<Option<Opening>>,
    store: StoreFunctions,
    /// The state that the store reflects, as seen through the connection; `None` if that is not known.
    base: RefCell<Option<Base>>,
    channel: OnceCell<Option<Channel>>,
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
    ) -> Self {
        let is_time = |seconds: &f64| *seconds > 0.0;
        let milliseconds = |seconds: f64| (seconds * 1000.0).ceil() as u32;
        Self {
            name,
            interval: interval_seconds.filter(is_time).map(milliseconds),
            connection: RefCell::default(),
            opening: RefCell::default(),
            store,
            base: RefCell::default(),
            channel: OnceCell::new(),
        }
    }

    fn channel(&self) -> Option<&Channel> {
        self.channel
            .get_or_init(|| Channel::open(&self.name))
            .as_ref()
    }

    fn interval(&self, has_channel: bool) -> Option<u32> {
        self.interval.or((!has_channel).then_some(INTERVAL))
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
        self.base.replace(stored.base);
        let has_set_aside = connection.has_set_aside.take() || stored.has_set_aside;
        let problem = has_set_aside.then(|| Fault::Unreadable.into_error());
        Ok(match (stored.text, problem) {
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
                Some(save_all(&connection, &save.store, replaces))
            }
            (Some(edits), Some(Base::State(_))) if *edits == NO_EDITS => Some(Ok(Begun::nothing())),
            (Some(edits), Some(Base::State(step))) => {
                let edits = String::from(edits);
                Some(save_edited(&connection, &save.store, &edits, step))
            }
            (Some(_), _) => None,
        };
        self.base.replace(base);
        begun
    }

    /// Await what was begun. If it was in vain because somebody else has saved since, lay the edits over
    /// what is stored now; if the connection is gone, try with another one, once.
    async fn write(
        self: &Rc<Self>,
        begun: Option<Result<Begun, Fault>>,
        save: Save,
        is_based: bool,
    ) -> Result<(), Fault> {
        let edits = |save: &Save| match &save.edits {
            Some(edits) => Ok(Some(String::from(edits))),
            None if is_based => all_as_edits(&save.store).map(Some),
            None => Ok(None),
        };
        let mut result = match begun {
            Some(begun) => self.end(begun).await,
            None => self.write_after_reading(&save, edits(&save)?).await,
        };
        if let Err(Fault::Conflict(_)) = result {
            result = self.write_after_reading(&save, edits(&save)?).await;
        }
        if let Err(Fault::Unreadable) = result {
            // Nothing is written over it. The next load tells of it.
            let connection = self.connect().await?;
            drop(set_aside(&connection).await?);
            connection.has_set_aside.set(true);
            result = self.write_after_reading(&save, edits(&save)?).await;
        }
        if let Err(Fault::Dead(_)) = result {
            self.disconnect();
            result = self.write_after_reading(&save, edits(&save)?).await;
        }
        result
    }

    async fn write_after_reading(
        self: &Rc<Self>,
        save: &Save,
        edits: Option<String>,
    ) -> Result<(), Fault> {
        let connection = self.connect().await?;
        let begun = match edits {
            None => save_all(&connection, &save.store, Replaces::Any),
            Some(edits) => save_merged(&connection, &save.store, &edits).await,
        };
        self.end(begun).await
    }

    async fn end(&self, begun: Result<Begun, Fault>) -> Result<(), Fault> {
        let begun = begun?;
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

    fn tell_others(&self) {
        if let Some(channel) = self.channel() {
            channel.tell();
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
            let written = self.write(begun, save, is_based).await;
            written.map_err(Fault::into_error)
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
