//! What is not kept yet where somebody keeps the store's content: the cells and values written to
//! since, for each who wants to know.
//!
//! A tracker notes paths, not contents: what is to be kept is what the store holds when it is asked
//! ([`Store::edits`]). What was only brought in, because it is kept already, is disowned. While
//! nobody tracks, none of this costs anything.

use super::Store;
use super::cell::Cell;
use super::log::Entry;
use super::text::{TextId, Texts};
use super::touched::{Builder, Touched};
use rustc_hash::FxHashSet;

/// The name of a tracker in its store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrackerId(pub u32);

/// A cell `[table, row, cell]`, a row that is new `[table, row, ALL]`, or was deleted `[table, row, GONE]`, or a
/// value `[value, ALL, ALL]`.
type Path = [TextId; 3];

/// No text has this number.
const ALL: TextId = TextId(u32::MAX);

/// Nor this one.
const GONE: TextId = TextId(u32::MAX - 1);

/// From this many paths on it is simply everything that is not kept: writing it all is no dearer than
/// finding out what.
const MAX_PATHS: usize = 1 << 17;

/// Paths in the order in which they were written to first; their texts are kept as long as they are.
#[derive(Default)]
struct Edits {
    are_too_many: bool,
    paths: Vec<Path>,
    seen: FxHashSet<Path>,
}

impl Edits {
    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.are_too_many
    }

    fn add(&mut self, texts: &mut Texts, path: Path) {
        let [table, row, cell] = path;
        let is_covered = cell != GONE && self.seen.contains(&[table, row, ALL]);
        if self.are_too_many || is_covered || !self.seen.insert(path) {
            return;
        }
        if self.paths.len() == MAX_PATHS {
            self.clear(texts);
            self.are_too_many = true;
            return;
        }
        for id in path {
            texts.acquire(id);
        }
        self.paths.push(path);
    }

    fn clear(&mut self, texts: &mut Texts) {
        for path in std::mem::take(self).paths {
            for id in path {
                texts.release(id);
            }
        }
    }

    /// Adds later ones to these.
    fn append(&mut self, texts: &mut Texts, mut later: Edits) {
        if later.are_too_many {
            self.clear(texts);
            self.are_too_many = true;
        }
        for path in &later.paths {
            self.add(texts, *path);
        }
        later.clear(texts);
    }
}

/// What one who keeps the content has not kept yet.
struct Tracker {
    id: u32,
    /// Whether it is known what is kept; if not, everything has to be written.
    is_in_step: bool,
    pending: Edits,
    /// Those that are just being kept.
    under_way: Edits,
    /// So many entries of the log are not edits.
    disowned: usize,
}

/// The edits of a tracker, with what the store holds now.
pub struct EditTree {
    /// What was written to. Rows that are gone have no cells, and those that are new have all.
    pub touched: Touched,
    /// The rows, by table, that were deleted and are there again: all that they had before is gone.
    pub replaced: Vec<(TextId, TextId)>,
}

/// All trackers of a store.
#[derive(Default)]
pub struct Trackers {
    trackers: Vec<Tracker>,
    next_id: u32,
}

impl Store {
    /// Tracks what is written to from now on. Until [`Store::set_in_step`] all that the store holds
    /// counts as not kept.
    pub fn track(&mut self) -> TrackerId {
        let id = self.trackers.next_id;
        self.trackers.next_id = id.wrapping_add(1);
        self.trackers.trackers.push(Tracker {
            id,
            is_in_step: false,
            pending: Edits::default(),
            under_way: Edits::default(),
            disowned: 0,
        });
        TrackerId(id)
    }

    /// Ends a tracker.
    pub fn untrack(&mut self, id: TrackerId) {
        self.forget_edits(id);
        self.trackers.trackers.retain(|tracker| tracker.id != id.0);
    }

