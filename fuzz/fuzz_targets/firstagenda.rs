//! Publications of FirstAgenda.
#![no_main]

libfuzzer_sys::fuzz_target!(|points: &str| {
    referent_fuzz::check_file(format!("{{\"Dagsordenpunkter\":[{points}]}}").as_bytes());
});
