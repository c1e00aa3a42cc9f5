//! The log of a transaction: what each write replaced, in order.
//!
//! It is what a rollback undoes, what net changes are computed from, and what computed views will be
//! fed by. A cell of a row that is new in the transaction is not logged when it is set, since what
//! it replaced is known; see `Writer::log_new_rows` for when that stops being true. A mergeable store
//! logs it nevertheless, because every write gets a stamp (`stamps`).

use super::cell::Cell;
use super::table::Slot;
use super::text::TextId;

/// One thing that happened.
#[derive(Clone, Copy, Debug)]
pub enum Entry {
    /// A table came to be, of that generation.
    TableAdded { table: TextId, generation: u32 },
    /// A table went.
    TableRemoved { table: TextId },
    /// A cell id came to be in use in a table, in its first row that has such a cell.
    TableCellAdded { table: TextId, cell: TextId },
    /// A cell id ceased to be in use in a table.
    TableCellRemoved { table: TextId, cell: TextId },
    /// A row came to be, in that slot of that generation of the table.
    RowAdded {
        table: TextId,
        row: TextId,
        slot: Slot,
        generation: u32,
    },
    /// A row went, from that slot of what was then the table.
    RowRemoved {
        table: TextId,
        row: TextId,
        slot: Slot,
    },
    /// A cell was set; absent before if `old` is absent.
    CellSet {
        table: TextId,
        row: TextId,
        cell: TextId,
        old: Cell,
    },
    /// A cell was taken out.
    CellRemoved {
        table: TextId,
        row: TextId,
        cell: TextId,
        old: Cell,
    },
    /// A value was set; absent before if `old` is absent.
    ValueSet { value: TextId, old: Cell },
    /// A value was taken out.
    ValueRemoved { value: TextId, old: Cell },
    /// A cell's stamp came from elsewhere; what that has changed is logged by itself.
    CellStamped {
        table: TextId,
        row: TextId,
        cell: TextId,
    },
    /// A value's stamp came from elsewhere.
    ValueStamped { value: TextId },
}

/// Entries a block: a vector that doubles would hold on to its largest size.
const BLOCK: usize = 1024;

/// The entries of one transaction.
#[derive(Default)]
pub struct Log {
    blocks: Vec<Vec<Entry>>,
}

impl Log {
    /// Appends an entry.
    pub fn push(&mut self, entry: Entry) {
        match self.blocks.last_mut() {
            Some(block) if block.len() < BLOCK => block.push(entry),
            last => {
                // The first block grows from small, since most transactions are.
                let capacity = if last.is_none() { 16 } else { BLOCK };
                let mut block = Vec::with_capacity(capacity);
                block.push(entry);
                self.blocks.push(block);
            }
        }
    }

    /// The entries in order.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.blocks.iter().flatten()
    }

    /// Whether tables or what is in them, and whether values, were written to.
    pub fn touches(&self) -> (bool, bool) {
        let is_keyed =
            |entry: &Entry| matches!(entry, Entry::ValueSet { .. } | Entry::ValueRemoved { .. });
        let is_stamp = |entry: &Entry| {
            matches!(
                entry,
                Entry::CellStamped { .. } | Entry::ValueStamped { .. }
            )
        };
        (
            self.iter()
                .any(|entry| !is_keyed(entry) && !is_stamp(entry)),
            self.iter().any(is_keyed),
        )
    }

    /// The entries from a number on, in order.
    pub fn iter_from(&self, from: usize) -> impl Iterator<Item = &Entry> {
        let blocks = self.blocks.get(from / BLOCK..).unwrap_or_default();
        blocks.iter().flatten().skip(from % BLOCK)
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.blocks.first().is_none_or(Vec::is_empty)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.blocks.len().saturating_sub(1) * BLOCK + self.blocks.last().map_or(0, Vec::len)
    }

    /// Forgets the entries, and all memory but the first block's.
    pub fn clear(&mut self) {
        self.blocks.truncate(1);
        if let Some(block) = self.blocks.first_mut() {
            block.clear();
        }
    }
}
