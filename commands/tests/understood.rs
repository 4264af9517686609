//! The question that an answer carries: what was understood, fit for a button.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod common;

use common::{Place, meeting};

const TODAY: &str = "2021-10-01";

/// Characters that a button may carry (custom_id), less a few that tell what the button does.
const MOST_LINE_CHARS: usize = 92;

/// Whatever is understood, asked again on the same day, gives the same cards, and is understood the same.
#[track_caller]
fn check(place: &Place, line: &str, expected: &str) {
    let answer = place.answer(TODAY, line);
    let understood = answer.request.clone().unwrap();
    assert_eq!(understood.line(), expected, "{line}");
    let again = place.ask(TODAY, &understood).unwrap();
    assert_eq!((again.cards, again.title), (answer.cards, answer.title), "{line}");
    assert_eq!(again.request, Some(understood), "{line}");
}

#[test]
fn what_was_typed_becomes_what_was_meant() {
    let place = Place::of_samples();
    for (line, expected) in [
        ("/sag 27.00.00-A00-5-15", "/sag 27.00.00-A00-5-15"),
        ("2700.00 a00 5 15", "/sag 27.00.00-A00-5-15"),
        ("/sag rammer for samarb", "/sag 27.00.00-A00-5-15"),
        ("/historik 00.30.14-oe60-2-21", "/historik 00.30.14-Ø60-2-21"),
        ("/opf social", "/opfølgning udvalg:Social- og Sundhedsudvalget"),
        ("/opfølgning udvalg:sos", "/opfølgning udvalg:Social- og Sundhedsudvalget"),
        ("/opfølgning", "/opfølgning"),
        ("/råd", "/råd udvalg:Byrådet"),
        ("/raad aeldreraad 1. januar 2019", "/råd udvalg:Ældrerådet dato:2019-01-01"),
        ("/møde", "/møde udvalg:Børne- og Familieudvalget dato:2021-09-22"),
        ("/møde byr", "/møde udvalg:Fjordby Byråd dato:2021-06-22"),
        ("/møde 12. august 2020", "/møde udvalg:Social- og Sundhedsudvalget dato:2020-08-12"),
        ("/person tangskov", "/person Helle Tangskov"),
        ("/søg  samarbejdsaftale", "/søg samarbejdsaftale"),
        ("/help sog", "/hjælp kommando:søg"),
        ("/status", "/status"),
    ] {
        check(&place, line, expected);
    }
}

#[test]
fn a_choice_keeps_what_was_typed() {
    let place = Place::of_samples();
    for line in [
        "/sag 27",
        "/historik budget",
        "/råd udvalg:beskæftigelse",
        "/opfølgning udvalg:havne",
        "/søg 27.00",
        "/person j",
    ] {
        check(&place, line, line);
    }
}

#[test]
fn long_names_are_asked_by_their_first_words() {
    let long =
        "Udvalget for bæredygtighed, biodiversitet og lokale fællesskaber i landdistrikterne og på øerne";
    let place = Place::with(&[
        meeting(long, "2021-05-01", vec![]),
        meeting("Udvalget for bæredygtighed", "2021-06-01", vec![]),
        meeting("Udvalget for bæredygtighed, biodiversitet og vand", "2021-04-01", vec![]),
    ]);
    check(
        &place,
        "/møde fællesskaber",
        "/møde udvalg:Udvalget for bæredygtighed, biodiversitet og lokale dato:2021-05-01",
    );
    check(&place, "/møde", "/møde udvalg:Udvalget for bæredygtighed dato:2021-06-01");
    let line = place.answer(TODAY, "/møde fællesskaber").request.unwrap().line();
    assert!(line.chars().count() <= MOST_LINE_CHARS, "{line}");
}

#[test]
fn a_meeting_of_no_named_body_is_asked_for_as_it_was() {
    let place = Place::with(&[meeting("", "2021-05-01", vec![]), meeting("Byrådet", "2021-04-01", vec![])]);
    check(&place, "/møde", "/møde");
    check(&place, "/møde dato:1. maj 2021", "/møde dato:1. maj 2021");
}
