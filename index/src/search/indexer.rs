//! Writing the index. The caller holds the lock of the data folder.

use minutes::Document;
use tantivy::{Index, IndexWriter, Term};

use super::analysis::Analysis;
use super::damage::guarded;
use super::entries::entries;
use super::mark::Mark;
use super::schema::Fields;
use crate::store::documents::State;

const THREADS: usize = 2;

/// Bytes of entries held in memory, all threads together, before they are written out.
const MEMORY_BUDGET: usize = 64_000_000;

/// Takes entries; they can be found after a commit.
pub(crate) struct Indexer {
    writer: IndexWriter,
    fields: Fields,
    analysis: Analysis,
}

impl Indexer {
    pub(super) fn new(index: &Index, fields: Fields, analysis: Analysis) -> tantivy::Result<Self> {
        Ok(Self { writer: index.writer_with_num_threads(THREADS, MEMORY_BUDGET)?, fields, analysis })
    }

    /// Puts a document's entries in the place of those it had.
    pub(crate) fn add(&mut self, id: i64, document: &Document, items: &[i64]) -> tantivy::Result<()> {
        self.writer.delete_term(Term::from_field_u64(self.fields.document, id.unsigned_abs()));
        for entry in entries(&self.fields, id, document, items) {
            if let Err(error) = self.writer.add_document(entry) {
                // This one only says that the threads are gone; they themselves say why.
                return Err(self.writer.prepare_commit().err().unwrap_or(error));
            }
        }
        Ok(())
    }

    /// All entries added are on disk afterwards; the commit says that it holds all of the store's `state`.
    pub(crate) fn commit(&mut self, state: &State) -> tantivy::Result<()> {
        guarded(|| {
            let mut commit = self.writer.prepare_commit()?;
            commit.set_payload(&Mark::of(state, &self.analysis).payload());
            commit.commit()?;
            Ok(())
        })
    }

    /// Whether there is so much more by now that its lexicon may be outgrown.
    pub(crate) fn is_outgrown(&self, entries: u64) -> bool {
        self.analysis.is_outgrown(entries)
    }
}
