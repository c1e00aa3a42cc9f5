//! A log cut at every byte, flipped at every byte, and beside another snapshot.

use super::*;

const SNAPSHOT: &[u8] = br#"[{"t":{"r":{"c":0}}},{"v":0}]"#;

const EDITS: [&str; 3] = [
    r#"[{"t":{"r":{"c":1}}},{},[]]"#,
    r#"[{"t":{"s":{"c":2}}},{"v":"x"},[]]"#,
    r#"[{},{"v":3},[["t","r"]]]"#,
];

const CONTENTS: [&str; 4] = [
    r#"[{"t":{"r":{"c":0}}},{"v":0}]"#,
    r#"[{"t":{"r":{"c":1}}},{"v":0}]"#,
    r#"[{"t":{"r":{"c":1},"s":{"c":2}}},{"v":"x"}]"#,
    r#"[{"t":{"s":{"c":2}}},{"v":3}]"#,
];

/// A log of all edits, and where each of its parts ends.
fn log() -> (Vec<u8>, Vec<usize>) {
    let (mut bytes, mut end) = header(Snapshot::of(SNAPSHOT));
    let mut ends = vec![bytes.len()];
    for edit in EDITS {
        let (entry, next) = entry(end, edit.as_bytes()).unwrap();
        bytes.extend(entry);
        end = next;
        assert_eq!(end.length, bytes.len() as u64);
        ends.push(bytes.len());
    }
    (bytes, ends)
}

fn content(stored: &Stored) -> &str {
    std::str::from_utf8(stored.content.as_deref().unwrap_or(SNAPSHOT)).unwrap()
}

#[test]
fn a_log_cut_at_any_byte_gives_all_that_was_whole() {
    let (bytes, ends) = log();
    for length in 0..=bytes.len() {
        let stored = read_stored(SNAPSHOT, &bytes[..length]).unwrap().unwrap();
        let whole = ends.iter().filter(|end| **end <= length).count();
        assert_eq!(
            content(&stored),
            CONTENTS[whole.saturating_sub(1)],
            "{length}"
        );
        let end = stored.log.map(|end| end.length as usize);
        assert_eq!(end, whole.checked_sub(1).map(|last| ends[last]), "{length}");
    }
}

#[test]
fn a_file_that_grew_without_its_bytes_gives_all_that_was_whole() {
    let (bytes, ends) = log();
    for (index, end) in ends.iter().enumerate() {
        for zeros in 1..100 {
            let mut grown = bytes[..*end].to_vec();
            grown.resize(end + zeros, 0);
            let stored = read_stored(SNAPSHOT, &grown).unwrap().unwrap();
            assert_eq!(content(&stored), CONTENTS[index]);
        }
    }
}

