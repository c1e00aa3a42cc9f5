//! What a save puts and deletes.

use super::Book;
use super::content::{Content, Row, write_row_record, write_value_record};
use super::edits::{Edits, RowId};
use super::pages::{MOST_PAGES, Pages, SIZE};
use super::text::{Piece, into_text, write_array};
use crate::store::json::write_string;
use rustc_hash::FxHashMap;

/// So many bytes of JSON text are handed over at a time.
const PIECE: usize = 1 << 20;

/// Up to so many rows of a save get records of their own; more are dearer than supplements, all of which
/// have to be read by others who want to know what became of a row.
const FEW: usize = 64;

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
    /// If all that there is of rows goes first: how many pages there are then, with those that are empty.
    pub page_count: Option<u64>,
    /// Pages or supplements, by their numbers.
    pub pages: Vec<(u64, String)>,
    /// Of single rows, whose keys are arrays of two ids.
    pub rows: Batch,
    /// Of values, whose keys are ids.
    pub values: Batch,
}

impl Writes {
    /// How many records are written or deleted.
    #[must_use]
    pub fn count(&self) -> usize {
        self.pages.len() + self.rows.count + self.values.count
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
    let mut book = Book::default();
    let size = |row: &Row<'_>| row.table.len() + row.row.len() + row.cells.len() + 16;
    let mut pages = Pages::for_size(content.rows.iter().map(size).sum());
    for row in &content.rows {
        let id = (row.table, row.row);
        let order = book.row(id.0, id.1);
        pages.add(id, |page| write_row_record(page, order, row));
    }
    let mut writes = pages.into_writes();
    let mut record = Vec::new();
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
    let mut lines = Lines::default();
    for id @ (table, row) in edits.touched_rows() {
        match rows.get(&id) {
            Some(whole) => lines.set(book.row(table, row), whole),
            None => {
                book.remove_row(table, row);
                lines.set_gone(id);
            }
        }
    }
    for id in edits.deleted_rows() {
        lines.set_gone(id);
    }
    lines.write(book, &mut writes);
    writes.values(edits, book);
    writes
}

/// Lines about rows, each about another one.
#[derive(Default)]
pub(super) struct Lines<'a> {
    ids: Vec<RowId<'a>>,
    text: Vec<u8>,
}

impl<'a> Lines<'a> {
    fn begin(&mut self, id: RowId<'a>) -> &mut Vec<u8> {
        if !self.ids.is_empty() {
            self.text.push(b'\n');
        }
        self.ids.push(id);
        &mut self.text
    }

    /// The row is that.
    pub(super) fn set(&mut self, order: (u64, u64), row: &Row<'a>) {
        write_row_record(self.begin((row.table, row.row)), order, row);
    }

    /// The row is gone.
    pub(super) fn set_gone(&mut self, id: RowId<'a>) {
        write_array(self.begin(id), [id.0, id.1]);
    }

    /// Write few lines as records of their own, and many as supplements, beside which there must not be
    /// any records of those rows.
    pub(super) fn write(self, book: &mut Book, writes: &mut Writes) {
        let lines = self.text.split(|byte| *byte == b'\n');
        if self.ids.len() <= FEW {
            for (id, line) in self.ids.iter().zip(lines) {
                writes.rows.put(&[id.0, id.1], line);
                book.set_alone(*id);
            }
            return;
        }
        for id in self.ids.iter().filter(|id| book.is_alone(**id)) {
            // The book still says so: if this is not written, it is so.
            writes.rows.delete(&[id.0, id.1]);
        }
        book.add_supplementary(self.ids.len());
        let mut add = |text: &mut Vec<u8>| {
            if !text.is_empty() {
                let number = MOST_PAGES.saturating_add(book.take_number());
                writes.pages.push((number, into_text(std::mem::take(text))));
            }
        };
        let mut text = Vec::with_capacity(SIZE);
        for line in lines {
            if text.len() + line.len() > SIZE {
                add(&mut text);
            }
            if !text.is_empty() {
                text.push(b'\n');
            }
            text.extend_from_slice(line);
        }
        add(&mut text);
    }
}
