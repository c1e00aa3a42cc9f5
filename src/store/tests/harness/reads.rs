//! The reads of the driver, in its notation.

use super::{Driver, joined};
use crate::store::{Cell, CellKind, Change, Table, TextId};

impl Driver {
    /// A text of the store's.
    pub fn text(&self, id: TextId) -> String {
        String::from_utf8_lossy(self.store.text(id)).into_owned()
    }

    /// Several texts of the store's, parted by spaces.
    pub fn texts(&self, ids: &[TextId]) -> String {
        joined(ids.iter().map(|id| self.text(*id)))
    }

    pub(super) fn show(&self, cell: Cell) -> String {
        match cell.kind() {
            CellKind::Absent => "undefined".into(),
            CellKind::Rejected => "rejected".into(),
            CellKind::Null => "null".into(),
            CellKind::Boolean(boolean) => boolean.to_string(),
            CellKind::Number(number) => number.to_string(),
            CellKind::Text(text) | CellKind::Json(text) => self.text(text),
        }
    }

    /// The table of an id.
    pub fn table(&self, table: &str) -> Option<&Table> {
        self.store.table(self.store.find(table.as_bytes())?)
    }

    /// All cells, in order.
    pub fn tables(&self) -> String {
        let mut parts = Vec::new();
        for id in self.store.table_ids() {
            let table = self.store.table(id).unwrap();
            for (row, slot) in table.rows() {
                for column in table.row_columns(slot).iter() {
                    let cell = table.column_id(*column).unwrap();
                    let path = [id, row, cell].map(|id| self.text(id)).join(".");
                    parts.push(format!("{path}={}", self.show(table.cell(slot, *column))));
                }
            }
        }
        joined(parts)
    }

    /// All values, in order.
    pub fn values(&self) -> String {
        joined(
            self.store
                .values()
                .map(|(id, value)| format!("{}={}", self.text(id), self.show(value))),
        )
    }

    /// A cell, in the notation.
    pub fn cell(&self, table: &str, row: &str, cell: &str) -> String {
        let ids = [table, row, cell].map(|id| self.store.find(id.as_bytes()));
        let [Some(table), Some(row), Some(cell)] = ids else {
            return "undefined".into();
        };
        self.show(self.store.cell(table, row, cell))
    }

    pub fn table_ids(&self) -> String {
        joined(self.store.table_ids().map(|id| self.text(id)))
    }

    pub fn row_ids(&self, table: &str) -> String {
        let table = self.table(table).unwrap();
        joined(table.rows().map(|(id, _)| self.text(id)))
    }

    /// The ids of the cells that rows of a table have.
    pub fn table_cell_ids(&self, table: &str) -> String {
        let table = self.table(table).unwrap();
        joined(table.cell_ids().into_iter().map(|id| self.text(id)))
    }

    /// The net changes of the tables so far; `-` is for what is gone.
    pub fn changes(&mut self) -> String {
        let changed = self.store.changed();
        let mut parts = Vec::new();
        for table in &changed.tables {
            let id = self.text(table.id);
            let Some(now) = self.store.table(table.id) else {
                parts.push(format!("{id}=-"));
                continue;
            };
            for row in &changed.rows[table.rows.clone()] {
                let id = format!("{id}.{}", self.text(row.id));
                if now.find(row.id).is_none() {
                    parts.push(format!("{id}=-"));
                    continue;
                }
                for cell in &changed.cells[row.cells.clone()] {
                    let value = Some(cell.new).filter(|new| !new.is_absent());
                    let value = value.map_or("-".into(), |new| self.show(new));
                    parts.push(format!("{id}.{}={value}", self.text(cell.id)));
                }
            }
        }
        joined(parts)
    }

    /// The net changes of the values so far.
    pub fn value_changes(&mut self) -> String {
        let changed = self.store.changed();
        joined(changed.values.iter().map(|value| {
            let new = Some(value.new).filter(|new| !new.is_absent());
            let new = new.map_or("-".into(), |new| self.show(new));
            format!("{}={new}", self.text(value.id))
        }))
    }

    /// What happened to a cell: `touched` or `same`, and what it was and is.
    pub fn cell_change(&mut self, table: &str, row: &str, cell: &str) -> String {
        let [table, row, cell] = [table, row, cell].map(|id| self.id(id));
        let change = self.store.cell_change(table, row, cell);
        self.show_change(change)
    }

    /// What happened to a value.
    pub fn value_change(&mut self, value: &str) -> String {
        let value = self.id(value);
        let change = self.store.value_change(value);
        self.show_change(change)
    }

    fn show_change(&self, change: Change) -> String {
        let touched = if change.is_touched { "touched" } else { "same" };
        format!(
            "{touched} {}->{}",
            self.show(change.old),
            self.show(change.new)
        )
    }

    /// The JSON of the tables.
    pub fn tables_json(&mut self) -> String {
        let mut out = Vec::new();
        self.store.write_tables_json(&mut out);
        String::from_utf8(out).unwrap()
    }

    /// The JSON of the values.
    pub fn values_json(&mut self) -> String {
        let mut out = Vec::new();
        self.store.write_values_json(&mut out);
        String::from_utf8(out).unwrap()
    }

    /// The JSON of both.
    pub fn json(&mut self) -> String {
        let mut out = Vec::new();
        self.store.write_json(&mut out);
        String::from_utf8(out).unwrap()
    }
}
