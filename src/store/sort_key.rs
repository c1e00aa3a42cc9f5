//! What a row is sorted by, and how two of them compare.
//!
//! TinyBase's order of rows is what `Array.prototype.sort` makes of `a < b ? -1 : 1`, a missing cell
//! and `null` counting as 0. As long as all keys are numbers or all are texts, that is a plain order,
//! and this one: equal keys stay in the order of their rows. JavaScript's `<` says too little about
//! a text and a number, or about objects, to order a mixture of them; here numbers come before texts
//! and texts before JSON, and whoever wants to know asks [`Counts::is_uniform`].

use super::cell::{Cell, Kind};
use super::text::Texts;
use super::wtf8;
use std::cmp::Ordering;

/// A cell as others are compared with it: a number, a text or JSON.
#[derive(Clone, Copy, Debug)]
pub struct SortKey(Cell);

/// The kinds of keys, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Number,
    Text,
    Json,
}

impl SortKey {
    /// What stands for the key where there is no row.
    pub const NONE: SortKey = SortKey(Cell::ABSENT);

    /// The key of a cell.
    pub fn new(cell: Cell) -> SortKey {
        let number = match cell.kind() {
            Kind::Text(_) | Kind::Json(_) => return SortKey(cell),
            Kind::Number(number) => number,
            Kind::Boolean(boolean) => f64::from(u8::from(boolean)),
            Kind::Absent | Kind::Null | Kind::Rejected => 0.0,
        };
        // 0 and -0 are one.
        SortKey(Cell::number(number + 0.0).unwrap_or(Cell::ABSENT))
    }

    /// Whether this stands for no key.
    pub fn is_none(self) -> bool {
        self.0.is_absent()
    }

    /// Whether it is certain that two keys are the same, without a look at their texts.
    pub fn is_identical(self, other: SortKey) -> bool {
        self.0.is_identical(other.0)
    }

    fn class(self) -> Class {
        match self.0.kind() {
            Kind::Text(_) => Class::Text,
            Kind::Json(_) => Class::Json,
            _ => Class::Number,
        }
    }

    /// Two numbers in which the order of keys shows: one whose rank is less comes first; of equal
    /// rank, keys with the same second number are equal, and [`SortKey::compare`] knows of the others.
    pub fn rank(self, texts: &Texts) -> (u64, u32) {
        let (within, rest) = match self.0.kind() {
            Kind::Text(text) | Kind::Json(text) => (first_bytes(texts.bytes(text)), text.0),
            Kind::Number(number) => {
                let bits = number.to_bits();
                let is_negative = bits >> 63 == 1;
                let bits = if is_negative { !bits } else { bits | 1 << 63 };
                (bits, bits as u32 & 3)
            }
            _ => (0, 0),
        };
        ((self.class() as u64) << 62 | within >> 2, rest)
    }

    /// Which of two keys comes first.
    pub fn compare(self, other: SortKey, texts: &Texts) -> Ordering {
        match (self.0.kind(), other.0.kind()) {
            (Kind::Number(a), Kind::Number(b)) => a.total_cmp(&b),
            (Kind::Text(a), Kind::Text(b)) | (Kind::Json(a), Kind::Json(b)) => {
                if a == b {
                    return Ordering::Equal;
                }
                wtf8::compare(texts.bytes(a), texts.bytes(b))
            }
            _ => self.class().cmp(&other.class()),
        }
    }
}

/// The first bytes of a text, as far as their order is that of texts; see [`wtf8::compare`].
fn first_bytes(text: &[u8]) -> u64 {
    let mut first = [0; 8];
    for (place, byte) in first.iter_mut().zip(text) {
        *place = (*byte).min(0xED);
        if *place == 0xED {
            break;
        }
    }
    u64::from_be_bytes(first)
}

/// How many keys there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([usize; 3]);

impl Counts {
    /// Counts one more key.
    pub fn add(&mut self, key: SortKey) {
        self.change(key, |count| count + 1);
    }

