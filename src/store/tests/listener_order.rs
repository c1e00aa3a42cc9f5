//! In which order listeners are called.

use super::harness::Driver;
use crate::store::{KINDS, Kind, ListenerId, Step};

const ANY: [&str; 3] = ["*"; 3];

#[test]
fn exact_ids_come_before_wildcards_at_every_level() {
    let mut driver = Driver::new();
    for table in ["*", "t"] {
        for row in ["*", "r"] {
            for cell in ["*", "c"] {
                let label = [table, row, cell].join(" ");
                driver.name(&label, Kind::Cell, &[table, row, cell]);
            }
        }
    }
    driver.set_cell("t", "r", "c", "1");
    driver.expect(&[
        "t r c", "t r *", "t * c", "t * *", "* r c", "* r *", "* * c", "* * *",
    ]);
}

#[test]
fn shorter_paths_have_the_same_order() {
    let mut driver = Driver::new();
    for table in ["*", "t"] {
        for row in ["*", "r"] {
            let label = format!("row {table} {row}");
            driver.name(&label, Kind::Row, &[table, row]);
        }
        driver.name(&format!("table {table}"), Kind::Table, &[table]);
        driver.name(&format!("rowIds {table}"), Kind::RowIds, &[table]);
    }
    driver.set_cell("t", "r", "c", "1");
    driver.expect(&[
        "rowIds t", "rowIds *", "row t r", "row t *", "row * r", "row * *", "table t", "table *",
    ]);
}

#[test]
fn listeners_of_one_path_are_called_in_order_of_registration_whatever_their_ids() {
    let mut driver = Driver::new();
    let path = ["t", "r", "c"];
    let first = driver.name("a", Kind::Cell, &path);
    driver.name("b", Kind::Cell, &path);
    driver.name("c", Kind::Cell, &path);
    driver.remove(first);
    assert_eq!(
        driver.name("d", Kind::Cell, &path),
        first,
        "the id is used again"
    );
    driver.set_cell("t", "r", "c", "1");
    driver.expect(&["b", "c", "d"]);
}

#[test]
fn changes_are_told_by_table_row_and_cell_in_the_order_of_first_touch() {
    let mut driver = Driver::with("t1.r1.a=1 t1.r2.a=1 t2.r1.a=1");
    for kind in [Kind::Cell, Kind::Row, Kind::Table, Kind::Tables] {
        driver.watch(kind, &ANY[..kind.arity()]);
    }
    driver.together(|driver| {
        driver.set_cell("t1", "r2", "a", "2");
        driver.set_cell("t2", "r1", "a", "2");
        driver.set_cell("t1", "r1", "a", "2");
        driver.set_cell("t1", "r2", "b", "2");
        driver.set_cell("t1", "r2", "a", "3");
    });
    driver.expect(&[
        "cell t1.r2.a 1->3",
        "cell t1.r2.b undefined->2",
        "row t1.r2",
        "cell t1.r1.a 1->2",
        "row t1.r1",
        "table t1",
        "cell t2.r1.a 1->2",
        "row t2.r1",
        "table t2",
        "tables",
    ]);
}

#[test]
fn writing_what_is_there_is_no_touch() {
    let mut driver = Driver::with("t.r.a=1 t.r.b=1");
    driver.watch(Kind::Cell, &ANY);
    driver.together(|driver| {
        driver.set_cell("t", "r", "a", "1");
        driver.set_cell("t", "r", "b", "2");
        driver.set_cell("t", "r", "a", "2");
    });
    driver.expect(&["cell t.r.b 1->2", "cell t.r.a 1->2"]);
}

#[test]
fn a_cell_that_went_back_and_changed_again_keeps_its_first_place() {
    let mut driver = Driver::with("t.r.a=1 t.r.b=1");
    driver.watch(Kind::Cell, &ANY);
    driver.together(|driver| {
        driver.set_cell("t", "r", "a", "2");
        driver.set_cell("t", "r", "a", "1");
        driver.set_cell("t", "r", "b", "2");
        driver.set_cell("t", "r", "a", "3");
    });
    driver.expect(&["cell t.r.a 1->3", "cell t.r.b 1->2"]);
}

#[test]
fn a_cell_of_a_new_row_that_had_gone_keeps_its_first_place() {
    let mut driver = Driver::new();
    driver.watch(Kind::Cell, &ANY);
    driver.together(|driver| {
        driver.set_partial_row("t", "r", "b=1");
        driver.del_table("t");
        driver.set_table("t", "r.a=null r.c=x r.b=2");
    });
    driver.expect(&[
        "cell t.r.b undefined->2",
        "cell t.r.a undefined->null",
        "cell t.r.c undefined->x",
    ]);
}

