//! A transaction's life as a state machine, which yields to its caller whatever is the user's to do.
//!
//! The caller starts, writes and finishes, and after a start and a finish asks [`Store::step`] again
//! and again: each answer is one listener to call or the question whether to roll back, until
//! [`Advance::Done`]. Nothing is borrowed while the caller does it, so that user code may do anything
//! to the store. If it throws, the caller says so with [`Store::fail_call`] (a listener or
//! `doRollback`) or [`Store::fail_actions`] (the actions themselves) and goes on asking.
//!
//! ```text
//! idle → starting → open → mutating → deciding → will-finish → announcing → did-finish → idle
//!        (start                (mutator             (may still     (locked: all other
//!         listeners)            listeners)           write)         listeners)
//! ```
//!
//! Up to the announcement everything can be rolled back; from then on the store is locked and every
//! write is ignored.

use super::Store;
use super::id_changes::IdChanges;
use super::invalid::InvalidPaths;
use super::kinds::Kind;
use super::pass::{News, Part, Pass};
use super::sorted_listeners::Turn;
use super::target::{Announcement, Call, Detail, Target};

/// What the caller has to do next.
#[derive(Clone, Debug)]
pub enum Advance {
    /// Nothing: the transaction is open, or over.
    Done,
    /// Call a listener.
    Call(Call),
    /// Ask the caller's `doRollback`; if it says so, [`Store::roll_back`].
    AskRollback,
}

/// What came of starting a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The store is locked: there is nothing to finish.
    Locked,
    /// The transaction is open.
    Open,
    /// The transaction is open once the start listeners have run: the caller must ask
    /// [`Store::step`] until it is done.
    Waiting,
}

#[derive(Default)]
pub(super) enum Phase {
    #[default]
    Idle,
    Starting(Target),
    Open,
    Mutating(Option<Pass>),
    Deciding,
    WillFinish(Target),
    Announcing(Option<Pass>),
    DidFinish(Target),
}

/// The state of the machine.
#[derive(Default)]
pub struct Transaction {
    pub(super) phase: Phase,
    depth: u32,
    /// The actions threw: nothing of this transaction will stay.
    actions_failed: bool,
    /// A will-finish listener threw: roll back once all of them have run.
    will_finish_failed: bool,
    asks_rollback: bool,
    /// The number of the transaction.
    pub serial: u32,
}

impl Transaction {
    /// Whether a write would be applied now.
    pub fn is_writable(&self) -> bool {
        !matches!(
            self.phase,
            Phase::Idle | Phase::Announcing(_) | Phase::DidFinish(_)
        )
    }

    /// Whether the store is in the phase in which writes are ignored.
    pub fn is_locked(&self) -> bool {
        matches!(self.phase, Phase::Announcing(_) | Phase::DidFinish(_))
    }

    /// Whether a transaction is under way.
    pub fn is_active(&self) -> bool {
        !matches!(self.phase, Phase::Idle)
    }
}

impl Store {
    /// Opens a transaction, or one more level of the one that is open.
    pub fn start(&mut self) -> Start {
        if self.transaction.is_locked() {
            return Start::Locked;
        }
        self.transaction.depth += 1;
        if let Phase::Idle = self.transaction.phase {
            self.transaction.serial = self.transaction.serial.wrapping_add(1).max(1);
            if let Some(target) = self.announce(Kind::StartTransaction) {
                self.transaction.phase = Phase::Starting(target);
                return Start::Waiting;
            }
            self.transaction.phase = Phase::Open;
        }
        Start::Open
    }

    /// Closes one level of the transaction. True if it was the last: then its final phases begin, and
    /// the caller must ask [`Store::step`] until it is done. `asks_rollback` says whether the caller
    /// has a `doRollback`; only the last level's counts. Without an open transaction it does nothing.
    #[must_use]
    pub fn finish(&mut self, asks_rollback: bool) -> bool {
        if self.transaction.depth > 1 && !self.transaction.is_locked() {
            self.transaction.depth -= 1;
        } else if let Phase::Open = self.transaction.phase {
            self.transaction.asks_rollback = asks_rollback;
            if self.transaction.actions_failed {
                self.roll_back();
                self.end();
            } else if !asks_rollback && self.listeners.is_empty() {
                // Nobody has a say and nobody to tell.
                self.stamp(true);
                self.collect_edits();
                self.end();
            } else {
                self.transaction.phase = Phase::Mutating(None);
                return true;
            }
        }
        false
    }

    /// The next thing to do for whoever started or finished the transaction.
    pub fn step(&mut self) -> Advance {
        loop {
            match &mut self.transaction.phase {
                Phase::Idle | Phase::Open => return Advance::Done,
                Phase::Starting(target) => match target.next(&self.listeners) {
                    Some(call) => return Advance::Call(call),
                    None => self.transaction.phase = Phase::Open,
                },
                Phase::Mutating(_) => match self.step_pass(true) {
                    Some(call) => return Advance::Call(call),
                    None => {
                        self.transaction.phase = Phase::Deciding;
                        if self.transaction.asks_rollback {
                            return Advance::AskRollback;
                        }
                    }
                },
                Phase::Deciding => match self.announce(Kind::WillFinishTransaction) {
                    Some(target) => self.transaction.phase = Phase::WillFinish(target),
                    None => self.lock(),
                },
                Phase::WillFinish(target) => match target.next(&self.listeners) {
                    Some(call) => return Advance::Call(call),
                    None => {
                        if self.transaction.will_finish_failed {
                            self.roll_back();
                            self.invalid.clear();
                        }
                        self.lock();
                    }
                },
                Phase::Announcing(_) => match self.step_pass(false) {
                    Some(call) => return Advance::Call(call),
                    None => self.finish_announcing(),
                },
                Phase::DidFinish(target) => match target.next(&self.listeners) {
                    Some(call) => return Advance::Call(call),
                    None => self.end(),
                },
            }
        }
    }

