//! Documents as wholes: which are known, how many, their texts, and what the search index is made from.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use minutes::{AgendaItem, Document};
use rusqlite::Connection;

use super::meetings::date;
use super::values::Json;

/// How much the archive holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents of every kind.
    pub documents: u64,
    /// Meetings; the agenda and the minutes of one are one.
    pub meetings: u64,
    /// Items of agendas.
    pub items: u64,
    /// Different case numbers.
    pub cases: u64,
    /// Bodies that met.
    pub bodies: u64,
    /// The day of the first meeting.
    pub first: Option<Date>,
    /// The day of the last meeting.
    pub last: Option<Date>,
    /// Documents that took the place of an earlier version.
    pub corrected: u64,
    /// Documents read by another [`minutes::READING`] than this one.
    pub outdated: u64,
    /// When a document was last recorded, as the caller gave it; None when there is none.
    pub last_recorded: Option<String>,
}

/// One of the texts that came from an origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredVersion {
    /// Counted from 1.
    pub version: u32,
    /// The content hash that came with it.
    pub hash: String,
    /// The text as read.
    pub text: String,
}

/// What the search index is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    /// Which database this is; another one's index says nothing about it.
    pub(crate) store_id: String,
    /// How often a document was recorded.
    pub(crate) sequence: u64,
    /// How many entries the search index must have.
    pub(crate) entries: u64,
}

/// A document with the numbers of its items, in the same order.
pub(crate) struct Numbered {
    pub(crate) document: Document,
    pub(crate) items: Vec<i64>,
}

pub(crate) fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT NOT EXISTS (SELECT 1 FROM documents)")?.query_row([], |row| row.get(0))
}

pub(crate) fn counts(connection: &Connection) -> rusqlite::Result<Counts> {
    let sql = "
        SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM items),
            (SELECT count(DISTINCT case_key) FROM items WHERE case_key IS NOT NULL),
            (SELECT count(*) FROM (SELECT DISTINCT body_key, coalesce(date, id) FROM documents
                                   WHERE kind IN ('minutes', 'agenda'))),
            (SELECT count(DISTINCT body_key) FROM documents
             WHERE kind IN ('minutes', 'agenda') AND body_key <> ''),
            (SELECT min(date) FROM documents WHERE kind IN ('minutes', 'agenda')),
            (SELECT max(date) FROM documents WHERE kind IN ('minutes', 'agenda')),
            (SELECT count(*) FROM documents WHERE version > 1),
            (SELECT count(*) FROM documents WHERE reading <> ?1),
            (SELECT max(recorded_at) FROM documents)";
    connection.query_row(sql, [minutes::READING], |row| {
        let number = |at| row.get::<_, i64>(at).map(i64::unsigned_abs);
        Ok(Counts {
            documents: number(0)?,
            items: number(1)?,
            cases: number(2)?,
            meetings: number(3)?,
            bodies: number(4)?,
            first: date(row, 5)?,
            last: date(row, 6)?,
            corrected: number(7)?,
            outdated: number(8)?,
            last_recorded: row.get(9)?,
        })
    })
}

pub(crate) fn known(connection: &Connection) -> rusqlite::Result<HashMap<String, String>> {
    connection
        .prepare_cached("SELECT origin, hash FROM documents")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

pub(crate) fn withdrawn(connection: &Connection) -> rusqlite::Result<HashSet<String>> {
    connection
        .prepare_cached("SELECT origin FROM documents WHERE withdrawn_at IS NOT NULL")?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// A document whose text should be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outdated {
    /// What identifies it.
    pub origin: String,
    /// Where people can read it.
    pub url: Option<String>,
    /// The hash of its current content.
    pub hash: String,
    /// Its current text.
    pub text: String,
    /// When that text was recorded.
    pub recorded_at: String,
}

pub(crate) fn outdated(connection: &Connection, limit: usize) -> rusqlite::Result<Vec<Outdated>> {
    let sql = "
        SELECT d.origin, d.url, d.hash, t.text, d.recorded_at
        FROM documents d JOIN texts t ON t.document = d.id AND t.version = d.version
        WHERE d.reading <> ?1 ORDER BY d.id LIMIT ?2";
    connection
        .prepare_cached(sql)?
        .query_map(rusqlite::params![minutes::READING, super::count(limit)], |row| {
            Ok(Outdated {
                origin: row.get(0)?,
                url: row.get(1)?,
                hash: row.get(2)?,
                text: row.get(3)?,
                recorded_at: row.get(4)?,
            })
        })?
        .collect()
}

/// A document's text as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentText {
    /// Rises from one document to the next.
    pub id: i64,
    /// What identifies the document.
    pub origin: String,
    /// The text as read.
    pub text: String,
}

