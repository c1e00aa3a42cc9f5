//! What Rust and TypeScript must agree on to read the same memory: offsets, tags and codes.
//!
//! `src/facade/layout.ts` says the same; `tests/layout.rs` compares the two files, and the assertions
//! below hold this one to the types that it describes.

use crate::store::{Cell, Chunk, tag};
use std::cell::Cell as Shared;
use std::mem::{offset_of, size_of};

/// Where [`View::epoch`] is in a view, in bytes.
pub const VIEW_EPOCH: usize = 0;
/// Where [`View::listener`] is.
pub const VIEW_LISTENER: usize = 4;
/// Where [`View::kind`] is.
pub const VIEW_KIND: usize = 8;
/// Where [`View::path`] is.
pub const VIEW_PATH: usize = 12;
/// Where [`View::new`] is.
pub const VIEW_NEW: usize = 24;
/// Where [`View::old`] is.
pub const VIEW_OLD: usize = 32;
/// Where [`View::out_address`] is.
pub const VIEW_OUT_ADDRESS: usize = 40;
/// Where [`View::out_length`] is.
pub const VIEW_OUT_LENGTH: usize = 44;
/// Where [`View::texts_epoch`] is.
pub const VIEW_TEXTS_EPOCH: usize = 48;
/// Where [`View::is_writable`] is.
pub const VIEW_IS_WRITABLE: usize = 52;
/// Where [`View::state`] is.
pub const VIEW_STATE: usize = 56;

/// Rows a chunk, as a power of two.
pub const CHUNK_BITS: usize = 6;
/// Where a chunk's row ids start, in bytes.
pub const CHUNK_IDS: usize = 0;
/// Where a chunk's row shapes start.
pub const CHUNK_SHAPES: usize = 256;

/// The high word of an absent cell; see [`crate::store::tag`].
pub const TAG_ABSENT: u32 = 0xFFF8_0000;
/// The high word of `null`.
pub const TAG_NULL: u32 = 0xFFF8_0001;
/// The high word of a boolean.
pub const TAG_BOOLEAN: u32 = 0xFFF8_0002;
/// The high word of a text by handle.
pub const TAG_TEXT: u32 = 0xFFF8_0003;
/// The high word of an object or array by the handle of its JSON.
pub const TAG_JSON: u32 = 0xFFF8_0004;
/// Input only: a text that follows, one byte a character; the low word is its length.
pub const TAG_INLINE_ASCII: u32 = 0xFFF8_0005;
/// Input only: a text that follows in UTF-16; the low word is its length in units.
pub const TAG_INLINE_UTF16: u32 = 0xFFF8_0006;
/// Input only: like [`TAG_INLINE_ASCII`], but the JSON of an object or array.
pub const TAG_INLINE_JSON_ASCII: u32 = 0xFFF8_0007;
/// Input only: like [`TAG_INLINE_UTF16`], but the JSON of an object or array.
pub const TAG_INLINE_JSON_UTF16: u32 = 0xFFF8_0008;

/// Something that cannot be a cell; the low word is the facade's number for it.
pub const TAG_REJECTED: u32 = 0xFFF8_0009;
/// Output only: a text that cannot be a cell, by handle.
pub const TAG_REJECTED_TEXT: u32 = 0xFFF8_000A;

/// In place of a handle, slot, column or shape: there is none.
pub const NONE: u32 = 0xFFFF_FFFF;
/// In a listener's path: an id that nothing has.
pub const NEVER: u32 = 0xFFFF_FFFE;
/// In a listener's path: what has no id.
pub const UNDEFINED: u32 = 0xFFFF_FFFD;

/// A record of a block: a row follows.
pub const RECORD_ROW: u32 = 0;
/// A record of a block: a row follows, with the cell ids of the row before it.
pub const RECORD_SAME_ROW: u32 = 1;
/// A record of a block: the rows before it are a table.
pub const RECORD_TABLE: u32 = 2;
/// A record of a block: a value follows.
pub const RECORD_VALUES: u32 = 3;
/// A record of a block: the id follows of something offered as a row that is none.
pub const RECORD_BAD_ROW: u32 = 4;

