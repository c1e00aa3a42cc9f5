//! The words of JSON: strings, numbers, and values to be passed over (RFC 8259).

use crate::store::Error;
use std::cell::Cell;

use crate::store::wtf8::{is_high_surrogate, is_low_surrogate, join_surrogates, push_code_point};

/// Reads a text from front to back.
pub struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
    unescaped: Vec<u8>,
    /// Whether more may follow this text.
    is_piece: bool,
    is_cut: Cell<bool>,
}

/// A scalar, or the beginning of something with members.
pub enum Token {
    Object,
    Array,
    String,
    Number(f64),
    True,
    False,
    Null,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a [u8]) -> Self {
        Scanner::piece(text, true)
    }

    /// A scanner of a piece of a text; more follows unless it is the last.
    pub fn piece(text: &'a [u8], is_last: bool) -> Self {
        Scanner {
            text,
            at: 0,
            unescaped: Vec::new(),
            is_piece: !is_last,
            is_cut: Cell::new(false),
        }
    }

    /// Whether an error came only from the end of the piece: with more text it may be none.
    pub fn is_cut(&self) -> bool {
        self.is_cut.get()
    }

    /// The error for a text that ends too early.
    fn cut<T>(&self) -> Result<T, Error> {
        self.is_cut.set(self.is_piece);
        Err(Error::MalformedJson {
            offset: self.text.len(),
        })
    }

    /// Where the scanner stands, in bytes.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The error for what stands here.
    pub fn error<T>(&self) -> Result<T, Error> {
        if self.at >= self.text.len() {
            return self.cut();
        }
        Err(Error::MalformedJson { offset: self.at })
    }

    /// The text from a position to here.
    pub fn since(&self, from: usize) -> &'a [u8] {
        self.text.get(from..self.at).unwrap_or_default()
    }

    /// The next byte that is no white space, not yet taken.
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            match self.text.get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                byte => return byte.copied(),
            }
        }
    }

    /// Takes the next byte if it is this one.
    pub fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Takes this byte, which must come.
    pub fn expect(&mut self, byte: u8) -> Result<(), Error> {
        if self.take(byte) {
            Ok(())
        } else {
            self.error()
        }
    }

    /// After the beginning of an object or array or after a member: whether one more member comes.
    /// `first` is whether none has come yet; `close` ends the object or array.
    pub fn has_member(&mut self, first: bool, close: u8) -> Result<bool, Error> {
        if self.take(close) {
            Ok(false)
        } else if first || self.take(b',') {
            Ok(true)
        } else {
            self.error()
        }
    }

    /// Nothing but white space may be left.
    pub fn end(&mut self) -> Result<(), Error> {
        if self.peek().is_none() {
            Ok(())
        } else {
            self.error()
        }
    }

    /// The key of a member, and the colon after it.
    pub fn key(&mut self) -> Result<&[u8], Error> {
        if self.peek() != Some(b'"') {
            return self.error();
        }
        let (from, to) = self.string_range()?;
        self.expect(b':')?;
        Ok(self.string_at(from, to))
    }

    /// Takes a scalar, the opening bracket of an object or array, or stands before a string.
    pub fn token(&mut self) -> Result<Token, Error> {
        match self.peek() {
            Some(b'"') => Ok(Token::String),
            Some(b'{') => {
                self.at += 1;
                Ok(Token::Object)
            }
            Some(b'[') => {
                self.at += 1;
                Ok(Token::Array)
            }
            Some(b't') => self.literal(b"true", Token::True),
            Some(b'f') => self.literal(b"false", Token::False),
            Some(b'n') => self.literal(b"null", Token::Null),
            Some(b'-' | b'0'..=b'9') => Ok(Token::Number(self.number()?)),
            _ => self.error(),
        }
    }

    fn literal(&mut self, word: &[u8], token: Token) -> Result<Token, Error> {
        if self
            .text
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word))
        {
            self.at += word.len();
            Ok(token)
        } else if self
            .text
            .get(self.at..)
            .is_some_and(|rest| word.starts_with(rest))
        {
            self.cut()
        } else {
            self.error()
        }
    }

    /// A string, unescaped, in WTF-8. The scanner must stand before its quote.
    pub fn string(&mut self) -> Result<&[u8], Error> {
        let (from, to) = self.string_range()?;
        Ok(self.string_at(from, to))
    }

    /// The string that [`Scanner::string_range`] found; an empty range means it was unescaped.
    fn string_at(&self, from: usize, to: usize) -> &[u8] {
        if from > to {
            &self.unescaped
        } else {
            self.text.get(from..to).unwrap_or_default()
        }
    }

    /// Takes a string: where it stands in the text, or `(1, 0)` if it is in `unescaped`.
    fn string_range(&mut self) -> Result<(usize, usize), Error> {
        self.at += 1;
        let from = self.at;
        loop {
            match self.text.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok((from, self.at - 1));
                }
                Some(b'\\') => break,
                Some(0x20..) => self.at += 1,
                _ => return self.error(),
            }
        }
        self.unescaped.clear();
        self.unescaped
            .extend(self.text.get(from..self.at).unwrap_or_default());
        loop {
            match self.text.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok((1, 0));
                }
                Some(b'\\') => self.escape()?,
                Some(byte @ 0x20..) => {
                    self.unescaped.push(*byte);
                    self.at += 1;
                }
                _ => return self.error(),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Error> {
        let byte = match self.text.get(self.at + 1) {
            Some(b'u') => {
                let unit = self.hex(self.at + 2)?;
                self.at += 6;
                // Only an escaped low surrogate can follow: a raw one cannot stand in UTF-8.
                if is_high_surrogate(unit)
                    && self.text.get(self.at..self.at + 2) == Some(b"\\u")
                    && let Ok(low) = self.hex(self.at + 2)
                    && is_low_surrogate(low)
                {
                    self.at += 6;
                    push_code_point(&mut self.unescaped, join_surrogates(unit, low));
                } else {
                    push_code_point(&mut self.unescaped, unit);
                }
                return Ok(());
            }
            Some(byte @ (b'"' | b'\\' | b'/')) => *byte,
            Some(b'b') => 0x08,
            Some(b'f') => 0x0C,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            None => return self.cut(),
            _ => return self.error(),
        };
        self.unescaped.push(byte);
        self.at += 2;
        Ok(())
    }

    fn hex(&self, at: usize) -> Result<u32, Error> {
        let Some(digits) = self.text.get(at..at + 4) else {
            return self.cut();
        };
        let mut unit = 0;
        for digit in digits {
            match (*digit as char).to_digit(16) {
                Some(digit) => unit = unit << 4 | digit,
                None => return self.error(),
            }
        }
        Ok(unit)
    }

    fn digits(&mut self) -> Result<(), Error> {
        let from = self.at;
        while let Some(b'0'..=b'9') = self.text.get(self.at) {
            self.at += 1;
        }
        if self.at > from { Ok(()) } else { self.error() }
    }

    /// A number; infinite if it is too large for a double, as in JavaScript.
    fn number(&mut self) -> Result<f64, Error> {
        let from = self.at;
        let is_negative = self.take(b'-');
        let first = self.at;
        self.digits()?;
        let integer = self.since(first);
        if integer.len() > 1 && integer.first() == Some(&b'0') {
            return self.error();
        }
        if self.is_piece && self.at == self.text.len() {
            return self.cut();
        }
        let is_integer = !matches!(self.text.get(self.at), Some(b'.' | b'e' | b'E'));
        if is_integer && integer.len() <= 15 {
            // Exact in a double, and far quicker than the general case.
            let number = integer
                .iter()
                .fold(0u64, |n, digit| n * 10 + u64::from(digit - b'0'));
            return Ok(if is_negative {
                -(number as f64)
            } else {
                number as f64
            });
        }
        if self.text.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.text.get(self.at) {
            self.at += 1;
            if let Some(b'+' | b'-') = self.text.get(self.at) {
                self.at += 1;
            }
            self.digits()?;
        }
        if self.is_piece && self.at == self.text.len() {
            return self.cut();
        }
        let number = std::str::from_utf8(self.since(from))
            .ok()
            .and_then(|text| text.parse().ok());
        number.map_or_else(|| self.error(), Ok)
    }

    /// Passes over one value of any kind and depth.
    pub fn skip(&mut self) -> Result<(), Error> {
        // The closing brackets that are due, so that depth costs no stack.
        let mut open: Vec<u8> = Vec::new();
        loop {
            let mut first = false;
            match self.token()? {
                Token::Object => {
                    open.push(b'}');
                    first = true;
                }
                Token::Array => {
                    open.push(b']');
                    first = true;
                }
                Token::String => {
                    self.string_range()?;
                }
                _ => {}
            }
            loop {
                let Some(close) = open.last().copied() else {
                    return Ok(());
                };
                if self.has_member(first, close)? {
                    if close == b'}' {
                        self.key()?;
                    }
                    break;
                }
                open.pop();
                first = false;
            }
        }
    }
}

