//! The writes of random programs: on the store by way of the driver, and on the naive store, which must
//! then have the same content. Shared with the fuzzing in `fuzz/`.

use super::harness::Driver;
use super::model::{List, Model, RULES, Row, Rule, VALUES, Value, object, sorted};
use std::collections::BTreeSet;

/// A write to both.
#[derive(Clone, Debug)]
pub enum Write {
    SetCell(&'static str, &'static str, &'static str, Value),
    SetRow(&'static str, &'static str, Row, bool),
    AddRow(&'static str, Row, bool),
    SetTable(&'static str, List<Row>),
    SetTables(List<List<Row>>),
    /// Deletes a cell, perhaps with force.
    DelCell(&'static str, &'static str, &'static str, bool),
    DelRow(&'static str, &'static str),
    DelTable(&'static str),
    DelTables,
    SetValue(&'static str, Value),
    SetValues(Row),
    DelValue(&'static str),
    DelValues,
    /// Sets so many rows, `f0` and on.
    Fill(&'static str, usize, Value),
    /// Deletes those rows, but for each of such a step.
    Thin(&'static str, usize),
    /// Sets a cell by its row's slot and its column, if there are both.
    SetCellAt(&'static str, &'static str, &'static str, Value),
    MergeTable(&'static str, List<Row>),
    SetPartialValues(Row),
    /// Sets tables and values from their JSON, which comes in pieces of that length.
    SetJson(List<List<Row>>, Row, usize),
    SetTablesSchema(List<List<Rule>>),
    SetValuesSchema(List<Rule>),
    DelTablesSchema,
    DelValuesSchema,
}

fn cells_notation(cells: &Row) -> String {
    let show = |(id, value): &(String, Value)| format!("{id}={}", VALUES[*value].0);
    cells.iter().map(show).collect::<Vec<_>>().join(" ")
}

fn rows_notation(prefix: &str, rows: &List<Row>) -> String {
    rows.iter()
        .flat_map(|(row, cells)| cells.iter().map(move |cell| (row, cell)))
        .map(|(row, (id, value))| format!("{prefix}{row}.{id}={}", VALUES[*value].0))
        .collect::<Vec<_>>()
        .join(" ")
}

fn rules_notation(prefix: &str, rules: &List<Rule>) -> String {
    let show = |(id, rule): &(String, Rule)| format!("{prefix}{id}={}", RULES[*rule].0);
    rules.iter().map(show).collect::<Vec<_>>().join(" ")
}

/// The rows that [`Write::Fill`] sets.
pub fn filling(rows: usize, value: Value) -> List<Row> {
    let cells = |row: usize| {
        let mut cells = vec![("a".to_owned(), value)];
        if row.is_multiple_of(3) {
            cells.push(("4".to_owned(), row % VALUES.len()));
        }
        cells
    };
    (0..rows)
        .map(|row| (format!("f{row}"), cells(row)))
        .collect()
}

/// Does a write to both, which must be in a transaction if the store has listeners.
pub fn apply(write: &Write, driver: &mut Driver, model: &mut Model) {
    match write {
        Write::SetCell(table, row, cell, value) => {
            driver.set_cell(table, row, cell, VALUES[*value].0);
            model.set_cell(table, row, cell, *value);
        }
        Write::SetRow(table, row, cells, partial) => {
            let notation = cells_notation(cells);
            match partial {
                true => driver.set_partial_row(table, row, &notation),
                false => driver.set_row(table, row, &notation),
            }
            model.set_row(table, row, cells, *partial);
        }
        Write::AddRow(table, cells, reuse) => {
            let id = driver.add_row(table, &cells_notation(cells), *reuse);
            let expected = model.add_row(table, cells, *reuse);
            assert_eq!(id, expected.unwrap_or("undefined".into()));
        }
        Write::SetTable(table, rows) => {
            driver.set_table(table, &rows_notation("", rows));
            model.set_table(table, rows);
        }
        Write::SetTables(tables) => {
            let notations: Vec<_> = tables
                .iter()
                .map(|(table, rows)| rows_notation(&format!("{table}."), rows))
                .collect();
            driver.set_tables(&notations.join(" "));
            model.set_tables(tables);
        }
        Write::DelCell(table, row, cell, force) => {
            match force {
                true => driver.force_del_cell(table, row, cell),
                false => driver.del_cell(table, row, cell),
            }
            model.del_cell(table, row, cell, *force);
        }
        Write::DelRow(table, row) => {
            driver.del_row(table, row);
            model.remove_row(table, row, true);
        }
        Write::DelTable(table) => {
            driver.del_table(table);
            model.remove_table(table);
        }
        Write::DelTables => {
            driver.del_tables();
            model.del_tables();
        }
        Write::SetValue(id, value) => {
            driver.set_value(id, VALUES[*value].0);
            model.set_value(id, *value);
        }
        Write::SetValues(values) => {
            driver.set_values(&cells_notation(values));
            model.set_values(values);
        }
        Write::DelValue(id) => {
            driver.del_value(id);
            model.del_value(id);
        }
        Write::DelValues => {
            driver.del_values();
            model.del_values();
        }
        Write::Fill(table, rows, value) => {
            for (row, cells) in filling(*rows, *value) {
                driver.set_row(table, &row, &cells_notation(&cells));
                model.set_row(table, &row, &cells, false);
            }
        }
        Write::Thin(table, step) => {
            for row in (0..400).filter(|row| row % step != 0) {
                driver.del_row(table, &format!("f{row}"));
                model.remove_row(table, &format!("f{row}"), true);
            }
        }
        Write::SetCellAt(table, row, cell, value) => {
            if driver.set_cell_at(table, row, cell, VALUES[*value].0) {
                model.set_cell(table, row, cell, *value);
            }
        }
        Write::MergeTable(table, rows) => {
            driver.merge_table(table, &rows_notation("", rows));
            model.merge_table(table, rows);
        }
        Write::SetPartialValues(values) => {
            driver.set_partial_values(&cells_notation(values));
            model.set_partial_values(values);
        }
        Write::SetJson(tables, values, length) => {
            let json = set_json(model, tables, values);
            let outcome = driver.set_json_in_pieces(json.as_bytes(), &[*length]);
            assert_eq!(outcome, Ok(()));
        }
        Write::SetTablesSchema(tables) => {
            let rules =
                |(id, rules): &(String, List<Rule>)| rules_notation(&format!("{id}."), rules);
            driver.set_tables_schema(&tables.iter().map(rules).collect::<Vec<_>>().join(" "));
            model.set_tables_schema(tables);
        }
        Write::SetValuesSchema(values) => {
            driver.set_values_schema(&rules_notation("", values));
            model.set_values_schema(values);
        }
        Write::DelTablesSchema => {
            driver.del_tables_schema();
            model.del_tables_schema();
        }
        Write::DelValuesSchema => {
            driver.del_values_schema();
            model.del_values_schema();
        }
    }
}

/// Sets the content of the naive store from the JSON of tables and values; gives the JSON.
pub fn set_json(model: &mut Model, tables: &List<List<Row>>, values: &Row) -> String {
    let row = |row: &Row| object(row, |value| VALUES[*value].1.to_owned());
    let rows = |rows: &List<Row>| object(rows, row);
    let json = format!("[{},{}]", object(tables, rows), row(values));
    model.set_tables(&from_json(tables, &|rows| from_json(rows, &row_from_json)));
    model.set_values(&row_from_json(values));
    json
}

/// Entries as they are read from their JSON.
fn from_json<T: Clone>(list: &List<T>, member: &dyn Fn(&T) -> T) -> List<T> {
    let list = sorted(list).into_iter();
    list.map(|(id, of)| (id, member(&of))).collect()
}

fn row_from_json(row: &Row) -> Row {
    let same = |value: &Value| {
        VALUES
            .iter()
            .position(|(_, json)| *json == VALUES[*value].1)
    };
    from_json(row, &|value| same(value).unwrap())
}

/// 0 and -0 are one to change detection and to JSON.
fn without_minus_zero(notation: &str) -> String {
    notation.replace("=-0", "=0")
}

/// Content without its order.
fn unordered(model: &Model) -> BTreeSet<String> {
    let all = format!("{} {}", model.notation(), model.values_notation());
    without_minus_zero(&all)
        .split(' ')
        .map(str::to_owned)
        .collect()
}

/// The net changes, applied to the content before, must give the content now.
pub fn compare_changes(driver: &mut Driver, before: &Model, now: &Model) {
    let mut result = before.clone();
    let number = |notation: &str| {
        VALUES
            .iter()
            .position(|(value, _)| *value == notation)
            .unwrap()
    };
    let changes = driver.changes();
    for (path, value) in changes
        .split_whitespace()
        .map(|change| change.split_once('=').unwrap())
    {
        match (&path.split('.').collect::<Vec<_>>()[..], value) {
            ([table], "-") => result.remove_table(table),
            ([table, row], "-") => result.remove_row(table, row, true),
            ([table, row, cell], "-") => result.remove_cell(table, row, cell),
            ([table, row, cell], value) => result.put_cell(table, row, cell, number(value)),
            _ => panic!("{path}"),
        }
    }
    let changes = driver.value_changes();
    for (id, value) in changes
        .split_whitespace()
        .map(|change| change.split_once('=').unwrap())
    {
        match value {
            "-" => result.remove_value(id),
            value => result.put_value(id, number(value)),
        }
    }
    assert_eq!(unordered(&result), unordered(now));
    assert_eq!(
        driver.store.has_changed(),
        unordered(before) != unordered(now)
    );
}

/// Both must have the same content, in the same order.
pub fn compare(driver: &mut Driver, model: &Model) {
    assert_eq!(driver.tables(), model.notation());
    assert_eq!(driver.values(), model.values_notation());
    assert_eq!(driver.schemas(), model.schemas_json());
    let store = &driver.store;
    let has = [store.has_tables_schema(), store.has_values_schema()];
    assert_eq!(has, model.has_schemas());
    for (id, of_model) in &model.tables {
        let table = driver.table(id).unwrap();
        assert_eq!(table.row_count(), of_model.rows.len());
        let counts: List<u32> = table
            .cell_ids()
            .into_iter()
            .map(|cell| {
                (
                    driver.text(cell),
                    table.column_rows(table.column(cell).unwrap()),
                )
            })
            .collect();
        assert_eq!(counts, of_model.cell_ids);
    }
    let json = driver.json();
    assert_eq!(json, model.json());
    let mut read = Driver::new();
    assert_eq!(read.set_json(json.as_bytes()), Ok(()));
    let expected = model.clone().in_object_order();
    assert_eq!(read.tables(), without_minus_zero(&expected.notation()));
    assert_eq!(
        read.values(),
        without_minus_zero(&expected.values_notation())
    );
    assert_eq!(read.json(), json);
}
