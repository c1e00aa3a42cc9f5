//! Schemas: what is allowed, what is added, what is told.

use super::*;
use crate::row;

fn with_pets_schema() -> Store {
    let store = Store::new();
    store.set_tables_schema([(
        "pets",
        [
            ("species", CellSchema::one_of(["dog", "cat"]).default("dog")),
            ("name", CellSchema::string().required()),
            ("age", CellSchema::number().allow_null()),
        ],
    )]);
    store
}

#[test]
fn only_what_the_schema_allows_is_set() {
    let store = Store::new();
    let object = Json::parse(r#"{"a":1}"#).unwrap();
    let array = Json::parse("[1]").unwrap();
    let samples: [Cell; 6] = [
        "x".into(),
        1.into(),
        true.into(),
        Cell::Null,
        object.into(),
        array.into(),
    ];
    let two = [CellType::Number, CellType::Array];
    for (schema, allowed) in [
        (CellSchema::string(), &[0][..]),
        (CellSchema::number(), &[1]),
        (CellSchema::boolean(), &[2]),
        (CellSchema::object(), &[4]),
        (CellSchema::array(), &[5]),
        (CellSchema::types(two), &[1, 5]),
        (CellSchema::string().allow_null(), &[0, 3]),
        (CellSchema::one_of(["x", "y"]), &[0]),
        (CellSchema::one_of([1.0, 2.0]).allow_null(), &[1, 3]),
        (CellSchema::one_of([Cell::from(true), "x".into()]), &[0, 2]),
    ] {
        store.set_schema([("t", [("c", &schema)])], [("v", &schema)]);
        for (index, sample) in samples.iter().enumerate() {
            let expected = allowed.contains(&index).then_some(sample);
            store.set_cell("t", "r", "c", sample).set_value("v", sample);
            assert_eq!(
                store.get_cell("t", "r", "c").as_ref(),
                expected,
                "{schema:?}"
            );
            assert_eq!(store.get_value("v").as_ref(), expected, "{schema:?}");
            store
                .set_cell("t", "r", "other", sample)
                .set_cell("u", "r", "c", sample);
            store.set_value("other", sample).del_tables().del_values();
            assert_eq!(store.get_json(), "[{},{}]");
        }
    }
}

#[test]
fn defaults_are_added_and_stand_in_for_what_is_not_allowed() {
    let store = with_pets_schema();
    store.set_row("pets", "fido", row! {"name" => "Fido", "age" => "four"});
    store.set_row(
        "pets",
        "felix",
        row! {"name" => "Felix", "species" => "cow", "age" => Cell::Null},
    );
    assert_eq!(
        store.get_tables_json(),
        r#"{"pets":{"fido":{"name":"Fido","species":"dog"},"felix":{"name":"Felix","species":"dog","age":null}}}"#
    );
    assert_eq!(
        store.add_row("pets", row! {"name" => "Cujo"}).as_deref(),
        Some("0")
    );
    assert!(store.has_cell("pets", "0", "species"));
}

#[test]
fn a_whole_row_is_refused_without_what_is_required() {
    let (store, trace) = (with_pets_schema(), Trace::default());
    let note = trace.clone();
    store.add_invalid_cell_listener(None, None, None, move |_, event| {
        note.note(format!("{:?} {:?}", event.cell_id, event.invalid_cells));
    });
    store.set_row("pets", "fido", row! {"age" => 4});
    assert!(!store.has_tables());
    assert_eq!(trace.take(), [r#"Some("name") [None]"#]);
    store.set_partial_row("pets", "fido", row! {"age" => true});
    assert_eq!(trace.take(), [r#"Some("age") [Some(Bool(true))]"#]);
}

#[test]
fn a_cell_with_a_default_is_set_to_it_when_it_is_deleted_unless_by_force() {
    let store = with_pets_schema();
    store.set_row("pets", "fido", row! {"name" => "Fido", "species" => "cat"});
    store.del_cell("pets", "fido", "species");
    assert_eq!(
        store.get_cell("pets", "fido", "species"),
        Some("dog".into())
    );
    store.del_cell_forced("pets", "fido", "name");
    assert_eq!(store.get_cell_ids("pets", "fido"), ["species"]);
    store.del_cell_forced("pets", "fido", "age");
    assert!(store.has_row("pets", "fido"));
    store.del_cell_forced("pets", "fido", "species");
    assert!(!store.has_tables());
    store.set_values_schema([("open", CellSchema::boolean().default(true))]);
    store.set_value("open", false).del_value("open");
    assert_eq!(store.get_value("open"), Some(true.into()));
}

#[test]
fn setting_a_schema_sets_what_there_is_anew() {
    let store = Store::new();
    store.set_content(
        [
            (
                "pets",
                Table::from([("fido", row! {"name" => "Fido", "age" => "four"})]),
            ),
            ("shops", Table::from([("a", row! {"b" => 1})])),
        ],
        row! {"open" => 1, "note" => "x"},
    );
    store.set_schema(
        [(
            "pets",
            [
                ("name", CellSchema::string()),
                ("age", CellSchema::number().default(1)),
            ],
        )],
        [("open", CellSchema::boolean().default(true))],
    );
    assert_eq!(
        store.get_json(),
        r#"[{"pets":{"fido":{"name":"Fido","age":1}}},{"open":true}]"#
    );
    assert!(store.has_tables_schema() && store.has_values_schema());
    store
        .del_schema()
        .set_cell("shops", "a", "b", 1)
        .set_value("note", "x");
    assert!(!store.has_tables_schema() && !store.has_values_schema());
    assert!(store.has_table("shops") && store.has_value("note") && store.has_table("pets"));
}

#[test]
fn a_schema_is_written_as_json_as_it_was_said() {
    let store = with_pets_schema();
    let array = Json::parse("[]").unwrap();
    let types = [CellType::Object, CellType::Array];
    store.set_values_schema([
        ("b", CellSchema::types(types).default(array)),
        (
            "a",
            CellSchema::one_of([1.5, 2.0])
                .required()
                .allow_null()
                .default(2),
        ),
        ("7", CellSchema::string().default("\"é\n")),
    ]);
    let tables = r#"{"pets":{"species":{"enum":["dog","cat"],"default":"dog"},"name":{"type":"string","required":true},"age":{"type":"number","allowNull":true}}}"#;
    let values = r#"{"7":{"type":"string","default":"\"é\n"},"b":{"type":["object","array"],"default":[]},"a":{"enum":[1.5,2],"default":2,"allowNull":true,"required":true}}"#;
    assert_eq!(store.get_tables_schema_json(), tables);
    assert_eq!(store.get_values_schema_json(), values);
    assert_eq!(store.get_schema_json(), format!("[{tables},{values}]"));
    store.del_tables_schema().del_values_schema();
    assert_eq!(store.get_schema_json(), "[{},{}]");
}

#[test]
fn what_makes_no_sense_is_ignored() {
    let store = Store::new();
    let json = Json::parse("[]").unwrap();
    for schema in [
        CellSchema::types([]),
        CellSchema::one_of::<Cell>([]),
        CellSchema::one_of([Cell::Null]),
        CellSchema::one_of([Cell::from(1), json.into()]),
        CellSchema::one_of([f64::NAN]),
        CellSchema::one_of(["\u{FFFD}"]),
        CellSchema::string().default(Cell::Null),
    ] {
        store.set_schema([("t", [("c", &schema)])], [("v", &schema)]);
        assert!(
            !store.has_tables_schema() && !store.has_values_schema(),
            "{schema:?}"
        );
    }
    for default in [Cell::from("x"), f64::NAN.into(), "\u{FFFC}".into()] {
        store.set_values_schema([("v", CellSchema::number().default(default))]);
        assert_eq!(store.get_values_schema_json(), r#"{"v":{"type":"number"}}"#);
        assert!(!store.has_values());
    }
    store.set_values_schema(ValuesSchema::new());
    assert!(store.has_values_schema());
}

#[test]
fn a_schema_is_rolled_back_with_the_transaction() {
    let store = Store::new();
    store.set_cell("t", "r", "c", 1);
    let result = store.try_transaction(|store| {
        store.set_tables_schema([("t", [("c", CellSchema::string())])]);
        assert!(!store.has_tables());
        Err::<(), _>("no")
    });
    assert_eq!(result, Err("no"));
    assert!(!store.has_tables_schema());
    assert_eq!(store.get_tables_json(), r#"{"t":{"r":{"c":1}}}"#);
}

#[test]
fn a_listener_that_may_not_write_sets_no_schema() {
    let store = Store::new();
    store.add_values_listener(|store| {
        store
            .set_schema(
                [("t", [("c", CellSchema::string())])],
                [("v", CellSchema::string())],
            )
            .del_schema();
    });
    store.set_value("v", 1);
    assert!(!store.has_tables_schema() && !store.has_values_schema() && store.has_value("v"));
}
