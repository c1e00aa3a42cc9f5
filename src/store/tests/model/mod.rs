//! A naive store, written for plainness: lists that are searched from the front, and every rule of
//! order spelled out. The random tests compare the real one with it.
//!
//! Here is what it holds and how that changes; `set` has the operations.

mod announced;
mod lists;
mod schemas;
mod set;
mod shown;

use lists::{get, get_or_new, remove};
use schemas::Schemas;
use std::collections::VecDeque;

pub use lists::{List, sorted};
pub use schemas::{RULES, Rule};
pub use shown::object;

/// A cell or value; the numbers are indices into [`VALUES`].
pub type Value = usize;

/// The values that occur: in the notation of the driver, and as JSON. Equal ones as change detection
/// sees them, here 0 and -0, are neighbours with the same number in [`MEANINGS`]. The last is none.
pub const VALUES: [(&str, &str); 11] = [
    ("0", "0"),
    ("-0", "0"),
    ("1", "1"),
    ("-1.5", "-1.5"),
    ("null", "null"),
    ("true", "true"),
    ("x", "\"x\""),
    ("é\"", "\"é\\\"\""),
    ("[1]", "\"\u{FFFD}[1]\""),
    (
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"",
    ),
    ("rejected", "1e999"),
];

/// The one that cannot be a cell.
const REJECTED: Value = 10;

const MEANINGS: [usize; 11] = [0, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10];

fn is_same(a: Option<Value>, b: Option<Value>) -> bool {
    a.map(|a| MEANINGS[a]) == b.map(|b| MEANINGS[b])
}

/// Ids that came (1) and went (-1); what cancels is taken out.
type IdSet = List<i8>;

fn note(ids: &mut IdSet, id: &str, change: i8) {
    if remove(ids, id).is_none() {
        ids.push((id.to_owned(), change));
    }
}

pub type Row = List<Value>;

#[derive(Clone, Default)]
pub struct Table {
    pub rows: List<Row>,
    /// The cell ids with how many rows have each, in the order in which they came.
    pub cell_ids: List<u32>,
    next: u32,
    pool: VecDeque<String>,
}

/// What a transaction has touched, in the order of first touch, with what was there before.
#[derive(Clone, Default)]
struct Touched {
    cells: List<List<List<Option<Value>>>>,
    values: List<Option<Value>>,
    table_ids: IdSet,
    table_cell_ids: List<IdSet>,
    /// How many more or fewer rows a table has.
    row_counts: List<i32>,
    row_ids: List<IdSet>,
    cell_ids: List<List<IdSet>>,
    value_ids: IdSet,
}

#[derive(Clone, Default)]
pub struct Model {
    pub tables: List<Table>,
    pub values: Row,
    touched: Touched,
    schemas: Schemas,
    /// What was offered in vain, by path in the order of first mention; `?` is for what has no id.
    invalid_cells: List<List<List<Vec<String>>>>,
    invalid_values: List<Vec<String>>,
    /// Whether there were tables, and values, when the latest transaction ended.
    had: (bool, bool),
}

impl Model {
    pub fn cell(&self, table: &str, row: &str, cell: &str) -> Option<Value> {
        get(get(&get(&self.tables, table)?.rows, row)?, cell).copied()
    }

    pub fn put_cell(&mut self, table: &str, row: &str, cell: &str, value: Value) {
        let old = self.cell(table, row, cell);
        if is_same(old, Some(value)) {
            return;
        }
        let touched = &mut self.touched;
        if get(&self.tables, table).is_none() {
            note(&mut touched.table_ids, table, 1);
        }
        let rows = &mut get_or_new(&mut self.tables, table).rows;
        if get(rows, row).is_none() {
            note(get_or_new(&mut touched.row_ids, table), row, 1);
            *get_or_new(&mut touched.row_counts, table) += 1;
        }
        *get_or_new(get_or_new(rows, row), cell) = value;
        self.touch(table, row, cell, old);
        if old.is_none() {
            let rows = get_or_new(&mut get_or_new(&mut self.tables, table).cell_ids, cell);
            *rows += 1;
            if *rows == 1 {
                let ids = get_or_new(&mut self.touched.table_cell_ids, table);
                note(ids, cell, 1);
            }
            self.note_cell(table, row, cell, 1);
        }
    }

    fn touch(&mut self, table: &str, row: &str, cell: &str, old: Option<Value>) {
        let cells = get_or_new(get_or_new(&mut self.touched.cells, table), row);
        if get(cells, cell).is_none() {
            cells.push((cell.to_owned(), old));
        }
    }

    fn note_cell(&mut self, table: &str, row: &str, cell: &str, change: i8) {
        let ids = get_or_new(get_or_new(&mut self.touched.cell_ids, table), row);
        note(ids, cell, change);
    }

