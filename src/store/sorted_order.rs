//! The rows of a table kept in order while they change, as long as someone listens to that order.
//!
//! What changed is found in the transaction's log, row by row, and each row is moved to its new place
//! by binary search, so a change costs the logarithm of the table, and the moving of small numbers.
//!
//! The order must be brought up to date before the log is cleared. So whenever no transaction is
//! under way, all texts that it compares are those of the table, and none of them is freed; and it
//! needs no more than the table's generation to know that its slots still mean the same.

use super::log::{Entry, Log};
use super::sort_key::{Counts, SortKey};
use super::sorted::{Keys, SortBy};
use super::table::{Slot, Table};
use super::text::Texts;
use std::cmp::Ordering;

/// The rows of a table in the order of a cell or of their ids.
pub struct Order {
    by: SortBy,
    /// How many listeners it serves.
    pub users: usize,
    /// The generation of the table that the slots are of; 0 for none.
    generation: u32,
    /// How much of the log is in it.
    read: usize,
    slots: Vec<Slot>,
    /// What the row in each slot was sorted by when it was put in its place.
    keys: Vec<SortKey>,
    counts: Counts,
}

/// What an order is brought up to date with.
pub struct Source<'a> {
    /// The table, if there is one.
    pub table: Option<&'a Table>,
    /// The texts.
    pub texts: &'a Texts,
    /// What the transaction has done.
    pub log: &'a Log,
    /// The number of the transaction.
    pub transaction: u32,
}

impl Order {
    /// An order that is not up to date yet.
    pub fn new(by: SortBy) -> Order {
        Order {
            by,
            users: 0,
            generation: 0,
            read: 0,
            slots: Vec::new(),
            keys: Vec::new(),
            counts: Counts::default(),
        }
    }

    /// The rows in order.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// What kinds of keys they have.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Brings the order up to date.
    pub fn update(&mut self, source: &Source) {
        let from = std::mem::replace(&mut self.read, source.log.len());
        let Some(table) = source.table else {
            *self = Order {
                users: self.users,
                read: self.read,
                ..Order::new(self.by)
            };
            return;
        };
        let keys = Keys::new(table, source.texts, self.by.cell);
        if table.generation != self.generation {
            self.rebuild(table, &keys);
            return;
        }
        let changed = self.changed_rows(table, &keys, source, from);
        // Moving a row costs as much as sorting some dozen.
        if changed.len() > 16 + self.slots.len() / 32 {
            self.rebuild(table, &keys);
            return;
        }
        for slot in changed {
            let key = table.row_id(slot).map_or(SortKey::NONE, |_| keys.get(slot));
            if !self.move_row(slot, key, source.texts) {
                self.rebuild(table, &keys);
                return;
            }
        }
    }

    /// The log has been cleared.
    pub fn start_anew(&mut self) {
        self.read = 0;
    }

    /// The rows that may have changed since the first `from` entries of the log.
    fn changed_rows(&self, table: &Table, keys: &Keys, source: &Source, from: usize) -> Vec<Slot> {
        let mut changed = Vec::new();
        for entry in source.log.iter_from(from) {
            match *entry {
                Entry::RowAdded { table, slot, .. } | Entry::RowRemoved { table, slot, .. }
                    if table == self.by.table =>
                {
                    changed.push(slot);
                }
                Entry::CellSet {
                    table: id,
                    row,
                    cell,
                    ..
                }
                | Entry::CellRemoved {
                    table: id,
                    row,
                    cell,
                    ..
                } if id == self.by.table && Some(cell) == self.by.cell => {
                    changed.extend(table.find(row));
                }
                _ => {}
            }
        }
        // What happens to a row that is new in the transaction is not logged.
        let (transaction, mut slot) = table.touched;
        if transaction == source.transaction {
            while let Some(next) = table.next_live(slot) {
                if !keys.get(next).is_identical(self.key(next)) {
                    changed.push(next);
                }
                slot = Slot(next.0 + 1);
            }
        }
        changed
    }

    fn key(&self, slot: Slot) -> SortKey {
        let key = self.keys.get(slot.0 as usize);
        key.copied().unwrap_or(SortKey::NONE)
    }

    /// Where a row with that key belongs.
    fn place(&self, slot: Slot, key: SortKey, texts: &Texts) -> usize {
        self.slots.partition_point(|other| {
            let order = self.key(*other).compare(key, texts);
            order.then(other.cmp(&slot)) == Ordering::Less
        })
    }

    /// Puts a row in its place, or with [`SortKey::NONE`] takes it out. False if it was not where it
    /// should have been.
    fn move_row(&mut self, slot: Slot, key: SortKey, texts: &Texts) -> bool {
        let old = self.key(slot);
        if old.is_identical(key) {
            return true;
        }
        let from = (!old.is_none()).then(|| self.place(slot, old, texts));
        let to = (!key.is_none()).then(|| self.place(slot, key, texts));
        if from.is_some_and(|from| self.slots.get(from) != Some(&slot)) {
            return false;
        }
        match (from, to) {
            (Some(from), Some(to)) => {
                // The row itself is one of those before its new place if it moves backwards.
                let to = if to > from { to - 1 } else { to };
                if to > from {
                    self.slots.copy_within(from + 1..=to, from);
                } else {
                    self.slots.copy_within(to..from, to + 1);
                }
                if let Some(place) = self.slots.get_mut(to) {
                    *place = slot;
                }
            }
            (Some(from), None) => {
                self.slots.remove(from);
            }
            (None, Some(to)) => self.slots.insert(to, slot),
            (None, None) => {}
        }
        self.counts.remove(old);
        self.counts.add(key);
        let index = slot.0 as usize;
        if self.keys.len() <= index {
            self.keys.resize(index + 1, SortKey::NONE);
        }
        if let Some(place) = self.keys.get_mut(index) {
            *place = key;
        }
        true
    }

    fn rebuild(&mut self, table: &Table, keys: &Keys) {
        let (mut rows, counts) = keys.rows();
        let all = 0..rows.len();
        let rows = keys.sort(&mut rows, &all).iter();
        self.slots.clear();
        self.slots.extend(rows.map(|row| row.slot));
        self.counts = counts;
        self.generation = table.generation;
        self.keys.clear();
        self.keys
            .resize(table.next_slot().0 as usize, SortKey::NONE);
        for slot in &self.slots {
            if let Some(place) = self.keys.get_mut(slot.0 as usize) {
                *place = keys.get(*slot);
            }
        }
    }
}
