//! The net effect of the transaction so far, computed from its log when someone asks.

use super::Store;
use super::cell::Cell;
use super::equality::is_same;
use super::id_changes::{IdChanges, IdCounter};
use super::log::Entry;
use super::table::{Slot, Table};
use super::text::TextId;
use super::touched::{Builder, Now, Touched};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What each logged cell and value was at first, as far as the log has been read.
#[derive(Default)]
pub struct Originals {
    read: usize,
    cells: FxHashMap<(TextId, TextId, TextId), Cell>,
    values: FxHashMap<TextId, Cell>,
}

/// What happened to a cell or value in the transaction so far.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// Whether it was written to with something other than it held.
    pub is_touched: bool,
    /// What it was at the start of the transaction.
    pub old: Cell,
    /// What it is.
    pub new: Cell,
}

impl Now for Store {
    fn table(&self, table: TextId) -> Option<&Table> {
        Store::table(self, table)
    }

    fn value(&self, value: TextId) -> Cell {
        Store::value(self, value)
    }
}

/// The cells of a row as if they were logged.
fn replay_row(
    table_id: TextId,
    table: &Table,
    row: TextId,
    slot: Slot,
    visit: &mut impl FnMut(&Entry),
) {
    for column in table.row_columns(slot).iter() {
        if let Some(cell) = table.column_id(*column) {
            visit(&Entry::CellSet {
                table: table_id,
                row,
                cell,
                old: Cell::ABSENT,
            });
        }
    }
}

impl Store {
    /// Goes through the log, and with each row or table that came through what is not logged of it:
    /// rows and cells that are as new as it is, which stand in the order in which they came.
    fn replay(&self, mut visit: impl FnMut(&Entry)) {
        for entry in self.log.iter() {
            visit(entry);
            match *entry {
                Entry::TableAdded {
                    table: id,
                    generation,
                } => {
                    if let Some(table) = self.tables.get(id)
                        && table.generation == generation
                        && !table.logs_rows
                    {
                        for (row, slot) in table.rows() {
                            visit(&Entry::RowAdded {
                                table: id,
                                row,
                                slot,
                                generation,
                            });
                            replay_row(id, table, row, slot, &mut visit);
                        }
                    }
                }
                Entry::RowAdded {
                    table: id,
                    row,
                    slot,
                    generation,
                } => {
                    if let Some(table) = self.tables.get(id)
                        && table.generation == generation
                        && slot >= table.touched.1
                        && table.row_id(slot) == Some(row)
                    {
                        replay_row(id, table, row, slot, &mut visit);
                    }
                }
                _ => {}
            }
        }
    }

    /// Everything that the transaction touched, whether it differs in the end or not.
    pub(super) fn touched(&mut self) -> Arc<Touched> {
        // While the store is locked the result stays true. Before that it would have to be known
        // whether anything was written, which the log alone does not tell: see `log_new_rows`.
        if let Some(net) = &self.net {
            return Arc::clone(net);
        }
        let mut builder = Builder::with_room(self.log.len());
        self.replay(|entry| match *entry {
            Entry::TableAdded { table, .. } => {
                builder.table(table);
            }
            Entry::RowAdded { table, row, .. } => {
                builder.row(table, row);
            }
            Entry::CellSet {
                table,
                row,
                cell,
                old,
            }
            | Entry::CellRemoved {
                table,
                row,
                cell,
                old,
            } => {
                let at = builder.row(table, row);
                builder.cell(at, cell, old);
            }
            Entry::ValueSet { value, old } | Entry::ValueRemoved { value, old } => {
                builder.value(value, old);
            }
            Entry::TableRemoved { .. }
            | Entry::TableCellAdded { .. }
            | Entry::TableCellRemoved { .. }
            | Entry::RowRemoved { .. }
            | Entry::CellStamped { .. }
            | Entry::ValueStamped { .. } => {}
        });
        let touched = Arc::new(builder.finish(self));
        if self.is_locked() {
            self.net = Some(Arc::clone(&touched));
        }
        touched
    }

