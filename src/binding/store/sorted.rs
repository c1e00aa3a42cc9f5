//! Sorted row ids, and who listens to them.
//!
//! What is sorted is named by four numbers: the table, the cell or [`NONE`] for the row ids, and the
//! two places between which the ids are wanted, where negative ones count from the end.

use super::StoreCore;
use super::listeners::step;
use super::push_ids;
use crate::binding::buffers::{put_words, with_text};
use crate::binding::layout::{NEVER, NONE};
use crate::store::{ListenerId, SortBy, SortedArgs, SortedBy, TextId, Turn, Window};
use wasm_bindgen::prelude::wasm_bindgen;

fn sort_by(table: u32, cell: u32) -> SortBy {
    SortBy {
        table: TextId(table),
        cell: (cell != NONE).then_some(TextId(cell)),
    }
}

/// Each place is cut to an integer as JavaScript would, and 0 if it is no number.
fn window(start: f64, end: f64) -> Window {
    Window {
        start: start as i64,
        end: end as i64,
    }
}

#[wasm_bindgen(js_class = StoreCore)]
impl StoreCore {
    /// The ids of a table's rows in order. False, and nothing put out, if the cells have no plain
    /// order, so that JavaScript must sort them.
    #[wasm_bindgen(js_name = sortedOut)]
    #[must_use]
    pub fn sorted_out(
        &self,
        table: u32,
        cell: u32,
        descending: bool,
        start: f64,
        end: f64,
    ) -> bool {
        let (by, window) = (sort_by(table, cell), window(start, end));
        let ids = self.write(|store| store.plainly_sorted_row_ids(by, descending, window));
        let is_sorted = ids.is_some();
        let ids = ids.into_iter().flatten();
        self.put(put_words(|out| push_ids(out, ids)));
        is_sorted
    }

    /// Registers a listener to sorted row ids at a path, as for `addListener`. With
    /// `is_custom`, JavaScript always sorts.
    #[wasm_bindgen(js_name = addSortedListener)]
    #[expect(clippy::too_many_arguments, reason = "numbers cross as arguments")]
    #[must_use]
    pub fn add_sorted_listener(
        &self,
        mutator: bool,
        first: u32,
        second: u32,
        third: u32,
        table: u32,
        cell: u32,
        descending: bool,
        start: f64,
        end: f64,
        is_custom: bool,
    ) -> u32 {
        let args = SortedArgs {
            by: sort_by(table, cell),
            descending,
            window: window(start, end),
            sorted_by: if is_custom {
                SortedBy::Caller
            } else {
                SortedBy::StoreIfPlain
            },
        };
        self.write(|store| {
            let is_known = |id| id == NEVER || store.has_text(TextId(id));
            if !is_known(table) || cell != NONE && !is_known(cell) {
                return NONE;
            }
            let path = [first, second, third].map(|id| step(store, id));
            store.add_sorted_listener(mutator, path, args).0
        })
    }

    /// Looks up what is on a listener's page now. False if it is certainly the same as before.
    #[wasm_bindgen(js_name = turnPage)]
    #[must_use]
    pub fn turn_page(&self, listener: u32) -> bool {
        self.write(|store| store.turn_page(ListenerId(listener)) != Turn::Same)
    }

    /// Puts out the ids on a listener's page. False if it is for JavaScript to sort, and then to say
    /// what is on it.
    #[wasm_bindgen(js_name = pageOut)]
    #[must_use]
    pub fn page_out(&self, listener: u32) -> bool {
        self.read(|store| {
            let page = store.page(ListenerId(listener));
            let ids = page.unwrap_or_default().iter().copied();
            self.put(put_words(|out| push_ids(out, ids)));
            page.is_some()
        })
    }

    /// Says what is on a listener's page: `count` handles, which are 32-bit words in place of an input
    /// text. True if that is new.
    #[wasm_bindgen(js_name = offerPage)]
    #[must_use]
    pub fn offer_page(&self, listener: u32, count: usize) -> bool {
        let page: Vec<_> = with_text(count * 4, false, |handles| {
            let handles = handles.as_chunks::<4>().0.iter();
            handles
                .map(|handle| TextId(u32::from_le_bytes(*handle)))
                .collect()
        });
        self.write(|store| {
            let are_known = page.iter().all(|id| store.has_text(*id));
            are_known && store.offer_page(ListenerId(listener), page)
        })
    }
}
