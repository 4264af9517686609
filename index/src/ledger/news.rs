//! What there is to tell of a document that was recorded, and to whom: worked out in the transaction that records it.

use jiff::civil::Time;
use jiff::{Timestamp, ToSpan, Zoned};
use minutes::{AgendaItem, Document, Kind};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::changes::{self, Change, Content, changes};
use super::matching::{Matcher, Reason};
use super::outbox::{self, Letter};
use crate::failpoint::failpoint;
use crate::store::meetings::{self, Meeting, MeetingFilter};
use crate::store::values::{Json, Millis, Word};

/// How news are told.
#[derive(Debug, Clone)]
pub struct Telling {
    /// When it is, in the municipality.
    pub now: Zoned,
    /// The hour for what is told daily or weekly.
    pub digest_at: Time,
    /// Meetings longer ago than this many days are told to nobody.
    pub max_age_days: u16,
    /// The source was never read to its end before: nothing in it is news.
    pub first_reading: bool,
}

/// What sort of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewsKind {
    /// An agenda that was not known.
    Agenda,
    /// Minutes that were not known, or an agenda that became minutes.
    Minutes,
    /// Something else that was not known.
    Document,
    /// Another version of what was known.
    Correction,
}

/// Why nobody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// The source was read for the first time.
    FirstReading,
    /// The meeting was too long ago.
    TooOld,
    /// The content is what it was.
    FormOnly,
    /// All of it is known from another document of the same meeting.
    Double,
    /// An agenda whose minutes are known.
    MinutesKnown,
    /// Neither an agenda nor minutes.
    NoMeeting,
}

/// One version of a document, as news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Its number in this archive.
    pub id: i64,
    /// The document, see [`Meeting::document`](crate::Meeting::document).
    pub document: i64,
    /// The version of it.
    pub version: u32,
    /// What sort.
    pub kind: NewsKind,
    /// Why nobody is told; None: whoever follows it is.
    pub silence: Option<Silence>,
    /// What is different from the version before; empty for what is new.
    pub changes: Vec<Change>,
    /// When it was recorded.
    pub at: Timestamp,
}

/// What was recorded.
pub(crate) struct Fresh<'a> {
    pub(crate) id: i64,
    pub(crate) version: u32,
    pub(crate) document: &'a Document,
    /// The version before, as it was; None for a new document.
    pub(crate) before: Option<Document>,
}

const COLUMNS: &str = "id, document, version, kind, silence, changes, at";

fn news(row: &Row<'_>) -> rusqlite::Result<News> {
    Ok(News {
        id: row.get(0)?,
        document: row.get(1)?,
        version: row.get(2)?,
        kind: row.get::<_, Word<NewsKind>>(3)?.0,
        silence: row.get::<_, Option<Word<Silence>>>(4)?.map(|it| it.0),
        changes: row.get::<_, Json<Vec<Change>>>(5)?.0,
        at: row.get::<_, Millis>(6)?.0,
    })
}

pub(crate) fn of_document(connection: &Connection, document: i64) -> rusqlite::Result<Vec<News>> {
    let sql = format!("SELECT {COLUMNS} FROM news WHERE document = ?1 ORDER BY id");
    connection.prepare_cached(&sql)?.query_map([document], news)?.collect()
}

pub(crate) fn one(connection: &Connection, id: i64) -> rusqlite::Result<Option<News>> {
    let sql = format!("SELECT {COLUMNS} FROM news WHERE id = ?1");
    connection.prepare_cached(&sql)?.query_row([id], news).optional()
}

/// Notes what the fresh document tells that was not known, and puts a message into the outbox of each place that follows it.
pub(crate) fn tell(
    connection: &Connection,
    telling: &Telling,
    matcher: &mut Option<Matcher>,
    fresh: &Fresh<'_>,
) -> rusqlite::Result<()> {
    let (kind, silence, changes) = judge(connection, telling, fresh)?;
    let meeting = meeting(fresh.id, fresh.document);
    let now = telling.now.timestamp();
    let id: i64 = connection
        .prepare_cached(
            "INSERT INTO news (document, version, meeting, kind, silence, changes, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
        )?
        .query_row(
            params![
                fresh.id,
                fresh.version,
                meeting,
                Word(kind),
                silence.map(Word),
                Json(&changes),
                Millis(now)
            ],
            |row| row.get(0),
        )?;
    failpoint("news");
    if silence.is_some() {
        return Ok(());
    }
    let matcher = match matcher {
        Some(matcher) => matcher,
        none => none.insert(Matcher::load(connection)?),
    };
    for (place, found) in matcher.places(fresh.document) {
        let edited = match kind {
            NewsKind::Correction => edited(connection, &place, fresh, &meeting)?,
            _ => None,
        };
        let not_before = found.iter().map(|it| it.release(&telling.now, telling.digest_at)).min();
        // What corrects a message that is still held waits for it, whatever the cadence is now.
        let not_before = not_before.max(edited.as_ref().and_then(|edited| edited.held_until));
        let reasons: Vec<Reason> = found.into_iter().map(|it| it.reason).collect();
        outbox::put(
            connection,
            &outbox::New {
                place: &place,
                subject: &format!("news:{id}"),
                meeting: Some(&meeting),
                letter: &Letter::News {
                    news: id,
                    document: fresh.id,
                    reasons,
                    edits: edited.map(|edited| edited.id),
                },
                not_before: not_before.unwrap_or(now),
                now,
            },
        )?;
        failpoint("outbox");
    }
    Ok(())
}

