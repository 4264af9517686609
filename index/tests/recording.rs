//! What is recorded can be read back, once, whatever the order and however often.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod common;

use std::collections::{BTreeMap, HashSet};

use common::*;
use index::{Archive, CaseHead, Entry, FollowUpFilter, FollowUpOrder, MeetingFilter, Recorded};
use jiff::civil::Date;
use minutes::{AgendaItem, CaseNumber, Document, Kind, Seat, SeatStatus, case_number};
use proptest::prelude::*;

fn archive() -> (tempfile::TempDir, Archive) {
    let directory = tempfile::tempdir().unwrap();
    let archive = Archive::open(directory.path()).unwrap();
    (directory, archive)
}

#[test]
fn an_empty_archive_answers() {
    let (_directory, archive) = archive();
    assert!(archive.is_empty().unwrap());
    assert_eq!(archive.counts().unwrap(), index::Counts::default());
    assert_eq!(archive.search("noget", 10, 0).unwrap().total, 0);
    assert!(archive.treatments("").unwrap().is_empty());
    assert!(archive.cases_by_title("noget", 10).unwrap().is_empty());
}

#[test]
fn documents_come_back_whole() {
    let (directory, archive) = archive();
    record_samples(&archive);
    let reopened = Archive::open(directory.path()).unwrap();
    for archive in [&archive, &reopened] {
        let meetings = archive.meetings(&MeetingFilter::default(), 10).unwrap();
        assert_eq!(meetings.iter().map(|m| m.file.as_str()).collect::<Vec<_>>(), ["c.txt", "b.txt", "a.txt"]);
        let samples = samples();
        for meeting in &meetings {
            let (_, document) = samples.iter().find(|(origin, _)| *origin == meeting.file).unwrap();
            let items: Vec<_> =
                archive.items_of(meeting.document).unwrap().into_iter().map(|found| found.item).collect();
            assert_eq!(items, document.items);
            assert_eq!((meeting.body.as_ref(), meeting.date), (document.body.as_ref(), document.date));
            assert_eq!(
                (meeting.time.as_ref(), meeting.place.as_ref()),
                (document.time.as_ref(), document.place.as_ref())
            );
            assert_eq!((meeting.recorded_at.as_str(), meeting.version), (STAMP, 1));
        }
        let counts = archive.counts().unwrap();
        assert_eq!((counts.documents, counts.meetings, counts.items), (4, 3, 4));
        assert_eq!((counts.cases, counts.bodies), (2, 2));
        assert_eq!((counts.first, counts.last), (Some(day("2020-08-12")), Some(day("2021-01-19"))));
        assert!(!archive.is_empty().unwrap());
    }
}

#[test]
fn cases_are_found_by_number() {
    let (_directory, archive) = archive();
    record_samples(&archive);
    let key = case_number::key("27.00.00-a00-5-15");
    let treatments = archive.treatments(&key).unwrap();
    assert_eq!(treatments.iter().map(|t| t.meeting.file.as_str()).collect::<Vec<_>>(), ["a.txt", "b.txt"]);
    let keys = |cases: Vec<index::CaseHead>| -> Vec<String> {
        cases.into_iter().map(|case| case.case_number.to_string()).collect()
    };
    assert_eq!(keys(archive.cases_with_prefix("", 10).unwrap()), ["27.00.00-A00-5-15", "00.30.00-S00-2-20"]);
    assert_eq!(keys(archive.cases_with_prefix("2700", 10).unwrap()), ["27.00.00-A00-5-15"]);
    assert_eq!(keys(archive.cases_containing("00S", 10).unwrap()), ["00.30.00-S00-2-20"]);
    assert_eq!(keys(archive.cases_containing("2700", 10).unwrap()), [""; 0]);
    let typo = case_number::key("27.00.00-A00-5-51");
    assert_eq!(keys(archive.nearest_cases(&typo, 2, 5).unwrap()), ["27.00.00-A00-5-15"]);
    assert!(archive.nearest_cases(&typo, 0, 5).unwrap().is_empty());
    let head = archive.cases_with_prefix("2700", 10).unwrap().remove(0);
    assert_eq!(head.title.as_deref(), Some("Rammer for herberget (2. behandling)"));
    assert_eq!(head.last_date, Some(day("2020-09-23")));
    let case = archive.case(&head.key).unwrap().unwrap();
    assert_eq!(archive.case("2700").unwrap(), None);
    assert_eq!(case.title.as_deref(), Some("Rammer for herberget (2. behandling)"));
    assert_eq!((case.last_date, case.meetings), (Some(day("2020-09-23")), 2));
    assert_eq!(case.body.as_deref(), Some("Herning Byråd"));
    assert_eq!(keys(archive.cases_by_title("rammer herb", 5).unwrap()), ["27.00.00-A00-5-15"]);
    assert_eq!(keys(archive.cases_by_title("skole", 5).unwrap()), ["00.30.00-S00-2-20"]);
    assert_eq!(keys(archive.cases_by_title("rammerne hreb", 5).unwrap()), [""; 0]);
    assert_eq!(keys(archive.cases_by_misspelt_title("ramer hrebe", 5).unwrap()), ["27.00.00-A00-5-15"]);
    assert_eq!(keys(archive.cases_by_misspelt_title("bugdet", 5).unwrap()), ["00.30.00-S00-2-20"]);
    assert_eq!(keys(archive.cases_by_misspelt_title("by", 5).unwrap()), [""; 0]);
    assert_eq!(keys(archive.cases_ending("515", 5).unwrap()), ["27.00.00-A00-5-15"]);
    assert_eq!(keys(archive.cases_ending("15", 5).unwrap()), [""; 0]);
    assert_eq!(keys(archive.recent_cases(1).unwrap()), ["27.00.00-A00-5-15"]);
    assert_eq!(keys(archive.cases_by_title("eventuelt", 5).unwrap()), [""; 0]);
}

