//! What the lists of who was at a body's meetings print beside names: that somebody had an office or a party that day. Nothing is
//! decided by it.

use index::{AttendanceRow, Was};
use jiff::civil::Date;
use minutes::{Role, person};

use super::{Place, Seated, Sitting, named};
use crate::danish;

/// Offices that a list may tell. One person holds each, but a council may have several deputies of its mayor.
const OFFICES: [Role; 4] = [Role::Mayor, Role::DeputyMayor, Role::Chair, Role::ViceChair];

/// Everybody named in the attendance of a body's meetings in a term, up to a day: the last meeting first, as
/// [`index::Archive::attended`] gives them.
#[derive(Clone, Copy)]
pub(crate) struct AttendanceLists<'a>(pub(crate) &'a [AttendanceRow]);

impl<'a> AttendanceLists<'a> {
    /// Whom the last list that prints an office beside a name gives it to; none where no list does.
    fn holders(self, role: Role) -> impl Iterator<Item = &'a AttendanceRow> {
        let has = move |row: &&AttendanceRow| row.role == Some(role) && row.was != Was::Substitute;
        let last = self.0.iter().filter(has).filter_map(|row| row.meeting.date).max();
        self.0.iter().filter(has).filter(move |row| last.is_some() && row.meeting.date == last)
    }

    /// The list that last gave somebody an office, if it is the last one to give that office to anybody.
    pub(crate) fn office(self, key: &str) -> Option<&'a AttendanceRow> {
        let key = self.spelt(key)?;
        OFFICES.into_iter().find_map(|role| self.holders(role).find(|row| row.person_key == key))
    }

    /// How many the last meeting's list names as present, whole names all, besides those of whom decisions tell and those who stood in.
    pub(crate) fn others(self, is_known: impl Fn(&str) -> bool) -> usize {
        let last = self.0.iter().filter_map(|row| row.meeting.date).max();
        let at_last = || self.0.iter().filter(|row| row.meeting.date == last);
        let stood_in = |row: &AttendanceRow| {
            at_last().any(|other| other.was == Was::Substitute && other.person_key == row.person_key)
        };
        at_last()
            .filter(|row| row.was == Was::Present && row.person_key.contains(' '))
            .filter(|row| !stood_in(row) && !is_known(&row.person_key))
            .count()
    }

    /// The party that a list last printed beside somebody's name.
    pub(crate) fn party(self, key: &str) -> Option<&'a str> {
        let key = self.spelt(key)?;
        self.0.iter().find(|row| row.party.is_some() && row.person_key == key)?.party.as_deref()
    }

    /// The key under which the lists have somebody, perhaps by another spelling.
    fn spelt(self, key: &str) -> Option<&'a str> {
        let is_known = |row: &&AttendanceRow| row.person_key == key;
        if let Some(row) = self.0.iter().find(is_known) {
            return Some(&row.person_key);
        }
        let keys: Vec<&'a str> = self.0.iter().map(|row| row.person_key.as_str()).collect();
        person::find(key, &keys).and_then(|found| keys.into_iter().find(|known| *known == found))
    }

    /// `Anna Krogh (A)`.
    pub(crate) fn named(self, row: &AttendanceRow) -> String {
        named(&row.person, row.party.as_deref().or_else(|| self.party(&row.person_key)))
    }

    /// Offices of which no decision tells who has them, or another one: the list, and what it tells as a sentence.
    pub(crate) fn told(
        self,
        seated: &Seated<'_>,
        sitting: &[Sitting<'_, '_>],
        asked: Date,
    ) -> Vec<(&'a AttendanceRow, String)> {
        let mut told = Vec::new();
        for role in OFFICES {
            for row in self.holders(role) {
                let Some(day) = row.meeting.date else { continue };
                let is_theirs =
                    |place: &Place<'_>| is_one(place.role, role) && is_same(&place.key, &row.person_key);
                // Who had the office that day has it no longer, or still; so has who gave it up since.
                if seated.places.iter().any(|place| is_theirs(place) && place.is_held(day))
                    || gave_up(seated, role, row, asked)
                {
                    continue;
                }
                // A deputy that was chosen says nothing of another one.
                let may_differ = role != Role::DeputyMayor;
                let has = sitting
                    .iter()
                    .find(|one| may_differ && is_one(one.place.role, role) && !one.place.acting);
                let (name, office, day_said) = (self.named(row), danish::role(role), danish::date(day));
                let said = match has {
                    None => format!(
                        "{name} er nævnt som {office} i fremmødelisten den {day_said}; en beslutning om det er ikke i referaterne."
                    ),
                    Some(one) if one.place.is_held(day) => format!(
                        "Uenighed: fremmødelisten den {day_said} nævner {name} som {office}, ikke {}.",
                        seated.name(one.place)
                    ),
                    Some(_) => continue,
                };
                told.push((row, said));
            }
        }
        told
    }

    /// What a list says of the office of somebody who has another one by what was decided, or the same one: None then.
    pub(crate) fn besides(self, seated: &Seated<'_>, place: &Place<'_>, asked: Date) -> Option<String> {
        let row = self.office(&place.key)?;
        let role =
            row.role.filter(|role| !is_one(*role, place.role) && !gave_up(seated, *role, row, asked))?;
        let day = row.meeting.date.filter(|day| place.is_held(*day))?;
        Some(format!("nævnt som {} den {}", danish::role(role), danish::date(day)))
    }
}

/// Whether somebody gave up an office by decision after the list that gives it to them, on a day or before.
fn gave_up(seated: &Seated<'_>, role: Role, row: &AttendanceRow, day: Date) -> bool {
    seated.departures(day).iter().any(|(left, out)| {
        is_one(left.seat.role, role)
            && is_same(&left.person_key, &row.person_key)
            && row.meeting.date.is_some_and(|told| told <= *out)
    })
}

/// Whether two words are of one office: a council's mayor is its chair.
fn is_one(one: Role, other: Role) -> bool {
    let of_chair = |role: Role| if role == Role::Mayor { Role::Chair } else { role };
    of_chair(one) == of_chair(other)
}

/// Whether two names are spellings of one person's.
fn is_same(one: &str, other: &str) -> bool {
    one == other || person::find(one, &[other]).is_some()
}
