//! The setters and deletions. Each does nothing unless a transaction is open and writable
//! ([`Store::start`]).
//!
//! What is offered is settled first (`settle.rs`): what may not be set is reported and left out, and
//! a schema adds its defaults. What is left is written (`write.rs`). Handles given must be this
//! store's ([`Store::has_text`]).

use super::Store;
use super::cell::Cell;
use super::json::{Content, Half};
use super::settle::{Place, Settled};
use super::shape::Column;
use super::staged::StagedTable;
use super::table::Slot;
use super::text::TextId;
use rustc_hash::FxHashSet;

/// Whether all can be set where there is no schema.
fn are_clean(cells: &[(TextId, Cell)]) -> bool {
    !cells.is_empty() && cells.iter().all(|(_, cell)| cell.is_settable())
}

impl Store {
    /// Reports that what was offered is no table, no row, or no tables at all, by how far the path
    /// goes.
    pub fn report_invalid_cell(&mut self, path: [Option<TextId>; 3]) {
        if self.is_writable() {
            self.invalid.cell(path, Cell::ABSENT);
        }
    }

    /// Reports that what was offered is no object of values.
    pub fn report_invalid_values(&mut self) {
        if self.is_writable() {
            self.invalid.value(None, Cell::ABSENT);
        }
    }

    /// Sets one cell; makes the row and the table if there are none. Gives the row's slot, if there
    /// is one then.
    pub fn set_cell(
        &mut self,
        table: TextId,
        row: TextId,
        cell_id: TextId,
        cell: Cell,
    ) -> Option<Slot> {
        if self.schemas.tables().is_none() && cell.is_settable() {
            return self.put_cell(table, row, cell_id, cell);
        }
        self.offer_cell(table, row, cell_id, cell)
    }

    /// The same where a schema, or the store itself, may refuse the cell. Apart from the hot path,
    /// which it would make slower.
    #[cold]
    #[inline(never)]
    fn offer_cell(
        &mut self,
        table: TextId,
        row: TextId,
        cell_id: TextId,
        cell: Cell,
    ) -> Option<Slot> {
        if !self.is_writable() {
            return None;
        }
        self.set_part(table, row, vec![(cell_id, cell)]);
        self.tables.get(table)?.find(row)
    }

    /// Sets one cell of a row that there is, in a column that there is. False, and nothing done, if
    /// there is no such row or column.
    pub fn set_cell_at(&mut self, table: TextId, slot: Slot, column: Column, cell: Cell) -> bool {
        if self.schemas.tables().is_none() && cell.is_settable() {
            return self.put_cell_at(table, slot, column, cell);
        }
        self.offer_cell_at(table, slot, column, cell)
    }

    #[cold]
    #[inline(never)]
    fn offer_cell_at(&mut self, table: TextId, slot: Slot, column: Column, cell: Cell) -> bool {
        let found = || {
            let table = self.tables.get(table)?;
            Some((table.row_id(slot)?, table.column_id(column)?))
        };
        let Some((row, cell_id)) = found() else {
            return false;
        };
        self.offer_cell(table, row, cell_id, cell);
        true
    }

    /// Sets a row to just these cells, or with `partial` also to these.
    pub fn set_row(&mut self, table: TextId, row: TextId, cells: &[(TextId, Cell)], partial: bool) {
        if !self.is_writable() {
            return;
        }
        if self.schemas.tables().is_none() && are_clean(cells) {
            self.put_row(table, row, cells, partial);
        } else if partial {
            self.set_part(table, row, cells.to_vec());
        } else {
            let mut cells = cells.to_vec();
            let settled = self.settle_whole(Place::Row(table, Some(row)), &mut cells);
            if settled != Settled::Refused {
                self.put_row(table, row, &cells, false);
            }
        }
    }

    /// Sets some cells of a row, one after the other: the first makes the row, with its defaults.
    fn set_part(&mut self, table: TextId, row: TextId, mut cells: Vec<(TextId, Cell)>) {
        let place = Place::Row(table, Some(row));
        if !self.settle_part(place, &mut cells) {
            return;
        }
        let found = self.tables.get(table);
        if found.is_none_or(|table| table.find(row).is_none()) {
            let mut first: Vec<_> = cells.drain(..1).collect();
            self.settle_new_row(place, &mut first);
            self.put_row(table, row, &first, true);
        }
        self.put_row(table, row, &cells, true);
    }

    /// Adds a row under an id of the store's choice; with `reuse` one of a deleted row's if there is
    /// one. `None` if there is nothing to set, or no writable transaction.
    pub fn add_row(
        &mut self,
        table: TextId,
        cells: &[(TextId, Cell)],
        reuse: bool,
    ) -> Option<TextId> {
        if !self.is_writable() {
            return None;
        }
        if self.schemas.tables().is_none() && are_clean(cells) {
            return self.put_new_row(table, cells, reuse);
        }
        let mut cells = cells.to_vec();
        match self.settle_whole(Place::Row(table, None), &mut cells) {
            Settled::Refused => None,
            _ => self.put_new_row(table, &cells, reuse),
        }
    }

    /// Sets a table to just the rows of a staged one.
    pub fn set_table(&mut self, id: TextId, mut staged: StagedTable) {
        if self.is_writable() && self.settle_table(id, &mut staged) {
            self.put_table(id, staged.table);
        }
    }

