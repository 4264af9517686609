//! Any text may be asked as a question: it is answered within bounds, and each time the same.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod common;

use std::sync::LazyLock;

use common::Place;
use proptest::prelude::*;

const TODAY: &str = "2021-10-01";

/// More than this is no answer that is read at once.
const MOST_CARDS: usize = 100;
const MOST_SUGGESTIONS: usize = 40;

static SAMPLES: LazyLock<Place> = LazyLock::new(Place::of_samples);

/// Words that questions are made of, besides any others.
const WORDS: &str = r#"hvad |hvem |hvornår |blev |besluttet |om |i |den |før |efter |sidste |møde |byrådet |SOS |punkt |7|72 |sag |27.00.00-A00-5-15|2020 |efteråret |"|»|»|« |\?|-|\*|:|/|svømmehal|Helle |Tangskov |\PC{0,4}| "#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_question_is_answered(parts in proptest::collection::vec(WORDS, 0..30)) {
        let question = parts.concat();
        let request = commands::Request::new("spørg", [("spørgsmål", question.chars().take(300).collect())]);
        if let Ok(request) = request {
            let answer = SAMPLES.ask(TODAY, &request);
            prop_assert_eq!(&answer, &SAMPLES.ask(TODAY, &request));
            if let Ok(answer) = answer {
                prop_assert!(answer.cards.len() <= MOST_CARDS);
                prop_assert!(answer.suggestions.len() <= MOST_SUGGESTIONS);
                prop_assert!(!answer.title.is_empty());
            }
        }
    }
}

#[test]
fn what_is_too_long_is_said() {
    let line = format!("hvad blev der besluttet om {}?", "æ ".repeat(1_000));
    assert_eq!(SAMPLES.answer(TODAY, &line).title, "Spørgsmålet er for langt");
}
