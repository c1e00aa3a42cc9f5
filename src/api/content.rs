//! The names of what a store holds and of what changes in it.

use super::cell::Cell;
use super::id_map::IdMap;

/// The cells of a row, by cell id.
pub type Row = IdMap<Cell>;

/// The rows of a table, by row id.
pub type Table = IdMap<Row>;

/// The tables of a store, by table id.
pub type Tables = IdMap<Table>;

/// What a value holds; the same as a cell.
pub type Value = Cell;

/// The values of a store, by value id.
pub type Values = IdMap<Value>;

/// Everything in a store: its tables and its values.
pub type Content = (Tables, Values);

/// The changed cells of a row; `None` stands for a cell that is gone.
pub type ChangedRow = IdMap<Option<Cell>>;

/// The changed rows of a table; `None` stands for a row that is gone.
pub type ChangedTable = IdMap<Option<ChangedRow>>;

/// What a transaction changed, net.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The changed tables; `None` stands for a table that is gone.
    pub tables: IdMap<Option<ChangedTable>>,
    /// The changed values; `None` stands for a value that is gone.
    pub values: IdMap<Option<Value>>,
}

impl Changes {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.values.is_empty()
    }
}

/// What happened to a cell or value in the transaction so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Whether it was written to with something other than it held.
    pub changed: bool,
    /// What it was when the transaction started; `None` if there was none.
    pub old: Option<Cell>,
    /// What it is.
    pub new: Option<Cell>,
}

/// Whether an id came or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdChange {
    /// It came.
    Added,
    /// It went.
    Removed,
}

/// The ids that came and went, in the order in which they did.
pub type IdChanges = IdMap<IdChange>;

/// Makes a [`Row`], or [`Values`], of cells of different types.
///
/// ```
/// use cellarium::{Cell, row};
///
/// let fido = row! {"species" => "dog", "age" => 4, "good" => true, "owner" => Cell::Null};
/// assert_eq!(fido.get("age"), Some(&Cell::Number(4.0)));
/// ```
#[macro_export]
macro_rules! row {
    ($($id:expr => $cell:expr),* $(,)?) => {{
        #[allow(unused_mut, reason = "a row without cells is never changed")]
        let mut row = $crate::Row::new();
        $(row.insert($id, $crate::Cell::from($cell));)*
        row
    }};
}
