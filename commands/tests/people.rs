//! Who somebody is: what `/person` tells, and what is proposed for a name.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod common;

use commands::{Answer, COMMANDS, propose};
use common::{Place, day, item, meeting, seat, seats};
use minutes::{
    AgendaItem, Attendance, Decision, Document, Outcome, Role, Seat, SeatEvent, SeatStatus, Substitute,
};

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
    assert_eq!(told(&answer), ["Organet er ikke nævnt, medlem: Valgt eller udpeget"]);
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

#[test]
fn short_names_are_somebody_only_where_one_fits() {
    let of = |person: &str, body: &str| seats(vec![seat(person, body)]);
    let leaving = Seat { event: SeatEvent::Leaving, ..seat("Bodil", "Idrætsrådet") };
    let place = Place::with(&[
        meeting(
            "Byrådet",
            "2018-02-01",
            vec![of("Bodil Egesvang", "Idrætsrådet"), of("Ida Dahl", "Havnerådet")],
        ),
        meeting("Byrådet", "2018-03-01", vec![of("Ida Lund", "Havnerådet"), of("Ida", "Havnerådet")]),
        meeting("Byrådet", "2019-02-01", vec![seats(vec![leaving])]),
    ]);
    let heads = |line: &str| -> Vec<String> {
        place.answer("2019-06-01", line).cards.into_iter().map(|card| card.heading).collect()
    };
    assert_eq!(heads("/råd idrætsrådet"), ["Bodil, medlem"], "she left: one person in both spellings");
    assert_eq!(place.answer("2018-06-01", "/råd idrætsrådet").title, "Idrætsrådet: 1 medlem");
    assert_eq!(heads("/råd havnerådet"), ["Ida Dahl, medlem", "Ida Lund, medlem", "Ida, medlem"]);
    let answer = place.answer("2019-06-01", "/person bodil");
    assert_eq!(answer.title, "Bodil Egesvang");
    assert!(answer.text.starts_with("I referaterne også skrevet »bodil«."), "{}", answer.text);
}

#[test]
fn an_office_is_had_from_when_to_when() {
    let chair = |person: &str| Seat { role: Role::Chair, ..seat(person, "Idrætsrådet") };
    let gives_up = Seat {
        event: SeatEvent::Leaving,
        quote: "Ida Holm træder tilbage som formand.".into(),
        ..chair("Ida Holm")
    };
    let place = Place::with(&[
        meeting(
            "Byrådet",
            "2018-02-01",
            vec![seats(vec![seat("Ida Holm", "Idrætsrådet"), seat("Bo Dahl", "Idrætsrådet")])],
        ),
        meeting("Byrådet", "2019-02-01", vec![seats(vec![chair("Ida Holm")])]),
        meeting("Byrådet", "2020-02-01", vec![seats(vec![gives_up])]),
        meeting("Byrådet", "2020-04-01", vec![seats(vec![chair("Bo Dahl")])]),
    ]);
    for (today, first, second) in [
        ("2018-06-01", "Ida Holm, medlem", "Bo Dahl, medlem"),
        ("2019-06-01", "Ida Holm, formand", "Bo Dahl, medlem"),
        ("2020-03-01", "Ida Holm, medlem", "Bo Dahl, medlem"),
        ("2020-06-01", "Bo Dahl, formand", "Ida Holm, medlem"),
    ] {
        let answer = place.answer(today, "/råd idrætsrådet");
        let heads: Vec<&str> = answer.cards.iter().take(2).map(|card| card.heading.as_str()).collect();
        assert_eq!(heads, [first, second], "{today}");
    }
    let unknown = place.answer("2020-03-01", "/råd idrætsrådet").text;
    assert!(unknown.contains("\nHvem der nu er formand, fortæller referaterne ikke.\n"), "{unknown}");
    assert_eq!(
        place.answer("2022-06-01", "/råd idrætsrådet").text,
        "Perioden udløb 31. december 2021; senere kendes ikke."
    );
}

