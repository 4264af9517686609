//! An archive of the samples, and questions asked of it.
#![allow(dead_code, reason = "every test program uses its own part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use commands::{Answer, Asker, Council, Field, Request, Setting, UserError};
use index::{Archive, Attempt, Cadence, Entry, Follow, OutboxRow, Subject, Subscribed, Telling};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use minutes::{
    AgendaItem, Attendance, CaseNumber, Decision, Document, Kind, Outcome, Role, Seat, SeatEvent, SeatStatus,
};

pub(crate) const STAMP: &str = "2021-09-30T04:05:00Z";

/// A first reading at the beginning of 2026: nobody is told of anything.
pub(crate) fn telling() -> Telling {
    let now = "2026-01-01T00:00:00+01:00[Europe/Copenhagen]".parse().unwrap();
    Telling { now, digest_at: jiff::civil::time(8, 0, 0, 0), max_age_days: 30, first_reading: true }
}

/// An archive in a folder that goes with it.
pub(crate) struct Place {
    pub(crate) archive: Archive,
    pub(crate) council: Council,
    pub(crate) directory: tempfile::TempDir,
}

impl Place {
    /// With these documents, each under its name.
    pub(crate) fn with(documents: &[(String, Document)]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let archive = Archive::open(directory.path()).unwrap();
        let entry = |(name, document)| Entry {
            origin: name,
            url: None,
            hash: name,
            text: name,
            document,
            recorded_at: STAMP,
        };
        let entries: Vec<Entry<'_>> =
            documents.iter().map(|(name, document)| entry((name.as_str(), document))).collect();
        let mut writer = archive.writer().unwrap();
        writer.record(&entries, &telling()).unwrap();
        writer.commit().unwrap();
        drop(writer);
        let abbreviations = BTreeMap::from([
            ("SOS".to_owned(), "Social- og Sundhedsudvalget".to_owned()),
            ("BYR".to_owned(), "Byrådet".to_owned()),
        ]);
        let council = Council {
            name: "Fjordby Kommune".to_owned(),
            time_zone: TimeZone::get("Europe/Copenhagen").unwrap(),
            body: Some("Fjordby Byråd".to_owned()),
            abbreviations,
            roster: commands::Roster::default(),
        };
        Self { archive, council, directory }
    }

