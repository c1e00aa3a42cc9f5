//! Panics of closures: the transaction ends as it does in JavaScript, and the store goes on.

use super::*;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};

/// Runs what is to panic, with this text.
#[track_caller]
fn expect_panic(text: &str, run: impl FnOnce()) {
    let payload = catch_unwind(AssertUnwindSafe(run)).unwrap_err();
    assert_eq!(payload.downcast_ref::<&str>().copied(), Some(text));
}

/// A store with a value, and all that happens to it.
fn watched() -> (Store, Trace) {
    let (store, trace) = (Store::new(), Trace::default());
    store.set_value("v", 1);
    watch(&store, &trace);
    (store, trace)
}

#[track_caller]
fn expect_usable(store: &Store, trace: &Trace) {
    trace.take();
    store.set_value("after", 1);
    assert_eq!(trace.take().first().map(String::as_str), Some("start"));
    assert!(store.has_value("after"));
    assert!(store.get_transaction_changes().is_empty());
}

#[test]
fn a_panic_of_the_actions_rolls_back_and_tells_nobody() {
    let (store, trace) = watched();
    expect_panic("actions", || {
        store.transaction(|store| {
            store.set_value("v", 2);
            panic_any("actions")
        });
    });
    assert_eq!(trace.take(), ["start"]);
    assert_eq!(store.get_value("v"), Some(1.into()));
    expect_usable(&store, &trace);
}

#[test]
fn a_panic_of_a_mapping_function_rolls_back() {
    let (store, trace) = watched();
    expect_panic("map", || {
        store.set_cell_with("t", "r", "c", |_| -> i32 {
            store.set_value("v", 2);
            panic_any("map")
        });
    });
    assert_eq!(store.get_json(), r#"[{},{"v":1}]"#);
    expect_usable(&store, &trace);
}

#[test]
fn a_panic_that_is_caught_within_a_transaction_rolls_it_back_at_its_end() {
    let (store, trace) = watched();
    store.transaction(|store| {
        expect_panic("inner", || {
            store.transaction(|_| panic_any("inner"));
        });
        store.set_value("v", 2);
    });
    assert_eq!(store.get_value("v"), Some(1.into()));
    expect_usable(&store, &trace);
}

#[test]
fn panics_before_the_decision_roll_back_and_end_the_transaction() {
    let (store, trace) = watched();
    let id = store.add_start_transaction_listener(|store| {
        store.set_value("v", 2);
        panic_any("start")
    });
    expect_panic("start", || {
        store.set_value("v", 3);
    });
    assert_eq!(store.get_value("v"), Some(1.into()));
    store.del_listener(id);
    expect_usable(&store, &trace);

    let id = store.add_value_mutator("v", |_, _| panic_any("mutator"));
    expect_panic("mutator", || {
        store.set_value("v", 3);
    });
    assert_eq!(trace.take(), ["start"]);
    assert_eq!(store.get_value("v"), Some(1.into()));
    store.del_listener(id);
    expect_usable(&store, &trace);

    expect_panic("doRollback", || {
        store.transaction_with_rollback(
            |store| store.set_value("v", 3),
            |_| panic_any("doRollback"),
        );
    });
    assert_eq!(store.get_value("v"), Some(1.into()));
    expect_usable(&store, &trace);
}

#[test]
fn a_panic_of_a_will_finish_listener_rolls_back_once_all_of_them_have_run() {
    let (store, trace) = watched();
    let id = store.add_will_finish_transaction_listener(|_| panic_any("first"));
    let note = trace.clone();
    let next = store.add_will_finish_transaction_listener(move |_| {
        note.note("next");
        panic_any("second")
    });
    expect_panic("first", || {
        store.set_value("v", 3);
    });
    assert_eq!(trace.take(), ["start", "willFinish", "next", "didFinish"]);
    assert_eq!(store.get_value("v"), Some(1.into()));
    store.del_listener(id).del_listener(next);
    expect_usable(&store, &trace);
}

#[test]
fn a_panic_while_changes_are_announced_leaves_the_content_and_skips_the_rest() {
    let (store, trace) = watched();
    let id = store.add_value_listener("v", |_, _| panic_any("listener"));
    expect_panic("listener", || {
        store.set_value("v", 3);
    });
    assert_eq!(trace.take(), ["start", "willFinish", "didFinish"]);
    assert_eq!(store.get_value("v"), Some(3.into()));
    store.del_listener(id);
    expect_usable(&store, &trace);

    let id = store.add_did_finish_transaction_listener(|_| panic_any("didFinish"));
    expect_panic("didFinish", || {
        store.set_value("v", 4);
    });
    assert_eq!(store.get_value("v"), Some(4.into()));
    store.del_listener(id);
    expect_usable(&store, &trace);
}

#[test]
fn a_listener_may_catch_the_panic_of_its_own_transaction() {
    let (store, trace) = watched();
    let id = store.add_value_mutator("v", |store, _| {
        expect_panic("within", || {
            store.transaction(|store| {
                store.set_value("w", 1);
                panic_any("within")
            });
        });
    });
    store.set_value("v", 3);
    assert_eq!(store.get_json(), r#"[{},{"v":3,"w":1}]"#);
    store.del_listener(id);
    expect_usable(&store, &trace);
}

#[test]
fn a_panic_of_a_visit_lets_go_of_the_rows() {
    let (store, trace) = watched();
    store.set_table("t", [("a", [("c", 1)]), ("b", [("c", 1)])]);
    expect_panic("visit", || store.for_each_row("t", |_| panic_any("visit")));
    let mut seen = 0;
    store.for_each_row("t", |_| seen += 1);
    assert_eq!(seen, 2);
    expect_usable(&store, &trace);
}
