//! Who sits where: places put together from what the minutes decided and what the council's own list says. The list goes before
//! the minutes.

mod evidence;
mod odds;
mod party;
mod places;
mod seen;

use std::collections::{HashMap, HashSet};

use index::SeatRow;
use jiff::civil::Date;
use minutes::{Role, SeatEvent, SeatStatus, fold, person, term};

use crate::danish;
use crate::roster::RosterSeat;

pub(crate) use evidence::{announced_party, announcement, evidence, refused};
pub(crate) use party::Parties;
pub(crate) use places::office_given_up;
pub(crate) use seen::AttendanceLists;

/// What a place rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis<'a> {
    /// The minutes of the meeting that decided it.
    Minutes(&'a SeatRow),
    /// The council's own list.
    Roster(&'a RosterSeat),
}

/// How it is known when a place ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End<'a> {
    /// Told with the place itself.
    Told,
    /// Nothing is told: with the council's term.
    Term,
    /// By a later decision.
    Left(&'a SeatRow),
    /// Another was given the office.
    Succeeded,
}

/// An office that somebody has in a body from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place<'a> {
    /// What tells people apart, see [`SeatRow::person_key`].
    pub(crate) key: String,
    pub(crate) role: Role,
    /// The office is another's, who has it back; see [`minutes::Seat::acting`].
    pub(crate) acting: bool,
    /// The first day.
    pub(crate) from: Date,
    /// The first day is told, not only when it was decided.
    pub(crate) from_told: bool,
    /// The last day.
    pub(crate) to: Date,
    pub(crate) end: End<'a>,
    /// First and last day and the end as its basis tells them, where the council's list takes the office away for a time.
    pub(crate) told: Option<(Date, Date, End<'a>)>,
    pub(crate) basis: Basis<'a>,
}

impl<'a> Place<'a> {
    /// Whether it is held on that day.
    pub(crate) fn is_held(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// The office in words.
    pub(crate) fn office(&self) -> String {
        office(self.role, self.acting)
    }

    /// The name as printed there.
    pub(crate) fn name(&self) -> &'a str {
        match self.basis {
            Basis::Minutes(row) => &row.seat.person,
            Basis::Roster(seat) => &seat.name,
        }
    }

    /// The body as printed there; None where it is not named.
    pub(crate) fn body(&self) -> Option<&'a str> {
        match self.basis {
            Basis::Minutes(row) => row.seat.body.as_deref(),
            Basis::Roster(seat) => Some(&seat.body),
        }
    }

    /// `1. januar 2018–31. december 2021`; what is not told of it is said.
    pub(crate) fn period(&self) -> String {
        let (from, to, end) = self.told.unwrap_or((self.from, self.to, self.end));
        let is_of_meeting = matches!(self.basis, Basis::Minutes(row) if row.meeting.date == Some(from));
        let since = match (self.from_told, is_of_meeting) {
            (true, _) => "",
            (false, true) => " (mødets dag; begyndelsen er ikke nævnt)",
            // Chosen before a term begins: from then on.
            (false, false) => " (begyndelsen er ikke nævnt)",
        };
        if end == End::Term {
            format!("fra {}{since}; slutdatoen er ikke nævnt", danish::date(from))
        } else {
            format!("{}{since}", danish::period(from, to))
        }
    }

    /// Somebody who was called in for others, until when is not told.
    pub(crate) fn is_open_call(&self) -> bool {
        let is_called = |row: &SeatRow| row.seat.quote.to_lowercase().contains("indkald");
        self.role == Role::Substitute
            && self.end == End::Term
            && matches!(self.basis, Basis::Minutes(row) if is_called(row))
    }

    /// Somebody who was called in for one meeting.
    fn is_for_one_meeting(&self) -> bool {
        self.role == Role::Substitute && self.from == self.to
    }
}

