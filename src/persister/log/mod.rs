//! A log of edits beside a stored snapshot: its bytes, for a back end to read and write.
//!
//! A log begins with a header that names the snapshot to which it belongs, by size and hash. Beside
//! any other snapshot it means nothing: someone has written the snapshot since, or writing both was
//! interrupted between the two. Then come entries, each with its length and checksums. A checksum is
//! also over all that came before, so that nothing of an older log passes for a part of this one.
//!
//! So an append that was cut short, at whatever byte, leaves what was there before: the rest is
//! [`Rest::Torn`]. What is complete and yet wrong is [`Rest::Damaged`], which no interruption
//! explains.

mod checksum;
mod stored;
#[cfg(test)]
mod tests;

use checksum::{extend, fold32};
pub use stored::{Problem, Stored, compacted, read_stored, version_of};

/// How many bytes a header has.
pub const HEADER_LENGTH: usize = 32;

/// How many bytes come before the text of an entry.
const ENTRY_HEAD: usize = 16;

const MAGIC: [u8; 8] = *b"cellar\x01\n";

/// A snapshot, as a log names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snapshot {
    size: u64,
    hash: u64,
}

impl Snapshot {
    /// The name of a snapshot of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            size: bytes.len() as u64,
            hash: extend(0, bytes),
        }
    }

    /// How many bytes it has.
    #[must_use]
    pub fn size(self) -> u64 {
        self.size
    }
}

/// Where a log's good part ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// How many bytes it has, header included.
    pub length: u64,
    checksum: u64,
}

/// The bytes of a log without entries, and where it ends.
#[must_use]
pub fn header(snapshot: Snapshot) -> (Vec<u8>, End) {
    let mut bytes = Vec::with_capacity(HEADER_LENGTH);
    bytes.extend(MAGIC);
    bytes.extend(snapshot.size.to_le_bytes());
    bytes.extend(snapshot.hash.to_le_bytes());
    let checksum = extend(0, &bytes);
    bytes.extend(checksum.to_le_bytes());
    let length = HEADER_LENGTH as u64;
    (bytes, End { length, checksum })
}

/// The snapshot that a log belongs to, and where its entries begin; `None` for what is no log.
#[must_use]
pub fn read_header(log: &[u8]) -> Option<(Snapshot, End)> {
    let number = |at: usize| {
        let bytes = log.get(at..at + 8)?;
        Some(u64::from_le_bytes(bytes.try_into().ok()?))
    };
    let (size, hash) = (number(8)?, number(16)?);
    let snapshot = Snapshot { size, hash };
    let (expected, end) = header(snapshot);
    log.starts_with(&expected).then_some((snapshot, end))
}

/// The bytes of an entry that is appended at `end`, and where the log ends then. `None` if the text
/// is too long for an entry, which has 4 GiB.
#[must_use]
pub fn entry(end: End, text: &[u8]) -> Option<(Vec<u8>, End)> {
    let length = u32::try_from(text.len()).ok()?.to_le_bytes();
    let mut bytes = Vec::with_capacity(ENTRY_HEAD + text.len());
    bytes.extend(length);
    let checksum = extend(end.checksum, &length);
    bytes.extend(fold32(checksum).to_le_bytes());
    let checksum = extend(checksum, text);
    bytes.extend(checksum.to_le_bytes());
    bytes.extend(text);
    let length = end.length + bytes.len() as u64;
    Some((bytes, End { length, checksum }))
}

/// What follows the good part of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Nothing.
    None,
    /// The beginning of an entry, which may have been given its length, but not its bytes.
    Torn,
    /// Bytes that are complete and wrong.
    Damaged,
}

/// The entries of a log, or of the end of one.
pub struct Entries<'log> {
    /// The texts of the entries, in order.
    pub texts: Vec<&'log [u8]>,
    /// Where the last of them ends.
    pub end: End,
    /// What follows.
    pub rest: Rest,
}

/// The entries in `bytes`, which follow `end`.
#[must_use]
pub fn read_entries(mut bytes: &[u8], mut end: End) -> Entries<'_> {
    let mut texts = Vec::new();
    let rest = loop {
        match read_entry(bytes, end) {
            Ok((text, next)) => {
                texts.push(text);
                bytes = bytes.get(ENTRY_HEAD + text.len()..).unwrap_or_default();
                end = next;
            }
            Err(rest) => break rest,
        }
    };
    Entries { texts, end, rest }
}

fn read_entry(bytes: &[u8], end: End) -> Result<(&[u8], End), Rest> {
    if bytes.is_empty() {
        return Err(Rest::None);
    }
    // A file may have grown before its bytes were written.
    if bytes.iter().all(|byte| *byte == 0) {
        return Err(Rest::Torn);
    }
    let (length, after) = bytes.split_first_chunk::<4>().ok_or(Rest::Torn)?;
    let (length_check, after) = after.split_first_chunk::<4>().ok_or(Rest::Torn)?;
    let expected = extend(end.checksum, length);
    if u32::from_le_bytes(*length_check) != fold32(expected) {
        return Err(Rest::Damaged);
    }
    let (checksum, after) = after.split_first_chunk::<8>().ok_or(Rest::Torn)?;
    let text = after
        .get(..u32::from_le_bytes(*length) as usize)
        .ok_or(Rest::Torn)?;
    let expected = extend(expected, text);
    if u64::from_le_bytes(*checksum) != expected {
        return Err(Rest::Damaged);
    }
    let length = end.length + (ENTRY_HEAD + text.len()) as u64;
    let checksum = expected;
    Ok((text, End { length, checksum }))
}
