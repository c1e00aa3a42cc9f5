//! What Rust and TypeScript must both say, constant by constant: the layout of shared memory and the
//! numbers of the kinds of listeners.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::panic, reason = "a test fails by panicking")]

use cellarium::store::KINDS;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The text of a source file.
fn source(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A whole number as both languages write it: decimal or hexadecimal, perhaps with underscores, a
/// sign, or a fraction of 0.
fn number(literal: &str) -> i64 {
    let text = literal.trim().replace('_', "").to_lowercase();
    let text = text.strip_suffix(".0").unwrap_or(&text);
    let number = match text.strip_prefix("0x") {
        Some(digits) => i64::from_str_radix(digits, 16),
        None => text.parse(),
    };
    number.unwrap_or_else(|_| panic!("{literal:?} is no plain number, so nothing can be compared"))
}

/// The constants that a text declares, each on a line that begins with `start`: name and value.
fn constants(text: &str, start: &str) -> BTreeMap<String, i64> {
    let mut constants = BTreeMap::new();
    for line in text.lines() {
        let Some(declaration) = line.strip_prefix(start) else {
            continue;
        };
        // `NAME = 1;` in TypeScript, `NAME: u32 = 1;` in Rust.
        let (left, value) = declaration
            .trim_end_matches(';')
            .split_once('=')
            .unwrap_or_else(|| panic!("{line:?} is not on one line"));
        let name = left.split(':').next().unwrap_or(left).trim();
        let old = constants.insert(name.to_owned(), number(value));
        assert_eq!(old, None, "{name} is declared twice");
    }
    constants
}

/// `StartTransaction` as `START_TRANSACTION`.
fn upper_snake_case(name: &str) -> String {
    let mut result = String::new();
    for (index, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && index > 0 {
            result.push('_');
        }
        result.extend(letter.to_uppercase());
    }
    result
}

#[test]
fn both_sides_declare_the_same_layout() {
    let rust = constants(&source("src/binding/layout.rs"), "pub const ");
    let typescript = constants(&source("src/facade/layout.ts"), "export const ");
    // A text that is no longer understood must not pass for one that agrees.
    for name in ["VIEW_EPOCH", "CHUNK_BITS", "TAG_TEXT", "NONE", "STEP_DONE"] {
        assert!(rust.contains_key(name), "{name} was not found in Rust");
    }
    assert_eq!(rust, typescript);
}

#[test]
fn both_sides_number_the_kinds_of_listeners_alike() {
    let rust: BTreeMap<String, i64> = KINDS
        .iter()
        .map(|kind| (upper_snake_case(&format!("{kind:?}")), *kind as i64))
        .collect();
    assert_eq!(rust.len(), KINDS.len());
    let numbers: String = source("src/facade/kinds.ts")
        .lines()
        .filter(|line| !line.ends_with('{'))
        .map(|line| format!("{line}\n"))
        .collect();
    let typescript = constants(&numbers, "export const ");
    assert_eq!(rust, typescript);
}

#[test]
fn numbers_are_read_as_both_languages_write_them() {
    assert_eq!(number("0xFFF8_0000"), 0xFFF8_0000);
    assert_eq!(number(" 0xfff8_0000"), 0xFFF8_0000);
    assert_eq!(number("1_024"), 1024);
    assert_eq!(number("-3.0"), number("-3"));
    let rust = "pub const A: u32 = 0x10;\n/// Text.\nconst B: u32 = 1;";
    assert_eq!(
        constants(rust, "pub const "),
        BTreeMap::from([("A".to_owned(), 16)])
    );
    let typescript = "export const A = 16;\nconst B = 1;";
    assert_eq!(
        constants(typescript, "export const "),
        constants(rust, "pub const ")
    );
}
