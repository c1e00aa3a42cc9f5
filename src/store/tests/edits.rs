//! What is not kept yet: noted by path, written with what the store holds now.

use super::harness::{Driver, Outcome};
use crate::store::TrackerId;

/// A store with these tables, all of which is kept.
fn kept(tables: &str) -> (Driver, TrackerId) {
    let mut driver = Driver::with(tables);
    let tracker = driver.store.track();
    driver.store.set_in_step(tracker);
    (driver, tracker)
}

#[track_caller]
fn expect(driver: &mut Driver, tracker: TrackerId, edits: &str) {
    let mut out = Vec::new();
    driver.store.write_edits(tracker, &mut out);
    assert_eq!(String::from_utf8(out).unwrap(), edits);
}

#[test]
fn cells_rows_and_values_are_written_as_they_are_now() {
    let (mut driver, tracker) = kept("t.r1.a=1 t.r1.b=2 t.r2.a=3");
    driver.set_cell("t", "r1", "a", "4");
    driver.set_cell("t", "r1", "a", "5");
    driver.set_row("t", "r3", "a=6 b=[7]");
    driver.set_value("v", "true");
    let expected = r#"[{"t":{"r1":{"a":5},"r3":{"a":6,"b":"�[7]"}}},{"v":true},[]]"#;
    expect(&mut driver, tracker, expected);
}

#[test]
fn what_is_gone_is_written_as_paths() {
    let (mut driver, tracker) = kept("t.r1.a=1 t.r1.b=2 t.r2.a=3");
    driver.set_value("v", "true");
    driver.force_del_cell("t", "r1", "a");
    driver.del_row("t", "r2");
    driver.del_value("v");
    let expected = r#"[{"t":{"r1":{}}},{},[["t","r1","a"],["t","r2"],["v"]]]"#;
    expect(&mut driver, tracker, expected);
}

#[test]
fn a_table_that_is_gone_is_gone_row_by_row() {
    let (mut driver, tracker) = kept("t.r1.a=1 t.r2.a=3");
    driver.del_table("t");
    expect(
        &mut driver,
        tracker,
        r#"[{"t":{}},{},[["t","r1"],["t","r2"]]]"#,
    );
}

#[test]
fn a_row_that_was_deleted_and_is_there_again_is_both() {
    let (mut driver, tracker) = kept("t.r1.a=1 t.r1.b=2");
    driver.del_row("t", "r1");
    driver.set_cell("t", "r1", "a", "3");
    expect(
        &mut driver,
        tracker,
        r#"[{"t":{"r1":{"a":3}}},{},[["t","r1"]]]"#,
    );
}

#[test]
fn a_row_that_was_deleted_and_is_there_again_in_one_transaction_is_both() {
    let (mut driver, tracker) = kept("t.r1.a=1 t.r1.b=2 t.r2.a=3");
    driver
        .transaction(|driver| {
            driver.del_row("t", "r1");
            driver.set_row("t", "r1", "a=4 b=2");
            Ok(())
        })
        .unwrap();
    expect(
        &mut driver,
        tracker,
        r#"[{"t":{"r1":{"a":4,"b":2}}},{},[["t","r1"]]]"#,
    );
}

#[test]
fn what_a_transaction_leaves_as_it_was_is_no_edit() {
    let (mut driver, tracker) = kept("t.r1.a=1");
    driver
        .transaction(|driver| {
            driver.set_cell("t", "r1", "a", "2");
            driver.set_cell("t", "r1", "a", "1");
            Ok(())
        })
        .unwrap();
    assert!(!driver.store.has_edits(tracker));
    assert!(driver.store.is_kept(tracker));
}

#[test]
fn what_is_rolled_back_is_no_edit() {
    let (mut driver, tracker) = kept("t.r1.a=1");
    let thrown = driver.transaction(|driver| -> Outcome {
        driver.set_cell("t", "r1", "a", "2");
        Err("thrown")
    });
    assert!(thrown.is_err());
    assert!(!driver.store.has_edits(tracker));
}

