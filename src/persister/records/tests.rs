//! Tests of records: there and back, edits, and what two tabs do at once.

use super::*;
use crate::store::json::Scanner;
use std::collections::BTreeMap;

/// A place of records, as simple as can be; keys are as they are written.
#[derive(Default)]
struct Place {
    rows: BTreeMap<String, String>,
    values: BTreeMap<String, String>,
    next: u64,
}

fn key_of(id: RowId<'_>) -> String {
    let text = |id: Piece<'_>| String::from_utf8(id.to_vec()).unwrap();
    format!("[{},{}]", text(id.0), text(id.1))
}

fn take(batch: Batch, records: &mut BTreeMap<String, String>) {
    let (puts, deletes) = batch.into_texts();
    let each = |text: String, take: &mut dyn FnMut(&mut Scanner<'_>)| {
        let mut scanner = Scanner::new(text.as_bytes());
        text::elements(&mut scanner, |scanner| {
            take(scanner);
            Ok(())
        })
        .unwrap();
    };
    let key = |scanner: &mut Scanner<'_>| {
        String::from_utf8(text::any(scanner).unwrap().to_vec()).unwrap()
    };
    for text in deletes {
        each(text, &mut |scanner| drop(records.remove(&key(scanner))));
    }
    for text in puts {
        each(text, &mut |scanner| {
            scanner.expect(b'[').unwrap();
            let key = key(scanner);
            scanner.expect(b',').unwrap();
            scanner.peek();
            let record = String::from_utf8(scanner.string().unwrap().to_vec()).unwrap();
            scanner.expect(b']').unwrap();
            records.insert(key, record);
        });
    }
}

impl Place {
    fn take(&mut self, writes: Writes, book: &Book) {
        take(writes.rows, &mut self.rows);
        take(writes.values, &mut self.values);
        self.next = book.next();
    }

    fn load(&self) -> Loaded {
        let join = |records: &BTreeMap<String, String>| {
            let records: Vec<&str> = records.values().map(String::as_str).collect();
            records.join("\n")
        };
        load(&join(&self.rows), &join(&self.values)).unwrap()
    }

    fn row(&self, id: RowId<'_>) -> Option<String> {
        self.rows.get(&key_of(id)).cloned()
    }

    fn value(&self, id: Piece<'_>) -> Option<String> {
        self.values.get(str::from_utf8(id).unwrap()).cloned()
    }

    fn merge(&mut self, edits: &str) {
        let edits = Edits::read(edits).unwrap();
        let rows = edits.touched_rows();
        let first_of = |id: &RowId<'_>| {
            let start = format!("[{},", str::from_utf8(id.0).unwrap());
            let mut rows = self.rows.iter();
            rows.find(|(key, _)| key.starts_with(&start))
                .map(|(_, record)| record.clone())
        };
        let stored = Stored {
            tables: rows.iter().filter_map(first_of).collect(),
            rows: rows.into_iter().map(|id| (id, self.row(id))).collect(),
            values: edits
                .set
                .values
                .iter()
                .filter_map(|value| self.value(value.id))
                .collect(),
            next: self.next,
        };
        let (writes, book) = merge(&edits, &stored).unwrap();
        self.take(writes, &book);
    }
}

fn saved(text: &str) -> Place {
    let mut place = Place::default();
    let (writes, book) = write_all(&split(text).unwrap());
    place.take(writes, &book);
    place
}

#[test]
fn what_is_saved_whole_is_loaded_in_its_order() {
    for text in [
        "[{},{}]",
        r#"[{},{"z":1,"a":"\ufffd{}","":null}]"#,
        r#"[{"z":{"r2":{"b":1,"a":2},"r1":{"c":"x\n\"y\""}},"a":{"":{"":true}}},{"v":-1.5e-7}]"#,
        r#"[{"__proto__":{"__proto__":{"__proto__":1}},"\ud83d":{"\udc00":{"\ud83d":"\ud83d"}}},{}]"#,
    ] {
        assert_eq!(saved(text).load().text, text);
    }
}

