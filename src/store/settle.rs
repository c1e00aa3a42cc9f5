//! Settles what is offered to the store: what the schema, or the store itself, does not allow is
//! reported and left out or replaced by its default, and defaults that are missing are added.

use super::Store;
use super::cell::Cell;
use super::invalid::Invalid;
use super::order::{rank, sort_as_object};
use super::schema::Schema;
use super::staged::{Staged, StagedTable};
use super::stamps::Path;
use super::table::Slot;
use super::text::{TextId, Texts};
use rustc_hash::FxHashSet;

/// What may be set in a row, or as a value.
#[derive(Clone, Copy)]
enum Rules<'a> {
    /// Anything that can be a cell: there is no schema.
    Free,
    /// Nothing: there is a schema, which does not have the table.
    Nothing,
    /// What the schema says.
    Of(&'a Schema),
}

/// Where something is offered.
#[derive(Clone, Copy)]
pub enum Place {
    /// In a row of a table; the row's id is not known yet in `addRow`.
    Row(TextId, Option<TextId>),
    /// Among the values.
    Values,
}

impl Place {
    /// The path of a cell or value there, if it is known.
    fn path_of(self, id: TextId) -> Option<Path> {
        match self {
            Place::Row(table, row) => Some(Path::Cell(table, row?, id)),
            Place::Values => Some(Path::Value(id)),
        }
    }
}

/// What has become of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// It may not be set.
    Refused,
    /// It may be set as it is now.
    Changed,
    /// It may be set as it was.
    Same,
}

struct Settler<'a> {
    texts: &'a Texts,
    invalid: &'a mut Invalid,
    rules: Rules<'a>,
    place: Place,
    /// Keeps the defaults that it adds to rows whose id is known, and to the values.
    notes_defaults: bool,
    added: Vec<Path>,
}

/// More cells than this are looked up by index.
const SEARCHED: usize = 16;

/// The ids of the cells, if they are many.
fn index_of(cells: &[(TextId, Cell)]) -> Option<FxHashSet<TextId>> {
    (cells.len() > SEARCHED).then(|| cells.iter().map(|(id, _)| *id).collect())
}

impl Settler<'_> {
    fn report(&mut self, id: Option<TextId>, offered: Cell) {
        match self.place {
            Place::Row(table, row) => self.invalid.cell([Some(table), row, id], offered),
            Place::Values => self.invalid.value(id, offered),
        }
    }

    /// The cell as it may be set; absent if it may not.
    fn cell(&mut self, id: TextId, cell: Cell) -> Cell {
        let (is_allowed, default) = match self.rules {
            Rules::Free => (!cell.is_rejected() && !cell.is_absent(), Cell::ABSENT),
            Rules::Nothing => (false, Cell::ABSENT),
            Rules::Of(schema) => match schema.get(id) {
                Some(rule) => (rule.allows(self.texts, cell), rule.default),
                None => (false, Cell::ABSENT),
            },
        };
        if is_allowed {
            return cell;
        }
        self.report(Some(id), cell);
        default
    }

    /// Settles each cell, and drops those that may not be set; whether that changed anything.
    fn cells(&mut self, cells: &mut Vec<(TextId, Cell)>) -> bool {
        let mut is_changed = false;
        cells.retain_mut(|(id, cell)| {
            let settled = self.cell(*id, *cell);
            is_changed |= !settled.is_identical(*cell);
            *cell = settled;
            !settled.is_absent()
        });
        is_changed
    }

    /// Adds the defaults of cells that are not there, and reports those that have none; whether there
    /// were any to add.
    fn add_defaults(&mut self, cells: &mut Vec<(TextId, Cell)>) -> bool {
        let Rules::Of(schema) = self.rules else {
            return false;
        };
        let given = cells.len();
        let index = index_of(cells);
        for (id, rule) in schema.defined() {
            let is_there = match &index {
                Some(ids) => ids.contains(&id),
                None => cells.iter().take(given).any(|(there, _)| *there == id),
            };
            if !is_there && rule.default.is_absent() {
                self.report(Some(id), Cell::ABSENT);
            } else if !is_there {
                cells.push((id, rule.default));
                if self.notes_defaults {
                    // The row of `addRow` has no id yet, and its defaults count as given, as in TinyBase.
                    self.added.extend(self.place.path_of(id));
                }
            }
        }
        // Users see a row as an object, whose keys have an order of their own.
        if cells.len() > given {
            sort_as_object(cells, |(id, _)| rank(self.texts.bytes(*id)));
        }
        cells.len() > given
    }

    /// Settles a whole row, or all values.
    fn whole(&mut self, cells: &mut Vec<(TextId, Cell)>) -> Settled {
        let added = self.added.len();
        let is_completed = self.add_defaults(cells);
        if cells.is_empty() {
            self.report(None, Cell::ABSENT);
            return Settled::Refused;
        }
        let is_changed = self.cells(cells);
        if cells.is_empty() || !self.has_required(cells) {
            self.added.truncate(added);
            Settled::Refused
        } else if is_completed || is_changed {
            Settled::Changed
        } else {
            Settled::Same
        }
    }

    fn has_required(&self, cells: &[(TextId, Cell)]) -> bool {
        let Rules::Of(schema) = self.rules else {
            return true;
        };
        let index = index_of(cells);
        let mut required = schema.cells().filter(|(_, rule)| rule.is_required);
        required.all(|(id, _)| match &index {
            Some(ids) => ids.contains(&id),
            None => cells.iter().any(|(there, _)| *there == id),
        })
    }

    /// Settles some cells of a row, or some values; false if there is none to set.
    fn part(&mut self, cells: &mut Vec<(TextId, Cell)>) -> bool {
        if cells.is_empty() {
            self.report(None, Cell::ABSENT);
        }
        self.cells(cells);
        !cells.is_empty()
    }

    /// Settles the rows of a table; false if there is none to set.
    fn rows(&mut self, id: TextId, staged: &mut StagedTable) -> bool {
        let table = &staged.table;
        if table.row_count() == 0 || matches!(self.rules, Rules::Nothing) {
            self.invalid.cell([Some(id), None, None], Cell::ABSENT);
            return false;
        }
        if staged.is_clean && matches!(self.rules, Rules::Free) {
            return true;
        }
        let bad: FxHashSet<Slot> = staged.bad_rows.iter().copied().collect();
        let rows: Vec<_> = table.rows().collect();
        // From the first row on that is not the same, the rows go to a table of their own: what was
        // never set must leave no trace in the order of anything.
        let mut fresh: Option<Staged> = None;
        let mut cells = Vec::new();
        for (index, (row, slot)) in rows.iter().enumerate() {
            self.place = Place::Row(id, Some(*row));
            cells.clear();
            cells.extend(table.cells(*slot));
            let settled = if bad.contains(slot) {
                self.report(None, Cell::ABSENT);
                Settled::Refused
            } else {
                self.whole(&mut cells)
            };
            if fresh.is_none() && settled != Settled::Same {
                let mut staged = Staged::default();
                for (row, slot) in rows.iter().take(index) {
                    staged.row(self.texts, *row, table.cells(*slot));
                }
                fresh = Some(staged);
            }
            if let Some(fresh) = &mut fresh
                && settled != Settled::Refused
            {
                fresh.row(self.texts, *row, cells.iter().copied());
            }
        }
        if let Some(mut fresh) = fresh {
            *staged = fresh.take_table(self.texts);
        }
        staged.table.row_count() > 0
    }
}

