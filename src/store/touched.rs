//! What a transaction touched, as a tree: tables, their rows, their cells, each in the order in
//! which it was touched first, and each cell with what it was before.
//!
//! This is the order in which listeners are called and in which a rollback puts things back.

use super::cell::Cell;
use super::table::Table;
use super::text::TextId;
use rustc_hash::FxHashMap;
use std::ops::Range;

const NONE: u32 = u32::MAX;

/// A table's place in the tree.
pub struct TableNode {
    /// The table.
    pub id: TextId,
    /// Its rows, in [`Touched::rows`].
    pub rows: Range<usize>,
}

/// A row's place in the tree.
pub struct RowNode {
    /// The row.
    pub id: TextId,
    /// Its cells, in [`Touched::cells`].
    pub cells: Range<usize>,
}

/// A cell's or value's place in the tree.
#[derive(Clone, Copy)]
pub struct CellNode {
    /// The cell or value.
    pub id: TextId,
    /// What it was at the start.
    pub old: Cell,
    /// What it is now.
    pub new: Cell,
}

/// The tree, laid out flat: each node's children are a range of the next list.
#[derive(Default)]
pub struct Touched {
    /// The tables.
    pub tables: Vec<TableNode>,
    /// The rows of all tables.
    pub rows: Vec<RowNode>,
    /// The cells of all rows.
    pub cells: Vec<CellNode>,
    /// The values.
    pub values: Vec<CellNode>,
}

impl Touched {
    /// Whether nothing was touched.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.values.is_empty()
    }

    /// Every cell with its table and row.
    pub fn each_cell(&self) -> impl Iterator<Item = (TextId, TextId, &CellNode)> {
        self.tables.iter().flat_map(move |table| {
            self.rows
                .get(table.rows.clone())
                .unwrap_or_default()
                .iter()
                .flat_map(move |row| {
                    let cells = self.cells.get(row.cells.clone()).unwrap_or_default();
                    cells.iter().map(move |cell| (table.id, row.id, cell))
                })
        })
    }

    /// The tree without the cells and values that `keep` refuses, and without the rows and tables
    /// that are left empty.
    pub fn filter(&self, keep: impl Fn(&CellNode) -> bool) -> Touched {
        let mut kept = Touched::default();
        for table in &self.tables {
            let first_row = kept.rows.len();
            for row in self.rows.get(table.rows.clone()).unwrap_or_default() {
                let first_cell = kept.cells.len();
                let cells = self.cells.get(row.cells.clone()).unwrap_or_default();
                kept.cells.extend(cells.iter().filter(|cell| keep(cell)));
                if kept.cells.len() > first_cell {
                    kept.rows.push(RowNode {
                        id: row.id,
                        cells: first_cell..kept.cells.len(),
                    });
                }
            }
            if kept.rows.len() > first_row {
                kept.tables.push(TableNode {
                    id: table.id,
                    rows: first_row..kept.rows.len(),
                });
            }
        }
        kept.values
            .extend(self.values.iter().filter(|value| keep(value)));
        kept
    }
}

struct Link {
    id: TextId,
    first: u32,
    last: u32,
    next: u32,
    length: u32,
}

impl Link {
    fn new(id: TextId) -> Link {
        Link {
            id,
            first: NONE,
            last: NONE,
            next: NONE,
            length: 0,
        }
    }
}

struct CellLink {
    id: TextId,
    old: Cell,
    next: u32,
}

/// Builds a [`Touched`] from touches in the order in which they happened.
#[derive(Default)]
pub struct Builder {
    tables: Vec<Link>,
    rows: Vec<Link>,
    cells: Vec<CellLink>,
    values: Vec<CellNode>,
    table_index: FxHashMap<TextId, u32>,
    row_index: FxHashMap<(u32, TextId), u32>,
    cell_index: FxHashMap<(u32, TextId), u32>,
    value_index: FxHashMap<TextId, u32>,
    latest: Option<(TextId, u32, TextId, u32)>,
}

/// Up to this many cells of a row are searched one by one before an index is used.
const SEARCHED: u32 = 8;

impl Builder {
    /// A builder for a log of that many entries. Growing step by step would copy everything as often.
    pub fn with_room(entries: usize) -> Builder {
        let mut builder = Builder::default();
        builder.rows.reserve(entries / 2);
        builder.row_index.reserve(entries / 2);
        builder.cells.reserve(entries);
        builder
    }

    /// Notes that a table was touched; gives its number.
    pub fn table(&mut self, id: TextId) -> u32 {
        let next = self.tables.len() as u32;
        let at = *self.table_index.entry(id).or_insert(next);
        if at == next {
            self.tables.push(Link::new(id));
        }
        at
    }

    /// Notes that a row was touched; gives its number for [`Builder::cell`].
    pub fn row(&mut self, table: TextId, row: TextId) -> u32 {
        let at_table = match self.latest {
            Some((id, at, row_id, at_row)) if id == table => {
                if row_id == row {
                    return at_row;
                }
                at
            }
            _ => self.table(table),
        };
        let next = self.rows.len() as u32;
        let at_row = *self.row_index.entry((at_table, row)).or_insert(next);
        if at_row == next {
            self.rows.push(Link::new(row));
            if let Some(parent) = self.tables.get_mut(at_table as usize) {
                let previous = std::mem::replace(&mut parent.last, next);
                parent.length += 1;
                match self.rows.get_mut(previous as usize) {
                    Some(previous) => previous.next = next,
                    None => parent.first = next,
                }
            }
        }
        self.latest = Some((table, at_table, row, at_row));
        at_row
    }