/// `formand`, `konstitueret formand`.
pub(crate) fn office(role: Role, acting: bool) -> String {
    let acting = if acting { "konstitueret " } else { "" };
    format!("{acting}{}", danish::role(role))
}

/// The highest office first.
pub(crate) fn rank(role: Role) -> u8 {
    match role {
        Role::Mayor => 0,
        Role::Chair => 1,
        Role::DeputyMayor => 2,
        Role::ViceChair => 3,
        Role::Member => 4,
        Role::Substitute => 5,
    }
}

/// All that is known of a body's seats.
pub(crate) struct Seated<'a> {
    /// What the minutes say, oldest meeting first.
    pub(crate) rows: &'a [SeatRow],
    /// Places with the council's list before the minutes.
    pub(crate) places: Vec<Place<'a>>,
    /// Places by the minutes alone; empty without a list, where they are the same.
    by_minutes: Vec<Place<'a>>,
    parties: Parties<'a>,
}

/// Somebody who sits on a body on a day.
pub(crate) struct Sitting<'s, 'a> {
    /// The highest office.
    pub(crate) place: &'s Place<'a>,
    /// Since when, in any office, without a break in this term.
    pub(crate) since: Date,
    /// The decision by which they are on leave.
    pub(crate) on_leave: Option<&'a SeatRow>,
    /// What the minutes and the council's list disagree about, each as a sentence.
    pub(crate) odds: Vec<String>,
}

