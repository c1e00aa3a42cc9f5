//! The writes of random programs, through these methods and in the naive store.

use crate::store::tests::model::{List, Model, RULES, Rule, VALUES, Value};
use crate::store::tests::program::{Write, filling, set_json};
use crate::{
    Cell, CellSchema, CellType, Json, Row, Store, Table, TableSchema, Tables, TablesSchema,
};

fn cell(value: Value) -> Cell {
    cell_of(VALUES[value].0)
}

/// A cell in the notation of the core's driver.
fn cell_of(notation: &str) -> Cell {
    match notation {
        "null" => Cell::Null,
        "true" => Cell::Bool(true),
        "rejected" => Cell::Number(f64::INFINITY),
        json if json.starts_with('[') => Json::parse(json).unwrap().into(),
        text => text.parse().map_or_else(|_| text.into(), Cell::Number),
    }
}

/// A rule, which is in the notation of the core's driver.
fn cell_schema(rule: Rule) -> CellSchema {
    let notation = RULES[rule].0;
    let parts = || notation.split(',');
    let after = |prefix| parts().find_map(|part| part.strip_prefix(prefix));
    let types = parts().flat_map(|part| part.split('|')).filter_map(|name| {
        Some(match name {
            "string" => CellType::String,
            "number" => CellType::Number,
            "boolean" => CellType::Boolean,
            "object" => CellType::Object,
            "array" => CellType::Array,
            _ => return None,
        })
    });
    let mut schema = match after("choice:") {
        Some(choices) => CellSchema::one_of(choices.split('|').map(cell_of)),
        None => CellSchema::types(types),
    };
    if let Some(default) = after("default:") {
        schema = schema.default(cell_of(default));
    }
    if parts().any(|part| part == "allowNull") {
        schema = schema.allow_null();
    }
    if parts().any(|part| part == "required") {
        schema = schema.required();
    }
    schema
}

fn table_schema(rules: &List<Rule>) -> TableSchema {
    let rules = rules.iter();
    rules.map(|(id, rule)| (id, cell_schema(*rule))).collect()
}

fn row(cells: &List<Value>) -> Row {
    let cells = cells.iter();
    cells.map(|(id, value)| (id, cell(*value))).collect()
}

fn table(rows: &List<List<Value>>) -> Table {
    rows.iter().map(|(id, cells)| (id, row(cells))).collect()
}

/// Does a write to both.
pub fn apply(write: &Write, store: &Store, model: &mut Model) {
    match write {
        Write::SetCell(table, row, id, value) => {
            store.set_cell(table, row, id, cell(*value));
            model.set_cell(table, row, id, *value);
        }
        Write::SetRow(table, id, cells, partial) => {
            match partial {
                true => store.set_partial_row(table, id, row(cells)),
                false => store.set_row(table, id, row(cells)),
            };
            model.set_row(table, id, cells, *partial);
        }
        Write::AddRow(table, cells, reuse) => {
            let id = match reuse {
                true => store.add_row(table, row(cells)),
                false => store.add_row_without_reuse(table, row(cells)),
            };
            assert_eq!(id, model.add_row(table, cells, *reuse));
        }
        Write::SetTable(id, rows) => {
            store.set_table(id, table(rows));
            model.set_table(id, rows);
        }
        Write::SetTables(tables) => {
            let all: Tables = tables.iter().map(|(id, rows)| (id, table(rows))).collect();
            store.set_tables(all);
            model.set_tables(tables);
        }
        Write::DelCell(table, row, id, force) => {
            match force {
                true => store.del_cell_forced(table, row, id),
                false => store.del_cell(table, row, id),
            };
            model.del_cell(table, row, id, *force);
        }
        Write::DelRow(table, id) => {
            store.del_row(table, id);
            model.remove_row(table, id, true);
        }
        Write::DelTable(id) => {
            store.del_table(id);
            model.remove_table(id);
        }
        Write::DelTables => {
            store.del_tables();
            model.del_tables();
        }
        Write::SetValue(id, value) => {
            store.set_value(id, cell(*value));
            model.set_value(id, *value);
        }
        Write::SetValues(values) => {
            store.set_values(row(values));
            model.set_values(values);
        }
        Write::DelValue(id) => {
            store.del_value(id);
            model.del_value(id);
        }
        Write::DelValues => {
            store.del_values();
            model.del_values();
        }
        Write::Fill(table, rows, value) => {
            for (id, cells) in filling(*rows, *value) {
                store.set_row(table, &id, row(&cells));
                model.set_row(table, &id, &cells, false);
            }
        }
        Write::Thin(table, step) => {
            for row in (0..400).filter(|row| row % step != 0) {
                store.del_row(table, &format!("f{row}"));
                model.remove_row(table, &format!("f{row}"), true);
            }
        }
        Write::SetCellAt(table, row, id, value) => {
            if store.has_row(table, row) && store.has_table_cell(table, id) {
                store.set_cell(table, row, id, cell(*value));
                model.set_cell(table, row, id, *value);
            }
        }
        Write::MergeTable(table, rows) => {
            for (id, cells) in rows {
                for (cell_id, value) in cells {
                    store.set_cell(table, id, cell_id, cell(*value));
                }
            }
            model.merge_table(table, rows);
        }
        Write::SetPartialValues(values) => {
            store.set_partial_values(row(values));
            model.set_partial_values(values);
        }
        Write::SetJson(tables, values, _) => {
            let json = set_json(model, tables, values);
            store.set_json(&json).unwrap();
        }
        Write::SetTablesSchema(tables) => {
            let table = |(id, rules): &(String, List<Rule>)| (id.clone(), table_schema(rules));
            store.set_tables_schema(tables.iter().map(table).collect::<TablesSchema>());
            model.set_tables_schema(tables);
        }
        Write::SetValuesSchema(rules) => {
            store.set_values_schema(table_schema(rules));
            model.set_values_schema(rules);
        }
        Write::DelTablesSchema => {
            store.del_tables_schema();
            model.del_tables_schema();
        }
        Write::DelValuesSchema => {
            store.del_values_schema();
            model.del_values_schema();
        }
    }
}
