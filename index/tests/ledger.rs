//! What becomes a message, to whom, and when: the ledger's rules one by one.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod common;

use std::collections::HashSet;

use common::{entry, item, meeting, policy};
use index::{
    Archive, Attempt, Cadence, Difference, Entry, Follow, Letter, NewsKind, OutboxRow, Pause, Quiet,
    Recorded, Silence, State, Subject, Subscribed, Telling,
};
use jiff::Timestamp;
use jiff::civil::time;
use minutes::{Document, FollowUp, FollowUpKind, Kind};

const CASE: &str = "27.00.00-A00-5-20";
const BODY: &str = "Byrådet";
const NOW: &str = "2026-11-22T10:00:00+01:00";
const MOST: usize = 25;
/// The sort of all places here.
const SORT: &str = "test";

struct Place {
    archive: Archive,
    directory: tempfile::TempDir,
}

fn place() -> Place {
    let directory = tempfile::tempdir().unwrap();
    Place { archive: Archive::open(directory.path()).unwrap(), directory }
}

/// What the outbox calls a place.
fn named(place: &str) -> String {
    format!("{SORT}:{place}")
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn telling(now: &str) -> Telling {
    let zone = jiff::tz::TimeZone::get("Europe/Copenhagen").unwrap();
    Telling {
        now: at(now).to_zoned(zone),
        digest_at: time(8, 0, 0, 0),
        max_age_days: 60,
        first_reading: false,
    }
}

fn follow(subject: Subject, label: &str) -> Follow {
    let key = match subject {
        Subject::Case => minutes::case_number::key(label),
        Subject::Body => minutes::body::key(label),
        Subject::Topic | Subject::Everything => label.to_owned(),
    };
    Follow { subject, key, label: label.to_owned(), cadence: Cadence::AtOnce, quiet: None }
}

fn minutes() -> Document {
    meeting(BODY, "2026-11-18", vec![item(CASE, "Varmestue", "Et hus ved åen.", "Godkendt.")])
}

fn agenda() -> Document {
    let mut agenda = minutes();
    agenda.kind = Kind::Agenda;
    agenda.items[0].decision = None;
    agenda
}

impl Place {
    /// Records a text of an origin.
    fn record(&self, now: &str, origin: &str, hash: &str, document: &Document) -> Recorded {
        self.record_with(&telling(now), origin, hash, document)
    }

    fn record_with(&self, telling: &Telling, origin: &str, hash: &str, document: &Document) -> Recorded {
        let mut writer = self.archive.writer().unwrap();
        let recorded = writer.record(&[entry(origin, hash, document)], telling).unwrap().remove(0);
        writer.commit().unwrap();
        recorded
    }

    fn follow(&self, place: &str, follow: &Follow) -> i64 {
        match self.archive.ledger().unwrap().subscribe(&named(place), follow, MOST, at(NOW)).unwrap() {
            Subscribed::New(made) | Subscribed::Changed(made) => made.id,
            Subscribed::Full => panic!("full"),
        }
    }

    fn claim(&self, now: &str) -> Vec<OutboxRow> {
        self.archive.ledger().unwrap().claim(SORT, at(now), 100).unwrap()
    }

    fn settle(&self, row: &OutboxRow, attempt: Attempt) {
        self.archive.ledger().unwrap().settle(&[(row.clone(), attempt)], at(NOW)).unwrap();
    }

    /// All that is to be sent, each settled as sent.
    fn sent(&self, now: &str) -> Vec<OutboxRow> {
        let mut all = Vec::new();
        loop {
            let rows = self.claim(now);
            if rows.is_empty() {
                return all;
            }
            rows.iter().for_each(|row| self.settle(row, Attempt::Arrived(None)));
            all.extend(rows);
        }
    }

    fn document(&self, origin: &str) -> i64 {
        let meetings = self.archive.meetings(&index::MeetingFilter::default(), 100).unwrap();
        meetings.iter().find(|meeting| meeting.file == origin).unwrap().document
    }

    /// The kind and the silence of each version.
    fn news(&self, origin: &str) -> Vec<(NewsKind, Option<Silence>)> {
        let all = self.archive.news_of(self.document(origin)).unwrap();
        all.into_iter().map(|news| (news.kind, news.silence)).collect()
    }
}

fn places(rows: &[OutboxRow]) -> Vec<&str> {
    rows.iter().map(|row| row.place.strip_prefix("test:").unwrap()).collect()
}

fn problem() -> String {
    "svarer ikke".to_owned()
}

fn missed(again: &str) -> Attempt {
    Attempt::Missed { again: at(again), problem: problem() }
}

#[test]
fn each_subject_is_told_and_each_place_once() {
    let place = place();
    place.follow("a", &follow(Subject::Case, CASE));
    place.follow("b", &follow(Subject::Body, BODY));
    place.follow("c", &follow(Subject::Topic, "huse åen"));
    place.follow("d", &follow(Subject::Everything, ""));
    for other in [
        follow(Subject::Case, "27.00.00-A00-6-20"),
        follow(Subject::Body, "Ældrerådet"),
        follow(Subject::Topic, "hus søen"),
    ] {
        place.follow("e", &other);
    }
    // Whatever matches, a place gets one message.
    for several in
        [follow(Subject::Everything, ""), follow(Subject::Case, CASE), follow(Subject::Topic, "varmestue")]
    {
        place.follow("f", &several);
    }
    place.record(NOW, "a.txt", "1", &minutes());
    let rows = place.sent(NOW);
    assert_eq!(places(&rows), ["a", "b", "c", "d", "f"]);
    let of = |name: &str| match &rows.iter().find(|row| row.place == named(name)).unwrap().letter {
        Letter::News { reasons, .. } => {
            reasons.iter().map(|it| (it.subject, it.items.clone())).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(of("a"), [(Subject::Case, vec![0])]);
    assert_eq!(of("d"), [(Subject::Everything, vec![])]);
    assert_eq!(of("f"), [(Subject::Everything, vec![]), (Subject::Case, vec![0]), (Subject::Topic, vec![0])]);
    assert_eq!(place.record(NOW, "a.txt", "1", &minutes()), Recorded::Known);
    assert!(place.sent(NOW).is_empty());
}

#[test]
fn what_is_silent_says_why() {
    let silent = |telling: Telling, document: &Document| {
        let place = place();
        place.follow("a", &follow(Subject::Everything, ""));
        place.record_with(&telling, "a.txt", "1", document);
        assert!(place.sent(NOW).is_empty());
        place.news("a.txt")
    };
    let first = Telling { first_reading: true, ..telling(NOW) };
    assert_eq!(silent(first, &minutes()), [(NewsKind::Minutes, Some(Silence::FirstReading))]);
    let old = meeting(BODY, "2026-09-22", minutes().items);
    assert_eq!(silent(telling(NOW), &old), [(NewsKind::Minutes, Some(Silence::TooOld))]);
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    // The oldest day that is still told of, a day to come, and one that is not known.
    let undated = Document { date: None, ..minutes() };
    for (origin, document) in [
        ("a.txt", meeting(BODY, "2026-09-23", minutes().items)),
        ("b.txt", meeting(BODY, "2027-01-01", minutes().items)),
        ("c.txt", undated),
    ] {
        place.record(NOW, origin, origin, &document);
        assert_eq!(place.sent(NOW).len(), 1, "{origin}");
    }
    place.record(NOW, "d.txt", "d", &policy("Politik", "Varmestue."));
    assert!(place.sent(NOW).is_empty());
}

#[test]
fn a_change_of_form_is_no_news() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    place.record(NOW, "a.txt", "1", &Document { time: Some("15:00".into()), ..minutes() });
    assert_eq!(place.sent(NOW).len(), 1);
    let mut again = Document { time: Some("15:00:00".into()), layout: "other".into(), ..minutes() };
    again.items[0].decision.as_mut().unwrap().text = " Godkendt.\n".into();
    place.record(NOW, "a.txt", "2", &again);
    assert!(place.sent(NOW).is_empty());
    assert_eq!(
        place.news("a.txt"),
        [(NewsKind::Minutes, None), (NewsKind::Correction, Some(Silence::FormOnly))]
    );
}

#[test]
fn an_agenda_becomes_minutes_and_is_no_correction() {
    let place = place();
    place.follow("a", &follow(Subject::Case, CASE));
    place.record(NOW, "a.txt", "1", &agenda());
    let first = place.sent(NOW);
    place.record(NOW, "a.txt", "2", &minutes());
    assert_eq!(place.news("a.txt"), [(NewsKind::Agenda, None), (NewsKind::Minutes, None)]);
    let rows = [first, place.sent(NOW)].concat();
    assert!(rows.iter().all(|row| matches!(row.letter, Letter::News { edits: None, told_as: None, .. })));
    assert_eq!(rows.len(), 2);
    // Minutes that are an agenda again, and minutes once more, are corrections of the last message.
    let edits = |rows: Vec<OutboxRow>| match rows[..] {
        [OutboxRow { letter: Letter::News { edits, .. }, .. }] => edits,
        _ => panic!("{rows:?}"),
    };
    place.record(NOW, "a.txt", "3", &agenda());
    assert_eq!(edits(place.sent(NOW)), Some(rows[1].id));
    place.record(NOW, "a.txt", "4", &minutes());
    assert_eq!(edits(place.sent(NOW)), Some(rows[1].id));
    let corrections = [(NewsKind::Correction, None); 2];
    assert_eq!(place.news("a.txt")[2..], corrections);
}

#[test]
fn a_changed_agenda_is_silent_when_the_minutes_are_known() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    place.record(NOW, "a.txt", "1", &agenda());
    place.record(NOW, "b.txt", "2", &minutes());
    let mut changed = agenda();
    changed.items.push(item("27.00.00-A00-9-20", "Tillæg", "Mere.", ""));
    place.sent(NOW);
    place.record(NOW, "a.txt", "3", &changed);
    assert_eq!(place.news("a.txt")[1], (NewsKind::Correction, Some(Silence::MinutesKnown)));
    assert!(place.sent(NOW).is_empty());
}

#[test]
fn what_holds_no_meeting_any_more_leaves_the_meeting_as_it_was() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    place.record(NOW, "a.txt", "1", &minutes());
    assert_eq!(place.sent(NOW).len(), 1);
    assert_eq!(place.record(NOW, "a.txt", "2", &policy("Fejl", "Prøv igen.")), Recorded::Kept);
    assert_eq!(place.record(NOW, "a.txt", "3", &meeting(BODY, "2026-11-18", vec![])), Recorded::Kept);
    assert_eq!(place.archive.versions("a.txt").unwrap().len(), 1);
    assert_eq!(place.record(NOW, "a.txt", "1", &minutes()), Recorded::Known);
    assert!(place.sent(NOW).is_empty());
    // What was no meeting may become one, and anything else.
    place.record(NOW, "b.txt", "b1", &policy("Politik", "Varmestue."));
    assert_eq!(
        place.record(NOW, "b.txt", "b2", &policy("Politik", "Sti.")),
        Recorded::Corrected { version: 2 }
    );
    place.record(NOW, "b.txt", "b3", &meeting(BODY, "2026-11-19", minutes().items));
    assert_eq!(place.news("b.txt")[2], (NewsKind::Minutes, None));
}

