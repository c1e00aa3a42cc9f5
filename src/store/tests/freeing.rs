//! Texts are freed once nothing uses them.

use super::harness::Driver;
use crate::store::{Kind, Step};

/// Adds and deletes rows whose ids, cell ids' values and long texts have never been seen before.
fn churn(driver: &mut Driver, round: usize, rows: usize) {
    driver.together(|driver| {
        for row in 0..rows {
            let name = format!("{round}-{row}");
            let long = format!("{name}{}", "x".repeat(100));
            driver.set_row("t", &name, &format!("a={name}a b={long} c=[\"{name}\"]"));
            driver.set_value(&name, &format!("{name}v"));
        }
    });
    driver.together(|driver| {
        driver.del_table("t");
        driver.del_values();
    });
}

#[test]
fn a_hundred_thousand_rows_of_unique_texts_leave_nothing_behind() {
    let mut driver = Driver::with("kept.row.cell=text");
    let epoch = driver.store.texts_epoch();
    let mut counts = Vec::new();
    for round in 0..20 {
        churn(&mut driver, round, 5_000);
        counts.push(driver.store.text_count());
    }
    // What a round leaves is swept at its end; only a few unused texts may wait for the next sweep.
    assert!(counts.iter().all(|count| *count < 5_000), "{counts:?}");
    assert!(driver.store.texts_epoch() > epoch);
    assert_eq!(driver.tables(), "kept.row.cell=text");
    for id in ["kept", "row", "cell", "text"] {
        assert!(driver.store.find(id.as_bytes()).is_some(), "{id}");
    }
    assert_eq!(driver.store.find(b"3-7"), None);
}

#[test]
fn cells_that_are_written_over_leave_nothing_behind() {
    let mut driver = Driver::new();
    for number in 0..30_000 {
        driver.set_cell("t", "r", "c", &format!("text{number}"));
        driver.set_value("v", &format!("value{number}"));
    }
    assert!(
        driver.store.text_count() < 10_000,
        "{}",
        driver.store.text_count()
    );
    assert_eq!(driver.tables(), "t.r.c=text29999");
    assert_eq!(driver.values(), "v=value29999");
}

#[test]
fn cell_ids_that_nobody_has_any_more_are_freed() {
    let mut driver = Driver::with("t.keep.c=1");
    for number in 0..20_000 {
        let cell = format!("cell{number}");
        driver.set_cell("t", "r", &cell, "1");
        driver.del_cell("t", "r", &cell);
    }
    assert!(
        driver.store.text_count() < 10_000,
        "{}",
        driver.store.text_count()
    );
    assert_eq!(driver.tables(), "t.keep.c=1");
}

#[test]
fn what_a_rollback_takes_out_is_freed() {
    let mut driver = Driver::with("t.keep.c=1");
    for round in 0..20 {
        driver.rolled_back(|driver| {
            for row in 0..1_000 {
                let name = format!("{round}-{row}");
                driver.set_row("t", &name, &format!("c={name}c"));
            }
        });
    }
    assert!(
        driver.store.text_count() < 10_000,
        "{}",
        driver.store.text_count()
    );
    assert_eq!(driver.tables(), "t.keep.c=1");
}

#[test]
fn texts_that_were_only_looked_at_are_freed() {
    let mut driver = Driver::new();
    for number in 0..20_000 {
        driver.id(&format!("looked at {number}"));
        if number % 1_000 == 0 {
            driver.set_value("v", &number.to_string());
        }
    }
    driver.set_value("v", "last");
    assert!(
        driver.store.text_count() < 10_000,
        "{}",
        driver.store.text_count()
    );
}

#[test]
fn a_handle_is_good_until_the_end_of_its_transaction() {
    let mut driver = Driver::new();
    driver.together(|driver| {
        let first = driver.id("first");
        for number in 0..20_000 {
            driver.id(&format!("another {number}"));
        }
        driver.set_value("v", "1");
        assert_eq!(driver.store.text(first), b"first");
        let cell = driver.cell_of("1");
        driver.store.set_value(first, cell);
    });
    assert_eq!(driver.values(), "v=1 first=1");
}

