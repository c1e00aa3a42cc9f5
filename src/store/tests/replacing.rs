//! What replacing tables, a table, a row or the values does, and in which order.

use super::harness::Driver;

#[test]
fn set_tables_sets_what_is_given_and_then_takes_out_the_rest() {
    let mut driver = Driver::with("t1.r1.c1=1 t1.r1.c2=2 t2.r1.c1=1 t3.r1.c1=1");
    driver.watch_changes();
    driver.set_tables("t4.r1.c1=4 t3.r1.c1=3 t1.r0.c1=1 t1.r1.c3=3 t1.r1.c2=22");
    driver.expect(&[
        "start",
        "willFinish",
        "tableIds +t4 -t2",
        "rowIds t4 +r1",
        "rowIds t1 +r0",
        "rowIds t2 -r1",
        "cellIds t4.r1 +c1",
        "cellIds t1.r0 +c1",
        "cellIds t1.r1 +c3 -c1",
        "cellIds t2.r1 -c1",
        "cell t4.r1.c1 undefined->4",
        "row t4.r1",
        "table t4",
        "cell t3.r1.c1 1->3",
        "row t3.r1",
        "table t3",
        "cell t1.r0.c1 undefined->1",
        "row t1.r0",
        "cell t1.r1.c3 undefined->3",
        "cell t1.r1.c2 2->22",
        "cell t1.r1.c1 1->undefined",
        "row t1.r1",
        "table t1",
        "cell t2.r1.c1 1->undefined",
        "row t2.r1",
        "table t2",
        "tables",
        "didFinish",
    ]);
    assert_eq!(
        driver.tables(),
        "t1.r1.c2=22 t1.r1.c3=3 t1.r0.c1=1 t3.r1.c1=3 t4.r1.c1=4",
        "what stays keeps its place, what is new is at the end"
    );
}

#[test]
fn set_table_replaces_one_table_only() {
    let mut driver = Driver::with("t.r1.a=1 t.r2.a=1 t.r2.b=2 t.r3.a=1 u.r.c=1");
    driver.set_table("t", "r4.a=4 r3.a=3 r2.c=3 r2.b=2.5");
    assert_eq!(
        driver.tables(),
        "t.r2.b=2.5 t.r2.c=3 t.r3.a=3 t.r4.a=4 u.r.c=1"
    );
}

#[test]
fn set_row_keeps_the_row_where_it_is_even_if_every_cell_differs() {
    let mut driver = Driver::with("t.r1.a=1 t.r1.b=2 t.r2.a=1");
    driver.watch_changes();
    driver.set_row("t", "r1", "c=1 d=2");
    driver.expect(&[
        "start",
        "willFinish",
        "cellIds t.r1 +c +d -a -b",
        "cell t.r1.c undefined->1",
        "cell t.r1.d undefined->2",
        "cell t.r1.a 1->undefined",
        "cell t.r1.b 2->undefined",
        "row t.r1",
        "table t",
        "tables",
        "didFinish",
    ]);
    assert_eq!(driver.tables(), "t.r1.c=1 t.r1.d=2 t.r2.a=1");
}

#[test]
fn a_table_keeps_its_place_even_if_every_row_differs() {
    let mut driver = Driver::with("t.r.a=1 u.r.a=1");
    driver.set_table("t", "s.a=1");
    assert_eq!(driver.tables(), "t.s.a=1 u.r.a=1");
    driver.set_tables("u.s.b=1 t.q.b=1");
    assert_eq!(driver.tables(), "t.q.b=1 u.s.b=1");
}

#[test]
fn set_partial_row_leaves_the_other_cells() {
    let mut driver = Driver::with("t.r.a=1 t.r.b=2");
    driver.set_partial_row("t", "r", "c=3 a=4");
    assert_eq!(driver.tables(), "t.r.a=4 t.r.b=2 t.r.c=3");
    driver.set_partial_row("t", "s", "c=3 a=4");
    assert_eq!(driver.tables(), "t.r.a=4 t.r.b=2 t.r.c=3 t.s.c=3 t.s.a=4");
}

