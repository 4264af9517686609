//! The council's own list of seats (`council.roster` in bot.toml), which goes before what the minutes tell.

use std::collections::HashSet;

use index::{BodySummary, Person};
use jiff::civil::Date;
use minutes::{Role, body, person, term};

/// The council's own list of seats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// The file's name, as answers cite it.
    file: String,
    seats: Vec<RosterSeat>,
    people: Vec<Person>,
}

/// A seat that the council vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterSeat {
    /// The line of the file, from 1.
    pub line: usize,
    /// The body.
    pub body: String,
    /// The person's name in full.
    pub name: String,
    /// The office.
    pub role: Role,
    /// The party as a letter or a name; None for members of no party and where it does not matter.
    pub party: Option<String>,
    /// The first day.
    pub from: Date,
    /// The last day; None: until the council's term ends, see [`RosterSeat::last`].
    pub to: Option<Date>,
}

impl RosterSeat {
    /// The last day: the one that the list tells, else the end of the term in which the seat was taken.
    pub fn last(&self) -> Date {
        self.to.unwrap_or_else(|| term::of(self.from).1)
    }
}

impl Roster {
    /// With the seats of a file.
    pub fn new(file: impl Into<String>, seats: Vec<RosterSeat>) -> Self {
        let mut seen = HashSet::new();
        let people = seats
            .iter()
            .filter(|seat| seen.insert(person::key(&seat.name)))
            .map(|seat| Person::unheard_of(&seat.name))
            .collect();
        Self { file: file.into(), seats, people }
    }

    /// The file's name.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// All seats, in the order of the file.
    pub fn seats(&self) -> &[RosterSeat] {
        &self.seats
    }

    /// The seats in a body ([`body::key`]).
    pub(crate) fn in_body(&self, key: &str) -> Vec<&RosterSeat> {
        self.seats.iter().filter(|seat| body::key(&seat.body) == key).collect()
    }

    /// The bodies that it names, as those of the minutes are told; `meetings` is the number of seats.
    pub(crate) fn bodies(&self) -> Vec<BodySummary> {
        let mut bodies: Vec<BodySummary> = Vec::new();
        for seat in &self.seats {
            let (key, last) = (body::key(&seat.body), seat.last());
            match bodies.iter_mut().find(|known| known.key == key) {
                Some(known) => {
                    known.meetings += 1;
                    known.first = known.first.min(seat.from);
                    known.last = known.last.max(last);
                }
                None => {
                    let (name, first) = (seat.body.clone(), seat.from);
                    bodies.push(BodySummary { key, name, meetings: 1, first, last });
                }
            }
        }
        bodies
    }

    /// Those whom the minutes tell of, and those whom only the list names.
    pub(crate) fn and<'p>(&'p self, told: &'p [Person]) -> Vec<&'p Person> {
        let mut only_here: Vec<&Person> = self.people.iter().collect();
        if !only_here.is_empty() {
            let known: HashSet<&str> = told
                .iter()
                .flat_map(|person| person.spellings.iter().chain([&person.key]))
                .map(String::as_str)
                .collect();
            only_here.retain(|person| !known.contains(person.key.as_str()));
        }
        told.iter().chain(only_here).collect()
    }
}
