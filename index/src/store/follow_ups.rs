//! What was to happen after a meeting.

use jiff::civil::Date;
use minutes::FollowUp;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::joint;
use super::meetings::{HEAD, ItemHead, MEETING, MEETING_WIDTH, Meeting, head, meeting};
use super::traces::agendas_until;
use super::values::Json;

/// Which follow-ups are asked for; the conditions hold at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FollowUpFilter {
    /// Follow-ups of this body (see [`minutes::body::key`]): the one that is to act, or, where the minutes
    /// name none, the one that met.
    pub body_key: Option<String>,
    /// Those said of this case, see [`minutes::case_number::key`].
    pub case_key: Option<String>,
    /// Those that end on this day or later.
    pub from: Option<Date>,
    /// Those that begin on this day or before.
    pub to: Option<Date>,
    /// Those that end before this day.
    pub before: Option<Date>,
    /// Those whose sentence names the body that is to act.
    pub names_body: bool,
    /// Those known on this day: said by a meeting or a document that is not of a later one, or by an agenda of one soon after.
    pub as_of: Option<Date>,
}

/// In which order follow-ups with a day are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowUpOrder {
    /// By their first day, then by the day of the meeting.
    NearestFirst,
    /// By their last day, the last one first.
    LastFirst,
}

/// A follow-up and where it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUpRow {
    /// The follow-up as read.
    pub follow_up: FollowUp,
    /// The meeting whose minutes say so.
    pub meeting: Meeting,
    /// The item that says so; None for a document without items.
    pub item: Option<ItemHead>,
}

/// Those with a day.
pub(crate) fn dated(
    connection: &Connection,
    filter: &FollowUpFilter,
    order: FollowUpOrder,
    limit: usize,
    offset: usize,
) -> rusqlite::Result<Vec<FollowUpRow>> {
    let days = [
        (" AND f.to_date >= ?", filter.from),
        (" AND f.from_date <= ?", filter.to),
        (" AND f.to_date < ?", filter.before),
    ];
    let mut sought = Sought::of(connection, filter, "follow_ups f JOIN documents d ON d.id = f.document")?;
    sought.sql.push_str(" AND f.from_date IS NOT NULL");
    for (condition, day) in days {
        sought.require(condition, day.map(|day| day.to_string()));
    }
    sought.sql.push_str(match order {
        FollowUpOrder::NearestFirst => " ORDER BY f.from_date, d.date, d.id, f.id",
        FollowUpOrder::LastFirst => " ORDER BY f.to_date DESC, d.date DESC, d.id, f.id",
    });
    sought.rows(connection, limit, offset)
}

/// Those without one, said between two days, the last said first.
pub(crate) fn undated(
    connection: &Connection,
    filter: &FollowUpFilter,
    (from, to): (Date, Date),
    limit: usize,
) -> rusqlite::Result<Vec<FollowUpRow>> {
    // The meetings of those days are few, and what all meetings ever promised is much: they are gone through first.
    let tables = "documents d CROSS JOIN follow_ups f ON f.document = d.id";
    let mut sought = Sought::of(connection, filter, tables)?;
    sought.sql.push_str(" AND f.from_date IS NULL");
    sought.require(" AND d.date >= ?", Some(from.to_string()));
    sought.require(" AND d.date <= ?", Some(to.to_string()));
    sought.sql.push_str(" ORDER BY d.date DESC, d.id, f.id");
    sought.rows(connection, limit, 0)
}

/// A statement in the making.
struct Sought {
    sql: String,
    values: Vec<Value>,
}

impl Sought {
    fn of(connection: &Connection, filter: &FollowUpFilter, tables: &str) -> rusqlite::Result<Self> {
        let items = "LEFT JOIN items i ON i.document = f.document AND i.position = f.position";
        let sql = format!("SELECT f.detail, {MEETING}, {HEAD} FROM {tables} {items} WHERE 1");
        let mut sought = Self { sql, values: Vec::new() };
        if let Some(key) = &filter.body_key {
            let keys = joint::keys(connection, key)?;
            sought.sql.push_str(&joint::is_one_of("f.body_key", keys.len()));
            sought.values.extend(keys.into_iter().map(Value::Text));
        }
        sought.require(" AND i.case_key = ?", filter.case_key.clone());
        if filter.names_body {
            sought.sql.push_str(" AND f.names_body");
        }
        if let Some(day) = filter.as_of {
            sought
                .sql
                .push_str(" AND (d.date <= ? OR (d.kind = 'agenda' AND d.date <= ?) OR d.date IS NULL)");
            sought.values.extend([day, agendas_until(day)].map(|day| Value::Text(day.to_string())));
        }
        Ok(sought)
    }

    fn require(&mut self, condition: &str, value: Option<String>) {
        if let Some(value) = value {
            self.sql.push_str(condition);
            self.values.push(Value::Text(value));
        }
    }

    fn rows(
        mut self,
        connection: &Connection,
        limit: usize,
        offset: usize,
    ) -> rusqlite::Result<Vec<FollowUpRow>> {
        self.sql.push_str(" LIMIT ? OFFSET ?");
        self.values.extend([limit, offset].map(|rows| Value::Integer(super::count(rows))));
        connection.prepare_cached(&self.sql)?.query_map(params_from_iter(self.values), row)?.collect()
    }
}

/// All of a document, in the order told.
pub(crate) fn of_document(connection: &Connection, document: i64) -> rusqlite::Result<Vec<FollowUpRow>> {
    let sql = format!(
        "SELECT f.detail, {MEETING}, {HEAD} FROM follow_ups f JOIN documents d ON d.id = f.document
         LEFT JOIN items i ON i.document = f.document AND i.position = f.position
         WHERE f.document = ?1 ORDER BY f.id"
    );
    connection.prepare_cached(&sql)?.query_map([document], row)?.collect()
}

fn row(row: &Row<'_>) -> rusqlite::Result<FollowUpRow> {
    Ok(FollowUpRow {
        follow_up: row.get::<_, Json<FollowUp>>(0)?.0,
        meeting: meeting(row, 1)?,
        item: head(row, 1 + MEETING_WIDTH)?,
    })
}
