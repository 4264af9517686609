//! Who was appointed to which body, recommended, or left.

use std::collections::HashMap;

use jiff::civil::Date;
use minutes::{Seat, SeatStatus};
use rusqlite::{Connection, Row, ToSql};

use super::meetings::{
    BodySummary, HEAD, ItemHead, MEETING, MEETING_WIDTH, Meeting, body, date, head, meeting,
};
use super::values::{Iso, Json, Word};

/// A seat and where it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatRow {
    /// The seat as read.
    pub seat: Seat,
    /// The meeting whose minutes say so.
    pub meeting: Meeting,
    /// The item that says so.
    pub item: Option<ItemHead>,
}

/// Somebody whose seats the minutes tell of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name as last printed.
    pub name: String,
    /// What names are compared by, see [`minutes::person::key`].
    pub key: String,
    /// Something was decided about a seat of theirs, not only proposed or asked for.
    pub decided: bool,
    /// The day on which a seat of theirs was last told of.
    pub last: Option<Date>,
    /// The rows that tell of them.
    seats: Vec<i64>,
}

/// Everybody by what their names are compared by; those that something was decided about first, then the last told of first.
pub(crate) fn people(connection: &Connection) -> rusqlite::Result<Vec<Person>> {
    let sql = "
        SELECT s.id, json_extract(s.detail, '$.person'), json_extract(s.detail, '$.status'), d.date
        FROM seats s JOIN documents d ON d.id = s.document ORDER BY d.date DESC, s.id";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut people: Vec<Person> = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(1)?;
        let key = minutes::person::key(&name);
        if key.is_empty() {
            continue;
        }
        let at = *places.entry(key.clone()).or_insert(people.len());
        if at == people.len() {
            people.push(Person { name, key, decided: false, last: date(row, 3)?, seats: Vec::new() });
        }
        people[at].decided |= row.get::<_, Word<SeatStatus>>(2)?.0 == SeatStatus::Decided;
        people[at].seats.push(row.get(0)?);
    }
    people.sort_by_key(|person| !person.decided);
    Ok(people)
}

pub(crate) fn of_person(connection: &Connection, person: &Person) -> rusqlite::Result<Vec<SeatRow>> {
    let mut found = Vec::with_capacity(person.seats.len());
    for seat in &person.seats {
        // Gone when the document was corrected since the person was looked up.
        found.extend(selected(connection, "WHERE s.id = ?1", seat)?);
    }
    found.sort_by_key(|row| row.meeting.date);
    Ok(found)
}

pub(crate) fn decided_days(connection: &Connection, body_key: &str) -> rusqlite::Result<Vec<Date>> {
    let sql = "
        SELECT DISTINCT d.date FROM seats s JOIN documents d ON d.id = s.document
        WHERE s.body_key = ?1 AND d.date IS NOT NULL AND json_extract(s.detail, '$.status') = 'decided'
        ORDER BY d.date DESC";
    connection.prepare_cached(sql)?.query_map([body_key], |row| Ok(row.get::<_, Iso>(0)?.0))?.collect()
}

pub(crate) fn seats(connection: &Connection, body_key: &str) -> rusqlite::Result<Vec<SeatRow>> {
    selected(connection, "WHERE s.body_key = ?1 ORDER BY d.date, d.id, s.id", body_key)
}

/// Seats with the rest of the statement given.
fn selected(connection: &Connection, rest: &str, parameter: impl ToSql) -> rusqlite::Result<Vec<SeatRow>> {
    let sql = format!(
        "SELECT s.detail, {MEETING}, {HEAD} FROM seats s JOIN documents d ON d.id = s.document
         LEFT JOIN items i ON i.document = s.document AND i.position = s.position {rest}"
    );
    connection.prepare_cached(&sql)?.query_map([parameter], row)?.collect()
}

fn row(row: &Row<'_>) -> rusqlite::Result<SeatRow> {
    Ok(SeatRow {
        seat: row.get::<_, Json<Seat>>(0)?.0,
        meeting: meeting(row, 1)?,
        item: head(row, 1 + MEETING_WIDTH)?,
    })
}

pub(crate) fn seated_bodies(connection: &Connection) -> rusqlite::Result<Vec<BodySummary>> {
    let sql = "
        SELECT s.body_key, count(*) AS rows, min(d.date), max(d.date),
            (SELECT n.body FROM seats n JOIN documents m ON m.id = n.document
             WHERE n.body_key = s.body_key ORDER BY m.date DESC, n.id DESC LIMIT 1)
        FROM seats s JOIN documents d ON d.id = s.document
        WHERE s.body_key <> '' AND d.date IS NOT NULL
        GROUP BY s.body_key ORDER BY rows DESC, s.body_key";
    connection.prepare_cached(sql)?.query_map([], body)?.collect()
}
