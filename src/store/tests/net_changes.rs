//! What a transaction has changed, all told.

use super::harness::Driver;
use crate::store::Kind;

#[test]
fn only_what_differs_from_the_start_is_a_change() {
    let mut driver = Driver::with("t.r.a=1 t.r.b=1");
    driver.set_values("v=1 w=1");
    driver.together(|driver| {
        driver.set_cell("t", "r", "a", "2");
        driver.set_cell("t", "r", "b", "2");
        driver.set_cell("t", "r", "a", "1");
        driver.set_value("v", "2");
        driver.set_value("w", "2");
        driver.set_value("v", "1");
        assert_eq!(driver.changes(), "t.r.b=2");
        assert_eq!(driver.value_changes(), "w=2");
        assert!(driver.store.has_changed());
        driver.set_cell("t", "r", "b", "1");
        driver.set_value("w", "1");
        assert!(!driver.store.has_changed());
    });
}

#[test]
fn changes_are_known_at_any_time_and_forgotten_at_the_end() {
    let mut driver = Driver::new();
    for kind in [
        Kind::StartTransaction,
        Kind::WillFinishTransaction,
        Kind::DidFinishTransaction,
    ] {
        driver.react("changes", kind, &[], |driver, _| {
            let changes = driver.changes();
            driver.note(changes);
            Ok(())
        });
    }
    driver.set_cell("t", "r", "c", "1");
    driver.expect(&["changes", "", "changes", "t.r.c=1", "changes", "t.r.c=1"]);
    assert_eq!(driver.changes(), "");
    assert!(!driver.store.has_changed());
}

#[test]
fn what_is_gone_is_named_once_at_its_highest_level() {
    let mut driver = Driver::with("t.r1.a=1 t.r1.b=1 t.r2.a=1 u.r.c=1");
    driver.together(|driver| {
        driver.set_cell("t", "r1", "a", "2");
        driver.set_cell("t", "r2", "a", "2");
        driver.del_cell("t", "r2", "a");
        driver.del_cell("t", "r1", "b");
        driver.del_table("u");
        assert_eq!(driver.changes(), "t.r1.a=2 t.r1.b=- t.r2=- u=-");
    });
}

#[test]
fn a_row_that_is_gone_keeps_the_place_of_its_first_touch() {
    let mut driver = Driver::with("t.r1.a=1 t.r2.a=1");
    driver.together(|driver| {
        driver.set_cell("t", "r1", "a", "2");
        driver.set_cell("t", "r2", "a", "2");
        driver.del_row("t", "r1");
        assert_eq!(driver.changes(), "t.r1=- t.r2.a=2");
    });
}

#[test]
fn a_row_taken_out_and_made_again_nets_to_nothing_but_moves() {
    let mut driver = Driver::with("t.r1.c=1 t.r2.c=1");
    driver.watch_changes();
    driver.together(|driver| {
        driver.del_row("t", "r1");
        driver.set_row("t", "r1", "c=1");
        assert!(!driver.store.has_changed());
    });
    driver.expect(&["start", "willFinish", "didFinish"]);
    assert_eq!(driver.row_ids("t"), "r2 r1");
}

#[test]
fn a_row_made_again_with_other_cells_changes_in_its_cells_only() {
    let mut driver = Driver::with("t.r1.c=1 t.r2.c=1");
    driver.watch_changes();
    driver.together(|driver| {
        driver.del_row("t", "r1");
        driver.set_row("t", "r1", "d=1");
    });
    driver.expect(&[
        "start",
        "willFinish",
        "cellIds t.r1 -c +d",
        "cell t.r1.c 1->undefined",
        "cell t.r1.d undefined->1",
        "row t.r1",
        "table t",
        "tables",
        "didFinish",
    ]);
}

#[test]
fn a_table_taken_out_and_made_again_changes_in_what_differs() {
    let mut driver = Driver::with("t.r1.a=1 t.r2.a=1 u.r.c=1");
    driver.watch_changes();
    driver.together(|driver| {
        driver.del_table("t");
        assert_eq!(driver.changes(), "t=-");
        driver.set_table("t", "r2.a=1 r3.a=1");
        assert_eq!(driver.changes(), "t.r1=- t.r3.a=1");
    });
    driver.expect(&[
        "start",
        "willFinish",
        "rowIds t -r1 +r3",
        "cellIds t.r1 -a",
        "cellIds t.r3 +a",
        "cell t.r1.a 1->undefined",
        "row t.r1",
        "cell t.r3.a undefined->1",
        "row t.r3",
        "table t",
        "tables",
        "didFinish",
    ]);
    assert_eq!(driver.table_ids(), "u t");
}

#[test]
fn what_comes_and_goes_again_is_no_change() {
    let mut driver = Driver::with("t.r0.c=1");
    driver.watch_changes();
    driver.together(|driver| {
        driver.set_cell("t", "r1", "c", "1");
        driver.set_cell("t", "r0", "d", "1");
        driver.set_cell("new", "r", "c", "1");
        driver.set_value("v", "1");
        driver.del_row("t", "r1");
        driver.del_cell("t", "r0", "d");
        driver.del_table("new");
        driver.del_value("v");
        assert!(!driver.store.has_changed());
    });
    driver.expect(&["start", "willFinish", "didFinish"]);
    assert_eq!(driver.tables(), "t.r0.c=1");
}

