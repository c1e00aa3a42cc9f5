//! What the facade cannot read from memory by itself.

use super::StoreCore;
use super::{pair, push_cell, push_ids};
use crate::binding::buffers::{put_words, with_text};
use crate::binding::layout::NONE;
use crate::store::{Cell, Column, ShapeId, Table, TextId};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(js_class = StoreCore)]
impl StoreCore {
    /// The ids of the tables.
    #[wasm_bindgen(js_name = tableIdsOut)]
    pub fn table_ids_out(&self) {
        let out = self.read(|store| put_words(|out| push_ids(out, store.table_ids())));
        self.put(out);
    }

    /// What identifies the numbering of a table's slots, columns and shapes; 0 if there is no table.
    #[must_use]
    pub fn generation(&self, table: u32) -> u32 {
        self.with_table(table, |table| table.generation)
    }

    /// The slot of a row, whose id is the input text.
    #[wasm_bindgen(js_name = slotOf)]
    #[must_use]
    pub fn slot_of(&self, table: u32, length: usize, is_utf16: bool) -> u32 {
        let slot = self.read(|store| {
            let row = with_text(length, is_utf16, |text| store.find(text))?;
            store.table(TextId(table))?.find(row)
        });
        slot.map_or(NONE, |slot| slot.0)
    }

    /// The column of a cell id.
    #[wasm_bindgen(js_name = columnOf)]
    #[must_use]
    pub fn column_of(&self, table: u32, cell_id: u32) -> u32 {
        self.with_table(table, |table| {
            table.column(TextId(cell_id)).map(|column| column.0)
        })
        .unwrap_or(NONE)
    }

    /// How many rows have a cell in a column.
    #[wasm_bindgen(js_name = columnRows)]
    #[must_use]
    pub fn column_rows(&self, table: u32, column: u32) -> u32 {
        self.with_table(table, |table| table.column_rows(Column(column)))
    }

    /// The cell ids that rows of a table have.
    #[wasm_bindgen(js_name = columnIdsOut)]
    pub fn column_ids_out(&self, table: u32) {
        let out = self.with_table(table, |table| {
            put_words(|out| push_ids(out, table.cell_ids().into_iter()))
        });
        self.put(out);
    }

    /// Where a table's list of chunk addresses is.
    #[wasm_bindgen(js_name = chunksAddress)]
    #[must_use]
    pub fn chunks_address(&self, table: u32) -> usize {
        self.with_table(table, Table::chunks_address)
    }

    /// Where a column's list of block addresses is.
    #[wasm_bindgen(js_name = blocksAddress)]
    #[must_use]
    pub fn blocks_address(&self, table: u32, column: u32) -> usize {
        self.with_table(table, |table| table.blocks_address(Column(column)))
    }

    /// The columns of a shape in order, as words: column, and the handle of its id.
    #[wasm_bindgen(js_name = shapeOut)]
    pub fn shape_out(&self, table: u32, shape: u32) {
        let out = self.with_table(table, |table| {
            put_words(|out| {
                for column in table.shape_columns(ShapeId(shape)).iter() {
                    let id = table.column_id(*column).map_or(NONE, |id| id.0);
                    out.push(pair(column.0, id));
                }
            })
        });
        self.put(out);
    }

    /// How many rows a table has.
    #[wasm_bindgen(js_name = rowCount)]
    #[must_use]
    pub fn row_count(&self, table: u32) -> usize {
        self.with_table(table, Table::row_count)
    }

    /// Changes whenever a row of a table comes or goes.
    #[wasm_bindgen(js_name = rowChanges)]
    #[must_use]
    pub fn row_changes(&self, table: u32) -> u32 {
        self.with_table(table, |table| table.row_changes)
    }

    /// The rows of a table in order, as words: slot, and the handle of the id.
    #[wasm_bindgen(js_name = rowsOut)]
    pub fn rows_out(&self, table: u32) {
        let out = self.with_table(table, |table| {
            put_words(|out| out.extend(table.rows().map(|(id, slot)| pair(slot.0, id.0))))
        });
        self.put(out);
    }

    /// Puts a value into the view; absent if there is none.
    #[wasm_bindgen(js_name = valueOut)]
    pub fn value_out(&self, value: u32) {
        let value = self.read(|store| Some(store.value(TextId(value))));
        self.view.new.set(value.unwrap_or(Cell::ABSENT));
    }

    /// The values in order, as words: the handle of the id, and the value.
    #[wasm_bindgen(js_name = valuesOut)]
    pub fn values_out(&self) {
        let out = self.read(|store| {
            put_words(|out| {
                for (id, cell) in store.values() {
                    out.push(u64::from(id.0));
                    push_cell(out, cell);
                }
            })
        });
        self.put(out);
    }
}
