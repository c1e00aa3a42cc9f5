//! Reading the texts of a store: tables, values, or both.
//!
//! What JavaScript would make of the text with `JSON.parse` decides: of equal keys the last counts,
//! and keys that are array indices come first. What cannot be set is staged as such, to be
//! reported.

use super::canonical::{Purpose, canonical, write_rest};
use super::keys::Keys;
use super::scan::{Scanner, Token, is_object_or_array};
use super::{ENCODED, UNDEFINED};
use crate::store::cell::Cell;
use crate::store::staged::Staged;
use crate::store::text::{TextId, Texts};
use crate::store::{Error, Store};

/// What one half of a content says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Half {
    /// Nothing: it is absent or no object.
    #[default]
    Missing,
    /// To delete everything: it is an object without members.
    Empty,
    /// What was staged, of which nothing may be valid.
    Staged,
}

/// Content read from a text.
#[derive(Default)]
pub struct Content {
    /// What the text says of the tables.
    pub tables: Half,
    /// What the text says of the values.
    pub values: Half,
    /// Whether the text is about the tables, and about the values: what it does not say of them is
    /// then something that it got wrong.
    pub concerns: (bool, bool),
    /// The tables and values.
    pub staged: Staged,
}

/// What a text is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// Tables: `{"table": {"row": {"cell": …}}}`.
    Tables,
    /// Values: `{"value": …}`.
    Values,
    /// A whole content: `[tables, values]`; or only tables, if it is an object.
    Content,
}

/// Reads a text that is there in one piece.
///
/// # Errors
/// If the text is no JSON.
pub fn read(store: &mut Store, whole: Whole, text: &[u8]) -> Result<Content, Error> {
    let once = |store: &mut Store, text: &[u8]| {
        let mut reader = Reader::new(whole);
        reader.feed(store, text, true).map(|_| reader.finish())
    };
    match once(store, text) {
        Ok(content) => Ok(content),
        Err(Stop::Error(error)) => Err(error),
        Err(Stop::Reread) => {
            let text = canonical(text, Purpose::Reread)?;
            once(store, &text).map_err(|stop| match stop {
                Stop::Error(error) => error,
                Stop::Reread => Error::MalformedJson { offset: 0 },
            })
        }
    }
}

/// Why reading stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A key came twice, or before one that it must follow: the text must be brought into canonical
    /// form first, which [`read`] does. What JavaScript has printed never needs to be.
    Reread,
    /// The text is no JSON.
    Error(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Error(error)
    }
}

type Read<T = ()> = Result<T, Stop>;

/// How far a piece has brought the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Something was read.
    Some,
    /// Nothing whole was in it: larger pieces would do better.
    None,
}

/// Reads a text piece by piece, so that a long one need not be in memory whole. What is read at a
/// time is a row, or a value; what is left of a piece after the last whole one is kept.
pub struct Reader {
    whole: Whole,
    at: At,
    is_in_array: bool,
    /// What is left of the pieces.
    rest: Vec<u8>,
    /// How many bytes came before that.
    offset: usize,
    content: Content,
    /// The keys of the tables, or of the values.
    half_keys: Keys,
    table_keys: Keys,
    row_keys: Keys,
}

/// Where in the text the reader is.
#[derive(Clone, Copy)]
enum At {
    Start,
    /// In the array of a content, before its element of that index.
    Content(usize),
    /// In the object of tables; whether no member has come yet.
    Tables(bool),
    Table(TextId, bool),
    Values(bool),
    End,
}

impl Reader {
    /// A reader of a text that is yet to come.
    #[must_use]
    pub fn new(whole: Whole) -> Reader {
        Reader {
            whole,
            at: At::Start,
            is_in_array: false,
            rest: Vec::new(),
            offset: 0,
            content: Content::default(),
            half_keys: Keys::default(),
            table_keys: Keys::default(),
            row_keys: Keys::default(),
        }
    }

    /// Reads one more piece.
    ///
    /// # Errors
    /// If the text is no JSON so far, or after the last piece; or must be read again, whole.
    pub fn feed(
        &mut self,
        store: &mut Store,
        piece: &[u8],
        is_last: bool,
    ) -> Result<Progress, Stop> {
        let mut joined = std::mem::take(&mut self.rest);
        let text = if joined.is_empty() {
            piece
        } else {
            joined.extend_from_slice(piece);
            &joined
        };
        let mut scanner = Scanner::piece(text, is_last);
        let mut read = 0;
        let result = loop {
            match self.step(&mut store.texts, &mut scanner) {
                Ok(()) => read = scanner.position(),
                Err(_) if scanner.is_cut() => break Ok(()),
                Err(stop) => break Err(stop),
            }
            if let At::End = self.at {
                read = text.len();
                break scanner.end().map_err(Stop::from);
            }
        };
        if let Err(Stop::Error(Error::MalformedJson { offset })) = result {
            let offset = self.offset + offset;
            return Err(Stop::Error(Error::MalformedJson { offset }));
        }
        result?;
        self.rest = text.get(read..).unwrap_or_default().to_vec();
        self.offset += read;
        Ok(if read > 0 {
            Progress::Some
        } else {
            Progress::None
        })
    }

