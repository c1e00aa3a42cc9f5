//! Listeners to whether something is there, to how many rows there are, and to the cell ids in use.

use super::harness::Driver;
use crate::store::Kind;
use std::cell::Cell;
use std::rc::Rc;

/// A store that tells of these kinds only, each with any path.
fn watched(kinds: &[Kind], tables: &str) -> Driver {
    let mut driver = Driver::with(tables);
    for kind in kinds {
        driver.watch(*kind, &["*"; 3][..kind.arity()]);
    }
    driver
}

#[test]
fn presence_is_told_of_when_it_differs_from_the_start_of_the_transaction() {
    let mut driver = watched(&[Kind::HasTables, Kind::HasValues], "");
    driver.set_cell("t", "r", "c", "1");
    driver.set_value("v", "1");
    driver.expect(&["hasTables true", "hasValues true"]);
    driver.set_cell("u", "r", "c", "1");
    driver.set_value("w", "1");
    driver.together(|driver| {
        driver.del_tables();
        driver.set_cell("x", "r", "c", "1");
        driver.del_values();
        driver.set_value("x", "1");
    });
    driver.expect(&[]);
    driver.del_tables();
    driver.del_values();
    driver.expect(&["hasTables false", "hasValues false"]);
    driver.together(|driver| {
        driver.set_cell("t", "r", "c", "1");
        driver.del_tables();
    });
    driver.rolled_back(|driver| driver.set_cell("t", "r", "c", "1"));
    driver.expect(&[]);
}

#[test]
fn a_mutator_that_takes_the_only_table_out_leaves_no_presence_to_tell_of() {
    let mut driver = Driver::new();
    driver.mutate("", Kind::HasTables, &[], |driver, _| {
        driver.del_tables();
        Ok(())
    });
    driver.mutate("", Kind::HasTables, &[], |_, _| Ok(()));
    driver.mutate("", Kind::HasRow, &["*", "*"], |_, _| Ok(()));
    driver.watch(Kind::HasTables, &[]);
    driver.watch(Kind::HasRow, &["*", "*"]);
    driver.set_cell("t", "r", "c", "1");
    driver.expect(&["hasTables true", "hasTables true", "hasRow t.r true"]);
}

#[test]
fn each_id_is_told_of_alone_after_its_group() {
    let mut driver = watched(
        &[
            Kind::TableIds,
            Kind::HasTable,
            Kind::RowIds,
            Kind::HasRow,
            Kind::CellIds,
            Kind::HasCell,
        ],
        "t.r.a=1 t.s.a=1",
    );
    driver.together(|driver| {
        driver.del_row("t", "r");
        driver.set_cell("t", "q", "b", "1");
        driver.set_cell("u", "r", "a", "1");
    });
    driver.expect(&[
        "tableIds +u",
        "hasTable u true",
        "rowIds t -r +q",
        "hasRow t.r false",
        "hasRow t.q true",
        "rowIds u +r",
        "hasRow u.r true",
        "cellIds t.r -a",
        "hasCell t.r.a false",
        "cellIds t.q +b",
        "hasCell t.q.b true",
        "cellIds u.r +a",
        "hasCell u.r.a true",
    ]);
}

#[test]
fn exact_ids_come_before_wildcards_for_each_id_alone() {
    let mut driver = Driver::new();
    for table in ["*", "t"] {
        for row in ["*", "r"] {
            driver.name(
                &format!("hasRow {table} {row}"),
                Kind::HasRow,
                &[table, row],
            );
        }
        driver.name(&format!("hasTable {table}"), Kind::HasTable, &[table]);
        driver.name(&format!("rowCount {table}"), Kind::RowCount, &[table]);
    }
    driver.set_cell("t", "r", "c", "1");
    driver.expect(&[
        "hasTable t",
        "hasTable *",
        "rowCount t",
        "rowCount *",
        "hasRow t r",
        "hasRow t *",
        "hasRow * r",
        "hasRow * *",
    ]);
}

#[test]
fn a_row_count_is_told_of_when_it_differs_in_the_end() {
    let mut driver = watched(&[Kind::RowCount], "t.r.a=1 u.r.a=1");
    driver.together(|driver| {
        driver.del_row("t", "r");
        driver.set_cell("u", "s", "a", "1");
        driver.set_cell("t", "s", "a", "1");
    });
    driver.expect(&["rowCount u 2"]);
    driver.together(|driver| {
        driver.set_cell("u", "q", "a", "1");
        driver.set_cell("t", "q", "a", "1");
        driver.del_row("u", "q");
        driver.set_cell("u", "p", "a", "1");
    });
    driver.expect(&["rowCount u 3", "rowCount t 2"]);
    // The first one had gone for a while, so it is last.
    driver.del_tables();
    driver.expect(&["rowCount u 0", "rowCount t 0"]);
}

#[test]
fn a_mutator_is_told_how_many_rows_there_are_when_its_turn_comes() {
    let mut driver = Driver::new();
    driver.mutate("", Kind::RowCount, &["*"], |driver, _| {
        driver.del_table("u");
        Ok(())
    });
    driver.set_tables("t.r.c=1 t.s.c=1 u.r.c=1");
    driver.expect(&["rowCount t 2", "rowCount u 0"]);
}

