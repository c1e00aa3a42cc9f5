//! What the browser tests share: a store in the form in which persisters get it, and callbacks.

mod callbacks;
mod store;

pub use callbacks::*;
pub use store::TestStore;
