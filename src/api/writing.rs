//! The methods that write. Each is a transaction, or part of the one that is open.

use super::cell::Cell;
use super::content::{Row, Table, Tables, Values};
use super::handle::{Store, encode, find, intern, text};
use super::id_map::IdMap;
use crate::store::{Cell as CoreCell, Staged, Store as Core, TextId};

impl Store {
    /// Replaces the content. Empty tables, or empty values, delete what there was of them.
    ///
    /// ```
    /// # use cellarium::{Store, Tables, Values};
    /// let store = Store::new();
    /// store.set_content([("pets", [("fido", [("species", "dog")])])], [("open", true)]);
    /// store.set_content(Tables::new(), [("open", false)]);
    /// assert_eq!(store.get_content(), (Tables::new(), Values::from([("open", false)])));
    /// ```
    pub fn set_content(&self, tables: impl Into<Tables>, values: impl Into<Values>) -> &Self {
        let (tables, values) = (tables.into(), values.into());
        self.write(|core| set_content(core, &tables, &values))
    }

    /// Replaces all tables. Without any, does nothing.
    ///
    /// ```
    /// # use cellarium::{Store, Tables, row};
    /// let store = Store::new();
    /// store.set_tables([("pets", [("fido", [("species", "dog")])])]);
    ///
    /// let mut tables = Tables::new();
    /// tables.insert("pets", [("felix", row! {"species" => "cat", "age" => 2})]);
    /// store.set_tables(tables);
    /// assert_eq!(store.get_tables_json(), r#"{"pets":{"felix":{"species":"cat","age":2}}}"#);
    /// ```
    pub fn set_tables(&self, tables: impl Into<Tables>) -> &Self {
        let tables = tables.into();
        self.write(|core| set_tables(core, &tables))
    }

    /// Replaces a table. Without rows, does nothing.
    pub fn set_table(&self, table_id: &str, table: impl Into<Table>) -> &Self {
        let table = table.into();
        self.write(|core| {
            let id = intern(core, table_id);
            let mut staged = Staged::default();
            stage_rows(core, &mut staged, &table);
            let table = staged.take_table(core.texts());
            core.set_table(id, table);
        })
    }

    /// Replaces a row. Without cells, does nothing.
    pub fn set_row(&self, table_id: &str, row_id: &str, row: impl Into<Row>) -> &Self {
        self.put_row(table_id, row_id, &row.into(), false)
    }

    /// Sets some cells of a row and leaves the others.
    pub fn set_partial_row(&self, table_id: &str, row_id: &str, row: impl Into<Row>) -> &Self {
        self.put_row(table_id, row_id, &row.into(), true)
    }

    fn put_row(&self, table_id: &str, row_id: &str, row: &Row, partial: bool) -> &Self {
        self.write(|core| {
            let cells = encode_all(core, row);
            let (table, row) = (intern(core, table_id), intern(core, row_id));
            core.set_row(table, row, &cells, partial);
        })
    }

    /// Adds a row under a new id, which is a number: that of a deleted row if there is one, or else
    /// one that has not been used yet. `None` if the row has no valid cell, or in a listener that may
    /// not write.
    ///
    /// ```
    /// # use cellarium::Store;
    /// let store = Store::new();
    /// assert_eq!(store.add_row("pets", [("species", "dog")]).as_deref(), Some("0"));
    /// assert_eq!(store.add_row("pets", [("species", "cat")]).as_deref(), Some("1"));
    /// store.del_row("pets", "0");
    /// assert_eq!(store.add_row("pets", [("species", "cow")]).as_deref(), Some("0"));
    /// ```
    pub fn add_row(&self, table_id: &str, row: impl Into<Row>) -> Option<String> {
        self.put_new_row(table_id, &row.into(), true)
    }

    /// The same, but never under the id of a row that was deleted.
    pub fn add_row_without_reuse(&self, table_id: &str, row: impl Into<Row>) -> Option<String> {
        self.put_new_row(table_id, &row.into(), false)
    }

    fn put_new_row(&self, table_id: &str, row: &Row, reuse: bool) -> Option<String> {
        let mut added = None;
        self.write(|core| {
            let cells = encode_all(core, row);
            let table = intern(core, table_id);
            let id = core.add_row(table, &cells, reuse);
            added = id.map(|id| text(core, id));
        });
        added
    }

    /// Sets a cell; makes its row and table if there are none.
    pub fn set_cell(
        &self,
        table_id: &str,
        row_id: &str,
        cell_id: &str,
        cell: impl Into<Cell>,
    ) -> &Self {
        let cell = cell.into();
        self.write(|core| set_cell(core, [table_id, row_id, cell_id], &cell))
    }

