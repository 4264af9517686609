//! What is proposed while an option is typed.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod common;

use commands::{COMMANDS, MOST_LABEL_UNITS, MOST_PROPOSALS, Proposal, complete, parse_line, propose};
use common::{Place, day};

const TODAY: &str = "2021-10-01";

fn proposed(
    place: &Place,
    command: &str,
    option: &str,
    typed: &str,
    others: &[(&str, &str)],
) -> Vec<Proposal> {
    let command = COMMANDS.iter().find(|known| known.name == command).unwrap();
    propose(&place.archive, &place.council, command, option, typed, others, day(TODAY))
}

/// The labels of the first proposals.
#[track_caller]
fn check(place: &Place, line: (&str, &str, &str), others: &[(&str, &str)], expected: &[&str]) {
    let found = proposed(place, line.0, line.1, line.2, others);
    let labels: Vec<&str> =
        found.iter().take(expected.len().max(1)).map(|proposal| proposal.label.as_str()).collect();
    assert_eq!(labels, expected, "{line:?} {others:?}");
}

#[test]
fn cases_are_proposed_by_number() {
    let place = Place::of_samples();
    let shelter = "27.00.00-A00-5-15 · Rammer for samarbejdet på udsatteområdet";
    for typed in [
        "27.00.00-A00-5-15",
        "2700.00 a00 5 15",
        "270000a",
        "27.00.00",
        "A00-5-15",
        "5-15",
        "27.00.00-A00-5-51",
        "27.00.00-A00-6-15",
        "27.00.00-B00",
    ] {
        check(&place, ("sag", "nummer", typed), &[], &[shelter]);
    }
    check(
        &place,
        ("historik", "nummer", "00.30.14-oe"),
        &[],
        &[
            "00.30.14-Ø60-3-21 · Budgetopfølgning pr. 31. juli 2021",
            "00.30.14-Ø60-2-21 · Budgetopfølgning pr. 31. marts 2021",
        ],
    );
}

#[test]
fn cases_are_proposed_by_title_and_last_treated_first() {
    let place = Place::of_samples();
    let shelter = "27.00.00-A00-5-15 · Rammer for samarbejdet på udsatteområdet";
    for typed in ["rammer for sam", "RAMMER", "udsatteomraad", "ramer samarbjdet", "udsateområdet"] {
        check(&place, ("sag", "nummer", typed), &[], &[shelter]);
    }
    let recent = proposed(&place, "sag", "nummer", "", &[]);
    let days: Vec<_> = recent
        .iter()
        .map(|proposal| {
            place.archive.case(&minutes::case_number::key(&proposal.value)).unwrap().unwrap().last_date
        })
        .collect();
    assert_eq!(recent.len(), MOST_PROPOSALS);
    assert!(days.is_sorted_by(|one, other| one >= other), "{days:?}");
    check(&place, ("sag", "nummer", "qwertyuiop"), &[], &[]);
}

#[test]
fn bodies_are_proposed_by_any_part() {
    let place = Place::of_samples();
    for typed in ["sundhed", "SOS", "so", "social og", "soical", "social- og sundh"] {
        check(&place, ("opfølgning", "udvalg", typed), &[], &["Social- og Sundhedsudvalget"]);
    }
    check(&place, ("møde", "udvalg", "aeldrerad"), &[], &["Ældrerådet"]);
    check(&place, ("møde", "udvalg", ""), &[], &["Ældrerådet", "Beskæftigelsesudvalget"]);
    check(&place, ("møde", "udvalg", "beskæftigelsesråd"), &[], &[]);
    check(&place, ("råd", "udvalg", "beskæftigelsesråd"), &[], &["Beskæftigelsesrådet"]);
    check(&place, ("råd", "udvalg", "xyz"), &[], &[]);
}

#[test]
fn days_are_those_of_meetings() {
    let place = Place::of_samples();
    let newest = "22. september 2021 · Børne- og Familieudvalget";
    check(&place, ("møde", "dato", ""), &[], &[newest, "22. juni 2021 · Fjordby Byråd"]);
    let meeting = "12. august 2020 · Social- og Sundhedsudvalget";
    for typed in
        ["12. aug", "2020-08", "august 2020", "8/2020", "12. august 2020", "2020-08-12", "12-08-2020"]
    {
        check(&place, ("møde", "dato", typed), &[], &[meeting]);
    }
    let sos = [("udvalg", "SOS")];
    check(&place, ("møde", "dato", ""), &sos, &[meeting, "17. maj 2020 · Social- og Sundhedsudvalget"]);
    check(&place, ("møde", "dato", "1. maj 2020"), &sos, &["1. maj 2020 · intet møde læst ind"]);
    check(&place, ("møde", "dato", ""), &[("udvalg", "havne")], &[]);
    assert_eq!(proposed(&place, "møde", "dato", "12. aug", &[])[0].value, "2020-08-12");
}

