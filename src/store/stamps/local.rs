//! Stamping what was written here: each write to a cell or value that changed it gets an HLC, in the
//! order of the writes, as if it were stamped on the spot.
//!
//! It is done from the log of the transaction, in which a mergeable store notes every write. What
//! the log does not say is noted beside it, by the number of the log's next entry: the time, writes
//! that come from elsewhere, and cells that are there by default. As long as the transaction can be
//! rolled back, what the stamps were before is kept.

use super::Stamps;
use super::content::Stamped;
use super::moment::Moment;
use super::table::{DELETED, Stamp};
use crate::store::Store;
use crate::store::cell::Cell;
use crate::store::hlc::{Clock, Hlc};
use crate::store::log::Entry;
use crate::store::table::Slot;
use crate::store::text::{TextId, Texts};
use rustc_hash::FxHashSet;

/// A cell by its table, its row and its own id, or a value.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Path {
    Cell(TextId, TextId, TextId),
    Value(TextId),
}

/// Where writes come from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// From here: each gets an HLC of its own.
    Here,
    /// They are there by default: they get no HLC, so that any other change wins.
    Default,
    /// From another store: they have their stamps already.
    Elsewhere,
}

/// What the stamps were before.
pub enum Undo {
    Cell(TextId, TextId, TextId, Option<Stamp>),
    RowMoment(TextId, TextId, Moment),
    RowAdded(TextId, TextId),
    TableMoment(TextId, Moment),
    TableAdded(TextId),
    TablesMoment(Moment),
    Value(TextId, Option<Stamp>),
    ValuesMoment(Moment),
    All(Box<Stamped>),
}

/// What of the transaction is to be known to stamp it, and to undo that.
#[derive(Default)]
pub struct Pending {
    /// So many entries of the log are stamped.
    stamped: usize,
    /// The time, and from which entry on it is the time.
    now: u64,
    times: Vec<(usize, u64)>,
    /// Where the writes come from, and from which entry on they do.
    origins: Vec<(usize, Origin)>,
    /// What is set to its default by the next write to it from an entry on.
    defaults: Vec<(usize, Path)>,
    pub undo: Vec<Undo>,
}

impl Pending {
    /// The time that was said last.
    fn latest(&self) -> u64 {
        self.times.last().map_or(self.now, |(_, now)| *now)
    }

    fn origin(&self) -> Origin {
        self.origins.last().map_or(Origin::Here, |(_, last)| *last)
    }
}

/// Where the writes of a transaction are stamped, one after the other.
struct Stamper<'a> {
    texts: &'a mut Texts,
    content: &'a mut Stamped,
    touched: &'a mut Vec<TextId>,
    /// Keeps what the stamps were before.
    undo: Option<&'a mut Vec<Undo>>,
    /// The table and row of the latest cell: the next is often in the same.
    latest: Option<(TextId, TextId, Slot)>,
}

impl Stamper<'_> {
    fn cell(&mut self, [table_id, row, cell]: [TextId; 3], stamp: Stamp) {
        let Some((table, is_new)) = self.content.table_or_new(self.texts, table_id) else {
            return;
        };
        if self.touched.last() != Some(&table_id) {
            self.touched.push(table_id);
        }
        let slot = match self.latest {
            Some((same_table, same_row, slot)) if (same_table, same_row) == (table_id, row) => slot,
            _ => {
                let (slot, is_new_row) = table.row_or_new(self.texts, row);
                if let Some(undo) = &mut self.undo {
                    if is_new {
                        undo.push(Undo::TableAdded(table_id));
                    }
                    if is_new_row {
                        undo.push(Undo::RowAdded(table_id, row));
                    }
                }
                self.latest = Some((table_id, row, slot));
                slot
            }
        };
        let lets = |old: Option<Stamp>| old.is_none_or(|old| old.moment <= stamp.moment);
        let old = table.set_if(self.texts, slot, cell, stamp, lets);
        if let Some(undo) = &mut self.undo
            && let Some(old) = old
        {
            undo.push(Undo::Cell(table_id, row, cell, old));
        }
    }

    fn value(&mut self, id: TextId, stamp: Stamp) {
        let old = self.content.value(id);
        if old.is_some_and(|old| old.moment > stamp.moment) {
            return;
        }
        if let Some(undo) = &mut self.undo {
            undo.push(Undo::Value(id, old));
        }
        self.content.set_value(self.texts, id, stamp);
    }
}