#[test]
fn a_row_of_many_cells_is_replaced_too() {
    let row = |from: u32, to: u32| -> String {
        let cells = (from..to).map(|number| format!("c{number}={number}"));
        cells.collect::<Vec<_>>().join(" ")
    };
    let mut driver = Driver::new();
    driver.set_row("t", "r", &row(0, 40));
    driver.set_row("t", "r", &row(20, 60));
    let expected: Vec<_> = (20..60)
        .map(|number| format!("t.r.c{number}={number}"))
        .collect();
    assert_eq!(driver.tables(), expected.join(" "));
}

#[test]
fn set_values_replaces_and_set_partial_values_does_not() {
    let mut driver = Driver::new();
    driver.set_values("a=1 b=2 c=3");
    driver.set_values("d=4 b=5");
    assert_eq!(driver.values(), "b=5 d=4");
    driver.set_partial_values("a=6 b=7");
    assert_eq!(driver.values(), "b=7 d=4 a=6");
}

#[test]
fn without_anything_to_set_nothing_is_taken_out() {
    let mut driver = Driver::with("t.r.c=1");
    driver.set_values("v=1");
    driver.set_tables("");
    driver.set_table("t", "");
    driver.set_row("t", "r", "");
    driver.set_partial_row("t", "r", "");
    driver.set_values("");
    driver.set_partial_values("");
    assert_eq!(driver.add_row("t", "", true), "undefined");
    driver.set_table("new", "");
    driver.set_row("new", "r", "");
    assert_eq!(driver.tables(), "t.r.c=1");
    assert_eq!(driver.values(), "v=1");
    assert_eq!(driver.table_ids(), "t");
}

#[test]
fn an_absent_cell_is_not_set() {
    let mut driver = Driver::with("t.r.c=1");
    driver.set_values("v=1");
    let absent = crate::store::Cell::ABSENT;
    let [t, r, c, v, new] = ["t", "r", "c", "v", "new"].map(|id| driver.id(id));
    driver.together(|driver| {
        driver.store.set_cell(t, r, c, absent);
        driver.store.set_cell(new, r, c, absent);
        driver.store.set_value(v, absent);
        driver.store.set_value(new, absent);
    });
    assert_eq!(driver.json(), r#"[{"t":{"r":{"c":1}}},{"v":1}]"#);
}

#[test]
fn what_is_taken_out_and_set_again_is_at_the_end() {
    let mut driver = Driver::with("t.r.a=1 t.r.b=1 t.s.a=1 u.r.a=1");
    driver.set_values("a=1 b=1");
    driver.del_cell("t", "r", "a");
    driver.set_cell("t", "r", "a", "2");
    assert_eq!(driver.tables(), "t.r.b=1 t.r.a=2 t.s.a=1 u.r.a=1");
    driver.del_row("t", "r");
    driver.set_row("t", "r", "a=1");
    assert_eq!(driver.tables(), "t.s.a=1 t.r.a=1 u.r.a=1");
    driver.del_table("t");
    driver.set_cell("t", "r", "a", "1");
    assert_eq!(driver.tables(), "u.r.a=1 t.r.a=1");
    driver.del_value("a");
    driver.set_value("a", "1");
    assert_eq!(driver.values(), "b=1 a=1");
}

#[test]
fn deleting_what_is_not_there_does_nothing() {
    let mut driver = Driver::with("t.r.c=1");
    driver.watch_changes();
    driver.together(|driver| {
        driver.del_cell("t", "r", "x");
        driver.del_cell("t", "x", "c");
        driver.del_cell("x", "r", "c");
        driver.del_row("t", "x");
        driver.del_row("x", "r");
        driver.del_table("x");
        driver.del_value("x");
        driver.del_values();
    });
    driver.expect(&["start", "willFinish", "didFinish"]);
    assert_eq!(driver.tables(), "t.r.c=1");
}