#[test]
fn who_had_an_office_before_or_after_somebody_is_told() {
    for (question, said) in [
        (
            "hvem var formand for Kulturudvalget før Bo Ravn Dahl?",
            "Bo Ravn Dahl var formand fra den 1. februar 2019. Den 31. januar 2019 var Ida Holm formand.",
        ),
        (
            "hvem blev formand for Kulturudvalget efter Ida Holm?",
            "Ida Holm var formand til den 31. januar 2019. Den 1. februar 2019 var Bo Ravn Dahl formand.",
        ),
        ("hvem afløste Ida Holm som formand?", "Den 1. februar 2019 var Bo Ravn Dahl formand."),
        (
            "hvem var formand for Kulturudvalget før Ida Holm?",
            "Hvem der var formand den 31. januar 2018, fortæller de indlæste referater ikke.",
        ),
        ("hvem var borgmester før Ida Holm?", "Ida Holm kendes ikke som borgmester i de indlæste referater."),
    ] {
        let text = place().answer(TODAY, question).text;
        assert!(text.contains(said), "{question}: {text}");
    }
}

#[test]
fn an_office_for_a_time_takes_nothing_from_its_holder() {
    let chair = |person: &str| Seat { role: Role::Chair, ..seat(person, "Idrætsrådet") };
    let leave = |to: Option<&str>| Seat {
        event: SeatEvent::Leave,
        from: Some(day("2019-03-01")),
        to: to.map(day),
        ..seat("Ida Holm", "Idrætsrådet")
    };
    let acting = Seat { acting: true, from: Some(day("2019-03-01")), ..chair("Bo Dahl") };
    let heads = |answer: &Answer| answer.cards.iter().map(|card| card.heading.clone()).collect::<Vec<_>>();
    let begun = || {
        meeting("Byrådet", "2018-02-01", vec![seats(vec![chair("Ida Holm"), seat("Bo Dahl", "Idrætsrådet")])])
    };
    let place = Place::with(&[
        begun(),
        meeting(
            "Byrådet",
            "2019-02-01",
            // The days are those of the leave.
            vec![seats(vec![leave(Some("2019-05-31")), Seat { from: None, ..acting.clone() }])],
        ),
    ]);
    for (today, first, second) in [
        ("2019-02-15", "Ida Holm, formand", "Bo Dahl, medlem"),
        ("2019-04-01", "Ida Holm, formand", "Bo Dahl, konstitueret formand"),
        ("2019-06-01", "Ida Holm, formand", "Bo Dahl, medlem"),
    ] {
        assert_eq!(heads(&place.answer(today, "/råd idrætsrådet")), [first, second], "{today}");
    }
    let answer = place.answer("2019-04-01", "/råd idrætsrådet");
    let field = |name: &str| answer.cards[1].fields.iter().find(|field| field.name == name).unwrap();
    assert_eq!(field("Konstitueret").value, "under Ida Holms orlov");
    assert_eq!(field("Periode").value, "1. marts–31. maj 2019");
    let person = place.answer("2019-04-01", "/person bo dahl").text;
    assert_eq!(person, "Sidder pr. 1. april 2019 i Idrætsrådet (konstitueret formand).");
    // No end is told: until the office is filled anew, or its holder has it back.
    for (then, expected) in [
        (chair("Lis Krog"), ["Lis Krog, formand", "Ida Holm, medlem", "Bo Dahl, medlem"].as_slice()),
        (chair("Ida Holm"), &["Ida Holm, formand", "Bo Dahl, medlem"]),
    ] {
        let place = Place::with(&[
            begun(),
            meeting("Byrådet", "2019-02-01", vec![seats(vec![leave(None), acting.clone()])]),
            meeting("Byrådet", "2019-09-01", vec![seats(vec![then])]),
        ]);
        let during = heads(&place.answer("2019-08-01", "/råd idrætsrådet"));
        assert_eq!(during, ["Ida Holm, formand", "Bo Dahl, konstitueret formand"]);
        let mut after = heads(&place.answer("2019-10-01", "/råd idrætsrådet"));
        after.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(after, expected);
    }
}

#[test]
fn who_announced_a_departure_is_never_listed_without_a_word() {
    let says = Seat {
        event: SeatEvent::Leaving,
        status: SeatStatus::Requested,
        to: Some(day("2019-03-01")),
        quote: "Ida Holm har meddelt, at hun udtræder pr. 1. marts 2019.".into(),
        ..seat("Ida Holm", "Idrætsrådet")
    };
    let place = Place::with(&[
        meeting("Byrådet", "2018-02-01", vec![seats(vec![seat("Ida Holm", "Idrætsrådet")])]),
        meeting("Byrådet", "2019-02-01", vec![seats(vec![says])]),
    ]);
    for (today, said) in [
        ("2019-02-15", "Har meddelt at udtræde 1. marts 2019; ikke besluttet i referaterne"),
        (
            "2019-03-02",
            "Har meddelt at udtræde 1. marts 2019; dagen er passeret, og referaterne viser ingen beslutning om det",
        ),
    ] {
        let answer = place.answer(today, "/råd idrætsrådet");
        let field = answer.cards[0].fields.iter().find(|field| field.name == "Udtræden").unwrap();
        assert_eq!((answer.cards[0].heading.as_str(), field.value.as_str()), ("Ida Holm, medlem", said));
        assert_eq!(answer.cards[1].status.as_deref(), Some(said));
    }
}

