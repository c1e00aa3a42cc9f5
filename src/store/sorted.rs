//! The rows of a table in the order of a cell, or of their ids.

use super::Store;
use super::cell::Cell;
use super::shape::Column;
use super::sort_key::{Counts, SortKey};
use super::table::{Slot, Table};
use super::text::{TextId, Texts};
use std::cmp::Ordering;
use std::ops::Range;

/// The part of a list that is wanted: what `slice` of JavaScript's arrays takes. Negative numbers
/// count from the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first place.
    pub start: i64,
    /// The place after the last one.
    pub end: i64,
}

impl Window {
    /// All of it.
    pub const ALL: Window = Window {
        start: 0,
        end: i64::MAX,
    };

    /// The window in a list of that length.
    pub fn range(self, length: usize) -> Range<usize> {
        let place = |at: i64| {
            let from = if at < 0 { length as i64 } else { 0 };
            from.saturating_add(at).clamp(0, length as i64) as usize
        };
        let start = place(self.start);
        start..place(self.end).max(start)
    }
}

/// What rows are sorted by: their cells of an id, or without one their own ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SortBy {
    /// The table.
    pub table: TextId,
    /// The cell.
    pub cell: Option<TextId>,
}

/// Gives the keys of a table's rows.
pub struct Keys<'a> {
    table: &'a Table,
    texts: &'a Texts,
    /// `None` for row ids.
    column: Option<Option<Column>>,
}

impl Keys<'_> {
    /// What gives the keys by that cell, or by the row ids.
    pub fn new<'a>(table: &'a Table, texts: &'a Texts, cell: Option<TextId>) -> Keys<'a> {
        let column = cell.map(|cell| table.column(cell));
        Keys {
            table,
            texts,
            column,
        }
    }

    /// The key of the row in a slot.
    pub fn get(&self, slot: Slot) -> SortKey {
        let cell = match self.column {
            Some(Some(column)) => self.table.cell(slot, column),
            Some(None) => Cell::ABSENT,
            None => self.table.row_id(slot).map_or(Cell::ABSENT, Cell::text),
        };
        SortKey::new(cell)
    }

    /// All rows in some order, and what kinds of keys they have.
    pub fn rows(&self) -> (Vec<Sortable>, Counts) {
        let mut counts = Counts::default();
        let mut rows = Vec::with_capacity(self.table.row_count());
        let by_id = self.column.is_none();
        let all = self.table.rows_with(self.column.flatten());
        all.for_each(|(id, slot, cell)| {
            let key = SortKey::new(if by_id { Cell::text(id) } else { cell });
            counts.add(key);
            let (rank, rest) = key.rank(self.texts);
            rows.push(Sortable { rank, rest, slot });
        });
        (rows, counts)
    }

    /// Gives of all rows those that are at the `wanted` places of the order, in order.
    pub fn sort<'r>(&self, rows: &'r mut [Sortable], wanted: &Range<usize>) -> &'r [Sortable] {
        let compare = |a: &Sortable, b: &Sortable| {
            let keys = || self.get(a.slot).compare(self.get(b.slot), self.texts);
            match a.rank.cmp(&b.rank) {
                Ordering::Equal if a.rest == b.rest => a.slot.cmp(&b.slot),
                Ordering::Equal => keys().then(a.slot.cmp(&b.slot)),
                order => order,
            }
        };
        let mut rest = rows;
        if (1..rest.len()).contains(&wanted.start) {
            rest = rest.select_nth_unstable_by(wanted.start - 1, compare).2;
        }
        if wanted.len() < rest.len() {
            rest = rest.select_nth_unstable_by(wanted.len(), compare).0;
        }
        rest.sort_unstable_by(compare);
        rest
    }
}

/// A row on its way into order.
pub struct Sortable {
    /// See [`SortKey::rank`].
    rank: u64,
    rest: u32,
    /// The row.
    pub slot: Slot,
}

impl Store {
    /// The ids of a table's rows in order; `descending` is exactly the reverse.
    pub fn sorted_row_ids(&mut self, by: SortBy, descending: bool, window: Window) -> Vec<TextId> {
        let ids = self.sort(by, descending, window, |_| true);
        ids.unwrap_or_default()
    }

    /// The same, but only if the keys are all numbers or all texts. Else `None`: what TinyBase makes
    /// of them depends on how JavaScript sorts.
    pub fn plainly_sorted_row_ids(
        &mut self,
        by: SortBy,
        descending: bool,
        window: Window,
    ) -> Option<Vec<TextId>> {
        self.sort(by, descending, window, Counts::is_uniform)
    }

    fn sort(
        &mut self,
        by: SortBy,
        descending: bool,
        window: Window,
        is_wanted: impl Fn(Counts) -> bool,
    ) -> Option<Vec<TextId>> {
        if let Some(order) = self.kept_order(by) {
            if !is_wanted(order.counts()) {
                return None;
            }
            let wanted = places(window, order.slots().len(), descending);
            let slots = order.slots().get(wanted).unwrap_or_default().to_vec();
            return Some(self.row_ids(by.table, slots.into_iter(), descending));
        }
        let Some(table) = self.table(by.table) else {
            return Some(Vec::new());
        };
        let keys = Keys::new(table, &self.texts, by.cell);
        let (mut rows, counts) = keys.rows();
        if !is_wanted(counts) {
            return None;
        }
        let wanted = places(window, rows.len(), descending);
        let slots = keys.sort(&mut rows, &wanted).iter().map(|row| row.slot);
        Some(self.row_ids(by.table, slots, descending))
    }

    /// The ids of the rows in some slots, perhaps the last one first.
    fn row_ids(
        &self,
        table: TextId,
        slots: impl Iterator<Item = Slot>,
        reversed: bool,
    ) -> Vec<TextId> {
        let Some(table) = self.table(table) else {
            return Vec::new();
        };
        let mut ids: Vec<_> = slots.filter_map(|slot| table.row_id(slot)).collect();
        if reversed {
            ids.reverse();
        }
        ids
    }
}

/// Where what a window shows is in a list of that length, which may have to be turned round.
fn places(window: Window, length: usize, reversed: bool) -> Range<usize> {
    let range = window.range(length);
    if reversed {
        length - range.end..length - range.start
    } else {
        range
    }
}
