//! What a transaction has changed so far.

use super::StoreCore;
use super::{pair, push_cell};
use crate::binding::buffers::put_words;
use crate::binding::layout::NONE;
use crate::store::{Cell, CellNode, Change, IdGroup, InvalidPaths, Store, TextId, Touched};
use wasm_bindgen::prelude::wasm_bindgen;

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

/// Writes the same tree, with the old and the new state of each cell and value, and with what is gone
/// as far down as the rest.
fn push_history(out: &mut Vec<u64>, changed: &Touched) {
    let push_node = |out: &mut Vec<u64>, node: &CellNode| {
        out.push(u64::from(node.id.0));
        push_cell(out, node.old);
        push_cell(out, node.new);
    };
    out.push(changed.tables.len() as u64);
    for table in &changed.tables {
        let rows = changed.rows.get(table.rows.clone()).unwrap_or_default();
        out.push(pair(table.id.0, rows.len() as u32));
        for row in rows {
            let cells = changed.cells.get(row.cells.clone()).unwrap_or_default();
            out.push(pair(row.id.0, cells.len() as u32));
            cells.iter().for_each(|cell| push_node(out, cell));
        }
    }
    out.push(changed.values.len() as u64);
    changed
        .values
        .iter()
        .for_each(|value| push_node(out, value));
}

/// Writes `[count]`, then each group of ids that came and went: what they belong to, how many they
/// are, and each with 1 or -1.
fn push_groups(out: &mut Vec<u64>, groups: &[IdGroup]) {
    out.push(groups.len() as u64);
    for group in groups {
        let [first, second] = group.owner.map(|id| id.map_or(NONE, |id| id.0));
        out.push(pair(first, second));
        out.push(group.ids.len() as u64);
        push_id_set(out, &group.ids);
    }
}

fn push_id_set(out: &mut Vec<u64>, ids: &[(TextId, i8)]) {
    out.extend(
        ids.iter()
            .map(|(id, change)| pair(id.0, i32::from(*change) as u32)),
    );
}

/// Writes `[count]`, then each path at which something was offered in vain, and all that was.
fn push_invalid(out: &mut Vec<u64>, paths: &InvalidPaths) {
    out.push(paths.len() as u64);
    for (path, offered) in paths {
        let [first, second, third] = path.map(|id| id.map_or(NONE, |id| id.0));
        out.push(pair(first, second));
        out.push(pair(third, offered.len() as u32));
        offered.iter().for_each(|cell| push_cell(out, *cell));
    }
}

#[wasm_bindgen(js_class = StoreCore)]
impl StoreCore {
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

    /// The log of the transaction so far, as words: whether tables and whether values were touched;
    /// the net changes as of `changesOut`, but each cell and value with its old and its new state,
    /// those that are gone too; then the ids of tables, rows, cells and values that came and went, in
    /// groups: how many, and for each group the two ids that it belongs to, how many ids it has, and
    /// those as of `idSetOut`; then what was offered in vain as cells, and as values: how many paths,
    /// and for each its three ids, how much was offered, and that.
    #[wasm_bindgen(js_name = logOut)]
    pub fn log_out(&self) {
        let out = self.write(|store| {
            let (tables, values) = store.touches();
            let changed = store.changed();
            let ids = store.id_changes();
            put_words(|out| {
                out.push(pair(u32::from(tables), u32::from(values)));
                push_history(out, &changed);
                for groups in [&ids.tables, &ids.rows, &ids.cells, &ids.values] {
                    push_groups(out, groups);
                }
                for keyed in [false, true] {
                    push_invalid(out, &store.invalid(keyed));
                }
            })
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

    fn put_change(&self, change: Option<Change>) -> bool {
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
        let out = self.read(|store| put_words(|out| push_id_set(out, store.id_set())));
        self.put(out);
    }

    /// What was offered in vain, of the call that `step` gave out, as cells.
    #[wasm_bindgen(js_name = offeredOut)]
    pub fn offered_out(&self) {
        let out = self.read(|store| {
            put_words(|out| {
                let offered = store.offered();
                offered.iter().for_each(|cell| push_cell(out, *cell));
            })
        });
        self.put(out);
    }
}