#[test]
fn bodies_and_meetings_are_filtered() {
    let (_directory, archive) = archive();
    record_samples(&archive);
    let bodies = archive.bodies().unwrap();
    assert_eq!((bodies[0].name.as_str(), bodies[0].meetings), ("Byrådet", 2));
    assert_eq!((bodies[0].first, bodies[0].last), (day("2020-09-23"), day("2021-01-19")));
    let count = |filter| archive.meetings(&filter, 10).unwrap().len();
    let council = Some(bodies[0].key.clone());
    assert_eq!(count(MeetingFilter { body_key: council.clone(), ..Default::default() }), 2);
    assert_eq!(count(MeetingFilter { date: Some(day("2020-08-12")), ..Default::default() }), 1);
    let (from, to) = (Some(day("2020-09-01")), Some(day("2020-12-31")));
    assert_eq!(count(MeetingFilter { body_key: council, from, to, ..Default::default() }), 1);
}

#[test]
fn follow_ups_and_seats_say_where_they_stand() {
    let (_directory, archive) = archive();
    record_samples(&archive);
    let rows = |filter| archive.follow_ups(&filter, FollowUpOrder::NearestFirst, 10, 0).unwrap();
    let undated = |filter| archive.undated_follow_ups(&filter, (Date::MIN, Date::MAX), 10).unwrap();
    let dated = rows(FollowUpFilter::default());
    assert_eq!(dated.len(), 1);
    assert_eq!(dated[0].item.as_ref().unwrap().title.as_deref(), Some("Rammer for herberget"));
    assert_eq!(dated[0].follow_up.from, Some(day("2020-09-23")));
    assert_eq!(undated(FollowUpFilter::default()).len(), 1);
    assert!(rows(FollowUpFilter { before: Some(day("2020-09-23")), ..Default::default() }).is_empty());
    let said = dated[0].meeting.date;
    let eve = said.unwrap().yesterday().unwrap();
    assert_eq!(rows(FollowUpFilter { as_of: said, ..Default::default() }).len(), 1);
    assert!(rows(FollowUpFilter { as_of: Some(eve), ..Default::default() }).is_empty());
    assert!(rows(FollowUpFilter { from: Some(day("2020-09-24")), ..Default::default() }).is_empty());
    assert!(rows(FollowUpFilter { to: Some(day("2020-09-22")), ..Default::default() }).is_empty());
    let committee = minutes::body::key("Social- og Sundhedsudvalget");
    let theirs = FollowUpFilter { body_key: Some(committee), ..Default::default() };
    assert_eq!(
        rows(theirs.clone()).len() + undated(theirs).len(),
        1,
        "a follow-up that names no body is the committee's own"
    );

    let bodies = archive.seated_bodies().unwrap();
    assert_eq!((bodies[0].name.as_str(), bodies[0].meetings), ("Udsatterådet", 1));
    let seats = archive.seats(&minutes::body::key("Udsatteråd")).unwrap();
    assert_eq!(seats[0].seat.person, "Ole Søndergård");
    assert_eq!(seats[0].meeting.file, "a.txt");
    assert_eq!(archive.seat_days(&minutes::body::key("Udsatteråd")).unwrap(), [day("2020-08-12")]);
    assert!(archive.seat_days("byråd").unwrap().is_empty());
}

