//! Schemas of transactions that do not stay: by `doRollback`, and by an error in each phase.

use super::freeing::sweep;
use super::harness::{Driver, Outcome};
use crate::store::Kind;

const TABLES: &str = r#"{"t":{"a":{"type":"number","default":1}}}"#;
const VALUES: &str = r#"{"v":{"type":"number","default":1}}"#;

fn with_schemas() -> Driver {
    let mut driver = Driver::new();
    driver.set_tables_schema("t.a=number,default:1");
    driver.set_values_schema("v=number,default:1");
    driver.set_row("t", "r", "a=5");
    driver.set_value("v", "5");
    driver
}

fn set_others(driver: &mut Driver) {
    driver.set_tables_schema("t.b=number");
    driver.set_values_schema("w=number,default:1");
}

/// Schemas and content are what they were, and the schemas work.
#[track_caller]
fn is_rolled_back(driver: &mut Driver) {
    assert_eq!(driver.schemas(), [TABLES, VALUES]);
    assert_eq!((&*driver.tables(), &*driver.values()), ("t.r.a=5", "v=5"));
    driver.set_cell("t", "q", "b", "1");
    driver.set_row("t", "s", "");
    driver.del_value("v");
    assert_eq!(
        (&*driver.tables(), &*driver.values()),
        ("t.r.a=5 t.s.a=1", "v=1")
    );
}

#[test]
fn a_rollback_brings_schemas_and_content_back() {
    let changes: [fn(&mut Driver); 4] = [
        set_others,
        |driver| {
            set_others(driver);
            driver.set_tables_schema("u.c=number");
            driver.del_tables_schema();
        },
        |driver| {
            driver.del_tables_schema();
            driver.del_values_schema();
            driver.set_cell("t", "r", "z", "1");
            driver.set_cell("x", "r", "c", "1");
            driver.set_value("v", "x");
        },
        |driver| {
            driver.del_tables();
            driver.del_values_schema();
            driver.del_values();
            driver.set_tables_schema("t.b=string,default:x");
            driver.set_values_schema("v=string,default:y");
        },
    ];
    for change in changes {
        let mut driver = with_schemas();
        driver.rolled_back(change);
        is_rolled_back(&mut driver);
        let mut driver = with_schemas();
        let outcome = driver.transaction(|driver| {
            change(driver);
            Err::<(), _>("actions")
        });
        assert_eq!(outcome, Err("actions"));
        is_rolled_back(&mut driver);
    }
}

#[test]
fn an_error_of_a_listener_that_may_still_write_brings_them_back() {
    for (kind, mutator) in [
        (Kind::StartTransaction, false),
        (Kind::Value, true),
        (Kind::InvalidCell, true),
        (Kind::WillFinishTransaction, false),
    ] {
        let mut driver = with_schemas();
        let path = &["*"; 3][..kind.arity()];
        let throw = |driver: &mut Driver, _: &_| -> Outcome {
            driver.del_tables_schema();
            driver.del_values_schema();
            driver.set_cell("x", "r", "c", "1");
            Err("listener")
        };
        let id = match mutator {
            true => driver.mutate("throws", kind, path, throw),
            false => driver.react("throws", kind, path, throw),
        };
        let outcome = driver.transaction(|driver| {
            set_others(driver);
            Ok(())
        });
        assert_eq!(outcome, Err("listener"), "{kind:?}");
        driver.expect(&["throws"]);
        driver.remove(id);
        is_rolled_back(&mut driver);
    }
}

#[test]
fn an_error_of_do_rollback_brings_them_back() {
    let mut driver = with_schemas();
    let outcome = driver.transaction_unless(
        |driver| {
            set_others(driver);
            Ok(())
        },
        Some(&|driver| {
            driver.del_tables_schema();
            Err("doRollback")
        }),
    );
    assert_eq!(outcome, Err("doRollback"));
    is_rolled_back(&mut driver);
}

