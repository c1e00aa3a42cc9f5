//! A connection to a database: how one is opened, and when it ends.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{JsString, Reflect, global};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbTransactionMode};

use super::fault::Fault;
use super::layout::{self, VERSION};
use super::migration::upgrade;
use super::requests::{Transaction, event_at};
use super::undoing::find_out;
use crate::binding::persister_error::storage_unavailable;

#[wasm_bindgen]
extern "C" {
    // `web_sys::IdbFactory`, but with a name that does not cross: it may not be well-formed.
    type Factory;
    #[wasm_bindgen(method, catch)]
    fn open(this: &Factory, name: &JsString, version: u32) -> Result<IdbOpenDbRequest, JsValue>;
}

/// An open connection, which closes when it is dropped.
pub(super) struct Connection {
    db: IdbDatabase,
    is_closed: Rc<Cell<bool>>,
    _close: Closure<dyn Fn()>,
    /// Whether a transaction that was told to commit is undone if something in it fails, as far as is known.
    undoes: Rc<Cell<bool>>,
    /// Whether the upgrade has set something aside that nobody was told of yet.
    pub(super) has_set_aside: Cell<bool>,
}

impl Connection {
    fn new(db: IdbDatabase, has_set_aside: bool) -> Self {
        let is_closed = Rc::new(Cell::new(false));
        let (closing, seen) = (db.clone(), Rc::clone(&is_closed));
        // Whoever wants to upgrade or delete the database waits until this is closed; transactions
        // that are under way come to their ends all the same.
        let close = Closure::<dyn Fn()>::new(move || {
            seen.set(true);
            closing.close();
        });
        let function = Some(close.as_ref().unchecked_ref());
        db.set_onversionchange(function);
        // The browser has closed it.
        db.set_onclose(function);
        let undoes = Rc::new(Cell::new(false));
        find_out(&db, &undoes);
        Self {
            db,
            is_closed,
            undoes,
            _close: close,
            has_set_aside: Cell::new(has_set_aside),
        }
    }

    pub(super) fn is_open(&self) -> bool {
        !self.is_closed.get()
    }

    pub(super) fn undoes(&self) -> bool {
        self.undoes.get()
    }

    pub(super) fn setting_aside(&self) -> Result<(Transaction, IdbObjectStore), Fault> {
        Transaction::setting_aside(&self.db)
    }

    pub(super) fn transaction(&self, mode: IdbTransactionMode) -> Result<Transaction, Fault> {
        Transaction::new(&self.db, mode)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.db.set_onversionchange(None);
        self.db.set_onclose(None);
        self.db.close();
    }
}

/// Open the database of that name, which is made or brought to our layout if need be. `is_upgrading`
/// becomes true when nobody else is in the way any longer.
pub(super) async fn open(
    name: JsString,
    is_upgrading: Rc<Cell<bool>>,
) -> Result<Connection, Fault> {
    let unavailable = |cause: JsValue| Fault::Other(storage_unavailable("IndexedDB", &cause));
    let factory = Reflect::get(&global(), &"indexedDB".into()).map_err(unavailable)?;
    if !factory.is_object() {
        return Err(unavailable(JsValue::UNDEFINED));
    }
    let factory: Factory = factory.unchecked_into();
    let request = factory.open(&name, VERSION).map_err(Fault::of_opening)?;
    let mut has_set_aside = false;
    let (mut refused, mut upgrading) = (None, None);
    loop {
        let events = ["blocked", "upgradeneeded", "success", "error"];
        match event_at(&request, &events).await?.type_().as_str() {
            "upgradeneeded" => {
                is_upgrading.set(true);
                upgrading = request.transaction();
                match upgrade(&request).await {
                    Ok(has) => has_set_aside = has,
                    Err(fault) => refused = Some(fault),
                }
            }
            "success" => {
                let db: IdbDatabase = request.result()?.unchecked_into();
                if layout::is_ours(&db) {
                    return Ok(Connection::new(db, has_set_aside));
                }
                db.close();
                return Err(Fault::foreign("it is another app's", &JsValue::UNDEFINED));
            }
            "error" => {
                // The request itself says no more than that the upgrade was aborted.
                let error = upgrading.and_then(|upgrading| upgrading.error());
                let error = error.or(request.error()?);
                let error = error.map_or(JsValue::UNDEFINED, JsValue::from);
                return Err(refused.unwrap_or_else(|| Fault::of_opening(error)));
            }
            // Blocked: whoever waits for this has a time limit.
            _ => {}
        }
    }
}
