//! An object or array that is a cell.

use super::error::Error;
use crate::store::json::{Purpose, canonical, is_object_or_array};
use std::fmt;
use std::str::FromStr;

/// An object or an array, kept as its JSON text in the form in which JavaScript prints it.
///
/// Two are equal when their texts are, as for a store: objects with the same members in another
/// order differ.
///
/// ```
/// use cellarium::Json;
///
/// let json = Json::parse(r#"{ "tags": ["good", "boy"] }"#)?;
/// assert_eq!(json.as_str(), r#"{"tags":["good","boy"]}"#);
/// # Ok::<(), cellarium::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Json(String);

impl Json {
    /// Reads the JSON text of an object or array.
    ///
    /// # Errors
    /// If the text is no JSON, or that of something else, or nested deeper than 1,000 levels.
    pub fn parse(text: &str) -> Result<Json, Error> {
        let json = canonical(text.as_bytes(), Purpose::Print)?;
        let json = String::from_utf8(json).unwrap_or_default();
        match is_object_or_array(json.as_bytes()) {
            true => Ok(Json(json)),
            false => Err(Error::NotObjectOrArray),
        }
    }

    /// What a store holds, which has been checked before.
    pub(super) fn from_store(text: String) -> Json {
        Json(text)
    }

    /// The JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The JSON text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl FromStr for Json {
    type Err = Error;

    fn from_str(text: &str) -> Result<Json, Error> {
        Json::parse(text)
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_objects_and_arrays_are_taken() {
        assert_eq!(
            Json::parse("[ ]").map(Json::into_string),
            Ok("[]".to_owned())
        );
        assert_eq!("{}".parse::<Json>().unwrap().to_string(), "{}");
        assert_eq!(Json::parse("1"), Err(Error::NotObjectOrArray));
        assert_eq!(Json::parse("[1"), Err(Error::MalformedJson { offset: 2 }));
        assert_eq!(Json::parse(&"[".repeat(5000)), Err(Error::TooDeep));
    }
}
