//! Reading the texts of a store: tables, values, or both.
//!
//! What JavaScript would make of the text with `JSON.parse` decides: of equal keys the last counts,
//! and keys that are array indices come first. Members that are no valid content are left out.

use super::canonical::{Purpose, canonical, write_rest};
use super::scan::{Scanner, Token, is_object_or_array};
use super::{ENCODED, UNDEFINED};
use crate::store::cell::Cell;
use crate::store::order::IndexOrder;
use crate::store::staged::Staged;
use crate::store::text::{TextId, Texts};
use crate::store::{Error, Store};
use rustc_hash::FxHashSet;

/// What one half of a content says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Half {
    /// Nothing: it is absent or no object.
    #[default]
    Missing,
    /// To delete everything: it is an object without members.
    Empty,
    /// What was staged, which may be nothing if no member is valid.
    Staged,
}

/// Content read from a text.
#[derive(Default)]
pub struct Content {
    /// What the text says of the tables.
    pub tables: Half,
    /// What the text says of the values.
    pub values: Half,
    /// The tables and values.
    pub staged: Staged,
}

/// Reads the JSON of tables: `{"table": {"row": {"cell": …}}}`.
///
/// # Errors
/// If the text is no JSON.
pub fn read_tables(store: &mut Store, text: &[u8]) -> Result<Content, Error> {
    read(store, text, Whole::Tables)
}

/// Reads the JSON of values: `{"value": …}`.
///
/// # Errors
/// If the text is no JSON.
pub fn read_values(store: &mut Store, text: &[u8]) -> Result<Content, Error> {
    read(store, text, Whole::Values)
}

/// Reads the JSON of a whole content: `[tables, values]`; or of tables only, if it is an object.
///
/// # Errors
/// If the text is no JSON.
pub fn read_content(store: &mut Store, text: &[u8]) -> Result<Content, Error> {
    read(store, text, Whole::Content)
}

/// Why reading stopped.
enum Stop {
    /// A key came twice, or before one that it must follow: the text must be brought into canonical
    /// form first. What JavaScript has printed never needs to be.
    Reread,
    Error(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Error(error)
    }
}

/// What a text is read as.
#[derive(Clone, Copy)]
enum Whole {
    Tables,
    Values,
    Content,
}

type Read<T = ()> = Result<T, Stop>;

fn read(store: &mut Store, text: &[u8], whole: Whole) -> Result<Content, Error> {
    match read_once(&mut store.texts, text, whole) {
        Ok(content) => Ok(content),
        Err(Stop::Error(error)) => Err(error),
        Err(Stop::Reread) => {
            let text = canonical(text, Purpose::Reread)?;
            match read_once(&mut store.texts, &text, whole) {
                Ok(content) => Ok(content),
                Err(Stop::Error(error)) => Err(error),
                Err(Stop::Reread) => Err(Error::MalformedJson { offset: 0 }),
            }
        }
    }
}

fn read_once(texts: &mut Texts, text: &[u8], whole: Whole) -> Read<Content> {
    let scanner = Scanner::new(text);
    let mut reader = Reader {
        scanner,
        texts,
        content: Content::default(),
        row_keys: Keys::default(),
    };
    match whole {
        Whole::Tables => reader.tables(),
        Whole::Values => reader.values(),
        Whole::Content => reader.content(),
    }?;
    reader.scanner.end()?;
    Ok(reader.content)
}

struct Reader<'a> {
    scanner: Scanner<'a>,
    texts: &'a mut Texts,
    content: Content,
    /// Those of the row that is being read.
    row_keys: Keys,
}

/// The keys of one object so far.
#[derive(Default)]
struct Keys {
    order: IndexOrder,
    few: Vec<TextId>,
    many: FxHashSet<TextId>,
}

/// Up to this many keys of an object are compared one by one.
const FEW: usize = 16;

impl Keys {
    fn clear(&mut self) {
        self.order = IndexOrder::default();
        self.few.clear();
        self.many.clear();
    }

    /// Takes note of a key, which must be new and in order.
    fn note(&mut self, texts: &Texts, id: TextId) -> Read {
        self.order.note(texts.bytes(id));
        let is_new = if self.few.len() < FEW {
            let is_new = !self.few.contains(&id);
            self.few.push(id);
            is_new
        } else {
            !self.few.contains(&id) && self.many.insert(id)
        };
        if is_new && self.order.is_object_order() {
            Ok(())
        } else {
            Err(Stop::Reread)
        }
    }
}