#[test]
fn deleting_a_table_tells_of_every_cell_in_order() {
    let mut driver = Driver::with("t.r2.b=1 t.r2.a=2 t.1.c=3 u.r.c=1");
    driver.watch_all();
    driver.del_tables();
    driver.expect(&[
        "start",
        "willFinish",
        "hasTables false",
        "tableIds -t -u",
        "hasTable t false",
        "hasTable u false",
        "tableCellIds t -b -a -c",
        "hasTableCell t.b false",
        "hasTableCell t.a false",
        "hasTableCell t.c false",
        "tableCellIds u -c",
        "hasTableCell u.c false",
        "rowCount t 0",
        "rowCount u 0",
        "rowIds t -r2 -1",
        "hasRow t.r2 false",
        "hasRow t.1 false",
        "rowIds u -r",
        "hasRow u.r false",
        "cellIds t.r2 -b -a",
        "hasCell t.r2.b false",
        "hasCell t.r2.a false",
        "cellIds t.1 -c",
        "hasCell t.1.c false",
        "cellIds u.r -c",
        "hasCell u.r.c false",
        "cell t.r2.b 1->undefined",
        "cell t.r2.a 2->undefined",
        "row t.r2",
        "cell t.1.c 3->undefined",
        "row t.1",
        "table t",
        "cell u.r.c 1->undefined",
        "row u.r",
        "table u",
        "tables",
        "didFinish",
    ]);
}

#[test]
fn deleting_the_last_cell_deletes_its_row_and_table() {
    let mut driver = Driver::with("t.r.c=1");
    driver.watch_changes();
    driver.del_cell("t", "r", "c");
    driver.expect(&[
        "start",
        "willFinish",
        "tableIds -t",
        "rowIds t -r",
        "cellIds t.r -c",
        "cell t.r.c 1->undefined",
        "row t.r",
        "table t",
        "tables",
        "didFinish",
    ]);
    assert_eq!(driver.table_ids(), "");
}

#[test]
fn values_are_told_of_in_the_order_of_first_touch() {
    let mut driver = Driver::new();
    driver.set_values("a=1 b=2 c=3");
    driver.watch_changes();
    driver.set_values("d=4 b=5");
    driver.expect(&[
        "start",
        "willFinish",
        "valueIds +d -a -c",
        "value d undefined->4",
        "value b 2->5",
        "value a 1->undefined",
        "value c 3->undefined",
        "values",
        "didFinish",
    ]);
}

#[test]
fn a_path_that_no_id_can_match_is_never_called() {
    let mut driver = Driver::new();
    let path = [Step::Any, Step::Never, Step::Any];
    driver.store.add_listener(Kind::Cell, false, path);
    driver.watch(Kind::Tables, &[]);
    // A call of a listener that the driver does not know would fail.
    driver.set_cell("t", "r", "c", "1");
    driver.expect(&["tables"]);
}

#[test]
fn listener_ids_of_all_kinds_come_from_one_pool_first_in_first_out() {
    let mut driver = Driver::new();
    let ids: Vec<ListenerId> = KINDS
        .iter()
        .map(|kind| driver.watch(*kind, &ANY[..kind.arity()]))
        .collect();
    let numbers: Vec<u32> = ids.iter().map(|id| id.0).collect();
    assert_eq!(numbers, (0..KINDS.len() as u32).collect::<Vec<_>>());
    driver.remove(ids[5]);
    driver.remove(ids[2]);
    assert!(!driver.store.remove_listener(ids[2]), "it has gone already");
    let next: Vec<u32> = (0..3).map(|_| driver.watch(Kind::Tables, &[]).0).collect();
    assert_eq!(next, [5, 2, KINDS.len() as u32]);
}

#[test]
fn listeners_are_counted_by_kind() {
    let mut driver = Driver::new();
    let plain = driver.watch(Kind::Row, &["t", "*"]);
    driver.mutate("", Kind::Row, &["*", "r"], |_, _| Ok(()));
    assert_eq!(driver.store.listener_count(Kind::Row), 2);
    assert_eq!(driver.store.listener_count(Kind::Table), 0);
    driver.remove(plain);
    assert_eq!(driver.store.listener_count(Kind::Row), 1);
}

#[test]
fn kinds_are_numbered_as_they_are_listed() {
    for (number, kind) in KINDS.iter().enumerate() {
        assert_eq!(*kind as usize, number);
    }
}