#[test]
fn a_name_that_is_used_again_is_a_document_of_its_own() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    place.record(NOW, "a.txt", "1", &minutes());
    let first = place.document("a.txt");
    let next = meeting(BODY, "2026-11-19", vec![item("27.00.00-A00-9-20", "Bro", "Den er smal.", "Afvist.")]);
    assert_eq!(place.record(NOW, "a.txt", "2", &next), Recorded::New);
    assert_eq!(place.news("a.txt"), [(NewsKind::Minutes, None)]);
    let displaced = place.archive.meeting(first).unwrap().unwrap();
    assert_eq!((displaced.file, displaced.withdrawn_at.is_some()), (format!("a.txt#{first}"), true));
    let rows = place.sent(NOW);
    assert!(rows.iter().all(|row| matches!(row.letter, Letter::News { edits: None, .. })));
    assert_eq!(rows.len(), 2);
    // The name holds the first meeting once more, and then the second one in another form.
    assert_eq!(place.record(NOW, "a.txt", "1", &minutes()), Recorded::Known);
    let back = place.archive.meeting(first).unwrap().unwrap();
    assert_eq!((back.file.as_str(), back.withdrawn_at), ("a.txt", None));
    assert_eq!(place.record(NOW, "a.txt", "3", &next), Recorded::New);
    assert_eq!(place.news("a.txt"), [(NewsKind::Minutes, Some(Silence::Double))]);
    assert!(place.sent(NOW).is_empty());
}

