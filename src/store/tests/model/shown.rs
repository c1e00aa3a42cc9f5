//! What the naive store holds, in the notation of the driver and as JSON.

use super::lists::{List, sorted};
use super::{Model, Row, Table, VALUES, Value};

impl Model {
    /// All cells in order, in the notation of the driver.
    pub fn notation(&self) -> String {
        let mut parts = Vec::new();
        for (table, Table { rows, .. }) in &self.tables {
            for (row, cells) in rows {
                for (cell, value) in cells {
                    parts.push(format!("{table}.{row}.{cell}={}", VALUES[*value].0));
                }
            }
        }
        parts.join(" ")
    }

    /// All values in order, in the notation of the driver.
    pub fn values_notation(&self) -> String {
        let show = |(id, value): &(String, Value)| format!("{id}={}", VALUES[*value].0);
        self.values.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    /// The content as JavaScript prints it.
    pub fn json(&self) -> String {
        let row = |row: &Row| object(row, |value| VALUES[*value].1.to_owned());
        let table = |table: &Table| object(&table.rows, row);
        format!("[{},{}]", object(&self.tables, table), row(&self.values))
    }

    /// The same content in the order in which it comes from its JSON.
    pub fn in_object_order(mut self) -> Model {
        let sort = |row: &mut Row| *row = sorted(row);
        self.tables = sorted(&self.tables);
        for (_, table) in &mut self.tables {
            table.rows = sorted(&table.rows);
            table.rows.iter_mut().for_each(|(_, row)| sort(row));
        }
        sort(&mut self.values);
        self
    }
}

/// An object as JavaScript prints it.
pub fn object<T: Clone>(list: &List<T>, member: impl Fn(&T) -> String) -> String {
    let members: Vec<_> = sorted(list)
        .iter()
        .map(|(id, value)| format!("\"{id}\":{}", member(value)))
        .collect();
    format!("{{{}}}", members.join(","))
}
