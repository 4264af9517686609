//! Texts of any kind, as the segmenters take them.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| referent_fuzz::check(text));
