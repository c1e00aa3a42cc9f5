//! The kinds of listeners: what each listens to, how many ids its path has, and sets of kinds.

/// What a listener listens to, in no particular order. The numbers are part of the facade's contract
/// (`src/facade/kinds.ts`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A transaction starts.
    StartTransaction = 0,
    /// A transaction is about to finish; may still write.
    WillFinishTransaction = 1,
    /// A transaction has finished.
    DidFinishTransaction = 2,
    /// Anything tabular changed.
    Tables = 3,
    /// Tables came or went.
    TableIds = 4,
    /// Something in a table changed.
    Table = 5,
    /// Rows of a table came or went.
    RowIds = 6,
    /// Something in a row changed.
    Row = 7,
    /// Cells of a row came or went.
    CellIds = 8,
    /// A cell changed.
    Cell = 9,
    /// Any value changed.
    Values = 10,
    /// Values came or went.
    ValueIds = 11,
    /// A value changed.
    Value = 12,
    /// There are tables now and were none, or the other way round.
    HasTables = 13,
    /// A table came or went.
    HasTable = 14,
    /// Cell ids came to be, or ceased to be, in use in a table.
    TableCellIds = 15,
    /// A cell id came to be, or ceased to be, in use in a table.
    HasTableCell = 16,
    /// A table has more or fewer rows.
    RowCount = 17,
    /// A row came or went.
    HasRow = 18,
    /// A cell came or went.
    HasCell = 19,
    /// There are values now and were none, or the other way round.
    HasValues = 20,
    /// A value came or went.
    HasValue = 21,
    /// Something was offered as a cell that could not be set.
    InvalidCell = 22,
    /// Something was offered as a value that could not be set.
    InvalidValue = 23,
    /// The rows of a table are in another order, or others.
    SortedRowIds = 24,
}

/// All kinds, by their number.
pub const KINDS: [Kind; 25] = [
    Kind::StartTransaction,
    Kind::WillFinishTransaction,
    Kind::DidFinishTransaction,
    Kind::Tables,
    Kind::TableIds,
    Kind::Table,
    Kind::RowIds,
    Kind::Row,
    Kind::CellIds,
    Kind::Cell,
    Kind::Values,
    Kind::ValueIds,
    Kind::Value,
    Kind::HasTables,
    Kind::HasTable,
    Kind::TableCellIds,
    Kind::HasTableCell,
    Kind::RowCount,
    Kind::HasRow,
    Kind::HasCell,
    Kind::HasValues,
    Kind::HasValue,
    Kind::InvalidCell,
    Kind::InvalidValue,
    Kind::SortedRowIds,
];

impl Kind {
    /// How many ids the path of a listener has.
    #[must_use]
    pub fn arity(self) -> usize {
        match self {
            Kind::HasCell | Kind::Cell | Kind::InvalidCell | Kind::SortedRowIds => 3,
            Kind::HasTableCell | Kind::HasRow | Kind::Row | Kind::CellIds => 2,
            Kind::HasTable
            | Kind::Table
            | Kind::TableCellIds
            | Kind::RowCount
            | Kind::RowIds
            | Kind::HasValue
            | Kind::Value
            | Kind::InvalidValue => 1,
            _ => 0,
        }
    }
}

/// Some kinds.
#[derive(Clone, Copy, Default)]
pub struct Kinds(u32);

impl Kinds {
    /// These kinds.
    pub const fn of(kinds: &[Kind]) -> Kinds {
        let mut bits = 0;
        let mut rest = kinds;
        while let [kind, others @ ..] = rest {
            bits |= 1 << *kind as u32;
            rest = others;
        }
        Kinds(bits)
    }

    /// These and those.
    pub const fn and(self, others: Kinds) -> Kinds {
        Kinds(self.0 | others.0)
    }

    /// These without those.
    pub const fn without(self, others: Kinds) -> Kinds {
        Kinds(self.0 & !others.0)
    }

    /// Whether any is among both.
    pub const fn meets(self, others: Kinds) -> bool {
        self.0 & others.0 != 0
    }
}
