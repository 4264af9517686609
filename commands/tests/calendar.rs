//! Follow-ups as a calendar: what a strict reader of another hand says of it (calcard), the rules of RFC 5545 line by line, and what
//! stays of an event when its document is corrected.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeMap;

use calcard::icalendar::{ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue};
use calcard::{Entry, Parser};
use common::{Place, item, meeting};
use minutes::{AgendaItem, Document, FollowUp, FollowUpKind};

const TODAY: &str = "2020-08-20";

/// Octets of a line without its end (RFC 5545, section 3.1).
const MOST_OCTETS: usize = 75;

fn due(day: &str, quote: &str) -> FollowUp {
    let day = Some(common::day(day));
    FollowUp {
        from: day,
        to: day,
        body: Some("Byrådet".into()),
        kind: FollowUpKind::Meeting,
        quote: quote.into(),
    }
}

fn minutes_of(follow_ups: Vec<FollowUp>) -> (String, Document) {
    let item = AgendaItem { follow_ups, ..item("27.00.00-A00-1-20", "Cykelsti", "Godkendt.") };
    meeting("Teknikudvalget", "2020-08-12", vec![item])
}

/// The text of the calendar; empty where there is none.
fn calendar(place: &Place, line: &str) -> String {
    calendar_on(place, TODAY, line)
}

fn calendar_on(place: &Place, today: &str, line: &str) -> String {
    let answer = place.answer(today, line);
    answer.file.map(|file| file.text).unwrap_or_default()
}

/// The properties of each event, unfolded; the text is judged on the way.
#[track_caller]
fn events(text: &str) -> Vec<BTreeMap<String, String>> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "lines end in CRLF");
    for line in text.split("\r\n") {
        assert!(line.len() <= MOST_OCTETS, "{} octets: {line}", line.len());
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    let unfolded = text.replace("\r\n ", "");
    let mut lines = unfolded.split("\r\n").filter(|line| !line.is_empty());
    assert_eq!(lines.next(), Some("BEGIN:VCALENDAR"));
    let (mut events, mut head, mut event) = (Vec::new(), Vec::new(), None::<BTreeMap<String, String>>);
    for line in lines {
        let (name, value) = line.split_once(':').unwrap();
        match (name, value) {
            ("BEGIN", "VEVENT") => assert!(event.replace(BTreeMap::new()).is_none()),
            ("END", "VEVENT") => events.push(event.take().unwrap()),
            ("END", "VCALENDAR") => assert!(event.is_none()),
            _ => match &mut event {
                Some(event) => {
                    assert_eq!(event.insert(name.to_owned(), value.to_owned()), None, "{name} twice");
                }
                None => head.push(name.to_owned()),
            },
        }
    }
    for name in ["VERSION", "PRODID"] {
        assert_eq!(head.iter().filter(|known| *known == name).count(), 1, "{name} once (section 3.6)");
    }
    for event in &events {
        for name in
            ["UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SEQUENCE", "STATUS", "SUMMARY"]
        {
            assert!(event.contains_key(name), "{name} in {event:?}");
        }
        assert!(event["DTEND;VALUE=DATE"] > event["DTSTART;VALUE=DATE"], "ends later than it begins");
        assert!(["CONFIRMED", "CANCELLED"].contains(&event["STATUS"].as_str()));
        let stamp = &event["DTSTAMP"];
        assert!(stamp.len() == 16 && stamp.ends_with('Z'), "{stamp}");
        for name in ["SUMMARY", "DESCRIPTION"] {
            assert!(is_escaped(&event[name]), "{name}: {}", event[name]);
        }
    }
    let mut uids: Vec<&String> = events.iter().map(|event| &event["UID"]).collect();
    uids.sort();
    uids.dedup();
    assert_eq!(uids.len(), events.len(), "each UID once");
    // Another hand's reader takes it whole.
    let Entry::ICalendar(read) = Parser::new(text).entry() else { panic!("not a calendar: {text}") };
    let is_event =
        |component: &&ICalendarComponent| component.component_type == ICalendarComponentType::VEvent;
    assert_eq!(read.components.iter().filter(is_event).count(), events.len());
    // What it cannot read as its type it keeps as text (its own strict mode refuses every calendar with an event).
    for entry in read.components.iter().filter(is_event).flat_map(|event| &event.entries) {
        let is_text = [ICalendarProperty::Uid, ICalendarProperty::Summary, ICalendarProperty::Description];
        let kept_as_text = entry.values.iter().any(|value| matches!(value, ICalendarValue::Text(_)));
        assert!(kept_as_text == is_text.contains(&entry.name), "{entry:?}");
    }
    events
}

