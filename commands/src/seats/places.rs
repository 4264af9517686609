//! From decisions, one after the other, to who has which office from when to when.

use std::collections::HashMap;

use index::SeatRow;
use jiff::ToSpan;
use jiff::civil::Date;
use minutes::{Role, SeatEvent, person, term};

use super::{Basis, End, Place, is_decided};
use crate::roster::RosterSeat;

/// Offices that one person at a time has in a body.
const SINGLE: [Role; 3] = [Role::Chair, Role::ViceChair, Role::Mayor];

/// Words that tell that only an office is given up, and the seat is not: `træder tilbage som formand`, `afgiver formandsposten`.
const AS_OFFICE: [(Role, [&str; 3]); 4] = [
    (Role::Chair, ["som formand", "formandspost", "formandshverv"]),
    (Role::ViceChair, ["som næstformand", "næstformandspost", "næstformandshverv"]),
    (Role::Mayor, ["som borgmester", "borgmesterpost", "borgmesterhverv"]),
    (Role::DeputyMayor, ["som viceborgmester", "viceborgmesterpost", "viceborgmesterhverv"]),
];

/// A word by which the seat is given up too: `som formand og medlem`.
const SEAT_TOO: &str = "medlem";

/// Before a departure's day that is the last one of the seat.
const LAST_DAY: &str = "udgangen af";

/// Places with those of each person at hand.
#[derive(Default)]
struct Making<'a> {
    places: Vec<Place<'a>>,
    of_person: HashMap<&'a str, Vec<usize>>,
}

/// What the minutes decided, by their order.
pub(super) fn of_minutes(rows: &[SeatRow]) -> Vec<Place<'_>> {
    let mut making = Making::default();
    for row in rows.iter().filter(|row| is_decided(row)) {
        let Some(decided) = row.meeting.date else { continue };
        match row.seat.event {
            SeatEvent::Appointed if row.seat.acting => {
                making.act(rows, row, row.seat.from.unwrap_or(decided));
            }
            SeatEvent::Appointed => making.appoint(row, first_day(rows, row, decided)),
            SeatEvent::Leaving => making.leave(row, first_day_out(row, decided)),
            SeatEvent::Leave | SeatEvent::PartyChange => {}
        }
    }
    making.places.retain(|place| place.from <= place.to);
    making.places
}

/// The first day of a seat: as told; else the day it was decided on; for what a newly elected council decides before its term,
/// the term's first day. Somebody whom another replaces right away was of the old council.
fn first_day(rows: &[SeatRow], row: &SeatRow, decided: Date) -> Date {
    let replaces = || {
        rows.iter().any(|other| {
            other.meeting.document == row.meeting.document
                && other.item.as_ref().map(|item| item.item_id) == row.item.as_ref().map(|item| item.item_id)
                && other.seat.event == SeatEvent::Leaving
                && is_decided(other)
        })
    };
    match row.seat.from {
        Some(from) => from,
        None if row.seat.to.is_none() && term::may_constitute(decided) && !replaces() => {
            term::after(decided).0
        }
        None => decided,
    }
}

/// The first day without a seat: the one told, or the day after it where that is the last one with it.
fn first_day_out(row: &SeatRow, decided: Date) -> Date {
    let day = row.seat.to.unwrap_or(decided);
    let is_last = row.seat.to.is_some() && row.seat.quote.to_lowercase().contains(LAST_DAY);
    if is_last { day.saturating_add(1.day()) } else { day }
}

impl<'a> Making<'a> {
    fn add(&mut self, key: &'a str, place: Place<'a>) {
        self.of_person.entry(key).or_default().push(self.places.len());
        self.places.push(place);
    }

