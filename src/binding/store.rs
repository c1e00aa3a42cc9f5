//! The store as the facade drives it: numbers in, numbers out, everything larger through buffers.
//!
//! No method takes `&mut self`, none calls into JavaScript, and the store is borrowed only within a
//! method, so user code never meets a borrow (law 1). Should a borrow fail all the same, the method
//! does nothing and answers as if there were nothing, rather than panic.
//!
//! Handles are numbers of texts, or [`NONE`]. An input text stands in the input buffer; it is given
//! by its length and whether it is UTF-16 (else one byte a character). Outputs are left where
//! [`View::out_address`] and [`View::out_length`] say, until the next call.

use super::block::{BlockReader, known};
use super::buffers::{put_bytes, put_words, with_block, with_text};
use super::layout::{
    NEVER, NONE, READ_AGAIN, READ_FAILED, READ_NONE, READ_SOME, STEP_ASK_ROLLBACK, STEP_CALL,
    STEP_DONE, View,
};
use crate::store::json::{self, Half, Progress, Reader, Stop, Whole};
use crate::store::{
    Advance, Cell, CellKind, Column, Error, KINDS, Kind, ListenerId, ShapeId, Slot, Staged, Start,
    Step, Store, Table, TextId, Touched, wtf8,
};
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;

/// One store.
#[wasm_bindgen(js_name = StoreCore)]
#[derive(Default)]
pub struct StoreCore {
    store: RefCell<Store>,
    /// What is being staged, innermost last: reading an object can run user code that writes.
    blocks: RefCell<Vec<BlockReader>>,
    /// What reads the JSON text that is coming in pieces.
    reader: RefCell<Option<Reader>>,
    content: RefCell<json::Content>,
    view: Box<View>,
}

impl StoreCore {
    fn read<R: Default>(&self, read: impl FnOnce(&Store) -> R) -> R {
        self.store
            .try_borrow()
            .map_or_else(|_| R::default(), |store| read(&store))
    }

    fn write<R: Default>(&self, write: impl FnOnce(&mut Store) -> R) -> R {
        match self.store.try_borrow_mut() {
            Ok(mut store) => {
                let result = write(&mut store);
                self.view.epoch.set(store.epoch());
                self.view.texts_epoch.set(store.texts_epoch());
                result
            }
            Err(_) => R::default(),
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
                if let Some((new, old)) = call.change {
                    self.view.new.set(new);
                    self.view.old.set(old);
                }
                STEP_CALL
            }
        }
    }
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

