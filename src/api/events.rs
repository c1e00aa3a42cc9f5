//! What listeners are told: plain data, read from the core when a listener's turn comes.

use super::cell::Cell;
use super::content::{IdChange, IdChanges};
use super::handle::{decode, text};
use crate::store::{Call, Cell as CoreCell, Detail, Store as Core, TextId};

/// What an event is read from.
pub(super) struct Told<'a> {
    pub core: &'a Core,
    pub call: &'a Call,
    /// Whether the core has just given the call out; otherwise nothing has happened.
    pub is_due: bool,
}

impl Told<'_> {
    fn id_or_none(&self, level: usize) -> Option<String> {
        let id: &Option<TextId> = self.call.path.get(level)?;
        id.map(|id| text(self.core, id))
    }

    fn ids(&self) -> impl Iterator<Item = String> {
        (0..).map(|level| self.id_or_none(level).unwrap_or_default())
    }

    fn id_changes(&self) -> IdChanges {
        let ids = self.core.id_set();
        id_changes(self.core, if self.is_due { ids } else { &[] })
    }

    fn new_and_old(&self) -> (CoreCell, CoreCell) {
        match self.call.detail {
            Detail::Change { new, old } => (new, old),
            _ => (CoreCell::ABSENT, CoreCell::ABSENT),
        }
    }

    fn now(&self) -> Option<Cell> {
        decode(self.core, self.new_and_old().0)
    }

    fn before(&self) -> Option<Cell> {
        decode(self.core, self.new_and_old().1)
    }

    fn has(&self) -> bool {
        matches!(self.call.detail, Detail::Has(true))
    }

    fn count(&self) -> usize {
        match self.call.detail {
            Detail::Count(count) => count,
            _ => 0,
        }
    }

    fn offered(&self) -> Vec<Option<Cell>> {
        let offered = self.core.offered().into_iter();
        let offered = offered.filter(|_| self.is_due);
        offered.map(|cell| decode(self.core, cell)).collect()
    }
}

/// Ids that came (1) and went (-1).
pub(super) fn id_changes(core: &Core, ids: &[(TextId, i8)]) -> IdChanges {
    let change = |change| match change {
        1.. => IdChange::Added,
        _ => IdChange::Removed,
    };
    let changes = ids.iter();
    changes
        .map(|(id, by)| (text(core, *id), change(*by)))
        .collect()
}

/// What a listener of some kind is told.
pub(super) trait Event {
    /// Reads the event.
    fn read(told: &Told<'_>) -> Self;
}

/// Nothing but that it happened.
impl Event for () {
    fn read(_: &Told<'_>) -> Self {}
}

macro_rules! id_doc {
    (table_id) => {
        "The table."
    };
    (row_id) => {
        "The row."
    };
    (cell_id) => {
        "The cell."
    };
    (value_id) => {
        "The value."
    };
}

/// For each event: its documentation, its ids, and what else it tells, with how that is read.
macro_rules! events {
    ($(
        #[doc = $doc:literal]
        $event:ident($($id:ident),*) {$(
            $(#[doc = $field_doc:literal])+
            $field:ident: $type:ty = $read:expr,
        )*}
    )*) => {$(
        #[doc = $doc]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $event {
            $(
                #[doc = id_doc!($id)]
                pub $id: String,
            )*
            $(
                $(#[doc = $field_doc])+
                pub $field: $type,
            )*
        }

        impl Event for $event {
            fn read(told: &Told<'_>) -> Self {
                #[allow(unused, reason = "some have no ids")]
                let mut ids = told.ids();
                $event {
                    $($id: ids.next().unwrap_or_default(),)*
                    $($field: $read(told),)*
                }
            }
        }
    )*};
}

events! {
    /// There are tables now and were none, or the other way round.
    HasTablesEvent() {
        /// Whether there are any.
        has_tables: bool = Told::has,
    }

    /// Tables came or went.
    TableIdsEvent() {
        /// Which did.
        id_changes: IdChanges = Told::id_changes,
    }

    /// A table came or went.
    HasTableEvent(table_id) {
        /// Whether it is there.
        has_table: bool = Told::has,
    }

    /// Something in a table changed.
    TableEvent(table_id) {}

    /// Cell ids came into use in a table, or out of it.
    TableCellIdsEvent(table_id) {
        /// Which did.
        id_changes: IdChanges = Told::id_changes,
    }

    /// A cell id came into use in a table, or out of it.
    HasTableCellEvent(table_id, cell_id) {
        /// Whether any row of the table has such a cell.
        has_table_cell: bool = Told::has,
    }

    /// A table has more or fewer rows.
    RowCountEvent(table_id) {
        /// How many it has.
        count: usize = Told::count,
    }

    /// Rows of a table came or went.
    RowIdsEvent(table_id) {
        /// Which did.
        id_changes: IdChanges = Told::id_changes,
    }

    /// A row came or went.
    HasRowEvent(table_id, row_id) {
        /// Whether it is there.
        has_row: bool = Told::has,
    }

    /// Something in a row changed.
    RowEvent(table_id, row_id) {}

    /// Cells of a row came or went.
    CellIdsEvent(table_id, row_id) {
        /// Which did.
        id_changes: IdChanges = Told::id_changes,
    }

    /// A cell came or went.
    HasCellEvent(table_id, row_id, cell_id) {
        /// Whether it is there.
        has_cell: bool = Told::has,
    }

    /// A cell changed.
    CellEvent(table_id, row_id, cell_id) {
        /// What it is; `None` if it is gone.
        new_cell: Option<Cell> = Told::now,
        /// What it was; `None` if there was none.
        old_cell: Option<Cell> = Told::before,
    }

    /// Something was offered as a cell, or in the place of one, that could not be set.
    InvalidCellEvent() {
        /// The table; `None` if what was offered were no tables at all.
        table_id: Option<String> = |told: &Told<'_>| told.id_or_none(0),
        /// The row; `None` if a table was offered without rows, or in [`Store::add_row`].
        ///
        /// [`Store::add_row`]: super::Store::add_row
        row_id: Option<String> = |told: &Told<'_>| told.id_or_none(1),
        /// The cell; `None` if a row was offered without cells.
        cell_id: Option<String> = |told: &Told<'_>| told.id_or_none(2),
        /// Everything that was offered there in the transaction, in order: a cell that is not
        /// [valid](Cell::is_valid), or that the schema does not allow. `None` stands for nothing: for a
        /// row without cells, for a cell that the schema wants and that was not given.
        invalid_cells: Vec<Option<Cell>> = Told::offered,
    }

    /// There are values now and were none, or the other way round.
    HasValuesEvent() {
        /// Whether there are any.
        has_values: bool = Told::has,
    }

    /// Values came or went.
    ValueIdsEvent() {
        /// Which did.
        id_changes: IdChanges = Told::id_changes,
    }

    /// A value came or went.
    HasValueEvent(value_id) {
        /// Whether it is there.
        has_value: bool = Told::has,
    }

    /// A value changed.
    ValueEvent(value_id) {
        /// What it is; `None` if it is gone.
        new_value: Option<Cell> = Told::now,
        /// What it was; `None` if there was none.
        old_value: Option<Cell> = Told::before,
    }

    /// Something was offered as a value that could not be set.
    InvalidValueEvent() {
        /// The value; `None` if what was offered were no values at all.
        value_id: Option<String> = |told: &Told<'_>| told.id_or_none(0),
        /// Everything that was offered there in the transaction; see
        /// [`InvalidCellEvent::invalid_cells`].
        invalid_values: Vec<Option<Cell>> = Told::offered,
    }
}
