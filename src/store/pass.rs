//! One pass over all that a transaction's changes announce, in the order in which it is announced:
//! what was invalid, whether there is anything at all, ids, contents.
//!
//! A pass is about what was so when it began; whom it concerns is looked up when its turn comes
//! ([`Target`]). Who begins to listen to ids, or to contents, while nobody else did when the pass
//! began, hears of the next transaction.

use super::Tables;
use super::cell::Cell;
use super::id_changes::IdChanges;
use super::id_pass::IdPass;
use super::invalid::{Invalid, InvalidPaths};
use super::kinds::{Kind, Kinds};
use super::listeners::Listeners;
use super::run::Run;
use super::sorted_pass::SortedPass;
use super::target::{Announcement, Call, Detail, Target};
use super::text::TextId;
use super::touched::{RowNode, TableNode, Touched};
use std::sync::Arc;

/// What a pass is over. The parts of a phase come in this order, and each begins when the one before
/// it has ended: its listeners may have written, and listeners may have come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What was offered as cells in vain.
    InvalidCells,
    /// The tables.
    Tables,
    /// What was offered as values in vain.
    InvalidValues,
    /// The values.
    Values,
}

impl Part {
    /// All parts, in order.
    pub const ALL: [Part; 4] = [
        Part::InvalidCells,
        Part::Tables,
        Part::InvalidValues,
        Part::Values,
    ];

    /// Whether it is about the values.
    pub const fn is_keyed(self) -> bool {
        matches!(self, Part::InvalidValues | Part::Values)
    }

    /// What tells of what was offered in vain.
    pub const fn invalid(self) -> Kinds {
        match self {
            Part::InvalidCells => Kinds::of(&[Kind::InvalidCell]),
            Part::InvalidValues => Kinds::of(&[Kind::InvalidValue]),
            Part::Tables | Part::Values => Kinds::of(&[]),
        }
    }

    /// What tells whether there is anything.
    pub const fn presence(self) -> Kinds {
        match self {
            Part::Tables => Kinds::of(&[Kind::HasTables]),
            Part::Values => Kinds::of(&[Kind::HasValues]),
            Part::InvalidCells | Part::InvalidValues => Kinds::of(&[]),
        }
    }

    /// What tells of what came and went.
    pub const fn ids(self) -> Kinds {
        match self {
            Part::Tables => Kinds::of(&[
                Kind::TableIds,
                Kind::HasTable,
                Kind::TableCellIds,
                Kind::HasTableCell,
                Kind::RowCount,
                Kind::RowIds,
                Kind::HasRow,
                Kind::SortedRowIds,
                Kind::CellIds,
                Kind::HasCell,
            ]),
            Part::Values => Kinds::of(&[Kind::ValueIds, Kind::HasValue]),
            Part::InvalidCells | Part::InvalidValues => Kinds::of(&[]),
        }
    }

    /// What tells of what changed.
    pub const fn contents(self) -> Kinds {
        match self {
            Part::Tables => Kinds::of(&[Kind::Cell, Kind::Row, Kind::Table, Kind::Tables]),
            Part::Values => Kinds::of(&[Kind::Value, Kind::Values]),
            Part::InvalidCells | Part::InvalidValues => Kinds::of(&[]),
        }
    }

    /// All its kinds.
    pub const fn kinds(self) -> Kinds {
        self.invalid()
            .and(self.presence())
            .and(self.ids())
            .and(self.contents())
    }
}

/// What a pass is about. What nobody listened to when it began is left empty.
pub struct News {
    /// What was offered and could not be set.
    pub invalid: InvalidPaths,
    /// Whether there is anything, if that has changed.
    pub presence: Option<bool>,
    /// Which ids came and went.
    pub ids: IdChanges,
    /// What changed.
    pub changed: Arc<Touched>,
    /// The same, for those who listen to sorted row ids.
    pub sorted: Option<Arc<Touched>>,
}

/// Where a pass stands; the numbers are indices into [`InvalidPaths`] and [`Touched`].
#[derive(Clone, Copy)]
pub(super) enum At {
    Invalid(usize),
    Presence,
    Ids,
    Cell {
        table: usize,
        row: usize,
        cell: usize,
    },
    Row {
        table: usize,
        row: usize,
    },
    Table {
        table: usize,
    },
    Tables,
    Value(usize),
    Values,
    Done,
}

/// A pass over a part of what there is to announce.
pub struct Pass {
    pub(super) mutator: bool,
    part: Part,
    invalid: InvalidPaths,
    /// How much that is.
    offered_before: usize,
    presence: Option<bool>,
    ids: IdPass,
    pub(super) changed: Arc<Touched>,
    pub(super) at: At,
    pub(super) target: Option<Target>,
    pub(super) run: Option<Run>,
}

impl Pass {
    /// A pass over a part.
    pub fn new(mutator: bool, part: Part, news: News) -> Pass {
        let offered = news.invalid.iter().map(|(_, offered)| offered.len());
        Pass {
            mutator,
            part,
            offered_before: offered.sum(),
            invalid: news.invalid,
            presence: news.presence,
            ids: IdPass::new(news.ids, part.is_keyed(), SortedPass::new(news.sorted)),
            changed: news.changed,
            at: At::Invalid(0),
            target: None,
            run: None,
        }
    }

    /// What it is over.
    pub fn part(&self) -> Part {
        self.part
    }

