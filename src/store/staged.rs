//! Content on its way into the store, whole and valid, before any of it is applied.

use super::cell::Cell;
use super::text::TextId;
use std::ops::Range;

/// A row that is coming.
#[derive(Clone, Debug)]
pub struct StagedRow {
    /// Its id.
    pub id: TextId,
    cells: Range<usize>,
}

/// A table that is coming.
#[derive(Clone, Debug)]
pub struct StagedTable {
    /// Its id.
    pub id: TextId,
    rows: Range<usize>,
}

/// More room for cells than this is given back.
const KEPT: usize = 1024;

/// Tables and values in the order in which they are to be set. Rows without cells and tables without
/// rows are not valid content, so they are dropped as they end.
#[derive(Debug, Default)]
pub struct Staged {
    /// The tables.
    pub tables: Vec<StagedTable>,
    /// The values.
    pub values: Vec<(TextId, Cell)>,
    all_rows: Vec<StagedRow>,
    all_cells: Vec<(TextId, Cell)>,
    first_row: usize,
    first_cell: usize,
}

impl Staged {
    /// Forgets the content; keeps some memory for the next.
    pub fn clear(&mut self) {
        if self.all_cells.capacity() > KEPT {
            *self = Staged::default();
        }
        self.tables.clear();
        self.values.clear();
        self.all_rows.clear();
        self.all_cells.clear();
        (self.first_row, self.first_cell) = (0, 0);
    }

    /// The rows of a table.
    #[must_use]
    pub fn rows(&self, table: &StagedTable) -> &[StagedRow] {
        self.all_rows.get(table.rows.clone()).unwrap_or_default()
    }

    /// The cells of a row.
    #[must_use]
    pub fn cells(&self, row: &StagedRow) -> &[(TextId, Cell)] {
        self.all_cells.get(row.cells.clone()).unwrap_or_default()
    }

    /// The rows that belong to no table yet.
    #[must_use]
    pub fn loose_rows(&self) -> &[StagedRow] {
        self.all_rows.get(self.first_row..).unwrap_or_default()
    }

    /// The cells that belong to no row yet.
    #[must_use]
    pub fn loose_cells(&self) -> &[(TextId, Cell)] {
        self.all_cells.get(self.first_cell..).unwrap_or_default()
    }

    /// The rows that belong to no table yet, to be put in order.
    pub fn loose_rows_mut(&mut self) -> &mut [StagedRow] {
        self.all_rows.get_mut(self.first_row..).unwrap_or_default()
    }

    /// The cells that belong to no row yet, to be put in order.
    pub fn loose_cells_mut(&mut self) -> &mut [(TextId, Cell)] {
        self.all_cells
            .get_mut(self.first_cell..)
            .unwrap_or_default()
    }

    /// Stages a cell of the row that [`Staged::end_row`] will name.
    pub fn cell(&mut self, id: TextId, cell: Cell) {
        self.all_cells.push((id, cell));
    }

    /// Makes the cells since the last row a row; without cells there is none.
    pub fn end_row(&mut self, id: TextId) {
        let end = self.all_cells.len();
        if end > self.first_cell {
            self.all_rows.push(StagedRow {
                id,
                cells: self.first_cell..end,
            });
            self.first_cell = end;
        }
    }

    /// Makes the rows since the last table a table; without rows there is none.
    pub fn end_table(&mut self, id: TextId) {
        let end = self.all_rows.len();
        if end > self.first_row {
            self.tables.push(StagedTable {
                id,
                rows: self.first_row..end,
            });
            self.first_row = end;
        }
    }
}
