//! A case: what was treated under its number, and the sum of it.

use std::collections::HashSet;

use jiff::civil::Date;
use minutes::CaseNumber;
use rusqlite::Connection;

use super::meetings::{self, Treatment, date};

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

pub(crate) fn treatments(connection: &Connection, key: &str) -> rusqlite::Result<Vec<Treatment>> {
    meetings::treatments(connection, "WHERE i.case_key = ?1 ORDER BY d.date, d.id, i.position", key)
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
