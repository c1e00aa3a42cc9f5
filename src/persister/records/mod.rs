//! A store's content as records, one a row and one a value, for places that can write one without
//! the others. Nothing here knows of such a place, or of JavaScript.
//!
//! A row's record is the text `[table order,row order,"table","row",{cells}]`, a value's is
//! `[order,"value",content]`. The order numbers keep the order in which tables, rows and values came,
//! since a place gives its records in some order of its own; a table has one number as long as any row
//! of it is there. The record names what it is of, so that a load needs the records alone. It has no
//! white space: a line break separates records.
//!
//! Ids and contents are not looked into: they are pieces of JSON text as the store writes it, where
//! each text is written in one way only, lone surrogates escaped. So two ids are equal if their
//! pieces are.

mod book;
mod changes;
mod content;
mod edits;
mod history;
mod merge;
#[cfg(test)]
mod tests;
mod text;
mod writes;

pub use book::Book;
pub use changes::changes;
pub use content::{Content, Row, Value, split};
pub use edits::{Edits, RowId};
pub use history::{History, Step, Touched};
pub use merge::{Stored, merge};
pub use text::Piece;
pub use writes::{Batch, Writes, write_all, write_edited};

use crate::store::Error;

/// What there is in a place's records, read from them.
#[derive(Default)]
pub struct Loaded {
    /// The JSON text of the content `[tables, values]`.
    pub text: String,
    /// The order numbers.
    pub book: Book,
}

/// The content of all records: the rows' and the values', each text with line breaks in between.
///
/// # Errors
/// If any of them is no record; [`is_row`] and [`is_value`] tell which.
pub fn load(rows: &str, values: &str) -> Result<Loaded, Error> {
    let mut rows = lines(rows)
        .map(content::row_record)
        .collect::<Result<Vec<_>, _>>()?;
    let mut values = lines(values)
        .map(content::value_record)
        .collect::<Result<Vec<_>, _>>()?;
    let mut book = Book::default();
    for record in &rows {
        book.set_row(record.row.table, record.row.row, record.order);
    }
    for (order, value) in &values {
        book.set_value(value.id, *order);
    }
    // By the book: if two tabs have made a table at once, its rows may not agree on its number.
    rows.sort_by_cached_key(|record| {
        let table = record.row.table;
        (book.table(table), table, record.order.1, record.row.row)
    });
    values.sort_by_key(|(order, value)| (*order, value.id));
    let rows = rows.into_iter().map(|record| record.row).collect();
    let values = values.into_iter().map(|(_, value)| value).collect();
    Ok(Loaded {
        text: content::join(&Content { rows, values }),
        book,
    })
}

fn lines(text: &str) -> impl Iterator<Item = &[u8]> {
    text.split('\n')
        .filter(|line| !line.is_empty())
        .map(str::as_bytes)
}

/// Whether a text is the record of a row.
#[must_use]
pub fn is_row(text: &str) -> bool {
    content::row_record(text.as_bytes()).is_ok()
}

/// Whether a text is the record of a value.
#[must_use]
pub fn is_value(text: &str) -> bool {
    content::value_record(text.as_bytes()).is_ok()
}
