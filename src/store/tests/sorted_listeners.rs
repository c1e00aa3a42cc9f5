//! Listeners to sorted row ids, and the orders that are kept for them.

use super::harness::Driver;
use super::random::config;
use super::sorted::{check_orders, keep_orders};
use crate::store::{Kind, ListenerId, SortBy, SortedArgs, SortedBy, Turn, Window};
use proptest::collection::vec;
use proptest::prelude::*;

/// The first `limit` rows of table `t`, the greatest first.
fn top(driver: &mut Driver, cell: Option<&str>, limit: i64, sorted_by: SortedBy) -> SortedArgs {
    SortedArgs {
        by: SortBy {
            table: driver.id("t"),
            cell: cell.map(|cell| driver.id(cell)),
        },
        descending: true,
        window: Window {
            start: 0,
            end: limit,
        },
        sorted_by,
    }
}

fn watch(driver: &mut Driver, label: &str, cell: Option<&str>, limit: i64) -> ListenerId {
    let args = top(driver, cell, limit, SortedBy::Store);
    driver.watch_page(label, false, args, |_, _| Ok(()))
}

fn mutate(
    driver: &mut Driver,
    label: &str,
    reaction: impl Fn(&mut Driver) + 'static,
) -> ListenerId {
    let args = top(driver, Some("n"), 3, SortedBy::Store);
    driver.watch_page(label, true, args, move |driver, _| {
        reaction(driver);
        Ok(())
    })
}

#[test]
fn a_listener_is_called_if_its_page_is_another_one_than_before() {
    let mut driver = Driver::with("t.a.n=1 t.b.n=2 t.c.n=3");
    watch(&mut driver, "top", Some("n"), 2);
    driver.set_cell("t", "a", "n", "0");
    driver.set_cell("t", "c", "n", "9");
    driver.expect(&[]);
    driver.set_cell("t", "b", "n", "10");
    driver.expect(&["top: b c"]);
    driver.del_row("t", "a");
    driver.expect(&[]);
    driver.del_row("t", "b");
    driver.expect(&["top: c"]);
    driver.set_row("t", "d", "n=4");
    driver.expect(&["top: c d"]);
    driver.del_table("t");
    driver.expect(&["top: "]);
    driver.set_row("t", "e", "n=4");
    driver.expect(&["top: e"]);
}

#[test]
fn only_what_it_is_sorted_by_concerns_a_listener_unless_rows_come_or_go() {
    let mut driver = Driver::with("t.a.n=1 t.b.n=2");
    let args = top(&mut driver, Some("n"), 9, SortedBy::Caller);
    let id = driver.watch_page("custom", false, args, |driver, call| {
        driver.store.offer_page(call.listener, Vec::new());
        Ok(())
    });
    assert_eq!(driver.store.page(id), None);
    driver.store.offer_page(id, Vec::new());
    driver.set_cell("t", "a", "m", "5");
    driver.set_cell("u", "a", "n", "5");
    driver.expect(&[]);
    driver.set_cell("t", "a", "n", "5");
    driver.expect(&["custom"]);
    driver.set_cell("t", "c", "m", "5");
    driver.expect(&["custom"]);
    driver.del_row("t", "c");
    driver.expect(&["custom"]);
    driver.together(|driver| {
        driver.set_cell("t", "a", "n", "6");
        driver.set_cell("t", "a", "n", "5");
    });
    driver.expect(&[]);
}

