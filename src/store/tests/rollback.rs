//! What a rollback puts back, and in which order it then is.

use super::harness::Driver;

#[test]
fn everything_is_back_and_what_had_gone_is_at_the_end() {
    let tables = "t.r1.a=1 t.r1.b=1 t.r1.c=1 t.r2.a=2 t.r3.a=3 t.r4.a=4 u.r.c=1 w.r.c=1";
    let mut driver = Driver::with(tables);
    driver.set_values("a=1 b=2 c=3");
    driver.rolled_back(|driver| {
        driver.del_row("t", "r3");
        driver.del_row("t", "r1");
        driver.del_cell("t", "r2", "a");
        driver.set_cell("t", "r2", "z", "1");
        driver.set_cell("t", "r9", "z", "1");
        driver.del_table("u");
        driver.del_value("b");
        driver.del_value("a");
        driver.set_value("n", "1");
        driver.set_cell("new", "r", "c", "1");
    });
    assert_eq!(
        driver.tables(),
        "t.r4.a=4 t.r2.a=2 t.r3.a=3 t.r1.a=1 t.r1.b=1 t.r1.c=1 w.r.c=1 u.r.c=1"
    );
    assert_eq!(driver.values(), "c=3 b=2 a=1");
}

#[test]
fn a_cell_that_was_overwritten_keeps_its_place() {
    let mut driver = Driver::with("t.r.a=1 t.r.b=1 t.r.c=1 t.r.d=1");
    driver.rolled_back(|driver| {
        driver.set_cell("t", "r", "d", "2");
        driver.del_cell("t", "r", "c");
        driver.del_cell("t", "r", "a");
        driver.set_cell("t", "r", "b", "3");
    });
    assert_eq!(driver.tables(), "t.r.b=1 t.r.d=1 t.r.c=1 t.r.a=1");
}

#[test]
fn a_row_that_was_made_again_keeps_the_order_of_its_new_cells() {
    let mut driver = Driver::with("t.r1.a=1 t.r1.b=1 t.r2.a=1");
    driver.rolled_back(|driver| {
        driver.del_row("t", "r1");
        driver.set_row("t", "r1", "b=5 a=5");
    });
    assert_eq!(driver.tables(), "t.r2.a=1 t.r1.b=1 t.r1.a=1");
}

#[test]
fn a_row_that_was_made_again_with_fewer_cells_gets_the_others_at_the_end() {
    let mut driver = Driver::with("t.r1.a=1 t.r1.b=2 t.r1.c=3 t.r2.c=1");
    driver.rolled_back(|driver| {
        driver.set_cell("t", "r1", "c", "9");
        driver.del_row("t", "r1");
        driver.set_row("t", "r1", "z=1 b=1");
    });
    assert_eq!(driver.tables(), "t.r2.c=1 t.r1.b=2 t.r1.c=3 t.r1.a=1");
}

#[test]
fn tables_that_were_replaced_are_back() {
    let mut driver = Driver::with("t1.r1.a=1 t1.r1.b=1 t1.r2.a=1 t2.r.a=1");
    driver.rolled_back(|driver| driver.set_tables("x.r.a=1 t1.r2.b=2"));
    assert_eq!(driver.tables(), "t1.r2.a=1 t1.r1.a=1 t1.r1.b=1 t2.r.a=1");
}

#[test]
fn tables_come_back_in_the_order_of_their_first_touch() {
    let mut driver = Driver::with("t1.r1.a=1 t1.r1.b=1 t1.r2.a=1 t2.r.a=1");
    driver.rolled_back(|driver| {
        driver.set_cell("t2", "r", "a", "5");
        driver.del_tables();
    });
    assert_eq!(driver.tables(), "t2.r.a=1 t1.r1.a=1 t1.r1.b=1 t1.r2.a=1");
}

#[test]
fn a_cell_that_was_moved_but_not_changed_stays_where_it_is() {
    let mut driver = Driver::with("t.r.a=1 t.r.b=1");
    driver.rolled_back(|driver| {
        driver.del_cell("t", "r", "a");
        driver.set_cell("t", "r", "a", "1");
    });
    assert_eq!(driver.tables(), "t.r.b=1 t.r.a=1");
}