    /// The next call, if any is left.
    pub fn next(&mut self, listeners: &Listeners, tables: &Tables) -> Option<Call> {
        self.run = None;
        loop {
            if let Some(target) = &mut self.target
                && let Some(call) = target.next(listeners)
            {
                return Some(call);
            }
            self.target = None;
            self.target = Some(self.advance(listeners, tables)?);
        }
    }

    /// What was offered in vain that the latest call is about, where mutators may have added to it
    /// since the pass began.
    pub fn offered(&self, invalid: &Invalid) -> Vec<Cell> {
        let At::Invalid(next) = self.at else {
            return Vec::new();
        };
        let Some((path, offered)) = self.invalid.get(next.wrapping_sub(1)) else {
            return Vec::new();
        };
        let since = invalid.since(self.part.is_keyed(), self.offered_before, *path);
        offered.iter().copied().chain(since).collect()
    }

    /// The id changes that the latest call is about.
    pub fn id_set(&self) -> &[(TextId, i8)] {
        match self.at {
            At::Ids => self.ids.id_set(),
            _ => &[],
        }
    }

    fn table(&self, table: usize) -> Option<&TableNode> {
        self.changed.tables.get(table)
    }

    fn row(&self, row: usize) -> Option<&RowNode> {
        self.changed.rows.get(row)
    }

    /// The next thing to announce, skipping kinds that nobody listens to.
    fn advance(&mut self, listeners: &Listeners, tables: &Tables) -> Option<Target> {
        let mutator = self.mutator;
        let heard = |kind| listeners.hears(kind, mutator);
        let is_keyed = self.part.is_keyed();
        let announce = |kind, ids, detail| {
            let announcement = Announcement { kind, ids, detail };
            Some(Target::new(listeners, mutator, announcement))
        };
        loop {
            match self.at {
                At::Invalid(index) => match self.invalid.get(index) {
                    Some((path, _)) => {
                        self.at = At::Invalid(index + 1);
                        let (cell, value) = (Kind::InvalidCell, Kind::InvalidValue);
                        let kind = if is_keyed { value } else { cell };
                        return announce(kind, *path, Detail::None);
                    }
                    None => self.at = At::Presence,
                },
                At::Presence => {
                    self.at = At::Ids;
                    if let Some(presence) = self.presence {
                        let (tables, values) = (Kind::HasTables, Kind::HasValues);
                        let kind = if is_keyed { values } else { tables };
                        return announce(kind, [None; 3], Detail::Has(presence));
                    }
                }
                At::Ids => match self.ids.advance(listeners, mutator, tables) {
                    Some(target) => return Some(target),
                    None if is_keyed => self.at = At::Value(0),
                    None => self.at = self.enter_table(0),
                },
                At::Cell { table, row, cell } => {
                    let (Some(in_table), Some(in_row)) = (self.table(table), self.row(row)) else {
                        self.at = At::Done;
                        continue;
                    };
                    match self.changed.cells.get(cell) {
                        Some(node) if cell < in_row.cells.end && heard(Kind::Cell) => {
                            let ids = [Some(in_table.id), Some(in_row.id), Some(node.id)];
                            let (new, old) = (node.new, node.old);
                            self.at = At::Cell {
                                table,
                                row,
                                cell: cell + 1,
                            };
                            return announce(Kind::Cell, ids, Detail::Change { new, old });
                        }
                        _ => self.at = At::Row { table, row },
                    }
                }
                At::Row { table, row } => {
                    let (Some(in_table), Some(in_row)) = (self.table(table), self.row(row)) else {
                        self.at = At::Done;
                        continue;
                    };
                    let ids = [Some(in_table.id), Some(in_row.id), None];
                    self.at = if row + 1 < in_table.rows.end {
                        self.enter_row(table, row + 1)
                    } else {
                        At::Table { table }
                    };
                    if heard(Kind::Row) {
                        return announce(Kind::Row, ids, Detail::None);
                    }
                }
                At::Table { table } => {
                    let id = self.table(table).map(|table| table.id);
                    self.at = self.enter_table(table + 1);
                    if heard(Kind::Table) {
                        return announce(Kind::Table, [id, None, None], Detail::None);
                    }
                }
                At::Tables => {
                    self.at = At::Done;
                    if !self.changed.tables.is_empty() && heard(Kind::Tables) {
                        return announce(Kind::Tables, [None; 3], Detail::None);
                    }
                }
                At::Value(index) => match self.changed.values.get(index) {
                    Some(node) if heard(Kind::Value) => {
                        self.at = At::Value(index + 1);
                        let (new, old) = (node.new, node.old);
                        let ids = [Some(node.id), None, None];
                        return announce(Kind::Value, ids, Detail::Change { new, old });
                    }
                    _ => self.at = At::Values,
                },
                At::Values => {
                    self.at = At::Done;
                    if !self.changed.values.is_empty() && heard(Kind::Values) {
                        return announce(Kind::Values, [None; 3], Detail::None);
                    }
                }
                At::Done => return None,
            }
        }
    }

    /// Where a table begins: with the first cell of its first row.
    fn enter_table(&self, table: usize) -> At {
        match self.table(table) {
            Some(node) => self.enter_row(table, node.rows.start),
            None => At::Tables,
        }
    }

    pub(super) fn enter_row(&self, table: usize, row: usize) -> At {
        let cell = self.row(row).map_or(0, |node| node.cells.start);
        At::Cell { table, row, cell }
    }
}