#[test]
fn what_was_refused_is_not_still_to_be_decided() {
    let wish = Seat {
        event: SeatEvent::Leaving,
        status: SeatStatus::Requested,
        quote: "Ida Holm ønsker at udtræde.".into(),
        ..seat("Ida Holm", "Idrætsrådet")
    };
    let decided = |outcome| AgendaItem {
        decision: Some(Decision { text: "Byrådets svar.".into(), outcome, votes: None }),
        ..seats(vec![wish.clone()])
    };
    for (outcome, status, is_announced) in [
        (Outcome::Rejected, "Idrætsrådet, medlem: Ønske om at udtræde: afslået 1. februar 2019", false),
        (Outcome::Discussed, "Idrætsrådet, medlem: Har meddelt, at vedkommende ønsker at stoppe", true),
    ] {
        let place = Place::with(&[
            meeting("Byrådet", "2018-02-01", vec![seats(vec![seat("Ida Holm", "Idrætsrådet")])]),
            meeting("Byrådet", "2019-02-01", vec![decided(outcome)]),
        ]);
        let answer = place.answer("2019-03-01", "/råd idrætsrådet");
        let field = answer.cards[0].fields.iter().find(|field| field.name == "Udtræden");
        assert_eq!((field.is_some(), answer.cards.len() > 1), (is_announced, is_announced));
        assert!(
            told(&place.answer("2019-03-01", "/person Ida Holm")).contains(&status.to_owned()),
            "{status}"
        );
    }
}

#[test]
fn what_a_decision_only_adopts_is_shown_with_its_words() {
    let adopted = Seat {
        quote: "at Ida Holm vælges til Idrætsrådet".into(),
        adopted_by: Some("Godkendt som indstillet.".into()),
        ..seat("Ida Holm", "Idrætsrådet")
    };
    let place = Place::with(&[meeting("Byrådet", "2018-02-01", vec![seats(vec![adopted])])]);
    for line in ["/råd idrætsrådet", "/person ida holm"] {
        let answer = place.answer("2019-02-15", line);
        let value = |name: &str| {
            answer.cards[0].fields.iter().find(|field| field.name == name).unwrap().value.clone()
        };
        assert_eq!(value("Det, der blev vedtaget"), "at Ida Holm vælges til Idrætsrådet", "{line}");
        assert_eq!(value("Beslutning"), "Godkendt som indstillet.", "{line}");
    }
}

#[test]
fn a_body_known_in_part_is_said_to_be() {
    let said = "Sammensætningen er ikke fuldstændig i referaterne";
    let of = |members: u8, person: &str| Seat { members: Some(members), ..seat(person, "Idrætsrådet") };
    let all = ["Ida Holm", "Bo Dahl", "Lis Krog"];
    let chosen = |people: &[&str]| people.iter().map(|name| seat(name, "Idrætsrådet")).collect::<Vec<_>>();
    for (told, expected) in [
        (vec![chosen(&all)], ""),
        (vec![chosen(&all[..1]), chosen(&all[1..2])], "Sammensætningen er ikke fuldstændig i referaterne."),
        (vec![vec![of(3, "Ida Holm"), of(3, "Bo Dahl"), of(3, "Lis Krog")]], ""),
        (
            vec![vec![of(7, "Ida Holm"), of(7, "Bo Dahl"), of(7, "Lis Krog")]],
            "Sammensætningen er ikke fuldstændig i referaterne: de nævner 7 medlemmer, og 3 kendes.",
        ),
        // "2 medlemmer vælges til Idrætsrådet" tells who is chosen, and not that nobody else sits there.
        (
            vec![vec![of(2, "Ida Holm"), of(2, "Bo Dahl")]],
            "Sammensætningen er ikke fuldstændig i referaterne.",
        ),
    ] {
        let days = ["2018-02-01", "2018-03-01"];
        let meetings: Vec<_> = told
            .into_iter()
            .zip(days)
            .map(|(seated, day)| meeting("Byrådet", day, vec![seats(seated)]))
            .collect();
        let answer = Place::with(&meetings).answer("2018-06-01", "/råd idrætsrådet").text;
        let line = answer.lines().find(|line| line.starts_with(said)).unwrap_or_default();
        assert_eq!(line, expected);
    }
}

