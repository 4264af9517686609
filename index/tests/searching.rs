//! What words find.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod common;

use common::*;
use index::{Archive, Found, PASSAGE_CHARS, SearchFilter, Steps};
use minutes::{Outcome, SectionKind};
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

fn of_titles(titles_and_decisions: &[(&str, &str)]) -> (tempfile::TempDir, Archive) {
    let directory = tempfile::tempdir().unwrap();
    let archive = Archive::open(directory.path()).unwrap();
    let items = titles_and_decisions.iter().map(|(title, decision)| item("", title, "", decision)).collect();
    record(&archive, &[entry("a", "1", &meeting("Byrådet", "2020-01-01", items))]);
    (directory, archive)
}

#[test]
fn compounds_are_found_by_their_parts_and_written_in_any_way() {
    let (_directory, archive) =
        of_titles(&[("Samarbejdsaftaler med foreninger", ""), ("Socialtilsyn", ""), ("Drift og tilsyn", "")]);
    for (words, expected) in [
        ("aftale", "Samarbejdsaftaler med foreninger"),
        ("samarbejde", "Samarbejdsaftaler med foreninger"),
        ("social tilsyn", "Socialtilsyn"),
        ("socialtilsyn", "Socialtilsyn"),
    ] {
        assert_eq!(titles(&archive, words)[0], expected, "{words}");
    }
    assert_eq!(titles(&archive, "tilsyn").len(), 2);
    assert_eq!(titles(&archive, "tilsyn")[0], "Drift og tilsyn", "the word itself comes before a compound");
}

#[test]
fn a_phrase_is_of_whole_words_in_their_order() {
    let (_directory, archive) = of_titles(&[
        ("Ny aftale", "Ikke godkendt."),
        ("Ny samarbejdsaftale", "Godkendt, men ikke nu."),
        ("Aftale, en ny", "Byrådet stemte mod."),
    ]);
    assert_eq!(titles(&archive, "\"ny aftale\""), ["Ny aftale"]);
    assert_eq!(titles(&archive, "\"ikke godkendt\""), ["Ny aftale"]);
    assert_eq!(titles(&archive, "\"stemte mod\""), ["Aftale, en ny"]);
    assert_eq!(titles(&archive, "ny -samarbejdsaftale -en"), ["Ny aftale"]);
    assert_eq!(titles(&archive, "samarb*"), ["Ny samarbejdsaftale"]);
    assert!(titles(&archive, "zz*").is_empty());
}

#[test]
fn a_word_that_stands_nowhere_is_corrected_and_that_is_said() {
    let (_directory, archive) = of_titles(&[("Ny svømmehal", ""), ("Skab til skolen", "")]);
    let result = archive.search("svømehal", 10, 0).unwrap();
    assert_eq!(result.total, 1);
    assert_eq!(result.reading.corrected, [("svømehal".to_owned(), "svømmehal".to_owned())]);
    assert_eq!(archive.search("skab", 10, 0).unwrap().reading.corrected, []);
    let nothing = archive.search("lufthavn", 10, 0).unwrap();
    assert_eq!((nothing.total, nothing.reading.unknown), (0, vec!["lufthavn".to_owned()]));
}

