//! Who hears of what was offered in vain, and until when.

use super::harness::Driver;
use super::invalid::{ANY, listening};
use crate::store::Kind;

#[test]
fn a_listener_may_ask_for_what_has_no_id() {
    let mut driver = Driver::new();
    for path in [
        ["?", "?", "?"],
        ["t", "?", "?"],
        ["*", "?", "c"],
        ["t", "r", "*"],
        ["t", "r", "?"],
    ] {
        driver.name(&path.join("."), Kind::InvalidCell, &path);
    }
    driver.name("?", Kind::InvalidValue, &["?"]);
    driver.name("v", Kind::InvalidValue, &["v"]);
    driver.set_tables("");
    driver.expect(&["?.?.?"]);
    driver.set_table("t", "");
    driver.expect(&["t.?.?"]);
    driver.add_row("u", "c=rejected", true);
    driver.expect(&["*.?.c"]);
    driver.set_row("t", "r", "");
    driver.expect(&["t.r.?", "t.r.*"]);
    driver.set_cell("t", "r", "c", "rejected");
    driver.expect(&["t.r.*"]);
    driver.set_cell("u", "r", "c", "rejected");
    driver.expect(&[]);
    driver.set_values("");
    driver.expect(&["?"]);
    driver.set_value("v", "rejected");
    driver.expect(&["v"]);
}

#[test]
fn cells_and_values_that_are_invalid_come_before_what_changed() {
    let mut driver = Driver::new();
    for (label, mutator) in [("mutator ", true), ("", false)] {
        for kind in [
            Kind::Values,
            Kind::InvalidValue,
            Kind::Tables,
            Kind::HasTables,
            Kind::InvalidCell,
        ] {
            let (name, path) = (format!("{label}{kind:?}"), &ANY[..kind.arity()]);
            match mutator {
                true => driver.mutate(&name, kind, path, |_, _| Ok(())),
                false => driver.name(&name, kind, path),
            };
        }
    }
    driver.name("will", Kind::WillFinishTransaction, &[]);
    driver.together(|driver| {
        driver.set_partial_values("v=1 w=rejected");
        driver.set_row("t", "r", "a=1 b=rejected");
    });
    driver.expect(&[
        "mutator InvalidCell",
        "mutator HasTables",
        "mutator Tables",
        "mutator InvalidValue",
        "mutator Values",
        "will",
        "InvalidCell",
        "HasTables",
        "Tables",
        "InvalidValue",
        "Values",
    ]);
}

#[test]
fn mutators_may_add_to_what_was_offered_and_later_ones_hear_of_it_in_known_paths() {
    let mut driver = Driver::new();
    driver.mutate("", Kind::InvalidCell, &ANY, |driver, _| {
        driver.set_cell("t", "r", "c", "undefined");
        driver.set_cell("t", "new", "c", "rejected");
        Ok(())
    });
    driver.mutate("", Kind::InvalidCell, &ANY, |_, _| Ok(()));
    driver.mutate("", Kind::InvalidValue, &["*"], |driver, _| {
        driver.set_value("v", "undefined");
        driver.set_cell("t", "late", "c", "rejected");
        Ok(())
    });
    driver.watch(Kind::InvalidCell, &ANY);
    driver.watch(Kind::InvalidValue, &["*"]);
    driver.together(|driver| {
        driver.set_cell("t", "r", "c", "rejected");
        driver.set_value("v", "rejected");
    });
    driver.expect(&[
        "invalidCell t.r.c rejected",
        "invalidCell t.r.c rejected undefined",
        "invalidValue v rejected",
        "invalidCell t.r.c rejected undefined",
        "invalidCell t.new.c rejected",
        "invalidCell t.late.c rejected",
        "invalidValue v rejected undefined",
    ]);
}

#[test]
fn what_a_mutator_sets_in_place_of_what_was_invalid_is_set() {
    let mut driver = Driver::new();
    driver.mutate("", Kind::InvalidCell, &ANY, |driver, _| {
        driver.set_cell("t", "r", "c", "1");
        Ok(())
    });
    driver.watch(Kind::Cell, &ANY);
    driver.set_cell("t", "r", "c", "rejected");
    driver.expect(&["invalidCell t.r.c rejected", "cell t.r.c undefined->1"]);
}

#[test]
fn what_was_offered_is_known_until_the_transaction_ends() {
    let mut driver = Driver::new();
    let counts = |driver: &Driver| [false, true].map(|keyed| driver.store.invalid(keyed).len());
    driver.together(|driver| {
        driver.set_cell("t", "r", "c", "rejected");
        driver.set_row("t", "r", "");
        driver.set_values("");
        assert_eq!(counts(driver), [2, 1]);
    });
    assert_eq!(counts(&driver), [0, 0]);
    driver.watch(Kind::InvalidCell, &ANY);
    driver.set_cell("t", "r", "c", "1");
    driver.expect(&[]);
    let failed = driver.transaction(|driver| {
        driver.set_cell("t", "r", "c", "rejected");
        Err::<(), _>("enough")
    });
    assert_eq!(failed, Err("enough"));
    assert_eq!(counts(&driver), [0, 0]);
    driver.set_cell("t", "r", "c", "2");
    driver.expect(&[]);
}

#[test]
fn a_rollback_that_was_asked_for_is_no_reason_not_to_tell() {
    let mut driver = listening();
    driver.rolled_back(|driver| {
        driver.set_row("t", "r", "a=1 b=rejected");
        driver.set_value("v", "rejected");
    });
    driver.expect(&["invalidCell t.r.b rejected", "invalidValue v rejected"]);
    driver.react("", Kind::WillFinishTransaction, &[], |_, _| Err("will"));
    driver.set_cell("t", "r", "c", "rejected");
    driver.expect(&["willFinish", "threw will"]);
}

#[test]
fn nothing_is_taken_note_of_outside_a_transaction_or_while_the_store_is_locked() {
    let mut driver = listening();
    driver.store.report_invalid_cell([None; 3]);
    driver.store.report_invalid_values();
    assert!(driver.store.invalid(false).is_empty() && driver.store.invalid(true).is_empty());
    driver.react("", Kind::DidFinishTransaction, &[], |driver, _| {
        driver.set_cell("t", "r", "c", "rejected");
        driver.report_invalid_cell(&["t"]);
        driver.report_invalid_values();
        driver.set_values("");
        let [cells, values] = [false, true].map(|keyed| driver.store.invalid(keyed).len());
        driver.note(format!("{cells} {values}"));
        Ok(())
    });
    driver.set_cell("t", "r", "c", "1");
    driver.expect(&["didFinish", "0 0"]);
}