    fn with_tracker<R: Default>(
        &mut self,
        id: TrackerId,
        run: impl FnOnce(&mut Tracker, &mut Texts) -> R,
    ) -> R {
        let mut trackers = self.trackers.trackers.iter_mut();
        let tracker = trackers.find(|tracker| tracker.id == id.0);
        tracker.map_or_else(R::default, |tracker| run(tracker, &mut self.texts))
    }

    /// Forgets the edits so far, because they are kept, or are not to be.
    pub fn forget_edits(&mut self, id: TrackerId) {
        self.with_tracker(id, |tracker, texts| {
            tracker.pending.clear(texts);
            tracker.under_way.clear(texts);
        });
    }

    /// What is kept is known from here on: the store's content, but for the edits.
    pub fn set_in_step(&mut self, id: TrackerId) {
        self.with_tracker(id, |tracker, _| tracker.is_in_step = true);
    }

    /// What the transaction has written so far is no edit of this tracker's: it is kept already.
    pub fn disown(&mut self, id: TrackerId) {
        let length = self.log.len();
        self.with_tracker(id, |tracker, _| tracker.disowned = length);
    }

    /// Edits so far are about to be kept; later ones are not. True if that is everything rather than
    /// the edits.
    pub fn begin_keeping(&mut self, id: TrackerId) -> bool {
        self.with_tracker(id, |tracker, texts| {
            let pending = std::mem::take(&mut tracker.pending);
            tracker.under_way.append(texts, pending);
        });
        self.needs_all(id)
    }

    /// What was begun by [`Store::begin_keeping`] is kept, or could not be.
    pub fn end_keeping(&mut self, id: TrackerId, is_kept: bool) {
        self.with_tracker(id, |tracker, texts| {
            let mut under_way = std::mem::take(&mut tracker.under_way);
            if is_kept {
                under_way.clear(texts);
                tracker.is_in_step = true;
            } else {
                let later = std::mem::replace(&mut tracker.pending, under_way);
                tracker.pending.append(texts, later);
            }
        });
    }

    /// Whether anything was noted that is not kept; what is under way is not.
    pub fn has_edits(&mut self, id: TrackerId) -> bool {
        self.with_tracker(id, |tracker, _| {
            !tracker.pending.is_empty() || !tracker.under_way.is_empty()
        })
    }

    /// Whether all that the store holds is kept; what is under way is not.
    pub fn is_kept(&mut self, id: TrackerId) -> bool {
        let is_empty = self.tables.len() == 0 && self.values.len() == 0;
        !self.has_edits(id) && self.with_tracker(id, |tracker, _| tracker.is_in_step || is_empty)
    }

    /// At the end of a transaction: notes what it wrote, for all trackers.
    pub(super) fn collect_edits(&mut self) {
        if self.trackers.trackers.is_empty() {
            return;
        }
        let mut trackers = std::mem::take(&mut self.trackers.trackers);
        if !self.log.is_empty() {
            let mut changed = None;
            for tracker in &mut trackers {
                let disowned = std::mem::take(&mut tracker.disowned);
                if disowned == 0 {
                    let paths = changed.get_or_insert_with(|| self.changed_paths());
                    for path in paths {
                        tracker.pending.add(&mut self.texts, *path);
                    }
                } else {
                    for path in self.paths_from(disowned) {
                        tracker.pending.add(&mut self.texts, path);
                    }
                }
            }
        }
        self.trackers.trackers = trackers;
    }

