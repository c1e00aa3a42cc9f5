//! The methods that visit, calling a closure for each of something while it may change.

use super::cell::Cell;
use super::handle::{Store, text};
use crate::store::Slot;
use std::collections::HashSet;

impl Store {
    /// Calls a function with the id of each table.
    ///
    /// This and its likes go through what is there at each moment: the function may write, what it
    /// deletes is passed over, and what it adds is visited. To go through what was there at the
    /// beginning, iterate over [`Store::get_table_ids`] and its likes.
    ///
    /// ```
    /// # use cellarium::Store;
    /// let store = Store::new();
    /// store.set_tables([("pets", [("fido", [("age", 4)]), ("felix", [("age", 2)])])]);
    /// store.for_each_table(|table_id| {
    ///     store.for_each_row(table_id, |row_id| {
    ///         store.for_each_cell(table_id, row_id, |cell_id, cell| {
    ///             println!("{table_id}/{row_id}/{cell_id}: {cell}");
    ///         });
    ///     });
    /// });
    /// ```
    pub fn for_each_table(&self, mut visit: impl FnMut(&str)) {
        let is_there = |table_id: &str| self.has_table(table_id).then_some(());
        for_each_live(|| self.get_table_ids(), is_there, |id, ()| visit(id));
    }

    /// Calls a function with each cell id that the rows of a table have between them, and with the
    /// number of rows that have it.
    pub fn for_each_table_cell(&self, table_id: &str, visit: impl FnMut(&str, usize)) {
        let count =
            |cell_id: &str| Some(self.rows_with(table_id, cell_id)).filter(|count| *count > 0);
        for_each_live(|| self.get_table_cell_ids(table_id), count, visit);
    }

    /// Calls a function with the id of each row of a table.
    pub fn for_each_row(&self, table_id: &str, mut visit: impl FnMut(&str)) {
        // Slots keep their meaning while they are pinned, and new rows come behind.
        let _pin = Pin::new(self);
        let mut generation = None;
        let mut from = Slot(0);
        loop {
            let next = self.with_table(table_id, |core, table| {
                // Another table under the same id is not the one that is visited.
                let is_same = *generation.get_or_insert(table.generation) == table.generation;
                let slot = is_same.then(|| table.next_live(from)).flatten()?;
                Some((slot, text(core, table.row_id(slot)?)))
            });
            let Some((slot, row_id)) = next else {
                return;
            };
            from = Slot(slot.0 + 1);
            visit(&row_id);
        }
    }

    /// Calls a function with the id of each cell of a row, and with the cell.
    pub fn for_each_cell(&self, table_id: &str, row_id: &str, visit: impl FnMut(&str, Cell)) {
        let cell = |cell_id: &str| self.get_cell(table_id, row_id, cell_id);
        for_each_live(|| self.get_cell_ids(table_id, row_id), cell, visit);
    }

    /// Calls a function with the id of each value, and with the value.
    pub fn for_each_value(&self, visit: impl FnMut(&str, Cell)) {
        let value = |value_id: &str| self.get_value(value_id);
        for_each_live(|| self.get_value_ids(), value, visit);
    }
}

/// Visits ids until there are none that have not been visited; `get` gives `None` for one that has
/// gone meanwhile.
fn for_each_live<T>(
    ids: impl Fn() -> Vec<String>,
    get: impl Fn(&str) -> Option<T>,
    mut visit: impl FnMut(&str, T),
) {
    let mut seen = HashSet::new();
    let mut is_new = true;
    while std::mem::take(&mut is_new) {
        for id in ids() {
            if !seen.contains(&id)
                && let Some(thing) = get(&id)
            {
                is_new = true;
                visit(&id, thing);
                seen.insert(id);
            }
        }
    }
}

/// Keeps slots and handles as they are until it is dropped.
pub(super) struct Pin<'a>(&'a Store);

impl<'a> Pin<'a> {
    pub(super) fn new(store: &'a Store) -> Self {
        store.core().pin();
        Pin(store)
    }
}

impl Drop for Pin<'_> {
    fn drop(&mut self) {
        self.0.core().unpin();
    }
}
