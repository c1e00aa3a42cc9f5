//! Finding out where two mergeable stores differ, by their hashes: which tables, of those which rows,
//! of those which cells. All goes in and out as JSON.

use super::moment::Moment;
use super::table::stamp_hash;
use super::write::{Stamper, in_object_order, write_hash};
use crate::store::hash::Hash;
use crate::store::json::{MAX_DEPTH, Scanner, Token};
use crate::store::table::Slot;
use crate::store::text::{TextId, Texts};
use crate::store::{Error, Store};
use rustc_hash::FxHashMap;

/// Hashes of another store: an object of them by id, or an object of such objects, and so on. Ids that
/// this store has never met are left out.
#[derive(Default)]
struct Hashes {
    hash: Option<Hash>,
    members: Vec<(TextId, Hashes)>,
    places: FxHashMap<TextId, usize>,
}

impl Hashes {
    fn read(texts: &Texts, text: &[u8]) -> Result<Hashes, Error> {
        let mut scanner = Scanner::new(text);
        let hashes = Hashes::read_value(texts, &mut scanner, 0)?;
        scanner.end()?;
        Ok(hashes)
    }

    fn read_value(texts: &Texts, scanner: &mut Scanner<'_>, depth: usize) -> Result<Hashes, Error> {
        let mut hashes = Hashes::default();
        match scanner.peek() {
            Some(b'{') if depth > MAX_DEPTH => return Err(Error::TooDeep),
            Some(b'{') => {
                scanner.expect(b'{')?;
                let mut is_first = true;
                while scanner.has_member(is_first, b'}')? {
                    is_first = false;
                    let id = texts.find(scanner.key()?);
                    let member = Hashes::read_value(texts, scanner, depth + 1)?;
                    if let Some(id) = id {
                        hashes.places.insert(id, hashes.members.len());
                        hashes.members.push((id, member));
                    }
                }
            }
            Some(b'-' | b'0'..=b'9') => {
                if let Token::Number(number) = scanner.token()? {
                    let hash = number as Hash;
                    hashes.hash = (f64::from(hash) == number).then_some(hash);
                }
            }
            _ => scanner.skip()?,
        }
        Ok(hashes)
    }

    fn get(&self, id: TextId) -> Option<&Hashes> {
        let (_, member) = self.members.get(*self.places.get(&id)?)?;
        Some(member)
    }

    fn members(&self) -> impl Iterator<Item = (TextId, &Hashes)> {
        self.members.iter().map(|(id, member)| (*id, member))
    }
}

/// Writes an object of hashes.
fn write_hashes(out: &mut Vec<u8>, texts: &Texts, hashes: impl Iterator<Item = (TextId, Hash)>) {
    let stamper = Stamper::new(texts, true);
    out.push(b'{');
    let mut is_first = true;
    for (id, hash) in in_object_order(texts, hashes) {
        stamper.key(out, &mut is_first, id);
        write_hash(out, hash);
    }
    out.push(b'}');
}

impl Store {
    /// The hash of all tables, and that of all values.
    pub fn content_hashes(&mut self) -> (Hash, Hash) {
        let hashes = self
            .stamped()
            .map(|(content, texts)| (content.tables_hash(texts), content.values_hash()));
        hashes.unwrap_or_default()
    }

    /// Writes the hashes of all tables and of all values: `[tables, values]`.
    pub fn write_content_hashes(&mut self, out: &mut Vec<u8>) {
        let (tables, values) = self.content_hashes();
        out.push(b'[');
        write_hash(out, tables);
        out.push(b',');
        write_hash(out, values);
        out.push(b']');
    }

    /// Writes the hash of each table.
    pub fn write_table_hashes(&mut self, out: &mut Vec<u8>) {
        if let Some((content, texts)) = self.stamped() {
            let tables = content.tables.iter();
            write_hashes(out, texts, tables.map(|(id, table)| (id, table.hash())));
        }
    }

