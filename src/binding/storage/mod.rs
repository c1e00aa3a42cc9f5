//! Back ends on the browser's storages.

mod text;
mod web;

pub use web::StorageListener;
pub(super) use web::{Area, WebStorage};
