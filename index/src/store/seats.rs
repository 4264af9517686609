//! Who was appointed to which body, recommended, or left.

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::sync::Arc;

use jiff::civil::Date;
use minutes::person::{self, Mention};
use minutes::{Seat, SeatEvent, SeatStatus, term};
use rusqlite::{Connection, Params, Row, params};

use super::meetings::{BodySummary, HEAD, ItemHead, MEETING, MEETING_WIDTH, Meeting, body, head, meeting};
use super::values::{Iso, Json};

/// A seat and where it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatRow {
    /// The seat as read.
    pub seat: Seat,
    /// What tells people apart: the same for all spellings of a name that are one person's in this body and term, see
    /// [`minutes::person::resolve`].
    pub person_key: String,
    /// The meeting whose minutes say so.
    pub meeting: Meeting,
    /// The item that says so.
    pub item: Option<ItemHead>,
}

impl SeatRow {
    /// The first day of the council's term that the row speaks of; None for a row without any day.
    pub fn term(&self) -> Option<Date> {
        term_of(&self.seat, self.meeting.date)
    }
}

/// Somebody whose seats are told of, or who is named in the attendance of meetings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name as last printed.
    pub name: String,
    /// What names are compared by, see [`minutes::person::key`].
    pub key: String,
    /// Keys of other spellings of the name.
    pub spellings: Vec<String>,
    /// Something was decided about a seat of theirs, not only proposed or asked for.
    pub decided: bool,
    /// The day on which a seat of theirs was last told of, or they were last at a meeting or away from one.
    pub last: Option<Date>,
    /// The bodies ([`minutes::body::key`]) of which they are told of.
    pub bodies: Vec<String>,
    /// The rows that tell of them.
    seats: Vec<i64>,
}

impl Person {
    /// Somebody whom no minutes tell of.
    pub fn unheard_of(name: &str) -> Self {
        let key = person::key(name);
        Self {
            name: name.to_owned(),
            key,
            spellings: Vec::new(),
            decided: true,
            last: None,
            bodies: Vec::new(),
            seats: Vec::new(),
        }
    }

    /// What all spellings of the name are compared by.
    pub fn keys(&self) -> Vec<&str> {
        std::iter::once(&self.key).chain(&self.spellings).map(String::as_str).collect()
    }

    /// Notes another spelling of the name.
    pub fn also(&mut self, key: &str) {
        if key != self.key && !self.spellings.iter().any(|known| known == key) {
            self.spellings.push(key.to_owned());
        }
    }
}

/// Everybody as they were at one moment; to be read as a list.
pub struct People(pub(crate) Arc<Everybody>);

impl Deref for People {
    type Target = [Person];

    fn deref(&self) -> &[Person] {
        &self.0.people
    }
}

/// Everybody, and which spellings are another name's.
pub(crate) struct Everybody {
    /// Those that something was decided about first, then the last told of first; last those whom only attendance names.
    pub(crate) people: Vec<Person>,
    names: Names,
}

/// For a body and the first day of a term: the spellings that are another name's.
type Names = HashMap<(String, Date), BTreeMap<String, String>>;

/// A row as far as it tells who somebody is.
struct Told {
    id: i64,
    name: String,
    key: String,
    decided: bool,
    date: Option<Date>,
    /// The body and the term.
    group: Option<(String, Date)>,
    letter: Option<char>,
    list: Option<u64>,
}

pub(crate) fn everybody(connection: &Connection) -> rusqlite::Result<Everybody> {
    let sql = "SELECT id, detail, date, body_key, document, position FROM seats ORDER BY date DESC, id";
    let rows: Vec<Told> =
        connection.prepare_cached(sql)?.query_map([], told)?.collect::<rusqlite::Result<_>>()?;
    let mut groups: HashMap<&(String, Date), Vec<Mention<'_>>> = HashMap::new();
    for row in &rows {
        if let Some(group) = &row.group {
            let mention = Mention { key: &row.key, letter: row.letter, list: row.list };
            groups.entry(group).or_default().push(mention);
        }
    }
    let names: Names = groups
        .into_iter()
        .map(|(group, mentions)| (group.clone(), person::resolve(&mentions)))
        .filter(|(_, names)| !names.is_empty())
        .collect();
    let mut people = people(&rows, &names);
    attending(connection, &rows, &names, &mut people)?;
    Ok(Everybody { people, names })
}

