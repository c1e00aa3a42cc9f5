//! The schemas of a store: setting and deleting them, what becomes of the content, and their return
//! when the transaction is rolled back.

use super::Store;
use super::json::write_string;
use super::order::{rank, sort_as_object};
use super::schema::{CellSchema, Schema, TablesSchema};
use super::staged::{Staged, StagedTable};
use super::text::{TextId, Texts};
use std::sync::Arc;

/// A schema, if there is one. Whether there is one is not known to users until one has been set or
/// deleted (or that was rolled back): TinyBase says `undefined` rather than `false`.
#[derive(Clone)]
struct Held<S> {
    schema: Option<Arc<S>>,
    is_known: bool,
}

impl<S> Default for Held<S> {
    fn default() -> Self {
        Held {
            schema: None,
            is_known: false,
        }
    }
}

impl<S> Held<S> {
    fn has(&self) -> Option<bool> {
        self.is_known.then_some(self.schema.is_some())
    }
}

/// The schemas, and what they were at the start of the transaction that changes them.
#[derive(Default)]
pub struct Schemas {
    tables: Held<TablesSchema>,
    values: Held<Schema>,
    tables_before: Option<Held<TablesSchema>>,
    values_before: Option<Held<Schema>>,
}

impl Schemas {
    /// The schema of the tables, if there is one.
    pub fn tables(&self) -> Option<&TablesSchema> {
        self.tables.schema.as_deref()
    }

    /// The schema of the values, if there is one.
    pub fn values(&self) -> Option<&Schema> {
        self.values.schema.as_deref()
    }
}

/// Puts a schema, or none, in the place of the one that is held. What was there at the start of the
/// transaction keeps its texts, since it may come back.
fn exchange<S>(
    texts: &mut Texts,
    held: &mut Held<S>,
    before: &mut Option<Held<S>>,
    new: Option<S>,
    ids: impl Fn(&S, &mut dyn FnMut(TextId)),
) {
    if let Some(new) = &new {
        ids(new, &mut |id| texts.acquire(id));
    }
    let new = Held {
        schema: new.map(Arc::new),
        is_known: true,
    };
    let old = std::mem::replace(held, new);
    if before.is_none() {
        *before = Some(old);
    } else if let Some(old) = &old.schema {
        ids(old, &mut |id| texts.release(id));
    }
}

/// Lets go of a schema that was held.
fn release<S>(texts: &mut Texts, held: Option<Held<S>>, ids: impl Fn(&S, &mut dyn FnMut(TextId))) {
    if let Some(schema) = held.and_then(|held| held.schema) {
        ids(&schema, &mut |id| texts.release(id));
    }
}

fn ids_of_tables(schema: &TablesSchema, visit: &mut dyn FnMut(TextId)) {
    schema.text_ids().for_each(visit);
}

fn ids_of_values(schema: &Schema, visit: &mut dyn FnMut(TextId)) {
    schema.text_ids().for_each(visit);
}

impl Store {
    /// Whether the tables have a schema; `None` if that has never been said.
    #[must_use]
    pub fn has_tables_schema(&self) -> Option<bool> {
        self.schemas.tables.has()
    }

    /// Whether the values have a schema; `None` if that has never been said.
    #[must_use]
    pub fn has_values_schema(&self) -> Option<bool> {
        self.schemas.values.has()
    }

    /// The schema of the tables, if there is one.
    #[must_use]
    pub fn tables_schema(&self) -> Option<&TablesSchema> {
        self.schemas.tables()
    }

    /// The schema of the values, if there is one.
    #[must_use]
    pub fn values_schema(&self) -> Option<&Schema> {
        self.schemas.values()
    }

    /// Gives the tables a schema, and sets what they hold anew according to it. Parts that make no
    /// sense ([`CellSchema::checked`]) are left out; if nothing is left, it is ignored.
    pub fn set_tables_schema(&mut self, tables: Vec<(TextId, Vec<(TextId, CellSchema)>)>) {
        if !self.is_writable() {
            return;
        }
        let mut checked = Vec::new();
        for (id, cells) in tables {
            let cells = self.checked(cells);
            if !cells.is_empty() {
                checked.push((id, cells));
            }
        }
        if checked.is_empty() {
            return;
        }
        let new = TablesSchema::replacing(self.schemas.tables(), checked);
        self.put_tables_schema(Some(new));
        let tables = self.tables_as_offered();
        if !tables.is_empty() {
            self.del_tables();
            self.set_tables(tables);
        }
    }

    /// Gives the values a schema, and sets what they hold anew according to it, with its defaults.
    /// Parts that make no sense are left out; if nothing is left, it is ignored.
    pub fn set_values_schema(&mut self, values: Vec<(TextId, CellSchema)>) {
        let checked = self.checked(values);
        if !self.is_writable() || checked.is_empty() {
            return;
        }
        let new = Schema::replacing(None, checked);
        self.put_values_schema(Some(new));
        let mut values: Vec<_> = self.values().collect();
        for (id, _) in &values {
            self.remove_value(*id);
        }
        sort_as_object(&mut values, |(id, _)| rank(self.texts.bytes(*id)));
        self.set_values(&values, false);
    }

    /// Takes the schema of the tables away; what they hold stays.
    pub fn del_tables_schema(&mut self) {
        if self.is_writable() {
            self.put_tables_schema(None);
        }
    }

