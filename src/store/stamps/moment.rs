//! The HLC of a change in 12 bytes, or that there is none.

use crate::store::hlc::{Hlc, LENGTH, decode_halves, encode_halves};

/// When something was changed: an [`Hlc`], or none, as for what is only there by default. A later one is
/// greater, and none is the least, as with their texts.
///
/// It holds the 96 bits of the HLC, high word first, plus one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment([u32; 3]);

impl Moment {
    /// That of no HLC.
    pub const NONE: Moment = Moment([0; 3]);

    /// The moment of the 96 bits of an HLC, in two halves; `None` for the greatest there is, which has no
    /// place in 12 bytes beside [`Moment::NONE`], and no clock gives.
    fn from_halves([first, last]: [u64; 2]) -> Option<Moment> {
        let (low, carry) = (first << 48 | last).overflowing_add(1);
        let high = (first >> 16) as u32;
        let high = high.checked_add(u32::from(carry))?;
        Some(Moment([high, (low >> 32) as u32, low as u32]))
    }

    fn halves(self) -> Option<[u64; 2]> {
        let [high, middle, low] = self.0;
        let (low, borrow) = (u64::from(middle) << 32 | u64::from(low)).overflowing_sub(1);
        let high = u64::from(high.checked_sub(u32::from(borrow))?);
        Some([high << 16 | low >> 48, low & ((1 << 48) - 1)])
    }

    /// The moment of an HLC, if it has one.
    pub fn new(hlc: Hlc) -> Option<Moment> {
        Moment::from_halves(hlc.halves())
    }

    /// The moment of a text, which may be empty.
    pub fn read(text: &[u8]) -> Option<Moment> {
        if text.is_empty() {
            return Some(Moment::NONE);
        }
        Moment::from_halves(decode_halves(text)?)
    }

    /// The HLC, if there is one.
    pub fn hlc(self) -> Option<Hlc> {
        self.halves().map(Hlc::from_halves)
    }

    /// The text of the HLC, if there is one.
    pub fn text(self) -> Option<[u8; LENGTH]> {
        self.halves().map(encode_halves)
    }

    /// Whether there is no HLC.
    pub fn is_none(self) -> bool {
        self == Moment::NONE
    }

    /// Appends the text of the HLC; none is the empty text.
    pub fn write(self, out: &mut Vec<u8>) {
        if let Some(text) = self.text() {
            out.extend_from_slice(&text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::hlc::{MAX_COUNTER, MAX_TIME};

    fn hlc(time: u64, counter: u32, client: u32) -> Hlc {
        Hlc {
            time,
            counter,
            client,
        }
    }

    #[test]
    fn a_moment_is_its_hlc_in_the_same_order_and_none_is_the_least() {
        let hlcs = [
            hlc(0, 0, 0),
            hlc(0, 0, 1),
            hlc(0, 1, 0),
            hlc(1, 0, 0x3FFF_FFFF),
            hlc(1, MAX_COUNTER, 7),
            hlc(1_700_000_000_000, 3, 9),
            hlc(MAX_TIME, MAX_COUNTER, 0x3FFF_FFFE),
        ];
        let moments: Vec<_> = hlcs.map(|hlc| Moment::new(hlc).unwrap()).into();
        assert!(moments.is_sorted() && moments[0] > Moment::NONE);
        for (hlc, moment) in hlcs.iter().zip(&moments) {
            assert_eq!(moment.hlc(), Some(*hlc));
            let mut text = Vec::new();
            moment.write(&mut text);
            assert_eq!(text, hlc.encode());
            assert_eq!(Moment::read(&text), Some(*moment));
        }
    }

    #[test]
    fn none_has_the_empty_text_and_the_greatest_hlc_no_moment() {
        let mut text = Vec::new();
        Moment::NONE.write(&mut text);
        assert!(text.is_empty() && Moment::NONE.hlc().is_none());
        assert_eq!(Moment::read(b""), Some(Moment::NONE));
        assert_eq!(Moment::read(b"zzzzzzzzzzzzzzzz"), None);
        assert_eq!(Moment::read(b"zzzzzzzzzzzzzzz"), None);
        assert_eq!(Moment::read(b"zzzzzzzzzzzzzz!z"), None);
        assert_eq!(Moment::new(hlc(MAX_TIME, MAX_COUNTER, 0x3FFF_FFFF)), None);
        assert_eq!(size_of::<Moment>(), 12);
    }
}