#[test]
fn a_correction_changes_the_last_of_several_messages() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    place.record(NOW, "a.txt", "1", &minutes());
    let first = place.sent(NOW).remove(0);
    // As a program told it that did not know that both are one meeting's.
    let connection = rusqlite::Connection::open(place.directory.path().join("referent.db")).unwrap();
    let copy = "INSERT INTO outbox (place, subject, meeting, content, state, not_before, attempts, created_at, settled_at)
                SELECT place, 'news:0', meeting, content, state, not_before, attempts, created_at, settled_at
                FROM outbox WHERE id = ?1 RETURNING id";
    let last: i64 = connection.query_row(copy, [first.id], |row| row.get(0)).unwrap();
    let mut corrected = minutes();
    corrected.items[0].title = Some("Varmestuen".into());
    place.record(NOW, "a.txt", "2", &corrected);
    assert!(matches!(place.sent(NOW)[0].letter, Letter::News { edits: Some(id), .. } if id == last));
}

#[test]
fn an_agenda_whose_minutes_are_known_is_silent() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    place.record(NOW, "a.txt", "1", &minutes());
    place.record(NOW, "b.txt", "2", &agenda());
    assert_eq!(place.news("b.txt"), [(NewsKind::Agenda, Some(Silence::MinutesKnown))]);
    assert_eq!(place.sent(NOW).len(), 1);
}

#[test]
fn a_second_file_of_a_meeting_tells_only_what_is_new() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    place.record(NOW, "a.txt", "1", &minutes());
    let first = place.sent(NOW).remove(0);
    place.record(NOW, "b.txt", "2", &minutes());
    assert_eq!(place.news("b.txt"), [(NewsKind::Minutes, Some(Silence::Double))]);
    let mut more = minutes();
    more.items.push(common::item("27.00.00-A00-9-20", "Tillæg", "Mere.", "Afvist."));
    place.record(NOW, "c.txt", "3", &more);
    assert_eq!(place.news("c.txt"), [(NewsKind::Correction, None)]);
    let rows = place.sent(NOW);
    assert!(
        matches!(rows[..], [OutboxRow { letter: Letter::News { edits: Some(id), .. }, .. }] if id == first.id)
    );
}

#[test]
fn a_correction_belongs_to_the_message_it_corrects() {
    let place = place();
    place.follow("a", &follow(Subject::Case, CASE));
    place.record(NOW, "a.txt", "1", &minutes());
    let first = place.sent(NOW).remove(0);
    // Somebody who came later has no message to correct.
    place.follow("b", &follow(Subject::Case, CASE));
    let mut corrected = minutes();
    corrected.items[0].decision.as_mut().unwrap().text = "Udsat.".into();
    place.record(NOW, "a.txt", "2", &corrected);
    let edits = |rows: &[OutboxRow]| -> Vec<Option<i64>> {
        let edits = |row: &OutboxRow| match row.letter {
            Letter::News { edits, .. } => edits,
            _ => None,
        };
        rows.iter().map(edits).collect()
    };
    let rows = place.sent(NOW);
    assert_eq!((places(&rows), edits(&rows)), (vec!["a", "b"], vec![Some(first.id), None]));
    let news = place.archive.news_of(place.document("a.txt")).unwrap();
    assert_eq!(news[1].changes.iter().map(|it| it.what).collect::<Vec<_>>(), [Difference::Decision]);
    // The next one belongs to each place's first message too.
    corrected.items[0].title = Some("Varmestuen".into());
    place.record(NOW, "a.txt", "3", &corrected);
    let third = place.sent(NOW);
    assert_eq!(edits(&third), [Some(first.id), Some(rows[1].id)]);
}

#[test]
fn a_correction_that_takes_out_what_is_followed_reaches_the_message_about_it() {
    let place = place();
    place.follow("a", &follow(Subject::Case, CASE));
    place.follow("b", &follow(Subject::Case, "27.00.00-A00-9-20"));
    let mut both = minutes();
    both.items.push(item("27.00.00-A00-9-20", "Bro", "Den er smal.", "Afvist."));
    place.record(NOW, "a.txt", "1", &both);
    let first = place.sent(NOW).remove(1);
    assert_eq!(first.place, "test:b");
    place.record(NOW, "a.txt", "2", &minutes());
    let rows = place.sent(NOW);
    assert_eq!(places(&rows), ["a", "b"]);
    let Letter::News { edits, reasons, .. } = &rows[1].letter else { panic!("{rows:?}") };
    assert_eq!((*edits, reasons[0].items.len()), (Some(first.id), 0));
    // It is out of it: what is corrected after that is nothing to the place.
    let mut corrected = minutes();
    corrected.items[0].decision.as_mut().unwrap().text = "Udsat.".into();
    place.record(NOW, "a.txt", "3", &corrected);
    assert_eq!(places(&place.sent(NOW)), ["a"]);
    // Taken out before anybody was told, it is not told.
    place.record(NOW, "b.txt", "4", &meeting(BODY, "2026-11-19", both.items));
    place.record(NOW, "b.txt", "5", &meeting(BODY, "2026-11-19", minutes().items));
    assert_eq!(places(&place.sent(NOW)), ["a"]);
}

