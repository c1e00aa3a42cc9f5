//! Mergeable stores.

use crate::{Cell, Error, MergeableStore, Tables};
use std::cell::Cell as Shared;
use std::rc::Rc;

fn pair() -> [MergeableStore; 2] {
    ["one", "other"].map(|id| MergeableStore::new(id, || 1000))
}

#[test]
fn two_stores_hold_the_same_once_they_are_merged() {
    let [one, other] = pair();
    assert!(one.is_mergeable() && !crate::Store::new().is_mergeable());
    one.set_row("t", "r", [("a", 1), ("b", 2)]);
    other.set_row("t", "r", [("a", 3)]).set_value("v", "x");
    one.del_cell("t", "r", "b");
    one.merge(&other);
    assert_eq!(one.get_content(), other.get_content());
    assert_eq!(one.get_mergeable_content(), other.get_mergeable_content());
    assert!(!other.has_cell("t", "r", "b"));
}

#[test]
fn differences_are_found_by_hashes_level_by_level() {
    let [one, other] = pair();
    one.set_tables([("t", [("r", [("a", 1)]), ("s", [("a", 1)])])]);
    other.merge(&one);
    other.set_cell("t", "r", "b", 2).set_cell("u", "r", "a", 3);
    other.set_value("v", true);
    let diff = other.get_mergeable_table_diff(&one.get_mergeable_table_hashes());
    let (tables, hashes) = halves(&diff.unwrap());
    assert!(tables.contains(r#""u""#) && !tables.contains(r#""t""#));
    let rows = one.get_mergeable_row_hashes(&hashes).unwrap();
    let (_, hashes) = halves(&other.get_mergeable_row_diff(&rows).unwrap());
    let cells = one.get_mergeable_cell_hashes(&hashes).unwrap();
    let cells = other.get_mergeable_cell_diff(&cells).unwrap();
    let values = other.get_mergeable_value_diff(&one.get_mergeable_value_hashes());
    one.apply_mergeable_changes(&format!("[{tables},{},1]", values.unwrap()))
        .unwrap();
    one.apply_mergeable_changes(&format!("[{cells},[{{}}],1]"))
        .unwrap();
    assert_eq!(
        one.get_mergeable_content_hashes(),
        other.get_mergeable_content_hashes()
    );
    assert!(matches!(
        one.get_mergeable_table_diff("{"),
        Err(Error::MalformedJson { .. })
    ));
}

/// The two elements of `[[{…}],{…}]`.
fn halves(diff: &str) -> (String, String) {
    let (tables, hashes) = diff.strip_prefix('[').unwrap().split_once("],{").unwrap();
    let hashes = hashes.strip_suffix(']').unwrap();
    (format!("{tables}]"), format!("{{{hashes}"))
}

#[test]
fn what_is_no_content_is_an_error_and_changes_nothing() {
    let [one, _] = pair();
    one.set_value("v", 1);
    let before = one.get_mergeable_content();
    for text in [
        "[]",
        "[[{}],[{\"v\":[1,\"?\"]}]]",
        "[[{}],[{\"v\":[1,\"zzzzzzz----aaaaa\"]}]]",
    ] {
        assert_eq!(
            one.apply_mergeable_changes(text).err(),
            Some(Error::InvalidStamps)
        );
        assert_eq!(
            one.set_mergeable_content(text).err(),
            Some(Error::InvalidStamps)
        );
    }
    assert_eq!(one.get_mergeable_content(), before);
    let [other, _] = pair();
    other.set_mergeable_content(&before).unwrap();
    assert_eq!(other.get_value("v"), Some(Cell::from(1)));
}

#[test]
fn defaults_lose_to_any_change() {
    let [one, other] = pair();
    one.set_cell("t", "r", "a", 1);
    other.set_default_content([("t", [("r", [("a", 2), ("b", 2)])])], [("v", 1)]);
    one.merge(&other);
    assert_eq!(
        other.get_tables(),
        Tables::from([("t", [("r", [("a", 1), ("b", 2)])])])
    );
}

#[test]
fn the_time_is_asked_for_while_nothing_is_borrowed() {
    let store = Rc::new(Shared::new(None::<MergeableStore>));
    let (seen, time) = (Rc::clone(&store), Rc::new(Shared::new(1000)));
    let clock = Rc::clone(&time);
    let mergeable = MergeableStore::new("one", move || {
        if let Some(store) = seen.take() {
            let _ = store.get_content();
            seen.set(Some(store));
        }
        clock.get()
    });
    store.set(Some(mergeable.clone()));
    mergeable.set_value("v", 1);
    time.set(2000);
    mergeable.set_value("w", 1);
    let content = mergeable.get_mergeable_content();
    assert!(
        content.contains("-----Ec----") && content.contains("-----UF----"),
        "{content}"
    );
    store.set(None);
}
