//! Cases: what was treated under a case number, and which cases a number typed may mean.

use std::cmp::Reverse;
use std::collections::HashSet;

use jiff::civil::Date;
use minutes::CaseNumber;
use rusqlite::{Connection, params};

use super::meetings::{self, Treatment, date};

/// Numbers looked at closely when the nearest to a typed one are sought.
const MAX_NEAR: usize = 64;

/// A case in one row.
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

pub(crate) fn with_prefix(
    connection: &Connection,
    prefix: &str,
    limit: usize,
) -> rusqlite::Result<Vec<CaseSummary>> {
    // Every key that starts with the prefix sorts before the prefix followed by the greatest character.
    let end = format!("{prefix}{}", char::MAX);
    let sql = "
        SELECT i.case_key FROM items i JOIN documents d ON d.id = i.document
        WHERE i.case_key >= ?1 AND i.case_key < ?2
        GROUP BY i.case_key ORDER BY max(d.date) DESC, i.case_key LIMIT ?3";
    let keys: Vec<String> = connection
        .prepare_cached(sql)?
        .query_map(params![prefix, end, super::count(limit)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    summaries(connection, &keys)
}

pub(crate) fn containing(
    connection: &Connection,
    fragment: &str,
    limit: usize,
) -> rusqlite::Result<Vec<CaseSummary>> {
    let sql = "
        SELECT i.case_key FROM items i JOIN documents d ON d.id = i.document
        WHERE i.case_key IS NOT NULL AND instr(i.case_key, ?1) > 1
        GROUP BY i.case_key ORDER BY max(d.date) DESC, i.case_key LIMIT ?2";
    let keys: Vec<String> = connection
        .prepare_cached(sql)?
        .query_map(params![fragment, super::count(limit)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    summaries(connection, &keys)
}

pub(crate) fn nearest(
    connection: &Connection,
    key: &str,
    max_distance: usize,
    limit: usize,
) -> rusqlite::Result<Vec<CaseSummary>> {
    let mut near = within(connection, key, max_distance)?;
    near.sort();
    near.truncate(MAX_NEAR.max(limit));
    let mut cases = Vec::new();
    for (distance, key) in near {
        cases.extend(summary(connection, &key)?.map(|case| (distance, case)));
    }
    cases.sort_by_key(|(distance, case)| (*distance, Reverse(case.last_date)));
    Ok(cases.into_iter().map(|(_, case)| case).take(limit).collect())
}

/// Every key at most `max_distance` edits away, with the distance. Two letters changed about are one edit.
fn within(connection: &Connection, key: &str, max_distance: usize) -> rusqlite::Result<Vec<(usize, String)>> {
    let length = key.chars().count();
    let mut near = Vec::new();
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT case_key FROM items WHERE case_key IS NOT NULL")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let other = row.get_ref(0)?.as_str()?;
        if other.chars().count().abs_diff(length) > max_distance {
            continue;
        }
        let distance = strsim::osa_distance(key, other);
        if distance <= max_distance {
            near.push((distance, other.to_owned()));
        }
    }
    Ok(near)
}

fn summaries(connection: &Connection, keys: &[String]) -> rusqlite::Result<Vec<CaseSummary>> {
    let mut cases = Vec::with_capacity(keys.len());
    for key in keys {
        cases.extend(summary(connection, key)?);
    }
    Ok(cases)
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

/// The case that an item belongs to; None without a case number, or when the item is gone.
pub(crate) fn key_of_item(connection: &Connection, item: i64) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT case_key FROM items WHERE id = ?1")?;
    let mut rows = statement.query([item])?;
    rows.next()?.map_or(Ok(None), |row| row.get(0))
}
