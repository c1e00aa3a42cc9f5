//! What others have saved, as changes for the store.

use super::RowId;
use super::content::{Content, row_record, value_record};
use super::history::Touched;
use super::text::{Piece, into_text, pairs};
use crate::store::Error;
use rustc_hash::{FxHashMap, FxHashSet};

/// What stands for undefined: it is gone.
const GONE: Piece<'static> = "\"\u{FFFC}\"".as_bytes();

/// The changes that bring a store up to what is stored, as JSON text `[tables, values, 1]` where U+FFFC
/// stands for undefined. `rows` and `values` are the records of all that was touched, in the same order, as far as
/// there are any; `now` has what the store holds of those rows.
///
/// # Errors
/// If one is no record.
pub fn changes(
    touched: &Touched<'_>,
    rows: &[Option<String>],
    values: &[Option<String>],
    now: &Content<'_>,
) -> Result<String, Error> {
    let now: FxHashMap<RowId<'_>, Piece<'_>> = now
        .rows
        .iter()
        .map(|row| ((row.table, row.row), row.cells))
        .collect();
    let mut tables = Tables::default();
    for (id, record) in touched.rows.iter().zip(rows) {
        tables.add(
            *id,
            match record {
                Some(record) => {
                    let stored = row_record(record.as_bytes())?.row.cells;
                    cells(stored, now.get(id).copied().unwrap_or(b"{}"))?
                }
                None => GONE.to_vec(),
            },
        );
    }
    let mut stored = Vec::new();
    for (id, record) in touched.values.iter().zip(values) {
        let content = match record {
            Some(record) => value_record(record.as_bytes())?.1.content.to_vec(),
            None => GONE.to_vec(),
        };
        stored.push((*id, content));
    }
    Ok(tables.text(&stored))
}

/// An object of cells, and of those that are there now and have to go.
fn cells(stored: Piece<'_>, now: Piece<'_>) -> Result<Vec<u8>, Error> {
    let mut out = vec![b'{'];
    let mut seen = FxHashSet::default();
    for (cell, content) in pairs(stored)? {
        seen.insert(cell);
        member(&mut out, cell, content);
    }
    for (cell, _) in pairs(now)? {
        if !seen.contains(cell) {
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
