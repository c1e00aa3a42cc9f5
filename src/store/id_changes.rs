//! Which ids came and went in a transaction, at each level.
//!
//! An id whose coming and going cancel is left out; if it changes once more, it is at the end. The
//! levels above keep the place of their first event, though all that happened below may cancel.

use super::log::Entry;
use super::ordered::OrderedMap;
use super::text::TextId;

/// Ids, each with +1 if it came or -1 if it went.
pub type IdSet = Vec<(TextId, i8)>;

/// The id changes of a transaction. Levels where everything cancels are left out.
#[derive(Default)]
pub struct IdChanges {
    /// Tables.
    pub tables: IdSet,
    /// Rows by table.
    pub rows: Vec<(TextId, IdSet)>,
    /// Cells by table and row.
    pub cells: Vec<(TextId, TextId, IdSet)>,
    /// Values.
    pub values: IdSet,
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

    fn finish(&self) -> IdSet {
        self.0.iter().map(|(id, change)| (id, *change)).collect()
    }
}

fn child<V: Default>(map: &mut OrderedMap<V>, id: TextId) -> Option<&mut V> {
    if !map.contains(id) {
        map.insert(id, V::default());
    }
    map.get_mut(id)
}

impl IdChanges {
    /// Replays a log. `new_cells` lists the cells of a row added by that entry that were not logged.
    pub fn of<'a, I: IntoIterator<Item = TextId>>(
        log: impl Iterator<Item = &'a Entry>,
        new_cells: impl Fn(&Entry) -> I,
    ) -> IdChanges {
        let (mut tables, mut values) = (Counts::default(), Counts::default());
        let mut rows: OrderedMap<Counts> = OrderedMap::default();
        let mut cells: OrderedMap<OrderedMap<Counts>> = OrderedMap::default();
        for entry in log {
            match *entry {
                Entry::TableAdded { table } => tables.note(table, 1),
                Entry::TableRemoved { table } => tables.note(table, -1),
                Entry::RowAdded { table, row, .. } => {
                    if let Some(rows) = child(&mut rows, table) {
                        rows.note(row, 1);
                    }
                    // Even if its cells have gone again, they have given the row its place.
                    let cells = child(&mut cells, table).and_then(|rows| child(rows, row));
                    if let Some(cells) = cells {
                        for cell in new_cells(entry) {
                            cells.note(cell, 1);
                        }
                    }
                }
                Entry::RowRemoved { table, row } => {
                    if let Some(rows) = child(&mut rows, table) {
                        rows.note(row, -1);
                    }
                }
                Entry::CellSet {
                    table,
                    row,
                    cell,
                    old,
                } if old.is_absent() => {
                    if let Some(rows) = child(&mut cells, table)
                        && let Some(cells) = child(rows, row)
                    {
                        cells.note(cell, 1);
                    }
                }
                Entry::CellRemoved {
                    table, row, cell, ..
                } => {
                    if let Some(rows) = child(&mut cells, table)
                        && let Some(cells) = child(rows, row)
                    {
                        cells.note(cell, -1);
                    }
                }
                Entry::ValueSet { value, old } if old.is_absent() => values.note(value, 1),
                Entry::ValueRemoved { value, .. } => values.note(value, -1),
                Entry::CellSet { .. } | Entry::ValueSet { .. } => {}
            }
        }
        let mut changes = IdChanges {
            tables: tables.finish(),
            values: values.finish(),
            ..Self::default()
        };
        for (table, rows) in rows.iter() {
            let rows = rows.finish();
            if !rows.is_empty() {
                changes.rows.push((table, rows));
            }
        }
        for (table, rows) in cells.iter() {
            for (row, cells) in rows.iter() {
                let cells = cells.finish();
                if !cells.is_empty() {
                    changes.cells.push((table, row, cells));
                }
            }
        }
        changes
    }
}
