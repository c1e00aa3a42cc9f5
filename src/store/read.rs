//! The reads.

use super::Store;
use super::cell::Cell;
use super::table::Table;
use super::text::{TextId, Texts};

impl Store {
    /// The store's texts.
    #[must_use]
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// A table.
    #[must_use]
    pub fn table(&self, table: TextId) -> Option<&Table> {
        self.tables.get(table).map(|table| &**table)
    }

    /// The ids of the tables in order.
    pub fn table_ids(&self) -> impl Iterator<Item = TextId> {
        self.tables.ids()
    }

    /// A cell; absent if there is none.
    #[must_use]
    pub fn cell(&self, table: TextId, row: TextId, cell: TextId) -> Cell {
        let found = || {
            let table = self.tables.get(table)?;
            Some(table.cell(table.find(row)?, table.column(cell)?))
        };
        found().unwrap_or(Cell::ABSENT)
    }

    /// The values in order.
    pub fn values(&self) -> impl Iterator<Item = (TextId, Cell)> {
        self.values.iter().map(|(id, cell)| (id, *cell))
    }

    /// A value; absent if there is none.
    #[must_use]
    pub fn value(&self, value: TextId) -> Cell {
        self.values.get(value).copied().unwrap_or(Cell::ABSENT)
    }
}
