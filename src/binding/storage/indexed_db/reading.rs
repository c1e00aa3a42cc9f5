//! Reading what is stored: all of it, or what others have touched.

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::{JsCast, JsValue};
use web_sys::{IdbObjectStore, IdbTransactionMode};

use super::connection::Connection;
use super::fault::Fault;
use super::layout::{Meta, ROWS, VALUES};
use super::migration::set_aside_record;
use super::requests::{Transaction, result_of, results_of};
use super::saving::{key, row_key};
use super::step::{Base, InStep};
use crate::persister::records::{
    Loaded, Touched, changes, is_row, is_value, load as load_records, split,
};

/// Everything that is stored.
pub(super) struct Stored {
    /// The JSON text of the content; `None` if there is none.
    pub(super) text: Option<JsString>,
    /// The state that it is of.
    pub(super) base: Option<Base>,
    /// Whether some records could not be read, and were set aside.
    pub(super) has_set_aside: bool,
}

/// Read everything.
pub(super) async fn read_all(connection: &Connection) -> Result<Stored, Fault> {
    let transaction = connection.transaction(IdbTransactionMode::Readonly)?;
    let requests = vec![
        transaction.rows.get_all()?,
        transaction.values.get_all()?,
        transaction.meta.get_all()?,
    ];
    let [rows, values, meta] = three(results_of(requests).await?);
    let meta = Meta::read(&meta)?;
    let (rows, values): (Array, Array) = (rows.unchecked_into(), values.unchecked_into());
    if meta.is_none() && rows.length() == 0 && values.length() == 0 {
        return Ok(Stored {
            text: None,
            base: Some(Base::Nothing),
            has_set_aside: false,
        });
    }
    let joined = |records: &Array| String::from(records.join("\n"));
    match load_records(&joined(&rows), &joined(&values)) {
        Ok(loaded) => Ok(stored(loaded, meta, false)),
        Err(_) => {
            let (rows, values) = set_aside(connection).await?;
            let loaded = load_records(&rows, &values).unwrap_or_default();
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
            book,
        })
    });
    Stored {
        text: Some(loaded.text.into()),
        base,
        has_set_aside,
    }
}

fn three(results: Vec<JsValue>) -> [JsValue; 3] {
    results.try_into().unwrap_or_default()
}

/// Move what is no record to where nothing is written over it; gives the texts of the others.
pub(super) async fn set_aside(connection: &Connection) -> Result<(String, String), Fault> {
    let (transaction, aside) = connection.setting_aside()?;
    let (rows, values) = (&transaction.rows, &transaction.values);
    let requests = vec![
        rows.get_all_keys()?,
        rows.get_all()?,
        values.get_all_keys()?,
        values.get_all()?,
    ];
    let mut lists = results_of(requests).await?.into_iter();
    let mut sort = |from: &str, store: &IdbObjectStore, is_record: fn(&str) -> bool| {
        let mut next = || lists.next().unwrap_or_default().unchecked_into::<Array>();
        let (keys, records) = (next(), next());
        let mut good: Vec<String> = Vec::new();
        for (key, record) in keys.iter().zip(records.iter()) {
            match record.as_string() {
                Some(text) if is_record(&text) && !text.contains('\n') => good.push(text),
                _ => {
                    aside.add(&set_aside_record(from, &key, &record)?)?;
                    store.delete(&key)?;
                }
            }
        }
        Ok::<String, Fault>(good.join("\n"))
    };
    let good = (sort(ROWS, rows, is_row)?, sort(VALUES, values, is_value)?);
    transaction.commit(false).await?;
    Ok(good)
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
    rows: Records,
    values: Records,
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
            step.book.take_note(&touched, &self.rows, &self.values);
            step.book.set_next(self.meta.next);
            step.revision = self.meta.revision;
            step.history = self.meta.history;
        }
        step
    }
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
    let (rows, values) = read_touched(&transaction, &touched).await?;
    Ok(News::Some(Box::new(Newer {
        meta,
        since,
        rows,
        values,
    })))
}

type Records = Vec<Option<String>>;

async fn read_touched(
    transaction: &Transaction,
    touched: &Touched<'_>,
) -> Result<(Records, Records), Fault> {
    let rows = touched
        .rows
        .iter()
        .map(|id| transaction.rows.get(&row_key(*id)?));
    let values = touched
        .values
        .iter()
        .map(|id| transaction.values.get(&key(id)?));
    let requests = rows.chain(values).collect::<Result<_, JsValue>>()?;
    let results = results_of(requests).await?;
    let mut records = results.iter().map(JsValue::as_string);
    let rows = records.by_ref().take(touched.rows.len()).collect();
    Ok((rows, records.collect()))
}
