//! What schemas let in and what they leave out.

use super::harness::Driver;
use crate::store::{Cell, CellSchema, Types};

const SIMPLE: &str = "t.s=string t.n=number,default:1";

/// An empty store with this schema.
pub fn with_schema(tables: &str) -> Driver {
    let mut driver = Driver::new();
    driver.set_tables_schema(tables);
    driver
}

/// What a write makes of an empty store with this schema.
#[track_caller]
pub fn makes(schema: &str, write: impl Fn(&mut Driver), tables: &str) {
    let mut driver = with_schema(schema);
    write(&mut driver);
    assert_eq!(driver.tables(), tables);
}

/// Every write of one row of a new table, which must be the same in each.
#[track_caller]
pub fn each_full_write_makes(schema: &str, row: &str, result: &str) {
    let prefixed = |prefix: &str, cells: &str| {
        let cells = cells.split_whitespace();
        let cells: Vec<_> = cells.map(|cell| format!("{prefix}{cell}")).collect();
        cells.join(" ")
    };
    let expected = prefixed("t.0.", result);
    let (in_table, in_tables) = (prefixed("0.", row), prefixed("t.0.", row));
    makes(schema, |store| store.set_tables(&in_tables), &expected);
    makes(schema, |store| store.set_table("t", &in_table), &expected);
    makes(schema, |store| store.set_row("t", "0", row), &expected);
    let id = if result.is_empty() { "undefined" } else { "0" };
    makes(
        schema,
        |store| assert_eq!(store.add_row("t", row, true), id),
        &expected,
    );
}

