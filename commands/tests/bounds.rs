//! How much an answer holds, briefly and whole, and that what is left out is told.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod common;

use commands::Card;
use common::{Place, day, item, meeting, seat, seats};
use jiff::ToSpan;
use minutes::{AgendaItem, Document, FollowUp, FollowUpKind};

const TODAY: &str = "2010-01-01";

fn headings(cards: &[Card]) -> (&str, &str) {
    (cards.first().unwrap().heading.as_str(), cards.last().unwrap().heading.as_str())
}

/// The number of cards, and the last line of the text: briefly, then whole.
#[track_caller]
fn check(place: &Place, line: &str, brief: (usize, &str), whole: (usize, &str)) {
    let told =
        |answer: commands::Answer| (answer.cards.len(), answer.text.lines().last().unwrap_or("").to_owned());
    assert_eq!(told(place.brief_answer(TODAY, line)), (brief.0, brief.1.to_owned()), "{line}");
    assert_eq!(told(place.answer(TODAY, line)), (whole.0, whole.1.to_owned()), "{line}");
}

/// A meeting on each of so many days, with what is on the agenda.
fn daily(days: i64, items: impl Fn(i64) -> Vec<AgendaItem>) -> Vec<(String, Document)> {
    let first = day("2008-01-01");
    (0..days).map(|at| meeting("Byrådet", &(first + at.days()).to_string(), items(at))).collect()
}

#[test]
fn a_long_history_keeps_its_newest_part() {
    let place = Place::with(&daily(510, |_| {
        vec![item("00.00.00-P19-1-08", "Orientering", "Taget til efterretning.")]
    }));
    check(
        &place,
        "/historik 00.00.00-P19-1-08",
        (100, "510 møder, den ældste først. De 100 seneste af 510 vises."),
        (500, "510 møder, den ældste først. De 500 seneste af 510 vises."),
    );
    let cards = place.brief_answer(TODAY, "/historik 00.00.00-P19-1-08").cards;
    assert_eq!(headings(&cards), ("Byrådet, 14. februar 2009", "Byrådet, 24. maj 2009"));
}

#[test]
fn a_long_meeting_is_cut_and_says_so() {
    let items = (0..130).map(|at| item("", &format!("Punkt om {at}"), "Godkendt.")).collect();
    let place = Place::with(&[meeting("Byrådet", "2009-01-01", items)]);
    check(&place, "/møde", (100, "De 100 første af 130 vises."), (130, "130 punkter"));
}

#[test]
fn many_hits_are_cut_and_say_so() {
    let place = Place::with(&daily(60, |at| vec![item("", &format!("Cykelsti {at}"), "Godkendt.")]));
    check(&place, "/søg cykelsti", (8, "De 8 bedste vises."), (50, "De 50 bedste vises."));
    assert_eq!(place.answer(TODAY, "/søg cykelsti").title, "60 fund på »cykelsti«");
    check(&place, "/søg godkendt 7", (1, ""), (1, ""));
}

fn due(at: i64) -> FollowUp {
    let day = day("2010-01-02") + at.days();
    FollowUp {
        from: Some(day),
        to: Some(day),
        body: None,
        kind: FollowUpKind::Deadline,
        quote: format!("Frist {at}."),
    }
}

#[test]
fn many_follow_ups_are_cut_and_say_so() {
    let with = |count: i64| {
        let follow_ups = (0..count).map(due).collect();
        let item = AgendaItem { follow_ups, ..item("27.00.00-A00-1-08", "Sag", "Godkendt.") };
        Place::with(&[meeting("Byrådet", "2009-12-01", vec![item])])
    };
    check(&with(30), "/opfølgning", (25, "De 25 nærmeste af 30."), (30, ""));
    let too_many = "vises. Der er flere end dem, der er talt; spørg om et enkelt udvalg.";
    let place = with(501);
    check(
        &place,
        "/opfølgning",
        (25, &format!("De 25 nærmeste {too_many}")),
        (500, &format!("De 500 nærmeste {too_many}")),
    );
    assert_eq!(place.answer(TODAY, "/opfølgning").title, "Mindst 500 kommende opfølgninger");
}

#[test]
fn many_seats_are_cut_and_say_so() {
    let place = Place::with(&daily(110, |_| vec![seats(vec![seat("Ida Holm", "Byrådet")])]));
    check(
        &place,
        "/person ida holm",
        (25, "De 25 seneste af 110 vises."),
        (100, "De 100 seneste af 110 vises."),
    );
}

#[test]
fn a_shortened_quotation_has_all_its_words_beside_it() {
    let long = "Udvalget godkendte planen,\nsom sendes i høring. ".repeat(20).trim().to_owned();
    let follow_up = FollowUp { quote: long.clone(), ..due(3) };
    let mut long_seat = seat("Ida Holm", "Byrådet");
    long_seat.quote = long.clone();
    let item = AgendaItem {
        follow_ups: vec![follow_up],
        seats: vec![long_seat],
        ..item("27.00.00-A00-1-08", "Cykelsti", &long)
    };
    let place = Place::with(&[
        meeting("Byrådet", "2009-12-01", vec![item]),
        meeting(
            "Byrådet",
            "2009-11-01",
            vec![common::item("27.00.00-A00-1-08", "Cykelsti", "Kort.\nGodkendt.")],
        ),
    ]);
    for (line, most) in [
        ("/historik 27.00.00-A00-1-08", 280),
        ("/møde", 160),
        ("/søg cykelsti", 160),
        ("/opfølgning", 240),
        ("/person ida holm", 240),
    ] {
        let answer = place.answer(TODAY, line);
        let fields: Vec<_> = answer.cards.iter().flat_map(|card| &card.fields).collect();
        let shortened: Vec<_> = fields.iter().filter(|field| field.whole.is_some()).collect();
        assert_eq!(shortened.len(), 1, "{line}");
        assert_eq!(shortened[0].whole.as_deref(), Some(long.as_str()), "{line}");
        assert!(shortened[0].value.ends_with('…') && shortened[0].value.chars().count() <= most, "{line}");
        assert!(serde_json::to_value(&answer).unwrap()["cards"][0]["fields"][0].get("whole").is_none());
    }
}