    /// With the samples.
    pub(crate) fn of_samples() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples");
        let mut documents = Vec::new();
        for file in fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
            if file.extension().is_some_and(|extension| extension == "txt") {
                let read = minutes::read::text(&fs::read(&file).unwrap()).unwrap();
                let name = file.file_name().unwrap().to_string_lossy().into_owned();
                documents.push((name, minutes::parse(&read.text).0));
            }
        }
        documents.sort_by(|one, other| one.0.cmp(&other.0));
        assert_eq!(documents.len(), 15);
        Self::with(&documents)
    }

    /// Records documents as news at that moment (`2026-11-22T10:00+01:00`), under the names given; another text each time.
    pub(crate) fn record(&self, at: &str, documents: &[(&str, &Document)]) {
        let now = at.parse::<Timestamp>().unwrap().to_zoned(self.council.time_zone.clone());
        let hashes: Vec<String> = documents.iter().map(|(name, _)| format!("{name} {at}")).collect();
        let stamp = now.timestamp().to_string();
        let entry = |((name, document), hash): (&(&'_ str, &'_ Document), &String)| {
            let mut writer = self.archive.writer().unwrap();
            let entry = Entry { origin: name, url: None, hash, text: hash, document, recorded_at: &stamp };
            let telling = Telling { now: now.clone(), first_reading: false, ..telling() };
            writer.record(&[entry], &telling).unwrap();
            writer.commit().unwrap();
        };
        documents.iter().zip(&hashes).for_each(entry);
    }

    /// Has a place follow something at once.
    pub(crate) fn follow(&self, place: &str, subject: Subject, label: &str) -> i64 {
        let key = match subject {
            Subject::Case => minutes::case_number::key(label),
            Subject::Body => minutes::body::key(label),
            Subject::Topic | Subject::Everything => label.to_owned(),
        };
        let follow = Follow { subject, key, label: label.to_owned(), cadence: Cadence::AtOnce, quiet: None };
        let at = "2020-01-01T00:00:00Z".parse().unwrap();
        match self.archive.ledger().unwrap().subscribe(place, &follow, 1000, at).unwrap() {
            Subscribed::New(made) | Subscribed::Changed(made) => made.id,
            Subscribed::Full => panic!("full"),
        }
    }

    /// All that is to be sent, in order, each taken and settled as sent at that moment.
    pub(crate) fn sent(&self, at: &str) -> Vec<OutboxRow> {
        let now: Timestamp = at.parse().unwrap();
        let (mut ledger, mut all) = (self.archive.ledger().unwrap(), Vec::new());
        loop {
            let mut rows = ledger.claim("discord", now, 100).unwrap();
            rows.extend(ledger.claim("terminal", now, 100).unwrap());
            if rows.is_empty() {
                return all;
            }
            let arrived: Vec<_> = rows.iter().map(|row| (row.clone(), Attempt::Arrived(None))).collect();
            ledger.settle(&arrived, now).unwrap();
            all.extend(rows);
        }
    }

    /// What a message says on that day.
    pub(crate) fn letter(&self, today: &str, row: &OutboxRow) -> Option<Answer> {
        commands::letter(&self.archive, &self.setting(today, &[]), row).unwrap()
    }

    /// The answer to somebody in a place, at noon on that day.
    pub(crate) fn ask_in(
        &self,
        place: &str,
        may_manage: bool,
        today: &str,
        line: &str,
    ) -> Result<Answer, UserError> {
        let now = format!("{today}T12:00:00+01:00").parse().unwrap();
        let asker = Asker { place: Some(place), may_manage, now, ..Asker::default() };
        let setting = Setting { asker, ..self.setting(today, &[]) };
        commands::answer(&self.archive, &setting, &commands::parse_line(line)?)
    }

    pub(crate) fn setting<'a>(&'a self, today: &str, process: &'a [Field]) -> Setting<'a> {
        Setting { council: &self.council, today: day(today), process, sources: &[], asker: Asker::default() }
    }

    pub(crate) fn ask(&self, today: &str, request: &Request) -> Result<Answer, UserError> {
        commands::answer(&self.archive, &self.setting(today, &[]), request)
    }

    pub(crate) fn brief_answer(&self, today: &str, line: &str) -> Answer {
        let request = commands::parse_line(line).unwrap();
        commands::brief_answer(&self.archive, &self.setting(today, &[]), &request).unwrap()
    }

    pub(crate) fn answer(&self, today: &str, line: &str) -> Answer {
        self.ask(today, &commands::parse_line(line).unwrap()).unwrap()
    }
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Minutes of a body with these items, under their day and body.
pub(crate) fn meeting(body: &str, date: &str, items: Vec<AgendaItem>) -> (String, Document) {
    let document = Document {
        kind: Kind::Minutes,
        layout: "by-hand".into(),
        municipality: None,
        body: (!body.is_empty()).then(|| body.into()),
        date: Some(day(date)),
        time: None,
        place: None,
        title: None,
        attendance: Attendance::default(),
        items,
        follow_ups: Vec::new(),
        sections: Vec::new(),
    };
    (format!("{date} {body}"), document)
}

/// A decided item of a case.
pub(crate) fn item(case_number: &str, title: &str, decision: &str) -> AgendaItem {
    let decision = Decision { text: decision.into(), outcome: Outcome::Approved, votes: None };
    AgendaItem {
        case_number: CaseNumber::new(case_number),
        title: Some(title.into()),
        decision: Some(decision),
        ..AgendaItem::default()
    }
}

/// An item that says so much of seats.
pub(crate) fn seats(seats: Vec<Seat>) -> AgendaItem {
    AgendaItem { number: Some("7".into()), title: Some("Udpegning".into()), seats, ..AgendaItem::default() }
}

/// Somebody decided to be a member of a body; other seats are made of it.
pub(crate) fn seat(person: &str, body: &str) -> Seat {
    Seat {
        person: person.into(),
        body: (!body.is_empty()).then(|| body.into()),
        role: Role::Member,
        event: SeatEvent::Appointed,
        status: SeatStatus::Decided,
        from: None,
        to: None,
        party: None,
        acting: false,
        quote: format!("{person} vælges."),
        adopted_by: None,
        members: None,
    }
}
