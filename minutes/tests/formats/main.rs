//! The same minutes as text, web page, FirstAgenda JSON and SBSYS XML: what is read must be the same.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod exports;
mod hostile;
mod markup;
mod pages;
mod pdf;
mod word;

use std::fs;
use std::path::{Path, PathBuf};

use minutes::{Document, read};

const FOLDERS: [&str; 2] = ["../tests/minutes", "../samples"];

/// Name and text of every fixture.
fn fixtures() -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> = FOLDERS
        .iter()
        .flat_map(|folder| fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap())
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    assert!(paths.len() > 20, "fixtures are missing");
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| (name(path), read_text(&fs::read(path).unwrap()))).collect()
}

fn read_text(bytes: &[u8]) -> String {
    read::text(bytes).unwrap().text
}

fn document(text: &str) -> Document {
    minutes::parse(text).0
}

/// Words in one line: how lines are broken is no part of what is said.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What must be the same in every format, a line for each fact, to be read when it is not.
fn facts(document: &Document) -> Vec<String> {
    let mut facts = vec![
        format!("kind {:?}", document.kind),
        format!("body {:?}", document.body),
        format!("date {:?}", document.date),
        format!("place {:?}", document.place.as_deref().map(words)),
    ];
    for item in &document.items {
        facts.push(format!(
            "item {:?} {:?} closed {}",
            item.number,
            item.title.as_deref().map(words),
            item.closed
        ));
        facts.push(format!("  case {:?}", item.case_number.as_ref().map(ToString::to_string)));
        facts.push(format!("  caseworkers {:?}", item.caseworkers));
        let decision = item.decision.as_ref().map(|found| (words(&found.text), found.outcome));
        facts.push(format!("  decision {decision:?}"));
        facts.push(format!("  recommendations {:?}", item.recommendations.len()));
        facts.push(format!("  attachments {:?}", item.attachments));
        facts.push(format!(
            "  follow-ups {:?}",
            item.follow_ups.iter().map(|found| (found.from, found.to)).collect::<Vec<_>>()
        ));
        facts.push(format!("  seats {:?}", item.seats.iter().map(|seat| &seat.person).collect::<Vec<_>>()));
    }
    facts
}

/// Compares readings fact by fact, but for those that begin with one of `known`.
#[track_caller]
fn check_same(name: &str, expected: &Document, found: &Document, known: &[&str]) {
    let kept = |document: &Document| -> Vec<String> {
        let is_known = |fact: &String| known.iter().any(|known| fact.trim_start().starts_with(known));
        facts(document).into_iter().filter(|fact| !is_known(fact)).collect()
    };
    let (expected, found) = (kept(expected), kept(found));
    let differs: Vec<String> = expected
        .iter()
        .zip(&found)
        .filter(|(expected, found)| expected != found)
        .map(|(expected, found)| format!("- {expected}\n+ {found}\n"))
        .collect();
    assert!(
        differs.is_empty() && expected.len() == found.len(),
        "{name}: {} facts, found {}\n{}",
        expected.len(),
        found.len(),
        differs.concat()
    );
}
