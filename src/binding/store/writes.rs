//! The writes. All are ignored outside a writable transaction.

use super::{StoreCore, broken};
use crate::binding::block::{BlockReader, known};
use crate::binding::buffers::{with_block, with_text};
use crate::binding::layout::NONE;
use crate::store::{Column, Error, Slot, Staged, Store, TextId};
use wasm_bindgen::prelude::wasm_bindgen;

/// The deepest level at which content is staged: more than JavaScript's stack has room for.
const DEEPEST: usize = 1 << 16;

#[wasm_bindgen(js_class = StoreCore)]
impl StoreCore {
    /// Sets a cell to the one in the view; gives the slot of its row. The row's id is the input text.
    #[wasm_bindgen(js_name = setCell)]
    #[must_use]
    pub fn set_cell(&self, table: u32, length: usize, is_utf16: bool, cell_id: u32) -> u32 {
        let slot = self.write(|store| {
            let (table, cell_id) = (known(store, table).ok()?, known(store, cell_id).ok()?);
            let cell = self.incoming(store)?;
            let row = with_text(length, is_utf16, |text| store.intern(text));
            store.set_cell(table, row, cell_id, cell)
        });
        slot.map_or(NONE, |slot| slot.0)
    }

    /// Sets a cell, by slot and column, to the one in the view; false if there is no such row.
    #[wasm_bindgen(js_name = setCellAt)]
    #[must_use]
    pub fn set_cell_at(&self, table: u32, slot: u32, column: u32) -> bool {
        self.write(|store| match self.incoming(store) {
            Some(cell) => store.set_cell_at(TextId(table), Slot(slot), Column(column), cell),
            None => false,
        })
    }

    /// Sets a value to the one in the view.
    #[wasm_bindgen(js_name = setValue)]
    pub fn set_value(&self, value: u32) {
        self.write(|store| {
            if let (Ok(value), Some(cell)) = (known(store, value), self.incoming(store)) {
                store.set_value(value, cell);
            }
        });
    }

    /// Stages the block of `length` bytes in the input, at a level of nesting from 0; false if it is
    /// malformed.
    #[must_use]
    pub fn stage(&self, level: usize, length: usize) -> bool {
        let Ok(mut blocks) = self.blocks.try_borrow_mut() else {
            broken()
        };
        if level > DEEPEST {
            return false;
        }
        while blocks.len() <= level {
            blocks.push(BlockReader::default());
        }
        let Some(block) = blocks.get_mut(level) else {
            return false;
        };
        self.write(|store| Some(with_block(length, |input| block.read(store, input))))
            .is_some_and(|result: Result<(), Error>| result.is_ok())
    }

    /// Forgets what is staged at a level.
    pub fn unstage(&self, level: usize) {
        self.with_staged(level, |_, _| ());
    }

    /// Uses what is staged at a level; then it is forgotten.
    fn with_staged<R: Default>(
        &self,
        level: usize,
        apply: impl FnOnce(&mut Store, &mut Staged) -> R,
    ) -> R {
        let Ok(mut blocks) = self.blocks.try_borrow_mut() else {
            broken()
        };
        let Some(block) = blocks.get_mut(level) else {
            // Nothing was ever staged there: what was offered is empty.
            return self.write(|store| apply(store, &mut Staged::default()));
        };
        let result = self.write(|store| apply(store, &mut block.staged));
        block.clear();
        result
    }

    /// Sets the tables to what is staged.
    #[wasm_bindgen(js_name = setTables)]
    pub fn set_tables(&self, level: usize) {
        self.with_staged(level, |store, staged| {
            store.set_tables(std::mem::take(&mut staged.tables));
        });
    }

    /// Sets a table to the rows that are staged.
    #[wasm_bindgen(js_name = setTable)]
    pub fn set_table(&self, level: usize, table: u32) {
        self.with_staged(level, |store, staged| {
            if let Ok(id) = known(store, table) {
                store.set_table(id, staged.take_table(store.texts()));
            }
        });
    }

    /// Sets the cells that are staged, and leaves all others of the table.
    #[wasm_bindgen(js_name = mergeTable)]
    pub fn merge_table(&self, level: usize, table: u32) {
        self.with_staged(level, |store, staged| {
            if let Ok(id) = known(store, table) {
                store.merge_table(id, staged.take_table(store.texts()));
            }
        });
    }

    /// Sets the row, or with `partial` some cells of it, to what is staged; the row's id is staged
    /// with it.
    #[wasm_bindgen(js_name = setRow)]
    pub fn set_row(&self, level: usize, table: u32, partial: bool) {
        self.with_staged(level, |store, staged| {
            if let (Ok(table), Some((row, cells))) = (known(store, table), staged.latest_row()) {
                store.set_row(table, row, cells, partial);
            }
        });
    }

    /// Adds a row with the cells that are staged (under any id); gives the handle of its own id.
    #[wasm_bindgen(js_name = addRow)]
    #[must_use]
    pub fn add_row(&self, level: usize, table: u32, reuse: bool) -> u32 {
        let added = self.with_staged(level, |store, staged| {
            let (table, (_, cells)) = (known(store, table).ok()?, staged.latest_row()?);
            store.add_row(table, cells, reuse)
        });
        added.map_or(NONE, |id| id.0)
    }

    /// Sets the values, or with `partial` some of them, to what is staged.
    #[wasm_bindgen(js_name = setValues)]
    pub fn set_values(&self, level: usize, partial: bool) {
        self.with_staged(level, |store, staged| {
            store.set_values(&staged.values, partial)
        });
    }

    /// Sets each of the values that are staged, and leaves all others.
    #[wasm_bindgen(js_name = mergeValues)]
    pub fn merge_values(&self, level: usize) {
        self.with_staged(level, |store, staged| store.merge_values(&staged.values));
    }

    /// Reports that what was offered as a row is none, or as a table, or as the tables: what is
    /// [`NONE`] was not named.
    #[wasm_bindgen(js_name = reportInvalidCell)]
    pub fn report_invalid_cell(&self, table: u32, row: u32) {
        self.write(|store| {
            let id = |id| known(store, id).ok();
            store.report_invalid_cell([id(table), id(row), None]);
        });
    }

    /// Reports that what was offered as values is no object.
    #[wasm_bindgen(js_name = reportInvalidValues)]
    pub fn report_invalid_values(&self) {
        self.write(Store::report_invalid_values);
    }

    /// Takes a cell out; with `force` even if it has a default, and then its row.
    #[wasm_bindgen(js_name = delCell)]
    pub fn del_cell(&self, table: u32, row: u32, cell_id: u32, force: bool) {
        self.write(|store| store.del_cell(TextId(table), TextId(row), TextId(cell_id), force));
    }

    /// Takes a row out.
    #[wasm_bindgen(js_name = delRow)]
    pub fn del_row(&self, table: u32, row: u32) {
        self.write(|store| store.del_row(TextId(table), TextId(row)));
    }

    /// Takes a table out.
    #[wasm_bindgen(js_name = delTable)]
    pub fn del_table(&self, table: u32) {
        self.write(|store| store.del_table(TextId(table)));
    }

    /// Takes all tables out.
    #[wasm_bindgen(js_name = delTables)]
    pub fn del_tables(&self) {
        self.write(Store::del_tables);
    }

    /// Takes a value out.
    #[wasm_bindgen(js_name = delValue)]
    pub fn del_value(&self, value: u32) {
        self.write(|store| store.del_value(TextId(value)));
    }

    /// Takes all values out.
    #[wasm_bindgen(js_name = delValues)]
    pub fn del_values(&self) {
        self.write(Store::del_values);
    }
}
