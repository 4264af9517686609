//! Recording documents: one transaction for a batch.

use minutes::{AgendaItem, Document, FollowUp, Off, Outcome, Seat, body};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::succession::{self, Succession};
use super::values::{Iso, Json, Word};
use super::{attendance, documents, withdraw};
use crate::failpoint::failpoint;
use crate::ledger::news::{self, Fresh};
use crate::ledger::{Matcher, Telling};

/// A document to record.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// What identifies the document: a file's name or an address.
    pub origin: &'a str,
    /// Where people can read it.
    pub url: Option<&'a str>,
    /// A hash of the content in hex: the same hash is the same content.
    pub hash: &'a str,
    /// The text as read, kept so that a better parser can read it again.
    pub text: &'a str,
    /// What was read from it.
    pub document: &'a Document,
    /// When, as an ISO timestamp.
    pub recorded_at: &'a str,
}

/// What became of an [`Entry`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// A document not seen before.
    New,
    /// Another text of a known document: it takes the place of the one before, whose text is kept.
    Corrected {
        /// The version it became, 2 or more.
        version: u32,
    },
    /// The text that is there already, read as it was; nothing written.
    Known,
    /// The text that is there already, read by a newer [`minutes::READING`]: the rows are new, the version is not.
    ReadAgain,
    /// A new origin with the same text as another one has or had; nothing written.
    Copy {
        /// That origin.
        of: String,
    },
    /// A known document held a meeting, and its new text holds none, or only the beginning of it; nothing written: what was read
    /// before goes on counting.
    Kept,
}

/// What became of an entry, and the numbers of what was written.
pub(crate) struct Written {
    pub(crate) recorded: Recorded,
    pub(crate) numbers: Option<Numbers>,
}

/// The numbers of a document and of its items, in order.
pub(crate) struct Numbers {
    pub(crate) document: i64,
    pub(crate) items: Vec<i64>,
}

/// The row that a document has, before it is written again.
struct Current {
    id: i64,
    hash: String,
    version: u32,
    reading: u32,
}

/// Writes the batch with what it gives to tell, all of it or, on an error, nothing.
pub(crate) fn batch(
    connection: &mut Connection,
    batch: &[Entry<'_>],
    telling: &Telling,
) -> rusqlite::Result<Vec<Written>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    failpoint("begun");
    let mut all = Vec::with_capacity(batch.len());
    let mut matcher = None;
    for entry in batch {
        all.push(record(&transaction, entry, telling, &mut matcher)?);
    }
    failpoint("written");
    transaction.commit()?;
    failpoint("recorded");
    Ok(all)
}

