//! Which cases a number or a title typed may mean: their heads, the most recently treated first.

use std::cmp::Reverse;
use std::collections::HashSet;

use jiff::civil::Date;
use minutes::CaseNumber;
use rusqlite::{Connection, Params, Row, params};

use super::meetings::date;
use super::near::Near;

/// So few items are put in order as they are found by their number. Of more, the newest meetings are walked through instead:
/// they soon have as many cases as asked for.
const FEW_ITEMS: i64 = 300;

/// Items looked at on such a walk before it is given up.
const MOST_WALKED: usize = 5_000;

/// Numbers looked at closely when the nearest to a typed one are sought.
const MAX_NEAR: usize = 64;

/// What a case is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHead {
    /// The number as last printed.
    pub case_number: CaseNumber,
    /// What numbers are compared by, see [`minutes::case_number::key`].
    pub key: String,
    /// The title at the last meeting; where a title was asked for, the last one that fits.
    pub title: Option<String>,
    /// The day of the last meeting that had it on the agenda.
    pub last_date: Option<Date>,
}

/// The columns that [`head`] reads.
const HEAD: &str = "i.case_key, i.case_number, i.title, d.date";

/// The newest meeting first; of one meeting as printed.
const NEWEST_FIRST: &str = "ORDER BY d.date DESC, d.id DESC, i.position";

pub(crate) fn recent(connection: &Connection, limit: usize) -> rusqlite::Result<Vec<CaseHead>> {
    match walk(connection, limit, |_| true)? {
        Some(heads) => Ok(heads),
        None => among(connection, "i.case_key IS NOT NULL", [], limit),
    }
}

pub(crate) fn with_prefix(
    connection: &Connection,
    prefix: &str,
    limit: usize,
) -> rusqlite::Result<Vec<CaseHead>> {
    // Every key that starts with the prefix sorts before the prefix followed by the greatest character.
    let end = format!("{prefix}{}", char::MAX);
    let sql = "
        SELECT count(*) FROM (SELECT 1 FROM items WHERE case_key >= ?1 AND case_key < ?2 LIMIT ?3)";
    let items: i64 =
        connection.prepare_cached(sql)?.query_row(params![prefix, end, FEW_ITEMS + 1], |row| row.get(0))?;
    if items > FEW_ITEMS
        && let Some(heads) = walk(connection, limit, |key| key.starts_with(prefix))?
    {
        return Ok(heads);
    }
    among(connection, "i.case_key >= ?1 AND i.case_key < ?2", params![prefix, end], limit)
}

pub(crate) fn containing(
    connection: &Connection,
    fragment: &str,
    limit: usize,
) -> rusqlite::Result<Vec<CaseHead>> {
    let inside = |key: &str| key.find(fragment).is_some_and(|at| at > 0);
    match walk(connection, limit, inside)? {
        Some(heads) => Ok(heads),
        None => {
            let condition = "i.case_key IS NOT NULL AND instr(i.case_key, ?1) > 1";
            among(connection, condition, [fragment], limit)
        }
    }
}

/// The numbers of the KLE convention that end in these digits: the serial and the year after the facet's letter and digits.
pub(crate) fn ending(
    connection: &Connection,
    serial_and_year: &str,
    limit: usize,
) -> rusqlite::Result<Vec<CaseHead>> {
    // The first condition leaves little to do for the second, which takes ten times as long.
    let condition = "i.case_key IS NOT NULL AND i.case_key LIKE '%' || ?1
                     AND i.case_key GLOB '*[A-ZÆØÅ][0-9][0-9]' || ?1";
    among(connection, condition, [serial_and_year], limit)
}

pub(crate) fn nearest(
    connection: &Connection,
    key: &str,
    max_distance: usize,
    limit: usize,
) -> rusqlite::Result<Vec<CaseHead>> {
    let mut near = within(connection, key, max_distance)?;
    near.sort();
    near.truncate(MAX_NEAR.max(limit));
    let mut cases = Vec::new();
    for (distance, key) in near {
        let found = among(connection, "i.case_key = ?1", [&key], 1)?;
        cases.extend(found.into_iter().map(|case| (distance, case)));
    }
    cases.sort_by_key(|(distance, case)| (*distance, Reverse(case.last_date)));
    Ok(cases.into_iter().map(|(_, case)| case).take(limit).collect())
}

