//! What a save puts and deletes.

use super::Book;
use super::content::{Content, write_row_record, write_value_record};
use super::edits::Edits;
use super::text::{Piece, into_text, write_array};
use crate::store::json::write_string;
use rustc_hash::FxHashMap;

/// So many bytes of JSON text are handed over at a time.
const PIECE: usize = 1 << 20;

/// Keys and records as JSON texts of lists, `[[key,"record"],…]` or `[key,…]`.
#[derive(Default)]
pub struct Batch {
    count: usize,
    puts: Vec<Vec<u8>>,
    deletes: Vec<Vec<u8>>,
}

/// Adds one to the last of some lists.
fn add(lists: &mut Vec<Vec<u8>>, write: impl FnOnce(&mut Vec<u8>)) {
    if lists.last().is_none_or(|list| list.len() > PIECE) {
        lists.push(Vec::new());
    }
    if let Some(list) = lists.last_mut() {
        list.push(if list.is_empty() { b'[' } else { b',' });
        write(list);
    }
}

fn texts(lists: Vec<Vec<u8>>) -> impl Iterator<Item = String> {
    lists.into_iter().map(|mut list| {
        list.push(b']');
        into_text(list)
    })
}

fn write_key(out: &mut Vec<u8>, key: &[Piece<'_>]) {
    match key {
        [id] => out.extend_from_slice(id),
        ids => write_array(out, ids.iter().copied()),
    }
}

impl Batch {
    pub(super) fn put(&mut self, key: &[Piece<'_>], record: &[u8]) {
        self.count += 1;
        add(&mut self.puts, |out| {
            out.push(b'[');
            write_key(out, key);
            out.push(b',');
            write_string(out, record);
            out.push(b']');
        });
    }

    pub(super) fn delete(&mut self, key: &[Piece<'_>]) {
        self.count += 1;
        add(&mut self.deletes, |out| write_key(out, key));
    }

    /// The texts of what to put and of what to delete.
    pub fn into_texts(self) -> (impl Iterator<Item = String>, impl Iterator<Item = String>) {
        (texts(self.puts), texts(self.deletes))
    }
}

/// What to put and delete.
#[derive(Default)]
pub struct Writes {
    /// Of rows, whose keys are arrays of two ids.
    pub rows: Batch,
    /// Of values, whose keys are ids.
    pub values: Batch,
}

impl Writes {
    /// How many records are written or deleted.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rows.count + self.values.count
    }

    /// The edited values.
    pub(super) fn values(&mut self, edits: &Edits<'_>, book: &mut Book) {
        for id in &edits.gone_values {
            book.remove_value(id);
        }
        for value in &edits.set.values {
            let mut record = Vec::new();
            write_value_record(&mut record, book.value(value.id), value);
            self.values.put(&[value.id], &record);
        }
        for id in edits.deleted_values() {
            self.values.delete(&[id]);
        }
    }
}

/// The records of a whole content, numbered anew.
#[must_use]
pub fn write_all(content: &Content<'_>) -> (Writes, Book) {
    let (mut writes, mut book) = (Writes::default(), Book::default());
    let mut record = Vec::new();
    for row in &content.rows {
        record.clear();
        write_row_record(&mut record, book.row(row.table, row.row), row);
        writes.rows.put(&[row.table, row.row], &record);
    }
    for value in &content.values {
        record.clear();
        write_value_record(&mut record, book.value(value.id), value);
        writes.values.put(&[value.id], &record);
    }
    (writes, book)
}

/// The records of what was edited, when nobody else has written: `whole` has the whole rows of which
/// cells were edited.
#[must_use]
pub fn write_edited(edits: &Edits<'_>, whole: &Content<'_>, book: &mut Book) -> Writes {
    let mut writes = Writes::default();
    let rows: FxHashMap<_, _> = whole
        .rows
        .iter()
        .map(|row| ((row.table, row.row), row))
        .collect();
    for (table, row) in &edits.gone_rows {
        book.remove_row(table, row);
    }
    let mut record = Vec::new();
    for id @ (table, row) in edits.touched_rows() {
        match rows.get(&id) {
            Some(whole) => {
                record.clear();
                write_row_record(&mut record, book.row(table, row), whole);
                writes.rows.put(&[table, row], &record);
            }
            None => {
                book.remove_row(table, row);
                writes.rows.delete(&[table, row]);
            }
        }
    }
    for (table, row) in edits.deleted_rows() {
        writes.rows.delete(&[table, row]);
    }
    writes.values(edits, book);
    writes
}