pub(crate) fn texts(connection: &Connection, after: i64, limit: usize) -> rusqlite::Result<Vec<CurrentText>> {
    let sql = "
        SELECT d.id, d.origin, t.text
        FROM documents d JOIN texts t ON t.document = d.id AND t.version = d.version
        WHERE d.id > ?1 AND d.withdrawn_at IS NULL ORDER BY d.id LIMIT ?2";
    connection
        .prepare_cached(sql)?
        .query_map(rusqlite::params![after, super::count(limit)], |row| {
            Ok(CurrentText { id: row.get(0)?, origin: row.get(1)?, text: row.get(2)? })
        })?
        .collect()
}

pub(crate) fn versions(connection: &Connection, origin: &str) -> rusqlite::Result<Vec<StoredVersion>> {
    let sql = "
        SELECT t.version, t.hash, t.text FROM texts t JOIN documents d ON d.id = t.document
        WHERE d.origin = ?1 ORDER BY t.version";
    connection
        .prepare_cached(sql)?
        .query_map([origin], |row| {
            Ok(StoredVersion { version: row.get(0)?, hash: row.get(1)?, text: row.get(2)? })
        })?
        .collect()
}

/// Documents of which an earlier version names a case, by its key, and that are not among `others`; the last recorded first, at most
/// `limit`.
pub(crate) fn once_with_case(
    connection: &Connection,
    key: &str,
    others: &[i64],
    limit: usize,
) -> rusqlite::Result<Vec<i64>> {
    let sql = "
        SELECT d.id, t.text FROM documents d JOIN texts t ON t.document = d.id AND t.version < d.version
        WHERE d.version > 1 ORDER BY d.sequence DESC";
    let mut found: Vec<i64> = Vec::new();
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if found.len() == limit {
            break;
        }
        let names =
            |text: &str| minutes::case_number::find_all(text).iter().any(|number| number.key() == key);
        if !others.contains(&id) && !found.contains(&id) && names(&row.get::<_, String>(1)?) {
            found.push(id);
        }
    }
    Ok(found)
}

/// The text of one version.
pub(crate) fn text(connection: &Connection, document: i64, version: u32) -> rusqlite::Result<String> {
    connection
        .prepare_cached("SELECT text FROM texts WHERE document = ?1 AND version = ?2")?
        .query_row((document, version), |row| row.get(0))
}

pub(crate) fn state(connection: &Connection) -> rusqlite::Result<State> {
    connection.prepare_cached("SELECT store_id, sequence, entries FROM meta")?.query_row([], |row| {
        Ok(State {
            store_id: row.get(0)?,
            sequence: row.get::<_, i64>(1)?.unsigned_abs(),
            entries: row.get::<_, i64>(2)?.unsigned_abs(),
        })
    })
}

/// The numbers of the documents recorded after `sequence`, in the order recorded.
pub(crate) fn recorded_after(connection: &Connection, sequence: u64) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached("SELECT id FROM documents WHERE sequence > ?1 ORDER BY sequence")?
        .query_map([i64::try_from(sequence).unwrap_or(i64::MAX)], |row| row.get(0))?
        .collect()
}

/// The document as it was recorded.
pub(crate) fn numbered(connection: &Connection, id: i64) -> rusqlite::Result<Numbered> {
    let mut document = detail(connection, id)?;
    let mut items = Vec::new();
    let mut statement =
        connection.prepare_cached("SELECT id, detail FROM items WHERE document = ?1 ORDER BY position")?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        items.push(row.get(0)?);
        document.items.push(row.get::<_, Json<AgendaItem>>(1)?.0);
    }
    Ok(Numbered { document, items })
}

/// The document without its items.
pub(crate) fn detail(connection: &Connection, id: i64) -> rusqlite::Result<Document> {
    connection
        .prepare_cached("SELECT detail FROM documents WHERE id = ?1")?
        .query_row([id], |row| row.get::<_, Json<Document>>(0))
        .map(|json| json.0)
}