#[test]
fn a_table_that_the_schema_does_not_know_is_not_set_by_any_write() {
    let mut driver = with_schema(SIMPLE);
    driver.set_tables("x.r.s=x");
    driver.set_table("x", "r.s=x");
    driver.merge_table("x", "r.s=x");
    driver.set_row("x", "r", "s=x");
    driver.set_partial_row("x", "r", "s=x");
    driver.set_cell("x", "r", "s", "x");
    assert_eq!(driver.add_row("x", "s=x", true), "undefined");
    assert_eq!(driver.set_json(br#"[{"x":{"r":{"s":"x"}}},{}]"#), Ok(()));
    assert_eq!(driver.tables(), "");
}

#[test]
fn tables_that_the_schema_knows_are_set_next_to_one_that_it_does_not() {
    let write = |store: &mut Driver| store.set_tables("x.r.c=1 t.r.s=x y.r.c=1");
    makes(SIMPLE, write, "t.r.s=x t.r.n=1");
}

#[test]
fn what_a_full_write_may_not_set_is_dropped_or_gets_the_default() {
    for (row, result) in [
        ("s=x n=2", "s=x n=2"),
        ("s=x z=1", "s=x n=1"),
        ("s=1 n=2", "n=2"),
        ("s=x n=y", "s=x n=1"),
        ("n=y s=x", "n=1 s=x"),
        ("s=null n=null", "n=1"),
        ("s=rejected n=rejected", "n=1"),
        ("z=1", "n=1"),
    ] {
        each_full_write_makes(SIMPLE, row, result);
    }
    each_full_write_makes("t.s=string", "z=1", "");
    each_full_write_makes("t.s=string", "s=1 z=1", "");
    each_full_write_makes("t.s=string", "s=rejected", "");
}

#[test]
fn json_is_settled_like_any_full_write() {
    let json = br#"{"x":{"r":{"s":"x"}},"t":{"r":{"s":1,"z":1},"q":{},"p":{"s":"x","n":null}}}"#;
    let write = |store: &mut Driver| assert_eq!(store.set_tables_json(json), Ok(()));
    makes(SIMPLE, write, "t.r.n=1 t.q.n=1 t.p.s=x t.p.n=1");
}

#[test]
fn a_part_that_may_not_be_set_does_nothing_or_sets_the_default() {
    let mut driver = with_schema(SIMPLE);
    driver.set_table("t", "r.s=x r.n=5 q.s=x q.n=5 p.s=x p.n=5");
    driver.set_cell("t", "r", "n", "wrong");
    driver.set_cell("t", "r", "s", "1");
    driver.set_cell("t", "r", "z", "1");
    driver.set_partial_row("t", "q", "n=wrong s=1 z=1");
    assert!(driver.set_cell_at("t", "p", "n", "rejected"));
    assert!(driver.set_cell_at("t", "p", "s", "null"));
    assert_eq!(
        driver.tables(),
        "t.r.s=x t.r.n=1 t.q.s=x t.q.n=1 t.p.s=x t.p.n=1"
    );
}

#[test]
fn a_cell_that_may_not_be_set_makes_a_row_only_if_it_has_a_default() {
    let mut driver = with_schema(SIMPLE);
    driver.set_cell("t", "q", "s", "1");
    driver.set_cell("t", "q", "z", "1");
    driver.set_partial_row("t", "q", "s=1 z=1");
    driver.set_cell("t", "r", "n", "wrong");
    driver.merge_table("t", "p.n=wrong p.s=x");
    assert_eq!(driver.tables(), "t.r.n=1 t.p.n=1 t.p.s=x");
}

#[test]
fn a_type_lets_in_its_own_and_no_other_nor_null() {
    let cells = [
        ("string", "x"),
        ("number", "1"),
        ("boolean", "true"),
        ("object", "{\"a\":1}"),
        ("array", "[1]"),
        ("null", "null"),
    ];
    for (name, types) in Types::ALL {
        let mut driver = with_schema(&format!("t.c={name}"));
        driver.set_values_schema(&format!("v={name}"));
        for (kind, cell) in cells {
            driver.set_cell("t", kind, "c", cell);
            driver.set_value("v", cell);
        }
        let (_, own) = cells.iter().find(|(kind, _)| *kind == name).unwrap();
        assert_eq!(driver.tables(), format!("t.{name}.c={own}"), "{types:?}");
        assert_eq!(driver.values(), format!("v={own}"));
    }
}

#[test]
fn the_type_of_json_is_told_by_its_first_character_that_is_no_space() {
    let mut driver = with_schema("t.o=object t.a=array");
    let [t, r, o, a] = ["t", "r", "o", "a"].map(|id| driver.id(id));
    driver.together(|driver| {
        let [object, array] = [" \n{}", "\t\r [1]"].map(|json| {
            let json = driver.store.cell_text(json.as_bytes());
            Cell::json(json)
        });
        driver.store.set_cell(t, r, o, array);
        driver.store.set_cell(t, r, a, object);
        assert_eq!(driver.tables(), "");
        driver.store.set_cell(t, r, o, object);
        driver.store.set_cell(t, r, a, array);
    });
    assert_eq!(driver.tables(), "t.r.o= \n{} t.r.a=\t\r [1]");
}

#[test]
fn several_types_let_in_each_of_them_and_allow_null_null_as_well() {
    let mut driver = with_schema("t.c=string|object,allowNull");
    driver.set_table("t", "s.c=x n.c=1 b.c=true o.c={} a.c=[] z.c=null");
    assert_eq!(driver.tables(), "t.s.c=x t.o.c={} t.z.c=null");
}

#[test]
fn choices_let_in_what_they_have_by_type_too_and_null_only_if_allowed() {
    let long = "x".repeat(200);
    let mut driver = with_schema(&format!(
        "t.c=choice:1|a|true|0|{long} t.n=choice:a,allowNull"
    ));
    driver.set_table(
        "t",
        &format!("a.c=1 b.c=2 c.c=true d.c=false e.c=-0 f.c=a g.c=A h.c=null i.c={long} j.n=null"),
    );
    driver.set_cell("t", "k", "n", "b");
    driver.set_cell("t", "k", "n", "1");
    assert_eq!(
        driver.tables(),
        format!("t.a.c=1 t.c.c=true t.e.c=-0 t.f.c=a t.i.c={long} t.j.n=null")
    );
}

#[test]
fn values_are_settled_like_a_row() {
    let mut driver = Driver::new();
    driver.set_values_schema("d=number,default:1 s=string e=choice:a|b,allowNull");
    assert_eq!(driver.values(), "d=1");
    driver.set_values("s=1 e=c z=1 d=wrong");
    assert_eq!(driver.values(), "d=1");
    driver.set_values("s=x");
    driver.set_value("z", "1");
    driver.set_value("s", "null");
    driver.set_partial_values("e=null s=2");
    driver.merge_values("e=b s=y z=1");
    driver.set_value("d", "5");
    assert_eq!(driver.values(), "d=5 s=y e=b");
    driver.set_value("d", "rejected");
    assert_eq!(driver.values(), "d=1 s=y e=b");
    assert_eq!(driver.set_values_json(br#"{"e":"a","s":1}"#), Ok(()));
    assert_eq!(driver.values(), "d=1 e=a");
}

fn checked(types: Types, change: impl Fn(&mut CellSchema)) -> Option<CellSchema> {
    let mut schema = CellSchema {
        types,
        choices: Vec::new(),
        default: Cell::ABSENT,
        allows_null: false,
        is_required: false,
        members: Vec::new(),
    };
    change(&mut schema);
    schema.checked(Driver::new().store.texts())
}

#[test]
fn a_cell_schema_needs_types_or_choices_and_not_both() {
    let choice = |schema: &mut CellSchema| schema.choices.push(Cell::boolean(true));
    assert!(checked(Types::default(), |_| {}).is_none());
    assert!(checked(Types::STRING, choice).is_none());
    assert!(checked(Types::STRING.or(Types::ARRAY), |_| {}).is_some());
    assert!(checked(Types::default(), choice).is_some());
}

#[test]
fn a_default_that_is_not_allowed_is_dropped_but_null_drops_the_whole() {
    let with = |default: Cell, allows_null: bool| {
        checked(Types::NUMBER, move |schema| {
            schema.default = default;
            schema.allows_null = allows_null;
        })
    };
    let one = Cell::number(1.0).unwrap();
    assert!(with(one, false).unwrap().default.is_identical(one));
    let wrong = with(Cell::boolean(true), true).unwrap();
    assert!(wrong.default.is_absent() && wrong.allows_null);
    assert!(with(Cell::rejected(1), false).unwrap().default.is_absent());
    assert!(with(Cell::NULL, false).is_none());
    assert!(with(Cell::NULL, true).is_some());
}