/// The head of the case that an item belongs to, with the item's own title; None without a case number, or when the item is
/// gone.
pub(crate) fn of_item(connection: &Connection, item: i64) -> rusqlite::Result<Option<CaseHead>> {
    Ok(among(connection, "i.id = ?1 AND i.case_key IS NOT NULL", [item], 1)?.pop())
}

/// Every key at most `max_distance` edits away, with the distance. Two letters changed about are one edit.
fn within(connection: &Connection, key: &str, max_distance: usize) -> rusqlite::Result<Vec<(usize, String)>> {
    let mut near = Near::new(key, max_distance);
    let mut found = Vec::new();
    let mut statement = connection
        .prepare_cached("SELECT case_key FROM items WHERE case_key IS NOT NULL ORDER BY case_key")?;
    let mut rows = statement.query([])?;
    let mut last = String::new();
    while let Some(row) = rows.next()? {
        let other = row.get_ref(0)?.as_str()?;
        if other == last {
            continue;
        }
        last.clear();
        last.push_str(other);
        found.extend(near.distance(other).map(|distance| (distance, other.to_owned())));
    }
    Ok(found)
}

/// Walks from the newest meeting backwards until there are `limit` cases whose key is wanted, or no more meetings. None when
/// neither happened within [`MOST_WALKED`] items.
fn walk(
    connection: &Connection,
    limit: usize,
    wanted: impl Fn(&str) -> bool,
) -> rusqlite::Result<Option<Vec<CaseHead>>> {
    let sql = format!(
        "SELECT {HEAD} FROM documents d CROSS JOIN items i ON i.document = d.id
         WHERE i.case_key IS NOT NULL {NEWEST_FIRST}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut heads = Heads::default();
    let mut walked = 0;
    while let Some(row) = rows.next()? {
        if heads.is_full(limit, row)? {
            return Ok(Some(heads.in_order(limit)));
        }
        walked += 1;
        if walked > MOST_WALKED {
            return Ok(None);
        }
        if wanted(row.get_ref(0)?.as_str()?) {
            heads.add(row)?;
        }
    }
    Ok(Some(heads.in_order(limit)))
}

/// The cases of the items that a condition holds for.
fn among(
    connection: &Connection,
    condition: &str,
    parameters: impl Params,
    limit: usize,
) -> rusqlite::Result<Vec<CaseHead>> {
    let sql = format!(
        "SELECT {HEAD} FROM items i CROSS JOIN documents d ON d.id = i.document WHERE {condition} {NEWEST_FIRST}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(parameters)?;
    let mut heads = Heads::default();
    while let Some(row) = rows.next()? {
        if heads.is_full(limit, row)? {
            break;
        }
        heads.add(row)?;
    }
    Ok(heads.in_order(limit))
}

/// Cases from rows that come newest first.
#[derive(Default)]
struct Heads {
    cases: Vec<CaseHead>,
    seen: HashSet<String>,
}

impl Heads {
    /// Whether there are enough, and this row is of an earlier day: those of one day are put in order by their numbers.
    fn is_full(&self, limit: usize, row: &Row<'_>) -> rusqlite::Result<bool> {
        if self.cases.len() < limit {
            return Ok(false);
        }
        let day = date(row, 3)?;
        Ok(self.cases.last().is_none_or(|last| last.last_date != day))
    }

    fn add(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let key = row.get_ref(0)?.as_str()?;
        if self.seen.contains(key) {
            return Ok(());
        }
        self.seen.insert(key.to_owned());
        let Some(case_number) = CaseNumber::new(row.get_ref(1)?.as_str()?) else { return Ok(()) };
        let (title, last_date) = (row.get(2)?, date(row, 3)?);
        self.cases.push(CaseHead { case_number, key: key.to_owned(), title, last_date });
        Ok(())
    }

    fn in_order(mut self, limit: usize) -> Vec<CaseHead> {
        self.cases.sort_by(|one, other| (other.last_date, &one.key).cmp(&(one.last_date, &other.key)));
        self.cases.truncate(limit);
        self.cases
    }
}
