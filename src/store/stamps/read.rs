//! Reading what another store has sent. It is read whole before any of it is applied, and refused
//! whole if any of it is not what it should be.

use super::merge::{Incoming, IncomingGroup, IncomingStamp};
use super::moment::Moment;
use super::table::DELETED;
use crate::store::cell::Cell;
use crate::store::hlc::MAX_AHEAD;
use crate::store::json::{
    Keys, Purpose, Scanner, Token, UNDEFINED, canonical, encoded_cell, write_rest,
};
use crate::store::text::{TextId, Texts};
use crate::store::{Error, Store};

/// What a text is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeableForm {
    /// The whole content of a store, `[tables, values]`, everything with its HLC and its hash.
    Content,
    /// That, or changes, `[tables, values, 1]`; hashes may be missing, and HLCs if there are none.
    Changes,
}

enum Stop {
    /// A key came twice, or before one that it must follow.
    Reread,
    Error(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Error(error)
    }
}

type Read<T = ()> = Result<T, Stop>;

const REFUSED: Stop = Stop::Error(Error::InvalidStamps);

/// Reads the JSON text of a mergeable content or of mergeable changes. Objects and arrays in cells may
/// be texts, U+FFFD and their JSON, and what was deleted is the text U+FFFC. HLCs must not be more than
/// [`MAX_AHEAD`] ahead of the time that the store was told last. Hashes are not looked at, since they
/// follow from the rest.
///
/// # Errors
/// If the text is no JSON, or says anything else.
pub fn read_mergeable(
    store: &mut Store,
    form: MergeableForm,
    text: &[u8],
) -> Result<Incoming, Error> {
    let latest = store.now().saturating_add(MAX_AHEAD);
    let mut once = |text: &[u8]| {
        let mut reader = Reader {
            texts: &mut store.texts,
            scanner: Scanner::new(text),
            form,
            latest,
            incoming: Incoming::default(),
            spare_keys: Vec::new(),
        };
        reader.whole().map(|()| reader.incoming)
    };
    match once(text) {
        Ok(incoming) => Ok(incoming),
        Err(Stop::Error(error)) => Err(error),
        Err(Stop::Reread) => {
            let text = canonical(text, Purpose::Reread)?;
            once(&text).map_err(|stop| match stop {
                Stop::Error(error) => error,
                Stop::Reread => Error::InvalidStamps,
            })
        }
    }
}

struct Reader<'a> {
    texts: &'a mut Texts,
    scanner: Scanner<'a>,
    form: MergeableForm,
    /// The latest time that is believed.
    latest: u64,
    incoming: Incoming,
    spare_keys: Vec<Keys>,
}

