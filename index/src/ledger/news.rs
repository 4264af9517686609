//! What there is to tell of a document that was recorded, and to whom: worked out in the transaction that records it.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};
use minutes::{AgendaItem, Document, Kind};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::changes::{self, Change, Content, changes};
use super::matching::{Found, Matcher};
use super::outbox::{self, Letter};
use super::reminders;
use super::telling::{NewsKind, Telling};
use crate::failpoint::failpoint;
use crate::store::documents;
use crate::store::meetings::{self, Meeting, MeetingFilter};
use crate::store::values::{Json, Millis, Word};

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
    let id = note(connection, fresh, kind, silence, &changes, now)?;
    failpoint("news");
    if silence == Some(Silence::FirstReading) {
        return Ok(());
    }
    let matcher = match matcher {
        Some(matcher) => matcher,
        none => none.insert(Matcher::load(connection)?),
    };
    if silence.is_none() {
        put(&Told { connection, telling, fresh, kind, id, meeting: &meeting }, matcher)?;
    }
    // Also what tells nothing of its meeting may say what is near.
    reminders::catch_up(connection, telling, matcher, fresh.id)
}

/// Notes that the source of a document has it no more, or again, and has the messages say so that told of it lately, unless the source
/// has the same from the meeting elsewhere, or its minutes. What is still to be sent says so anyway.
pub(crate) fn tell_presence(
    connection: &Connection,
    telling: &Telling,
    matcher: &Matcher,
    id: i64,
    is_back: bool,
) -> rusqlite::Result<()> {
    let known = of_document(connection, id)?;
    let Some(last) = known.iter().rfind(|news| news.silence.is_none()) else { return Ok(()) };
    let was_withdrawn = last.kind == NewsKind::Withdrawn;
    if is_back != was_withdrawn {
        return Ok(());
    }
    let document = documents::numbered(connection, id)?.document;
    let fresh = Fresh { id, version: last.version, document: &document, before: None };
    let is_elsewhere = others(connection, &fresh)?
        .iter()
        .any(|other| [document.kind, Kind::Minutes].contains(&other.kind) && other.withdrawn_at.is_none());
    if is_too_old(telling, &document) || (is_elsewhere && !is_back) {
        return Ok(());
    }
    let (now, meeting) = (telling.now.timestamp(), meeting(id, &document));
    let kind = if is_back { NewsKind::Returned } else { NewsKind::Withdrawn };
    let news = note(connection, &fresh, kind, None, &[], now)?;
    let told = Told { connection, telling, fresh: &fresh, kind, id: news, meeting: &meeting };
    for (place, found) in matcher.places(&document) {
        let earlier = told.earlier(&place)?;
        if earlier.corrected.is_some() && earlier.unsent.is_empty() {
            told.put(&place, found, &earlier)?;
        }
    }
    Ok(())
}

fn note(
    connection: &Connection,
    fresh: &Fresh<'_>,
    kind: NewsKind,
    silence: Option<Silence>,
    changes: &[Change],
    now: Timestamp,
) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO news (document, version, meeting, kind, silence, changes, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
        )?
        .query_row(
            params![
                fresh.id,
                fresh.version,
                meeting(fresh.id, fresh.document),
                Word(kind),
                silence.map(Word),
                Json(&changes),
                Millis(now)
            ],
            |row| row.get(0),
        )
}

/// Puts a message into the outbox of each place that follows what is told, and of each that was told and does not find it any more.
fn put(told: &Told<'_>, matcher: &Matcher) -> rusqlite::Result<()> {
    let fresh = told.fresh;
    let found = matcher.places(fresh.document);
    let lost = match &fresh.before {
        Some(before) => {
            matcher.places(before).into_iter().filter(|(place, _)| !found.contains_key(place)).collect()
        }
        None => BTreeMap::new(),
    };
    for (place, found) in found {
        let earlier = told.earlier(&place)?;
        told.put(&place, found, &earlier)?;
        failpoint("outbox");
    }
    // What a place was told for is not there any more.
    for (place, mut found) in lost {
        let earlier = told.earlier(&place)?;
        told.replace(&earlier)?;
        if earlier.corrected.is_some() {
            found.iter_mut().for_each(|it| it.reason.items.clear());
            told.put(&place, found, &earlier)?;
        }
    }
    Ok(())
}

/// News on their way into the outbox.
struct Told<'a> {
    connection: &'a Connection,
    telling: &'a Telling,
    fresh: &'a Fresh<'a>,
    kind: NewsKind,
    id: i64,
    meeting: &'a str,
}

impl Told<'_> {
    fn earlier(&self, place: &str) -> rusqlite::Result<Earlier> {
        earlier(self.connection, place, self.fresh, self.kind)
    }

    fn put(&self, place: &str, found: Vec<Found>, earlier: &Earlier) -> rusqlite::Result<()> {
        self.replace(earlier)?;
        let now = self.telling.now.timestamp();
        let released =
            found.iter().map(|it| it.release(&self.telling.now, self.telling.digest_at)).min().unwrap_or(now);
        // Not later than what it takes the place of, and not before what it corrects.
        let not_before = released.min(earlier.due.unwrap_or(released));
        let not_before = not_before.max(earlier.held_until.unwrap_or(not_before));
        let letter = Letter::News {
            news: self.id,
            document: self.fresh.id,
            reasons: found.into_iter().map(|it| it.reason).collect(),
            edits: earlier.corrected,
            told_as: earlier.told_as,
        };
        let new = outbox::New {
            place,
            subject: &format!("news:{}", self.id),
            meeting: Some(self.meeting),
            letter: &letter,
            not_before,
            now,
        };
        outbox::put(self.connection, &new)?;
        Ok(())
    }

    /// Takes what was not sent out of the way.
    fn replace(&self, earlier: &Earlier) -> rusqlite::Result<()> {
        let now = self.telling.now.timestamp();
        earlier.unsent.iter().try_for_each(|id| outbox::replace(self.connection, *id, now))
    }
}

