//! What can go wrong.

use crate::store;
use std::fmt;

/// Why a JSON text or a conversion was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A text that should be JSON is not; `offset` is the byte at which reading stopped.
    MalformedJson {
        /// Byte offset in the text.
        offset: usize,
    },
    /// JSON with arrays or objects nested deeper than 1,000 levels.
    TooDeep,
    /// JSON that is neither an object nor an array.
    NotObjectOrArray,
    /// A text that should be the content of a mergeable store, or changes of it, and is not; or that has
    /// a stamp of more than five minutes from now.
    InvalidStamps,
    /// A cell that holds something other than what it was to be turned into, or a number that has no
    /// exact counterpart.
    WrongType,
}

impl Error {
    /// The stable, machine-readable name of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::MalformedJson { .. } => "malformed-json",
            Error::TooDeep => "too-deep",
            Error::NotObjectOrArray => "not-object-or-array",
            Error::InvalidStamps => "invalid-stamps",
            Error::WrongType => "wrong-type",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::MalformedJson { offset } => write!(f, "malformed JSON at byte {offset}"),
            Error::TooDeep => f.write_str("JSON that is nested too deeply"),
            Error::NotObjectOrArray => f.write_str("JSON that is neither an object nor an array"),
            Error::InvalidStamps => f.write_str("no content or changes of a mergeable store"),
            Error::WrongType => f.write_str("a cell or number of another type or size"),
        }
    }
}

impl std::error::Error for Error {}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::TooDeep => Error::TooDeep,
            store::Error::InvalidStamps => Error::InvalidStamps,
            store::Error::MalformedJson { offset } => Error::MalformedJson { offset },
            // The others are about handles and blocks, which do not occur here.
            _ => Error::MalformedJson { offset: 0 },
        }
    }
}
