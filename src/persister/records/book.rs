//! What is known of all that is stored, so that a record can be written without being read: the order
//! numbers, and how much stands apart from the pages.

use super::RowId;
use super::content::{row_record, value_record};
use super::history::Touched;
use super::text::Piece;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::hash::{BuildHasher, Hash};

/// So many rows may stand apart from the pages, beside a part of all that there are.
const APART: usize = 1024;

/// The order number of each table, row and value, and what stands apart from the pages.
#[derive(Default)]
pub struct Book {
    tables: FxHashMap<Box<[u8]>, Table>,
    values: FxHashMap<Box<[u8]>, u64>,
    /// The number for what comes next.
    next: u64,
    /// The hashes of the rows that may have a record of their own.
    alone: FxHashSet<u64>,
    /// How many lines there may be in supplements.
    supplementary: usize,
}

struct Table {
    order: u64,
    /// By a hash of the row's id, which takes a third of the memory. Two ids of one hash, at one in
    /// 10¹⁰ for 50,000 rows, would share an order number, which loses nothing but their order.
    rows: FxHashMap<u64, u64>,
}

fn hash(id: impl Hash) -> u64 {
    FxBuildHasher.hash_one(id)
}

impl Book {
    /// A book of nothing whose first number is `next`.
    #[must_use]
    pub fn starting_at(next: u64) -> Self {
        Book {
            next,
            ..Book::default()
        }
    }

    /// The number for what comes next.
    #[must_use]
    pub fn next(&self) -> u64 {
        self.next
    }

    /// Make sure that the next number is no less than `next`.
    pub fn set_next(&mut self, next: u64) {
        self.next = self.next.max(next);
    }

    /// The number of a table.
    pub(super) fn table(&self, table: Piece<'_>) -> Option<u64> {
        self.tables.get(table).map(|table| table.order)
    }

    /// Take note of a stored row, and of its table's number: the least counts.
    pub fn set_row(&mut self, table: Piece<'_>, row: Piece<'_>, (table_order, order): (u64, u64)) {
        let table = match self.tables.get_mut(table) {
            Some(known) => known,
            None => self.tables.entry(table.into()).or_insert(Table {
                order: table_order,
                rows: FxHashMap::default(),
            }),
        };
        table.order = table.order.min(table_order);
        table.rows.insert(hash(row), order);
        self.set_next(table_order.max(order).saturating_add(1));
    }

    /// Take note of a stored value.
    pub fn set_value(&mut self, id: Piece<'_>, order: u64) {
        match self.values.get_mut(id) {
            Some(known) => *known = order,
            None => drop(self.values.insert(id.into(), order)),
        }
        self.set_next(order.saturating_add(1));
    }

    /// The numbers of a row and its table, new ones if it is new.
    pub fn row(&mut self, table: Piece<'_>, row: Piece<'_>) -> (u64, u64) {
        let known = self.tables.get(table);
        let table_order = known.map(|table| table.order);
        if let Some(known) = known
            && let Some(order) = known.rows.get(&hash(row))
        {
            return (known.order, *order);
        }
        let order = (table_order.unwrap_or(self.next), self.next);
        self.set_row(table, row, order);
        order
    }

    /// The number of a value, a new one if it is new.
    pub fn value(&mut self, id: Piece<'_>) -> u64 {
        if let Some(order) = self.values.get(id) {
            return *order;
        }
        let order = self.next;
        self.set_value(id, order);
        order
    }

    /// Forget a row, and its table with the last of its rows.
    pub fn remove_row(&mut self, table: Piece<'_>, row: Piece<'_>) {
        if let Some(known) = self.tables.get_mut(table) {
            known.rows.remove(&hash(row));
            if known.rows.is_empty() {
                self.tables.remove(table);
            }
        }
    }

    /// A number that nothing else has.
    pub(super) fn take_number(&mut self) -> u64 {
        let number = self.next;
        self.next = number.saturating_add(1);
        number
    }

    /// Take note that a row has a record of its own.
    pub(super) fn set_alone(&mut self, id: RowId<'_>) {
        self.alone.insert(hash(id));
    }

    /// Whether a row may have a record of its own.
    pub(super) fn is_alone(&self, id: RowId<'_>) -> bool {
        self.alone.contains(&hash(id))
    }

    /// Take note of so many more lines in supplements.
    pub(super) fn add_supplementary(&mut self, count: usize) {
        self.supplementary = self.supplementary.saturating_add(count);
    }

    /// Take note that all rows are in pages.
    pub fn set_gathered(&mut self) {
        self.alone = FxHashSet::default();
        self.supplementary = 0;
    }

    /// Whether so much stands apart from the pages that it should be gathered. Records of single rows
    /// take longer to load than lines.
    #[must_use]
    pub fn is_scattered(&self) -> bool {
        let rows: usize = self.tables.values().map(|table| table.rows.len()).sum();
        self.alone.len() > APART + rows / 16 || self.supplementary > APART + rows / 2
    }

    /// Take note of the records of what others have touched, as far as there are any.
    pub fn take_note(
        &mut self,
        touched: &Touched<'_>,
        rows: &[Option<String>],
        values: &[Option<String>],
    ) {
        for (id @ (table, row), record) in touched.rows.iter().zip(rows) {
            self.set_alone(*id);
            match record.as_deref().map(str::as_bytes).map(row_record) {
                Some(Ok(record)) => self.set_row(table, row, record.order),
                _ => self.remove_row(table, row),
            }
        }
        for (id, record) in touched.values.iter().zip(values) {
            match record.as_deref().map(str::as_bytes).map(value_record) {
                Some(Ok((order, _))) => self.set_value(id, order),
                _ => self.remove_value(id),
            }
        }
    }

    /// Forget a value.
    pub fn remove_value(&mut self, id: Piece<'_>) {
        self.values.remove(id);
    }
}