#[test]
fn an_append_goes_on_where_the_good_part_ends() {
    let (bytes, ends) = log();
    for length in ends[0]..bytes.len() {
        let stored = read_stored(SNAPSHOT, &bytes[..length]).unwrap().unwrap();
        let end = stored.log.unwrap();
        let mut mended = bytes[..end.length as usize].to_vec();
        let (entry, _) = entry(end, br#"[{},{"last":true},[]]"#).unwrap();
        mended.extend(entry);
        let stored = read_stored(SNAPSHOT, &mended).unwrap().unwrap();
        assert!(content(&stored).contains(r#""last":true"#), "{length}");
    }
}

#[test]
fn a_flipped_bit_is_noticed_and_what_came_before_it_still_read() {
    let (bytes, ends) = log();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            let whole = ends.iter().filter(|end| **end <= at).count();
            match read_stored(SNAPSHOT, &flipped) {
                Err((Problem::Log, Some(stored))) => {
                    let last = whole.saturating_sub(1);
                    assert_eq!(content(&stored), CONTENTS[last], "{at} {bit}");
                }
                other => panic!("{at} {bit}: {other:?}"),
            }
        }
    }
}

#[test]
fn a_snapshot_of_which_any_byte_differs_has_no_log() {
    let (bytes, _) = log();
    for at in 0..SNAPSHOT.len() {
        for bit in 0..8 {
            let mut other = SNAPSHOT.to_vec();
            other[at] ^= 1 << bit;
            match read_stored(&other, &bytes) {
                Ok(Some(stored)) => assert_eq!((stored.content, stored.log), (None, None)),
                Err(problem) => assert_eq!(problem, (Problem::Snapshot, None)),
                Ok(None) => panic!("{at} {bit}"),
            }
        }
    }
    let other = br#"[{"t":{"r":{"c":9}}},{"v":0}]"#;
    let stored = read_stored(other, &bytes).unwrap().unwrap();
    assert_eq!((stored.content, stored.log), (None, None));
}

#[test]
fn a_snapshot_cut_at_any_byte_is_no_content() {
    let (bytes, _) = log();
    for length in 1..SNAPSHOT.len() {
        for log in [&bytes[..], b""] {
            let read = read_stored(&SNAPSHOT[..length], log);
            assert_eq!(read, Err((Problem::Snapshot, None)), "{length}");
        }
    }
}

#[test]
fn an_empty_snapshot_is_nothing_unless_there_are_edits_of_one_that_was_not() {
    let (bytes, ends) = log();
    assert_eq!(read_stored(b"", b""), Ok(None));
    assert_eq!(read_stored(b"", &bytes[..ends[0]]), Ok(None));
    assert_eq!(read_stored(b"", &bytes), Err((Problem::Emptied, None)));
}

#[test]
fn a_snapshot_that_is_no_utf8_is_no_content() {
    let read = read_stored(b"[{\"t\":{\"r\":{\"c\":\"\xff\"}}},{}]", b"");
    assert_eq!(read, Err((Problem::Snapshot, None)));
}

#[test]
fn entries_of_an_older_log_do_not_pass_for_entries_of_this_one() {
    let (bytes, ends) = log();
    let other = br#"[{"t":{"r":{"c":9}}},{"v":0}]"#;
    let (mut mixed, _) = header(Snapshot::of(other));
    mixed.extend(&bytes[ends[0]..]);
    let Err((Problem::Log, Some(stored))) = read_stored(other, &mixed) else {
        panic!("it is noticed")
    };
    assert_eq!(stored.content, None);
}

#[test]
fn the_end_of_a_log_is_read_from_where_it_was_last_seen() {
    let (bytes, ends) = log();
    let (_, start) = read_header(&bytes).unwrap();
    let first = read_entries(&bytes[ends[0]..ends[1]], start);
    assert_eq!(
        (first.texts, first.rest),
        (vec![EDITS[0].as_bytes()], Rest::None)
    );
    let others = read_entries(&bytes[ends[1]..], first.end);
    assert_eq!(others.texts, [EDITS[1].as_bytes(), EDITS[2].as_bytes()]);
    assert_eq!(others.end.length, bytes.len() as u64);
}

#[test]
fn compacting_lays_the_log_and_one_more_edit_over_the_snapshot() {
    let (bytes, _) = log();
    let edit = br#"[{},{"w":1},[]]"#;
    for (log, expected) in [
        (&bytes[..], r#"[{"t":{"s":{"c":2}}},{"v":3,"w":1}]"#),
        (b"", r#"[{"t":{"r":{"c":0}}},{"v":0,"w":1}]"#),
    ] {
        let content = compacted(SNAPSHOT, log, edit).unwrap();
        assert_eq!(std::str::from_utf8(&content), Ok(expected));
    }
}

#[test]
fn the_version_of_a_snapshot_is_what_stands_after_its_content() {
    assert_eq!(version_of(br#"[{},{"v":1},{"version":3}]"#), 3);
    assert_eq!(version_of(br#"[{},{"version":3}]"#), 0);
    assert_eq!(version_of(b"[{},{}]"), 0);
    assert_eq!(version_of(br#"[{},{},{"version":-1}]"#), 0);
    assert_eq!(version_of(b"no content"), 0);
}

#[test]
fn a_version_lasts_through_a_log_and_its_compaction() {
    let snapshot = br#"[{"t":{"r":{"c":1}}},{},{"version":3}]"#;
    let (mut log, end) = header(Snapshot::of(snapshot));
    let (bytes, _) = entry(end, br#"[{"t":{"r":{"c":2}}},{},[]]"#).unwrap();
    log.extend(bytes);
    let stored = read_stored(snapshot, &log).unwrap().unwrap();
    let expected = br#"[{"t":{"r":{"c":2}}},{},{"version":3}]"#;
    assert_eq!(stored.content.as_deref(), Some(&expected[..]));
    let compacted = compacted(snapshot, &log, br#"[{},{"v":1},[]]"#).unwrap();
    assert_eq!(version_of(&compacted), 3);
}
