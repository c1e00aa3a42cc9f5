//! The HLC of a change in 12 bytes, or that there is none.

use crate::store::hlc::Hlc;

/// When something was changed: an [`Hlc`], or none, as for what is only there by default. A later one is
/// greater, and none is the least, as with their texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment([u32; 3]);

/// How many bits of an HLC's 96 are the client, and the client and the counter.
const CLIENT: u32 = 30;
const COUNTER: u32 = 54;

impl Moment {
    /// That of no HLC.
    pub const NONE: Moment = Moment([0; 3]);

    /// The moment of an HLC; `None` for the greatest there is, which has no place in 12 bytes beside
    /// [`Moment::NONE`], and no clock gives.
    pub fn new(hlc: Hlc) -> Option<Moment> {
        let number = u128::from(hlc.time) << COUNTER
            | u128::from(hlc.counter) << CLIENT
            | u128::from(hlc.client);
        let number = number + 1;
        let word = |shift: u32| (number >> shift) as u32;
        (number >> 96 == 0).then(|| Moment([word(64), word(32), word(0)]))
    }

    /// The HLC, if there is one.
    pub fn hlc(self) -> Option<Hlc> {
        let number = self
            .0
            .iter()
            .fold(0, |number, word| number << 32 | u128::from(*word))
            .checked_sub(1)?;
        Some(Hlc {
            time: (number >> COUNTER) as u64,
            counter: (number >> CLIENT) as u32 & 0xFF_FFFF,
            client: number as u32 & 0x3FFF_FFFF,
        })
    }

    /// Whether there is no HLC.
    pub fn is_none(self) -> bool {
        self == Moment::NONE
    }

    /// Appends the text of the HLC; none is the empty text.
    pub fn write(self, out: &mut Vec<u8>) {
        if let Some(hlc) = self.hlc() {
            out.extend(hlc.encode());
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
        }
    }

    #[test]
    fn none_has_the_empty_text_and_the_greatest_hlc_no_moment() {
        let mut text = Vec::new();
        Moment::NONE.write(&mut text);
        assert!(text.is_empty() && Moment::NONE.hlc().is_none());
        assert_eq!(Moment::new(hlc(MAX_TIME, MAX_COUNTER, 0x3FFF_FFFF)), None);
        assert_eq!(size_of::<Moment>(), 12);
    }
}