#[test]
fn a_cell_id_is_in_use_as_long_as_any_row_has_it() {
    let mut driver = watched(
        &[Kind::TableCellIds, Kind::HasTableCell],
        "t.r.a=1 t.r.z=1 t.s.z=1",
    );
    driver.together(|driver| {
        driver.del_cell("t", "r", "a");
        driver.set_cell("t", "s", "a", "1");
        driver.del_cell("t", "r", "z");
    });
    driver.expect(&[]);
    driver.del_cell("t", "s", "z");
    driver.expect(&["tableCellIds t -z", "hasTableCell t.z false"]);
}

#[test]
fn cell_ids_are_told_of_in_the_order_in_which_they_came_into_use() {
    let mut driver = watched(&[Kind::TableCellIds], "");
    // The cells of new rows, one of which comes in between.
    driver.together(|driver| {
        driver.set_cell("t", "r", "a", "1");
        driver.set_cell("t", "s", "b", "1");
        driver.set_cell("t", "r", "c", "1");
    });
    driver.expect(&["tableCellIds t +a +b +c"]);
    driver.together(|driver| {
        driver.del_cell("t", "r", "a");
        driver.set_cell("t", "s", "d", "1");
        driver.set_cell("t", "s", "a", "1");
        driver.del_cell("t", "s", "a");
        driver.del_row("t", "s");
    });
    driver.expect(&["tableCellIds t -a -b"]);
    // A table that is taken over as it was staged.
    driver.set_tables("u.r.x=1 u.s.y=1 u.s.x=1");
    driver.expect(&["tableCellIds u +x +y", "tableCellIds t -c"]);
}

#[test]
fn who_begins_to_listen_to_ids_when_nobody_did_hears_of_the_next_transaction() {
    for has_other in [false, true] {
        let mut driver = Driver::new();
        driver.react("", Kind::HasTables, &[], |driver, _| {
            driver.name("added", Kind::HasCell, &["*", "*", "*"]);
            Ok(())
        });
        if has_other {
            driver.name("other", Kind::RowCount, &["*"]);
        }
        driver.set_cell("t", "r", "c", "1");
        match has_other {
            false => driver.expect(&["hasTables true"]),
            true => driver.expect(&["hasTables true", "other", "added"]),
        }
        driver.set_cell("t", "r", "d", "1");
        driver.expect(&["added"]);
    }
}

#[test]
fn a_peer_that_a_listener_to_one_id_adds_is_called_for_it_too() {
    let mut driver = Driver::new();
    driver.react("first", Kind::HasRow, &["t", "r1"], |driver, _| {
        driver.name("peer", Kind::HasRow, &["t", "r1"]);
        driver.name("next", Kind::HasRow, &["t", "r2"]);
        driver.name("too late", Kind::RowIds, &["t"]);
        Ok(())
    });
    driver.set_tables("t.r1.c=1 t.r2.c=1");
    driver.expect(&["first", "peer", "next"]);
}

#[test]
fn the_last_listener_of_a_level_may_go_and_one_of_the_next_come() {
    let mut driver = Driver::new();
    let id = Rc::new(Cell::new(None));
    let own = Rc::clone(&id);
    let listener = driver.react("rows", Kind::HasRow, &["*", "*"], move |driver, _| {
        driver.store.remove_listener(own.get().unwrap());
        driver.name("cells", Kind::HasCell, &["*", "*", "*"]);
        Ok(())
    });
    id.set(Some(listener));
    driver.set_tables("t.r.a=1 t.r.b=1 t.s.a=1");
    driver.expect(&["rows", "cells", "cells", "cells"]);
}

#[test]
fn counting_listeners_counts_mutators_and_forgets_the_deleted() {
    let mut driver = Driver::new();
    let first = driver.watch(Kind::HasRow, &["t", "*"]);
    driver.watch(Kind::HasRow, &["t", "*"]);
    driver.mutate("", Kind::HasRow, &["*", "*"], |_, _| Ok(()));
    assert_eq!(driver.store.listener_count(Kind::HasRow), 3);
    driver.remove(first);
    assert_eq!(driver.store.listener_count(Kind::HasRow), 2);
    assert_eq!(driver.store.listener_count(Kind::HasCell), 0);
}

#[test]
fn the_log_tells_what_was_touched_even_if_nothing_differs() {
    let mut driver = Driver::with("t.r.c=1");
    assert_eq!(driver.store.touches(), (false, false));
    driver.together(|driver| {
        driver.set_cell("t", "r", "c", "1");
        assert_eq!(driver.store.touches(), (false, false));
        driver.set_cell("t", "r", "c", "2");
        driver.set_cell("t", "r", "c", "1");
        assert_eq!(driver.store.touches(), (true, false));
        driver.set_value("v", "1");
        driver.del_value("v");
        assert_eq!(driver.store.touches(), (true, true));
        assert!(!driver.store.has_changed());
        let ids = driver.store.id_changes();
        assert!(ids.tables.is_empty() && ids.rows.is_empty() && ids.values.is_empty());
    });
    assert_eq!(driver.store.touches(), (false, false));
}