#[test]
fn days_of_meetings_come_newest_first() {
    let (_directory, archive) = archive();
    record_samples(&archive);
    let agenda = Document { kind: Kind::Agenda, ..meeting("Byrådet", "2021-01-19", vec![]) };
    record(&archive, &[entry("agenda", "agenda", &agenda)]);
    let days = |body: Option<&str>, limit, wanted: fn(Date) -> bool| -> Vec<String> {
        let found = archive.meeting_days(body, limit, wanted).unwrap();
        found.into_iter().map(|met| format!("{} {}", met.date, met.body_key)).collect()
    };
    let all = ["2021-01-19 byråd", "2020-09-23 byråd", "2020-08-12 social sundhedsudvalg"];
    assert_eq!(days(None, 9, |_| true), all);
    assert_eq!(days(None, 2, |_| true), all[..2]);
    assert_eq!(days(Some("byråd"), 9, |_| true), all[..2]);
    assert_eq!(days(None, 9, |day| day.year() == 2020), all[1..]);
    assert!(days(Some("havneudvalg"), 9, |_| true).is_empty());
}

#[test]
fn people_are_one_in_every_spelling() {
    let (_directory, archive) = archive();
    let wish = Seat { status: SeatStatus::Requested, ..seat("Ida Holm", "Idrætsrådet") };
    let seated = |seats| vec![AgendaItem { seats, ..item("", "Udpegning", "", "") }];
    let older = meeting("Byrådet", "2019-01-01", seated(vec![seat("Hans-Ejner Søby", "Idrætsrådet")]));
    let newer = meeting(
        "Byrådet",
        "2020-01-01",
        seated(vec![wish, seat("Hans Ejner Soeby", "Havneudvalget"), seat(" - ", "x")]),
    );
    record(&archive, &[entry("newer", "newer", &newer), entry("older", "older", &older)]);
    let people = archive.people().unwrap();
    let told: Vec<_> = people
        .iter()
        .map(|person| (person.name.as_str(), person.key.as_str(), person.decided, person.last))
        .collect();
    let last = Some(day("2020-01-01"));
    assert_eq!(
        told,
        [("Hans Ejner Soeby", "hans ejner soeby", true, last), ("Ida Holm", "ida holm", false, last)]
    );
    let bodies = |person| -> Vec<_> {
        archive.seats_of(person).unwrap().into_iter().map(|row| row.seat.body.unwrap()).collect()
    };
    assert_eq!(bodies(&people[0]), ["Idrætsrådet", "Havneudvalget"]);
    assert_eq!(bodies(&people[1]), ["Idrætsrådet"]);
}

#[test]
fn what_is_kept_is_worked_out_again_when_something_is_recorded() {
    let (_directory, archive) = archive();
    record_samples(&archive);
    let counts = || {
        let meetings: u64 = archive.bodies().unwrap().iter().map(|body| body.meetings).sum();
        (meetings, archive.seated_bodies().unwrap().len(), archive.people().unwrap().len())
    };
    assert_eq!([counts(), counts()], [(3, 1, 1); 2]);
    let people = archive.people().unwrap();
    let unseated = vec![item("", "Orientering", "", "")];
    let none = meeting("Social- og Sundhedsudvalget", "2020-08-12", unseated);
    record(&archive, &[entry("a.txt", "corrected", &none)]);
    assert_eq!(counts(), (3, 0, 0));
    assert!(archive.seats_of(&people[0]).unwrap().is_empty(), "its rows are gone");
    let another = meeting("Havneudvalget", "2020-08-13", vec![]);
    record(&archive, &[entry("e.txt", "e", &another)]);
    assert_eq!(counts(), (4, 0, 0));
}

