//! Which ids came and went in a transaction, at each level.
//!
//! An id whose coming and going cancel is left out; if it changes once more, it is at the end. The
//! levels above keep the place of their first event, though all that happened below may cancel.

use super::log::Entry;
use super::ordered::OrderedMap;
use super::text::TextId;

/// Ids, each with +1 if it came or -1 if it went.
pub type IdSet = Vec<(TextId, i8)>;

/// The ids that came and went in one place.
pub struct IdGroup {
    /// What the ids belong to: nothing, a table, or a table and a row.
    pub owner: [Option<TextId>; 2],
    /// The ids.
    pub ids: IdSet,
}

/// The id changes of a transaction. Groups where everything cancels are left out.
#[derive(Default)]
pub struct IdChanges {
    /// Tables; one group at most.
    pub tables: Vec<IdGroup>,
    /// Cell ids in use in a table, by table.
    pub table_cells: Vec<IdGroup>,
    /// Rows by table.
    pub rows: Vec<IdGroup>,
    /// Cells by table and row.
    pub cells: Vec<IdGroup>,
    /// Values; one group at most.
    pub values: Vec<IdGroup>,
}

#[derive(Default)]
struct Counts(OrderedMap<i8>);

impl Counts {
    fn note(&mut self, id: TextId, change: i8) {
        match self.0.get(id) {
            Some(count) if count + change == 0 => {
                self.0.remove(id);
            }
            _ => {
                self.0.insert(id, change);
            }
        }
    }

    /// Adds what is left to the groups, if anything is.
    fn finish(&self, owner: [Option<TextId>; 2], groups: &mut Vec<IdGroup>) {
        let ids: IdSet = self.0.iter().map(|(id, change)| (id, *change)).collect();
        if !ids.is_empty() {
            groups.push(IdGroup { owner, ids });
        }
    }
}

fn child<V: Default>(map: &mut OrderedMap<V>, id: TextId) -> Option<&mut V> {
    if !map.contains(id) {
        map.insert(id, V::default());
    }
    map.get_mut(id)
}

/// Counts ids as they come and go.
#[derive(Default)]
pub struct IdCounter {
    tables: Counts,
    table_cells: OrderedMap<Counts>,
    rows: OrderedMap<Counts>,
    cells: OrderedMap<OrderedMap<Counts>>,
    values: Counts,
}

impl IdCounter {
    /// Takes note of one thing that happened.
    pub fn note(&mut self, entry: &Entry) {
        match *entry {
            Entry::TableAdded { table, .. } => {
                self.tables.note(table, 1);
                // Even if its rows are logged late, or have gone again, the table has its place.
                child(&mut self.rows, table);
                child(&mut self.cells, table);
            }
            Entry::TableRemoved { table } => self.tables.note(table, -1),
            Entry::TableCellAdded { table, cell } => self.note_table_cell(table, cell, 1),
            Entry::TableCellRemoved { table, cell } => self.note_table_cell(table, cell, -1),
            Entry::RowAdded { table, row, .. } => self.note_row(table, row, 1),
            Entry::RowRemoved { table, row, .. } => self.note_row(table, row, -1),
            Entry::CellSet {
                table,
                row,
                cell,
                old,
            } => {
                if old.is_absent() {
                    self.note_cell(table, row, cell, 1);
                }
            }
            Entry::CellRemoved {
                table, row, cell, ..
            } => self.note_cell(table, row, cell, -1),
            Entry::ValueSet { value, old } => {
                if old.is_absent() {
                    self.values.note(value, 1);
                }
            }
            Entry::ValueRemoved { value, .. } => self.values.note(value, -1),
            Entry::CellStamped { .. } | Entry::ValueStamped { .. } => {}
        }
    }

    fn note_table_cell(&mut self, table: TextId, cell: TextId, change: i8) {
        if let Some(cells) = child(&mut self.table_cells, table) {
            cells.note(cell, change);
        }
    }

    fn note_row(&mut self, table: TextId, row: TextId, change: i8) {
        if let Some(rows) = child(&mut self.rows, table) {
            rows.note(row, change);
        }
        // The same for its cells.
        if let Some(rows) = child(&mut self.cells, table) {
            child(rows, row);
        }
    }

    fn note_cell(&mut self, table: TextId, row: TextId, cell: TextId, change: i8) {
        let rows = child(&mut self.cells, table);
        if let Some(cells) = rows.and_then(|rows| child(rows, row)) {
            cells.note(cell, change);
        }
    }

    /// The changes in all.
    pub fn finish(self) -> IdChanges {
        let mut changes = IdChanges::default();
        self.tables.finish([None, None], &mut changes.tables);
        for (table, cells) in self.table_cells.iter() {
            cells.finish([Some(table), None], &mut changes.table_cells);
        }
        for (table, rows) in self.rows.iter() {
            rows.finish([Some(table), None], &mut changes.rows);
        }
        for (table, rows) in self.cells.iter() {
            for (row, cells) in rows.iter() {
                cells.finish([Some(table), Some(row)], &mut changes.cells);
            }
        }
        self.values.finish([None, None], &mut changes.values);
        changes
    }
}