impl Store {
    fn settler(&mut self, place: Place) -> Settler<'_> {
        let schemas = &self.schemas;
        let rules = match place {
            Place::Row(table, _) => schemas.tables().map(|tables| tables.get(table)),
            Place::Values => schemas.values().map(Some),
        };
        Settler {
            texts: &self.texts,
            invalid: &mut self.invalid,
            rules: match rules {
                None => Rules::Free,
                Some(None) => Rules::Nothing,
                Some(Some(schema)) => Rules::Of(schema),
            },
            place,
            notes_defaults: self.stamps.is_some(),
            added: Vec::new(),
        }
    }

    /// Takes note of defaults that are about to be set where there is nothing.
    fn note_defaults(&mut self, added: Vec<Path>) {
        for path in added {
            let now = match path {
                Path::Cell(table, row, cell) => self.cell(table, row, cell),
                Path::Value(value) => self.value(value),
            };
            if now.is_absent() {
                self.note_default(path);
            }
        }
    }

    /// Settles one cell or value; absent if it may not be set.
    pub(super) fn settle_cell(&mut self, place: Place, id: TextId, cell: Cell) -> Cell {
        self.settler(place).cell(id, cell)
    }

    /// Settles a whole row, or all values.
    pub(super) fn settle_whole(
        &mut self,
        place: Place,
        cells: &mut Vec<(TextId, Cell)>,
    ) -> Settled {
        let mut settler = self.settler(place);
        let settled = settler.whole(cells);
        let added = settler.added;
        self.note_defaults(added);
        settled
    }

    /// Settles some cells of a row, or some values; false if there is none to set.
    pub(super) fn settle_part(&mut self, place: Place, cells: &mut Vec<(TextId, Cell)>) -> bool {
        self.settler(place).part(cells)
    }

    /// Adds the defaults that a new row gets with its first cell.
    pub(super) fn settle_new_row(&mut self, place: Place, cells: &mut Vec<(TextId, Cell)>) {
        let mut settler = self.settler(place);
        settler.add_defaults(cells);
        let added = settler.added;
        self.note_defaults(added);
    }

    /// Settles a table; false if there is nothing of it to set.
    pub(super) fn settle_table(&mut self, id: TextId, staged: &mut StagedTable) -> bool {
        let mut settler = self.settler(Place::Row(id, None));
        let has_rows = settler.rows(id, staged);
        let added = settler.added;
        self.note_defaults(added);
        has_rows
    }
}
