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
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::thread::Builder;

#[allow(dead_code, reason = "the fuzzing uses but a part")]
#[path = "../src/store/tests/harness/mod.rs"]
mod harness;
#[path = "../fuzz/src/input.rs"]
mod input;
#[path = "../fuzz/src/json_reader.rs"]
mod json_reader;
#[allow(dead_code, reason = "the fuzzing uses but a part")]
#[path = "../src/store/tests/model/mod.rs"]
mod model;
#[path = "../fuzz/src/operations/mod.rs"]
mod operations;
#[path = "../fuzz/src/parsed.rs"]
mod parsed;
#[allow(dead_code, reason = "the fuzzing uses but a part")]
#[path = "../src/store/tests/program.rs"]
mod program;

/// serde_json takes this much for the deepest of texts, unoptimised; the store needs a fraction.
const STACK: usize = 16 << 20;

/// Runs a target on its corpus; none of the inputs may fail.
fn run_all(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(!paths.is_empty(), "the corpus is empty");
    let fails = move |path: &PathBuf| {
        let input = fs::read(path).unwrap();
        catch_unwind(|| run(&input)).is_err()
    };
    let run_each = move || paths.into_iter().filter(fails).collect::<Vec<_>>();
    let thread = Builder::new().stack_size(STACK).spawn(run_each).unwrap();
    assert_eq!(thread.join().unwrap(), [] as [PathBuf; 0]);
}

#[test]
fn the_corpus_of_the_json_reader_has_no_finding() {
    run_all("json_reader", json_reader::run);
}

#[test]
fn the_corpus_of_the_operations_has_no_finding() {
    run_all("operations", operations::run);
}
