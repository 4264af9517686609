//! Messages on their way: what each is about, where it stands, and what became of it.

use jiff::{SignedDuration, Timestamp};
use minutes::FollowUp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::matching::Reason;
use super::standing::{Standing, standing};
use super::subscription;
use super::telling::NewsKind;
use crate::store::values::{Json, Millis, Word};

/// A time further ahead than any cadence or pause between attempts puts it was set by a clock that was wrong: it counts as come.
const FURTHEST: SignedDuration = SignedDuration::from_hours(24 * 9);

/// What a message says. The words are made when it is sent, from what the archive then holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// A document is new or was corrected.
    News {
        /// The [`News`](super::News).
        news: i64,
        /// Its document.
        document: i64,
        /// Why the place is told; never empty.
        reasons: Vec<Reason>,
        /// The row of the earlier message about the same meeting, which this one corrects; None when there is none.
        edits: Option<i64>,
        /// What it is told as where it is a correction of what never was told, as it took the place of a message that was still held.
        #[serde(default)]
        told_as: Option<NewsKind>,
    },
    /// Something that a meeting said would happen is near.
    Due {
        /// The document that says so.
        document: i64,
        /// The item's place in it; None for a document without items.
        position: Option<u32>,
        /// What.
        follow_up: FollowUp,
        /// Why the place is told; never empty.
        reasons: Vec<Reason>,
    },
    /// A sentence to those who run the bot.
    Notice {
        /// The sentence, in Danish.
        text: String,
    },
}

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It surely was not sent yet.
    Waiting,
    /// Somebody is sending it, or was interrupted while doing so: it may have arrived.
    Sending,
    /// It arrived.
    Sent,
    /// It was refused; see [`OutboxRow::problem`]. Not settled, it is tried again when the place may be open to the bot once more.
    Parked,
    /// It was tried for too long; see [`OutboxRow::problem`].
    GivenUp,
    /// It surely was not sent, and something newer about the same meeting takes its place.
    Replaced,
    /// It surely was not sent, and all that it is about is paused.
    Held,
    /// It surely was not sent, and nothing that it is about is followed any more.
    Dropped,
}

/// A message to one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its number in this archive, never used again.
    pub id: i64,
    /// Where it goes, as the caller names places.
    pub place: String,
    /// What it says.
    pub letter: Letter,
    /// Where it stands.
    pub state: State,
    /// It is held until then, by a cadence or quiet hours.
    pub not_before: Timestamp,
    /// When it is tried next; None while somebody is at work on it, and when it is settled.
    pub ready_at: Option<Timestamp>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was last tried.
    pub tried_at: Option<Timestamp>,
    /// The message that it became, as the caller names messages.
    pub message: Option<String>,
    /// What went wrong last, or why it was parked or given up.
    pub problem: Option<String>,
    /// When it was put into the outbox.
    pub created_at: Timestamp,
    /// When it was sent, parked or given up.
    pub settled_at: Option<Timestamp>,
}

/// How many messages stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Waiting, held, or being sent.
    pub open: u64,
    /// Arrived.
    pub sent: u64,
    /// Refused.
    pub parked: u64,
    /// Tried for too long.
    pub given_up: u64,
}

/// A message to be put into the outbox.
pub(super) struct New<'a> {
    pub(super) place: &'a str,
    /// What makes it one of its kind: a place gets one message of a subject.
    pub(super) subject: &'a str,
    pub(super) meeting: Option<&'a str>,
    pub(super) letter: &'a Letter,
    pub(super) not_before: Timestamp,
    pub(super) now: Timestamp,
}

/// It surely was not sent, and may still be.
const UNSENT: &str = "settled_at IS NULL AND state IN ('waiting', 'parked', 'held')";

const COLUMNS: &str = "id, place, content, state, not_before, ready_at, attempts, tried_at, message, problem, \
                       created_at, settled_at";