    /// Writes the hash of each value.
    pub fn write_value_hashes(&mut self, out: &mut Vec<u8>) {
        if let Some((content, texts)) = self.stamped() {
            let mut scratch = Vec::new();
            let values = content.values.iter();
            let hashes = values.map(|(id, stamp)| (id, stamp_hash(texts, *stamp, &mut scratch)));
            write_hashes(out, texts, hashes);
        }
    }

    /// Given the hashes of another store's tables, writes the stamps of those that it does not have,
    /// and the hashes here of those that differ: `[tables, hashes]`.
    ///
    /// # Errors
    /// If the hashes are no JSON.
    pub fn write_table_diff(&mut self, other: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        let Some((content, texts)) = self.stamped() else {
            return Ok(());
        };
        let other = Hashes::read(texts, other)?;
        let mut stamper = Stamper::new(texts, false);
        let mut differing = Vec::new();
        out.extend_from_slice(b"[[{");
        let mut is_first = true;
        for (id, table) in in_object_order(texts, content.tables.iter()) {
            match other.get(id) {
                None => {
                    stamper.key(out, &mut is_first, id);
                    stamper.table(out, table);
                }
                Some(its) if its.hash != Some(table.hash()) => differing.push((id, table.hash())),
                Some(_) => {}
            }
        }
        out.push(b'}');
        stamper.end(out, content.tables_moment, 0);
        out.push(b',');
        write_hashes(out, texts, differing.into_iter());
        out.push(b']');
        Ok(())
    }

    /// Given the hashes of another store's tables, writes the hashes of all rows here of those that
    /// differ, by table.
    ///
    /// # Errors
    /// If the hashes are no JSON.
    pub fn write_row_hashes(&mut self, other: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        let Some((content, texts)) = self.stamped() else {
            return Ok(());
        };
        let other = Hashes::read(texts, other)?;
        let stamper = Stamper::new(texts, true);
        out.push(b'{');
        let mut is_first = true;
        for (id, its) in other.members() {
            let Some(table) = content.tables.get(id) else {
                continue;
            };
            if its.hash != Some(table.hash()) {
                stamper.key(out, &mut is_first, id);
                let rows = table.rows();
                write_hashes(
                    out,
                    texts,
                    rows.map(|(id, slot)| (id, table.row_hash(slot))),
                );
            }
        }
        out.push(b'}');
        Ok(())
    }

    /// Given the hashes of another store's rows by table, writes the stamps of the rows that it does
    /// not have in these tables, and the hashes here of those that differ: `[tables, hashes]`.
    ///
    /// # Errors
    /// If the hashes are no JSON.
    pub fn write_row_diff(&mut self, other: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        let Some((content, texts)) = self.stamped() else {
            return Ok(());
        };
        let other = Hashes::read(texts, other)?;
        let mut stamper = Stamper::new(texts, false);
        let mut differing = Vec::new();
        out.extend_from_slice(b"[[{");
        let mut first_table = true;
        for (id, its) in other.members() {
            let Some(table) = content.tables.get(id) else {
                continue;
            };
            stamper.begin_table();
            let mut rows_here = Vec::new();
            let mut first_row = true;
            for (row, slot) in in_object_order(texts, table.rows()) {
                match its.get(row) {
                    None => {
                        if first_row {
                            stamper.key(out, &mut first_table, id);
                            out.extend_from_slice(b"[{");
                        }
                        stamper.key(out, &mut first_row, row);
                        stamper.row(out, table, slot);
                    }
                    Some(its) if its.hash != Some(table.row_hash(slot)) => {
                        rows_here.push((row, table.row_hash(slot)));
                    }
                    Some(_) => {}
                }
            }
            if !first_row {
                out.push(b'}');
                // As in TinyBase, the table's own HLC is not told here.
                stamper.end(out, Moment::NONE, 0);
            }
            if !rows_here.is_empty() {
                differing.push((id, rows_here));
            }
        }
        out.push(b'}');
        stamper.end(out, content.tables_moment, 0);
        out.extend_from_slice(b",{");
        let mut is_first = true;
        for (id, rows) in differing {
            stamper.key(out, &mut is_first, id);
            write_hashes(out, texts, rows.into_iter());
        }
        out.extend_from_slice(b"}]");
        Ok(())
    }