impl<'a> Seated<'a> {
    /// From what is said of a body: rows of the minutes, seats of the council's list, and changes of party in any body.
    pub(crate) fn new(rows: &'a [SeatRow], roster: &[&'a RosterSeat], changes: &'a [SeatRow]) -> Self {
        let by_minutes = places::of_minutes(rows);
        let parties = Parties { rows, changes };
        if roster.is_empty() {
            return Self { rows, places: by_minutes, by_minutes: Vec::new(), parties };
        }
        let places = places::with_roster(&by_minutes, rows, roster);
        Self { rows, places, by_minutes, parties }
    }

    /// Everybody who has a place on that day, the highest office first; those called in for others last.
    pub(crate) fn sitting(&self, day: Date) -> Vec<Sitting<'_, 'a>> {
        let mut highest: Vec<&Place<'a>> = Vec::new();
        let mut at: HashMap<&str, usize> = HashMap::new();
        for place in self.places.iter().filter(|place| place.is_held(day)) {
            match at.get(place.key.as_str()) {
                Some(known) if rank(place.role) < rank(highest[*known].role) => highest[*known] = place,
                Some(_) => {}
                None => {
                    at.insert(&place.key, highest.len());
                    highest.push(place);
                }
            }
        }
        highest.sort_by_key(|place| rank(place.role));
        let mut sitting = Vec::with_capacity(highest.len());
        for place in highest {
            let (since, on_leave) = (self.since(place, day), self.on_leave(&place.key, day));
            sitting.push(Sitting { place, since, on_leave, odds: self.odds(place, day) });
        }
        sitting
    }

    /// The first day of an unbroken stretch of places in the term.
    fn since(&self, place: &Place<'_>, day: Date) -> Date {
        let (first, _) = term::of(day);
        let mut since = place.from;
        let mut others: Vec<&Place<'_>> = self
            .places
            .iter()
            .filter(|other| other.key == place.key && other.role != Role::Substitute && other.to >= first)
            .collect();
        others.sort_by_key(|other| std::cmp::Reverse(other.from));
        for other in others {
            let touches = other.to.tomorrow().is_ok_and(|next| next >= since);
            if other.from < since && touches && place.role != Role::Substitute {
                since = other.from;
            }
        }
        since
    }

    /// The decision by which somebody is on leave that day.
    pub(crate) fn on_leave(&self, key: &str, day: Date) -> Option<&'a SeatRow> {
        self.rows.iter().rev().find(|row| {
            row.person_key == key && row.seat.event == SeatEvent::Leave && is_decided(row) && {
                let from = row.seat.from.or(row.meeting.date);
                let to = row.seat.to.or_else(|| from.map(|from| term::of(from).1));
                from.is_some_and(|from| from <= day) && to.is_some_and(|to| day <= to)
            }
        })
    }

    /// The key of whom a substitute stands in for: whom the same item gives leave, or the one whom the sentence names.
    pub(crate) fn stands_in_for(&self, place: &Place<'a>) -> Option<&'a SeatRow> {
        let Basis::Minutes(row) = place.basis else { return None };
        if place.role != Role::Substitute {
            return None;
        }
        let other = |other: &&SeatRow| {
            other.person_key != row.person_key && other.seat.event != SeatEvent::PartyChange
        };
        let same_item = |other: &&SeatRow| {
            other.meeting.document == row.meeting.document
                && other.item.as_ref().map(|item| item.item_id) == row.item.as_ref().map(|item| item.item_id)
        };
        let on_leave =
            self.rows.iter().filter(|other| same_item(other) && other.seat.event == SeatEvent::Leave);
        let quote = fold(&row.seat.quote);
        let named = self
            .rows
            .iter()
            .filter(other)
            .filter(|other| other.term() == row.term() && quote.contains(&fold(&other.seat.person)));
        only(on_leave).or_else(|| only(named))
    }

    /// For how long somebody has an office that is another's: `under Ida Holms orlov`; None where the minutes tell no other
    /// holder.
    pub(crate) fn acts_for(&self, place: &Place<'a>) -> Option<String> {
        let is_holder = |other: &&Place<'a>| {
            other.role == place.role && !other.acting && other.key != place.key && other.is_held(place.from)
        };
        let holder = place.acting.then(|| self.places.iter().find(is_holder)).flatten()?;
        let name = self.name(holder);
        Some(match self.on_leave(&holder.key, place.from) {
            Some(_) => format!("under {} orlov", danish::genitive(name)),
            None => format!("i {} fravær", danish::genitive(name)),
        })
    }

    /// Those who said before a day, in its term, that they wish to leave, and have neither left by decision since nor been refused.
    pub(crate) fn announced(&self, day: Date) -> Vec<&'a SeatRow> {
        let (first, _) = term::of(day);
        let mut leaving: Vec<&SeatRow> = Vec::new();
        for row in self.rows.iter().filter(|row| row.meeting.date.is_some_and(|told| told <= day)) {
            leaving.retain(|wish| !settles(row, wish));
            let wishes = row.seat.event == SeatEvent::Leaving
                && row.seat.status == SeatStatus::Requested
                && refused(row).is_none()
                && row.meeting.date.is_some_and(|told| told >= first);
            let is_known = |other: &&SeatRow| {
                other.person_key == row.person_key && office_given_up(other) == office_given_up(row)
            };
            if wishes && !leaving.iter().any(is_known) {
                leaving.push(row);
            }
        }
        leaving
    }

    /// Decisions by which a seat ended in the term of a day, before it, in the order of those days. Each with the first day
    /// without the seat.
    pub(crate) fn departures(&self, day: Date) -> Vec<(&'a SeatRow, Date)> {
        let (first, _) = term::of(day);
        let mut left: Vec<(&SeatRow, Date)> = self
            .rows
            .iter()
            .filter(|row| row.seat.event == SeatEvent::Leaving && is_decided(row))
            .filter_map(|row| Some((row, row.seat.to.or(row.meeting.date)?)))
            .filter(|(_, out)| first <= *out && *out <= day)
            .collect();
        left.sort_by_key(|(_, out)| *out);
        let mut seen = HashSet::new();
        left.retain(|(row, out)| seen.insert((row.person_key.clone(), row.seat.role, *out)));
        left
    }

    /// Places whose told end came before a day, in its term, and whose holder has none any more.
    pub(crate) fn run_out(&self, day: Date) -> Vec<&Place<'a>> {
        let (first, _) = term::of(day);
        let holds = |key: &str| self.places.iter().any(|place| place.key == key && place.is_held(day));
        let ended = |place: &&Place<'a>| first <= place.to && place.to < day && place.end == End::Told;
        self.places
            .iter()
            .filter(ended)
            .filter(|place| !place.is_for_one_meeting() && !holds(&place.key))
            .collect()
    }

    /// The decision by which somebody left this body, after they began to sit in a place elsewhere and before a day, and the first day
    /// without the seat. None for who sits in it that day, and for a place by the council's own list.
    pub(crate) fn gone_since(&self, elsewhere: &Place<'_>, day: Date) -> Option<(&'a SeatRow, Date)> {
        let sits = |place: &Place<'_>| place.key == elsewhere.key && place.is_held(day);
        if matches!(elsewhere.basis, Basis::Roster(_)) || self.places.iter().any(sits) {
            return None;
        }
        self.departures(day).into_iter().rfind(|(row, out)| {
            row.person_key == elsewhere.key && office_given_up(row).is_none() && elsewhere.from < *out
        })
    }

    /// The name by which somebody is called: as last printed, in full.
    pub(crate) fn name(&self, place: &Place<'a>) -> &'a str {
        if person::key(place.name()) == place.key {
            return place.name();
        }
        let full = self.rows.iter().rev().find(|row| person::key(&row.seat.person) == place.key);
        full.map_or(place.name(), |row| &row.seat.person)
    }

    /// Parties, by term.
    pub(crate) fn parties(&self) -> &Parties<'a> {
        &self.parties
    }

    /// Whether the minutes or the list tell of somebody in the term of a day.
    pub(crate) fn tells_of(&self, key: &str, day: Date) -> bool {
        let (first, last) = term::of(day);
        let told = self.rows.iter().filter(|row| row.term() == Some(first));
        let placed = self.places.iter().filter(|place| place.from <= last && place.to >= first);
        let keys: Vec<&str> =
            told.map(|row| row.person_key.as_str()).chain(placed.map(|place| place.key.as_str())).collect();
        person::find(key, &keys).is_some()
    }
}

