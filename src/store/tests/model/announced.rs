//! What the naive store announces.

use super::lists::get;
use super::{IdSet, Model, VALUES, Value, is_same};

impl Model {
    /// The calls that a store with one listener of each kind makes now, and an end to the
    /// transaction.
    pub fn finish(&mut self) -> Vec<String> {
        let touched = std::mem::take(&mut self.touched);
        let invalid_cells = std::mem::take(&mut self.invalid_cells);
        let invalid_values = std::mem::take(&mut self.invalid_values);
        self.schemas.keep();
        let show = |value: Option<Value>| value.map_or("undefined", |value| VALUES[value].0);
        let ids = |ids: &IdSet| -> String {
            let sign = |change: i8| if change > 0 { "+" } else { "-" };
            ids.iter()
                .map(|(id, change)| format!(" {}{id}", sign(*change)))
                .collect()
        };
        let has = (!self.tables.is_empty(), !self.values.is_empty());
        let had = std::mem::replace(&mut self.had, has);
        let mut calls = vec!["willFinish".to_owned()];
        // Ids of one owner, and then one by one whether there is such a one.
        let tell = |calls: &mut Vec<String>, kinds: [&str; 2], owner: Option<&str>, set: &IdSet| {
            let [kind, has] = kinds;
            let (spaced, dotted) = owner.map_or_else(Default::default, |owner| {
                (format!(" {owner}"), format!("{owner}."))
            });
            if !set.is_empty() {
                calls.push(format!("{kind}{spaced}{}", ids(set)));
            }
            for (id, change) in set {
                calls.push(format!("{has} {dotted}{id} {}", *change > 0));
            }
        };
        for (table, rows) in &invalid_cells {
            for (row, cells) in rows {
                for (cell, offered) in cells {
                    let offered = offered.join(" ");
                    calls.push(format!("invalidCell {table}.{row}.{cell} {offered}"));
                }
            }
        }
        if has.0 != had.0 {
            calls.push(format!("hasTables {}", has.0));
        }
        tell(
            &mut calls,
            ["tableIds", "hasTable"],
            None,
            &touched.table_ids,
        );
        for (table, cells) in &touched.table_cell_ids {
            let kinds = ["tableCellIds", "hasTableCell"];
            tell(&mut calls, kinds, Some(table), cells);
        }
        for (table, change) in &touched.row_counts {
            if *change != 0 {
                let count = get(&self.tables, table).map_or(0, |table| table.rows.len());
                calls.push(format!("rowCount {table} {count}"));
            }
        }
        for (table, rows) in &touched.row_ids {
            tell(&mut calls, ["rowIds", "hasRow"], Some(table), rows);
        }
        for (table, rows) in &touched.cell_ids {
            for (row, cells) in rows {
                let owner = format!("{table}.{row}");
                tell(&mut calls, ["cellIds", "hasCell"], Some(&owner), cells);
            }
        }
        let before_tables = calls.len();
        for (table, rows) in &touched.cells {
            let before_table = calls.len();
            for (row, cells) in rows {
                let before_row = calls.len();
                for (cell, old) in cells {
                    let new = self.cell(table, row, cell);
                    if !is_same(*old, new) {
                        let change = format!("{}->{}", show(*old), show(new));
                        calls.push(format!("cell {table}.{row}.{cell} {change}"));
                    }
                }
                if calls.len() > before_row {
                    calls.push(format!("row {table}.{row}"));
                }
            }
            if calls.len() > before_table {
                calls.push(format!("table {table}"));
            }
        }
        if calls.len() > before_tables {
            calls.push("tables".to_owned());
        }
        for (id, offered) in &invalid_values {
            calls.push(format!("invalidValue {id} {}", offered.join(" ")));
        }
        if has.1 != had.1 {
            calls.push(format!("hasValues {}", has.1));
        }
        tell(
            &mut calls,
            ["valueIds", "hasValue"],
            None,
            &touched.value_ids,
        );
        let before_values = calls.len();
        for (id, old) in &touched.values {
            let new = get(&self.values, id).copied();
            if !is_same(*old, new) {
                calls.push(format!("value {id} {}->{}", show(*old), show(new)));
            }
        }
        if calls.len() > before_values {
            calls.push("values".to_owned());
        }
        calls.push("didFinish".to_owned());
        calls
    }
}