    /// Counts one key less.
    pub fn remove(&mut self, key: SortKey) {
        self.change(key, |count| count.saturating_sub(1));
    }

    fn change(&mut self, key: SortKey, change: impl FnOnce(usize) -> usize) {
        if !key.is_none()
            && let Some(count) = self.0.get_mut(key.class() as usize)
        {
            *count = change(*count);
        }
    }

    /// Whether the keys are of one kind of which JavaScript's `<` makes an order.
    pub fn is_uniform(self) -> bool {
        let [numbers, texts, jsons] = self.0;
        jsons == 0 && (numbers == 0 || texts == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(texts: &mut Texts) -> Vec<SortKey> {
        let numbers = [
            -1e300,
            -2.0,
            -1.5,
            -1e-300,
            0.0,
            5e-324,
            1.0,
            1.000_000_1,
            1e300,
        ];
        let words: [&[u8]; 12] = [
            b"",
            b"\0",
            b"10",
            b"9",
            b"B",
            b"a",
            b"ab",
            b"abcdefgh",
            b"abcdefghi",
            b"abcdefgi",
            "é".as_bytes(),
            "漢".as_bytes(),
        ];
        let high: [&[u8]; 4] = [
            "\u{D7FF}".as_bytes(),
            "🐕".as_bytes(),
            b"\xED\xB0\x80",
            "\u{FFFD}".as_bytes(),
        ];
        let mut keys: Vec<_> = numbers
            .iter()
            .map(|number| SortKey::new(Cell::number(*number).unwrap()))
            .collect();
        keys.extend(
            words
                .iter()
                .chain(&high)
                .map(|word| SortKey::new(Cell::text(texts.intern(word)))),
        );
        keys.push(SortKey::new(Cell::json(texts.intern(b"[1]"))));
        keys
    }

    #[test]
    fn ranks_never_contradict_the_order_of_keys() {
        let mut texts = Texts::default();
        let keys = keys(&mut texts);
        for (at, a) in keys.iter().enumerate() {
            for (other, b) in keys.iter().enumerate() {
                assert_eq!(a.compare(*b, &texts), at.cmp(&other), "{a:?} {b:?}");
                let ((a_rank, a_rest), (b_rank, b_rest)) = (a.rank(&texts), b.rank(&texts));
                if a_rank != b_rank {
                    assert_eq!(a_rank.cmp(&b_rank), at.cmp(&other), "{a:?} {b:?}");
                }
                assert_eq!((a_rank, a_rest) == (b_rank, b_rest), at == other);
            }
        }
    }

    #[test]
    fn nothing_null_and_false_are_zero_and_true_is_one() {
        let texts = Texts::default();
        let zero = SortKey::new(Cell::number(-0.0).unwrap());
        for cell in [Cell::ABSENT, Cell::NULL, Cell::boolean(false)] {
            assert_eq!(SortKey::new(cell).compare(zero, &texts), Ordering::Equal);
        }
        let one = SortKey::new(Cell::number(1.0).unwrap());
        assert_eq!(
            SortKey::new(Cell::boolean(true)).compare(one, &texts),
            Ordering::Equal
        );
    }

    #[test]
    fn keys_are_uniform_if_all_are_numbers_or_all_are_texts() {
        let mut texts = Texts::default();
        let number = SortKey::new(Cell::NULL);
        let text = SortKey::new(Cell::text(texts.intern(b"5")));
        let json = SortKey::new(Cell::json(texts.intern(b"{}")));
        for (keys, is_uniform) in [
            (vec![], true),
            (vec![number, number], true),
            (vec![text, text], true),
            (vec![number, text], false),
            (vec![text, json], false),
            (vec![json], false),
        ] {
            let mut counts = Counts::default();
            keys.iter().for_each(|key| counts.add(*key));
            assert_eq!(counts.is_uniform(), is_uniform, "{keys:?}");
            keys.iter().for_each(|key| counts.remove(*key));
            assert_eq!(counts, Counts::default());
        }
    }
}
