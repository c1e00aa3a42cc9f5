//! A naive store, written for plainness: lists that are searched from the front, and every rule of
//! order spelled out. The random tests compare the real one with it.

use std::collections::VecDeque;

/// A cell or value; the numbers are indices into [`VALUES`].
pub type Value = usize;

/// The values that occur: in the notation of the driver, and as JSON. Equal ones as change detection
/// sees them, here 0 and -0, are neighbours with the same number in [`MEANINGS`].
pub const VALUES: [(&str, &str); 10] = [
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
];

const MEANINGS: [usize; 10] = [0, 0, 2, 3, 4, 5, 6, 7, 8, 9];

fn is_same(a: Option<Value>, b: Option<Value>) -> bool {
    a.map(|a| MEANINGS[a]) == b.map(|b| MEANINGS[b])
}

/// Entries in order of insertion.
pub type List<T> = Vec<(String, T)>;

fn get<'a, T>(list: &'a List<T>, id: &str) -> Option<&'a T> {
    list.iter()
        .find(|(key, _)| key == id)
        .map(|(_, value)| value)
}

fn get_or_new<'a, T: Default>(list: &'a mut List<T>, id: &str) -> &'a mut T {
    let at = list
        .iter()
        .position(|(key, _)| key == id)
        .unwrap_or_else(|| {
            list.push((id.to_owned(), T::default()));
            list.len() - 1
        });
    &mut list[at].1
}

fn remove<T>(list: &mut List<T>, id: &str) -> Option<T> {
    let at = list.iter().position(|(key, _)| key == id)?;
    Some(list.remove(at).1)
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
    /// Whether there were tables, and values, when the latest transaction ended.
    had: (bool, bool),
}

impl Model {
    pub fn cell(&self, table: &str, row: &str, cell: &str) -> Option<Value> {
        get(get(&get(&self.tables, table)?.rows, row)?, cell).copied()
    }

    pub fn set_cell(&mut self, table: &str, row: &str, cell: &str, value: Value) {
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

    pub fn del_cell(&mut self, table: &str, row: &str, cell: &str) {
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

    pub fn set_row(&mut self, table: &str, row: &str, cells: &[(String, Value)], partial: bool) {
        for (cell, value) in cells {
            self.set_cell(table, row, cell, *value);
        }
        if !partial && !cells.is_empty() {
            let there = get(&self.tables, table).and_then(|table| get(&table.rows, row));
            for (cell, _) in there.cloned().unwrap_or_default() {
                if !cells.iter().any(|(kept, _)| *kept == cell) {
                    self.del_cell(table, row, &cell);
                }
            }
        }
    }

    pub fn add_row(
        &mut self,
        table: &str,
        cells: &[(String, Value)],
        reuse: bool,
    ) -> Option<String> {
        if cells.is_empty() {
            return None;
        }
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
        self.set_row(table, &id, cells, false);
        let table = get_or_new(&mut self.tables, table);
        (table.next, table.pool) = (found.next, found.pool);
        Some(id)
    }

    pub fn del_row(&mut self, table: &str, row: &str) {
        let Some(cells) = get(&self.tables, table).and_then(|table| get(&table.rows, row)) else {
            return;
        };
        for (cell, _) in cells.clone() {
            self.del_cell(table, row, &cell);
        }
        if !row.is_empty()
            && row.bytes().all(|byte| byte.is_ascii_digit())
            && let Some((_, table)) = self.tables.iter_mut().find(|(id, _)| id == table)
        {
            table.pool.push_back(row.to_owned());
        }
    }

    pub fn set_table(&mut self, table: &str, rows: &[(String, Row)]) {
        for (row, cells) in rows {
            self.set_row(table, row, cells, false);
        }
        if !rows.is_empty() {
            let there = get(&self.tables, table).cloned().unwrap_or_default();
            for (row, _) in there.rows {
                if !rows.iter().any(|(kept, _)| *kept == row) {
                    self.del_row(table, &row);
                }
            }
        }
    }

    pub fn set_tables(&mut self, tables: &[(String, List<Row>)]) {
        for (table, rows) in tables {
            self.set_table(table, rows);
        }
        if !tables.is_empty() {
            for (table, _) in self.tables.clone() {
                if !tables.iter().any(|(kept, _)| *kept == table) {
                    self.del_table(&table);
                }
            }
        }
    }

    pub fn del_table(&mut self, table: &str) {
        for (row, _) in get(&self.tables, table).cloned().unwrap_or_default().rows {
            self.del_row(table, &row);
        }
    }

    pub fn del_tables(&mut self) {
        for (table, _) in self.tables.clone() {
            self.del_table(&table);
        }
    }

    pub fn set_value(&mut self, id: &str, value: Value) {
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

    pub fn del_value(&mut self, id: &str) {
        if let Some(old) = remove(&mut self.values, id) {
            self.touch_value(id, Some(old));
            note(&mut self.touched.value_ids, id, -1);
        }
    }

    pub fn set_values(&mut self, values: &[(String, Value)]) {
        for (id, value) in values {
            self.set_value(id, *value);
        }
        if !values.is_empty() {
            for (id, _) in self.values.clone() {
                if !values.iter().any(|(kept, _)| *kept == id) {
                    self.del_value(&id);
                }
            }
        }
    }

    pub fn del_values(&mut self) {
        for (id, _) in self.values.clone() {
            self.del_value(&id);
        }
    }

    /// Puts everything back cell by cell, in the order of first touch.
    pub fn roll_back(&mut self) {
        let touched = self.touched.clone();
        for (table, rows) in &touched.cells {
            for (row, cells) in rows {
                for (cell, old) in cells {
                    match old {
                        Some(old) => self.set_cell(table, row, cell, *old),
                        None => self.del_cell(table, row, cell),
                    }
                }
            }
        }
        for (id, old) in &touched.values {
            match old {
                Some(old) => self.set_value(id, *old),
                None => self.del_value(id),
            }
        }
        self.touched = Touched::default();
    }

    /// The calls that a store with one listener of each kind makes now, and an end to the
    /// transaction.
    pub fn finish(&mut self) -> Vec<String> {
        let touched = std::mem::take(&mut self.touched);
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

fn sorted<T: Clone>(list: &List<T>) -> List<T> {
    let index = |id: &str| {
        id.parse::<u32>()
            .ok()
            .filter(|n| n.to_string() == id && *n < u32::MAX)
    };
    let mut list = list.clone();
    list.sort_by_key(|(id, _)| index(id).map_or(u64::MAX, u64::from));
    list
}

fn object<T: Clone>(list: &List<T>, member: impl Fn(&T) -> String) -> String {
    let members: Vec<_> = sorted(list)
        .iter()
        .map(|(id, value)| format!("\"{id}\":{}", member(value)))
        .collect();
    format!("{{{}}}", members.join(","))
}
