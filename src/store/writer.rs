//! Writes to one table: what every operation on rows and cells comes down to. Each counts the texts
//! that come and go, and logs what it replaced.

use super::cell::Cell;
use super::equality::is_same;
use super::log::{Entry, Log};
use super::shape::Column;
use super::table::{Slot, Table};
use super::text::{TextId, Texts};
use rustc_hash::FxHashSet;

/// Counts the text of a cell that comes, and uncounts that of the one it replaces.
pub fn exchange(texts: &mut Texts, old: Cell, new: Cell) {
    if let Some(text) = new.text_id() {
        texts.acquire(text);
    }
    if let Some(text) = old.text_id() {
        texts.release(text);
    }
}

/// One table, with what a write to it also needs.
pub struct Writer<'a> {
    pub id: TextId,
    pub table: &'a mut Table,
    pub texts: &'a mut Texts,
    pub log: &'a mut Log,
    pub epoch: &'a mut u32,
}

impl Writer<'_> {
    fn is_new(&self, slot: Slot) -> bool {
        slot >= self.table.touched.1
    }

    /// The row's slot, made if there is none; and whether it was.
    pub fn row_or_new(&mut self, row: TextId) -> (Slot, bool) {
        if let Some(slot) = self.table.find(row) {
            return (slot, false);
        }
        let layout = self.table.layout;
        let slot = self.table.add_row(row, self.texts.bytes(row));
        if layout != self.table.layout {
            *self.epoch = self.epoch.wrapping_add(1);
        }
        self.texts.acquire(row);
        if self.table.logs_rows {
            self.log_row(row, slot);
        }
        (slot, true)
    }

    fn log_row(&mut self, row: TextId, slot: Slot) {
        let (table, generation) = (self.id, self.table.generation);
        self.log.push(Entry::RowAdded {
            table,
            row,
            slot,
            generation,
        });
    }

    pub fn set(&mut self, slot: Slot, row: TextId, cell_id: TextId, cell: Cell) {
        let (column, is_new) = self.table.column_or_new(cell_id);
        if is_new {
            self.texts.acquire(cell_id);
        }
        self.set_at(slot, row, column, cell_id, cell);
    }

    pub fn set_at(&mut self, slot: Slot, row: TextId, column: Column, cell_id: TextId, cell: Cell) {
        let old = self.table.cell(slot, column);
        if is_same(self.texts, old, cell) {
            return;
        }
        exchange(self.texts, old, cell);
        if !self.is_new(slot) {
            self.log.push(Entry::CellSet {
                table: self.id,
                row,
                cell: cell_id,
                old,
            });
        }
        if old.is_absent() && self.table.column_rows(column) == 0 {
            self.log.push(Entry::TableCellAdded {
                table: self.id,
                cell: cell_id,
            });
        }
        self.table.set(slot, column, cell);
    }

    /// Takes a cell out, and the row with its last one.
    pub fn remove_cell(&mut self, slot: Slot, row: TextId, column: Column) {
        if self.table.cell(slot, column).is_absent() {
            return;
        }
        self.log_new_rows(slot);
        self.let_go(slot, row, column);
        self.table.set(slot, column, Cell::ABSENT);
        if self.table.row_columns(slot).is_empty() {
            self.remove_empty_row(slot, row);
        }
    }

    /// Takes a row out; with `reuse` its id may be used again by `addRow`.
    pub fn remove_row(&mut self, slot: Slot, row: TextId, reuse: bool) {
        self.log_new_rows(slot);
        for column in self.table.row_columns(slot).iter() {
            self.let_go(slot, row, *column);
        }
        self.remove_empty_row(slot, row);
        if reuse {
            self.table.row_ids.give_back(self.texts.bytes(row));
        }
    }

    /// Logs that a cell goes, and uncounts its text.
    fn let_go(&mut self, slot: Slot, row: TextId, column: Column) {
        let (table, old) = (self.id, self.table.cell(slot, column));
        if let Some(cell) = self.table.column_id(column) {
            exchange(self.texts, old, Cell::ABSENT);
            self.log.push(Entry::CellRemoved {
                table,
                row,
                cell,
                old,
            });
            if self.table.column_rows(column) == 1 {
                self.log.push(Entry::TableCellRemoved { table, cell });
            }
        }
    }

    fn remove_empty_row(&mut self, slot: Slot, row: TextId) {
        self.table.remove_row(slot);
        self.texts.release(row);
        self.log.push(Entry::RowRemoved {
            table: self.id,
            row,
            slot,
        });
    }

    /// Cells of rows that are new in the transaction are not logged when they are set: they were
    /// absent, and their order is the row's. Before a cell of such a row goes, which would lose that
    /// order, the rows that are new so far are logged after all.
    fn log_new_rows(&mut self, slot: Slot) {
        if !self.is_new(slot) {
            return;
        }
        let mut at = self.table.touched.1;
        while let Some(slot) = self.table.next_live(at) {
            if let Some(row) = self.table.row_id(slot) {
                if !self.table.logs_rows {
                    self.log_row(row, slot);
                }
                for column in self.table.row_columns(slot).iter() {
                    if let Some(cell) = self.table.column_id(*column) {
                        let old = Cell::ABSENT;
                        self.log.push(Entry::CellSet {
                            table: self.id,
                            row,
                            cell,
                            old,
                        });
                    }
                }
            }
            at = Slot(slot.0 + 1);
        }
        self.table.touched.1 = self.table.next_slot();
        self.table.logs_rows = true;
    }

    /// Sets a row to just these cells.
    pub fn set_row(&mut self, row: TextId, cells: impl Iterator<Item = (TextId, Cell)> + Clone) {
        let (slot, is_new) = self.row_or_new(row);
        let mut count = 0;
        for (id, cell) in cells.clone() {
            self.set(slot, row, id, cell);
            count += 1;
        }
        if is_new {
            return;
        }
        let many: Option<FxHashSet<TextId>> =
            (count > 16).then(|| cells.clone().map(|(id, _)| id).collect());
        for column in self.table.row_columns(slot).iter() {
            let Some(id) = self.table.column_id(*column) else {
                continue;
            };
            let is_kept = match &many {
                Some(ids) => ids.contains(&id),
                None => cells.clone().any(|(kept, _)| kept == id),
            };
            if !is_kept {
                self.remove_cell(slot, row, *column);
            }
        }
    }
}
