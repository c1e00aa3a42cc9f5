//! Transactions and their ways to end.

use super::*;

#[test]
fn listeners_hear_of_a_transaction_once_in_the_documented_order() {
    let (store, trace) = (Store::new(), Trace::default());
    watch(&store, &trace);
    let result = store.transaction(|store| {
        store
            .set_cell("t", "r", "a", 1)
            .set_cell("t", "r", "a", 2)
            .set_value("v", true);
        store.transaction(|store| store.set_cell("t", "r", "b", "x"));
        "result"
    });
    assert_eq!(result, Some("result"));
    assert_eq!(
        trace.take(),
        [
            "start",
            "willFinish",
            "hasTables true",
            "tableIds +t",
            "hasTable t true",
            "tableCellIds t +a +b",
            "hasTableCell t.a true",
            "hasTableCell t.b true",
            "rowCount t 1",
            "rowIds t +r",
            "hasRow t.r true",
            "cellIds t.r +a +b",
            "hasCell t.r.a true",
            "hasCell t.r.b true",
            "cell t.r.a undefined->2",
            "cell t.r.b undefined->x",
            "row t.r",
            "table t",
            "tables",
            "hasValues true",
            "valueIds +v",
            "hasValue v true",
            "value v undefined->true",
            "values",
            "didFinish",
        ]
    );
}

#[test]
fn an_error_rolls_back_and_nobody_hears_of_it() {
    let (store, trace) = (Store::new(), Trace::default());
    store.set_cell("t", "r", "c", 1);
    watch(&store, &trace);
    let result = store.try_transaction(|store| {
        store.del_tables().set_value("v", 1);
        Err::<(), _>("no")
    });
    assert_eq!(result, Err("no"));
    assert_eq!(store.get_json(), r#"[{"t":{"r":{"c":1}}},{}]"#);
    assert_eq!(trace.take(), ["start"]);
    assert_eq!(store.try_transaction(|_| Ok::<_, ()>(7)), Ok(Some(7)));
}

#[test]
fn an_error_within_a_transaction_rolls_that_one_back_at_its_end() {
    let store = Store::new();
    store.transaction(|store| {
        store.set_value("outer", 1);
        let result = store.try_transaction(|store| {
            store.set_value("inner", 1);
            Err::<(), _>("no")
        });
        assert_eq!(result, Err("no"));
        assert!(store.has_value("inner"));
    });
    assert!(!store.has_values());
    store.set_value("later", 1);
    assert!(store.has_value("later"));
}

#[test]
fn do_rollback_decides_when_the_outermost_level_ends() {
    let store = Store::new();
    let asked = Trace::default();
    let ask = |name: &'static str, answer: bool| {
        let asked = asked.clone();
        move |store: &Store| {
            asked.note(format!("{name} {}", store.has_value("v")));
            answer
        }
    };
    store.transaction_with_rollback(
        |store| {
            store.transaction_with_rollback(|store| store.set_value("v", 1), ask("inner", true))
        },
        ask("outer", false),
    );
    assert_eq!(asked.take(), ["outer true"]);
    assert!(store.has_value("v"));

    store.start_transaction().del_value("v");
    store.finish_transaction_with_rollback(ask("by hand", true));
    assert_eq!(asked.take(), ["by hand false"]);
    assert!(store.has_value("v"));
    store.finish_transaction_with_rollback(ask("without a start", true));
    assert!(asked.take().is_empty());
}

#[test]
fn do_rollback_may_write_and_read() {
    let store = Store::new();
    store.transaction_with_rollback(
        |store| store.set_value("v", 1),
        |store| {
            store.set_value("w", 1);
            store.transaction(|store| store.has_value("w")) != Some(true)
        },
    );
    assert_eq!(store.get_value_ids(), ["v", "w"]);
}

#[test]
fn a_transaction_by_hand_ends_with_its_last_level() {
    let (store, trace) = (Store::new(), Trace::default());
    watch(&store, &trace);
    store
        .finish_transaction()
        .start_transaction()
        .start_transaction()
        .set_value("v", 1);
    store.finish_transaction();
    assert_eq!(trace.take(), ["start"]);
    store.finish_transaction();
    assert_eq!(trace.take().last().map(String::as_str), Some("didFinish"));
}

#[test]
fn changes_tell_what_the_transaction_did_so_far() {
    let store = Store::new();
    store
        .set_row("t", "r", [("a", 1), ("b", 1)])
        .set_cell("u", "r", "c", 1)
        .set_value("v", 1);
    assert!(store.get_transaction_changes().is_empty());
    store.transaction(|store| {
        store
            .set_cell("t", "r", "a", 2)
            .del_cell("t", "r", "b")
            .del_table("u")
            .del_value("v");
        store.set_cell("t", "r", "d", 1).del_cell("t", "r", "d");
        let change = |old: Option<i32>, new: Option<i32>| Change {
            changed: true,
            old: old.map(Cell::from),
            new: new.map(Cell::from),
        };
        assert_eq!(
            store.get_cell_change("t", "r", "a"),
            change(Some(1), Some(2))
        );
        assert_eq!(store.get_cell_change("t", "r", "b"), change(Some(1), None));
        assert_eq!(store.get_cell_change("t", "r", "d"), change(None, None));
        assert_eq!(store.get_value_change("v"), change(Some(1), None));
        assert!(!store.get_cell_change("no", "such", "cell").changed);

        let changes = store.get_transaction_changes();
        let row = ChangedRow::from([("a", Some(Cell::from(2))), ("b", None)]);
        assert_eq!(
            changes.tables.get("t"),
            Some(&Some(ChangedTable::from([("r", Some(row))])))
        );
        assert_eq!(changes.tables.get("u"), Some(&None));
        assert_eq!(changes.values, [("v", None)].into());
    });
}

#[test]
fn a_mapped_write_is_one_transaction_and_its_function_may_write() {
    let (store, trace) = (Store::new(), Trace::default());
    watch(&store, &trace);
    store.set_cell_with("t", "r", "c", |cell| {
        assert_eq!(cell, None);
        store.set_cell("t", "r", "c", "lost").set_value("v", 1);
        5
    });
    store.set_value_with("v", |value| value.is_some());
    assert_eq!(store.get_cell("t", "r", "c"), Some(5.into()));
    assert_eq!(store.get_value("v"), Some(true.into()));
    assert_eq!(
        trace.take().iter().filter(|line| *line == "start").count(),
        2
    );
}

#[test]
fn writes_that_change_nothing_are_transactions_all_the_same() {
    let (store, trace) = (Store::new(), Trace::default());
    watch(&store, &trace);
    store.del_table("x");
    store.set_cell("t", "r", "c", f64::NAN);
    store.set_tables_json("null").unwrap();
    assert_eq!(
        trace.take(),
        [
            "start",
            "willFinish",
            "didFinish",
            "start",
            "willFinish",
            "invalidCell t.r.c NaN",
            "didFinish",
            "start",
            "willFinish",
            "invalidCell ?.?.? undefined",
            "didFinish",
        ]
    );
}
