//! When a cell counts as changed.

use super::cell::{Cell, Kind};
use super::text::Texts;

/// Whether two cells hold the same, as change detection sees it: 0 is -0, and texts are compared.
pub fn is_same(texts: &Texts, a: Cell, b: Cell) -> bool {
    a.is_identical(b)
        || match (a.kind(), b.kind()) {
            (Kind::Number(a), Kind::Number(b)) => a == b,
            (Kind::Text(a), Kind::Text(b)) | (Kind::Json(a), Kind::Json(b)) => texts.equal(a, b),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_the_same_and_long_texts_are_compared() {
        let mut texts = Texts::default();
        let number = |number| Cell::number(number).unwrap();
        let long = |texts: &mut Texts| Cell::text(texts.cell_text(&[b'x'; 1000]));
        let (a, b) = (long(&mut texts), long(&mut texts));
        assert!(is_same(&texts, number(0.0), number(-0.0)));
        assert!(is_same(&texts, a, b) && !a.is_identical(b));
        let json = Cell::json(texts.cell_text(b"[]"));
        let text = Cell::text(texts.cell_text(b"[]"));
        assert!(!is_same(&texts, json, text));
        assert!(!is_same(&texts, number(1.0), Cell::ABSENT));
    }
}