    /// Given the hashes of another store's rows by table, writes the hashes of all cells here of those
    /// that differ, by table and row.
    ///
    /// # Errors
    /// If the hashes are no JSON.
    pub fn write_cell_hashes(&mut self, other: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        let Some((content, texts)) = self.stamped() else {
            return Ok(());
        };
        let other = Hashes::read(texts, other)?;
        let stamper = Stamper::new(texts, true);
        let mut scratch = Vec::new();
        out.push(b'{');
        let mut first_table = true;
        for (id, its) in other.members() {
            let Some(table) = content.tables.get(id) else {
                continue;
            };
            let mut first_row = true;
            for (row, its) in its.members() {
                let Some(slot) = table.find(row) else {
                    continue;
                };
                if its.hash == Some(table.row_hash(slot)) {
                    continue;
                }
                if first_row {
                    stamper.key(out, &mut first_table, id);
                    out.push(b'{');
                }
                stamper.key(out, &mut first_row, row);
                let cells = table.stamps(slot);
                let hashes = cells.map(|(id, stamp)| (id, stamp_hash(texts, stamp, &mut scratch)));
                write_hashes(out, texts, hashes);
            }
            if !first_row {
                out.push(b'}');
            }
        }
        out.push(b'}');
        Ok(())
    }

    /// Given the hashes of another store's cells by table and row, writes the stamps of the cells in
    /// these rows that it does not have or that differ.
    ///
    /// # Errors
    /// If the hashes are no JSON.
    pub fn write_cell_diff(&mut self, other: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        let Some((content, texts)) = self.stamped() else {
            return Ok(());
        };
        let other = Hashes::read(texts, other)?;
        let stamper = Stamper::new(texts, false);
        let mut scratch = Vec::new();
        out.extend_from_slice(b"[{");
        let mut first_table = true;
        for (id, its) in other.members() {
            let Some(table) = content.tables.get(id) else {
                continue;
            };
            let mut first_row = true;
            let rows: Vec<(TextId, Slot, &Hashes)> = its
                .members()
                .filter_map(|(row, its)| Some((row, table.find(row)?, its)))
                .collect();
            for (row, slot, its) in rows {
                let mut first_cell = true;
                for (cell, stamp) in in_object_order(texts, table.stamps(slot)) {
                    let known = its.get(cell).and_then(|its| its.hash);
                    if known == Some(stamp_hash(texts, stamp, &mut scratch)) {
                        continue;
                    }
                    if first_row {
                        stamper.key(out, &mut first_table, id);
                        out.extend_from_slice(b"[{");
                    }
                    if first_cell {
                        stamper.key(out, &mut first_row, row);
                        out.extend_from_slice(b"[{");
                    }
                    stamper.key(out, &mut first_cell, cell);
                    // As in TinyBase, an HLC is told here even if there is none.
                    stamper.stamp_with_hlc(out, stamp);
                }
                if !first_cell {
                    out.push(b'}');
                    stamper.end(out, table.row_moment(slot), 0);
                }
            }
            if !first_row {
                out.push(b'}');
                stamper.end(out, table.moment, 0);
            }
        }
        out.push(b'}');
        stamper.end(out, content.tables_moment, 0);
        Ok(())
    }

    /// Given the hashes of another store's values, writes the stamps of those that it does not have or
    /// that differ.
    ///
    /// # Errors
    /// If the hashes are no JSON.
    pub fn write_value_diff(&mut self, other: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        let Some((content, texts)) = self.stamped() else {
            return Ok(());
        };
        let other = Hashes::read(texts, other)?;
        let mut stamper = Stamper::new(texts, false);
        let mut scratch = Vec::new();
        out.extend_from_slice(b"[{");
        let mut is_first = true;
        for (id, stamp) in in_object_order(texts, content.values.iter()) {
            let known = other.get(id).and_then(|its| its.hash);
            if known != Some(stamp_hash(texts, *stamp, &mut scratch)) {
                stamper.key(out, &mut is_first, id);
                stamper.stamp(out, *stamp);
            }
        }
        out.push(b'}');
        stamper.end(out, content.values_moment, 0);
        Ok(())
    }
}
