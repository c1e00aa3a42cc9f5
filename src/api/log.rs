//! The log of a transaction: all that it did so far.

use super::content::{Change, IdChanges};
use super::events::{InvalidCellEvent, InvalidValueEvent, id_changes};
use super::handle::{Store, decode, text};
use super::id_map::IdMap;
use crate::store::{CellNode, IdGroup, Store as Core, TextId, Touched};

/// All that a transaction did so far. What has gone is in it as far down as its cells, unlike in
/// [`Changes`](super::Changes).
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TransactionLog {
    /// Whether any cell was written to with something other than it held.
    pub cells_touched: bool,
    /// Whether any value was.
    pub values_touched: bool,
    /// The cells that have changed, net, by table and row.
    pub changed_cells: IdMap<IdMap<IdMap<Change>>>,
    /// What was offered as cells and could not be set.
    pub invalid_cells: Vec<InvalidCellEvent>,
    /// The values that have changed, net.
    pub changed_values: IdMap<Change>,
    /// What was offered as values and could not be set.
    pub invalid_values: Vec<InvalidValueEvent>,
    /// The tables that came or went.
    pub changed_table_ids: IdChanges,
    /// The rows that did, by table.
    pub changed_row_ids: IdMap<IdChanges>,
    /// The cells that did, by table and row.
    pub changed_cell_ids: IdMap<IdMap<IdChanges>>,
    /// The values that did.
    pub changed_value_ids: IdChanges,
}

impl Store {
    /// What the transaction under way did so far. Outside one, nothing.
    ///
    /// ```
    /// # use cellarium::{IdChange, Store};
    /// let store = Store::new();
    /// store.add_did_finish_transaction_listener(|store| {
    ///     let log = store.get_transaction_log();
    ///     for (table_id, rows) in &log.changed_row_ids {
    ///         println!("{table_id}: {rows:?}");
    ///     }
    /// });
    /// store.set_cell("pets", "fido", "species", "dog");
    /// // prints: pets: {"fido": Added}
    /// ```
    #[must_use]
    pub fn get_transaction_log(&self) -> TransactionLog {
        let mut core = self.core();
        let changed = core.changed();
        let ids = core.id_changes();
        let (cells_touched, values_touched) = core.touches();
        let mut log = TransactionLog {
            cells_touched,
            values_touched,
            changed_cells: changed_cells(&core, &changed),
            changed_values: changed_nodes(&core, &changed.values),
            changed_table_ids: all_ids(&core, &ids.tables),
            changed_value_ids: all_ids(&core, &ids.values),
            ..TransactionLog::default()
        };
        for group in &ids.rows {
            let [table, _] = owner(&core, group);
            let rows = id_changes(&core, &group.ids);
            log.changed_row_ids.insert(table, rows);
        }
        for group in &ids.cells {
            let [table, row] = owner(&core, group);
            let cells = id_changes(&core, &group.ids);
            match log.changed_cell_ids.get_mut(&table) {
                Some(rows) => drop(rows.insert(row, cells)),
                None => drop(log.changed_cell_ids.insert(table, [(row, cells)])),
            }
        }
        let id = |id: Option<TextId>| id.map(|id| text(&core, id));
        let cells = |offered: Vec<_>| offered.into_iter().map(|cell| decode(&core, cell));
        for ([table, row, cell], offered) in core.invalid(false) {
            log.invalid_cells.push(InvalidCellEvent {
                table_id: id(table),
                row_id: id(row),
                cell_id: id(cell),
                invalid_cells: cells(offered).collect(),
            });
        }
        for ([value, ..], offered) in core.invalid(true) {
            log.invalid_values.push(InvalidValueEvent {
                value_id: id(value),
                invalid_values: cells(offered).collect(),
            });
        }
        log
    }
}

fn changed_cells(core: &Core, changed: &Touched) -> IdMap<IdMap<IdMap<Change>>> {
    let tables = changed.tables.iter().map(|table| {
        let rows = changed.rows.get(table.rows.clone()).unwrap_or_default();
        let rows = rows.iter().map(|row| {
            let cells = changed.cells.get(row.cells.clone()).unwrap_or_default();
            (text(core, row.id), changed_nodes(core, cells))
        });
        (text(core, table.id), rows.collect::<IdMap<_>>())
    });
    tables.collect()
}

fn changed_nodes(core: &Core, nodes: &[CellNode]) -> IdMap<Change> {
    let change = |node: &CellNode| Change {
        changed: true,
        old: decode(core, node.old),
        new: decode(core, node.new),
    };
    let nodes = nodes.iter();
    nodes
        .map(|node| (text(core, node.id), change(node)))
        .collect()
}

fn all_ids(core: &Core, groups: &[IdGroup]) -> IdChanges {
    groups
        .first()
        .map(|group| id_changes(core, &group.ids))
        .unwrap_or_default()
}

/// What the ids of a group belong to.
fn owner(core: &Core, group: &IdGroup) -> [String; 2] {
    group
        .owner
        .map(|id| id.map(|id| text(core, id)).unwrap_or_default())
}
