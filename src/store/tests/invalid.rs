//! What was offered in vain: where it is reported, and that it leaves no trace.

use super::harness::Driver;
use crate::store::Kind;

pub const ANY: [&str; 3] = ["*"; 3];

/// A store that writes down what is invalid.
pub fn listening() -> Driver {
    let mut driver = Driver::new();
    driver.watch(Kind::InvalidCell, &ANY);
    driver.watch(Kind::InvalidValue, &["*"]);
    driver
}

#[track_caller]
fn reports(schema: &str, write: impl FnOnce(&mut Driver), lines: &[&str]) {
    let mut driver = Driver::new();
    driver.set_tables_schema(schema);
    driver.watch(Kind::InvalidCell, &ANY);
    write(&mut driver);
    driver.expect(lines);
}

#[test]
fn without_a_schema_each_write_reports_what_cannot_be_set_and_sets_the_rest() {
    let mut driver = listening();
    driver.set_cell("t", "r", "c", "rejected");
    driver.set_row("t", "r", "a=1 b=rejected");
    driver.set_partial_row("t", "r", "c=undefined d=2");
    driver.add_row("t", "a=rejected b=1", true);
    driver.set_table("u", "r.a=rejected r.b=1 s.a=rejected");
    driver.merge_table("u", "r.a=rejected q.b=1");
    driver.set_value("v", "rejected");
    driver.set_partial_values("v=1 w=rejected");
    driver.merge_values("x=rejected y=1");
    driver.expect(&[
        "invalidCell t.r.c rejected",
        "invalidCell t.r.b rejected",
        "invalidCell t.r.c undefined",
        "invalidCell t.?.a rejected",
        "invalidCell u.r.a rejected",
        "invalidCell u.s.a rejected",
        "invalidCell u.r.a rejected",
        "invalidValue v rejected",
        "invalidValue w rejected",
        "invalidValue x rejected",
    ]);
    let tables = "t.r.a=1 t.r.d=2 t.0.b=1 u.r.b=1 u.q.b=1";
    assert_eq!(driver.tables(), tables);
    assert_eq!(driver.values(), "v=1 y=1");
    driver.set_tables("t.r.a=2 t.r.b=rejected x.r.a=rejected");
    driver.set_values("w=2 v=rejected");
    driver.expect(&[
        "invalidCell t.r.b rejected",
        "invalidCell x.r.a rejected",
        "invalidValue v rejected",
    ]);
    assert_eq!((&*driver.tables(), &*driver.values()), ("t.r.a=2", "w=2"));
}

#[test]
fn what_is_empty_or_no_object_is_reported_at_its_level() {
    let mut driver = listening();
    driver.set_tables("");
    driver.set_table("t", "");
    driver.set_row("t", "r", "");
    driver.set_partial_row("t", "s", "");
    driver.add_row("t", "", true);
    driver.set_tables("t=none u.r=none w.r=bad w.s=none x.r.c=1");
    driver.report_invalid_cell(&[]);
    driver.report_invalid_cell(&["t"]);
    driver.report_invalid_cell(&["t", "r"]);
    driver.set_values("");
    driver.set_partial_values("");
    driver.report_invalid_values();
    driver.expect(&[
        "invalidCell ?.?.? undefined",
        "invalidCell t.?.? undefined",
        "invalidCell t.r.? undefined",
        "invalidCell t.s.? undefined",
        "invalidCell t.?.? undefined",
        "invalidCell t.?.? undefined",
        "invalidCell u.r.? undefined",
        "invalidCell w.r.? undefined",
        "invalidCell w.s.? undefined",
        "invalidCell ?.?.? undefined",
        "invalidCell t.?.? undefined",
        "invalidCell t.r.? undefined",
        "invalidValue ? undefined",
        "invalidValue ? undefined",
        "invalidValue ? undefined",
    ]);
    assert_eq!(driver.tables(), "x.r.c=1");
}

#[test]
fn a_schema_reports_an_unknown_table_where_the_write_fails() {
    let schema = "t.c=string";
    let whole = ["invalidCell x.?.? undefined"];
    reports(schema, |store| store.set_tables("x.r.c=x"), &whole);
    reports(schema, |store| store.set_table("x", "r.c=x"), &whole);
    let cell = ["invalidCell x.r.c y"];
    reports(schema, |store| store.set_row("x", "r", "c=y"), &cell);
    reports(
        schema,
        |store| store.set_partial_row("x", "r", "c=y"),
        &cell,
    );
    reports(schema, |store| store.set_cell("x", "r", "c", "y"), &cell);
    reports(schema, |store| store.merge_table("x", "r.c=y"), &cell);
    let add = |store: &mut Driver| assert_eq!(store.add_row("x", "c=y", true), "undefined");
    reports(schema, add, &["invalidCell x.?.c y"]);
}