#[test]
fn cases_are_the_same_however_many_there_are() {
    let (_directory, archive) = archive();
    // More items than are put in order as they are found, more than are walked through, and a case at every meeting.
    let documents: Vec<(String, Document)> = (0..520)
        .map(|at| {
            let date = (day("2010-01-01") + jiff::Span::new().days(at / 2)).to_string();
            let numbers = (0..9).map(|place| format!("{:02}.00.00-A{place:02}-{at}-10", at % 3 + 10));
            let mut items: Vec<AgendaItem> = numbers.map(|number| item(&number, "Sag", "", "")).collect();
            items.push(item("00.00.00-P19-1-10", &format!("Nyt {at}"), "", ""));
            if at == 0 {
                items.push(item("11.11.11-A11-1-10", "Nyt torv", "", ""));
            }
            (format!("{at}"), meeting(if at % 2 == 0 { "Byrådet" } else { "Havneudvalget" }, &date, items))
        })
        .collect();
    let entries: Vec<Entry<'_>> =
        documents.iter().map(|(origin, document)| entry(origin, origin, document)).collect();
    record(&archive, &entries);
    let mut seen = HashSet::new();
    let mut all: Vec<(Date, String)> = Vec::new();
    for (_, document) in documents.iter().rev() {
        let keys = document.items.iter().filter_map(|item| item.case_number.as_ref()).map(CaseNumber::key);
        all.extend(keys.filter(|key| seen.insert(key.clone())).map(|key| (document.date.unwrap(), key)));
    }
    all.sort_by(|one, other| (other.0, &one.1).cmp(&(one.0, &other.1)));
    let expected = |limit: usize, wanted: &dyn Fn(&str) -> bool| -> Vec<String> {
        all.iter().map(|(_, key)| key.clone()).filter(|key| wanted(key)).take(limit).collect()
    };
    let keys = |cases: Vec<CaseHead>| -> Vec<String> { cases.into_iter().map(|case| case.key).collect() };
    for limit in [0, 1, 25, 10_000] {
        assert_eq!(keys(archive.recent_cases(limit).unwrap()), expected(limit, &|_| true));
        for prefix in ["", "1", "10", "110000A01", "100000A00010", "100000A000", "99"] {
            let found = keys(archive.cases_with_prefix(prefix, limit).unwrap());
            assert_eq!(found, expected(limit, &|key| key.starts_with(prefix)), "{prefix} {limit}");
        }
        for fragment in ["A01", "A00010", "0A00", "P19", "99X"] {
            let found = keys(archive.cases_containing(fragment, limit).unwrap());
            let inside = |key: &str| key.find(fragment).is_some_and(|at| at > 0);
            assert_eq!(found, expected(limit, &inside), "{fragment} {limit}");
        }
    }
    assert_eq!(archive.cases_with_prefix("00", 1).unwrap()[0].title.as_deref(), Some("Nyt 519"));
    let titled = keys(archive.cases_by_title("nyt", 5).unwrap());
    assert_eq!(titled, ["000000P19110", "111111A11110"], "a case at every meeting hides no other");
}

#[test]
fn a_correction_takes_the_place_of_what_was() {
    let (_directory, archive) = archive();
    record_samples(&archive);
    let corrected = meeting(
        "Social- og Sundhedsudvalget",
        "2020-08-12",
        vec![item("27.00.00-A00-5-15", "Rettet titel", "Nyt resume.", "Afvist.")],
    );
    assert_eq!(record(&archive, &[entry("a.txt", "new", &corrected)]), [Recorded::Corrected { version: 2 }]);
    assert_eq!(record(&archive, &[entry("a.txt", "new", &corrected)]), [Recorded::Known]);
    let texts: Vec<_> = archive.versions("a.txt").unwrap().into_iter().map(|v| (v.version, v.text)).collect();
    assert_eq!(texts, [(1, "a.txt".to_owned()), (2, "new".to_owned())]);
    assert_eq!(archive.treatments("270000A00515").unwrap()[0].item.title.as_deref(), Some("Rettet titel"));
    assert!(archive.treatments("003000S00220").unwrap().is_empty());
    assert!(archive.seated_bodies().unwrap().is_empty());
    assert_eq!(archive.search("rettet", 10, 0).unwrap().total, 1);
    assert_eq!(archive.search("skolernes budget", 10, 0).unwrap().total, 0);
    assert_eq!(archive.meetings(&MeetingFilter::default(), 10).unwrap()[2].version, 2);
}

