//! The writes of the driver: each is a transaction, or part of the one that is open.

use super::Driver;
use crate::store::json::{self, Content, Reader, Stop, Whole};
use crate::store::{Cell, Error, Staged, TextId};

/// The parts of a notation: path and value of each entry.
pub(super) fn entries(notation: &str) -> Vec<(Vec<&str>, &str)> {
    notation
        .split_whitespace()
        .map(|entry| {
            let (path, value) = entry.split_once('=').unwrap();
            (path.split('.').collect(), value)
        })
        .collect()
}

impl Driver {
    /// The handle of an id.
    pub fn id(&mut self, id: &str) -> TextId {
        self.store.intern(id.as_bytes())
    }

    /// A cell from the notation.
    pub fn cell_of(&mut self, value: &str) -> Cell {
        match value {
            "undefined" => Cell::ABSENT,
            "rejected" => Cell::rejected(0),
            "null" => Cell::NULL,
            "true" => Cell::boolean(true),
            "false" => Cell::boolean(false),
            _ => match value.parse().ok().and_then(Cell::number) {
                Some(number) => number,
                None if value.starts_with(['{', '[']) => {
                    Cell::json(self.store.cell_text(value.as_bytes()))
                }
                None => Cell::text(self.store.cell_text(value.as_bytes())),
            },
        }
    }

    fn cells_of(&mut self, notation: &str) -> Vec<(TextId, Cell)> {
        let mut cells = Vec::new();
        for (path, value) in entries(notation) {
            cells.push((self.id(path[0]), self.cell_of(value)));
        }
        cells
    }

    /// Stages tables of rows; with a table given, rows of that one.
    fn stage(&mut self, table: Option<&str>, notation: &str) -> Staged {
        let mut staged = Staged::default();
        let entries = entries(notation);
        // How many ids there are in the path of a cell, a row and a table.
        let levels = if table.is_none() {
            [3, 2, 1]
        } else {
            [2, 1, 0]
        };
        for (index, (path, value)) in entries.iter().enumerate() {
            if path.len() == levels[0] {
                let (cell, value) = (self.id(path[levels[1]]), self.cell_of(value));
                staged.cell(self.store.texts(), cell, value);
            }
            let next = entries.get(index + 1).map(|(path, _)| path);
            let is_same =
                |level: usize| next.is_some_and(|next| next.get(..level) == path.get(..level));
            if path.len() >= levels[1] && !is_same(levels[1]) {
                let row = self.id(path[levels[2]]);
                match *value {
                    "bad" if path.len() == levels[1] => {
                        staged.end_bad_row(self.store.texts(), row);
                    }
                    _ => staged.end_row(self.store.texts(), row),
                }
            }
            if next.is_none() || !is_same(levels[2]) {
                let table = self.id(table.unwrap_or(path[0]));
                staged.end_table(self.store.texts(), table);
            }
        }
        if let (true, Some(table)) = (entries.is_empty(), table) {
            let table = self.id(table);
            staged.end_table(self.store.texts(), table);
        }
        staged
    }

    pub fn set_tables(&mut self, notation: &str) {
        self.together(|driver| {
            let staged = driver.stage(None, notation);
            driver.store.set_tables(staged.tables);
        });
    }

    pub fn set_table(&mut self, table: &str, notation: &str) {
        self.together(|driver| {
            for (table, staged) in driver.stage(Some(table), notation).tables {
                driver.store.set_table(table, staged);
            }
        });
    }

    pub fn merge_table(&mut self, table: &str, notation: &str) {
        self.together(|driver| {
            for (table, staged) in driver.stage(Some(table), notation).tables {
                driver.store.merge_table(table, staged);
            }
        });
    }

    pub fn set_row(&mut self, table: &str, row: &str, notation: &str) {
        self.together(|driver| {
            let (table, row) = (driver.id(table), driver.id(row));
            let cells = driver.cells_of(notation);
            driver.store.set_row(table, row, &cells, false);
        });
    }

    pub fn set_partial_row(&mut self, table: &str, row: &str, notation: &str) {
        self.together(|driver| {
            let (table, row) = (driver.id(table), driver.id(row));
            let cells = driver.cells_of(notation);
            driver.store.set_row(table, row, &cells, true);
        });
    }

    /// Adds a row; its id, or `undefined` if there is none.
    pub fn add_row(&mut self, table: &str, notation: &str, reuse: bool) -> String {
        let mut added = None;
        self.together(|driver| {
            let (table, cells) = (driver.id(table), driver.cells_of(notation));
            added = driver.store.add_row(table, &cells, reuse);
        });
        added.map_or("undefined".into(), |id| self.text(id))
    }

    pub fn set_cell(&mut self, table: &str, row: &str, cell: &str, value: &str) {
        self.together(|driver| {
            let [table, row, cell] = [table, row, cell].map(|id| driver.id(id));
            let value = driver.cell_of(value);
            driver.store.set_cell(table, row, cell, value);
        });
    }

