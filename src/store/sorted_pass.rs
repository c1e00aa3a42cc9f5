//! The part of a pass that tells of sorted row ids.
//!
//! A table whose rows came or went concerns all that listen to it sorted, whatever it is sorted by;
//! one of which only cells changed, those that it is sorted by. Whether their pages have changed is
//! another question, which is asked when their turn comes.

use super::id_changes::IdGroup;
use super::kinds::Kind;
use super::listeners::{Listeners, Path};
use super::target::{Announcement, Detail, Target};
use super::text::TextId;
use super::touched::Touched;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// What is to be told, and how far the telling has come.
#[derive(Default)]
pub struct SortedPass {
    /// What changed; `None` if nobody listened when the pass began.
    changed: Option<Arc<Touched>>,
    /// The table whose rows came or went, and where its listeners are, the last ones first.
    table: Option<TextId>,
    leaves: Vec<(Path, u32)>,
    /// The tables and cells that changed, the last ones first.
    cells: Vec<(TextId, TextId)>,
}

impl SortedPass {
    /// A pass over what changed, or over nothing.
    pub fn new(changed: Option<Arc<Touched>>) -> SortedPass {
        SortedPass {
            changed,
            ..SortedPass::default()
        }
    }

    /// Whether anyone listened when the pass began.
    pub fn is_heard(&self) -> bool {
        self.changed.is_some()
    }

    /// It is the turn of a table whose rows came or went.
    pub fn enter_table(&mut self, table: TextId, listeners: &Listeners, mutator: bool) {
        if self.is_heard() {
            self.table = Some(table);
            self.leaves = listeners.leaves_of(Kind::SortedRowIds, mutator, table);
            self.leaves.reverse();
        }
    }

    /// It is the turn of cells, in the tables that are not among those whose rows came or went.
    pub fn enter_cells(&mut self, rows: &[IdGroup]) {
        let Some(changed) = &self.changed else { return };
        let entered: FxHashSet<_> = rows.iter().filter_map(|group| group.owner[0]).collect();
        let mut seen = FxHashSet::default();
        let cells = changed.each_cell().map(|(table, _, cell)| (table, cell.id));
        self.cells = cells
            .filter(|cell| !entered.contains(&cell.0) && seen.insert(*cell))
            .collect();
        self.cells.reverse();
    }

    /// The next to tell, if any is left of what has been entered.
    pub fn next(&mut self, listeners: &Listeners, mutator: bool) -> Option<Target> {
        let announcement = |table, cell| Announcement {
            kind: Kind::SortedRowIds,
            ids: [table, cell, None],
            detail: Detail::None,
        };
        if let Some((path, leaf)) = self.leaves.pop() {
            let announcement = announcement(self.table, None);
            return Some(Target::at_leaf(mutator, announcement, path, leaf));
        }
        let (table, cell) = self.cells.pop()?;
        let announcement = announcement(Some(table), Some(cell));
        Some(Target::new(listeners, mutator, announcement))
    }
}
