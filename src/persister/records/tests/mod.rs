//! Tests of records: there and back, edits, and what two tabs do at once.

mod place;
mod random;

use super::*;
use place::Place;

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
    let before = place.pages.clone();
    place.edit(
        r#"[{"t":{"a":{"x":3},"c":{"x":4}},"n":{"r":{"z":1}}},{"u":3,"v":4},[["s","r"],["w"]]]"#,
        r#"[{"t":{"a":{"x":3},"c":{"x":4}},"n":{"r":{"z":1}}},{}]"#,
        &mut book,
    );
    assert_eq!(
        place.load().text,
        r#"[{"t":{"b":{"x":1},"a":{"x":3},"c":{"x":4}},"n":{"r":{"z":1}}},{"v":4,"u":3}]"#
    );
    assert_eq!(place.pages, before);
    let written: Vec<&str> = place.rows.keys().map(String::as_str).collect();
    assert_eq!(
        written,
        [
            r#"["n","r"]"#,
            r#"["s","r"]"#,
            r#"["t","a"]"#,
            r#"["t","c"]"#
        ]
    );
}

#[test]
fn a_table_keeps_its_place_when_its_first_row_goes_and_loses_it_with_its_last() {
    let mut place = saved(r#"[{"t":{"a":{"x":1}},"s":{"r":{"x":1}}},{}]"#);
    let mut book = place.load().book;
    let mut edit = |edits: &str, whole: &str| {
        place.edit(edits, whole, &mut book);
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
        assert!(!is_line(text), "{text}");
        let pages = text.to_owned();
        let texts = Texts {
            pages,
            ..Texts::default()
        };
        assert!(text.is_empty() || load(&texts).is_err(), "{text}");
    }
    assert!(is_line(r#"[0,1,"t","r",{"a":1}]"#));
    assert!(is_line(r#"["t","r"]"#));
    assert!(!is_line(r#"["t","r",{}]"#));
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