    /// Sets a cell to what a function makes of it; the function gets `None` if there is none. It runs
    /// within the transaction.
    ///
    /// ```
    /// # use cellarium::{Cell, Store};
    /// let store = Store::new();
    /// let next = |age: Option<Cell>| age.and_then(|age| age.as_number()).unwrap_or(0.0) + 1.0;
    /// store.set_cell_with("pets", "fido", "age", next);
    /// store.set_cell_with("pets", "fido", "age", next);
    /// assert_eq!(store.get_cell("pets", "fido", "age"), Some(2.into()));
    /// ```
    pub fn set_cell_with<C: Into<Cell>>(
        &self,
        table_id: &str,
        row_id: &str,
        cell_id: &str,
        map: impl FnOnce(Option<Cell>) -> C,
    ) -> &Self {
        self.transaction(|store| {
            let cell = map(store.get_cell(table_id, row_id, cell_id));
            store.set_cell(table_id, row_id, cell_id, cell);
        });
        self
    }

    /// Replaces all values. Without any, does nothing.
    pub fn set_values(&self, values: impl Into<Values>) -> &Self {
        self.put_values(&values.into(), false)
    }

    /// Sets some values and leaves the others.
    pub fn set_partial_values(&self, values: impl Into<Values>) -> &Self {
        self.put_values(&values.into(), true)
    }

    fn put_values(&self, values: &Values, partial: bool) -> &Self {
        self.write(|core| {
            let values = encode_all(core, values);
            core.set_values(&values, partial);
        })
    }

    /// Sets a value.
    pub fn set_value(&self, value_id: &str, value: impl Into<Cell>) -> &Self {
        let value = value.into();
        self.write(|core| {
            let (id, value) = (intern(core, value_id), encode(core, &value));
            core.set_value(id, value);
        })
    }

    /// Sets a value to what a function makes of it; see [`Store::set_cell_with`].
    pub fn set_value_with<C: Into<Cell>>(
        &self,
        value_id: &str,
        map: impl FnOnce(Option<Cell>) -> C,
    ) -> &Self {
        self.transaction(|store| {
            let value = map(store.get_value(value_id));
            store.set_value(value_id, value);
        });
        self
    }

    /// Deletes all tables.
    pub fn del_tables(&self) -> &Self {
        self.write(Core::del_tables)
    }

    /// Deletes a table.
    pub fn del_table(&self, table_id: &str) -> &Self {
        self.write(|core| {
            if let Some(table) = find(core, table_id) {
                core.del_table(table);
            }
        })
    }

    /// Deletes a row, and with the last one its table.
    pub fn del_row(&self, table_id: &str, row_id: &str) -> &Self {
        self.write(|core| {
            if let (Some(table), Some(row)) = (find(core, table_id), find(core, row_id)) {
                core.del_row(table, row);
            }
        })
    }

    /// Deletes a cell, and with the last one its row. One that has a default in the schema is set to
    /// it instead.
    pub fn del_cell(&self, table_id: &str, row_id: &str, cell_id: &str) -> &Self {
        self.write(|core| del_cell(core, [table_id, row_id, cell_id], false))
    }

    /// The same, but with a cell that has a default its whole row is deleted.
    pub fn del_cell_forced(&self, table_id: &str, row_id: &str, cell_id: &str) -> &Self {
        self.write(|core| del_cell(core, [table_id, row_id, cell_id], true))
    }

    /// Deletes all values; those that have defaults in the schema are set to them instead.
    pub fn del_values(&self) -> &Self {
        self.write(Core::del_values)
    }

    /// Deletes a value. One that has a default in the schema is set to it instead.
    pub fn del_value(&self, value_id: &str) -> &Self {
        self.write(|core| {
            if let Some(value) = find(core, value_id) {
                core.del_value(value);
            }
        })
    }
}

pub(super) fn set_cell(core: &mut Core, path: [&str; 3], cell: &Cell) {
    let [table, row, id] = path.map(|id| intern(core, id));
    let cell = encode(core, cell);
    core.set_cell(table, row, id, cell);
}

pub(super) fn del_cell(core: &mut Core, path: [&str; 3], force: bool) {
    if let [Some(table), Some(row), Some(cell)] = path.map(|id| find(core, id)) {
        core.del_cell(table, row, cell, force);
    }
}

/// Cells or values with their ids.
fn encode_all(core: &mut Core, cells: &IdMap<Cell>) -> Vec<(TextId, CoreCell)> {
    let encode = |(id, cell)| (intern(core, id), encode(core, cell));
    cells.iter().map(encode).collect()
}

/// Replaces the content.
pub(super) fn set_content(core: &mut Core, tables: &Tables, values: &Values) {
    if tables.is_empty() {
        core.del_tables();
    } else {
        set_tables(core, tables);
    }
    if values.is_empty() {
        core.del_values();
    } else {
        let values = encode_all(core, values);
        core.set_values(&values, false);
    }
}

fn set_tables(core: &mut Core, tables: &Tables) {
    let mut staged = Staged::default();
    for (id, table) in tables {
        stage_rows(core, &mut staged, table);
        let id = intern(core, id);
        staged.end_table(core.texts(), id);
    }
    core.set_tables(staged.tables);
}

fn stage_rows(core: &mut Core, staged: &mut Staged, table: &Table) {
    for (id, row) in table {
        for (id, cell) in row {
            let (id, cell) = (intern(core, id), encode(core, cell));
            staged.cell(core.texts(), id, cell);
        }
        let id = intern(core, id);
        staged.end_row(core.texts(), id);
    }
}
