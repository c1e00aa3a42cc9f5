//! Content on its way into the store, whole, before any of it is applied.
//!
//! It may hold what cannot be set: rejected cells, rows without cells, rows that are none, tables
//! without rows. Each is kept where it was offered, so that `settle.rs` reports all of it in order.

use super::cell::Cell;
use super::shape::Column;
use super::table::{Slot, Table};
use super::text::{TextId, Texts};

/// A table on its way into the store, built as the one that it will be, so that a table that is new
/// to the store is simply taken over. Until then nothing in it counts as a use of its texts.
pub struct StagedTable {
    /// Its rows.
    pub table: Box<Table>,
    /// The rows that are no rows, such as numbers; in `table` they have no cells.
    pub bad_rows: Vec<Slot>,
    /// Whether every row has cells, and every cell is one.
    pub is_clean: bool,
}

impl Default for StagedTable {
    fn default() -> Self {
        StagedTable {
            table: Box::new(Table::new(0)),
            bad_rows: Vec::new(),
            is_clean: true,
        }
    }
}

/// Tables and values in the order in which they are to be set.
#[derive(Default)]
pub struct Staged {
    /// The tables, by id.
    pub tables: Vec<(TextId, StagedTable)>,
    /// The values.
    pub values: Vec<(TextId, Cell)>,
    /// The cells of the latest row, or of the one that has not ended yet.
    row: Vec<(TextId, Cell)>,
    /// The id of the latest row, as long as it is not in `table`: a row may come alone.
    pending: Option<Pending>,
    /// The rows that belong to no table yet.
    table: Option<StagedTable>,
    /// The cell ids of the row before, with their columns in `table`.
    columns: Vec<(TextId, Column)>,
}

struct Pending {
    id: TextId,
    is_bad: bool,
}

impl Staged {
    /// Forgets the content; keeps some memory for the next.
    pub fn clear(&mut self) {
        self.tables.clear();
        self.values.clear();
        self.row.clear();
        self.pending = None;
        self.table = None;
    }

    /// Forgets cells of a row that has not ended.
    pub fn give_up_row(&mut self, texts: &Texts) {
        self.put_pending(texts);
        self.row.clear();
    }

    /// Stages a cell of the row that [`Staged::end_row`] will name.
    pub fn cell(&mut self, texts: &Texts, id: TextId, cell: Cell) {
        self.put_pending(texts);
        self.row.push((id, cell));
    }

    /// Makes the cells since the last row a row.
    pub fn end_row(&mut self, texts: &Texts, id: TextId) {
        self.put_pending(texts);
        self.pending = Some(Pending { id, is_bad: false });
    }

    /// Stages a row.
    pub fn row(&mut self, texts: &Texts, id: TextId, cells: impl Iterator<Item = (TextId, Cell)>) {
        for (cell_id, cell) in cells {
            self.cell(texts, cell_id, cell);
        }
        self.end_row(texts, id);
    }

    /// Stages that what was offered as a row is none.
    pub fn end_bad_row(&mut self, texts: &Texts, id: TextId) {
        self.give_up_row(texts);
        self.pending = Some(Pending { id, is_bad: true });
    }

    /// Makes the rows since the last table a table.
    pub fn end_table(&mut self, texts: &Texts, id: TextId) {
        let table = self.take_table(texts);
        self.tables.push((id, table));
    }

    /// The rows that belong to no table yet, as one.
    pub fn take_table(&mut self, texts: &Texts) -> StagedTable {
        self.put_pending(texts);
        self.table.take().unwrap_or_default()
    }

    /// The row that was staged last, with its cells.
    #[must_use]
    pub fn latest_row(&self) -> Option<(TextId, &[(TextId, Cell)])> {
        Some((self.pending.as_ref()?.id, &self.row))
    }

    fn put_pending(&mut self, texts: &Texts) {
        let Some(Pending { id, is_bad }) = self.pending.take() else {
            return;
        };
        if self.table.is_none() {
            self.columns.clear();
        }
        let staged = self.table.get_or_insert_default();
        let table = &mut staged.table;
        let slot = match table.find(id) {
            // The same id again: the later row counts.
            Some(slot) => {
                clear_row(table, slot);
                staged.bad_rows.retain(|bad| *bad != slot);
                slot
            }
            None => table.add_row(id, texts.bytes(id)),
        };
        if self.row.is_empty() {
            staged.is_clean = false;
            if is_bad {
                staged.bad_rows.push(slot);
            }
        }
        for (index, (id, cell)) in self.row.drain(..).enumerate() {
            let column = match self.columns.get(index) {
                Some((same, column)) if *same == id => *column,
                _ => {
                    let (column, _) = table.column_or_new(id);
                    self.columns.truncate(index);
                    self.columns.push((id, column));
                    column
                }
            };
            staged.is_clean &= !cell.is_rejected() && !cell.is_absent();
            table.set(slot, column, cell);
        }
    }
}

fn clear_row(table: &mut Table, slot: Slot) {
    for column in table.row_columns(slot).iter() {
        table.set(slot, *column, Cell::ABSENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_set_is_kept_where_it_was_offered() {
        let mut texts = Texts::default();
        let [t, u, a, b] = ["t", "u", "a", "b"].map(|id| texts.intern(id.as_bytes()));
        let mut staged = Staged::default();
        staged.end_table(&texts, t);
        staged.cell(&texts, a, Cell::NULL);
        staged.end_bad_row(&texts, a);
        staged.end_row(&texts, b);
        staged.cell(&texts, a, Cell::rejected(1));
        staged.end_row(&texts, t);
        staged.end_table(&texts, u);
        let [(_, none), (_, rows)] = &staged.tables[..] else {
            panic!("both tables are kept")
        };
        assert!(none.table.row_count() == 0 && !rows.is_clean);
        let cells = rows
            .table
            .slots()
            .map(|slot| rows.table.cells(slot).count());
        assert_eq!(cells.collect::<Vec<_>>(), [0, 0, 1]);
        assert_eq!(rows.bad_rows, [Slot(0)]);
    }

    #[test]
    fn a_later_row_of_the_same_id_takes_the_place_of_one_that_is_none() {
        let mut texts = Texts::default();
        let a = texts.intern(b"a");
        let mut staged = Staged::default();
        staged.end_bad_row(&texts, a);
        staged.cell(&texts, a, Cell::NULL);
        staged.end_row(&texts, a);
        let table = staged.take_table(&texts);
        assert!(table.bad_rows.is_empty() && table.table.row_count() == 1);
    }

    #[test]
    fn the_latest_row_stands_alone_until_another_follows() {
        let mut texts = Texts::default();
        let [a, b] = ["a", "b"].map(|id| texts.intern(id.as_bytes()));
        let mut staged = Staged::default();
        for id in [a, b] {
            staged.give_up_row(&texts);
            staged.cell(&texts, a, Cell::NULL);
            staged.end_row(&texts, id);
        }
        assert_eq!(
            staged.latest_row().map(|(id, cells)| (id, cells.len())),
            Some((b, 1))
        );
        let table = staged.take_table(&texts).table;
        assert_eq!(table.rows().map(|(id, _)| id).collect::<Vec<_>>(), [a, b]);
        assert!(staged.latest_row().is_none());
    }
}