#[test]
fn the_same_text_elsewhere_is_a_copy() {
    let (_directory, archive) = archive();
    record_samples(&archive);
    let copy = policy("Kopi", "kopi");
    let of = |origin: &str| Recorded::Copy { of: origin.to_owned() };
    let before = dump(&archive);
    assert_eq!(record(&archive, &[entry("e.txt", "d.txt", &copy)]), [of("d.txt")]);
    assert_eq!(dump(&archive), before);
    assert_eq!(record(&archive, &[entry("d.txt", "later", &copy)]), [Recorded::Corrected { version: 2 }]);
    assert_eq!(
        record(&archive, &[entry("e.txt", "d.txt", &copy)]),
        [of("d.txt")],
        "an old version counts too"
    );
    let back = record(&archive, &[entry("d.txt", "d.txt", &copy)]);
    assert_eq!(back, [Recorded::Corrected { version: 3 }], "its own old text is a change again");
}

#[test]
fn a_known_origin_takes_the_text_of_another() {
    let (_directory, archive) = archive();
    let (one, other) = (policy("En", "en"), policy("Anden", "anden"));
    record(&archive, &[entry("a", "1", &one), entry("b", "2", &other)]);
    let again = [entry("b", "1", &one)];
    assert_eq!(record(&archive, &again), [Recorded::Corrected { version: 2 }]);
    assert_eq!(record(&archive, &again), [Recorded::Known], "settled at once: no sync goes back and forth");
    assert_eq!(archive.search("en", 10, 0).unwrap().total, 2);
    assert_eq!(archive.search("anden", 10, 0).unwrap().total, 0);
    assert_eq!(record(&archive, &[entry("c", "2", &other)]), [Recorded::Copy { of: "b".into() }]);
}

#[test]
fn a_batch_sees_itself() {
    let (_directory, archive) = archive();
    let one = policy("En", "en");
    let batch = [entry("a", "1", &one), entry("a", "1", &one), entry("b", "1", &one), entry("a", "2", &one)];
    assert_eq!(
        record(&archive, &batch),
        [
            Recorded::New,
            Recorded::Known,
            Recorded::Copy { of: "a".into() },
            Recorded::Corrected { version: 2 }
        ]
    );
    assert_eq!(archive.search("en", 10, 0).unwrap().total, 1);
}

