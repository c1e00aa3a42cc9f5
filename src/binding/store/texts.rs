//! Texts in and out; see [`super::super::buffers`] for how they cross.

use super::StoreCore;
use crate::binding::buffers::{put_bytes, put_words, with_text};
use crate::binding::layout::NONE;
use crate::store::{TextId, wtf8};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(js_class = StoreCore)]
impl StoreCore {
    /// The handle of an id, made if there is none.
    #[must_use]
    pub fn intern(&self, length: usize, is_utf16: bool) -> u32 {
        self.write(|store| Some(with_text(length, is_utf16, |text| store.intern(text).0)))
            .unwrap_or(NONE)
    }

    /// The handle of an id that the store has met.
    #[must_use]
    pub fn find(&self, length: usize, is_utf16: bool) -> u32 {
        self.read(|store| with_text(length, is_utf16, |text| store.find(text).map(|id| id.0)))
            .unwrap_or(NONE)
    }

    /// The handle of a cell's text.
    #[wasm_bindgen(js_name = cellText)]
    #[must_use]
    pub fn cell_text(&self, length: usize, is_utf16: bool) -> u32 {
        self.write(|store| Some(with_text(length, is_utf16, |text| store.cell_text(text).0)))
            .unwrap_or(NONE)
    }

    /// Puts a text out: as UTF-8, or if that is impossible as UTF-16, and then true.
    #[wasm_bindgen(js_name = textOut)]
    #[must_use]
    pub fn text_out(&self, id: u32) -> bool {
        self.read(|store| {
            let text = store.text(TextId(id));
            let is_utf16 = wtf8::has_lone_surrogate(text);
            let (address, length) = put_bytes(|out| {
                if is_utf16 {
                    let mut units = Vec::new();
                    wtf8::to_utf16(text, &mut units);
                    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
                } else {
                    out.extend(text);
                }
            });
            self.put((address, length));
            is_utf16
        })
    }

    /// Puts several texts out, whose handles are `count` 32-bit words in place of an input text: joined, as
    /// UTF-8; then, as words, the length of each in UTF-16 units, or [`NONE`] and nothing joined for
    /// a text that UTF-8 cannot hold. Gives the address of the lengths.
    #[wasm_bindgen(js_name = textsOut)]
    #[must_use]
    pub fn texts_out(&self, count: usize) -> u32 {
        self.read(|store| {
            let mut lengths = (0, 0);
            let joined = put_bytes(|out| {
                lengths = put_words(|lengths| {
                    with_text(count * 4, false, |handles| {
                        for handle in handles.as_chunks::<4>().0 {
                            let text = store.text(TextId(u32::from_le_bytes(*handle)));
                            if wtf8::has_lone_surrogate(text) {
                                lengths.push(u64::from(NONE));
                            } else {
                                out.extend(text);
                                // A unit for every character, and one more for each beyond the
                                // basic plane, whose four bytes begin with F0 or more.
                                let units =
                                    text.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
                                        + text.iter().filter(|byte| **byte >= 0xF0).count();
                                lengths.push(units as u64);
                            }
                        }
                    });
                });
            });
            self.put(joined);
            lengths.0
        })
    }
}
