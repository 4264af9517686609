//! Bodies, their meetings, and the items of a meeting.

use jiff::civil::Date;
use minutes::{AgendaItem, CaseNumber, Kind, Outcome};
use rusqlite::{Connection, OptionalExtension, Params, Row, ToSql, params_from_iter};

use super::joint;
use super::values::{Iso, Json, Word};

/// A document as the answers cite it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The document's number in this archive.
    pub document: i64,
    /// What the document is.
    pub kind: Kind,
    /// The body that met, as printed.
    pub body: Option<String>,
    /// What the body's name is compared by, see [`minutes::body::key`]; empty when there is no name.
    pub body_key: String,
    /// The day of the meeting, or of the document.
    pub date: Option<Date>,
    /// When it began, as printed.
    pub time: Option<String>,
    /// Where it was held, as printed.
    pub place: Option<String>,
    /// The title of a document that is not minutes.
    pub title: Option<String>,
    /// Where the document came from: a file's name or an address.
    pub file: String,
    /// Where people can read it, when that is known.
    pub url: Option<String>,
    /// When this version was recorded, as the caller gave it.
    pub recorded_at: String,
    /// 1 when it was never corrected.
    pub version: u32,
    /// When its source was found not to have it any more, as the caller gave it; None as long as it is there.
    pub withdrawn_at: Option<String>,
}

/// An item with the meeting it was on.
#[derive(Debug, Clone, PartialEq)]
pub struct Treatment {
    /// The item's number in this archive; a corrected document's items get new ones.
    pub item_id: i64,
    /// The item's place in the meeting, from 0.
    pub position: u32,
    /// The meeting.
    pub meeting: Meeting,
    /// All that was read of the item.
    pub item: AgendaItem,
}

/// The head of an item, for a row that only points to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemHead {
    /// The item's number in this archive.
    pub item_id: i64,
    /// The number printed at the item.
    pub number: Option<String>,
    /// The case that the item belongs to.
    pub case_number: Option<CaseNumber>,
    /// The title as printed.
    pub title: Option<String>,
    /// What the decision amounts to; [`Outcome::None`] without a decision.
    pub outcome: Outcome,
}

/// A body and how much there is of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodySummary {
    /// What its names are compared by, see [`minutes::body::key`].
    pub key: String,
    /// Its name as the newest document prints it.
    pub name: String,
    /// How many meetings, or rows of seats where that was asked for.
    pub meetings: u64,
    /// The day of the first.
    pub first: Date,
    /// The day of the last.
    pub last: Date,
}

/// Which meetings are asked for; all conditions hold at once, the default is every meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingFilter {
    /// Meetings of this body, joint ones with others too, see [`minutes::body::key`].
    pub body_key: Option<String>,
    /// Meetings on this day.
    pub date: Option<Date>,
    /// Meetings on this day or later.
    pub from: Option<Date>,
    /// Meetings on this day or before.
    pub to: Option<Date>,
}

/// A day on which a body met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingDay {
    /// The day.
    pub date: Date,
    /// The body that met, as printed; None when there is no name.
    pub body: Option<String>,
    /// What its name is compared by, see [`minutes::body::key`]; empty when there is no name.
    pub body_key: String,
}

/// The columns that [`meeting`] reads, of a table named `d`.
pub(super) const MEETING: &str = "d.id, d.kind, d.body, d.body_key, d.date, d.time, d.place, d.title, d.origin, d.url, \
                                  d.recorded_at, d.version, d.withdrawn_at";

/// How many columns [`MEETING`] has.
pub(super) const MEETING_WIDTH: usize = 13;

/// The columns that [`head`] reads, of a table named `i`.
pub(super) const HEAD: &str = "i.id, i.number, i.case_number, i.title, i.outcome";

pub(super) fn meeting(row: &Row<'_>, at: usize) -> rusqlite::Result<Meeting> {
    Ok(Meeting {
        document: row.get(at)?,
        kind: row.get::<_, Word<Kind>>(at + 1)?.0,
        body: row.get(at + 2)?,
        body_key: row.get(at + 3)?,
        date: date(row, at + 4)?,
        time: row.get(at + 5)?,
        place: row.get(at + 6)?,
        title: row.get(at + 7)?,
        file: row.get(at + 8)?,
        url: row.get(at + 9)?,
        recorded_at: row.get(at + 10)?,
        version: row.get(at + 11)?,
        withdrawn_at: row.get(at + 12)?,
    })
}

