//! Listeners by number; the facade keeps their functions.

use super::StoreCore;
use crate::binding::layout::{NEVER, NONE, UNDEFINED};
use crate::store::{KINDS, Kind, ListenerId, Step, Store, TextId};
use wasm_bindgen::prelude::wasm_bindgen;

/// A step of a listener's path: [`NONE`] for any id, [`UNDEFINED`] for what has none, or [`NEVER`].
pub fn step(store: &Store, id: u32) -> Step {
    match id {
        NONE => Step::Any,
        NEVER => Step::Never,
        UNDEFINED => Step::Undefined,
        id if store.has_text(TextId(id)) => Step::Id(TextId(id)),
        _ => Step::Never,
    }
}

#[wasm_bindgen(js_class = StoreCore)]
impl StoreCore {
    /// Registers a listener of a kind. Its path is of handles, [`NONE`] for any id,
    /// [`UNDEFINED`] for what has none, or [`NEVER`].
    #[wasm_bindgen(js_name = addListener)]
    #[must_use]
    pub fn add_listener(
        &self,
        kind: usize,
        mutator: bool,
        first: u32,
        second: u32,
        third: u32,
    ) -> u32 {
        let id = self.write(|store| {
            let path = [first, second, third].map(|id| step(store, id));
            Some(store.add_listener(*KINDS.get(kind)?, mutator, path))
        });
        id.map_or(NONE, |id| id.0)
    }

    /// Takes a listener out; false if there is none.
    #[wasm_bindgen(js_name = delListener)]
    #[must_use]
    pub fn del_listener(&self, listener: u32) -> bool {
        self.write(|store| store.remove_listener(ListenerId(listener)))
    }

    /// How many listeners there are of a kind, mutators included; as in TinyBase, those to sorted row
    /// ids count once for each table and cell.
    #[wasm_bindgen(js_name = listenerCount)]
    #[must_use]
    pub fn listener_count(&self, kind: usize) -> usize {
        self.read(|store| match KINDS.get(kind) {
            Some(Kind::SortedRowIds) => store.listened_path_count(Kind::SortedRowIds),
            Some(kind) => store.listener_count(*kind),
            None => 0,
        })
    }
}
