//! The store as the facade drives it: numbers in, numbers out, everything larger through buffers.
//!
//! No method takes `&mut self`, none calls into JavaScript, and the store is borrowed only within a
//! method, so user code never meets a borrow (law 1). A borrow fails only after a call that did not
//! come to its end, since there was no more memory, or no more of JavaScript's stack. Then every method
//! throws: a store that seemed empty would be saved over what is stored.
//!
//! Handles are numbers of texts, or [`NONE`]. An input text stands in the input buffer; it is given
//! by its length and whether it is UTF-16 (else one byte a character). Outputs are left where
//! [`View::out_address`] and [`View::out_length`] say, until the next call.

mod changes;
mod edits;
mod json;
mod listeners;
mod mergeable;
mod reads;
mod schemas;
mod sorted;
mod texts;
mod transactions;
mod writes;

use crate::binding::block::BlockReader;
use crate::binding::layout::{NONE, STEP_ASK_ROLLBACK, STEP_CALL, STEP_DONE, TAG_REJECTED, View};
use crate::binding::persister_error::coded;
use crate::store::json::{Content, Reader};
use crate::store::{Advance, Cell, CellKind, Detail, Incoming, Store, Table, TextId};
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::throw_val;

/// One store.
#[wasm_bindgen(js_name = StoreCore)]
#[derive(Default)]
pub struct StoreCore {
    store: RefCell<Store>,
    /// What is being staged, innermost last: reading an object can run user code that writes.
    blocks: RefCell<Vec<BlockReader>>,
    /// What reads the JSON text that is coming in pieces.
    reader: RefCell<Option<Reader>>,
    content: RefCell<Content>,
    /// What came from another store, until it is applied.
    incoming: RefCell<Option<Incoming>>,
    view: Box<View>,
}

impl StoreCore {
    fn read<R>(&self, read: impl FnOnce(&Store) -> R) -> R {
        match self.store.try_borrow() {
            Ok(store) => read(&store),
            Err(_) => broken(),
        }
    }

    fn write<R>(&self, write: impl FnOnce(&mut Store) -> R) -> R {
        match self.store.try_borrow_mut() {
            Ok(mut store) => {
                let result = write(&mut store);
                self.view.epoch.set(store.epoch());
                self.view.texts_epoch.set(store.texts_epoch());
                self.view.is_writable.set(u32::from(store.is_writable()));
                result
            }
            Err(_) => broken(),
        }
    }

    fn put(&self, (address, length): (u32, u32)) {
        self.view.out_address.set(address);
        self.view.out_length.set(length);
    }

    /// The cell that the facade has left in the view, if it is one of this store's.
    fn incoming(&self, store: &Store) -> Option<Cell> {
        // Any bits may stand there.
        let (high, low) = self.view.new.get().words();
        if high == TAG_REJECTED {
            return Some(Cell::rejected(low));
        }
        let cell = Cell::from_words(high, low)?;
        match cell.kind() {
            CellKind::Absent => None,
            CellKind::Text(id) | CellKind::Json(id) if !store.has_text(id) => None,
            _ => Some(cell),
        }
    }

    fn with_table<R: Default>(&self, table: u32, read: impl FnOnce(&Table) -> R) -> R {
        self.read(|store| store.table(TextId(table)).map_or_else(R::default, read))
    }

    fn answer(&self, advance: &Advance) -> u32 {
        match advance {
            Advance::Done => STEP_DONE,
            Advance::AskRollback => STEP_ASK_ROLLBACK,
            Advance::Call(call) => {
                self.view.listener.set(call.listener.0);
                self.view.kind.set(call.kind as u32);
                for (place, id) in self.view.path.iter().zip(call.path) {
                    place.set(id.map_or(NONE, |id| id.0));
                }
                match call.detail {
                    Detail::None => {}
                    Detail::Change { new, old } => {
                        self.view.new.set(new);
                        self.view.old.set(old);
                    }
                    Detail::Has(has) => self.view.state.set(u32::from(has)),
                    Detail::Count(count) => self.view.state.set(count as u32),
                }
                STEP_CALL
            }
        }
    }
}

#[wasm_bindgen(js_class = StoreCore)]
impl StoreCore {
    /// An empty store.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> StoreCore {
        StoreCore::default()
    }

    /// Where its [`View`] is.
    #[wasm_bindgen(js_name = viewAddress)]
    #[must_use]
    pub fn view_address(&self) -> usize {
        &raw const *self.view as usize
    }
}

/// Throws the error of a store that an earlier call has left half done.
fn broken() -> ! {
    let message = "the store is broken: there was no memory or stack for an earlier call";
    throw_val(coded(message, "store-broken").into())
}

/// The numbers that a store's ids are, as words.
fn push_ids(out: &mut Vec<u64>, ids: impl Iterator<Item = TextId>) {
    out.extend(ids.map(|id| u64::from(id.0)));
}

fn push_cell(out: &mut Vec<u64>, cell: Cell) {
    let (high, low) = cell.words();
    out.push(u64::from(high) << 32 | u64::from(low));
}

fn pair(low: u32, high: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}
