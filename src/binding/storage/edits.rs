//! Edits as they are stored, made into changes that a store can be given.

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

/// The changes `[tables, values, 1]`, one after the other, that an edit `[tables, values, gone]`
/// makes. There are two if a row is gone and there again: the old one goes first.
///
/// # Errors
/// If the text is no edit.
#[wasm_bindgen(js_name = changesOf)]
pub fn changes_of(edit: &str) -> Result<Vec<JsValue>, JsValue> {
    let edit = JSON::parse(edit)?;
    let (gone_tables, gone_values) = (empty(), empty());
    let mut comes_back = false;
    let (tables, values) = (Reflect::get_u32(&edit, 0)?, Reflect::get_u32(&edit, 1)?);
    let gone: Array = Reflect::get_u32(&edit, 2)?.unchecked_into();
    for path in gone.iter() {
        let path: Array = path.unchecked_into();
        let [first, row, cell] = [path.get(0), path.get(1), path.get(2)];
        match path.length() {
            1 => {
                Reflect::set(&gone_values, &first, &JsValue::UNDEFINED)?;
            }
            2 => {
                comes_back |= member(&tables, &first).is_some_and(|rows| has(&rows, &row));
                Reflect::set(&child(&gone_tables, &first)?, &row, &JsValue::UNDEFINED)?;
            }
            _ => {
                let cells = child(&child(&gone_tables, &first)?, &row)?;
                Reflect::set(&cells, &cell, &JsValue::UNDEFINED)?;
            }
        }
    }
    if comes_back {
        return Ok(vec![
            changes(&gone_tables, &gone_values),
            changes(&tables, &values),
        ]);
    }
    merge(&gone_tables, &tables, 2)?;
    merge(&gone_values, &values, 0)?;
    Ok(vec![changes(&gone_tables, &gone_values)])
}

fn changes(tables: &JsValue, values: &JsValue) -> JsValue {
    Array::of3(tables, values, &JsValue::from(1)).into()
}

/// An object without a prototype: ids are names of any kind.
fn empty() -> JsValue {
    Object::<JsValue>::create(JsValue::NULL.unchecked_ref()).into()
}

fn has(object: &JsValue, key: &JsValue) -> bool {
    Object::has_own::<Object>(object.unchecked_ref(), key)
}

fn member(object: &JsValue, key: &JsValue) -> Option<JsValue> {
    let found = has(object, key).then(|| Reflect::get(object, key))?;
    found.ok().filter(JsValue::is_object)
}

/// The object under a key, made if there is none.
fn child(object: &JsValue, key: &JsValue) -> Result<JsValue, JsValue> {
    if let Some(found) = member(object, key) {
        return Ok(found);
    }
    let made = empty();
    Reflect::set(object, key, &made)?;
    Ok(made)
}

/// Lays `from` over `onto`, so many levels deep.
fn merge(onto: &JsValue, from: &JsValue, depth: u32) -> Result<(), JsValue> {
    for key in Object::keys::<Object>(from.unchecked_ref()) {
        let value = Reflect::get(from, &key)?;
        match depth.checked_sub(1) {
            Some(depth) => merge(&child(onto, &key)?, &value, depth)?,
            None => {
                Reflect::set(onto, &key, &value)?;
            }
        }
    }
    Ok(())
}
