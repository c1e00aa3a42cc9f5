//! The operations of the naive store: what is offered is settled by the schemas, and what is left is set.

use super::lists::{List, get, get_or_new, sorted};
use super::schemas::default_of;
use super::{Model, REJECTED, RULES, Row, VALUES, Value};

/// Where something is offered: in a row of a table, or among the values.
type Place<'a> = Option<(&'a str, &'a str)>;

/// What has no id.
const NONE: &str = "?";

impl Model {
    fn report(&mut self, place: Place, id: &str, offered: Option<Value>) {
        let list = match place {
            Some((table, row)) => {
                let table = get_or_new(&mut self.invalid_cells, table);
                get_or_new(get_or_new(table, row), id)
            }
            None => get_or_new(&mut self.invalid_values, id),
        };
        list.push(
            offered
                .map_or("undefined", |offered| VALUES[offered].0)
                .to_owned(),
        );
    }

    /// What is set where something is offered, if anything.
    fn settled(&mut self, place: Place, id: &str, value: Value) -> Option<Value> {
        let rules = self.schemas.rules(place.map(|(table, _)| table));
        let (is_allowed, default) = match &rules {
            None => (value != REJECTED, None),
            Some(rules) => get(rules, id).map_or((false, None), |rule| {
                (RULES[*rule].1.contains(&value), default_of(*rule))
            }),
        };
        if is_allowed {
            return Some(value);
        }
        self.report(place, id, Some(value));
        default
    }

    fn all_settled(&mut self, place: Place, cells: &Row) -> Row {
        let mut settled = Vec::new();
        for (id, value) in cells {
            if let Some(value) = self.settled(place, id, *value) {
                settled.push((id.clone(), value));
            }
        }
        settled
    }

    fn with_defaults(&mut self, place: Place, cells: &Row) -> Row {
        let mut all = cells.clone();
        let rules = self.schemas.rules(place.map(|(table, _)| table));
        for (id, rule) in rules.unwrap_or_default() {
            if get(cells, &id).is_none() {
                match default_of(rule) {
                    Some(default) => all.push((id, default)),
                    None => self.report(place, &id, None),
                }
            }
        }
        if all.len() > cells.len() {
            sorted(&all)
        } else {
            all
        }
    }

    /// What is set of a whole row, or of all values: nothing if something required is missing.
    fn whole(&mut self, place: Place, cells: &Row) -> Row {
        let cells = self.with_defaults(place, cells);
        if cells.is_empty() {
            self.report(place, NONE, None);
        }
        let cells = self.all_settled(place, &cells);
        let rules = self.schemas.rules(place.map(|(table, _)| table));
        let is_there = |(id, rule): &(String, usize)| !RULES[*rule].3 || get(&cells, id).is_some();
        match rules.unwrap_or_default().iter().all(is_there) {
            true => cells,
            false => Vec::new(),
        }
    }

    /// What is set of some cells or values.
    fn part(&mut self, place: Place, cells: &Row) -> Row {
        if cells.is_empty() {
            self.report(place, NONE, None);
        }
        self.all_settled(place, cells)
    }

    fn settled_rows(&mut self, table: &str, rows: &List<Row>) -> List<Row> {
        let rules = self.schemas.rules(Some(table));
        if rows.is_empty() || rules.is_some_and(|rules| rules.is_empty()) {
            self.report(Some((table, NONE)), NONE, None);
            return Vec::new();
        }
        let mut settled = Vec::new();
        for (row, cells) in rows {
            let cells = self.whole(Some((table, row)), cells);
            if !cells.is_empty() {
                settled.push((row.clone(), cells));
            }
        }
        settled
    }

    pub fn set_cell(&mut self, table: &str, row: &str, cell: &str, value: Value) {
        self.set_row(table, row, &vec![(cell.to_owned(), value)], true);
    }

    pub fn set_row(&mut self, table: &str, row: &str, cells: &Row, partial: bool) {
        let place = Some((table, row));
        if !partial {
            let cells = self.whole(place, cells);
            if !cells.is_empty() {
                self.put_row(table, row, &cells, false);
            }
            return;
        }
        // The first cell makes the row, with its defaults.
        for cell in self.part(place, cells) {
            let is_there =
                get(&self.tables, table).is_some_and(|found| get(&found.rows, row).is_some());
            let cells = match is_there {
                true => vec![cell],
                false => self.with_defaults(place, &vec![cell]),
            };
            self.put_row(table, row, &cells, true);
        }
    }

    pub fn add_row(&mut self, table: &str, cells: &Row, reuse: bool) -> Option<String> {
        let cells = self.whole(Some((table, NONE)), cells);
        (!cells.is_empty()).then(|| self.put_new_row(table, &cells, reuse))
    }

    pub fn set_table(&mut self, table: &str, rows: &List<Row>) {
        let rows = self.settled_rows(table, rows);
        if !rows.is_empty() {
            self.put_table(table, &rows);
        }
    }

    pub fn merge_table(&mut self, table: &str, rows: &List<Row>) {
        for (row, cells) in rows {
            for (cell, value) in cells {
                self.set_cell(table, row, cell, *value);
            }
        }
    }

    pub fn set_tables(&mut self, tables: &List<List<Row>>) {
        let mut settled = Vec::new();
        for (table, rows) in tables {
            let rows = self.settled_rows(table, rows);
            if !rows.is_empty() {
                settled.push((table.clone(), rows));
            }
        }
        for (table, rows) in &settled {
            self.put_table(table, rows);
        }
        for (table, _) in self.tables.clone() {
            if !settled.is_empty() && get(&settled, &table).is_none() {
                self.remove_table(&table);
            }
        }
    }

    pub fn del_cell(&mut self, table: &str, row: &str, cell: &str, force: bool) {
        let rules = self.schemas.rules(Some(table)).unwrap_or_default();
        let default = get(&rules, cell).and_then(|rule| default_of(*rule));
        match default {
            None => self.remove_cell(table, row, cell),
            Some(_) if self.cell(table, row, cell).is_none() => {}
            Some(_) if force => self.remove_row(table, row, false),
            Some(default) => self.put_cell(table, row, cell, default),
        }
    }

    pub fn del_tables(&mut self) {
        for (table, _) in self.tables.clone() {
            self.remove_table(&table);
        }
    }

    pub fn set_value(&mut self, id: &str, value: Value) {
        self.set_partial_values(&vec![(id.to_owned(), value)]);
    }

    pub fn set_partial_values(&mut self, values: &Row) {
        for (id, value) in self.part(None, values) {
            self.put_value(&id, value);
        }
    }

    pub fn set_values(&mut self, values: &Row) {
        let values = self.whole(None, values);
        for (id, value) in &values {
            self.put_value(id, *value);
        }
        for (id, _) in self.values.clone() {
            if !values.is_empty() && get(&values, &id).is_none() {
                self.remove_value(&id);
            }
        }
    }

    pub fn del_value(&mut self, id: &str) {
        let rules = self.schemas.rules(None).unwrap_or_default();
        match get(&rules, id).and_then(|rule| default_of(*rule)) {
            None => self.remove_value(id),
            Some(_) if get(&self.values, id).is_none() => {}
            Some(default) => self.put_value(id, default),
        }
    }

    pub fn del_values(&mut self) {
        for (id, _) in self.values.clone() {
            self.del_value(&id);
        }
    }
}
