//! Pieces of JSON text, found but not looked into.

use crate::store::Error;
use crate::store::json::{Scanner, Token};

/// A piece of JSON text: an id or a content as it is written.
pub type Piece<'a> = &'a [u8];

/// A string as it is written, with its quotes.
pub(super) fn string<'a>(scanner: &mut Scanner<'a>) -> Result<Piece<'a>, Error> {
    match scanner.peek() {
        Some(b'"') => any(scanner),
        _ => scanner.error(),
    }
}

/// An object as it is written.
pub(super) fn object<'a>(scanner: &mut Scanner<'a>) -> Result<Piece<'a>, Error> {
    match scanner.peek() {
        Some(b'{') => any(scanner),
        _ => scanner.error(),
    }
}

/// A value of any kind as it is written.
pub(super) fn any<'a>(scanner: &mut Scanner<'a>) -> Result<Piece<'a>, Error> {
    scanner.peek();
    let from = scanner.position();
    scanner.skip()?;
    Ok(scanner.since(from))
}

/// A whole number that a double holds exactly.
pub(super) fn number(scanner: &mut Scanner<'_>) -> Result<u64, Error> {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    match scanner.token()? {
        Token::Number(number) if (0.0..LIMIT).contains(&number) && number.fract() == 0.0 => {
            Ok(number as u64)
        }
        _ => scanner.error(),
    }
}

/// The members of an object, each given to `take` with the scanner before its content.
pub(super) fn members<'a>(
    scanner: &mut Scanner<'a>,
    mut take: impl FnMut(Piece<'a>, &mut Scanner<'a>) -> Result<(), Error>,
) -> Result<(), Error> {
    scanner.expect(b'{')?;
    let mut is_first = true;
    while scanner.has_member(std::mem::take(&mut is_first), b'}')? {
        let key = string(scanner)?;
        scanner.expect(b':')?;
        take(key, scanner)?;
    }
    Ok(())
}

/// The elements of an array, each taken by `take`.
pub(super) fn elements<'a>(
    scanner: &mut Scanner<'a>,
    mut take: impl FnMut(&mut Scanner<'a>) -> Result<(), Error>,
) -> Result<(), Error> {
    scanner.expect(b'[')?;
    let mut is_first = true;
    while scanner.has_member(std::mem::take(&mut is_first), b']')? {
        take(scanner)?;
    }
    Ok(())
}

/// The members of an object that stands alone, keys and contents.
pub(super) fn pairs(object: Piece<'_>) -> Result<Vec<(Piece<'_>, Piece<'_>)>, Error> {
    let mut pairs = Vec::new();
    members(&mut Scanner::new(object), |key, scanner| {
        pairs.push((key, any(scanner)?));
        Ok(())
    })?;
    Ok(pairs)
}

/// Writes `parts` with commas in between, in brackets.
pub(super) fn write_array<'a>(out: &mut Vec<u8>, parts: impl IntoIterator<Item = Piece<'a>>) {
    out.push(b'[');
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(part);
    }
    out.push(b']');
}

/// What was put together from pieces of text is text.
pub(super) fn into_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
