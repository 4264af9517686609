//! Who was at which meeting, who was not, and who stood in.

use jiff::civil::Date;
use minutes::{Document, InPart, Role, Substitute, person};
use rusqlite::{Connection, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use super::meetings::{MEETING, Meeting, meeting};
use super::values::{Iso, Word};

/// What a meeting's attendance says of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Was {
    /// Named among those who were there.
    Present,
    /// Named among those who were not.
    Absent,
    /// Stood in for another one.
    Substitute,
}

/// One name in the attendance of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttendanceRow {
    /// The name as printed.
    pub person: String,
    /// What it is compared by, see [`minutes::person::key`].
    pub person_key: String,
    /// What is said.
    pub was: Was,
    /// For whom somebody stood in; who stood in for somebody absent. None where the minutes do not say.
    pub other: Option<String>,
    /// The office printed beside the name, if any: it shows that somebody had it that day, and decides nothing.
    pub role: Option<Role>,
    /// The party printed beside the name, if any.
    pub party: Option<String>,
    /// The meeting.
    pub meeting: Meeting,
}

/// Somebody who was at a meeting in part only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InPartRow {
    /// The name, the minutes' words, and the item under which they stand.
    pub in_part: InPart,
    /// The meeting.
    pub meeting: Meeting,
}

pub(super) fn insert(
    transaction: &Transaction<'_>,
    id: i64,
    document: &Document,
    body_key: &str,
) -> rusqlite::Result<()> {
    let attendance = &document.attendance;
    let present = attendance.present.iter().map(|name| (name, Was::Present, None));
    let absent = attendance.absent.iter().map(|name| (name, Was::Absent, came_for(attendance, name)));
    let substitutes = attendance.substitutes.iter();
    let substitutes = substitutes.map(|one| (&one.person, Was::Substitute, one.stands_in_for.as_ref()));
    let mut statement = transaction.prepare_cached(
        "INSERT INTO attendance (document, body_key, date, person, person_key, was, other, role, party)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let date = document.date.map(Iso);
    for (name, was, other) in present.chain(absent).chain(substitutes) {
        let key = person::key(name);
        let listed = attendance.listed.iter().find(|listed| listed.person == *name);
        let role = listed.and_then(|listed| listed.role).map(Word);
        let party = listed.and_then(|listed| listed.party.as_ref());
        statement.execute(params![id, body_key, date, name, key, Word(was), other, role, party])?;
    }
    let mut statement = transaction.prepare_cached(
        "INSERT INTO in_part (document, person, person_key, told, item) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for InPart { person: name, told, item } in &attendance.in_part {
        statement.execute(params![id, name, person::key(name), told, item])?;
    }
    Ok(())
}

/// Who stood in for somebody absent.
fn came_for<'a>(attendance: &'a minutes::Attendance, absent: &str) -> Option<&'a String> {
    let is_for = |one: &&Substitute| one.stands_in_for.as_deref() == Some(absent);
    attendance.substitutes.iter().find(is_for).map(|one| &one.person)
}

pub(crate) fn of_person(
    connection: &Connection,
    person_key: &str,
    limit: usize,
) -> rusqlite::Result<Vec<AttendanceRow>> {
    let sql = format!(
        "SELECT a.person, a.person_key, a.was, a.other, a.role, a.party, {MEETING}
         FROM attendance a JOIN documents d ON d.id = a.document
         WHERE a.person_key = ?1 AND a.was <> 'present' ORDER BY a.date DESC, a.id LIMIT ?2"
    );
    let limit = super::count(limit);
    connection.prepare_cached(&sql)?.query_map(params![person_key, limit], row)?.collect()
}

/// Who was not there by a document, and who stood in, as printed.
pub(crate) fn away(connection: &Connection, document: i64) -> rusqlite::Result<Vec<AttendanceRow>> {
    let sql = format!(
        "SELECT a.person, a.person_key, a.was, a.other, a.role, a.party, {MEETING}
         FROM attendance a JOIN documents d ON d.id = a.document
         WHERE a.document = ?1 AND a.was <> 'present' ORDER BY a.id"
    );
    connection.prepare_cached(&sql)?.query_map([document], row)?.collect()
}

/// Who was at a meeting in part only, by a document, as printed.
pub(crate) fn in_part(connection: &Connection, document: i64) -> rusqlite::Result<Vec<InPartRow>> {
    let sql = format!(
        "SELECT p.person, p.told, p.item, {MEETING} FROM in_part p JOIN documents d ON d.id = p.document
         WHERE p.document = ?1 ORDER BY p.id"
    );
    connection.prepare_cached(&sql)?.query_map([document], in_part_row)?.collect()
}

/// The last meetings at which somebody was in part only.
pub(crate) fn in_part_of(
    connection: &Connection,
    person_key: &str,
    limit: usize,
) -> rusqlite::Result<Vec<InPartRow>> {
    let sql = format!(
        "SELECT p.person, p.told, p.item, {MEETING} FROM in_part p JOIN documents d ON d.id = p.document
         WHERE p.person_key = ?1 ORDER BY d.date DESC, p.id LIMIT ?2"
    );
    let limit = super::count(limit);
    connection.prepare_cached(&sql)?.query_map(params![person_key, limit], in_part_row)?.collect()
}

fn in_part_row(row: &Row<'_>) -> rusqlite::Result<InPartRow> {
    let in_part = InPart { person: row.get(0)?, told: row.get(1)?, item: row.get(2)? };
    Ok(InPartRow { in_part, meeting: meeting(row, 3)? })
}

/// The last meeting of each body at which somebody was, by what is printed beside the name, the last first.
pub(crate) fn present(connection: &Connection, person_key: &str) -> rusqlite::Result<Vec<AttendanceRow>> {
    let sql = format!(
        "SELECT a.person, a.person_key, a.was, a.other, a.role, a.party, {MEETING}, max(a.date)
         FROM attendance a JOIN documents d ON d.id = a.document
         WHERE a.person_key = ?1 AND (a.was = 'present' OR a.role IS NOT NULL OR a.party IS NOT NULL)
         GROUP BY a.body_key, a.was, a.role, a.party ORDER BY max(a.date) DESC, a.id"
    );
    connection.prepare_cached(&sql)?.query_map([person_key], row)?.collect()
}

/// Everybody named in the attendance of a body's meetings in a span of days, each with the last meeting that names them with the
/// same office and party, the last meeting first.
pub(crate) fn of_body(
    connection: &Connection,
    body_key: &str,
    (from, to): (Date, Date),
) -> rusqlite::Result<Vec<AttendanceRow>> {
    // With max(), SQLite takes the other columns from the row that has it ("Bare columns in an aggregate query").
    let sql = format!(
        "SELECT a.person, a.person_key, a.was, a.other, a.role, a.party, {MEETING}, max(a.date)
         FROM attendance a JOIN documents d ON d.id = a.document
         WHERE a.body_key = ?1 AND a.date BETWEEN ?2 AND ?3
         GROUP BY a.person_key, a.role, a.party ORDER BY max(a.date) DESC, a.id"
    );
    connection.prepare_cached(&sql)?.query_map(params![body_key, Iso(from), Iso(to)], row)?.collect()
}

fn row(row: &Row<'_>) -> rusqlite::Result<AttendanceRow> {
    Ok(AttendanceRow {
        person: row.get(0)?,
        person_key: row.get(1)?,
        was: row.get::<_, Word<Was>>(2)?.0,
        other: row.get(3)?,
        role: row.get::<_, Option<Word<Role>>>(4)?.map(|role| role.0),
        party: row.get(5)?,
        meeting: meeting(row, 6)?,
    })
}