/// Goes through the notes beside the log, entry by entry.
struct Notes<'a> {
    times: std::iter::Peekable<std::slice::Iter<'a, (usize, u64)>>,
    origins: std::iter::Peekable<std::slice::Iter<'a, (usize, Origin)>>,
    defaults: std::iter::Peekable<std::slice::Iter<'a, (usize, Path)>>,
    time: u64,
    origin: Origin,
    due: FxHashSet<Path>,
}

impl Notes<'_> {
    fn new(pending: &Pending) -> Notes<'_> {
        Notes {
            times: pending.times.iter().peekable(),
            origins: pending.origins.iter().peekable(),
            defaults: pending.defaults.iter().peekable(),
            time: pending.now,
            origin: Origin::Here,
            due: FxHashSet::default(),
        }
    }

    fn go_to(&mut self, entry: usize) {
        while let Some((_, time)) = self.times.next_if(|(from, _)| *from <= entry) {
            self.time = *time;
        }
        while let Some((_, origin)) = self.origins.next_if(|(from, _)| *from <= entry) {
            self.origin = *origin;
        }
        while let Some((_, path)) = self.defaults.next_if(|(from, _)| *from <= entry) {
            self.due.insert(*path);
        }
    }

    /// The moment of a write; `None` if it is stamped already.
    fn moment(&mut self, clock: &mut Clock, path: Path, old: Cell, is_set: bool) -> Option<Moment> {
        let is_due = is_set && old.is_absent() && self.due.remove(&path);
        match self.origin {
            Origin::Elsewhere => None,
            Origin::Here if !is_due => Some(Moment::new(clock.next(self.time)).unwrap_or_default()),
            Origin::Here | Origin::Default => {
                // As in TinyBase, this too makes the clock go on to the present.
                clock.seen(self.time, Hlc::default());
                Some(Moment::NONE)
            }
        }
    }
}

/// What an entry says of a cell or value: which, what it was, and whether it was set.
fn write_of(entry: &Entry) -> Option<(Path, Cell, bool)> {
    Some(match *entry {
        Entry::CellSet {
            table,
            row,
            cell,
            old,
        } => (Path::Cell(table, row, cell), old, true),
        Entry::CellRemoved {
            table,
            row,
            cell,
            old,
        } => (Path::Cell(table, row, cell), old, false),
        Entry::ValueSet { value, old } => (Path::Value(value), old, true),
        Entry::ValueRemoved { value, old } => (Path::Value(value), old, false),
        _ => return None,
    })
}

impl Store {
    /// The time, in milliseconds since 1970, of what is written from here on. It is for mergeable
    /// stores only.
    pub fn set_now(&mut self, now: u64) {
        let entry = self.log.len();
        if let Some(stamps) = &mut self.stamps {
            let pending = &mut stamps.pending;
            let latest = pending.latest();
            if entry == pending.stamped {
                pending.times.clear();
                pending.now = now;
            } else if latest != now {
                pending.times.push((entry, now));
            }
        }
    }

    /// The time that was said last.
    pub(super) fn now(&self) -> u64 {
        let stamps = self.stamps.as_deref();
        stamps.map_or(0, |stamps| stamps.pending.latest())
    }

    /// Where writes come from, from here on; gives what it was until now.
    pub(super) fn set_origin(&mut self, origin: Origin) -> Origin {
        // What is set next must not be taken for what was set until now.
        self.stamp(false);
        let entry = self.log.len();
        let Some(stamps) = &mut self.stamps else {
            return Origin::Here;
        };
        let before = stamps.pending.origin();
        stamps.pending.origins.push((entry, origin));
        before
    }

    /// The next write to a cell or value that is absent sets it to its default.
    pub(in crate::store) fn note_default(&mut self, path: Path) {
        let entry = self.log.len();
        if let Some(stamps) = &mut self.stamps {
            stamps.pending.defaults.push((entry, path));
        }
    }

