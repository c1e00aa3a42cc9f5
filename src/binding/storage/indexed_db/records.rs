//! Reading records of rows and values: all, or some.

use js_sys::{Array, JSON};
use wasm_bindgen::prelude::{JsCast, JsValue};
use web_sys::{IdbKeyRange, IdbObjectStore, IdbRequest};

use super::fault::Fault;
use super::layout::Pages;
use super::requests::{Transaction, results_of};
use crate::persister::records::{MOST_PAGES, Piece, RowId, Texts, page_of};

/// Of more rows than these it is quicker to read all there are.
pub(super) const MOST: usize = 1000;

/// What the keys of single rows are above: an array comes after all numbers.
fn rows_key() -> JsValue {
    Array::new().into()
}

/// The pages, the supplements, and the records of single rows.
pub(super) fn requests_of_rows(rows: &IdbObjectStore) -> Result<[IdbRequest; 3], JsValue> {
    let first = JsValue::from_f64(MOST_PAGES as f64);
    let alone = IdbKeyRange::lower_bound(&rows_key())?;
    Ok([
        rows.get_all_with_key(&IdbKeyRange::upper_bound_with_open(&first, true)?.into())?,
        request_of_supplements(rows)?,
        rows.get_all_with_key(&alone.into())?,
    ])
}

fn request_of_supplements(rows: &IdbObjectStore) -> Result<IdbRequest, JsValue> {
    let first = JsValue::from_f64(MOST_PAGES as f64);
    rows.get_all_with_key(
        &IdbKeyRange::bound_with_lower_open_and_upper_open(&first, &rows_key(), false, true)?
            .into(),
    )
}

/// The texts of records, which need not be any.
pub(super) fn joined(records: &JsValue) -> String {
    String::from(records.unchecked_ref::<Array>().join("\n"))
}

/// All there is of rows.
pub(super) async fn read_rows(transaction: &Transaction) -> Result<Texts, Fault> {
    let requests = requests_of_rows(&transaction.rows)?;
    let results = results_of(requests.into()).await?;
    let mut texts = results.iter().map(joined);
    let mut next = || texts.next().unwrap_or_default();
    Ok(Texts {
        pages: next(),
        supplements: next(),
        rows: next(),
        values: String::new(),
    })
}

/// All there is of some rows, and what else is with it.
pub(super) async fn read_some_rows(
    transaction: &Transaction,
    pages: Pages,
    ids: &[RowId<'_>],
) -> Result<Texts, Fault> {
    let rows = &transaction.rows;
    let alone = ids.iter().map(|id| rows.get(&row_key(*id)?));
    let alone = texts(alone.collect::<Result<_, JsValue>>()?).await?;
    let missing = ids.iter().zip(&alone).filter(|(_, text)| text.is_none());
    let mut numbers: Vec<u64> = missing.map(|(id, _)| page_of(*id, pages.count)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut found = Texts {
        rows: joined_texts(alone),
        ..Texts::default()
    };
    if !numbers.is_empty() {
        let numbers = numbers.into_iter().map(|number| number as f64);
        let mut requests = vec![request_of_supplements(rows)?];
        for number in numbers {
            requests.push(rows.get(&number.into())?);
        }
        let mut results = results_of(requests).await?.into_iter();
        found.supplements = joined(&results.next().unwrap_or_default());
        let pages = results.map(text).collect::<Result<Vec<_>, _>>()?;
        found.pages = joined_texts(pages);
    }
    Ok(found)
}

/// The records of some values, as far as there are any.
pub(super) async fn read_values(
    transaction: &Transaction,
    ids: &[Piece<'_>],
) -> Result<Vec<Option<String>>, Fault> {
    let requests = ids.iter().map(|id| transaction.values.get(&key(id)?));
    texts(requests.collect::<Result<_, JsValue>>()?).await
}

async fn texts(requests: Vec<IdbRequest>) -> Result<Vec<Option<String>>, Fault> {
    let results = results_of(requests).await?;
    results.into_iter().map(text).collect()
}

fn text(record: JsValue) -> Result<Option<String>, Fault> {
    match record.as_string() {
        None if !record.is_undefined() => Err(Fault::Unreadable),
        text => Ok(text),
    }
}

fn joined_texts(texts: Vec<Option<String>>) -> String {
    let texts: Vec<String> = texts.into_iter().flatten().collect();
    texts.join("\n")
}

/// The key that an id stands for.
fn key(id: Piece<'_>) -> Result<JsValue, JsValue> {
    JSON::parse(&String::from_utf8_lossy(id))
}

/// The key of a row.
fn row_key((table, row): RowId<'_>) -> Result<JsValue, JsValue> {
    Ok(Array::of2(&key(table)?, &key(row)?).into())
}
