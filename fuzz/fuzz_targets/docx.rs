//! Word documents: what is tried is the text part, in a file that is otherwise whole.
#![no_main]

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

libfuzzer_sys::fuzz_target!(|body: &str| {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let part = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let parts = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("word/document.xml", part.as_str()),
    ];
    for (name, text) in parts {
        file.start_file(name, stored).expect("a part of a file in memory");
        file.write_all(text.as_bytes()).expect("a part of a file in memory");
    }
    let file = file.finish().expect("a file in memory");
    referent_fuzz::check_file(file.get_ref());
});