fn row(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
    let moment = |at| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<Millis>>(at)?.map(|moment| moment.0))
    };
    Ok(OutboxRow {
        id: row.get(0)?,
        place: row.get(1)?,
        letter: row.get::<_, Json<Letter>>(2)?.0,
        state: row.get::<_, Word<State>>(3)?.0,
        not_before: row.get::<_, Millis>(4)?.0,
        ready_at: moment(5)?,
        attempts: row.get(6)?,
        tried_at: moment(7)?,
        message: row.get(8)?,
        problem: row.get(9)?,
        created_at: row.get::<_, Millis>(10)?.0,
        settled_at: moment(11)?,
    })
}

/// False when the place has, or had, a message of that subject.
pub(super) fn put(connection: &Connection, new: &New<'_>) -> rusqlite::Result<bool> {
    let written = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO outbox
                (place, subject, meeting, content, state, not_before, ready_at, attempts, created_at)
             VALUES (?1, ?2, ?3, ?4, 'waiting', ?5, 0, 0, ?6)",
        )?
        .execute(params![
            new.place,
            new.subject,
            new.meeting,
            Json(new.letter),
            Millis(new.not_before),
            Millis(new.now)
        ])?;
    Ok(written == 1)
}

/// A message that a later one corrects, or whose place it takes.
pub(super) struct Earlier {
    pub(super) id: i64,
    /// What it says.
    pub(super) letter: Letter,
    /// Until when it is held.
    pub(super) not_before: Timestamp,
    /// It surely was not sent yet.
    pub(super) is_unsent: bool,
    /// It has arrived.
    pub(super) has_arrived: bool,
}

/// The messages about a meeting, under either of its names, to a place that arrived or still may, the last one first.
pub(super) fn earlier(
    connection: &Connection,
    place: &str,
    meetings: [&str; 2],
) -> rusqlite::Result<Vec<Earlier>> {
    let sql = format!(
        "SELECT id, content, not_before, {UNSENT}, state = 'sent' FROM outbox
         WHERE place = ?1 AND meeting IN (?2, ?3) AND (state = 'sent' OR settled_at IS NULL) ORDER BY id DESC"
    );
    connection
        .prepare_cached(&sql)?
        .query_map([place, meetings[0], meetings[1]], |row| {
            Ok(Earlier {
                id: row.get(0)?,
                letter: row.get::<_, Json<Letter>>(1)?.0,
                not_before: row.get::<_, Millis>(2)?.0,
                is_unsent: row.get(3)?,
                has_arrived: row.get(4)?,
            })
        })?
        .collect()
}

/// Has something newer take the place of a message that was not sent.
pub(super) fn replace(connection: &Connection, id: i64, now: Timestamp) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE outbox SET state = 'replaced', ready_at = NULL, settled_at = ?2 WHERE id = ?1",
        )?
        .execute(params![id, Millis(now)])?;
    Ok(())
}

/// The places of a sort begin with its name and a colon.
const OF_SORT: &str = "place >= ?1 || ':' AND place < ?1 || ';'";

/// The next message of each place of a sort whose time has come, at most `limit`, the oldest first. While one of a place is under way
/// or waits to be tried again, the later ones of the place wait.
pub(crate) fn ready(
    connection: &Connection,
    sort: &str,
    now: Timestamp,
    limit: usize,
) -> rusqlite::Result<Vec<OutboxRow>> {
    let far = now + FURTHEST;
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox WHERE id IN (
             SELECT min(id) FROM outbox
             WHERE settled_at IS NULL AND state <> 'held' AND {OF_SORT} AND (not_before <= ?2 OR not_before > ?3)
             GROUP BY place)
         AND (ready_at <= ?2 OR ready_at > ?3) ORDER BY id LIMIT ?4"
    );
    connection
        .prepare_cached(&sql)?
        .query_map(params![sort, Millis(now), Millis(far), crate::store::count(limit)], row)?
        .collect()
}

