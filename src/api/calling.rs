//! Calls a listener out of turn, and counts the listeners there are.

use super::handle::Store;
use super::listening::{ListenerId, Registration};
use super::visiting::Pin;
use crate::store::{Call, Cell, Detail, Kind, ListenerId as CoreId, Step, Store as Core, TextId};

/// The ids of what a listener is told of.
type Ids = [Option<TextId>; 3];

impl Store {
    /// Calls a listener now, for everything that its path covers, with what there is: a listener to
    /// a cell with what it holds as new and as old. No ids have come or gone, and nothing invalid was
    /// offered. Does nothing if the listener has been deleted.
    ///
    /// ```
    /// # use cellarium::Store;
    /// let store = Store::new();
    /// store.set_table("pets", [("fido", [("age", 4)]), ("felix", [("age", 2)])]);
    /// let listener = store.add_cell_listener("pets", None, "age", |_store, event| {
    ///     println!("{} is {:?}", event.row_id, event.new_cell);
    /// });
    /// store.call_listener(listener);
    /// // prints: fido is Some(Number(4.0))
    /// //         felix is Some(Number(2.0))
    /// ```
    pub fn call_listener(&self, listener_id: ListenerId) -> &Self {
        if let Some(found) = self.find_listener(listener_id) {
            // The listener may write, and delete itself.
            let _pin = Pin::new(self);
            let id = listener_id.core_id();
            if found.kind == Kind::SortedRowIds {
                // It is about one page, whose order may have to be brought up to date.
                self.core().turn_page(id);
                self.call_out_of_turn(id, &found, [None; 3]);
            } else {
                self.call_for_all(id, &found, [None; 3], 0);
            }
        }
        self
    }

    fn call_out_of_turn(&self, listener: CoreId, found: &Registration, ids: Ids) {
        let kind = found.kind;
        let detail = detail(&self.core(), kind, ids);
        let call = Call {
            listener,
            kind,
            path: ids,
            detail,
        };
        (found.callback)(self, &call, false);
    }

    /// Calls a listener for everything that begins with the ids of so many levels. The rest are
    /// listed when their level is entered.
    fn call_for_all(&self, listener: CoreId, found: &Registration, ids: Ids, level: usize) {
        let kind = found.kind;
        if level == kind.arity() {
            self.call_out_of_turn(listener, found, ids);
            return;
        }
        let there = match found.path.get(level) {
            Some(Step::Id(id)) => vec![*id],
            Some(Step::Any) => ids_within(&self.core(), kind, ids, level).unwrap_or_default(),
            _ => Vec::new(),
        };
        for id in there {
            let mut ids = ids;
            if let Some(place) = ids.get_mut(level) {
                *place = Some(id);
            }
            self.call_for_all(listener, found, ids, level + 1);
        }
    }
}

/// What a wildcard stands for at a level, below the ids of those above it.
fn ids_within(core: &Core, kind: Kind, ids: Ids, level: usize) -> Option<Vec<TextId>> {
    let [table, row, _] = ids;
    let table = || core.table(table?);
    Some(match (kind, level) {
        // Nothing is invalid now.
        (Kind::InvalidCell | Kind::InvalidValue, _) => Vec::new(),
        (Kind::HasValue | Kind::Value, _) => core.values().map(|(id, _)| id).collect(),
        (_, 0) => core.table_ids().collect(),
        (Kind::HasTableCell, _) => table()?.cell_ids(),
        (_, 1) => table()?.rows().map(|(id, _)| id).collect(),
        _ => {
            let slot = table()?.find(row?)?;
            table()?.cells(slot).map(|(id, _)| id).collect()
        }
    })
}

/// What there is to tell of these ids now, beside them.
fn detail(core: &Core, kind: Kind, ids: Ids) -> Detail {
    let table = || core.table(ids[0]?);
    let row = || table()?.find(ids[1]?);
    let column_rows = || Some(table()?.column_rows(table()?.column(ids[1]?)?));
    let cell = || Some(core.cell(ids[0]?, ids[1]?, ids[2]?));
    let value = || Some(core.value(ids[0]?));
    let is_there = |cell: Option<Cell>| cell.is_some_and(|cell| !cell.is_absent());
    let same = |cell: Option<Cell>| {
        let now = cell.unwrap_or(Cell::ABSENT);
        Detail::Change { new: now, old: now }
    };
    match kind {
        Kind::HasTables => Detail::Has(core.table_ids().next().is_some()),
        Kind::HasTable => Detail::Has(table().is_some()),
        Kind::HasTableCell => Detail::Has(column_rows().is_some_and(|rows| rows > 0)),
        Kind::RowCount => Detail::Count(table().map_or(0, |table| table.row_count())),
        Kind::HasRow => Detail::Has(row().is_some()),
        Kind::HasCell => Detail::Has(is_there(cell())),
        Kind::Cell => same(cell()),
        Kind::HasValues => Detail::Has(core.values().next().is_some()),
        Kind::HasValue => Detail::Has(is_there(value())),
        Kind::Value => same(value()),
        _ => Detail::None,
    }
}

/// For each number: whose it is, and the kinds that it counts.
macro_rules! stats {
    ($($(#[$doc:meta])* $name:ident: $($kind:ident)+;)*) => {
        /// How many listeners of each kind there are, mutators included.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub struct ListenerStats {$(
            $(#[$doc])*
            pub $name: usize,
        )*}

        impl Store {
            /// How many listeners of each kind there are.
            #[must_use]
            pub fn get_listener_stats(&self) -> ListenerStats {
                let core = self.core();
                ListenerStats {$(
                    $name: [$(Kind::$kind),+].map(|kind| core.listener_count(kind)).iter().sum(),
                )*}
            }
        }
    };
}

stats! {
    /// Listeners to whether there are any tables.
    has_tables: HasTables;
    /// Listeners to the tables.
    tables: Tables;
    /// Listeners to tables coming and going.
    table_ids: TableIds;
    /// Listeners to whether there is a table.
    has_table: HasTable;
    /// Listeners to a table.
    table: Table;
    /// Listeners to cell ids coming into use in a table, and out of it.
    table_cell_ids: TableCellIds;
    /// Listeners to whether a cell id is in use in a table.
    has_table_cell: HasTableCell;
    /// Listeners to how many rows a table has.
    row_count: RowCount;
    /// Listeners to rows coming and going.
    row_ids: RowIds;
    /// Listeners to rows in order.
    sorted_row_ids: SortedRowIds;
    /// Listeners to whether there is a row.
    has_row: HasRow;
    /// Listeners to a row.
    row: Row;
    /// Listeners to cells of a row coming and going.
    cell_ids: CellIds;
    /// Listeners to whether there is a cell.
    has_cell: HasCell;
    /// Listeners to a cell.
    cell: Cell;
    /// Listeners to what is offered as a cell and cannot be set.
    invalid_cell: InvalidCell;
    /// Listeners to whether there are any values.
    has_values: HasValues;
    /// Listeners to the values.
    values: Values;
    /// Listeners to values coming and going.
    value_ids: ValueIds;
    /// Listeners to whether there is a value.
    has_value: HasValue;
    /// Listeners to a value.
    value: Value;
    /// Listeners to what is offered as a value and cannot be set.
    invalid_value: InvalidValue;
    /// Listeners to the start and the end of transactions.
    transaction: StartTransaction WillFinishTransaction DidFinishTransaction;
}
