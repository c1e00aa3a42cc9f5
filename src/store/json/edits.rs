//! Writing edits: what is new, and the paths of what is gone.

use super::{write_cell, write_string};
use crate::store::Store;
use crate::store::cell::Cell;
use crate::store::edits::{EditTree, TrackerId};
use crate::store::text::{TextId, Texts};
use crate::store::touched::CellNode;

/// Writes an object, member by member.
struct Members<'a> {
    texts: &'a Texts,
    is_empty: bool,
}

impl<'a> Members<'a> {
    fn begin(texts: &'a Texts, out: &mut Vec<u8>) -> Self {
        out.push(b'{');
        Members {
            texts,
            is_empty: true,
        }
    }

    fn key(&mut self, out: &mut Vec<u8>, id: TextId) {
        if !std::mem::take(&mut self.is_empty) {
            out.push(b',');
        }
        write_string(out, self.texts.bytes(id));
        out.push(b':');
    }

    fn cells(&mut self, out: &mut Vec<u8>, cells: impl Iterator<Item = (TextId, Cell)>) {
        for (id, cell) in cells.filter(|(_, cell)| !cell.is_absent()) {
            self.key(out, id);
            write_cell(out, self.texts, cell);
        }
        out.push(b'}');
    }
}

fn new_cells(cells: &[CellNode]) -> impl Iterator<Item = (TextId, Cell)> {
    cells.iter().map(|cell| (cell.id, cell.new))
}

impl Store {
    /// Writes the whole rows of which cells are among the edits of a tracker, as JSON `[tables, {}]`; none
    /// if there are too many edits.
    pub fn write_edited_rows(&mut self, id: TrackerId, out: &mut Vec<u8>) {
        let Some(EditTree { touched: edits, .. }) = self.edits(id) else {
            return out.extend(b"[{},{}]");
        };
        out.extend(b"[{");
        let texts = self.texts();
        let mut tables = Members {
            texts,
            is_empty: true,
        };
        for node in &edits.tables {
            let Some(table) = self.table(node.id) else {
                continue;
            };
            tables.key(out, node.id);
            let mut rows = Members::begin(texts, out);
            for row in edits.rows.get(node.rows.clone()).unwrap_or_default() {
                if let Some(slot) = table.find(row.id) {
                    rows.key(out, row.id);
                    Members::begin(texts, out).cells(out, table.cells(slot));
                }
            }
            out.push(b'}');
        }
        out.extend(b"},{}]");
    }

    /// Writes the edits of a tracker, those under way included, as JSON `[tables, values, gone]`: what
    /// the store holds now where it was written to, objects and arrays as encoded strings, and the
    /// paths at which it holds nothing any more: `[table, row]`, `[table, row, cell]` and `[value]`.
    /// A row that is in both was replaced. If there are too many edits, it is all that the store holds, and nothing is gone.
    pub fn write_edits(&mut self, id: TrackerId, out: &mut Vec<u8>) {
        out.push(b'[');
        let Some(EditTree {
            touched: edits,
            replaced,
        }) = self.edits(id)
        else {
            self.write_tables_json(out);
            out.push(b',');
            self.write_values_json(out);
            out.extend(b",[]]");
            return;
        };
        let texts = self.texts();
        let rows = replaced.iter().map(|(table, row)| vec![*table, *row]);
        let mut gone: Vec<Vec<TextId>> = rows.collect();
        let mut tables = Members::begin(texts, out);
        for node in &edits.tables {
            let table = self.table(node.id);
            tables.key(out, node.id);
            let mut rows = Members::begin(texts, out);
            for row in edits.rows.get(node.rows.clone()).unwrap_or_default() {
                if table.and_then(|table| table.find(row.id)).is_none() {
                    gone.push(vec![node.id, row.id]);
                    continue;
                }
                let cells = edits.cells.get(row.cells.clone()).unwrap_or_default();
                rows.key(out, row.id);
                Members::begin(texts, out).cells(out, new_cells(cells));
                let absent = cells.iter().filter(|cell| cell.new.is_absent());
                gone.extend(absent.map(|cell| vec![node.id, row.id, cell.id]));
            }
            out.push(b'}');
        }
        out.extend(b"},");
        Members::begin(texts, out).cells(out, new_cells(&edits.values));
        let absent = edits.values.iter().filter(|value| value.new.is_absent());
        gone.extend(absent.map(|value| vec![value.id]));
        out.extend(b",[");
        for (index, path) in gone.iter().enumerate() {
            out.extend_from_slice(if index > 0 { b",[" } else { b"[" });
            for (index, id) in path.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_string(out, texts.bytes(*id));
            }
            out.push(b']');
        }
        out.extend(b"]]");
    }
}
