//! What must hold for every text, whoever wrote it.

use std::error::Error;
use std::fs;
use std::path::Path;

use index::{Archive, Entry, Telling};
use minutes::model::{Document, FollowUp};

/// Reads a text, and checks that what the reading says of people and of days stands in it.
pub fn check(text: &str) {
    let (document, _) = minutes::parse(text);
    let said = one_line(text);
    for quote in follow_ups(&document).map(|one| &one.quote).chain(seats(&document)) {
        let quote = one_line(quote.trim_end_matches(" …"));
        assert!(!quote.is_empty() && stands_in(&said, &quote), "{quote:?} is nowhere in the text");
    }
    for follow_up in follow_ups(&document) {
        let (Some(from), Some(to)) = (follow_up.from, follow_up.to) else { continue };
        assert!(from <= to && document.date.is_none_or(|meeting| to > meeting), "{follow_up:?}");
    }
    // An agenda from an unknown layout is read by inference; what is known must not have helped it.
    minutes::parse_generic(text, "");
}

/// Reads a file as `referent` would, and what came of it.
pub fn check_file(bytes: &[u8]) {
    if let Ok(read) = minutes::read::text(bytes) {
        check(&read.text);
    }
}

/// An archive of the program's own samples, made anew: small, and the same at every start.
pub fn archive() -> Result<Archive, Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("referent-fuzz-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let archive = Archive::open(&folder)?;
    let telling = Telling {
        now: "2026-01-01T00:00:00+01:00[Europe/Copenhagen]".parse()?,
        digest_at: jiff::civil::time(8, 0, 0, 0),
        max_age_days: 30,
        first_reading: true,
    };
    let mut writer = archive.writer()?;
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples"))? {
        let file = file?;
        let (text, name) = (fs::read_to_string(file.path())?, file.file_name());
        let (document, _) = minutes::parse(&text);
        let name = name.to_string_lossy();
        let recorded_at = "2026-01-01T00:00:00Z";
        let entry = Entry { origin: &name, url: None, hash: &name, text: &text, document: &document, recorded_at };
        writer.record(&[entry], &telling)?;
    }
    writer.commit()?;
    Ok(archive)
}

fn follow_ups(document: &Document) -> impl Iterator<Item = &FollowUp> {
    document.items.iter().flat_map(|item| &item.follow_ups).chain(&document.follow_ups)
}

/// Who is said to sit, and the sentence that says it.
fn seats(document: &Document) -> impl Iterator<Item = &String> {
    document.items.iter().flat_map(|item| &item.seats).flat_map(|seat| [&seat.person, &seat.quote])
}

/// Bytes of a page's foot and the next one's head, at the most.
const LONGEST_BETWEEN_PAGES: usize = 200;

/// Whether a sentence stands in a text, or goes on there after the foot of a page and the head of the next.
fn stands_in(said: &str, sentence: &str) -> bool {
    let goes_on = |at: usize| {
        let (first, rest) = sentence.split_at(at);
        said.match_indices(first).any(|(start, _)| {
            said[start + first.len()..].find(rest).is_some_and(|between| between <= LONGEST_BETWEEN_PAGES)
        })
    };
    said.contains(sentence) || sentence.match_indices(' ').any(|(at, _)| goes_on(at))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