fn record(
    transaction: &Transaction<'_>,
    entry: &Entry<'_>,
    telling: &Telling,
    matcher: &mut Option<Matcher>,
) -> rusqlite::Result<Written> {
    let current = current(transaction, entry.origin)?;
    let same_text = current.as_ref().is_some_and(|current| current.hash == entry.hash);
    if same_text && current.as_ref().is_some_and(|current| current.reading == minutes::READING) {
        return Ok(Written { recorded: Recorded::Known, numbers: None });
    }
    // A known origin always takes its new text: were it left out as a copy, its old reading would go on counting.
    if current.is_none()
        && let Some(of) = other_origin(transaction, entry)?
    {
        return Ok(Written { recorded: Recorded::Copy { of }, numbers: None });
    }
    let version = current.as_ref().map_or(1, |current| current.version + u32::from(!same_text));
    // A better reading of the same text is no news.
    let before = match current.as_ref().filter(|_| !same_text) {
        Some(current) => Some(documents::numbered(transaction, current.id)?.document),
        None => None,
    };
    if let (Some(current), Some(before)) = (&current, &before) {
        let text = documents::text(transaction, current.id, current.version)?;
        match succession::of((before, &text), (entry.document, entry.text)) {
            Succession::Version => {}
            Succession::Nothing => return Ok(Written { recorded: Recorded::Kept, numbers: None }),
            Succession::OtherMeeting => {
                withdraw::displace(transaction, current.id, entry.origin, entry.recorded_at)?;
                // One that went back and forth is what it was.
                return match withdraw::put_back(transaction, entry.origin, entry.url, entry.hash)? {
                    true => Ok(Written { recorded: Recorded::Known, numbers: None }),
                    false => record(transaction, entry, telling, matcher),
                };
            }
        }
    }
    let removed = match &current {
        Some(current) => remove_parts(transaction, current.id)?,
        None => 0,
    };
    let entries = i64::try_from(1 + entry.document.items.len()).unwrap_or(i64::MAX) - removed;
    let sequence = next_sequence(transaction, entries)?;
    let document = insert_document(transaction, entry, version, sequence)?;
    if !same_text {
        transaction
            .prepare_cached("INSERT INTO texts (document, version, hash, text) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![document, version, entry.hash, entry.text])?;
    }
    let items = insert_parts(transaction, document, entry.document)?;
    failpoint("document");
    if !same_text {
        let fresh = Fresh { id: document, version, document: entry.document, before };
        news::tell(transaction, telling, matcher, &fresh)?;
    }
    let recorded = match version {
        _ if same_text => Recorded::ReadAgain,
        1 => Recorded::New,
        _ => Recorded::Corrected { version },
    };
    Ok(Written { recorded, numbers: Some(Numbers { document, items }) })
}

fn current(transaction: &Transaction<'_>, origin: &str) -> rusqlite::Result<Option<Current>> {
    transaction
        .prepare_cached("SELECT id, hash, version, reading FROM documents WHERE origin = ?1")?
        .query_row([origin], |row| {
            Ok(Current { id: row.get(0)?, hash: row.get(1)?, version: row.get(2)?, reading: row.get(3)? })
        })
        .optional()
}

fn other_origin(transaction: &Transaction<'_>, entry: &Entry<'_>) -> rusqlite::Result<Option<String>> {
    let sql = "
        SELECT d.origin FROM texts t JOIN documents d ON d.id = t.document
        WHERE t.hash = ?1 AND d.origin <> ?2 ORDER BY d.id LIMIT 1";
    transaction.prepare_cached(sql)?.query_row([entry.hash, entry.origin], |row| row.get(0)).optional()
}

/// Removes what a version is made of and returns how many entries of the search index go with it.
fn remove_parts(transaction: &Transaction<'_>, document: i64) -> rusqlite::Result<i64> {
    for table in ["follow_ups", "seats", "setbacks", "planned_meetings", "attendance", "in_part"] {
        transaction
            .prepare_cached(&format!("DELETE FROM {table} WHERE document = ?1"))?
            .execute([document])?;
    }
    let items = transaction.prepare_cached("DELETE FROM items WHERE document = ?1")?.execute([document])?;
    Ok(super::count(items) + 1)
}

fn next_sequence(transaction: &Transaction<'_>, entries: i64) -> rusqlite::Result<i64> {
    transaction
        .prepare_cached("UPDATE meta SET sequence = sequence + 1, entries = entries + ?1 RETURNING sequence")?
        .query_row([entries], |row| row.get(0))
}

fn insert_document(
    transaction: &Transaction<'_>,
    entry: &Entry<'_>,
    version: u32,
    sequence: i64,
) -> rusqlite::Result<i64> {
    let sql = "
        INSERT INTO documents (origin, url, hash, kind, body, body_key, date, time, place, title, recorded_at,
                               version, sequence, detail, reading)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        ON CONFLICT (origin) DO UPDATE SET (url, hash, kind, body, body_key, date, time, place, title,
                                            recorded_at, version, sequence, detail, reading, withdrawn_at)
            = (excluded.url, excluded.hash, excluded.kind, excluded.body, excluded.body_key, excluded.date,
               excluded.time, excluded.place, excluded.title, excluded.recorded_at, excluded.version,
               excluded.sequence, excluded.detail, excluded.reading,
               iif(hash = excluded.hash, withdrawn_at, NULL))
        RETURNING id";
    let document = entry.document;
    transaction.prepare_cached(sql)?.query_row(
        params![
            entry.origin,
            entry.url,
            entry.hash,
            Word(document.kind),
            document.body,
            key(document.body.as_deref()),
            document.date.map(Iso),
            document.time,
            document.place,
            document.title,
            entry.recorded_at,
            version,
            sequence,
            Json(&without_items(document)),
            minutes::READING,
        ],
        |row| row.get(0),
    )
}

/// The items stand in rows of their own.
fn without_items(document: &Document) -> Document {
    Document {
        kind: document.kind,
        layout: document.layout.clone(),
        municipality: document.municipality.clone(),
        body: document.body.clone(),
        date: document.date,
        time: document.time.clone(),
        place: document.place.clone(),
        title: document.title.clone(),
        attendance: document.attendance.clone(),
        items: Vec::new(),
        follow_ups: document.follow_ups.clone(),
        sections: document.sections.clone(),
    }
}

fn insert_parts(transaction: &Transaction<'_>, id: i64, document: &Document) -> rusqlite::Result<Vec<i64>> {
    let meeting_key = key(document.body.as_deref());
    insert_follow_ups(transaction, id, None, &meeting_key, &document.follow_ups)?;
    let mut items = Vec::with_capacity(document.items.len());
    for (position, item) in document.items.iter().enumerate() {
        let position = super::count(position);
        items.push(insert_item(transaction, (id, document), &meeting_key, position, item)?);
        insert_follow_ups(transaction, id, Some(position), &meeting_key, &item.follow_ups)?;
        insert_seats(transaction, (id, document), position, &item.seats)?;
    }
    insert_setbacks(transaction, id, &meeting_key, document)?;
    insert_planned_meetings(transaction, id, &meeting_key, document)?;
    attendance::insert(transaction, id, document, &meeting_key)?;
    Ok(items)
}

fn insert_item(
    transaction: &Transaction<'_>,
    (id, document): (i64, &Document),
    meeting_key: &str,
    position: i64,
    item: &AgendaItem,
) -> rusqlite::Result<i64> {
    let case_number = item.case_number.as_ref();
    let case_key = case_number.map(minutes::CaseNumber::key).filter(|key| !key.is_empty());
    transaction
        .prepare_cached(
            "INSERT INTO items (document, position, date, body_key, number, case_number, case_key, title, closed,
                                outcome, detail)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .insert(params![
            id,
            position,
            document.date.map(Iso),
            meeting_key,
            item.number,
            case_number.map(minutes::CaseNumber::as_str),
            case_key,
            item.title,
            item.closed,
            Word(item.decision.as_ref().map_or(Outcome::None, |decision| decision.outcome)),
            Json(item),
        ])
}

fn insert_follow_ups(
    transaction: &Transaction<'_>,
    document: i64,
    position: Option<i64>,
    meeting_key: &str,
    follow_ups: &[FollowUp],
) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO follow_ups (document, position, body_key, names_body, from_date, to_date, detail)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for follow_up in follow_ups {
        let body_key = follow_up.body.as_deref().map_or(meeting_key.to_owned(), body::key);
        let (from, to) = (follow_up.from.map(Iso), follow_up.to.or(follow_up.from).map(Iso));
        let names_body = follow_up.body.is_some();
        statement.execute(params![document, position, body_key, names_body, from, to, Json(follow_up)])?;
    }
    Ok(())
}

