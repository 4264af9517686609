//! Who wants to be told of what.

use jiff::Timestamp;
use jiff::civil::Time;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::when::{Cadence, Quiet};
use crate::store::values::{Json, Millis, Word};

/// What is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A case; the key is its number's ([`minutes::case_number::key`]).
    Case,
    /// A body; the key is its name's ([`minutes::body::key`]).
    Body,
    /// Words of a search; the key is the words as they are compared.
    Topic,
    /// Everything; the key is empty.
    Everything,
}

/// Why nothing is told for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pause {
    /// Somebody asked for it.
    Asked,
    /// The bot may not write there. What there is to tell is kept for a time, and told when it may again.
    NoAccess,
}

/// What somebody asks to be told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow {
    /// What sort of thing.
    pub subject: Subject,
    /// Which, as it is compared; see [`Subject`]. For a topic the words as typed: the ledger works out what they are compared by.
    pub key: String,
    /// What it is called to people: a case by its number, a body by its name, a topic by its words, as [`Reason::key`] reads it.
    ///
    /// [`Reason::key`]: super::Reason::key
    pub label: String,
    /// How soon it is told.
    pub cadence: Cadence,
    /// When nothing is told; it comes afterwards.
    pub quiet: Option<Quiet>,
}

/// A place that is told of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its number in this archive, never used again.
    pub id: i64,
    /// Where it is told, as the caller names places.
    pub place: String,
    /// What is followed.
    pub follow: Follow,
    /// Why nothing is told at present; None when it is.
    pub paused: Option<Pause>,
    /// Since when.
    pub created_at: Timestamp,
}

/// What became of a wish to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subscribed {
    /// It is told from now on.
    New(Subscription),
    /// It was told before; the cadence and the quiet hours are the new ones, and a pause is over.
    Changed(Subscription),
    /// The place follows so many things already that it takes no more.
    Full,
}

const COLUMNS: &str = "id, place, subject, key, label, cadence, quiet, paused, created_at";

fn subscription(row: &Row<'_>) -> rusqlite::Result<Subscription> {
    Ok(Subscription {
        id: row.get(0)?,
        place: row.get(1)?,
        follow: Follow {
            subject: row.get::<_, Word<Subject>>(2)?.0,
            key: row.get(3)?,
            label: row.get(4)?,
            cadence: row.get::<_, Word<Cadence>>(5)?.0,
            quiet: row.get::<_, Option<Json<(Time, Time)>>>(6)?.map(|it| Quiet { from: it.0.0, to: it.0.1 }),
        },
        paused: row.get::<_, Option<Word<Pause>>>(7)?.map(|it| it.0),
        created_at: row.get::<_, Millis>(8)?.0,
    })
}

/// Those of a place, in the order they were made.
pub(crate) fn of_place(connection: &Connection, place: &str) -> rusqlite::Result<Vec<Subscription>> {
    let sql = format!("SELECT {COLUMNS} FROM subscriptions WHERE place = ?1 ORDER BY id");
    connection.prepare_cached(&sql)?.query_map([place], subscription)?.collect()
}

/// All but those that somebody paused: what a closed place follows is kept for it.
pub(super) fn active(connection: &Connection) -> rusqlite::Result<Vec<Subscription>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM subscriptions WHERE paused IS NULL OR paused = 'no_access' ORDER BY id"
    );
    connection.prepare_cached(&sql)?.query_map([], subscription)?.collect()
}

pub(super) fn subscribe(
    connection: &Connection,
    place: &str,
    follow: &Follow,
    most: usize,
    now: Timestamp,
) -> rusqlite::Result<Subscribed> {
    let existing = of_place(connection, place)?;
    let same = |it: &&Subscription| it.follow.subject == follow.subject && it.follow.key == follow.key;
    let before = existing.iter().find(same).map(|it| it.id);
    if before.is_none() && existing.len() >= most {
        return Ok(Subscribed::Full);
    }
    let quiet = follow.quiet.map(|it| (it.from, it.to));
    connection
        .prepare_cached(
            "INSERT INTO subscriptions (place, subject, key, label, cadence, quiet, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (place, subject, key) DO UPDATE SET
                label = excluded.label, cadence = excluded.cadence, quiet = excluded.quiet, paused = NULL",
        )?
        .execute(params![
            place,
            Word(follow.subject),
            follow.key,
            follow.label,
            Word(follow.cadence),
            quiet.as_ref().map(Json),
            Millis(now),
        ])?;
    let sql = format!("SELECT {COLUMNS} FROM subscriptions WHERE place = ?1 AND subject = ?2 AND key = ?3");
    let made = connection
        .prepare_cached(&sql)?
        .query_row(params![place, Word(follow.subject), follow.key], subscription)?;
    Ok(if before.is_some() { Subscribed::Changed(made) } else { Subscribed::New(made) })
}

/// Pauses one, or lets it go on; None when the place has none with that number.
pub(super) fn pause(
    connection: &Connection,
    place: &str,
    id: i64,
    paused: Option<Pause>,
) -> rusqlite::Result<Option<Subscription>> {
    let sql =
        format!("UPDATE subscriptions SET paused = ?3 WHERE place = ?1 AND id = ?2 RETURNING {COLUMNS}");
    connection.prepare_cached(&sql)?.query_row(params![place, id, paused.map(Word)], subscription).optional()
}

/// Ends one; None when the place has none with that number.
pub(super) fn stop(connection: &Connection, place: &str, id: i64) -> rusqlite::Result<Option<Subscription>> {
    let sql = format!("DELETE FROM subscriptions WHERE place = ?1 AND id = ?2 RETURNING {COLUMNS}");
    connection.prepare_cached(&sql)?.query_row(params![place, id], subscription).optional()
}

/// Lets all of a place go on that were paused because it was closed.
pub(super) fn reopen(connection: &Connection, place: &str) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("UPDATE subscriptions SET paused = NULL WHERE place = ?1 AND paused = 'no_access'")?
        .execute([place])
}

/// Pauses all of a place that are not paused.
pub(super) fn pause_place(connection: &Connection, place: &str, why: Pause) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("UPDATE subscriptions SET paused = ?2 WHERE place = ?1 AND paused IS NULL")?
        .execute(params![place, Word(why)])
}
