//! The log of a transaction.

use super::*;

#[test]
fn a_log_tells_all_that_a_transaction_did() {
    let store = Store::new();
    store.set_content(
        [(
            "t",
            [("r", [("a", 1), ("b", 2)]), ("s", [("a", 1), ("b", 2)])],
        )],
        [("v", 1)],
    );
    let logged = Rc::new(RefCell::new(TransactionLog::default()));
    let kept = Rc::clone(&logged);
    store.add_did_finish_transaction_listener(move |store| {
        *kept.borrow_mut() = store.get_transaction_log();
    });
    store.transaction(|store| {
        store
            .set_cell("t", "r", "a", 3)
            .set_cell("t", "r", "c", 4)
            .del_row("t", "s")
            .set_cell("u", "r", "a", f64::NAN)
            .set_cell("u", "r", "a", "x")
            .del_value("v")
            .set_value("w", "\u{FFFC}");
    });
    let log = logged.take();
    let change = |old: Option<i32>, new: Option<Cell>| Change {
        changed: true,
        old: old.map(Cell::from),
        new,
    };
    assert!(log.cells_touched && log.values_touched);
    let cells = &log.changed_cells;
    assert_eq!(cells.keys().collect::<Vec<_>>(), ["t", "u"]);
    let rows = cells.get("t").unwrap();
    assert_eq!(rows.keys().collect::<Vec<_>>(), ["r", "s"]);
    assert_eq!(
        rows.get("r"),
        Some(
            &[
                ("a", change(Some(1), Some(3.into()))),
                ("c", change(None, Some(4.into())))
            ]
            .into()
        )
    );
    assert_eq!(
        rows.get("s"),
        Some(&[("a", change(Some(1), None)), ("b", change(Some(2), None))].into())
    );
    assert_eq!(log.changed_values, [("v", change(Some(1), None))].into());
    let added = IdChange::Added;
    let removed = IdChange::Removed;
    assert_eq!(log.changed_table_ids, [("u", added)].into());
    assert_eq!(
        log.changed_row_ids,
        [
            ("t", IdChanges::from([("s", removed)])),
            ("u", IdChanges::from([("r", added)])),
        ]
        .into()
    );
    assert_eq!(
        log.changed_cell_ids.get("t"),
        Some(
            &[
                ("r", IdChanges::from([("c", added)])),
                ("s", IdChanges::from([("a", removed), ("b", removed)])),
            ]
            .into()
        )
    );
    assert_eq!(log.changed_value_ids, [("v", removed)].into());
    let [invalid] = &log.invalid_cells[..] else {
        panic!("one cell was invalid")
    };
    assert_eq!(invalid.table_id.as_deref(), Some("u"));
    assert!(matches!(invalid.invalid_cells[..], [Some(Cell::Number(nan))] if nan.is_nan()));
    let [invalid] = &log.invalid_values[..] else {
        panic!("one value was invalid")
    };
    assert_eq!(invalid.value_id.as_deref(), Some("w"));
    assert_eq!(invalid.invalid_values, [Some("\u{FFFC}".into())]);
}

#[test]
fn outside_a_transaction_the_log_is_empty() {
    let store = Store::new();
    store.set_cell("t", "r", "c", 1).set_value("v", f64::NAN);
    assert_eq!(store.get_transaction_log(), TransactionLog::default());
}

#[test]
fn what_was_written_and_put_back_counts_as_touched_only() {
    let store = Store::new();
    store.set_cell("t", "r", "c", 1);
    let log = store.transaction(|store| {
        store.set_cell("t", "r", "c", 2).set_cell("t", "r", "c", 1);
        store.get_transaction_log()
    });
    let expected = TransactionLog {
        cells_touched: true,
        ..TransactionLog::default()
    };
    assert_eq!(log, Some(expected));
}
