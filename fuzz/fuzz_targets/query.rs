//! What people type: any text is a question, answered within bounds, and twice in the same way.
#![no_main]

use std::sync::LazyLock;

use index::Archive;

static ARCHIVE: LazyLock<Archive> = LazyLock::new(|| referent_fuzz::archive().expect("an archive of our own texts"));

libfuzzer_sys::fuzz_target!(|typed: &str| {
    let ask = || ARCHIVE.search(typed, 9, 0).expect("no question is an error");
    let answer = ask();
    assert_eq!(answer, ask());
    assert!(answer.total >= answer.hits.len());
    for hit in &answer.hits {
        assert!(hit.passage.chars().count() <= index::PASSAGE_CHARS);
        for mark in &hit.marks {
            assert!(hit.passage.get(mark.clone()).is_some(), "a mark within a letter");
        }
    }
});
