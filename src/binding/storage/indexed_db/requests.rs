//! IndexedDB's requests and transactions as futures.
//!
//! What a future waits for is asked for when it is made, not when it is first polled. After a request
//! the transaction is still active when the future goes on, since that happens in the microtasks of
//! the event.

use js_sys::{Array, JSON, Promise, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

use super::fault::Fault;
use super::layout::{META, ROWS, SET_ASIDE, VALUES};
use crate::persister::records::{Batch, Writes};
use crate::persister::{LocalFuture, poll_now};

#[wasm_bindgen]
extern "C" {
    // `web_sys::IdbTransaction`, where this method counts as experimental.
    pub(super) type Committing;
    #[wasm_bindgen(method, catch)]
    pub(super) fn commit(this: &Committing) -> Result<(), JsValue>;
}

/// The first of the named events at `target`.
pub(super) fn event_at(target: &JsValue, names: &[&str]) -> LocalFuture<Result<Event, JsValue>> {
    let promise = Promise::new(&mut |resolve, _| {
        for name in names {
            // A handler's property can always be set.
            drop(Reflect::set(target, &format!("on{name}").into(), &resolve));
        }
    });
    Box::pin(async move { Ok(JsFuture::from(promise).await?.unchecked_into()) })
}

/// What a request gives.
pub(super) fn result_of(request: IdbRequest) -> LocalFuture<Result<JsValue, Fault>> {
    let event = event_at(&request, &["success", "error"]);
    Box::pin(async move {
        drop(event.await?);
        match request.error()? {
            Some(error) => Err(Fault::of(error.into())),
            None => Ok(request.result()?),
        }
    })
}

/// What several requests of one transaction give, which come to their ends in order.
pub(super) fn results_of(requests: Vec<IdbRequest>) -> LocalFuture<Result<Vec<JsValue>, Fault>> {
    let last = requests.last().cloned().map(result_of);
    Box::pin(async move {
        if let Some(last) = last {
            last.await?;
        }
        let result = |request: IdbRequest| request.result().map_err(Fault::of);
        requests.into_iter().map(result).collect()
    })
}

/// A transaction over the object stores of what is in use. One that may write is aborted when it is dropped, unless it is
/// committed.
pub(super) struct Transaction {
    transaction: Option<IdbTransaction>,
    pub(super) rows: IdbObjectStore,
    pub(super) values: IdbObjectStore,
    pub(super) meta: IdbObjectStore,
}

impl Transaction {
    pub(super) fn new(db: &IdbDatabase, mode: IdbTransactionMode) -> Result<Self, Fault> {
        Self::over(db, &[ROWS, VALUES, META], mode).map(|(this, _)| this)
    }

    /// One in which something can be set aside, and the object store for that.
    pub(super) fn setting_aside(db: &IdbDatabase) -> Result<(Self, IdbObjectStore), Fault> {
        let names = [ROWS, VALUES, META, SET_ASIDE];
        let (this, transaction) = Self::over(db, &names, IdbTransactionMode::Readwrite)?;
        Ok((this, transaction.object_store(SET_ASIDE)?))
    }

    fn over(
        db: &IdbDatabase,
        names: &[&str],
        mode: IdbTransactionMode,
    ) -> Result<(Self, IdbTransaction), Fault> {
        let names: Array = names.iter().copied().map(JsValue::from).collect();
        let transaction = db.transaction_with_str_sequence_and_mode(&names, mode)?;
        let mut this = Self::of(&transaction)?;
        this.transaction = (mode == IdbTransactionMode::Readwrite).then(|| transaction.clone());
        Ok((this, transaction))
    }

    /// The object stores of a transaction that somebody else ends.
    pub(super) fn of(transaction: &IdbTransaction) -> Result<Self, Fault> {
        Ok(Self {
            rows: transaction.object_store(ROWS)?,
            values: transaction.object_store(VALUES)?,
            meta: transaction.object_store(META)?,
            transaction: None,
        })
    }

    /// Let the transaction come to its end, which is the future's. With `now` all that was asked for is
    /// written whatever becomes of this page: no event has to be waited for.
    pub(super) fn commit(mut self, now: bool) -> LocalFuture<Result<(), Fault>> {
        let Some(transaction) = self.transaction.take() else {
            return Box::pin(core::future::ready(Ok(())));
        };
        let event = event_at(&transaction, &["complete", "abort"]);
        // The errors of its requests come here.
        let mut failure = event_at(&transaction, &["error"]);
        if now {
            // Where there is no such method, the transaction commits by itself.
            drop(transaction.unchecked_ref::<Committing>().commit());
        }
        Box::pin(async move {
            let event = event.await?;
            // A transaction that was told to commit need not be aborted (Firefox).
            let failed = poll_now(&mut failure)
                .transpose()?
                .and_then(|event| event.target());
            let error =
                failed.and_then(|failed| failed.unchecked_into::<IdbRequest>().error().ok()?);
            match error.or_else(|| transaction.error()) {
                Some(error) => Err(Fault::of(error.into())),
                None if event.type_() == "complete" => Ok(()),
                // WebKit does not tell any error of such a transaction.
                None if now => Err(Fault::Conflict(JsValue::UNDEFINED)),
                None => Err(Fault::closed()),
            }
        })
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if let Some(transaction) = self.transaction.take() {
            // It may have been aborted already.
            drop(transaction.abort());
        }
    }
}

/// Put and delete records.
pub(super) fn write(transaction: &Transaction, writes: Writes) -> Result<(), Fault> {
    let Transaction { rows, values, .. } = transaction;
    if writes.page_count.is_some() {
        rows.clear()?;
    }
    for (number, text) in writes.pages {
        rows.put_with_key(&text.into(), &JsValue::from_f64(number as f64))?;
    }
    write_batch(rows, writes.rows)?;
    write_batch(values, writes.values)
}

fn write_batch(store: &IdbObjectStore, batch: Batch) -> Result<(), Fault> {
    let (puts, deletes) = batch.into_texts();
    for text in deletes {
        for key in JSON::parse(&text)?.unchecked_into::<Array>() {
            store.delete(&key)?;
        }
    }
    for text in puts {
        for pair in JSON::parse(&text)?.unchecked_into::<Array>() {
            let pair: Array = pair.unchecked_into();
            store.put_with_key(&pair.get(1), &pair.get(0))?;
        }
    }
    Ok(())
}
