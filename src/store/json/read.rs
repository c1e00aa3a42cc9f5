//! Reading the texts of a store: tables, values, or both.
//!
//! What JavaScript would make of the text with `JSON.parse` decides: of equal keys the last counts,
//! and keys that are array indices come first. Members that are no valid content are left out.

use super::canonical::{Purpose, canonical, write_rest};
use super::scan::{Scanner, Token, is_object_or_array};
use super::{ENCODED, UNDEFINED};
use crate::store::cell::Cell;
use crate::store::order::{rank, sort_as_object};
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
#[derive(Debug, Default)]
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
    /// A key came twice: the text must be brought into canonical form first.
    Duplicate,
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
        Err(Stop::Duplicate) => {
            let text = canonical(text, Purpose::Reread)?;
            match read_once(&mut store.texts, &text, whole) {
                Ok(content) => Ok(content),
                Err(Stop::Error(error)) => Err(error),
                Err(Stop::Duplicate) => Err(Error::MalformedJson { offset: 0 }),
            }
        }
    }
}

fn read_once(texts: &mut Texts, text: &[u8], whole: Whole) -> Read<Content> {
    let scanner = Scanner::new(text);
    let (seen, content) = (FxHashSet::default(), Content::default());
    let mut reader = Reader {
        scanner,
        texts,
        seen,
        entered: 0,
        content,
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
    /// The keys seen in each object that is open, by the id of what holds it.
    seen: FxHashSet<(Level, TextId)>,
    /// How many objects have been entered; tells the keys of one from those of another.
    entered: usize,
    content: Content,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Level {
    Table,
    Row(usize),
    Cell(usize),
    Value,
}

/// Up to this many keys of an object are compared one by one.
const FEW: usize = 16;

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

    fn key(&mut self, level: Option<Level>) -> Read<TextId> {
        let id = self.texts.intern(self.scanner.key()?);
        match level {
            Some(level) if !self.seen.insert((level, id)) => Err(Stop::Duplicate),
            _ => Ok(id),
        }
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
        let mut first = true;
        while self.scanner.has_member(first, b'}')? {
            first = false;
            let id = self.key(Some(Level::Table))?;
            self.table(id)?;
        }
        let texts = &*self.texts;
        sort_as_object(&mut self.content.staged.tables, |table| {
            rank(texts.bytes(table.id))
        });
        self.content.tables = if first { Half::Empty } else { Half::Staged };
        Ok(())
    }

    fn table(&mut self, id: TextId) -> Read {
        let token = self.scanner.token()?;
        let Token::Object = token else {
            return self.skip_rest(&token);
        };
        self.entered += 1;
        let table = self.entered;
        let mut first = true;
        while self.scanner.has_member(first, b'}')? {
            first = false;
            let row = self.key(Some(Level::Row(table)))?;
            self.row(row)?;
        }
        let texts = &*self.texts;
        sort_as_object(self.content.staged.loose_rows_mut(), |row| {
            rank(texts.bytes(row.id))
        });
        self.content.staged.end_table(id);
        Ok(())
    }

    fn row(&mut self, id: TextId) -> Read {
        let token = self.scanner.token()?;
        let Token::Object = token else {
            return self.skip_rest(&token);
        };
        self.entered += 1;
        let row = self.entered;
        let mut first = true;
        // Keys of cells that turned out invalid: they too must not come again.
        let mut invalid: Vec<TextId> = Vec::new();
        while self.scanner.has_member(first, b'}')? {
            first = false;
            let count = self.content.staged.loose_cells().len() + invalid.len();
            let cell_id = if count > FEW {
                if count == FEW + 1 {
                    let seen = self.content.staged.loose_cells().iter().map(|(id, _)| *id);
                    let seen = seen.chain(invalid.iter().copied());
                    self.seen.extend(seen.map(|id| (Level::Cell(row), id)));
                }
                self.key(Some(Level::Cell(row)))?
            } else {
                let id = self.key(None)?;
                let mut seen = self.content.staged.loose_cells().iter().map(|(id, _)| id);
                if seen.any(|seen| *seen == id) || invalid.contains(&id) {
                    return Err(Stop::Duplicate);
                }
                id
            };
            match self.cell()? {
                Some(cell) => self.content.staged.cell(cell_id, cell),
                None => invalid.push(cell_id),
            }
        }
        let texts = &*self.texts;
        sort_as_object(self.content.staged.loose_cells_mut(), |(id, _)| {
            rank(texts.bytes(*id))
        });
        self.content.staged.end_row(id);
        Ok(())
    }

    fn values(&mut self) -> Read {
        let token = self.scanner.token()?;
        let Token::Object = token else {
            return self.skip_rest(&token);
        };
        let mut first = true;
        while self.scanner.has_member(first, b'}')? {
            first = false;
            let id = self.key(Some(Level::Value))?;
            if let Some(value) = self.cell()? {
                self.content.staged.values.push((id, value));
            }
        }
        let texts = &*self.texts;
        sort_as_object(&mut self.content.staged.values, |(id, _)| {
            rank(texts.bytes(*id))
        });
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
