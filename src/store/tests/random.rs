//! Random programs, compared with a naive store after every transaction.
//!
//! The programs are the same each time. `PROPTEST_RNG_SEED` gives others and `PROPTEST_CASES` more.

use super::harness::Driver;
use super::model::{List, Model, Row, VALUES, Value};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed};
use std::collections::BTreeSet;

#[derive(Clone, Debug)]
enum Write {
    SetCell(&'static str, &'static str, &'static str, Value),
    SetRow(&'static str, &'static str, Row, bool),
    AddRow(&'static str, Row, bool),
    SetTable(&'static str, List<Row>),
    SetTables(List<List<Row>>),
    DelCell(&'static str, &'static str, &'static str),
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
}

/// How a transaction ends.
#[derive(Clone, Copy, Debug)]
enum End {
    Commit,
    RollBack,
    Throw,
}

type Program = Vec<(Vec<Write>, End)>;

fn table() -> impl Strategy<Value = &'static str> {
    select(&["t", "u", "10", "9"][..])
}

fn row() -> impl Strategy<Value = &'static str> {
    select(&["r", "s", "0", "1", "2", "07"][..])
}

fn cell() -> impl Strategy<Value = &'static str> {
    select(&["a", "b", "c", "5", "4"][..])
}

fn value() -> impl Strategy<Value = Value> {
    0..VALUES.len()
}

/// Some entries, no id twice.
fn list<T: std::fmt::Debug>(
    id: impl Strategy<Value = &'static str>,
    member: impl Strategy<Value = T>,
) -> impl Strategy<Value = List<T>> {
    vec((id, member), 1..4).prop_map(|entries| {
        let mut list: List<T> = Vec::new();
        for (id, member) in entries {
            if !list.iter().any(|(there, _)| there == id) {
                list.push((id.to_owned(), member));
            }
        }
        list
    })
}

fn cells() -> impl Strategy<Value = Row> {
    list(cell(), value())
}

fn write() -> impl Strategy<Value = Write> {
    prop_oneof![
        6 => (table(), row(), cell(), value()).prop_map(|(t, r, c, v)| Write::SetCell(t, r, c, v)),
        3 => (table(), row(), cells(), any::<bool>()).prop_map(|(t, r, c, p)| Write::SetRow(t, r, c, p)),
        3 => (table(), cells(), any::<bool>()).prop_map(|(t, c, reuse)| Write::AddRow(t, c, reuse)),
        2 => (table(), list(row(), cells())).prop_map(|(t, rows)| Write::SetTable(t, rows)),
        1 => list(table(), list(row(), cells())).prop_map(Write::SetTables),
        5 => (table(), row(), cell()).prop_map(|(t, r, c)| Write::DelCell(t, r, c)),
        3 => (table(), row()).prop_map(|(t, r)| Write::DelRow(t, r)),
        2 => table().prop_map(Write::DelTable),
        1 => Just(Write::DelTables),
        2 => (cell(), value()).prop_map(|(id, v)| Write::SetValue(id, v)),
        1 => cells().prop_map(Write::SetValues),
        1 => cell().prop_map(Write::DelValue),
        1 => Just(Write::DelValues),
    ]
}

/// A write to a table of many rows, which go in masses.
fn mass_write() -> impl Strategy<Value = Write> {
    prop_oneof![
        2 => (table(), 1..400usize, value()).prop_map(|(t, rows, v)| Write::Fill(t, rows, v)),
        2 => (table(), 2..100usize).prop_map(|(t, step)| Write::Thin(t, step)),
        4 => write(),
    ]
}

fn program(write: impl Strategy<Value = Write>) -> impl Strategy<Value = Program> {
    let end = prop_oneof![4 => Just(End::Commit), 2 => Just(End::RollBack), 1 => Just(End::Throw)];
    vec((vec(write, 0..8), end), 1..8)
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

/// The rows that [`Write::Fill`] sets.
fn filling(rows: usize, value: Value) -> List<Row> {
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

fn apply(write: &Write, driver: &mut Driver, model: &mut Model) {
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
            assert_eq!(Some(id), model.add_row(table, cells, *reuse));
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
        Write::DelCell(table, row, cell) => {
            driver.del_cell(table, row, cell);
            model.del_cell(table, row, cell);
        }
        Write::DelRow(table, row) => {
            driver.del_row(table, row);
            model.del_row(table, row);
        }
        Write::DelTable(table) => {
            driver.del_table(table);
            model.del_table(table);
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
                model.del_row(table, &format!("f{row}"));
            }
        }
    }
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
fn compare_changes(driver: &mut Driver, before: &Model, now: &Model) {
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
            ([table], "-") => result.del_table(table),
            ([table, row], "-") => result.del_row(table, row),
            ([table, row, cell], "-") => result.del_cell(table, row, cell),
            ([table, row, cell], value) => result.set_cell(table, row, cell, number(value)),
            _ => panic!("{path}"),
        }
    }
    let changes = driver.value_changes();
    for (id, value) in changes
        .split_whitespace()
        .map(|change| change.split_once('=').unwrap())
    {
        match value {
            "-" => result.del_value(id),
            value => result.set_value(id, number(value)),
        }
    }
    assert_eq!(unordered(&result), unordered(now));
    assert_eq!(
        driver.store.has_changed(),
        unordered(before) != unordered(now)
    );
}

