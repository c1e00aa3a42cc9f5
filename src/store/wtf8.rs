//! WTF-8: how JavaScript's strings are kept here, lone surrogates included.
//!
//! JavaScript strings are sequences of UTF-16 units and need not be well formed. WTF-8
//! (<https://simonsapin.github.io/wtf-8/>) is UTF-8 that also encodes a lone surrogate, in the
//! three bytes that its code point would take. A well-formed string is the same bytes in both.

use std::cmp::Ordering;

/// Appends one code point, which may be a surrogate, to `out`.
pub fn push_code_point(out: &mut Vec<u8>, code: u32) {
    match code {
        0..0x80 => out.push(code as u8),
        0x80..0x800 => out.extend([0xC0 | (code >> 6) as u8, 0x80 | (code & 0x3F) as u8]),
        0x800..0x10000 => out.extend([
            0xE0 | (code >> 12) as u8,
            0x80 | (code >> 6 & 0x3F) as u8,
            0x80 | (code & 0x3F) as u8,
        ]),
        _ => out.extend([
            0xF0 | (code >> 18 & 0x07) as u8,
            0x80 | (code >> 12 & 0x3F) as u8,
            0x80 | (code >> 6 & 0x3F) as u8,
            0x80 | (code & 0x3F) as u8,
        ]),
    }
}

/// Joins a high and a low surrogate into the code point that they stand for.
#[must_use]
pub fn join_surrogates(high: u32, low: u32) -> u32 {
    0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF)
}

/// Whether `unit` is the first half of a surrogate pair.
#[must_use]
pub fn is_high_surrogate(unit: u32) -> bool {
    (0xD800..0xDC00).contains(&unit)
}

/// Whether `unit` is the second half of a surrogate pair.
#[must_use]
pub fn is_low_surrogate(unit: u32) -> bool {
    (0xDC00..0xE000).contains(&unit)
}

/// Encodes UTF-16 units, well formed or not.
pub fn from_utf16(units: impl IntoIterator<Item = u16>, out: &mut Vec<u8>) {
    let mut units = units.into_iter().map(u32::from).peekable();
    while let Some(unit) = units.next() {
        match units.peek() {
            Some(&low) if is_high_surrogate(unit) && is_low_surrogate(low) => {
                units.next();
                push_code_point(out, join_surrogates(unit, low));
            }
            _ => push_code_point(out, unit),
        }
    }
}

/// The code points of a WTF-8 text, surrogates included.
pub fn code_points(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut rest = bytes.iter().copied().map(u32::from);
    std::iter::from_fn(move || {
        let first = rest.next()?;
        let mut tail = || rest.next().unwrap_or(0x80) & 0x3F;
        Some(match first {
            0..0xC0 => first,
            0xC0..0xE0 => (first & 0x1F) << 6 | tail(),
            0xE0..0xF0 => (first & 0x0F) << 12 | tail() << 6 | tail(),
            _ => (first & 0x07) << 18 | tail() << 12 | tail() << 6 | tail(),
        })
    })
}

/// The UTF-16 units of a WTF-8 text.
pub fn units(bytes: &[u8]) -> impl Iterator<Item = u16> + '_ {
    code_points(bytes).flat_map(|code| {
        let offset = code.wrapping_sub(0x10000);
        let (first, second) = if code < 0x10000 {
            (code as u16, None)
        } else {
            let low = 0xDC00 | (offset & 0x3FF) as u16;
            (0xD800 | (offset >> 10) as u16, Some(low))
        };
        std::iter::once(first).chain(second)
    })
}

/// Appends the UTF-16 units of a WTF-8 text to `out`.
pub fn to_utf16(bytes: &[u8], out: &mut Vec<u16>) {
    out.extend(units(bytes));
}

/// Compares two WTF-8 texts as JavaScript does: by their UTF-16 units.
#[must_use]
pub fn compare(a: &[u8], b: &[u8]) -> Ordering {
    let Some(at) = a.iter().zip(b).position(|(a, b)| a != b) else {
        return a.len().cmp(&b.len());
    };
    let (a, b) = (
        a.get(at..).unwrap_or_default(),
        b.get(at..).unwrap_or_default(),
    );
    // The order of bytes is that of code points, and up to U+DFFF that of units. Above, a character
    // starts here: the bytes that continue one are smaller.
    match (a.first(), b.first()) {
        (Some(x), Some(y)) if *x.max(y) < 0xEE => x.cmp(y),
        _ => units(a).cmp(units(b)),
    }
}

/// Whether the text holds a lone surrogate, so is not UTF-8.
#[must_use]
pub fn has_lone_surrogate(bytes: &[u8]) -> bool {
    // A surrogate's code point is encoded as ED A0..BF xx; no other code point is.
    bytes
        .windows(2)
        .any(|pair| matches!(pair, [0xED, 0xA0..=0xBF]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(units: &[u16]) -> Vec<u8> {
        let (mut bytes, mut back) = (Vec::new(), Vec::new());
        from_utf16(units.iter().copied(), &mut bytes);
        to_utf16(&bytes, &mut back);
        assert_eq!(back, units);
        bytes
    }

    #[test]
    fn well_formed_text_is_the_same_bytes_as_utf8() {
        for text in ["", "dog", "é", "漢字", "🐕 and 🐈", "\u{FFFD}\u{FFFC}"] {
            let units: Vec<u16> = text.encode_utf16().collect();
            assert_eq!(round_trip(&units), text.as_bytes());
            assert!(!has_lone_surrogate(text.as_bytes()));
        }
    }

    #[test]
    fn texts_compare_by_their_utf16_units() {
        let pieces: [&[u16]; 12] = [
            &[],
            &[0x41],
            &[0x41, 0],
            &[0xE9],
            &[0x6F22],
            &[0xD7FF],
            &[0xD800],
            &[0xD83D, 0xDC15],
            &[0xD83D],
            &[0xDC15],
            &[0xE000],
            &[0xFFFD],
        ];
        let joined = |a: &[u16], b: &[u16]| [a, b].concat();
        let texts: Vec<Vec<u16>> = pieces
            .iter()
            .flat_map(|a| pieces.iter().map(|b| joined(a, b)))
            .collect();
        for a in &texts {
            for b in &texts {
                let order = compare(&round_trip(a), &round_trip(b));
                assert_eq!(order, a.cmp(b), "{a:x?} {b:x?}");
            }
        }
    }

    #[test]
    fn lone_surrogates_survive_the_round_trip_and_stay_distinct() {
        let lone: Vec<Vec<u8>> = [
            &[0xD800u16][..],
            &[0xDFFF],
            &[0xDC00, 0xD800],
            &[0x61, 0xD801],
        ]
        .iter()
        .map(|units| round_trip(units))
        .collect();
        for (index, bytes) in lone.iter().enumerate() {
            assert!(has_lone_surrogate(bytes));
            assert!(lone.iter().skip(index + 1).all(|other| other != bytes));
        }
    }
}
