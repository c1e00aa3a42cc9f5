//! A transaction's phases, levels and lock.

use super::harness::Driver;
use crate::store::{Kind, Start};

#[test]
fn phases_come_in_order() {
    let mut driver = Driver::new();
    driver.watch_all();
    for (kind, path) in [
        (Kind::TableIds, &[][..]),
        (Kind::Cell, &["*", "*", "*"]),
        (Kind::ValueIds, &[]),
        (Kind::Value, &["*"]),
        (Kind::HasTables, &[]),
        (Kind::RowCount, &["*"]),
        (Kind::HasCell, &["*", "*", "*"]),
        (Kind::HasValue, &["*"]),
    ] {
        driver.mutate(&format!("mutator {kind:?}"), kind, path, |_, _| Ok(()));
    }
    let outcome = driver.transaction_unless(
        |driver| {
            driver.note("actions");
            driver.set_cell("t", "r", "c", "1");
            driver.set_value("v", "2");
            Ok("result")
        },
        Some(&|driver| {
            driver.note("doRollback");
            Ok(false)
        }),
    );
    assert_eq!(outcome, Ok(Some("result")));
    driver.expect(&[
        "start",
        "actions",
        "mutator HasTables",
        "mutator TableIds",
        "mutator RowCount",
        "mutator HasCell",
        "mutator Cell",
        "mutator ValueIds",
        "mutator HasValue",
        "mutator Value",
        "doRollback",
        "willFinish",
        "hasTables true",
        "tableIds +t",
        "hasTable t true",
        "tableCellIds t +c",
        "hasTableCell t.c true",
        "rowCount t 1",
        "rowIds t +r",
        "hasRow t.r true",
        "cellIds t.r +c",
        "hasCell t.r.c true",
        "cell t.r.c undefined->1",
        "row t.r",
        "table t",
        "tables",
        "hasValues true",
        "valueIds +v",
        "hasValue v true",
        "value v undefined->2",
        "values",
        "didFinish",
    ]);
}

#[test]
fn a_transaction_that_changes_nothing_still_has_a_start_and_an_end() {
    let mut driver = Driver::with("t.r.c=1");
    driver.watch_all();
    driver.set_cell("t", "r", "c", "1");
    driver.expect(&["start", "willFinish", "didFinish"]);
}

#[test]
fn levels_are_one_transaction() {
    let mut driver = Driver::new();
    driver.watch_changes();
    driver.together(|driver| {
        driver.set_value("a", "1");
        driver.together(|driver| driver.set_value("b", "2"));
        assert!(driver.store.is_active());
        driver.note("outer");
    });
    driver.expect(&[
        "start",
        "outer",
        "willFinish",
        "valueIds +a +b",
        "value a undefined->1",
        "value b undefined->2",
        "values",
        "didFinish",
    ]);
    assert!(!driver.store.is_active());
}

#[test]
fn start_listeners_may_write_and_run_before_the_actions() {
    let mut driver = Driver::new();
    driver.react("start", Kind::StartTransaction, &[], |driver, _| {
        driver.set_value("started", "1");
        Ok(())
    });
    driver.set_value("v", "1");
    driver.expect(&["start"]);
    assert_eq!(driver.values(), "started=1 v=1");
}

#[test]
fn will_finish_listeners_may_write_and_everyone_hears_of_it() {
    let mut driver = Driver::new();
    driver.react("will", Kind::WillFinishTransaction, &[], |driver, _| {
        driver.set_value("w", "1");
        driver.note(driver.values());
        Ok(())
    });
    driver.watch(Kind::ValueIds, &[]);
    driver.set_value("v", "1");
    driver.expect(&["will", "v=1 w=1", "valueIds +v +w"]);
}

