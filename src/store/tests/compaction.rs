//! Tables that are mostly dead are numbered anew, and nobody can tell but by the epoch.

use super::harness::Driver;
use crate::store::Kind;

/// A table of rows `r0`, `r1`, …, each with its number in `n` and its double in `d`.
fn filled(rows: usize) -> Driver {
    let mut driver = Driver::new();
    driver.together(|driver| {
        for row in 0..rows {
            driver.set_row("t", &format!("r{row}"), &format!("n={row} d={}", row * 2));
        }
    });
    driver
}

fn keep_every(driver: &mut Driver, rows: usize, step: usize) {
    driver.together(|driver| {
        for row in (0..rows).filter(|row| row % step != 0) {
            driver.del_row("t", &format!("r{row}"));
        }
    });
}

#[test]
fn rows_cells_and_order_survive() {
    let mut driver = filled(2_000);
    let generation = driver.table("t").unwrap().generation;
    let epoch = driver.store.epoch();
    keep_every(&mut driver, 2_000, 10);
    assert_ne!(driver.table("t").unwrap().generation, generation);
    assert_ne!(driver.store.epoch(), epoch);
    let expected: Vec<_> = (0..2_000)
        .step_by(10)
        .map(|row| format!("t.r{row}.n={row} t.r{row}.d={}", row * 2))
        .collect();
    assert_eq!(driver.tables(), expected.join(" "));
    let table = driver.table("t").unwrap();
    assert_eq!(table.row_count(), 200);
    assert_eq!(table.next_slot().0, 200);
    assert_eq!(driver.table_cell_ids("t"), "n d");
    driver.set_cell("t", "r10", "n", "x");
    driver.set_cell("t", "new", "n", "1");
    assert_eq!(driver.cell("t", "r10", "n"), "x");
    assert!(driver.row_ids("t").ends_with("r1990 new"));
}

#[test]
fn ids_for_new_rows_go_on_where_they_were() {
    let mut driver = Driver::new();
    driver.together(|driver| {
        for _ in 0..1_000 {
            driver.add_row("t", "c=1", true);
        }
    });
    driver.together(|driver| (5..1_000).for_each(|row| driver.del_row("t", &row.to_string())));
    assert_eq!(driver.table("t").unwrap().next_slot().0, 5);
    assert_eq!(driver.add_row("t", "c=1", true), "5");
    assert_eq!(driver.add_row("t", "c=1", false), "1000");
}

#[test]
fn it_waits_for_the_end_of_the_transaction() {
    let mut driver = filled(2_000);
    let generation = driver.table("t").unwrap().generation;
    driver.react("did", Kind::DidFinishTransaction, &[], move |driver, _| {
        assert_eq!(driver.table("t").unwrap().generation, generation);
        Ok(())
    });
    keep_every(&mut driver, 2_000, 100);
    assert_ne!(driver.table("t").unwrap().generation, generation);
}

#[test]
fn it_waits_until_nobody_holds_slots() {
    let mut driver = filled(2_000);
    let generation = driver.table("t").unwrap().generation;
    driver.store.pin();
    driver.store.pin();
    keep_every(&mut driver, 2_000, 100);
    let slots: Vec<u32> = driver
        .table("t")
        .unwrap()
        .slots()
        .map(|slot| slot.0)
        .collect();
    assert_eq!(slots, (0..2_000).step_by(100).collect::<Vec<_>>());
    driver.store.unpin();
    assert_eq!(driver.table("t").unwrap().generation, generation);
    driver.store.unpin();
    assert_ne!(driver.table("t").unwrap().generation, generation);
    assert_eq!(driver.table("t").unwrap().next_slot().0, 20);
}

#[test]
fn letting_go_inside_a_transaction_waits_for_its_end() {
    let mut driver = filled(2_000);
    let generation = driver.table("t").unwrap().generation;
    driver.together(|driver| {
        driver.store.pin();
        keep_every(driver, 2_000, 100);
        driver.store.unpin();
        assert_eq!(driver.table("t").unwrap().generation, generation);
    });
    assert_ne!(driver.table("t").unwrap().generation, generation);
}

