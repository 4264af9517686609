//! What can go wrong, in English for logs and in Danish for people.

use std::error::Error as _;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use rusqlite::ffi;
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

/// Why the archive could not do what was asked. Nothing recorded before is lost by any of them.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder cannot be read or written.
    #[error("cannot use {path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another writer has the data folder.
    #[error("{directory} is in use by another process")]
    InUse {
        /// The data folder.
        directory: PathBuf,
        /// The process that has it, when the lock file tells.
        pid: Option<u32>,
    },
    /// The database was written by a later version of this program.
    #[error("the database has version {found}, this program knows versions up to {known}")]
    NewerVersion {
        /// The version found in the file.
        found: u32,
        /// The newest version that this program reads.
        known: u32,
    },
    /// The database was written by an earlier version of this program, and may only be read: it has to be brought up to date.
    #[error("{path} was written by an earlier version of this program and cannot be changed")]
    OlderVersion {
        /// The file.
        path: PathBuf,
    },
    /// An SQLite file that another program made.
    #[error("{path} belongs to another program")]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The database is damaged, or no SQLite file at all.
    #[error("{path} is damaged: {detail}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite, or the reading of a row, found wrong.
        detail: String,
    },
    /// No space is left.
    #[error("no space left to write {path}")]
    DiskFull {
        /// The file or folder that was being written.
        path: PathBuf,
    },
    /// Anything else from SQLite.
    #[error("database: {0}")]
    Store(#[source] rusqlite::Error),
    /// Anything else from the search index.
    #[error("search index: {0}")]
    Search(#[source] TantivyError),
}

impl Error {
    /// What happened and what to do next, in Danish, as one or more sentences.
    pub fn danish(&self) -> String {
        match self {
            Self::Io { path, source } => format!(
                "{} kan ikke læses eller skrives ({source}). Ret adgangen til den, eller vælg en anden mappe med --data.",
                path.display()
            ),
            Self::InUse { directory, pid } => {
                let process = pid.map(|pid| format!(" (proces {pid})")).unwrap_or_default();
                format!(
                    "Datamappen {} er i brug af en anden Referent{process}. Luk den, eller vælg en anden mappe med --data.",
                    directory.display()
                )
            }
            Self::NewerVersion { found, known } => format!(
                "Databasen er skrevet af en nyere udgave af Referent (version {found}, denne kender {known}). \
                 Hent den nyeste udgave, eller vælg en anden mappe med --data."
            ),
            Self::OlderVersion { path } => format!(
                "{} er skrevet af en ældre udgave af Referent og skal føres ajour, men den kan ikke skrives. Kør \
                 'referent sync' én gang som den bruger, der ejer mappen.",
                path.display()
            ),
            Self::NotOurs { path } => format!(
                "{} er en database fra et andet program. Intet er ændret. Vælg en anden mappe med --data.",
                path.display()
            ),
            Self::Damaged { path, detail } => format!(
                "Databasen {} er beskadiget ({detail}). Intet er ændret. Tag en sikkerhedskopi af mappen, eller kør \
                 'referent sync --set-aside' for at lægge den til side og læse kilderne igen.",
                path.display()
            ),
            Self::DiskFull { path } => format!(
                "Der er ikke mere plads på disken til {}. Det, der var gemt før, er gemt endnu. Gør plads, og prøv igen.",
                path.display()
            ),
            Self::Store(source) => {
                format!("Databasen svarede med en fejl ({source}). Prøv igen; bliver den ved, så se loggen.")
            }
            Self::Search(source) => format!(
                "Søgeindekset svarede med en fejl ({source}). Mappen search i datamappen kan slettes; den laves igen."
            ),
        }
    }

    /// For `map_err` around work on a file or folder.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path: path.into() },
            _ => Self::Io { path: path.into(), source },
        }
    }

    /// For `map_err` around work on the database in `path`.
    pub(crate) fn store(path: &Path) -> impl FnOnce(rusqlite::Error) -> Self {
        move |error| {
            let damaged = || Self::Damaged { path: path.into(), detail: error.to_string() };
            match &error {
                rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                    ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => damaged(),
                    ErrorCode::DiskFull => Self::DiskFull { path: path.into() },
                    ErrorCode::SystemIoFailure if failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE => {
                        Self::DiskFull { path: path.into() }
                    }
                    ErrorCode::CannotOpen
                    | ErrorCode::PermissionDenied
                    | ErrorCode::ReadOnly
                    | ErrorCode::SystemIoFailure => {
                        Self::Io { path: path.into(), source: io::Error::other(error) }
                    }
                    _ => Self::Store(error),
                },
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..) => damaged(),
                _ => Self::Store(error),
            }
        }
    }

    /// For `map_err` around work on the search index in `path`.
    pub(crate) fn search(path: &Path) -> impl FnOnce(TantivyError) -> Self {
        move |error| match system_error(&error).map(io::Error::kind) {
            Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => {
                Self::DiskFull { path: path.into() }
            }
            _ => Self::Search(error),
        }
    }
}

/// The system's own error inside tantivy's, which does not always give it as its source.
fn system_error(error: &TantivyError) -> Option<&io::Error> {
    match error {
        TantivyError::IoError(io)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: io, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: io, .. })
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error: io, .. })
        | TantivyError::LockFailure(LockError::IoError(io), _) => Some(io),
        _ => error.source().and_then(|source| source.downcast_ref()),
    }
}