#[test]
fn a_corrected_day_belongs_to_the_same_message() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    place.record(NOW, "a.txt", "1", &minutes());
    let first = place.sent(NOW).remove(0);
    place.record(NOW, "a.txt", "2", &meeting(BODY, "2026-11-19", minutes().items));
    let rows = place.sent(NOW);
    assert!(
        matches!(rows[..], [OutboxRow { letter: Letter::News { edits: Some(id), .. }, .. }] if id == first.id)
    );
}

#[test]
fn a_correction_does_not_overtake_what_it_corrects() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    place.record(NOW, "a.txt", "1", &minutes());
    let under_way = place.claim(NOW).remove(0);
    let mut corrected = minutes();
    corrected.items[0].title = Some("Varmestuen".into());
    place.record(NOW, "a.txt", "2", &corrected);
    assert!(place.claim(NOW).is_empty());
    place.settle(&under_way, Attempt::Arrived(None));
    let rows = place.sent(NOW);
    assert!(
        matches!(rows[..], [OutboxRow { letter: Letter::News { edits: Some(id), .. }, .. }] if id == under_way.id)
    );
}

#[test]
fn what_was_not_sent_gives_its_place_to_what_is_newer() {
    let place = place();
    let quiet = Some(Quiet { from: time(22, 0, 0, 0), to: time(7, 0, 0, 0) });
    place.follow("a", &Follow { quiet, ..follow(Subject::Everything, "") });
    place.follow("b", &Follow { cadence: Cadence::Weekly, ..follow(Subject::Case, CASE) });
    place.record("2026-11-22T22:30:00+01:00", "a.txt", "1", &agenda());
    place.record("2026-11-22T23:30:00+01:00", "a.txt", "2", &minutes());
    let mut corrected = minutes();
    corrected.items[0].decision.as_mut().unwrap().text = "Udsat.".into();
    place.record("2026-11-23T00:30:00+01:00", "a.txt", "3", &corrected);
    // A second file of the meeting with more in it.
    let mut more = corrected.clone();
    more.items.push(item("27.00.00-A00-9-20", "Tillæg", "Mere.", "Afvist."));
    place.record("2026-11-23T01:30:00+01:00", "b.txt", "4", &more);
    for (name, at) in [("a", "2026-11-23T07:00:00+01:00"), ("b", "2026-11-23T08:00:00+01:00")] {
        let rows = place.sent(at);
        assert_eq!(places(&rows), [name]);
        let Letter::News { news, edits, told_as, .. } = &rows[0].letter else { panic!("{rows:?}") };
        assert_eq!((*edits, *told_as), (None, Some(NewsKind::Minutes)));
        assert_eq!(place.archive.news(*news).unwrap().unwrap().document, place.document("b.txt"));
    }
    let replaced = place.archive.messages_about("test:a", place.document("a.txt")).unwrap();
    assert!(replaced.iter().all(|row| row.state == State::Replaced && row.settled_at.is_some()));
    assert_eq!(replaced.len(), 3);
    // What is told is corrected, and of corrections that were held the last one is.
    corrected.items[0].title = Some("Varmestuen".into());
    place.record("2026-11-23T22:30:00+01:00", "a.txt", "5", &corrected);
    corrected.items[0].title = Some("Varmestuen ved åen".into());
    place.record("2026-11-23T23:30:00+01:00", "a.txt", "6", &corrected);
    let rows = place.sent("2026-11-24T07:00:00+01:00");
    assert_eq!(places(&rows), ["a"]);
    assert!(matches!(rows[0].letter, Letter::News { edits: Some(_), told_as: None, .. }));
}

#[test]
fn what_takes_the_place_of_another_is_not_later_than_that() {
    let place = place();
    place.follow("a", &Follow { cadence: Cadence::Daily, ..follow(Subject::Everything, "") });
    place.record(NOW, "a.txt", "1", &minutes());
    let mut corrected = minutes();
    corrected.items[0].title = Some("Varmestuen".into());
    // It was due while nobody sent.
    place.record("2026-11-23T09:00:00+01:00", "a.txt", "2", &corrected);
    assert_eq!(place.sent("2026-11-23T09:00:00+01:00").len(), 1);
    // Whoever is told at once by now is told of the newer at once.
    place.record(NOW, "b.txt", "3", &meeting(BODY, "2026-11-19", minutes().items));
    place.follow("a", &follow(Subject::Everything, ""));
    place.record(NOW, "b.txt", "4", &meeting(BODY, "2026-11-19", corrected.items));
    assert_eq!(place.sent(NOW).len(), 1);
}

#[test]
fn a_correction_of_what_has_arrived_does_not_wait_for_its_hour() {
    let place = place();
    place.follow("a", &Follow { cadence: Cadence::Daily, ..follow(Subject::Everything, "") });
    place.record(NOW, "a.txt", "1", &minutes());
    assert_eq!(place.sent("2026-11-23T08:00:00+01:00").len(), 1);
    // The clock is put back by a day, and the hours are others.
    place.follow("a", &follow(Subject::Everything, ""));
    let mut corrected = minutes();
    corrected.items[0].title = Some("Varmestuen".into());
    place.record(NOW, "a.txt", "2", &corrected);
    assert_eq!(place.sent(NOW).len(), 1);
}

#[test]
fn what_comes_back_under_another_name_is_no_news() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    place.record(NOW, "web/1", "1", &minutes());
    assert_eq!(place.sent(NOW).len(), 1);
    let withdrawn =
        place.archive.writer().unwrap().compare("web", &HashSet::new(), NOW, &telling(NOW)).unwrap();
    assert_eq!(withdrawn.withdrawn, ["web/1"]);
    place.sent(NOW);
    place.record(NOW, "web/2", "2", &Document { time: Some("17:00:00".into()), ..minutes() });
    assert_eq!(place.news("web/2"), [(NewsKind::Minutes, Some(Silence::Double))]);
    // An agenda in place of minutes that were withdrawn is told.
    place.archive.writer().unwrap().compare("web", &HashSet::new(), NOW, &telling(NOW)).unwrap();
    place.record(NOW, "web/3", "3", &agenda());
    assert_eq!(place.news("web/3"), [(NewsKind::Agenda, None)]);
}

