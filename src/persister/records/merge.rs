//! Edits laid over records that somebody else may have written.

use super::Book;
use super::changes::member;
use super::content::{Row, row_record, value_record, write_row_record};
use super::edits::{Edits, RowId};
use super::text::{Piece, pairs};
use super::writes::Writes;
use crate::store::Error;
use rustc_hash::FxHashMap;

/// What is stored of all that edits touch.
pub struct Stored<'a> {
    /// The rows that [`Edits::touched_rows`] gives, and their records.
    pub rows: Vec<(RowId<'a>, Option<String>)>,
    /// Any record of each table whose rows are touched.
    pub tables: Vec<String>,
    /// The records of the values that are set, as far as there are any.
    pub values: Vec<String>,
    /// The number for what comes next.
    pub next: u64,
}

/// What to write so that only the edited cells and values become what the edits say.
///
/// # Errors
/// If what is stored is no record.
pub fn merge(edits: &Edits<'_>, stored: &Stored<'_>) -> Result<(Writes, Book), Error> {
    let mut book = Book::starting_at(stored.next);
    let mut old = FxHashMap::default();
    for (id, record) in &stored.rows {
        if let Some(record) = record {
            let record = row_record(record.as_bytes())?;
            book.set_row(id.0, id.1, record.order);
            old.insert(*id, record.row.cells);
        }
    }
    for record in &stored.tables {
        let record = row_record(record.as_bytes())?;
        book.set_row(record.row.table, record.row.row, record.order);
    }
    for record in &stored.values {
        let (order, value) = value_record(record.as_bytes())?;
        book.set_value(value.id, order);
    }
    let new: FxHashMap<RowId<'_>, Piece<'_>> = edits
        .set
        .rows
        .iter()
        .map(|row| ((row.table, row.row), row.cells))
        .collect();
    let mut writes = Writes::default();
    for (id @ (table, row), _) in &stored.rows {
        if edits.gone_rows.contains(id) {
            book.remove_row(table, row);
            old.remove(id);
        }
        let gone = edits.gone_cells.get(id).map_or(&[][..], Vec::as_slice);
        let old = old.get(id).copied().unwrap_or(b"{}");
        let cells = lay_over(old, new.get(id).copied().unwrap_or(b"{}"), gone)?;
        if cells == b"{}" {
            book.remove_row(table, row);
            writes.rows.delete(&[table, row]);
        } else {
            let mut record = Vec::new();
            let order = book.row(table, row);
            let cells = &cells;
            write_row_record(&mut record, order, &Row { table, row, cells });
            writes.rows.put(&[table, row], &record);
        }
    }
    for (table, row) in edits.deleted_rows() {
        writes.rows.delete(&[table, row]);
    }
    writes.values(edits, &mut book);
    Ok((writes, book))
}

/// The cells of `old` with those of `new` in their place or after them, and without those that are gone.
fn lay_over(old: Piece<'_>, new: Piece<'_>, gone: &[Piece<'_>]) -> Result<Vec<u8>, Error> {
    let new = pairs(new)?;
    let mut news: FxHashMap<Piece<'_>, Piece<'_>> = new.iter().copied().collect();
    let mut out = vec![b'{'];
    for (cell, content) in pairs(old)? {
        match news.remove(cell) {
            Some(content) => member(&mut out, cell, content),
            None if gone.contains(&cell) => {}
            None => member(&mut out, cell, content),
        }
    }
    for (cell, content) in new {
        if news.remove(cell).is_some() {
            member(&mut out, cell, content);
        }
    }
    out.push(b'}');
    Ok(out)
}
