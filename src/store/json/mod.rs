//! JSON in and out, in one pass, with the results that JavaScript's own `JSON` would give: number
//! formatting, escapes, the order of keys, and texts with lone surrogates.
//!
//! In the texts of a store, an object or array in a cell is written as a string, U+FFFD followed by
//! its JSON. This is the form that TinyBase stores, so both read each other's texts.

mod canonical;
mod edits;
mod keys;
mod read;
pub(super) mod scan;
mod write;

pub(super) use canonical::write_rest;
pub use canonical::{Purpose, canonical};
pub(super) use keys::Keys;
pub(super) use read::encoded_cell;
pub use read::{Content, Half, Progress, Reader, Stop, Whole, read};
pub use scan::is_object_or_array;
pub(crate) use scan::{Scanner, Token};
pub use write::{write_cell, write_string};

/// How deeply the objects and arrays of one text may be nested.
pub const MAX_DEPTH: usize = 1000;

/// The first character of an encoded object or array, U+FFFD, in UTF-8. As a cell's text it is
/// reserved.
pub const ENCODED: &[u8] = "\u{FFFD}".as_bytes();

/// The text that stands for `undefined` where JSON has none, U+FFFC, in UTF-8. As a cell's text it is
/// reserved.
pub const UNDEFINED: &[u8] = "\u{FFFC}".as_bytes();