/// Whether commas, semicolons and backslashes are as they must be in a TEXT (section 3.3.11).
fn is_escaped(text: &str) -> bool {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if !matches!(chars.next(), Some('\\' | ',' | ';' | 'n' | 'N')) => return false,
            ',' | ';' => return false,
            _ => {}
        }
    }
    true
}

#[test]
fn the_samples_are_a_calendar_that_others_read() {
    let place = Place::of_samples();
    let text = calendar(&place, "/opfølgning ics:ja");
    let all = events(&text);
    assert!(all.len() > 5, "{}", all.len());
    assert!(text.contains("X-WR-TIMEZONE:Europe/Copenhagen\r\n"));
    let meeting = all.iter().find(|event| event["DTSTART;VALUE=DATE"] == "20200923").unwrap();
    assert_eq!(meeting["DTEND;VALUE=DATE"], "20200924", "the day after: the end is not part of it");
    assert!(meeting["SUMMARY"].starts_with("Social- og Sundhedsudvalget: Rammer for samarbejdet"));
    assert_eq!(calendar(&place, "/opfølgning ics:ja"), text, "nothing changed, nothing is told anew");
}

#[test]
fn what_minutes_of_a_later_day_tell_is_neither_shown_nor_cancelled() {
    let first = minutes_of(vec![due("2020-12-22", "Behandles i Byrådet den 22. december 2020.")]);
    let item = item("27.00.00-A00-2-20", "Havn", "Godkendt.");
    let told = AgendaItem {
        follow_ups: vec![due("2020-12-15", "Behandles i Byrådet den 15. december 2020.")],
        ..item
    };
    let later = meeting("Teknikudvalget", "2020-10-07", vec![told]);
    let place = Place::with(&[first, later]);
    let on = |day: &str| {
        let all = events(&calendar_on(&place, day, "/opfølgning ics:ja"));
        all.into_iter()
            .map(|event| format!("{} {}", event["DTSTART;VALUE=DATE"], event["STATUS"]))
            .collect::<Vec<_>>()
    };
    let both = ["20201215 CONFIRMED", "20201222 CONFIRMED"];
    assert_eq!(on(TODAY), ["20201222 CONFIRMED"]);
    assert_eq!(on("2020-10-20"), both);
    assert_eq!(on(TODAY), ["20201222 CONFIRMED"]);
    assert_eq!(on("2020-10-20"), both, "nothing was taken back");
}

#[test]
fn an_event_stays_itself_when_its_day_is_corrected() {
    let first = minutes_of(vec![due("2020-09-22", "Behandles i Byrådet den 22. september 2020.")]);
    let place = Place::with(std::slice::from_ref(&first));
    let before = events(&calendar(&place, "/opfølgning ics:ja")).remove(0);
    assert_eq!((before["SEQUENCE"].as_str(), before["STATUS"].as_str()), ("0", "CONFIRMED"));
    let corrected = minutes_of(vec![due("2020-09-29", "Behandles i Byrådet den 29. september 2020.")]);
    place.record("2020-08-20T10:00:00Z", &[(&first.0, &corrected.1)]);
    let after = events(&calendar(&place, "/opfølgning ics:ja"));
    assert_eq!(after.len(), 1);
    assert_eq!(after[0]["UID"], before["UID"]);
    assert_eq!((after[0]["SEQUENCE"].as_str(), after[0]["DTSTART;VALUE=DATE"].as_str()), ("1", "20200929"));
}

