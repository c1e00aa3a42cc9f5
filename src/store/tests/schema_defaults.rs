//! What schemas add by default, what they require, and what becomes of both in deletions.

use super::harness::Driver;
use super::schema::{each_full_write_makes, makes, with_schema};

#[test]
fn full_writes_add_defaults_after_what_was_given_in_the_order_of_the_schema() {
    let schema = "t.a=number,default:1 t.b=number t.d=object,default:{} t.e=string,default:x";
    each_full_write_makes(schema, "a=5 b=6 d=[] e=7", "a=5 b=6 d={} e=x");
    each_full_write_makes(schema, "e=y b=6", "e=y b=6 a=1 d={}");
    each_full_write_makes(schema, "b=6 a=wrong", "b=6 a=1 d={} e=x");
    makes(
        schema,
        |store| store.set_row("t", "r", ""),
        "t.r.a=1 t.r.d={} t.r.e=x",
    );
}

#[test]
fn defaults_that_are_array_indices_come_first_as_in_an_object() {
    let schema = "t.b=number,default:2 t.1=number,default:1 t.a=number t.10=number,default:10";
    each_full_write_makes(schema, "a=0", "1=1 10=10 a=0 b=2");
    each_full_write_makes(schema, "b=0 10=0 1=0", "b=0 10=0 1=0");
}

#[test]
fn parts_add_defaults_just_to_the_rows_that_they_make() {
    let mut driver = with_schema("t.a=number t.b=number t.d=number,default:3 t.e=number,default:4");
    driver.set_cell("t", "r", "e", "1");
    driver.set_partial_row("t", "s", "b=1 a=1 e=1");
    driver.merge_table("t", "p.b=1 p.d=1");
    let made = "t.r.e=1 t.r.d=3 t.s.b=1 t.s.d=3 t.s.e=1 t.s.a=1 t.p.b=1 t.p.d=1 t.p.e=4";
    assert_eq!(driver.tables(), made);
    // A row that is there gets nothing, though it lacks what has a default now.
    driver.set_tables("t.r.a=5");
    driver.del_tables_schema();
    driver.del_cell("t", "r", "d");
    driver.del_cell("t", "r", "e");
    driver.set_tables_schema("t.a=number t.b=number");
    driver.set_cell("t", "r", "b", "6");
    driver.set_partial_row("t", "r", "a=7");
    assert_eq!(driver.tables(), "t.r.a=7 t.r.b=6");
}

#[test]
fn a_wide_row_gets_its_defaults_too() {
    let cells = |cell: &dyn Fn(usize) -> String| (0..40).map(cell).collect::<Vec<_>>().join(" ");
    let schema = cells(&|number| format!("t.c{number}=number,default:{number}"));
    let given = cells(&|number| format!("c{}=9", number * 2));
    let mut driver = with_schema(&schema);
    driver.set_row("t", "r", &given);
    let odd = (0..20).map(|half| format!("t.r.c{0}={0}", half * 2 + 1));
    let even = (0..20).map(|half| format!("t.r.c{}=9", half * 2));
    assert_eq!(
        driver.tables(),
        even.chain(odd).collect::<Vec<_>>().join(" ")
    );
}

#[test]
fn a_full_write_leaves_out_rows_that_lack_a_required_cell() {
    let schema = "t.q=string,required t.n=number t.d=number,default:1,required";
    each_full_write_makes(schema, "n=1", "");
    each_full_write_makes(schema, "q=1 n=1", "");
    each_full_write_makes(schema, "q=x", "q=x d=1");
    let mut driver = with_schema(schema);
    driver.set_tables("t.r.n=1 t.s.q=x t.p.q=null");
    assert_eq!(driver.tables(), "t.s.q=x t.s.d=1");
    driver.set_row("t", "s", "n=2");
    assert_eq!(driver.tables(), "t.s.q=x t.s.d=1");
    driver.set_table("t", "s.n=1");
    assert_eq!(driver.tables(), "t.s.q=x t.s.d=1");
}