#[test]
fn what_is_withdrawn_after_it_was_told_is_said_where_it_was_told() {
    let place = place();
    place.follow("a", &follow(Subject::Case, CASE));
    place.record(NOW, "web/1", "1", &minutes());
    place.record(NOW, "web/2", "2", &meeting(BODY, "2026-11-19", minutes().items));
    let first = place.claim(NOW).remove(0);
    place.settle(&first, Attempt::Arrived(None));
    // Whoever follows it only now was not told of it; the second is still to be sent.
    place.follow("b", &follow(Subject::Everything, ""));
    let compare = |listed: &[&str]| {
        let listed: HashSet<&str> = listed.iter().copied().collect();
        place.archive.writer().unwrap().compare("web", &listed, NOW, &telling(NOW)).unwrap();
    };
    compare(&[]);
    let edits = |row: &OutboxRow| match row.letter {
        Letter::News { edits, .. } => edits,
        _ => panic!("{row:?}"),
    };
    let rows = place.sent(NOW);
    assert_eq!(rows.iter().map(edits).collect::<Vec<_>>(), [None, Some(first.id)]);
    assert_eq!(place.news("web/1")[1], (NewsKind::Withdrawn, None));
    compare(&[]);
    assert!(place.sent(NOW).is_empty());
    compare(&["web/1", "web/2"]);
    assert_eq!(place.news("web/1")[2], (NewsKind::Returned, None));
    assert!(place.sent(NOW).iter().all(|row| edits(row).is_some()));
    // The same minutes under another name: nothing is withdrawn to anybody.
    place.record(NOW, "web/3", "3", &Document { time: Some("17:00".into()), ..minutes() });
    compare(&["web/2", "web/3"]);
    assert!(place.sent(NOW).is_empty());
    // Nor is an agenda that makes way for its minutes.
    place.record(NOW, "web/4", "4", &Document { date: Some("2026-11-20".parse().unwrap()), ..agenda() });
    place.record(NOW, "web/5", "5", &meeting(BODY, "2026-11-20", minutes().items));
    place.sent(NOW);
    compare(&["web/2", "web/3", "web/5"]);
    assert!(place.sent(NOW).is_empty());
}

#[test]
fn a_refused_message_is_not_corrected() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    place.record(NOW, "a.txt", "1", &minutes());
    let row = place.claim(NOW).remove(0);
    place.settle(&row, Attempt::Refused { problem: problem() });
    let mut corrected = minutes();
    corrected.items[0].title = Some("Varmestuen".into());
    place.record(NOW, "a.txt", "2", &corrected);
    assert!(matches!(place.sent(NOW)[0].letter, Letter::News { edits: None, .. }));
}

#[test]
fn a_pause_holds_nothing_back_for_later() {
    let place = place();
    let id = place.follow("a", &follow(Subject::Everything, ""));
    let mut ledger = place.archive.ledger().unwrap();
    assert_eq!(ledger.pause("test:b", id, Some(Pause::Asked), at(NOW)).unwrap(), None);
    ledger.pause("test:a", id, Some(Pause::Asked), at(NOW)).unwrap().unwrap();
    place.record(NOW, "a.txt", "1", &minutes());
    ledger.pause("test:a", id, None, at(NOW)).unwrap().unwrap();
    assert!(place.sent(NOW).is_empty());
    place.record(NOW, "b.txt", "2", &meeting(BODY, "2026-11-19", minutes().items));
    assert_eq!(place.sent(NOW).len(), 1);
}

#[test]
fn a_place_that_is_closed_keeps_its_messages_until_it_is_open() {
    let place = place();
    let id = place.follow("a", &follow(Subject::Everything, ""));
    place.record(NOW, "a.txt", "1", &minutes());
    let row = place.claim(NOW).remove(0);
    let again = at("2026-11-22T11:00:00+01:00");
    place.settle(&row, Attempt::Closed { again, problem: problem() });
    let paused = || place.archive.subscriptions("test:a").unwrap()[0].paused;
    assert_eq!(paused(), Some(Pause::NoAccess));
    assert!(place.claim(NOW).is_empty());
    assert_eq!(place.archive.outbox_counts().unwrap().parked, 1);
    // Whoever lets it go on opens it again.
    place.archive.ledger().unwrap().pause("test:a", id, None, at(NOW)).unwrap().unwrap();
    assert_eq!(paused(), None);
    assert_eq!(place.claim(NOW)[0].id, row.id);
    // A message that arrives opens it too, and a pause that somebody asked for stays.
    place.settle(&row, Attempt::Closed { again, problem: problem() });
    place.settle(&row, Attempt::Arrived(None));
    assert_eq!(paused(), None);
    let mut ledger = place.archive.ledger().unwrap();
    ledger.pause("test:a", id, Some(Pause::Asked), at(NOW)).unwrap();
    place.settle(&row, Attempt::Closed { again, problem: problem() });
    place.settle(&row, Attempt::Arrived(None));
    assert_eq!(paused(), Some(Pause::Asked));
}

