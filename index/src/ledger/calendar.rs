//! Follow-ups as they were given out to calendars. A calendar knows an event by its UID and takes a change of it only with a higher
//! SEQUENCE (RFC 5545, section 3.8.7.4), so what was given out is kept here.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::store::values::{Iso, Json, Millis};

/// A follow-up as an event of a calendar. All texts are as they are shown, on any number of lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarEvent {
    /// What calendars know it by, for ever.
    pub uid: String,
    /// The body that is to act, or else that met, see [`minutes::body::key`].
    pub body_key: String,
    /// The case, see [`minutes::case_number::key`]; None without a number, and of what was given out before it was kept.
    #[serde(default)]
    pub case_key: Option<String>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// It will not be then.
    pub is_cancelled: bool,
    /// What it is, one line.
    pub summary: String,
    /// The words that say so, and where they stand.
    pub description: String,
    /// The page that they stand on.
    pub url: Option<String>,
}

/// An event with what tells calendars whether theirs is older.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRevision {
    /// The event.
    pub event: CalendarEvent,
    /// 0 when it was first given out, one more with every change since.
    pub sequence: u32,
    /// When it was first given out or last changed.
    pub revised_at: Timestamp,
}

const COLUMNS: &str = "content, sequence, revised_at";

/// Every event given out that ends on a day or later, of one body or of all.
pub(crate) fn given_out(
    connection: &Connection,
    body_key: Option<&str>,
    from: Date,
) -> rusqlite::Result<Vec<CalendarRevision>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM calendar WHERE to_date >= ?1 AND (?2 IS NULL OR body_key = ?2) ORDER BY to_date, uid"
    );
    connection.prepare_cached(&sql)?.query_map(params![Iso(from), body_key], revision)?.collect()
}

/// How these events stand, without noting anything: None where one of them is new or another than it was.
pub(crate) fn unchanged(
    connection: &Connection,
    events: &[CalendarEvent],
) -> rusqlite::Result<Option<Vec<CalendarRevision>>> {
    let mut known = Vec::with_capacity(events.len());
    for event in events {
        match one(connection, &event.uid)?.filter(|known| known.event == *event) {
            Some(revision) => known.push(revision),
            None => return Ok(None),
        }
    }
    Ok(Some(known))
}

/// Notes events as given out now, and gives each its sequence.
pub(super) fn give_out(
    connection: &Connection,
    events: &[CalendarEvent],
    now: Timestamp,
) -> rusqlite::Result<Vec<CalendarRevision>> {
    let sql = "
        INSERT INTO calendar (uid, body_key, to_date, sequence, revised_at, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (uid) DO UPDATE SET (body_key, to_date, sequence, revised_at, content)
            = (excluded.body_key, excluded.to_date, excluded.sequence, excluded.revised_at, excluded.content)";
    let mut all = Vec::with_capacity(events.len());
    for event in events {
        let known = one(connection, &event.uid)?;
        if let Some(same) = known.as_ref().filter(|known| known.event == *event) {
            all.push(same.clone());
            continue;
        }
        let sequence = known.map_or(0, |known| known.sequence + 1);
        connection.prepare_cached(sql)?.execute(params![
            event.uid,
            event.body_key,
            Iso(event.to),
            sequence,
            Millis(now),
            Json(event)
        ])?;
        all.push(CalendarRevision { event: event.clone(), sequence, revised_at: now });
    }
    Ok(all)
}

fn one(connection: &Connection, uid: &str) -> rusqlite::Result<Option<CalendarRevision>> {
    let sql = format!("SELECT {COLUMNS} FROM calendar WHERE uid = ?1");
    connection.prepare_cached(&sql)?.query_row([uid], revision).optional()
}

fn revision(row: &Row<'_>) -> rusqlite::Result<CalendarRevision> {
    Ok(CalendarRevision {
        event: row.get::<_, Json<CalendarEvent>>(0)?.0,
        sequence: row.get(1)?,
        revised_at: row.get::<_, Millis>(2)?.0,
    })
}
