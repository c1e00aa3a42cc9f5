//! Rows in the order of a cell or of their ids, compared with plain sorting.

use super::harness::Driver;
use super::random::config;
use crate::store::sorted::Keys;
use crate::store::{SortBy, SortedArgs, SortedBy, Window};
use proptest::collection::vec;
use proptest::prelude::*;

const ALL: Window = Window::ALL;

fn page(start: i64, end: i64) -> Window {
    Window { start, end }
}

/// What rows of table `t` are sorted by.
fn by(driver: &mut Driver, cell: Option<&str>) -> SortBy {
    SortBy {
        table: driver.id("t"),
        cell: cell.map(|cell| driver.id(cell)),
    }
}

fn sorted(
    driver: &mut Driver,
    cell: Option<&str>,
    descending: bool,
    window: Window,
) -> Vec<String> {
    let by = by(driver, cell);
    let ids = driver.store.sorted_row_ids(by, descending, window);
    let plain = driver.store.plainly_sorted_row_ids(by, descending, window);
    assert!(plain.is_none_or(|plain| plain == ids));
    ids.into_iter().map(|id| driver.text(id)).collect()
}

/// Has orders kept by each of these cells, and by row ids.
pub fn keep_orders(driver: &mut Driver, tables: &[&str], cells: &[&str]) {
    for table in tables {
        for cell in cells.iter().copied().map(Some).chain([None]) {
            let by = SortBy {
                table: driver.id(table),
                cell: cell.map(|cell| driver.id(cell)),
            };
            let args = SortedArgs {
                by,
                descending: false,
                window: Window::ALL,
                sorted_by: SortedBy::Store,
            };
            driver.watch_page("sorted", false, args, |_, _| Ok(()));
        }
    }
}

/// The orders that are kept must be those that sorting afresh gives, stably and naively.
pub fn check_orders(driver: &mut Driver, tables: &[&str], cells: &[&str]) {
    for table in tables {
        for cell in cells.iter().copied().map(Some).chain([None]) {
            let by = SortBy {
                table: driver.id(table),
                cell: cell.map(|cell| driver.id(cell)),
            };
            let kept = driver.store.sorted_row_ids(by, false, Window::ALL);
            let Some(table) = driver.store.table(by.table) else {
                assert!(kept.is_empty());
                continue;
            };
            let texts = driver.store.texts();
            let keys = Keys::new(table, texts, by.cell);
            let mut rows: Vec<_> = table
                .rows()
                .map(|(id, slot)| (keys.get(slot), id))
                .collect();
            rows.sort_by(|(a, _), (b, _)| a.compare(*b, texts));
            let (_, rows): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
            assert_eq!(kept, rows, "{cell:?}");
            let is_uniform = keys.rows().1.is_uniform();
            let plain = driver.store.plainly_sorted_row_ids(by, false, Window::ALL);
            assert_eq!(plain, is_uniform.then_some(kept));
        }
    }
}

#[test]
fn rows_are_sorted_by_a_cell_and_equal_ones_keep_their_order() {
    let mut driver = Driver::with("t.b.n=2 t.a.n=1 t.d.x=0 t.c.n=2 t.e.n=-1 t.f.n=true t.g.n=null");
    let up = sorted(&mut driver, Some("n"), false, ALL);
    assert_eq!(up, ["e", "d", "g", "a", "f", "b", "c"]);
    let mut down = sorted(&mut driver, Some("n"), true, ALL);
    down.reverse();
    assert_eq!(down, up);
}

#[test]
fn without_a_cell_rows_are_sorted_by_their_ids_as_texts() {
    let mut driver = Driver::with("t.9.n=2 t.10.n=1 t.b.n=1 t.B.n=1 t.a.n=1");
    assert_eq!(
        sorted(&mut driver, None, false, ALL),
        ["10", "9", "B", "a", "b"]
    );
    assert_eq!(sorted(&mut driver, None, true, page(0, 2)), ["b", "a"]);
}

#[test]
fn a_cell_that_no_row_has_leaves_the_rows_as_they_came() {
    let mut driver = Driver::with("t.b.n=2 t.a.n=1");
    assert_eq!(sorted(&mut driver, Some("none"), false, ALL), ["b", "a"]);
    assert_eq!(sorted(&mut driver, Some("none"), true, ALL), ["a", "b"]);
}

#[test]
fn a_table_that_is_not_there_has_no_rows() {
    let mut driver = Driver::new();
    assert!(sorted(&mut driver, None, false, ALL).is_empty());
}

#[test]
fn a_window_is_what_slice_makes_of_it() {
    for (start, end, range) in [
        (0, i64::MAX, 0..5),
        (1, 3, 1..3),
        (-2, i64::MAX, 3..5),
        (-9, 2, 0..2),
        (0, -1, 0..4),
        (4, 2, 4..4),
        (9, 12, 5..5),
        (i64::MIN, i64::MAX, 0..5),
        (i64::MAX, i64::MIN, 5..5),
    ] {
        assert_eq!(page(start, end).range(5), range, "{start} {end}");
    }
}

#[test]
fn only_numbers_and_only_texts_have_a_plain_order() {
    for (rows, is_plain) in [
        ("t.a.n=1 t.b.n=true t.c.n=null t.d.x=0", true),
        ("t.a.n=x t.b.n=y", true),
        ("t.a.n=x t.b.n=1", false),
        ("t.a.n=x t.b.x=1", false),
        ("t.a.n=[1] t.b.n=[2]", false),
    ] {
        let mut driver = Driver::with(rows);
        let by = by(&mut driver, Some("n"));
        let plain = driver.store.plainly_sorted_row_ids(by, false, ALL);
        assert_eq!(plain.is_some(), is_plain, "{rows}");
    }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn any_page_of_any_numbers_is_that_of_all_of_them_sorted(
        numbers in vec(prop_oneof![-3..4i32, any::<i32>()], 1..200),
        start in -210..210i64,
        end in prop_oneof![-210..210i64, Just(i64::MAX)],
        descending in any::<bool>(),
    ) {
        let mut driver = Driver::new();
        driver.together(|driver| {
            for (row, number) in numbers.iter().enumerate() {
                driver.set_cell("t", &format!("r{row}"), "n", &number.to_string());
            }
        });
        let mut rows: Vec<usize> = (0..numbers.len()).collect();
        rows.sort_by_key(|row| numbers[*row]);
        if descending {
            rows.reverse();
        }
        let rows = &rows[page(start, end).range(rows.len())];
        let ids: Vec<_> = rows.iter().map(|row| format!("r{row}")).collect();
        prop_assert_eq!(sorted(&mut driver, Some("n"), descending, page(start, end)), ids);
    }
}
