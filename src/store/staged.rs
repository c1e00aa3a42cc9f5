//! Content on its way into the store, whole and valid, before any of it is applied.

use super::cell::Cell;
use super::shape::Column;
use super::table::{Slot, Table};
use super::text::{TextId, Texts};

/// Tables and values in the order in which they are to be set. Rows without cells and tables without
/// rows are not valid content, so they are dropped as they end.
///
/// A staged table is built as the one that it will be, so that a table that is new to the store is
/// simply taken over. Until then nothing in it counts as a use of its texts.
#[derive(Default)]
pub struct Staged {
    /// The tables, by id.
    pub tables: Vec<(TextId, Box<Table>)>,
    /// The values.
    pub values: Vec<(TextId, Cell)>,
    /// The cells of the latest row, or of the one that has not ended yet.
    row: Vec<(TextId, Cell)>,
    /// The id of the latest row, as long as it is not in `table`: a row may come alone.
    pending: Option<TextId>,
    /// The rows that belong to no table yet.
    table: Option<Box<Table>>,
    /// The cell ids of the row before, with their columns in `table`.
    columns: Vec<(TextId, Column)>,
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

    /// Makes the cells since the last row a row; without cells there is none.
    pub fn end_row(&mut self, id: TextId) {
        if self.pending.is_none() && !self.row.is_empty() {
            self.pending = Some(id);
        }
    }

    /// Makes the rows since the last table a table; without rows there is none.
    pub fn end_table(&mut self, texts: &Texts, id: TextId) {
        if let Some(table) = self.take_table(texts) {
            self.tables.push((id, table));
        }
    }

    /// The rows that belong to no table yet, as one.
    pub fn take_table(&mut self, texts: &Texts) -> Option<Box<Table>> {
        self.put_pending(texts);
        self.table.take()
    }

    /// The row that was staged last, with its cells.
    #[must_use]
    pub fn latest_row(&self) -> Option<(TextId, &[(TextId, Cell)])> {
        Some((self.pending?, &self.row))
    }

    fn put_pending(&mut self, texts: &Texts) {
        let Some(id) = self.pending.take() else {
            return;
        };
        if self.table.is_none() {
            self.columns.clear();
        }
        let table = self.table.get_or_insert_with(|| Box::new(Table::new(0)));
        let slot = match table.find(id) {
            // The same id again: the later row counts.
            Some(slot) => {
                clear_row(table, slot);
                slot
            }
            None => table.add_row(id, texts.bytes(id)),
        };
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
    fn rows_and_tables_without_content_are_dropped() {
        let mut texts = Texts::default();
        let [t, u, a, b] = ["t", "u", "a", "b"].map(|id| texts.intern(id.as_bytes()));
        let mut staged = Staged::default();
        staged.end_row(a);
        staged.end_table(&texts, t);
        for (row, is_given_up) in [(b, true), (a, false), (b, true)] {
            staged.give_up_row(&texts);
            staged.cell(&texts, a, Cell::NULL);
            if !is_given_up {
                staged.end_row(row);
            }
        }
        staged.end_table(&texts, u);
        let [(id, table)] = &staged.tables[..] else {
            panic!("one table has rows")
        };
        assert_eq!((*id, table.row_count(), table.find(b)), (u, 1, None));
    }

    #[test]
    fn the_latest_row_stands_alone_until_another_follows() {
        let mut texts = Texts::default();
        let [a, b] = ["a", "b"].map(|id| texts.intern(id.as_bytes()));
        let mut staged = Staged::default();
        for id in [a, b] {
            staged.give_up_row(&texts);
            staged.cell(&texts, a, Cell::NULL);
            staged.end_row(id);
        }
        assert_eq!(
            staged.latest_row().map(|(id, cells)| (id, cells.len())),
            Some((b, 1))
        );
        let table = staged.take_table(&texts).unwrap();
        assert_eq!(table.rows().map(|(id, _)| id).collect::<Vec<_>>(), [a, b]);
        assert!(staged.latest_row().is_none());
    }
}