#[test]
fn deleted_texts_can_be_read_by_listeners() {
    let mut driver = Driver::new();
    driver.together(|driver| {
        for row in 0..5_000 {
            driver.set_row("t", &format!("row{row}"), &format!("c=text{row}"));
        }
    });
    driver.watch(Kind::Cell, &["*", "*", "*"]);
    driver.del_tables();
    let trace = driver.take_trace();
    assert_eq!(trace.len(), 5_000);
    assert_eq!(trace[4_321], "cell t.row4321.c text4321->undefined");
}

#[test]
fn the_path_of_a_listener_is_kept_as_long_as_it_listens() {
    let mut driver = Driver::new();
    let id = driver.id("nobody has this id");
    let listener =
        driver
            .store
            .add_listener(Kind::Table, false, [Step::Id(id), Step::Any, Step::Any]);
    churn(&mut driver, 0, 10_000);
    assert_eq!(driver.store.find(b"nobody has this id"), Some(id));
    assert!(driver.store.remove_listener(listener));
    churn(&mut driver, 1, 10_000);
    assert_eq!(driver.store.find(b"nobody has this id"), None);
}

#[test]
fn nothing_is_freed_while_the_store_is_pinned() {
    let mut driver = Driver::new();
    driver.store.pin();
    driver.store.pin();
    let handle = driver.id("held");
    let epoch = driver.store.texts_epoch();
    churn(&mut driver, 0, 10_000);
    assert_eq!(driver.store.texts_epoch(), epoch);
    assert_eq!(driver.store.text(handle), b"held");
    driver.store.unpin();
    churn(&mut driver, 1, 10);
    assert_eq!(driver.store.text(handle), b"held");
    driver.store.unpin();
    assert!(
        driver.store.texts_epoch() > epoch,
        "the last one to let go tidies up"
    );
    assert!(driver.store.text_count() < 5_000);
    assert_eq!(driver.store.find(b"held"), None);
}

/// Frees what can be freed.
pub fn sweep(driver: &mut Driver) {
    driver.store.pin();
    for number in 0..5_000 {
        driver.id(&format!("unused {number}"));
    }
    driver.store.unpin();
}

fn many(table: &str, round: usize) -> String {
    let cell = |cell: usize| {
        let name = format!("{table}{round}c{cell}");
        let long = format!("{name}{}", "x".repeat(100));
        format!("{name}=choice:{name}a|{long}|1,default:{long}")
    };
    (0..100).map(cell).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_texts_of_schemas_are_kept_while_they_are_set_and_freed_then() {
    let mut driver = Driver::with("t.r.c=x");
    sweep(&mut driver);
    let base = driver.store.text_count();
    for round in 0..5 {
        let tables = many("t.", round);
        driver.set_tables_schema(&format!("{tables} t.c=string"));
        driver.set_values_schema(&many("v", round));
        sweep(&mut driver);
        for cell in [0, 7, 99] {
            let (id, choice) = (format!("{round}c{cell}"), format!("t.{round}c{cell}a"));
            driver.set_cell("t", "r", &id, &choice);
            assert_eq!(driver.cell("t", "r", &id), choice);
            let (id, choice) = (format!("v{round}c{cell}"), format!("v{round}c{cell}a"));
            driver.set_value(&id, &choice);
            assert!(driver.values().contains(&format!("{id}={choice}")));
        }
        let long = format!("v{round}c9{}", "x".repeat(100));
        assert!(driver.values().contains(&long));
        let [tables, values] = driver.schemas();
        assert!(tables.contains(&format!("\"{round}c99\"")) && values.contains(&long));
    }
    driver.del_tables_schema();
    driver.del_values_schema();
    sweep(&mut driver);
    assert!(
        driver.store.text_count() > base,
        "the content is still there"
    );
    driver.del_values();
    driver.set_tables("t.r.c=x");
    sweep(&mut driver);
    assert_eq!(driver.store.text_count(), base);
}

#[test]
fn schemas_of_one_transaction_are_freed_but_for_the_last() {
    let mut driver = Driver::new();
    driver.set_tables_schema("t.c=string");
    sweep(&mut driver);
    let base = driver.store.text_count();
    for round in 0..3 {
        driver.together(|driver| {
            driver.set_tables_schema(&many("t.", round));
            driver.set_tables_schema(&many("u.", round));
            driver.del_tables_schema();
            driver.set_tables_schema("t.c=string");
        });
        sweep(&mut driver);
        assert_eq!(driver.store.text_count(), base, "{round}");
    }
}
