//! The back ends on the browser's storages, and on a server.

mod channel;
mod codec;
mod edits;
mod file;
mod http;
mod indexed_db;
mod remote;
mod tabs;
mod text;
mod web;

use std::any::Any;
use std::future::ready;
use std::rc::Rc;

use js_sys::JsString;
use wasm_bindgen::prelude::JsValue;

use super::persister_functions::StoreFunctions;
use super::persister_host::JsHost;
use crate::persister::{Found, Listener, LocalFuture};
pub use file::FileHandle;
pub(super) use file::{FileStorage, FileWriter};
pub(super) use indexed_db::IndexedDb;
pub(super) use remote::Remote;
pub(super) use web::{Area, WebStorage};

/// What ends a listening when it is dropped.
pub(super) type Guard = Box<dyn Any>;

/// A place that this library knows how to load from and save to.
///
/// Its methods take the first step before they return and own what they need for the rest: the
/// persister may be destroyed meanwhile. What they throw goes to `onIgnoredError` as it is, so it
/// should be an `Error` with a `code`.
pub(super) trait BuiltIn {
    /// Read what is stored. An error means that there may be something which could not be read: then
    /// nothing is saved automatically until a later load has succeeded.
    fn load(self: Rc<Self>) -> LocalFuture<Result<Found<JsHost>, JsValue>>;

    /// Write the store's content, or only what `save.edits` says. Never called while another load
    /// or save is under way.
    fn save(self: Rc<Self>, save: Save) -> LocalFuture<Result<(), JsValue>>;

    /// What was loaded last cannot be read by the store, as `error` says: put it where nothing is
    /// written over it, and give the error that says where.
    fn set_aside(self: Rc<Self>, error: JsValue) -> LocalFuture<Result<JsValue, JsValue>> {
        Box::pin(ready(Err(error)))
    }

    /// Call `listener` whenever somebody else has changed what is stored, until the guard is
    /// dropped.
    fn listen(
        self: Rc<Self>,
        listener: Listener<JsHost>,
    ) -> LocalFuture<Result<Option<Guard>, JsValue>>;
}

/// The text of no edits.
pub(super) const NO_EDITS: &str = "[{},{},[]]";

/// What is to be saved.
pub(super) struct Save {
    /// The store, of which the content is read when it is needed.
    pub(super) store: StoreFunctions,
    /// What has changed since the place was last in step with the store, as JSON text
    /// `[tables, values, gone]`: the new cells and values, in the form in which they are stored,
    /// and the paths of what is gone, `[table, row]`, `[table, row, cell]` or `[value]`. `None` if
    /// that is not known: then everything is to be written.
    pub(super) edits: Option<JsString>,
}
