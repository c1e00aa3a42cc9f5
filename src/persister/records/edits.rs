//! What has changed since the last save, taken apart.

use super::content::{Content, content};
use super::text::{Piece, elements, string, write_array};
use crate::store::Error;
use crate::store::json::Scanner;
use rustc_hash::{FxHashMap, FxHashSet};

/// The ids of a table and a row.
pub type RowId<'a> = (Piece<'a>, Piece<'a>);

/// New cells and values, and what is gone. What is both was gone first.
#[derive(Default)]
pub struct Edits<'a> {
    /// The new cells and values.
    pub set: Content<'a>,
    /// Rows that are gone.
    pub gone_rows: FxHashSet<RowId<'a>>,
    /// The cells that are gone, by row.
    pub gone_cells: FxHashMap<RowId<'a>, Vec<Piece<'a>>>,
    /// Values that are gone.
    pub gone_values: FxHashSet<Piece<'a>>,
}

impl<'a> Edits<'a> {
    /// Take the JSON text `[tables, values, gone]` apart, where `gone` is a list of paths: `[table, row]`,
    /// `[table, row, cell]` or `[value]`.
    ///
    /// # Errors
    /// If it is none.
    pub fn read(text: &'a str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text.as_bytes());
        scanner.expect(b'[')?;
        let mut edits = Edits {
            set: content(&mut scanner)?,
            ..Edits::default()
        };
        scanner.expect(b',')?;
        elements(&mut scanner, |scanner| {
            let path = path(scanner)?;
            match *path.as_slice() {
                [value] => drop(edits.gone_values.insert(value)),
                [table, row] => drop(edits.gone_rows.insert((table, row))),
                [table, row, cell] => {
                    edits.gone_cells.entry((table, row)).or_default().push(cell);
                }
                _ => return scanner.error(),
            }
            Ok(())
        })?;
        scanner.expect(b']')?;
        scanner.end()?;
        Ok(edits)
    }

    /// The rows of which cells are new or gone, each once, in order.
    #[must_use]
    pub fn touched_rows(&self) -> Vec<RowId<'a>> {
        let mut seen = FxHashSet::default();
        let set = self.set.rows.iter().map(|row| (row.table, row.row));
        set.chain(self.gone_cells.keys().copied())
            .filter(|id| seen.insert(*id))
            .collect()
    }

    /// The rows that are gone and stay so.
    pub fn deleted_rows(&self) -> impl Iterator<Item = RowId<'a>> {
        let set: FxHashSet<RowId<'a>> = self
            .set
            .rows
            .iter()
            .map(|row| (row.table, row.row))
            .collect();
        self.gone_rows
            .iter()
            .copied()
            .filter(move |id| !set.contains(id))
    }

    /// All rows that are to be written or deleted.
    #[must_use]
    pub fn rows(&self) -> Vec<RowId<'a>> {
        let mut rows = self.touched_rows();
        rows.extend(self.deleted_rows());
        rows
    }

    /// The values that are gone and stay so.
    pub fn deleted_values(&self) -> impl Iterator<Item = Piece<'a>> {
        let set: FxHashSet<Piece<'a>> = self.set.values.iter().map(|value| value.id).collect();
        self.gone_values
            .iter()
            .copied()
            .filter(move |id| !set.contains(id))
    }
}

/// An array of strings.
pub(super) fn path<'a>(scanner: &mut Scanner<'a>) -> Result<Vec<Piece<'a>>, Error> {
    let mut path = Vec::with_capacity(3);
    elements(scanner, |scanner| {
        path.push(string(scanner)?);
        Ok(())
    })?;
    Ok(path)
}

/// Writes the paths of the rows and values that are written or deleted; also gives how many.
pub(super) fn write_paths(edits: &Edits<'_>) -> (usize, Vec<u8>) {
    let set = edits.set.values.iter().map(|value| value.id);
    let values = set.chain(edits.deleted_values());
    let mut count = 0usize;
    let mut out = vec![b'['];
    let mut add = |path: &[Piece<'_>]| {
        if count > 0 {
            out.push(b',');
        }
        count += 1;
        write_array(&mut out, path.iter().copied());
    };
    for (table, row) in edits.rows() {
        add(&[table, row]);
    }
    values.for_each(|value| add(&[value]));
    out.push(b']');
    (count, out)
}