/// None when the row joins no item.
pub(super) fn head(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<ItemHead>> {
    let Some(item_id) = row.get(at)? else { return Ok(None) };
    Ok(Some(ItemHead {
        item_id,
        number: row.get(at + 1)?,
        case_number: row.get::<_, Option<String>>(at + 2)?.as_deref().and_then(CaseNumber::new),
        title: row.get(at + 3)?,
        outcome: row.get::<_, Word<Outcome>>(at + 4)?.0,
    }))
}

pub(super) fn date(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Date>> {
    Ok(row.get::<_, Option<Iso>>(at)?.map(|day| day.0))
}

pub(super) fn treatment(row: &Row<'_>) -> rusqlite::Result<Treatment> {
    Ok(Treatment {
        item_id: row.get(0)?,
        position: row.get(1)?,
        item: row.get::<_, Json<AgendaItem>>(2)?.0,
        meeting: meeting(row, 3)?,
    })
}

/// Items as [`treatment`] reads them, with the rest of the statement given.
pub(super) fn treatments(
    connection: &Connection,
    rest: &str,
    parameters: impl Params,
) -> rusqlite::Result<Vec<Treatment>> {
    let sql = format!(
        "SELECT i.id, i.position, i.detail, {MEETING} FROM items i JOIN documents d ON d.id = i.document {rest}"
    );
    connection.prepare_cached(&sql)?.query_map(parameters, treatment)?.collect()
}

pub(crate) fn items_of(connection: &Connection, document: i64) -> rusqlite::Result<Vec<Treatment>> {
    treatments(connection, "WHERE i.document = ?1 ORDER BY i.position", [document])
}

/// None when the item is gone, its document corrected.
pub(crate) fn item(connection: &Connection, id: i64) -> rusqlite::Result<Option<Treatment>> {
    Ok(treatments(connection, "WHERE i.id = ?1", [id])?.pop())
}

pub(crate) fn one(connection: &Connection, document: i64) -> rusqlite::Result<Option<Meeting>> {
    let sql = format!("SELECT {MEETING} FROM documents d WHERE d.id = ?1");
    connection.prepare_cached(&sql)?.query_row([document], |row| meeting(row, 0)).optional()
}

pub(crate) fn meetings(
    connection: &Connection,
    filter: &MeetingFilter,
    limit: usize,
) -> rusqlite::Result<Vec<Meeting>> {
    let (date, from, to) = (filter.date.map(Iso), filter.from.map(Iso), filter.to.map(Iso));
    let mut sql = format!("SELECT {MEETING} FROM documents d WHERE d.kind IN ('minutes', 'agenda')");
    let mut values: Vec<&dyn ToSql> = Vec::new();
    let keys = filter.body_key.as_deref().map(|key| joint::keys(connection, key)).transpose()?;
    if let Some(keys) = &keys {
        sql.push_str(&joint::is_one_of("d.body_key", keys.len()));
        values.extend(keys.iter().map(|key| key as &dyn ToSql));
    }
    let mut require = |condition: &str, value| {
        sql.push_str(condition);
        values.push(value);
    };
    if let Some(date) = &date {
        require(" AND d.date = ?", date);
    }
    if let Some(from) = &from {
        require(" AND d.date >= ?", from);
    }
    if let Some(to) = &to {
        require(" AND d.date <= ?", to);
    }
    let limit = super::count(limit);
    require(" ORDER BY d.date DESC, d.id LIMIT ?", &limit);
    connection.prepare_cached(&sql)?.query_map(values.as_slice(), |row| meeting(row, 0))?.collect()
}

pub(crate) fn days(
    connection: &Connection,
    body_key: Option<&str>,
    limit: usize,
    wanted: impl Fn(Date) -> bool,
) -> rusqlite::Result<Vec<MeetingDay>> {
    // Days first, from the index alone; what met is looked up for those that are wanted.
    let keys = body_key.map(|key| joint::keys(connection, key)).transpose()?.unwrap_or_default();
    let of = if keys.is_empty() { String::new() } else { joint::is_one_of("d.body_key", keys.len()) };
    let sql = format!(
        "SELECT d.id, d.date FROM documents d WHERE d.date IS NOT NULL{of} ORDER BY d.date DESC, d.id DESC"
    );
    let mut listed = connection.prepare_cached(&sql)?;
    let mut met = connection.prepare_cached(
        "SELECT d.body, d.body_key FROM documents d WHERE d.id = ?1 AND d.kind IN ('minutes', 'agenda')",
    )?;
    let mut rows = listed.query(params_from_iter(&keys))?;
    let mut days: Vec<MeetingDay> = Vec::new();
    while let Some(row) = rows.next()?.filter(|_| days.len() < limit) {
        let date = row.get::<_, Iso>(1)?.0;
        if !wanted(date) {
            continue;
        }
        let mut bodies = met.query([row.get::<_, i64>(0)?])?;
        let Some(row) = bodies.next()? else { continue };
        let found = MeetingDay { date, body: row.get(0)?, body_key: row.get(1)? };
        // The agenda and the minutes of one meeting are one; those of one day stand together.
        let same = |other: &&MeetingDay| other.date == found.date;
        if !days.iter().rev().take_while(same).any(|other| other.body_key == found.body_key) {
            days.push(found);
        }
    }
    Ok(days)
}

pub(crate) fn bodies(connection: &Connection) -> rusqlite::Result<Vec<BodySummary>> {
    let sql = "
        SELECT d.body_key, count(DISTINCT d.date) AS meetings, min(d.date), max(d.date),
            (SELECT n.body FROM documents n
             WHERE n.body_key = d.body_key AND n.kind IN ('minutes', 'agenda') AND n.body IS NOT NULL
             ORDER BY n.date DESC, n.id DESC LIMIT 1)
        FROM documents d
        WHERE d.body_key <> '' AND d.date IS NOT NULL AND d.kind IN ('minutes', 'agenda')
        GROUP BY d.body_key ORDER BY meetings DESC, d.body_key";
    connection.prepare_cached(sql)?.query_map([], body)?.collect()
}

/// A row of key, number, first day, last day, name.
pub(super) fn body(row: &Row<'_>) -> rusqlite::Result<BodySummary> {
    Ok(BodySummary {
        key: row.get(0)?,
        meetings: row.get::<_, i64>(1)?.unsigned_abs(),
        first: row.get::<_, Iso>(2)?.0,
        last: row.get::<_, Iso>(3)?.0,
        name: row.get(4)?,
    })
}