    /// Notes that a cell was touched, which was `old` before; counts only the first time.
    pub fn cell(&mut self, row: u32, id: TextId, old: Cell) {
        let next = self.cells.len() as u32;
        let Some(parent) = self.rows.get_mut(row as usize) else {
            return;
        };
        if parent.length <= SEARCHED {
            let mut at = parent.first;
            while let Some(cell) = self.cells.get(at as usize) {
                if cell.id == id {
                    return;
                }
                at = cell.next;
            }
        } else if self.cell_index.contains_key(&(row, id)) {
            return;
        }
        let previous = std::mem::replace(&mut parent.last, next);
        parent.length += 1;
        if parent.length == SEARCHED + 1 {
            // From here on by index: enter those that were searched until now.
            let mut at = parent.first;
            while let Some(cell) = self.cells.get(at as usize) {
                self.cell_index.insert((row, cell.id), at);
                at = cell.next;
            }
        }
        if parent.length > SEARCHED {
            self.cell_index.insert((row, id), next);
        }
        match self.cells.get_mut(previous as usize) {
            Some(previous) => previous.next = next,
            None => parent.first = next,
        }
        self.cells.push(CellLink {
            id,
            old,
            next: NONE,
        });
    }

    /// Notes that a value was touched, which was `old` before; counts only the first time.
    pub fn value(&mut self, id: TextId, old: Cell) {
        let next = self.values.len() as u32;
        if *self.value_index.entry(id).or_insert(next) == next {
            self.values.push(CellNode {
                id,
                old,
                new: Cell::ABSENT,
            });
        }
    }

    /// Lays the tree out; `now` tells what each cell and value is now.
    pub fn finish(self, now: &impl Now) -> Touched {
        let mut touched = Touched {
            tables: Vec::with_capacity(self.tables.len()),
            rows: Vec::with_capacity(self.rows.len()),
            cells: Vec::with_capacity(self.cells.len()),
            values: self.values,
        };
        for table in &self.tables {
            let first_row = touched.rows.len();
            let now_table = now.table(table.id);
            let mut at_row = table.first;
            while let Some(row) = self.rows.get(at_row as usize) {
                let first_cell = touched.cells.len();
                let now_row = now_table.and_then(|table| Some((table, table.find(row.id)?)));
                let mut at_cell = row.first;
                while let Some(cell) = self.cells.get(at_cell as usize) {
                    let new = now_row
                        .and_then(|(table, slot)| Some(table.cell(slot, table.column(cell.id)?)));
                    let (id, old) = (cell.id, cell.old);
                    let new = new.unwrap_or(Cell::ABSENT);
                    touched.cells.push(CellNode { id, old, new });
                    at_cell = cell.next;
                }
                let cells = first_cell..touched.cells.len();
                touched.rows.push(RowNode { id: row.id, cells });
                at_row = row.next;
            }
            let rows = first_row..touched.rows.len();
            touched.tables.push(TableNode { id: table.id, rows });
        }
        for value in &mut touched.values {
            value.new = now.value(value.id);
        }
        touched
    }
}

/// What the tables and values are at the time of asking.
pub trait Now {
    /// A table.
    fn table(&self, table: TextId) -> Option<&Table>;
    /// A value; absent if there is none.
    fn value(&self, value: TextId) -> Cell;
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl Now for Nothing {
        fn table(&self, _: TextId) -> Option<&Table> {
            None
        }

        fn value(&self, _: TextId) -> Cell {
            Cell::ABSENT
        }
    }

    fn n(number: u32) -> Cell {
        Cell::number(f64::from(number)).unwrap()
    }

    #[test]
    fn each_level_is_in_the_order_of_first_touch_with_the_oldest_cell() {
        let mut builder = Builder::default();
        for (table, row, cell, old) in [
            (1, 1, 1, 10),
            (2, 1, 1, 20),
            (1, 2, 1, 30),
            (1, 1, 2, 40),
            (1, 1, 1, 50),
        ] {
            let row = builder.row(TextId(table), TextId(row));
            builder.cell(row, TextId(cell), n(old));
        }
        let touched = builder.finish(&Nothing);
        let order: Vec<_> = touched
            .each_cell()
            .map(|(table, row, cell)| (table.0, row.0, cell.id.0, cell.old.kind() == n(50).kind()))
            .collect();
        assert_eq!(
            order,
            [
                (1, 1, 1, false),
                (1, 1, 2, false),
                (1, 2, 1, false),
                (2, 1, 1, false)
            ]
        );
    }

    #[test]
    fn rows_with_many_cells_are_deduplicated_too() {
        let mut builder = Builder::default();
        for round in 0..3 {
            for cell in 0..100 {
                let row = builder.row(TextId(1), TextId(1));
                builder.cell(row, TextId(cell), n(round));
            }
        }
        let touched = builder.finish(&Nothing);
        assert_eq!(touched.cells.len(), 100);
        assert!(touched.cells.iter().all(|cell| cell.old.is_identical(n(0))));
        let kept = touched.filter(|cell| cell.id.0 == 7);
        assert_eq!(
            (kept.tables.len(), kept.rows.len(), kept.cells.len()),
            (1, 1, 1)
        );
        assert!(touched.filter(|_| false).is_empty());
    }
}
