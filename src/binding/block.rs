//! Blocks of cells from the facade: rows and values as words in the input buffer.
//!
//! A block is a sequence of records, each of one word, kind and count, and what follows:
//!
//! | record | low word | high word | then |
//! |---|---|---|---|
//! | row | 0 | cells | its id, then each cell: id and cell |
//! | row, same cell ids as the one before | 1 | cells | its id, then each cell |
//! | table | 2 | handle of its id | |
//! | values | 3 | values | each value: id and cell |
//!
//! An id of a cell or value is a word with a handle. An id of a row and a cell are a word as in
//! memory, or with one of the inline tags, and then the words of that text. Nothing in a block is
//! trusted: what is malformed ends it with an error.

use super::buffers::from_utf16_bytes;
use super::layout::{
    RECORD_BAD_ROW, RECORD_ROW, RECORD_SAME_ROW, RECORD_TABLE, RECORD_VALUES, TAG_INLINE_ASCII,
    TAG_INLINE_JSON_ASCII, TAG_INLINE_JSON_UTF16, TAG_INLINE_UTF16, TAG_REJECTED,
};
use crate::store::{Cell, CellKind, Error, Staged, Store, TextId};

/// Reads blocks into staged content.
#[derive(Default)]
pub struct BlockReader {
    /// The cell ids of the latest row.
    columns: Vec<TextId>,
    text: Vec<u8>,
    /// What has been read.
    pub staged: Staged,
}

impl BlockReader {
    /// Makes ready for other content.
    pub fn clear(&mut self) {
        self.columns.clear();
        self.staged.clear();
    }

    /// Reads a block.
    pub fn read(&mut self, store: &mut Store, mut words: &[u8]) -> Result<(), Error> {
        while let Some(record) = take(&mut words) {
            let count = (record >> 32) as u32;
            match record as u32 {
                RECORD_ROW => {
                    let row = self.row_id(store, &mut words)?;
                    self.columns.clear();
                    for _ in 0..count {
                        let id = self.id(store, &mut words)?;
                        let cell = self.cell(store, &mut words)?;
                        self.columns.push(id);
                        self.staged.cell(store.texts(), id, cell);
                    }
                    self.staged.end_row(store.texts(), row);
                }
                RECORD_SAME_ROW => {
                    let row = self.row_id(store, &mut words)?;
                    for index in 0..count as usize {
                        let cell = self.cell(store, &mut words)?;
                        let id = self.columns.get(index).ok_or(Error::MalformedBlock)?;
                        self.staged.cell(store.texts(), *id, cell);
                    }
                    self.staged.end_row(store.texts(), row);
                }
                RECORD_BAD_ROW => {
                    let row = self.row_id(store, &mut words)?;
                    self.staged.end_bad_row(store.texts(), row);
                }
                RECORD_TABLE => self.staged.end_table(store.texts(), known(store, count)?),
                RECORD_VALUES => {
                    for _ in 0..count {
                        let id = self.id(store, &mut words)?;
                        let cell = self.cell(store, &mut words)?;
                        self.staged.values.push((id, cell));
                    }
                }
                _ => return Err(Error::MalformedBlock),
            }
        }
        Ok(())
    }

    fn id(&mut self, store: &Store, words: &mut &[u8]) -> Result<TextId, Error> {
        known(store, take(words).ok_or(Error::MalformedBlock)? as u32)
    }

    /// An id that may be inline; as an id, it is interned whatever its length.
    fn row_id(&mut self, store: &mut Store, words: &mut &[u8]) -> Result<TextId, Error> {
        let word = take(words).ok_or(Error::MalformedBlock)?;
        let (high, low) = ((word >> 32) as u32, word as u32);
        match high {
            TAG_INLINE_ASCII | TAG_INLINE_UTF16 => {
                self.inline(words, low, high == TAG_INLINE_UTF16)?;
                Ok(store.intern(&self.text))
            }
            _ => known(store, low),
        }
    }

    /// One cell, by handle or inline.
    pub fn cell(&mut self, store: &mut Store, words: &mut &[u8]) -> Result<Cell, Error> {
        let word = take(words).ok_or(Error::MalformedBlock)?;
        let (high, low) = ((word >> 32) as u32, word as u32);
        let is_json = match high {
            TAG_INLINE_ASCII | TAG_INLINE_UTF16 => false,
            TAG_INLINE_JSON_ASCII | TAG_INLINE_JSON_UTF16 => true,
            TAG_REJECTED => return Ok(Cell::rejected(low)),
            _ => {
                let cell = Cell::from_words(high, low).ok_or(Error::MalformedBlock)?;
                if let CellKind::Text(id) | CellKind::Json(id) = cell.kind() {
                    known(store, id.0)?;
                }
                return Ok(cell);
            }
        };
        self.inline(
            words,
            low,
            matches!(high, TAG_INLINE_UTF16 | TAG_INLINE_JSON_UTF16),
        )?;
        let text = store.cell_text(&self.text);
        Ok(if is_json {
            Cell::json(text)
        } else {
            Cell::text(text)
        })
    }

    fn inline(&mut self, words: &mut &[u8], length: u32, is_utf16: bool) -> Result<(), Error> {
        let length = length as usize * if is_utf16 { 2 } else { 1 };
        let taken = length.next_multiple_of(8);
        let (text, rest) = words.split_at_checked(taken).ok_or(Error::MalformedBlock)?;
        let text = text.get(..length).unwrap_or_default();
        self.text.clear();
        if is_utf16 {
            from_utf16_bytes(text, &mut self.text);
        } else {
            self.text.extend(text);
        }
        *words = rest;
        Ok(())
    }
}

fn take(words: &mut &[u8]) -> Option<u64> {
    let (first, rest) = words.split_first_chunk::<8>()?;
    *words = rest;
    Some(u64::from_le_bytes(*first))
}

/// A handle that is this store's.
pub fn known(store: &Store, id: u32) -> Result<TextId, Error> {
    if store.has_text(TextId(id)) {
        Ok(TextId(id))
    } else {
        Err(Error::UnknownHandle)
    }
}
