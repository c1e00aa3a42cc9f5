//! The stamps of one table: what each of its cells was at its latest change, and when that was.
//!
//! A deleted cell stays, as [`DELETED`], so that its deletion can be told to others. So rows and cells
//! never go, but where a transaction is rolled back. Hashes are computed when they are asked for, and
//! only of the rows that have changed since.

use super::moment::Moment;
use crate::store::cell::Cell;
use crate::store::hash::{Hash, Member, pair_hash, text_hash};
use crate::store::json::write_cell;
use crate::store::shape::{Column, ShapeId};
use crate::store::table::{CHUNK, Slot, Table};
use crate::store::text::{TextId, Texts};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What stands in place of a cell or value that was deleted.
pub const DELETED: Cell = Cell::rejected(0);

/// A cell or value at its latest change.
#[derive(Clone, Copy)]
pub struct Stamp {
    /// What it was then, perhaps [`DELETED`].
    pub thing: Cell,
    /// When that was.
    pub moment: Moment,
}

/// The hash of a cell or value, of which an object or array is taken in its encoded form.
pub fn stamp_hash(texts: &Texts, stamp: Stamp, scratch: &mut Vec<u8>) -> Hash {
    scratch.clear();
    write_cell(scratch, texts, stamp.thing);
    match stamp.moment.text() {
        Some(hlc) => pair_hash(scratch, &hlc),
        None => pair_hash(scratch, b""),
    }
}

/// What the moment of something with members adds to its hash.
pub fn moment_hash(moment: Moment) -> Hash {
    moment.text().map_or(0, |hlc| text_hash(&hlc))
}

/// What a cell adds to the hash of its row, or a value to that of all values; the way to there from
/// no hash included, as TinyBase has it.
pub fn cell_in_row(id: &[u8], hash: Hash) -> Hash {
    let member = Member::new(id);
    member.hash(0) ^ member.hash(hash)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// The row's hash is not part of the table's yet.
    New,
    /// The row's hash is as it should be.
    Fresh,
    /// The row has changed since.
    Stale,
}

#[derive(Clone, Copy)]
struct RowHash {
    hash: Hash,
    state: State,
}

type Moments = Option<Box<[Moment; CHUNK]>>;

/// See the [module](self).
pub struct StampedTable {
    things: Table,
    /// The moments of the cells, by column and chunk.
    moments: Vec<Vec<Moments>>,
    /// When the table itself was changed, which nobody does by itself.
    pub moment: Moment,
    /// The same of rows, where there is any.
    row_moments: FxHashMap<Slot, Moment>,
    /// The hashes of the rows, by slot.
    hashes: Vec<RowHash>,
    /// The rows whose hashes are not as they should be.
    stale: Vec<Slot>,
    /// The hash of the rows that are not new.
    hash: Hash,
}

impl StampedTable {
    /// A table without rows.
    pub fn new() -> StampedTable {
        StampedTable {
            things: Table::new(0),
            moments: Vec::new(),
            moment: Moment::NONE,
            row_moments: FxHashMap::default(),
            hashes: Vec::new(),
            stale: Vec::new(),
            hash: 0,
        }
    }

    /// The slot of a row.
    pub fn find(&self, row: TextId) -> Option<Slot> {
        self.things.find(row)
    }