    fn appoint(&mut self, row: &'a SeatRow, from: Date) {
        let (key, role) = (row.person_key.as_str(), row.seat.role);
        let to = row.seat.to.unwrap_or_else(|| term::of(from).1);
        let end = if row.seat.to.is_some() { End::Told } else { End::Term };
        if SINGLE.contains(&role) {
            self.end_acting(role, from);
            self.succeed(key, role, from);
        }
        let known = self.of_person.get(key).into_iter().flatten().copied();
        let same = known.rev().find(|at| {
            let place = &self.places[*at];
            place.role == role && !place.acting && place.to >= from && place.from <= to
        });
        match same {
            Some(at) => {
                let place = &mut self.places[at];
                if end == End::Told {
                    (place.to, place.end) = (to, end);
                }
            }
            None => {
                let from_told = row.seat.from.is_some();
                let (key_owned, basis) = (key.to_owned(), Basis::Minutes(row));
                let place = Place {
                    key: key_owned,
                    role,
                    acting: false,
                    from,
                    from_told,
                    to,
                    end,
                    told: None,
                    basis,
                };
                self.add(key, place);
            }
        }
    }

    /// Gives an office for as long as its holder is away; nobody loses it. Days that are not told with it are those of the
    /// holder's leave.
    fn act(&mut self, rows: &[SeatRow], row: &'a SeatRow, from: Date) {
        let (key, role) = (row.person_key.as_str(), row.seat.role);
        let is_holder = |place: &&Place<'_>| place.role == role && !place.acting && place.is_held(from);
        let holder = self.places.iter().find(is_holder).map(|place| place.key.clone());
        let mut leaves = rows.iter().filter(|other| {
            other.seat.event == SeatEvent::Leave
                && is_decided(other)
                && holder.as_deref() == Some(other.person_key.as_str())
                && other.meeting.date <= row.meeting.date
        });
        let leave = leaves.rfind(|leave| leave.seat.to.is_none_or(|to| to >= from)).map(|leave| &leave.seat);
        let begins = leave.and_then(|leave| leave.from).filter(|day| row.seat.from.is_none() && *day > from);
        let from = begins.unwrap_or(from);
        let told = row.seat.to.or_else(|| leave?.to);
        let (to, end) = told.map_or((term::of(from).1, End::Term), |to| (to, End::Told));
        let (from_told, basis) = (row.seat.from.or(begins).is_some(), Basis::Minutes(row));
        self.end_acting(role, from);
        let key_owned = key.to_owned();
        self.add(
            key,
            Place { key: key_owned, role, acting: true, from, from_told, to, end, told: None, basis },
        );
    }

    /// Ends what anybody has for a time: the office is filled anew, or its holder is back.
    fn end_acting(&mut self, role: Role, from: Date) {
        let acts = |place: &&mut Place<'a>| place.acting && place.role == role && place.to >= from;
        for place in self.places.iter_mut().filter(acts) {
            (place.to, place.end) = (from.saturating_sub(1.day()), End::Succeeded);
        }
    }

    /// Takes an office from whoever had it; they go on as members. Who was chair and becomes vice chair is no longer chair.
    fn succeed(&mut self, key: &str, role: Role, from: Date) {
        let other_office = match role {
            Role::Chair => Some(Role::ViceChair),
            Role::ViceChair => Some(Role::Chair),
            _ => None,
        };
        let ends = |place: &Place<'_>| {
            place.to >= from
                && !place.acting
                && ((place.role == role && place.key != key)
                    || (Some(place.role) == other_office && place.key == key && place.from < from))
        };
        let ending: Vec<usize> = (0..self.places.len()).filter(|at| ends(&self.places[*at])).collect();
        for at in ending {
            self.go_on_as_member(at, from, End::Succeeded);
        }
    }

    /// Ends an office with the day before `out`; its holder keeps the seat.
    fn go_on_as_member(&mut self, at: usize, out: Date, end: End<'a>) {
        let place = self.places[at].clone();
        if place.from >= out {
            self.places[at].role = Role::Member;
        } else {
            (self.places[at].to, self.places[at].end) = (out.saturating_sub(1.day()), end);
        }
        let Basis::Minutes(row) = place.basis else { return };
        let is_member = |other: &Place<'_>| other.role == Role::Member && other.is_held(out);
        let of_person = self.of_person.get(row.person_key.as_str());
        if !of_person.into_iter().flatten().any(|other| is_member(&self.places[*other])) {
            let as_member = Place { role: Role::Member, from: out, ..place };
            self.add(&row.person_key, as_member);
        }
    }

    fn leave(&mut self, row: &'a SeatRow, out: Date) {
        let office = office_given_up(row);
        let last = out.saturating_sub(1.day());
        let of_person = self.of_person.get(row.person_key.as_str()).cloned().unwrap_or_default();
        for at in of_person {
            let place = &mut self.places[at];
            if place.to < out || term::of(place.from).0 > term::of(out).0 {
                continue;
            }
            match office {
                Some(role) if role == place.role => self.go_on_as_member(at, out, End::Left(row)),
                Some(_) => {}
                // A seat that began no earlier is one that never was.
                None => (place.to, place.end) = (last, End::Left(row)),
            }
        }
    }
}

