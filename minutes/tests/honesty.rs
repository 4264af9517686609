//! What a reading says stands in the text: no person is made up, and nothing is to be followed up that lies behind its meeting.
//!
//! Asked of the fixtures and samples always, and of the texts in the folders that `REFERENT_SEEDS` and `REFERENT_MINUTES` name.
//! A folder named and missing is an error.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};

use minutes::model::{Document, FollowUp, Seat};

/// Folders of this repository, from the folder of the package.
const FOLDERS: [&str; 2] = ["../tests/minutes", "../samples"];

/// Names of folders outside it.
const NAMED: [&str; 2] = ["REFERENT_SEEDS", "REFERENT_MINUTES"];

fn texts() -> Vec<PathBuf> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let here = FOLDERS.iter().map(|folder| home.join(folder));
    let named = NAMED.iter().filter_map(std::env::var_os).map(PathBuf::from);
    let mut texts: Vec<PathBuf> = here
        .chain(named)
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    texts.sort();
    texts
}

/// The text with single spaces, as quotes and names have it.
fn read(path: &Path) -> (String, Document) {
    let text = minutes::read::text(&std::fs::read(path).unwrap()).unwrap().text;
    let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (spaced, minutes::parse(&text).0)
}

fn seats(document: &Document) -> impl Iterator<Item = &Seat> {
    document.items.iter().flat_map(|item| &item.seats)
}

fn follow_ups(document: &Document) -> impl Iterator<Item = &FollowUp> {
    document.items.iter().flat_map(|item| &item.follow_ups).chain(&document.follow_ups)
}

#[test]
fn no_person_is_made_up() {
    let mut people = 0;
    for path in texts() {
        let (text, document) = read(&path);
        let attendance = &document.attendance;
        let stood_in =
            attendance.substitutes.iter().flat_map(|one| [Some(&one.person), one.stands_in_for.as_ref()]);
        let names = seats(&document)
            .map(|seat| &seat.person)
            .chain(&attendance.present)
            .chain(&attendance.absent)
            .chain(stood_in.flatten())
            .chain(document.items.iter().flat_map(|item| &item.caseworkers));
        for name in names {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(!name.is_empty() && text.contains(&name), "{name:?} in {}", path.display());
            people += 1;
        }
    }
    assert!(people > 50, "only {people} people were read");
}

#[test]
fn nothing_is_to_come_that_lies_behind() {
    let mut dated = 0;
    for path in texts() {
        let (_, document) = read(&path);
        for follow_up in follow_ups(&document) {
            let told = format!("{} in {}", follow_up.quote, path.display());
            assert_eq!(follow_up.from.is_some(), follow_up.to.is_some(), "{told}");
            let (Some(from), Some(to)) = (follow_up.from, follow_up.to) else { continue };
            assert!(from <= to, "{told}");
            assert!(document.date.is_none_or(|meeting| to > meeting), "{told}");
            dated += 1;
        }
    }
    assert!(dated > 20, "only {dated} follow-ups were read");
}

#[test]
fn every_seat_and_follow_up_shows_its_sentence() {
    for path in texts() {
        let (text, document) = read(&path);
        let quotes =
            seats(&document).map(|seat| &seat.quote).chain(follow_ups(&document).map(|one| &one.quote));
        for quote in quotes {
            let quote = quote.trim_end_matches(" …").split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(!quote.is_empty() && text.contains(&quote), "{quote:?} in {}", path.display());
        }
    }
}
