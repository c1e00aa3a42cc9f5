//! The methods that set schemas, and write them as JSON.

use super::handle::{Store, intern};
use super::id_map::IdMap;
use super::schema::{CellSchema, TablesSchema, ValuesSchema};
use crate::store::{CellSchema as CoreSchema, Store as Core, TextId};

fn encode_all(core: &mut Core, cells: &IdMap<CellSchema>) -> Vec<(TextId, CoreSchema)> {
    let encode = |(id, cell): (&str, &CellSchema)| Some((intern(core, id), cell.encode(core)?));
    cells.iter().filter_map(encode).collect()
}

fn set_tables_schema(core: &mut Core, tables: &TablesSchema) {
    let encode = |(id, cells)| (intern(core, id), encode_all(core, cells));
    let tables = tables.iter().map(encode).collect();
    core.set_tables_schema(tables);
}

fn set_values_schema(core: &mut Core, values: &ValuesSchema) {
    let values = encode_all(core, values);
    core.set_values_schema(values);
}

/// # Schemas
///
/// With a schema, only the tables, cells and values may be set that it names, to what it allows;
/// listeners to invalid cells and values are told of all else. Setting a schema sets what there is
/// anew according to it.
impl Store {
    /// Gives the tables a schema. See [`CellSchema`] for what is ignored; where nothing is left, there
    /// is no change.
    pub fn set_tables_schema(&self, tables: impl Into<TablesSchema>) -> &Self {
        let tables = tables.into();
        self.write(|core| set_tables_schema(core, &tables))
    }

    /// Gives the values a schema, and with it their defaults.
    ///
    /// ```
    /// # use cellarium::{CellSchema, Store};
    /// let store = Store::new();
    /// store.set_values_schema([("open", CellSchema::boolean().default(false))]);
    /// assert_eq!(store.get_value("open"), Some(false.into()));
    /// ```
    pub fn set_values_schema(&self, values: impl Into<ValuesSchema>) -> &Self {
        let values = values.into();
        self.write(|core| set_values_schema(core, &values))
    }

    /// Gives both a schema.
    pub fn set_schema(
        &self,
        tables: impl Into<TablesSchema>,
        values: impl Into<ValuesSchema>,
    ) -> &Self {
        let (tables, values) = (tables.into(), values.into());
        self.write(|core| {
            set_tables_schema(core, &tables);
            set_values_schema(core, &values);
        })
    }

    /// Takes the schema of the tables away; what they hold stays.
    pub fn del_tables_schema(&self) -> &Self {
        self.write(Core::del_tables_schema)
    }

    /// Takes the schema of the values away; what they hold stays.
    pub fn del_values_schema(&self) -> &Self {
        self.write(Core::del_values_schema)
    }

    /// Takes both away.
    pub fn del_schema(&self) -> &Self {
        self.write(|core| {
            core.del_tables_schema();
            core.del_values_schema();
        })
    }

    /// Whether the tables have a schema.
    #[must_use]
    pub fn has_tables_schema(&self) -> bool {
        self.core().has_tables_schema().unwrap_or_default()
    }

    /// Whether the values have a schema.
    #[must_use]
    pub fn has_values_schema(&self) -> bool {
        self.core().has_values_schema().unwrap_or_default()
    }

    /// The schema of the tables as JSON, `{}` if there is none.
    ///
    /// ```
    /// # use cellarium::{CellSchema, Store};
    /// let store = Store::new();
    /// store.set_tables_schema([("pets", [("age", CellSchema::number().default(0))])]);
    /// assert_eq!(
    ///     store.get_tables_schema_json(),
    ///     r#"{"pets":{"age":{"type":"number","default":0}}}"#
    /// );
    /// ```
    #[must_use]
    pub fn get_tables_schema_json(&self) -> String {
        self.json(|core, out| core.write_tables_schema_json(out))
    }

    /// The schema of the values as JSON, `{}` if there is none.
    #[must_use]
    pub fn get_values_schema_json(&self) -> String {
        self.json(|core, out| core.write_values_schema_json(out))
    }

    /// Both as JSON, `[tables, values]`.
    #[must_use]
    pub fn get_schema_json(&self) -> String {
        let (tables, values) = (self.get_tables_schema_json(), self.get_values_schema_json());
        format!("[{tables},{values}]")
    }
}