    /// Stamps what the transaction has written so far. If it is final, it will not be undone.
    pub(in crate::store) fn stamp(&mut self, is_final: bool) {
        let Some(stamps) = self.stamps.as_deref_mut() else {
            return;
        };
        let length = self.log.len();
        if stamps.pending.stamped < length {
            let Stamps {
                clock,
                content,
                pending,
                touched,
            } = stamps;
            let mut undo = std::mem::take(&mut pending.undo);
            let mut stamper = Stamper {
                texts: &mut self.texts,
                content,
                touched,
                undo: (!is_final).then_some(&mut undo),
                latest: None,
            };
            let mut notes = Notes::new(pending);
            let (tables, values) = (&self.tables, &self.values);
            // The cells of one row mostly follow each other.
            let mut latest = None;
            for (index, entry) in (pending.stamped..).zip(self.log.iter_from(pending.stamped)) {
                notes.go_to(index);
                let Some((path, old, is_set)) = write_of(entry) else {
                    continue;
                };
                let Some(moment) = notes.moment(clock, path, old, is_set) else {
                    continue;
                };
                let mut thing = Cell::ABSENT;
                match path {
                    Path::Cell(table_id, row, cell) => {
                        if is_set && latest.is_none_or(|(same, _, _)| same != (table_id, row)) {
                            let table = tables.get(table_id);
                            latest = table
                                .and_then(|table| Some(((table_id, row), table, table.find(row)?)));
                        }
                        if is_set
                            && let Some((same, table, slot)) = latest
                            && same == (table_id, row)
                        {
                            let column = table.column(cell);
                            thing = column.map_or(thing, |column| table.cell(slot, column));
                        }
                        let thing = if thing.is_absent() { DELETED } else { thing };
                        stamper.cell([table_id, row, cell], Stamp { thing, moment });
                    }
                    Path::Value(id) => {
                        if is_set {
                            thing = values.get(id).copied().unwrap_or(thing);
                        }
                        let thing = if thing.is_absent() { DELETED } else { thing };
                        stamper.value(id, Stamp { thing, moment });
                    }
                }
            }
            pending.undo = undo;
        }
        let pending = &mut stamps.pending;
        pending.now = pending.latest();
        pending.stamped = length;
        pending.times.clear();
        pending.defaults.clear();
    }
}

impl Store {
    /// The transaction is being undone, which is done on its log: the HLCs of what it wrote are used
    /// up, and the stamps are what they were.
    pub(in crate::store) fn unstamp(&mut self) {
        let Some(stamps) = self.stamps.as_deref_mut() else {
            return;
        };
        let Stamps {
            clock,
            content,
            pending,
            touched,
        } = stamps;
        let mut notes = Notes::new(pending);
        for (index, entry) in (pending.stamped..).zip(self.log.iter_from(pending.stamped)) {
            notes.go_to(index);
            if let Some((path, old, is_set)) = write_of(entry) {
                notes.moment(clock, path, old, is_set);
            }
        }
        for undo in std::mem::take(&mut pending.undo).into_iter().rev() {
            if let Some(table) = undo.restore(content, &mut self.texts) {
                touched.push(table);
            }
        }
    }

    /// The log is about to be cleared: the notes beside it have lost their meaning.
    pub(in crate::store) fn forget_stamping(&mut self) {
        if let Some(stamps) = self.stamps.as_deref_mut() {
            let now = stamps.pending.latest();
            for undo in std::mem::take(&mut stamps.pending.undo) {
                if let Undo::All(content) = undo {
                    content.release(&mut self.texts);
                }
            }
            stamps.pending = Pending {
                now,
                ..Pending::default()
            };
        }
    }

    /// Between transactions: renumbers what was touched, where it is worth it.
    pub(in crate::store) fn tidy_stamps(&mut self) {
        if let Some(stamps) = self.stamps.as_deref_mut() {
            for id in std::mem::take(&mut stamps.touched) {
                if let Some(table) = stamps.content.tables.get_mut(id) {
                    table.tidy(&mut self.texts);
                }
            }
        }
    }
}

impl Undo {
    /// Puts the stamps back; gives the table in which there were any.
    fn restore(self, content: &mut Stamped, texts: &mut Texts) -> Option<TextId> {
        match self {
            Undo::Cell(table_id, row, cell, old) => {
                let table = content.tables.get_mut(table_id)?;
                let slot = table.find(row)?;
                match old {
                    Some(old) => table.set(texts, slot, cell, old),
                    None => table.remove(texts, slot, cell),
                }
                return Some(table_id);
            }
            Undo::RowMoment(table, row, old) => {
                let table = content.tables.get_mut(table)?;
                let slot = table.find(row)?;
                table.set_row_moment(slot, old);
            }
            Undo::RowAdded(table, row) => content.tables.get_mut(table)?.remove_row(texts, row),
            Undo::TableMoment(table, old) => content.tables.get_mut(table)?.moment = old,
            Undo::TableAdded(table) => content.remove_table(texts, table),
            Undo::TablesMoment(old) => content.tables_moment = old,
            Undo::Value(id, Some(old)) => {
                content.set_value(texts, id, old);
            }
            Undo::Value(id, None) => content.remove_value(texts, id),
            Undo::ValuesMoment(old) => content.values_moment = old,
            Undo::All(old) => std::mem::replace(content, *old).release(texts),
        }
        None
    }
}
