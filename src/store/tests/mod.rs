//! Tests of the store as its callers see it; native only.
#![cfg(not(target_arch = "wasm32"))]

mod add_row;
mod compaction;
mod edits;
mod errors;
mod freeing;
mod harness;
mod hostile;
mod id_changes;
mod invalid;
mod invalid_listeners;
mod json_in;
mod json_out;
mod json_random;
mod listener_order;
mod listener_passes;
mod mergeable;
mod mergeable_random;
pub(crate) mod model;
mod mutators;
mod net_changes;
mod presence;
pub(crate) mod program;
pub(crate) mod random;
mod replacing;
mod rollback;
mod runs;
mod schema;
mod schema_changes;
mod schema_defaults;
mod schema_rollback;
mod sorted;
mod sorted_listeners;
mod staged;
mod transactions;
