//! Content on its way into the store, whole and valid, before any of it is applied.

use super::cell::Cell;
use super::text::TextId;
use std::ops::Range;

/// A row that is coming. Its cells are ranges of the lists that all rows share.
#[derive(Clone, Copy, Debug)]
pub struct StagedRow {
    /// Its id.
    pub id: TextId,
    /// Which of the lists of cell ids it has.
    ids: u32,
    /// Where its cells start: the block, and the place in it.
    cells: u32,
}

/// A table that is coming.
#[derive(Clone, Debug)]
pub struct StagedTable {
    /// Its id.
    pub id: TextId,
    rows: Range<usize>,
}

/// Cells a block: one vector that doubles would for a while weigh three times its content, and wasm
/// memory never shrinks. A row's cells are in one block.
const BLOCK: usize = 1 << BLOCK_BITS;
const BLOCK_BITS: usize = 12;

/// Tables and values in the order in which they are to be set. Rows without cells and tables without
/// rows are not valid content, so they are dropped as they end.
#[derive(Debug, Default)]
pub struct Staged {
    /// The tables.
    pub tables: Vec<StagedTable>,
    /// The values.
    pub values: Vec<(TextId, Cell)>,
    /// The cells of the latest row, or of the one that has not ended yet.
    row: Vec<(TextId, Cell)>,
    has_ended: bool,
    rows: Vec<StagedRow>,
    first_row: usize,
    cells: Vec<Vec<Cell>>,
    /// The cell ids of the rows; rows that follow each other with the same ones share them, since a
    /// large table would weigh half as much again otherwise.
    ids: Vec<TextId>,
    /// Where in `ids` each list is.
    lists: Vec<Range<usize>>,
}

impl Staged {
    /// Forgets the content; keeps some memory for the next.
    pub fn clear(&mut self) {
        if self.cells.len() > 1 {
            *self = Staged::default();
        }
        self.tables.clear();
        self.values.clear();
        self.row.clear();
        self.rows.clear();
        self.cells.iter_mut().for_each(Vec::clear);
        self.ids.clear();
        self.lists.clear();
        self.first_row = 0;
    }

    /// The rows of a table.
    #[must_use]
    pub fn rows(&self, table: &StagedTable) -> &[StagedRow] {
        self.rows.get(table.rows.clone()).unwrap_or_default()
    }

    /// The cells of a row.
    pub fn cells(&self, row: &StagedRow) -> impl Iterator<Item = (TextId, Cell)> + Clone {
        let ids = self
            .lists
            .get(row.ids as usize)
            .and_then(|list| self.ids.get(list.clone()));
        let ids = ids.unwrap_or_default();
        let block = self.cells.get(row.cells as usize >> BLOCK_BITS);
        let start = row.cells as usize & (BLOCK - 1);
        let cells = block.and_then(|cells| cells.get(start..start + ids.len()));
        let cells = cells.unwrap_or_default();
        ids.iter().copied().zip(cells.iter().copied())
    }

    /// The row that was staged last, with its cells.
    #[must_use]
    pub fn latest_row(&self) -> Option<(TextId, &[(TextId, Cell)])> {
        Some((self.rows.last()?.id, &self.row))
    }

    /// The rows that belong to no table yet.
    #[must_use]
    pub fn loose_rows(&self) -> &[StagedRow] {
        self.rows.get(self.first_row..).unwrap_or_default()
    }

    /// The same, to be put in order.
    pub fn loose_rows_mut(&mut self) -> &mut [StagedRow] {
        self.rows.get_mut(self.first_row..).unwrap_or_default()
    }

    /// The cells that belong to no row yet.
    #[must_use]
    pub fn loose_cells(&self) -> &[(TextId, Cell)] {
        if self.has_ended { &[] } else { &self.row }
    }

    /// The same, to be put in order.
    pub fn loose_cells_mut(&mut self) -> &mut [(TextId, Cell)] {
        if self.has_ended {
            &mut []
        } else {
            &mut self.row
        }
    }

    /// Stages a cell of the row that [`Staged::end_row`] will name.
    pub fn cell(&mut self, id: TextId, cell: Cell) {
        if std::mem::take(&mut self.has_ended) {
            self.row.clear();
        }
        self.row.push((id, cell));
    }

    /// Makes the cells since the last row a row; without cells there is none.
    pub fn end_row(&mut self, id: TextId) {
        let cells = self.loose_cells();
        if cells.is_empty() {
            return;
        }
        let latest = self
            .lists
            .last()
            .and_then(|list| self.ids.get(list.clone()));
        let is_same = |latest: &[TextId]| latest.iter().eq(cells.iter().map(|(id, _)| id));
        if !latest.is_some_and(is_same) {
            let start = self.ids.len();
            self.ids.extend(self.row.iter().map(|(id, _)| *id));
            self.lists.push(start..self.ids.len());
        }
        let has_room = |block: &Vec<Cell>| block.len() + self.row.len() <= BLOCK;
        if !self.cells.last().is_some_and(has_room) {
            // The first block grows from small, since most content is.
            let room = if self.cells.is_empty() { 0 } else { BLOCK };
            self.cells.push(Vec::with_capacity(room));
        }
        // A row that is longer than a block has one of its own, and starts it.
        let block = self.cells.len() - 1;
        if let Some(cells) = self.cells.last_mut() {
            let start = (block << BLOCK_BITS | cells.len()) as u32;
            let ids = self.lists.len() as u32 - 1;
            self.rows.push(StagedRow {
                id,
                ids,
                cells: start,
            });
            cells.extend(self.row.iter().map(|(_, cell)| *cell));
        }
        self.has_ended = true;
    }

    /// Makes the rows since the last table a table; without rows there is none.
    pub fn end_table(&mut self, id: TextId) {
        let rows = self.first_row..self.rows.len();
        if !rows.is_empty() {
            self.first_row = rows.end;
            self.tables.push(StagedTable { id, rows });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_give_back_their_own_cells_whether_or_not_they_share_ids() {
        let mut staged = Staged::default();
        let rows: [&[u32]; 5] = [&[1, 2], &[1, 2], &[2, 1], &[], &[1]];
        for (number, ids) in rows.iter().enumerate() {
            for id in *ids {
                staged.cell(TextId(*id), Cell::text(TextId(number as u32)));
            }
            staged.end_row(TextId(100 + number as u32));
        }
        staged.end_table(TextId(7));
        staged.end_table(TextId(8));
        let [table] = &staged.tables[..] else {
            panic!("one table has rows")
        };
        let seen: Vec<_> = staged
            .rows(table)
            .iter()
            .map(|row| {
                (
                    row.id.0,
                    staged.cells(row).map(|(id, _)| id.0).collect::<Vec<_>>(),
                )
            })
            .collect();
        let expected = [
            (100, vec![1, 2]),
            (101, vec![1, 2]),
            (102, vec![2, 1]),
            (104, vec![1]),
        ];
        assert_eq!(seen, expected);
        assert_eq!(
            staged.latest_row().map(|(id, cells)| (id.0, cells.len())),
            Some((104, 1))
        );
        staged.clear();
        assert!(staged.latest_row().is_none());
    }
}