    /// What differs from the start of the transaction: the net changes.
    pub fn changed(&mut self) -> Arc<Touched> {
        let touched = self.touched();
        let differs = |node: &super::CellNode| !is_same(&self.texts, node.old, node.new);
        let all = touched.cells.iter().chain(&touched.values).all(differs);
        // A row or table that came and has gone again can leave an empty node behind.
        let none_empty = touched.rows.iter().all(|row| !row.cells.is_empty())
            && touched.tables.iter().all(|table| !table.rows.is_empty());
        if all && none_empty {
            touched
        } else {
            Arc::new(touched.filter(differs))
        }
    }

    /// Whether anything differs from the start of the transaction.
    pub fn has_changed(&mut self) -> bool {
        !self.log.is_empty() && !self.changed().is_empty()
    }

    /// Which ids came and went.
    #[must_use]
    pub fn id_changes(&self) -> IdChanges {
        let mut counter = IdCounter::default();
        self.replay(|entry| counter.note(entry));
        counter.finish()
    }

    /// Whether anything in the tables, and whether any value, was written to with something other
    /// than it held, even if it is now what it was at the start.
    #[must_use]
    pub fn touches(&self) -> (bool, bool) {
        self.log.touches()
    }

    /// Whether there are tables, or with `keyed` values, if that differs from the start of the
    /// transaction.
    pub(super) fn presence_change(&self, keyed: bool) -> Option<bool> {
        let change = |entry: &Entry| match entry {
            Entry::TableAdded { .. } if !keyed => 1,
            Entry::TableRemoved { .. } if !keyed => -1,
            Entry::ValueSet { old, .. } if keyed && old.is_absent() => 1,
            Entry::ValueRemoved { .. } if keyed => -1,
            _ => 0,
        };
        let count = if keyed {
            self.values.len()
        } else {
            self.tables.len()
        } as i64;
        let had = count != self.log.iter().map(change).sum::<i64>();
        let has = count != 0;
        (has != had).then_some(has)
    }

    /// What happened to a cell.
    pub fn cell_change(&mut self, table: TextId, row: TextId, cell: TextId) -> Change {
        self.read_originals();
        let new = self.cell(table, row, cell);
        match self.originals.cells.get(&(table, row, cell)) {
            Some(old) => Change {
                is_touched: true,
                old: *old,
                new,
            },
            None if self.is_unlogged(table, row) && !new.is_absent() => Change {
                is_touched: true,
                old: Cell::ABSENT,
                new,
            },
            None => Change {
                is_touched: false,
                old: new,
                new,
            },
        }
    }

    /// What happened to a value.
    pub fn value_change(&mut self, value: TextId) -> Change {
        self.read_originals();
        let new = self.value(value);
        match self.originals.values.get(&value) {
            Some(old) => Change {
                is_touched: true,
                old: *old,
                new,
            },
            None => Change {
                is_touched: false,
                old: new,
                new,
            },
        }
    }

    fn is_unlogged(&self, table: TextId, row: TextId) -> bool {
        let table = self.tables.get(table);
        self.is_active()
            && table.is_some_and(|table| {
                table.touched.0 == self.transaction.serial
                    && table.find(row).is_some_and(|slot| slot >= table.touched.1)
            })
    }

    fn read_originals(&mut self) {
        if self.originals.read > self.log.len() {
            self.originals = Originals::default();
        }
        for entry in self.log.iter_from(self.originals.read) {
            match *entry {
                Entry::CellSet {
                    table,
                    row,
                    cell,
                    old,
                }
                | Entry::CellRemoved {
                    table,
                    row,
                    cell,
                    old,
                } => {
                    self.originals
                        .cells
                        .entry((table, row, cell))
                        .or_insert(old);
                }
                Entry::ValueSet { value, old } | Entry::ValueRemoved { value, old } => {
                    self.originals.values.entry(value).or_insert(old);
                }
                _ => {}
            }
        }
        self.originals.read = self.log.len();
    }

    /// Forgets what the transaction did.
    pub(super) fn forget(&mut self) {
        self.net = None;
        self.forget_stamping();
        if !self.log.is_empty() {
            self.update_orders();
            self.log.clear();
            self.originals = Originals::default();
        }
    }
}
