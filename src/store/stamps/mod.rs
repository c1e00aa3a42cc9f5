//! What makes a store mergeable: the stamp of every cell and value, which says what it was at its
//! latest change and when that was, so that of two stores both end up with the later change.
//!
//! The stamps are a content of their own beside the tables and values, since the two can differ: a
//! deleted cell keeps its stamp, one that a schema refuses has one too, and a default that comes late
//! changes the cell but not the stamp. What a transaction writes is stamped from its log, all at once
//! (`local`), at the latest when nothing can be rolled back any more. What comes from others is read
//! and checked whole (`read`) before any of it is applied (`merge`). `write` and `diff` tell others
//! what is here. A store that is not mergeable has none of this but an empty pointer.

mod content;
mod diff;
mod local;
mod merge;
mod moment;
mod read;
mod table;
mod write;

pub(in crate::store) use local::Path;
pub use merge::Incoming;
pub use read::{MergeableForm, read_mergeable};

use super::Store;
use super::hlc::Clock;
use super::text::TextId;
use content::Stamped;
use local::Pending;

/// The stamps of a store, and the clock that gives them.
pub struct Stamps {
    clock: Clock,
    content: Stamped,
    pending: Pending,
    /// The tables that were stamped since they were looked after last.
    touched: Vec<TextId>,
}

impl Store {
    /// An empty store whose content can be merged with others'. The client is that of a unique id
    /// ([`client`](super::hlc::client)); no two stores may have the same.
    #[must_use]
    pub fn new_mergeable(client: u32) -> Store {
        Store {
            stamps: Some(Box::new(Stamps {
                clock: Clock::new(client),
                content: Stamped::default(),
                pending: Pending::default(),
                touched: Vec::new(),
            })),
            ..Store::default()
        }
    }

    /// Whether the store's content can be merged with others'.
    #[must_use]
    pub fn is_mergeable(&self) -> bool {
        self.stamps.is_some()
    }
}