/// Adds those whom only the attendance of meetings names, and how it spells the others. A name is somebody else's where only one of
/// those with a seat in that body and term fits it; a part of a name is nobody.
fn attending(
    connection: &Connection,
    rows: &[Told],
    names: &Names,
    people: &mut Vec<Person>,
) -> rusqlite::Result<()> {
    let mut seated: HashMap<&(String, Date), Vec<&str>> = HashMap::new();
    for row in rows {
        let Some(group) = &row.group else { continue };
        let key = names.get(group).and_then(|names| names.get(&row.key)).unwrap_or(&row.key);
        let known = seated.entry(group).or_default();
        if !known.contains(&key.as_str()) {
            known.push(key);
        }
    }
    let mut places: HashMap<String, usize> =
        people.iter().enumerate().map(|(at, person)| (person.key.clone(), at)).collect();
    // With max(), SQLite takes the other columns from the row that has it ("Bare columns in an aggregate query").
    let sql = "
        SELECT person, person_key, body_key, max(date) FROM attendance WHERE date IS NOT NULL
        GROUP BY body_key, person_key, substr(date, 1, 4) ORDER BY max(date) DESC";
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let (name, key, body_key, last): (String, String, String, Iso) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let group = (body_key, term::of(last.0).0);
        let other = names.get(&group).and_then(|names| names.get(&key)).cloned();
        let of_seat = || Some(person::find(&key, seated.get(&group)?)?.to_owned());
        let whose = other.or_else(of_seat).unwrap_or_else(|| key.clone());
        let at = match places.get(&whose) {
            Some(at) => *at,
            None if is_full(&whose) => {
                let bodies = vec![group.0.clone()];
                let last = Some(last.0);
                places.insert(whose.clone(), people.len());
                people.push(Person {
                    name,
                    key: whose,
                    decided: false,
                    last,
                    bodies,
                    ..Person::unheard_of("")
                });
                continue;
            }
            None => continue,
        };
        people[at].also(&key);
        if !people[at].bodies.contains(&group.0) {
            people[at].bodies.push(group.0);
        }
    }
    Ok(())
}

/// Whether a name has a first and a last name, neither of them an initial.
fn is_full(key: &str) -> bool {
    let mut words = key.split(' ');
    words.clone().count() > 1 && words.all(|word| word.chars().count() > 1)
}

fn people(rows: &[Told], names: &Names) -> Vec<Person> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut people: Vec<Person> = Vec::new();
    for row in rows.iter().filter(|row| !row.key.is_empty()) {
        let other = row.group.as_ref().and_then(|group| names.get(group)?.get(&row.key));
        let key = other.unwrap_or(&row.key);
        let at = *places.entry(key).or_insert(people.len());
        if at == people.len() {
            people.push(Person {
                name: row.name.clone(),
                key: key.clone(),
                spellings: Vec::new(),
                decided: false,
                last: row.date,
                bodies: Vec::new(),
                seats: Vec::new(),
            });
        }
        let person = &mut people[at];
        if row.key == person.key && person::key(&person.name) != person.key {
            person.name.clone_from(&row.name);
        }
        person.also(&row.key);
        if let Some((body, _)) = row.group.as_ref().filter(|(body, _)| !person.bodies.contains(body)) {
            person.bodies.push(body.clone());
        }
        person.decided |= row.decided;
        person.seats.push(row.id);
    }
    people.sort_by_key(|person| !person.decided);
    people
}

fn told(row: &Row<'_>) -> rusqlite::Result<Told> {
    let seat = row.get::<_, Json<Seat>>(1)?.0;
    let date = row.get::<_, Option<Iso>>(2)?.map(|iso| iso.0);
    let body_key: String = row.get(3)?;
    let term = term_of(&seat, date);
    let (document, position): (i64, Option<i64>) = (row.get(4)?, row.get(5)?);
    let mut letters = seat.party.as_deref().unwrap_or_default().chars();
    let is_listed = seat.event == SeatEvent::Appointed;
    Ok(Told {
        id: row.get(0)?,
        key: person::key(&seat.person),
        name: seat.person,
        decided: seat.status == SeatStatus::Decided,
        date,
        // Seats whose body is not named may be of different ones.
        group: term.filter(|_| !body_key.is_empty()).map(|term| (body_key, term)),
        letter: letters.next().filter(|_| letters.next().is_none()),
        list: is_listed.then(|| list(document, position.unwrap_or(-1), seat.role as u64)),
    })
}

/// A number for those whom an item gives the same office: they are different people.
fn list(document: i64, position: i64, role: u64) -> u64 {
    (document.unsigned_abs() << 32) | (position.unsigned_abs() << 8) | role
}

/// The first day of the term that a seat is of.
fn term_of(seat: &Seat, told: Option<Date>) -> Option<Date> {
    if let Some(day) = seat.from.or(seat.to) {
        return Some(term::of(day).0);
    }
    let day = told?;
    let is_next = seat.event == SeatEvent::Appointed && term::may_constitute(day);
    Some(if is_next { term::after(day).0 } else { term::of(day).0 })
}

