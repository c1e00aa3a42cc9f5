//! The hashes by which mergeable stores find out where they differ.
//!
//! A hash is the 32-bit FNV-1a (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>) of a
//! text's UTF-8, in which a lone surrogate is U+FFFD, as it is for JavaScript's `TextEncoder`. The
//! hash of what has members is the exclusive or of theirs, so a member is added and removed by the
//! same operation, `^`, in any order. TinyBase has the same hashes, quirks included.

/// A hash.
pub type Hash = u32;

const BASIS: Hash = 0x811C_9DC5;
const PRIME: Hash = 0x0100_0193;

/// The hash of a text in WTF-8.
#[must_use]
pub fn text_hash(text: &[u8]) -> Hash {
    extend(BASIS, text)
}

/// The hash of two texts, which is that of both with a colon in between.
///
/// That of the JSON of a cell or value, `null` if it is deleted, and of the HLC of its latest change
/// is the hash of the cell or value.
#[must_use]
pub fn pair_hash(first: &[u8], second: &[u8]) -> Hash {
    extend(extend(text_hash(first), b":"), second)
}

/// The hash of a table among the tables, a row in its table, a cell in its row, or a value among
/// the values: of its id and its own hash.
#[must_use]
pub fn member_hash(id: &[u8], hash: Hash) -> Hash {
    Member::new(id).hash(hash)
}

/// A member by its id, of which several hashes are to be taken.
#[derive(Clone, Copy)]
pub struct Member(Hash);

impl Member {
    /// The member of an id.
    #[must_use]
    pub fn new(id: &[u8]) -> Member {
        Member(extend(text_hash(id), b":"))
    }

    /// The hash of its id and its own hash, as [`member_hash`].
    #[must_use]
    pub fn hash(self, hash: Hash) -> Hash {
        // The digits of the largest hash are ten.
        let mut digits = [0; 10];
        let mut start = digits.len();
        let mut rest = hash;
        for (index, digit) in digits.iter_mut().enumerate().rev() {
            *digit = b'0' + (rest % 10) as u8;
            start = index;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        let digits = digits.get(start..).unwrap_or_default();
        digits.iter().copied().fold(self.0, step)
    }
}

/// The hash of all tables, or of a table, from the ids and hashes of what is in it.
#[must_use]
pub fn table_hash<'id>(members: impl IntoIterator<Item = (&'id [u8], Hash)>) -> Hash {
    members
        .into_iter()
        .fold(0, |sum, (id, hash)| sum ^ member_hash(id, hash))
}

/// The hash of a row, or of all values, from the ids and hashes of what is in it.
///
/// Unlike those of a table, each member also adds what it was with a hash of 0, before it had one.
#[must_use]
pub fn row_hash<'id>(members: impl IntoIterator<Item = (&'id [u8], Hash)>) -> Hash {
    members.into_iter().fold(0, |sum, (id, hash)| {
        sum ^ member_hash(id, 0) ^ member_hash(id, hash)
    })
}

/// The hash of a text that goes on with another one, from the hash of the text.
fn extend(mut hash: Hash, text: &[u8]) -> Hash {
    let mut bytes = text.iter();
    while let Some(&byte) = bytes.next() {
        // See `wtf8::has_lone_surrogate`.
        if byte == 0xED && bytes.as_slice().first().is_some_and(|next| *next >= 0xA0) {
            bytes.nth(1);
            hash = "\u{FFFD}".bytes().fold(hash, step);
        } else {
            hash = step(hash, byte);
        }
    }
    hash
}

