//! A JSON text as JavaScript would print it after parsing: no white space, no key twice, keys in the
//! order of an object's, numbers and escapes in their standard form.

use super::MAX_DEPTH;
use super::scan::{Scanner, Token};
use super::write::{write_number, write_string};
use crate::store::Error;
use crate::store::order::{rank, sort_as_object};
use rustc_hash::FxHashMap;

/// What a canonical form is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be what `JSON.stringify` prints: a number too large for a double is `null`, -0 is 0.
    Print,
    /// To be parsed again, to the same values.
    Reread,
}

/// The canonical form of a JSON text.
///
/// # Errors
/// If it is no JSON, or nested deeper than [`MAX_DEPTH`].
pub fn canonical(text: &[u8], purpose: Purpose) -> Result<Vec<u8>, Error> {
    let mut scanner = Scanner::new(text);
    let mut out = Vec::with_capacity(text.len());
    write_value(&mut scanner, &mut out, purpose, 0)?;
    scanner.end()?;
    Ok(out)
}

/// Takes one value from the scanner and writes its canonical form.
pub fn write_value(
    scanner: &mut Scanner<'_>,
    out: &mut Vec<u8>,
    purpose: Purpose,
    depth: usize,
) -> Result<(), Error> {
    let token = scanner.token()?;
    write_rest(token, scanner, out, purpose, depth)
}

/// The same for a value whose first token has been taken.
pub fn write_rest(
    token: Token,
    scanner: &mut Scanner<'_>,
    out: &mut Vec<u8>,
    purpose: Purpose,
    depth: usize,
) -> Result<(), Error> {
    if depth > MAX_DEPTH {
        return Err(Error::TooDeep);
    }
    match token {
        Token::Null => out.extend(b"null"),
        Token::True => out.extend(b"true"),
        Token::False => out.extend(b"false"),
        Token::Number(number) if purpose == Purpose::Reread && !number.is_finite() => {
            out.extend(if number < 0.0 {
                &b"-1e999"[..]
            } else {
                b"1e999"
            });
        }
        Token::Number(number) if purpose == Purpose::Reread && number == 0.0 => {
            out.extend(if number.is_sign_negative() {
                &b"-0"[..]
            } else {
                b"0"
            });
        }
        Token::Number(number) if number.is_finite() => write_number(out, number),
        Token::Number(_) => out.extend(b"null"),
        Token::String => {
            let string = scanner.string()?;
            write_string(out, string);
        }
        Token::Array => {
            out.push(b'[');
            let mut first = true;
            while scanner.has_member(first, b']')? {
                if !first {
                    out.push(b',');
                }
                first = false;
                write_value(scanner, out, purpose, depth + 1)?;
            }
            out.push(b']');
        }
        Token::Object => write_object(scanner, out, purpose, depth)?,
    }
    Ok(())
}

fn write_object(
    scanner: &mut Scanner<'_>,
    out: &mut Vec<u8>,
    purpose: Purpose,
    depth: usize,
) -> Result<(), Error> {
    let mut members: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    let mut places: FxHashMap<Vec<u8>, usize> = FxHashMap::default();
    let mut first = true;
    while scanner.has_member(first, b'}')? {
        first = false;
        let key = scanner.key()?.to_vec();
        let mut value = Vec::new();
        write_value(scanner, &mut value, purpose, depth + 1)?;
        // The last of equal keys gives the value, the first the place.
        match places.get(&key).and_then(|place| members.get_mut(*place)) {
            Some(member) => member.1 = value,
            None => {
                places.insert(key.clone(), members.len());
                members.push((key, value));
            }
        }
    }
    sort_as_object(&mut members, |(key, _)| rank(key));
    out.push(b'{');
    for (index, (key, value)) in members.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_string(out, key);
        out.push(b':');
        out.extend(value);
    }
    out.push(b'}');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canonical_form_is_what_javascript_prints() {
        for (text, expected) in [
            (
                r#" { "b" : 1 , "a" : [ 1.0 , 1e3, -0 ] } "#,
                r#"{"b":1,"a":[1,1000,0]}"#,
            ),
            (r#"{"b":1,"10":2,"9":3,"b":4}"#, r#"{"9":3,"10":2,"b":4}"#),
            (r#""\u0041\/\u000a\ud800""#, r#""A/\n\ud800""#),
            ("[1e400,1e21,5e-324]", "[null,1e+21,5e-324]"),
        ] {
            let result = canonical(text.as_bytes(), Purpose::Print).unwrap();
            assert_eq!(String::from_utf8(result).unwrap(), expected);
        }
    }

    #[test]
    fn too_deep_is_an_error_and_no_overflow() {
        let deep = "[".repeat(100_000);
        assert_eq!(
            canonical(deep.as_bytes(), Purpose::Print),
            Err(Error::TooDeep)
        );
    }
}