fn compare(driver: &mut Driver, model: &Model) {
    assert_eq!(driver.tables(), model.notation());
    assert_eq!(driver.values(), model.values_notation());
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

fn run(program: &Program, is_watched: bool) {
    let (mut driver, mut model) = (Driver::new(), Model::default());
    if is_watched {
        driver.watch_all();
    }
    for (writes, end) in program {
        let before = model.clone();
        let actions = |driver: &mut Driver| {
            for write in writes {
                apply(write, driver, &mut model);
            }
            compare_changes(driver, &before, &model);
            match end {
                End::Throw => Err("thrown"),
                End::Commit | End::RollBack => Ok(()),
            }
        };
        let rolls_back = matches!(end, End::RollBack);
        let outcome = driver.transaction_unless(actions, Some(&|_| Ok(rolls_back)));
        assert_eq!(outcome.is_err(), matches!(end, End::Throw));
        if !matches!(end, End::Commit) {
            model.roll_back();
        }
        let mut calls = vec!["start".to_owned()];
        let others = model.finish();
        if outcome.is_ok() {
            calls.extend(others);
        }
        if is_watched {
            assert_eq!(driver.take_trace(), calls);
        }
        compare(&mut driver, &model);
    }
}

/// The same programs each time, unless others are asked for.
pub fn config(cases: u32) -> Config {
    let given = Config::default();
    let is_given = std::env::var_os("PROPTEST_CASES").is_some();
    Config {
        cases: if is_given { given.cases } else { cases },
        failure_persistence: None,
        rng_seed: match given.rng_seed {
            RngSeed::Random => RngSeed::Fixed(20_260_101),
            seed => seed,
        },
        ..given
    }
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn a_program_does_what_it_does_in_the_naive_store(
        program in program(write()),
        is_watched in any::<bool>(),
    ) {
        run(&program, is_watched);
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn a_program_of_mass_writes_does_so_too(
        program in program(mass_write()),
        is_watched in any::<bool>(),
    ) {
        run(&program, is_watched);
    }

    #[test]
    fn any_bytes_are_read_as_json_or_refused(bytes in vec(any::<u8>(), 0..200)) {
        let mut driver = Driver::new();
        driver.set_json(&bytes).ok();
        driver.json();
    }

    #[test]
    fn what_looks_like_json_is_read_or_refused(
        pieces in vec(select(&["{", "}", "[", "]", ",", ":", "\"a\"", "\"0\"", "1", "-", "e9", "\"", "\\", "null", " "][..]), 0..40),
    ) {
        let text: String = pieces.concat();
        let mut driver = Driver::with("t.r.c=1");
        let before = driver.json();
        if driver.set_json(text.as_bytes()).is_err() {
            prop_assert_eq!(driver.json(), before);
        }
    }
}
