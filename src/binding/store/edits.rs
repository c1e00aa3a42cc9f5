//! What a persister has not saved yet, by the number of its tracker.

use super::StoreCore;
use crate::binding::buffers::put_bytes;
use crate::store::{Store, TrackerId};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(js_class = StoreCore)]
impl StoreCore {
    /// As [`Store::track`].
    #[must_use]
    pub fn track(&self) -> u32 {
        self.write(Store::track).0
    }

    /// As [`Store::untrack`].
    pub fn untrack(&self, tracker: u32) {
        self.write(|store| store.untrack(TrackerId(tracker)));
    }

    /// As [`Store::forget_edits`].
    #[wasm_bindgen(js_name = forgetEdits)]
    pub fn forget_edits(&self, tracker: u32) {
        self.write(|store| store.forget_edits(TrackerId(tracker)));
    }

    /// As [`Store::set_in_step`].
    #[wasm_bindgen(js_name = setInStep)]
    pub fn set_in_step(&self, tracker: u32) {
        self.write(|store| store.set_in_step(TrackerId(tracker)));
    }

    /// As [`Store::disown`].
    pub fn disown(&self, tracker: u32) {
        self.write(|store| store.disown(TrackerId(tracker)));
    }

    /// As [`Store::begin_keeping`].
    #[wasm_bindgen(js_name = beginKeeping)]
    #[must_use]
    pub fn begin_keeping(&self, tracker: u32) -> bool {
        self.write(|store| store.begin_keeping(TrackerId(tracker)))
    }

    /// As [`Store::end_keeping`].
    #[wasm_bindgen(js_name = endKeeping)]
    pub fn end_keeping(&self, tracker: u32, is_kept: bool) {
        self.write(|store| store.end_keeping(TrackerId(tracker), is_kept));
    }

    /// As [`Store::is_kept`].
    #[wasm_bindgen(js_name = isKept)]
    #[must_use]
    pub fn is_kept(&self, tracker: u32) -> bool {
        self.write(|store| store.is_kept(TrackerId(tracker)))
    }

    /// As [`Store::has_edits`].
    #[wasm_bindgen(js_name = hasEdits)]
    #[must_use]
    pub fn has_edits(&self, tracker: u32) -> bool {
        self.write(|store| store.has_edits(TrackerId(tracker)))
    }

    /// As [`Store::needs_all`].
    #[wasm_bindgen(js_name = needsAll)]
    #[must_use]
    pub fn needs_all(&self, tracker: u32) -> bool {
        self.write(|store| store.needs_all(TrackerId(tracker)))
    }

    /// Puts out what [`Store::write_edited_rows`] writes.
    #[wasm_bindgen(js_name = editedRowsOut)]
    pub fn edited_rows_out(&self, tracker: u32) {
        let tracker = TrackerId(tracker);
        let out = self.write(|store| put_bytes(|out| store.write_edited_rows(tracker, out)));
        self.put(out);
    }

    /// Puts out what [`Store::write_edits`] writes.
    #[wasm_bindgen(js_name = editsOut)]
    pub fn edits_out(&self, tracker: u32) {
        let out = self.write(|store| put_bytes(|out| store.write_edits(TrackerId(tracker), out)));
        self.put(out);
    }
}
