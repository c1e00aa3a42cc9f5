//! Rows in order, and listeners to that.

use super::*;
use crate::row;

fn pets() -> Store {
    let store = Store::new();
    store.set_table(
        "pets",
        [
            ("fido", row! {"age" => 4, "name" => "b"}),
            ("felix", row! {"age" => 2, "name" => "a"}),
            ("cujo", row! {"age" => 4, "name" => "B"}),
            ("10", row! {"name" => "c"}),
        ],
    );
    store
}

fn watch_page(store: &Store, trace: &Trace, sorting: Sorting) -> ListenerId {
    let trace = trace.clone();
    store.add_sorted_row_ids_listener("pets", sorting, move |_, event| {
        assert_eq!(event.table_id, "pets");
        trace.note(event.sorted_row_ids.join(" "));
    })
}

#[test]
fn rows_are_sorted_by_a_cell_or_their_ids_and_read_in_pages() {
    let store = pets();
    let sorted = |sorting| store.get_sorted_row_ids("pets", sorting).join(" ");
    let by_age = || Sorting::by_cell("age");
    assert_eq!(sorted(by_age()), "10 felix fido cujo");
    assert_eq!(sorted(by_age().descending()), "cujo fido felix 10");
    assert_eq!(sorted(by_age().offset(1).limit(2)), "felix fido");
    assert_eq!(sorted(by_age().descending().limit(1)), "cujo");
    assert_eq!(sorted(by_age().offset(3).limit(usize::MAX)), "cujo");
    assert_eq!(sorted(by_age().offset(usize::MAX)), "");
    assert_eq!(sorted(by_age().limit(0)), "");
    assert_eq!(sorted(Sorting::by_cell("name")), "cujo felix fido 10");
    assert_eq!(sorted(Sorting::by_row_id()), "10 cujo felix fido");
    assert_eq!(sorted(Sorting::by_cell("other")), "fido felix cujo 10");
    assert!(store.get_sorted_row_ids("x", by_age()).is_empty());
}

#[test]
fn a_listener_hears_of_its_page_when_it_is_another_one() {
    let (store, trace) = (pets(), Trace::default());
    let listener = watch_page(
        &store,
        &trace,
        Sorting::by_cell("age").descending().limit(2),
    );
    assert_eq!(store.get_listener_stats().sorted_row_ids, 1);
    store
        .set_cell("pets", "felix", "age", 3)
        .set_cell("pets", "fido", "name", "z");
    assert!(trace.take().is_empty());
    store.transaction(|store| {
        store
            .set_cell("pets", "felix", "age", 9)
            .set_row("pets", "new", [("age", 10)]);
    });
    assert_eq!(trace.take(), ["new felix"]);
    store.del_table("pets");
    assert_eq!(trace.take(), [""]);
    store.del_listener(listener).set_cell("pets", "a", "age", 1);
    assert!(trace.take().is_empty());
    assert_eq!(store.get_listener_stats(), ListenerStats::default());
}

#[test]
fn a_mutator_comes_first_and_may_write() {
    let (store, trace) = (pets(), Trace::default());
    watch_page(&store, &trace, Sorting::by_row_id());
    store.add_sorted_row_ids_mutator("pets", Sorting::by_row_id(), |store, event| {
        if let Some(first) = event.sorted_row_ids.first() {
            store.del_row("pets", first);
        }
    });
    store.del_row("pets", "felix");
    assert_eq!(trace.take(), ["cujo fido"]);
}

#[test]
fn a_listener_that_is_called_out_of_turn_is_told_of_its_page() {
    let (store, trace) = (pets(), Trace::default());
    let listener = watch_page(&store, &trace, Sorting::by_cell("age").limit(2));
    store.call_listener(listener);
    assert_eq!(trace.take(), ["10 felix"]);
    store.transaction(|store| {
        store.del_row("pets", "10").call_listener(listener);
    });
    assert_eq!(trace.take(), ["felix fido"]);
}
