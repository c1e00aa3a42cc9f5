//! What is fuzzed, as functions of bytes that panic when something is wrong. `tests/fuzz.rs` runs the same functions
//! on the corpus, with a stable compiler.

pub mod input;
pub mod json_reader;
pub mod operations;
pub mod parsed;

// The driver, the writes and the naive store are those of the store's own tests, which know it as `crate::store`.
use cellarium::store;
#[allow(dead_code, reason = "the fuzzing uses but a part")]
#[path = "../../src/store/tests/harness/mod.rs"]
mod harness;
#[allow(dead_code, reason = "the fuzzing uses but a part")]
#[path = "../../src/store/tests/model/mod.rs"]
mod model;
#[allow(dead_code, reason = "the fuzzing uses but a part")]
#[path = "../../src/store/tests/program.rs"]
mod program;
