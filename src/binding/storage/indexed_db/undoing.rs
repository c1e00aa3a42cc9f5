//! Whether the browser undoes a transaction of which a request fails when it was told to commit.
//!
//! It should (<https://w3c.github.io/IndexedDB/#commit-transaction>), but Firefox commits the rest. There
//! a transaction that may fail must be left to commit by itself.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbTransactionMode};

use super::layout::SET_ASIDE;
use super::requests::{Committing, event_at};
use crate::binding::futures::spawn;

thread_local! {
    static KNOWN: Cell<Option<bool>> = const { Cell::new(None) };
}

/// Find it out, unless it is known: `undoes` becomes true if it does.
pub(super) fn find_out(db: &IdbDatabase, undoes: &Rc<Cell<bool>>) {
    if let Some(known) = KNOWN.get() {
        undoes.set(known);
        return;
    }
    let Ok(end) = try_it(db) else {
        return;
    };
    let undoes = Rc::clone(undoes);
    spawn(Box::pin(async move {
        if let Ok(event) = end.await {
            let has_undone = event.type_() == "abort";
            KNOWN.set(Some(has_undone));
            undoes.set(has_undone);
        }
    }));
}

type End = crate::persister::LocalFuture<Result<web_sys::Event, JsValue>>;

/// Add the same twice, and delete it, so that nothing is left in any case.
fn try_it(db: &IdbDatabase) -> Result<End, JsValue> {
    let names = Array::of1(&SET_ASIDE.into());
    let mode = IdbTransactionMode::Readwrite;
    let transaction = db.transaction_with_str_sequence_and_mode(&names, mode)?;
    let end = event_at(&transaction, &["complete", "abort"]);
    let store = transaction.object_store(SET_ASIDE)?;
    let key = JsValue::from_f64(-1.0);
    store.add_with_key(&JsValue::TRUE, &key)?;
    store.add_with_key(&JsValue::TRUE, &key)?;
    store.delete(&key)?;
    transaction.unchecked_ref::<Committing>().commit()?;
    Ok(end)
}