fn step(hash: Hash, byte: u8) -> Hash {
    (hash ^ Hash::from(byte)).wrapping_mul(PRIME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::wtf8::from_utf16;

    fn hash_of_units(units: &[u16]) -> Hash {
        let mut text = Vec::new();
        from_utf16(units.iter().copied(), &mut text);
        text_hash(&text)
    }

    // The expected numbers were printed by TinyBase 10.0.1.

    #[test]
    fn texts_have_the_hashes_that_tinybase_gives_them() {
        let expected = [
            ("", 2_166_136_261),
            ("a", 3_826_002_220),
            ("null", 1_996_966_820),
            ("é", 513_665_217),
            ("日本", 2_670_128_721),
            ("😀", 866_293_256),
            ("\u{FFFD}", 55_024_714),
        ];
        for (text, hash) in expected {
            assert_eq!(text_hash(text.as_bytes()), hash, "{text:?}");
        }
    }

    #[test]
    fn a_lone_surrogate_counts_as_a_replacement_character() {
        assert_eq!(hash_of_units(&[0xD800]), 55_024_714);
        assert_eq!(hash_of_units(&[0xDC00]), 55_024_714);
        assert_eq!(hash_of_units(&[0xD800, 0x78]), 1_538_974_390);
        assert_eq!(hash_of_units(&[0xDC00, 0xD800]), 468_195_463);
        // U+D7FF begins with the same byte, but is no surrogate.
        assert_eq!(hash_of_units(&[0xD7FF]), text_hash("\u{D7FF}".as_bytes()));
        assert_ne!(hash_of_units(&[0xD7FF]), 55_024_714);
    }

    #[test]
    fn a_surrogate_that_is_cut_short_counts_as_a_whole_one() {
        assert_eq!(text_hash(&[0xED, 0xA0]), 55_024_714);
        assert_eq!(text_hash(&[0xED]), step(BASIS, 0xED));
    }

    #[test]
    fn pairs_and_members_have_the_hashes_that_tinybase_gives_them() {
        assert_eq!(pair_hash(b"1", b"Nn1JUF-----7JQY8"), 1_003_668_370);
        assert_eq!(pair_hash(b"null", b"Nn1JUF-----7JQY8"), 3_052_999_146);
        assert_eq!(pair_hash(br#"{"a":1}"#, b"Nn1JUF-----7JQY8"), 454_412_073);
        assert_eq!(pair_hash(b"1", b""), 367_730_898);
        assert_eq!(member_hash(b"a", 1), 3_686_612_585);
        assert_eq!(member_hash(b"", 0), 2_651_208_295);
        for hash in [0, 9, 10, 1_000_000_000, Hash::MAX] {
            let text = format!("row:{hash}");
            assert_eq!(member_hash(b"row", hash), text_hash(text.as_bytes()));
        }
    }

    #[test]
    fn the_hash_of_a_whole_is_tinybases_in_any_order_of_its_members() {
        let (a, b) = ((&b"a"[..], 1), (&b"b"[..], 2));
        assert_eq!(table_hash([]), 0);
        assert_eq!(table_hash([a]), 3_686_612_585);
        assert_eq!(table_hash([a, b]), 3_794_033_476);
        assert_eq!(table_hash([b, a]), 3_794_033_476);
        assert_eq!(row_hash([]), 0);
        assert_eq!(row_hash([a]), 16_777_919);
        assert_eq!(row_hash([a, b]), 251_659_669);
        assert_eq!(row_hash([b, a]), 251_659_669);
    }

    #[test]
    fn hashes_add_up_to_those_in_the_content_of_tinybases_mergeable_store() {
        // createMergeableStore('abcde', () => 1000).setTables({t: {r: {a: 1, b: {q: 1}}, s: {a: 2}},
        // u: {r: {z: 'x'}}})
        let z = pair_hash(br#""x""#, b"-----Ec---2oaww7");
        assert_eq!(z, 1_475_262_722);
        let row_r = row_hash([(&b"a"[..], 1_856_636_120), (b"b", 2_158_800_917)]);
        let row_s = row_hash([(&b"a"[..], 2_692_115_335)]);
        assert_eq!((row_r, row_s), (1_738_966_043, 2_145_846_737));
        let table_t = table_hash([(&b"r"[..], row_r), (b"s", row_s)]);
        assert_eq!(table_t, 4_207_270_357);
        let table_u = table_hash([(&b"r"[..], row_hash([(&b"z"[..], z)]))]);
        assert_eq!(table_u, 1_618_045_021);
        assert_eq!(
            table_hash([(&b"t"[..], table_t), (b"u", table_u)]),
            2_970_226_418
        );
    }
}
