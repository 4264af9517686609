//! SQLite, the truth: one file, one writing connection, a few that only read.

pub(crate) mod attendance;
pub(crate) mod case_heads;
pub(crate) mod cases;
pub(crate) mod documents;
pub(crate) mod follow_ups;
pub(crate) mod meetings;
mod near;
mod schema;
pub(crate) mod seats;
mod succession;
pub(crate) mod traces;
pub(crate) mod values;
pub(crate) mod withdraw;
pub(crate) mod write;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::Error;
use crate::lock::Lock;
use schema::Identity;

/// The database and what SQLite keeps beside it (sqlite.org/wal.html).
pub(crate) const FILES: [&str; 3] = ["referent.db", "referent.db-wal", "referent.db-shm"];

/// How long to wait for another process that is writing.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Reading connections kept open between questions; more are opened when more ask at once.
const MAX_IDLE_CONNECTIONS: usize = 4;

/// More than the number of different statements there are.
const STATEMENT_CACHE: usize = 96;

/// Page cache of the writing connection; negative means KiB.
const WRITER_CACHE: i64 = -32_000;

/// The database file and the idle connections that read it. A connection is taken out of the list for a
/// question and put back after it: the lock is never held while SQLite works.
pub(crate) struct Store {
    path: PathBuf,
    read_only: bool,
    idle: Mutex<Vec<Connection>>,
}

impl Store {
    /// Opens `directory/referent.db`, or makes it when absent, and brings an older one up to date. Looks at whose file it is
    /// before anything is written.
    pub(crate) fn open(directory: &Path, read_only: bool) -> Result<Self, Error> {
        let store = Self { path: directory.join(FILES[0]), read_only, idle: Mutex::default() };
        let length = match fs::metadata(&store.path) {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !read_only => 0,
            Err(error) => return Err(Error::io(&store.path)(error)),
        };
        let identity = if length == 0 { Identity::Empty } else { store.read(schema::identity)? };
        match identity {
            Identity::Ours => {}
            Identity::Empty => store.make()?,
            Identity::Older if read_only => return Err(Error::OlderVersion { path: store.path }),
            Identity::Older => {
                // A process of the older version must not go on writing as it knows to.
                let _lock = Lock::take(directory)?;
                tracing::info!(path = %store.path.display(), "bringing the database up to date");
                store.make()?;
            }
            Identity::Newer(found) => {
                return Err(Error::NewerVersion { found, known: schema::SCHEMA_VERSION.unsigned_abs() });
            }
            Identity::Foreign => return Err(Error::NotOurs { path: store.path }),
        }
        Ok(store)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Asks in one read transaction: all that the question reads is of one moment.
    pub(crate) fn read<T>(
        &self,
        question: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let connection = match self.idle().pop() {
            Some(connection) => connection,
            None => self.reader().map_err(Error::store(&self.path))?,
        };
        let answer = ask(&connection, question).map_err(Error::store(&self.path))?;
        let mut idle = self.idle();
        if idle.len() < MAX_IDLE_CONNECTIONS {
            idle.push(connection);
        }
        Ok(answer)
    }

    /// A connection that writes. The caller holds the lock of the data folder.
    pub(crate) fn writer(&self) -> Result<Connection, Error> {
        self.check()?;
        self.open_writer().map_err(Error::store(&self.path))
    }

    /// A connection that writes what is told to whom. Several processes may have one: SQLite lets them take turns.
    pub(crate) fn ledger(&self) -> Result<Connection, Error> {
        self.open_writer().map_err(Error::store(&self.path))
    }

    /// Looks through the whole file, on a connection that cannot change it.
    fn check(&self) -> Result<(), Error> {
        let found: String =
            self.read(|connection| connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)))?;
        if found == "ok" { Ok(()) } else { Err(Error::Damaged { path: self.path.clone(), detail: found }) }
    }

    fn make(&self) -> Result<(), Error> {
        self.open_writer()
            .and_then(|mut connection| schema::make(&mut connection))
            .map_err(Error::store(&self.path))
    }

    fn open_writer(&self) -> rusqlite::Result<Connection> {
        let connection = Connection::open(&self.path)?;
        prepare(&connection)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "cache_size", WRITER_CACHE)?;
        Ok(connection)
    }

    fn reader(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = if self.read_only && !self.has_log() {
            // Without a write-ahead log a file on a read-only disk can be read as it stands, else not at all
            // (sqlite.org/wal.html, "Read-Only Databases").
            Connection::open_with_flags(immutable(&self.path), flags | OpenFlags::SQLITE_OPEN_URI)?
        } else {
            Connection::open_with_flags(&self.path, flags)?
        };
        prepare(&connection)?;
        Ok(connection)
    }

    fn has_log(&self) -> bool {
        fs::metadata(self.path.with_file_name(FILES[1])).is_ok_and(|log| log.len() > 0)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn ask<T>(
    connection: &Connection,
    question: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    // As rusqlite's transactions do, but with statements that are kept: to prepare them takes as long as a small question.
    connection.prepare_cached("BEGIN")?.execute([])?;
    // An error ends the connection, and the transaction with it.
    let answer = question(connection)?;
    connection.prepare_cached("COMMIT")?.execute([])?;
    Ok(answer)
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    // Otherwise a kept statement is prepared anew for every other value of a LIMIT or of a range (sqlite.org/qpsg.html).
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// The file's name as an SQLite URI (sqlite.org/uri.html) that promises that nobody changes it.
fn immutable(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                uri.push(char::from(*byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri.push_str("?immutable=1");
    uri
}

/// A number of rows as SQLite takes it.
pub(crate) fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
