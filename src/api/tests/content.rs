//! What is written and read.

use super::*;
use crate::row;

fn pets() -> Store {
    let store = Store::new();
    store.set_tables([(
        "pets",
        [
            ("fido", row! {"species" => "dog", "age" => 4}),
            ("10", row! {"species" => "cat"}),
        ],
    )]);
    store.set_values(row! {"open" => true, "note" => Cell::Null});
    store
}

#[test]
fn content_is_read_in_the_order_in_which_it_came() {
    let store = pets();
    assert_eq!(store.get_table_ids(), ["pets"]);
    assert_eq!(store.get_row_ids("pets"), ["fido", "10"]);
    assert_eq!(store.get_cell_ids("pets", "fido"), ["species", "age"]);
    assert_eq!(store.get_table_cell_ids("pets"), ["species", "age"]);
    assert_eq!(store.get_value_ids(), ["open", "note"]);
    assert_eq!(
        store.get_json(),
        r#"[{"pets":{"10":{"species":"cat"},"fido":{"species":"dog","age":4}}},{"open":true,"note":null}]"#
    );
    let (tables, values) = store.get_content();
    assert_eq!(tables.get("pets"), Some(&store.get_table("pets")));
    assert_eq!(values, store.get_values());
    assert_eq!(
        store.get_row("pets", "fido").keys().collect::<Vec<_>>(),
        ["species", "age"]
    );
    assert_eq!(store.get_value("note"), Some(Cell::Null));
}

#[test]
fn what_is_not_there_reads_as_nothing() {
    let store = pets();
    assert!(store.get_table("x").is_empty() && store.get_row("pets", "x").is_empty());
    assert!(store.get_row_ids("x").is_empty() && store.get_cell_ids("x", "y").is_empty());
    assert_eq!(store.get_row_count("x"), 0);
    assert_eq!(store.get_cell("pets", "10", "age"), None);
    assert_eq!(store.get_value("x"), None);
    assert!(store.has_tables() && store.has_table("pets") && !store.has_table("x"));
    assert!(store.has_row("pets", "10") && !store.has_row("pets", "x"));
    assert!(store.has_cell("pets", "fido", "age") && !store.has_cell("pets", "10", "age"));
    assert!(store.has_table_cell("pets", "age") && !store.has_table_cell("pets", "x"));
    assert!(store.has_values() && store.has_value("note") && !store.has_value("x"));
    store.del_tables().del_values();
    assert!(!store.has_tables() && !store.has_values());
}

#[test]
fn replacing_takes_out_what_is_not_given_and_partial_writes_do_not() {
    let store = pets();
    store.set_partial_row("pets", "fido", [("color", "brown")]);
    assert_eq!(
        store.get_cell_ids("pets", "fido"),
        ["species", "age", "color"]
    );
    store.set_row("pets", "fido", [("color", "black"), ("species", "dog")]);
    assert_eq!(store.get_cell_ids("pets", "fido"), ["species", "color"]);
    store.set_table("pets", [("felix", [("species", "cat")])]);
    assert_eq!(store.get_row_ids("pets"), ["felix"]);
    store.set_partial_values([("open", false)]);
    assert_eq!(store.get_value_ids(), ["open", "note"]);
    store.set_values([("open", false)]);
    assert_eq!(store.get_value_ids(), ["open"]);
    store.set_tables([("shops", [("a", [("b", 1)])])]);
    assert_eq!(store.get_table_ids(), ["shops"]);
}

