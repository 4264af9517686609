//! Which party somebody sits for, by the words of that term: letters go from one list to another.

use index::SeatRow;
use jiff::civil::Date;
use minutes::{SeatEvent, term};

use super::{Basis, Place, is_decided};

/// What is said of parties in a body, and of changes of party in any.
pub(crate) struct Parties<'a> {
    pub(super) rows: &'a [SeatRow],
    pub(super) changes: &'a [SeatRow],
}

/// A member who went on under another party.
pub(crate) struct Changed<'a> {
    /// The decision or notice.
    pub(crate) row: &'a SeatRow,
    /// The first day.
    pub(crate) day: Date,
    /// The party before, as printed; None when it is not told.
    pub(crate) before: Option<&'a str>,
}

impl<'a> Parties<'a> {
    /// The party of somebody on a day, and its name where the minutes of the term tell both letter and name; None when the
    /// party is not told.
    pub(crate) fn of(&self, place: &Place<'a>, day: Date) -> Option<String> {
        let printed = match self.changed(&place.key, day) {
            Some(change) => change.row.seat.party.as_deref()?,
            None => self.printed(place, day)?,
        };
        Some(self.with_name(printed, day))
    }

    /// The last change of party in the term, on that day or before.
    pub(crate) fn changed(&self, key: &str, day: Date) -> Option<Changed<'a>> {
        let (first, _) = term::of(day);
        let row = self
            .changes
            .iter()
            .rev()
            .filter(|row| is_decided(row) && row.person_key == key)
            .find(|row| since(row).is_some_and(|since| first <= since && since <= day))?;
        let told = since(row)?;
        let before = self.printed_rows(key, day).find(|row| since(row).is_some_and(|since| since < told));
        Some(Changed { row, day: told, before: before.and_then(|row| row.seat.party.as_deref()) })
    }

    /// The change of party that somebody told in the term, on that day or before, and that nothing shows to have taken place: what
    /// they told last, if no change came after it.
    pub(crate) fn announced(&self, key: &str, day: Date) -> Option<&'a SeatRow> {
        let (first, _) = term::of(day);
        let told = |row: &&SeatRow| {
            row.person_key == key && row.meeting.date.is_some_and(|told| first <= told && told <= day)
        };
        self.changes.iter().rev().find(told).filter(|row| !is_decided(row))
    }

    /// What is printed beside the name: by the list or the deciding minutes, else by others of the term.
    fn printed(&self, place: &Place<'a>, day: Date) -> Option<&'a str> {
        let own = match place.basis {
            Basis::Minutes(row) => row.seat.party.as_deref(),
            Basis::Roster(seat) => seat.party.as_deref(),
        };
        own.or_else(|| self.printed_rows(&place.key, day).find_map(|row| row.seat.party.as_deref()))
    }

    /// Rows of the term that print somebody's party, the last first; changes left out.
    fn printed_rows(&self, key: &str, day: Date) -> impl Iterator<Item = &'a SeatRow> {
        let (first, _) = term::of(day);
        self.rows.iter().rev().filter(move |row| {
            row.person_key == key
                && row.seat.party.is_some()
                && row.seat.event != SeatEvent::PartyChange
                && row.term() == Some(first)
        })
    }

    /// `G, Borgerlisten` where the minutes of the term print somebody now with the one and now with the other.
    fn with_name(&self, printed: &str, day: Date) -> String {
        let (first, _) = term::of(day);
        // A change of party, also one that comes later, names another list than the letter's.
        let in_term = |row: &&SeatRow| {
            row.term() == Some(first) && row.seat.party.is_some() && row.seat.event != SeatEvent::PartyChange
        };
        let same = |row: &&SeatRow| row.seat.party.as_deref() == Some(printed);
        let mut others: Vec<&str> = Vec::new();
        for row in self.rows.iter().filter(in_term).filter(same) {
            // Who changed party stands with two that are not one.
            if self.changes.iter().any(|change| change.person_key == row.person_key) {
                continue;
            }
            let of_person =
                self.rows.iter().filter(in_term).filter(|other| other.person_key == row.person_key);
            for other in of_person.filter_map(|other| other.seat.party.as_deref()) {
                if is_letter(other) != is_letter(printed) && !others.contains(&other) {
                    others.push(other);
                }
            }
        }
        match others.as_slice() {
            [name] if is_letter(printed) => format!("{printed}, {name}"),
            [letter] => format!("{letter}, {printed}"),
            _ => printed.to_owned(),
        }
    }
}

/// The day from which a row counts.
fn since(row: &SeatRow) -> Option<Date> {
    row.seat.from.or(row.meeting.date)
}

/// Whether a party is given by its letter.
pub(super) fn is_letter(party: &str) -> bool {
    party.chars().count() == 1
}