    /// Sets a cell by its row's slot and its column; false if there is no such row or column.
    pub fn set_cell_at(&mut self, table: &str, row: &str, cell: &str, value: &str) -> bool {
        let mut is_set = false;
        self.together(|driver| {
            let [id, row, cell] = [table, row, cell].map(|id| driver.id(id));
            let value = driver.cell_of(value);
            let found = driver.store.table(id);
            let place = found.and_then(|table| Some((table.find(row)?, table.column(cell)?)));
            if let Some((slot, column)) = place {
                is_set = driver.store.set_cell_at(id, slot, column, value);
            }
        });
        is_set
    }

    pub fn del_cell(&mut self, table: &str, row: &str, cell: &str) {
        self.del_cell_with(table, row, cell, false);
    }

    pub fn force_del_cell(&mut self, table: &str, row: &str, cell: &str) {
        self.del_cell_with(table, row, cell, true);
    }

    fn del_cell_with(&mut self, table: &str, row: &str, cell: &str, force: bool) {
        self.together(|driver| {
            let [table, row, cell] = [table, row, cell].map(|id| driver.id(id));
            driver.store.del_cell(table, row, cell, force);
        });
    }

    pub fn del_row(&mut self, table: &str, row: &str) {
        self.together(|driver| {
            let [table, row] = [table, row].map(|id| driver.id(id));
            driver.store.del_row(table, row);
        });
    }

    pub fn del_table(&mut self, table: &str) {
        self.together(|driver| {
            let table = driver.id(table);
            driver.store.del_table(table);
        });
    }

    pub fn del_tables(&mut self) {
        self.together(|driver| driver.store.del_tables());
    }

    /// Says that what was offered as tables, or under these ids, is no object.
    pub fn report_invalid_cell(&mut self, path: &[&str]) {
        self.together(|driver| {
            let mut ids = [None; 3];
            for (step, id) in ids.iter_mut().zip(path) {
                *step = Some(driver.id(id));
            }
            driver.store.report_invalid_cell(ids);
        });
    }

    /// Says that what was offered as values is no object.
    pub fn report_invalid_values(&mut self) {
        self.together(|driver| driver.store.report_invalid_values());
    }

    pub fn set_values(&mut self, notation: &str) {
        self.together(|driver| {
            let values = driver.cells_of(notation);
            driver.store.set_values(&values, false);
        });
    }

    pub fn set_partial_values(&mut self, notation: &str) {
        self.together(|driver| {
            let values = driver.cells_of(notation);
            driver.store.set_values(&values, true);
        });
    }

    pub fn set_value(&mut self, value: &str, cell: &str) {
        self.together(|driver| {
            let (value, cell) = (driver.id(value), driver.cell_of(cell));
            driver.store.set_value(value, cell);
        });
    }

    pub fn merge_values(&mut self, notation: &str) {
        self.together(|driver| {
            let values = driver.cells_of(notation);
            driver.store.merge_values(&values);
        });
    }

    pub fn del_value(&mut self, value: &str) {
        self.together(|driver| {
            let value = driver.id(value);
            driver.store.del_value(value);
        });
    }

    pub fn del_values(&mut self) {
        self.together(|driver| driver.store.del_values());
    }

    /// Sets the tables from a JSON text; an error, and no transaction, if it is none.
    pub fn set_tables_json(&mut self, text: &[u8]) -> Result<(), Error> {
        self.apply_json(Whole::Tables, text)
    }

    /// The same for the values.
    pub fn set_values_json(&mut self, text: &[u8]) -> Result<(), Error> {
        self.apply_json(Whole::Values, text)
    }

    /// The same for both.
    pub fn set_json(&mut self, text: &[u8]) -> Result<(), Error> {
        self.apply_json(Whole::Content, text)
    }

    /// The same for a text that comes in pieces of these lengths, over and over.
    pub fn set_json_in_pieces(&mut self, text: &[u8], lengths: &[usize]) -> Result<(), Stop> {
        let mut reader = Reader::new(Whole::Content);
        let mut rest = text;
        for length in lengths.iter().cycle() {
            let (piece, after) = rest.split_at((*length).min(rest.len()));
            rest = after;
            reader.feed(&mut self.store, piece, rest.is_empty())?;
            if rest.is_empty() {
                break;
            }
        }
        self.apply(reader.finish());
        Ok(())
    }

    fn apply_json(&mut self, whole: Whole, text: &[u8]) -> Result<(), Error> {
        let content = json::read(&mut self.store, whole, text)?;
        self.apply(content);
        Ok(())
    }

    /// Does what a content that was read says.
    pub fn apply(&mut self, content: Content) {
        self.together(|driver| driver.store.set_content(content));
    }
}
