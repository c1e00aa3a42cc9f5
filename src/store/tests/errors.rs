//! What an error does, by the phase in which it is thrown.

use super::harness::Driver;
use crate::store::Kind;

const ANY_CELL: [&str; 3] = ["*"; 3];

/// A store that tells of everything, to which an error may come.
fn watched() -> Driver {
    let mut driver = Driver::with("t.r.c=1");
    driver.watch_changes();
    driver
}

/// A write, which must leave what it finds, and throw what it says.
#[track_caller]
fn write(driver: &mut Driver) {
    driver.together(|driver| {
        driver.set_cell("t", "r", "c", "2");
        driver.set_value("v", "1");
    });
}

#[track_caller]
fn is_rolled_back(driver: &Driver) {
    assert_eq!(driver.tables(), "t.r.c=1");
    assert_eq!(driver.values(), "");
    assert!(!driver.store.is_active());
}

#[track_caller]
fn is_committed(driver: &Driver) {
    assert_eq!(driver.tables(), "t.r.c=2");
    assert_eq!(driver.values(), "v=1");
    assert!(!driver.store.is_active());
}

#[test]
fn an_error_of_the_actions_rolls_back_and_nobody_is_told() {
    let mut driver = watched();
    driver.mutate("mutator", Kind::Cell, &ANY_CELL, |_, _| Ok(()));
    let outcome = driver.transaction_unless(
        |driver| {
            driver.set_cell("t", "r", "c", "2");
            Err::<(), _>("actions")
        },
        Some(&|_| panic!("doRollback is not asked")),
    );
    assert_eq!(outcome, Err("actions"));
    driver.expect(&["start"]);
    is_rolled_back(&driver);
}

#[test]
fn an_error_of_a_start_listener_ends_the_transaction_before_the_actions() {
    let mut driver = Driver::with("t.r.c=1");
    driver.react("throws", Kind::StartTransaction, &[], |driver, _| {
        driver.set_cell("t", "r", "c", "9");
        Err("start")
    });
    driver.watch_changes();
    let outcome = driver.transaction(|driver| {
        driver.note("never");
        Ok(())
    });
    assert_eq!(outcome, Err("start"));
    driver.expect(&["throws"]);
    is_rolled_back(&driver);
    assert_eq!(driver.start(), Err("start"));
    is_rolled_back(&driver);
}

#[test]
fn an_error_of_a_mutator_rolls_back_and_stops_everything() {
    let mut driver = watched();
    driver.mutate("throws", Kind::Cell, &ANY_CELL, |_, _| Err("mutator"));
    driver.mutate("later", Kind::Cell, &ANY_CELL, |_, _| Ok(()));
    write(&mut driver);
    driver.expect(&["start", "throws", "threw mutator"]);
    is_rolled_back(&driver);
}

#[test]
fn an_error_of_do_rollback_rolls_back_and_stops_everything() {
    let mut driver = watched();
    let outcome = driver.transaction_unless(
        |driver| {
            driver.set_cell("t", "r", "c", "2");
            Ok(())
        },
        Some(&|_| Err("doRollback")),
    );
    assert_eq!(outcome, Err("doRollback"));
    driver.expect(&["start"]);
    is_rolled_back(&driver);
}

#[test]
fn an_error_of_a_will_finish_listener_rolls_back_once_all_of_them_have_run() {
    let mut driver = Driver::with("t.r.c=1");
    let throw = |_: &mut Driver, _: &crate::store::Call| Err("will");
    driver.react("throws", Kind::WillFinishTransaction, &[], throw);
    driver.watch_changes();
    driver.react("too", Kind::WillFinishTransaction, &[], |driver, _| {
        driver.note(driver.tables());
        Err("second")
    });
    driver.react("did", Kind::DidFinishTransaction, &[], |driver, _| {
        assert!(driver.store.is_locked());
        assert_eq!(driver.changes(), "");
        driver.note(driver.tables());
        Ok(())
    });
    write(&mut driver);
    driver.expect(&[
        "start",
        "throws",
        "willFinish",
        "too",
        "t.r.c=2",
        "didFinish",
        "did",
        "t.r.c=1",
        "threw will",
    ]);
    is_rolled_back(&driver);
}

#[test]
fn an_error_of_a_listener_ends_the_announcement_and_keeps_the_data() {
    let mut driver = Driver::with("t.r.c=1");
    driver.react("throws", Kind::Cell, &ANY_CELL, |_, _| Err("listener"));
    driver.watch_changes();
    write(&mut driver);
    driver.expect(&[
        "start",
        "willFinish",
        "throws",
        "didFinish",
        "threw listener",
    ]);
    is_committed(&driver);
}

