//! Edits laid over records that somebody else may have written.

use super::Book;
use super::changes::member;
use super::content::{Row, line, value_record};
use super::edits::{Edits, RowId};
use super::lines::{Texts, lines};
use super::text::{Piece, pairs};
use super::writes::{Lines, Writes};
use crate::store::Error;
use rustc_hash::{FxHashMap, FxHashSet};

/// What is stored of all that edits touch.
pub struct Stored {
    /// All lines about the rows of [`Edits::rows`], any lines about others, and the records of the
    /// values that are set.
    pub texts: Texts,
    /// Whether that is all that is stored of rows.
    pub is_all: bool,
    /// The number for what comes next.
    pub next: u64,
}

/// What to write so that only the edited cells and values become what the edits say. `None` if all
/// that is stored is needed, to know which number a table has.
///
/// # Errors
/// If what is stored is no record.
pub fn merge(edits: &Edits<'_>, stored: &Stored) -> Result<Option<(Writes, Book)>, Error> {
    let mut book = Book::starting_at(stored.next);
    let ids = edits.touched_rows();
    let touched: FxHashSet<RowId<'_>> = ids.iter().copied().collect();
    let mut old = FxHashMap::default();
    for (_, line) in stored.texts.latest()? {
        let Some(record) = line.record else { continue };
        book.set_row(record.row.table, record.row.row, record.order);
        if touched.contains(&line.id) {
            old.insert(line.id, record.row.cells);
        }
    }
    if !stored.is_all && ids.iter().any(|(table, _)| book.table(table).is_none()) {
        return Ok(None);
    }
    for text in lines(&stored.texts.rows) {
        book.set_alone(line(text)?.id);
    }
    for record in lines(&stored.texts.values) {
        let (order, value) = value_record(record)?;
        book.set_value(value.id, order);
    }
    let new: FxHashMap<RowId<'_>, Piece<'_>> = edits
        .set
        .rows
        .iter()
        .map(|row| ((row.table, row.row), row.cells))
        .collect();
    let mut writes = Writes::default();
    let mut whole = Vec::new();
    for id @ (table, row) in ids {
        if edits.gone_rows.contains(&id) {
            book.remove_row(table, row);
            old.remove(&id);
        }
        let gone = edits.gone_cells.get(&id).map_or(&[][..], Vec::as_slice);
        let old = old.get(&id).copied().unwrap_or(b"{}");
        let cells = lay_over(old, new.get(&id).copied().unwrap_or(b"{}"), gone)?;
        whole.push((id, cells));
    }
    let mut written = Lines::default();
    for (id @ (table, row), cells) in &whole {
        if cells == b"{}" {
            book.remove_row(table, row);
            written.set_gone(*id);
        } else {
            let order = book.row(table, row);
            written.set(order, &Row { table, row, cells });
        }
    }
    for id in edits.deleted_rows() {
        written.set_gone(id);
    }
    written.write(&mut book, &mut writes);
    writes.values(edits, &mut book);
    Ok(Some((writes, book)))
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
