//! Who somebody is: what `/person` tells, and what is proposed for a name.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod common;

use commands::{Answer, COMMANDS, propose};
use common::{Place, day, meeting, seat, seats};
use minutes::{Role, Seat, SeatEvent, SeatStatus};

const TODAY: &str = "2020-06-01";

/// A council that chose, wished and proposed.
fn place() -> Place {
    let chair = |person: &str| Seat { role: Role::Chair, ..seat(person, "Kulturudvalget") };
    let recommended = Seat { status: SeatStatus::Recommended, ..seat("Per Toft", "Idrætsrådet") };
    let wish =
        Seat {
            event: SeatEvent::Leaving, status: SeatStatus::Requested, ..seat("Ida Holm", "Idrætsrådet")
        };
    let out =
        Seat { event: SeatEvent::Leaving, to: Some(day("2020-01-01")), ..seat("Ida Holm", "Idrætsrådet") };
    let soon =
        Seat { from: Some(day("2020-07-01")), party: Some("B".into()), ..seat("Ida Holm", "Havneudvalget") };
    Place::with(&[
        meeting(
            "Byrådet",
            "2018-02-01",
            vec![seats(vec![chair("Ida Holm"), seat("Ida Holm", "Idrætsrådet")])],
        ),
        meeting("Byrådet", "2019-02-01", vec![seats(vec![chair("Bo Ravn Dahl"), recommended, wish])]),
        meeting("Byrådet", "2019-12-01", vec![seats(vec![out, soon, seat("Ida", "")])]),
        meeting("Byrådet", "2019-12-02", vec![seats(vec![seat("Hans-Ejner Søby", "Idrætsrådet")])]),
        meeting("Byrådet", "2019-12-03", vec![seats(vec![seat("Hans Ejner Søby", "Havneudvalget")])]),
        meeting("Byrådet", "2014-02-01", vec![seats(vec![seat("Lis Krog", "Idrætsrådet")])]),
    ])
}

/// Heading and status of each card.
fn told(answer: &Answer) -> Vec<String> {
    let status = |card: &commands::Card| card.status.clone().unwrap_or_default();
    answer.cards.iter().map(|card| format!("{}: {}", card.heading, status(card))).collect()
}

#[track_caller]
fn check(line: &str, title: &str, text: &str, cards: &[&str]) {
    let answer = place().answer(TODAY, line);
    assert_eq!((answer.title.as_str(), answer.text.as_str()), (title, text), "{line}");
    assert_eq!(told(&answer), cards, "{line}");
}

#[test]
fn only_what_was_decided_counts() {
    check(
        "/person Ida Holm",
        "Ida Holm (B)",
        "Sidder pr. 1. juni 2020 i Kulturudvalget (medlem).",
        &[
            "Havneudvalget, medlem: Tiltræder 1. juli 2020",
            "Idrætsrådet, medlem: Udtrådt 1. januar 2020",
            "Idrætsrådet, medlem: Har meddelt, at vedkommende ønsker at stoppe",
            "Idrætsrådet, medlem: Har siddet der",
            "Kulturudvalget, formand: Sidder der, men ikke længere som formand",
        ],
    );
    check(
        "/person bo ravn dahl",
        "Bo Ravn Dahl",
        "Sidder pr. 1. juni 2020 i Kulturudvalget (formand).",
        &["Kulturudvalget, formand: Sidder der"],
    );
    check(
        "/person per toft",
        "Per Toft",
        "Ingen plads er besluttet i de indlæste referater; det, der er foreslået eller ønsket, vises.",
        &["Idrætsrådet, medlem: Indstillet; ikke besluttet her"],
    );
    check(
        "/person lis krog",
        "Lis Krog",
        "De indlæste referater fortæller ikke om nogen plads pr. 1. juni 2020.",
        &["Idrætsrådet, medlem: Har siddet der"],
    );
}

#[test]
fn one_person_is_one_in_every_spelling() {
    check(
        "/person hans ejner soeby",
        "Hans Ejner Søby",
        "Sidder pr. 1. juni 2020 i Havneudvalget (medlem) og Idrætsrådet (medlem).",
        &["Havneudvalget, medlem: Sidder der", "Idrætsrådet, medlem: Sidder der"],
    );
}

#[test]
fn a_part_of_a_name_is_told_to_be_one() {
    check(
        "/person krog",
        "Lis Krog",
        "Den eneste, hvis navn passer på »krog«.\nDe indlæste referater fortæller ikke om nogen plads pr. 1. juni 2020.",
        &["Idrætsrådet, medlem: Har siddet der"],
    );
    let several = ["Hans Ejner Søby: ", "Ida Holm: ", "Bo Ravn Dahl: "];
    check("/person h", "»h« kan være flere", "Vælg en af dem.", &several);
}

#[test]
fn a_first_name_alone_is_nobody_else() {
    let answer = place().answer(TODAY, "/person ida");
    assert_eq!(answer.title, "Ida");
    assert_eq!(told(&answer), ["Organet er ikke nævnt, medlem: Besluttet"]);
    assert_eq!(
        answer.suggestions.iter().map(|next| next.ask.as_str()).collect::<Vec<_>>(),
        ["/person Ida Holm", "/søg Ida"]
    );
}

#[test]
fn nobody_is_guessed() {
    let answer = place().answer(TODAY, "/person ida hulm");
    assert!(!answer.found && answer.cards.is_empty());
    let asks: Vec<&str> = answer.suggestions.iter().map(|next| next.ask.as_str()).collect();
    assert_eq!(asks, ["/person Ida Holm", "/søg ida hulm"]);
}

#[test]
fn names_are_proposed_by_any_part() {
    let place = place();
    let command = COMMANDS.iter().find(|known| known.name == "person").unwrap();
    let proposed = |typed: &str| -> Vec<String> {
        let found = propose(&place.archive, &place.council, command, "navn", typed, &[], day(TODAY));
        found.into_iter().map(|proposal| proposal.value).collect()
    };
    assert_eq!(
        proposed(""),
        ["Hans Ejner Søby", "Ida Holm", "Ida", "Bo Ravn Dahl", "Lis Krog", "Per Toft"],
        "those decided about first, then the last told of"
    );
    for typed in ["holm", "ida h", "IDA HOLM", "ida hulm", "iad holm", "hulm"] {
        assert_eq!(proposed(typed), ["Ida Holm"], "{typed}");
    }
    assert_eq!(proposed("soby"), ["Hans Ejner Søby"]);
    assert_eq!(proposed("qqq"), [""; 0]);
}
