//! What a place follows: asked for, changed, paused, stopped, and explained.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod common;

use std::collections::HashSet;

use commands::{Answer, MOST_FOLLOWED, UserError};
use common::{Place, item, meeting};
use index::{Attempt, Pause, Subject};

const HERE: &str = "discord:7";
const TODAY: &str = "2026-11-22";
const CASE: &str = "27.00.00-A00-5-20";

fn place() -> Place {
    Place::with(&[
        meeting("Byrådet", "2020-08-12", vec![item(CASE, "Varmestuen", "Godkendt.")]),
        meeting("Social- og Sundhedsudvalget", "2020-08-13", vec![item("", "Andet", "Godkendt.")]),
    ])
}

fn ask(place: &Place, line: &str) -> Answer {
    place.ask_in(HERE, true, TODAY, line).unwrap()
}

#[track_caller]
fn refused(place: &Place, line: &str, expected: &str) {
    match place.ask_in(HERE, true, TODAY, line) {
        Err(UserError::BadUse { text, .. }) => assert!(text.contains(expected), "{line}: {text}"),
        other => panic!("{line}: {other:?}"),
    }
}

fn followed(place: &Place) -> Vec<(Subject, String)> {
    let all = place.archive.subscriptions(HERE).unwrap().into_iter();
    all.map(|it| (it.follow.subject, it.follow.label)).collect()
}

fn fields(answer: &Answer) -> String {
    let fields = answer.cards.iter().flat_map(|card| &card.fields);
    fields.map(|field| format!("{}: {}\n", field.name, field.value)).collect()
}

#[test]
fn what_stands_without_a_name_is_a_case_a_body_or_a_topic() {
    for (line, subject, label) in [
        ("/følg 2700.00 a00 5 20", Subject::Case, CASE),
        ("/følg sag:varmestuen", Subject::Topic, "varmestuen"),
        ("/følg 29.00.00-P20-1-26", Subject::Case, "29.00.00-P20-1-26"),
        ("/følg 29.00.00-p20-01-26", Subject::Case, "29.00.00-P20-01-26"),
        ("/følg Byrådet", Subject::Body, "Byrådet"),
        ("/følg sos", Subject::Body, "Social- og Sundhedsudvalget"),
        ("/følg udvalg:sundhed", Subject::Body, "Social- og Sundhedsudvalget"),
        ("/følg cykelsti på havnen", Subject::Topic, "cykelsti på havnen"),
        ("/følg emne:Byrådet", Subject::Topic, "Byrådet"),
        ("/følg alt", Subject::Everything, ""),
        ("/følg alt:ja", Subject::Everything, ""),
    ] {
        let place = place();
        assert!(ask(&place, line).found, "{line}");
        assert_eq!(followed(&place), [(subject, label.to_owned())], "{line}");
    }
}

#[test]
fn what_cannot_be_followed_is_refused() {
    let place = place();
    refused(&place, "/følg", "hvad der skal følges");
    refused(&place, "/følg emne:§ % —", "intet ord");
    refused(&place, "/følg emne:brev 010190-1234", "CPR");
    refused(&place, "/følg alt:nej", "»alt« er ja");
    refused(&place, "/følg sag:27.00.00-A00-5-20 emne:vej", "én ting ad gangen");
    refused(&place, "/følg alt:ja hvornår:snart", "straks, dagligt eller ugentligt");
    refused(&place, "/følg alt:ja stille:om natten", "22-07");
    for line in ["/følg udvalg:xyzzy", "/følg 99.99"] {
        assert!(!ask(&place, line).found, "{line}");
    }
    assert_eq!(followed(&place), []);
}

#[test]
fn what_is_followed_already_says_what_changed() {
    let place = place();
    let first = ask(&place, "/følg emne:varmestue hvornår:dagligt stille:22-07");
    assert_eq!(first.title, "Følges nu: emnet »varmestue«");
    assert!(fields(&first).contains("Besked: her, dagligt, samlet på ét tidspunkt\nStille: kl. 22.00–07.00"));
    let same = ask(&place, "/følg emne:Varmestuen");
    assert!(same.title.starts_with("Følges allerede"), "{}", same.title);
    let changed = ask(&place, "/følg emne:varmestue hvornår:ugentligt stille:aldrig");
    assert_eq!(
        changed.text,
        "Før blev det sendt dagligt, nu ugentligt.\nStille før: kl. 22.00–07.00; nu: aldrig."
    );
    let id = place.archive.subscriptions(HERE).unwrap()[0].id;
    ask(&place, &format!("/følger pause:{id}"));
    assert_eq!(ask(&place, "/følg emne:varmestue").text, "Pausen er slut.");
    assert_eq!(followed(&place).len(), 1);
}

