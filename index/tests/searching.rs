//! What words find.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod common;

use common::*;
use index::{Archive, Found, PASSAGE_CHARS};
use minutes::SectionKind;
use proptest::prelude::*;

fn sampled() -> (tempfile::TempDir, Archive) {
    let directory = tempfile::tempdir().unwrap();
    let archive = Archive::open(directory.path()).unwrap();
    record_samples(&archive);
    (directory, archive)
}

fn titles(archive: &Archive, words: &str) -> Vec<String> {
    let result = archive.search(words, 100, 0).unwrap();
    assert!(result.total >= result.hits.len());
    result
        .hits
        .into_iter()
        .map(|hit| match hit.found {
            Found::Item(treatment) => treatment.item.title.unwrap_or_default(),
            Found::Document(meeting) => meeting.title.unwrap_or(meeting.file),
        })
        .collect()
}

#[test]
fn spelling_case_and_endings_do_not_matter() {
    let (_directory, archive) = sampled();
    for words in ["BLÅT herberg", "blaat herberget", "Aaen", "udsatteråd"] {
        assert_eq!(titles(&archive, words), ["Rammer for herberget"], "{words}");
    }
    assert_eq!(titles(&archive, "Mette Aakjær budget"), ["Budget for skolerne"]);
}

#[test]
fn every_word_is_required() {
    let (_directory, archive) = sampled();
    assert!(titles(&archive, "herberg flyveplads").is_empty());
    assert!(titles(&archive, "").is_empty());
    assert!(titles(&archive, "?!*\"()[]{}:^~\\").is_empty());
}

#[test]
fn a_word_in_the_title_counts_for_more() {
    let (_directory, archive) = sampled();
    let found = titles(&archive, "herberget");
    assert_eq!(found.len(), 2, "the items of a case are one: {found:?}");
    assert_eq!(found[1], "Politik for udsatte", "{found:?}");
}

#[test]
fn pages_of_a_result_fit_together() {
    let (_directory, archive) = sampled();
    let all = archive.search("herberget", 10, 0).unwrap();
    for at in 0..4 {
        let page = archive.search("herberget", 1, at).unwrap();
        assert_eq!(page.total, 3);
        assert_eq!(page.hits.first(), all.hits.get(at));
    }
    assert_eq!(archive.search("herberget", 0, 0).unwrap().total, 3);
    assert_eq!(archive.search("herberget", usize::MAX, usize::MAX).unwrap().total, 3);
}

#[test]
fn passages_hold_the_words() {
    let (_directory, archive) = sampled();
    let hit = archive.search("blåt herberg", 1, 0).unwrap().hits.remove(0);
    assert_eq!(hit.passage, "Udsatterådet ønsker et blåt herberg ved åen.");
    let hit = archive.search("herberg året", 1, 0).unwrap().hits.remove(0);
    assert_eq!(hit.passage, "Herberget skal være åbent for alle hele året.");
}

#[test]
fn equally_good_answers_come_newest_first() {
    let directory = tempfile::tempdir().unwrap();
    let archive = Archive::open(directory.path()).unwrap();
    let documents: Vec<_> = ["2019-01-01", "2021-01-01", "2020-01-01"]
        .iter()
        .map(|date| (*date, meeting("Byrådet", date, vec![item("", "Cykelsti", "", "")])))
        .collect();
    for (date, document) in &documents {
        record(&archive, &[entry(date, date, document)]);
    }
    let dates: Vec<String> = archive
        .search("cykelsti", 10, 0)
        .unwrap()
        .hits
        .into_iter()
        .map(|hit| match hit.found {
            Found::Item(treatment) => treatment.meeting.file,
            Found::Document(meeting) => meeting.file,
        })
        .collect();
    assert_eq!(dates, ["2021-01-01", "2020-01-01", "2019-01-01"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_words_are_an_error(words in any::<String>(), text in any::<String>()) {
        let directory = tempfile::tempdir().unwrap();
        let archive = Archive::open(directory.path()).unwrap();
        let mut strange = item(&text, &text, &words, &text);
        strange.sections.push(section(SectionKind::Other, &format!("{words} {text}")));
        let document = meeting(&text, "2020-01-01", vec![strange]);
        record(&archive, &[entry(&words, "1", &document)]);
        let result = archive.search(&words, 10, 0).unwrap();
        prop_assert!(result.hits.iter().all(|hit| hit.passage.chars().count() <= PASSAGE_CHARS));
        archive.cases_by_title(&words, 10).unwrap();
        archive.cases_by_misspelt_title(&words, 10).unwrap();
        archive.nearest_cases(&words, 3, 10).unwrap();
    }
}
