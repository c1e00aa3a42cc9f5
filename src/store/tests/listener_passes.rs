//! Listeners that are added and deleted while listeners are called.

use super::harness::{Driver, Outcome};
use crate::store::{Call, Kind, ListenerId};
use std::cell::Cell;

const PATH: [&str; 3] = ["t", "r", "c"];
const ANY: [&str; 3] = ["*"; 3];

/// A reaction that happens once.
fn once(
    reaction: impl Fn(&mut Driver) + 'static,
) -> impl Fn(&mut Driver, &Call) -> Outcome + 'static {
    let has_happened = Cell::new(false);
    move |driver, _| {
        if !has_happened.replace(true) {
            reaction(driver);
        }
        Ok(())
    }
}

fn write(driver: &mut Driver, value: &str) {
    driver.set_cell("t", "r", "c", value);
}

#[test]
fn a_peer_that_a_listener_adds_is_called_too() {
    let mut driver = Driver::new();
    let add = once(|driver| {
        driver.name("added", Kind::Cell, &PATH);
    });
    driver.react("first", Kind::Cell, &PATH, add);
    driver.name("second", Kind::Cell, &PATH);
    write(&mut driver, "1");
    driver.expect(&["first", "second", "added"]);
}

#[test]
fn peers_that_add_peers_are_all_called() {
    fn add(left: u32, driver: &mut Driver) {
        driver.react(&left.to_string(), Kind::Cell, &PATH, move |driver, _| {
            if left > 0 {
                add(left - 1, driver);
            }
            Ok(())
        });
    }
    let mut driver = Driver::new();
    add(3, &mut driver);
    write(&mut driver, "1");
    driver.expect(&["3", "2", "1", "0"]);
}

#[test]
fn a_path_that_had_no_listener_is_visited_from_the_next_change_on() {
    let mut driver = Driver::with("t.r1.c=1 t.r2.c=1");
    let add = once(|driver| {
        driver.name("t r1 c", Kind::Cell, &["t", "r1", "c"]);
        driver.name("t r2 c", Kind::Cell, &["t", "r2", "c"]);
        driver.name("peer", Kind::Cell, &ANY);
        driver.name("t * *", Kind::Cell, &["t", "*", "*"]);
        driver.name("row r1", Kind::Row, &["t", "r1"]);
        driver.name("rowIds", Kind::RowIds, &["*"]);
        driver.name("tables", Kind::Tables, &[]);
    });
    driver.react("any", Kind::Cell, &ANY, add);
    driver.together(|driver| {
        driver.set_cell("t", "r1", "c", "2");
        driver.set_cell("t", "r2", "c", "2");
        driver.set_cell("t", "r3", "c", "2");
    });
    driver.expect(&[
        "any", "peer", "row r1", "t r2 c", "t * *", "any", "peer", "t * *", "any", "peer", "tables",
    ]);
}

#[test]
fn a_later_path_that_had_no_listener_is_not_visited_for_the_same_change() {
    let mut driver = Driver::new();
    let add = once(|driver| {
        driver.name("later path", Kind::Cell, &["t", "r", "*"]);
        driver.name("last path", Kind::Cell, &ANY);
        driver.name("peer", Kind::Cell, &PATH);
    });
    driver.react("exact", Kind::Cell, &PATH, add);
    write(&mut driver, "1");
    driver.expect(&["exact", "peer"]);
    write(&mut driver, "2");
    driver.expect(&["exact", "peer", "later path", "last path"]);
}

#[test]
fn a_listener_that_is_deleted_before_its_turn_is_not_called() {
    let mut driver = Driver::new();
    let delete = once(|driver| {
        driver.remove(ListenerId(1));
        driver.remove(ListenerId(2));
    });
    driver.react("first", Kind::Cell, &ANY, delete);
    driver.name("peer", Kind::Cell, &ANY);
    driver.name("row", Kind::Row, &["*", "*"]);
    driver.name("table", Kind::Table, &["*"]);
    write(&mut driver, "1");
    driver.expect(&["first", "table"]);
}