#[test]
fn edits_change_the_edited_records_alone() {
    let mut place = saved(r#"[{"t":{"b":{"x":1},"a":{"x":2}},"s":{"r":{"y":1}}},{"v":1,"w":2}]"#);
    let mut book = place.load().book;
    let before = place.rows.clone();
    let edits = Edits::read(
        r#"[{"t":{"a":{"x":3},"c":{"x":4}},"n":{"r":{"z":1}}},{"u":3,"v":4},[["s","r"],["w"]]]"#,
    )
    .unwrap();
    let whole = split(r#"[{"t":{"a":{"x":3},"c":{"x":4}},"n":{"r":{"z":1}}},{}]"#).unwrap();
    let writes = write_edited(&edits, &whole, &mut book);
    place.take(writes, &book);
    assert_eq!(
        place.load().text,
        r#"[{"t":{"b":{"x":1},"a":{"x":3},"c":{"x":4}},"n":{"r":{"z":1}}},{"v":4,"u":3}]"#
    );
    let unchanged = r#"["t","b"]"#;
    assert_eq!(place.rows.get(unchanged), before.get(unchanged));
}

#[test]
fn a_table_keeps_its_place_when_its_first_row_goes_and_loses_it_with_its_last() {
    let mut place = saved(r#"[{"t":{"a":{"x":1}},"s":{"r":{"x":1}}},{}]"#);
    let mut book = place.load().book;
    let mut edit = |edits: &str, whole: &str| {
        let writes = write_edited(
            &Edits::read(edits).unwrap(),
            &split(whole).unwrap(),
            &mut book,
        );
        place.take(writes, &book);
        place.load().text
    };
    assert_eq!(
        edit(
            r#"[{"t":{"b":{"x":2}}},{},[]]"#,
            r#"[{"t":{"b":{"x":2}}},{}]"#
        ),
        r#"[{"t":{"a":{"x":1},"b":{"x":2}},"s":{"r":{"x":1}}},{}]"#
    );
    assert_eq!(
        edit(r#"[{},{},[["t","a"]]]"#, "[{},{}]"),
        r#"[{"t":{"b":{"x":2}},"s":{"r":{"x":1}}},{}]"#
    );
    assert_eq!(
        edit(r#"[{},{},[["t","b"]]]"#, "[{},{}]"),
        r#"[{"s":{"r":{"x":1}}},{}]"#
    );
    assert_eq!(
        edit(
            r#"[{"t":{"c":{"x":2}}},{},[]]"#,
            r#"[{"t":{"c":{"x":2}}},{}]"#
        ),
        r#"[{"s":{"r":{"x":1}},"t":{"c":{"x":2}}},{}]"#
    );
}

#[test]
fn a_row_that_is_deleted_and_set_again_moves_to_the_end() {
    let mut place = saved(r#"[{"t":{"a":{"x":1,"y":1},"b":{"x":1}}},{}]"#);
    place.merge(r#"[{"t":{"a":{"x":2}}},{},[["t","a"]]]"#);
    assert_eq!(place.load().text, r#"[{"t":{"b":{"x":1},"a":{"x":2}}},{}]"#);
}

#[test]
fn merging_leaves_cells_that_were_not_edited_to_others() {
    let mut place = saved(r#"[{"t":{"r":{"a":1,"b":1,"c":1}}},{"v":1}]"#);
    place.merge(r#"[{"t":{"r":{"b":2}}},{"w":1},[]]"#);
    place.merge(r#"[{"t":{"r":{"d":2,"a":3},"s":{"e":1}}},{"v":2},[["t","r","c"]]]"#);
    assert_eq!(
        place.load().text,
        r#"[{"t":{"r":{"a":3,"b":2,"d":2},"s":{"e":1}}},{"v":2,"w":1}]"#
    );
    place.merge(r#"[{},{},[["t","r","a"],["t","r","b"],["t","r","d"],["t","s"],["w"]]]"#);
    assert_eq!(place.load().text, r#"[{},{"v":2}]"#);
}

#[test]
fn what_is_no_record_is_told() {
    for text in [
        "",
        "[]",
        r#"[0,0,"t","r",{}"#,
        r#"[0,0,"t","r",{}] x"#,
        r#"[0,0,"t","r",[]]"#,
        r#"[0,-1,"t","r",{}]"#,
        r#"[0,0.5,"t","r",{}]"#,
        r#"[0,1e300,"t","r",{}]"#,
        r#"[0,0,t,"r",{}]"#,
        r#"[0,0,"t","r",{"a":01}]"#,
        r#"[0,0,"t",{"a":1}]"#,
    ] {
        assert!(!is_row(text), "{text}");
        assert!(text.is_empty() || load(text, "").is_err(), "{text}");
    }
    assert!(is_row(r#"[0,1,"t","r",{"a":1}]"#));
    assert!(is_value(r#"[0,"v",1]"#));
    assert!(!is_value(r#"[0,"v"]"#));
}

#[test]
fn the_history_tells_what_was_touched_since_a_revision() {
    let mut history = History::default();
    for (from, edits) in [
        (5, r#"[{"t":{"r":{"a":1}}},{"v":1},[]]"#),
        (
            7,
            r#"[{"t":{"r":{"b":1}}},{},[["t","r"],["t","s","c"],["w"]]]"#,
        ),
    ] {
        history = history.and(Step::new(from, &Edits::read(edits).unwrap()));
    }
    let history = History::read(&history.text()).unwrap();
    assert!(history.since(6).is_none());
    let touched = history.since(5).unwrap();
    let id = |id: &str| format!("\"{id}\"").into_bytes();
    let (t, r, s, v, w) = (id("t"), id("r"), id("s"), id("v"), id("w"));
    assert_eq!(touched.rows, [(&t[..], &r[..]), (&t[..], &s[..])]);
    assert_eq!(touched.values, [&v[..], &w[..]]);
    assert_eq!(touched.row_ids(), r#"[["t","r"],["t","s"]]"#);
}

#[test]
fn changes_make_a_row_what_its_record_is() {
    let edits = r#"[{"t":{"r":{"a":1}}},{"v":1},[["t","s"],["w"]]]"#;
    let history = History::default().and(Step::new(1, &Edits::read(edits).unwrap()));
    let changed = changes(
        &history.since(1).unwrap(),
        &[Some(r#"[0,1,"t","r",{"b":1,"c":2}]"#.to_owned()), None],
        &[Some(r#"[2,"v",1]"#.to_owned()), None],
        &split(r#"[{"t":{"r":{"a":0,"b":0}}},{}]"#).unwrap(),
    );
    assert_eq!(
        changed.unwrap(),
        "[{\"t\":{\"r\":{\"b\":1,\"c\":2,\"a\":\"\u{FFFC}\"},\"s\":\"\u{FFFC}\"}},\
         {\"v\":1,\"w\":\"\u{FFFC}\"},1]"
    );
}

#[test]
fn the_history_forgets_what_would_be_as_much_as_a_load() {
    let mut history = History::default();
    for from in 0..100 {
        let edits = r#"[{"t":{"r":{"a":1}}},{},[]]"#;
        history = history.and(Step::new(from, &Edits::read(edits).unwrap()));
    }
    assert!(history.since(99).is_some());
    assert!(history.since(10).is_none());
    let rows: Vec<String> = (0..1000)
        .map(|row| format!("\"{row}\":{{\"a\":1}}"))
        .collect();
    let edits = format!("[{{\"t\":{{{}}}}},{{}},[]]", rows.join(","));
    history = history.and(Step::new(100, &Edits::read(&edits).unwrap()));
    assert!(history.since(100).is_none());
}

#[test]
fn what_is_no_edits_is_told() {
    for text in [
        "",
        "[]",
        "[{},{}]",
        "[{},{},[[1]]]",
        "[{},{},[[]]]",
        "[{},{},[]",
    ] {
        assert!(Edits::read(text).is_err(), "{text}");
    }
}
