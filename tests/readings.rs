//! Fixtures of minutes with their expected readings: `NAME.txt` beside `NAME.json`, what `referent parse --json` must say.
//!
//! To add a case is to add a text; `UPDATE=1 cargo test` writes the readings, and the difference is read before it is kept.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use minutes::read;

const FOLDERS: [&str; 2] = ["tests/minutes", "samples"];

fn texts(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut texts: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    texts.sort();
    texts
}

/// The reading as it is kept: the document, then the warnings.
fn reading(path: &Path) -> (String, minutes::Document) {
    let text = read::text(&fs::read(path).unwrap()).unwrap();
    let (document, warnings) = minutes::parse(&text.text);
    let warnings = [text.warnings, warnings].concat();
    let value = serde_json::json!({ "document": document, "warnings": warnings });
    (serde_json::to_string_pretty(&value).unwrap() + "\n", document)
}

/// Readings of the samples stand with the other readings: the samples' folder is what a newcomer looks at.
fn kept_at(path: &Path) -> PathBuf {
    let name = path.file_stem().unwrap().to_str().unwrap();
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/minutes").join(format!("{name}.json"))
}

#[test]
fn fixtures_read_as_expected() {
    for path in FOLDERS.iter().flat_map(|folder| texts(folder)) {
        let (found, _) = reading(&path);
        let kept = kept_at(&path);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&kept, &found).unwrap();
        }
        let expected =
            fs::read_to_string(&kept).unwrap_or_else(|_| panic!("no {}: run with UPDATE=1", kept.display()));
        assert_eq!(expected, found, "{}", path.display());
    }
}

/// Labels whose values go into fields of their own.
const LABELS: [&str; 67] = [
    "Ad",
    "Nr.",
    "Nr.41",
    "Nr.42",
    "PKT.",
    "nr.:",
    "Pkt.",
    "nr.",
    "•",
    "Åbent",
    "punkt",
    "3)",
    "Udvalg:",
    "Udvalg",
    "Mødested:",
    "Mødested",
    "Mødelokale:",
    "Sted:",
    "Deltagere:",
    "Mødedeltagere",
    "Fraværende",
    "Fraværende:",
    "Afbud:",
    "AFBUD:",
    "TILSTEDE:",
    "Til",
    "stede:",
    "Sagsnr.:",
    "Sagsnr.",
    "Sagsnummer:",
    "Sagsid.:",
    "Sagsinitialer:",
    "J.nr.",
    "Sagsbehandler:",
    "Øvrige",
    "sagsbehandlere:",
    "Ikke",
    "og",
    "Ingen",
    "Tid:",
    "(fællesmøde)",
    "Punkt",
    "Sag",
    "FRAVÆRENDE:",
    "SAGSNR.:",
    "Afbud",
    "fra:",
    "Medlemmer",
    "stede",
    "Mødeforum:",
    "Pkt.nr.",
    "Emne:",
    "Sagsansvarlig:",
    "Journalnr.",
    "Dagsordenens",
    "Titel:",
    "Lokale:",
    "Medlemmer:",
    "Initialer:",
    "Journal",
    "Journalnummer:",
    "Punkttype:",
    "sag",
    "Åben",
    "stedet",
    "mødte:",
    "|",
];

/// Labels of days and hours, which take another form.
const DATES: [&str; 11] = [
    "Mødetidspunkt:",
    "Mødedato:",
    "Mødestart:",
    "Mødetid:",
    "Dato:",
    "Dato ",
    "Dato og tid:",
    "Tidspunkt:",
    "Starttidspunkt ",
    "STARTTIDSPUNKT",
    "15-06-2021",
];

/// Every word of a text, in any field of its reading; closed items keep nothing but their head.
#[test]
fn no_word_of_a_fixture_is_lost() {
    for path in FOLDERS.iter().flat_map(|folder| texts(folder)) {
        let (json, document) = reading(&path);
        if document.items.iter().any(|item| item.closed) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        // Labels and dates go into fields of another form.
        let header: Vec<&str> =
            text.lines().filter(|line| DATES.iter().any(|label| line.starts_with(label))).collect();
        for word in text.lines().filter(|line| !header.contains(line)).flat_map(str::split_whitespace) {
            // A heading may be glued to the sentence before it: `verdensmål".Indstilling`. Marks of bold and of numbers are no words.
            for piece in word.split(['.', ':']).map(|piece| piece.trim_matches([',', '-', '"', '*', '#'])) {
                // A case number may stand in parentheses behind the title.
                let bare = piece.trim_matches(['(', ')']);
                let is_case = bare.contains(|c: char| c.is_ascii_digit()) && json.contains(bare);
                let found = piece.parse::<u32>().is_ok() || json.contains(piece) || is_case;
                assert!(LABELS.contains(&word) || found, "{word} of {}", path.display());
            }
        }
    }
}

/// Where each family's own segmenter is left out, the same items and decisions are found by inference alone.
#[test]
fn inference_alone_finds_items_and_decisions() {
    let (mut all, mut found) = (0, 0);
    for path in FOLDERS.iter().flat_map(|folder| texts(folder)) {
        let text = read::text(&fs::read(&path).unwrap()).unwrap().text;
        let (known, _) = minutes::parse(&text);
        let (inferred, _) = minutes::parse_generic(&text, "");
        for item in &known.items {
            all += 2;
            let same = inferred.items.iter().find(|other| {
                (&other.number, &other.case_number, &other.title)
                    == (&item.number, &item.case_number, &item.title)
            });
            found += usize::from(same.is_some());
            found += usize::from(same.is_some_and(|other| other.decision == item.decision));
        }
    }
    assert!(found * 100 >= all * LEAST_INFERRED, "{found} of {all}");
}

/// Of a hundred items and decisions.
const LEAST_INFERRED: usize = 85;