/// The office that alone is given up; None where the seat is.
pub(crate) fn office_given_up(row: &SeatRow) -> Option<Role> {
    let role = row.seat.role;
    let quote = row.seat.quote.to_lowercase();
    let (_, words) = AS_OFFICE.iter().find(|(office, _)| *office == role)?;
    let after = words.iter().find_map(|words| {
        // "formandsposten" is no part of "næstformandsposten".
        let is_whole = |at: usize| !quote[..at].ends_with(char::is_alphabetic);
        let at = quote.match_indices(words).map(|(at, _)| at).find(|at| is_whole(*at))?;
        Some(&quote[at + words.len()..])
    })?;
    let clause = after.split(['.', ',', ';']).next().unwrap_or(after);
    (!clause.contains(SEAT_TOO)).then_some(role)
}

/// The same with the council's list before the minutes: whom it names in a term sits in that term as it says, and nobody else
/// has an office that it gives.
pub(super) fn with_roster<'a>(
    by_minutes: &[Place<'a>],
    rows: &'a [SeatRow],
    roster: &[&'a RosterSeat],
) -> Vec<Place<'a>> {
    let of_roster: Vec<Place<'a>> = roster.iter().map(|seat| of_list(seat, rows)).collect();
    let named = |place: &Place<'_>| {
        of_roster.iter().any(|own| {
            let (first, last) = (term::of(own.from).0, term::of(own.to).1);
            own.key == place.key && place.from <= last && place.to >= first
        })
    };
    let mut places: Vec<Place<'a>> = by_minutes.iter().filter(|place| !named(place)).cloned().collect();
    for own in of_roster.iter().filter(|own| SINGLE.contains(&own.role)) {
        let mut kept = Vec::with_capacity(places.len());
        for place in places {
            if place.role == own.role && !place.acting && place.from <= own.to && place.to >= own.from {
                kept.extend(without_office(place, own.from, own.to));
            } else {
                kept.push(place);
            }
        }
        places = kept;
    }
    of_roster.into_iter().chain(places).collect()
}

fn of_list<'a>(seat: &'a RosterSeat, rows: &'a [SeatRow]) -> Place<'a> {
    let term = term::of(seat.from).0;
    let in_term = rows.iter().filter(|row| row.term() == Some(term));
    let in_term: Vec<&str> = in_term.map(|row| row.person_key.as_str()).collect();
    let own = person::key(&seat.name);
    Place {
        key: person::find(&own, &in_term).unwrap_or(&own).to_owned(),
        role: seat.role,
        acting: false,
        from: seat.from,
        from_told: true,
        to: seat.last(),
        end: if seat.to.is_some() { End::Told } else { End::Term },
        told: None,
        basis: Basis::Roster(seat),
    }
}

/// An office before and after a span of days, and the plain seat in it; each tells the days that the minutes tell.
fn without_office<'a>(place: Place<'a>, from: Date, to: Date) -> Vec<Place<'a>> {
    let mut parts = Vec::new();
    let told = place.told.or(Some((place.from, place.to, place.end)));
    let place = Place { told, ..place };
    if place.from < from {
        parts.push(Place { to: from.saturating_sub(1.day()), end: End::Succeeded, ..place.clone() });
    }
    let (first, last) = (place.from.max(from), place.to.min(to));
    parts.push(Place { role: Role::Member, from: first, to: last, ..place.clone() });
    if place.to > to {
        parts.push(Place { from: to.saturating_add(1.day()), ..place });
    }
    parts
}
