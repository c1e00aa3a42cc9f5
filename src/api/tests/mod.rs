//! Tests of the store as Rust programs hold it; native only.
#![cfg(not(target_arch = "wasm32"))]

mod calling;
mod content;
mod invalid;
mod listeners;
mod log;
mod mergeable;
mod panics;
mod persisters;
mod program;
mod random;
mod schemas;
mod sorting;
mod transactions;
mod visits;

use super::*;
use std::cell::RefCell;
use std::rc::Rc;

/// Lines that closures write down.
#[derive(Clone, Default)]
struct Trace(Rc<RefCell<Vec<String>>>);

impl Trace {
    fn note(&self, line: impl Into<String>) {
        self.0.borrow_mut().push(line.into());
    }

    /// The lines so far, which start anew.
    fn take(&self) -> Vec<String> {
        self.0.take()
    }
}

/// A cell as it is written in these tests.
fn show(cell: Option<&Cell>) -> String {
    match cell {
        None => "undefined".to_owned(),
        Some(Cell::Number(number)) if *number == 0.0 && number.is_sign_negative() => {
            "-0".to_owned()
        }
        Some(cell) => cell.to_string(),
    }
}

fn show_ids(changes: &IdChanges) -> String {
    let sign = |change| match change {
        IdChange::Added => '+',
        IdChange::Removed => '-',
    };
    let one = |(id, change): (&str, &IdChange)| format!(" {}{id}", sign(*change));
    changes.iter().map(one).collect()
}

fn show_offered(offered: &[Option<Cell>]) -> String {
    let offered: Vec<_> = offered.iter().map(|cell| show(cell.as_ref())).collect();
    offered.join(" ")
}

/// An id, or `?` where there is none.
fn show_id(id: &Option<String>) -> &str {
    id.as_deref().unwrap_or("?")
}

/// Listens to everything and writes it down.
fn watch(store: &Store, trace: &Trace) -> Vec<ListenerId> {
    let mut listeners = Vec::new();
    macro_rules! note {
        ($add:ident($($any:expr),*), $event:ident => $($line:tt)*) => {{
            let trace = trace.clone();
            listeners.push(store.$add($($any,)* move |_, $event| trace.note(format!($($line)*))));
        }};
    }
    macro_rules! note_plain {
        ($add:ident, $line:literal) => {{
            let trace = trace.clone();
            listeners.push(store.$add(move |_| trace.note($line)));
        }};
    }
    note_plain!(add_start_transaction_listener, "start");
    note_plain!(add_will_finish_transaction_listener, "willFinish");
    note_plain!(add_did_finish_transaction_listener, "didFinish");
    note_plain!(add_tables_listener, "tables");
    note_plain!(add_values_listener, "values");
    note!(add_table_ids_listener(), e => "tableIds{}", show_ids(&e.id_changes));
    note!(add_table_listener(None), e => "table {}", e.table_id);
    note!(add_row_ids_listener(None), e => "rowIds {}{}", e.table_id, show_ids(&e.id_changes));
    note!(add_row_listener(None, None), e => "row {}.{}", e.table_id, e.row_id);
    note!(add_cell_ids_listener(None, None), e =>
        "cellIds {}.{}{}", e.table_id, e.row_id, show_ids(&e.id_changes));
    note!(add_cell_listener(None, None, None), e =>
        "cell {}.{}.{} {}->{}", e.table_id, e.row_id, e.cell_id,
        show(e.old_cell.as_ref()), show(e.new_cell.as_ref()));
    note!(add_has_tables_listener(), e => "hasTables {}", e.has_tables);
    note!(add_has_table_listener(None), e => "hasTable {} {}", e.table_id, e.has_table);
    note!(add_table_cell_ids_listener(None), e =>
        "tableCellIds {}{}", e.table_id, show_ids(&e.id_changes));
    note!(add_has_table_cell_listener(None, None), e =>
        "hasTableCell {}.{} {}", e.table_id, e.cell_id, e.has_table_cell);
    note!(add_row_count_listener(None), e => "rowCount {} {}", e.table_id, e.count);
    note!(add_has_row_listener(None, None), e => "hasRow {}.{} {}", e.table_id, e.row_id, e.has_row);
    note!(add_has_cell_listener(None, None, None), e =>
        "hasCell {}.{}.{} {}", e.table_id, e.row_id, e.cell_id, e.has_cell);
    note!(add_invalid_cell_listener(None, None, None), e =>
        "invalidCell {}.{}.{} {}", show_id(&e.table_id), show_id(&e.row_id), show_id(&e.cell_id),
        show_offered(&e.invalid_cells));
    note!(add_invalid_value_listener(None), e =>
        "invalidValue {} {}", show_id(&e.value_id), show_offered(&e.invalid_values));
    note!(add_has_values_listener(), e => "hasValues {}", e.has_values);
    note!(add_has_value_listener(None), e => "hasValue {} {}", e.value_id, e.has_value);
    note!(add_value_ids_listener(), e => "valueIds{}", show_ids(&e.id_changes));
    note!(add_value_listener(None), e =>
        "value {} {}->{}", e.value_id, show(e.old_value.as_ref()), show(e.new_value.as_ref()));
    listeners
}