#[test]
fn where_nothing_is_given_nothing_changes_but_for_whole_content() {
    let store = pets();
    let before = store.get_content();
    store
        .set_tables(Tables::new())
        .set_table("pets", Table::new())
        .set_row("pets", "fido", Row::new())
        .set_partial_row("new", "new", Row::new())
        .set_values(Values::new());
    assert_eq!(store.add_row("pets", Row::new()), None);
    assert_eq!(store.get_content(), before);
    store.set_content(Tables::new(), [("open", 1)]);
    assert_eq!(store.get_content(), (Tables::new(), [("open", 1)].into()));
    store.set_content([("t", [("r", [("c", 1)])])], Values::new());
    assert_eq!(store.get_json(), r#"[{"t":{"r":{"c":1}}},{}]"#);
}

#[test]
fn cells_that_are_not_valid_are_left_out_and_the_rest_is_written() {
    let store = Store::new();
    let invalid = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY]
        .map(Cell::from)
        .into_iter()
        .chain(["\u{FFFC}", "\u{FFFD}", "\u{FFFD}[1]"].map(Cell::from));
    for cell in invalid {
        assert!(!cell.is_valid());
        store.set_cell("t", "r", "c", &cell).set_value("v", &cell);
        store
            .set_row("t", "r", [("c", &cell)])
            .set_table("t", [("r", [("c", &cell)])]);
        store.set_content([("t", [("r", [("c", &cell)])])], [("v", &cell)]);
        assert_eq!(store.add_row("t", [("c", &cell)]), None);
        assert_eq!(store.get_json(), "[{},{}]");
        store.set_row("u", "r", [("a", &Cell::from(1)), ("b", &cell)]);
        assert_eq!(store.get_tables_json(), r#"{"u":{"r":{"a":1}}}"#);
        store.del_tables();
    }
    for text in ["\u{FFFC}x", "x\u{FFFD}", "x\u{FFFC}", ""] {
        store.set_cell("t", "r", "c", text);
        assert_eq!(store.get_cell("t", "r", "c"), Some(text.into()));
    }
}

#[test]
fn deleting_the_last_cell_takes_row_and_table_with_it() {
    let store = pets();
    store.del_cell("pets", "10", "species");
    assert_eq!(store.get_row_ids("pets"), ["fido"]);
    store
        .del_row("pets", "fido")
        .del_row("pets", "x")
        .del_table("x")
        .del_value("x");
    assert!(!store.has_tables());
    store.del_value("open");
    assert_eq!(store.get_value_ids(), ["note"]);
}

#[test]
fn objects_and_arrays_come_back_as_they_were_set() {
    let store = Store::new();
    let json = Json::parse(r#"{"tags": ["a", {"b": null}]}"#).unwrap();
    store
        .set_cell("t", "r", "c", json.clone())
        .set_value("v", json.clone());
    assert_eq!(
        store.get_cell("t", "r", "c"),
        Some(Cell::Json(json.clone()))
    );
    let copy = Store::new();
    copy.set_json(&store.get_json()).unwrap();
    assert_eq!(
        copy.get_value("v").and_then(|value| value.try_into().ok()),
        Some(json)
    );
}

#[test]
fn json_that_is_none_is_an_error_and_changes_nothing() {
    let store = pets();
    let before = store.get_content();
    for json in ["", "{", "nope", r#"[{"t":{}},]"#, "[{}] x"] {
        assert!(
            matches!(store.set_json(json), Err(Error::MalformedJson { .. })),
            "{json}"
        );
        assert!(store.set_tables_json(json).is_err() && store.set_values_json(json).is_err());
    }
    assert_eq!(store.get_content(), before);
    store
        .set_tables_json("null")
        .unwrap()
        .set_values_json("7")
        .unwrap();
    assert_eq!(store.get_content(), before);
    store.set_tables_json("{}").unwrap();
    assert!(!store.has_tables() && store.has_values());
    store.set_json(r#"{"t":{"r":{"c":1}}}"#).unwrap();
    assert!(store.has_cell("t", "r", "c") && store.has_values());
}

#[test]
fn lone_surrogates_are_kept_and_read_as_replacement_characters() {
    let store = Store::new();
    let json = r#"{"t":{"\ud800":{"c":"a\udc00b"},"\ud801":{"c":"🐕"}}}"#;
    store.set_tables_json(json).unwrap();
    assert_eq!(store.get_row_ids("t"), ["\u{FFFD}", "\u{FFFD}"]);
    assert_eq!(store.get_cell("t", "\u{FFFD}", "c"), None);
    assert_eq!(store.get_tables_json(), json);
    let mut cells = Vec::new();
    let trace = Trace::default();
    watch(&store, &trace);
    store.set_values_json(r#"{"v":"\ud83d"}"#).unwrap();
    store.for_each_value(|_, value| cells.push(value));
    assert_eq!(cells, [Cell::from("\u{FFFD}")]);
    assert!(
        trace
            .take()
            .contains(&"value v undefined->\u{FFFD}".to_owned())
    );
}

#[test]
fn hostile_ids_are_ids_like_others() {
    let store = Store::new();
    let long = "x".repeat(100_000);
    for id in ["", "__proto__", "constructor", "4294967295", "\0", &long] {
        store.set_cell(id, id, id, 1).set_value(id, id);
        assert_eq!(store.get_cell(id, id, id), Some(1.into()));
        assert_eq!(store.get_value(id), Some(id.into()));
    }
    let copy = Store::new();
    copy.set_json(&store.get_json()).unwrap();
    assert_eq!(copy.get_content(), store.get_content());
}

#[test]
fn a_clone_is_another_handle_to_the_same_store() {
    let store = pets();
    let other = store.clone();
    other.del_tables();
    assert!(!store.has_tables());
    assert_eq!(
        format!("{store:?}"),
        r#"Store { tables: [], values: ["open", "note"], .. }"#
    );
}

#[test]
fn content_changes_and_events_can_cross_threads() {
    fn is_send<T: Send + 'static>() {}
    is_send::<Content>();
    is_send::<Changes>();
    is_send::<CellEvent>();
    is_send::<RowIdsEvent>();
    is_send::<ListenerId>();
    is_send::<Error>();
}
