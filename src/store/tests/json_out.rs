//! JSON out, byte for byte what JavaScript prints.

use super::harness::Driver;
use crate::store::json::{self, Purpose};
use crate::store::{Cell, wtf8};

#[test]
fn an_empty_store_is_two_empty_objects() {
    let mut driver = Driver::new();
    assert_eq!(driver.tables_json(), "{}");
    assert_eq!(driver.values_json(), "{}");
    assert_eq!(driver.json(), "[{},{}]");
}

#[test]
fn every_kind_of_cell_prints_as_in_javascript() {
    let tables = "t.r.o={\"b\":1} t.r.l=[] t.r.s=x t.r.n=-0 t.r.nul=null t.r.t=true t.r.f=false";
    let mut driver = Driver::with(tables);
    driver.set_values("v={\"x\":[1,null]}");
    assert_eq!(
        driver.json(),
        "[{\"t\":{\"r\":{\"o\":\"\u{FFFD}{\\\"b\\\":1}\",\"l\":\"\u{FFFD}[]\",\"s\":\"x\",\"n\":0,\
         \"nul\":null,\"t\":true,\"f\":false}}},{\"v\":\"\u{FFFD}{\\\"x\\\":[1,null]}\"}]"
    );
}

#[test]
fn numbers_print_as_in_javascript() {
    let mut driver = Driver::new();
    for (number, printed) in [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-7.25, "-7.25"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (1.5e300, "1.5e+300"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (5e-324, "5e-324"),
        (f64::MAX, "1.7976931348623157e+308"),
        (9_007_199_254_740_993.0, "9007199254740992"),
        (123_456_789_012_345_680.0, "123456789012345680"),
        (4_294_967_296.5, "4294967296.5"),
    ] {
        let id = driver.id("v");
        driver.together(|driver| driver.store.set_value(id, Cell::number(number).unwrap()));
        assert_eq!(driver.values_json(), format!("{{\"v\":{printed}}}"));
        driver.del_values();
    }
}

#[test]
fn keys_that_are_array_indices_come_first_at_every_level() {
    let mut driver = Driver::new();
    driver.together(|driver| {
        let ids = "10 9 b  01 4294967294 4294967295 -1 1e3 __proto__ constructor a\"b";
        for id in ids.split(' ') {
            driver.set_cell("t", id, "c", "1");
        }
        driver.set_cell("2", "r", "c", "1");
        driver.set_cell("1", "r", "c", "1");
        driver.set_cell("t", "9", "3", "1");
        driver.set_cell("t", "9", "1", "1");
    });
    driver.set_values("b=1 2=1 a=1 1=1");
    assert_eq!(
        driver.row_ids("t"),
        "10 9 b  01 4294967294 4294967295 -1 1e3 __proto__ constructor a\"b",
        "lists of ids are in the order in which they came"
    );
    assert_eq!(
        driver.json(),
        "[{\"1\":{\"r\":{\"c\":1}},\"2\":{\"r\":{\"c\":1}},\"t\":{\"9\":{\"1\":1,\"3\":1,\"c\":1},\
         \"10\":{\"c\":1},\"4294967294\":{\"c\":1},\"b\":{\"c\":1},\"\":{\"c\":1},\"01\":{\"c\":1},\
         \"4294967295\":{\"c\":1},\"-1\":{\"c\":1},\"1e3\":{\"c\":1},\"__proto__\":{\"c\":1},\
         \"constructor\":{\"c\":1},\"a\\\"b\":{\"c\":1}}},{\"1\":1,\"2\":1,\"b\":1,\"a\":1}]"
    );
}

#[test]
fn rows_that_go_and_come_change_the_order_of_keys_as_they_should() {
    let mut driver = Driver::with("t.1.c=1 t.2.c=1 t.b.c=1");
    assert_eq!(
        driver.tables_json(),
        r#"{"t":{"1":{"c":1},"2":{"c":1},"b":{"c":1}}}"#
    );
    driver.del_row("t", "1");
    driver.set_cell("t", "1", "c", "2");
    assert_eq!(driver.row_ids("t"), "2 b 1");
    assert_eq!(
        driver.tables_json(),
        r#"{"t":{"1":{"c":2},"2":{"c":1},"b":{"c":1}}}"#
    );
    driver.set_cell("t", "a", "c", "1");
    driver.del_row("t", "1");
    assert_eq!(
        driver.tables_json(),
        r#"{"t":{"2":{"c":1},"b":{"c":1},"a":{"c":1}}}"#
    );
}

#[test]
fn strings_are_escaped_as_in_javascript() {
    let mut driver = Driver::new();
    for (text, printed) in [
        ("a\"b\\c/d", r#"a\"b\\c/d"#),
        ("\n\r\t\u{8}\u{c}", r"\n\r\t\b\f"),
        ("\u{0}\u{1f}\u{7f}", "\\u0000\\u001f\u{7f}"),
        ("\u{2028}\u{2029}", "\u{2028}\u{2029}"),
        (
            "é漢🐕\u{d7ff}\u{e000}\u{10ffff}",
            "é漢🐕\u{d7ff}\u{e000}\u{10ffff}",
        ),
        ("x\u{FFFD}", "x\u{FFFD}"),
    ] {
        let (id, text) = (driver.id(text), driver.store.cell_text(text.as_bytes()));
        driver.together(|driver| driver.store.set_value(id, Cell::text(text)));
        assert_eq!(
            driver.values_json(),
            format!("{{\"{printed}\":\"{printed}\"}}")
        );
        driver.del_values();
    }
}

#[test]
fn lone_surrogates_are_escaped_and_stay_apart() {
    let mut driver = Driver::new();
    let mut expected = Vec::new();
    for units in [
        &[0xD800][..],
        &[0xDFFF],
        &[0xDC00, 0xD800],
        &[0xD83D, 0xDC15],
    ] {
        let mut text = Vec::new();
        wtf8::from_utf16(units.iter().copied(), &mut text);
        let id = driver.store.intern(&text);
        driver.together(|driver| driver.store.set_value(id, Cell::text(id)));
        let printed = match String::from_utf16(units) {
            Ok(text) => text,
            Err(_) => units.iter().map(|unit| format!("\\u{unit:04x}")).collect(),
        };
        expected.push(format!("\"{printed}\":\"{printed}\""));
    }
    assert_eq!(driver.values_json(), format!("{{{}}}", expected.join(",")));
}

#[test]
fn a_table_of_many_rows_is_written_anew_only_where_it_changed_and_always_right() {
    let mut driver = Driver::new();
    driver.together(|driver| {
        (0..500).for_each(|row| driver.set_cell("t", &format!("r{row}"), "c", &row.to_string()));
    });
    let expected = |changed: Option<usize>| {
        let rows: Vec<_> = (0..500)
            .map(|row| {
                format!(
                    "\"r{row}\":{{\"c\":{}}}",
                    if Some(row) == changed { -1 } else { row as i32 }
                )
            })
            .collect();
        format!("{{\"t\":{{{}}}}}", rows.join(","))
    };
    assert_eq!(driver.tables_json(), expected(None));
    for row in [0, 63, 64, 255, 499] {
        driver.set_cell("t", &format!("r{row}"), "c", "-1");
        assert_eq!(driver.tables_json(), expected(Some(row)));
        driver.set_cell("t", &format!("r{row}"), "c", &row.to_string());
        assert_eq!(driver.tables_json(), expected(None));
        driver.rolled_back(|driver| {
            driver.set_cell("t", &format!("r{row}"), "c", "-1");
            assert_eq!(driver.tables_json(), expected(Some(row)));
        });
        assert_eq!(driver.tables_json(), expected(None));
    }
}

#[test]
fn canonical_json_is_what_stringify_prints_after_parse() {
    for (text, printed) in [
        (
            "{ \"b\" : [ 1 , { } ] , \"a\" : null }",
            r#"{"b":[1,{}],"a":null}"#,
        ),
        (
            r#"{"2":1,"1":2,"b":3,"a":4}"#,
            r#"{"1":2,"2":1,"b":3,"a":4}"#,
        ),
        (r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3,"b":2}"#),
        (r#"[1.0,1e2,-0,1e999,0.10]"#, "[1,100,0,null,0.1]"),
        (r#""\u0061\/\ud83d\udc15\ud800""#, "\"a/🐕\\ud800\""),
    ] {
        let out = json::canonical(text.as_bytes(), Purpose::Print).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), printed);
    }
}
