//! What a transaction has changed so far, and changes to apply.

use super::content::{Change, ChangedRow, ChangedTable, Changes};
use super::handle::{Store, decode, encode, find, intern, text};
use super::id_map::IdMap;
use super::writing::{del_cell, set_cell};
use crate::store::{Change as CoreChange, Store as Core, Touched};

impl Store {
    /// What the transaction under way has changed so far, net. Outside one, nothing.
    ///
    /// ```
    /// # use cellarium::Store;
    /// let (store, other) = (Store::new(), Store::new());
    /// let changes = store.transaction(|store| {
    ///     store.set_cell("pets", "fido", "species", "dog");
    ///     store.get_transaction_changes()
    /// });
    /// other.apply_changes(&changes.unwrap_or_default());
    /// assert_eq!(other.get_tables(), store.get_tables());
    /// ```
    #[must_use]
    pub fn get_transaction_changes(&self) -> Changes {
        let mut core = self.core();
        let changed = core.changed();
        changes(&core, &changed, false)
    }

    /// Applies changes, such as [`Store::get_transaction_changes`] gives. Cells that are gone are
    /// deleted as [`Store::del_cell_forced`] does it.
    pub fn apply_changes(&self, changes: &Changes) -> &Self {
        self.write(|core| {
            for (id, table) in &changes.tables {
                match (table, find(core, id)) {
                    (Some(rows), _) => apply_rows(core, id, rows),
                    (None, Some(id)) => core.del_table(id),
                    (None, None) => {}
                }
            }
            for (id, value) in &changes.values {
                let id = intern(core, id);
                match value {
                    None => core.del_value(id),
                    Some(value) => {
                        let value = encode(core, value);
                        core.set_value(id, value);
                    }
                }
            }
        })
    }

    /// What happened to a cell in the transaction so far.
    #[must_use]
    pub fn get_cell_change(&self, table_id: &str, row_id: &str, cell_id: &str) -> Change {
        let mut core = self.core();
        let path = [table_id, row_id, cell_id].map(|id| find(&core, id));
        let change = match path {
            [Some(table), Some(row), Some(cell)] => Some(core.cell_change(table, row, cell)),
            _ => None,
        };
        to_change(&core, change)
    }

    /// What happened to a value in the transaction so far.
    #[must_use]
    pub fn get_value_change(&self, value_id: &str) -> Change {
        let mut core = self.core();
        let change = find(&core, value_id).map(|id| core.value_change(id));
        to_change(&core, change)
    }
}

fn to_change(core: &Core, change: Option<CoreChange>) -> Change {
    Change {
        changed: change.is_some_and(|change| change.is_touched),
        old: change.and_then(|change| decode(core, change.old)),
        new: change.and_then(|change| decode(core, change.new)),
    }
}

fn apply_rows(core: &mut Core, table: &str, rows: &ChangedTable) {
    for (row, cells) in rows {
        let Some(cells) = cells else {
            if let (Some(table), Some(row)) = (find(core, table), find(core, row)) {
                core.del_row(table, row);
            }
            continue;
        };
        for (id, cell) in cells {
            match cell {
                Some(cell) => set_cell(core, [table, row, id], cell),
                None => del_cell(core, [table, row, id], true),
            }
        }
    }
}

/// The changes that a tree tells of. A table that is gone is so as a whole, or with `by_row` row by row.
pub(super) fn changes(core: &Core, changed: &Touched, by_row: bool) -> Changes {
    let mut changes = Changes::default();
    for node in &changed.tables {
        let table = core.table(node.id);
        let rows = (by_row || table.is_some()).then(|| {
            let mut rows: ChangedTable = IdMap::new();
            for row in changed.rows.get(node.rows.clone()).unwrap_or_default() {
                let slot = table.and_then(|table| table.find(row.id));
                let cells = slot.map(|_| {
                    let cells = changed.cells.get(row.cells.clone()).unwrap_or_default();
                    cells
                        .iter()
                        .map(|cell| (text(core, cell.id), decode(core, cell.new)))
                        .collect::<ChangedRow>()
                });
                rows.insert(text(core, row.id), cells);
            }
            rows
        });
        changes.tables.insert(text(core, node.id), rows);
    }
    for value in &changed.values {
        changes
            .values
            .insert(text(core, value.id), decode(core, value.new));
    }
    changes
}
