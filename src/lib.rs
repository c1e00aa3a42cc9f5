//! Cellarium: a reactive in-memory store with persistence.
//!
//! - `binding`: the one place where Rust meets JavaScript; compiled for the browser only.

#[cfg(any(target_arch = "wasm32", binding_on_host))]
pub mod binding;