#[test]
fn what_is_disowned_is_no_edit_and_what_comes_after_it_is() {
    let (mut driver, tracker) = kept("t.r1.a=1");
    driver
        .transaction(|driver| {
            driver.set_tables("t.r1.a=2 t.r2.a=3");
            driver.store.disown(tracker);
            driver.set_cell("t", "r1", "b", "4");
            Ok(())
        })
        .unwrap();
    expect(&mut driver, tracker, r#"[{"t":{"r1":{"b":4}}},{},[]]"#);
}

#[test]
fn edits_under_way_are_written_until_they_are_kept() {
    let (mut driver, tracker) = kept("t.r1.a=1");
    driver.set_cell("t", "r1", "a", "2");
    assert!(!driver.store.begin_keeping(tracker));
    driver.set_cell("t", "r1", "b", "3");
    expect(
        &mut driver,
        tracker,
        r#"[{"t":{"r1":{"a":2,"b":3}}},{},[]]"#,
    );
    driver.store.end_keeping(tracker, true);
    expect(&mut driver, tracker, r#"[{"t":{"r1":{"b":3}}},{},[]]"#);
}

#[test]
fn edits_that_could_not_be_kept_are_edits_again() {
    let (mut driver, tracker) = kept("t.r1.a=1");
    driver.set_cell("t", "r1", "a", "2");
    driver.store.begin_keeping(tracker);
    driver.set_cell("t", "r1", "b", "3");
    driver.store.end_keeping(tracker, false);
    driver.store.begin_keeping(tracker);
    driver.store.end_keeping(tracker, true);
    assert!(driver.store.is_kept(tracker));
}

#[test]
fn until_it_is_known_what_is_kept_everything_has_to_be() {
    let mut driver = Driver::with("t.r1.a=1");
    let tracker = driver.store.track();
    assert!(!driver.store.is_kept(tracker));
    assert!(driver.store.begin_keeping(tracker));
    driver.store.end_keeping(tracker, true);
    assert!(driver.store.is_kept(tracker));
    driver.set_cell("t", "r1", "a", "2");
    assert!(!driver.store.begin_keeping(tracker));
}

#[test]
fn of_very_many_edits_only_is_known_that_they_are_many() {
    let (mut driver, tracker) = kept("t.r.a=1");
    let row = |number: u32| format!("t.r{number}.a=1");
    let rows: Vec<String> = (0..(1 << 17)).map(row).collect();
    driver.set_tables(&rows.join(" "));
    assert!(driver.store.needs_all(tracker));
    assert!(driver.store.edits(tracker).is_none());
    driver.store.begin_keeping(tracker);
    driver.store.end_keeping(tracker, true);
    assert!(!driver.store.needs_all(tracker));
    assert!(driver.store.is_kept(tracker));
}

#[test]
fn the_texts_of_what_is_gone_are_kept_as_long_as_it_is_an_edit() {
    let (mut driver, tracker) = kept("table.row.cell=1");
    driver.del_table("table");
    let texts: Vec<String> = (0..5000).map(|number| format!("t.r.c{number}=x")).collect();
    driver.set_tables(&texts.join(" "));
    driver.store.begin_keeping(tracker);
    driver.store.end_keeping(tracker, true);
    driver.set_tables("table.row.cell=1");
    driver.del_row("table", "row");
    driver.set_tables(&texts.join(" "));
    driver.del_table("t");
    let mut out = Vec::new();
    driver.store.write_edits(tracker, &mut out);
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains(r#"["table","row"]"#), "{out}");
}

#[test]
fn each_tracker_has_edits_of_its_own_until_it_ends() {
    let (mut driver, one) = kept("t.r1.a=1");
    let other = driver.store.track();
    driver.store.set_in_step(other);
    driver.set_cell("t", "r1", "a", "2");
    driver.store.forget_edits(one);
    assert!(!driver.store.has_edits(one));
    assert!(driver.store.has_edits(other));
    driver.store.untrack(other);
    assert!(!driver.store.has_edits(other));
}
