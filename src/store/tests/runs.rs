//! Calls that are given out several at once: they are the same calls.

use super::harness::Driver;
use crate::store::{Kind, ListenerId};
use std::cell::Cell;

const ANY: [&str; 3] = ["*"; 3];

/// What a listener does while it is called.
type Reaction = fn(&mut Driver, ListenerId) -> Result<(), &'static str>;

const REACTIONS: [Reaction; 8] = [
    |_, _| Ok(()),
    |_, _| Err("thrown"),
    |driver, itself| {
        driver.remove(itself);
        Ok(())
    },
    |driver, _| {
        driver.name("peer", Kind::Cell, &ANY);
        Ok(())
    },
    |driver, _| {
        driver.name("exact", Kind::Cell, &["t", "r2", "c2"]);
        driver.name("of a row", Kind::Cell, &["*", "r3", "*"]);
        Ok(())
    },
    |driver, _| {
        driver.name("row", Kind::Row, &["*", "*"]);
        Ok(())
    },
    |driver, itself| {
        driver.remove(itself);
        driver.name("successor", Kind::Cell, &ANY);
        Ok(())
    },
    |driver, _| {
        driver.try_remove(ListenerId(1));
        Ok(())
    },
];

/// What is heard of changes to eighteen cells if the listener to all of them does something at the
/// call of a number, with runs of so many calls.
fn heard(reaction: Reaction, at: usize, other: Option<Kind>, limit: usize) -> Vec<String> {
    let mut driver = Driver::new();
    driver.run_limit = limit;
    let calls = Cell::new(0);
    driver.react("any", Kind::Cell, &ANY, move |driver, call| {
        let path = call.path.map(|id| driver.text(id.unwrap()));
        driver.note(path.join("."));
        if calls.replace(calls.get() + 1) == at {
            return reaction(driver, call.listener);
        }
        Ok(())
    });
    if let Some(kind) = other {
        let path = &ANY[..kind.arity()];
        driver.name("other", kind, path);
    }
    let outcome = driver.transaction(|driver| {
        for (table, row) in [
            ("t", "r1"),
            ("t", "r2"),
            ("u", "r1"),
            ("t", "r3"),
            ("u", "r2"),
            ("u", "r3"),
        ] {
            for cell in ["c1", "c2", "c3"] {
                driver.set_cell(table, row, cell, "1");
            }
        }
        Ok(())
    });
    driver.note(format!("{outcome:?}"));
    driver.set_cell("t", "r1", "c1", "2");
    driver.take_trace()
}

#[test]
fn whatever_listeners_do_runs_of_any_length_make_the_same_calls() {
    for reaction in REACTIONS {
        for other in [None, Some(Kind::Row), Some(Kind::Table), Some(Kind::Cell)] {
            for at in 0..19 {
                let one_by_one = heard(reaction, at, other, 0);
                assert!(one_by_one.len() > at.min(17), "{one_by_one:?}");
                for limit in [1, 2, 3, 4, 100] {
                    assert_eq!(heard(reaction, at, other, limit), one_by_one);
                }
            }
        }
    }
}

#[test]
fn a_run_is_of_one_listener_to_all_cells_and_ends_with_the_table() {
    let mut driver = Driver::new();
    driver.run_limit = 100;
    driver.name("any", Kind::Cell, &ANY);
    driver.together(|driver| {
        for (table, row) in [("t", "r1"), ("t", "r2"), ("u", "r1")] {
            driver.set_cell(table, row, "c", "1");
            driver.set_cell(table, row, "d", "1");
        }
    });
    // The first call of a transaction, and of a table, is given out alone.
    assert_eq!(driver.runs, [3, 1]);
    driver.name("row", Kind::Row, &["t", "r"]);
    driver.set_row("t", "r1", "c=2 d=2 e=2");
    assert_eq!(driver.runs, [3, 1, 2]);
    driver.name("cell", Kind::Cell, &["t", "r", "c"]);
    driver.set_row("t", "r1", "c=3 d=3 e=3");
    assert_eq!(driver.runs, [3, 1, 2]);
}
