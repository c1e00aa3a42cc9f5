//! Mutator listeners: called first, told of a snapshot, and free to write.

use super::harness::Driver;
use crate::store::Kind;

const ANY: [&str; 3] = ["*"; 3];

#[test]
fn mutators_are_called_before_all_others_whatever_the_order_of_registration() {
    let mut driver = Driver::new();
    driver.name("plain", Kind::TableIds, &[]);
    driver.mutate("mutator", Kind::Tables, &[], |_, _| Ok(()));
    driver.set_cell("t", "r", "c", "1");
    driver.expect(&["mutator", "plain"]);
}

#[test]
fn everyone_hears_the_net_of_what_mutators_wrote() {
    let mut driver = Driver::with("t.r.a=1 t.r.b=1");
    driver.mutate("", Kind::Cell, &["t", "r", "a"], |driver, _| {
        driver.set_cell("t", "r", "a", "3");
        driver.set_cell("t", "r", "b", "4");
        Ok(())
    });
    driver.watch(Kind::Cell, &ANY);
    driver.set_cell("t", "r", "a", "2");
    driver.expect(&["cell t.r.a 1->2", "cell t.r.a 1->3", "cell t.r.b 1->4"]);
}

#[test]
fn a_change_that_a_mutator_takes_back_is_told_to_nobody_else() {
    let mut driver = Driver::with("t.r.c=1");
    driver.mutate("", Kind::Cell, &ANY, |driver, _| {
        driver.set_cell("t", "r", "c", "1");
        let change = driver.cell_change("t", "r", "c");
        driver.note(change);
        Ok(())
    });
    driver.watch_all();
    driver.set_cell("t", "r", "c", "2");
    driver.expect(&[
        "start",
        "cell t.r.c 1->2",
        "touched 1->1",
        "willFinish",
        "didFinish",
    ]);
}

#[test]
fn mutators_are_told_what_was_so_before_any_of_them_ran() {
    let mut driver = Driver::with("t.r.a=1 t.r.b=1");
    driver.mutate("", Kind::Cell, &ANY, |driver, _| {
        driver.set_cell("t", "r", "a", "7");
        driver.set_cell("t", "r", "b", "8");
        driver.set_cell("t", "r", "new", "9");
        Ok(())
    });
    driver.mutate("", Kind::Cell, &ANY, |driver, _| {
        let change = driver.cell_change("t", "r", "b");
        driver.note(format!("live: {change}"));
        Ok(())
    });
    driver.together(|driver| {
        driver.set_cell("t", "r", "a", "2");
        driver.set_cell("t", "r", "b", "2");
    });
    driver.expect(&[
        "cell t.r.a 1->2",
        "cell t.r.a 1->2",
        "live: touched 1->8",
        "cell t.r.b 1->2",
        "cell t.r.b 1->2",
        "live: touched 1->8",
    ]);
}

#[test]
fn mutators_hear_the_ids_that_came_before_any_of_them_ran() {
    let mut driver = Driver::new();
    driver.mutate("", Kind::RowIds, &["*"], |driver, _| {
        driver.set_cell("t", "added", "c", "1");
        driver.del_row("t", "r");
        Ok(())
    });
    driver.mutate("", Kind::RowIds, &["*"], |_, _| Ok(()));
    driver.watch(Kind::RowIds, &["*"]);
    driver.set_cell("t", "r", "c", "1");
    driver.expect(&["rowIds t +r", "rowIds t +r", "rowIds t +added"]);
}

#[test]
fn mutators_of_values_hear_what_mutators_of_cells_wrote_but_not_the_reverse() {
    let mut driver = Driver::new();
    driver.mutate("", Kind::Cell, &ANY, |driver, _| {
        driver.set_value("from_cell", "1");
        Ok(())
    });
    driver.mutate("", Kind::Value, &["*"], |driver, _| {
        driver.set_cell("t", "r", "from_value", "1");
        Ok(())
    });
    driver.watch(Kind::Cell, &ANY);
    driver.set_cell("t", "r", "c", "1");
    driver.expect(&[
        "cell t.r.c undefined->1",
        "value from_cell undefined->1",
        "cell t.r.c undefined->1",
        "cell t.r.from_value undefined->1",
    ]);
}

#[test]
fn a_cell_that_a_mutator_adds_to_a_new_row_is_told_of() {
    let mut driver = Driver::new();
    driver.watch(Kind::Cell, &["*", "0", "*"]);
    driver.mutate("mutator", Kind::Table, &["t"], |driver, _| {
        driver.set_cell("t", "0", "10", "2");
        Ok(())
    });
    driver.set_partial_row("t", "0", "c=2");
    driver.expect(&[
        "mutator",
        "cell t.0.c undefined->2",
        "cell t.0.10 undefined->2",
    ]);
}

#[test]
fn a_mutator_may_delete_what_later_mutators_are_told_of() {
    let mut driver = Driver::new();
    driver.mutate("", Kind::Cell, &["*", "r1", "*"], |driver, _| {
        driver.del_table("t");
        Ok(())
    });
    driver.mutate("", Kind::Cell, &["*", "r2", "*"], |_, _| Ok(()));
    driver.watch(Kind::Tables, &[]);
    driver.set_tables("t.r1.c=1 t.r2.c=1");
    driver.expect(&["cell t.r1.c undefined->1", "cell t.r2.c undefined->1"]);
    assert_eq!(driver.tables(), "");
}

#[test]
fn mutators_added_by_mutators_follow_the_rules_of_any_pass() {
    let mut driver = Driver::new();
    driver.mutate("first", Kind::Cell, &ANY, |driver, call| {
        driver.remove(call.listener);
        Ok(())
    });
    driver.mutate("second", Kind::Cell, &ANY, |driver, call| {
        driver.mutate("added", Kind::Cell, &ANY, |_, _| Ok(()));
        driver.name("plain", Kind::Cell, &ANY);
        driver.remove(call.listener);
        Ok(())
    });
    driver.set_cell("t", "r", "c", "1");
    driver.expect(&["first", "second", "added", "plain"]);
}

#[test]
fn what_mutators_wrote_is_rolled_back_with_the_rest() {
    let mut driver = Driver::with("t.r.c=1");
    driver.mutate("mutator", Kind::Cell, &ANY, |driver, _| {
        driver.set_value("mutated", "1");
        Ok(())
    });
    driver.rolled_back(|driver| driver.set_cell("t", "r", "c", "2"));
    driver.expect(&["mutator"]);
    assert_eq!(driver.tables(), "t.r.c=1");
    assert_eq!(driver.values(), "");
}