/// An answer of `step`: there is nothing to do.
pub const STEP_DONE: u32 = 0;
/// An answer of `step`: call a listener.
pub const STEP_CALL: u32 = 1;
/// An answer of `step`: ask `doRollback`.
pub const STEP_ASK_ROLLBACK: u32 = 2;
/// An answer of `step`: call a listener to cells with each of the changes in the output.
pub const STEP_RUN: u32 = 3;

/// An answer of `readJson`: so far, so good.
pub const READ_SOME: i32 = -1;
/// An answer of `readJson`: nothing whole was in that piece, so larger ones would do better.
pub const READ_NONE: i32 = -2;
/// An answer of `readJson`: the text must be given again, in one piece.
pub const READ_AGAIN: i32 = -3;
/// An answer of `readJson`: the text is nested too deeply.
pub const READ_FAILED: i32 = -4;

/// What a store shows of itself in memory, at an address that does not change.
#[repr(C, align(8))]
pub struct View {
    /// See [`crate::store::Store::epoch`].
    pub epoch: Shared<u32>,
    /// The listener to call.
    pub listener: Shared<u32>,
    /// Its kind.
    pub kind: Shared<u32>,
    /// The ids of its path.
    pub path: [Shared<u32>; 3],
    /// The cell that comes in or goes out, or the new one of a change.
    pub new: Shared<Cell>,
    /// The old cell of a change.
    pub old: Shared<Cell>,
    /// Where the latest output starts.
    pub out_address: Shared<u32>,
    /// How long it is, in its own units.
    pub out_length: Shared<u32>,
    /// See [`crate::store::Store::texts_epoch`].
    pub texts_epoch: Shared<u32>,
    /// 1 if a write would be applied without a transaction of its own, since one is open; else 0.
    pub is_writable: Shared<u32>,
    /// What a listener is told: whether it is there, as 0 or 1, or how many there are.
    pub state: Shared<u32>,
}

impl Default for View {
    fn default() -> Self {
        View {
            epoch: Shared::new(0),
            listener: Shared::new(NONE),
            kind: Shared::new(0),
            path: [const { Shared::new(NONE) }; 3],
            new: Shared::new(Cell::ABSENT),
            old: Shared::new(Cell::ABSENT),
            out_address: Shared::new(0),
            out_length: Shared::new(0),
            texts_epoch: Shared::new(0),
            is_writable: Shared::new(0),
            state: Shared::new(0),
        }
    }
}

const _: () = {
    assert!(offset_of!(View, epoch) == VIEW_EPOCH);
    assert!(offset_of!(View, listener) == VIEW_LISTENER);
    assert!(offset_of!(View, kind) == VIEW_KIND);
    assert!(offset_of!(View, path) == VIEW_PATH);
    assert!(offset_of!(View, new) == VIEW_NEW);
    assert!(offset_of!(View, old) == VIEW_OLD);
    assert!(offset_of!(View, out_address) == VIEW_OUT_ADDRESS);
    assert!(offset_of!(View, out_length) == VIEW_OUT_LENGTH);
    assert!(offset_of!(View, texts_epoch) == VIEW_TEXTS_EPOCH);
    assert!(offset_of!(View, is_writable) == VIEW_IS_WRITABLE);
    assert!(offset_of!(View, state) == VIEW_STATE);
    assert!(crate::store::CHUNK == 1 << CHUNK_BITS);
    assert!(offset_of!(Chunk, ids) == CHUNK_IDS);
    assert!(offset_of!(Chunk, shapes) == CHUNK_SHAPES);
    assert!(size_of::<Cell>() == 8);
    assert!(tag::ABSENT == TAG_ABSENT && tag::NULL == TAG_NULL && tag::BOOLEAN == TAG_BOOLEAN);
    assert!(tag::TEXT == TAG_TEXT && tag::JSON == TAG_JSON);
    assert!(tag::REJECTED == TAG_REJECTED && tag::REJECTED_TEXT == TAG_REJECTED_TEXT);
};
