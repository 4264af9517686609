//! Documents made by hand, and an archive to put them in.
#![allow(dead_code, reason = "every test program uses its own part")]

use index::{Archive, Entry, Recorded, Telling};
use jiff::civil::Date;
use minutes::{
    AgendaItem, Attendance, CaseNumber, Decision, Document, FollowUp, FollowUpKind, Kind, Outcome, Role,
    Seat, SeatEvent, SeatStatus, Section, SectionKind,
};

pub(crate) const STAMP: &str = "2026-02-01T08:00:00+01:00";

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn document(kind: Kind) -> Document {
    Document {
        kind,
        layout: "by-hand".into(),
        municipality: None,
        body: None,
        date: None,
        time: None,
        place: None,
        title: None,
        attendance: Attendance::default(),
        items: Vec::new(),
        follow_ups: Vec::new(),
        sections: Vec::new(),
    }
}

pub(crate) fn meeting(body: &str, date: &str, items: Vec<AgendaItem>) -> Document {
    Document {
        body: Some(body.into()),
        date: Some(day(date)),
        time: Some("17:00".into()),
        place: Some("Rådhuset".into()),
        items,
        ..document(Kind::Minutes)
    }
}

pub(crate) fn policy(title: &str, text: &str) -> Document {
    Document {
        title: Some(title.into()),
        sections: vec![section(SectionKind::Other, text)],
        ..document(Kind::Document)
    }
}

pub(crate) fn section(kind: SectionKind, text: &str) -> Section {
    Section { kind, heading: None, text: text.into() }
}

pub(crate) fn item(case_number: &str, title: &str, summary: &str, decision: &str) -> AgendaItem {
    AgendaItem {
        number: Some("7".into()),
        case_number: CaseNumber::new(case_number),
        title: Some(title.into()),
        caseworkers: vec!["Mette Åkjær".into()],
        sections: vec![section(SectionKind::Summary, summary)],
        decision: (!decision.is_empty()).then(|| Decision {
            text: decision.into(),
            outcome: Outcome::Approved,
            votes: None,
        }),
        ..AgendaItem::default()
    }
}

pub(crate) fn follow_up(from: Option<&str>, body: Option<&str>, quote: &str) -> FollowUp {
    FollowUp {
        from: from.map(day),
        to: from.map(day),
        body: body.map(str::to_owned),
        kind: FollowUpKind::Meeting,
        quote: quote.into(),
    }
}

pub(crate) fn seat(person: &str, body: &str) -> Seat {
    Seat {
        person: person.into(),
        body: Some(body.into()),
        role: Role::Member,
        event: SeatEvent::Appointed,
        status: SeatStatus::Decided,
        from: None,
        to: None,
        party: Some("A".into()),
        acting: false,
        quote: format!("{person} vælges."),
        adopted_by: None,
        members: None,
    }
}

pub(crate) fn entry<'a>(origin: &'a str, hash: &'a str, document: &'a Document) -> Entry<'a> {
    Entry { origin, url: Some("https://example.dk/referat"), hash, text: hash, document, recorded_at: STAMP }
}

/// A first reading at the beginning of 2026: nobody is told of anything.
pub(crate) fn telling() -> Telling {
    let now = "2026-01-01T00:00:00+01:00[Europe/Copenhagen]".parse().unwrap();
    Telling { now, digest_at: jiff::civil::time(8, 0, 0, 0), max_age_days: 30, first_reading: true }
}

/// Records and commits.
pub(crate) fn record(archive: &Archive, entries: &[Entry<'_>]) -> Vec<Recorded> {
    let mut writer = archive.writer().unwrap();
    let recorded = writer.record(entries, &telling()).unwrap();
    writer.commit().unwrap();
    recorded
}

/// Three meetings and a policy.
pub(crate) fn samples() -> Vec<(&'static str, Document)> {
    let mut shelter = item(
        "27.00.00-A00-5-15",
        "Rammer for herberget",
        "Udsatterådet ønsker et blåt herberg ved åen.",
        "Godkendt som indstillet.",
    );
    shelter.follow_ups = vec![
        follow_up(Some("2020-09-23"), Some("Byrådet"), "Sagen tages op den 23. september."),
        follow_up(None, None, "Forvaltningen vender tilbage."),
    ];
    shelter.seats = vec![seat("Ole Søndergård", "Udsatterådet")];
    let budget = item("00.30.00-S00-2-20", "Budget for skolerne", "Skolernes budget.", "Til efterretning.");
    let again = item("27.00.00-A00-5-15", "Rammer for herberget (2. behandling)", "Igen.", "Udsat.");
    vec![
        ("a.txt", meeting("Social- og Sundhedsudvalget", "2020-08-12", vec![shelter, budget])),
        ("b.txt", meeting("Herning Byråd", "2020-09-23", vec![again])),
        ("c.txt", meeting("Byrådet", "2021-01-19", vec![item("", "Eventuelt", "", "")])),
        ("d.txt", policy("Politik for udsatte", "Herberget skal være åbent for alle hele året.")),
    ]
}

pub(crate) fn record_samples(archive: &Archive) {
    let samples = samples();
    let entries: Vec<Entry<'_>> =
        samples.iter().map(|(origin, document)| entry(origin, origin, document)).collect();
    assert_eq!(record(archive, &entries), vec![Recorded::New; samples.len()]);
}

/// All that can be read, as text.
pub(crate) fn dump(archive: &Archive) -> String {
    let mut known: Vec<_> = archive.known().unwrap().into_iter().collect();
    known.sort();
    let versions: Vec<_> = known.iter().map(|(origin, _)| archive.versions(origin).unwrap()).collect();
    let meetings = archive.meetings(&index::MeetingFilter::default(), 1000).unwrap();
    let items: Vec<_> = meetings.iter().map(|meeting| archive.items_of(meeting.document).unwrap()).collect();
    let follow_ups = index::FollowUpFilter::default();
    let always = (jiff::civil::Date::MIN, jiff::civil::Date::MAX);
    let bodies = archive.seated_bodies().unwrap();
    let seats: Vec<_> = bodies.iter().map(|body| archive.seats(&body.key).unwrap()).collect();
    format!(
        "{known:#?}{versions:#?}{meetings:#?}{items:#?}{:#?}{bodies:#?}{seats:#?}{:#?}{:#?}{:#?}",
        (
            archive.follow_ups(&follow_ups, index::FollowUpOrder::NearestFirst, 1000, 0).unwrap(),
            archive.undated_follow_ups(&follow_ups, always, 1000).unwrap(),
        ),
        archive.recent_cases(1000).unwrap(),
        archive.bodies().unwrap(),
        archive.counts().unwrap(),
    )
}

/// What some searches answer, in order.
pub(crate) fn answers(archive: &Archive) -> Vec<String> {
    let words =
        ["herberg", "herberget åen", "skoler", "Aakjaer", "rådhuset", "2020", "udsatte", "til", "s00"];
    let searches = words.map(|words| format!("{words}: {:#?}", archive.search(words, 100, 0).unwrap()));
    let cases = archive.recent_cases(100).unwrap();
    let meetings = cases.iter().map(|case| {
        let meetings = archive.case_meetings(&case.key).unwrap();
        let on_each = meetings.iter().map(|meeting| archive.treatments_on(&case.key, meeting.date).unwrap());
        format!("{}: {meetings:#?} {:#?}", case.key, on_each.collect::<Vec<_>>())
    });
    searches.into_iter().chain(meetings).collect()
}
