//! A store's content as records, for places that can write one without the others. Nothing here knows
//! of such a place, or of JavaScript.
//!
//! A row's record is the text `[table order,row order,"table","row",{cells}]`, a value's is
//! `[order,"value",content]`. The order numbers keep the order in which tables, rows and values came,
//! since a place gives its records in some order of its own; a table has one number as long as any row
//! of it is there. The record names what it is of, so that a load needs the records alone. It has no
//! white space: a line break separates records.
//!
//! A place takes its time for each record, so many rows share one:
//!
//! | where | whose rows | written by |
//! |---|---|---|
//! | a page | those whose ids have its hash | a save of everything, and gathering |
//! | a supplement | those that one save has written or deleted | a save of many rows |
//! | a record of its own | one | a save of few rows |
//!
//! All three hold lines: a row's record, or `["table","row"]` if it is gone. Of several about one row,
//! that in a record of its own counts, then the one in the latest supplement, then the one in its page. So
//! a save neither reads nor writes anything but what it is about. What stands apart from the pages
//! makes loading slower; when there is much of it, it is gathered into new pages, which changes nothing
//! of the content.
//!
//! Ids and contents are not looked into: they are pieces of JSON text as the store writes it, where
//! each text is written in one way only, lone surrogates escaped. So two ids are equal if their
//! pieces are.

mod book;
mod changes;
mod content;
mod edits;
mod history;
mod lines;
mod merge;
mod pages;
#[cfg(test)]
mod tests;
mod text;
mod writes;

pub use book::Book;
pub use changes::changes;
pub use content::{Content, Row, Value, split};
pub use edits::{Edits, RowId};
pub use history::{History, Step, Touched};
pub use lines::Texts;
pub use merge::{Stored, merge};
pub use pages::{MOST_PAGES, gather, page_of};
pub use text::Piece;
pub use writes::{Batch, Writes, write_all, write_edited};

use crate::store::Error;
use lines::lines;

/// What there is in a place's records, read from them.
#[derive(Default)]
pub struct Loaded {
    /// The JSON text of the content `[tables, values]`.
    pub text: String,
    /// What is to be known of them.
    pub book: Book,
}

/// The content of all records.
///
/// # Errors
/// If any of them is no record; [`is_line`] and [`is_value`] tell which.
pub fn load(texts: &Texts) -> Result<Loaded, Error> {
    let mut book = Book::default();
    let latest = texts.latest()?.into_iter();
    let mut rows: Vec<_> = latest.filter_map(|(_, line)| line.record).collect();
    let mut values = lines(&texts.values)
        .map(content::value_record)
        .collect::<Result<Vec<_>, _>>()?;
    for record in &rows {
        book.set_row(record.row.table, record.row.row, record.order);
    }
    for (order, value) in &values {
        book.set_value(value.id, *order);
    }
    for text in lines(&texts.rows) {
        book.set_alone(content::line(text)?.id);
    }
    book.add_supplementary(lines(&texts.supplements).count());
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

/// Whether a text is a line about a row.
#[must_use]
pub fn is_line(text: &str) -> bool {
    content::line(text.as_bytes()).is_ok()
}

/// Whether a text is the record of a value.
#[must_use]
pub fn is_value(text: &str) -> bool {
    content::value_record(text.as_bytes()).is_ok()
}
