//! The council's own list of seats (`council.roster` in bot.toml), which goes before what the minutes tell.

use std::borrow::Cow;
use std::collections::HashMap;

use index::{Archive, BodySummary, Person};
use jiff::civil::Date;
use minutes::{Role, body, person, term};

use crate::choose;

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
        let mut people: Vec<Person> = Vec::new();
        let mut at: HashMap<String, usize> = HashMap::new();
        for seat in &seats {
            let at = *at.entry(person::key(&seat.name)).or_insert_with(|| {
                people.push(Person::unheard_of(&seat.name));
                people.len() - 1
            });
            people[at].bodies.push(body::key(&seat.body));
        }
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

    /// The bodies of which the minutes tell nothing, each with the first seat in it and the nearest body that they tell of. Nothing as
    /// long as there are no minutes.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn unknown_bodies(
        &self,
        archive: &Archive,
    ) -> Result<Vec<(&RosterSeat, Option<String>)>, index::Error> {
        if self.seats.is_empty() {
            return Ok(Vec::new());
        }
        let mut known = archive.seated_bodies()?;
        known.extend(archive.bodies()?);
        if known.is_empty() {
            return Ok(Vec::new());
        }
        let mut unknown: Vec<(&RosterSeat, Option<String>)> = Vec::new();
        for seat in &self.seats {
            let key = body::key(&seat.body);
            let is_told = unknown.iter().any(|(other, _)| body::key(&other.body) == key);
            if is_told || known.iter().any(|body| body.key == key) {
                continue;
            }
            let nearest = choose::nearest_bodies(&seat.body, &known);
            unknown.push((seat, nearest.first().map(|body| body.name.clone())));
        }
        Ok(unknown)
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

    /// Those whom the minutes tell of, with how the list spells them, and those whom only the list names. A name on the list is
    /// somebody's in the minutes who sits in the same body and whom it alone fits.
    pub(crate) fn and<'p>(&'p self, told: &'p [Person]) -> Vec<Cow<'p, Person>> {
        let mut everybody: Vec<Cow<'p, Person>> = told.iter().map(Cow::Borrowed).collect();
        if self.people.is_empty() {
            return everybody;
        }
        let known: HashMap<&str, usize> = told
            .iter()
            .enumerate()
            .flat_map(|(at, person)| person.keys().into_iter().map(move |key| (key, at)))
            .collect();
        for own in &self.people {
            if known.contains_key(own.key.as_str()) {
                continue;
            }
            let near = told
                .iter()
                .enumerate()
                .filter(|(_, person)| person.bodies.iter().any(|body| own.bodies.contains(body)));
            let near: Vec<(&str, usize)> =
                near.flat_map(|(at, person)| person.keys().into_iter().map(move |key| (key, at))).collect();
            let keys: Vec<&str> = near.iter().map(|(key, _)| *key).collect();
            let same =
                person::find(&own.key, &keys).and_then(|key| near.iter().find(|(other, _)| *other == key));
            match same {
                Some((_, at)) => everybody[*at].to_mut().also(&own.key),
                None => everybody.push(Cow::Borrowed(own)),
            }
        }
        everybody
    }
}