/// What is [`ready`] and still wanted, taken for sending.
pub(super) fn claim(
    connection: &Connection,
    sort: &str,
    now: Timestamp,
    limit: usize,
) -> rusqlite::Result<Vec<OutboxRow>> {
    let mut rows;
    loop {
        let ready = ready(connection, sort, now, limit)?;
        let count = ready.len();
        rows = Vec::with_capacity(count);
        for row in ready {
            rows.extend(wanted(connection, row, now)?);
        }
        // What is not wanted makes way for the next of its place.
        if rows.len() == count {
            break;
        }
    }
    let mut take = connection.prepare_cached(
        "UPDATE outbox SET state = 'sending', ready_at = NULL, attempts = attempts + 1, tried_at = ?2 WHERE id = ?1",
    )?;
    for row in &rows {
        take.execute(params![row.id, Millis(now)])?;
    }
    Ok(rows)
}

/// Puts a message aside for good that nobody wants any more.
fn drop_one(connection: &Connection, id: i64, now: Timestamp) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE outbox SET state = 'dropped', ready_at = NULL, settled_at = ?2 WHERE id = ?1",
        )?
        .execute(params![id, Millis(now)])?;
    Ok(())
}

/// Drops what waits for a place that does not follow it any more: whoever follows it again begins anew.
pub(super) fn drop_unwanted(connection: &Connection, place: &str, now: Timestamp) -> rusqlite::Result<()> {
    let following = subscription::of_place(connection, place)?;
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE place = ?1 AND {UNSENT}");
    let rows: Vec<OutboxRow> =
        connection.prepare_cached(&sql)?.query_map([place], row)?.collect::<rusqlite::Result<_>>()?;
    for row in rows {
        if let Letter::News { reasons, .. } | Letter::Due { reasons, .. } = &row.letter
            && standing(reasons, &following) == Standing::Stopped
        {
            drop_one(connection, row.id, now)?;
        }
    }
    Ok(())
}

/// The message with those of its reasons that are still followed; None when none is: then it is put aside. What may have arrived is
/// looked for, whoever wants it.
fn wanted(
    connection: &Connection,
    mut row: OutboxRow,
    now: Timestamp,
) -> rusqlite::Result<Option<OutboxRow>> {
    let (Letter::News { reasons, .. } | Letter::Due { reasons, .. }) = &mut row.letter else {
        return Ok(Some(row));
    };
    if row.state == State::Sending {
        return Ok(Some(row));
    }
    let following = subscription::of_place(connection, &row.place)?;
    match standing(reasons, &following) {
        Standing::Followed => {
            let count = reasons.len();
            reasons.retain(|reason| reason.standing(&following) == Standing::Followed);
            if reasons.len() < count {
                connection
                    .prepare_cached("UPDATE outbox SET content = ?2 WHERE id = ?1")?
                    .execute(params![row.id, Json(&row.letter)])?;
            }
            return Ok(Some(row));
        }
        Standing::Paused => {
            connection.prepare_cached("UPDATE outbox SET state = 'held' WHERE id = ?1")?.execute([row.id])?;
        }
        Standing::Stopped => drop_one(connection, row.id, now)?,
    }
    Ok(None)
}

/// Has it looked at again what of a place is held while all that it is about is paused.
pub(super) fn release(connection: &Connection, place: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE outbox SET state = 'waiting', ready_at = 0 WHERE place = ?1 AND state = 'held'",
        )?
        .execute([place])?;
    Ok(())
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// It arrived, as this message; None when it is not known as which.
    Arrived(Option<String>),
    /// It surely did not; to be tried again then.
    Missed {
        /// When.
        again: Timestamp,
        /// What went wrong.
        problem: String,
    },
    /// It may have arrived. To be looked for then.
    Unsure {
        /// When.
        again: Timestamp,
        /// What went wrong.
        problem: String,
    },
    /// It did not, and nothing else would: the place is closed to the bot. To be tried again then, or when somebody opens it.
    Closed {
        /// When.
        again: Timestamp,
        /// Why.
        problem: String,
    },
    /// It never will.
    Refused {
        /// Why.
        problem: String,
    },
    /// It was tried for too long.
    GivenUp {
        /// What went wrong last.
        problem: String,
    },
}