#[test]
fn what_is_no_longer_said_is_cancelled_once() {
    let said = minutes_of(vec![due("2020-09-22", "Behandles i Byrådet den 22. september 2020.")]);
    let place = Place::with(std::slice::from_ref(&said));
    let before = events(&calendar(&place, "/opfølgning ics:ja")).remove(0);
    let silent = minutes_of(vec![]);
    place.record("2020-08-20T10:00:00Z", &[(&said.0, &silent.1)]);
    for _ in 0..2 {
        let after = events(&calendar(&place, "/opfølgning ics:ja"));
        assert_eq!(after.len(), 1);
        assert_eq!(after[0]["UID"], before["UID"]);
        assert_eq!((after[0]["SEQUENCE"].as_str(), after[0]["STATUS"].as_str()), ("1", "CANCELLED"));
    }
    // A period or a case is not all there is: what is not in it is not gone.
    assert_eq!(calendar(&place, "/opfølgning periode:oktober ics:ja"), "");
}

#[test]
fn a_decision_that_puts_it_off_cancels_it() {
    let said = minutes_of(vec![due("2020-09-22", "Behandles i Byrådet den 22. september 2020.")]);
    let mut off = item("27.00.00-A00-1-20", "Cykelsti", "Sagen udsættes til foråret.");
    off.decision.as_mut().unwrap().outcome = minutes::Outcome::Postponed;
    let place = Place::with(&[said, meeting("Teknikudvalget", "2020-08-19", vec![off])]);
    let all = events(&calendar(&place, "/opfølgning ics:ja"));
    assert_eq!(all.iter().map(|event| event["STATUS"].as_str()).collect::<Vec<_>>(), ["CANCELLED"]);
}

#[test]
fn days_of_one_sentence_are_events_of_their_own() {
    let quote = "Byrådet behandler sagen den 22. september og den 6. oktober 2020.";
    let both = minutes_of(vec![due("2020-09-22", quote), due("2020-10-06", quote)]);
    let place = Place::with(&[both]);
    let all = events(&calendar(&place, "/opfølgning ics:ja"));
    assert_eq!(all.len(), 2);
    let october = events(&calendar(&place, "/opfølgning periode:oktober 2020 ics:ja"));
    assert_eq!(october.len(), 1);
    assert_eq!(october[0]["UID"], all[1]["UID"], "no period changes what an event is called");
}

#[test]
fn an_agenda_and_its_minutes_are_one_event() {
    let (name, minutes) = minutes_of(vec![due("2020-09-22", "Behandles i Byrådet den 22. september 2020.")]);
    let mut agenda = minutes.clone();
    agenda.kind = minutes::Kind::Agenda;
    agenda.items[0].decision = None;
    let place = Place::with(&[("agenda".to_owned(), agenda)]);
    let before = events(&calendar(&place, "/opfølgning ics:ja")).remove(0);
    place.record("2020-08-20T10:00:00Z", &[(&name, &minutes)]);
    let after = events(&calendar(&place, "/opfølgning ics:ja"));
    assert_eq!(after.len(), 1);
    assert_eq!(after[0]["UID"], before["UID"]);
}

#[test]
fn nobodys_text_gets_out_of_its_line() {
    let hostile = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:hos\u{202e}til; a, b \\n \u{7}".repeat(3);
    let mut minutes = minutes_of(vec![due("2020-09-22", &hostile)]);
    minutes.1.items[0].title = Some(format!("{hostile}{}", "æøå€😀".repeat(60)));
    minutes.1.body = Some("Teknik\r\nATTACH:http://a.example".into());
    let place = Place::with(&[minutes]);
    let all = events(&calendar(&place, "/opfølgning ics:ja"));
    assert_eq!(all.len(), 1);
    assert!(!all[0].contains_key("ATTACH"));
    assert!(all[0].values().all(|value| !value.contains(['\u{202e}', '\u{7}'])));
}

