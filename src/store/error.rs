//! The errors of the store: what can go wrong with input that cannot simply be ignored.

use std::fmt;

/// Why a call on the [`Store`](super::Store) was refused.
///
/// Everything that TinyBase ignores in silence is ignored here too and is no error; see the
/// documentation of each method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A text that should be JSON is not. `offset` is the byte at which reading stopped.
    MalformedJson {
        /// Byte offset in the UTF-8 text.
        offset: usize,
    },
    /// A handle (the number of a text, table, column or slot) that stands for nothing in this store.
    UnknownHandle,
    /// A block of staged input that is cut short or holds an unknown tag.
    MalformedBlock,
    /// JSON nested deeper than [`MAX_DEPTH`](super::json::MAX_DEPTH) levels.
    TooDeep,
    /// What another store is said to have sent is no mergeable content, or no changes of any.
    InvalidStamps,
}

impl Error {
    /// The stable, machine-readable name of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::MalformedJson { .. } => "malformed-json",
            Error::UnknownHandle => "unknown-handle",
            Error::MalformedBlock => "malformed-block",
            Error::TooDeep => "too-deep",
            Error::InvalidStamps => "invalid-stamps",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::MalformedJson { offset } => write!(f, "malformed JSON at byte {offset}"),
            Error::UnknownHandle => f.write_str("a handle that this store does not know"),
            Error::MalformedBlock => f.write_str("a malformed block of input"),
            Error::TooDeep => f.write_str("JSON that is nested too deeply"),
            Error::InvalidStamps => f.write_str("no mergeable content or changes"),
        }
    }
}

impl std::error::Error for Error {}