    /// The rows in order: id and slot.
    pub fn rows(&self) -> impl Iterator<Item = (TextId, Slot)> + '_ {
        self.things.rows()
    }

    /// The shape of a row.
    pub fn shape(&self, slot: Slot) -> ShapeId {
        self.things.shape(slot)
    }

    /// The columns of a shape with their ids, in order.
    pub fn columns(&self, shape: ShapeId) -> Vec<(TextId, Column)> {
        let columns: Arc<[Column]> = self.things.shape_columns(shape);
        let named = |column: &Column| Some((self.things.column_id(*column)?, *column));
        columns.iter().filter_map(named).collect()
    }

    /// Whether rows in order of their slots are in the order of an object's keys.
    pub fn is_in_object_order(&self) -> bool {
        self.things.order.is_object_order()
    }

    /// A row, made if there is none; and whether it was.
    pub fn row_or_new(&mut self, texts: &mut Texts, row: TextId) -> (Slot, bool) {
        if let Some(slot) = self.things.find(row) {
            return (slot, false);
        }
        let slot = self.things.add_row(row, texts.bytes(row));
        texts.acquire(row);
        let (hash, state) = (0, State::New);
        self.hashes.push(RowHash { hash, state });
        self.stale.push(slot);
        (slot, true)
    }

    /// The stamp of a cell.
    pub fn get(&self, slot: Slot, id: TextId) -> Option<Stamp> {
        self.at(slot, self.things.column(id)?)
    }

    /// The stamp of the cell of a column.
    pub fn at(&self, slot: Slot, column: Column) -> Option<Stamp> {
        let thing = self.things.cell(slot, column);
        let (chunk, offset) = place(slot);
        let moment = || {
            let moments = self
                .moments
                .get(column.0 as usize)?
                .get(chunk)?
                .as_deref()?;
            moments.get(offset).copied()
        };
        (!thing.is_absent()).then(|| Stamp {
            thing,
            moment: moment().unwrap_or_default(),
        })
    }

    /// The stamps of the cells of a row, in order.
    pub fn stamps(&self, slot: Slot) -> impl Iterator<Item = (TextId, Stamp)> + '_ {
        let columns = self.columns(self.shape(slot)).into_iter();
        columns.filter_map(move |(id, column)| Some((id, self.at(slot, column)?)))
    }

    /// Sets the stamp of a cell of a row that there is.
    pub fn set(&mut self, texts: &mut Texts, slot: Slot, id: TextId, stamp: Stamp) {
        self.set_if(texts, slot, id, stamp, |_| true);
    }

    /// The same, if what is there lets it; what was there then.
    pub fn set_if(
        &mut self,
        texts: &mut Texts,
        slot: Slot,
        id: TextId,
        stamp: Stamp,
        lets: impl FnOnce(Option<Stamp>) -> bool,
    ) -> Option<Option<Stamp>> {
        let (column, is_new) = self.things.column_or_new(id);
        if is_new {
            texts.acquire(id);
            self.moments.push(Vec::new());
        }
        let old = self.at(slot, column);
        if !lets(old) {
            return None;
        }
        if let Some(text) = stamp.thing.text_id() {
            texts.acquire(text);
        }
        if let Some(text) = self.things.set(slot, column, stamp.thing).text_id() {
            texts.release(text);
        }
        let (chunk, offset) = place(slot);
        if let Some(chunks) = self.moments.get_mut(column.0 as usize) {
            if chunks.len() <= chunk {
                chunks.resize_with(chunk + 1, || None);
            }
            if let Some(moments) = chunks.get_mut(chunk)
                && let Some(moment) = moments
                    .get_or_insert_with(|| Box::new([Moment::NONE; CHUNK]))
                    .get_mut(offset)
            {
                *moment = stamp.moment;
            }
        }
        self.touch(slot);
        Some(old)
    }

    /// Takes a cell out, as if it had never been.
    pub fn remove(&mut self, texts: &mut Texts, slot: Slot, id: TextId) {
        if let Some(column) = self.things.column(id) {
            let old = self.things.set(slot, column, Cell::ABSENT);
            if let Some(text) = old.text_id() {
                texts.release(text);
            }
            self.touch(slot);
        }
    }

    /// Takes out a row that has no cells, as if it had never been.
    pub fn remove_row(&mut self, texts: &mut Texts, row: TextId) {
        let Some(slot) = self.things.find(row) else {
            return;
        };
        if let Some(known) = self.hashes.get_mut(slot.0 as usize) {
            if known.state != State::New {
                self.hash ^= Member::new(texts.bytes(row)).hash(known.hash);
            }
            known.state = State::Fresh;
        }
        self.row_moments.remove(&slot);
        self.things.remove_row(slot);
        texts.release(row);
    }

    /// When a row itself was changed.
    pub fn row_moment(&self, slot: Slot) -> Moment {
        self.row_moments.get(&slot).copied().unwrap_or_default()
    }

    /// Sets when a row itself was changed.
    pub fn set_row_moment(&mut self, slot: Slot, moment: Moment) {
        if moment.is_none() {
            self.row_moments.remove(&slot);
        } else {
            self.row_moments.insert(slot, moment);
        }
        self.touch(slot);
    }

    fn touch(&mut self, slot: Slot) {
        if let Some(known) = self.hashes.get_mut(slot.0 as usize)
            && known.state == State::Fresh
        {
            known.state = State::Stale;
            self.stale.push(slot);
        }
    }

    /// Computes the hashes of the rows that have changed.
    pub fn refresh(&mut self, texts: &Texts) {
        let mut scratch = Vec::new();
        for slot in std::mem::take(&mut self.stale) {
            let Some(row) = self.things.row_id(slot) else {
                continue;
            };
            let mut hash = moment_hash(self.row_moment(slot));
            for column in self.things.row_columns(slot).iter() {
                if let Some(id) = self.things.column_id(*column)
                    && let Some(stamp) = self.at(slot, *column)
                {
                    hash ^= cell_in_row(texts.bytes(id), stamp_hash(texts, stamp, &mut scratch));
                }
            }
            if let Some(known) = self.hashes.get_mut(slot.0 as usize) {
                let member = Member::new(texts.bytes(row));
                if known.state != State::New {
                    self.hash ^= member.hash(known.hash);
                }
                self.hash ^= member.hash(hash);
                let state = State::Fresh;
                *known = RowHash { hash, state };
            }
        }
    }

    /// The hash of a row, once all are [fresh](StampedTable::refresh).
    pub fn row_hash(&self, slot: Slot) -> Hash {
        self.hashes.get(slot.0 as usize).map_or(0, |row| row.hash)
    }

    /// The hash of the table, once those of its rows are [fresh](StampedTable::refresh).
    pub fn hash(&self) -> Hash {
        self.hash ^ moment_hash(self.moment)
    }

    /// Renumbers the rows and columns if roll-backs or ever new lists of columns have left too much
    /// behind.
    pub fn tidy(&mut self, texts: &mut Texts) {
        if !self.things.is_compaction_due() {
            return;
        }
        let mut fresh = StampedTable::new();
        fresh.moment = self.moment;
        for (row, slot) in self.things.rows() {
            let (new, _) = fresh.row_or_new(texts, row);
            for (id, column) in self.columns(self.shape(slot)) {
                if let Some(stamp) = self.at(slot, column) {
                    fresh.set(texts, new, id, stamp);
                }
            }
            fresh.set_row_moment(new, self.row_moment(slot));
        }
        fresh.things.note_needed_shapes();
        std::mem::replace(self, fresh).release(texts);
    }

    /// Lets go of the texts.
    pub fn release(&self, texts: &mut Texts) {
        for (row, slot) in self.things.rows() {
            texts.release(row);
            for column in self.things.row_columns(slot).iter() {
                if let Some(text) = self.things.cell(slot, *column).text_id() {
                    texts.release(text);
                }
            }
        }
        for column in self.things.column_ids() {
            texts.release(column);
        }
    }
}

fn place(slot: Slot) -> (usize, usize) {
    (slot.0 as usize / CHUNK, slot.0 as usize % CHUNK)
}