#[test]
fn a_calendar_has_all_states_or_none() {
    let place = Place::of_samples();
    let error = place.ask(TODAY, &commands::parse_line("/opfølgning tilstand:kommende ics:ja").unwrap());
    assert!(error.unwrap_err().to_string().contains("Skriv ics:ja uden tilstand"));
    assert_eq!(calendar(&place, "/opfølgning periode:2001 ics:ja"), "");
}

#[test]
fn a_calendar_of_a_part_tells_what_is_withdrawn_from_it() {
    let said = minutes_of(vec![due("2020-09-22", "Behandles i Byrådet den 22. september 2020.")]);
    let silent = minutes_of(vec![]);
    for part in ["periode:september 2020", "sag:27.00.00-A00-1-20", "udvalg:byrådet"] {
        let council = meeting("Byrådet", "2020-08-11", vec![item("1", "Budget", "Godkendt.")]);
        let place = Place::with(&[said.clone(), council]);
        let line = format!("/opfølgning {part} ics:ja");
        let before = events(&calendar(&place, &line)).remove(0);
        assert_eq!(before["STATUS"], "CONFIRMED", "{part}");
        place.record("2020-08-20T10:00:00Z", &[(&said.0, &silent.1)]);
        for _ in 0..2 {
            let after = events(&calendar(&place, &line));
            assert_eq!(after.len(), 1, "{part}");
            assert_eq!(after[0]["UID"], before["UID"], "{part}");
            assert_eq!(
                (after[0]["SEQUENCE"].as_str(), after[0]["STATUS"].as_str()),
                ("1", "CANCELLED"),
                "{part}"
            );
        }
        // Another part is none of its business.
        for other in ["periode:oktober 2020", "sag:27.00.00-A00-9-20"] {
            assert_eq!(calendar(&place, &format!("/opfølgning {other} ics:ja")), "", "{part}");
        }
    }
}

#[test]
fn what_left_a_period_is_told_with_its_new_day() {
    let first = minutes_of(vec![due("2020-09-22", "Behandles i Byrådet den 22. september 2020.")]);
    let place = Place::with(std::slice::from_ref(&first));
    let line = "/opfølgning periode:september 2020 ics:ja";
    let before = events(&calendar(&place, line)).remove(0);
    let corrected = minutes_of(vec![due("2020-10-06", "Behandles i Byrådet den 6. oktober 2020.")]);
    place.record("2020-08-20T10:00:00Z", &[(&first.0, &corrected.1)]);
    let after = events(&calendar(&place, line));
    assert_eq!(after.len(), 1);
    assert_eq!(after[0]["UID"], before["UID"]);
    assert_eq!(
        (after[0]["STATUS"].as_str(), after[0]["DTSTART;VALUE=DATE"].as_str()),
        ("CONFIRMED", "20201006")
    );
}

#[test]
fn what_is_told_only_by_its_end_is_an_event_of_its_last_day() {
    let quote = "Byrådet får en status inden sommerferien.";
    let by_summer = FollowUp { from: Some(common::day("2020-05-12")), ..due("2020-06-30", quote) };
    let (name, mut minutes) = minutes_of(vec![by_summer]);
    minutes.date = Some(common::day("2020-05-12"));
    let all = events(&calendar(&Place::with(&[(name, minutes)]), "/opfølgning ics:ja"));
    assert_eq!(all.len(), 1);
    assert_eq!(
        (all[0]["DTSTART;VALUE=DATE"].as_str(), all[0]["DTEND;VALUE=DATE"].as_str()),
        ("20200630", "20200701")
    );
}
