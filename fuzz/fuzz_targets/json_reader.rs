//! See `cellarium_fuzz::json_reader`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cellarium_fuzz::json_reader::run(data));