#[test]
fn what_is_missing_is_reported_before_what_is_wrong() {
    let schema = "t.a=number t.b=number t.c=number t.d=number,default:1";
    let rows = [
        "invalidCell t.r.a undefined",
        "invalidCell t.r.c undefined",
        "invalidCell t.r.b wrong",
        "invalidCell t.r.z 1",
    ];
    reports(
        schema,
        |store| store.set_row("t", "r", "b=wrong z=1"),
        &rows,
    );
    let set_table = |store: &mut Driver| store.set_table("t", "r.b=wrong r.z=1");
    reports(schema, set_table, &rows);
    // A part is settled by itself, before the row that it makes is completed.
    reports(
        schema,
        |store| store.set_partial_row("t", "r", "z=1 b=wrong a=1"),
        &[
            "invalidCell t.r.z 1",
            "invalidCell t.r.b wrong undefined",
            "invalidCell t.r.c undefined",
        ],
    );
}

#[test]
fn no_part_of_a_row_that_is_there_is_missing() {
    let write = |store: &mut Driver| {
        store.set_row("t", "r", "a=1 b=1");
        store.take_trace();
        store.set_cell("t", "r", "a", "2");
        store.set_partial_row("t", "r", "a=3");
        store.merge_table("t", "r.a=4");
        store.del_cell("t", "r", "b");
    };
    reports("t.a=number t.b=number", write, &[]);
}

#[test]
fn each_path_has_the_place_of_its_first_mention_and_all_that_was_offered_there() {
    let mut driver = listening();
    driver.together(|driver| {
        driver.set_cell("t", "r", "c", "rejected");
        driver.set_row("u", "r", "");
        driver.set_cell("t", "s", "c", "rejected");
        driver.set_value("v", "rejected");
        driver.set_cell("t", "r", "c", "undefined");
        driver.set_table("t", "");
        driver.set_cell("t", "r", "a", "rejected");
        driver.set_values("");
        driver.set_value("v", "undefined");
    });
    driver.expect(&[
        "invalidCell t.r.c rejected undefined",
        "invalidCell t.r.a rejected",
        "invalidCell t.s.c rejected",
        "invalidCell t.?.? undefined",
        "invalidCell u.r.? undefined",
        "invalidValue v rejected undefined",
        "invalidValue ? undefined",
    ]);
}

/// A store in which refused writes were mixed with others must look like one without them.
#[test]
fn what_was_refused_leaves_no_trace_in_any_order() {
    let allowed = |driver: &mut Driver| {
        driver.set_tables("t.r.b=1 t.s.a=1 u.r.c=1");
        driver.set_row("t", "q", "z=1 a=1");
        driver.set_cell("w", "r", "y", "1");
        driver.set_partial_values("b=1 a=1");
    };
    let mut plain = Driver::new();
    plain.watch_changes();
    plain.together(allowed);
    let mut driver = Driver::new();
    driver.watch_changes();
    driver.together(|driver| {
        driver.set_cell("w", "r", "x", "rejected");
        driver.set_cell("x", "r", "c", "rejected");
        driver.set_row("u", "first", "c=rejected");
        driver.set_table("y", "r.c=rejected s=bad");
        driver.set_tables(
            "z=none x.r=none t.n.a=rejected t.r.a=rejected t.r.b=1 t.p=bad t.s.z=rejected t.s.a=1 u.r.c=1",
        );
        driver.set_row("t", "q", "y=rejected z=1 b=rejected a=1");
        driver.set_partial_row("t", "new", "c=rejected");
        assert_eq!(driver.add_row("new", "c=rejected", true), "undefined");
        driver.merge_table("new", "r.c=rejected");
        driver.set_cell("w", "r", "y", "1");
        driver.set_cell("w", "r", "z", "rejected");
        driver.set_value("a", "rejected");
        driver.set_partial_values("z=rejected b=1 a=1");
    });
    assert_eq!(driver.tables(), plain.tables());
    assert_eq!(driver.values(), plain.values());
    for table in ["t", "u", "w"] {
        assert_eq!(driver.table_cell_ids(table), plain.table_cell_ids(table));
    }
    assert_eq!(driver.take_trace(), plain.take_trace());
    assert_eq!(driver.add_row("t", "a=1", true), "0", "no id was used up");
}
