//! What the minutes and the council's own list disagree about.

use jiff::civil::Date;
use minutes::Role;

use super::party::is_letter;
use super::{Basis, End, Place, Seated, rank};
use crate::danish;
use crate::treatment;

impl<'a> Seated<'a> {
    /// What is said otherwise of somebody who sits; empty without a list.
    pub(super) fn odds(&self, place: &Place<'a>, day: Date) -> Vec<String> {
        if self.by_minutes.is_empty()
            && self.places.iter().all(|place| matches!(place.basis, Basis::Minutes(_)))
        {
            return Vec::new();
        }
        match place.basis {
            Basis::Roster(_) => self.odds_of_minutes(place, day),
            Basis::Minutes(_) => self.odds_of_list(place, day),
        }
    }

    /// Those who sit by the minutes, but not by the list, which names them in the term.
    pub(crate) fn not_by_list(&self, day: Date) -> Vec<&Place<'a>> {
        let holds = |key: &str| self.places.iter().any(|place| place.key == key && place.is_held(day));
        let mut found: Vec<&Place<'a>> = Vec::new();
        for place in self.by_minutes.iter().filter(|place| place.is_held(day) && !holds(&place.key)) {
            match found.iter_mut().find(|known| known.key == place.key) {
                Some(known) if rank(place.role) < rank(known.role) => *known = place,
                Some(_) => {}
                None => found.push(place),
            }
        }
        found
    }

    fn odds_of_minutes(&self, own: &Place<'a>, day: Date) -> Vec<String> {
        let held = self.by_minutes.iter().filter(|place| place.key == own.key && place.is_held(day));
        let Some(told) = held.min_by_key(|place| rank(place.role)) else {
            let left = self.by_minutes.iter().rev().find_map(|place| match place.end {
                End::Left(row) if place.key == own.key && place.to < day => Some((row, place.to)),
                _ => None,
            });
            return left
                .map(|(row, last)| {
                    let source = treatment::place(&row.meeting, None);
                    format!("Referaterne siger: til {} ({source})", danish::date(last))
                })
                .into_iter()
                .collect();
        };
        let Basis::Minutes(row) = told.basis else { return Vec::new() };
        let mut otherwise = Vec::new();
        if told.role != own.role {
            otherwise.push(told.office());
        }
        if let (Some(one), Basis::Roster(seat)) = (self.parties.of(told, day), own.basis)
            && let Some(other) = seat.party.as_deref()
            && is_letter(&one) == is_letter(other)
            && one != other
        {
            otherwise.push(format!("parti {one}"));
        }
        if told.from_told && told.from != own.from && told.role == own.role {
            otherwise.push(format!("fra {}", danish::date(told.from)));
        }
        if told.end != End::Term && own.end != End::Term && told.to != own.to && told.role == own.role {
            otherwise.push(format!("til {}", danish::date(told.to)));
        }
        if otherwise.is_empty() {
            return Vec::new();
        }
        let source = treatment::place(&row.meeting, None);
        vec![format!("Referaterne siger: {} ({source})", otherwise.join(", "))]
    }

    fn odds_of_list(&self, place: &Place<'a>, day: Date) -> Vec<String> {
        let on_list = |own: &&Place<'a>| matches!(own.basis, Basis::Roster(_)) && own.is_held(day);
        let mut list = self.places.iter().filter(on_list).peekable();
        if list.peek().is_none() {
            return Vec::new();
        }
        let by_minutes = self.by_minutes.iter().filter(|told| told.key == place.key && told.is_held(day));
        let office = by_minutes.map(|told| told.role).min_by_key(|role| rank(*role));
        let taken = office.filter(|office| *office != place.role && *office != Role::Member);
        let holder = taken.and_then(|office| list.find(|own| own.role == office).map(|own| (office, own)));
        vec![match holder {
            Some((office, own)) => {
                let office = danish::role(office);
                format!("Referaterne siger: {office}. Rådets egen liste har {} som {office}", own.name())
            }
            None => "Står ikke på rådets egen liste".to_owned(),
        }]
    }
}
