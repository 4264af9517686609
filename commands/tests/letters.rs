//! What is told without being asked.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod common;

use commands::Answer;
use common::{Place, item, meeting};
use index::{OutboxRow, Subject};
use minutes::{AgendaItem, Document, FollowUp, FollowUpKind, Kind};

const CHANNEL: &str = "discord:7";
const CASE: &str = "27.00.00-A00-5-20";
const READ: &str = "2026-11-20T10:00:00+01:00";
const LATER: &str = "2026-11-22T10:00:00+01:00";
const TODAY: &str = "2026-11-22";

fn empty() -> Place {
    Place::with(&[])
}

/// Items numbered from 1.
fn numbered(mut items: Vec<AgendaItem>) -> Vec<AgendaItem> {
    for (at, item) in items.iter_mut().enumerate() {
        item.number = Some((at + 1).to_string());
    }
    items
}

/// Minutes of the council on the same day, whatever their items.
fn minutes_of(items: Vec<AgendaItem>) -> Document {
    meeting("Byrådet", "2026-11-18", numbered(items)).1
}

fn three() -> Document {
    minutes_of(vec![
        item("27.00.00-A00-1-20", "Budget", "Godkendt."),
        item(CASE, "Varmestuen på havnen", "Godkendt som indstillet.\nMan siger tak."),
        item("27.00.00-A00-2-20", "Skolevej", "Godkendt."),
    ])
}

/// The one message, and what it says.
#[track_caller]
fn only(place: &Place) -> (OutboxRow, Answer) {
    let mut rows = place.sent(LATER);
    assert_eq!(rows.len(), 1, "{rows:?}");
    let row = rows.remove(0);
    let answer = place.letter(TODAY, &row).unwrap();
    (row, answer)
}

fn headings(answer: &Answer) -> Vec<&str> {
    answer.cards.iter().map(|card| card.heading.as_str()).collect()
}

fn asks(answer: &Answer) -> Vec<&str> {
    answer.suggestions.iter().map(|suggestion| suggestion.ask.as_str()).collect()
}

#[test]
fn what_is_followed_comes_first_with_its_decision() {
    let place = empty();
    place.follow(CHANNEL, Subject::Case, CASE);
    place.follow(CHANNEL, Subject::Topic, "varmestue");
    place.record(READ, &[("a.txt", &three())]);
    let (_, answer) = only(&place);
    assert_eq!(answer.title, "Nyt referat: Byrådet, 18. november 2026");
    let because = format!("Sendt, fordi kanalen følger sagen {CASE} og emnet »varmestue«.");
    assert_eq!(answer.text, because);
    assert_eq!(headings(&answer), ["Varmestuen på havnen", "1. Budget: Godkendt", "3. Skolevej: Godkendt"]);
    let decision = &answer.cards[0].fields[0];
    assert_eq!((decision.name.as_str(), decision.quote), ("Beslutning", true));
    assert_eq!(decision.value, "Godkendt som indstillet.\nMan siger tak.");
    let of = "udvalg:Byrådet dato:2026-11-18";
    assert_eq!(asks(&answer), [format!("/møde {of}"), format!("/sag {CASE}"), format!("/hvorfor {of}")]);
    assert!(answer.cards.iter().all(|card| card.item.as_ref().unwrap().file.as_deref() == Some("a.txt")));
    for suggestion in &answer.suggestions {
        commands::parse_line(&suggestion.ask).unwrap();
    }
}

#[test]
fn an_agenda_tells_no_outcomes() {
    let place = empty();
    place.follow(commands::TERMINAL, Subject::Body, "Byrådet");
    let mut agenda = three();
    agenda.kind = Kind::Agenda;
    agenda.items.iter_mut().for_each(|item| item.decision = None);
    agenda.items[2].closed = true;
    place.record(READ, &[("a.txt", &agenda)]);
    let (_, answer) = only(&place);
    assert_eq!(answer.title, "Ny dagsorden: Byrådet, 18. november 2026");
    assert_eq!(answer.text, "Sendt, fordi du følger Byrådet.");
    assert_eq!(headings(&answer), ["1. Budget", "2. Varmestuen på havnen", "3. Skolevej: Lukket punkt"]);
}

