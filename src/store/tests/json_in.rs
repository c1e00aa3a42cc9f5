//! JSON in: what is taken, what is left out, and what is refused.

use super::harness::Driver;
use crate::store::{CellKind, Error};

/// The tables after reading a text into a store that had some.
fn tables_after(text: &str) -> String {
    let mut driver = Driver::with("keep.r.c=1");
    assert_eq!(driver.set_tables_json(text.as_bytes()), Ok(()), "{text}");
    driver.tables_json()
}

const KEPT: &str = r#"{"keep":{"r":{"c":1}}}"#;

#[test]
fn tables_replace_what_was_there() {
    for (text, result) in [
        (r#"{"t":{"r":{"c":1}}}"#, r#"{"t":{"r":{"c":1}}}"#),
        (
            " {\n\"t\" : { \"r\"\t:{\"c\": 1 ,\r\"d\":2}}} ",
            r#"{"t":{"r":{"c":1,"d":2}}}"#,
        ),
        (r#"{"":{"":{"":""}}}"#, r#"{"":{"":{"":""}}}"#),
        (
            r#"{"__proto__":{"__proto__":{"__proto__":1}}}"#,
            r#"{"__proto__":{"__proto__":{"__proto__":1}}}"#,
        ),
        ("{}", "{}"),
    ] {
        assert_eq!(tables_after(text), result);
    }
}

#[test]
fn a_text_without_valid_tables_leaves_everything_alone() {
    for text in [
        "null",
        "1",
        "[]",
        r#""""#,
        r#"{"t":{}}"#,
        r#"{"t":{"r":{}}}"#,
        r#"{"t":{"r":[1,2]}}"#,
        r#"{"t":{"r":5}}"#,
        r#"{"t":5}"#,
        r#"[{"t":{"r":{"c":1}}},{}]"#,
        "{\"t\":{\"r\":{\"c\":\"\u{FFFD}xx\"}}}",
        "{\"t\":{\"r\":{\"c\":\"\u{FFFD}1\"}}}",
        "{\"t\":{\"r\":{\"c\":\"\u{FFFC}\"}}}",
        r#"{"t":{"r":{"c":1e400}}}"#,
    ] {
        assert_eq!(tables_after(text), KEPT, "{text}");
    }
}

#[test]
fn invalid_members_are_left_out_and_valid_ones_taken() {
    for (text, result) in [
        (r#"{"t":{"r":{"c":1e400,"d":1}}}"#, r#"{"t":{"r":{"d":1}}}"#),
        (r#"{"t":{"r":5,"q":{"c":-0}}}"#, r#"{"t":{"q":{"c":0}}}"#),
        (
            r#"{"t":{"r":{"c":1}},"u":5,"v":{"r":{}}}"#,
            r#"{"t":{"r":{"c":1}}}"#,
        ),
        (
            r#"{"u":{"r":5},"t":{"r":{"a":1}}}"#,
            r#"{"t":{"r":{"a":1}}}"#,
        ),
        (
            r#"{"t":{"a":{"c":[1e400,1]}}}"#,
            "{\"t\":{\"a\":{\"c\":\"\u{FFFD}[null,1]\"}}}",
        ),
    ] {
        assert_eq!(tables_after(text), result);
    }
}

#[test]
fn malformed_texts_are_refused_with_the_place_and_leave_everything_alone() {
    for (text, at) in [
        ("", 0),
        ("{", 1),
        (r#"{"t":{"r":{"c":1}}"#, 18),
        (r#"{"t":{"r":{"c":1}}}x"#, 19),
        (r#"{"t":{"r":{"c":1,}}}"#, 17),
        (r#"{"t":{"r":{"c":01}}}"#, 17),
        (r#"{"t":{"r":{"c":nul}}}"#, 15),
        (r#"{"t":{"r":{"c":'x'}}}"#, 15),
        (r#"{t:1}"#, 1),
        ("{\"a\":1,\"t\":{\"r\":{\"c\":\"\n\"}}}", 22),
        (r#"{"t":{"r":{"c":[1,2}}}"#, 19),
        ("undefined", 0),
        ("NaN", 0),
        ("\u{feff}{}", 0),
    ] {
        let mut driver = Driver::with("keep.r.c=1");
        driver.set_values("v=1");
        driver.watch_all();
        let refused = Err(Error::MalformedJson { offset: at });
        assert_eq!(driver.set_tables_json(text.as_bytes()), refused, "{text}");
        assert!(driver.set_values_json(text.as_bytes()).is_err(), "{text}");
        assert!(driver.set_json(text.as_bytes()).is_err(), "{text}");
        driver.expect(&[]);
        assert_eq!(driver.json(), r#"[{"keep":{"r":{"c":1}}},{"v":1}]"#);
    }
}

#[test]
fn nesting_too_deep_is_refused_and_harmless() {
    let deep = |depth: usize| {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        format!("{{\"t\":{{\"r\":{{\"c\":{open}{close}}}}}}}")
    };
    let mut driver = Driver::with("keep.r.c=1");
    assert_eq!(
        driver.set_tables_json(deep(100_000).as_bytes()),
        Err(Error::TooDeep)
    );
    assert_eq!(driver.tables_json(), KEPT);
    assert_eq!(driver.set_tables_json(deep(900).as_bytes()), Ok(()));
    assert_eq!(driver.cell("t", "r", "c").len(), 1_800);
}

#[test]
fn of_equal_keys_the_last_counts_and_the_first_gives_the_place() {
    for (text, result) in [
        (
            r#"{"t":{"r":{"c":1,"d":2,"c":3}}}"#,
            r#"{"t":{"r":{"c":3,"d":2}}}"#,
        ),
        (
            r#"{"t":{"r":{"c":1},"s":{"c":2},"r":{"d":3}}}"#,
            r#"{"t":{"r":{"d":3},"s":{"c":2}}}"#,
        ),
        (
            r#"{"t":{"r":{"c":1,"c":2}},"t":{"q":{"x":1}}}"#,
            r#"{"t":{"q":{"x":1}}}"#,
        ),
        (
            r#"{"t":{"r":{"c":1}},"t":5,"u":{"r":{"c":1}}}"#,
            r#"{"u":{"r":{"c":1}}}"#,
        ),
        (
            r#"{"t":{"r":{"a":1e400,"b":1,"b":2}}}"#,
            r#"{"t":{"r":{"b":2}}}"#,
        ),
        (
            r#"{"t":{"r":{"a":1,"\u0061":2}}}"#,
            r#"{"t":{"r":{"a":2}}}"#,
        ),
        (
            r#"{"t":{"r":{"a":{"x":1,"x":2}}}}"#,
            "{\"t\":{\"r\":{\"a\":\"\u{FFFD}{\\\"x\\\":2}\"}}}",
        ),
    ] {
        assert_eq!(tables_after(text), result, "{text}");
    }
    let mut driver = Driver::new();
    assert_eq!(driver.set_values_json(br#"{"a":1,"b":2,"a":-0}"#), Ok(()));
    assert_eq!(driver.values(), "a=-0 b=2");
}

#[test]
fn the_same_keys_in_different_objects_are_no_duplicates() {
    let cells: Vec<_> = (0..40).map(|cell| format!("\"c{cell}\":{cell}")).collect();
    let cells = cells.join(",");
    let text =
        format!("{{\"t\":{{\"r\":{{{cells}}},\"s\":{{{cells}}}}},\"u\":{{\"r\":{{{cells}}}}}}}");
    assert_eq!(tables_after(&text), text);
    // Rows of invalid cells count as objects too.
    let invalid = cells.replace(':', ":1e400").replace("1e4001", "1e400");
    let text = format!("{{\"t\":{{\"r\":{{{invalid}}},\"s\":{{{cells}}}}}}}");
    assert_eq!(
        tables_after(&text),
        format!("{{\"t\":{{\"s\":{{{cells}}}}}}}")
    );
}

#[test]
fn many_equal_keys_in_one_row_are_found_too() {
    let cells: Vec<_> = (0..40)
        .map(|cell| format!("\"c{}\":{cell}", cell % 30))
        .collect();
    let text = format!("{{\"t\":{{\"r\":{{{}}}}}}}", cells.join(","));
    let expected: Vec<_> = (0..30)
        .map(|cell| format!("\"c{cell}\":{}", if cell < 10 { cell + 30 } else { cell }))
        .collect();
    assert_eq!(
        tables_after(&text),
        format!("{{\"t\":{{\"r\":{{{}}}}}}}", expected.join(","))
    );
}

#[test]
fn keys_that_are_array_indices_are_set_first() {
    let mut driver = Driver::new();
    let text = br#"{"b":{"z":{"y":1,"1":2,"0":3},"7":{"c":1}},"3":{"r":{"c":1}}}"#;
    assert_eq!(driver.set_tables_json(text), Ok(()));
    assert_eq!(driver.tables(), "3.r.c=1 b.7.c=1 b.z.0=3 b.z.1=2 b.z.y=1");
    assert_eq!(
        driver.set_values_json(br#"{"b":1,"2":2,"a":3,"1":4}"#),
        Ok(())
    );
    assert_eq!(driver.values(), "1=4 2=2 b=1 a=3");
}

#[test]
fn numbers_are_read_exactly() {
    for text in [
        "0",
        "-0",
        "0.1",
        "1e21",
        "5e-324",
        "9007199254740993",
        "-1.7976931348623157e308",
        "1E+2",
        "123456789012345678",
    ] {
        let mut driver = Driver::new();
        driver
            .set_values_json(format!("{{\"v\":{text}}}").as_bytes())
            .unwrap();
        let (_, value) = driver.store.values().next().unwrap();
        let CellKind::Number(number) = value.kind() else {
            panic!("{text} is {value:?}");
        };
        assert_eq!(
            number.to_bits(),
            text.parse::<f64>().unwrap().to_bits(),
            "{text}"
        );
    }
}

#[test]
fn objects_come_plain_or_encoded() {
    for (cell, stored) in [
        ("{\"b\":1,\"a\":2}", "{\"b\":1,\"a\":2}"),
        ("{ \"2\" : 1, \"1\" : [ ] }", "{\"1\":[],\"2\":1}"),
        ("\"\u{FFFD}{\\\"b\\\":1}\"", "{\"b\":1}"),
        // An encoded text is kept as it is.
        ("\"\u{FFFD} {\\\"b\\\" : 1}\"", " {\"b\" : 1}"),
        ("\"\u{FFFD}[]\"", "[]"),
    ] {
        let mut driver = Driver::new();
        driver
            .set_tables_json(format!("{{\"t\":{{\"r\":{{\"c\":{cell}}}}}}}").as_bytes())
            .unwrap();
        let [table, row, id] = ["t", "r", "c"].map(|id| driver.id(id));
        let CellKind::Json(text) = driver.store.cell(table, row, id).kind() else {
            panic!("{cell}");
        };
        assert_eq!(driver.text(text), stored);
    }
}

#[test]
fn reserved_characters_are_fine_anywhere_but_at_the_start() {
    let text = "{\"t\":{\"\u{FFFD}\":{\"\u{FFFC}\":\"x\u{FFFD}\",\"c\":\"\u{FFFC}x\"}}}";
    assert_eq!(tables_after(text), text);
}

#[test]
fn surrogates_are_read_from_escapes_and_joined() {
    for (text, printed) in [
        (r#"{"\ud83d\udc15":"\ud83d\udc15"}"#, "{\"🐕\":\"🐕\"}"),
        (r#"{"\ud800":"\udc00"}"#, r#"{"\ud800":"\udc00"}"#),
        (
            r#"{"\udc00\ud800":"\ud800x"}"#,
            r#"{"\udc00\ud800":"\ud800x"}"#,
        ),
        (r#"{"\ud800":1,"\ud801":2}"#, r#"{"\ud800":1,"\ud801":2}"#),
    ] {
        let mut driver = Driver::new();
        assert_eq!(driver.set_values_json(text.as_bytes()), Ok(()));
        assert_eq!(driver.values_json(), printed);
    }
}

#[test]
fn a_content_is_tables_and_values() {
    for (text, tables, values) in [
        ("[{},{}]", "", ""),
        ("[]", "keep.r.c=1", "keep=1"),
        ("[{}]", "", "keep=1"),
        ("{}", "", "keep=1"),
        (r#"{"t":{"r":{"c":1}}}"#, "t.r.c=1", "keep=1"),
        (r#"[{"t":{"r":{"c":1}}}]"#, "t.r.c=1", "keep=1"),
        (r#"[{"t":{"r":{"c":1}}},{"v":1}]"#, "t.r.c=1", "v=1"),
        (
            r#"[{"t":{"r":{"c":1}}},{"v":1},{"more":[]}]"#,
            "t.r.c=1",
            "v=1",
        ),
        (r#"[null,{"v":1}]"#, "keep.r.c=1", "v=1"),
        (r#"[{"t":{"r":{"c":1}}},null]"#, "t.r.c=1", "keep=1"),
        ("[[],[]]", "keep.r.c=1", "keep=1"),
        ("[1,2,3]", "keep.r.c=1", "keep=1"),
        ("null", "keep.r.c=1", "keep=1"),
        (r#""ab""#, "keep.r.c=1", "keep=1"),
        ("5", "keep.r.c=1", "keep=1"),
        (r#"[{"t":{}},{"v":1e999}]"#, "keep.r.c=1", "keep=1"),
    ] {
        let mut driver = Driver::with("keep.r.c=1");
        driver.set_values("keep=1");
        assert_eq!(driver.set_json(text.as_bytes()), Ok(()), "{text}");
        assert_eq!(driver.tables(), tables, "{text}");
        assert_eq!(driver.values(), values, "{text}");
    }
}

#[test]
fn values_replace_what_was_there() {
    for (text, values) in [
        ("{}", ""),
        ("null", "keep=1"),
        ("[]", "keep=1"),
        ("1", "keep=1"),
        (r#"{"a":null}"#, "a=null"),
        (
            "{\"a\":{\"x\":1},\"b\":\"\u{FFFD}[1]\",\"c\":\"\u{FFFD}z\"}",
            "a={\"x\":1} b=[1]",
        ),
    ] {
        let mut driver = Driver::new();
        driver.set_values("keep=1");
        assert_eq!(driver.set_values_json(text.as_bytes()), Ok(()));
        assert_eq!(driver.values(), values, "{text}");
    }
}

#[test]
fn a_text_cut_short_anywhere_is_refused() {
    let text = "[{\"t\":{\"r\\n\":{\"a\":-1.5e3,\"b\":[true,{\"x\":null}],\"c\":\"\\ud83d\\udc15é\"}}},{\"v\":false}]";
    let mut driver = Driver::new();
    assert_eq!(driver.set_json(text.as_bytes()), Ok(()));
    let json = driver.json();
    for length in 0..text.len() {
        assert!(
            driver.set_json(&text.as_bytes()[..length]).is_err(),
            "{length}"
        );
    }
    assert_eq!(driver.json(), json);
}
