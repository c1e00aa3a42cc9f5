//! One cell or value in eight bytes.
//!
//! A number is its own IEEE double. Every other kind is a pattern of the NaN space, which no stored
//! number needs because only finite numbers are valid: the high word names the kind, the low word
//! carries its payload. The JavaScript side reads the same two words straight from wasm memory
//! (`src/facade/layout.ts` repeats the tags, and a test compares the two files).

use super::text::TextId;

/// High words of everything that is not a number; see [`Cell`].
pub mod tag {
    /// No cell at all.
    pub const ABSENT: u32 = 0xFFF8_0000;
    /// The value `null`.
    pub const NULL: u32 = 0xFFF8_0001;
    /// A boolean; the low word is 0 or 1.
    pub const BOOLEAN: u32 = 0xFFF8_0002;
    /// A text; the low word is its [`TextId`](crate::store::TextId).
    pub const TEXT: u32 = 0xFFF8_0003;
    /// An object or array; the low word is the [`TextId`](crate::store::TextId) of its JSON.
    pub const JSON: u32 = 0xFFF8_0004;
    /// No cell, but what was offered as one; the low word is the caller's own number for it.
    pub const REJECTED: u32 = 0xFFF8_0009;
    /// The same, a reserved text; the low word is its [`TextId`](crate::store::TextId).
    pub const REJECTED_TEXT: u32 = 0xFFF8_000A;
}

/// One cell or value, or the absence of one.
///
/// Texts and JSON are handles into the store's [`Texts`](super::text::Texts), so a `Cell` means
/// something only together with the store that it came from.
///
/// On its way into a store it may also be what was offered as a cell and cannot be one, so that it is
/// reported where its turn comes ([`Cell::is_rejected`]). A store never holds such a one.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Cell(u64);

/// What a [`Cell`] holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Nothing: there is no such cell.
    Absent,
    /// `null`.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A finite number.
    Number(f64),
    /// A text.
    Text(TextId),
    /// An object or an array, as its JSON text.
    Json(TextId),
    /// Something that cannot be a cell.
    Rejected,
}

impl Cell {
    /// The absence of a cell.
    pub const ABSENT: Cell = Cell::tagged(tag::ABSENT, 0);
    /// The value `null`.
    pub const NULL: Cell = Cell::tagged(tag::NULL, 0);

    const fn tagged(tag: u32, payload: u32) -> Cell {
        Cell((tag as u64) << 32 | payload as u64)
    }

    /// A number, or `None` when it is not finite.
    #[must_use]
    pub fn number(number: f64) -> Option<Cell> {
        number.is_finite().then(|| Cell(number.to_bits()))
    }

    /// A boolean.
    #[must_use]
    pub const fn boolean(boolean: bool) -> Cell {
        Cell::tagged(tag::BOOLEAN, boolean as u32)
    }

    /// A text of the store's.
    #[must_use]
    pub const fn text(text: TextId) -> Cell {
        Cell::tagged(tag::TEXT, text.0)
    }

    /// An object or array, whose JSON is a text of the store's.
    #[must_use]
    pub const fn json(text: TextId) -> Cell {
        Cell::tagged(tag::JSON, text.0)
    }

    /// Something that cannot be a cell; the number is for the caller to know it by.
    #[must_use]
    pub const fn rejected(number: u32) -> Cell {
        Cell::tagged(tag::REJECTED, number)
    }

    /// A text that is reserved, which therefore cannot be a cell.
    #[must_use]
    pub const fn rejected_text(text: TextId) -> Cell {
        Cell::tagged(tag::REJECTED_TEXT, text.0)
    }

    /// A number; one that is too large for JSON's readers, and so infinite, as something rejected.
    #[must_use]
    pub fn number_or_rejected(number: f64) -> Cell {
        if number.is_nan() {
            Cell::rejected(u32::MAX)
        } else {
            Cell(number.to_bits())
        }
    }

    /// Whether this is no cell, but something that was offered as one.
    #[must_use]
    pub fn is_rejected(self) -> bool {
        // Infinities, and the two tags above all others.
        self.0 >> 32 & 0x7FFF_FFFF == 0x7FF0_0000 || self.0 >> 32 >= u64::from(tag::REJECTED)
    }

    /// Whether this is a cell: neither absent nor rejected.
    #[inline]
    #[must_use]
    pub fn is_settable(self) -> bool {
        let high = (self.0 >> 32) as u32;
        high & 0x7FF0_0000 != 0x7FF0_0000 || (high > tag::ABSENT && high < tag::REJECTED)
    }