impl Reader<'_> {
    /// Passes over the members of an object or array that is no valid content.
    fn skip_rest(&mut self, token: &Token) -> Read {
        let close = match token {
            Token::Object => b'}',
            Token::Array => b']',
            Token::String => {
                self.scanner.string()?;
                return Ok(());
            }
            _ => return Ok(()),
        };
        let mut first = true;
        while self.scanner.has_member(first, close)? {
            first = false;
            if close == b'}' {
                self.scanner.key()?;
            }
            self.scanner.skip()?;
        }
        Ok(())
    }

    fn key(&mut self, keys: &mut Keys) -> Read<TextId> {
        let id = self.texts.intern(self.scanner.key()?);
        keys.note(self.texts, id)?;
        Ok(id)
    }

    fn content(&mut self) -> Read {
        match self.scanner.peek() {
            Some(b'{') => self.tables(),
            Some(b'[') => {
                self.scanner.expect(b'[')?;
                let mut index = 0;
                while self.scanner.has_member(index == 0, b']')? {
                    match index {
                        0 => self.tables()?,
                        1 => self.values()?,
                        _ => self.scanner.skip()?,
                    }
                    index += 1;
                }
                Ok(())
            }
            _ => Ok(self.scanner.skip()?),
        }
    }

    fn tables(&mut self) -> Read {
        let token = self.scanner.token()?;
        let Token::Object = token else {
            return self.skip_rest(&token);
        };
        let (mut keys, mut first) = (Keys::default(), true);
        while self.scanner.has_member(first, b'}')? {
            first = false;
            let id = self.key(&mut keys)?;
            self.table(id)?;
        }
        self.content.tables = if first { Half::Empty } else { Half::Staged };
        Ok(())
    }

    fn table(&mut self, id: TextId) -> Read {
        let token = self.scanner.token()?;
        let Token::Object = token else {
            return self.skip_rest(&token);
        };
        let (mut keys, mut first) = (Keys::default(), true);
        while self.scanner.has_member(first, b'}')? {
            first = false;
            let row = self.key(&mut keys)?;
            self.row(row)?;
        }
        self.content.staged.end_table(self.texts, id);
        Ok(())
    }

    fn row(&mut self, id: TextId) -> Read {
        let token = self.scanner.token()?;
        let Token::Object = token else {
            return self.skip_rest(&token);
        };
        let (mut keys, mut first) = (std::mem::take(&mut self.row_keys), true);
        keys.clear();
        while self.scanner.has_member(first, b'}')? {
            first = false;
            let cell_id = self.key(&mut keys)?;
            if let Some(cell) = self.cell()? {
                self.content.staged.cell(self.texts, cell_id, cell);
            }
        }
        self.row_keys = keys;
        self.content.staged.end_row(id);
        Ok(())
    }

    fn values(&mut self) -> Read {
        let token = self.scanner.token()?;
        let Token::Object = token else {
            return self.skip_rest(&token);
        };
        let (mut keys, mut first) = (Keys::default(), true);
        while self.scanner.has_member(first, b'}')? {
            first = false;
            let id = self.key(&mut keys)?;
            if let Some(value) = self.cell()? {
                self.content.staged.values.push((id, value));
            }
        }
        self.content.values = if first { Half::Empty } else { Half::Staged };
        Ok(())
    }

    /// One cell or value; `None` if it is no valid one.
    fn cell(&mut self) -> Read<Option<Cell>> {
        let token = self.scanner.token()?;
        Ok(match token {
            Token::Null => Some(Cell::NULL),
            Token::True => Some(Cell::boolean(true)),
            Token::False => Some(Cell::boolean(false)),
            Token::Number(number) => Cell::number(number),
            Token::String => {
                let text = self.scanner.string()?;
                encoded_cell(self.texts, text)
            }
            Token::Object | Token::Array => {
                let mut json = Vec::new();
                write_rest(token, &mut self.scanner, &mut json, Purpose::Print, 0)?;
                Some(Cell::json(self.texts.cell_text(&json)))
            }
        })
    }
}

/// The cell of a text in which objects and arrays are encoded; `None` for reserved texts that encode
/// nothing.
pub(in crate::store) fn encoded_cell(texts: &mut Texts, text: &[u8]) -> Option<Cell> {
    match text.strip_prefix(ENCODED) {
        Some(json) => is_object_or_array(json).then(|| Cell::json(texts.cell_text(json))),
        None => (text != UNDEFINED).then(|| Cell::text(texts.cell_text(text))),
    }
}
