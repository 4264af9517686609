//! Documents whose source has not got them any more, and those that it has under another name.

use std::collections::HashSet;

use rusqlite::{Connection, TransactionBehavior};

use crate::ledger::{Matcher, Telling, news};

/// What a comparison with a source found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// Origins that the source has not got any more.
    pub withdrawn: Vec<String>,
    /// Origins that were withdrawn and are there again.
    pub returned: Vec<String>,
}

/// Origins of a source begin with its name and a slash.
const OF_SOURCE: &str = "substr(origin, 1, length(?1) + 1) = ?1 || '/'";

pub(crate) fn compare(
    connection: &mut Connection,
    source: &str,
    listed: &HashSet<&str>,
    at: &str,
    telling: &Telling,
) -> rusqlite::Result<Compared> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut compared = Compared::default();
    let mut moved: Vec<(i64, bool)> = Vec::new();
    {
        let sql = format!(
            "SELECT origin, withdrawn_at IS NOT NULL, id FROM documents WHERE {OF_SOURCE} ORDER BY id"
        );
        let mut statement = transaction.prepare_cached(&sql)?;
        let mut rows = statement.query([source])?;
        while let Some(row) = rows.next()? {
            let origin: String = row.get(0)?;
            match (row.get(1)?, listed.contains(origin.as_str())) {
                (false, false) => {
                    compared.withdrawn.push(origin);
                    moved.push((row.get(2)?, false));
                }
                (true, true) => {
                    compared.returned.push(origin);
                    moved.push((row.get(2)?, true));
                }
                _ => {}
            }
        }
        let mut mark =
            transaction.prepare_cached("UPDATE documents SET withdrawn_at = ?2 WHERE origin = ?1")?;
        for origin in &compared.withdrawn {
            mark.execute([origin.as_str(), at])?;
        }
        for origin in &compared.returned {
            mark.execute((origin.as_str(), None::<&str>))?;
        }
    }
    if !moved.is_empty() {
        let matcher = Matcher::load(&transaction)?;
        for (document, is_back) in moved {
            news::tell_presence(&transaction, telling, &matcher, document, is_back)?;
        }
    }
    transaction.commit()?;
    Ok(compared)
}

/// Has a document make way for another one under its name: it is kept under that name with its number, as withdrawn.
pub(super) fn displace(connection: &Connection, id: i64, origin: &str, at: &str) -> rusqlite::Result<()> {
    let sql = "UPDATE documents SET origin = ?2, url = NULL, withdrawn_at = coalesce(withdrawn_at, ?3) WHERE id = ?1";
    connection.prepare_cached(sql)?.execute((id, format!("{origin}{DISPLACED}{id}"), at))?;
    Ok(())
}

/// Gives a name back to the document with this content that once made way there. Whether there is one.
pub(super) fn put_back(
    connection: &Connection,
    origin: &str,
    url: Option<&str>,
    hash: &str,
) -> rusqlite::Result<bool> {
    let sql = "
        UPDATE documents SET origin = ?1, url = ?2, withdrawn_at = NULL
        WHERE hash = ?3 AND origin = ?1 || ?4 || id";
    Ok(connection.prepare_cached(sql)?.execute((origin, url, hash, DISPLACED))? == 1)
}

/// Between the name under which a document was known and its number.
const DISPLACED: &str = "#";

pub(crate) fn rename(
    connection: &mut Connection,
    from: &str,
    to: &str,
    url: Option<&str>,
) -> rusqlite::Result<bool> {
    let sql = "
        UPDATE documents SET origin = ?2, url = ?3, withdrawn_at = NULL
        WHERE origin = ?1 AND NOT EXISTS (SELECT 1 FROM documents WHERE origin = ?2)";
    Ok(connection.prepare_cached(sql)?.execute((from, to, url))? == 1)
}
