//! The lines about rows, wherever they stand, and which of several about one row counts.

use super::RowId;
use super::content::{Line, line};
use super::text::Piece;
use crate::store::Error;
use rustc_hash::FxHashMap;

/// What was read from a place: the texts of its records, with line breaks in between.
#[derive(Default)]
pub struct Texts {
    /// The pages, which have a line for each row at most.
    pub pages: String,
    /// The supplements from first to last: each counts more than those before it, and than the pages.
    pub supplements: String,
    /// The records of single rows, which count most.
    pub rows: String,
    /// The records of values.
    pub values: String,
}

/// The lines of a text.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Piece<'_>> {
    text.split('\n')
        .filter(|line| !line.is_empty())
        .map(str::as_bytes)
}

impl Texts {
    /// Which lines there are beside the pages, by row: the one that counts.
    pub(super) fn apart(&self) -> Result<FxHashMap<RowId<'_>, Piece<'_>>, Error> {
        lines(&self.supplements)
            .chain(lines(&self.rows))
            .map(|text| Ok((line(text)?.id, text)))
            .collect()
    }

    /// The lines that count, each with its text.
    pub(super) fn latest(&self) -> Result<Vec<(Piece<'_>, Line<'_>)>, Error> {
        let apart = self.apart()?;
        let mut latest = Vec::new();
        for text in lines(&self.pages) {
            let line = line(text)?;
            if apart.is_empty() || !apart.contains_key(&line.id) {
                latest.push((text, line));
            }
        }
        for text in apart.into_values() {
            latest.push((text, line(text)?));
        }
        Ok(latest)
    }

    /// The records of some rows, as far as there are any.
    ///
    /// # Errors
    /// If there is a line that is no record.
    pub fn records_of(&self, ids: &[RowId<'_>]) -> Result<Vec<Option<String>>, Error> {
        let wanted = ids.iter().zip(0..);
        let wanted: FxHashMap<RowId<'_>, usize> = wanted.map(|(id, at)| (*id, at)).collect();
        let mut records = vec![None; ids.len()];
        for (text, line) in self.latest()? {
            if let Some(record) = wanted.get(&line.id).and_then(|at| records.get_mut(*at)) {
                *record = line
                    .record
                    .map(|_| String::from_utf8_lossy(text).into_owned());
            }
        }
        Ok(records)
    }
}
