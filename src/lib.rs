//! Cellarium: a reactive in-memory store with persistence.
//!
//! - [`store`]: tables and values in memory, with transactions and listeners.
//! - [`persister`]: loading and saving, over a trait.
//! - `binding`: the one place where Rust meets JavaScript; compiled for the browser only.

#[cfg(any(target_arch = "wasm32", binding_on_host))]
pub mod binding;

pub mod persister;
pub mod store;
