//! Setting, replacing and deleting schemas: what becomes of the content, what is told, their JSON, and
//! their texts.

use super::harness::Driver;
use crate::store::Kind;

fn filled() -> Driver {
    let mut driver = Driver::with("t.r.a=1 t.r.b=x t.s.b=2 u.r.a=1");
    driver.set_values("v=1 w=x");
    driver
}

#[test]
fn a_schema_over_tables_takes_out_what_does_not_match_and_adds_defaults() {
    for (schema, tables) in [
        ("t.a=number,default:9 t.b=string", "t.r.a=1 t.r.b=x t.s.a=9"),
        (
            "t.a=number t.b=string|number u.a=number",
            "t.r.a=1 t.r.b=x t.s.b=2 u.r.a=1",
        ),
        ("t.a=number u.a=number", "t.r.a=1 u.r.a=1"),
        ("t.a=number,required t.b=string", "t.r.a=1 t.r.b=x"),
        ("x.a=number", ""),
    ] {
        let mut driver = filled();
        driver.set_tables_schema(schema);
        assert_eq!(driver.tables(), tables, "{schema}");
        assert_eq!(driver.values(), "v=1 w=x");
    }
}

#[test]
fn what_stays_is_in_the_order_of_an_object_whatever_the_order_of_the_schema() {
    let mut driver = Driver::with("t.z.b=1 t.z.a=1 t.y.a=1 u.r.a=1 9.r.a=1");
    driver.set_tables_schema("u.a=number 9.a=number t.a=number t.b=number");
    assert_eq!(driver.tables(), "9.r.a=1 t.z.b=1 t.z.a=1 t.y.a=1 u.r.a=1");
}

#[test]
fn only_the_net_of_a_new_schema_is_told_and_what_was_invalid() {
    let mut driver = filled();
    driver.watch_all();
    driver.set_tables_schema("t.a=number,default:9 t.b=string");
    driver.expect(&[
        "start",
        "willFinish",
        "invalidCell t.s.b 2",
        "invalidCell u.?.? undefined",
        "tableIds -u",
        "hasTable u false",
        "tableCellIds u -a",
        "hasTableCell u.a false",
        "rowCount u 0",
        "rowIds u -r",
        "hasRow u.r false",
        "cellIds t.s -b +a",
        "hasCell t.s.b false",
        "hasCell t.s.a true",
        "cellIds u.r -a",
        "hasCell u.r.a false",
        "cell t.s.b 2->undefined",
        "cell t.s.a undefined->9",
        "row t.s",
        "table t",
        "cell u.r.a 1->undefined",
        "row u.r",
        "table u",
        "tables",
        "didFinish",
    ]);
    driver.set_tables_schema("t.a=number,default:8 t.b=string");
    driver.expect(&[
        "start",
        "willFinish",
        "invalidCell t.s.b undefined",
        "didFinish",
    ]);
}

#[test]
fn a_schema_of_tables_makes_no_rows() {
    let mut driver = Driver::new();
    driver.watch(Kind::InvalidCell, &["*", "*", "*"]);
    driver.set_tables_schema("t.a=number,default:1");
    assert_eq!(driver.tables(), "");
    driver.expect(&[]);
}

#[test]
fn a_schema_of_values_adds_its_defaults_at_once() {
    let mut driver = Driver::new();
    driver.set_values_schema("a=number,default:1 o=object,default:{} b=string 5=number,default:5");
    assert_eq!(driver.values(), "5=5 a=1 o={}");
    let mut driver = filled();
    driver.watch(Kind::Value, &["*"]);
    driver.watch(Kind::InvalidValue, &["*"]);
    driver.set_values_schema("v=number w=number,default:3 x=string,default:d y=number");
    assert_eq!(driver.values(), "v=1 w=3 x=d");
    driver.expect(&[
        "invalidValue y undefined",
        "invalidValue w x",
        "value w x->3",
        "value x undefined->d",
    ]);
}

#[test]
fn a_schema_of_values_leaves_none_if_a_required_one_is_missing() {
    let mut driver = filled();
    driver.set_values_schema("v=number,default:5 q=string,required");
    assert_eq!(driver.values(), "");
}

#[test]
fn a_schema_in_the_place_of_another_applies_to_what_is_there() {
    let mut driver = Driver::new();
    driver.set_tables_schema("t.a=number,default:1");
    driver.set_row("t", "r", "");
    driver.set_tables_schema("t.b=number,default:2");
    assert_eq!(driver.tables(), "t.r.b=2");
    driver.set_tables_schema("t.c=number");
    assert_eq!(driver.tables(), "");
}