#[test]
fn an_error_of_a_did_finish_listener_stops_no_other() {
    let mut driver = Driver::with("t.r.c=1");
    for label in ["first", "second"] {
        driver.react(label, Kind::DidFinishTransaction, &[], move |_, _| {
            Err(label)
        });
    }
    driver.watch(Kind::DidFinishTransaction, &[]);
    write(&mut driver);
    driver.expect(&["first", "second", "didFinish", "threw first"]);
    is_committed(&driver);
}

#[test]
fn of_several_errors_the_first_is_thrown() {
    let mut driver = Driver::with("t.r.c=1");
    driver.react("cell", Kind::Cell, &ANY_CELL, |_, _| Err("cell"));
    driver.react("did", Kind::DidFinishTransaction, &[], |_, _| Err("did"));
    write(&mut driver);
    driver.expect(&["cell", "did", "threw cell"]);
    is_committed(&driver);
}

#[test]
fn an_error_caught_inside_the_actions_still_rolls_the_whole_transaction_back() {
    let mut driver = watched();
    let outcome = driver.transaction_unless(
        |driver| {
            let nested = driver.transaction(|driver| {
                driver.set_cell("t", "r", "c", "2");
                Err::<(), _>("nested")
            });
            assert_eq!(nested, Err("nested"));
            assert_eq!(driver.tables(), "t.r.c=2", "still there until the end");
            driver.set_value("v", "1");
            Ok("result")
        },
        Some(&|_| panic!("doRollback is not asked")),
    );
    assert_eq!(outcome, Ok(Some("result")));
    driver.expect(&["start"]);
    is_rolled_back(&driver);
    write(&mut driver);
    is_committed(&driver);
}

#[test]
fn an_error_caught_inside_a_start_listener_rolls_back_too() {
    let mut driver = Driver::with("t.r.c=1");
    driver.react("start", Kind::StartTransaction, &[], |driver, _| {
        let nested = driver.transaction(|_| Err::<(), _>("nested"));
        assert_eq!(nested, Err("nested"));
        Ok(())
    });
    write(&mut driver);
    driver.expect(&["start"]);
    is_rolled_back(&driver);
}

#[test]
fn an_error_caught_inside_a_mutator_or_a_will_finish_listener_means_nothing() {
    let nested = |driver: &mut Driver, _: &crate::store::Call| {
        let nested = driver.transaction(|driver| {
            driver.set_value("nested", "1");
            Err::<(), _>("nested")
        });
        assert_eq!(nested, Err("nested"));
        Ok(())
    };
    let mut driver = Driver::with("t.r.c=1");
    driver.mutate("mutator", Kind::Cell, &ANY_CELL, nested);
    driver.set_cell("t", "r", "c", "2");
    assert_eq!(
        (&*driver.tables(), &*driver.values()),
        ("t.r.c=2", "nested=1")
    );

    let mut driver = Driver::with("t.r.c=1");
    driver.react("will", Kind::WillFinishTransaction, &[], nested);
    driver.set_cell("t", "r", "c", "2");
    assert_eq!(
        (&*driver.tables(), &*driver.values()),
        ("t.r.c=2", "nested=1")
    );
}

#[test]
fn an_error_with_levels_left_open_rolls_back_when_they_are_closed() {
    let mut driver = Driver::with("t.r.c=1");
    let outcome = driver.transaction(|driver| {
        assert_eq!(driver.start(), Ok(true));
        driver.set_cell("t", "r", "c", "2");
        Err::<(), _>("actions")
    });
    assert_eq!(outcome, Err("actions"));
    assert!(driver.store.is_active());
    assert_eq!(driver.tables(), "t.r.c=2");
    assert_eq!(driver.finish(), Ok(()));
    is_rolled_back(&driver);
}

#[test]
fn after_any_error_the_store_is_as_good_as_new() {
    for kind in [
        Kind::StartTransaction,
        Kind::WillFinishTransaction,
        Kind::DidFinishTransaction,
        Kind::Values,
    ] {
        let mut driver = Driver::with("t.r.c=1");
        let id = driver.react("throws", kind, &[], |_, _| Err("once"));
        write(&mut driver);
        driver.remove(id);
        driver.set_tables("t.r.c=1");
        driver.del_values();
        driver.take_trace();
        driver.watch_changes();
        write(&mut driver);
        driver.expect(&[
            "start",
            "willFinish",
            "cell t.r.c 1->2",
            "row t.r",
            "table t",
            "tables",
            "valueIds +v",
            "value v undefined->1",
            "values",
            "didFinish",
        ]);
        is_committed(&driver);
    }
}