#[test]
fn the_order_of_a_place_is_kept_while_others_go_on() {
    let place = place();
    for name in ["a", "b"] {
        place.follow(name, &follow(Subject::Everything, ""));
    }
    for day in ["2026-11-16", "2026-11-17", "2026-11-18"] {
        place.record(NOW, day, day, &meeting(BODY, day, minutes().items));
    }
    let first = place.claim(NOW);
    assert_eq!(places(&first), ["a", "b"]);
    assert!(place.claim(NOW).is_empty(), "nobody else gets them");
    place.settle(&first[0], missed("2026-11-22T10:05:00+01:00"));
    place.settle(&first[1], Attempt::Arrived(Some("m1".into())));
    let second = place.claim(NOW);
    assert_eq!(places(&second), ["b"]);
    place.settle(&second[0], Attempt::Unsure { again: at("2026-11-22T10:01:00+01:00"), problem: problem() });
    assert!(place.claim(NOW).is_empty());
    // What may have arrived is looked for before anything later is sent.
    let again = place.claim("2026-11-22T10:01:00+01:00");
    assert_eq!((again[0].id, again[0].state, again[0].attempts), (second[0].id, State::Sending, 1));
    place.settle(&again[0], Attempt::Arrived(None));
    let late = place.claim("2026-11-22T10:05:00+01:00");
    assert_eq!(late.iter().map(|row| row.id).collect::<Vec<_>>()[..1], [first[0].id]);
    assert_eq!(late[0].state, State::Waiting);
    // A refusal lets the next one go.
    place.settle(&late[0], Attempt::Refused { problem: problem() });
    place.settle(&late[1], Attempt::GivenUp { problem: problem() });
    assert_eq!(places(&place.sent("2026-11-22T10:05:00+01:00")), ["a", "a"]);
    let counts = place.archive.outbox_counts().unwrap();
    assert_eq!((counts.open, counts.sent, counts.parked, counts.given_up), (0, 4, 1, 1));
    let sent = place.archive.message(first[1].id).unwrap().unwrap();
    assert_eq!(
        (sent.state, sent.message.as_deref(), sent.settled_at),
        (State::Sent, Some("m1"), Some(at(NOW)))
    );
}

#[test]
fn a_process_that_ended_gives_back_what_it_had() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    place.record(NOW, "a.txt", "1", &minutes());
    let claimed = place.claim(NOW).remove(0);
    let reopened = Archive::open(place.directory.path()).unwrap();
    let mut ledger = reopened.ledger().unwrap();
    assert!(ledger.claim(SORT, at(NOW), 9).unwrap().is_empty());
    assert_eq!(ledger.recover("discord").unwrap(), 0, "another sort is not ours");
    assert_eq!((ledger.recover(SORT).unwrap(), ledger.recover(SORT).unwrap()), (1, 0));
    let found = ledger.claim(SORT, at(NOW), 9).unwrap();
    assert_eq!((found.len(), found[0].id, found[0].state), (1, claimed.id, State::Sending));
    ledger.settle(&[(claimed.clone(), Attempt::Arrived(None))], at(NOW)).unwrap();
    assert_eq!(ledger.recover(SORT).unwrap(), 0);
}

#[test]
fn a_clock_that_was_ahead_holds_nothing_for_years() {
    let place = place();
    let daily = Follow { cadence: Cadence::Daily, ..follow(Subject::Everything, "") };
    place.follow("a", &daily);
    let ahead = "2036-11-22T10:00:00+01:00";
    place.record(ahead, "a.txt", "1", &meeting(BODY, "2036-11-18", minutes().items));
    let row = place.claim(NOW).remove(0);
    assert_eq!(row.not_before, at("2036-11-23T08:00:00+01:00"));
    place.settle(&row, missed("2036-11-22T10:05:00+01:00"));
    assert_eq!(place.sent(NOW).len(), 1);
}

#[test]
fn what_is_held_lets_later_ones_pass_and_waits_for_its_hour() {
    let place = place();
    let quiet = Some(Quiet { from: time(22, 0, 0, 0), to: time(7, 0, 0, 0) });
    let id = place.follow("a", &Follow { quiet, ..follow(Subject::Everything, "") });
    place.record("2026-11-22T23:00:00+01:00", "a.txt", "1", &minutes());
    assert!(place.claim("2026-11-23T06:59:59+01:00").is_empty());
    // Whoever changes the hours meanwhile is told of what is new by the new ones.
    assert_eq!(place.follow("a", &follow(Subject::Everything, "")), id);
    place.record("2026-11-22T23:01:00+01:00", "b.txt", "2", &meeting(BODY, "2026-11-19", minutes().items));
    assert_eq!(place.sent("2026-11-22T23:01:00+01:00").len(), 1);
    assert_eq!(place.sent("2026-11-23T07:00:00+01:00").len(), 1);
}

const MORNING: &str = "2026-11-23T07:00:00+01:00";

/// A place that follows everything outside quiet hours, and minutes that are held until the morning.
fn held() -> (Place, i64) {
    let place = place();
    let quiet = Some(Quiet { from: time(22, 0, 0, 0), to: time(7, 0, 0, 0) });
    let id = place.follow("a", &Follow { quiet, ..follow(Subject::Everything, "") });
    place.record("2026-11-22T22:30:00+01:00", "a.txt", "1", &minutes());
    (place, id)
}

impl Place {
    fn pause(&self, id: i64, pause: Option<Pause>) {
        self.archive.ledger().unwrap().pause("test:a", id, pause, at(NOW)).unwrap().unwrap();
    }

    fn states(&self, origin: &str) -> Vec<State> {
        let rows = self.archive.messages_about("test:a", self.document(origin)).unwrap();
        rows.into_iter().map(|row| row.state).collect()
    }
}

#[test]
fn a_pause_holds_what_waits() {
    let (place, id) = held();
    place.pause(id, Some(Pause::Asked));
    assert!(place.claim(MORNING).is_empty());
    assert_eq!(place.states("a.txt"), [State::Held]);
    // What else is followed there goes on.
    place.follow("a", &follow(Subject::Body, BODY));
    place.record(NOW, "b.txt", "2", &meeting(BODY, "2026-11-19", minutes().items));
    let rows = place.sent(MORNING);
    assert_eq!(rows.len(), 1);
    assert!(matches!(&rows[0].letter, Letter::News { reasons, .. } if reasons[0].subject == Subject::Body));
    place.pause(id, None);
    assert_eq!(place.sent(MORNING).len(), 1);
    assert_eq!(place.states("a.txt"), [State::Sent]);
}

#[test]
fn a_stop_ends_what_waits() {
    let (place, id) = held();
    place.pause(id, Some(Pause::Asked));
    assert!(place.claim(MORNING).is_empty());
    place.archive.ledger().unwrap().stop("test:a", id).unwrap().unwrap();
    place.follow("a", &follow(Subject::Topic, "svømmehal"));
    assert!(place.sent(MORNING).is_empty());
    assert_eq!(place.states("a.txt"), [State::Dropped]);
    assert_eq!(place.archive.outbox_counts().unwrap(), index::OutboxCounts::default());
    // Nor is it told to whoever follows the same again before anybody looked.
    let (place, id) = held();
    place.archive.ledger().unwrap().stop("test:a", id).unwrap().unwrap();
    place.follow("a", &follow(Subject::Everything, ""));
    assert!(place.sent(MORNING).is_empty());
}

