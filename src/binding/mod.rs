//! Where Rust meets JavaScript, through wasm-bindgen.

mod block;
mod buffers;
mod common;
mod futures;
mod layout;
mod leaving;
pub mod persister;
mod persister_content;
mod persister_error;
pub mod persister_functions;
mod persister_host;
mod storage;
mod store;

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of this crate, for example `0.1.0`.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