    /// What was read.
    #[must_use]
    pub fn finish(self) -> Content {
        self.content
    }

    /// Reads what is whole by itself and moves on; or leaves everything as it was, but for cells of
    /// a row that did not end.
    fn step(&mut self, texts: &mut Texts, scanner: &mut Scanner<'_>) -> Read {
        self.at = match self.at {
            At::Start => match (self.whole, scanner.peek()) {
                (_, None) => return Ok(scanner.error()?),
                (Whole::Values, _) => self.begin_values(scanner)?,
                (Whole::Content, Some(b'[')) => {
                    scanner.expect(b'[')?;
                    self.is_in_array = true;
                    self.content.concerns = (true, true);
                    At::Content(0)
                }
                (Whole::Tables, _) | (Whole::Content, Some(b'{')) => self.begin_tables(scanner)?,
                (Whole::Content, Some(first)) => {
                    scanner.skip()?;
                    // TinyBase takes a string's characters for the two halves.
                    self.content.concerns = (true, first == b'"');
                    At::End
                }
            },
            At::Content(index) => {
                if !scanner.has_member(index == 0, b']')? {
                    At::End
                } else if index == 0 {
                    self.begin_tables(scanner)?
                } else if index == 1 {
                    self.begin_values(scanner)?
                } else {
                    scanner.skip()?;
                    At::Content(index + 1)
                }
            }
            At::Tables(first) => {
                if scanner.has_member(first, b'}')? {
                    let id = texts.intern(scanner.key()?);
                    let next = match scanner.token()? {
                        Token::Object => At::Table(id, true),
                        token => {
                            skip_rest(scanner, &token)?;
                            At::Tables(false)
                        }
                    };
                    note(&mut self.half_keys, texts, id)?;
                    if let At::Tables(_) = next {
                        self.content.staged.end_table(texts, id);
                    }
                    self.table_keys.clear();
                    next
                } else {
                    self.content.tables = if first { Half::Empty } else { Half::Staged };
                    self.after_tables()
                }
            }
            At::Table(id, first) => {
                if scanner.has_member(first, b'}')? {
                    let row = texts.intern(scanner.key()?);
                    let token = scanner.token()?;
                    self.row(texts, scanner, &token)?;
                    note(&mut self.table_keys, texts, row)?;
                    match token {
                        Token::Object => self.content.staged.end_row(texts, row),
                        _ => self.content.staged.end_bad_row(texts, row),
                    }
                    At::Table(id, false)
                } else {
                    self.content.staged.end_table(texts, id);
                    At::Tables(false)
                }
            }
            At::Values(first) => {
                if scanner.has_member(first, b'}')? {
                    let id = texts.intern(scanner.key()?);
                    let value = cell(texts, scanner)?;
                    note(&mut self.half_keys, texts, id)?;
                    self.content.staged.values.push((id, value));
                    At::Values(false)
                } else {
                    self.content.values = if first { Half::Empty } else { Half::Staged };
                    self.after_values()
                }
            }
            At::End => At::End,
        };
        Ok(())
    }

    fn begin_tables(&mut self, scanner: &mut Scanner<'_>) -> Read<At> {
        self.content.concerns.0 = true;
        let token = scanner.token()?;
        if let Token::Object = token {
            return Ok(At::Tables(true));
        }
        skip_rest(scanner, &token)?;
        Ok(self.after_tables())
    }

    fn begin_values(&mut self, scanner: &mut Scanner<'_>) -> Read<At> {
        self.content.concerns.1 = true;
        let token = scanner.token()?;
        if let Token::Object = token {
            self.half_keys.clear();
            return Ok(At::Values(true));
        }
        skip_rest(scanner, &token)?;
        Ok(self.after_values())
    }

    fn after_tables(&self) -> At {
        if self.is_in_array {
            At::Content(1)
        } else {
            At::End
        }
    }

    fn after_values(&self) -> At {
        if self.is_in_array {
            At::Content(2)
        } else {
            At::End
        }
    }

    /// Stages the cells of a row, none if it is no valid one.
    fn row(&mut self, texts: &mut Texts, scanner: &mut Scanner<'_>, token: &Token) -> Read {
        // An earlier attempt may have met the end of its piece.
        self.content.staged.give_up_row(texts);
        let Token::Object = token else {
            return skip_rest(scanner, token);
        };
        self.row_keys.clear();
        let mut first = true;
        while scanner.has_member(first, b'}')? {
            first = false;
            let id = texts.intern(scanner.key()?);
            note(&mut self.row_keys, texts, id)?;
            let cell = cell(texts, scanner)?;
            self.content.staged.cell(texts, id, cell);
        }
        Ok(())
    }
}

/// Takes note of a key, which must be new and in order.
fn note(keys: &mut Keys, texts: &Texts, id: TextId) -> Read {
    if keys.note(texts, id) {
        Ok(())
    } else {
        Err(Stop::Reread)
    }
}

