//! One pass over all that a transaction's changes announce, in the order in which it is announced:
//! whether there is anything at all, ids, contents.
//!
//! A pass is about what was so when it began; whom it concerns is looked up when its turn comes
//! ([`Target`]). Who begins to listen to ids, or to contents, while nobody else did when the pass
//! began, hears of the next transaction.

use super::Tables;
use super::id_changes::IdChanges;
use super::id_pass::IdPass;
use super::kinds::{Kind, Kinds};
use super::listeners::Listeners;
use super::target::{Announcement, Call, Detail, Target};
use super::text::TextId;
use super::touched::{RowNode, TableNode, Touched};
use std::sync::Arc;

/// The kinds that a pass over one half of the store, its tables or its values, tells of.
pub struct Half {
    /// Whether there is anything.
    pub presence: Kind,
    /// What came and went.
    pub ids: Kinds,
    /// What changed.
    pub contents: Kinds,
}

/// The tables.
pub static TABULAR: Half = Half {
    presence: Kind::HasTables,
    ids: Kinds::of(&[
        Kind::TableIds,
        Kind::HasTable,
        Kind::TableCellIds,
        Kind::HasTableCell,
        Kind::RowCount,
        Kind::RowIds,
        Kind::HasRow,
        Kind::CellIds,
        Kind::HasCell,
    ]),
    contents: Kinds::of(&[Kind::Cell, Kind::Row, Kind::Table, Kind::Tables]),
};

/// The values.
pub static KEYED: Half = Half {
    presence: Kind::HasValues,
    ids: Kinds::of(&[Kind::ValueIds, Kind::HasValue]),
    contents: Kinds::of(&[Kind::Value, Kind::Values]),
};

impl Half {
    /// All its kinds.
    pub const fn kinds(&self) -> Kinds {
        Kinds::of(&[self.presence]).and(self.ids).and(self.contents)
    }
}

/// What a pass is about. What nobody listened to when it began is left empty.
pub struct News {
    /// Whether there is anything, if that has changed.
    pub presence: Option<bool>,
    /// Which ids came and went.
    pub ids: IdChanges,
    /// What changed.
    pub changed: Arc<Touched>,
}

/// Where a pass stands; the numbers are indices into [`Touched`].
#[derive(Clone, Copy)]
enum At {
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

/// A pass over the tabular or over the keyed (values) half of the changes.
pub struct Pass {
    mutator: bool,
    keyed: bool,
    presence: Option<bool>,
    ids: IdPass,
    changed: Arc<Touched>,
    at: At,
    target: Option<Target>,
}

impl Pass {
    /// A pass over tables, rows and cells (`keyed` false) or values (`keyed` true).
    pub fn new(mutator: bool, keyed: bool, news: News) -> Pass {
        Pass {
            mutator,
            keyed,
            presence: news.presence,
            ids: IdPass::new(news.ids, keyed),
            changed: news.changed,
            at: At::Presence,
            target: None,
        }
    }

    /// Whether this is the pass over the values.
    pub fn is_keyed(&self) -> bool {
        self.keyed
    }

    /// The next call, if any is left.
    pub fn next(&mut self, listeners: &Listeners, tables: &Tables) -> Option<Call> {
        loop {
            if let Some(target) = &mut self.target
                && let Some(call) = target.next(listeners)
            {
                return Some(call);
            }
            self.target = None;
            let announcement = self.advance(listeners, tables)?;
            self.target = Some(Target::new(listeners, self.mutator, announcement));
        }
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
    fn advance(&mut self, listeners: &Listeners, tables: &Tables) -> Option<Announcement> {
        let mutator = self.mutator;
        let heard = |kind| listeners.hears(kind, mutator);
        let announce = |kind, ids, detail| Some(Announcement { kind, ids, detail });
        loop {
            match self.at {
                At::Presence => {
                    self.at = At::Ids;
                    let half = if self.keyed { &KEYED } else { &TABULAR };
                    if let Some(presence) = self.presence {
                        return announce(half.presence, [None; 3], Detail::Has(presence));
                    }
                }
                At::Ids => match self.ids.advance(listeners, mutator, tables) {
                    Some(announcement) => return Some(announcement),
                    None if self.keyed => self.at = At::Value(0),
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

    fn enter_row(&self, table: usize, row: usize) -> At {
        let cell = self.row(row).map_or(0, |node| node.cells.start);
        At::Cell { table, row, cell }
    }
}
