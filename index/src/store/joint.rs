//! Joint meetings stand under the names of all their bodies together, and are found under each.

use rusqlite::Connection;

/// From one key to the next in the index: documents are many, and bodies few. `instr` alone would read every document.
const BODIES: &str = "
    WITH RECURSIVE bodies (key) AS (
        SELECT min(body_key) FROM documents
        UNION ALL SELECT (SELECT min(body_key) FROM documents WHERE body_key > key) FROM bodies WHERE key IS NOT NULL
    )
    SELECT key, (SELECT body FROM documents WHERE body_key = key AND kind IN ('minutes', 'agenda') LIMIT 1)
    FROM bodies WHERE key <> ?1 AND instr(key, ?1) > 0";

/// The keys under which a body's meetings stand: its own ([`minutes::body::key`]), and those of its joint meetings with others.
pub(crate) fn keys(connection: &Connection, body_key: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare_cached(BODIES)?;
    let mut rows = statement.query([body_key])?;
    let mut keys = vec![body_key.to_owned()];
    while let Some(row) = rows.next()? {
        let name: Option<String> = row.get(1)?;
        if minutes::joint_bodies(name.as_deref().unwrap_or_default()).iter().any(|key| key == body_key) {
            keys.push(row.get(0)?);
        }
    }
    Ok(keys)
}

/// A condition that a column is one of so many keys.
pub(crate) fn is_one_of(column: &str, keys: usize) -> String {
    format!(" AND {column} IN ({})", vec!["?"; keys].join(", "))
}
