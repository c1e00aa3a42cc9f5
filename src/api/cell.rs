//! One cell or value, as Rust programs hold it.

use super::error::Error;
use super::json::Json;
use std::borrow::Cow;
use std::fmt;

/// What a cell or value of a [`Store`](super::Store) holds.
///
/// Made with `From` where nothing can go wrong, and turned back with `TryFrom` or the `as_…` methods:
///
/// ```
/// use cellarium::Cell;
///
/// assert_eq!(Cell::from("dog").as_str(), Some("dog"));
/// assert_eq!(Cell::from(4), Cell::Number(4.0));
/// assert_eq!(u8::try_from(Cell::from(4)), Ok(4));
/// assert!(u8::try_from(Cell::from(4.5)).is_err());
/// assert!(bool::try_from(Cell::Null).is_err());
/// ```
///
/// Two cells are equal when a store sees no change between them, so 0 equals -0.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// `null`: a cell that is there and says so.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number, as JavaScript has them. Only a finite one is [valid](Cell::is_valid).
    Number(f64),
    /// A text. Not every one is [valid](Cell::is_valid).
    Text(String),
    /// An object or an array.
    Json(Json),
}

impl Cell {
    /// Whether a store takes the cell. What is not valid is left out of whatever is written, and
    /// listeners to invalid cells and values are told of it; the rest is written.
    ///
    /// Not valid are numbers that are not finite, and two sorts of texts, which are reserved for what
    /// JSON cannot say: a text that begins with U+FFFD, and the text U+FFFC.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        match self {
            Cell::Number(number) => number.is_finite(),
            Cell::Text(text) => !text.starts_with('\u{FFFD}') && text != "\u{FFFC}",
            Cell::Null | Cell::Bool(_) | Cell::Json(_) => true,
        }
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Cell::Null)
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Cell::Bool(boolean) => Some(*boolean),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Cell::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The object or array, if it is one.
    #[must_use]
    pub fn as_json(&self) -> Option<&Json> {
        match self {
            Cell::Json(json) => Some(json),
            _ => None,
        }
    }
}

/// Writes what the cell holds: a text as it is, all else as its JSON.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Null => f.write_str("null"),
            Cell::Bool(boolean) => boolean.fmt(f),
            Cell::Number(number) => f.write_str(ryu_js::Buffer::new().format(*number)),
            Cell::Text(text) => f.write_str(text),
            Cell::Json(json) => json.fmt(f),
        }
    }
}

macro_rules! from {
    ($($type:ty: $name:ident => $cell:expr;)*) => {$(
        impl From<$type> for Cell {
            fn from($name: $type) -> Self {
                $cell
            }
        }
    )*};
}

from! {
    bool: boolean => Cell::Bool(boolean);
    String: text => Cell::Text(text);
    &str: text => Cell::Text(text.to_owned());
    &String: text => Cell::Text(text.clone());
    Cow<'_, str>: text => Cell::Text(text.into_owned());
    Json: json => Cell::Json(json);
    &Cell: cell => cell.clone();
}

macro_rules! from_numbers {
    ($($type:ty)*) => {$(
        impl From<$type> for Cell {
            fn from(number: $type) -> Self {
                Cell::Number(f64::from(number))
            }
        }
    )*};
}

from_numbers!(f64 f32 i32 u32 i16 u16 i8 u8);

/// The largest number up to which every integer is a double of its own, 2^53 - 1.
const MAX_SAFE: u64 = 9_007_199_254_740_991;

macro_rules! from_large_integers {
    ($($type:ty)*) => {$(
        /// Fails if the number lies beyond ±(2^53 - 1), where doubles no longer tell all integers apart.
        impl TryFrom<$type> for Cell {
            type Error = Error;

            fn try_from(number: $type) -> Result<Self, Error> {
                #[allow(unused_comparisons, reason = "some of the types have no sign")]
                let size = if number < 0 { (number as i64).unsigned_abs() } else { number as u64 };
                match size <= MAX_SAFE {
                    true => Ok(Cell::Number(number as f64)),
                    false => Err(Error::WrongType),
                }
            }
        }
    )*};
}

from_large_integers!(i64 u64 isize usize);

macro_rules! into_integers {
    ($($type:ty)*) => {$(
        /// Fails if the cell is no number, or one that the type does not hold.
        impl TryFrom<Cell> for $type {
            type Error = Error;

            fn try_from(cell: Cell) -> Result<Self, Error> {
                let number = cell.as_number().ok_or(Error::WrongType)?;
                // The conversion rounds and saturates; converting back tells whether it did.
                let integer = number as $type;
                let is_safe = number.abs() <= MAX_SAFE as f64;
                match is_safe && integer as f64 == number {
                    true => Ok(integer),
                    false => Err(Error::WrongType),
                }
            }
        }
    )*};
}

into_integers!(i64 u64 isize usize i32 u32 i16 u16 i8 u8);

macro_rules! into {
    ($($type:ty: $variant:ident;)*) => {$(
        /// Fails if the cell holds something else.
        impl TryFrom<Cell> for $type {
            type Error = Error;

            fn try_from(cell: Cell) -> Result<Self, Error> {
                match cell {
                    Cell::$variant(content) => Ok(content),
                    _ => Err(Error::WrongType),
                }
            }
        }
    )*};
}

into! {
    bool: Bool;
    f64: Number;
    String: Text;
    Json: Json;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_convert_only_where_nothing_is_lost() {
        assert_eq!(
            Cell::try_from(1_u64 << 52),
            Ok(Cell::Number((1_u64 << 52) as f64))
        );
        assert_eq!(Cell::try_from(i64::MIN), Err(Error::WrongType));
        assert_eq!(Cell::try_from(u64::MAX), Err(Error::WrongType));
        assert_eq!(Cell::try_from(-5_isize), Ok(Cell::from(-5)));
        assert_eq!(i8::try_from(Cell::from(-128)), Ok(-128));
        assert_eq!(i8::try_from(Cell::from(128)), Err(Error::WrongType));
        assert_eq!(u32::try_from(Cell::from(-1)), Err(Error::WrongType));
        assert_eq!(u64::try_from(Cell::from(1e300)), Err(Error::WrongType));
        assert_eq!(u64::try_from(Cell::Number(f64::NAN)), Err(Error::WrongType));
        assert_eq!(i64::try_from(Cell::from("1")), Err(Error::WrongType));
    }

    #[test]
    fn every_kind_converts_back_to_what_it_was_made_of() {
        let json = Json::parse("[1]").unwrap();
        assert_eq!(String::try_from(Cell::from("x")), Ok("x".to_owned()));
        assert_eq!(f64::try_from(Cell::from(1.5)), Ok(1.5));
        assert_eq!(bool::try_from(Cell::from(true)), Ok(true));
        assert_eq!(Json::try_from(Cell::from(json.clone())), Ok(json));
        assert_eq!(bool::try_from(Cell::from(1)), Err(Error::WrongType));
    }

    #[test]
    fn a_cell_displays_as_javascript_would_print_it() {
        let json = Json::parse(r#"{"a": 1.0}"#).unwrap();
        let cells = [
            Cell::Null,
            true.into(),
            1e21.into(),
            "é\"".into(),
            json.into(),
        ];
        let shown: Vec<String> = cells.iter().map(Cell::to_string).collect();
        assert_eq!(shown, ["null", "true", "1e+21", "é\"", r#"{"a":1}"#]);
    }
}
