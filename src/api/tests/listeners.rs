//! Listeners, and what they may do.

use super::*;
use std::cell::Cell as StdCell;

#[test]
fn exact_ids_come_before_wildcards_and_others_are_not_called() {
    let (store, trace) = (Store::new(), Trace::default());
    for (table, row, cell) in [
        (None, None, None),
        (None, None, Some("c")),
        (Some("t"), None, Some("c")),
        (Some("t"), Some("r"), Some("c")),
        (Some("t"), Some("other"), Some("c")),
        (Some("t"), Some("r"), None),
    ] {
        let trace = trace.clone();
        let name = format!("{table:?} {row:?} {cell:?}").replace("None", "*");
        store.add_cell_listener(table, row, cell, move |_, event| {
            trace.note(format!("{name} {}", event.row_id));
        });
    }
    store.set_cell("t", "r", "c", 1);
    assert_eq!(
        trace.take(),
        [
            r#"Some("t") Some("r") Some("c") r"#,
            r#"Some("t") Some("r") * r"#,
            r#"Some("t") * Some("c") r"#,
            r#"* * Some("c") r"#,
            "* * * r",
        ]
    );
}

#[test]
fn mutators_come_first_and_their_writes_count() {
    let (store, trace) = (Store::new(), Trace::default());
    watch(&store, &trace);
    store.add_cell_mutator("t", None, None, |store, event| {
        let doubled = event
            .new_cell
            .and_then(|cell| cell.as_number())
            .unwrap_or(0.0)
            * 2.0;
        store.set_cell("t", &event.row_id, &event.cell_id, doubled);
    });
    store.add_value_mutator(None, |store, _| {
        store.set_tables([("t", [("r", [("c", 100)])])]);
    });
    store.add_tables_mutator(|store| {
        store.add_row("log", [("entry", "tables changed")]);
    });
    store.set_cell("t", "r", "c", 4);
    assert_eq!(store.get_cell("t", "r", "c"), Some(8.into()));
    assert!(store.has_table("log"));
    let cells = |lines: Vec<String>| -> Vec<String> {
        lines
            .into_iter()
            .filter(|line| line.starts_with("cell "))
            .collect()
    };
    assert_eq!(
        cells(trace.take()),
        [
            "cell t.r.c undefined->8",
            "cell log.0.entry undefined->tables changed",
        ]
    );
    store.set_value("v", 1);
    assert_eq!(
        cells(trace.take()),
        [
            "cell t.r.c 8->100",
            "cell log.0.entry tables changed->undefined"
        ]
    );
}