    /// A cell from the two words in which the facade sends it; `None` when they are no valid cell.
    /// Whether a text's handle is one of the store's is for the caller to check.
    #[must_use]
    pub fn from_words(high: u32, low: u32) -> Option<Cell> {
        match high {
            tag::ABSENT | tag::NULL if low == 0 => Some(Cell::tagged(high, low)),
            tag::BOOLEAN if low < 2 => Some(Cell::tagged(high, low)),
            tag::TEXT | tag::JSON => Some(Cell::tagged(high, low)),
            _ => Cell::number(f64::from_bits(u64::from(high) << 32 | u64::from(low))),
        }
    }

    /// The high and the low word.
    #[must_use]
    pub const fn words(self) -> (u32, u32) {
        ((self.0 >> 32) as u32, self.0 as u32)
    }

    /// Whether there is no cell.
    #[must_use]
    pub const fn is_absent(self) -> bool {
        self.0 == Cell::ABSENT.0
    }

    /// What the cell holds.
    #[inline]
    #[must_use]
    pub fn kind(self) -> Kind {
        let (high, low) = self.words();
        // Most cells are numbers, and what is finite has not all bits of the exponent.
        if high & 0x7FF0_0000 != 0x7FF0_0000 {
            return Kind::Number(f64::from_bits(self.0));
        }
        match high {
            tag::ABSENT => Kind::Absent,
            tag::NULL => Kind::Null,
            tag::BOOLEAN => Kind::Boolean(low != 0),
            tag::TEXT => Kind::Text(TextId(low)),
            tag::JSON => Kind::Json(TextId(low)),
            _ => Kind::Rejected,
        }
    }

    /// The text that the cell refers to, whether as a text or as JSON.
    #[must_use]
    pub fn text_id(self) -> Option<TextId> {
        let (high, low) = self.words();
        (high == tag::TEXT || high == tag::JSON).then_some(TextId(low))
    }

    /// The same bits: the same kind and the very same text. Enough to say "equal", not "different":
    /// 0 and -0 have different bits, and so may two texts that read the same.
    #[must_use]
    pub const fn is_identical(self, other: Cell) -> bool {
        self.0 == other.0
    }
}

impl std::fmt::Debug for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.kind().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_survives_its_two_words() {
        let numbers = [0.0, -0.0, 1.5, -1e300, 5e-324, f64::MAX, f64::MIN];
        let cells = numbers.iter().filter_map(|n| Cell::number(*n)).chain([
            Cell::ABSENT,
            Cell::NULL,
            Cell::boolean(true),
            Cell::boolean(false),
            Cell::text(TextId(7)),
            Cell::json(TextId(u32::MAX)),
        ]);
        for cell in cells {
            let (high, low) = cell.words();
            let back = Cell::from_words(high, low).map(Cell::kind);
            assert_eq!(back, Some(cell.kind()));
        }
    }

    #[test]
    fn numbers_that_are_not_finite_are_no_cells() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(Cell::number(number).is_none());
            let bits = number.to_bits();
            assert!(Cell::from_words((bits >> 32) as u32, bits as u32).is_none());
        }
    }

    #[test]
    fn what_is_rejected_is_told_from_every_cell() {
        let infinite = [f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
        let rejected = infinite.map(Cell::number_or_rejected).into_iter();
        let rejected = rejected.chain([Cell::rejected(0), Cell::rejected_text(TextId(7))]);
        for cell in rejected {
            assert!(cell.is_rejected() && cell.kind() == Kind::Rejected);
            assert!(!cell.is_settable());
            assert!(cell.text_id().is_none());
            let (high, low) = cell.words();
            assert!(Cell::from_words(high, low).is_none());
        }
        let numbers = [0.0, -0.0, f64::MAX, f64::MIN, 5e-324].map(Cell::number_or_rejected);
        let others = [Cell::ABSENT, Cell::NULL, Cell::json(TextId(u32::MAX))];
        let mut cells = numbers.iter().chain(&others);
        assert!(cells.all(|cell| !cell.is_rejected() && cell.is_settable() != cell.is_absent()));
    }

    #[test]
    fn words_that_mean_nothing_are_refused() {
        assert!(Cell::from_words(tag::BOOLEAN, 2).is_none());
        assert!(Cell::from_words(tag::NULL, 1).is_none());
        assert!(Cell::from_words(tag::JSON + 1, 0).is_none());
    }
}
