//! Where words are: a tantivy index in the folder `search`, made from the store and kept level with it.
//!
//! Whatever happens to the folder, it can be made again. A commit carries what it stands for ([`mark::Mark`]);
//! the documents recorded since then are added under the lock of the data folder, and an index that cannot be
//! trusted is made anew beside the old one and put in its place.

mod analysis;
mod best;
mod damage;
mod entries;
mod facts;
mod indexer;
mod learning;
mod mark;
mod opened;
pub(crate) mod passage;
mod place;
mod plan;
pub(crate) mod query;
mod readonly;
mod schema;
mod synonyms;
pub(crate) mod topic;
mod typed;

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
pub use analysis::Steps;
pub(crate) use analysis::{Analysis, Lexicon};
pub(crate) use entries::{texts_of, texts_of_whole};
pub(crate) use indexer::Indexer;
use learning::Outgrown;
pub use opened::MOST_COUNTED;
pub(crate) use opened::{Opened, Question};
pub use passage::PASSAGE_CHARS;
pub(crate) use place::Place;
pub(crate) use plan::Plan;
pub use query::SearchFilter;
pub(crate) use query::Spelling;
pub(crate) use synonyms::SynonymFile;

/// The index, a new one in the making, and an old one on its way out.
pub(crate) const FOLDERS: [&str; 3] = ["search", "search-new", "search-old"];

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchResult {
    /// How many items and documents were found: counted up to [`MOST_COUNTED`] where one word stands in so many.
    pub total: usize,
    /// Whether there are more than that.
    pub is_more: bool,
    /// Those asked for, one a case, best first.
    pub hits: Vec<Hit>,
    /// How many cases and documents were looked at for them: where the next ones begin.
    pub places: usize,
    /// How the words were read.
    pub reading: Reading,
}

/// How the words of a search were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Words that stand nowhere, and those that were looked for instead.
    pub corrected: Vec<(String, String)>,
    /// Words that stand nowhere, and that none was looked for in place of.
    pub unknown: Vec<String>,
    /// No entry holds all the words: those found hold most of them.
    pub is_partial: bool,
    /// Where nothing was found that has all the words: words of the minutes near those that stand nowhere.
    pub near: Vec<String>,
}

/// The best entry of a case, or one of no case.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Higher is better; comparable within one search only.
    pub score: f32,
    /// What was found.
    pub found: Found,
    /// Its best passage around the words, plain text of at most [`PASSAGE_CHARS`] characters, cut between words;
    /// `…` stands where it is cut.
    pub passage: String,
    /// The bytes of the passage that are the words, in order.
    pub marks: Vec<std::ops::Range<usize>>,
    /// How many other entries of the same case were found, as far as was looked.
    pub others: usize,
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

/// A text's words as they stand in an index with these steps, parted by spaces; for comparing with other engines.
pub fn stemmed(text: &str, steps: Steps) -> String {
    let words = Analysis::built_in(steps).words(text);
    words.into_iter().map(|(word, _)| word.whole.clone()).collect::<Vec<_>>().join(" ")
}

/// The index as last opened. The lock is held while it is opened or brought up to date, never during a question.
pub(crate) struct Search {
    directory: PathBuf,
    steps: Steps,
    read_only: bool,
    current: Mutex<Option<Arc<Opened>>>,
}

impl Search {
    pub(crate) fn new(directory: &Path, steps: Steps, read_only: bool) -> Self {
        Self { directory: directory.into(), steps, read_only, current: Mutex::default() }
    }

    /// The steps that its index takes.
    pub(crate) fn steps(&self) -> Steps {
        self.steps
    }