#[test]
fn what_a_listener_writes_while_changes_are_announced_is_ignored() {
    let store = Store::new();
    let calls = Rc::new(StdCell::new(0));
    let counted = Rc::clone(&calls);
    let listener = move |store: &Store| {
        counted.set(counted.get() + 1);
        store
            .set_cell("t", "r", "c", 2)
            .set_cell_with("t", "r", "c", |_| 3)
            .set_content([("x", [("y", [("z", 1)])])], [("v", 2)])
            .del_tables()
            .del_values()
            .apply_changes(&Changes {
                values: [("v", None)].into(),
                ..Changes::default()
            });
        assert_eq!(store.add_row("t", [("c", 1)]), None);
        assert_eq!(store.transaction(|_| 1), None);
        assert_eq!(store.try_transaction(|_| Err::<(), _>(1)), Ok(None));
        store.start_transaction().finish_transaction();
        store.set_json("[{},{}]").unwrap();
        store.finish_transaction_with_rollback(|_| true);
    };
    store.add_tables_listener(listener.clone());
    store.add_values_listener(listener.clone());
    store.add_did_finish_transaction_listener(listener);
    store.set_content([("t", [("r", [("c", 1)])])], [("v", 1)]);
    assert_eq!(calls.get(), 3);
    assert_eq!(store.get_json(), r#"[{"t":{"r":{"c":1}}},{"v":1}]"#);
}

#[test]
fn start_and_will_finish_listeners_may_write_in_transactions_of_their_own() {
    let (store, trace) = (Store::new(), Trace::default());
    store.add_start_transaction_listener(|store| {
        store.transaction(|store| store.set_value("start", 1));
        store
            .start_transaction()
            .set_value("by hand", 1)
            .finish_transaction();
    });
    store.add_will_finish_transaction_listener(|store| {
        store.transaction_with_rollback(|store| store.set_value("end", 1), |_| true);
        store.finish_transaction();
    });
    watch(&store, &trace);
    store.set_value("v", 1);
    assert_eq!(store.get_value_ids(), ["start", "by hand", "v", "end"]);
    assert!(
        trace
            .take()
            .contains(&"valueIds +start +by hand +v +end".to_owned())
    );
}

#[test]
fn a_listener_can_add_and_delete_listeners_itself_included() {
    let (store, trace) = (Store::new(), Trace::default());
    let later: Rc<StdCell<Option<ListenerId>>> = Rc::default();
    let myself: Rc<StdCell<Option<ListenerId>>> = Rc::default();
    let (peer, me, note) = (Rc::clone(&later), Rc::clone(&myself), trace.clone());
    let id = store.add_value_listener("v", move |store, _| {
        note.note("first");
        let added = note.clone();
        store.add_value_listener("v", move |_, _| added.note("added"));
        if let Some(peer) = peer.take() {
            store.del_listener(peer);
        }
        if let Some(me) = me.take() {
            store.del_listener(me);
        }
    });
    myself.set(Some(id));
    let note = trace.clone();
    later.set(Some(store.add_value_listener("v", move |_, _| {
        note.note("deleted before its turn")
    })));
    store.set_value("v", 1);
    assert_eq!(trace.take(), ["first", "added"]);
    store.set_value("v", 2);
    assert_eq!(trace.take(), ["added"]);
}

#[test]
fn an_id_of_a_deleted_listener_names_no_other() {
    let (store, trace) = (Store::new(), Trace::default());
    let old = store.add_tables_listener(|_| {});
    store.del_listener(old).del_listener(old);
    let note = trace.clone();
    let new = store.add_tables_listener(move |_| note.note("new"));
    assert_ne!(old, new);
    store.del_listener(old).set_cell("t", "r", "c", 1);
    assert_eq!(trace.take(), ["new"]);
    store.del_listener(new).del_tables();
    assert!(trace.take().is_empty());
}

/// Writes when it is dropped.
struct Parting(Store, &'static str);

impl Drop for Parting {
    fn drop(&mut self) {
        let Parting(store, value) = self;
        store.set_value(value, 1);
        store.add_values_listener(|_| {});
    }
}

#[test]
fn what_a_listener_has_captured_may_use_the_store_when_it_goes() {
    let store = Store::new();
    let parting = Parting(store.clone(), "deleted");
    let id = store.add_values_listener(move |_| {
        let _ = &parting;
    });
    store.del_listener(id);
    assert!(store.has_value("deleted"));

    let id: Rc<StdCell<Option<ListenerId>>> = Rc::default();
    let (parting, me) = (Parting(store.clone(), "from within"), Rc::clone(&id));
    id.set(Some(store.add_start_transaction_listener(move |store| {
        let _ = &parting;
        if let Some(id) = me.take() {
            store.del_listener(id);
        }
    })));
    store.set_value("v", 1);
    assert_eq!(store.get_value_ids(), ["deleted", "from within", "v"]);
}

#[test]
fn listeners_read_the_content_of_the_moment_and_the_changes() {
    let (store, trace) = (Store::new(), Trace::default());
    store.set_cell("t", "r", "c", 1);
    let note = trace.clone();
    store.add_row_listener("t", None, move |store, event| {
        let change = store.get_cell_change(&event.table_id, &event.row_id, "c");
        note.note(format!("{:?} {:?}", change.old, change.new));
        note.note(store.get_tables_json());
        let mut rows = 0;
        store.for_each_row("t", |_| rows += 1);
        note.note(format!(
            "{rows} {}",
            store.get_transaction_changes().tables.len()
        ));
    });
    store.set_cell("t", "r", "c", 2);
    assert_eq!(
        trace.take(),
        [
            "Some(Number(1.0)) Some(Number(2.0))",
            r#"{"t":{"r":{"c":2}}}"#,
            "1 1",
        ]
    );
}

#[test]
fn a_listener_may_drop_the_last_handle_but_one() {
    let slot: Rc<RefCell<Option<Store>>> = Rc::default();
    let store = Store::new();
    *slot.borrow_mut() = Some(store.clone());
    store.add_values_listener(move |_| drop(slot.take()));
    store.set_value("v", 1).set_value("v", 2);
    assert_eq!(store.get_value("v"), Some(2.into()));
}