#[test]
fn a_correction_is_the_whole_message_and_a_line() {
    let place = empty();
    place.follow(CHANNEL, Subject::Case, CASE);
    place.record(READ, &[("a.txt", &three())]);
    let (first, _) = only(&place);
    let mut corrected = three();
    corrected.items.insert(0, item("27.00.00-A00-9-20", "Indsat", "Afvist."));
    corrected.items[2].decision.as_mut().unwrap().text = "Udsat.".to_owned();
    corrected.items = numbered(corrected.items);
    place.record("2026-11-21T23:30:00Z", &[("a.txt", &corrected)]);
    let (second, answer) = only(&place);
    assert!(matches!(second.letter, index::Letter::News { edits: Some(id), .. } if id == first.id));
    assert_eq!(answer.title, "Rettet referat: Byrådet, 18. november 2026");
    assert_eq!(
        answer.text.lines().nth(1),
        Some("Rettet 22. november 2026: punkt 1 (nyt punkt), punkt 3 (beslutningen)")
    );
    assert_eq!(headings(&answer)[0], "Varmestuen på havnen");
    assert_eq!(answer.cards.len(), 4);
    assert_eq!(answer.cards[0].fields[0].value, "Udsat.");
    // The first message, were it sent only now, has the items where they are now.
    let now = place.letter(TODAY, &first).unwrap();
    assert_eq!((headings(&now)[0], now.text.lines().count()), ("Varmestuen på havnen", 1));
    // A second correction tells of both.
    corrected.items[1].title = Some("Budget for 2027".to_owned());
    place.record(LATER, &[("a.txt", &corrected)]);
    let (_, answer) = only(&place);
    let told: Vec<&str> = answer.text.lines().skip(1).collect();
    assert_eq!(told.len(), 2);
    assert_eq!(told[1], "Rettet 22. november 2026: punkt 2 (titlen)");
}

#[test]
fn a_part_that_comes_later_is_added_to_what_was_told() {
    let place = empty();
    place.follow(CHANNEL, Subject::Body, "Byrådet");
    place.record(READ, &[("a.txt", &three())]);
    only(&place);
    let mut part = minutes_of(vec![item("27.00.00-A00-8-20", "Tillægspunkt", "Godkendt.")]);
    part.items[0].number = Some("4".to_owned());
    place.record(LATER, &[("b.txt", &part)]);
    let (_, answer) = only(&place);
    assert_eq!(answer.cards.len(), 4, "{:?}", headings(&answer));
    assert!(headings(&answer).contains(&"4. Tillægspunkt: Godkendt"));
}

#[test]
fn long_meetings_and_long_decisions_are_cut() {
    let place = empty();
    place.follow(CHANNEL, Subject::Topic, "varmestue");
    let mut items: Vec<AgendaItem> = (0..200)
        .map(|at| {
            item(
                &format!("27.00.00-A00-{at}-20"),
                &format!("Punkt {at} {}", "langt ".repeat(40)),
                "Godkendt.",
            )
        })
        .collect();
    for at in [10, 20, 30, 40] {
        items[at].decision.as_mut().unwrap().text = "varmestue @everyone ".repeat(5_000);
    }
    place.record(READ, &[("a.txt", &minutes_of(items))]);
    let (_, answer) = only(&place);
    assert_eq!(answer.cards.len(), 3 + 20 + 1);
    let decision = &answer.cards[0].fields[0];
    assert_eq!(decision.value.chars().count().min(400), decision.value.chars().count());
    assert_eq!(decision.whole.as_ref().map(String::len), Some(20 * 5_000));
    // The fourth that is followed is the first of the lines.
    assert!(headings(&answer)[3].starts_with("41. Punkt 40 "), "{}", headings(&answer)[3]);
    assert_eq!(headings(&answer)[23], "… og 177 punkter til");
    assert!(headings(&answer).iter().skip(3).all(|line| line.chars().count() < 130));
    assert_eq!(answer.suggestions.len(), 1 + 3 + 1);
}

#[test]
fn what_is_gone_is_not_told() {
    let place = empty();
    place.follow(CHANNEL, Subject::Everything, "");
    place.record(READ, &[("a.txt", &three())]);
    let (row, answer) = only(&place);
    assert_eq!(answer.text, "Sendt, fordi kanalen følger alt.");
    let index::Letter::News { news, reasons, edits, told_as, .. } = row.letter.clone() else { panic!() };
    let gone =
        OutboxRow { letter: index::Letter::News { news, document: 999, reasons, edits, told_as }, ..row };
    assert_eq!(place.letter(TODAY, &gone), None);
}

