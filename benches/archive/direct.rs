//! The least that filling an archive can take: the same rows and the same entries, ready-made, straight into SQLite and
//! tantivy, with the same tables, settings and batches. Nothing is read, hashed, parsed or written as JSON.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use rusqlite::config::DbConfig;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params, params_from_iter};
use tantivy::TantivyDocument;

use crate::figures::Took;
use crate::{figures, indexed};

/// As in `src/intake.rs`; the other limit, of bytes, is not reached by made-up minutes.
const BATCH_FILES: i64 = 256;
const COMMIT_BATCHES: usize = 16;
/// As in `index/src/store`.
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000;";
/// As in `index/src/search/indexer.rs`.
const THREADS: usize = 2;
const MEMORY_BUDGET: usize = 64_000_000;

/// The tables with a row for each document or more, and the column that says which document.
const TABLES: [(&str, &str); 6] = [
    ("documents", "id"),
    ("texts", "document"),
    ("items", "document"),
    ("follow_ups", "document"),
    ("seats", "document"),
    ("attendance", "document"),
];

/// All that an archive holds, ready to be written again.
pub(crate) struct Ready {
    schema: String,
    batches: Vec<Batch>,
    pub(crate) items: usize,
}

struct Batch {
    /// The rows of each of [`TABLES`].
    rows: [Vec<Vec<Value>>; TABLES.len()],
    /// A list for each document.
    entries: Vec<Vec<TantivyDocument>>,
}

/// A connection that only reads the database in a data folder.
pub(crate) fn read_only(data: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(data.join("referent.db"), flags)?;
    // As in `index/src/store`: what is prepared stays so.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

/// Goes through the documents of an archive with their entries in the search index.
pub(crate) fn for_each_document(
    connection: &Connection,
    mut with: impl FnMut(i64, Vec<TantivyDocument>) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let mut texts = connection.prepare("SELECT document, text FROM texts ORDER BY document")?;
    let mut items = connection.prepare("SELECT id FROM items WHERE document = ?1 ORDER BY position")?;
    let mut rows = texts.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let (document, _) = minutes::parse(row.get_ref(1)?.as_str()?);
        let numbers: Vec<i64> = items.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        with(id, indexed::entries(id, &document, &numbers))?;
    }
    Ok(())
}

impl Ready {
    /// Takes everything from a data folder that was filled once, without corrections.
    pub(crate) fn of(data: &Path) -> Result<Self, Box<dyn Error>> {
        let connection = read_only(data)?;
        let schema: Vec<String> = connection
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut entries = Vec::new();
        for_each_document(&connection, |_, of_document| {
            entries.push(of_document);
            Ok(())
        })?;
        let items = entries.iter().map(|of_document| of_document.len() - 1).sum();
        let mut batches = Vec::new();
        let mut first = 1;
        while !entries.is_empty() {
            let rest = entries.split_off(entries.len().min(usize::try_from(BATCH_FILES)?));
            batches.push(Batch { rows: rows(&connection, first)?, entries });
            entries = rest;
            first += BATCH_FILES;
        }
        Ok(Self { schema: schema.join(";"), batches, items })
    }

    /// Writes it all into an empty folder.
    pub(crate) fn write(&self, data: &Path) -> Result<Took, Box<dyn Error>> {
        let entries: Vec<Vec<Vec<TantivyDocument>>> =
            self.batches.iter().map(|batch| batch.entries.clone()).collect();
        fs::create_dir_all(data.join("search"))?;
        let before = figures::processor_seconds()?;
        let start = Instant::now();
        let mut connection = Connection::open(data.join("referent.db"))?;
        connection.execute_batch(PRAGMAS)?;
        connection.execute_batch(&self.schema)?;
        connection
            .execute("INSERT INTO meta (one, store_id, sequence, entries) VALUES (1, 'direct', 0, 0)", [])?;
        let mut writer =
            indexed::create(&data.join("search"))?.writer_with_num_threads(THREADS, MEMORY_BUDGET)?;
        for (nth, (batch, entries)) in self.batches.iter().zip(entries).enumerate() {
            insert(&mut connection, batch)?;
            for entry in entries.into_iter().flatten() {
                writer.add_document(entry)?;
            }
            if (nth + 1) % COMMIT_BATCHES == 0 {
                commit(&mut writer, &connection)?;
            }
        }
        commit(&mut writer, &connection)?;
        drop((writer, connection));
        Ok(Took { time: start.elapsed(), processor: figures::processor_seconds()? - before })
    }
}

fn rows(connection: &Connection, first: i64) -> rusqlite::Result<[Vec<Vec<Value>>; TABLES.len()]> {
    let mut all = [const { Vec::new() }; TABLES.len()];
    for ((table, column), rows) in TABLES.iter().zip(&mut all) {
        let sql = format!("SELECT * FROM {table} WHERE {column} BETWEEN ?1 AND ?2 ORDER BY rowid");
        let mut statement = connection.prepare(&sql)?;
        let width = statement.column_count();
        *rows = statement
            .query_map([first, first + BATCH_FILES - 1], |row| (0..width).map(|at| row.get(at)).collect())?
            .collect::<rusqlite::Result<_>>()?;
    }
    Ok(all)
}

fn insert(connection: &mut Connection, batch: &Batch) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for ((table, _), rows) in TABLES.iter().zip(&batch.rows) {
        let Some(first) = rows.first() else { continue };
        let places = vec!["?"; first.len()].join(", ");
        let mut statement = transaction.prepare_cached(&format!("INSERT INTO {table} VALUES ({places})"))?;
        for row in rows {
            statement.execute(params_from_iter(row))?;
        }
    }
    transaction
        .prepare_cached("UPDATE meta SET sequence = sequence + ?1")?
        .execute(params![batch.entries.len() as i64])?;
    transaction.commit()
}

fn commit(writer: &mut tantivy::IndexWriter, connection: &Connection) -> Result<(), Box<dyn Error>> {
    writer.commit()?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}
