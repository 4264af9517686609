//! Web pages.
#![no_main]

libfuzzer_sys::fuzz_target!(|body: &str| {
    referent_fuzz::check_file(format!("<!DOCTYPE html><html><body>{body}").as_bytes());
});
