//! Who sits where: places put together from all that the minutes decided about them.

use index::SeatRow;
use jiff::ToSpan;
use jiff::civil::Date;
use minutes::{Role, SeatEvent, SeatStatus, person};

use crate::danish;

/// Years of a council's term, and a year in which one began: the four years from 1 January after an election
/// (kommunal- og regionalvalgloven). A seat without a printed end lasts no longer than that.
const TERM_YEARS: i16 = 4;
const A_TERM_BEGAN: i16 = 2018;

/// A person's place, put together from all that was decided about it.
pub(crate) struct Place<'a> {
    /// See [`person::key`].
    pub(crate) key: String,
    /// The highest office had, as long as nobody else was given it.
    pub(crate) role: Role,
    /// The first day.
    pub(crate) from: Date,
    /// The last day.
    pub(crate) to: Date,
    /// The minutes tell the last day; otherwise the council's term bounds it.
    pub(crate) end_told: bool,
    /// What was decided last of that office.
    pub(crate) row: &'a SeatRow,
}

impl Place<'_> {
    /// Whether it is held on that day.
    pub(crate) fn is_held(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// `1. januar 2018–31. december 2021`; what the minutes do not tell of it is said.
    pub(crate) fn period(&self) -> String {
        let since =
            if self.row.seat.from.is_some() { "" } else { " (mødets dag; begyndelsen er ikke nævnt)" };
        if self.end_told {
            format!("{}{since}", danish::period(self.from, self.to))
        } else {
            format!("fra {}{since}; slutdatoen er ikke nævnt", danish::date(self.from))
        }
    }
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

/// Everybody who ever had a place, with its first and last day.
pub(crate) fn places(rows: &[SeatRow]) -> Vec<Place<'_>> {
    let mut places: Vec<Place<'_>> = Vec::new();
    for row in rows.iter().filter(|row| row.seat.status == SeatStatus::Decided) {
        let Some(decided) = row.meeting.date else { continue };
        let key = person::key(&row.seat.person);
        match row.seat.event {
            SeatEvent::Appointed => appoint(&mut places, row, key, decided),
            SeatEvent::Leaving => {
                let first_day_out = row.seat.to.unwrap_or(decided);
                let last = first_day_out.saturating_sub(1.day());
                for place in places.iter_mut().filter(|place| place.key == key && place.to > last) {
                    (place.to, place.end_told) = (last, true);
                }
            }
            SeatEvent::Leave | SeatEvent::PartyChange => {}
        }
    }
    places
}

fn appoint<'a>(places: &mut Vec<Place<'a>>, row: &'a SeatRow, key: String, decided: Date) {
    let from = row.seat.from.unwrap_or(decided);
    let to = row.seat.to.unwrap_or_else(|| end_of_term(from));
    let end_told = row.seat.to.is_some();
    let role = row.seat.role;
    // One office, one holder: whoever had it before goes on as a member.
    if matches!(role, Role::Chair | Role::ViceChair | Role::Mayor) {
        for other in
            places.iter_mut().filter(|other| other.role == role && other.key != key && other.to >= from)
        {
            other.role = Role::Member;
        }
    }
    match places.iter_mut().find(|place| place.key == key && place.to >= from) {
        Some(place) => {
            if rank(role) < rank(place.role) {
                (place.role, place.row) = (role, row);
            }
            if end_told {
                (place.to, place.end_told) = (to, true);
            }
        }
        None => places.push(Place { key, role, from, to, end_told, row }),
    }
}

/// The last day of the council's term that a day lies in.
fn end_of_term(day: Date) -> Date {
    let into_term = (day.year() - A_TERM_BEGAN).rem_euclid(TERM_YEARS);
    let last_year = day.year() - into_term + TERM_YEARS - 1;
    Date::new(last_year, 12, 31).unwrap_or(day)
}

/// Who said before a day that they wish to leave, and has not left by decision since.
pub(crate) fn announced(rows: &[SeatRow], date: Date) -> Vec<&SeatRow> {
    let mut leaving: Vec<&SeatRow> = Vec::new();
    for row in rows.iter().filter(|row| row.meeting.date.is_some_and(|told| told <= date)) {
        let key = person::key(&row.seat.person);
        // Whatever was decided about a person later settles the wish.
        leaving
            .retain(|other| row.seat.status != SeatStatus::Decided || person::key(&other.seat.person) != key);
        let wishes = row.seat.event == SeatEvent::Leaving && row.seat.status == SeatStatus::Requested;
        if wishes && !leaving.iter().any(|other| person::key(&other.seat.person) == key) {
            leaving.push(row);
        }
    }
    leaving
}

/// `Ida Holm (A)`.
pub(crate) fn named(row: &SeatRow) -> String {
    let party = row.seat.party.as_deref().map(|party| format!(" ({party})")).unwrap_or_default();
    format!("{}{party}", row.seat.person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_end_with_the_councils() {
        for (day, end) in
            [("2018-01-01", "2021-12-31"), ("2021-12-31", "2021-12-31"), ("2014-03-25", "2017-12-31")]
        {
            assert_eq!(end_of_term(day.parse().unwrap()).to_string(), end);
        }
    }
}
