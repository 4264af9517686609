//! Files of any format and encoding: which one it is shows in the bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| referent_fuzz::check_file(bytes));
