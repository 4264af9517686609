//! Where words are: a tantivy index in the folder `search`, made from the store and kept level with it.
//!
//! Whatever happens to the folder, it can be made again. A commit carries what it stands for ([`opened::Mark`]);
//! the documents recorded since then are added under the lock of the data folder, and an index that cannot be
//! trusted is made anew beside the old one and put in its place.

mod analysis;
mod entries;
mod indexer;
mod opened;
pub(crate) mod passage;
pub(crate) mod query;
mod readonly;
mod schema;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::{Index, TantivyError};

use crate::Error;
use crate::lock::Lock;
use crate::store::Store;
use crate::store::documents::{self, State};
use crate::store::meetings::{Meeting, Treatment};
pub(crate) use analysis::word_set;
pub(crate) use entries::texts_of;
pub(crate) use indexer::Indexer;
use opened::Opened;
pub(crate) use opened::Place;
pub use passage::PASSAGE_CHARS;
pub(crate) use query::Spelling;

/// The index, a new one in the making, and an old one on its way out.
pub(crate) const FOLDERS: [&str; 3] = ["search", "search-new", "search-old"];

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchResult {
    /// How many items and documents hold all the words.
    pub total: usize,
    /// Those asked for, best first.
    pub hits: Vec<Hit>,
}

/// An item or document that holds all the words.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Higher is better; comparable within one search only.
    pub score: f32,
    /// What was found.
    pub found: Found,
    /// Its best passage around the words, plain text of at most [`PASSAGE_CHARS`] characters, cut between words;
    /// `…` stands where it is cut.
    pub passage: String,
}

/// What a search can find.
#[allow(clippy::large_enum_variant, reason = "a result holds few, and both are matched on by value")]
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// An item of an agenda.
    Item(Box<Treatment>),
    /// A document by its own text.
    Document(Meeting),
}

/// The index as last opened. The lock is held while it is opened or brought up to date, never during a question.
pub(crate) struct Search {
    directory: PathBuf,
    read_only: bool,
    current: Mutex<Option<Arc<Opened>>>,
}

impl Search {
    pub(crate) fn new(directory: &Path, read_only: bool) -> Self {
        Self { directory: directory.into(), read_only, current: Mutex::default() }
    }

