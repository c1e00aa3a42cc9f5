//! The memory through which texts and blocks of cells cross.
//!
//! It is shared by all stores, because each crossing is over before the next one starts: the facade
//! fills the input and calls, or calls and reads the output, with no user code in between.

use crate::store::wtf8;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;

/// The output buffer is given back when it is larger than this many bytes and less is needed.
const KEPT: usize = 1 << 20;

/// Bytes that start at a multiple of 8, because JavaScript writes doubles there.
struct Aligned {
    bytes: Vec<u8>,
    start: usize,
}

impl Aligned {
    /// So many bytes, if there is memory for them.
    fn new(length: usize) -> Option<Aligned> {
        let size = length.checked_add(8)?;
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(size).ok()?;
        bytes.resize(size, 0);
        let start = bytes.as_ptr().align_offset(8).min(7);
        Some(Aligned { bytes, start })
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }
}

/// An input buffer. While it is read another owner keeps it.
type Input = Cell<Option<Rc<Aligned>>>;

// Cells and no borrows: JavaScript's stack may end in the middle of a call, which then never gives back
// what it borrowed, and these are every store's.
thread_local! {
    static TEXT: Input = const { Cell::new(None) };
    static BLOCK: Input = const { Cell::new(None) };
    static WORDS: Cell<Vec<u64>> = const { Cell::new(Vec::new()) };
    static BYTES: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

fn reserve(input: &Input, length: usize) -> usize {
    let mut buffer = input.take();
    if length == 0
        || buffer
            .as_ref()
            .is_none_or(|buffer| buffer.bytes().len() < length)
    {
        // The memory of the old one may be what the new one needs.
        drop(buffer);
        buffer = match length {
            0 => None,
            length => Aligned::new(length).map(Rc::new),
        };
    }
    let address = buffer
        .as_ref()
        .map_or(0, |buffer| buffer.bytes().as_ptr() as usize);
    input.set(buffer);
    address
}

fn with_input<R>(input: &Input, use_input: impl FnOnce(&[u8]) -> R) -> R {
    let buffer = input.take();
    input.set(buffer.clone());
    use_input(buffer.as_ref().map_or(&[], |buffer| buffer.bytes()))
}

/// Makes room for an input text of `length` bytes; gives the address, a multiple of 8. The address
/// may change with every call, and a length of 0 gives the memory back. 0 if there is no such memory.
#[wasm_bindgen(js_name = reserveText)]
#[must_use]
pub fn reserve_text(length: usize) -> usize {
    TEXT.with(|input| reserve(input, length))
}

/// The same for a block. It has memory of its own because a text may have to cross while a block is
/// being put together.
#[wasm_bindgen(js_name = reserveBlock)]
#[must_use]
pub fn reserve_block(length: usize) -> usize {
    BLOCK.with(|input| reserve(input, length))
}

/// The first `length` bytes of the block.
pub fn with_block<R>(length: usize, use_block: impl FnOnce(&[u8]) -> R) -> R {
    BLOCK.with(|block| {
        with_input(block, |block| {
            use_block(block.get(..length).unwrap_or_default())
        })
    })
}

/// Makes WTF-8 of UTF-16 in memory order.
pub fn from_utf16_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    let units = bytes.as_chunks::<2>().0.iter();
    wtf8::from_utf16(units.map(|unit| u16::from_le_bytes(*unit)), out);
}

/// Hands the text at the start of the input on, in WTF-8. `length` counts characters of one byte, or
/// units of UTF-16.
pub fn with_text<R>(length: usize, is_utf16: bool, use_text: impl FnOnce(&[u8]) -> R) -> R {
    let use_input = |input: &[u8]| {
        let bytes = if is_utf16 { length * 2 } else { length };
        let bytes = input.get(..bytes).unwrap_or_default();
        if is_utf16 {
            // By what is there, since the length may be any number.
            let mut text = Vec::with_capacity(bytes.len() / 2 * 3);
            from_utf16_bytes(bytes, &mut text);
            use_text(&text)
        } else {
            use_text(bytes)
        }
    };
    TEXT.with(|input| with_input(input, use_input))
}

fn put<T>(output: &Cell<Vec<T>>, fill: impl FnOnce(&mut Vec<T>)) -> (u32, u32) {
    let mut out = output.take();
    if out.capacity() > KEPT / size_of::<T>() {
        out = Vec::new();
    }
    out.clear();
    fill(&mut out);
    let place = (out.as_ptr() as u32, out.len() as u32);
    output.set(out);
    place
}

/// Fills the output with bytes; gives its address.
pub fn put_bytes(fill: impl FnOnce(&mut Vec<u8>)) -> (u32, u32) {
    BYTES.with(|out| put(out, fill))
}

/// Fills the output with words; gives its address and length.
pub fn put_words(fill: impl FnOnce(&mut Vec<u64>)) -> (u32, u32) {
    WORDS.with(|out| put(out, fill))
}
