//! Saving in one transaction: everything, or only what was edited.

use std::future::ready;

use js_sys::{Array, JSON};
use wasm_bindgen::prelude::{JsCast, JsValue};
use web_sys::{IdbKeyRange, IdbRequest, IdbTransactionMode};

use super::connection::Connection;
use super::fault::Fault;
use super::layout::{Meta, Replaces, new_revision};
use super::requests::{Transaction, results_of, write};
use super::step::InStep;
use crate::binding::persister_functions::StoreFunctions;
use crate::persister::LocalFuture;
use crate::persister::records::{
    Edits, History, Piece, RowId, Step, Stored, merge, split, write_all, write_edited,
};

/// A save that has been handed to the browser.
pub(super) struct Begun {
    pub(super) end: LocalFuture<Result<(), Fault>>,
    pub(super) after: After,
}

impl Begun {
    /// A save of no edits.
    pub(super) fn nothing() -> Self {
        Self {
            end: Box::pin(ready(Ok(()))),
            after: After::Same,
        }
    }
}

/// What is known once a save has succeeded.
pub(super) enum After {
    /// All of this.
    All(InStep),
    /// From one state to the next.
    Next {
        from: u64,
        to: u64,
        history: History,
    },
    /// The store is in step with no more than it was before.
    Same,
}

fn malformed() -> Fault {
    let error = js_sys::Error::new("The store gave what is no content");
    Fault::of(error.into())
}

/// Replace everything by the store's content, provided that the state is the one to be replaced.
pub(super) fn save_all(
    connection: &Connection,
    store: &StoreFunctions,
    replaces: Replaces,
) -> Result<Begun, Fault> {
    let transaction = connection.transaction(IdbTransactionMode::Readwrite)?;
    let step = replace(&transaction, store, replaces)?;
    Ok(Begun {
        end: transaction.commit(connection.undoes()),
        after: After::All(step),
    })
}

fn replace(
    transaction: &Transaction,
    store: &StoreFunctions,
    replaces: Replaces,
) -> Result<InStep, Fault> {
    let text = String::from(store.get_encoded_json().map_err(Fault::Other)?);
    let (writes, book) = write_all(&split(&text).map_err(|_| malformed())?);
    let meta = Meta {
        revision: new_revision(),
        next: book.next(),
        history: History::default(),
    };
    // First, so that nothing is written in vain.
    meta.write(&transaction.meta, replaces)?;
    transaction.rows.clear()?;
    transaction.values.clear()?;
    write(&transaction.rows, writes.rows)?;
    write(&transaction.values, writes.values)?;
    Ok(InStep {
        revision: meta.revision,
        history: meta.history,
        book,
    })
}

/// Write what was edited, provided that the state is the one that the store is in step with. `is_alone` tells
/// that nobody else uses the database, so that nobody can have saved meanwhile.
pub(super) fn save_edited(
    connection: &Connection,
    store: &StoreFunctions,
    edits: &str,
    step: &mut InStep,
    is_alone: bool,
) -> Result<Begun, Fault> {
    let whole = String::from(store.edited_rows_text().map_err(Fault::Other)?);
    let whole = split(&whole).map_err(|_| malformed())?;
    let edits = Edits::read(edits).map_err(|_| malformed())?;
    let transaction = connection.transaction(IdbTransactionMode::Readwrite)?;
    let writes = write_edited(&edits, &whole, &mut step.book);
    let meta = Meta {
        revision: new_revision(),
        next: step.book.next(),
        history: step.history.clone().and(Step::new(step.revision, &edits)),
    };
    // Half of one record is never written, whatever the browser does.
    let now = connection.undoes() || is_alone && writes.count() <= 1;
    meta.write(&transaction.meta, Replaces::State(step.revision))?;
    write(&transaction.rows, writes.rows)?;
    write(&transaction.values, writes.values)?;
    Ok(Begun {
        end: transaction.commit(now),
        after: After::Next {
            from: step.revision,
            to: meta.revision,
            history: meta.history,
        },
    })
}

/// The store's whole content as edits.
pub(super) fn all_as_edits(store: &StoreFunctions) -> Result<String, Fault> {
    let mut text = String::from(store.get_encoded_json().map_err(Fault::Other)?);
    // Before the last bracket.
    text.pop();
    text.push_str(",[]]");
    Ok(text)
}

/// Lay the edits over what is stored, whatever it is; if that is nothing, write everything.
pub(super) async fn save_merged(
    connection: &Connection,
    store: &StoreFunctions,
    edits: &str,
) -> Result<Begun, Fault> {
    let edits = Edits::read(edits).map_err(|_| malformed())?;
    let transaction = connection.transaction(IdbTransactionMode::Readwrite)?;
    let ids = edits.touched_rows();
    let requests = requests(&transaction, &edits, &ids)?;
    let mut results = results_of(requests).await?.into_iter();
    let meta = Meta::read(&results.next().unwrap_or_default())?;
    let Some(meta) = meta else {
        let step = replace(&transaction, store, Replaces::Nothing)?;
        return Ok(Begun {
            end: transaction.commit(connection.undoes()),
            after: After::All(step),
        });
    };
    let mut rows = Vec::new();
    for (id, record) in ids.iter().zip(results.by_ref()) {
        let text = record.as_string();
        if text.is_none() && !record.is_undefined() {
            return Err(Fault::Unreadable);
        }
        rows.push((*id, text));
    }
    let values = results
        .by_ref()
        .take(edits.set.values.len())
        .filter_map(|record| record.as_string())
        .collect();
    let first = |records: JsValue| records.unchecked_into::<Array>().get(0).as_string();
    let stored = Stored {
        rows,
        values,
        tables: results.filter_map(first).collect(),
        next: meta.next,
    };
    let (writes, book) = merge(&edits, &stored).map_err(|_| Fault::Unreadable)?;
    let next = Meta {
        revision: new_revision(),
        next: book.next(),
        history: meta.history.clone().and(Step::new(meta.revision, &edits)),
    };
    next.write(&transaction.meta, Replaces::State(meta.revision))?;
    write(&transaction.rows, writes.rows)?;
    write(&transaction.values, writes.values)?;
    Ok(Begun {
        end: transaction.commit(false),
        after: After::Same,
    })
}

/// What has to be read to lay edits over it: the state, the touched rows, the values that are set, and a
/// row of each touched table.
fn requests(
    transaction: &Transaction,
    edits: &Edits<'_>,
    ids: &[RowId<'_>],
) -> Result<Vec<IdbRequest>, Fault> {
    let mut requests = vec![transaction.meta.get_all()?];
    for id in ids {
        requests.push(transaction.rows.get(&row_key(*id)?)?);
    }
    for value in &edits.set.values {
        requests.push(transaction.values.get(&key(value.id)?)?);
    }
    let mut latest = None;
    for (table, _) in ids {
        if latest.replace(*table) != Some(*table) {
            // An array comes after all texts.
            let table = key(table)?;
            let (from, to) = (Array::of1(&table), Array::of2(&table, &Array::new()));
            let range = IdbKeyRange::bound(&from, &to)?;
            requests.push(transaction.rows.get_all_with_key_and_limit(&range, 1)?);
        }
    }
    Ok(requests)
}

/// The key that an id stands for.
pub(super) fn key(id: Piece<'_>) -> Result<JsValue, JsValue> {
    JSON::parse(&String::from_utf8_lossy(id))
}

/// The key of a row.
pub(super) fn row_key((table, row): RowId<'_>) -> Result<JsValue, JsValue> {
    Ok(Array::of2(&key(table)?, &key(row)?).into())
}
