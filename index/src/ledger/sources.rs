//! How reading each source went.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::store::values::{Millis, Word};

/// Why a source could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceProblem {
    /// It may pass by itself.
    Failing,
    /// Somebody has to do something.
    Refused,
}

/// A source, as far as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// Its name in the configuration.
    pub name: String,
    /// When all that it then had was read for the first time; None before.
    pub first_read_at: Option<Timestamp>,
    /// When it was last read without trouble.
    pub succeeded_at: Option<Timestamp>,
    /// When it last could not be read.
    pub failed_at: Option<Timestamp>,
    /// What was wrong at the last reading; None when it went well.
    pub problem: Option<SourceProblem>,
    /// The same in words, for people.
    pub error: Option<String>,
    /// The state that was last told to those who run the bot, as the caller names states; None: none yet.
    pub told: Option<String>,
}

const COLUMNS: &str = "name, first_read_at, succeeded_at, failed_at, problem, error, told";

fn source(row: &Row<'_>) -> rusqlite::Result<SourceRow> {
    let moment = |at| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<Millis>>(at)?.map(|moment| moment.0))
    };
    Ok(SourceRow {
        name: row.get(0)?,
        first_read_at: moment(1)?,
        succeeded_at: moment(2)?,
        failed_at: moment(3)?,
        problem: row.get::<_, Option<Word<SourceProblem>>>(4)?.map(|it| it.0),
        error: row.get(5)?,
        told: row.get(6)?,
    })
}

pub(crate) fn all(connection: &Connection) -> rusqlite::Result<Vec<SourceRow>> {
    let sql = format!("SELECT {COLUMNS} FROM sources ORDER BY name");
    connection.prepare_cached(&sql)?.query_map([], source)?.collect()
}

pub(crate) fn one(connection: &Connection, name: &str) -> rusqlite::Result<Option<SourceRow>> {
    let sql = format!("SELECT {COLUMNS} FROM sources WHERE name = ?1");
    connection.prepare_cached(&sql)?.query_row([name], source).optional()
}

/// Days on which something of the source was recorded, the newest first.
pub(crate) fn days(connection: &Connection, name: &str, limit: usize) -> rusqlite::Result<Vec<Timestamp>> {
    let sql = "
        SELECT n.at FROM news n JOIN documents d ON d.id = n.document
        WHERE substr(d.origin, 1, length(?1) + 1) = ?1 || '/' AND coalesce(n.silence, '') <> 'first_reading'
            AND n.kind NOT IN ('withdrawn', 'returned')
        GROUP BY n.at / 86400000 ORDER BY n.at DESC LIMIT ?2";
    connection
        .prepare_cached(sql)?
        .query_map(params![name, crate::store::count(limit)], |row| Ok(row.get::<_, Millis>(0)?.0))?
        .collect()
}

/// Notes how a reading went.
pub(super) fn read(
    connection: &Connection,
    name: &str,
    problem: Option<(SourceProblem, &str)>,
    is_complete: bool,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let first = is_complete && problem.is_none();
    connection
        .prepare_cached(
            "INSERT INTO sources (name, first_read_at, succeeded_at, failed_at, problem, error)
             VALUES (?1, iif(?2, ?3, NULL), iif(?4 IS NULL, ?3, NULL), iif(?4 IS NULL, NULL, ?3), ?4, ?5)
             ON CONFLICT (name) DO UPDATE SET
                first_read_at = coalesce(first_read_at, excluded.first_read_at),
                succeeded_at = coalesce(excluded.succeeded_at, succeeded_at),
                failed_at = coalesce(excluded.failed_at, failed_at),
                problem = excluded.problem, error = excluded.error",
        )?
        .execute(params![
            name,
            first,
            Millis(now),
            problem.map(|(problem, _)| Word(problem)),
            problem.map(|(_, words)| words)
        ])?;
    Ok(())
}

/// Notes which state was told.
pub(super) fn told(connection: &Connection, name: &str, state: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE sources SET told = ?2 WHERE name = ?1")?.execute([name, state])?;
    Ok(())
}