#[test]
fn a_listener_may_delete_itself() {
    let mut driver = Driver::new();
    driver.react("self", Kind::Cell, &PATH, |driver, call| {
        driver.remove(call.listener);
        Ok(())
    });
    driver.name("peer", Kind::Cell, &PATH);
    write(&mut driver, "1");
    write(&mut driver, "2");
    driver.expect(&["self", "peer", "peer"]);
}

#[test]
fn a_listener_that_takes_the_id_of_a_deleted_peer_has_its_own_place() {
    let mut driver = Driver::new();
    let replace = once(|driver| {
        driver.remove(ListenerId(2));
        assert_eq!(driver.name("new", Kind::Cell, &PATH), ListenerId(2));
    });
    driver.react("a", Kind::Cell, &PATH, replace);
    for label in ["b", "old", "d"] {
        driver.name(label, Kind::Cell, &PATH);
    }
    write(&mut driver, "1");
    driver.expect(&["a", "b", "d", "new"]);
}

#[test]
fn a_listener_deleted_after_its_turn_and_added_again_is_called_again() {
    let mut driver = Driver::new();
    driver.name("a", Kind::Cell, &PATH);
    let replace = once(|driver| {
        driver.remove(ListenerId(0));
        assert_eq!(driver.name("a again", Kind::Cell, &PATH), ListenerId(0));
    });
    driver.react("b", Kind::Cell, &PATH, replace);
    driver.name("c", Kind::Cell, &PATH);
    write(&mut driver, "1");
    driver.expect(&["a", "b", "c", "a again"]);
}

#[test]
fn an_id_that_passes_to_another_kind_does_not_bring_its_call_along() {
    let mut driver = Driver::new();
    let replace = once(|driver| {
        driver.remove(ListenerId(1));
        assert_eq!(driver.name("value", Kind::Value, &["*"]), ListenerId(1));
    });
    driver.react("a", Kind::Cell, &ANY, replace);
    driver.name("b", Kind::Cell, &ANY);
    driver.together(|driver| {
        driver.set_cell("t", "r", "c", "1");
        driver.set_value("v", "1");
    });
    driver.expect(&["a", "value"]);
}

/// A path whose only listener goes and comes again is empty in between, and that ends it for the
/// change that is being told of.
#[test]
fn a_path_that_emptied_and_filled_again_is_left_for_this_change() {
    fn renew(kind: Kind, path: &'static [&'static str], driver: &mut Driver) {
        driver.react("sole", kind, path, move |driver, call| {
            driver.remove(call.listener);
            renew(kind, path, driver);
            Ok(())
        });
    }
    for (kind, path) in [
        (Kind::Cell, &PATH[..]),
        (Kind::Tables, &[]),
        (Kind::StartTransaction, &[]),
        (Kind::WillFinishTransaction, &[]),
        (Kind::DidFinishTransaction, &[]),
        (Kind::TableIds, &[]),
        (Kind::RowIds, &["*"]),
    ] {
        let mut driver = Driver::new();
        renew(kind, path, &mut driver);
        write(&mut driver, "1");
        driver.expect(&["sole"]);
    }
    let mut driver = Driver::new();
    renew(Kind::Cell, &PATH, &mut driver);
    write(&mut driver, "1");
    write(&mut driver, "2");
    driver.expect(&["sole", "sole"]);
}

#[test]
fn a_later_path_that_was_emptied_and_filled_again_is_left_for_this_change() {
    let mut driver = Driver::new();
    let replace = once(|driver| {
        driver.remove(ListenerId(1));
        driver.name("new", Kind::Cell, &ANY);
    });
    driver.react("exact", Kind::Cell, &PATH, replace);
    driver.name("old", Kind::Cell, &ANY);
    write(&mut driver, "1");
    driver.expect(&["exact"]);
    write(&mut driver, "2");
    driver.expect(&["exact", "new"]);
}

