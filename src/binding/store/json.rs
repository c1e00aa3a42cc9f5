//! JSON in and out.

use super::{StoreCore, broken};
use crate::binding::buffers::{put_bytes, with_text};
use crate::binding::layout::{READ_AGAIN, READ_FAILED, READ_NONE, READ_SOME};
use crate::store::Error;
use crate::store::json::{self, Progress, Reader, Stop, Whole};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(js_class = StoreCore)]
impl StoreCore {
    /// Reads a piece of a JSON text, of `length` bytes of UTF-8 in the input: `what` is 0 for tables,
    /// 1 for values, 2 for both. Gives one of `READ_…`, or the offset of what is no JSON. After the
    /// last piece the content is kept for `applyJson`.
    #[wasm_bindgen(js_name = readJson)]
    #[must_use]
    pub fn read_json(&self, what: u32, length: usize, is_first: bool, is_last: bool) -> f64 {
        let whole = match what {
            0 => Whole::Tables,
            1 => Whole::Values,
            _ => Whole::Content,
        };
        let Ok(mut reader) = self.reader.try_borrow_mut() else {
            broken()
        };
        let mut done = None;
        let read = self.write(|store| {
            Some(with_text(length, false, |text| {
                if is_first && is_last {
                    done = Some(json::read(store, whole, text)?);
                    return Ok(Progress::Some);
                }
                if is_first {
                    *reader = Some(Reader::new(whole));
                }
                let reader = reader.as_mut().ok_or(Stop::Reread)?;
                reader.feed(store, text, is_last)
            }))
        });
        // Of a text that cannot be read, nothing is kept.
        let is_good = matches!(read, Some(Ok(_)));
        if is_last || !is_good {
            let reader = reader.take();
            let content = done.or_else(|| reader.map(Reader::finish));
            let Ok(mut place) = self.content.try_borrow_mut() else {
                broken()
            };
            *place = content.filter(|_| is_good).unwrap_or_default();
        }
        match read {
            Some(Ok(Progress::Some)) => f64::from(READ_SOME),
            Some(Ok(Progress::None)) => f64::from(READ_NONE),
            Some(Err(Stop::Reread)) => f64::from(READ_AGAIN),
            Some(Err(Stop::Error(Error::MalformedJson { offset }))) => offset as f64,
            Some(Err(Stop::Error(_))) | None => f64::from(READ_FAILED),
        }
    }

    /// Applies what `readJson` has read.
    #[wasm_bindgen(js_name = applyJson)]
    pub fn apply_json(&self) {
        let Ok(content) = self
            .content
            .try_borrow_mut()
            .map(|mut place| std::mem::take(&mut *place))
        else {
            broken()
        };
        self.write(|store| store.set_content(content));
    }

    /// Puts the JSON of the tables (0), the values (1) or both (2) out, or that of their schemas: of the
    /// tables' (3), the values' (4) or both (5).
    #[wasm_bindgen(js_name = jsonOut)]
    pub fn json_out(&self, what: u32) {
        let out = self.write(|store| {
            put_bytes(|out| match what {
                0 => store.write_tables_json(out),
                1 => store.write_values_json(out),
                2 => store.write_json(out),
                3 => store.write_tables_schema_json(out),
                4 => store.write_values_schema_json(out),
                _ => {
                    out.push(b'[');
                    store.write_tables_schema_json(out);
                    out.push(b',');
                    store.write_values_schema_json(out);
                    out.push(b']');
                }
            })
        });
        self.put(out);
    }
}