    /// Takes the schema of the values away; what they hold stays.
    pub fn del_values_schema(&mut self) {
        if self.is_writable() {
            self.put_values_schema(None);
        }
    }

    /// The transaction ends, and the schemas stay as they are.
    pub(super) fn keep_schemas(&mut self) {
        let (texts, schemas) = (&mut self.texts, &mut self.schemas);
        release(texts, schemas.tables_before.take(), ids_of_tables);
        release(texts, schemas.values_before.take(), ids_of_values);
    }

    /// The schemas return to what they were. As in TinyBase, each part of one is listed where its
    /// successor was, and with values that goes for the order in which they are missed, too.
    pub(super) fn restore_schemas(&mut self) {
        if let Some(before) = self.schemas.tables_before.take() {
            let tables = before.schema.as_deref().map(|old| {
                let mut tables: Vec<_> = old.tables().collect();
                sort_as_object(&mut tables, |(id, _)| rank(self.texts.bytes(*id)));
                let tables = tables.into_iter();
                let tables = tables.map(|(id, table)| (id, self.as_object(table)));
                TablesSchema::replacing(self.schemas.tables(), tables.collect())
            });
            self.put_tables_schema(tables);
            release(&mut self.texts, Some(before), ids_of_tables);
        }
        if let Some(before) = self.schemas.values_before.take() {
            let values = before.schema.as_deref();
            let values =
                values.map(|old| Schema::returning(self.schemas.values(), self.as_object(old)));
            self.put_values_schema(values);
            release(&mut self.texts, Some(before), ids_of_values);
        }
        self.keep_schemas();
    }

    /// What a schema says, in the order of an object's keys.
    fn as_object(&self, schema: &Schema) -> Vec<(TextId, CellSchema)> {
        let cells = schema.cells().map(|(id, cell)| (id, cell.clone()));
        let mut cells: Vec<_> = cells.collect();
        sort_as_object(&mut cells, |(id, _)| rank(self.texts.bytes(*id)));
        cells
    }

    fn put_tables_schema(&mut self, new: Option<TablesSchema>) {
        let (held, before) = (&mut self.schemas.tables, &mut self.schemas.tables_before);
        exchange(&mut self.texts, held, before, new, ids_of_tables);
    }

    fn put_values_schema(&mut self, new: Option<Schema>) {
        let (held, before) = (&mut self.schemas.values, &mut self.schemas.values_before);
        exchange(&mut self.texts, held, before, new, ids_of_values);
    }

    fn checked(&self, cells: Vec<(TextId, CellSchema)>) -> Vec<(TextId, CellSchema)> {
        let checked = |(id, cell): (TextId, CellSchema)| Some((id, cell.checked(&self.texts)?));
        cells.into_iter().filter_map(checked).collect()
    }

    /// The tables as one would offer them again: every level in the order of an object's keys.
    fn tables_as_offered(&self) -> Vec<(TextId, StagedTable)> {
        let rank = |id: TextId| rank(self.texts.bytes(id));
        let mut ids: Vec<_> = self.tables.ids().collect();
        sort_as_object(&mut ids, |id| rank(*id));
        let mut staged = Staged::default();
        for id in ids {
            let Some(table) = self.tables.get(id) else {
                continue;
            };
            let mut rows: Vec<_> = table.rows().collect();
            sort_as_object(&mut rows, |(row, _)| rank(*row));
            for (row, slot) in rows {
                let mut cells: Vec<_> = table.cells(slot).collect();
                sort_as_object(&mut cells, |(cell, _)| rank(*cell));
                staged.row(&self.texts, row, cells.into_iter());
            }
            staged.end_table(&self.texts, id);
        }
        staged.tables
    }

    /// Writes the schema of the tables as JSON: `{}` if there is none.
    pub fn write_tables_schema_json(&self, out: &mut Vec<u8>) {
        let tables = self.schemas.tables().into_iter();
        let mut tables: Vec<_> = tables.flat_map(TablesSchema::tables).collect();
        sort_as_object(&mut tables, |(id, _)| rank(self.texts.bytes(*id)));
        self.write_members(out, tables, |out, table| {
            self.write_schema(out, Some(table))
        });
    }

    /// Writes the schema of the values as JSON: `{}` if there is none.
    pub fn write_values_schema_json(&self, out: &mut Vec<u8>) {
        self.write_schema(out, self.schemas.values());
    }

    fn write_schema(&self, out: &mut Vec<u8>, schema: Option<&Schema>) {
        let mut cells: Vec<_> = schema.into_iter().flat_map(Schema::cells).collect();
        sort_as_object(&mut cells, |(id, _)| rank(self.texts.bytes(*id)));
        self.write_members(out, cells, |out, cell| {
            out.push(b'{');
            for (index, (member, json)) in cell.members.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_string(out, member.name().as_bytes());
                out.push(b':');
                out.extend(json.iter());
            }
            out.push(b'}');
        });
    }

    fn write_members<T>(
        &self,
        out: &mut Vec<u8>,
        members: Vec<(TextId, T)>,
        write: impl Fn(&mut Vec<u8>, T),
    ) {
        out.push(b'{');
        for (index, (id, member)) in members.into_iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            write_string(out, self.texts.bytes(id));
            out.push(b':');
            write(out, member);
        }
        out.push(b'}');
    }
}
