//! What a meeting said would happen, and is near.

use jiff::ToSpan;
use jiff::civil::Date;
use minutes::{AgendaItem, FollowUp, FollowUpKind};
use rusqlite::{Connection, params};

use super::matching::{Matcher, Reason};
use super::outbox::{self, Letter};
use super::telling::Telling;
use crate::store::values::{Iso, Json};

/// The sorts that have a day to be reminded of.
const REMINDED: [FollowUpKind; 3] = [FollowUpKind::Meeting, FollowUpKind::Deadline, FollowUpKind::Event];

/// A day further ahead than this was noted by a clock that was wrong.
const FURTHEST_DAYS: i32 = 120;

struct Near {
    document: i64,
    position: Option<u32>,
    from: Date,
    follow_up: FollowUp,
    item: Option<AgendaItem>,
    body: Option<String>,
}

pub(super) fn remind(connection: &Connection, telling: &Telling, days: u16) -> rusqlite::Result<usize> {
    let until = telling.now.date().saturating_add(i64::from(days).days());
    let count = match reminded_until(connection)? {
        // The clock was years ahead, and is not: as if nothing was ever reminded of.
        Some(reminded) if reminded > until.saturating_add(FURTHEST_DAYS.days()) => 0,
        // The clock was put back, or fewer days ahead are told than before.
        Some(reminded) if until <= reminded => return Ok(0),
        // Days on which nobody looked are made good, as far as they have not passed.
        Some(reminded) => {
            let yesterday = telling.now.date().saturating_sub(1.days());
            tell(connection, telling, reminded.max(yesterday), until)?
        }
        None => 0,
    };
    connection.prepare_cached("UPDATE meta SET reminded_until = ?1")?.execute([Iso(until)])?;
    Ok(count)
}

/// Puts reminders into the outbox of what a document says that was just recorded, where the days up to it were gone through before.
pub(super) fn catch_up(
    connection: &Connection,
    telling: &Telling,
    matcher: &Matcher,
    document: i64,
) -> rusqlite::Result<()> {
    let today = telling.now.date();
    let Some(reminded) = reminded_until(connection)? else { return Ok(()) };
    if reminded > today.saturating_add(FURTHEST_DAYS.days()) {
        return Ok(());
    }
    let near = near(connection, today.saturating_sub(1.days()), reminded, Some(document))?;
    put(connection, telling, matcher, near)?;
    Ok(())
}

fn reminded_until(connection: &Connection) -> rusqlite::Result<Option<Date>> {
    connection
        .prepare_cached("SELECT reminded_until FROM meta")?
        .query_row([], |row| row.get::<_, Option<Iso>>(0))
        .map(|day| day.map(|day| day.0))
}

fn tell(connection: &Connection, telling: &Telling, after: Date, until: Date) -> rusqlite::Result<usize> {
    let near = near(connection, after, until, None)?;
    if near.is_empty() {
        return Ok(0);
    }
    put(connection, telling, &Matcher::load(connection)?, near)
}

fn put(
    connection: &Connection,
    telling: &Telling,
    matcher: &Matcher,
    near: Vec<Near>,
) -> rusqlite::Result<usize> {
    let now = telling.now.timestamp();
    let mut count = 0;
    for near in near {
        let items: Vec<&AgendaItem> = near.item.iter().collect();
        let case =
            near.item.as_ref().and_then(|item| item.case_number.as_ref()).map(minutes::CaseNumber::key);
        // Several documents of one case may say the same.
        let what = case.unwrap_or_else(|| format!("{}#{}", near.document, near.position.unwrap_or_default()));
        let subject = format!("due:{}:{what}", near.from);
        for (place, found) in matcher.among(near.body.as_deref(), &items) {
            let not_before = found.iter().map(|it| it.release(&telling.now, telling.digest_at)).min();
            let at = near.position;
            let reasons: Vec<Reason> =
                found.into_iter().map(|it| Reason { items: at.into_iter().collect(), ..it.reason }).collect();
            let letter = Letter::Due {
                document: near.document,
                position: near.position,
                follow_up: near.follow_up.clone(),
                reasons,
            };
            let is_new = outbox::put(
                connection,
                &outbox::New {
                    place: &place,
                    subject: &subject,
                    meeting: None,
                    letter: &letter,
                    not_before: not_before.unwrap_or(now),
                    now,
                },
            )?;
            count += usize::from(is_new);
        }
    }
    Ok(count)
}

/// What begins after the one day and not after the other, as one document says or all do.
fn near(
    connection: &Connection,
    after: Date,
    until: Date,
    document: Option<i64>,
) -> rusqlite::Result<Vec<Near>> {
    let sql = "
        SELECT f.document, f.position, f.from_date, f.detail, i.detail, d.body
        FROM follow_ups f JOIN documents d ON d.id = f.document
        LEFT JOIN items i ON i.document = f.document AND i.position = f.position
        WHERE f.from_date > ?1 AND f.from_date <= ?2 AND d.withdrawn_at IS NULL
            AND (?3 IS NULL OR f.document = ?3)
        ORDER BY f.from_date, f.document, f.position, f.id";
    let rows = connection
        .prepare_cached(sql)?
        .query_map(params![Iso(after), Iso(until), document], |row| {
            Ok(Near {
                document: row.get(0)?,
                position: row.get(1)?,
                from: row.get::<_, Iso>(2)?.0,
                follow_up: row.get::<_, Json<FollowUp>>(3)?.0,
                item: row.get::<_, Option<Json<AgendaItem>>>(4)?.map(|item| item.0),
                body: row.get(5)?,
            })
        })?
        .collect::<rusqlite::Result<Vec<Near>>>()?;
    Ok(rows.into_iter().filter(|near| REMINDED.contains(&near.follow_up.kind)).collect())
}
