//! A case: what was treated under its number, and the sum of it.

use std::collections::HashSet;

use jiff::civil::Date;
use minutes::{CaseNumber, Outcome};
use rusqlite::{Connection, Row, params};

use super::meetings::{self, Treatment, date};
use super::values::{Iso, Word};

/// All of a case in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseSummary {
    /// The number as last printed.
    pub case_number: CaseNumber,
    /// What numbers are compared by, see [`minutes::case_number::key`].
    pub key: String,
    /// The newest title.
    pub title: Option<String>,
    /// The day of the last meeting that had it on the agenda.
    pub last_date: Option<Date>,
    /// The body of the last such meeting.
    pub body: Option<String>,
    /// How many meetings had it; an agenda and the minutes of one meeting are one.
    pub meetings: u64,
}

/// A meeting that had a case on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseMeeting {
    /// The day; None when the document does not tell it.
    pub date: Option<Date>,
    /// What the body's name is compared by, see [`minutes::body::key`]; empty when there is no name.
    pub body_key: String,
    /// Whether any document of the meeting gives a decision.
    pub is_decided: bool,
}

/// The order of a case's treatments.
const OLDEST_FIRST: &str = "ORDER BY d.date, d.id, i.position";

pub(crate) fn treatments(connection: &Connection, key: &str) -> rusqlite::Result<Vec<Treatment>> {
    meetings::treatments(connection, &format!("WHERE i.case_key = ?1 {OLDEST_FIRST}"), [key])
}

pub(crate) fn treatments_on(
    connection: &Connection,
    key: &str,
    day: Option<Date>,
) -> rusqlite::Result<Vec<Treatment>> {
    let rest = format!("WHERE i.case_key = ?1 AND i.date IS ?2 {OLDEST_FIRST}");
    meetings::treatments(connection, &rest, params![key, day.map(Iso)])
}

pub(crate) fn case_meetings(connection: &Connection, key: &str) -> rusqlite::Result<Vec<CaseMeeting>> {
    let sql = "
        SELECT date, body_key, max(outcome <> ?2) FROM items
        WHERE case_key = ?1 GROUP BY date, body_key ORDER BY date, body_key";
    let meeting = |row: &Row<'_>| {
        Ok(CaseMeeting { date: date(row, 0)?, body_key: row.get(1)?, is_decided: row.get(2)? })
    };
    connection.prepare_cached(sql)?.query_map(params![key, Word(Outcome::None)], meeting)?.collect()
}

pub(crate) fn has(connection: &Connection, key: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM items WHERE case_key = ?1)";
    connection.prepare_cached(sql)?.query_row([key], |row| row.get(0))
}

/// The case in one row; None when nothing has this key.
pub(crate) fn summary(connection: &Connection, key: &str) -> rusqlite::Result<Option<CaseSummary>> {
    let sql = "
        SELECT i.case_number, i.title, d.date, d.body, d.body_key, d.id
        FROM items i JOIN documents d ON d.id = i.document
        WHERE i.case_key = ?1 ORDER BY d.date DESC, d.id DESC, i.position";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([key])?;
    let mut case: Option<CaseSummary> = None;
    let mut meetings: HashSet<(String, Option<Date>, i64)> = HashSet::new();
    while let Some(row) = rows.next()? {
        let date = date(row, 2)?;
        // Without a day there is nothing but the document to tell two meetings apart by.
        meetings.insert((row.get(4)?, date, if date.is_some() { 0 } else { row.get(5)? }));
        match &mut case {
            Some(case) => {
                case.title = case.title.take().or(row.get(1)?);
                case.body = case.body.take().or(row.get(3)?);
            }
            None => {
                case = CaseNumber::new(&row.get::<_, String>(0)?).map(|case_number| CaseSummary {
                    case_number,
                    key: key.to_owned(),
                    title: row.get(1).unwrap_or_default(),
                    last_date: date,
                    body: row.get(3).unwrap_or_default(),
                    meetings: 0,
                });
            }
        }
    }
    Ok(case.map(|case| CaseSummary { meetings: meetings.len() as u64, ..case }))
}
