//! Hashes and hybrid logical clocks for JavaScript.

use super::buffers::{put_bytes, put_words, with_text};
use crate::store::hash::{member_hash, pair_hash, text_hash};
use crate::store::hlc::{Clock, Hlc, client};
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;

/// The hash of the text at the start of the input: `length` bytes of UTF-8.
#[wasm_bindgen(js_name = hashText)]
#[must_use]
pub fn hash_text(length: usize) -> u32 {
    with_text(length, false, text_hash)
}

/// The exclusive or of the hashes of pairs of texts, as of ids and hashes. The input has `length`
/// bytes of UTF-8, and an FF, which is no part of a text, after each text. With `is_from_zero`, each
/// pair also adds what it would with a second text of 0.
#[wasm_bindgen(js_name = hashPairs)]
#[must_use]
pub fn hash_pairs(length: usize, is_from_zero: bool) -> u32 {
    with_text(length, false, |texts| {
        let mut texts = texts.split(|byte| *byte == 0xFF);
        let mut sum = 0;
        while let (Some(first), Some(second)) = (texts.next(), texts.next()) {
            sum ^= pair_hash(first, second);
            if is_from_zero {
                sum ^= member_hash(first, 0);
            }
        }
        sum
    })
}

/// Puts the text of an HLC out, whose client is that of a hash; gives the address.
#[wasm_bindgen(js_name = encodeHlc)]
#[must_use]
pub fn encode_hlc(time: f64, counter: f64, hash: u32) -> u32 {
    put_hlc(Hlc {
        time: low_bits(time, 7),
        counter: low_bits(counter, 4) as u32,
        client: client(hash),
    })
}

/// Puts out, as doubles, the time and the counter of the HLC whose text is put in; gives the address.
#[wasm_bindgen(js_name = decodeHlc)]
#[must_use]
pub fn decode_hlc(length: usize) -> u32 {
    let hlc = with_text(length, false, decode_any);
    put_words(|out| {
        out.extend([
            (hlc.time as f64).to_bits(),
            f64::from(hlc.counter).to_bits(),
        ]);
    })
    .0
}

fn put_hlc(hlc: Hlc) -> u32 {
    put_bytes(|out| out.extend(hlc.encode())).0
}

/// Decodes the time and the counter of any text of one byte a character. What is missing, or is no
/// character of an HLC, counts as 0.
fn decode_any(text: &[u8]) -> Hlc {
    let mut valid = Hlc::default().encode();
    for (to, from) in valid.iter_mut().zip(text) {
        if from.is_ascii_alphanumeric() || *from == b'_' {
            *to = *from;
        }
    }
    Hlc::decode(&valid).unwrap_or_default()
}

/// Six bits at a time, what JavaScript's `number / 64 ** n & 63` gives.
fn low_bits(number: f64, sextets: i32) -> u64 {
    (0..sextets)
        .map(|index| {
            let quotient = (number / 64_f64.powi(index)).trunc() % 64.0;
            (quotient as i64 as u64 & 63) << (6 * index)
        })
        .sum()
}

/// A clock. Times are whole milliseconds: a fraction is dropped, and what is negative or no number
/// counts as 0. It is borrowed only while it is asked, which cannot fail, so a borrow is never met.
#[wasm_bindgen]
pub struct HlcClock {
    clock: RefCell<Clock>,
}

#[wasm_bindgen]
impl HlcClock {
    /// A clock for the client of a hash.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(hash: u32) -> HlcClock {
        HlcClock {
            clock: RefCell::new(Clock::new(client(hash))),
        }
    }

    /// Puts the text of the next HLC out; gives the address.
    #[must_use]
    pub fn next(&self, now: f64) -> u32 {
        let hlc = self.clock.borrow_mut().next(now as u64);
        put_hlc(hlc)
    }

    /// Takes note of the HLC whose text is put in, if it is one.
    pub fn seen(&self, now: f64, length: usize) {
        if let Some(remote) = with_text(length, false, Hlc::decode) {
            self.clock.borrow_mut().seen(now as u64, remote);
        }
    }

    /// The time of the latest HLC.
    #[wasm_bindgen(js_name = lastTime)]
    #[must_use]
    pub fn last_time(&self) -> f64 {
        self.clock.borrow().last_time() as f64
    }

    /// Its counter, or -1 if that time has no HLC yet.
    #[wasm_bindgen(js_name = lastCounter)]
    #[must_use]
    pub fn last_counter(&self) -> f64 {
        self.clock.borrow().last_counter().map_or(-1.0, f64::from)
    }
}
