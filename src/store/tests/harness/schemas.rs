//! Schemas of the driver, in its notation: `t.a=number t.b=string|object,default:x,required`. What is
//! given for a cell or value is parted by commas, in any order: its types, or `choice:` with its
//! choices, parted by bars as well; `default:` with its default; `allowNull`; `required`.

use super::Driver;
use super::writes::entries;
use crate::store::{Cell, CellSchema, Member, TextId, Types};

/// The JSON of a value in the notation.
fn json_of(value: &str) -> String {
    let is_json = value.starts_with(['{', '[']) || ["null", "true", "false"].contains(&value);
    match is_json || value.parse::<f64>().is_ok() {
        true => value.to_owned(),
        false => format!("\"{value}\""),
    }
}

/// The JSON of some values: with several in an array.
fn json_of_list(values: &str, always: bool) -> String {
    let all: Vec<_> = values.split('|').map(json_of).collect();
    match &all[..] {
        [one] if !always => one.clone(),
        all => format!("[{}]", all.join(",")),
    }
}

impl Driver {
    fn cell_schema(&mut self, notation: &str) -> CellSchema {
        let mut schema = CellSchema {
            types: Types::default(),
            choices: Vec::new(),
            default: Cell::ABSENT,
            allows_null: false,
            is_required: false,
            members: Vec::new(),
        };
        for part in notation.split(',') {
            let (member, json) = match part.split_once(':') {
                Some(("choice", choices)) => {
                    schema.choices = choices.split('|').map(|cell| self.cell_of(cell)).collect();
                    (Member::Enum, json_of_list(choices, true))
                }
                Some(("default", default)) => {
                    schema.default = self.cell_of(default);
                    (Member::Default, json_of(default))
                }
                _ if part == "allowNull" => {
                    schema.allows_null = true;
                    (Member::AllowNull, "true".to_owned())
                }
                _ if part == "required" => {
                    schema.is_required = true;
                    (Member::Required, "true".to_owned())
                }
                _ => {
                    for name in part.split('|').filter(|name| !name.is_empty()) {
                        let found = Types::ALL.iter().find(|(known, _)| *known == name);
                        schema.types = schema.types.or(found.unwrap().1);
                    }
                    (Member::Type, json_of_list(part, false))
                }
            };
            schema.members.push((member, json.into_bytes().into()));
        }
        schema
    }

    /// A schema of the tables; cells of a table follow each other.
    fn tables_schema_of(&mut self, notation: &str) -> Vec<(TextId, Vec<(TextId, CellSchema)>)> {
        let mut tables: Vec<(TextId, Vec<_>)> = Vec::new();
        for (path, cell) in entries(notation) {
            let (table, id) = (self.id(path[0]), self.id(path[1]));
            let cell = (id, self.cell_schema(cell));
            match tables.last_mut() {
                Some((last, cells)) if *last == table => cells.push(cell),
                _ => tables.push((table, vec![cell])),
            }
        }
        tables
    }

    pub fn set_tables_schema(&mut self, notation: &str) {
        self.together(|driver| {
            let schema = driver.tables_schema_of(notation);
            driver.store.set_tables_schema(schema);
        });
    }

    pub fn set_values_schema(&mut self, notation: &str) {
        self.together(|driver| {
            let mut schema = Vec::new();
            for (path, value) in entries(notation) {
                schema.push((driver.id(path[0]), driver.cell_schema(value)));
            }
            driver.store.set_values_schema(schema);
        });
    }

    pub fn del_tables_schema(&mut self) {
        self.together(|driver| driver.store.del_tables_schema());
    }

    pub fn del_values_schema(&mut self) {
        self.together(|driver| driver.store.del_values_schema());
    }

    /// The JSON of the schemas, of the tables and of the values.
    pub fn schemas(&self) -> [String; 2] {
        let mut out = [Vec::new(), Vec::new()];
        self.store.write_tables_schema_json(&mut out[0]);
        self.store.write_values_schema_json(&mut out[1]);
        out.map(|json| String::from_utf8(json).unwrap())
    }
}