#[test]
fn who_sorts_for_himself_says_what_is_on_the_page() {
    let mut driver = Driver::with("t.a.n=1 t.b.n=2");
    let [a, b] = ["a", "b"].map(|id| driver.id(id));
    let args = top(&mut driver, Some("n"), 9, SortedBy::StoreIfPlain);
    let id = driver.watch_page("page", false, args, |_, _| Ok(()));
    assert_eq!(driver.store.page(id), Some(&[b, a][..]));
    driver.set_cell("t", "b", "n", "x");
    driver.expect(&["page"]);
    assert_eq!(driver.store.page(id), None);
    assert_eq!(driver.store.turn_page(id), Turn::Open);
    assert!(!driver.store.offer_page(id, vec![b, a]));
    assert_eq!(driver.store.turn_page(id), Turn::Open);
    assert!(driver.store.offer_page(id, vec![a, b]));
    assert_eq!(driver.store.page(id), Some(&[a, b][..]));
    // Texts and numbers have no plain order, but texts have one again.
    driver.set_cell("t", "a", "n", "y");
    driver.expect(&[]);
    driver.set_cell("t", "b", "n", "z");
    driver.expect(&["page: b a"]);
    assert_eq!(driver.store.turn_page(id), Turn::Same);
}

#[test]
fn mutators_hear_first_and_of_what_the_others_did_before_them() {
    let mut driver = Driver::with("t.a.n=1 t.b.n=2 t.c.n=3");
    mutate(&mut driver, "first", |driver| driver.del_row("t", "b"));
    mutate(&mut driver, "second", |_| {});
    watch(&mut driver, "then", Some("n"), 3);
    driver.set_cell("t", "a", "n", "9");
    driver.expect(&["first: a c b", "second: a c", "then: a c"]);
}

#[test]
fn what_is_rolled_back_is_not_told_and_the_order_is_as_it_was() {
    let mut driver = Driver::with("t.a.n=1 t.b.n=2 t.c.n=3");
    watch(&mut driver, "top", Some("n"), 3);
    driver.rolled_back(|driver| {
        driver.set_cell("t", "a", "n", "9");
        driver.del_row("t", "c");
        driver.set_row("t", "d", "n=4");
    });
    driver.expect(&[]);
    check_orders(&mut driver, &["t"], &["n"]);
    driver.set_cell("t", "b", "n", "0");
    driver.expect(&["top: c a b"]);
}

#[test]
fn a_listener_that_comes_late_in_a_transaction_starts_from_what_is_there() {
    let mut driver = Driver::with("t.a.n=1 t.b.n=2");
    driver.together(|driver| {
        driver.set_cell("t", "a", "n", "5");
        driver.set_row("t", "c", "n=3");
        watch(driver, "late", Some("n"), 9);
    });
    driver.expect(&[]);
    driver.together(|driver| {
        watch(driver, "early", Some("n"), 9);
        driver.set_row("t", "d", "n=4");
        driver.set_cell("t", "d", "n", "6");
        check_orders(driver, &["t"], &["n"]);
        driver.set_cell("t", "d", "n", "0");
    });
    driver.expect(&["late: a c b d", "early: a c b d"]);
}

#[test]
fn listeners_are_called_by_cell_in_order_of_registration() {
    let mut driver = Driver::with("t.a.n=1 t.a.m=1 t.b.n=2 t.b.m=2");
    for (label, cell) in [
        ("n1", Some("n")),
        ("m", Some("m")),
        ("id", None),
        ("n2", Some("n")),
    ] {
        watch(&mut driver, label, cell, 9);
    }
    driver.watch(Kind::RowIds, &["*"]);
    driver.watch(Kind::CellIds, &["*", "*"]);
    driver.set_row("t", "c", "n=3 m=3");
    driver.expect(&[
        "rowIds t +c",
        "n1: c b a",
        "n2: c b a",
        "m: c b a",
        "id: c b a",
        "cellIds t.c +n +m",
    ]);
    driver.together(|driver| {
        driver.set_cell("t", "a", "m", "9");
        driver.set_cell("t", "b", "n", "9");
    });
    driver.expect(&["m: a c b", "n1: b c a", "n2: b c a"]);
}

#[test]
fn an_order_is_shared_and_goes_with_its_last_listener() {
    let mut driver = Driver::with("t.a.n=1 t.b.n=2");
    let first = watch(&mut driver, "first", Some("n"), 1);
    let second = watch(&mut driver, "second", Some("n"), 9);
    let other = watch(&mut driver, "other", None, 9);
    assert_eq!(driver.store.kept_orders(), 2);
    driver.remove(first);
    assert_eq!(driver.store.kept_orders(), 2);
    driver.remove(second);
    assert_eq!(driver.store.kept_orders(), 1);
    driver.remove(other);
    assert_eq!(driver.store.kept_orders(), 0);
    check_orders(&mut driver, &["t"], &["n"]);
}