/// Whether a row settles a wish to leave: the person left or was chosen anew by decision, the wish was refused, or another was
/// chosen for the office that alone was to be given up.
fn settles(row: &SeatRow, wish: &SeatRow) -> bool {
    let office = office_given_up(wish);
    if row.person_key != wish.person_key {
        let is_chosen = row.seat.event == SeatEvent::Appointed && is_decided(row) && !row.seat.acting;
        return is_chosen && office == Some(row.seat.role);
    }
    if refused(row).is_some() {
        return office_given_up(row) == office;
    }
    is_decided(row)
        && match row.seat.event {
            SeatEvent::Appointed => true,
            // Who gives up an office may still wish to give up the seat; who leaves the body gives up all.
            SeatEvent::Leaving => office_given_up(row).is_none_or(|given_up| office == Some(given_up)),
            SeatEvent::Leave | SeatEvent::PartyChange => false,
        }
}

/// What is to be said of somebody who sits somewhere, and has left the council by a decision since.
pub(crate) fn doubt((row, out): (&SeatRow, Date)) -> String {
    let council = row.seat.body.as_deref().unwrap_or("rådet");
    format!("Udtrådt af {council} {}; om pladsen her er intet besluttet", danish::date(out))
}

/// The one row that several are of: of one person.
fn only<'a>(mut rows: impl Iterator<Item = &'a SeatRow>) -> Option<&'a SeatRow> {
    let first = rows.next()?;
    rows.all(|row| row.person_key == first.person_key).then_some(first)
}

pub(crate) fn is_decided(row: &SeatRow) -> bool {
    row.seat.status == SeatStatus::Decided
}

/// `Ida Holm (A)`.
pub(crate) fn named(name: &str, party: Option<&str>) -> String {
    party.map_or_else(|| name.to_owned(), |party| format!("{name} ({party})"))
}