impl Reader<'_> {
    fn whole(&mut self) -> Read {
        self.open(b'[')?;
        self.incoming.tables_moment = self.stamp(Reader::tables)?;
        self.comma()?;
        self.incoming.values_moment = self.stamp(Reader::values)?;
        if self.scanner.has_member(false, b']')? {
            let is_one = matches!(self.scanner.token()?, Token::Number(1.0));
            if self.form == MergeableForm::Content
                || !is_one
                || self.scanner.has_member(false, b']')?
            {
                return Err(REFUSED);
            }
        }
        Ok(self.scanner.end()?)
    }

    fn open(&mut self, bracket: u8) -> Read {
        match self.scanner.peek() {
            Some(byte) if byte == bracket => Ok(self.scanner.expect(bracket)?),
            None => Ok(self.scanner.error()?),
            // It may be no JSON either; what it is not makes no difference.
            _ => Err(REFUSED),
        }
    }

    fn comma(&mut self) -> Read {
        if self.scanner.has_member(false, b']')? {
            Ok(())
        } else {
            Err(REFUSED)
        }
    }

    /// Reads `[thing, hlc, hash]`; gives the moment.
    fn stamp(&mut self, thing: impl FnOnce(&mut Self) -> Read) -> Read<Moment> {
        self.open(b'[')?;
        if !self.scanner.has_member(true, b']')? {
            return Err(REFUSED);
        }
        thing(self)?;
        if !self.scanner.has_member(false, b']')? {
            return self.unless_content(Moment::NONE);
        }
        let moment = self.moment()?;
        if !self.scanner.has_member(false, b']')? {
            return self.unless_content(moment);
        }
        let hash = self.scanner.token()?;
        match hash {
            Token::Number(hash) if hash.is_finite() => {}
            _ => return Err(REFUSED),
        }
        if self.scanner.has_member(false, b']')? {
            return Err(REFUSED);
        }
        Ok(moment)
    }

    fn unless_content(&self, moment: Moment) -> Read<Moment> {
        match self.form {
            MergeableForm::Content => Err(REFUSED),
            MergeableForm::Changes => Ok(moment),
        }
    }

    fn moment(&mut self) -> Read<Moment> {
        let Token::String = self.scanner.token()? else {
            return Err(REFUSED);
        };
        let moment = Moment::read(self.scanner.string()?).ok_or(REFUSED)?;
        match moment.hlc() {
            Some(hlc) if hlc.time > self.latest => Err(REFUSED),
            _ => Ok(moment),
        }
    }

    /// Reads an object of stamps, each under its id; gives how many there are.
    fn members(&mut self, mut member: impl FnMut(&mut Self, TextId) -> Read) -> Read<usize> {
        self.open(b'{')?;
        // Objects within each other, which need keys of their own, are few levels deep.
        let mut keys = self.spare_keys.pop().unwrap_or_default();
        keys.clear();
        let mut count = 0;
        while self.scanner.has_member(count == 0, b'}')? {
            let id = self.texts.intern(self.scanner.key()?);
            if !keys.note(self.texts, id) {
                return Err(Stop::Reread);
            }
            member(self, id)?;
            count += 1;
        }
        self.spare_keys.push(keys);
        Ok(count)
    }

    fn tables(&mut self) -> Read {
        self.members(|reader, id| {
            let mut count = 0;
            let place = reader.incoming.tables.len();
            let moment = Moment::NONE;
            reader
                .incoming
                .tables
                .push(IncomingGroup { id, moment, count });
            let moment = reader.stamp(|reader| {
                count = reader.rows()?;
                Ok(())
            })?;
            if let Some(table) = reader.incoming.tables.get_mut(place) {
                *table = IncomingGroup { id, moment, count };
            }
            Ok(())
        })?;
        Ok(())
    }

    fn rows(&mut self) -> Read<usize> {
        self.members(|reader, id| {
            let mut count = 0;
            let place = reader.incoming.rows.len();
            let moment = Moment::NONE;
            reader
                .incoming
                .rows
                .push(IncomingGroup { id, moment, count });
            let moment = reader.stamp(|reader| {
                count = reader.cells()?;
                Ok(())
            })?;
            if let Some(row) = reader.incoming.rows.get_mut(place) {
                *row = IncomingGroup { id, moment, count };
            }
            Ok(())
        })
    }

    fn cells(&mut self) -> Read<usize> {
        self.members(|reader, id| {
            let stamp = reader.thing(id)?;
            reader.incoming.cells.push(stamp);
            Ok(())
        })
    }

    fn values(&mut self) -> Read {
        self.members(|reader, id| {
            let stamp = reader.thing(id)?;
            reader.incoming.values.push(stamp);
            Ok(())
        })?;
        Ok(())
    }

    fn thing(&mut self, id: TextId) -> Read<IncomingStamp> {
        let mut thing = DELETED;
        let moment = self.stamp(|reader| {
            thing = reader.cell()?;
            Ok(())
        })?;
        Ok(IncomingStamp { id, thing, moment })
    }

    fn cell(&mut self) -> Read<Cell> {
        Ok(match self.scanner.token()? {
            Token::Null => Cell::NULL,
            Token::True => Cell::boolean(true),
            Token::False => Cell::boolean(false),
            Token::Number(number) => Cell::number(number).ok_or(REFUSED)?,
            Token::String => {
                let text = self.scanner.string()?;
                if text == UNDEFINED {
                    return Ok(DELETED);
                }
                let cell = encoded_cell(self.texts, text);
                if cell.is_rejected() {
                    return Err(REFUSED);
                }
                cell
            }
            token @ (Token::Object | Token::Array) => {
                let mut json = Vec::new();
                write_rest(token, &mut self.scanner, &mut json, Purpose::Print, 0)?;
                Cell::json(self.texts.cell_text(&json))
            }
        })
    }
}