#[test]
fn letting_go_once_too_often_is_harmless() {
    let mut driver = filled(2_000);
    driver.store.unpin();
    driver.store.pin();
    keep_every(&mut driver, 2_000, 100);
    assert_eq!(
        driver.table("t").unwrap().next_slot().0,
        2_000,
        "it is pinned once"
    );
    driver.store.unpin();
    assert_eq!(driver.table("t").unwrap().next_slot().0, 20);
}

#[test]
fn cell_ids_keep_the_order_in_which_they_came() {
    let mut driver = Driver::with("t.first.a=1 t.first.b=1");
    driver.together(|driver| {
        for row in 0..600 {
            driver.set_row("t", &format!("r{row}"), "a=1 b=1");
        }
    });
    driver.together(|driver| {
        driver.set_row("t", "first", "b=2");
        (0..500).for_each(|row| driver.del_row("t", &format!("r{row}")));
    });
    assert_eq!(
        driver.table("t").unwrap().next_slot().0,
        101,
        "it was compacted"
    );
    assert_eq!(driver.table_cell_ids("t"), "a b");
    driver.together(|driver| {
        driver.set_cell("t", "r599", "c", "1");
        (500..600).for_each(|row| driver.del_cell("t", &format!("r{row}"), "a"));
    });
    assert_eq!(driver.table_cell_ids("t"), "b c");
    driver.set_cell("t", "first", "a", "1");
    assert_eq!(driver.table_cell_ids("t"), "b c a");
}

#[test]
fn rows_of_ever_new_shapes_are_compacted_too() {
    let mut driver = Driver::with("t.r.keep=1");
    for number in 0..5_000 {
        driver.set_row("t", "r", &format!("keep=1 a{number}=1 b{number}=2"));
    }
    let table = driver.table("t").unwrap();
    assert!(table.column_count() < 200, "{}", table.column_count());
    assert_eq!(driver.tables(), "t.r.keep=1 t.r.a4999=1 t.r.b4999=2");
}

#[test]
fn a_rollback_of_mass_deletion_survives_compaction() {
    let mut driver = filled(1_000);
    let before = driver.tables();
    // All but the first row, which is never touched, move to the end each time and keep their order.
    for _ in 0..2 {
        driver.rolled_back(|driver| keep_every(driver, 1_000, 1_000));
        assert_eq!(driver.tables(), before);
    }
    let next_slot = driver.table("t").unwrap().next_slot().0;
    assert_eq!(next_slot, 1_000, "it was compacted");
}

#[test]
fn json_is_right_before_and_after() {
    let mut driver = filled(300);
    let json = |rows: &[usize]| {
        let rows: Vec<_> = rows
            .iter()
            .map(|row| format!(r#""r{row}":{{"n":{row},"d":{}}}"#, row * 2))
            .collect();
        format!(r#"{{"t":{{{}}}}}"#, rows.join(","))
    };
    let mut rows: Vec<usize> = (0..300).collect();
    assert_eq!(driver.tables_json(), json(&rows));
    // Row by row, so that every state on the way is written, chunks without rows included.
    for row in (40..300).rev() {
        driver.del_row("t", &format!("r{row}"));
        rows.retain(|kept| *kept != row);
        assert_eq!(driver.tables_json(), json(&rows));
    }
    for row in 0..39 {
        driver.del_row("t", &format!("r{row}"));
        rows.retain(|kept| *kept != row);
        assert_eq!(driver.tables_json(), json(&rows));
    }
}

#[test]
fn a_row_that_opened_a_chunk_and_went_leaves_no_trace_in_the_json() {
    for rows in [64, 128, 256] {
        let mut driver = filled(rows);
        let json = driver.tables_json();
        driver.set_row("t", "more", "a=1");
        driver.del_row("t", "more");
        assert_eq!(driver.tables_json(), json);
        driver.rolled_back(|driver| driver.set_row("t", "more", "a=1"));
        assert_eq!(driver.tables_json(), json);
    }
}