#[test]
fn a_schema_of_which_nothing_makes_sense_is_ignored() {
    let mut driver = filled();
    let ignored = |driver: &mut Driver| {
        driver.set_tables_schema("");
        driver.set_tables_schema("t.c=required u.c=number,choice:1");
        driver.set_tables_schema("t.c=number,default:null");
        driver.set_values_schema("");
        driver.set_values_schema("v=default:1");
    };
    ignored(&mut driver);
    assert_eq!(driver.store.has_tables_schema(), None);
    assert_eq!(driver.store.has_values_schema(), None);
    driver.set_tables_schema("t.a=number");
    driver.set_values_schema("v=number");
    ignored(&mut driver);
    assert_eq!(driver.tables(), "t.r.a=1");
    assert_eq!(driver.values(), "v=1");
    assert_eq!(driver.schemas()[0], r#"{"t":{"a":{"type":"number"}}}"#);
    assert_eq!(driver.schemas()[1], r#"{"v":{"type":"number"}}"#);
}

#[test]
fn the_parts_of_a_schema_that_make_sense_are_kept() {
    let mut driver = Driver::new();
    driver.set_tables_schema(
        "t.a=number t.b=required t.c=string,default:1,required u.a=required w.a=choice:1",
    );
    assert_eq!(
        driver.schemas()[0],
        r#"{"t":{"a":{"type":"number"},"c":{"type":"string","required":true}},"w":{"a":{"enum":[1]}}}"#
    );
}

#[test]
fn deleting_schemas_leaves_the_content_and_lets_everything_in_again() {
    let mut driver = Driver::new();
    driver.set_tables_schema("t.a=number,default:1");
    driver.set_values_schema("v=number,default:1");
    driver.set_row("t", "r", "");
    assert_eq!(driver.store.has_tables_schema(), Some(true));
    driver.watch_changes();
    driver.del_tables_schema();
    driver.del_values_schema();
    driver.expect(&["start", "willFinish", "didFinish"].repeat(2));
    assert_eq!(driver.store.has_tables_schema(), Some(false));
    assert_eq!(driver.store.has_values_schema(), Some(false));
    assert_eq!((&*driver.tables(), &*driver.values()), ("t.r.a=1", "v=1"));
    driver.set_cell("t", "r", "z", "any");
    driver.del_cell("t", "r", "a");
    driver.set_value("v", "any");
    assert_eq!(
        (&*driver.tables(), &*driver.values()),
        ("t.r.z=any", "v=any")
    );
    driver.del_value("v");
    assert_eq!(driver.values(), "");
}

#[test]
fn each_half_has_a_schema_of_its_own() {
    let mut driver = filled();
    driver.set_values_schema("v=number");
    assert_eq!(driver.store.has_tables_schema(), None);
    driver.set_cell("any", "r", "c", "1");
    driver.set_tables_schema("t.a=number");
    driver.del_values_schema();
    driver.set_value("any", "x");
    assert_eq!(
        (&*driver.tables(), &*driver.values()),
        ("t.r.a=1", "v=1 any=x")
    );
    assert_eq!(driver.store.has_tables_schema(), Some(true));
}

#[test]
fn the_json_has_array_indices_first_and_all_else_in_the_order_given() {
    let mut driver = Driver::new();
    assert_eq!(driver.schemas(), ["{}", "{}"]);
    driver.set_tables_schema(
        "b.y=default:x,string b.2=number b.1=required,number|string 10.c=allowNull,choice:2|1 9.c=number",
    );
    driver.set_values_schema("z=default:{\"b\":1},object 3=choice:true|a a\"\\=array");
    assert_eq!(
        driver.schemas(),
        [
            concat!(
                r#"{"9":{"c":{"type":"number"}},"10":{"c":{"allowNull":true,"enum":[2,1]}},"#,
                r#""b":{"1":{"required":true,"type":["number","string"]},"#,
                r#""2":{"type":"number"},"y":{"default":"x","type":"string"}}}"#
            ),
            concat!(
                r#"{"3":{"enum":[true,"a"]},"#,
                r#""z":{"default":{"b":1},"type":"object"},"a\"\\":{"type":"array"}}"#
            )
        ]
    );
    driver.del_tables_schema();
    driver.del_values_schema();
    assert_eq!(driver.schemas(), ["{}", "{}"]);
}

#[test]
fn what_stays_in_a_schema_of_tables_keeps_its_place_and_in_one_of_values_nothing_does() {
    let mut driver = Driver::new();
    driver.set_tables_schema("t.a=number t.b=number u.a=number");
    driver.set_values_schema("a=number b=number");
    driver.set_tables_schema("w.a=number u.a=number t.c=number t.b=string t.a=number");
    driver.set_values_schema("b=number c=number a=number");
    // What is left of the JSON without its types is the ids.
    let ids = |json: &str| {
        json.replace("number", "")
            .replace("string", "")
            .replace("type", "")
    };
    let letters = |json: &str| ids(json).replace(|c: char| !c.is_alphabetic(), "");
    let [tables, values] = driver.schemas();
    assert_eq!(letters(&tables), "tabcuawa");
    assert_eq!(letters(&values), "bca");
}

#[test]
fn defaults_are_added_in_the_order_of_the_latest_schema() {
    let mut driver = Driver::new();
    driver.set_tables_schema("t.a=number,default:1 t.b=number,default:2");
    driver.set_tables_schema("t.b=number,default:2 t.a=number,default:1");
    driver.set_row("t", "r", "");
    assert_eq!(driver.tables(), "t.r.b=2 t.r.a=1");
}
