//! What serde_json makes of a text, and what JavaScript and the store would make of that: written for plainness.

use crate::store::json::{ENCODED, Half, UNDEFINED, Whole};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Deserializer, Map, Value};

/// Whether bytes are JSON, of any depth; they need not be UTF-8 within strings.
pub fn is_json(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(text).is_ok()
}

/// The value of a JSON text; `None` if serde_json has none for it, such as for 1e400 and lone surrogates.
pub fn value(text: &[u8]) -> Option<Value> {
    let mut deserializer = Deserializer::from_slice(text);
    deserializer.disable_recursion_limit();
    let value = Value::deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some(value)
}

/// How deeply the objects and arrays of a JSON text are nested.
pub fn depth(json: &[u8]) -> usize {
    let (mut depth, mut deepest, mut is_string, mut is_escaped) = (0, 0, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => is_string = !is_string,
            b'{' | b'[' if !is_string => depth += 1,
            b'}' | b']' if !is_string => depth -= 1,
            _ => {}
        }
        deepest = depth.max(deepest);
    }
    deepest
}

/// What `JSON.stringify` prints.
pub fn printed(value: &Value) -> String {
    match value {
        Value::Number(number) => {
            let number = number.as_f64().unwrap();
            // There is no -0 in what is printed.
            ryu_js::Buffer::new()
                .format(if number == 0.0 { 0.0 } else { number })
                .to_owned()
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(printed).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => object(members, |member| Some(printed(member))),
        scalar => scalar.to_string(),
    }
}

/// An object of those members for which there is something to print, in JavaScript's order.
fn object(members: &Map<String, Value>, print: impl Fn(&Value) -> Option<String>) -> String {
    let index = |key: &str| {
        key.parse::<u32>()
            .ok()
            .filter(|n| n.to_string() == key && *n < u32::MAX)
    };
    let mut members: Vec<_> = members.iter().collect();
    members.sort_by_key(|(key, _)| index(key).map_or(u64::MAX, u64::from));
    let print = |(key, value)| Some(format!("{}:{}", printed(&Value::from(key)), print(value)?));
    let members: Vec<_> = members
        .into_iter()
        .map(|(key, value)| (key.as_str(), value))
        .filter_map(print)
        .collect();
    format!("{{{}}}", members.join(","))
}

/// What the two halves of a content say, and their JSON in a store that was empty.
pub fn halves(whole: Whole, value: &Value) -> [(Half, String); 2] {
    let (tables, values) = match (whole, value) {
        (Whole::Tables, tables) => (Some(tables), None),
        (Whole::Values, values) => (None, Some(values)),
        (Whole::Content, Value::Array(halves)) => (halves.first(), halves.get(1)),
        (Whole::Content, tables) => (Some(tables), None),
    };
    [half(tables, 3), half(values, 1)]
}

fn half(value: Option<&Value>, levels: usize) -> (Half, String) {
    let half = match value {
        Some(Value::Object(members)) if members.is_empty() => Half::Empty,
        Some(Value::Object(_)) => Half::Staged,
        _ => Half::Missing,
    };
    let content = value.and_then(|value| content(value, levels));
    (half, content.unwrap_or_else(|| "{}".to_owned()))
}

/// The valid part of objects in objects in so many levels, the last of which holds cells.
fn content(value: &Value, levels: usize) -> Option<String> {
    let members = value.as_object()?;
    let content = object(members, |member| match levels {
        1 => cell(member),
        _ => content(member, levels - 1),
    });
    Some(content).filter(|content| content != "{}")
}

/// A cell as a store prints it; `None` if it is no valid one.
fn cell(value: &Value) -> Option<String> {
    let encoded = std::str::from_utf8(ENCODED).unwrap();
    match value {
        Value::String(text) if text.as_bytes() == UNDEFINED => None,
        Value::String(text) => match text.strip_prefix(encoded) {
            Some(json) => {
                let is_compound = json.trim_start().starts_with(['{', '[']);
                (is_compound && is_json(json.as_bytes())).then(|| printed(value))
            }
            None => Some(printed(value)),
        },
        Value::Array(_) | Value::Object(_) => Some(printed(&Value::from(format!(
            "{encoded}{}",
            printed(value)
        )))),
        scalar => Some(printed(scalar)),
    }
}
