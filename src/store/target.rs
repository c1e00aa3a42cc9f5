//! One thing to announce, and the visit of the listeners whose paths cover it, one call at a time.
//!
//! The caller asks for the next call, makes it with nothing borrowed, and asks again. In between
//! anything may have happened: listeners are looked up when their turn comes. A change looks for its
//! listeners on every path that covers it, the exact id before the wildcard at each level; the paths
//! are found when the change's turn comes, and a path that empties meanwhile is not visited.

use super::cell::Cell;
use super::kinds::Kind;
use super::listeners::{ListenerId, Listeners, Path, Step, WIDEST, combination};
use super::text::TextId;

/// What a listener is told beside the ids of what changed. What can be asked for, such as the ids
/// that came and went, is not among it.
#[derive(Clone, Copy, Debug)]
pub enum Detail {
    /// Nothing.
    None,
    /// What the cell or value is now and what it was.
    Change {
        /// What it is now.
        new: Cell,
        /// What it was.
        old: Cell,
    },
    /// Whether it is there.
    Has(bool),
    /// How many there are.
    Count(usize),
}

/// What the listeners of a kind are to be told.
#[derive(Clone, Copy)]
pub struct Announcement {
    /// The kind.
    pub kind: Kind,
    /// The ids of what changed, as many as the kind's arity; of what was invalid some may be missing.
    pub ids: [Option<TextId>; 3],
    /// What else.
    pub detail: Detail,
}

/// One call to make.
#[derive(Clone, Debug)]
pub struct Call {
    /// Whom to call.
    pub listener: ListenerId,
    /// What it listens to.
    pub kind: Kind,
    /// The ids of what changed, as many as the kind's arity.
    pub path: [Option<TextId>; 3],
    /// What else it is told.
    pub detail: Detail,
}

/// What is being announced, and how far the announcement has come.
pub struct Target {
    announcement: Announcement,
    mutator: bool,
    /// The one path to visit, if there is only one.
    only: Option<Path>,
    /// The combinations of exact ids and wildcards that are still to be visited, as bits.
    combinations: u8,
    /// The leaf of each of them, as it was when this target's turn came.
    leaves: [u32; 8],
    after: u32,
    /// The version of the listeners in which the latest call was the last of its leaf.
    exhausted_in: Option<u32>,
}

impl Target {
    /// Something to announce.
    pub fn new(listeners: &Listeners, mutator: bool, announcement: Announcement) -> Target {
        let kind = announcement.kind;
        let mut target = Target {
            announcement,
            mutator,
            only: None,
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

    /// Something to announce at just one path, if the leaf that was there is there still.
    pub fn at_leaf(mutator: bool, announcement: Announcement, path: Path, leaf: u32) -> Target {
        let mut target = Target {
            announcement,
            mutator,
            only: Some(path),
            combinations: 0,
            leaves: [0; 8],
            after: 0,
            exhausted_in: None,
        };
        let steps = target.announcement.ids.iter_mut().zip(path);
        steps.for_each(|(id, step)| match step {
            Step::Id(exact) => *id = Some(exact),
            Step::Undefined | Step::Never => *id = None,
            Step::Any => {}
        });
        let combination = combination(announcement.kind, &path);
        if let Some(place) = target.leaves.get_mut(combination) {
            *place = leaf;
            target.combinations = 1 << combination;
        }
        target
    }

    /// Something that the listeners of all wildcards have been told of, up to one.
    pub fn told_of(announcement: Announcement, leaf: u32, after: u32) -> Target {
        Target {
            after,
            ..Target::at_leaf(false, announcement, WIDEST, leaf)
        }
    }

    /// Whether no listener is left to be told of it.
    pub fn is_over(&self, listeners: &Listeners) -> bool {
        let rest = self.combinations & self.combinations.wrapping_sub(1);
        self.combinations == 0 || rest == 0 && self.exhausted_in == Some(listeners.version())
    }

    /// The path of a combination of exact ids and wildcards: a set bit is a wildcard, the highest
    /// bit the first id, so that counting up visits exact ids before wildcards.
    fn path(&self, combination: usize) -> Path {
        if let Some(path) = self.only {
            return path;
        }
        let Announcement { kind, ids, .. } = self.announcement;
        let arity = kind.arity();
        let mut path = [Step::Any; 3];
        for (level, (step, id)) in path.iter_mut().zip(ids).take(arity).enumerate() {
            if combination >> (arity - 1 - level) & 1 == 0 {
                *step = id.map_or(Step::Undefined, Step::Id);
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
        let Announcement { kind, ids, detail } = self.announcement;
        while self.combinations != 0 {
            let combination = self.combinations.trailing_zeros() as usize;
            let leaf = self.leaves.get(combination).copied().unwrap_or_default();
            let path = self.path(combination);
            let next = listeners.next(kind, self.mutator, &path, leaf, self.after);
            if let Some(found) = next {
                self.after = found.serial;
                self.exhausted_in = found.is_last.then(|| listeners.version());
                return Some(Call {
                    listener: found.listener,
                    kind,
                    path: ids,
                    detail,
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
