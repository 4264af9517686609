//! The index on disk, opened for questions.

use std::cmp::Reverse;
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::SystemTime;

use tantivy::collector::{Count, TopDocs};
use tantivy::directory::{Directory, MmapDirectory};
use tantivy::query::Query;
use tantivy::{DocId, Index, IndexReader, ReloadPolicy, Score, SegmentReader, TantivyError};

use super::analysis;
use super::query::{self, Spelling};
use super::readonly::ReadOnly;
use super::schema::{self, Fields, INDEX_VERSION};
use crate::store::documents::State;

/// A file that is newer than all others of an index whose checksums were right.
const CHECKED: &str = "checked";
const CHECKING: &str = "checking";

/// What a commit stands for: which database, up to which recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) store_id: String,
    pub(super) sequence: u64,
}

impl Mark {
    pub(super) fn of(state: &State) -> Self {
        Self { store_id: state.store_id.clone(), sequence: state.sequence }
    }

    /// As a commit carries it.
    pub(super) fn payload(&self) -> String {
        format!("{INDEX_VERSION} {} {}", self.store_id, self.sequence)
    }

    /// None for an index of another version.
    fn parse(payload: &str) -> Option<Self> {
        let mut parts = payload.split(' ');
        if parts.next()?.parse() != Ok(INDEX_VERSION) {
            return None;
        }
        Some(Self { store_id: parts.next()?.to_owned(), sequence: parts.next()?.parse().ok()? })
    }
}

/// Where an entry leads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    pub(crate) score: f32,
    pub(crate) document: i64,
    /// None for the document itself.
    pub(crate) item: Option<i64>,
}

/// How many entries answer a question, and those asked for.
pub(crate) struct Places {
    pub(crate) total: usize,
    pub(crate) places: Vec<Place>,
}

/// One state of the index. Questions go on in it while the index is written.
pub(crate) struct Opened {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    mark: Mark,
}

impl Opened {
    /// Opens what is there and looks whether it can be trusted: the fields, the mark, and, where a file changed since
    /// the last time, every checksum.
    pub(super) fn open(directory: &Path, read_only: bool) -> tantivy::Result<Self> {
        let files = MmapDirectory::open(directory)?;
        let files: Box<dyn Directory> = if read_only { Box::new(ReadOnly(files)) } else { Box::new(files) };
        let index = Index::open(files)?;
        let (schema, fields) = schema::schema();
        if index.schema() != schema {
            return Err(TantivyError::SchemaError("other fields".into()));
        }
        index.tokenizers().register(analysis::NAME, analysis::analyzer());
        check(&index, directory, read_only)?;
        let mark = mark(&index)?;
        let reader = guarded(|| index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into())?;
        Ok(Self { index, reader, fields, mark })
    }

    /// The same index as of now.
    pub(super) fn reloaded(&self) -> tantivy::Result<Self> {
        // The mark first: entries that a commit in between brings are then more than promised, never fewer.
        let mark = mark(&self.index)?;
        guarded(|| self.reader.reload())?;
        Ok(Self { index: self.index.clone(), reader: self.reader.clone(), fields: self.fields, mark })
    }

    /// Whether all that the store has is in it, and nothing else.
    pub(super) fn is_level_with(&self, state: &State) -> bool {
        self.mark == Mark::of(state) && self.reader.searcher().num_docs() == state.entries
    }

    /// Whether it was made from this store, and not from a later state of it.
    pub(super) fn is_behind(&self, state: &State) -> bool {
        self.mark.store_id == state.store_id && self.mark.sequence < state.sequence
    }

    /// Whether it was made from this store.
    pub(super) fn is_of(&self, state: &State) -> bool {
        self.mark.store_id == state.store_id
    }

    pub(super) fn sequence(&self) -> u64 {
        self.mark.sequence
    }