pub(super) fn settle(
    connection: &Connection,
    id: i64,
    attempt: &Attempt,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let (state, ready_at, message, problem) = match attempt {
        Attempt::Arrived(message) => (State::Sent, None, message.as_ref(), None),
        Attempt::Missed { again, problem } => (State::Waiting, Some(again), None, Some(problem)),
        Attempt::Unsure { again, problem } => (State::Sending, Some(again), None, Some(problem)),
        Attempt::Closed { again, problem } => (State::Parked, Some(again), None, Some(problem)),
        Attempt::Refused { problem } => (State::Parked, None, None, Some(problem)),
        Attempt::GivenUp { problem } => (State::GivenUp, None, None, Some(problem)),
    };
    let settled_at = ready_at.is_none().then_some(Millis(now));
    connection
        .prepare_cached(
            "UPDATE outbox SET state = ?2, ready_at = ?3, message = coalesce(?4, message), problem = ?5,
                               settled_at = ?6 WHERE id = ?1",
        )?
        .execute(params![id, Word(state), ready_at.map(|at| Millis(*at)), message, problem, settled_at])?;
    Ok(())
}

/// Has a place's messages that were kept because it was closed tried again now.
pub(super) fn reopen(connection: &Connection, place: &str, now: Timestamp) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE outbox SET ready_at = ?2 WHERE place = ?1 AND state = 'parked' AND settled_at IS NULL",
        )?
        .execute(params![place, Millis(now)])?;
    Ok(())
}

/// Gives back what was under way when the last process ended. How many there were.
pub(super) fn recover(connection: &Connection, sort: &str) -> rusqlite::Result<usize> {
    let interrupted = connection.execute(
        &format!("UPDATE outbox SET ready_at = 0 WHERE state = 'sending' AND ready_at IS NULL AND {OF_SORT}"),
        [sort],
    )?;
    // Whoever starts the bot again may have mended what was wrong: what waits for another try gets it now.
    connection.execute(
        &format!(
            "UPDATE outbox SET ready_at = 0, attempts = 0
             WHERE state IN ('waiting', 'sending') AND ready_at IS NOT NULL AND {OF_SORT}"
        ),
        [sort],
    )?;
    Ok(interrupted)
}

pub(crate) fn one(connection: &Connection, id: i64) -> rusqlite::Result<Option<OutboxRow>> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE id = ?1");
    connection.prepare_cached(&sql)?.query_row([id], row).optional()
}

/// The messages to a place about a document, the first one first.
pub(crate) fn about(connection: &Connection, place: &str, document: i64) -> rusqlite::Result<Vec<OutboxRow>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox WHERE place = ?1
         AND (json_extract(content, '$.news.document') = ?2 OR json_extract(content, '$.due.document') = ?2)
         ORDER BY id"
    );
    connection.prepare_cached(&sql)?.query_map(params![place, document], row)?.collect()
}

pub(crate) fn counts(connection: &Connection) -> rusqlite::Result<OutboxCounts> {
    let mut counts = OutboxCounts::default();
    let mut statement = connection.prepare_cached("SELECT state, count(*) FROM outbox GROUP BY state")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let number = row.get::<_, i64>(1)?.unsigned_abs();
        match row.get::<_, Word<State>>(0)?.0 {
            State::Waiting | State::Sending | State::Held => counts.open += number,
            State::Sent => counts.sent += number,
            State::Parked => counts.parked += number,
            State::GivenUp => counts.given_up += number,
            // What it would have said is told by another, or to nobody.
            State::Replaced | State::Dropped => {}
        }
    }
    Ok(counts)
}