/// A meeting of Idrætsrådet with those present, absent, and who stood in for whom.
fn attended(date: &str, present: &[&str], absent: &[&str], stood_in: &[(&str, &str)]) -> (String, Document) {
    let (name, mut document) =
        meeting("Idrætsrådet", date, vec![item("01.00.00-A00-1-19", "Ny hal", "Godkendt. Kai Bro takkede.")]);
    document.attendance = Attendance {
        present: present.iter().map(|name| (*name).to_owned()).collect(),
        absent: absent.iter().map(|name| (*name).to_owned()).collect(),
        substitutes: stood_in
            .iter()
            .map(|(who, absent)| Substitute {
                person: (*who).to_owned(),
                stands_in_for: Some((*absent).to_owned()),
            })
            .collect(),
        ..Attendance::default()
    };
    (name, document)
}

#[test]
fn who_has_no_seat_is_found_all_the_same() {
    let mut place = Place::with(&[
        meeting(
            "Byrådet",
            "2018-02-01",
            vec![seats(vec![seat("Ida Maria Eg", "Idrætsrådet"), seat("Bo Dahl", "Idrætsrådet")])],
        ),
        attended("2018-03-01", &["Ole Krog", "Bo Dahl"], &["Ida Eg"], &[("Per Toft", "Ida Eg")]),
        attended("2018-04-01", &["Ole Krog"], &["Ida Maria Egs", "Per Toft"], &[]),
    ]);
    for (line, title, cards) in [
        ("/person ole krog", "Ole Krog", &["Idrætsrådet, 1. april 2018: Til stede, senest her"][..]),
        (
            "/person per toft",
            "Per Toft",
            &["Idrætsrådet, 1. april 2018: Fraværende", "Idrætsrådet, 1. marts 2018: Var stedfortræder"],
        ),
        (
            "/person ida eg",
            "Ida Maria Eg",
            &[
                "Idrætsrådet, medlem: Sidder der",
                "Idrætsrådet, 1. april 2018: Fraværende",
                "Idrætsrådet, 1. marts 2018: Fraværende",
            ],
        ),
        ("/person kai bro", "»kai bro«", &["Ny hal: Nævnt i et punkt"]),
    ] {
        let answer = place.answer("2018-06-01", line);
        let told: Vec<String> = told(&answer)
            .into_iter()
            .filter(|card| !card.contains("punkt") || line.contains("kai"))
            .collect();
        assert_eq!(answer.title, title, "{line}");
        assert!(
            cards.iter().all(|card| told.iter().any(|found| found.starts_with(card) || found.contains(card))),
            "{line}: {told:?}"
        );
    }
    assert!(!place.answer("2018-06-01", "/person kai lund").found);
    assert_eq!(place.answer("2018-06-01", "/person ole krogs").title, "Ole Krog");
    let names = |place: &Place| {
        let command = COMMANDS.iter().find(|command| command.name == "person").unwrap();
        let found = propose(&place.archive, &place.council, command, "navn", "", &[], day("2018-06-01"));
        found.into_iter().map(|proposal| proposal.label).collect::<Vec<_>>()
    };
    let everybody = ["Bo Dahl", "Ida Maria Eg", "Ole Krog", "Per Toft"];
    let mut found = names(&place);
    found.sort_unstable();
    assert_eq!(found, everybody, "each once, and no genitive");
    // The council's list spells one in full: still one person.
    let own = commands::RosterSeat {
        line: 2,
        body: "Idrætsrådet".into(),
        name: "Bo Ravn Dahl".into(),
        role: Role::Chair,
        party: None,
        from: day("2018-01-01"),
        to: None,
    };
    place.council.roster = commands::Roster::new("pladser.csv", vec![own]);
    let mut found = names(&place);
    found.sort_unstable();
    assert_eq!(found, everybody);
    for line in ["/person bo ravn dahl", "/person bo dahl"] {
        let answer = place.answer("2018-06-01", line);
        assert_eq!(answer.title, "Bo Dahl", "{line}");
        assert_eq!(told(&answer)[0], "Idrætsrådet, formand: Sidder der", "{line}");
    }
    let members = place.answer("2018-06-01", "/råd idrætsrådet");
    assert_eq!(
        members.cards.iter().filter(|card| card.heading.contains("Dahl")).count(),
        1,
        "{:?}",
        told(&members)
    );
}
