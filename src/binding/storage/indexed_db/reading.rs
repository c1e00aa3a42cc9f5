//! Reading what is stored: all of it, or what others have touched.

use js_sys::Array;
use wasm_bindgen::prelude::{JsCast, JsValue};
use web_sys::IdbTransactionMode;

use super::aside::set_aside;
use super::connection::Connection;
use super::fault::Fault;
use super::layout::Meta;
use super::records::{joined, read_some_rows, read_values, requests_of_rows};
use super::requests::{result_of, results_of};
use super::step::{Base, InStep};
use crate::persister::records::{Loaded, Texts, changes, load as load_records, split};

/// Everything that is stored.
pub(super) struct Stored {
    /// The JSON text of the content; `None` if there is none.
    pub(super) text: Option<String>,
    /// The state that it is of.
    pub(super) base: Option<Base>,
    /// Whether some records could not be read, and were set aside.
    pub(super) has_set_aside: bool,
}

/// Read everything.
pub(super) async fn read_all(connection: &Connection) -> Result<Stored, Fault> {
    let transaction = connection.transaction(IdbTransactionMode::Readonly)?;
    let mut requests = Vec::from(requests_of_rows(&transaction.rows)?);
    requests.extend([transaction.values.get_all()?, transaction.meta.get_all()?]);
    let mut results = results_of(requests).await?;
    let meta = Meta::read(&results.pop().unwrap_or_default())?;
    let is_empty = |records: &JsValue| records.unchecked_ref::<Array>().length() == 0;
    if meta.is_none() && results.iter().all(is_empty) {
        return Ok(Stored {
            text: None,
            base: Some(Base::Nothing),
            has_set_aside: false,
        });
    }
    let mut texts = results.iter().map(joined);
    let mut next = || texts.next().unwrap_or_default();
    let texts = Texts {
        pages: next(),
        supplements: next(),
        rows: next(),
        values: next(),
    };
    match load_records(&texts) {
        Ok(loaded) => Ok(stored(loaded, meta, false)),
        Err(_) => {
            let texts = set_aside(connection).await?;
            let loaded = load_records(&texts).unwrap_or_default();
            Ok(stored(loaded, meta, true))
        }
    }
}

fn stored(loaded: Loaded, meta: Option<Meta>, has_set_aside: bool) -> Stored {
    let mut book = loaded.book;
    let base = meta.map(|meta| {
        book.set_next(meta.next);
        Base::State(InStep {
            revision: meta.revision,
            history: meta.history,
            pages: meta.pages,
            version: meta.version,
            book,
        })
    });
    Stored {
        text: Some(loaded.text),
        base,
        has_set_aside,
    }
}

/// What others have stored since a state.
pub(super) enum News {
    /// Nothing.
    None,
    /// Something; everything has to be read to know what.
    Much,
    /// This.
    Some(Box<Newer>),
}

/// The records of what others have touched.
pub(super) struct Newer {
    meta: Meta,
    /// The state after which they came.
    since: u64,
    rows: Vec<Option<String>>,
    values: Vec<Option<String>>,
}

impl Newer {
    /// The text of the changes for the store, whose rows `rows_of` gives by a text of their ids; an error
    /// if something is no record.
    pub(super) fn changes(
        &self,
        rows_of: impl FnOnce(&str) -> Result<String, Fault>,
    ) -> Result<String, Fault> {
        let touched = self.meta.history.since(self.since).unwrap_or_default();
        let now = rows_of(&touched.row_ids())?;
        split(&now)
            .and_then(|now| changes(&touched, &self.rows, &self.values, &now))
            .map_err(|_| Fault::Unreadable)
    }

    /// The step that follows `step`, if that is still of the state of before.
    pub(super) fn after(self, mut step: InStep) -> InStep {
        if step.revision == self.since
            && let Some(touched) = self.meta.history.since(self.since)
        {
            if step.pages != self.meta.pages {
                step.book.set_gathered();
                step.pages = self.meta.pages;
            }
            step.book.take_note(&touched, &self.rows, &self.values);
            step.book.set_next(self.meta.next);
            step.revision = self.meta.revision;
            step.history = self.meta.history;
        }
        step
    }
}

/// The name of the state of the database, if anything is stored.
pub(super) async fn read_revision(connection: &Connection) -> Result<Option<u64>, Fault> {
    let transaction = connection.transaction(IdbTransactionMode::Readonly)?;
    let meta = result_of(transaction.meta.get_all()?).await?;
    Ok(Meta::read(&meta)?.map(|meta| meta.revision))
}

/// Find out what others have stored since `revision`, which is `None` if nothing was.
pub(super) async fn read_news(
    connection: &Connection,
    revision: Option<u64>,
) -> Result<News, Fault> {
    let transaction = connection.transaction(IdbTransactionMode::Readonly)?;
    let meta = result_of(transaction.meta.get_all()?).await?;
    let Some(meta) = Meta::read(&meta)? else {
        return Ok(News::None);
    };
    if revision == Some(meta.revision) {
        return Ok(News::None);
    }
    let Some((since, touched)) =
        revision.and_then(|revision| Some((revision, meta.history.since(revision)?)))
    else {
        return Ok(News::Much);
    };
    let rows = read_some_rows(&transaction, meta.pages, &touched.rows).await?;
    let values = read_values(&transaction, &touched.values).await?;
    let rows = rows.records_of(&touched.rows);
    Ok(News::Some(Box::new(Newer {
        rows: rows.map_err(|_| Fault::Unreadable)?,
        values,
        meta,
        since,
    })))
}