    /// What differs from the start of the transaction, rows that are as new as their cells as a whole.
    fn changed_paths(&mut self) -> Vec<Path> {
        let changed = self.changed();
        let removed = self.log.iter().filter_map(|entry| match *entry {
            Entry::RowRemoved { table, row, .. } => Some((table, row)),
            _ => None,
        });
        let removed: FxHashSet<(TextId, TextId)> = removed.collect();
        let mut paths = Vec::new();
        for table in &changed.tables {
            let now = self.tables.get(table.id);
            for row in changed.rows.get(table.rows.clone()).unwrap_or_default() {
                let cells = changed.cells.get(row.cells.clone()).unwrap_or_default();
                let count = now
                    .and_then(|now| Some(now.row_columns(now.find(row.id)?).len()))
                    .unwrap_or_default();
                let is_new = count == cells.len() && cells.iter().all(|cell| cell.old.is_absent());
                if count == 0 {
                    paths.push([table.id, row.id, GONE]);
                } else if is_new {
                    paths.push([table.id, row.id, ALL]);
                } else if removed.contains(&(table.id, row.id)) {
                    // It is there again, as the last one.
                    paths.extend([[table.id, row.id, GONE], [table.id, row.id, ALL]]);
                } else {
                    paths.extend(cells.iter().map(|cell| [table.id, row.id, cell.id]));
                }
            }
        }
        paths.extend(changed.values.iter().map(|value| [value.id, ALL, ALL]));
        paths
    }

    /// What the log's entries are about from one on, and the rows of tables that came then.
    fn paths_from(&self, from: usize) -> Vec<Path> {
        let mut paths = Vec::new();
        for entry in self.log.iter_from(from) {
            if let Entry::TableAdded { table, .. } = *entry {
                let rows = self.tables.get(table).into_iter().flat_map(|it| it.rows());
                paths.extend(rows.map(|(row, _)| [table, row, ALL]));
            }
            paths.extend(path_of(entry));
        }
        paths
    }

    /// Whether all has to be written that the store holds, rather than the edits.
    pub fn needs_all(&mut self, id: TrackerId) -> bool {
        self.with_tracker(id, |tracker, _| {
            let are_too_many = tracker.pending.are_too_many || tracker.under_way.are_too_many;
            !tracker.is_in_step || are_too_many
        })
    }

    /// The edits, those under way included. `None` if they are too many to have been noted one by
    /// one: then it is all that the store holds.
    pub fn edits(&mut self, id: TrackerId) -> Option<EditTree> {
        let paths = self.with_tracker(id, |tracker, _| {
            let both = [&tracker.under_way, &tracker.pending];
            let are_too_many = both.iter().any(|edits| edits.are_too_many);
            let paths = both.into_iter().flat_map(|edits| &edits.paths).copied();
            (!are_too_many).then(|| paths.collect::<Vec<Path>>())
        })?;
        let mut replaced = Vec::new();
        let mut builder = Builder::default();
        for [table, row, cell] in paths {
            if row == ALL {
                builder.value(table, Cell::ABSENT);
                continue;
            }
            let at = builder.row(table, row);
            let slot = self.table(table).and_then(|it| Some((it, it.find(row)?)));
            match slot {
                None => {}
                Some(_) if cell == GONE => replaced.push((table, row)),
                Some((table, slot)) if cell == ALL => {
                    for (cell, _) in table.cells(slot) {
                        builder.cell(at, cell, Cell::ABSENT);
                    }
                }
                Some(_) => builder.cell(at, cell, Cell::ABSENT),
            }
        }
        let touched = builder.finish(self);
        Some(EditTree { touched, replaced })
    }
}

/// The path of what an entry is about, if it is an edit.
fn path_of(entry: &Entry) -> Option<Path> {
    match *entry {
        Entry::RowAdded { table, row, .. } => Some([table, row, ALL]),
        Entry::RowRemoved { table, row, .. } => Some([table, row, GONE]),
        Entry::CellSet {
            table, row, cell, ..
        }
        | Entry::CellRemoved {
            table, row, cell, ..
        } => Some([table, row, cell]),
        Entry::ValueSet { value, .. } | Entry::ValueRemoved { value, .. } => {
            Some([value, ALL, ALL])
        }
        Entry::TableAdded { .. }
        | Entry::TableRemoved { .. }
        | Entry::TableCellAdded { .. }
        | Entry::TableCellRemoved { .. }
        | Entry::CellStamped { .. }
        | Entry::ValueStamped { .. } => None,
    }
}