#[test]
fn zero_and_minus_zero_are_no_change_and_the_old_one_is_kept() {
    let mut driver = Driver::with("t.r.zero=0 t.r.minus=-0");
    driver.watch(Kind::Cell, &["*", "*", "*"]);
    driver.set_cell("t", "r", "zero", "-0");
    driver.set_cell("t", "r", "minus", "0");
    driver.expect(&[]);
    assert_eq!(driver.tables(), "t.r.zero=0 t.r.minus=-0");
    // By way of another value the last one written stays, without a change.
    driver.together(|driver| {
        driver.set_cell("t", "r", "minus", "1");
        driver.set_cell("t", "r", "minus", "0");
    });
    driver.expect(&[]);
    assert_eq!(driver.cell("t", "r", "minus"), "0");
}

#[test]
fn cells_of_different_kinds_that_look_alike_differ() {
    let mut driver = Driver::new();
    let path = ["t", "r", "c"].map(|id| driver.id(id));
    let [table, row, cell_id] = path;
    let one = driver.cell_of("1");
    let text = crate::store::Cell::text(driver.id("1"));
    let json = crate::store::Cell::json(driver.id("1"));
    driver.watch(Kind::Cell, &["t", "r", "c"]);
    for cell in [one, text, json, text, one] {
        driver.together(|driver| {
            driver.store.set_cell(table, row, cell_id, cell);
        });
    }
    assert_eq!(driver.take_trace().len(), 5);
}

#[test]
fn objects_are_compared_by_their_text() {
    let long = format!("[{}1]", "1,".repeat(100));
    let mut driver = Driver::with(&format!("t.r.short={{\"a\":1}} t.r.long={long}"));
    driver.watch(Kind::Cell, &["*", "*", "*"]);
    driver.set_cell("t", "r", "short", "{\"a\":1}");
    driver.set_cell("t", "r", "long", &long);
    driver.expect(&[]);
    driver.set_cell("t", "r", "short", "{\"b\":1}");
    driver.expect(&["cell t.r.short {\"a\":1}->{\"b\":1}"]);
}

#[test]
fn long_texts_are_compared_too() {
    let (long, other) = ("x".repeat(1000), "y".repeat(1000));
    let mut driver = Driver::with(&format!("t.r.c={long}"));
    driver.watch(Kind::Row, &["*", "*"]);
    driver.set_cell("t", "r", "c", &long);
    driver.expect(&[]);
    driver.set_cell("t", "r", "c", &other);
    driver.expect(&["row t.r"]);
    driver.together(|driver| {
        driver.set_cell("t", "r", "c", &long);
        driver.set_cell("t", "r", "c", &other);
        assert!(!driver.store.has_changed());
    });
}

#[test]
fn a_single_cell_or_value_can_be_asked_about() {
    let mut driver = Driver::with("t.r.a=1 t.r.b=1 t.r.c=1");
    driver.set_values("v=1 w=1");
    driver.together(|driver| {
        driver.set_cell("t", "r", "a", "2");
        driver.set_cell("t", "r", "a", "1");
        driver.set_cell("t", "r", "b", "5");
        driver.set_cell("t", "r", "gone", "5");
        driver.del_cell("t", "r", "gone");
        driver.set_cell("t", "new", "q", "1");
        driver.set_cell("t", "old", "q", "1");
        driver.del_row("t", "old");
        driver.del_cell("t", "r", "c");
        assert_eq!(driver.cell_change("t", "r", "a"), "touched 1->1");
        assert_eq!(driver.cell_change("t", "r", "b"), "touched 1->5");
        assert_eq!(driver.cell_change("t", "r", "c"), "touched 1->undefined");
        assert_eq!(
            driver.cell_change("t", "r", "gone"),
            "touched undefined->undefined"
        );
        assert_eq!(driver.cell_change("t", "new", "q"), "touched undefined->1");
        assert_eq!(
            driver.cell_change("t", "old", "q"),
            "touched undefined->undefined"
        );
        assert_eq!(
            driver.cell_change("t", "never", "q"),
            "same undefined->undefined"
        );
        driver.set_value("v", "2");
        driver.set_value("x", "2");
        driver.del_value("x");
        assert_eq!(driver.value_change("v"), "touched 1->2");
        assert_eq!(driver.value_change("w"), "same 1->1");
        assert_eq!(driver.value_change("x"), "touched undefined->undefined");
    });
    assert_eq!(driver.cell_change("t", "r", "b"), "same 5->5");
    assert_eq!(driver.value_change("v"), "same 2->2");
}

#[test]
fn asking_early_does_not_hide_what_comes_later() {
    let mut driver = Driver::with("t.r.a=1");
    driver.together(|driver| {
        driver.set_cell("t", "new", "a", "1");
        assert_eq!(driver.cell_change("t", "new", "a"), "touched undefined->1");
        assert_eq!(driver.changes(), "t.new.a=1");
        driver.set_cell("t", "new", "b", "2");
        driver.set_cell("t", "r", "a", "2");
        assert_eq!(driver.changes(), "t.new.a=1 t.new.b=2 t.r.a=2");
        assert_eq!(driver.cell_change("t", "new", "b"), "touched undefined->2");
        assert_eq!(driver.cell_change("t", "r", "a"), "touched 1->2");
        driver.del_cell("t", "new", "a");
        assert_eq!(driver.changes(), "t.new.b=2 t.r.a=2");
        assert_eq!(
            driver.cell_change("t", "new", "a"),
            "touched undefined->undefined"
        );
    });
}

#[test]
fn a_transaction_of_very_many_writes_keeps_them_all() {
    let mut driver = Driver::with("t.r.c=0");
    driver.together(|driver| {
        for number in 0..5_000 {
            let cell = format!("c{}", number % 50);
            driver.set_cell("t", "r", &cell, &number.to_string());
        }
        assert_eq!(driver.changes().split(' ').count(), 50);
        assert_eq!(
            driver.cell_change("t", "r", "c49"),
            "touched undefined->4999"
        );
    });
}
