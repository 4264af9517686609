//! PDF files, in this process: what crashes or hangs here costs one file there, where a child of the program reads them.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(read) = minutes::read::pdf::text(bytes) {
        referent_fuzz::check(&read.text);
    }
});
