//! What goes wrong with a database, and what the app is told of it.

use js_sys::Reflect;
use wasm_bindgen::prelude::JsValue;

use super::layout::SET_ASIDE;
use crate::binding::persister_error::{coded, storage_unavailable};

/// Why something did not succeed.
pub(super) enum Fault {
    /// Somebody else has saved since: what was based on the state of before was not written.
    Conflict(JsValue),
    /// The connection is of no use any longer; another one may be.
    Dead(JsValue),
    /// What is stored cannot be read.
    Unreadable,
    /// What the app is told.
    Other(JsValue),
}

impl Fault {
    /// What the browser threw or reported.
    pub(super) fn of(thrown: JsValue) -> Self {
        match name_of(&thrown).as_str() {
            "ConstraintError" => Self::Conflict(thrown),
            // That of a closed connection, and what Safari says of one whose process is gone.
            "InvalidStateError" | "UnknownError" => Self::Dead(thrown),
            "QuotaExceededError" => Self::Other(told(
                "There is no room left for what is to be stored",
                "quota-exceeded",
                &thrown,
            )),
            _ => Self::Other(failed(thrown)),
        }
    }

    /// A transaction was aborted by nobody who says why.
    pub(super) fn closed() -> Self {
        Self::Dead(JsValue::UNDEFINED)
    }

    /// Why a database could not be opened.
    pub(super) fn of_opening(thrown: JsValue) -> Self {
        match name_of(&thrown).as_str() {
            "SecurityError" | "InvalidStateError" => {
                Self::Other(storage_unavailable("IndexedDB", &thrown))
            }
            "VersionError" => Self::foreign("it has a later version", &thrown),
            "QuotaExceededError" => Self::of(thrown),
            _ => Self::Other(failed(thrown)),
        }
    }

    /// The database is somebody else's.
    pub(super) fn foreign(why: &str, cause: &JsValue) -> Self {
        let message = format!("The database was left alone: {why}");
        Self::Other(told(&message, "foreign-database", cause))
    }

    /// Another connection does not make way.
    pub(super) fn blocked() -> Self {
        Self::Other(told(
            "The database could not be opened in time, perhaps because of another tab",
            "storage-blocked",
            &JsValue::UNDEFINED,
        ))
    }

    /// The error for the app.
    pub(super) fn into_error(self) -> JsValue {
        match self {
            Self::Conflict(cause) | Self::Dead(cause) => failed(cause),
            Self::Unreadable => unreadable(SET_ASIDE),
            Self::Other(error) => error,
        }
    }
}

impl From<JsValue> for Fault {
    fn from(thrown: JsValue) -> Self {
        Self::of(thrown)
    }
}

fn name_of(thrown: &JsValue) -> String {
    let name = Reflect::get(thrown, &"name".into());
    name.ok()
        .and_then(|name| name.as_string())
        .unwrap_or_default()
}

/// An error with a code of its own is the app's to see as it is.
fn failed(thrown: JsValue) -> JsValue {
    let code = Reflect::get(&thrown, &"code".into());
    if code.is_ok_and(|code| code.is_string()) {
        return thrown;
    }
    told("The database cannot be used", "storage-failed", &thrown)
}

fn told(message: &str, code: &str, cause: &JsValue) -> JsValue {
    let error = coded(message, code);
    if !cause.is_undefined() {
        error.set_cause(cause);
    }
    error.into()
}

/// Something that was stored could not be read, and was set aside in the object store `place`.
fn unreadable(place: &str) -> JsValue {
    let error = coded(
        "Some of what was stored cannot be read, and was set aside",
        "unreadable-content",
    );
    // Setting a property of an object made just now cannot fail.
    drop(Reflect::set(&error, &"setAside".into(), &place.into()));
    error.into()
}
