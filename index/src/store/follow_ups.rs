//! What was to happen after a meeting.

use jiff::civil::Date;
use minutes::FollowUp;
use rusqlite::{Connection, Row, ToSql};

use super::meetings::{HEAD, ItemHead, MEETING, MEETING_WIDTH, Meeting, head, meeting};
use super::values::{Iso, Json};

/// Which follow-ups are asked for; the conditions hold at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FollowUpFilter {
    /// Follow-ups of this body (see [`minutes::body::key`]): the one that is to act, or, where the minutes
    /// name none, the one that met.
    pub body_key: Option<String>,
    /// Those that end on this day or later.
    pub from: Option<Date>,
    /// Those that begin on this day or before.
    pub to: Option<Date>,
    /// Those without dates too, after the dated ones; `from` and `to` do not hold for them.
    pub undated: bool,
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

pub(crate) fn follow_ups(
    connection: &Connection,
    filter: &FollowUpFilter,
    limit: usize,
) -> rusqlite::Result<Vec<FollowUpRow>> {
    let (from, to, limit) = (filter.from.map(Iso), filter.to.map(Iso), super::count(limit));
    let mut sql = format!(
        "SELECT f.detail, {MEETING}, {HEAD} FROM follow_ups f JOIN documents d ON d.id = f.document
         LEFT JOIN items i ON i.document = f.document AND i.position = f.position
         WHERE ("
    );
    let mut values: Vec<&dyn ToSql> = Vec::new();
    sql.push_str("(f.from_date IS NOT NULL");
    if let Some(from) = &from {
        sql.push_str(" AND f.to_date >= ?");
        values.push(from);
    }
    if let Some(to) = &to {
        sql.push_str(" AND f.from_date <= ?");
        values.push(to);
    }
    sql.push_str(if filter.undated { ") OR f.from_date IS NULL)" } else { "))" });
    if let Some(body_key) = &filter.body_key {
        sql.push_str(" AND f.body_key = ?");
        values.push(body_key);
    }
    sql.push_str(" ORDER BY f.from_date IS NULL, f.from_date, d.date, d.id, f.id LIMIT ?");
    values.push(&limit);
    connection.prepare_cached(&sql)?.query_map(values.as_slice(), row)?.collect()
}

fn row(row: &Row<'_>) -> rusqlite::Result<FollowUpRow> {
    Ok(FollowUpRow {
        follow_up: row.get::<_, Json<FollowUp>>(0)?.0,
        meeting: meeting(row, 1)?,
        item: head(row, 1 + MEETING_WIDTH)?,
    })
}
