//! What a stored text holds, found out without reading a whole content.

use js_sys::{Array, JSON, JsString, Object, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue};

use crate::binding::persister_content::is_changes;
use crate::binding::persister_error::marked;

/// What stands for undefined, which JSON does not have.
const UNDEFINED_MARK: &str = "\u{FFFC}";

/// A stored text, as far as it had to be read.
pub(super) enum Stored {
    /// The text of an array, as it is: a content for the store to parse.
    Content(JsString),
    /// Anything else: changes, or what is no content.
    Other(JsValue),
}

/// Find out what `text` holds.
///
/// # Errors
/// A `SyntaxError` of the code `malformed-json` if it is malformed and no array; a malformed array is the store's to refuse.
pub(super) fn read(text: JsString) -> Result<Stored, JsValue> {
    read_and(text, without_marks)
}

/// As [`read`], for JSON without marks of undefined.
///
/// # Errors
/// As [`read`].
pub(super) fn read_json(text: JsString) -> Result<Stored, JsValue> {
    read_and(text, |value| value)
}

fn read_and(text: JsString, decode: fn(JsValue) -> JsValue) -> Result<Stored, JsValue> {
    if first_letter(&text) == Some('[') && !could_be_changes(&text) {
        return Ok(Stored::Content(text));
    }
    let value =
        JSON::parse(&String::from(&text)).map_err(|error| marked(error, "malformed-json"))?;
    let value = decode(value);
    if Array::is_array(&value) && !is_changes(&value)? {
        return Ok(Stored::Content(text));
    }
    Ok(Stored::Other(value))
}

fn first_letter(text: &JsString) -> Option<char> {
    (0..text.length())
        .map(|index| letter(text, index))
        .find(|letter| !is_space(*letter))
}

/// Whether the text ends as an array whose last element is a number ending in 1.
fn could_be_changes(text: &JsString) -> bool {
    let mut last_letters = (0..text.length())
        .rev()
        .map(|index| letter(text, index))
        .filter(|letter| !is_space(*letter));
    last_letters.next() == Some(']') && last_letters.next() == Some('1')
}

/// The code unit at `index`, if it is a character of its own.
fn letter(text: &JsString, index: u32) -> char {
    char::from_u32(text.char_code_at(index) as u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// White space as in JSON.
fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r')
}

/// `value` with undefined in place of its marks. What was parsed is changed in place, since it is
/// nobody else's.
pub(super) fn without_marks(value: JsValue) -> JsValue {
    if value == UNDEFINED_MARK {
        return JsValue::UNDEFINED;
    }
    // A list of what is yet to be looked into, since depth must cost no stack.
    let mut due = vec![value.clone()];
    while let Some(value) = due.pop() {
        let Some(object) = value.dyn_ref::<Object>() else {
            continue;
        };
        for key in Object::keys(object) {
            match Reflect::get(object, &key) {
                // A property of a parsed object can always be set.
                Ok(inner) if inner == UNDEFINED_MARK => {
                    drop(Reflect::set(object, &key, &JsValue::UNDEFINED));
                }
                Ok(inner) => due.push(inner),
                Err(_) => {}
            }
        }
    }
    value
}
