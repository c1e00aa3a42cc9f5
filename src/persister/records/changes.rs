//! What others have saved, as changes for the store.

use super::content::{row_record, value_record};
use super::history::Touched;
use super::text::{Piece, into_text, pairs};
use super::{Book, RowId};
use crate::store::Error;
use rustc_hash::{FxHashMap, FxHashSet};

/// What stands for undefined: it is gone.
const GONE: Piece<'static> = "\"\u{FFFC}\"".as_bytes();

/// JSON texts of changes `[tables, values, 1]`, where U+FFFC stands for undefined.
pub struct Changed {
    /// What has to be deleted first, because it came again: the store may still have cells of before.
    pub first: Option<String>,
    /// The changes.
    pub then: String,
}

/// The changes that bring a store up to what is stored. `rows` and `values` are the records of all
/// that was touched, in the same order, as far as there are any. The book takes note of them.
///
/// # Errors
/// If one is no record.
pub fn changes(
    touched: &Touched<'_>,
    rows: &[Option<String>],
    values: &[Option<String>],
    book: &mut Book,
) -> Result<Changed, Error> {
    let (mut first, mut then) = (Tables::default(), Tables::default());
    for (id, record) in touched.rows.iter().zip(rows) {
        let Some(record) = record else {
            book.remove_row(id.0, id.1);
            then.add(*id, GONE.to_vec());
            continue;
        };
        let record = row_record(record.as_bytes())?;
        book.set_row(id.0, id.1, record.order);
        if touched.gone_rows.contains(id) {
            first.add(*id, GONE.to_vec());
        }
        let gone = touched.gone_cells.get(id).map_or(&[][..], Vec::as_slice);
        then.add(*id, cells(record.row.cells, gone)?);
    }
    let mut stored = Vec::new();
    for (id, record) in touched.values.iter().zip(values) {
        let content = match record {
            Some(record) => {
                let (order, value) = value_record(record.as_bytes())?;
                book.set_value(id, order);
                value.content.to_vec()
            }
            None => {
                book.remove_value(id);
                GONE.to_vec()
            }
        };
        stored.push((*id, content));
    }
    Ok(Changed {
        first: (!first.0.is_empty()).then(|| first.text(&[])),
        then: then.text(&stored),
    })
}

/// An object of cells, and of those that are gone and not among them.
fn cells(stored: Piece<'_>, gone: &[Piece<'_>]) -> Result<Vec<u8>, Error> {
    if gone.is_empty() {
        return Ok(stored.to_vec());
    }
    let pairs = pairs(stored)?;
    let mut there: FxHashSet<Piece<'_>> = pairs.iter().map(|(cell, _)| *cell).collect();
    let mut out = vec![b'{'];
    for (cell, content) in pairs {
        member(&mut out, cell, content);
    }
    for cell in gone {
        if there.insert(cell) {
            member(&mut out, cell, GONE);
        }
    }
    out.push(b'}');
    Ok(out)
}

/// Writes one more member of an object.
pub(super) fn member(out: &mut Vec<u8>, key: Piece<'_>, content: Piece<'_>) {
    if out.last() != Some(&b'{') {
        out.push(b',');
    }
    out.extend_from_slice(key);
    out.push(b':');
    out.extend_from_slice(content);
}

/// What becomes of rows, by table.
#[derive(Default)]
struct Tables<'a>(Vec<(Piece<'a>, Vec<u8>)>, FxHashMap<Piece<'a>, usize>);

impl<'a> Tables<'a> {
    fn add(&mut self, (table, row): RowId<'a>, content: Vec<u8>) {
        let index = *self.1.entry(table).or_insert_with(|| {
            self.0.push((table, vec![b'{']));
            self.0.len() - 1
        });
        if let Some((_, rows)) = self.0.get_mut(index) {
            member(rows, row, &content);
        }
    }

    fn text(self, values: &[(Piece<'_>, Vec<u8>)]) -> String {
        let mut out = b"[{".to_vec();
        for (table, mut rows) in self.0 {
            rows.push(b'}');
            member(&mut out, table, &rows);
        }
        out.extend(b"},{");
        for (id, content) in values {
            member(&mut out, id, content);
        }
        out.extend(b"},1]");
        into_text(out)
    }
}