    /// Sets the cells of a staged table one by one, and leaves all others.
    pub fn merge_table(&mut self, id: TextId, staged: StagedTable) {
        if self.schemas.tables().is_none() && staged.is_clean {
            if staged.table.row_count() > 0 {
                self.put_cells(id, staged.table);
            }
            return;
        }
        for (row, slot) in staged.table.rows() {
            for (cell_id, cell) in staged.table.cells(slot) {
                self.set_cell(id, row, cell_id, cell);
            }
        }
    }

    /// Sets the tables to just the staged ones.
    pub fn set_tables(&mut self, staged: Vec<(TextId, StagedTable)>) {
        if !self.is_writable() {
            return;
        }
        if staged.is_empty() {
            self.invalid.cell([None; 3], Cell::ABSENT);
        }
        // All of it is settled before any of it is set.
        let settle = |(id, mut table): (TextId, StagedTable)| {
            let has_rows = self.settle_table(id, &mut table);
            has_rows.then_some((id, table.table))
        };
        let settled: Vec<_> = staged.into_iter().filter_map(settle).collect();
        if settled.is_empty() {
            return;
        }
        let kept: FxHashSet<TextId> = settled.iter().map(|(id, _)| *id).collect();
        for (id, table) in settled {
            self.put_table(id, table);
        }
        let gone: Vec<_> = self.tables.ids().filter(|id| !kept.contains(id)).collect();
        for table in gone {
            self.remove_table(table);
        }
    }

    /// Takes a cell out, and with the last one its row, and with that its table. One that has a
    /// default is set to it instead; with `force`, its whole row is taken out.
    pub fn del_cell(&mut self, table: TextId, row: TextId, cell: TextId, force: bool) {
        let schema = self.schemas.tables().and_then(|tables| tables.get(table));
        let default = schema.map_or(Cell::ABSENT, |schema| schema.default_of(cell));
        if default.is_absent() {
            self.remove_cell(table, row, cell);
        } else if self.cell(table, row, cell).is_absent() {
            // There is nothing to take out.
        } else if force {
            self.remove_row(table, row, false);
        } else {
            self.put_cell(table, row, cell, default);
        }
    }

    /// Takes a row out, and with the last one its table.
    pub fn del_row(&mut self, table: TextId, row: TextId) {
        self.remove_row(table, row, true);
    }

    /// Takes a table out.
    pub fn del_table(&mut self, table: TextId) {
        self.remove_table(table);
    }

    /// Takes all tables out.
    pub fn del_tables(&mut self) {
        let tables: Vec<_> = self.tables.ids().collect();
        for table in tables {
            self.remove_table(table);
        }
    }

    /// Sets one value.
    pub fn set_value(&mut self, value: TextId, cell: Cell) {
        if !self.is_writable() {
            return;
        }
        let settled = self.settle_cell(Place::Values, value, cell);
        if !settled.is_absent() {
            self.put_value(value, settled);
        }
    }

    /// Sets the values to just these, or with `partial` also to these.
    pub fn set_values(&mut self, values: &[(TextId, Cell)], partial: bool) {
        if !self.is_writable() {
            return;
        }
        let mut values = values.to_vec();
        let has_some = if self.schemas.values().is_none() && are_clean(&values) {
            true
        } else if partial {
            self.settle_part(Place::Values, &mut values)
        } else {
            self.settle_whole(Place::Values, &mut values) != Settled::Refused
        };
        if !has_some {
            return;
        }
        for (value, cell) in &values {
            self.put_value(*value, *cell);
        }
        if !partial {
            let kept: FxHashSet<TextId> = values.iter().map(|(value, _)| *value).collect();
            let gone: Vec<_> = self.values.ids().filter(|id| !kept.contains(id)).collect();
            for value in gone {
                self.del_value(value);
            }
        }
    }

    /// Sets values one by one, and leaves all others.
    pub fn merge_values(&mut self, values: &[(TextId, Cell)]) {
        for (value, cell) in values {
            self.set_value(*value, *cell);
        }
    }

    /// Takes a value out; one that has a default is set to it instead.
    pub fn del_value(&mut self, value: TextId) {
        let schema = self.schemas.values();
        let default = schema.map_or(Cell::ABSENT, |schema| schema.default_of(value));
        if default.is_absent() {
            self.remove_value(value);
        } else if !self.value(value).is_absent() {
            self.put_value(value, default);
        }
    }

    /// Takes all values out.
    pub fn del_values(&mut self) {
        let values: Vec<_> = self.values.ids().collect();
        for value in values {
            self.del_value(value);
        }
    }

    /// Sets the content to what was read from JSON: an empty half takes everything out, one that is
    /// no object is reported.
    pub fn set_content(&mut self, content: Content) {
        match content.tables {
            Half::Missing if content.concerns.0 => self.report_invalid_cell([None; 3]),
            Half::Missing => {}
            Half::Empty => self.del_tables(),
            Half::Staged => self.set_tables(content.staged.tables),
        }
        match content.values {
            Half::Missing if content.concerns.1 => self.report_invalid_values(),
            Half::Missing => {}
            Half::Empty => self.del_values(),
            Half::Staged => self.set_values(&content.staged.values, false),
        }
    }
}