#[test]
fn a_place_follows_only_so_much() {
    let place = place();
    for number in 0..MOST_FOLLOWED {
        ask(&place, &format!("/følg emne:ord{number}"));
    }
    refused(&place, "/følg emne:mere", "25 ting");
    assert!(ask(&place, "/følg emne:ord3").title.starts_with("Følges allerede"));
    assert_eq!(followed(&place).len(), MOST_FOLLOWED);
    // Every one of them has its buttons on some page.
    let mut stops = HashSet::new();
    for page in 1..=4 {
        let answer = ask(&place, &format!("/følger side:{page}"));
        assert!(answer.suggestions.len() <= 15, "{}", answer.suggestions.len());
        stops.extend(answer.suggestions.into_iter().map(|it| it.ask).filter(|ask| ask.contains("stop:")));
    }
    assert_eq!(stops.len(), MOST_FOLLOWED);
}

#[test]
fn who_may_not_decide_is_told_who_may() {
    let place = place();
    let id = place.follow(HERE, Subject::Everything, "");
    for line in ["/følg emne:vej".to_owned(), format!("/følger stop:{id}"), format!("/følger pause:{id}")]
    {
        let refused = place.ask_in(HERE, false, TODAY, &line).unwrap_err();
        assert!(refused.to_string().contains("må administrere kanalen"), "{refused}");
    }
    let all = place.archive.subscriptions(HERE).unwrap();
    assert_eq!((all.len(), all[0].paused), (1, None));
    assert_eq!(place.ask_in(HERE, false, TODAY, "/følger").unwrap().cards.len(), 1);
}

#[test]
fn where_nothing_can_be_told_it_is_said() {
    let place = place();
    for line in ["/følg alt", "/følger"] {
        let refused = place.ask(TODAY, &commands::parse_line(line).unwrap()).unwrap_err();
        assert!(refused.to_string().contains("kanal i Discord"), "{refused}");
    }
    assert!(place.answer(TODAY, &format!("/hvorfor {CASE}")).found);
    let offered = |answer: Answer| answer.suggestions.iter().any(|it| it.ask.starts_with("/følg "));
    for line in [format!("/sag {CASE}"), "/møde udvalg:byrådet".to_owned()] {
        assert!(!offered(place.answer(TODAY, &line)) && offered(ask(&place, &line)), "{line}");
    }
}

#[test]
fn another_place_cannot_be_reached_by_its_number() {
    let place = place();
    let id = place.follow("discord:8", Subject::Everything, "");
    for action in ["pause", "genoptag", "stop"] {
        let answer = ask(&place, &format!("/følger {action}:{id}"));
        assert!(answer.text.contains("følges intet med nummer"), "{}", answer.text);
    }
    let other = place.archive.subscriptions("discord:8").unwrap();
    assert_eq!((other.len(), other[0].paused), (1, None));
    refused(&place, "/følger stop:alle", "ikke et nummer");
    refused(&place, "/følger stop:1 pause:1", "én ting ad gangen");
}

#[test]
fn to_show_the_list_again_does_nothing_again() {
    let place = place();
    let id = place.follow(HERE, Subject::Everything, "");
    let answer = ask(&place, &format!("/følger pause:{id}"));
    assert_eq!(answer.text, "Alt er på pause.");
    assert_eq!(answer.request.unwrap().line(), "/følger");
    assert!(answer.suggestions.iter().any(|it| it.ask == format!("/følger genoptag:{id}")));
    assert_eq!(place.archive.subscriptions(HERE).unwrap()[0].paused, Some(Pause::Asked));
}