#[test]
fn a_filter_leaves_the_rest_out() {
    let (_directory, archive) = sampled();
    let found = |filter: SearchFilter| archive.find("herberget", &filter, 10, 0, |_| true).unwrap().total;
    assert_eq!(found(SearchFilter::default()), 3);
    let of = |key: &str| SearchFilter { body_key: Some(minutes::body::key(key)), ..SearchFilter::default() };
    assert_eq!(found(of("Social- og Sundhedsudvalget")), 1);
    assert_eq!(found(of("Kulturudvalget")), 0);
    assert_eq!(found(SearchFilter { from: Some(day("2020-09-01")), ..SearchFilter::default() }), 1);
    assert_eq!(found(SearchFilter { to: Some(day("2020-09-01")), ..SearchFilter::default() }), 1);
    assert_eq!(found(SearchFilter { outcomes: vec![Outcome::Approved], ..SearchFilter::default() }), 2);
    assert_eq!(found(SearchFilter { outcomes: vec![Outcome::Rejected], ..SearchFilter::default() }), 0);
    for name in ["Mette Åkjær", "aakjaer", "METTE"] {
        assert_eq!(
            found(SearchFilter { caseworker: Some(name.to_owned()), ..SearchFilter::default() }),
            2,
            "{name}"
        );
    }
    assert_eq!(found(SearchFilter { person: Some("Mette Aakjær".to_owned()), ..SearchFilter::default() }), 2);
    assert_eq!(found(SearchFilter { person: Some("Åkjær Mette".to_owned()), ..SearchFilter::default() }), 0);
    for (group, count) in [("27", 2), ("27.00", 2), ("27.00.00", 2), ("00", 0), ("7", 0), ("x", 0)] {
        assert_eq!(
            found(SearchFilter { kle: Some(group.to_owned()), ..SearchFilter::default() }),
            count,
            "{group}"
        );
    }
    let all = archive
        .find("", &SearchFilter { kle: Some("27".to_owned()), ..SearchFilter::default() }, 10, 0, |_| true)
        .unwrap();
    assert_eq!((all.total, all.hits.len()), (2, 1), "two items of one case");
}

#[test]
fn words_for_the_same_are_read_from_a_file_that_may_change() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("synonymer.txt");
    let archive = Archive::open(&directory.path().join("data")).unwrap().with_synonyms(file.clone());
    record(
        &archive,
        &[entry("a", "1", &meeting("Byrådet", "2020-01-01", vec![item("", "Bolværket", "", "")]))],
    );
    assert!(titles(&archive, "kajen").is_empty());
    std::fs::write(&file, "kaj, bolværk\n").unwrap();
    assert_eq!(titles(&archive, "kajen"), ["Bolværket"]);
}

/// Two words that stand alone only in later documents make a compound of an earlier one.
#[test]
fn compounds_of_words_that_are_learned_later_are_found_too() {
    let directory = tempfile::tempdir().unwrap();
    let archive = Archive::open(directory.path()).unwrap();
    let early = meeting("Byrådet", "2020-01-01", vec![item("", "Om glarfkvimp", "", "")]);
    record(&archive, &[entry("early", "1", &early)]);
    assert_eq!(
        archive.find("glarf -glarfkvimp", &SearchFilter::default(), 10, 0, |_| true).unwrap().total,
        0
    );
    let items = |_| item("", "Vores glarf og kvimpen", "", "");
    let late = meeting("Byrådet", "2021-01-01", (0..600).map(items).collect());
    record(&archive, &[entry("late", "2", &late)]);
    let in_compound = archive.find(
        "kvimp",
        &SearchFilter { to: Some(day("2020-12-31")), ..SearchFilter::default() },
        10,
        0,
        |_| true,
    );
    assert_eq!(in_compound.unwrap().total, 1, "the index was made again");
    drop(archive);
    std::fs::remove_dir_all(directory.path().join("search")).unwrap();
    let archive = Archive::open(directory.path()).unwrap();
    assert_eq!(archive.search("kvimp", 10, 0).unwrap().total, 601);
}

#[test]
fn an_index_made_with_other_steps_is_made_again() {
    let directory = tempfile::tempdir().unwrap();
    let archive = Archive::open(directory.path()).unwrap();
    record_samples(&archive);
    assert_eq!(archive.search("skoler", 10, 0).unwrap().total, 1);
    drop(archive);
    let plain = Archive::open_with(directory.path(), Steps::PLAIN).unwrap();
    assert_eq!(plain.search("skoler", 10, 0).unwrap().total, 0);
    assert_eq!(plain.search("skolerne", 10, 0).unwrap().total, 1);
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
        prop_assert_eq!(&result, &archive.search(&words, 10, 0).unwrap());
        prop_assert!(result.hits.iter().all(|hit| hit.passage.chars().count() <= PASSAGE_CHARS));
        archive.cases_by_title(&words, 10).unwrap();
        archive.cases_by_misspelt_title(&words, 10).unwrap();
        archive.nearest_cases(&words, 3, 10).unwrap();
    }
}
