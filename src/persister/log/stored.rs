//! What a snapshot and the log beside it hold together.

use super::{End, Rest, Snapshot, read_entries, read_header};
use crate::store::{Error, check_content, replay, third_of_content};

/// What is stored, and how to go on writing.
#[derive(Debug, PartialEq, Eq)]
pub struct Stored {
    /// The content as JSON text; `None` if it is the snapshot's text as it is.
    pub content: Option<Vec<u8>>,
    /// The snapshot's name.
    pub snapshot: Snapshot,
    /// Where the log ends, as far as it is good; `None` if there is none that belongs to the
    /// snapshot.
    pub log: Option<End>,
}

/// What keeps something that is stored from being read, or from being read as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The snapshot is no content.
    Snapshot,
    /// The log has entries that are damaged.
    Log,
    /// The snapshot is empty, and there is a log of one that was not.
    Emptied,
}

/// What is stored. `Ok(None)` is definitely nothing.
///
/// # Errors
/// What was found that cannot be read, and what is stored without it.
pub fn read_stored(
    snapshot: &[u8],
    log: &[u8],
) -> Result<Option<Stored>, (Problem, Option<Stored>)> {
    let header = read_header(log);
    if snapshot.is_empty() {
        let has_entries = header.is_some_and(|(_, end)| log.len() as u64 > end.length);
        return match has_entries {
            true => Err((Problem::Emptied, None)),
            false => Ok(None),
        };
    }
    let name = Snapshot::of(snapshot);
    let Some((_, end)) = header.filter(|(owner, _)| *owner == name) else {
        let is_readable = std::str::from_utf8(snapshot).is_ok() && check_content(snapshot).is_ok();
        if !is_readable {
            return Err((Problem::Snapshot, None));
        }
        let stored = Stored {
            content: None,
            snapshot: name,
            log: None,
        };
        let is_damaged = header.is_none() && has_been_more_than_a_header(log);
        return match is_damaged {
            true => Err((Problem::Log, Some(stored))),
            false => Ok(Some(stored)),
        };
    };
    // The header says that this library has written the snapshot, and every byte of it.
    let bytes = log.get(super::HEADER_LENGTH..).unwrap_or_default();
    let entries = read_entries(bytes, end);
    let content = match entries.texts.is_empty() {
        true => None,
        false => match replay(snapshot, entries.texts) {
            Ok(content) => Some(content),
            Err(_) => return Err((Problem::Log, None)),
        },
    };
    let stored = Stored {
        content,
        snapshot: name,
        log: Some(entries.end),
    };
    match entries.rest {
        Rest::Damaged => Err((Problem::Log, Some(stored))),
        Rest::None | Rest::Torn => Ok(Some(stored)),
    }
}

/// The content of a snapshot, its log and one more edit.
///
/// # Errors
/// If the snapshot is no content, or an edit is none.
pub fn compacted(snapshot: &[u8], log: &[u8], edit: &[u8]) -> Result<Vec<u8>, Error> {
    let own = read_header(log).filter(|(owner, _)| *owner == Snapshot::of(snapshot));
    let entries = own.map(|(_, end)| {
        let bytes = log.get(super::HEADER_LENGTH..).unwrap_or_default();
        read_entries(bytes, end).texts
    });
    replay(snapshot, entries.into_iter().flatten().chain([edit]))
}

/// The version with which a snapshot was saved, which stands after its content as `{"version":3}`; 0 if it has none.
#[must_use]
pub fn version_of(snapshot: &[u8]) -> u64 {
    let mark = third_of_content(snapshot).ok().flatten();
    let digits = mark.and_then(|mark| {
        let digits = mark.strip_prefix(br#"{"version":"#)?.strip_suffix(b"}")?;
        std::str::from_utf8(digits).ok()
    });
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// Whether bytes that are no log may once have been one with entries.
fn has_been_more_than_a_header(bytes: &[u8]) -> bool {
    bytes.len() > super::HEADER_LENGTH && bytes.iter().any(|byte| *byte != 0)
}