impl Everybody {
    /// The key of the name that a row's spelling is.
    fn key(&self, body_key: &str, seat: &Seat, told: Option<Date>) -> String {
        let key = person::key(&seat.person);
        if self.names.is_empty() {
            return key;
        }
        let group = term_of(seat, told).map(|term| (body_key.to_owned(), term));
        group.and_then(|group| self.names.get(&group)?.get(&key).cloned()).unwrap_or(key)
    }
}

pub(crate) fn of_person(connection: &Connection, person: &Person) -> rusqlite::Result<Vec<SeatRow>> {
    let mut found = Vec::with_capacity(person.seats.len());
    for seat in &person.seats {
        // Gone when the document was corrected since the person was looked up.
        found.extend(selected(connection, "WHERE s.id = ?1", [seat], |_, _, _| person.key.clone())?);
    }
    found.sort_by_key(|row| row.meeting.date);
    Ok(found)
}

pub(crate) fn decided_days(connection: &Connection, body_key: &str) -> rusqlite::Result<Vec<Date>> {
    let sql = "
        SELECT DISTINCT date FROM seats
        WHERE body_key = ?1 AND date IS NOT NULL AND json_extract(detail, '$.status') = 'decided'
        ORDER BY date DESC";
    connection.prepare_cached(sql)?.query_map([body_key], |row| Ok(row.get::<_, Iso>(0)?.0))?.collect()
}

pub(crate) fn seats(
    connection: &Connection,
    everybody: &Everybody,
    body_key: &str,
) -> rusqlite::Result<Vec<SeatRow>> {
    let rest = "WHERE s.body_key = ?1 ORDER BY s.date, s.document, s.id";
    selected(connection, rest, [body_key], |body_key, seat, told| everybody.key(body_key, seat, told))
}

pub(crate) fn seats_since(
    connection: &Connection,
    everybody: &Everybody,
    body_key: &str,
    since: Date,
) -> rusqlite::Result<Vec<SeatRow>> {
    let rest = "WHERE s.body_key = ?1 AND (s.date >= ?2 OR s.date IS NULL) ORDER BY s.date, s.document, s.id";
    let values = params![body_key, Iso(since)];
    selected(connection, rest, values, |body_key, seat, told| everybody.key(body_key, seat, told))
}

pub(crate) fn party_changes(
    connection: &Connection,
    everybody: &Everybody,
    before: Date,
) -> rusqlite::Result<Vec<SeatRow>> {
    let rest = "WHERE s.event = 'party_change' AND s.date <= ?1 ORDER BY s.date, s.id";
    selected(connection, rest, [Iso(before)], |body_key, seat, told| everybody.key(body_key, seat, told))
}

/// Seats with the rest of the statement given, and who somebody in a body is.
fn selected(
    connection: &Connection,
    rest: &str,
    values: impl Params,
    person_key: impl Fn(&str, &Seat, Option<Date>) -> String,
) -> rusqlite::Result<Vec<SeatRow>> {
    let sql = format!(
        "SELECT s.detail, s.body_key, {MEETING}, {HEAD} FROM seats s JOIN documents d ON d.id = s.document
         LEFT JOIN items i ON i.document = s.document AND i.position = s.position {rest}"
    );
    let row = |row: &Row<'_>| {
        let (seat, meeting) = (row.get::<_, Json<Seat>>(0)?.0, meeting(row, 2)?);
        let person_key = person_key(row.get_ref(1)?.as_str()?, &seat, meeting.date);
        Ok(SeatRow { seat, person_key, meeting, item: head(row, 2 + MEETING_WIDTH)? })
    };
    connection.prepare_cached(&sql)?.query_map(values, row)?.collect()
}

/// Bodies by the name printed last, one with a capital before one within a sentence ("medlem af byrådet").
pub(crate) fn seated_bodies(connection: &Connection) -> rusqlite::Result<Vec<BodySummary>> {
    let sql = "
        SELECT s.body_key, count(*) AS rows, min(s.date), max(s.date),
            (SELECT n.body FROM seats n WHERE n.body_key = s.body_key
             ORDER BY n.body GLOB '[A-ZÆØÅ]*' DESC, n.date DESC, n.id DESC LIMIT 1)
        FROM seats s WHERE s.body_key <> '' AND s.date IS NOT NULL
        GROUP BY s.body_key ORDER BY rows DESC, s.body_key";
    connection.prepare_cached(sql)?.query_map([], body)?.collect()
}
