//! Random programs, compared with a naive store after every transaction.
//!
//! The programs are the same each time. `PROPTEST_RNG_SEED` gives others and `PROPTEST_CASES` more.

use super::harness::Driver;
use super::model::{List, Model, RULES, Row, Rule, VALUES, Value};
use super::program::{Write, apply, compare, compare_changes};
use super::sorted::{check_orders, keep_orders};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed};

/// How a transaction ends.
#[derive(Clone, Copy, Debug)]
pub enum End {
    Commit,
    RollBack,
    Throw,
}

/// Transactions.
pub type Program = Vec<(Vec<Write>, End)>;

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

fn rules() -> impl Strategy<Value = List<Rule>> {
    list(cell(), 0..RULES.len())
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

/// Any write.
pub fn write() -> impl Strategy<Value = Write> {
    prop_oneof![
        6 => (table(), row(), cell(), value()).prop_map(|(t, r, c, v)| Write::SetCell(t, r, c, v)),
        3 => (table(), row(), cells(), any::<bool>()).prop_map(|(t, r, c, p)| Write::SetRow(t, r, c, p)),
        3 => (table(), cells(), any::<bool>()).prop_map(|(t, c, reuse)| Write::AddRow(t, c, reuse)),
        2 => (table(), list(row(), cells())).prop_map(|(t, rows)| Write::SetTable(t, rows)),
        1 => list(table(), list(row(), cells())).prop_map(Write::SetTables),
        5 => (table(), row(), cell(), any::<bool>()).prop_map(|(t, r, c, f)| Write::DelCell(t, r, c, f)),
        3 => (table(), row()).prop_map(|(t, r)| Write::DelRow(t, r)),
        2 => table().prop_map(Write::DelTable),
        1 => Just(Write::DelTables),
        2 => (cell(), value()).prop_map(|(id, v)| Write::SetValue(id, v)),
        1 => cells().prop_map(Write::SetValues),
        1 => cell().prop_map(Write::DelValue),
        1 => Just(Write::DelValues),
        2 => (table(), row(), cell(), value()).prop_map(|(t, r, c, v)| Write::SetCellAt(t, r, c, v)),
        2 => (table(), list(row(), cells())).prop_map(|(t, rows)| Write::MergeTable(t, rows)),
        1 => cells().prop_map(Write::SetPartialValues),
        1 => (list(table(), list(row(), cells())), cells(), 1..40usize)
            .prop_map(|(tables, values, length)| Write::SetJson(tables, values, length)),
        3 => list(table(), rules()).prop_map(Write::SetTablesSchema),
        2 => rules().prop_map(Write::SetValuesSchema),
        1 => Just(Write::DelTablesSchema),
        1 => Just(Write::DelValuesSchema),
    ]
}

/// A write to a table of many rows, which go in masses.
pub fn mass_write() -> impl Strategy<Value = Write> {
    prop_oneof![
        2 => (table(), 1..400usize, value()).prop_map(|(t, rows, v)| Write::Fill(t, rows, v)),
        2 => (table(), 2..100usize).prop_map(|(t, step)| Write::Thin(t, step)),
        4 => write(),
    ]
}

/// Some transactions of such writes.
pub fn program(write: impl Strategy<Value = Write>) -> impl Strategy<Value = Program> {
    let end = prop_oneof![4 => Just(End::Commit), 2 => Just(End::RollBack), 1 => Just(End::Throw)];
    vec((vec(write, 0..8), end), 1..8)
}

/// Whether every change is watched, or orders are kept, or neither: their listeners would be in each
/// other's traces.
fn watching() -> impl Strategy<Value = (bool, bool)> {
    select(&[(false, false), (true, false), (false, true), (false, true)][..])
}

const SORTED_TABLES: [&str; 2] = ["t", "10"];
const SORTED_CELLS: [&str; 2] = ["a", "4"];

/// Runs a program on an empty store. `is_sorted` has orders kept, and checks them.
pub fn run(mut driver: Driver, program: &Program, is_watched: bool, is_sorted: bool) {
    let mut model = Model::default();
    if is_sorted {
        keep_orders(&mut driver, &SORTED_TABLES, &SORTED_CELLS);
    }
    if is_watched {
        driver.watch_all();
    }
    for (writes, end) in program {
        let before = model.clone();
        let actions = |driver: &mut Driver| {
            for (write, number) in writes.iter().zip(0..) {
                apply(write, driver, &mut model);
                if is_sorted && number % 3 == 1 {
                    check_orders(driver, &SORTED_TABLES, &SORTED_CELLS);
                }
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
        if is_sorted {
            check_orders(&mut driver, &SORTED_TABLES, &SORTED_CELLS);
        }
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
        (is_watched, is_sorted) in watching(),
    ) {
        run(Driver::new(), &program, is_watched, is_sorted);
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn a_program_of_mass_writes_does_so_too(
        program in program(mass_write()),
        (is_watched, is_sorted) in watching(),
    ) {
        run(Driver::new(), &program, is_watched, is_sorted);
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
