//! Schemas: the facade sends them as small plain arrays, in which texts and cells are numbers.

use super::StoreCore;
use crate::binding::block::known;
use crate::store::{Cell, CellKind, CellSchema, Error, Member, Store, TextId, Types};
use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// A cell as its low and its high word.
type Words = (u32, u32);

/// What the facade says of one cell or value.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CellSchemaInput {
    /// The handle of its id.
    id: u32,
    /// The bits of [`Types`].
    types: u8,
    choices: Vec<Words>,
    default: Option<Words>,
    allows_null: bool,
    is_required: bool,
    /// The members that were given, by their number in [`Member::ALL`], with the handles of their JSON.
    members: Vec<(usize, u32)>,
}

/// What the facade says of one table.
#[derive(Deserialize)]
struct TableInput {
    id: u32,
    cells: Vec<CellSchemaInput>,
}

fn cell(store: &Store, (low, high): Words) -> Result<Cell, Error> {
    let cell = Cell::from_words(high, low).ok_or(Error::MalformedBlock)?;
    if let CellKind::Text(id) | CellKind::Json(id) = cell.kind() {
        known(store, id.0)?;
    }
    Ok(cell)
}

fn cells(store: &Store, inputs: Vec<CellSchemaInput>) -> Result<Vec<(TextId, CellSchema)>, Error> {
    let mut schemas = Vec::with_capacity(inputs.len());
    for input in inputs {
        let choices = input.choices.into_iter().map(|words| cell(store, words));
        let mut members = Vec::new();
        for (member, json) in input.members {
            let member = Member::ALL.get(member).ok_or(Error::MalformedBlock)?;
            members.push((*member, store.text(known(store, json)?).into()));
        }
        let schema = CellSchema {
            types: Types(input.types),
            choices: choices.collect::<Result<_, _>>()?,
            default: match input.default {
                Some(words) => cell(store, words)?,
                None => Cell::ABSENT,
            },
            allows_null: input.allows_null,
            is_required: input.is_required,
            members,
        };
        schemas.push((known(store, input.id)?, schema));
    }
    Ok(schemas)
}

/// `undefined`, as long as nothing is known, or whether there is a schema.
fn known_or_undefined(has: Option<bool>) -> u32 {
    match has {
        None => 2,
        Some(has) => u32::from(has),
    }
}

#[wasm_bindgen(js_class = StoreCore)]
impl StoreCore {
    /// Sets the schema of the tables, a list of `{id, cells}`; what is malformed is ignored.
    #[wasm_bindgen(js_name = setTablesSchema)]
    pub fn set_tables_schema(&self, tables: JsValue) {
        let Ok(inputs) = serde_wasm_bindgen::from_value::<Vec<TableInput>>(tables) else {
            return;
        };
        self.write(|store| {
            let table = |input: TableInput| -> Result<_, Error> {
                Ok((known(store, input.id)?, cells(store, input.cells)?))
            };
            let tables: Result<Vec<_>, Error> = inputs.into_iter().map(table).collect();
            if let Ok(tables) = tables {
                store.set_tables_schema(tables);
            }
        });
    }

    /// Sets the schema of the values, a list like the `cells` of a table.
    #[wasm_bindgen(js_name = setValuesSchema)]
    pub fn set_values_schema(&self, values: JsValue) {
        let Ok(inputs) = serde_wasm_bindgen::from_value::<Vec<CellSchemaInput>>(values) else {
            return;
        };
        self.write(|store| {
            if let Ok(values) = cells(store, inputs) {
                store.set_values_schema(values);
            }
        });
    }

    /// Takes the schema of the tables away.
    #[wasm_bindgen(js_name = delTablesSchema)]
    pub fn del_tables_schema(&self) {
        self.write(Store::del_tables_schema);
    }

    /// Takes the schema of the values away.
    #[wasm_bindgen(js_name = delValuesSchema)]
    pub fn del_values_schema(&self) {
        self.write(Store::del_values_schema);
    }

    /// Whether the tables have a schema: 0 or 1, or 2 as long as none has been set or deleted.
    #[wasm_bindgen(js_name = hasTablesSchema)]
    #[must_use]
    pub fn has_tables_schema(&self) -> u32 {
        self.read(|store| known_or_undefined(store.has_tables_schema()))
    }

    /// The same for the values.
    #[wasm_bindgen(js_name = hasValuesSchema)]
    #[must_use]
    pub fn has_values_schema(&self) -> u32 {
        self.read(|store| known_or_undefined(store.has_values_schema()))
    }
}
