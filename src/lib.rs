//! Cellarium: a reactive in-memory store with persistence.
//!
//! Tables of rows of cells, and single values; transactions that call listeners once, at their end;
//! JSON in and out. It has the methods of [TinyBase](https://tinybase.org)'s store, in snake_case.
//!
//! ```
//! use cellarium::{Cell, Store, row};
//!
//! let store = Store::new();
//! store.set_table("pets", [
//!     ("fido", row! {"species" => "dog", "age" => 4}),
//!     ("felix", row! {"species" => "cat", "age" => 2}),
//! ]);
//!
//! let listener = store.add_cell_listener("pets", None, "age", |_store, event| {
//!     println!("{} is {} now", event.row_id, event.new_cell.unwrap_or(Cell::Null));
//! });
//! store.transaction(|store| {
//!     store.set_cell("pets", "fido", "age", 5);
//!     store.set_cell("pets", "felix", "age", 3);
//! });
//! // prints: fido is 5 now
//! //         felix is 3 now
//! store.del_listener(listener);
//!
//! // An error rolls back.
//! let result = store.try_transaction(|store| {
//!     store.del_table("pets");
//!     "many".parse::<u32>()
//! });
//! assert!(result.is_err() && store.has_table("pets"));
//!
//! let age: Option<u8> = store.get_cell("pets", "felix", "age").and_then(|age| age.try_into().ok());
//! assert_eq!(age, Some(3));
//! ```
//!
//! [`Store`] says how it behaves: its handle, threads, order, texts and panics. [`CustomBackend`] is
//! how it is kept somewhere: in a file, in a database.
//!
//! # The modules
//!
//! What a Rust program needs is here, at the root. Beneath it are
//!
//! - [`store`]: tables and values in memory as a state machine over handles, which calls nobody; it is
//!   what both [`Store`] and the binding drive.
//! - [`persister`]: loading and saving, over traits.
//! - `binding`: the one place where Rust meets JavaScript; compiled for the browser only.

#[cfg(any(target_arch = "wasm32", binding_on_host))]
pub mod binding;

mod api;
pub mod persister;
pub mod store;

pub use api::*;

/// The README's examples in Rust, which are tested with the others.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