/// Whether a text is the JSON of one object or array.
#[must_use]
pub fn is_object_or_array(text: &[u8]) -> bool {
    let mut scanner = Scanner::new(text);
    matches!(scanner.peek(), Some(b'{' | b'[')) && scanner.skip().is_ok() && scanner.end().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_json(text: &str) -> bool {
        let mut scanner = Scanner::new(text.as_bytes());
        scanner.skip().is_ok() && scanner.end().is_ok()
    }

    #[test]
    fn json_is_told_from_what_is_not() {
        for text in [
            "{}",
            "[]",
            "[1,2]",
            " { \"a\" : [ { } , null ] } ",
            "-0",
            "1.5e+10",
            "\"\\u00e9\\n\"",
            "[[[[]]]]",
            "true",
            "0.1",
            "\"\\ud800\"",
        ] {
            assert!(is_json(text), "{text}");
        }
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "tru",
            "\"",
            "\"\n\"",
            "\"\\x\"",
            "\"\\u12\"",
            "[1 2]",
            "{} {}",
            "nul",
            "NaN",
            "'a'",
            "{\"a\"}",
            "[}",
            "-",
        ] {
            assert!(!is_json(text), "{text}");
        }
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
        assert!(is_object_or_array(deep.as_bytes()));
    }

    #[test]
    fn escapes_give_wtf8() {
        let mut scanner = Scanner::new(br#""\ud83d\udc15 \ud800\u0041 \udc00""#);
        let mut expected = "🐕 ".as_bytes().to_vec();
        push_code_point(&mut expected, 0xD800);
        expected.extend(b"A ");
        push_code_point(&mut expected, 0xDC00);
        assert_eq!(scanner.string(), Ok(&expected[..]));
    }

    #[test]
    fn numbers_are_read_exactly() {
        for text in [
            "0",
            "7",
            "-12",
            "123456789012345",
            "9007199254740993",
            "0.1",
            "1e400",
            "5e-324",
        ] {
            let mut scanner = Scanner::new(text.as_bytes());
            let Ok(Token::Number(number)) = scanner.token() else {
                panic!("{text}")
            };
            assert_eq!(number, text.parse::<f64>().unwrap(), "{text}");
        }
        let mut scanner = Scanner::new(b"-0");
        assert!(matches!(scanner.token(), Ok(Token::Number(n)) if n.is_sign_negative()));
    }
}
