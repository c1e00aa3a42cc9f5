//! See `cellarium_fuzz::operations`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cellarium_fuzz::operations::run(data));
