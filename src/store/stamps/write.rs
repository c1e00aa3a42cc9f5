//! Writing stamps as JSON: `[thing, hlc, hash]`, or without hashes `[thing, hlc]`, and `[thing]` where
//! there is no HLC. Objects and arrays in cells are texts, U+FFFD and their JSON; what was deleted is
//! the text U+FFFC.

use super::content::Stamped;
use super::moment::Moment;
use super::table::{DELETED, Stamp, StampedTable, stamp_hash};
use crate::store::Store;
use crate::store::cell::Cell;
use crate::store::hash::Hash;
use crate::store::json::{UNDEFINED, write_cell, write_string};
use crate::store::log::Entry;
use crate::store::order::{rank, sort_as_object};
use crate::store::shape::{Column, ShapeId};
use crate::store::table::Slot;
use crate::store::text::{TextId, Texts};
use crate::store::touched::{Builder, Touched};

/// Writes stamps, with their hashes or without.
pub(super) struct Stamper<'a> {
    pub texts: &'a Texts,
    pub is_hashed: bool,
    scratch: Vec<u8>,
    /// The shape of the latest row, and its columns in the order of an object's keys.
    latest: (ShapeId, Vec<(TextId, Column)>),
}

impl<'a> Stamper<'a> {
    pub fn new(texts: &'a Texts, is_hashed: bool) -> Self {
        Stamper {
            texts,
            is_hashed,
            scratch: Vec::new(),
            latest: (ShapeId::DEAD, Vec::new()),
        }
    }

    /// Writes the key of a member of an object.
    pub fn key(&self, out: &mut Vec<u8>, is_first: &mut bool, id: TextId) {
        if !std::mem::take(is_first) {
            out.push(b',');
        }
        write_string(out, self.texts.bytes(id));
        out.push(b':');
    }

    /// Ends a stamp after its thing.
    pub fn end(&self, out: &mut Vec<u8>, moment: Moment, hash: Hash) {
        if self.is_hashed || !moment.is_none() {
            out.extend_from_slice(b",\"");
            moment.write(out);
            out.push(b'"');
        }
        if self.is_hashed {
            out.push(b',');
            write_hash(out, hash);
        }
        out.push(b']');
    }

    fn thing(&self, out: &mut Vec<u8>, stamp: Stamp) {
        out.push(b'[');
        if stamp.thing.is_identical(DELETED) {
            write_string(out, UNDEFINED);
        } else {
            write_cell(out, self.texts, stamp.thing);
        }
    }

    /// Writes the stamp of a cell or value, with its HLC even if that is empty, and without its hash.
    pub fn stamp_with_hlc(&self, out: &mut Vec<u8>, stamp: Stamp) {
        self.thing(out, stamp);
        out.extend_from_slice(b",\"");
        stamp.moment.write(out);
        out.extend_from_slice(b"\"]");
    }

    /// Writes the stamp of a cell or value.
    pub fn stamp(&mut self, out: &mut Vec<u8>, stamp: Stamp) {
        self.thing(out, stamp);
        let hash = if self.is_hashed {
            stamp_hash(self.texts, stamp, &mut self.scratch)
        } else {
            0
        };
        self.end(out, stamp.moment, hash);
    }

    /// The rows that follow are of another table.
    pub fn begin_table(&mut self) {
        self.latest.0 = ShapeId::DEAD;
    }

    /// Writes the stamp of a row.
    pub fn row(&mut self, out: &mut Vec<u8>, table: &StampedTable, slot: Slot) {
        let shape = table.shape(slot);
        if shape != self.latest.0 {
            let mut columns = table.columns(shape);
            sort_as_object(&mut columns, |(id, _)| rank(self.texts.bytes(*id)));
            self.latest = (shape, columns);
        }
        out.extend_from_slice(b"[{");
        let mut is_first = true;
        let columns = std::mem::take(&mut self.latest.1);
        for (id, column) in &columns {
            if let Some(stamp) = table.at(slot, *column) {
                self.key(out, &mut is_first, *id);
                self.stamp(out, stamp);
            }
        }
        self.latest.1 = columns;
        out.push(b'}');
        self.end(out, table.row_moment(slot), table.row_hash(slot));
    }

    /// Writes the stamp of a table.
    pub fn table(&mut self, out: &mut Vec<u8>, table: &StampedTable) {
        self.begin_table();
        let mut rows: Vec<_> = table.rows().collect();
        if !table.is_in_object_order() {
            sort_as_object(&mut rows, |(id, _)| rank(self.texts.bytes(*id)));
        }
        out.extend_from_slice(b"[{");
        let mut is_first = true;
        for (id, slot) in rows {
            self.key(out, &mut is_first, id);
            self.row(out, table, slot);
        }
        out.push(b'}');
        self.end(out, table.moment, table.hash());
    }
}

/// Writes a hash.
pub(super) fn write_hash(out: &mut Vec<u8>, hash: Hash) {
    let hash = Cell::number(f64::from(hash)).unwrap_or(Cell::NULL);
    write_cell(out, &Texts::default(), hash);
}