fn insert_seats(
    transaction: &Transaction<'_>,
    (id, document): (i64, &Document),
    position: i64,
    seats: &[Seat],
) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO seats (document, position, body, body_key, date, event, detail)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for seat in seats {
        let (body_key, date) = (key(seat.body.as_deref()), document.date.map(Iso));
        statement.execute(params![id, position, seat.body, body_key, date, Word(seat.event), Json(seat)])?;
    }
    Ok(())
}

fn insert_setbacks(
    transaction: &Transaction<'_>,
    id: i64,
    meeting_key: &str,
    document: &Document,
) -> rusqlite::Result<()> {
    for setback in minutes::setbacks(document) {
        let item = match &setback.what {
            Off::Item(at) => document.items.get(*at),
            _ => None,
        };
        let case = match &setback.what {
            Off::Case(case) => Some(case),
            _ => item.and_then(|item| item.case_number.as_ref()),
        };
        let (body_key, day) = match &setback.what {
            Off::Meeting { body, day } => {
                (body.as_deref().map_or(meeting_key.to_owned(), body::key), Some(*day))
            }
            _ => (meeting_key.to_owned(), None),
        };
        let mut insert = transaction.prepare_cached(
            "INSERT INTO setbacks (document, position, is_cancelled, case_key, title, body_key, day, quote)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        let title = item.and_then(|item| item.title.as_ref());
        insert.execute(params![
            id,
            super::count(setback.position),
            setback.is_cancelled,
            case.map(minutes::CaseNumber::key).filter(|key| !key.is_empty()),
            title,
            body_key,
            day.map(Iso),
            setback.quote,
        ])?;
        // An event that is called off may be another item's: it is known by its day too.
        if let (true, Some(title), Some(said)) = (setback.is_cancelled, title, document.date)
            && let Some((event, last)) = minutes::moved(&setback.quote, said).from
            && event == last
        {
            let (position, case_key) = (super::count(setback.position), None::<String>);
            insert.execute(params![
                id,
                position,
                true,
                case_key,
                title,
                meeting_key,
                Iso(event),
                setback.quote
            ])?;
        }
    }
    Ok(())
}

fn insert_planned_meetings(
    transaction: &Transaction<'_>,
    id: i64,
    meeting_key: &str,
    document: &Document,
) -> rusqlite::Result<()> {
    for planned in minutes::planned_meetings(document) {
        let body_key = planned.body.as_deref().map_or(meeting_key.to_owned(), body::key);
        transaction
            .prepare_cached(
                "INSERT INTO planned_meetings (document, position, body_key, day, quote)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                id,
                planned.position.map(super::count),
                body_key,
                Iso(planned.day),
                planned.quote
            ])?;
    }
    Ok(())
}

fn key(name: Option<&str>) -> String {
    name.map(body::key).unwrap_or_default()
}
