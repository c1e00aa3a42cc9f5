//! The state of the database that the store reflects.

use super::layout::{Pages, Replaces};
use crate::persister::records::{Book, History};

/// What the store is in step with.
pub(super) enum Base {
    /// Nobody had saved when it was loaded.
    Nothing,
    /// That state.
    State(InStep),
}

impl Base {
    pub(super) fn replaces(base: Option<&Self>) -> Replaces {
        match base {
            None => Replaces::Any,
            Some(Self::Nothing) => Replaces::Nothing,
            Some(Self::State(step)) => Replaces::State(step.revision),
        }
    }
}

/// As long as this is the state of the database, whole rows of the store can be written over those that
/// are stored.
pub(super) struct InStep {
    /// The state's name.
    pub(super) revision: u64,
    /// The saves that led to it.
    pub(super) history: History,
    /// The pages in it.
    pub(super) pages: Pages,
    /// The version of the content in it.
    pub(super) version: Option<u64>,
    /// What is to be known of the records in it.
    pub(super) book: Book,
}
