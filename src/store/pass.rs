//! One pass over the listeners that a transaction's changes concern, one call at a time.
//!
//! The caller asks for the next call, makes it with nothing borrowed, and asks again. In between
//! anything may have happened: listeners are looked up when their turn comes. A change looks for its
//! listeners on every path that covers it, the exact id before the wildcard at each level; the paths
//! are found when the change's turn comes, and a path that empties meanwhile is not visited.

use super::cell::Cell;
use super::id_changes::{IdChanges, IdSet};
use super::listeners::{Kind, ListenerId, Listeners, Path, Step};
use super::text::TextId;
use super::touched::{RowNode, TableNode, Touched};
use std::sync::Arc;

/// One call to make.
#[derive(Clone, Debug)]
pub struct Call {
    /// Whom to call.
    pub listener: ListenerId,
    /// What it listens to.
    pub kind: Kind,
    /// The ids of what changed, as many as the kind's arity.
    pub path: [Option<TextId>; 3],
    /// For a cell or value: what it is now and what it was.
    pub change: Option<(Cell, Cell)>,
}

/// What is being announced, and how far the announcement has come.
pub struct Target {
    kind: Kind,
    mutator: bool,
    ids: [Option<TextId>; 3],
    change: Option<(Cell, Cell)>,
    /// The combinations of exact ids and wildcards that are still to be visited, as bits.
    combinations: u8,
    /// The leaf of each of them, as it was when this target's turn came.
    leaves: [u32; 8],
    after: u32,
    /// The version of the listeners in which the latest call was the last of its leaf.
    exhausted_in: Option<u32>,
}

impl Target {
    /// Something to announce to the listeners of a kind.
    pub fn new(
        listeners: &Listeners,
        kind: Kind,
        mutator: bool,
        ids: [Option<TextId>; 3],
        change: Option<(Cell, Cell)>,
    ) -> Target {
        let mut target = Target {
            kind,
            mutator,
            ids,
            change,
            combinations: 0,
            leaves: [0; 8],
            after: 0,
            exhausted_in: None,
        };
        let mut candidates = listeners.combinations(kind, mutator);
        while candidates != 0 {
            let combination = candidates.trailing_zeros() as usize;
            candidates &= candidates - 1;
            let leaf = listeners.leaf(kind, mutator, &target.path(combination));
            if let (Some(leaf), Some(place)) = (leaf, target.leaves.get_mut(combination)) {
                *place = leaf;
                target.combinations |= 1 << combination;
            }
        }
        target
    }

    /// The path of a combination of exact ids and wildcards: a set bit is a wildcard, the highest
    /// bit the first id, so that counting up visits exact ids before wildcards.
    fn path(&self, combination: usize) -> Path {
        let arity = self.kind.arity();
        let mut path = [Step::Any; 3];
        for (level, (step, id)) in path.iter_mut().zip(self.ids).take(arity).enumerate() {
            if combination >> (arity - 1 - level) & 1 == 0 {
                *step = id.map_or(Step::Never, Step::Id);
            }
        }
        path
    }

    /// The next call, if any listener is left.
    pub fn next(&mut self, listeners: &Listeners) -> Option<Call> {
        // No need to look again for more in a leaf if no listener has come or gone since.
        if self.exhausted_in.take() == Some(listeners.version()) {
            self.leave();
        }
        while self.combinations != 0 {
            let combination = self.combinations.trailing_zeros() as usize;
            let leaf = self.leaves.get(combination).copied().unwrap_or_default();
            let path = self.path(combination);
            let next = listeners.next(self.kind, self.mutator, &path, leaf, self.after);
            if let Some(found) = next {
                self.after = found.serial;
                self.exhausted_in = found.is_last.then(|| listeners.version());
                return Some(Call {
                    listener: found.listener,
                    kind: self.kind,
                    path: self.ids,
                    change: self.change,
                });
            }
            self.leave();
        }
        None
    }

    /// Goes on to the next leaf.
    fn leave(&mut self) {
        self.combinations &= self.combinations.wrapping_sub(1);
        self.after = 0;
    }
}

/// Where a pass stands; the numbers are indices into [`Touched`] and [`IdChanges`].
#[derive(Clone, Copy)]
enum At {
    TableIds,
    RowIds(usize),
    CellIds(usize),
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
    ValueIds,
    Value(usize),
    Values,
    Done,
}

/// A pass over the tabular or over the keyed (values) half of the changes.
pub struct Pass {
    mutator: bool,
    changed: Arc<Touched>,
    ids: Arc<IdChanges>,
    /// Whether anyone listened to contents, not only to ids, when the pass began. Who begins to
    /// listen to contents because of an id change hears of the next transaction.
    contents: bool,
    keyed: bool,
    at: At,
    target: Option<Target>,
}

const TABULAR_IDS: [Kind; 3] = [Kind::TableIds, Kind::RowIds, Kind::CellIds];
const TABULAR: [Kind; 4] = [Kind::Cell, Kind::Row, Kind::Table, Kind::Tables];

impl Pass {
    /// A pass over tables, rows and cells (`keyed` false) or values (`keyed` true).
    pub fn new(
        listeners: &Listeners,
        mutator: bool,
        keyed: bool,
        changed: Arc<Touched>,
        ids: Arc<IdChanges>,
    ) -> Pass {
        let contents: &[Kind] = if keyed {
            &[Kind::Value, Kind::Values]
        } else {
            &TABULAR
        };
        let contents = contents.iter().any(|kind| listeners.any(*kind, mutator));
        let at = if keyed { At::ValueIds } else { At::TableIds };
        Pass {
            mutator,
            changed,
            ids,
            contents,
            keyed,
            at,
            target: None,
        }
    }