#[test]
fn days_of_seats_are_those_of_decisions() {
    let place = Place::of_samples();
    let today = "1. oktober 2021 · i dag";
    check(&place, ("råd", "dato", ""), &[], &[today, "22. juni 2021 · pladser besluttet"]);
    check(
        &place,
        ("råd", "dato", ""),
        &[("udvalg", "ældreråd")],
        &[today, "17. januar 2018 · pladser besluttet"],
    );
    check(&place, ("råd", "dato", "1/1 2019"), &[], &["1. januar 2019"]);
    check(&place, ("råd", "dato", "juni"), &[], &["22. juni 2021 · pladser besluttet"]);
}

#[test]
fn nothing_is_proposed_where_nothing_can_be() {
    let place = Place::of_samples();
    check(&place, ("søg", "ord", "budget"), &[], &[]);
    check(&place, ("sag", "findes ikke", "27"), &[], &[]);
    check(&place, ("sag", "nummer", &"2".repeat(81)), &[], &[]);
    check(&Place::with(&[]), ("sag", "nummer", "27"), &[], &[]);
    check(&place, ("hjælp", "kommando", "so"), &[], &["/søg"]);
}

#[test]
fn a_damaged_archive_proposes_nothing() {
    let place = Place::of_samples();
    let kinds =
        [("sag", "nummer", "27"), ("møde", "udvalg", "s"), ("møde", "dato", "20"), ("person", "navn", "a")];
    for name in ["referent.db-wal", "referent.db-shm"] {
        let _ = std::fs::remove_file(place.directory.path().join(name));
    }
    std::fs::write(place.directory.path().join("referent.db"), vec![0xff; 100_000]).unwrap();
    for line in kinds {
        check(&place, line, &[], &[]);
    }
}

#[test]
fn every_proposal_can_be_asked() {
    let place = Place::of_samples();
    for command in COMMANDS {
        for option in command.options {
            for typed in ["", "2", "27", "a", "be", "o", "20"] {
                let found = proposed(&place, command.name, option.name, typed, &[]);
                assert!(found.len() <= MOST_PROPOSALS);
                for Proposal { label, value } in found {
                    let units = label.encode_utf16().count();
                    assert!((1..=MOST_LABEL_UNITS).contains(&units) && !label.contains('\n'), "{label}");
                    // How soon something is told is said of something, and a search is for something.
                    let of = match (command.name, option.name) {
                        (_, "hvornår") => Some(("emne", "vej".to_owned())),
                        ("søg", name) if name != "ord" => Some(("ord", "vej".to_owned())),
                        _ => None,
                    };
                    let options = of.into_iter().chain([(option.name, value.clone())]);
                    let asked = commands::Request::new(command.name, options).unwrap();
                    // In a place of its own: one takes only so many subscriptions.
                    assert!(place.ask_in(&value, true, TODAY, &asked.line()).is_ok(), "{asked:?}");
                }
            }
        }
    }
}

#[test]
fn tab_proposes_whole_lines() {
    let place = Place::of_samples();
    let completed = |line: &str| complete(&place.archive, &place.council, line, day(TODAY));
    for (line, expected) in [
        ("/s", &["/sag ", "/søg ", "/spørg ", "/status "][..]),
        ("/raa", &["/råd "]),
        ("/sag 27.00.00-a00-5", &["/sag 27.00.00-A00-5-15"]),
        ("/møde soci", &["/møde Social- og Sundhedsudvalget"]),
        ("/møde udvalg:soci", &["/møde udvalg:Social- og Sundhedsudvalget"]),
        ("/møde SOS dato:12. a", &["/møde SOS dato:2020-08-12"]),
        ("/møde udvalg:byr dato:2020-08-12", &["/møde udvalg:byr dato:2020-08-12"]),
        ("/help so", &["/help søg"]),
        ("/søg bud", &[]),
        ("/xyz 27", &[]),
        ("27", &[]),
    ] {
        assert_eq!(completed(line), expected, "{line}");
        assert!(completed(line).iter().all(|line| parse_line(line).is_ok() || line.ends_with(' ')));
    }
}
