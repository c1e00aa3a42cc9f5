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
    let mut reader = Reader {
        scanner,
        texts,
        content: Content::default(),
        seen: FxHashSet::default(),
        seen_cells: FxHashSet::default(),
        seen_rows: Vec::new(),
        table: 0,
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
    /// The keys seen in the object of tables, and in that of values.
    seen: FxHashSet<TextId>,
    /// The keys seen in the latest row, if there are many.
    seen_cells: FxHashSet<TextId>,
    /// For each text, the number of the table in which it was seen last as the key of a row. A set
    /// would weigh as much as the table.
    seen_rows: Vec<u32>,
    table: u32,
}

/// Notes a key, which must not come again.
fn new_in(seen: &mut FxHashSet<TextId>, id: TextId) -> Read {
    if seen.insert(id) {
        Ok(())
    } else {
        Err(Stop::Duplicate)
    }
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

    fn key(&mut self) -> Read<TextId> {
        Ok(self.texts.intern(self.scanner.key()?))
    }

    /// The key of a row, which must not come again in its table.
    fn row_key(&mut self) -> Read<TextId> {
        let id = self.key()?;
        let at = id.0 as usize;
        if at >= self.seen_rows.len() {
            self.seen_rows.resize(at + 1, 0);
        }
        match self.seen_rows.get_mut(at) {
            Some(table) if *table != self.table => *table = self.table,
            _ => return Err(Stop::Duplicate),
        }
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
        self.seen.clear();
        let token = self.scanner.token()?;
        let Token::Object = token else {
            return self.skip_rest(&token);
        };
        let mut first = true;
        while self.scanner.has_member(first, b'}')? {
            first = false;
            let id = self.key()?;
            new_in(&mut self.seen, id)?;
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
        self.table += 1;
        let mut first = true;
        while self.scanner.has_member(first, b'}')? {
            first = false;
            let row = self.row_key()?;
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
        let mut first = true;
        // Keys of cells that turned out invalid: they too must not come again.
        let mut invalid: Vec<TextId> = Vec::new();
        self.seen_cells.clear();
        while self.scanner.has_member(first, b'}')? {
            first = false;
            let cell_id = self.key()?;
            let cells = self.content.staged.loose_cells();
            let mut seen = cells
                .iter()
                .map(|(id, _)| *id)
                .chain(invalid.iter().copied());
            if cells.len() + invalid.len() < FEW {
                if seen.any(|seen| seen == cell_id) {
                    return Err(Stop::Duplicate);
                }
            } else {
                if self.seen_cells.is_empty() {
                    self.seen_cells.extend(seen);
                }
                new_in(&mut self.seen_cells, cell_id)?;
            }
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
        self.seen.clear();
        let token = self.scanner.token()?;
        let Token::Object = token else {
            return self.skip_rest(&token);
        };
        let mut first = true;
        while self.scanner.has_member(first, b'}')? {
            first = false;
            let id = self.key()?;
            new_in(&mut self.seen, id)?;
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