    /// Asks the index. Damage that shows only now makes it be made again, and the question is asked once more.
    pub(crate) fn ask<T>(
        &self,
        store: &Store,
        question: impl Fn(&Opened) -> tantivy::Result<T>,
    ) -> Result<T, Error> {
        let opened = self.current(store)?;
        let first = match opened::guarded(|| question(&opened)) {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        tracing::warn!(error = %first, "search index failed, making it again");
        if self.read_only {
            return Err(Error::search(&self.folder())(first));
        }
        let lock = Lock::take(&self.directory)?;
        let rebuilt = Arc::new(rebuild(&self.directory, store, &lock)?);
        *self.slot() = Some(Arc::clone(&rebuilt));
        opened::guarded(|| question(&rebuilt)).map_err(Error::search(&self.folder()))
    }

    /// The index, level with the store when that can be had now. While another process writes, its last commit
    /// will do; [`Error::InUse`] when there is none that can be used.
    pub(crate) fn current(&self, store: &Store) -> Result<Arc<Opened>, Error> {
        let mut slot = self.slot();
        let state = store.read(documents::state)?;
        let there = match slot.take() {
            Some(opened) if opened.is_level_with(&state) => Ok(opened),
            Some(opened) => opened.reloaded().map(Arc::new),
            None => Opened::open(&self.folder(), self.read_only).map(Arc::new),
        };
        let opened = match there {
            Ok(opened) if opened.is_level_with(&state) => opened,
            there => self.freshen(store, &state, there)?,
        };
        *slot = Some(Arc::clone(&opened));
        Ok(opened)
    }

    fn freshen(
        &self,
        store: &Store,
        state: &State,
        there: tantivy::Result<Arc<Opened>>,
    ) -> Result<Arc<Opened>, Error> {
        let usable = |there: tantivy::Result<Arc<Opened>>| there.ok().filter(|opened| opened.is_of(state));
        if self.read_only {
            return match there {
                Err(error) => Err(Error::search(&self.folder())(error)),
                there => usable(there)
                    .ok_or_else(|| Error::Search(TantivyError::SchemaError("other index".into()))),
            };
        }
        match Lock::take(&self.directory) {
            Ok(lock) => bring_level(&self.directory, store, &lock).map(Arc::new),
            Err(busy @ Error::InUse { .. }) => usable(there).ok_or(busy),
            Err(error) => Err(error),
        }
    }

    fn folder(&self) -> PathBuf {
        self.directory.join(FOLDERS[0])
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Arc<Opened>>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens the index for writing, level with the store.
pub(crate) fn indexer(directory: &Path, store: &Store, lock: &Lock) -> Result<Indexer, Error> {
    let opened = bring_level(directory, store, lock)?;
    Indexer::new(opened.index(), *opened.fields()).map_err(Error::search(&directory.join(FOLDERS[0])))
}

/// Adds what the index lacks; makes it again when it cannot be trusted.
pub(crate) fn bring_level(directory: &Path, store: &Store, lock: &Lock) -> Result<Opened, Error> {
    let state = store.read(documents::state)?;
    let folder = directory.join(FOLDERS[0]);
    let opened = Opened::open(&folder, false).map_err(Error::search(&folder));
    match opened.and_then(|opened| fill(&folder, opened, store, &state)) {
        Ok(opened) if opened.is_level_with(&state) => return Ok(opened),
        Ok(_) => tracing::warn!("search index does not match the store, making it again"),
        Err(Error::Search(error)) => tracing::info!(%error, "no usable search index, making it"),
        Err(error) => return Err(error),
    }
    rebuild(directory, store, lock)
}

/// Adds the documents recorded since the index's commit.
fn fill(folder: &Path, opened: Opened, store: &Store, state: &State) -> Result<Opened, Error> {
    if !opened.is_behind(state) {
        return Ok(opened);
    }
    let indexer = Indexer::new(opened.index(), *opened.fields()).map_err(Error::search(folder))?;
    add_after(folder, indexer, store, opened.sequence(), state)?;
    opened.reloaded().map_err(Error::search(folder))
}

/// Makes the index from the store, beside the old one, and puts it in its place.
fn rebuild(directory: &Path, store: &Store, _lock: &Lock) -> Result<Opened, Error> {
    let [folder, new, old] = FOLDERS.map(|name| directory.join(name));
    let state = store.read(documents::state)?;
    remove(&new)?;
    fs::create_dir(&new).map_err(Error::io(&new))?;
    let built = create(&new)
        .map_err(Error::search(&new))
        .and_then(|indexer| add_after(&new, indexer, store, 0, &state));
    if let Err(error) = built {
        // Half an index is of no use and may be what fills the disk.
        remove(&new)?;
        return Err(error);
    }
    remove(&old)?;
    match fs::rename(&folder, &old) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Error::io(&folder)(error)),
        _ => {}
    }
    fs::rename(&new, &folder).map_err(Error::io(&folder))?;
    remove(&old)?;
    Opened::open(&folder, false).map_err(Error::search(&folder))
}

fn create(folder: &Path) -> tantivy::Result<Indexer> {
    let (schema, fields) = schema::schema();
    let index = Index::create_in_dir(folder, schema)?;
    index.tokenizers().register(analysis::NAME, analysis::analyzer());
    Indexer::new(&index, fields)
}

/// Adds and commits the documents recorded after `sequence`.
fn add_after(
    folder: &Path,
    mut indexer: Indexer,
    store: &Store,
    sequence: u64,
    state: &State,
) -> Result<(), Error> {
    for id in store.read(|connection| documents::recorded_after(connection, sequence))? {
        let numbered = store.read(|connection| documents::numbered(connection, id))?;
        indexer.add(id, &numbered.document, &numbered.items).map_err(Error::search(folder))?;
    }
    indexer.commit(state).map_err(Error::search(folder))
}

/// Removes whatever stands at the path, a file too.
fn remove(path: &Path) -> Result<(), Error> {
    let removed = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io(path)(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Archive;
    use crate::writer::tests::{document, entry, telling};
    use std::cell::Cell;

    #[test]
    fn damage_seen_at_a_question_makes_the_index_again() {
        let directory = tempfile::tempdir().unwrap();
        let archive = Archive::open(directory.path()).unwrap();
        let mut writer = archive.writer().unwrap();
        writer.record(&[entry("a", &document("herberg"))], &telling()).unwrap();
        writer.commit().unwrap();
        drop(writer);
        let store = Store::open(directory.path(), false).unwrap();
        let search = Search::new(directory.path(), false);
        for fails in [|| Err(TantivyError::InternalError("damage".into())), || panic!("damage")] {
            let asked = Cell::new(0);
            let answer = search.ask(&store, |opened| {
                asked.set(asked.get() + 1);
                if asked.get() == 1 { fails() } else { opened.all_of(&query::terms("herberg"), 10, 0) }
            });
            assert_eq!((answer.unwrap().total, asked.get()), (1, 2));
        }
    }
}
