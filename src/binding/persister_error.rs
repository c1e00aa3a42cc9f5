//! Errors of persisters as JavaScript sees them: `Error` objects with a stable `code`.

use js_sys::{Error, Reflect};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::persister::PersisterError;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = String)]
    fn to_text(value: &JsValue) -> Result<String, JsValue>;
}

/// An `Error` with `message` and `code`.
pub(super) fn coded(message: &str, code: &str) -> Error {
    let error = Error::new(message);
    set(&error, "code", &code.into());
    error
}

/// `error`, an object of somebody else's, with a `code`.
pub(super) fn marked(error: JsValue, code: &str) -> JsValue {
    set(&error, "code", &code.into());
    error
}

/// What a persister itself reports.
pub(super) fn of_persister(error: PersisterError) -> JsValue {
    coded(&error.to_string(), error.code()).into()
}

/// What was stored is `value`, which is not content. The message is TinyBase's.
pub(super) fn invalid_content(value: &JsValue) -> JsValue {
    let text = to_text(value).unwrap_or_default();
    coded(&format!("tinybase:1:{text}"), "invalid-content").into()
}

/// Whether an error says that a stored text cannot be read.
pub(super) fn is_malformed(error: &JsValue) -> bool {
    Reflect::get(error, &"code".into()).is_ok_and(|code| code == "malformed-json")
}

/// Say in an error that what could not be read was set aside, and where.
pub(super) fn set_aside_at(error: &JsValue, place: &JsValue) {
    set(error, "setAside", place);
}

/// Say in an error why it could not be helped.
pub(super) fn set_cause(error: &JsValue, cause: &JsValue) {
    set(error, "cause", cause);
}

fn set(error: &JsValue, name: &str, value: &JsValue) {
    // What is no object, or is frozen, stays as it is.
    drop(Reflect::set(error, &name.into(), value));
}

/// The storage cannot be used here; `cause` is what the browser says.
pub(super) fn storage_unavailable(area: &str, cause: &JsValue) -> JsValue {
    let error = coded(
        &format!("{area} is not available here"),
        "storage-unavailable",
    );
    error.set_cause(cause);
    error.into()
}

/// What a storage answered, as an error of `code` that says what could not be done.
pub(super) fn storage_error(message: &str, code: &str, cause: &JsValue) -> JsValue {
    let error = coded(message, code);
    error.set_cause(cause);
    error.into()
}

/// What is stored is of another version than what is to be saved, so that they cannot be mixed.
pub(super) fn other_version(stored: u64, own: u64) -> JsValue {
    let message = format!("what is stored is of version {stored}, not {own}");
    let code = if stored > own {
        "newer-version"
    } else {
        "storage-failed"
    };
    coded(&message, code).into()
}

/// What was stored cannot be read and has been copied to `set_aside`.
pub(super) fn unreadable_content(place: &str, why: &str, set_aside: &str) -> JsValue {
    let message = format!("{place} cannot be read: {why}; it was set aside as {set_aside}");
    let error = coded(&message, "unreadable-content").into();
    set_aside_at(&error, &set_aside.into());
    error
}