/// The message that a correction changes: of the same meeting, also where its body or day is what was corrected.
fn edited(
    connection: &Connection,
    place: &str,
    fresh: &Fresh<'_>,
    now: &str,
) -> rusqlite::Result<Option<outbox::Earlier>> {
    let before = fresh.before.as_ref().map(|before| meeting(fresh.id, before));
    match outbox::earlier(connection, place, now)? {
        None => before.map_or(Ok(None), |before| outbox::earlier(connection, place, &before)),
        found => Ok(found),
    }
}

fn judge(
    connection: &Connection,
    telling: &Telling,
    fresh: &Fresh<'_>,
) -> rusqlite::Result<(NewsKind, Option<Silence>, Vec<Change>)> {
    let document = fresh.document;
    let kind = match document.kind {
        Kind::Minutes => NewsKind::Minutes,
        Kind::Agenda => NewsKind::Agenda,
        Kind::Document | Kind::Members => NewsKind::Document,
    };
    let content = Content::of(document);
    let (kind, changes, known) = match &fresh.before {
        // An agenda that becomes minutes is no correction of anything.
        Some(before) if before.kind == document.kind || kind != NewsKind::Minutes => {
            let changes = changes(&Content::of(before), &content);
            let silence = changes.is_empty().then_some(Silence::FormOnly);
            (NewsKind::Correction, changes, silence)
        }
        _ => of_new(connection, fresh, kind)?,
    };
    let silence = if telling.first_reading {
        Some(Silence::FirstReading)
    } else if known.is_some() {
        known
    } else if matches!(document.kind, Kind::Document | Kind::Members) {
        Some(Silence::NoMeeting)
    } else {
        let oldest = telling.now.date().saturating_sub(i64::from(telling.max_age_days).days());
        document.date.filter(|date| *date < oldest).map(|_| Silence::TooOld)
    };
    Ok((kind, silence, changes))
}

/// A document that was not there before may be of a meeting that is told of already.
fn of_new(
    connection: &Connection,
    fresh: &Fresh<'_>,
    kind: NewsKind,
) -> rusqlite::Result<(NewsKind, Vec<Change>, Option<Silence>)> {
    let document = fresh.document;
    let (Some(body), Some(date)) = (&document.body, document.date) else {
        return Ok((kind, Vec::new(), None));
    };
    let filter = MeetingFilter {
        body_key: Some(minutes::body::key(body)),
        date: Some(date),
        ..MeetingFilter::default()
    };
    let mut others = meetings::meetings(connection, &filter, MOST_DOUBLES)?;
    others.retain(|other| other.document != fresh.id);
    let is_minutes = |other: &Meeting| other.kind == Kind::Minutes && other.withdrawn_at.is_none();
    if kind == NewsKind::Agenda && others.iter().any(is_minutes) {
        return Ok((kind, Vec::new(), Some(Silence::MinutesKnown)));
    }
    // What was withdrawn was told all the same: when it comes back under another name, it is nothing new.
    others.retain(|other| other.kind == document.kind);
    let mut known: Vec<AgendaItem> = Vec::new();
    for other in &others {
        known.extend(meetings::items_of(connection, other.document)?.into_iter().map(|found| found.item));
    }
    if others.is_empty() {
        return Ok((kind, Vec::new(), None));
    }
    let old = Content { head: document, items: known.iter().collect() };
    let new = changes::not_in(&old, &Content::of(document));
    Ok(if new.is_empty() { (kind, new, Some(Silence::Double)) } else { (NewsKind::Correction, new, None) })
}

/// More documents of one meeting than there ever are.
const MOST_DOUBLES: usize = 50;

/// What the messages of one meeting have in common: those of its minutes, and those of its agenda.
fn meeting(id: i64, document: &Document) -> String {
    match (&document.body, document.date) {
        (Some(body), Some(date)) => {
            let agenda = if document.kind == Kind::Agenda { "agenda" } else { "minutes" };
            format!("{agenda}|{date}|{}", minutes::body::key(body))
        }
        _ => format!("document|{id}"),
    }
}
