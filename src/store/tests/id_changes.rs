//! Which ids listeners to ids hear of, and in which order.

use super::harness::Driver;
use crate::store::Kind;

/// A store that tells of ids only.
fn watched(tables: &str) -> Driver {
    let mut driver = Driver::with(tables);
    driver.watch(Kind::TableIds, &[]);
    driver.watch(Kind::RowIds, &["*"]);
    driver.watch(Kind::CellIds, &["*", "*"]);
    driver.watch(Kind::ValueIds, &[]);
    driver
}

#[test]
fn an_id_that_went_and_came_again_is_at_the_end() {
    let mut driver = watched("");
    driver.together(|driver| {
        driver.set_cell("t1", "r", "c", "1");
        driver.set_cell("t2", "r1", "a", "1");
        driver.set_cell("t2", "r1", "b", "1");
        driver.set_cell("t2", "r2", "c", "1");
        driver.set_value("v", "1");
        driver.set_value("w", "1");
        driver.del_table("t1");
        driver.del_cell("t2", "r1", "a");
        driver.del_value("v");
        driver.set_cell("t2", "r1", "a", "1");
        driver.del_row("t2", "r2");
        driver.set_cell("t2", "r3", "c", "1");
        driver.set_cell("t2", "r2", "c", "1");
        driver.set_cell("t1", "r", "c", "1");
        driver.set_value("v", "1");
    });
    driver.expect(&[
        "tableIds +t2 +t1",
        "rowIds t1 +r",
        "rowIds t2 +r1 +r3 +r2",
        "cellIds t1.r +c",
        "cellIds t2.r1 +b +a",
        "cellIds t2.r2 +c",
        "cellIds t2.r3 +c",
        "valueIds +w +v",
    ]);
}

#[test]
fn an_old_id_that_came_back_cancels() {
    let mut driver = watched("t.r.a=1 t.r.b=1");
    driver.together(|driver| {
        driver.del_cell("t", "r", "a");
        driver.set_cell("t", "r", "a", "1");
        driver.del_cell("t", "r", "a");
    });
    driver.expect(&["cellIds t.r -a"]);
    driver.together(|driver| {
        driver.del_table("t");
        driver.set_cell("t", "r", "b", "2");
    });
    driver.expect(&[]);
}

#[test]
fn tables_are_in_the_order_of_their_first_id_not_of_their_first_touch() {
    let mut driver = watched("t1.r1.c=1 t2.r1.c=1");
    driver.together(|driver| {
        driver.set_cell("t1", "r1", "c", "2");
        driver.set_cell("t2", "r2", "c", "1");
        driver.set_cell("t1", "r2", "c", "1");
    });
    driver.expect(&[
        "rowIds t2 +r2",
        "rowIds t1 +r2",
        "cellIds t2.r2 +c",
        "cellIds t1.r2 +c",
    ]);
}

#[test]
fn rows_are_in_the_order_of_their_first_cell_id() {
    let mut driver = watched("t1.r1.c=1 t1.r2.c=1 t2.r1.c=1");
    driver.together(|driver| {
        driver.set_cell("t1", "r1", "c", "2");
        driver.set_cell("t2", "r1", "d", "1");
        driver.set_cell("t1", "r2", "d", "1");
        driver.set_cell("t1", "r1", "d", "1");
    });
    driver.expect(&["cellIds t2.r1 +d", "cellIds t1.r2 +d", "cellIds t1.r1 +d"]);
}

#[test]
fn a_level_whose_ids_cancelled_keeps_its_place_for_later_ones() {
    let mut driver = watched("t1.x.c=1 t2.x.c=1");
    driver.together(|driver| {
        driver.set_cell("t1", "r1", "c", "1");
        driver.set_cell("t2", "r1", "c", "1");
        driver.del_row("t1", "r1");
        driver.set_cell("t1", "r2", "c", "1");
    });
    driver.expect(&[
        "rowIds t1 +r2",
        "rowIds t2 +r1",
        "cellIds t1.r2 +c",
        "cellIds t2.r1 +c",
    ]);

    let mut driver = watched("t.x.c=1 t.y.c=1");
    driver.together(|driver| {
        driver.set_cell("t", "x", "d", "1");
        driver.set_cell("t", "y", "d", "1");
        driver.del_cell("t", "x", "d");
        driver.set_cell("t", "x", "e", "1");
    });
    driver.expect(&["cellIds t.x +e", "cellIds t.y +d"]);
}

#[test]
fn a_new_row_that_went_again_still_gave_its_table_its_place() {
    let mut driver = watched("t1.r3.d=1 t3.r3.d=1");
    driver.together(|driver| {
        driver.set_cell("t3", "0", "c", "1");
        driver.del_tables();
    });
    driver.expect(&[
        "tableIds -t1 -t3",
        "rowIds t3 -r3",
        "rowIds t1 -r3",
        "cellIds t3.r3 -d",
        "cellIds t1.r3 -d",
    ]);
}

#[test]
fn cells_of_a_row_that_was_made_twice_cancel_in_the_order_in_which_they_went() {
    let mut driver = Driver::with("t.0.a=x");
    driver.watch(Kind::CellIds, &["*", "*"]);
    driver.together(|driver| {
        driver.del_table("t");
        driver.set_row("t", "0", "c=x a=b");
        driver.del_row("t", "0");
        assert_eq!(driver.add_row("t", "d=null c=y", true), "0");
    });
    driver.expect(&["cellIds t.0 -a +d +c"]);
}

#[test]
fn a_cell_that_changed_only_its_content_is_no_id_change() {
    let mut driver = watched("t.r.c=1");
    driver.set_value("v", "1");
    driver.take_trace();
    driver.together(|driver| {
        driver.set_cell("t", "r", "c", "2");
        driver.set_value("v", "2");
    });
    driver.expect(&[]);
}

#[test]
fn the_same_rows_made_again_in_another_order_are_no_id_change() {
    let mut driver = watched("t.a.c=1 t.b.c=2");
    driver.watch(Kind::Cell, &["*", "*", "*"]);
    driver.together(|driver| {
        driver.del_table("t");
        driver.set_table("t", "b.c=2 a.c=3");
    });
    driver.expect(&["cell t.a.c 1->3"]);
    assert_eq!(driver.row_ids("t"), "b a");
}

#[test]
fn listeners_to_the_ids_of_one_table_or_row_hear_of_no_other() {
    let mut driver = Driver::new();
    driver.watch(Kind::RowIds, &["t2"]);
    driver.watch(Kind::CellIds, &["t2", "r1"]);
    driver.watch(Kind::CellIds, &["*", "r2"]);
    driver.set_tables("t1.r1.a=1 t1.r2.b=1 t2.r1.c=1 t2.r2.d=1");
    driver.expect(&[
        "rowIds t2 +r1 +r2",
        "cellIds t1.r2 +b",
        "cellIds t2.r1 +c",
        "cellIds t2.r2 +d",
    ]);
}