    /// Whether a half has any listener of that sort at all.
    pub fn is_wanted(listeners: &Listeners, mutator: bool, keyed: bool) -> bool {
        let mut any = false;
        let mut note = |kinds: &[Kind]| {
            any |= kinds.iter().any(|kind| listeners.any(*kind, mutator));
        };
        if keyed {
            note(&[Kind::ValueIds, Kind::Value, Kind::Values]);
        } else {
            note(&TABULAR_IDS);
            note(&TABULAR);
        }
        any
    }

    /// Whether a half has any listener to ids.
    pub fn wants_ids(listeners: &Listeners, mutator: bool, keyed: bool) -> bool {
        let kinds: &[Kind] = if keyed {
            &[Kind::ValueIds]
        } else {
            &TABULAR_IDS
        };
        kinds.iter().any(|kind| listeners.any(*kind, mutator))
    }

    /// Whether this is the pass over the values.
    pub fn is_keyed(&self) -> bool {
        self.keyed
    }

    /// The next call, if any is left.
    pub fn next(&mut self, listeners: &Listeners) -> Option<Call> {
        loop {
            if let Some(target) = &mut self.target
                && let Some(call) = target.next(listeners)
            {
                return Some(call);
            }
            self.target = self.advance(listeners);
            self.target.as_ref()?;
        }
    }

    /// The id changes that the latest call is about.
    pub fn id_set(&self) -> &[(TextId, i8)] {
        let none: &IdSet = const { &Vec::new() };
        let Some(target) = &self.target else {
            return none;
        };
        let [first, second, _] = target.ids;
        match target.kind {
            Kind::TableIds => &self.ids.tables,
            Kind::ValueIds => &self.ids.values,
            Kind::RowIds => {
                let found = self
                    .ids
                    .rows
                    .iter()
                    .find(|(table, _)| Some(*table) == first);
                found.map_or(none, |(_, ids)| ids)
            }
            // The cursor has moved on by one since the call was made.
            Kind::CellIds => match self.at {
                At::CellIds(next) => self.ids.cells.get(next.wrapping_sub(1)),
                _ => self.ids.cells.last(),
            }
            .filter(|(table, row, _)| Some(*table) == first && Some(*row) == second)
            .map_or(none, |(_, _, ids)| ids),
            _ => none,
        }
    }

    fn table(&self, table: usize) -> Option<&TableNode> {
        self.changed.tables.get(table)
    }

    fn row(&self, row: usize) -> Option<&RowNode> {
        self.changed.rows.get(row)
    }

    /// The next thing to announce, skipping kinds that nobody listens to.
    fn advance(&mut self, listeners: &Listeners) -> Option<Target> {
        let mutator = self.mutator;
        let heard = |kind| listeners.any(kind, mutator);
        let target = |kind, ids, change| Some(Target::new(listeners, kind, mutator, ids, change));
        loop {
            match self.at {
                At::TableIds => {
                    self.at = At::RowIds(0);
                    if !self.ids.tables.is_empty() && heard(Kind::TableIds) {
                        return target(Kind::TableIds, [None; 3], None);
                    }
                }
                At::RowIds(index) => match self.ids.rows.get(index) {
                    Some((table, _)) if heard(Kind::RowIds) => {
                        self.at = At::RowIds(index + 1);
                        return target(Kind::RowIds, [Some(*table), None, None], None);
                    }
                    _ => self.at = At::CellIds(0),
                },
                At::CellIds(index) => match self.ids.cells.get(index) {
                    Some((table, row, _)) if heard(Kind::CellIds) => {
                        self.at = At::CellIds(index + 1);
                        return target(Kind::CellIds, [Some(*table), Some(*row), None], None);
                    }
                    _ if self.contents => self.at = self.enter_table(0),
                    _ => self.at = At::Done,
                },
                At::Cell { table, row, cell } => {
                    let (Some(in_table), Some(in_row)) = (self.table(table), self.row(row)) else {
                        self.at = At::Done;
                        continue;
                    };
                    match self.changed.cells.get(cell) {
                        Some(node) if cell < in_row.cells.end && heard(Kind::Cell) => {
                            let ids = [Some(in_table.id), Some(in_row.id), Some(node.id)];
                            let change = Some((node.new, node.old));
                            self.at = At::Cell {
                                table,
                                row,
                                cell: cell + 1,
                            };
                            return target(Kind::Cell, ids, change);
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
                        return target(Kind::Row, ids, None);
                    }
                }
                At::Table { table } => {
                    let id = self.table(table).map(|table| table.id);
                    self.at = self.enter_table(table + 1);
                    if heard(Kind::Table) {
                        return target(Kind::Table, [id, None, None], None);
                    }
                }
                At::Tables => {
                    self.at = At::Done;
                    if !self.changed.tables.is_empty() && heard(Kind::Tables) {
                        return target(Kind::Tables, [None; 3], None);
                    }
                }
                At::ValueIds => {
                    self.at = if self.contents {
                        At::Value(0)
                    } else {
                        At::Done
                    };
                    if !self.ids.values.is_empty() && heard(Kind::ValueIds) {
                        return target(Kind::ValueIds, [None; 3], None);
                    }
                }
                At::Value(index) => match self.changed.values.get(index) {
                    Some(node) if heard(Kind::Value) => {
                        self.at = At::Value(index + 1);
                        let change = Some((node.new, node.old));
                        return target(Kind::Value, [Some(node.id), None, None], change);
                    }
                    _ => self.at = At::Values,
                },
                At::Values => {
                    self.at = At::Done;
                    if !self.changed.values.is_empty() && heard(Kind::Values) {
                        return target(Kind::Values, [None; 3], None);
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
