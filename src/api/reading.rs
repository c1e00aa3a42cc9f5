//! The methods that read.

use super::cell::Cell;
use super::content::{Content, Row, Table, Tables, Values};
use super::handle::{Store, decode, find, text};
use super::id_map::IdMap;
use crate::store::{Slot, Store as Core, Table as CoreTable, TextId};

impl Store {
    /// Everything: the tables and the values.
    #[must_use]
    pub fn get_content(&self) -> Content {
        (self.get_tables(), self.get_values())
    }

    /// All tables, by id.
    #[must_use]
    pub fn get_tables(&self) -> Tables {
        let core = self.core();
        let table = |id| Some((text(&core, id), table(&core, core.table(id)?)));
        core.table_ids().filter_map(table).collect()
    }

    /// The ids of the tables, in the order in which they came.
    #[must_use]
    pub fn get_table_ids(&self) -> Vec<String> {
        let core = self.core();
        core.table_ids().map(|id| text(&core, id)).collect()
    }

    /// A table, by row id; empty if there is none.
    #[must_use]
    pub fn get_table(&self, table_id: &str) -> Table {
        self.with_table(table_id, |core, found| Some(table(core, found)))
            .unwrap_or_default()
    }

    /// The cell ids that the rows of a table have between them.
    #[must_use]
    pub fn get_table_cell_ids(&self, table_id: &str) -> Vec<String> {
        self.with_table(table_id, |core, table| {
            Some(texts(core, table.cell_ids().into_iter()))
        })
        .unwrap_or_default()
    }

    /// How many rows a table has.
    #[must_use]
    pub fn get_row_count(&self, table_id: &str) -> usize {
        self.with_table(table_id, |_, table| Some(table.row_count()))
            .unwrap_or_default()
    }

    /// The ids of a table's rows, in the order in which they came.
    #[must_use]
    pub fn get_row_ids(&self, table_id: &str) -> Vec<String> {
        self.with_table(table_id, |core, table| {
            Some(texts(core, table.rows().map(|(id, _)| id)))
        })
        .unwrap_or_default()
    }

    /// A row, by cell id; empty if there is none.
    #[must_use]
    pub fn get_row(&self, table_id: &str, row_id: &str) -> Row {
        self.with_row(table_id, row_id, |core, table, slot| {
            Some(row(core, table, slot))
        })
        .unwrap_or_default()
    }

    /// The ids of a row's cells, in the order in which they came.
    #[must_use]
    pub fn get_cell_ids(&self, table_id: &str, row_id: &str) -> Vec<String> {
        self.with_row(table_id, row_id, |core, table, slot| {
            Some(texts(core, table.cells(slot).map(|(id, _)| id)))
        })
        .unwrap_or_default()
    }

    /// A cell, or `None` if there is none.
    #[must_use]
    pub fn get_cell(&self, table_id: &str, row_id: &str, cell_id: &str) -> Option<Cell> {
        self.with_row(table_id, row_id, |core, table, slot| {
            decode(core, table.cell(slot, table.column(find(core, cell_id)?)?))
        })
    }

    /// All values, by id.
    #[must_use]
    pub fn get_values(&self) -> Values {
        let core = self.core();
        let value = |(id, value)| Some((text(&core, id), decode(&core, value)?));
        core.values().filter_map(value).collect()
    }

    /// The ids of the values, in the order in which they came.
    #[must_use]
    pub fn get_value_ids(&self) -> Vec<String> {
        let core = self.core();
        core.values().map(|(id, _)| text(&core, id)).collect()
    }

    /// A value, or `None` if there is none.
    #[must_use]
    pub fn get_value(&self, value_id: &str) -> Option<Cell> {
        let core = self.core();
        decode(&core, core.value(find(&core, value_id)?))
    }

    /// Whether there is any table.
    #[must_use]
    pub fn has_tables(&self) -> bool {
        self.core().table_ids().next().is_some()
    }

    /// Whether there is such a table.
    #[must_use]
    pub fn has_table(&self, table_id: &str) -> bool {
        self.with_table(table_id, |_, _| Some(())).is_some()
    }

    /// Whether any row of the table has such a cell.
    #[must_use]
    pub fn has_table_cell(&self, table_id: &str, cell_id: &str) -> bool {
        self.rows_with(table_id, cell_id) > 0
    }

    /// Whether there is such a row.
    #[must_use]
    pub fn has_row(&self, table_id: &str, row_id: &str) -> bool {
        self.with_row(table_id, row_id, |_, _, _| Some(()))
            .is_some()
    }

    /// Whether there is such a cell.
    #[must_use]
    pub fn has_cell(&self, table_id: &str, row_id: &str, cell_id: &str) -> bool {
        self.with_row(table_id, row_id, |core, table, slot| {
            let column = table.column(find(core, cell_id)?)?;
            (!table.cell(slot, column).is_absent()).then_some(())
        })
        .is_some()
    }

    /// Whether there is any value.
    #[must_use]
    pub fn has_values(&self) -> bool {
        self.core().values().next().is_some()
    }

    /// Whether there is such a value.
    #[must_use]
    pub fn has_value(&self, value_id: &str) -> bool {
        let core = self.core();
        find(&core, value_id).is_some_and(|id| !core.value(id).is_absent())
    }

    /// How many rows of a table have a cell.
    pub(super) fn rows_with(&self, table_id: &str, cell_id: &str) -> usize {
        self.with_table(table_id, |core, table| {
            let column = table.column(find(core, cell_id)?)?;
            Some(table.column_rows(column) as usize)
        })
        .unwrap_or_default()
    }

    /// Reads of a table, if it is there.
    pub(super) fn with_table<R>(
        &self,
        table_id: &str,
        read: impl FnOnce(&Core, &CoreTable) -> Option<R>,
    ) -> Option<R> {
        let core = self.core();
        read(&core, core.table(find(&core, table_id)?)?)
    }

    fn with_row<R>(
        &self,
        table_id: &str,
        row_id: &str,
        read: impl FnOnce(&Core, &CoreTable, Slot) -> Option<R>,
    ) -> Option<R> {
        self.with_table(table_id, |core, table| {
            read(core, table, table.find(find(core, row_id)?)?)
        })
    }
}

fn texts(core: &Core, ids: impl Iterator<Item = TextId>) -> Vec<String> {
    ids.map(|id| text(core, id)).collect()
}

fn table(core: &Core, table: &CoreTable) -> Table {
    let rows = table.rows();
    rows.map(|(id, slot)| (text(core, id), row(core, table, slot)))
        .collect()
}

fn row(core: &Core, table: &CoreTable, slot: Slot) -> IdMap<Cell> {
    let cells = table.cells(slot);
    cells
        .filter_map(|(id, cell)| Some((text(core, id), decode(core, cell)?)))
        .collect()
}