#[test]
fn writes_are_ignored_while_listeners_are_told() {
    let mut driver = Driver::with("t.r.c=1");
    let write = |driver: &mut Driver, _: &crate::store::Call| {
        assert!(driver.store.is_locked());
        assert_eq!(driver.store.start(), Start::Locked);
        assert!(!driver.store.finish(true));
        driver.set_tables("x.y.z=1");
        driver.set_table("t", "q.c=1");
        driver.set_row("t", "r", "d=1");
        driver.set_partial_row("t", "r", "d=1");
        driver.set_value("w", "1");
        driver.set_values("w=1");
        driver.del_cell("t", "r", "c");
        driver.del_row("t", "r");
        driver.del_table("t");
        driver.del_tables();
        driver.del_value("v");
        driver.del_values();
        driver.store.roll_back();
        driver.store.fail_actions();
        assert_eq!(driver.add_row("t", "c=1", true), "undefined");
        assert_eq!(driver.set_json(br#"[{},{}]"#), Ok(()));
        let outcome = driver.transaction(|driver| {
            driver.note("never");
            Ok(())
        });
        assert_eq!(outcome, Ok(None));
        Ok(())
    };
    driver.react("cell", Kind::Cell, &["*", "*", "*"], write);
    driver.react("did", Kind::DidFinishTransaction, &[], write);
    driver.together(|driver| {
        driver.set_cell("t", "r", "c", "2");
        driver.set_value("v", "1");
    });
    driver.expect(&["cell", "did"]);
    assert_eq!(driver.tables(), "t.r.c=2");
    assert_eq!(driver.values(), "v=1");
    driver.set_value("v", "2");
    assert_eq!(driver.values(), "v=2");
}

#[test]
fn only_the_last_level_asks_whether_to_roll_back() {
    let mut driver = Driver::new();
    driver.together(|driver| {
        driver.rolled_back(|driver| driver.set_value("a", "1"));
        assert_eq!(driver.values(), "a=1");
    });
    assert_eq!(driver.values(), "a=1");
    driver.rolled_back(|driver| driver.together(|driver| driver.set_value("b", "1")));
    assert_eq!(driver.values(), "a=1");
}

#[test]
fn after_a_rollback_nobody_hears_of_changes() {
    let mut driver = Driver::with("t.r.c=1");
    driver.watch_all();
    driver.rolled_back(|driver| {
        driver.set_cell("t", "r", "c", "2");
        driver.set_value("v", "1");
    });
    driver.expect(&["start", "willFinish", "didFinish"]);
    assert_eq!(driver.tables(), "t.r.c=1");
    assert_eq!(driver.values(), "");
}

#[test]
fn what_do_rollback_writes_is_rolled_back_or_kept_with_the_rest() {
    for (answer, values) in [(true, ""), (false, "v=1 asked=1")] {
        let mut driver = Driver::new();
        let outcome = driver.transaction_unless(
            |driver| {
                driver.set_value("v", "1");
                Ok(())
            },
            Some(&|driver: &mut Driver| {
                driver.set_value("asked", "1");
                Ok(answer)
            }),
        );
        assert_eq!(outcome, Ok(Some(())));
        assert_eq!(driver.values(), values);
    }
}

#[test]
fn will_finish_may_write_after_a_rollback() {
    let mut driver = Driver::with("t.r.a=1 t.r.b=1");
    driver.react("will", Kind::WillFinishTransaction, &[], |driver, _| {
        driver.set_cell("t", "r", "b", "3");
        driver.set_cell("t", "r", "a", "3");
        let changes = driver.changes();
        driver.note(changes);
        Ok(())
    });
    driver.watch(Kind::Cell, &["*", "*", "*"]);
    driver.rolled_back(|driver| {
        driver.set_cell("t", "r", "a", "2");
        driver.set_cell("t", "r", "b", "2");
    });
    driver.expect(&[
        "will",
        "t.r.b=3 t.r.a=3",
        "cell t.r.b 1->3",
        "cell t.r.a 1->3",
    ]);
}

#[test]
fn finishing_without_a_start_does_nothing() {
    let mut driver = Driver::new();
    driver.watch_all();
    assert_eq!(driver.finish(), Ok(()));
    driver.expect(&[]);
    driver.set_value("v", "1");
    assert_eq!(driver.values(), "v=1");
}

#[test]
fn a_write_outside_a_transaction_does_nothing() {
    let mut driver = Driver::new();
    let (id, cell) = (driver.id("x"), driver.cell_of("1"));
    driver.store.set_cell(id, id, id, cell);
    driver.store.set_value(id, cell);
    assert_eq!(driver.store.add_row(id, &[(id, cell)], true), None);
    assert_eq!(driver.json(), "[{},{}]");
}

#[test]
fn a_transaction_inside_a_mutator_belongs_to_the_one_that_is_open() {
    let mut driver = Driver::new();
    driver.watch_changes();
    driver.mutate("mutator", Kind::Value, &["v"], |driver, _| {
        driver.together(|driver| driver.set_value("w", "1"));
        Ok(())
    });
    driver.set_value("v", "1");
    driver.expect(&[
        "start",
        "mutator",
        "willFinish",
        "valueIds +v +w",
        "value v undefined->1",
        "value w undefined->1",
        "values",
        "didFinish",
    ]);
}

#[test]
fn no_callback_can_finish_the_transaction_that_calls_it() {
    for kind in [
        Kind::StartTransaction,
        Kind::WillFinishTransaction,
        Kind::DidFinishTransaction,
    ] {
        let mut driver = Driver::new();
        driver.react("finish", kind, &[], |driver, _| driver.finish());
        driver.watch(Kind::Values, &[]);
        driver.set_value("v", "1");
        assert!(!driver.store.is_active());
        let trace = driver.take_trace();
        assert_eq!(trace.iter().filter(|line| *line == "finish").count(), 1);
        assert_eq!(trace.iter().filter(|line| *line == "values").count(), 1);
        assert_eq!(driver.values(), "v=1");
    }
}
