//! Random JSON texts, odd in every way that JSON allows, read as JavaScript would read them.

use super::harness::Driver;
use super::random::config;
use crate::store::array_index;
use crate::store::json::Stop;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// A scalar: as it stands in the text; as a cell, or `None` if it is no valid one; and as
/// `JSON.stringify` prints it.
type Scalar = (&'static str, Option<&'static str>, &'static str);

const SCALARS: [Scalar; 18] = [
    ("null", Some("null"), "null"),
    ("true", Some("true"), "true"),
    ("false", Some("false"), "false"),
    ("1", Some("1"), "1"),
    ("-1.50", Some("-1.5"), "-1.5"),
    ("-0", Some("-0"), "0"),
    ("1E2", Some("100"), "100"),
    ("1e400", None, "null"),
    ("-1e400", None, "null"),
    (
        "123456789012345678",
        Some("123456789012345680"),
        "123456789012345680",
    ),
    ("\"\"", Some(""), "\"\""),
    ("\"x\"", Some("x"), "\"x\""),
    ("\"\\u0078\\/\"", Some("x/"), "\"x/\""),
    ("\"\\ud83d\\udc15é\"", Some("🐕é"), "\"🐕é\""),
    ("\"\\\"\\\\\"", Some("\"\\"), "\"\\\"\\\\\""),
    ("\"\u{FFFC}\"", None, "\"\u{FFFC}\""),
    ("\"\u{FFFD}x\"", None, "\"\u{FFFD}x\""),
    ("\"\\ufffd[ 1 ]\"", Some("[ 1 ]"), "\"\u{FFFD}[ 1 ]\""),
];

/// Keys, as they stand in the text and as they are.
const KEYS: [(&str, &str); 9] = [
    ("\"a\"", "a"),
    ("\"\\u0061\"", "a"),
    ("\"b\"", "b"),
    ("\"10\"", "10"),
    ("\"9\"", "9"),
    ("\"\\u0039\"", "9"),
    ("\"09\"", "09"),
    ("\"__proto__\"", "__proto__"),
    ("\"é\\n\"", "é\n"),
];

type Members = Vec<((&'static str, &'static str), Node)>;

#[derive(Clone, Debug)]
enum Node {
    Scalar(Scalar),
    Array(Vec<Node>),
    Object(Members),
}

fn scalar() -> impl Strategy<Value = Node> {
    select(&SCALARS[..]).prop_map(Node::Scalar)
}

fn any_node() -> impl Strategy<Value = Node> {
    scalar().prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Node::Array),
            object(inner, 4),
        ]
    })
}

fn object(member: impl Strategy<Value = Node>, most: usize) -> impl Strategy<Value = Node> {
    vec((select(&KEYS[..]), member), 0..most).prop_map(Node::Object)
}

/// Mostly the one, sometimes anything.
fn mostly(node: impl Strategy<Value = Node>) -> impl Strategy<Value = Node> {
    prop_oneof![9 => node, 1 => any_node()]
}

fn row() -> impl Strategy<Value = Node> {
    let cell = prop_oneof![4 => scalar(), 1 => any_node()];
    // Rows of many cells, most of them under a key that comes again, are read in another way.
    let cell = cell.boxed();
    prop_oneof![6 => object(cell.clone(), 5), 1 => object(cell, 40)]
}

fn tables() -> impl Strategy<Value = Node> {
    mostly(object(mostly(object(mostly(row()), 5)), 4))
}

/// The text, with the same space wherever there may be some.
fn write(node: &Node, space: &str, out: &mut String) {
    out.push_str(space);
    match node {
        Node::Scalar((text, _, _)) => out.push_str(text),
        Node::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                write(item, space, out);
            }
            out.push_str(space);
            out.push(']');
        }
        Node::Object(members) => {
            out.push('{');
            for (index, ((key, _), member)) in members.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                out.push_str(&format!("{space}{key}{space}:"));
                write(member, space, out);
            }
            out.push_str(space);
            out.push('}');
        }
    }
    out.push_str(space);
}

/// The members as `JSON.parse` has them: the last of equal keys, in the place of the first; array
/// indices before all others.
fn parsed(members: &Members) -> Vec<(&'static str, &Node)> {
    let mut object: Vec<(&str, &Node)> = Vec::new();
    for ((_, key), member) in members {
        match object.iter_mut().find(|(there, _)| there == key) {
            Some((_, there)) => *there = member,
            None => object.push((key, member)),
        }
    }
    object.sort_by_key(|(key, _)| array_index(key.as_bytes()).map_or(u64::MAX, u64::from));
    object
}

/// What `JSON.stringify` prints.
fn printed(node: &Node) -> String {
    match node {
        Node::Scalar((_, _, printed)) => (*printed).to_owned(),
        Node::Array(items) => {
            let items: Vec<_> = items.iter().map(printed).collect();
            format!("[{}]", items.join(","))
        }
        Node::Object(members) => {
            let member = |(key, node): (&str, &Node)| {
                format!("\"{}\":{}", key.replace('\n', "\\n"), printed(node))
            };
            let members: Vec<_> = parsed(members).into_iter().map(member).collect();
            format!("{{{}}}", members.join(","))
        }
    }
}

fn cells(prefix: &str, node: &Node) -> Vec<String> {
    let Node::Object(members) = node else {
        return Vec::new();
    };
    let cell = |(key, node): (&str, &Node)| {
        let value = match node {
            Node::Scalar((_, value, _)) => value.map(str::to_owned),
            node => Some(printed(node)),
        };
        value.map(|value| format!("{prefix}{key}={value}"))
    };
    parsed(members).into_iter().filter_map(cell).collect()
}

