//! What the setters and deletions of `set.rs` come down to, once what is offered is settled; and what a
//! rollback does.
//!
//! Each does nothing unless a transaction is open and writable. Handles must be this store's; cells
//! with a text take part in its count.

use super::Store;
use super::cell::Cell;
use super::equality::is_same;
use super::log::Entry;
use super::shape::Column;
use super::table::{Slot, Table};
use super::text::TextId;
use super::writer::{Writer, exchange};

/// The first new slot of a table of which nothing counts as new, so that everything is logged.
const NO_SLOT: Slot = Slot(u32::MAX);

impl Store {
    /// The table, to be written to.
    fn writer(&mut self, id: TextId) -> Option<Writer<'_>> {
        if !self.transaction.is_writable() {
            return None;
        }
        let table = self.tables.get_mut(id)?;
        if table.touched.0 != self.transaction.serial {
            let logs_all = self.stamps.is_some();
            let first_new = if logs_all { NO_SLOT } else { table.next_slot() };
            table.touched = (self.transaction.serial, first_new);
            table.logs_rows = true;
            self.touched_tables.push(id);
        }
        let (texts, log, epoch) = (&mut self.texts, &mut self.log, &mut self.epoch);
        Some(Writer {
            id,
            table,
            texts,
            log,
            epoch,
        })
    }

    /// The table, made if there is none.
    fn writer_or_new(&mut self, id: TextId) -> Option<Writer<'_>> {
        if self.transaction.is_writable() && !self.tables.contains(id) {
            self.add_table(id, |generation| Box::new(Table::new(generation)));
        }
        self.writer(id)
    }

    fn add_table(&mut self, id: TextId, make: impl FnOnce(u32) -> Box<Table>) {
        self.generations += 1;
        let generation = self.generations;
        let logs_all = self.stamps.is_some();
        let mut table = make(generation);
        let first_new = if logs_all { NO_SLOT } else { Slot(0) };
        table.touched = (self.transaction.serial, first_new);
        table.logs_rows = logs_all;
        self.tables.insert(id, table);
        self.touched_tables.push(id);
        self.texts.acquire(id);
        self.log.push(Entry::TableAdded {
            table: id,
            generation,
        });
    }

    fn remove_empty_table(&mut self, id: TextId) {
        if self
            .tables
            .get(id)
            .is_some_and(|table| table.row_count() == 0)
            && let Some(table) = self.tables.remove(id)
        {
            for column in table.column_ids() {
                self.texts.release(column);
            }
            self.texts.release(id);
            self.log.push(Entry::TableRemoved { table: id });
            self.epoch = self.epoch.wrapping_add(1);
        }
    }

    /// Sets one cell; makes the row and the table if there are none. Gives the row's slot, if the
    /// write was applied.
    #[inline]
    pub(super) fn put_cell(
        &mut self,
        table: TextId,
        row: TextId,
        cell_id: TextId,
        cell: Cell,
    ) -> Option<Slot> {
        let mut writer = self.writer_or_new(table)?;
        let (slot, _) = writer.row_or_new(row);
        writer.set(slot, row, cell_id, cell);
        Some(slot)
    }

    /// Sets one cell of a row that there is, in a column that there is. False, and nothing done, if
    /// there is no such row or column.
    #[inline]
    pub(super) fn put_cell_at(
        &mut self,
        table: TextId,
        slot: Slot,
        column: Column,
        cell: Cell,
    ) -> bool {
        let Some(mut writer) = self.writer(table) else {
            return false;
        };
        let row = writer.table.row_id(slot);
        let (Some(row), Some(cell_id)) = (row, writer.table.column_id(column)) else {
            return false;
        };
        writer.set_at(slot, row, column, cell_id, cell);
        true
    }

    /// Sets a row to just these cells, or with `partial` also to these.
    pub(super) fn put_row(
        &mut self,
        table: TextId,
        row: TextId,
        cells: &[(TextId, Cell)],
        partial: bool,
    ) {
        if let Some(mut writer) = self.writer_or_new(table) {
            if partial {
                let (slot, _) = writer.row_or_new(row);
                for (id, cell) in cells {
                    writer.set(slot, row, *id, *cell);
                }
            } else {
                writer.set_row(row, cells.iter().copied());
            }
        }
    }

    /// Adds a row under an id of the store's choice; with `reuse` one of a deleted row's if there is
    /// one. `None` without a writable transaction.
    pub(super) fn put_new_row(
        &mut self,
        table: TextId,
        cells: &[(TextId, Cell)],
        reuse: bool,
    ) -> Option<TextId> {
        let mut writer = self.writer_or_new(table)?;
        let row = loop {
            let id = writer.table.row_ids.take(reuse);
            let row = writer.texts.intern(&id);
            if writer.table.find(row).is_none() {
                break row;
            }
        };
        writer.set_row(row, cells.iter().copied());
        Some(row)
    }

    /// Sets a table to just the rows of a staged one.
    pub(super) fn put_table(&mut self, id: TextId, staged: Box<Table>) {
        if !self.tables.contains(id) {
            self.adopt(id, staged);
            return;
        }
        let Some(mut writer) = self.writer(id) else {
            return;
        };
        for (row, slot) in staged.rows() {
            writer.set_row(row, staged.cells(slot));
        }
        let is_gone = |(row, _): &(TextId, Slot)| staged.find(*row).is_none();
        let gone: Vec<_> = writer.table.rows().filter(is_gone).collect();
        for (row, slot) in gone {
            writer.remove_row(slot, row, true);
        }
    }

    /// Sets the cells of a staged table, and leaves all others.
    pub(super) fn put_cells(&mut self, id: TextId, staged: Box<Table>) {
        if !self.tables.contains(id) {
            self.adopt(id, staged);
            return;
        }
        let Some(mut writer) = self.writer(id) else {
            return;
        };
        for (row, staged_slot) in staged.rows() {
            let (slot, _) = writer.row_or_new(row);
            for (cell_id, cell) in staged.cells(staged_slot) {
                writer.set(slot, row, cell_id, cell);
            }
        }
    }

    /// Takes a staged table over as a new one.
    fn adopt(&mut self, id: TextId, mut table: Box<Table>) {
        if !self.transaction.is_writable() {
            return;
        }
        for (row, slot) in table.rows() {
            self.texts.acquire(row);
            for column in table.row_columns(slot).iter() {
                exchange(&mut self.texts, Cell::ABSENT, table.cell(slot, *column));
            }
        }
        for column in table.column_ids() {
            self.texts.acquire(column);
        }
        let cell_ids = table.cell_ids();
        self.add_table(id, |generation| {
            table.generation = generation;
            table
        });
        for cell in cell_ids {
            self.log.push(Entry::TableCellAdded { table: id, cell });
        }
        if self.stamps.is_some()
            && let Some(table) = self.tables.get(id)
        {
            table.log_rows(id, &mut self.log);
        }
    }

    /// Takes a cell out, and with the last one its row, and with that its table.
    pub(super) fn remove_cell(&mut self, table: TextId, row: TextId, cell: TextId) {
        let Some(mut writer) = self.writer(table) else {
            return;
        };
        if let (Some(slot), Some(column)) = (writer.table.find(row), writer.table.column(cell)) {
            writer.remove_cell(slot, row, column);
            self.remove_empty_table(table);
        }
    }

    /// Takes a row out, and with the last one its table. With `reuse` its id may be used again.
    pub(super) fn remove_row(&mut self, table: TextId, row: TextId, reuse: bool) {
        let Some(mut writer) = self.writer(table) else {
            return;
        };
        if let Some(slot) = writer.table.find(row) {
            writer.remove_row(slot, row, reuse);
            self.remove_empty_table(table);
        }
    }

    /// Takes a table out.
    pub(super) fn remove_table(&mut self, table: TextId) {
        let Some(mut writer) = self.writer(table) else {
            return;
        };
        let rows: Vec<_> = writer.table.rows().collect();
        for (row, slot) in rows {
            writer.remove_row(slot, row, true);
        }
        self.remove_empty_table(table);
    }

    /// Sets one value.
    pub(super) fn put_value(&mut self, value: TextId, cell: Cell) {
        if !self.transaction.is_writable() {
            return;
        }
        let old = self.values.get(value).copied().unwrap_or(Cell::ABSENT);
        if is_same(&self.texts, old, cell) {
            return;
        }
        exchange(&mut self.texts, old, cell);
        if self.values.insert(value, cell).is_none() {
            self.texts.acquire(value);
        }
        self.log.push(Entry::ValueSet { value, old });
    }

    /// Takes a value out.
    pub(super) fn remove_value(&mut self, value: TextId) {
        if self.transaction.is_writable()
            && let Some(old) = self.values.remove(value)
        {
            exchange(&mut self.texts, old, Cell::ABSENT);
            self.texts.release(value);
            self.log.push(Entry::ValueRemoved { value, old });
        }
    }

    /// Undoes the log, cell by cell in the order of first touch: what was there is set again, at the
    /// end if it had gone, and what was not is taken out. As in TinyBase, a row that comes back gets
    /// its defaults with its first cell, which a schema may have something to report of.
    pub(super) fn undo(&mut self) {
        let touched = self.touched();
        for (table, row, cell) in touched.each_cell() {
            if cell.old.is_absent() {
                self.remove_cell(table, row, cell.id);
            } else {
                self.set_cell(table, row, cell.id, cell.old);
            }
        }
        for value in &touched.values {
            if value.old.is_absent() {
                self.remove_value(value.id);
            } else {
                self.set_value(value.id, value.old);
            }
        }
        self.unstamp();
        self.forget();
        // Rows that were put back are not new: let the tables be marked afresh.
        self.transaction.serial = self.transaction.serial.wrapping_add(1).max(1);
    }
}
