//! A checksum of 64 bits, eight bytes a step: against accidents, not against malice.
//!
//! Each step is a bijection of the sum so far and one of the eight bytes, so bytes that differ in one
//! step alone never have the same sum.

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// The checksum of bytes that follow those of checksum `sum`.
pub fn extend(sum: u64, bytes: &[u8]) -> u64 {
    let mut sum = step(sum, bytes.len() as u64 ^ FACTOR);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        sum = step(sum, chunk.try_into().map_or(0, u64::from_le_bytes));
    }
    let rest = chunks.remainder().iter().rev();
    step(sum, rest.fold(0, |word, byte| word << 8 | u64::from(*byte)))
}

fn step(sum: u64, word: u64) -> u64 {
    let mixed = (sum ^ word).wrapping_mul(FACTOR);
    mixed ^ mixed >> 32
}

/// Half a checksum's bits, of all of them.
pub fn fold32(sum: u64) -> u32 {
    (sum ^ sum >> 32) as u32
}