/// The content of a store with `kept` after reading tables (depth 2) or values (depth 0).
fn expected(node: &Node, depth: usize, kept: &str) -> String {
    fn collect(prefix: &str, node: &Node, depth: usize) -> Vec<String> {
        match node {
            Node::Object(members) if depth > 0 => parsed(members)
                .into_iter()
                .flat_map(|(key, node)| collect(&format!("{prefix}{key}."), node, depth - 1))
                .collect(),
            node => cells(prefix, node),
        }
    }
    let content = collect("", node, depth);
    match node {
        Node::Object(members) if members.is_empty() => String::new(),
        _ if content.is_empty() => kept.to_owned(),
        _ => content.join(" "),
    }
}

fn space() -> impl Strategy<Value = &'static str> {
    select(&["", " ", "\r\n\t "][..])
}

const KEPT: &str = "keep.r.c=1";
const KEPT_VALUES: &str = "keep=1";

fn kept() -> Driver {
    let mut driver = Driver::with(KEPT);
    driver.set_values(KEPT_VALUES);
    driver
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn tables_are_read_as_javascript_reads_them(node in tables(), space in space()) {
        let mut text = String::new();
        write(&node, space, &mut text);
        let mut driver = kept();
        prop_assert_eq!(driver.set_tables_json(text.as_bytes()), Ok(()));
        prop_assert_eq!(driver.tables(), expected(&node, 2, KEPT));
        prop_assert_eq!(driver.values(), KEPT_VALUES);
    }

    #[test]
    fn values_are_read_as_javascript_reads_them(node in mostly(row()), space in space()) {
        let mut text = String::new();
        write(&node, space, &mut text);
        let mut driver = kept();
        prop_assert_eq!(driver.set_values_json(text.as_bytes()), Ok(()));
        prop_assert_eq!(driver.values(), expected(&node, 0, KEPT_VALUES));
        prop_assert_eq!(driver.tables(), KEPT);
    }

    #[test]
    fn contents_are_read_as_javascript_reads_them(
        tables in tables(),
        values in mostly(row()),
        space in space(),
    ) {
        let mut text = String::new();
        write(&Node::Array(vec![tables.clone(), values.clone()]), space, &mut text);
        let mut driver = kept();
        prop_assert_eq!(driver.set_json(text.as_bytes()), Ok(()));
        prop_assert_eq!(driver.tables(), expected(&tables, 2, KEPT));
        prop_assert_eq!(driver.values(), expected(&values, 0, KEPT_VALUES));
    }

    #[test]
    fn a_text_that_comes_in_pieces_is_the_same_text(
        tables in tables(),
        values in mostly(row()),
        space in space(),
        lengths in vec(1..40usize, 1..20),
        is_cut in any::<bool>(),
    ) {
        let mut text = String::new();
        write(&Node::Array(vec![tables, values]), space, &mut text);
        // Cut, it is no JSON, and must be found so, however it comes.
        let bytes = &text.as_bytes()[..text.len() - if is_cut { space.len() + 1 } else { 0 }];
        let (mut whole, mut pieces) = (kept(), kept());
        let outcome = whole.set_json(bytes);
        match pieces.set_json_in_pieces(bytes, &lengths) {
            Err(Stop::Reread) => {}
            Err(Stop::Error(error)) => prop_assert_eq!(Err(error), outcome),
            Ok(()) => prop_assert_eq!(outcome, Ok(())),
        }
        prop_assert_eq!(outcome.is_err(), is_cut);
        if pieces.json() != kept().json() {
            prop_assert_eq!(pieces.json(), whole.json());
            prop_assert_eq!(pieces.tables(), whole.tables());
        }
    }

    #[test]
    fn what_was_printed_is_read_in_pieces(
        tables in tables(),
        values in mostly(row()),
        lengths in vec(1..40usize, 1..20),
    ) {
        let mut text = String::new();
        write(&Node::Array(vec![tables, values]), "", &mut text);
        let mut printed = kept();
        prop_assert_eq!(printed.set_json(text.as_bytes()), Ok(()));
        let json = printed.json();
        let mut read = Driver::new();
        prop_assert_eq!(read.set_json_in_pieces(json.as_bytes(), &lengths), Ok(()));
        prop_assert_eq!(read.json(), json);
    }

    #[test]
    fn a_content_cut_short_is_refused(tables in tables(), cut in any::<prop::sample::Index>()) {
        let mut text = String::new();
        write(&Node::Array(vec![tables]), "", &mut text);
        let mut driver = kept();
        let json = driver.json();
        prop_assert!(driver.set_json(&text.as_bytes()[..cut.index(text.len())]).is_err());
        prop_assert_eq!(driver.json(), json);
    }

    #[test]
    fn a_content_with_a_byte_changed_is_read_or_refused(
        tables in tables(),
        place in any::<prop::sample::Index>(),
        byte in select(&b"\"\\{}[],:0-eu \x00\x80\xED\xA0\xFF"[..]),
    ) {
        let mut text = String::new();
        write(&Node::Array(vec![tables]), "", &mut text);
        let mut bytes = text.into_bytes();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        let mut driver = kept();
        let json = driver.json();
        let is_refused = driver.set_json(&bytes).is_err();
        let mut out = Vec::new();
        driver.store.write_json(&mut out);
        prop_assert!(!is_refused || out == json.as_bytes());
    }
}
