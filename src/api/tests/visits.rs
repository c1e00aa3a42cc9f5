//! Visits, while what is visited changes.

use super::*;

#[test]
fn a_visit_passes_over_what_is_deleted_and_goes_on_to_what_is_added() {
    let store = Store::new();
    for id in ["a", "b", "c"] {
        store
            .set_cell("t", id, id, 1)
            .set_cell(id, "r", "c", 1)
            .set_value(id, 1);
    }
    store.set_row("u", "r", [("a", 1), ("b", 1), ("c", 1)]);

    let mut seen = Vec::new();
    store.for_each_table(|id| {
        seen.push(id.to_owned());
        store.del_table("b").set_cell("new", "r", "c", 1);
    });
    assert_eq!(seen, ["t", "a", "c", "u", "new"]);

    let mut seen = Vec::new();
    store.for_each_row("t", |id| {
        seen.push(id.to_owned());
        store.del_row("t", "b").set_cell("t", "new", "c", 1);
    });
    assert_eq!(seen, ["a", "c", "new"]);

    let mut seen = Vec::new();
    store.for_each_table_cell("u", |id, count| {
        seen.push(format!("{id} {count}"));
        store
            .del_cell("u", "r", "b")
            .set_cell("u", "s", "c", 1)
            .set_cell("u", "s", "new", 1);
    });
    assert_eq!(seen, ["a 1", "c 2", "new 1"]);

    let mut seen = Vec::new();
    store.for_each_cell("u", "r", |id, cell| {
        seen.push(format!("{id} {cell}"));
        store.del_cell("u", "r", "c").set_cell("u", "r", "new", 2);
    });
    assert_eq!(seen, ["a 1", "new 2"]);

    let mut seen = Vec::new();
    store.for_each_value(|id, value| {
        seen.push(format!("{id} {value}"));
        store.del_value("b").set_value("new", 2);
    });
    assert_eq!(seen, ["a 1", "c 1", "new 2"]);
}

#[test]
fn a_visit_to_rows_ends_with_its_table() {
    let store = Store::new();
    store.set_table("t", [("a", [("c", 1)]), ("b", [("c", 1)])]);
    let mut seen = Vec::new();
    store.for_each_row("t", |id| {
        seen.push(id.to_owned());
        store.del_table("t").set_cell("t", "x", "c", 1);
    });
    assert_eq!(seen, ["a"]);
}

#[test]
fn rows_are_visited_once_each_though_most_are_deleted_meanwhile() {
    let store = Store::new();
    let row = |number: usize| (number.to_string(), [("c", format!("text {number}"))]);
    store.set_table("t", (0..5000).map(row).collect::<Vec<_>>());
    let mut seen = Vec::new();
    store.for_each_row("t", |id| {
        let number: usize = id.parse().unwrap();
        seen.push(number);
        // Deleted before and behind; compaction must wait.
        store
            .del_row("t", &(number + 1).to_string())
            .del_row("t", id);
        store.set_cell("u", "r", "c", number as f64);
    });
    assert_eq!(seen, (0..5000).step_by(2).collect::<Vec<_>>());
    assert!(!store.has_table("t"));
}