/// What there is by id, in the order of an object's keys.
pub(super) fn in_object_order<T>(
    texts: &Texts,
    entries: impl Iterator<Item = (TextId, T)>,
) -> Vec<(TextId, T)> {
    let mut entries: Vec<_> = entries.collect();
    sort_as_object(&mut entries, |(id, _)| rank(texts.bytes(*id)));
    entries
}

impl Store {
    /// The stamps as they are now, with their hashes.
    pub(super) fn stamped(&mut self) -> Option<(&Stamped, &Texts)> {
        self.stamp(false);
        let content = &mut self.stamps.as_deref_mut()?.content;
        content.refresh(&self.texts);
        Some((content, &self.texts))
    }

    /// Writes the mergeable content: `[tables, values]`, as [`read_mergeable`](super::read_mergeable)
    /// reads it; without hashes, as changes.
    pub fn write_mergeable(&mut self, is_hashed: bool, out: &mut Vec<u8>) {
        let found = if is_hashed {
            self.stamped()
        } else {
            self.stamp(false);
            let stamps = self.stamps.as_deref();
            stamps.map(|stamps| (&stamps.content, &self.texts))
        };
        let Some((content, texts)) = found else {
            return out.extend_from_slice(br#"[[{},"",0],[{},"",0]]"#);
        };
        let mut stamper = Stamper::new(texts, is_hashed);
        out.extend_from_slice(b"[[{");
        let mut is_first = true;
        for (id, table) in in_object_order(texts, content.tables.iter()) {
            stamper.key(out, &mut is_first, id);
            stamper.table(out, table);
        }
        out.push(b'}');
        stamper.end(out, content.tables_moment, content.tables_hash(texts));
        out.extend_from_slice(b",[{");
        let mut is_first = true;
        for (id, stamp) in in_object_order(texts, content.values.iter()) {
            stamper.key(out, &mut is_first, id);
            stamper.stamp(out, *stamp);
        }
        out.push(b'}');
        stamper.end(out, content.values_moment, content.values_hash());
        out.push(b']');
    }

    /// Writes the stamps of what the transaction so far has written to: `[tables, values, 1]`. With
    /// `all`, those too that came from elsewhere and changed only the stamp: a later change to the same, or
    /// the deletion of what was not there.
    pub fn write_mergeable_changes(&mut self, is_hashed: bool, all: bool, out: &mut Vec<u8>) {
        let paths = self.stamped_paths(all);
        let Some((content, texts)) = self.stamped() else {
            return out.extend_from_slice(b"[[{}],[{}],1]");
        };
        let mut stamper = Stamper::new(texts, is_hashed);
        out.extend_from_slice(b"[[{");
        let mut first_table = true;
        let tables = paths.tables.iter().map(|node| (node.id, node));
        for (id, node) in in_object_order(texts, tables) {
            let Some(table) = content.tables.get(id) else {
                continue;
            };
            stamper.key(out, &mut first_table, id);
            out.extend_from_slice(b"[{");
            let rows = paths.rows.get(node.rows.clone()).unwrap_or_default();
            let rows = rows.iter().map(|node| (node.id, node));
            let mut first_row = true;
            for (row, node) in in_object_order(texts, rows) {
                let Some(slot) = table.find(row) else {
                    continue;
                };
                stamper.key(out, &mut first_row, row);
                out.extend_from_slice(b"[{");
                let cells = paths.cells.get(node.cells.clone()).unwrap_or_default();
                let cells = cells.iter().map(|node| (node.id, ()));
                let mut first_cell = true;
                for (id, ()) in in_object_order(texts, cells) {
                    if let Some(stamp) = table.get(slot, id) {
                        stamper.key(out, &mut first_cell, id);
                        stamper.stamp(out, stamp);
                    }
                }
                out.push(b'}');
                stamper.end(out, table.row_moment(slot), table.row_hash(slot));
            }
            out.push(b'}');
            stamper.end(out, table.moment, table.hash());
        }
        out.push(b'}');
        stamper.end(out, content.tables_moment, content.tables_hash(texts));
        out.extend_from_slice(b",[{");
        let mut is_first = true;
        let values = paths.values.iter().map(|node| (node.id, ()));
        for (id, ()) in in_object_order(texts, values) {
            if let Some(stamp) = content.value(id) {
                stamper.key(out, &mut is_first, id);
                stamper.stamp(out, stamp);
            }
        }
        out.push(b'}');
        stamper.end(out, content.values_moment, content.values_hash());
        out.extend_from_slice(b",1]");
    }

    /// The cells and values whose stamps the transaction so far may have changed.
    fn stamped_paths(&mut self, all: bool) -> Touched {
        let mut builder = Builder::with_room(self.log.len());
        for entry in self.log.iter() {
            match *entry {
                Entry::CellStamped { .. } | Entry::ValueStamped { .. } if !all => {}
                Entry::CellSet {
                    table, row, cell, ..
                }
                | Entry::CellRemoved {
                    table, row, cell, ..
                }
                | Entry::CellStamped { table, row, cell } => {
                    let row = builder.row(table, row);
                    builder.cell(row, cell, Cell::ABSENT);
                }
                Entry::ValueSet { value, .. }
                | Entry::ValueRemoved { value, .. }
                | Entry::ValueStamped { value } => builder.value(value, Cell::ABSENT),
                _ => {}
            }
        }
        builder.finish(self)
    }
}
