//! The store: tables of rows of cells, and values, with transactions and listeners.
//!
//! Pure data: no JavaScript, no I/O, no clock, no callback. What is the user's to do, such as
//! calling a listener, is given to the caller as data ([`Store::step`]), with nothing borrowed while
//! it is done.
//!
//! | module | what it holds |
//! |---|---|
//! | `text`, `wtf8` | ids and texts by number |
//! | `cell`, `equality` | one cell in eight bytes, and when it counts as changed |
//! | `table`, `shape`, `order`, `ordered`, `id_pool` | rows in chunks, columns in blocks, orders |
//! | `log`, `touched`, `id_changes`, `changes` | what a transaction did, and its net effect |
//! | `transaction`, `pass`, `id_pass`, `target`, `run` | its life, and what is told to whom |
//! | `listeners`, `kinds` | who listens to what |
//! | `set`, `write`, `writer`, `read`, `staged` | the operations |
//! | `schema`, `schemas`, `settle`, `invalid` | what may be set, and what was offered in vain |
//! | `edits` | what is not kept yet where somebody keeps the content |
//! | `sort_key`, `sorted` | rows in the order of a cell or of their ids |
//! | `sorted_order`, `sorted_listeners`, `sorted_pass` | such orders kept, and who is told of them |
//! | `json`, `replay` | text in and out; what is stored and edits of it, put together |
//! | `stamps` | what makes a store mergeable: when each cell was changed last, and who wins |
//! | `hash`, `hlc` | how mergeable stores tell what differs, and what is later |

mod cell;
mod changes;
mod edits;
mod equality;
mod error;
pub mod hash;
pub mod hlc;
mod id_changes;
mod id_pass;
mod id_pool;
mod invalid;
pub mod json;
mod kinds;
mod listeners;
mod log;
mod order;
mod ordered;
mod pass;
mod read;
mod replay;
mod run;
mod schema;
mod schemas;
mod set;
mod settle;
mod shape;
mod sort_key;
mod sorted;
mod sorted_listeners;
mod sorted_order;
mod sorted_pass;
mod staged;
mod stamps;
mod table;
mod target;
#[cfg(test)]
pub(crate) mod tests;
mod text;
mod touched;
mod transaction;
mod write;
mod writer;
pub mod wtf8;

pub use cell::{Cell, Kind as CellKind, tag};
pub use changes::Change;
pub use edits::{EditTree, TrackerId};
pub use error::Error;
pub use id_changes::{IdChanges, IdGroup};
pub use invalid::{InvalidPath, InvalidPaths};
pub use kinds::{KINDS, Kind};
pub use listeners::{ListenerId, Path, Step};
pub use order::array_index;
pub use replay::{check as check_content, merge_texts, replay, third as third_of_content};
pub use run::ChangedCell;
pub use schema::{CellSchema, Member, Schema, TablesSchema, Types};
pub use shape::{Column, ShapeId};
pub use sorted::{SortBy, Window};
pub use sorted_listeners::{SortedArgs, SortedBy, Turn};
pub use staged::{Staged, StagedTable};
pub use stamps::{Incoming, MergeableForm, read_mergeable};
pub use table::{CHUNK, Chunk, Slot, Table};
pub use target::{Call, Detail};
pub use text::{TextId, Texts};
pub use touched::{CellNode, RowNode, TableNode, Touched};
pub use transaction::{Advance, Start};

use edits::Trackers;
use invalid::Invalid;
use listeners::Listeners;
use log::Log;
use ordered::OrderedMap;
use schemas::Schemas;
use sorted_listeners::SortedListeners;
use stamps::Stamps;
use std::sync::Arc;
use transaction::Transaction;

/// The tables of a store.
type Tables = OrderedMap<Box<Table>>;

/// A store. See the [module](self).
///
/// Ids are handles ([`TextId`]) of the store's own texts: [`Store::intern`] makes them,
/// [`Store::text`] reads them. A handle is good until the end of the outermost transaction; after
/// that only as long as the store holds the text.
#[derive(Default)]
pub struct Store {
    texts: Texts,
    tables: Tables,
    values: OrderedMap<Cell>,
    log: Log,
    transaction: Transaction,
    listeners: Listeners,
    sorted: SortedListeners,
    /// What the transaction has touched, once the store is locked.
    net: Option<Arc<Touched>>,
    originals: changes::Originals,
    schemas: Schemas,
    invalid: Invalid,
    trackers: Trackers,
    /// Those of a mergeable store.
    stamps: Option<Box<Stamps>>,
    /// The tables that the transaction touched.
    touched_tables: Vec<TextId>,
    generations: u32,
    epoch: u32,
    texts_epoch: u32,
    pins: u32,
}

