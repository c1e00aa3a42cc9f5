//! The writes, decoded from bytes.

use crate::input::Input;
use crate::model::{List, RULES, Row, Rule, VALUES};
use crate::program::Write;

// Ids that are few, so that they meet again, and odd.
const TABLES: [&str; 6] = ["t", "u", "10", "9", "", "__proto__"];
const ROWS: [&str; 12] = [
    "r",
    "s",
    "0",
    "1",
    "2",
    "07",
    "4294967294",
    "4294967295",
    "",
    "f1",
    "f64",
    "é",
];
const CELLS: [&str; 8] = ["a", "b", "c", "5", "4", "", "constructor", LONG];

/// An id that is longer than the cell texts that are interned.
const LONG: &str =
    "llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll";

/// One line for each write; add a new one at the end, so that the corpus keeps its meaning.
const WRITES: [fn(&mut Input) -> Write; 23] = [
    |from| Write::SetCell(table(from), row(from), cell(from), value(from)),
    |from| Write::SetRow(table(from), row(from), cells(from), from.flag()),
    |from| Write::AddRow(table(from), cells(from), from.flag()),
    |from| Write::SetTable(table(from), rows(from)),
    |from| Write::SetTables(tables(from)),
    |from| Write::DelCell(table(from), row(from), cell(from), from.flag()),
    |from| Write::DelRow(table(from), row(from)),
    |from| Write::DelTable(table(from)),
    |_| Write::DelTables,
    |from| Write::SetValue(cell(from), value(from)),
    |from| Write::SetValues(cells(from)),
    |from| Write::DelValue(cell(from)),
    |_| Write::DelValues,
    |from| Write::Fill(table(from), from.below(140) + 1, value(from)),
    |from| Write::Thin(table(from), from.below(70) + 2),
    |from| Write::SetCellAt(table(from), row(from), cell(from), value(from)),
    |from| Write::MergeTable(table(from), rows(from)),
    |from| Write::SetPartialValues(cells(from)),
    |from| Write::SetJson(tables(from), cells(from), from.below(40) + 1),
    |from| Write::SetTablesSchema(list(from, table, rules)),
    |from| Write::SetValuesSchema(rules(from)),
    |_| Write::DelTablesSchema,
    |_| Write::DelValuesSchema,
];

/// A write.
pub fn write(from: &mut Input) -> Write {
    from.pick(&WRITES)(from)
}

/// How many steps of the budget a write takes.
pub fn cost(write: &Write) -> u32 {
    match write {
        Write::Fill(..) | Write::Thin(..) => 40,
        _ => 1,
    }
}

/// The id of a table.
pub fn table(from: &mut Input) -> &'static str {
    from.pick(&TABLES)
}

/// The id of a row.
pub fn row(from: &mut Input) -> &'static str {
    from.pick(&ROWS)
}

/// The id of a cell or value.
pub fn cell(from: &mut Input) -> &'static str {
    from.pick(&CELLS)
}

fn value(from: &mut Input) -> usize {
    from.below(VALUES.len())
}

/// Some entries, no id twice.
fn list<T>(
    from: &mut Input,
    id: fn(&mut Input) -> &'static str,
    member: fn(&mut Input) -> T,
) -> List<T> {
    let mut list: List<T> = Vec::new();
    for _ in 0..from.below(3) + 1 {
        let id = id(from);
        let member = member(from);
        if !list.iter().any(|(there, _)| there == id) {
            list.push((id.to_owned(), member));
        }
    }
    list
}

fn cells(from: &mut Input) -> Row {
    list(from, cell, value)
}

fn rules(from: &mut Input) -> List<Rule> {
    list(from, cell, |from| from.below(RULES.len()))
}

fn rows(from: &mut Input) -> List<Row> {
    list(from, row, cells)
}

fn tables(from: &mut Input) -> List<List<Row>> {
    list(from, table, rows)
}
