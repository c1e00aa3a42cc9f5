//! Random saves of few rows, many rows and everything, by who is in step and who is not, and gathering in between: what
//! is loaded is always what a simple model says.

use super::place::{Place, key_of};
use super::*;
use std::fmt::Write;

/// Numbers that look random, from a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        ((mixed ^ (mixed >> 27)) >> 16) % limit
    }
}

type Cells = Vec<(String, String)>;

/// The tables with their rows, in the order in which they came.
#[derive(Default)]
struct Model(Vec<(String, Vec<(String, Cells)>)>);

impl Model {
    fn row(&mut self, table: &str, row: &str) -> &mut Cells {
        let at = |names: Vec<&String>, name: &str| names.iter().position(|known| *known == name);
        let table_at = at(self.0.iter().map(|(id, _)| id).collect(), table).unwrap_or_else(|| {
            self.0.push((table.to_owned(), Vec::new()));
            self.0.len() - 1
        });
        let rows = &mut self.0[table_at].1;
        let row_at = at(rows.iter().map(|(id, _)| id).collect(), row).unwrap_or_else(|| {
            rows.push((row.to_owned(), Vec::new()));
            rows.len() - 1
        });
        &mut rows[row_at].1
    }

    fn delete(&mut self, table: &str, row: &str) {
        for (id, rows) in &mut self.0 {
            if id == table {
                rows.retain(|(id, _)| id != row);
            }
        }
        self.0.retain(|(_, rows)| !rows.is_empty());
    }

    fn has(&self, table: &str, row: &str) -> bool {
        let mut tables = self.0.iter().filter(|(id, _)| id == table);
        tables.any(|(_, rows)| rows.iter().any(|(id, _)| id == row))
    }

    fn text(&self) -> String {
        let tables = self.0.iter().map(|(table, rows)| {
            let rows = rows.iter().map(|(row, cells)| {
                let cells = cells
                    .iter()
                    .map(|(cell, value)| format!("\"{cell}\":{value}"));
                format!("\"{row}\":{{{}}}", cells.collect::<Vec<_>>().join(","))
            });
            format!("\"{table}\":{{{}}}", rows.collect::<Vec<_>>().join(","))
        });
        format!("[{{{}}},{{}}]", tables.collect::<Vec<_>>().join(","))
    }
}

/// Edits of so many rows, done to the model; gives their text, and that of the whole rows.
fn edit(random: &mut Random, model: &mut Model, count: u64) -> (String, String) {
    let mut gone = Vec::new();
    let (mut set, mut whole) = (Model::default(), Model::default());
    let mut ids: Vec<(String, String)> = (0..count)
        .map(|_| {
            (
                format!("t{}", random.below(4)),
                format!("r{}", random.below(300)),
            )
        })
        .collect();
    ids.sort();
    ids.dedup();
    // Tables in some order.
    let turn = random.below(4) as usize;
    ids.sort_by_key(|(table, _)| (table.as_bytes()[1] as usize + turn) % 4);
    let what: Vec<u64> = ids.iter().map(|_| random.below(5)).collect();
    for ((table, row), what) in ids.iter().zip(&what) {
        // Deleted, or replaced.
        if *what < 2 && model.has(table, row) {
            model.delete(table, row);
            gone.push(format!("[\"{table}\",\"{row}\"]"));
        }
    }
    for ((table, row), what) in ids.iter().zip(&what) {
        if *what > 0 {
            let cell = (
                format!("c{}", random.below(3)),
                format!("\"{:0250}\"", random.below(9999)),
            );
            let cells = model.row(table, row);
            match cells.iter_mut().find(|(id, _)| *id == cell.0) {
                Some(known) => *known = cell.clone(),
                None => cells.push(cell.clone()),
            }
            *whole.row(table, row) = cells.clone();
            set.row(table, row).push(cell);
        }
    }
    let mut edits = set.text();
    edits.pop();
    write!(edits, ",[{}]]", gone.join(",")).unwrap();
    (edits, whole.text())
}

/// Whether those rows are found as they are without reading everything.
fn check_some(place: &Place, model: &Model) {
    let ids: Vec<(String, String)> = (0..4)
        .flat_map(|table| (0..300).step_by(149).map(move |row| (table, row)))
        .map(|(table, row)| (format!("\"t{table}\""), format!("\"r{row}\"")))
        .collect();
    for (table, row) in &ids {
        let id = (table.as_bytes(), row.as_bytes());
        let found = place.texts_of(&[id]).records_of(&[id]).unwrap();
        let is_there = found[0].is_some();
        assert_eq!(
            is_there,
            model.has(table.trim_matches('"'), row.trim_matches('"')),
            "{}",
            key_of(id)
        );
    }
}

#[test]
fn whatever_is_saved_in_whatever_way_is_what_is_loaded() {
    for seed in 0..4 {
        let mut random = Random(seed);
        let (mut place, mut model) = (Place::default(), Model::default());
        let mut book = Book::default();
        for step in 0..25 {
            let count = [1, 10, 65, 100, 700][random.below(5) as usize];
            let (edits, whole) = edit(&mut random, &mut model, count);
            match random.below(10) {
                0 => {
                    let text = model.text();
                    let (writes, new_book) = write_all(&split(&text).unwrap());
                    place.take(writes, &new_book);
                    book = new_book;
                }
                1..4 => {
                    place.merge(&edits);
                    // Whoever was not in step reads again.
                    book = place.load().book;
                }
                _ => place.edit(&edits, &whole, &mut book),
            }
            assert_eq!(place.load().text, model.text(), "seed {seed}, step {step}");
            if random.below(8) == 0 {
                place.gather();
                book.set_gathered();
                assert!(place.rows.is_empty());
                assert!(place.pages.keys().all(|number| *number < place.page_count));
                assert_eq!(
                    place.load().text,
                    model.text(),
                    "seed {seed}, gathered at {step}"
                );
            }
            check_some(&place, &model);
        }
        assert!(place.page_count > 1);
    }
}

#[test]
fn what_stands_apart_is_gathered_before_it_is_much() {
    let mut random = Random(0);
    let (mut place, mut model) = (Place::default(), Model::default());
    let mut book = Book::default();
    let mut gathered = 0;
    for _ in 0..60 {
        let count = [60, 300][random.below(2) as usize];
        let (edits, whole) = edit(&mut random, &mut model, count);
        place.edit(&edits, &whole, &mut book);
        if book.is_scattered() {
            place.gather();
            book.set_gathered();
            assert!(!book.is_scattered());
            gathered += 1;
        }
        assert!(place.rows.len() < 1300);
        let supplements: Vec<&String> = place
            .pages
            .range(MOST_PAGES..)
            .map(|(_, text)| text)
            .collect();
        let lines: usize = supplements.iter().map(|text| text.lines().count()).sum();
        assert!(lines < 2300, "{lines}");
    }
    assert!((2..30).contains(&gathered), "{gathered}");
    assert_eq!(place.load().text, model.text());
}