#[test]
fn what_one_of_two_reasons_ends_is_told_for_the_other() {
    let (place, id) = held();
    place.follow("a", &follow(Subject::Case, CASE));
    place.record("2026-11-22T22:31:00+01:00", "b.txt", "2", &meeting(BODY, "2026-11-19", minutes().items));
    place.archive.ledger().unwrap().stop("test:a", id).unwrap().unwrap();
    let rows = place.sent(MORNING);
    assert_eq!(rows.len(), 1);
    let Letter::News { reasons, .. } = &rows[0].letter else { panic!("{rows:?}") };
    assert_eq!(reasons.iter().map(|it| it.subject).collect::<Vec<_>>(), [Subject::Case]);
    assert_eq!(place.archive.message(rows[0].id).unwrap().unwrap().letter, rows[0].letter);
}

#[test]
fn what_may_have_arrived_is_looked_for_although_nobody_follows_it_now() {
    let (place, id) = held();
    let row = place.claim(MORNING).remove(0);
    place.archive.ledger().unwrap().stop("test:a", id).unwrap().unwrap();
    place.settle(&row, Attempt::Unsure { again: at(MORNING), problem: problem() });
    assert_eq!(place.claim(MORNING).len(), 1);
    // It surely did not: nobody wants it any more.
    place.settle(&row, missed(MORNING));
    assert!(place.claim(MORNING).is_empty());
    assert_eq!(place.states("a.txt"), [State::Dropped]);
}

#[test]
fn a_notice_of_a_subject_is_told_once() {
    let place = place();
    let mut ledger = place.archive.ledger().unwrap();
    let mut notify =
        |place: &str, subject: &str| ledger.notify(&named(place), subject, "Et ord.", at(NOW)).unwrap();
    assert!(notify("a", "x") && !notify("a", "x") && notify("a", "y") && notify("b", "x"));
    let rows = place.sent(NOW);
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| matches!(&row.letter, Letter::Notice { text } if text == "Et ord.")));
    assert!(!place.archive.ledger().unwrap().notify("test:a", "x", "Et ord.", at(NOW)).unwrap());
}

fn due(day: &str, kind: FollowUpKind) -> FollowUp {
    FollowUp { kind, ..common::follow_up(Some(day), None, "Sagen tages op igen.") }
}

#[test]
fn what_is_due_is_told_once_and_never_what_was_known_before() {
    let place = place();
    place.follow("a", &follow(Subject::Case, CASE));
    let mut document = minutes();
    document.items[0].follow_ups = vec![
        due("2026-11-24", FollowUpKind::Meeting),
        due("2026-11-27", FollowUpKind::Deadline),
        due("2026-11-28", FollowUpKind::Period),
        due("2026-11-29", FollowUpKind::Event),
    ];
    place.record(NOW, "a.txt", "1", &document);
    place.sent(NOW);
    let remind = |day: &str| {
        let now = format!("{day}T08:00:00+01:00");
        place.archive.ledger().unwrap().remind(&telling(&now), 3).unwrap()
    };
    assert_eq!(remind("2026-11-22"), 0, "the first time only the day is noted");
    assert_eq!(remind("2026-11-22"), 0);
    assert_eq!((remind("2026-11-24"), remind("2026-11-24")), (1, 0));
    assert_eq!(remind("2026-11-20"), 0, "the clock was put back");
    assert_eq!(remind("2026-11-24"), 0);
    // Days on which it did not run are made good; a stretch of time is nothing to be reminded of.
    assert_eq!(remind("2026-11-27"), 1);
    let rows = place.sent("2026-11-27T08:00:00+01:00");
    let days: Vec<_> = rows
        .iter()
        .map(|row| match &row.letter {
            Letter::Due { follow_up, position, .. } => (follow_up.from.unwrap().to_string(), *position),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(days, [("2026-11-27".to_owned(), Some(0)), ("2026-11-29".to_owned(), Some(0))]);
    assert_eq!(place.archive.messages_about("test:a", place.document("a.txt")).unwrap().len(), 3);
}

#[test]
fn what_has_passed_while_nobody_looked_is_not_told_any_more() {
    let place = place();
    place.follow("a", &follow(Subject::Case, CASE));
    let mut document = minutes();
    document.items[0].follow_ups =
        ["2026-11-26", "2026-12-04", "2026-12-05"].map(|day| due(day, FollowUpKind::Deadline)).to_vec();
    place.record(NOW, "a.txt", "1", &document);
    place.sent(NOW);
    let remind = |day: &str| {
        let now = format!("{day}T08:00:00+01:00");
        place.archive.ledger().unwrap().remind(&telling(&now), 3).unwrap()
    };
    assert_eq!(remind("2026-11-22"), 0);
    assert_eq!(remind("2026-12-05"), 1, "what is due today is told");
    assert_eq!(remind("2026-11-26"), 0, "a clock that is put back brings nothing up again");
}

#[test]
fn a_clock_that_was_years_ahead_does_not_end_all_reminding() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    let mut document = minutes();
    document.items[0].follow_ups =
        vec![due("2026-11-24", FollowUpKind::Meeting), due("2026-11-27", FollowUpKind::Meeting)];
    place.record(NOW, "a.txt", "1", &document);
    let remind = |now: &str| place.archive.ledger().unwrap().remind(&telling(now), 3).unwrap();
    assert_eq!(remind("2036-11-22T08:00:00+01:00"), 0);
    // As on the first day: what is near already counts as known.
    assert_eq!((remind("2026-11-22T08:00:00+01:00"), remind("2026-11-24T08:00:00+01:00")), (0, 1));
}

#[test]
fn what_becomes_known_when_its_day_was_gone_through_is_told_once_all_the_same() {
    let place = place();
    place.follow("a", &follow(Subject::Case, CASE));
    let remind = |day: &str| {
        let now = format!("{day}T08:00:00+01:00");
        place.archive.ledger().unwrap().remind(&telling(&now), 3).unwrap()
    };
    let mut document = minutes();
    document.items[0].follow_ups = vec![due("2026-11-30", FollowUpKind::Meeting)];
    place.record(NOW, "a.txt", "1", &document);
    assert_eq!(remind("2026-11-22"), 0);
    place.sent(NOW);
    // It is three days sooner: a correction, and a reminder.
    document.items[0].follow_ups = vec![due("2026-11-25", FollowUpKind::Meeting)];
    place.record(NOW, "a.txt", "2", &document);
    let due_days = |rows: Vec<OutboxRow>| -> Vec<String> {
        let day = |row: OutboxRow| match row.letter {
            Letter::Due { follow_up, .. } => follow_up.from.map(|day| day.to_string()),
            _ => None,
        };
        rows.into_iter().filter_map(day).collect()
    };
    assert_eq!(due_days(place.sent(NOW)), ["2026-11-25"]);
    assert_eq!((remind("2026-11-22"), remind("2026-11-23")), (0, 0));
    document.items[0].title = Some("Varmestuen".into());
    place.record(NOW, "a.txt", "3", &document);
    assert_eq!(due_days(place.sent(NOW)), [""; 0]);
    // What is in an archive that is read for the first time was known before, and what has passed is near no more.
    let first = Telling { first_reading: true, ..telling(NOW) };
    let mut other = meeting(BODY, "2026-11-19", minutes().items);
    other.items[0].follow_ups = vec![due("2026-11-24", FollowUpKind::Meeting)];
    place.record_with(&first, "b.txt", "4", &other);
    other.items[0].follow_ups = vec![due("2026-11-21", FollowUpKind::Meeting)];
    place.record(NOW, "b.txt", "5", &other);
    assert_eq!(due_days(place.sent(NOW)), [""; 0]);
}

#[test]
fn two_files_that_say_the_same_remind_once() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    place.archive.ledger().unwrap().remind(&telling(NOW), 3).unwrap();
    let mut document = minutes();
    document.items[0].follow_ups = vec![due("2026-11-26", FollowUpKind::Meeting)];
    place.record(NOW, "a.txt", "1", &document);
    document.items[0].title = Some("Varmestuen".into());
    place.record(NOW, "b.txt", "2", &document);
    let mut ledger = place.archive.ledger().unwrap();
    assert_eq!(ledger.remind(&telling("2026-11-23T08:00:00+01:00"), 3).unwrap(), 1);
}