    /// Asks the index. Damage that shows only now makes it be made again, and the question is asked once more.
    pub(crate) fn ask<T>(
        &self,
        store: &Store,
        question: impl Fn(&Arc<Opened>) -> tantivy::Result<T>,
    ) -> Result<T, Error> {
        let opened = self.current(store)?;
        let first = match damage::guarded(|| question(&opened)) {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        tracing::warn!(error = %first, "search index failed, making it again");
        if self.read_only {
            return Err(Error::search(&self.folder())(first));
        }
        let lock = Lock::take(&self.directory)?;
        let rebuilt = Arc::new(rebuild(&self.directory, store, self.steps, None, &lock)?);
        *self.slot() = Some(Arc::clone(&rebuilt));
        damage::guarded(|| question(&rebuilt)).map_err(Error::search(&self.folder()))
    }

    /// The index, level with the store when that can be had now. While another process writes, its last commit
    /// will do; [`Error::InUse`] when there is none that can be used.
    pub(crate) fn current(&self, store: &Store) -> Result<Arc<Opened>, Error> {
        let mut slot = self.slot();
        let state = store.read(documents::state)?;
        let there = match slot.take() {
            Some(opened) if opened.is_level_with(&state) => Ok(opened),
            Some(opened) => opened.reloaded().or_else(|_| self.open()).map(Arc::new),
            None => self.open().map(Arc::new),
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
            Ok(lock) => bring_level(&self.directory, store, self.steps, &lock).map(Arc::new),
            Err(busy @ Error::InUse { .. }) => usable(there).ok_or(busy),
            Err(error) => Err(error),
        }
    }

    fn open(&self) -> tantivy::Result<Opened> {
        Opened::open(&self.folder(), self.steps, self.read_only)
    }

    fn folder(&self) -> PathBuf {
        self.directory.join(FOLDERS[0])
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Arc<Opened>>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens the index for writing, level with the store.
pub(crate) fn indexer(directory: &Path, store: &Store, steps: Steps, lock: &Lock) -> Result<Indexer, Error> {
    let opened = bring_level(directory, store, steps, lock)?;
    opened.indexer().map_err(Error::search(&directory.join(FOLDERS[0])))
}

/// Adds what the index lacks; makes it again when it cannot be trusted, and when its lexicon is outgrown.
pub(crate) fn bring_level(
    directory: &Path,
    store: &Store,
    steps: Steps,
    lock: &Lock,
) -> Result<Opened, Error> {
    let state = store.read(documents::state)?;
    let folder = directory.join(FOLDERS[0]);
    let opened = Opened::open(&folder, steps, false).map_err(Error::search(&folder));
    match opened.and_then(|opened| fill(&folder, opened, store, &state)) {
        Ok(opened) if opened.is_level_with(&state) => return with_lexicon(directory, store, opened, lock),
        Ok(_) => tracing::warn!("search index does not match the store, making it again"),
        Err(Error::Search(error)) => tracing::info!(%error, "no usable search index, making it"),
        Err(error) => return Err(error),
    }
    rebuild(directory, store, steps, None, lock)
}

/// The index, made again where its lexicon is outgrown. Those who ask go on with the old one meanwhile, and so they do when it
/// could not be made: it is tried again the next time.
fn with_lexicon(directory: &Path, store: &Store, opened: Opened, lock: &Lock) -> Result<Opened, Error> {
    let folder = directory.join(FOLDERS[0]);
    let steps = opened.analysis().steps();
    let lexicon = match learning::outgrown(&opened).map_err(Error::search(&folder))? {
        Outgrown::No => return Ok(opened),
        Outgrown::InNoWord => {
            let seen = opened.analysis().lexicon().seen_at(opened.entries());
            if let Err(error) = opened::write_lexicon(&folder, &seen) {
                tracing::warn!(%error, "the lexicon could not be marked as looked at; it is looked at again the next time");
                return Ok(opened);
            }
            return Opened::open(&folder, steps, false).map_err(Error::search(&folder));
        }
        Outgrown::By(lexicon) => *lexicon,
    };
    tracing::info!(
        entries = lexicon.entries(),
        "compounds are split otherwise by now, making the search index again"
    );
    match rebuild(directory, store, steps, Some(lexicon), lock) {
        Err(Error::DiskFull { .. }) => {
            tracing::warn!("no room to make the search index again; the old one is kept");
            Ok(opened)
        }
        other => other,
    }
}

/// Adds the documents recorded since the index's commit.
fn fill(folder: &Path, opened: Opened, store: &Store, state: &State) -> Result<Opened, Error> {
    if !opened.is_behind(state) {
        return Ok(opened);
    }
    let indexer = opened.indexer().map_err(Error::search(folder))?;
    add_after(folder, indexer, store, opened.sequence(), state)?;
    opened.reloaded().map_err(Error::search(folder))
}

/// Makes the index from the store, beside the old one, and puts it in its place. Without a lexicon, one is made first.
fn rebuild(
    directory: &Path,
    store: &Store,
    steps: Steps,
    lexicon: Option<Lexicon>,
    _lock: &Lock,
) -> Result<Opened, Error> {
    let [folder, new, old] = FOLDERS.map(|name| directory.join(name));
    let state = store.read(documents::state)?;
    let lexicon = match lexicon {
        Some(lexicon) => lexicon,
        None => learning::of_store(store, steps)?,
    };
    remove(&new)?;
    fs::create_dir(&new).map_err(Error::io(&new))?;
    let built = create(&new, Analysis::new(steps, lexicon))
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
    Opened::open(&folder, steps, false).map_err(Error::search(&folder))
}

fn create(folder: &Path, analysis: Analysis) -> tantivy::Result<Indexer> {
    let (schema, fields) = schema::schema();
    let index = Index::create_in_dir(folder, schema)?;
    opened::write_lexicon(folder, analysis.lexicon())?;
    index.tokenizers().register(analysis::NAME, analysis.analyzer());
    Indexer::new(&index, fields, analysis)
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

    /// Documents in an archive, each with its text.
    fn record(directory: &Path, texts: &[String]) {
        let archive = Archive::open(directory).unwrap();
        let documents: Vec<_> = texts.iter().map(|text| document(text)).collect();
        let entries: Vec<_> =
            texts.iter().zip(&documents).map(|(text, document)| entry(text, document)).collect();
        let mut writer = archive.writer().unwrap();
        writer.record(&entries, &telling()).unwrap();
        writer.commit().unwrap();
    }

    /// What is left where the process died while the index was made again for a lexicon with more words: a folder in which entries were
    /// added and nothing was committed, beside the old index or, at the worst, in its place.
    #[test]
    fn an_index_half_made_for_a_new_lexicon_is_made_again() {
        for is_in_place in [false, true] {
            let directory = tempfile::tempdir().unwrap();
            let [folder, new, old] = FOLDERS.map(|name| directory.path().join(name));
            record(directory.path(), &["Om glarfkvimp".to_owned()]);
            let kept = directory.path().join("kept");
            fs::rename(&folder, &kept).unwrap();
            let many = (0..600).map(|nth| format!("Vores glarf og kvimpen {nth}"));
            record(directory.path(), &many.collect::<Vec<_>>());
            fs::remove_dir_all(&folder).unwrap();
            fs::rename(&kept, &folder).unwrap();

            let store = Store::open(directory.path(), false).unwrap();
            let lexicon = learning::of_store(&store, Steps::ALL).unwrap();
            assert_ne!(lexicon.hash(), Lexicon::built_in().hash());
            fs::create_dir(&new).unwrap();
            let mut half = create(&new, Analysis::new(Steps::ALL, lexicon)).unwrap();
            for id in store
                .read(|connection| documents::recorded_after(connection, 0))
                .unwrap()
                .into_iter()
                .take(300)
            {
                let numbered = store.read(|connection| documents::numbered(connection, id)).unwrap();
                half.add(id, &numbered.document, &numbered.items).unwrap();
            }
            drop(half);
            assert!(Opened::open(&new, Steps::ALL, false).is_err(), "only a commit names the lexicon");
            if is_in_place {
                fs::remove_dir_all(&folder).unwrap();
                fs::rename(&new, &folder).unwrap();
            }
            drop(store);

            let archive = Archive::open(directory.path()).unwrap();
            // The compound of the first document is only found by a part where the index was made with the new lexicon.
            assert_eq!(archive.search("kvimp", 10, 0).unwrap().total, 601);
            assert!(!new.exists() && !old.exists());
        }
    }

    /// An index whose lexicon is not the one its commit names: the file was exchanged and the entries were not.
    #[test]
    fn an_index_with_another_lexicon_than_its_commit_names_is_made_again() {
        let directory = tempfile::tempdir().unwrap();
        let texts = ["Om glarfkvimp", "Vores glarf og kvimpen", "En glarf til en kvimp"].map(str::to_owned);
        record(directory.path(), &texts);
        let folder = directory.path().join(FOLDERS[0]);
        let store = Store::open(directory.path(), false).unwrap();
        let lexicon = learning::of_store(&store, Steps::ALL).unwrap();
        opened::write_lexicon(&folder, &lexicon).unwrap();
        assert!(Opened::open(&folder, Steps::ALL, false).is_err());
        drop(store);
        let archive = Archive::open(directory.path()).unwrap();
        assert_eq!(archive.search("kvimp", 10, 0).unwrap().total, 3);
    }

    #[test]
    fn damage_seen_at_a_question_makes_the_index_again() {
        let directory = tempfile::tempdir().unwrap();
        let archive = Archive::open(directory.path()).unwrap();
        let mut writer = archive.writer().unwrap();
        writer.record(&[entry("a", &document("herberg"))], &telling()).unwrap();
        writer.commit().unwrap();
        drop(writer);
        let store = Store::open(directory.path(), false).unwrap();
        let search = Search::new(directory.path(), Steps::ALL, false);
        let (filter, synonyms) = (SearchFilter::default(), Arc::default());
        let question =
            Question { words: "herberg", filter: &filter, synonyms: &synonyms, limit: 10, offset: 0 };
        for fails in [|| Err(TantivyError::InternalError("damage".into())), || panic!("damage")] {
            let asked = Cell::new(0);
            let answer = search.ask(&store, |opened| {
                asked.set(asked.get() + 1);
                if asked.get() == 1 { fails() } else { opened.answer(&question) }
            });
            assert_eq!((answer.unwrap().total, asked.get()), (1, 2));
        }
    }
}
