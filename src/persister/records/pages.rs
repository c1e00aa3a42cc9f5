//! Many rows in one record: pages and supplements.

use super::RowId;
use super::lines::Texts;
use super::text::{Piece, into_text};
use super::writes::Writes;
use crate::store::Error;
use crate::store::hash::pair_hash;

/// How many pages there are at most. Supplements have greater numbers than pages.
pub const MOST_PAGES: u64 = 256;

/// A page has about so many bytes, or more where there are as many pages as there can be.
pub(super) const SIZE: usize = 1 << 16;

/// The number of the page that a row is on, among so many.
#[must_use]
pub fn page_of((table, row): RowId<'_>, count: u64) -> u64 {
    let hash = u64::from(pair_hash(table, row));
    hash.checked_rem(count).unwrap_or(0)
}

/// Pages that are being written.
pub(super) struct Pages(Vec<Vec<u8>>);

impl Pages {
    /// Pages for about so many bytes.
    pub(super) fn for_size(size: usize) -> Self {
        let count = (size / SIZE).saturating_add(1).min(MOST_PAGES as usize);
        Pages(vec![Vec::new(); count])
    }

    /// Write a line about a row, as `write` does, to its page.
    pub(super) fn add(&mut self, id: RowId<'_>, write: impl FnOnce(&mut Vec<u8>)) {
        let at = page_of(id, self.0.len() as u64);
        if let Some(page) = self.0.get_mut(at as usize) {
            if !page.is_empty() {
                page.push(b'\n');
            }
            write(page);
        }
    }

    /// What replaces all that there is of rows by these pages.
    pub(super) fn into_writes(self) -> Writes {
        let page_count = Some(self.0.len() as u64);
        let pages = (0..).zip(self.0);
        let pages = pages.filter(|(_, page)| !page.is_empty());
        Writes {
            page_count,
            pages: pages
                .map(|(number, page)| (number, into_text(page)))
                .collect(),
            ..Writes::default()
        }
    }
}

/// What moves all rows in `texts` to pages, wherever they stand there.
///
/// # Errors
/// If there is a line that is no record.
pub fn gather(texts: &Texts) -> Result<Writes, Error> {
    let latest = texts.latest()?;
    let there = latest.iter().filter(|(_, line)| line.record.is_some());
    let there: Vec<(RowId<'_>, Piece<'_>)> = there.map(|(text, line)| (line.id, *text)).collect();
    let mut pages = Pages::for_size(there.iter().map(|(_, text)| text.len()).sum());
    for (id, text) in there {
        pages.add(id, |page| page.extend_from_slice(text));
    }
    Ok(pages.into_writes())
}