    pub(super) fn index(&self) -> &Index {
        &self.index
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Entries that hold all the terms, best first.
    pub(crate) fn all_of(&self, terms: &[String], limit: usize, offset: usize) -> tantivy::Result<Places> {
        if terms.is_empty() {
            return Ok(Places { total: 0, places: Vec::new() });
        }
        self.find(&query::everywhere(&self.fields, terms), limit, offset)
    }

    /// Items with these words in the title, the newest meeting first.
    pub(crate) fn titled(
        &self,
        words: &str,
        spelling: Spelling,
        limit: usize,
        offset: usize,
    ) -> tantivy::Result<Vec<Place>> {
        let Some(query) = query::in_title(&self.fields, words, spelling) else { return Ok(Vec::new()) };
        let searcher = self.reader.searcher();
        for segment in searcher.segment_readers() {
            Numbers::of(segment)?;
        }
        let newest = TopDocs::with_limit(limit).and_offset(offset).order_by(|segment: &SegmentReader| {
            let numbers = Numbers::of(segment).ok();
            move |entry: DocId| {
                let (document, item, day) = numbers.as_ref().map_or((0, 0, 0), |numbers| numbers.at(entry));
                (day, document, Reverse(item))
            }
        });
        let found = guarded(|| searcher.search(&query, &newest))?;
        Ok(found.into_iter().map(|((_, document, item), _)| place(0.0, document, item.0)).collect())
    }

    /// Best first; of equally good ones the newest meeting first, then as recorded: the same at every asking.
    fn find(&self, query: &dyn Query, limit: usize, offset: usize) -> tantivy::Result<Places> {
        let searcher = self.reader.searcher();
        // The collector makes room for all that it is asked for, so no more than there is.
        let there = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let (limit, offset) = (limit.min(there), offset.min(there));
        if limit == 0 {
            let total = guarded(|| searcher.search(query, &Count))?;
            return Ok(Places { total, places: Vec::new() });
        }
        for segment in searcher.segment_readers() {
            Numbers::of(segment)?;
        }
        let best = TopDocs::with_limit(limit).and_offset(offset).tweak_score(|segment: &SegmentReader| {
            let numbers = Numbers::of(segment).ok();
            move |entry: DocId, score: Score| {
                let (document, item, day) = numbers.as_ref().map_or((0, 0, 0), |numbers| numbers.at(entry));
                (score, day, Reverse(document), Reverse(item))
            }
        });
        let (total, found) = guarded(|| searcher.search(query, &(Count, best)))?;
        let places =
            found.into_iter().map(|((score, _, document, item), _)| place(score, document.0, item.0));
        Ok(Places { total, places: places.collect() })
    }
}

fn place(score: f32, document: u64, item: u64) -> Place {
    let number = |stored: u64| i64::try_from(stored).unwrap_or_default();
    Place { score, document: number(document), item: (item > 0).then(|| number(item)) }
}

/// The number columns of a segment.
struct Numbers([std::sync::Arc<dyn tantivy::columnar::ColumnValues<u64>>; 3]);

impl Numbers {
    fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let column = |name| Ok::<_, TantivyError>(segment.fast_fields().u64(name)?.first_or_default_col(0));
        Ok(Self([column(schema::DOCUMENT)?, column(schema::ITEM)?, column(schema::DAY)?]))
    }

    /// Document, item, day.
    fn at(&self, entry: DocId) -> (u64, u64, u64) {
        let [document, item, day] = &self.0;
        (document.get_val(entry), item.get_val(entry), day.get_val(entry))
    }
}

fn mark(index: &Index) -> tantivy::Result<Mark> {
    let payload = index.load_metas()?.payload.unwrap_or_default();
    Mark::parse(&payload).ok_or_else(|| TantivyError::SchemaError("other version".into()))
}

/// Compares the checksums, unless no file changed since that was done last. Reading every byte takes time that a
/// single question need not spend.
fn check(index: &Index, directory: &Path, read_only: bool) -> tantivy::Result<()> {
    if is_checked(directory)? {
        return Ok(());
    }
    let checking = directory.join(CHECKING);
    // Made before the first byte is read: a file that changes meanwhile is newer.
    let noted = !read_only && fs::write(&checking, []).is_ok();
    let damaged = guarded(|| index.validate_checksum())?;
    if let Some(file) = damaged.into_iter().next() {
        return Err(tantivy::error::DataCorruption::new(file, "wrong checksum".into()).into());
    }
    if noted {
        fs::rename(&checking, directory.join(CHECKED))?;
    }
    Ok(())
}

fn is_checked(directory: &Path) -> io::Result<bool> {
    let checked = match fs::metadata(directory.join(CHECKED)) {
        Ok(metadata) => metadata.modified()?,
        Err(_) => return Ok(false),
    };
    Ok(newest(directory)? < checked)
}

/// When the last of the files was changed. tantivy's lock files are not part of the index.
fn newest(directory: &Path) -> io::Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    for file in fs::read_dir(directory)? {
        let file = file?;
        let name = file.file_name();
        let name = name.to_string_lossy();
        if name == CHECKED || name == CHECKING || name.ends_with(".lock") {
            continue;
        }
        match file.metadata() {
            Ok(metadata) => newest = newest.max(metadata.modified()?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(newest)
}

/// tantivy trusts its files and panics on some damage; here that is an error like the others.
pub(super) fn guarded<T>(work: impl FnOnce() -> tantivy::Result<T>) -> tantivy::Result<T> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(TantivyError::InternalError("panic over damaged files".into())))
}
