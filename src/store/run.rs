//! Several calls given out at once: those of a listener to all cells, if nobody else listens to cells,
//! for as long as nothing else is to be told in between. Each crossing of a boundary that this saves is a
//! good part of what a call costs.
//!
//! Who comes or goes during a run may have to be told, or not told, of what is in the rest of it. So
//! whoever makes the calls ends the run then, and what is left is given out anew.

use super::Store;
use super::cell::Cell;
use super::kinds::Kind;
use super::listeners::{ListenerId, Listeners, Registered};
use super::pass::{At, Pass};
use super::target::{Announcement, Detail, Target};
use super::text::TextId;
use super::transaction::Phase;
use std::sync::Arc;

/// A cell that changed.
#[derive(Clone, Copy, Debug)]
pub struct ChangedCell {
    /// Its table, its row and its own id.
    pub path: [TextId; 3],
    /// What it is now.
    pub new: Cell,
    /// What it was.
    pub old: Cell,
}

/// Where the latest run began, and whom it told.
pub struct Run {
    start: At,
    leaf: u32,
    listener: Registered,
}

impl Pass {
    /// Gives out the next changes, up to `limit`, that just one listener is to be called with.
    fn run(
        &mut self,
        listeners: &Listeners,
        limit: usize,
        tell: impl FnMut(ChangedCell),
    ) -> Option<ListenerId> {
        if self.mutator || !matches!(self.at, At::Cell { .. }) {
            return None;
        }
        if self
            .target
            .as_ref()
            .is_some_and(|target| !target.is_over(listeners))
        {
            return None;
        }
        let (leaf, listener) = listeners.only(Kind::Cell)?;
        let start = self.at;
        if self.walk(limit, listeners.hears(Kind::Row, false), tell) == 0 {
            return None;
        }
        self.target = None;
        let id = listener.listener;
        self.run = Some(Run {
            start,
            leaf,
            listener,
        });
        Some(id)
    }

    /// Goes back to where only the first `made` of the latest run are told, the last of them perhaps not
    /// to all.
    fn end_run(&mut self, made: usize) {
        let Some(run) = self.run.take() else {
            return;
        };
        let mut last = None;
        self.at = run.start;
        self.walk(made, false, |changed| last = Some(changed));
        self.target = last.map(|ChangedCell { path, new, old }| {
            let announcement = Announcement {
                kind: Kind::Cell,
                ids: path.map(Some),
                detail: Detail::Change { new, old },
            };
            Target::told_of(announcement, run.leaf, run.listener.serial)
        });
    }

    /// Tells of the next cells, up to the end of the table, or of the row.
    fn walk(
        &mut self,
        limit: usize,
        stops_with_row: bool,
        mut tell: impl FnMut(ChangedCell),
    ) -> usize {
        let changed = Arc::clone(&self.changed);
        let mut told = 0;
        while told < limit
            && let At::Cell { table, row, cell } = self.at
            && let (Some(in_table), Some(in_row)) =
                (changed.tables.get(table), changed.rows.get(row))
        {
            match changed.cells.get(cell) {
                Some(node) if cell < in_row.cells.end => {
                    tell(ChangedCell {
                        path: [in_table.id, in_row.id, node.id],
                        new: node.new,
                        old: node.old,
                    });
                    told += 1;
                    self.at = At::Cell {
                        table,
                        row,
                        cell: cell + 1,
                    };
                }
                _ if !stops_with_row && row + 1 < in_table.rows.end => {
                    self.at = self.enter_row(table, row + 1);
                }
                _ => break,
            }
        }
        told
    }
}

impl Store {
    /// What [`Store::step`] would give out next, up to `limit` calls at once, if they are all of one
    /// listener to cells: it is to be called with each change. Whoever makes the calls must end the run
    /// when a listener has been added or removed ([`Store::end_run`]).
    pub fn next_run(&mut self, limit: usize, tell: impl FnMut(ChangedCell)) -> Option<ListenerId> {
        match &mut self.transaction.phase {
            Phase::Announcing(Some(pass)) => pass.run(&self.listeners, limit, tell),
            _ => None,
        }
    }

    /// Ends the latest run of calls after so many, at least one; [`Store::step`] goes on from there.
    pub fn end_run(&mut self, made: usize) {
        if let Phase::Announcing(Some(pass)) = &mut self.transaction.phase {
            pass.end_run(made);
        }
    }
}
