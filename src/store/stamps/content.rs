//! The stamps of everything: tables and values, with their hashes.

use super::moment::Moment;
use super::table::{Stamp, StampedTable, cell_in_row, moment_hash, stamp_hash};
use crate::store::hash::{Hash, member_hash};
use crate::store::ordered::OrderedMap;
use crate::store::text::{TextId, Texts};

/// The tables and values as others are told of them.
#[derive(Default)]
pub struct Stamped {
    /// The tables.
    pub tables: OrderedMap<Box<StampedTable>>,
    /// When the tables as such were changed.
    pub tables_moment: Moment,
    /// The values.
    pub values: OrderedMap<Stamp>,
    /// When the values as such were changed.
    pub values_moment: Moment,
    /// Their hash, if it was computed since they changed.
    values_hash: Option<Hash>,
}

impl Stamped {
    /// A table, made if there is none; and whether it was.
    pub fn table_or_new(
        &mut self,
        texts: &mut Texts,
        id: TextId,
    ) -> Option<(&mut StampedTable, bool)> {
        let is_new = !self.tables.contains(id);
        if is_new {
            texts.acquire(id);
            self.tables.insert(id, Box::new(StampedTable::new()));
        }
        let table = self.tables.get_mut(id)?;
        Some((table, is_new))
    }

    /// The stamp of a value.
    pub fn value(&self, id: TextId) -> Option<Stamp> {
        self.values.get(id).copied()
    }

    /// Sets the stamp of a value; gives the old one back.
    pub fn set_value(&mut self, texts: &mut Texts, id: TextId, stamp: Stamp) -> Option<Stamp> {
        if let Some(text) = stamp.thing.text_id() {
            texts.acquire(text);
        }
        let old = self.values.insert(id, stamp);
        match old {
            Some(old) => release_thing(texts, old),
            None => texts.acquire(id),
        }
        self.values_hash = None;
        old
    }

    /// Takes a value out, as if it had never been.
    pub fn remove_value(&mut self, texts: &mut Texts, id: TextId) {
        if let Some(old) = self.values.remove(id) {
            release_thing(texts, old);
            texts.release(id);
        }
        self.values_hash = None;
    }

    /// Takes out a table without rows, as if it had never been.
    pub fn remove_table(&mut self, texts: &mut Texts, id: TextId) {
        if let Some(table) = self.tables.remove(id) {
            table.release(texts);
            texts.release(id);
        }
    }

    /// Computes the hashes of what has changed.
    pub fn refresh(&mut self, texts: &Texts) {
        let ids: Vec<_> = self.tables.ids().collect();
        for id in ids {
            if let Some(table) = self.tables.get_mut(id) {
                table.refresh(texts);
            }
        }
        if self.values_hash.is_none() {
            let mut scratch = Vec::new();
            let members = self.values.iter().map(|(id, stamp)| {
                cell_in_row(texts.bytes(id), stamp_hash(texts, *stamp, &mut scratch))
            });
            self.values_hash = Some(members.fold(0, |sum, hash| sum ^ hash));
        }
    }

    /// The hash of all tables, once everything is [fresh](Stamped::refresh).
    pub fn tables_hash(&self, texts: &Texts) -> Hash {
        let members = self.tables.iter();
        let members = members.map(|(id, table)| member_hash(texts.bytes(id), table.hash()));
        members.fold(moment_hash(self.tables_moment), |sum, hash| sum ^ hash)
    }

    /// The hash of all values, once everything is [fresh](Stamped::refresh).
    pub fn values_hash(&self) -> Hash {
        self.values_hash.unwrap_or_default() ^ moment_hash(self.values_moment)
    }

    /// Lets go of the texts.
    pub fn release(&self, texts: &mut Texts) {
        for (id, table) in self.tables.iter() {
            table.release(texts);
            texts.release(id);
        }
        for (id, stamp) in self.values.iter() {
            release_thing(texts, *stamp);
            texts.release(id);
        }
    }
}

fn release_thing(texts: &mut Texts, stamp: Stamp) {
    if let Some(text) = stamp.thing.text_id() {
        texts.release(text);
    }
}