#[test]
fn an_error_of_a_later_listener_lets_them_stay() {
    for kind in [Kind::Tables, Kind::DidFinishTransaction] {
        let mut driver = with_schemas();
        driver.react("", kind, &[], |driver, _| {
            driver.del_tables_schema();
            Err("too late")
        });
        let outcome = driver.transaction(|driver| {
            set_others(driver);
            Ok(())
        });
        assert_eq!(outcome, Err("too late"));
        assert_eq!(driver.schemas()[0], r#"{"t":{"b":{"type":"number"}}}"#);
        assert_eq!((&*driver.tables(), &*driver.values()), ("", "w=1"));
    }
}

#[test]
fn what_will_finish_sets_after_a_rollback_stays() {
    let mut driver = with_schemas();
    driver.react("", Kind::WillFinishTransaction, &[], |driver, _| {
        driver.set_tables_schema("t.a=number,default:7");
        driver.del_values_schema();
        Ok(())
    });
    driver.rolled_back(set_others);
    assert_eq!(
        driver.schemas(),
        [r#"{"t":{"a":{"type":"number","default":7}}}"#, "{}"]
    );
    assert_eq!((&*driver.tables(), &*driver.values()), ("t.r.a=5", "v=5"));
}

#[test]
fn schemas_cannot_be_changed_outside_a_transaction_or_while_listeners_are_told() {
    let mut driver = with_schemas();
    driver.store.set_tables_schema(Vec::new());
    driver.store.del_tables_schema();
    driver.store.del_values_schema();
    let change = |driver: &mut Driver, _: &_| {
        set_others(driver);
        driver.del_tables_schema();
        driver.del_values_schema();
        Ok(())
    };
    driver.react("", Kind::Cell, &["*", "*", "*"], change);
    driver.react("", Kind::DidFinishTransaction, &[], change);
    driver.set_cell("t", "r", "a", "6");
    assert_eq!(driver.schemas(), [TABLES, VALUES]);
    assert_eq!(driver.take_trace().len(), 2);
}

#[test]
fn the_first_schema_is_gone_after_a_rollback() {
    let mut driver = Driver::with("t.r.a=1 t.r.b=x");
    driver.set_values("v=1");
    driver.rolled_back(set_others);
    assert_eq!(driver.schemas(), ["{}", "{}"]);
    assert_eq!(driver.store.has_tables_schema(), Some(false));
    assert_eq!(driver.store.has_values_schema(), Some(false));
    driver.set_cell("x", "r", "c", "1");
    assert_eq!(
        (&*driver.tables(), &*driver.values()),
        ("t.r.a=1 t.r.b=x x.r.c=1", "v=1")
    );
}

#[test]
fn a_schema_that_was_deleted_comes_back_in_the_order_of_an_object() {
    let mut driver = Driver::new();
    driver.set_tables_schema("t.b=number t.a=number 9.c=number");
    let [before, _] = driver.schemas();
    driver.rolled_back(|driver| {
        driver.del_tables_schema();
        driver.set_tables_schema("9.c=number t.a=number t.b=number");
    });
    let [after, _] = driver.schemas();
    assert_ne!(before, after, "each part is where its successor was");
    assert_eq!(
        after,
        before.replace(
            r#""b":{"type":"number"},"a":{"type":"number"}"#,
            r#""a":{"type":"number"},"b":{"type":"number"}"#
        )
    );
}

#[test]
fn the_texts_of_schemas_that_did_not_stay_are_freed_and_the_others_kept() {
    let mut driver = with_schemas();
    sweep(&mut driver);
    let base = driver.store.text_count();
    for round in 0..3 {
        let change = |driver: &mut Driver| {
            let long = "x".repeat(100 + round);
            let cells: Vec<_> = (0..100)
                .map(|cell| format!("u.c{round}{cell}=choice:{cell}x|{long},default:{long}"))
                .collect();
            driver.set_tables_schema(&cells.join(" "));
            driver.del_tables_schema();
            driver.set_tables_schema(&cells.join(" ").replace("u.", "w."));
            driver.set_values_schema(&cells.join(" ").replace("u.", ""));
        };
        driver.rolled_back(change);
        let failed = driver.transaction(|driver| {
            change(driver);
            Err::<(), _>("enough")
        });
        assert_eq!(failed, Err("enough"));
        sweep(&mut driver);
        assert_eq!(driver.store.text_count(), base, "{round}");
    }
    is_rolled_back(&mut driver);
}