#[test]
fn a_path_that_was_emptied_does_not_hide_the_ones_after_it() {
    let mut driver = Driver::new();
    let delete = once(|driver| driver.remove(ListenerId(1)));
    driver.react("exact", Kind::Cell, &PATH, delete);
    driver.name("t * *", Kind::Cell, &["t", "*", "*"]);
    driver.name("* * *", Kind::Cell, &ANY);
    write(&mut driver, "1");
    driver.expect(&["exact", "* * *"]);
}

#[test]
fn a_listener_to_contents_added_by_one_to_ids_waits_for_the_next_transaction() {
    let add = || {
        once(|driver| {
            driver.name("tableIds", Kind::TableIds, &[]);
            driver.name("rowIds", Kind::RowIds, &["*"]);
            driver.name("cellIds", Kind::CellIds, &["*", "*"]);
            driver.name("cell", Kind::Cell, &ANY);
            driver.name("row", Kind::Row, &["*", "*"]);
            driver.name("table", Kind::Table, &["*"]);
            driver.name("tables", Kind::Tables, &[]);
            driver.name("value", Kind::Value, &["*"]);
        })
    };
    let both = |driver: &mut Driver| {
        driver.together(|driver| {
            driver.set_cell("t", "r", "c", "1");
            driver.set_value("v", "1");
        });
    };
    let mut driver = Driver::new();
    driver.react("first", Kind::RowIds, &["*"], add());
    both(&mut driver);
    driver.expect(&["first", "rowIds", "cellIds", "value"]);

    // But if anyone listened to contents at all, it is called.
    let mut driver = Driver::new();
    driver.name("unrelated", Kind::Row, &["never", "*"]);
    driver.react("first", Kind::RowIds, &["*"], add());
    both(&mut driver);
    driver.expect(&[
        "first", "rowIds", "cellIds", "cell", "row", "table", "tables", "value",
    ]);
}

#[test]
fn a_listener_to_values_added_by_one_to_their_ids_waits_for_the_next_transaction() {
    let add = || {
        once(|driver| {
            driver.name("valueIds", Kind::ValueIds, &[]);
            driver.name("value", Kind::Value, &["*"]);
            driver.name("values", Kind::Values, &[]);
        })
    };
    let mut driver = Driver::new();
    driver.react("first", Kind::ValueIds, &[], add());
    driver.set_value("v", "1");
    driver.expect(&["first", "valueIds"]);

    let mut driver = Driver::new();
    driver.name("unrelated", Kind::Value, &["never"]);
    driver.react("first", Kind::ValueIds, &[], add());
    driver.set_value("v", "1");
    driver.expect(&["first", "valueIds", "value", "values"]);
}

#[test]
fn listeners_to_transactions_added_by_their_own_kind_are_called() {
    let mut driver = Driver::new();
    for (label, kind) in [
        ("start", Kind::StartTransaction),
        ("will", Kind::WillFinishTransaction),
        ("did", Kind::DidFinishTransaction),
    ] {
        let add = once(move |driver| {
            driver.name("added", kind, &[]);
        });
        driver.react(label, kind, &[], add);
    }
    write(&mut driver, "1");
    driver.expect(&["start", "added", "will", "added", "did", "added"]);
}

#[test]
fn listeners_to_the_end_may_be_added_until_it_comes() {
    let mut driver = Driver::new();
    let add = once(|driver| {
        driver.watch(Kind::WillFinishTransaction, &[]);
    });
    driver.mutate("mutator", Kind::Cell, &ANY, add);
    let add = once(|driver| {
        driver.watch(Kind::DidFinishTransaction, &[]);
    });
    driver.react("tables", Kind::Tables, &[], add);
    write(&mut driver, "1");
    driver.expect(&["mutator", "willFinish", "tables", "didFinish"]);
}

#[test]
fn a_start_listener_added_in_the_actions_waits_for_the_next_transaction() {
    let mut driver = Driver::new();
    driver.together(|driver| {
        driver.watch(Kind::StartTransaction, &[]);
        driver.set_value("v", "1");
    });
    driver.expect(&[]);
    driver.set_value("v", "2");
    driver.expect(&["start"]);
}