#[test]
fn each_stage_is_told() {
    let place = place();
    let why = |line: &str| fields(&ask(&place, line));
    let of_meeting = "/hvorfor udvalg:byrådet dato:2026-11-18";
    let missing = ask(&place, of_meeting);
    assert!(!missing.found && missing.text.contains("Ingen kilde"), "{missing:?}");
    assert!(why("/hvorfor byrådet 12. august 2020").contains("første gang"));
    let (_, document) = meeting("Byrådet", "2026-11-18", vec![item(CASE, "Varmestuen", "Godkendt.")]);
    place.record("2026-11-20T10:00:00+01:00", &[("ny.txt", &document)]);
    assert!(
        why(of_meeting)
            .contains("Nyhed: nyt referat (20. november 2026 kl. 10.00)\nHer: ingen besked: intet af det")
    );
    ask(&place, "/følg byrådet");
    assert!(why(of_meeting).contains("Byrådet følges først siden 22. november 2026 kl. 12.00"));
    // From now on it is told, in the night not before seven.
    ask(&place, "/følg byrådet stille:22-07");
    let (_, more) = meeting("Byrådet", "2026-11-19", vec![item(CASE, "Varmestuen igen", "Godkendt.")]);
    place.record("2026-11-22T23:00:00+01:00", &[("mere.txt", &more)]);
    let held = "Følges her: Byrådet\nHoldt tilbage: til 23. november 2026 kl. 7.00: stille tid";
    assert!(why(&format!("/hvorfor {CASE}")).contains(held));
    let mut ledger = place.archive.ledger().unwrap();
    let claimed = |ledger: &mut index::Ledger, at: &str| {
        ledger.claim("discord", at.parse().unwrap(), 9).unwrap().remove(0)
    };
    let row = claimed(&mut ledger, "2026-11-23T07:00:00+01:00");
    let now = "2026-11-23T07:00:01+01:00".parse().unwrap();
    let again = "2026-11-23T07:05:00+01:00".parse().unwrap();
    let mut settled = |attempt: Attempt| {
        ledger.settle(&[(row.clone(), attempt)], now).unwrap();
        fields(&place.ask_in(HERE, true, "2026-11-23", &format!("/hvorfor {CASE}")).unwrap())
    };
    let problem = || "Discord svarer ikke".to_owned();
    for (attempt, told) in [
        (
            Attempt::Missed { again, problem: problem() },
            "Prøves igen: 23. november 2026 kl. 7.05: Discord svarer ikke",
        ),
        (
            Attempt::Closed { again, problem: problem() },
            "Ingen adgang: prøves igen 23. november 2026 kl. 7.05: Discord svarer ikke",
        ),
        (Attempt::Refused { problem: problem() }, "Afvist: 23. november 2026 kl. 7.00: Discord svarer ikke"),
        (Attempt::GivenUp { problem: problem() }, "Opgivet: 23. november 2026 kl. 7.00: Discord svarer ikke"),
        (Attempt::Arrived(None), "Sendt: 23. november 2026 kl. 7.00"),
    ] {
        let seen = settled(attempt);
        assert!(seen.contains(told), "{told}: {seen}");
    }
}

#[test]
fn a_pause_is_named_where_it_may_be_the_reason() {
    let place = place();
    let id = place.follow(HERE, Subject::Topic, "varmestue");
    ask(&place, &format!("/følger pause:{id}"));
    let (_, document) = meeting("Byrådet", "2026-11-18", vec![item(CASE, "Varmestuen", "Godkendt.")]);
    place.record("2026-11-22T13:00:00+01:00", &[("ny.txt", &document)]);
    let seen = fields(&ask(&place, "/hvorfor byrådet 18-11-2026"));
    assert!(seen.contains("ingen besked: emnet »varmestue« er på pause"), "{seen}");
}

#[test]
fn a_live_copy_goes_before_a_withdrawn_one() {
    let place = place();
    let record = |name: &str, decision: &str| {
        let (_, document) = meeting("Byrådet", "2026-11-18", vec![item(CASE, "Varmestuen", decision)]);
        place.record("2026-11-20T10:00:00+01:00", &[(name, &document)]);
    };
    let withdraw = |listed: &[&str]| {
        let mut writer = place.archive.writer().unwrap();
        let listed: HashSet<&str> = listed.iter().copied().collect();
        writer.compare("web", &listed, "2026-11-21T10:00:00Z", &common::telling()).unwrap();
    };
    let status = |line: &str| ask(&place, line).cards[0].status.clone().unwrap();
    record("web/a.txt", "Godkendt.");
    withdraw(&[]);
    for line in [&format!("/sag {CASE}"), "/møde byrådet 18-11-2026"] {
        assert_eq!(status(line), "Besluttet: godkendt (trukket tilbage fra kilden)", "{line}");
    }
    let history = ask(&place, &format!("/historik {CASE}"));
    assert!(history.cards.last().unwrap().status.as_ref().unwrap().ends_with("(trukket tilbage fra kilden)"));
    record("web/b.txt", "Udsat.");
    record("web/c.txt", "Udsat igen.");
    withdraw(&["web/b.txt"]);
    for line in [&format!("/sag {CASE}"), "/møde byrådet 18-11-2026"] {
        let card = &ask(&place, line).cards[0];
        assert_eq!(card.fields[0].value, "Udsat.", "{line}");
        assert!(!card.status.as_ref().unwrap().contains("trukket"), "{line}");
    }
}