/// A small document: its kind, body and items picked by number from short lists.
fn small(numbers: &(u8, u8, Vec<(u8, u8)>)) -> Document {
    let bodies = ["Byrådet", "Udsatteråd", "Økonomiudvalget"];
    let cases = ["27.00.00-A00-5-15", "19/2484", ""];
    let words = ["herberg", "åben skole", "Søndergård", "vej"];
    let pick = |list: &[&'static str], at: u8| list[usize::from(at) % list.len()];
    let (kind, body, items) = numbers;
    let items = items.iter().map(|(case, word)| {
        let mut item = item(pick(&cases, *case), pick(&words, *word), pick(&words, case / 3), "Godkendt.");
        item.follow_ups = vec![follow_up((case % 2 == 0).then_some("2022-05-01"), None, "Siden.")];
        item.seats = vec![seat(pick(&words, *word), pick(&bodies, *case))];
        item
    });
    match kind % 3 {
        0 => policy(pick(&words, *body), "Tekst."),
        _ => meeting(pick(&bodies, *body), "2022-03-01", items.collect()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn recording_twice_is_recording_once(
        picked in prop::collection::vec((any::<u8>(), any::<u8>(), prop::collection::vec(any::<(u8, u8)>(), 0..4)), 1..8),
        again in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let directory = tempfile::tempdir().unwrap();
        let archive = Archive::open(directory.path()).unwrap();
        let documents: Vec<(String, Document)> =
            picked.iter().enumerate().map(|(nth, numbers)| (format!("{nth}.txt"), small(numbers))).collect();
        let entries: Vec<_> = documents.iter().map(|(name, document)| entry(name, name, document)).collect();
        let (first, second) = entries.split_at(cut.index(entries.len()));
        record(&archive, first);
        record(&archive, second);
        let (before, found) = (dump(&archive), answers(&archive));
        let repeated: Vec<_> = again.iter().map(|nth| *nth.get(&entries)).collect();
        prop_assert_eq!(record(&archive, &repeated), vec![Recorded::Known; repeated.len()]);
        prop_assert_eq!(dump(&archive), before);
        prop_assert_eq!(answers(&archive), found.clone());
        drop(archive);
        std::fs::remove_dir_all(directory.path().join("search")).unwrap();
        prop_assert_eq!(answers(&Archive::open(directory.path()).unwrap()), found);
    }
}

#[test]
fn agendas_and_minutes_of_a_meeting_are_one_meeting() {
    let (_directory, archive) = archive();
    let minutes = meeting("Byrådet", "2020-01-07", vec![item("19/2484", "Vej", "", "Godkendt.")]);
    let agenda = Document {
        kind: Kind::Agenda,
        ..meeting("Byrådet", "2020-01-07", vec![item("19/2484", "Vej", "", "")])
    };
    record(&archive, &[entry("agenda", "1", &agenda), entry("minutes", "2", &minutes)]);
    assert_eq!(archive.counts().unwrap().meetings, 1);
    assert_eq!(archive.bodies().unwrap()[0].meetings, 1);
    assert_eq!(archive.case("192484").unwrap().unwrap().meetings, 1);
    assert_eq!(archive.treatments("192484").unwrap().len(), 2);
    let met = archive.case_meetings("192484").unwrap();
    assert_eq!(met.len(), 1);
    assert_eq!((met[0].date, met[0].is_decided), (minutes.date, true));
}

#[test]
fn the_meetings_of_a_case_are_those_of_its_treatments() {
    let (_directory, archive) = archive();
    let number = "27.00.00-A00-5-15";
    let documents = [
        meeting(
            "Byrådet",
            "2020-01-07",
            vec![item(number, "Vej", "", "Godkendt."), item(number, "Sti", "", "")],
        ),
        meeting("Udsatteråd", "2020-01-07", vec![item(number, "Vej", "", "")]),
        Document {
            date: None,
            ..meeting("Byrådet", "2021-01-07", vec![item(number, "Vej", "", "Godkendt.")])
        },
        meeting("Byrådet", "2019-05-07", vec![item(number, "Vej", "", ""), item("1/20", "Sø", "", "Nej.")]),
    ];
    let names = ["a", "b", "c", "d"];
    record(
        &archive,
        &names.iter().zip(&documents).map(|(name, it)| entry(name, name, it)).collect::<Vec<_>>(),
    );
    let key = case_number::key(number);
    let all = archive.treatments(&key).unwrap();
    let mut expected: BTreeMap<_, bool> = BTreeMap::new();
    for treatment in &all {
        let decided =
            expected.entry((treatment.meeting.date, treatment.meeting.body_key.clone())).or_default();
        *decided |= treatment.item.decision.is_some();
    }
    let met = archive.case_meetings(&key).unwrap();
    let told: Vec<_> = met.iter().map(|it| ((it.date, it.body_key.clone()), it.is_decided)).collect();
    assert_eq!(told, expected.into_iter().collect::<Vec<_>>());
    let mut days: Vec<_> = met.iter().map(|it| it.date).collect();
    days.dedup();
    let by_day = days.iter().flat_map(|day| archive.treatments_on(&key, *day).unwrap());
    assert_eq!(by_day.collect::<Vec<_>>(), all);
}

#[test]
fn texts_of_an_older_reading_are_given_out_and_recorded_again() {
    let (directory, archive) = archive();
    record_samples(&archive);
    let items = || -> Vec<_> {
        archive
            .treatments("270000A00515")
            .unwrap()
            .into_iter()
            .map(|found| (found.meeting, found.item))
            .collect()
    };
    let before = items();
    assert!(archive.outdated(10).unwrap().is_empty());
    let database = rusqlite::Connection::open(directory.path().join("referent.db")).unwrap();
    database.execute("UPDATE documents SET reading = 0 WHERE origin = 'a.txt'", []).unwrap();
    let outdated = archive.outdated(10).unwrap();
    assert_eq!(
        outdated.iter().map(|o| (o.origin.as_str(), o.text.as_str())).collect::<Vec<_>>(),
        [("a.txt", "a.txt")]
    );
    let (_, document) = samples().into_iter().find(|(origin, _)| *origin == "a.txt").unwrap();
    assert_eq!(record(&archive, &[entry("a.txt", "a.txt", &document)]), [Recorded::ReadAgain]);
    assert!(archive.outdated(10).unwrap().is_empty());
    assert_eq!(items(), before);
    assert_eq!(archive.versions("a.txt").unwrap().len(), 1);
}
