//! What a mergeable store has beyond others: the time, and contents and hashes of others' as JSON.

use super::{StoreCore, broken};
use crate::binding::buffers::{put_bytes, with_text};
use crate::store::hlc::client;
use crate::store::{MergeableForm, Store, merge_texts, read_mergeable};
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;

/// The JSON text of a mergeable content, without hashes, on its way from one store to another. It is to be
/// freed.
#[wasm_bindgen]
pub struct MergeableText(Vec<u8>);

impl StoreCore {
    fn take_in(&self, text: &[u8], has_changes: bool) -> bool {
        let form = if has_changes {
            MergeableForm::Changes
        } else {
            MergeableForm::Content
        };
        let incoming = self.write(|store| read_mergeable(store, form, text)).ok();
        let is_one = incoming.is_some();
        let Ok(mut place) = self.incoming.try_borrow_mut() else {
            broken()
        };
        *place = incoming;
        is_one
    }
}

/// As [`merge_texts`]; none if one is no mergeable content.
#[wasm_bindgen(js_name = mergedTexts)]
#[must_use]
pub fn merged_texts(one: &str, other: &str) -> Option<String> {
    let merged = merge_texts([one.as_bytes(), other.as_bytes()]).ok()?;
    String::from_utf8(merged).ok()
}

#[wasm_bindgen(js_class = StoreCore)]
impl StoreCore {
    /// An empty mergeable store, for the client of a hash.
    #[must_use]
    pub fn mergeable(hash: u32) -> StoreCore {
        StoreCore {
            store: RefCell::new(Store::new_mergeable(client(hash))),
            ..StoreCore::default()
        }
    }

    /// As [`Store::set_now`]. A fraction is dropped, and what is negative or no number counts as 0.
    #[wasm_bindgen(js_name = setNow)]
    pub fn set_now(&self, now: f64) {
        self.write(|store| store.set_now(now as u64));
    }

    /// As [`Store::set_defaulting`].
    #[wasm_bindgen(js_name = setDefaulting)]
    pub fn set_defaulting(&self, is_defaulting: bool) {
        self.write(|store| store.set_defaulting(is_defaulting));
    }

    /// Reads the JSON text of a mergeable content, or with `has_changes` perhaps of changes, of `length`
    /// bytes of UTF-8 in the input; whether it is one. It is kept for `applyMergeable`.
    #[wasm_bindgen(js_name = readMergeable)]
    #[must_use]
    pub fn read_mergeable(&self, length: usize, has_changes: bool) -> bool {
        with_text(length, false, |text| self.take_in(text, has_changes))
    }

    /// The same for a content that is in memory.
    #[wasm_bindgen(js_name = readMergeableText)]
    #[must_use]
    pub fn read_mergeable_text(&self, text: &MergeableText) -> bool {
        self.take_in(&text.0, true)
    }

    /// The JSON text of the mergeable content, for another store.
    #[wasm_bindgen(js_name = mergeableText)]
    #[must_use]
    pub fn mergeable_text(&self) -> MergeableText {
        let mut text = Vec::new();
        self.write(|store| store.write_mergeable(false, &mut text));
        MergeableText(text)
    }

    /// Merges what `readMergeable` has read, or sets the content to just that.
    #[wasm_bindgen(js_name = applyMergeable)]
    pub fn apply_mergeable(&self, is_all: bool) {
        let Ok(incoming) = self.incoming.try_borrow_mut().map(|mut place| place.take()) else {
            broken()
        };
        self.write(|store| match incoming {
            Some(incoming) if is_all => store.set_mergeable(incoming),
            Some(incoming) => store.merge(incoming),
            None => {}
        });
    }

    /// Puts out as JSON: the mergeable content (0), the changes of the transaction (1), the same with
    /// hashes (2), the hashes of the tables and of the values (3), of each table (4), of each value (5);
    /// and the changes with hashes and with all stamps that are new (6).
    #[wasm_bindgen(js_name = mergeableOut)]
    pub fn mergeable_out(&self, what: u32) {
        let out = self.write(|store| {
            put_bytes(|out| match what {
                0 => store.write_mergeable(true, out),
                1 => store.write_mergeable_changes(false, false, out),
                2 => store.write_mergeable_changes(true, false, out),
                6 => store.write_mergeable_changes(true, true, out),
                3 => store.write_content_hashes(out),
                4 => store.write_table_hashes(out),
                _ => store.write_value_hashes(out),
            })
        });
        self.put(out);
    }

    /// Puts out as JSON what another store's hashes lead to, whose JSON is in the input, of `length`
    /// bytes: the difference of its tables (0), the hashes of rows (1), their difference (2), the hashes of
    /// cells (3), their difference (4), and that of its values (5). Nothing if they are no JSON.
    #[wasm_bindgen(js_name = differenceOut)]
    pub fn difference_out(&self, what: u32, length: usize) {
        let out = self.write(|store| {
            put_bytes(|out| {
                let written = with_text(length, false, |other| match what {
                    0 => store.write_table_diff(other, out),
                    1 => store.write_row_hashes(other, out),
                    2 => store.write_row_diff(other, out),
                    3 => store.write_cell_hashes(other, out),
                    4 => store.write_cell_diff(other, out),
                    _ => store.write_value_diff(other, out),
                });
                if written.is_err() {
                    out.clear();
                }
            })
        });
        self.put(out);
    }
}