#[test]
fn pages_hold_their_ids_and_let_them_go() {
    let mut driver = Driver::new();
    let id = watch(&mut driver, "top", Some("n"), 3);
    for number in 0..20_000 {
        driver.together(|driver| {
            driver.set_row("t", &format!("row{number}"), &format!("n=text{number}"));
            driver.del_row("t", &format!("row{}", number - 5));
        });
    }
    assert!(driver.store.text_count() < 10_000);
    let page = driver.store.page(id).map(<[_]>::to_vec).unwrap();
    assert_eq!(driver.texts(&page), "row19999 row19998 row19997");
    driver.del_table("t");
    driver.remove(id);
    for number in 0..20_000 {
        driver.set_cell("u", "r", "c", &format!("other{number}"));
    }
    assert_eq!(driver.store.find(b"row19999"), None);
}

#[test]
fn an_order_survives_that_its_table_is_numbered_anew() {
    let mut driver = Driver::new();
    keep_orders(&mut driver, &["t"], &["n"]);
    driver.together(|driver| {
        for row in 0..1000 {
            driver.set_cell(
                "t",
                &format!("r{row}"),
                "n",
                &(row * 7919 % 1000).to_string(),
            );
        }
    });
    let generation = driver.table("t").unwrap().generation;
    driver.together(|driver| {
        for row in (0..1000).filter(|row| row % 10 != 0) {
            driver.del_row("t", &format!("r{row}"));
        }
    });
    assert_ne!(driver.table("t").unwrap().generation, generation);
    check_orders(&mut driver, &["t"], &["n"]);
    driver.set_cell("t", "r10", "n", "-1");
    check_orders(&mut driver, &["t"], &["n"]);
}

#[derive(Clone, Debug)]
enum Change {
    Set(u32, i32),
    SetText(u32, String),
    DelCell(u32),
    DelRow(u32),
}

fn change() -> impl Strategy<Value = Change> {
    let row = || 0..150u32;
    prop_oneof![
        4 => (row(), -20..20i32).prop_map(|(row, number)| Change::Set(row, number)),
        2 => (row(), "[a-c\u{E000}\u{1F600}]{0,3}").prop_map(|(row, text)| Change::SetText(row, text)),
        1 => row().prop_map(Change::DelCell),
        1 => row().prop_map(Change::DelRow),
    ]
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn an_order_that_is_kept_is_that_of_sorting_afresh(
        changes in vec((vec(change(), 1..4), any::<bool>(), any::<bool>()), 1..60),
    ) {
        let mut driver = Driver::new();
        keep_orders(&mut driver, &["t"], &["n"]);
        driver.together(|driver| {
            for row in 0..150 {
                driver.set_row("t", &row.to_string(), &format!("n={} m=1", row % 40));
            }
        });
        for (changes, looks_inside, is_rolled_back) in changes {
            let apply = |driver: &mut Driver| {
                for change in changes {
                    match change {
                        Change::Set(row, number) => {
                            driver.set_cell("t", &row.to_string(), "n", &number.to_string());
                        }
                        Change::SetText(row, text) => {
                            driver.set_cell("t", &row.to_string(), "n", &format!("x{text}"));
                        }
                        Change::DelCell(row) => driver.del_cell("t", &row.to_string(), "n"),
                        Change::DelRow(row) => driver.del_row("t", &row.to_string()),
                    }
                    if looks_inside {
                        check_orders(driver, &["t"], &["n"]);
                    }
                }
            };
            if is_rolled_back {
                driver.rolled_back(apply);
            } else {
                driver.together(apply);
            }
            check_orders(&mut driver, &["t"], &["n"]);
        }
    }
}
