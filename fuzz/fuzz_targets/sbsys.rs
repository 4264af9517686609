//! Exports of SBSYS.
#![no_main]

libfuzzer_sys::fuzz_target!(|points: &str| {
    referent_fuzz::check_file(format!("<Dagsorden>{points}</Dagsorden>").as_bytes());
});