/// Writes `[count]`, then each table with its rows and cells: id and count, or id and [`NONE`] for
/// what is gone.
fn push_changes(out: &mut Vec<u64>, store: &Store, changed: &Touched) {
    out.push(changed.tables.len() as u64);
    for node in &changed.tables {
        let Some(table) = store.table(node.id) else {
            out.push(pair(node.id.0, NONE));
            continue;
        };
        let rows = changed.rows.get(node.rows.clone()).unwrap_or_default();
        out.push(pair(node.id.0, rows.len() as u32));
        for row in rows {
            if table.find(row.id).is_none() {
                out.push(pair(row.id.0, NONE));
                continue;
            }
            let cells = changed.cells.get(row.cells.clone()).unwrap_or_default();
            out.push(pair(row.id.0, cells.len() as u32));
            for cell in cells {
                out.push(u64::from(cell.id.0));
                push_cell(out, cell.new);
            }
        }
    }
    out.push(changed.values.len() as u64);
    for value in &changed.values {
        out.push(u64::from(value.id.0));
        push_cell(out, value.new);
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

    // Texts.

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

    // Transactions; see `store::transaction`.

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

    /// What to do next: `STEP_…`. The listener to call is in the view.
    #[must_use]
    pub fn step(&self) -> u32 {
        self.write(|store| self.answer(&store.step()))
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

    /// Whether writes are ignored now.
    #[wasm_bindgen(js_name = isLocked)]
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.read(Store::is_locked)
    }

    // Writes; all ignored outside a writable transaction.

    /// Sets a cell to the one in the view; gives the slot of its row. The row's id is the input text.
    #[wasm_bindgen(js_name = setCell)]
    #[must_use]
    pub fn set_cell(&self, table: u32, length: usize, is_utf16: bool, cell_id: u32) -> u32 {
        let slot = self.write(|store| {
            let (table, cell_id) = (known(store, table).ok()?, known(store, cell_id).ok()?);
            let cell = self.incoming(store)?;
            let row = with_text(length, is_utf16, |text| store.intern(text));
            store.set_cell(table, row, cell_id, cell);
            store.table(table)?.find(row)
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
            return false;
        };
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
            return R::default();
        };
        let Some(block) = blocks.get_mut(level) else {
            return R::default();
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
            if let (Ok(id), Some(table)) = (known(store, table), staged.take_table(store.texts())) {
                store.set_table(id, table);
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

    /// Takes a cell out.
    #[wasm_bindgen(js_name = delCell)]
    pub fn del_cell(&self, table: u32, row: u32, cell_id: u32) {
        self.write(|store| store.del_cell(TextId(table), TextId(row), TextId(cell_id)));
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

    // JSON.

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
            return f64::from(READ_FAILED);
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
        if is_last {
            let reader = reader.take();
            let content = done.or_else(|| reader.map(Reader::finish));
            if let (Ok(mut place), Some(content)) = (self.content.try_borrow_mut(), content) {
                *place = content;
            }
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
            return;
        };
        self.write(|store| {
            match content.tables {
                Half::Missing => {}
                Half::Empty => store.del_tables(),
                Half::Staged => store.set_tables(content.staged.tables),
            }
            match content.values {
                Half::Missing => {}
                Half::Empty => store.del_values(),
                Half::Staged => store.set_values(&content.staged.values, false),
            }
        });
    }

    /// Puts the JSON of the tables (0), the values (1) or both (2) out.
    #[wasm_bindgen(js_name = jsonOut)]
    pub fn json_out(&self, what: u32) {
        let out = self.write(|store| {
            put_bytes(|out| match what {
                0 => store.write_tables_json(out),
                1 => store.write_values_json(out),
                _ => store.write_json(out),
            })
        });
        self.put(out);
    }

    // Reads.

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

    /// The slot of a row.
    #[wasm_bindgen(js_name = slotOf)]
    #[must_use]
    pub fn slot_of(&self, table: u32, row: u32) -> u32 {
        self.with_table(table, |table| table.find(TextId(row)).map(|slot| slot.0))
            .unwrap_or(NONE)
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

    // Changes.

    /// The net changes of the transaction so far, as words: the number of tables, and for each its
    /// id and number of rows, or that it is gone; likewise rows, with the id and the cell for each
    /// cell; then the number of values, and for each its id and the value.
    #[wasm_bindgen(js_name = changesOut)]
    pub fn changes_out(&self) {
        let out = self.write(|store| {
            let changed = store.changed();
            put_words(|out| push_changes(out, store, &changed))
        });
        self.put(out);
    }

    /// Whether the transaction so far has any net change.
    #[wasm_bindgen(js_name = hasChanged)]
    #[must_use]
    pub fn has_changed(&self) -> bool {
        self.write(Store::has_changed)
    }

    /// What happened to a cell: whether it was touched, and in the view its new and old state.
    #[wasm_bindgen(js_name = cellChange)]
    #[must_use]
    pub fn cell_change(&self, table: u32, row: u32, cell_id: u32) -> bool {
        let change = self
            .write(|store| Some(store.cell_change(TextId(table), TextId(row), TextId(cell_id))));
        self.put_change(change)
    }

    /// The same for a value.
    #[wasm_bindgen(js_name = valueChange)]
    #[must_use]
    pub fn value_change(&self, value: u32) -> bool {
        let change = self.write(|store| Some(store.value_change(TextId(value))));
        self.put_change(change)
    }

    fn put_change(&self, change: Option<crate::store::Change>) -> bool {
        self.view
            .new
            .set(change.map_or(Cell::ABSENT, |change| change.new));
        self.view
            .old
            .set(change.map_or(Cell::ABSENT, |change| change.old));
        change.is_some_and(|change| change.is_touched)
    }

    /// The id changes of the call that `step` gave out, as words: the handle, and 1 or -1.
    #[wasm_bindgen(js_name = idSetOut)]
    pub fn id_set_out(&self) {
        let out = self.read(|store| {
            put_words(|out| {
                out.extend(
                    store
                        .id_set()
                        .iter()
                        .map(|(id, change)| pair(id.0, i32::from(*change) as u32)),
                );
            })
        });
        self.put(out);
    }

    // Listeners.

    /// Registers a listener of a kind. Its path is of handles, [`NONE`] for any id, or [`NEVER`].
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
}
