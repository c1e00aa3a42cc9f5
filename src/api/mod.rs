//! The store as Rust programs hold it: the counterpart of the objects that JavaScript apps hold.
//!
//! A layer over [`crate::store`], which works with handles and calls nobody: texts in and out, typed
//! cells, and closures as listeners.
//!
//! | module | what it holds |
//! |---|---|
//! | `cell`, `json`, `id_map`, `content`, `schema` | plain data: what goes in and comes out |
//! | `handle` | the handle, and how texts and cells cross to the core |
//! | `reading`, `visiting`, `writing`, `changes`, `log`, `json_text`, `schemas` | the methods |
//! | `sorting` | rows in order, and listeners to that |
//! | `transactions` | their life: asks the core what comes next, and does it |
//! | `listening`, `events`, `calling` | the closures, what each is told, and calling one out of turn |
//! | `mergeable` | stores that can be merged with others |
//! | `custom_persister` | persisters over a program's own way to load and save |
//! | `error` | what can go wrong |
//!
//! One rule holds everywhere: **nothing is borrowed while foreign code runs**. The core is borrowed
//! within one method only, and what may be the caller's code (closures, conversions, iterators, and
//! the destructors of closures) runs before or after. So a listener may do anything to its store.

mod calling;
mod cell;
mod changes;
mod content;
mod custom_persister;
mod error;
mod events;
mod handle;
mod id_map;
mod json;
mod json_text;
mod listening;
mod log;
mod mergeable;
mod reading;
mod schema;
mod schemas;
mod sorting;
#[cfg(test)]
mod tests;
mod transactions;
mod visiting;
mod writing;

pub use calling::ListenerStats;
pub use cell::Cell;
pub use content::{
    Change, ChangedRow, ChangedTable, Changes, Content, IdChange, IdChanges, Row, Table, Tables,
    Value, Values,
};
pub use custom_persister::{
    CustomBackend, CustomHost, CustomPersister, Persisted, PersisterListener, SharedError,
};
pub use error::Error;
pub use events::{
    CellEvent, CellIdsEvent, HasCellEvent, HasRowEvent, HasTableCellEvent, HasTableEvent,
    HasTablesEvent, HasValueEvent, HasValuesEvent, InvalidCellEvent, InvalidValueEvent,
    RowCountEvent, RowEvent, RowIdsEvent, TableCellIdsEvent, TableEvent, TableIdsEvent, ValueEvent,
    ValueIdsEvent,
};
pub use handle::Store;
pub use id_map::{IdMap, IdMapIter};
pub use json::Json;
pub use listening::ListenerId;
pub use log::TransactionLog;
pub use mergeable::MergeableStore;
pub use schema::{CellSchema, CellType, TableSchema, TablesSchema, ValueSchema, ValuesSchema};
pub use sorting::{SortedRowIdsEvent, Sorting};
