//! Listeners by number; the facade keeps their functions.

use super::StoreCore;
use crate::binding::layout::{NEVER, NONE, UNDEFINED};
use crate::store::{KINDS, ListenerId, Step, TextId};
use wasm_bindgen::prelude::wasm_bindgen;

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
        let step = |id| match id {
            NONE => Step::Any,
            NEVER => Step::Never,
            UNDEFINED => Step::Undefined,
            id => Step::Id(TextId(id)),
        };
        let path = [step(first), step(second), step(third)];
        let id = self.write(|store| Some(store.add_listener(*KINDS.get(kind)?, mutator, path)));
        id.map_or(NONE, |id| id.0)
    }

    /// Takes a listener out; false if there is none.
    #[wasm_bindgen(js_name = delListener)]
    #[must_use]
    pub fn del_listener(&self, listener: u32) -> bool {
        self.write(|store| store.remove_listener(ListenerId(listener)))
    }

    /// How many listeners there are of a kind, mutators included.
    #[wasm_bindgen(js_name = listenerCount)]
    #[must_use]
    pub fn listener_count(&self, kind: usize) -> usize {
        self.read(|store| {
            KINDS
                .get(kind)
                .map_or(0, |kind| store.listener_count(*kind))
        })
    }
}
