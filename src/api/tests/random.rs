//! Random programs through these methods, compared with a naive store after every transaction.

use super::program::apply;
use super::{Trace, show, watch};
use crate::store::tests::model::{List, Model};
use crate::store::tests::random::{End, Program, config, mass_write, program, write};
use crate::{Changes, Store};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// All cells, by the methods that give them one by one.
fn notation(store: &Store) -> String {
    let mut parts = Vec::new();
    for table in store.get_table_ids() {
        for row in store.get_row_ids(&table) {
            for id in store.get_cell_ids(&table, &row) {
                let cell = show(store.get_cell(&table, &row, &id).as_ref());
                parts.push(format!("{table}.{row}.{id}={cell}"));
            }
        }
    }
    parts.join(" ")
}

/// The same, by the methods that visit.
fn visited(store: &Store) -> String {
    let mut parts = Vec::new();
    store.for_each_table(|table| {
        store.for_each_row(table, |row| {
            store.for_each_cell(table, row, |id, cell| {
                parts.push(format!("{table}.{row}.{id}={}", show(Some(&cell))));
            });
        });
    });
    parts.join(" ")
}

/// The same, by the method that gives all.
fn whole(store: &Store) -> String {
    let mut parts = Vec::new();
    for (table, rows) in &store.get_tables() {
        for (row, cells) in rows {
            for (id, cell) in cells {
                parts.push(format!("{table}.{row}.{id}={}", show(Some(cell))));
            }
        }
    }
    parts.join(" ")
}

fn values_notation(store: &Store) -> String {
    let mut parts = Vec::new();
    store.for_each_value(|id, value| parts.push(format!("{id}={}", show(Some(&value)))));
    parts.join(" ")
}

fn compare(store: &Store, model: &Model) {
    assert_eq!(notation(store), model.notation());
    assert_eq!(visited(store), model.notation());
    assert_eq!(whole(store), model.notation());
    assert_eq!(values_notation(store), model.values_notation());
    assert_eq!(store.get_json(), model.json());
    let has = [store.has_tables_schema(), store.has_values_schema()];
    assert_eq!(has, model.has_schemas().map(Option::unwrap_or_default));
    for (id, table) in &model.tables {
        let mut counts: List<u32> = Vec::new();
        store.for_each_table_cell(id, |id, count| counts.push((id.to_owned(), count as u32)));
        assert_eq!(counts, table.cell_ids);
        assert_eq!(store.get_row_count(id), table.rows.len());
    }
    let copy = Store::new();
    copy.set_json(&store.get_json()).unwrap();
    assert_eq!(copy.get_content(), store.get_content());
    let (tables, values) = store.get_content();
    copy.set_content(tables, values);
    assert_eq!(copy.get_content(), store.get_content());
}

/// The net changes, applied to a copy of the content before, must give the content now.
fn compare_changes(changes: &Changes, before: &Store, now: &Store) {
    let unordered = |store: &Store| -> BTreeSet<String> {
        let all = notation(store).replace("=-0", "=0");
        all.split(' ').map(str::to_owned).collect()
    };
    let is_changed = before.get_content() != now.get_content();
    before.apply_changes(changes);
    assert_eq!(before.get_content(), now.get_content());
    assert_eq!(unordered(before), unordered(now));
    assert_eq!(!changes.is_empty(), is_changed);
}

fn run(program: &Program, is_watched: bool) {
    let (store, mut model, trace) = (Store::new(), Model::default(), Trace::default());
    if is_watched {
        watch(&store, &trace);
    }
    for (writes, end) in program {
        let before = Store::new();
        let (tables, values) = store.get_content();
        before.set_content(tables, values);
        let mut actions = |store: &Store| {
            for write in writes {
                apply(write, store, &mut model);
            }
            compare_changes(&store.get_transaction_changes(), &before, store);
        };
        match end {
            End::Commit => {
                store.transaction(actions);
            }
            End::RollBack => {
                store.transaction_with_rollback(actions, |_| true);
            }
            End::Throw => {
                let failing = move |store| {
                    actions(store);
                    Err::<(), _>("thrown")
                };
                assert_eq!(store.try_transaction(failing), Err("thrown"));
            }
        }
        if !matches!(end, End::Commit) {
            model.roll_back();
        }
        let mut calls = vec!["start".to_owned()];
        let others = model.finish();
        if !matches!(end, End::Throw) {
            calls.extend(others);
        }
        if is_watched {
            // The naive store does not say what could not be a cell; here it is a number.
            let calls = calls
                .iter()
                .map(|call| call.replace("rejected", "Infinity"));
            assert_eq!(trace.take(), calls.collect::<Vec<_>>());
        }
        compare(&store, &model);
    }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn a_program_does_what_it_does_in_the_naive_store(
        program in program(write()),
        is_watched in any::<bool>(),
    ) {
        run(&program, is_watched);
    }
}

proptest! {
    #![proptest_config(config(10))]

    #[test]
    fn a_program_of_mass_writes_does_so_too(
        program in program(mass_write()),
        is_watched in any::<bool>(),
    ) {
        run(&program, is_watched);
    }
}