/// Passes over the members of an object or array that is no valid content.
fn skip_rest(scanner: &mut Scanner<'_>, token: &Token) -> Read {
    let close = match token {
        Token::Object => b'}',
        Token::Array => b']',
        Token::String => {
            scanner.string()?;
            return Ok(());
        }
        _ => return Ok(()),
    };
    let mut first = true;
    while scanner.has_member(first, close)? {
        first = false;
        if close == b'}' {
            scanner.key()?;
        }
        scanner.skip()?;
    }
    Ok(())
}

/// One cell or value, perhaps a rejected one.
fn cell(texts: &mut Texts, scanner: &mut Scanner<'_>) -> Read<Cell> {
    let token = scanner.token()?;
    Ok(match token {
        Token::Null => Cell::NULL,
        Token::True => Cell::boolean(true),
        Token::False => Cell::boolean(false),
        Token::Number(number) => Cell::number_or_rejected(number),
        Token::String => {
            let text = scanner.string()?;
            encoded_cell(texts, text)
        }
        Token::Object | Token::Array => {
            let mut json = Vec::new();
            write_rest(token, scanner, &mut json, Purpose::Print, 0)?;
            Cell::json(texts.cell_text(&json))
        }
    })
}

/// The cell of a text in which objects and arrays are encoded; a rejected one for reserved texts that
/// encode nothing.
pub(in crate::store) fn encoded_cell(texts: &mut Texts, text: &[u8]) -> Cell {
    match text.strip_prefix(ENCODED) {
        Some(json) if is_object_or_array(json) => Cell::json(texts.cell_text(json)),
        None if text != UNDEFINED => Cell::text(texts.cell_text(text)),
        _ => Cell::rejected_text(texts.cell_text(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a store holds after reading a text in pieces of that size; `None` if it is refused.
    fn read_in_pieces(text: &[u8], size: usize) -> Option<String> {
        let mut store = Store::new();
        let mut reader = Reader::new(Whole::Content);
        let pieces: Vec<&[u8]> = text.chunks(size).collect();
        for (number, piece) in pieces.iter().enumerate() {
            reader
                .feed(&mut store, piece, number + 1 == pieces.len())
                .ok()?;
        }
        Some(json_of(store, reader.finish()))
    }

    fn json_of(mut store: Store, content: Content) -> String {
        store.start();
        store.set_content(content);
        let mut out = Vec::new();
        store.write_json(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_text_reads_the_same_however_it_is_cut() {
        for text in [
            r#"[{"t":{"1":{"a":-12.5e+3,"b":"x\n\u00e9\ud83d\udc15\ud800","c":true},"r":{"d":null}},"u":{"r":{"a":{"x":[1,{}]}}}},{"v":false,"w":"\ufffd[1]"}, [1,"x",{}]] "#,
            r#"{"t":{"r":{"a":1,"b":[]},"s":5,"q":{"a":"last"}},"u":"none","w":{}}"#,
            "[{},{}]",
            "17",
            "[null,[1]]",
        ] {
            let whole = read_in_pieces(text.as_bytes(), text.len());
            assert!(whole.is_some(), "{text}");
            for size in 1..text.len() {
                assert_eq!(
                    read_in_pieces(text.as_bytes(), size),
                    whole,
                    "{size}: {text}"
                );
            }
        }
    }

    #[test]
    fn what_is_no_json_is_refused_however_it_is_cut() {
        let text = br#"[{"t":{"r":{"a":1.5,"b":"\u0041"}}},{"v":true}]"#;
        for end in 1..text.len() {
            for size in 1..=end {
                assert_eq!(read_in_pieces(&text[..end], size), None, "{end} {size}");
            }
        }
        for text in [
            "[1}",
            r#"{"a":tru,"b":1}"#,
            "[{},{}] x",
            r#""\u12x4""#,
            "[01]",
            " ",
        ] {
            for size in 1..=text.len() {
                assert_eq!(
                    read_in_pieces(text.as_bytes(), size),
                    None,
                    "{size}: {text}"
                );
            }
        }
        let nothing = Reader::new(Whole::Content).feed(&mut Store::new(), b"", true);
        assert!(matches!(nothing, Err(Stop::Error(_))));
    }

    #[test]
    fn a_key_that_comes_twice_or_out_of_order_counts_as_in_javascript() {
        for (text, expected) in [
            (
                r#"{"t":{"r":{"a":1,"b":2,"a":3}}}"#,
                r#"[{"t":{"r":{"a":3,"b":2}}},{}]"#,
            ),
            (
                r#"{"t":{"r":5,"q":{"a":1},"r":{"a":2}}}"#,
                r#"[{"t":{"r":{"a":2},"q":{"a":1}}},{}]"#,
            ),
            (r#"{"t":{"r":{"a":1}},"t":5}"#, "[{},{}]"),
            (
                r#"{"t":{"10":{"a":1},"9":{"a":1e400,"b":-0}}}"#,
                r#"[{"t":{"9":{"b":0},"10":{"a":1}}},{}]"#,
            ),
        ] {
            let mut store = Store::new();
            let content = read(&mut store, Whole::Content, text.as_bytes()).unwrap();
            assert_eq!(json_of(store, content), expected, "{text}");
        }
    }
}