    pub fn remove_cell(&mut self, table: &str, row: &str, cell: &str) {
        let Some(old) = self.cell(table, row, cell) else {
            return;
        };
        self.touch(table, row, cell, Some(old));
        self.note_cell(table, row, cell, -1);
        let Table { rows, cell_ids, .. } = get_or_new(&mut self.tables, table);
        let count = get_or_new(cell_ids, cell);
        *count -= 1;
        if *count == 0 {
            remove(cell_ids, cell);
            let ids = get_or_new(&mut self.touched.table_cell_ids, table);
            note(ids, cell, -1);
        }
        let cells = get_or_new(rows, row);
        remove(cells, cell);
        if cells.is_empty() {
            remove(rows, row);
            let is_last = rows.is_empty();
            note(get_or_new(&mut self.touched.row_ids, table), row, -1);
            *get_or_new(&mut self.touched.row_counts, table) -= 1;
            if is_last {
                remove(&mut self.tables, table);
                note(&mut self.touched.table_ids, table, -1);
            }
        }
    }

    /// Sets a row to just these cells, or also to these.
    fn put_row(&mut self, table: &str, row: &str, cells: &Row, partial: bool) {
        for (cell, value) in cells {
            self.put_cell(table, row, cell, *value);
        }
        let there = get(&self.tables, table).and_then(|table| get(&table.rows, row));
        for (cell, _) in there.cloned().unwrap_or_default() {
            if !partial && get(cells, &cell).is_none() {
                self.remove_cell(table, row, &cell);
            }
        }
    }

    fn put_new_row(&mut self, table: &str, cells: &Row, reuse: bool) -> String {
        // The table is not there yet if this is its first row: its count starts at 0.
        let mut found = get(&self.tables, table).cloned().unwrap_or_default();
        let id = loop {
            let pooled = if reuse { found.pool.pop_front() } else { None };
            let id = pooled.unwrap_or_else(|| {
                found.next += 1;
                (found.next - 1).to_string()
            });
            if get(&found.rows, &id).is_none() {
                break id;
            }
        };
        self.put_row(table, &id, cells, false);
        let table = get_or_new(&mut self.tables, table);
        (table.next, table.pool) = (found.next, found.pool);
        id
    }

    /// Takes a row out, cell by cell; whether its id may be given again.
    pub fn remove_row(&mut self, table: &str, row: &str, is_reusable: bool) {
        let Some(cells) = get(&self.tables, table).and_then(|table| get(&table.rows, row)) else {
            return;
        };
        for (cell, _) in cells.clone() {
            self.remove_cell(table, row, &cell);
        }
        if is_reusable
            && !row.is_empty()
            && row.bytes().all(|byte| byte.is_ascii_digit())
            && let Some((_, table)) = self.tables.iter_mut().find(|(id, _)| id == table)
        {
            table.pool.push_back(row.to_owned());
        }
    }

    /// Sets a table to just these rows.
    fn put_table(&mut self, table: &str, rows: &List<Row>) {
        for (row, cells) in rows {
            self.put_row(table, row, cells, false);
        }
        for (row, _) in get(&self.tables, table).cloned().unwrap_or_default().rows {
            if get(rows, &row).is_none() {
                self.remove_row(table, &row, true);
            }
        }
    }

    pub fn remove_table(&mut self, table: &str) {
        for (row, _) in get(&self.tables, table).cloned().unwrap_or_default().rows {
            self.remove_row(table, &row, true);
        }
    }

    pub fn put_value(&mut self, id: &str, value: Value) {
        let old = get(&self.values, id).copied();
        if is_same(old, Some(value)) {
            return;
        }
        *get_or_new(&mut self.values, id) = value;
        self.touch_value(id, old);
        if old.is_none() {
            note(&mut self.touched.value_ids, id, 1);
        }
    }

    fn touch_value(&mut self, id: &str, old: Option<Value>) {
        if get(&self.touched.values, id).is_none() {
            self.touched.values.push((id.to_owned(), old));
        }
    }

    pub fn remove_value(&mut self, id: &str) {
        if let Some(old) = remove(&mut self.values, id) {
            self.touch_value(id, Some(old));
            note(&mut self.touched.value_ids, id, -1);
        }
    }

    /// Puts everything back cell by cell, in the order of first touch. A row that comes back gets its
    /// defaults, as any new one does.
    pub fn roll_back(&mut self) {
        self.schemas.roll_back();
        let touched = self.touched.clone();
        for (table, rows) in &touched.cells {
            for (row, cells) in rows {
                for (cell, old) in cells {
                    match old {
                        Some(old) => self.set_cell(table, row, cell, *old),
                        None => self.remove_cell(table, row, cell),
                    }
                }
            }
        }
        for (id, old) in &touched.values {
            match old {
                Some(old) => self.set_value(id, *old),
                None => self.remove_value(id),
            }
        }
        self.touched = Touched::default();
    }
}
