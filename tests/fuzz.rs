//! Runs what is fuzzed on every input of the corpus in `fuzz/corpus/`, each of which has once led somewhere new.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unit_arg,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and an operation that throws nothing gives a unit"
)]

use cellarium::store;
use std::fs;
use std::path::Path;

#[allow(dead_code, reason = "the fuzzing uses but a part")]
#[path = "../src/store/tests/harness/mod.rs"]
mod harness;
#[path = "../fuzz/src/input.rs"]
mod input;
#[path = "../fuzz/src/json_reader.rs"]
mod json_reader;
#[allow(dead_code, reason = "the fuzzing uses but a part")]
#[path = "../src/store/tests/model.rs"]
mod model;
#[path = "../fuzz/src/operations/mod.rs"]
mod operations;
#[path = "../fuzz/src/parsed.rs"]
mod parsed;
#[allow(dead_code, reason = "the fuzzing uses but a part")]
#[path = "../src/store/tests/program.rs"]
mod program;

/// Runs a target on its corpus, on those bytes alone that fail if some do.
fn run_all(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        println!("{}", path.display());
        run(&fs::read(&path).unwrap());
        count += 1;
    }
    assert!(count > 0, "the corpus is empty");
}

#[test]
fn the_corpus_of_the_json_reader_has_no_finding() {
    run_all("json_reader", json_reader::run);
}

#[test]
fn the_corpus_of_the_operations_has_no_finding() {
    run_all("operations", operations::run);
}
