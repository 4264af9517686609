//! The one writer: records in the store first, then in the search index.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::Error;
use crate::failpoint::failpoint;
use crate::ledger::Telling;
use crate::lock::Lock;
use crate::search::{self, FOLDERS, Indexer, Steps};
use crate::store::Store;
use crate::store::documents;
use crate::store::withdraw::{self, Compared};
use crate::store::write::{self, Entry, Numbers, Recorded};

/// Records documents; holds the lock of the data folder until it is dropped.
///
/// Killed at any moment it loses nothing that [`Writer::record`] returned: what was not committed to the search
/// index is added to it when the archive is opened next.
pub struct Writer {
    // Fields are dropped in this order: the lock goes last.
    indexer: Option<Indexer>,
    connection: Connection,
    store: Store,
    directory: PathBuf,
    steps: Steps,
    lock: Lock,
}

impl Writer {
    pub(crate) fn open(directory: &Path, steps: Steps) -> Result<Self, Error> {
        let store = Store::open(directory, false)?;
        let lock = Lock::take(directory)?;
        let connection = store.writer()?;
        Ok(Self { indexer: None, connection, store, directory: directory.into(), steps, lock })
    }

    /// Records a batch in one transaction and returns what became of each entry, in order. On an error nothing of
    /// the batch is recorded, unless it is one of the search index ([`Error::Search`], [`Error::DiskFull`]):
    /// recording the batch again is right in every case and gives [`Recorded::Known`] for what is there.
    ///
    /// What is new or was corrected is put into the outbox of whoever follows it, in the same transaction.
    pub fn record(&mut self, batch: &[Entry<'_>], telling: &Telling) -> Result<Vec<Recorded>, Error> {
        let written =
            write::batch(&mut self.connection, batch, telling).map_err(Error::store(self.store.path()))?;
        let mut recorded = Vec::with_capacity(written.len());
        let mut fresh = Vec::new();
        for (entry, written) in batch.iter().zip(written) {
            fresh.extend(written.numbers.map(|numbers| (entry, numbers)));
            recorded.push(written.recorded);
        }
        if !fresh.is_empty() {
            self.index(&fresh)?;
        }
        failpoint("indexed");
        Ok(recorded)
    }

    /// Compares what is known of a source with all that it has now: what it has not got any more is marked as withdrawn, what it
    /// has again is not. What is withdrawn is still found, and says so; so do the messages that told of it, in the same transaction.
    pub fn compare(
        &mut self,
        source: &str,
        listed: &HashSet<&str>,
        at: &str,
        telling: &Telling,
    ) -> Result<Compared, Error> {
        withdraw::compare(&mut self.connection, source, listed, at, telling)
            .map_err(Error::store(self.store.path()))
    }

    /// Has a document be known by another name: its file was renamed. Whether it was known by the first one and nothing by the
    /// second.
    pub fn rename(&mut self, from: &str, to: &str, url: Option<&str>) -> Result<bool, Error> {
        withdraw::rename(&mut self.connection, from, to, url).map_err(Error::store(self.store.path()))
    }

    /// Makes all that was recorded to be found by searches, here and in other processes, and brings it from
    /// SQLite's log into the database file.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.commit_index()?;
        failpoint("searchable");
        // Readers never stay for long; one that is in the way leaves the log for the next time.
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .map_err(Error::store(self.store.path()))
    }

    fn commit_index(&mut self) -> Result<(), Error> {
        let Some(mut indexer) = self.indexer.take() else { return self.bring_level() };
        let state = self.store.read(documents::state)?;
        match indexer.commit(&state).map_err(Error::search(&self.directory.join(FOLDERS[0]))) {
            Ok(()) => {
                let outgrown = indexer.is_outgrown(state.entries);
                self.indexer = Some(indexer);
                if outgrown {
                    // It writes into the old index; the next document opens the new one.
                    self.indexer = None;
                    self.bring_level()?;
                }
                Ok(())
            }
            Err(Error::Search(error)) => {
                tracing::warn!(%error, "search index could not be committed, bringing it level");
                drop(indexer);
                self.bring_level()
            }
            Err(error) => Err(error),
        }
    }

    fn bring_level(&self) -> Result<(), Error> {
        search::bring_level(&self.directory, &self.store, self.steps, &self.lock).map(drop)
    }

    /// Adds entries to the search index. Opened on the first need, it is brought level with the store and so has
    /// them already; one that failed is dropped and opened again the next time.
    fn index(&mut self, fresh: &[(&Entry<'_>, Numbers)]) -> Result<(), Error> {
        let Some(mut indexer) = self.indexer.take() else {
            self.indexer = Some(search::indexer(&self.directory, &self.store, self.steps, &self.lock)?);
            return Ok(());
        };
        for (entry, numbers) in fresh {
            indexer
                .add(numbers.document, entry.document, &numbers.items)
                .map_err(Error::search(&self.directory.join(FOLDERS[0])))?;
        }
        self.indexer = Some(indexer);
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::Archive;
    use minutes::{Attendance, Document, Kind, Section, SectionKind};

    pub(crate) fn document(text: &str) -> Document {
        Document {
            kind: Kind::Document,
            layout: "plain".into(),
            municipality: None,
            body: None,
            date: None,
            time: None,
            place: None,
            title: Some("Politik".into()),
            attendance: Attendance::default(),
            items: Vec::new(),
            follow_ups: Vec::new(),
            sections: vec![Section { kind: SectionKind::Other, heading: None, text: text.into() }],
        }
    }

    pub(crate) fn telling() -> Telling {
        let now = "2026-01-01T00:00:00+01:00[Europe/Copenhagen]".parse().unwrap();
        Telling { now, digest_at: jiff::civil::time(8, 0, 0, 0), max_age_days: 30, first_reading: true }
    }

    pub(crate) fn entry<'a>(origin: &'a str, document: &'a Document) -> Entry<'a> {
        Entry { origin, url: None, hash: origin, text: "", document, recorded_at: "2026-01-01T00:00:00Z" }
    }

    #[test]
    fn a_full_disk_loses_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let archive = Archive::open(directory.path()).unwrap();
        let mut writer = archive.writer().unwrap();
        let (small, large) = (document("kort"), document(&"langt ".repeat(100_000)));
        writer.record(&[entry("a", &small)], &telling()).unwrap();
        let pages: i64 = writer.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        writer
            .connection
            .query_row(&format!("PRAGMA max_page_count = {}", pages + 4), [], |_| Ok(()))
            .unwrap();
        let full = writer.record(&[entry("b", &small), entry("c", &large)], &telling());
        assert!(matches!(full, Err(Error::DiskFull { .. })), "{full:?}");
        assert_eq!(archive.known().unwrap().len(), 1);
        assert_eq!(writer.record(&[entry("b", &small)], &telling()).unwrap(), [Recorded::New]);
        writer.commit().unwrap();
        assert_eq!(archive.search("kort", 10, 0).unwrap().total, 2);
        assert_eq!(archive.search("langt", 10, 0).unwrap().total, 0);
    }
}
