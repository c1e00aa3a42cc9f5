//! Transactions, as [`crate::store::Store::step`] describes them.

use super::{StoreCore, pair, push_cell};
use crate::binding::buffers::put_words;
use crate::binding::layout::{STEP_DONE, STEP_RUN};
use crate::store::{ChangedCell, Kind, ListenerId, Start, Store};
use wasm_bindgen::prelude::wasm_bindgen;

/// How many calls are given out at once, at most.
const RUN: usize = 128;

#[wasm_bindgen(js_class = StoreCore)]
impl StoreCore {
    /// Opens a transaction, or one more level: 0 if the store is locked, 1 if it is open, 2 if start
    /// listeners are waiting.
    #[must_use]
    pub fn start(&self) -> u32 {
        self.write(|store| match store.start() {
            Start::Locked => 0,
            Start::Open => 1,
            Start::Waiting => 2,
        })
    }

    /// Whether anyone listens to the start of transactions.
    #[wasm_bindgen(js_name = hasStartListeners)]
    #[must_use]
    pub fn has_start_listeners(&self) -> bool {
        self.read(|store| store.listener_count(Kind::StartTransaction) > 0)
    }

    /// Closes one level; with the last one, answers as `step`, else that there is nothing to do.
    #[must_use]
    pub fn finish(&self, asks_rollback: bool) -> u32 {
        self.write(|store| match store.finish(asks_rollback) {
            true => self.answer(&store.step()),
            false => STEP_DONE,
        })
    }

    /// What to do next: `STEP_…`. The listener to call is in the view. Several changes to call it with
    /// are in the output, each as table and row, cell id, new and old cell.
    #[must_use]
    pub fn step(&self) -> u32 {
        self.write(|store| match self.run(store) {
            Some(listener) => {
                self.view.listener.set(listener.0);
                STEP_RUN
            }
            None => self.answer(&store.step()),
        })
    }

    fn run(&self, store: &mut Store) -> Option<ListenerId> {
        let mut listener = None;
        self.put(put_words(|out| {
            listener = store.next_run(RUN, |ChangedCell { path, new, old }| {
                let [table, row, cell] = path;
                out.extend([pair(table.0, row.0), u64::from(cell.0)]);
                push_cell(out, new);
                push_cell(out, old);
            });
        }));
        listener
    }

    /// Of the latest several calls only so many were made: a listener came or went.
    #[wasm_bindgen(js_name = endRun)]
    pub fn end_run(&self, made: usize) {
        self.write(|store| store.end_run(made));
    }

    /// What `step` asked for threw.
    #[wasm_bindgen(js_name = failCall)]
    pub fn fail_call(&self) {
        self.write(Store::fail_call);
    }

    /// The actions of the transaction threw.
    #[wasm_bindgen(js_name = failActions)]
    pub fn fail_actions(&self) {
        self.write(Store::fail_actions);
    }

    /// `doRollback` said so.
    #[wasm_bindgen(js_name = rollBack)]
    pub fn roll_back(&self) {
        self.write(Store::roll_back);
    }

    /// Keeps slots and handles as they are until `unpin`.
    pub fn pin(&self) {
        self.write(Store::pin);
    }

    /// Undoes one `pin`.
    pub fn unpin(&self) {
        self.write(Store::unpin);
    }

    /// Whether a transaction is under way.
    #[wasm_bindgen(js_name = isActive)]
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.read(Store::is_active)
    }

    /// Whether writes are ignored now.
    #[wasm_bindgen(js_name = isLocked)]
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.read(Store::is_locked)
    }
}
