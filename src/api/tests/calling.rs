//! Calling listeners out of turn, and counting them.

use super::*;
use crate::row;

fn pets() -> Store {
    let store = Store::new();
    store.set_content(
        [(
            "pets",
            [
                ("fido", row! {"species" => "dog", "age" => 4}),
                ("felix", row! {"age" => 2}),
            ],
        )],
        [("open", true)],
    );
    store
}

#[test]
fn a_listener_is_called_for_all_that_its_path_covers_now() {
    let (store, trace) = (pets(), Trace::default());
    for listener in watch(&store, &trace) {
        store.call_listener(listener);
    }
    let mut lines = trace.take();
    let mut expected = [
        "start",
        "willFinish",
        "didFinish",
        "hasTables true",
        "tables",
        "tableIds",
        "hasTable pets true",
        "table pets",
        "tableCellIds pets",
        "hasTableCell pets.species true",
        "hasTableCell pets.age true",
        "rowCount pets 2",
        "rowIds pets",
        "hasRow pets.fido true",
        "hasRow pets.felix true",
        "row pets.fido",
        "row pets.felix",
        "cellIds pets.fido",
        "cellIds pets.felix",
        "hasCell pets.fido.species true",
        "hasCell pets.fido.age true",
        "hasCell pets.felix.age true",
        "cell pets.fido.species dog->dog",
        "cell pets.fido.age 4->4",
        "cell pets.felix.age 2->2",
        "hasValues true",
        "values",
        "valueIds",
        "hasValue open true",
        "value open true->true",
    ];
    lines.sort();
    expected.sort();
    assert_eq!(lines, expected);
}

#[test]
fn exact_ids_are_told_of_whether_they_are_there_or_not() {
    let (store, trace) = (pets(), Trace::default());
    let note = trace.clone();
    let cell = store.add_cell_listener("pets", None, "species", move |_, event| {
        note.note(format!(
            "{} {}",
            event.row_id,
            show(event.new_cell.as_ref())
        ));
    });
    let note = trace.clone();
    let has = store.add_has_cell_listener("x", "y", "z", move |_, event| {
        note.note(format!("{} {}", event.table_id, event.has_cell));
    });
    let note = trace.clone();
    let count = store.add_row_count_listener("x", move |_, event| {
        note.note(format!("{} rows", event.count));
    });
    store
        .call_listener(cell)
        .call_listener(has)
        .call_listener(count);
    assert_eq!(
        trace.take(),
        ["fido dog", "felix undefined", "x false", "0 rows"]
    );
}

#[test]
fn nothing_is_called_of_a_deleted_listener_or_of_what_is_invalid() {
    let (store, trace) = (pets(), Trace::default());
    let note = trace.clone();
    let deleted = store.add_tables_listener(move |_| note.note("deleted"));
    let note = trace.clone();
    store.del_listener(deleted);
    store.add_tables_listener(move |_| note.note("another"));
    let note = trace.clone();
    let invalid = store.add_invalid_cell_listener(None, None, None, move |_, _| {
        note.note("invalid");
    });
    store.call_listener(deleted).call_listener(invalid);
    assert!(trace.take().is_empty());
}

#[test]
fn what_a_call_out_of_turn_tells_is_not_what_the_call_around_it_tells() {
    let (store, trace) = (pets(), Trace::default());
    let note = trace.clone();
    let inner = store.add_row_ids_listener(None, move |_, event| {
        note.note(format!("inner{}", show_ids(&event.id_changes)));
    });
    store.add_table_ids_listener(move |store, _| {
        store.call_listener(inner);
    });
    store.set_cell("shops", "a", "b", 1);
    assert_eq!(trace.take(), ["inner", "inner", "inner +a"]);
}

#[test]
fn a_listener_that_is_called_may_write_and_delete_itself() {
    let store = pets();
    let me: Rc<RefCell<Option<ListenerId>>> = Rc::default();
    let myself = Rc::clone(&me);
    let listener = store.add_cell_listener("pets", None, None, move |store, event| {
        if let Some(me) = myself.take() {
            store.del_listener(me);
        }
        store.del_cell("pets", &event.row_id, &event.cell_id);
    });
    *me.borrow_mut() = Some(listener);
    store.call_listener(listener);
    assert!(!store.has_tables());
    assert_eq!(store.get_listener_stats(), ListenerStats::default());
}

#[test]
fn listeners_are_counted_by_kind_mutators_included() {
    let store = Store::new();
    let mut expected = ListenerStats::default();
    assert_eq!(store.get_listener_stats(), expected);
    store.add_row_listener("t", None, |_, _| {});
    store.add_row_mutator(None, None, |_, _| {});
    store.add_start_transaction_listener(|_| {});
    store.add_did_finish_transaction_listener(|_| {});
    let invalid = store.add_invalid_value_listener(None, |_, _| {});
    (expected.row, expected.transaction, expected.invalid_value) = (2, 2, 1);
    assert_eq!(store.get_listener_stats(), expected);
    store.del_listener(invalid);
    expected.invalid_value = 0;
    assert_eq!(store.get_listener_stats(), expected);
}