/// How it is told at that time, when everything was read before.
fn telling(place: &Place, now: &str) -> index::Telling {
    index::Telling {
        now: now.parse::<jiff::Timestamp>().unwrap().to_zoned(place.council.time_zone.clone()),
        first_reading: false,
        ..common::telling()
    }
}

fn due(day: &str) -> FollowUp {
    FollowUp {
        from: Some(common::day(day)),
        to: Some(common::day(day)),
        body: Some("Byrådet".to_owned()),
        kind: FollowUpKind::Meeting,
        quote: "Sagen tages op igen den 25. november.".to_owned(),
    }
}

#[test]
fn what_is_due_is_told_with_its_sentence() {
    let place = empty();
    place.follow(CHANNEL, Subject::Case, CASE);
    let mut document = three();
    document.items[1].follow_ups = vec![due("2026-11-25")];
    place.record(READ, &[("a.txt", &document)]);
    only(&place);
    let mut ledger = place.archive.ledger().unwrap();
    assert_eq!(ledger.remind(&telling(&place, "2026-11-21T08:00:00Z"), 3).unwrap(), 0);
    assert_eq!(ledger.remind(&telling(&place, "2026-11-22T08:00:00Z"), 3).unwrap(), 1);
    let (row, answer) = only(&place);
    assert_eq!(answer.title, "Om 3 dage: Varmestuen på havnen");
    assert_eq!(answer.text, format!("Sendt, fordi kanalen følger sagen {CASE}."));
    assert_eq!(headings(&answer), ["25. november 2026 i Byrådet"]);
    let fields: Vec<_> = answer.cards[0].fields.iter().map(|field| field.value.as_str()).collect();
    assert_eq!(
        fields,
        [CASE, "Sagen tages op igen den 25. november.", "Byrådet, 18. november 2026, punkt 2"]
    );
    assert_eq!(place.letter("2026-11-24", &row).unwrap().title, "I morgen: Varmestuen på havnen");
    // The minutes say so no longer.
    document.items[1].follow_ups = vec![due("2026-12-09")];
    place.record(LATER, &[("a.txt", &document)]);
    assert_eq!(place.letter(TODAY, &row), None);
}

#[test]
fn what_is_off_or_treated_is_no_longer_due() {
    for (decision, outcome) in [
        ("Sagen rykkes til den 9. december 2026.", minutes::Outcome::Other),
        ("Udsat.", minutes::Outcome::Postponed),
        ("Sagen forelægges ikke igen.", minutes::Outcome::Other),
    ] {
        let place = empty();
        place.follow(CHANNEL, Subject::Case, CASE);
        let mut document = three();
        document.items[1].follow_ups = vec![due("2026-11-25")];
        place.record(READ, &[("a.txt", &document)]);
        only(&place);
        let mut ledger = place.archive.ledger().unwrap();
        for (now, messages) in [("2026-11-21T08:00:00Z", 0), ("2026-11-22T08:00:00Z", 1)] {
            assert_eq!(ledger.remind(&telling(&place, now), 3).unwrap(), messages, "{decision}");
        }
        drop(ledger);
        let (row, _) = only(&place);
        let mut later = three();
        later.date = Some(common::day("2026-11-23"));
        later.items.truncate(2);
        later.items[1].decision.as_mut().unwrap().text = decision.to_owned();
        later.items[1].decision.as_mut().unwrap().outcome = outcome;
        place.record(LATER, &[("b.txt", &later)]);
        assert_eq!(place.letter("2026-11-24", &row), None, "{decision}");
    }
}

#[test]
fn a_notice_is_told_as_it_is() {
    let place = empty();
    let mut ledger = place.archive.ledger().unwrap();
    assert!(ledger.notify(CHANNEL, "x", "Kilden »herning« svarer ikke.", LATER.parse().unwrap()).unwrap());
    let (_, answer) = only(&place);
    assert_eq!(answer.text, "Kilden »herning« svarer ikke.");
    assert_eq!(asks(&answer), ["/status"]);
}
