//! What back ends bring from JavaScript: content, changes, or what is neither.

use js_sys::{JsString, Reflect};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::persister_error::invalid_content;
use super::persister_host::JsHost;
use crate::persister::{Found, Update};

#[wasm_bindgen]
extern "C" {
    // It throws for a proxy that was revoked.
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;
}

/// A store's content on its way from a back end.
pub enum Content {
    /// `[tables, values]` as an app makes it, object cells encoded or not.
    Value(JsValue),
    /// The JSON text of that, which only the store needs to read.
    Text(JsString),
}

/// Whether `value` is an array that is marked as changes by a third element of 1.
///
/// # Errors
/// What looking into it throws, as it does for a proxy.
pub(super) fn is_changes(value: &JsValue) -> Result<bool, JsValue> {
    Ok(is_array(value)? && Reflect::get_u32(value, 2)?.as_f64() == Some(1.0))
}

/// What is announced by `value`.
///
/// # Errors
/// As [`is_changes`].
pub(super) fn update_of(value: JsValue) -> Result<Update<JsHost>, JsValue> {
    Ok(if is_changes(&value)? {
        Update::Changes(value)
    } else {
        Update::Content(Content::Value(value))
    })
}

/// What is stored: content, changes or nothing. `null`, as storages give for a missing text, is
/// nothing, too, but reported as TinyBase does.
///
/// # Errors
/// As [`is_changes`]; an error of the code `invalid-content`.
pub(super) fn found(value: JsValue) -> Result<Found<JsHost>, JsValue> {
    if value.is_undefined() {
        Ok(Found::Nothing(None))
    } else if value.is_null() {
        Ok(Found::Nothing(Some(invalid_content(&value))))
    } else if is_array(&value)? {
        update_of(value).map(Found::Update)
    } else {
        Err(invalid_content(&value))
    }
}
