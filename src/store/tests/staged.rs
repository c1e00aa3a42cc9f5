//! Input that is staged before any of it is applied.

use super::harness::Driver;
use crate::store::{Cell, Staged, Table, TextId, Texts};

fn number(number: u32) -> Cell {
    Cell::number(f64::from(number)).unwrap()
}

/// The rows of a staged table, each with the ids of its cells.
fn rows(table: &Table) -> Vec<(u32, Vec<u32>)> {
    let cells = |slot| -> Vec<u32> {
        let columns = table.row_columns(slot);
        columns
            .iter()
            .map(|column| table.column_id(*column).unwrap().0)
            .collect()
    };
    table.rows().map(|(id, slot)| (id.0, cells(slot))).collect()
}

#[test]
fn cells_become_rows_and_rows_become_tables_as_they_end() {
    let texts = Texts::default();
    let mut staged = Staged::default();
    staged.cell(&texts, TextId(1), number(1));
    staged.cell(&texts, TextId(2), number(2));
    staged.end_row(&texts, TextId(10));
    staged.cell(&texts, TextId(3), number(3));
    staged.end_row(&texts, TextId(11));
    staged.end_table(&texts, TextId(20));
    staged.cell(&texts, TextId(4), number(4));
    staged.end_row(&texts, TextId(12));

    let [(id, table)] = &staged.tables[..] else {
        panic!("one table has ended");
    };
    assert_eq!(id.0, 20);
    assert_eq!(rows(&table.table), [(10, vec![1, 2]), (11, vec![3])]);
    let rest = staged.take_table(&texts).table;
    assert_eq!(rows(&rest), [(12, vec![4])]);
    assert!(rows(&staged.take_table(&texts).table).is_empty());
}

#[test]
fn rows_without_cells_and_tables_without_rows_are_not_set() {
    let mut driver = Driver::with("t.r.c=1");
    let [t, u, r, s] = ["t", "u", "r", "s"].map(|id| driver.id(id));
    driver.together(|driver| {
        let texts = &driver.store.texts;
        let mut staged = Staged::default();
        staged.end_row(texts, r);
        staged.end_table(texts, t);
        staged.cell(texts, s, number(1));
        staged.end_table(texts, u);
        driver.store.set_tables(staged.tables);
    });
    assert_eq!(driver.tables(), "t.r.c=1", "a cell is no row yet");
}

#[test]
fn of_equal_ids_in_one_table_the_later_row_counts_and_the_earlier_gives_the_place() {
    let mut driver = Driver::with("t.old.c=1 u.r.c=1");
    driver.set_tables("new.r.a=1 new.r.b=2 new.s.a=1 new.r.b=3 t.s.a=1 t.r.a=1 t.s.b=2");
    assert_eq!(driver.tables(), "t.s.b=2 t.r.a=1 new.r.b=3 new.s.a=1");
    assert_eq!(
        driver.tables_json(),
        r#"{"t":{"s":{"b":2},"r":{"a":1}},"new":{"r":{"b":3},"s":{"a":1}}}"#
    );
}

#[test]
fn a_table_that_is_new_and_one_that_is_there_end_up_alike() {
    let content = "t.9.b=1 t.9.a=x t.10.a={} t.r.b=null";
    let mut new = Driver::new();
    new.set_table("t", &content.replace("t.", ""));
    let mut there = Driver::with("t.old.c=1");
    there.set_table("t", &content.replace("t.", ""));
    for driver in [&mut new, &mut there] {
        assert_eq!(driver.tables(), content);
        assert_eq!(driver.table_cell_ids("t"), "b a");
        assert_eq!(driver.table("t").unwrap().row_count(), 3);
        let json = "{\"t\":{\"9\":{\"b\":1,\"a\":\"x\"},\"10\":{\"a\":\"\u{FFFD}{}\"},\"r\":{\"b\":null}}}";
        assert_eq!(driver.tables_json(), json);
        driver.set_cell("t", "9", "a", "2");
        driver.set_cell("t", "new", "d", "2");
        driver.del_cell("t", "10", "a");
        assert_eq!(driver.tables(), "t.9.b=1 t.9.a=2 t.r.b=null t.new.d=2");
    }
}

#[test]
fn the_texts_of_a_table_that_was_taken_over_are_kept_and_freed_like_any_other() {
    let mut driver = Driver::new();
    let rows = |round: u32| {
        let cells = (0..5_000).map(|row| format!("t.r{round}-{row}.c{round}=text{round}-{row}"));
        cells.collect::<Vec<_>>().join(" ")
    };
    for round in 0..5 {
        driver.set_tables(&rows(round));
        assert_eq!(driver.tables(), rows(round));
        driver.del_tables();
        assert!(driver.store.text_count() < 15_000);
    }
    driver.set_tables(&rows(9));
    for number in 0..20_000 {
        driver.id(&format!("sweep {number}"));
    }
    driver.set_value("v", "1");
    assert_eq!(driver.store.find(b"sweep 7"), None);
    assert_eq!(driver.tables(), rows(9));
}

#[test]
fn rows_of_any_length_keep_their_own_cells() {
    let texts = Texts::default();
    let mut staged = Staged::default();
    let lengths = [1, 3, 3, 5_000, 3, 64, 1, 4_095, 2, 3];
    let cell = |row: u32, at: u32| number(row * 10_000 + at);
    for (row, length) in (0..).zip(lengths) {
        for at in 0..length {
            staged.cell(&texts, TextId(at), cell(row, at));
        }
        staged.end_row(&texts, TextId(row));
    }
    let table = staged.take_table(&texts).table;
    for (row, length) in (0..).zip(lengths) {
        let slot = table.find(TextId(row)).unwrap();
        let columns = table.row_columns(slot);
        assert_eq!(columns.len(), length as usize);
        for (at, column) in (0..).zip(columns.iter()) {
            assert_eq!(table.column_id(*column), Some(TextId(at)));
            assert!(table.cell(slot, *column).is_identical(cell(row, at)));
        }
    }
}

#[test]
fn what_was_staged_is_gone_once_it_is_cleared() {
    let texts = Texts::default();
    let mut staged = Staged::default();
    for _ in 0..2 {
        staged.cell(&texts, TextId(1), number(1));
        staged.end_row(&texts, TextId(1));
        staged.end_table(&texts, TextId(2));
        staged.values.push((TextId(4), number(4)));
        staged.cell(&texts, TextId(3), number(3));
        staged.end_row(&texts, TextId(5));
        assert_eq!((staged.tables.len(), staged.values.len()), (1, 1));
        assert_eq!(staged.latest_row().map(|(id, _)| id), Some(TextId(5)));
        staged.clear();
        assert!(staged.tables.is_empty() && staged.values.is_empty());
        assert!(staged.latest_row().is_none());
        assert!(rows(&staged.take_table(&texts).table).is_empty());
    }
}