#[test]
fn a_place_follows_only_so_much() {
    let place = place();
    let mut ledger = place.archive.ledger().unwrap();
    let mut subscribe = |place: &str, label: &str| {
        ledger.subscribe(&named(place), &follow(Subject::Topic, label), 2, at(NOW)).unwrap()
    };
    assert!(matches!(subscribe("a", "veje"), Subscribed::New(_)));
    assert!(matches!(subscribe("a", "stier"), Subscribed::New(_)));
    assert_eq!(subscribe("a", "broer"), Subscribed::Full);
    assert!(matches!(subscribe("a", "Vejene"), Subscribed::Changed(_)), "the same words");
    assert!(matches!(subscribe("b", "broer"), Subscribed::New(_)));
    let all = place.archive.subscriptions("test:a").unwrap();
    assert_eq!(all.len(), 2);
    let mut ledger = place.archive.ledger().unwrap();
    assert_eq!(ledger.stop("test:b", all[0].id).unwrap(), None);
    ledger.stop("test:a", all[0].id).unwrap().unwrap();
    let made = ledger.subscribe("test:a", &follow(Subject::Topic, "broer"), 2, at(NOW)).unwrap();
    assert!(matches!(made, Subscribed::New(made) if made.id > all[1].id), "numbers are not used again");
}

#[test]
fn a_batch_that_fails_leaves_nothing() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    let (good, other) = (minutes(), meeting(BODY, "2026-11-19", minutes().items));
    let broken = rusqlite_trigger(&place);
    let mut writer = place.archive.writer().unwrap();
    let batch: [Entry<'_>; 2] = [entry("a.txt", "1", &good), entry("b.txt", "2", &other)];
    assert!(writer.record(&batch, &telling(NOW)).is_err());
    drop(writer);
    assert!(place.archive.is_empty().unwrap());
    assert!(place.claim(NOW).is_empty());
    broken.execute_batch("DROP TRIGGER broken").unwrap();
    let mut writer = place.archive.writer().unwrap();
    assert_eq!(writer.record(&batch, &telling(NOW)).unwrap(), [Recorded::New, Recorded::New]);
    writer.commit().unwrap();
    assert_eq!(place.sent(NOW).len(), 2);
}

/// Has the database refuse the second message of the outbox, as a crash would between the two.
fn rusqlite_trigger(place: &Place) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(place.directory.path().join("referent.db")).unwrap();
    connection
        .execute_batch(
            "CREATE TRIGGER broken BEFORE INSERT ON outbox WHEN (SELECT count(*) FROM outbox) = 1
             BEGIN SELECT raise(ABORT, 'broken'); END",
        )
        .unwrap();
    connection
}

#[test]
fn what_was_recorded_is_in_the_outbox_before_the_search_index_knows() {
    let place = place();
    place.follow("a", &follow(Subject::Everything, ""));
    let mut writer = place.archive.writer().unwrap();
    let document = minutes();
    writer.record(&[entry("a.txt", "1", &document)], &telling(NOW)).unwrap();
    // The process ends here, without a commit.
    drop(writer);
    let reopened = Archive::open(place.directory.path()).unwrap();
    assert_eq!(reopened.ledger().unwrap().claim(SORT, at(NOW), 9).unwrap().len(), 1);
    assert_eq!(place.record(NOW, "a.txt", "1", &document), Recorded::Known);
    assert!(place.claim(NOW).is_empty());
}
