//! The memory through which texts and blocks of cells cross.
//!
//! It is shared by all stores, because each crossing is over before the next one starts: the facade
//! fills the input and calls, or calls and reads the output, with no user code in between.

use crate::store::wtf8;
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;

/// The output buffer is given back when it is larger than this many bytes and less is needed.
const KEPT: usize = 1 << 20;

/// Bytes that start at a multiple of 8, because JavaScript writes doubles there.
struct Aligned {
    bytes: Vec<u8>,
    start: usize,
}

impl Aligned {
    fn resize(&mut self, length: usize) {
        self.bytes = Vec::new();
        if length > 0 && self.bytes.try_reserve_exact(length + 8).is_ok() {
            self.bytes.resize(length + 8, 0);
        }
        self.start = self.bytes.as_ptr().align_offset(8).min(7);
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }
}

thread_local! {
    static TEXT: RefCell<Aligned> = const { RefCell::new(Aligned { bytes: Vec::new(), start: 0 }) };
    static BLOCK: RefCell<Aligned> = const { RefCell::new(Aligned { bytes: Vec::new(), start: 0 }) };
    static WORDS: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
    static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

fn reserve(input: &RefCell<Aligned>, length: usize) -> usize {
    input.try_borrow_mut().map_or(0, |mut input| {
        if length == 0 || length > input.bytes().len() {
            input.resize(length);
        }
        if input.bytes().len() < length {
            return 0;
        }
        input.bytes().as_ptr() as usize
    })
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
    BLOCK.with_borrow(|input| use_block(input.bytes().get(..length).unwrap_or_default()))
}

/// Makes WTF-8 of UTF-16 in memory order.
pub fn from_utf16_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    let units = bytes.as_chunks::<2>().0.iter();
    wtf8::from_utf16(units.map(|unit| u16::from_le_bytes(*unit)), out);
}

/// Hands the text at the start of the input on, in WTF-8. `length` counts characters of one byte, or
/// units of UTF-16.
pub fn with_text<R>(length: usize, is_utf16: bool, use_text: impl FnOnce(&[u8]) -> R) -> R {
    TEXT.with_borrow(|input| {
        let bytes = if is_utf16 { length * 2 } else { length };
        let bytes = input.bytes().get(..bytes).unwrap_or_default();
        if is_utf16 {
            // By what is there, since the length may be any number.
            let mut text = Vec::with_capacity(bytes.len() / 2 * 3);
            from_utf16_bytes(bytes, &mut text);
            use_text(&text)
        } else {
            use_text(bytes)
        }
    })
}

/// Fills the output with bytes; gives its address.
pub fn put_bytes(fill: impl FnOnce(&mut Vec<u8>)) -> (u32, u32) {
    BYTES.with_borrow_mut(|out| {
        if out.capacity() > KEPT {
            *out = Vec::new();
        }
        out.clear();
        fill(out);
        (out.as_ptr() as u32, out.len() as u32)
    })
}

/// Fills the output with words; gives its address and length.
pub fn put_words(fill: impl FnOnce(&mut Vec<u64>)) -> (u32, u32) {
    WORDS.with_borrow_mut(|out| {
        if out.capacity() > KEPT / 8 {
            *out = Vec::new();
        }
        out.clear();
        fill(out);
        (out.as_ptr() as u32, out.len() as u32)
    })
}