    /// The call that [`Store::step`] gave out, or the `doRollback` it asked for, threw. An error up
    /// to the decision rolls everything back and ends the transaction; one of a will-finish listener
    /// rolls back once all of them have run; one of a later listener only ends the announcement.
    pub fn fail_call(&mut self) {
        match self.transaction.phase {
            Phase::Starting(_) | Phase::Mutating(_) | Phase::Deciding => {
                self.roll_back();
                self.end();
            }
            Phase::WillFinish(_) => self.transaction.will_finish_failed = true,
            Phase::Announcing(_) => self.finish_announcing(),
            Phase::Idle | Phase::Open | Phase::DidFinish(_) => {}
        }
    }

    /// The actions of the transaction threw, at any level: when the last level finishes, everything
    /// is rolled back, and nobody is told. Inside a mutator or will-finish listener it means nothing,
    /// unless the listener lets the error through.
    pub fn fail_actions(&mut self) {
        if let Phase::Starting(_) | Phase::Open = self.transaction.phase {
            self.transaction.actions_failed = true;
        }
    }

    /// Puts everything back to where it was when the transaction started, cell by cell.
    pub fn roll_back(&mut self) {
        if self.transaction.is_writable() {
            self.restore_schemas();
            self.undo();
        }
    }

    /// From here on nothing is written, nor undone.
    fn lock(&mut self) {
        self.stamp(true);
        self.transaction.phase = Phase::Announcing(None);
    }

    fn announce(&self, kind: Kind) -> Option<Target> {
        let announcement = Announcement {
            kind,
            ids: [None; 3],
            detail: Detail::None,
        };
        let target = || Target::new(&self.listeners, false, announcement);
        self.listeners.hears(kind, false).then(target)
    }

    /// The next call of the passes of the phase.
    fn step_pass(&mut self, mutator: bool) -> Option<Call> {
        loop {
            let over = match &mut self.transaction.phase {
                Phase::Mutating(Some(pass)) | Phase::Announcing(Some(pass)) => {
                    match pass.next(&self.listeners, &self.tables) {
                        Some(call) if call.kind == Kind::SortedRowIds => {
                            if self.turn_page(call.listener) == Turn::Same {
                                continue;
                            }
                            return Some(call);
                        }
                        Some(call) => return Some(call),
                        None => Some(pass.part()),
                    }
                }
                _ => None,
            };
            let mut parts = Part::ALL.into_iter();
            if let Some(over) = over {
                parts.find(|part| *part == over);
            }
            // What a part is about is gathered only now: the mutators of the last may have written.
            let pass = parts.find_map(|part| self.begin_pass(mutator, part));
            pass.as_ref()?;
            self.transaction.phase = if mutator {
                Phase::Mutating(pass)
            } else {
                Phase::Announcing(pass)
            };
        }
    }

    /// A pass over a part, if anyone listens to it.
    fn begin_pass(&mut self, mutator: bool, part: Part) -> Option<Pass> {
        if !self.listeners.any(part.kinds(), mutator) {
            return None;
        }
        let is_heard = |kinds| self.listeners.any(kinds, mutator);
        let (tells_presence, tells_ids) = (is_heard(part.presence()), is_heard(part.ids()));
        let tells_contents = is_heard(part.contents());
        let keyed = part.is_keyed();
        let tells_invalid = is_heard(part.invalid());
        let tells_sorted =
            part == Part::Tables && self.listeners.hears(Kind::SortedRowIds, mutator);
        let changed = (tells_contents || tells_sorted).then(|| self.changed());
        let news = News {
            invalid: if tells_invalid {
                self.invalid.paths(keyed)
            } else {
                InvalidPaths::default()
            },
            presence: tells_presence
                .then(|| self.presence_change(keyed))
                .flatten(),
            ids: if tells_ids {
                self.id_changes()
            } else {
                IdChanges::default()
            },
            sorted: changed.clone().filter(|_| tells_sorted),
            changed: changed.filter(|_| tells_contents).unwrap_or_default(),
        };
        Some(Pass::new(mutator, part, news))
    }

    /// The id changes of the call that [`Store::step`] gave out last.
    pub fn id_set(&self) -> &[(super::TextId, i8)] {
        match &self.transaction.phase {
            Phase::Mutating(Some(pass)) | Phase::Announcing(Some(pass)) => pass.id_set(),
            _ => &[],
        }
    }

    /// What was offered in vain, of the call that [`Store::step`] gave out last.
    pub fn offered(&self) -> Vec<super::Cell> {
        match &self.transaction.phase {
            Phase::Mutating(Some(pass)) | Phase::Announcing(Some(pass)) => {
                pass.offered(&self.invalid)
            }
            _ => Vec::new(),
        }
    }

    /// All that was offered in vain in the transaction so far, as cells or (`keyed`) as values.
    pub fn invalid(&self, keyed: bool) -> InvalidPaths {
        self.invalid.paths(keyed)
    }

    fn finish_announcing(&mut self) {
        self.collect_edits();
        match self.announce(Kind::DidFinishTransaction) {
            Some(target) => self.transaction.phase = Phase::DidFinish(target),
            None => self.end(),
        }
    }

    fn end(&mut self) {
        self.forget();
        self.invalid.clear();
        self.keep_schemas();
        let serial = self.transaction.serial;
        self.transaction = Transaction {
            serial,
            ..Transaction::default()
        };
        self.tidy();
    }
}
