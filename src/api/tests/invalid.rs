//! What cannot be set, and who is told of it.

use super::*;
use crate::row;

/// Writes down what is offered in vain.
fn watch_invalid(store: &Store, trace: &Trace) {
    let note = trace.clone();
    store.add_invalid_cell_listener(None, None, None, move |_, event| {
        let ids = [&event.table_id, &event.row_id, &event.cell_id].map(show_id);
        note.note(format!(
            "{}: {}",
            ids.join("."),
            show_offered(&event.invalid_cells)
        ));
    });
    let note = trace.clone();
    store.add_invalid_value_listener(None, move |_, event| {
        let id = show_id(&event.value_id);
        note.note(format!("{id}: {}", show_offered(&event.invalid_values)));
    });
}

#[test]
fn cells_that_are_not_valid_are_reported_as_they_were_offered() {
    let (store, trace) = (Store::new(), Trace::default());
    watch_invalid(&store, &trace);
    store.transaction(|store| {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            store.set_cell("t", "r", "c", number).set_value("v", number);
        }
        for text in ["\u{FFFC}", "\u{FFFD}x"] {
            store.set_cell("t", "r", "c", text).set_value("v", text);
        }
    });
    assert!(!store.has_tables() && !store.has_values());
    assert_eq!(
        trace.take(),
        [
            "t.r.c: NaN Infinity -Infinity \u{FFFC} \u{FFFD}x",
            "v: NaN Infinity -Infinity \u{FFFC} \u{FFFD}x",
        ]
    );
}

#[test]
fn every_way_to_write_reports_what_it_leaves_out() {
    let (store, trace) = (Store::new(), Trace::default());
    watch_invalid(&store, &trace);
    let row = || row! {"a" => 1, "b" => f64::NAN};
    macro_rules! expect {
        ($($write:ident($($arg:expr),*) $line:literal;)*) => {$(
            let _ = store.$write($($arg),*);
            assert_eq!(trace.take(), [$line]);
        )*};
    }
    let table = || Table::from([("r", row())]);
    expect! {
        set_tables([("t", table())]) "t.r.b: NaN";
        set_table("t", table()) "t.r.b: NaN";
        set_row("t", "r", row()) "t.r.b: NaN";
        set_partial_row("t", "r", row()) "t.r.b: NaN";
        add_row("t", row()) "t.?.b: NaN";
        set_content([("t", table())], Values::new()) "t.r.b: NaN";
        set_values(row()) "b: NaN";
        set_partial_values(row()) "b: NaN";
        set_json(r#"[{"t": {"r": {"b": 1e999}}}, {}]"#) "t.r.b: Infinity";
    }
}

#[test]
fn where_nothing_is_given_that_is_reported_at_its_place() {
    let (store, trace) = (Store::new(), Trace::default());
    watch_invalid(&store, &trace);
    store.transaction(|store| {
        store
            .set_tables(Tables::new())
            .set_table("t", Table::new())
            .set_row("t", "r", Row::new())
            .set_values(Values::new());
    });
    assert_eq!(
        trace.take(),
        [
            "?.?.?: undefined",
            "t.?.?: undefined",
            "t.r.?: undefined",
            "?: undefined"
        ]
    );
}

#[test]
fn a_mutator_can_set_something_else_in_the_place_of_what_is_invalid() {
    let store = Store::new();
    store.add_invalid_cell_mutator("t", None, "c", |store, event| {
        if let Some(row_id) = event.row_id {
            store.set_cell("t", &row_id, "c", 0);
        }
    });
    store
        .set_cell("t", "r", "c", f64::NAN)
        .set_cell("u", "r", "c", f64::NAN);
    assert_eq!(store.get_tables_json(), r#"{"t":{"r":{"c":0}}}"#);
}
