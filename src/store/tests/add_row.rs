//! The ids that new rows get.

use super::harness::Driver;
use crate::store::Kind;

fn add(driver: &mut Driver, count: usize) -> String {
    let ids: Vec<_> = (0..count)
        .map(|_| driver.add_row("t", "a=1", true))
        .collect();
    ids.join(" ")
}

#[test]
fn ids_count_up_and_skip_those_that_are_there() {
    let mut driver = Driver::with("t.1.a=1 t.3.a=1");
    assert_eq!(add(&mut driver, 4), "0 2 4 5");
}

#[test]
fn ids_of_deleted_rows_are_used_again_first_in_first_out() {
    let mut driver = Driver::new();
    add(&mut driver, 5);
    driver.del_row("t", "3");
    driver.del_row("t", "0");
    assert_eq!(add(&mut driver, 3), "3 0 5");
}

#[test]
fn without_reuse_an_id_is_new_and_the_others_wait() {
    let mut driver = Driver::new();
    add(&mut driver, 3);
    driver.del_row("t", "1");
    assert_eq!(driver.add_row("t", "a=1", false), "3");
    assert_eq!(driver.add_row("t", "a=1", false), "4");
    assert_eq!(add(&mut driver, 2), "1 5");
}

#[test]
fn only_ids_of_digits_are_used_again() {
    let ids = ["007", "٣", "1x", "", "-1", "1e3", "12345678901234567890"];
    let mut driver = Driver::with("t.keep.a=1");
    for id in ids {
        driver.set_row("t", id, "a=1");
    }
    for id in ids {
        driver.del_row("t", id);
    }
    assert_eq!(add(&mut driver, 4), "007 12345678901234567890 0 1");
}

#[test]
fn an_id_that_is_back_by_other_means_is_skipped() {
    let mut driver = Driver::new();
    add(&mut driver, 3);
    driver.del_row("t", "0");
    driver.del_row("t", "1");
    driver.set_row("t", "0", "a=1");
    assert_eq!(add(&mut driver, 3), "1 3 4");
}

#[test]
fn replacing_a_table_gives_ids_back() {
    let mut driver = Driver::new();
    add(&mut driver, 4);
    driver.set_table("t", "2.a=1");
    assert_eq!(add(&mut driver, 4), "0 1 3 4");
}

#[test]
fn a_row_that_went_with_its_last_cell_gives_no_id_back() {
    let mut driver = Driver::new();
    add(&mut driver, 3);
    driver.del_cell("t", "1", "a");
    assert_eq!(add(&mut driver, 2), "3 4");
}

#[test]
fn deleting_a_row_that_is_not_there_gives_no_id_back() {
    let mut driver = Driver::new();
    add(&mut driver, 1);
    driver.del_row("t", "7");
    assert_eq!(add(&mut driver, 2), "1 2");
}

#[test]
fn a_table_that_went_starts_anew() {
    let mut driver = Driver::new();
    add(&mut driver, 3);
    driver.del_table("t");
    assert_eq!(add(&mut driver, 1), "0");
    driver.del_row("t", "0");
    assert_eq!(add(&mut driver, 2), "0 1");
    driver.set_tables("u.r.c=1");
    assert_eq!(add(&mut driver, 1), "0");
}

#[test]
fn a_rollback_does_not_turn_the_count_back() {
    let mut driver = Driver::new();
    add(&mut driver, 1);
    driver.rolled_back(|driver| assert_eq!(add(driver, 2), "1 2"));
    assert_eq!(add(&mut driver, 3), "3 4 5");
    assert_eq!(driver.row_ids("t"), "0 3 4 5");
}

#[test]
fn a_rollback_of_the_whole_table_does() {
    let mut driver = Driver::new();
    driver.rolled_back(|driver| assert_eq!(add(driver, 2), "0 1"));
    assert_eq!(add(&mut driver, 2), "0 1");
}

#[test]
fn ids_that_were_given_back_and_rolled_back_are_skipped() {
    let mut driver = Driver::new();
    add(&mut driver, 4);
    driver.rolled_back(|driver| {
        driver.del_row("t", "1");
        driver.del_row("t", "2");
    });
    assert_eq!(driver.row_ids("t"), "0 3 1 2");
    assert_eq!(add(&mut driver, 3), "4 5 6");
    driver.del_row("t", "1");
    assert_eq!(add(&mut driver, 2), "1 7");
}

#[test]
fn an_id_used_again_in_a_transaction_goes_back_to_its_row() {
    let mut driver = Driver::with("t.0.a=0 t.1.a=1 t.2.a=2");
    driver.rolled_back(|driver| {
        driver.del_row("t", "1");
        assert_eq!(driver.add_row("t", "a=9", true), "1");
    });
    assert_eq!(driver.tables(), "t.0.a=0 t.2.a=2 t.1.a=1");
    assert_eq!(add(&mut driver, 2), "3 4");
}

#[test]
fn at_most_a_thousand_ids_wait_to_be_used_again() {
    let mut driver = Driver::with("t.keep.a=1");
    driver.together(|driver| {
        add(driver, 1500);
    });
    driver.together(|driver| (0..1500).for_each(|id| driver.del_row("t", &id.to_string())));
    driver.together(|driver| {
        let ids = add(driver, 1002);
        let ids: Vec<_> = ids.split(' ').collect();
        assert_eq!(ids[..2], ["0", "1"]);
        assert_eq!(ids[998..], ["998", "999", "1500", "1501"]);
    });
}

#[test]
fn an_added_row_is_told_of_like_any_other() {
    let mut driver = Driver::new();
    driver.watch(Kind::RowIds, &["*"]);
    driver.watch(Kind::Cell, &["*", "*", "*"]);
    assert_eq!(driver.add_row("t", "a=1 b=2", true), "0");
    driver.expect(&[
        "rowIds t +0",
        "cell t.0.a undefined->1",
        "cell t.0.b undefined->2",
    ]);
}