impl Store {
    /// An empty store.
    #[must_use]
    pub fn new() -> Store {
        Store::default()
    }

    /// The handle of an id, made if there is none.
    pub fn intern(&mut self, id: &[u8]) -> TextId {
        self.texts.intern(id)
    }

    /// A handle for a cell's text or JSON.
    pub fn cell_text(&mut self, text: &[u8]) -> TextId {
        self.texts.cell_text(text)
    }

    /// The handle of an id that the store has met.
    #[must_use]
    pub fn find(&self, id: &[u8]) -> Option<TextId> {
        self.texts.find(id)
    }

    /// The WTF-8 bytes of a text.
    #[must_use]
    pub fn text(&self, id: TextId) -> &[u8] {
        self.texts.bytes(id)
    }

    /// Whether the handle stands for a text of this store.
    #[must_use]
    pub fn has_text(&self, id: TextId) -> bool {
        self.texts.contains(id)
    }

    /// Registers a listener; its path's ids are kept as long as it is.
    pub fn add_listener(&mut self, kind: Kind, mutator: bool, path: Path) -> ListenerId {
        for step in path {
            if let Step::Id(id) = step {
                self.texts.acquire(id);
            }
        }
        self.listeners.add(kind, mutator, path)
    }

    /// Takes a listener out; false if there is none.
    pub fn remove_listener(&mut self, id: ListenerId) -> bool {
        let Some(path) = self.listeners.remove(id) else {
            return false;
        };
        for step in path {
            if let Step::Id(id) = step {
                self.texts.release(id);
            }
        }
        self.forget_page(id);
        if !self.is_active() {
            self.tidy();
        }
        true
    }

    /// How many listeners of a kind there are.
    #[must_use]
    pub fn listener_count(&self, kind: Kind) -> usize {
        self.listeners.count(kind)
    }

    /// How many paths there are that listeners of a kind listen to, mutators' paths apart.
    #[must_use]
    pub fn listened_path_count(&self, kind: Kind) -> usize {
        self.listeners.path_count(kind)
    }

    /// Whether writes are ignored now, because listeners are being told of what happened.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.transaction.is_locked()
    }

    /// Whether a write would be applied now.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        self.transaction.is_writable()
    }

    /// Whether a transaction is under way.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.transaction.is_active()
    }

    /// Changes whenever a table's numbering or an address that a cache outside may hold has lost its
    /// meaning.
    #[must_use]
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Changes whenever handles of texts that a cache outside may hold have lost their meaning.
    #[must_use]
    pub fn texts_epoch(&self) -> u32 {
        self.texts_epoch
    }

    /// From here until the matching [`Store::unpin`], slots and handles keep their meaning, so that
    /// someone can go through the rows while user code changes them.
    pub fn pin(&mut self) {
        self.pins += 1;
    }

    /// Undoes one [`Store::pin`].
    pub fn unpin(&mut self) {
        self.pins = self.pins.saturating_sub(1);
        if self.pins == 0 && !self.is_active() {
            self.tidy();
        }
    }

    /// How many texts the store holds.
    #[must_use]
    pub fn text_count(&self) -> usize {
        self.texts.len()
    }

    /// Between transactions: frees texts and renumbers tables where it is worth it.
    fn tidy(&mut self) {
        if self.pins > 0 {
            return;
        }
        self.tidy_stamps();
        while let Some(id) = self.touched_tables.pop() {
            if let Some(table) = self.tables.get_mut(id)
                && table.is_compaction_due()
            {
                self.generations += 1;
                self.epoch = self.epoch.wrapping_add(1);
                for column in table.compact(self.generations, |id| self.texts.bytes(id)) {
                    self.texts.release(column);
                }
            }
        }
        if self.texts.is_sweep_due() {
            self.texts.sweep();
            self.texts_epoch = self.texts_epoch.wrapping_add(1);
            self.epoch = self.epoch.wrapping_add(1);
        }
    }
}