#[test]
fn parts_and_deletions_need_no_required_cell() {
    let mut driver = with_schema("t.q=string,required t.n=number t.d=number,default:1");
    driver.set_cell("t", "r", "n", "1");
    driver.set_partial_row("t", "s", "n=1");
    driver.merge_table("t", "p.n=1");
    driver.set_row("t", "o", "q=x");
    driver.del_cell("t", "o", "q");
    assert_eq!(
        driver.tables(),
        "t.r.n=1 t.r.d=1 t.s.n=1 t.s.d=1 t.p.n=1 t.p.d=1 t.o.d=1"
    );
}

#[test]
fn a_cell_with_a_default_is_reset_and_with_force_its_row_deleted() {
    let mut driver = with_schema("t.d=number,default:1 t.n=number");
    let set = |driver: &mut Driver| driver.set_tables("t.r.d=5 t.r.n=5 t.s.d=6");
    set(&mut driver);
    driver.del_cell("t", "r", "d");
    driver.del_cell("t", "s", "d");
    driver.del_cell("t", "s", "d");
    assert_eq!(driver.tables(), "t.r.d=1 t.r.n=5 t.s.d=1");
    driver.del_cell("t", "r", "n");
    assert_eq!(driver.tables(), "t.r.d=1 t.s.d=1");
    set(&mut driver);
    driver.force_del_cell("t", "r", "n");
    driver.force_del_cell("t", "s", "n");
    driver.force_del_cell("t", "x", "d");
    driver.force_del_cell("x", "r", "d");
    assert_eq!(driver.tables(), "t.r.d=5 t.s.d=6");
    driver.force_del_cell("t", "r", "d");
    assert_eq!(driver.tables(), "t.s.d=6");
    driver.force_del_cell("t", "s", "d");
    assert_eq!(driver.tables(), "");
}

#[test]
fn rows_and_tables_are_deleted_defaults_and_all() {
    let mut driver = with_schema("t.d=number,default:1 t.n=number u.d=number,default:1");
    driver.set_tables("t.r.n=5 t.s.n=5 t.p.n=5 u.r.d=1");
    driver.del_row("t", "r");
    driver.set_table("t", "s.n=6");
    assert_eq!(driver.tables(), "t.s.n=6 t.s.d=1 u.r.d=1");
    driver.del_table("t");
    assert_eq!(driver.tables(), "u.r.d=1");
    driver.del_tables();
    assert_eq!(driver.tables(), "");
}

#[test]
fn a_full_row_takes_out_what_it_does_not_name_and_resets_what_has_a_default() {
    let mut driver = with_schema("t.d=number,default:1 t.n=number");
    driver.set_row("t", "r", "d=5 n=5");
    driver.set_row("t", "r", "");
    assert_eq!(driver.tables(), "t.r.d=1");
}

#[test]
fn values_with_a_default_are_reset_whoever_deletes_them() {
    let mut driver = Driver::new();
    driver.set_values_schema("d=number,default:1 e=number,default:2 n=number");
    driver.set_values("d=5 e=6 n=7");
    driver.del_value("d");
    driver.del_value("n");
    assert_eq!(driver.values(), "d=1 e=6");
    driver.set_values("d=5 n=7");
    assert_eq!(driver.values(), "d=5 e=2 n=7");
    driver.del_values();
    assert_eq!(driver.values(), "d=1 e=2");
    driver.del_value("z");
    driver.set_value("e", "9");
    assert_eq!(driver.set_values_json(b"{}"), Ok(()));
    assert_eq!(driver.values(), "d=1 e=2");
}

#[test]
fn all_values_are_set_only_with_the_required_ones() {
    let mut driver = Driver::new();
    driver.set_values_schema("q=string,required n=number d=number,default:1");
    assert_eq!(driver.values(), "");
    driver.set_values("n=1");
    driver.set_values("n=1 q=2");
    assert_eq!(driver.values(), "");
    driver.set_values("n=1 q=x");
    driver.set_values("n=2");
    assert_eq!(driver.values(), "n=1 q=x d=1");
    driver.del_value("q");
    driver.set_partial_values("n=3");
    assert_eq!(driver.values(), "n=3 d=1");
}
