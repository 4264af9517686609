//! Who was appointed to which body, recommended, or left.

use minutes::Seat;
use rusqlite::{Connection, Row};

use super::meetings::{BodySummary, HEAD, ItemHead, MEETING, MEETING_WIDTH, Meeting, body, head, meeting};
use super::values::Json;

/// A seat and where it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatRow {
    /// The seat as read.
    pub seat: Seat,
    /// The meeting whose minutes say so.
    pub meeting: Meeting,
    /// The item that says so.
    pub item: Option<ItemHead>,
}

pub(crate) fn seats(connection: &Connection, body_key: &str) -> rusqlite::Result<Vec<SeatRow>> {
    let sql = format!(
        "SELECT s.detail, {MEETING}, {HEAD} FROM seats s JOIN documents d ON d.id = s.document
         LEFT JOIN items i ON i.document = s.document AND i.position = s.position
         WHERE s.body_key = ?1 ORDER BY d.date, d.id, s.id"
    );
    connection.prepare_cached(&sql)?.query_map([body_key], row)?.collect()
}

fn row(row: &Row<'_>) -> rusqlite::Result<SeatRow> {
    Ok(SeatRow {
        seat: row.get::<_, Json<Seat>>(0)?.0,
        meeting: meeting(row, 1)?,
        item: head(row, 1 + MEETING_WIDTH)?,
    })
}

pub(crate) fn seated_bodies(connection: &Connection) -> rusqlite::Result<Vec<BodySummary>> {
    let sql = "
        SELECT s.body_key, count(*) AS rows, min(d.date), max(d.date),
            (SELECT n.body FROM seats n JOIN documents m ON m.id = n.document
             WHERE n.body_key = s.body_key ORDER BY m.date DESC, n.id DESC LIMIT 1)
        FROM seats s JOIN documents d ON d.id = s.document
        WHERE s.body_key <> '' AND d.date IS NOT NULL
        GROUP BY s.body_key ORDER BY rows DESC, s.body_key";
    connection.prepare_cached(sql)?.query_map([], body)?.collect()
}