/// What a place was told of a meeting before, or is about to be.
#[derive(Default)]
struct Earlier {
    /// The message that a correction changes; None when there is none.
    corrected: Option<i64>,
    /// Until when that one is held; None when it has arrived.
    held_until: Option<Timestamp>,
    /// Messages that were not sent, whose place the new one takes.
    unsent: Vec<i64>,
    /// When the first of those was due.
    due: Option<Timestamp>,
    /// What the first of those was, where nothing was told before it.
    told_as: Option<NewsKind>,
}

/// Of a correction, what was told of the same meeting, also where its body or day is what was corrected or minutes are an agenda again;
/// of minutes, what was told of their agenda.
fn earlier(
    connection: &Connection,
    place: &str,
    fresh: &Fresh<'_>,
    kind: NewsKind,
) -> rusqlite::Result<Earlier> {
    let now = match kind {
        NewsKind::Correction | NewsKind::Withdrawn | NewsKind::Returned => meeting(fresh.id, fresh.document),
        NewsKind::Minutes => meeting_as(fresh.id, fresh.document, Kind::Agenda),
        NewsKind::Agenda | NewsKind::Document => return Ok(Earlier::default()),
    };
    let before = fresh.before.as_ref().map_or_else(|| now.clone(), |before| meeting(fresh.id, before));
    let mut earlier = Earlier::default();
    for row in outbox::earlier(connection, place, [&now, &before])? {
        let Letter::News { news, edits, told_as, .. } = row.letter else { continue };
        if row.is_unsent {
            earlier.unsent.push(row.id);
            earlier.due = Some(earlier.due.map_or(row.not_before, |due| due.min(row.not_before)));
            let kind = one(connection, news)?.map(|news| news.kind);
            earlier.told_as = told_as.or(kind).filter(|kind| *kind != NewsKind::Correction);
        } else if edits.is_none() && earlier.corrected.is_none() {
            earlier.corrected = Some(row.id);
            earlier.held_until = (!row.has_arrived).then_some(row.not_before);
        }
    }
    Ok(match kind {
        NewsKind::Minutes => Earlier { unsent: earlier.unsent, due: earlier.due, ..Earlier::default() },
        _ if earlier.corrected.is_none() => earlier,
        _ => Earlier { told_as: None, ..earlier },
    })
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
        Some(before) if is_correction(connection, fresh, before, kind)? => {
            let changes = changes(&Content::of(before), &content);
            let silence = if changes.is_empty() {
                Some(Silence::FormOnly)
            } else if document.kind == Kind::Agenda && are_minutes_known(&others(connection, fresh)?) {
                Some(Silence::MinutesKnown)
            } else {
                None
            };
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
        is_too_old(telling, document).then_some(Silence::TooOld)
    };
    Ok((kind, silence, changes))
}

fn is_too_old(telling: &Telling, document: &Document) -> bool {
    let oldest = telling.now.date().saturating_sub(i64::from(telling.max_age_days).days());
    document.date.is_some_and(|date| date < oldest)
}

/// Whether a new version corrects the one before. An agenda that becomes minutes corrects nothing, nor does a meeting where there was
/// none; unless it has been both before.
fn is_correction(
    connection: &Connection,
    fresh: &Fresh<'_>,
    before: &Document,
    kind: NewsKind,
) -> rusqlite::Result<bool> {
    if before.kind == fresh.document.kind || before.kind == Kind::Minutes {
        return Ok(true);
    }
    let sql = "SELECT EXISTS (SELECT 1 FROM news WHERE document = ?1 AND meeting = ?2 AND kind = ?3)";
    let meeting = meeting(fresh.id, fresh.document);
    connection.prepare_cached(sql)?.query_row(params![fresh.id, meeting, Word(kind)], |row| row.get(0))
}

/// The other documents of the meeting; none where its body or its day is not known.
fn others(connection: &Connection, fresh: &Fresh<'_>) -> rusqlite::Result<Vec<Meeting>> {
    let (Some(body), Some(date)) = (&fresh.document.body, fresh.document.date) else { return Ok(Vec::new()) };
    let filter = MeetingFilter {
        body_key: Some(minutes::body::key(body)),
        date: Some(date),
        ..MeetingFilter::default()
    };
    let mut others = meetings::meetings(connection, &filter, MOST_DOUBLES)?;
    others.retain(|other| other.document != fresh.id);
    Ok(others)
}

fn are_minutes_known(others: &[Meeting]) -> bool {
    others.iter().any(|other| other.kind == Kind::Minutes && other.withdrawn_at.is_none())
}

/// A document that was not there before may be of a meeting that is told of already.
fn of_new(
    connection: &Connection,
    fresh: &Fresh<'_>,
    kind: NewsKind,
) -> rusqlite::Result<(NewsKind, Vec<Change>, Option<Silence>)> {
    let document = fresh.document;
    let mut others = others(connection, fresh)?;
    if kind == NewsKind::Agenda && are_minutes_known(&others) {
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
    meeting_as(id, document, document.kind)
}

fn meeting_as(id: i64, document: &Document, kind: Kind) -> String {
    match (&document.body, document.date) {
        (Some(body), Some(date)) => {
            let agenda = if kind == Kind::Agenda { "agenda" } else { "minutes" };
            format!("{agenda}|{date}|{}", minutes::body::key(body))
        }
        _ => format!("document|{id}"),
    }
}