/// The new cell, touched first, is taken out first; with that the row is gone for a moment.
#[test]
fn a_row_that_empties_while_it_is_rolled_back_is_at_the_end() {
    let mut driver = Driver::with("t.r1.a=1 t.r2.c=1");
    driver.rolled_back(|driver| {
        driver.set_cell("t", "r1", "z", "1");
        driver.del_cell("t", "r1", "a");
    });
    assert_eq!(driver.row_ids("t"), "r2 r1");
    driver.rolled_back(|driver| {
        driver.set_cell("t", "r1", "z", "1");
        driver.del_cell("t", "r1", "a");
        driver.set_cell("t", "r1", "y", "1");
    });
    assert_eq!(driver.tables(), "t.r2.c=1 t.r1.a=1");
}

#[test]
fn a_table_that_empties_while_it_is_rolled_back_starts_its_row_ids_anew() {
    let mut driver = Driver::new();
    driver.add_row("t", "a=1", true);
    driver.add_row("t", "a=1", true);
    driver.set_table("u", "r.c=1");
    driver.rolled_back(|driver| {
        assert_eq!(driver.add_row("t", "a=1", true), "2");
        driver.del_row("t", "0");
        driver.del_row("t", "1");
    });
    assert_eq!(driver.table_ids(), "u t");
    assert_eq!(driver.row_ids("t"), "0 1");
    assert_eq!(driver.add_row("t", "a=1", true), "2");
}

#[test]
fn an_error_rolls_back_in_the_same_way() {
    let mut driver = Driver::with("t.r1.a=1 t.r1.b=1 t.r2.a=2");
    let outcome = driver.transaction(|driver| {
        driver.del_row("t", "r1");
        Err::<(), _>("thrown")
    });
    assert_eq!(outcome, Err("thrown"));
    assert_eq!(driver.tables(), "t.r2.a=2 t.r1.a=1 t.r1.b=1");
    assert_eq!(driver.changes(), "");
}

#[test]
fn every_kind_of_cell_comes_back() {
    let long = "x".repeat(1000);
    let tables = format!("t.r.o={{\"a\":1}} t.r.l=[1] t.r.n=null t.r.b=true t.r.t=x t.r.x={long}");
    let values = tables.replace("t.r.", "");
    let mut driver = Driver::with(&tables);
    driver.set_values(&values);
    driver.rolled_back(|driver| {
        for id in ["o", "l", "n", "b", "t", "x"] {
            driver.set_cell("t", "r", id, "2");
            driver.set_value(id, "2");
        }
    });
    assert_eq!(driver.tables(), tables);
    assert_eq!(driver.values(), values);
    driver.rolled_back(|driver| {
        driver.del_tables();
        driver.del_values();
    });
    assert_eq!(driver.tables(), tables);
    assert_eq!(driver.values(), values);
}

#[test]
fn a_zero_that_was_overwritten_is_set_only_if_it_differs() {
    let mut driver = Driver::with("t.r.c=-0");
    driver.rolled_back(|driver| {
        driver.set_cell("t", "r", "c", "1");
        driver.set_cell("t", "r", "c", "0");
    });
    assert_eq!(driver.cell("t", "r", "c"), "0");
}

#[test]
fn rows_that_were_rolled_back_are_old_to_the_next_transaction() {
    let mut driver = Driver::with("t.r.c=1 t.s.c=1");
    driver.rolled_back(|driver| driver.del_row("t", "r"));
    driver.together(|driver| {
        driver.set_cell("t", "r", "c", "2");
        assert_eq!(driver.changes(), "t.r.c=2");
        assert_eq!(driver.cell_change("t", "r", "c"), "touched 1->2");
    });
    driver.rolled_back(|driver| driver.set_cell("t", "r", "c", "3"));
    assert_eq!(driver.cell("t", "r", "c"), "2");
}

#[test]
fn what_is_written_after_a_rollback_can_be_rolled_back_in_its_turn() {
    let mut driver = Driver::with("t.r.c=1 t.s.c=1");
    driver.react(
        "will",
        crate::store::Kind::WillFinishTransaction,
        &[],
        |driver, _| {
            driver.set_cell("t", "r", "c", "5");
            driver.set_cell("t", "r", "d", "5");
            assert_eq!(driver.changes(), "t.r.c=5 t.r.d=5");
            Err("will")
        },
    );
    let outcome = driver.transaction_unless(
        |driver| {
            driver.del_row("t", "r");
            Ok(())
        },
        Some(&|_| Ok(true)),
    );
    assert_eq!(outcome, Err("will"));
    assert_eq!(driver.tables(), "t.s.c=1 t.r.c=1");
}
