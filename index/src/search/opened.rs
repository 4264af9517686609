//! The index on disk, opened for questions.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::collector::{Count, TopDocs};
use tantivy::directory::{Directory, MmapDirectory};
use tantivy::query::{BooleanQuery, Query};
use tantivy::{DocId, Index, IndexReader, ReloadPolicy, Searcher, SegmentReader, TantivyError, Term};

use super::analysis::{self, Analysis, Lexicon, PART, Steps};
use super::best::Best;
use super::damage::{check, guarded};
use super::facts;
use super::indexer::Indexer;
use super::mark::Mark;
use super::place::{Numbers, Place, place};
use super::plan::{self, Correction, InFields, Need, Plan, Words};
use super::query::{self, Asked, Least, SearchFilter, Spelling};
use super::readonly::ReadOnly;
use super::schema::{self, Fields};
use super::synonyms::Synonyms;
use super::typed::Typed;
use crate::store::documents::State;

/// How many entries answer a question, and those asked for.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(crate) total: usize,
    /// Whether there are more than that.
    pub(crate) is_more: bool,
    pub(crate) places: Vec<Place>,
    /// What was looked for.
    pub(crate) plan: Plan,
    /// Some of the words are not in these.
    pub(crate) is_partial: bool,
    /// Words of the index near those that stand nowhere; only where nothing was found that has all the words.
    pub(crate) near: Vec<Correction>,
}

/// What is asked of an index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'q> {
    pub(crate) words: &'q str,
    pub(crate) filter: &'q SearchFilter,
    pub(crate) synonyms: &'q Arc<Synonyms>,
    pub(crate) limit: usize,
    pub(crate) offset: usize,
}

/// One state of the index. Questions go on in it while the index is written.
pub(crate) struct Opened {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    analysis: Analysis,
    mark: Mark,
    /// Every word, made when it is first needed.
    vocabulary: OnceLock<Vec<(String, u32)>>,
    /// The table of synonyms last asked with, by the stems of its words.
    synonyms: Mutex<Option<(Arc<Synonyms>, Arc<ByStem>)>>,
}

/// The stems of the words of a table of synonyms, and the groups that each is in.
type ByStem = HashMap<String, Vec<usize>>;

/// The file of the lexicon that an index was made with.
const LEXICON: &str = "lexicon";
const LEXICON_IN_THE_MAKING: &str = "lexicon-new";

/// Entries counted: of a word that stands in more, only the best are looked for.
pub const MOST_COUNTED: usize = 10_000;

/// Words offered in place of one that stands nowhere.
const MOST_NEAR: usize = 3;

impl Opened {
    /// Opens what is there and looks whether it can be trusted: the fields, the mark, and, where a file changed since
    /// the last time, every checksum.
    pub(super) fn open(directory: &Path, steps: Steps, read_only: bool) -> tantivy::Result<Self> {
        let files = MmapDirectory::open(directory)?;
        let files: Box<dyn Directory> = if read_only { Box::new(ReadOnly(files)) } else { Box::new(files) };
        let index = Index::open(files)?;
        let (schema, fields) = schema::schema();
        if index.schema() != schema {
            return Err(TantivyError::SchemaError("other fields".into()));
        }
        let analysis = Analysis::new(steps, read_lexicon(directory)?);
        index.tokenizers().register(analysis::NAME, analysis.analyzer());
        check(&index, directory, read_only)?;
        let mark = Mark::of_last_commit(&index, &analysis)?;
        let reader = guarded(|| index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into())?;
        Ok(Self {
            index,
            reader,
            fields,
            analysis,
            mark,
            vocabulary: OnceLock::new(),
            synonyms: Mutex::default(),
        })
    }

    /// The same index as of now. An error where it is another index by now.
    pub(super) fn reloaded(&self) -> tantivy::Result<Self> {
        // The mark first: entries that a commit in between brings are then more than promised, never fewer.
        let mark = Mark::of_last_commit(&self.index, &self.analysis)?;
        guarded(|| self.reader.reload())?;
        Ok(Self {
            index: self.index.clone(),
            reader: self.reader.clone(),
            fields: self.fields,
            analysis: self.analysis.clone(),
            mark,
            vocabulary: OnceLock::new(),
            synonyms: Mutex::default(),
        })
    }

    /// Whether all that the store has is in it, and nothing else.
    pub(super) fn is_level_with(&self, state: &State) -> bool {
        self.mark == Mark::of(state, &self.analysis) && self.reader.searcher().num_docs() == state.entries
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

    /// Writes into it.
    pub(super) fn indexer(&self) -> tantivy::Result<Indexer> {
        Indexer::new(&self.index, self.fields, self.analysis.clone())
    }

    /// How many entries it has.
    pub(super) fn entries(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    pub(crate) fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// Entries that hold all that was asked for, or most of it where none has all; one a case, best first.
    pub(crate) fn answer(&self, question: &Question<'_>) -> tantivy::Result<Places> {
        let Question { words, filter, synonyms, limit, offset } = *question;
        let typed = Typed::read(words);
        let known = Known::new(self);
        let by_stem = self.by_stem(synonyms);
        let mut plan = Plan::make(&typed, &self.analysis, synonyms, &by_stem, &known);
        let title = facts::title(words).filter(|title| known.is_fact(title));
        // What cannot be read is damage, and not a word that stands nowhere.
        if let Some(error) = known.failed.take() {
            return Err(error);
        }
        let asked = Asked { fields: &self.fields, words: &known, title: title.as_deref() };
        let conditions = query::conditions(&self.fields, &self.analysis, filter);
        let mut found = Places::default();
        if plan.is_possible() {
            found = match plan.single().filter(|_| filter.is_empty()) {
                Some(need) if known.least(need) >= MOST_COUNTED => {
                    self.find_best(&asked, need, limit, offset)?
                }
                _ => self.find(asked.query(&plan, &conditions, Least::All), limit, offset)?,
            };
        }
        if found.total == 0
            && let Some(by_heads) = plan.by_heads()
            && by_heads.is_possible()
        {
            found = self.find(asked.query(&by_heads, &conditions, Least::All), limit, offset)?;
            found.is_partial = found.total > 0;
            plan = if found.is_partial { by_heads } else { plan };
        }
        if found.total == 0
            && let Some(by_parts) = plan.by_parts()
            && by_parts.is_possible()
        {
            found = self.find(asked.query(&by_parts, &conditions, Least::All), limit, offset)?;
            found.is_partial = found.total > 0;
            plan = if found.is_partial { by_parts } else { plan };
        }
        if found.total == 0
            && let Some(fewer) = plan.fewer(known.entries())
        {
            found = self.find(asked.query(&plan, &conditions, Least::Of(fewer)), limit, offset)?;
            found.is_partial = found.total > 0;
        }
        if found.total == 0 || found.is_partial {
            let unknown = plan.needs.iter().filter(|need| need.is_unknown() && !need.is_exact);
            found.near = unknown
                .take(plan::MOST_CORRECTED)
                .flat_map(|need| {
                    let near = plan::near_words(&self.analysis, &need.typed, known.all(), MOST_NEAR);
                    need.beginning
                        .iter()
                        .cloned()
                        .chain(near.into_iter().filter(|near| Some(near) != need.beginning.as_ref()))
                        .map(|stem| Correction { typed: need.typed.clone(), stem })
                })
                .take(MOST_NEAR)
                .collect();
        }
        found.plan = plan;
        Ok(found)
    }

    fn by_stem(&self, synonyms: &Arc<Synonyms>) -> Arc<ByStem> {
        if !self.analysis.steps().synonyms {
            return Arc::default();
        }
        let mut last = self.synonyms.lock().unwrap_or_else(PoisonError::into_inner);
        match last.as_ref().filter(|(table, _)| Arc::ptr_eq(table, synonyms)) {
            Some((_, stems)) => Arc::clone(stems),
            None => {
                let stems = Arc::new(synonyms.stems(&self.analysis));
                *last = Some((Arc::clone(synonyms), Arc::clone(&stems)));
                stems
            }
        }
    }

    /// The best entry in which a word stands, as it stands in the index.
    pub(crate) fn holding(&self, stem: &str) -> tantivy::Result<Option<Place>> {
        let places = self.fields.weighted().map(|(field, _)| -> Box<dyn Query> {
            Box::new(tantivy::query::TermQuery::new(
                Term::from_field_text(field, stem),
                tantivy::schema::IndexRecordOption::WithFreqs,
            ))
        });
        let query = tantivy::query::BooleanQuery::union(places.into());
        let searcher = self.reader.searcher();
        guarded(|| {
            let mut best = Best::new(&searcher, 1)?;
            best.of_likely(&searcher, &query)?;
            Ok(best.places(1, 0).pop())
        })
    }

    /// In how many entries each word stands.
    pub(super) fn vocabulary(&self) -> tantivy::Result<&[(String, u32)]> {
        if let Some(known) = self.vocabulary.get() {
            return Ok(known);
        }
        let searcher = self.reader.searcher();
        let known = guarded(|| vocabulary(&searcher, &self.fields))?;
        Ok(self.vocabulary.get_or_init(|| known))
    }

    /// Items with these words in the title, the newest meeting first.
    pub(crate) fn titled(
        &self,
        words: &str,
        spelling: Spelling,
        limit: usize,
        offset: usize,
    ) -> tantivy::Result<Vec<Place>> {
        let Some(query) = query::in_title(&self.fields, &self.analysis, words, spelling) else {
            return Ok(Vec::new());
        };
        let searcher = self.reader.searcher();
        for segment in searcher.segment_readers() {
            Numbers::of(segment)?;
        }
        let newest = TopDocs::with_limit(limit).and_offset(offset).order_by(|segment: &SegmentReader| {
            let numbers = Numbers::of(segment).ok();
            move |entry: DocId| {
                let (document, item, day, _) =
                    numbers.as_ref().map_or((0, 0, 0, 0), |numbers| numbers.at(entry));
                (day, document, Reverse(item))
            }
        });
        let found = guarded(|| searcher.search(&query, &newest))?;
        Ok(found.into_iter().map(|((_, document, item), _)| place(0.0, document, item.0)).collect())
    }

    /// The best, and how many there are. Nothing where nothing is asked.
    fn find(&self, query: Option<BooleanQuery>, limit: usize, offset: usize) -> tantivy::Result<Places> {
        let Some(query) = query else { return Ok(Places::default()) };
        let searcher = self.reader.searcher();
        guarded(|| {
            if limit == 0 {
                return Ok(Places { total: searcher.search(&query, &Count)?, ..Places::default() });
            }
            let mut best = Best::new(&searcher, limit.saturating_add(offset))?;
            let total = best.of_all(&searcher, &query)?;
            Ok(Places { total, places: best.places(limit, offset), ..Places::default() })
        })
    }

    /// The best for one need that very many entries meet, which are not counted.
    fn find_best(
        &self,
        asked: &Asked<'_, Known<'_>>,
        need: &Need,
        limit: usize,
        offset: usize,
    ) -> tantivy::Result<Places> {
        let searcher = self.reader.searcher();
        guarded(|| {
            let mut best = Best::new(&searcher, limit.saturating_add(offset))?;
            // First those whose title it is: then few of the others can still be among the best.
            if let Some(titled) = asked.titled(need) {
                best.of_all(&searcher, &titled)?;
            }
            best.of_likely(&searcher, &asked.any(need))?;
            let places = best.places(limit, offset);
            Ok(Places { total: MOST_COUNTED, is_more: true, places, ..Places::default() })
        })
    }
}

/// What an index knows, at one state of it.
struct Known<'o> {
    opened: &'o Opened,
    searcher: Searcher,
    /// What was asked before: a question's words come up in many forms more than once.
    counts: RefCell<HashMap<String, InFields>>,
    /// What first went wrong while it was asked.
    failed: RefCell<Option<TantivyError>>,
}

impl<'o> Known<'o> {
    fn new(opened: &'o Opened) -> Self {
        let searcher = opened.reader.searcher();
        Self { opened, searcher, counts: RefCell::default(), failed: RefCell::default() }
    }

    fn or_none<T: Default>(&self, result: tantivy::Result<T>) -> T {
        result.unwrap_or_else(|error| {
            self.failed.borrow_mut().get_or_insert(error);
            T::default()
        })
    }

    fn of_term(&self, term: &Term) -> u32 {
        let count = self.or_none(guarded(|| self.searcher.doc_freq(term)));
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    fn is_fact(&self, fact: &str) -> bool {
        self.of_term(&Term::from_field_text(self.opened.fields.facts, fact)) > 0
    }

    /// How many entries meet a need, at least.
    fn least(&self, need: &Need) -> usize {
        let gone: u32 = self.searcher.segment_readers().iter().map(SegmentReader::num_deleted_docs).sum();
        usize::try_from(need.count.saturating_sub(gone)).unwrap_or(usize::MAX)
    }
}

impl Words for Known<'_> {
    fn in_fields(&self, term: &str) -> InFields {
        if let Some(known) = self.counts.borrow().get(term) {
            return *known;
        }
        let fields = self.opened.fields.weighted();
        let counts = fields.map(|(field, _)| self.of_term(&Term::from_field_text(field, term)));
        self.counts.borrow_mut().insert(term.to_owned(), counts);
        counts
    }

    fn entries(&self) -> u64 {
        self.searcher.num_docs()
    }

    fn all(&self) -> &[(String, u32)] {
        self.or_none(self.opened.vocabulary())
    }
}

/// Each word of the index in order, and in how many entries it stands, in the field where it stands most.
fn vocabulary(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Vec<(String, u32)>> {
    let mut words: BTreeMap<String, u32> = BTreeMap::new();
    for (field, _) in fields.weighted() {
        let mut in_field: HashMap<String, u32> = HashMap::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let mut stream = inverted.terms().stream()?;
            while stream.advance() {
                let Ok(word) = std::str::from_utf8(stream.key()) else { continue };
                if !word.starts_with(PART) {
                    *in_field.entry(word.to_owned()).or_default() += stream.value().doc_freq;
                }
            }
        }
        for (word, count) in in_field {
            let most = words.entry(word).or_default();
            *most = count.max(*most);
        }
    }
    Ok(words.into_iter().collect())
}

/// Writes the lexicon of an index, in one step: the old one is there until the new one is.
pub(super) fn write_lexicon(directory: &Path, lexicon: &Lexicon) -> io::Result<()> {
    let new = directory.join(LEXICON_IN_THE_MAKING);
    fs::write(&new, lexicon.text())?;
    fs::rename(new, directory.join(LEXICON))
}

fn read_lexicon(directory: &Path) -> tantivy::Result<Lexicon> {
    let text = fs::read_to_string(directory.join(LEXICON))?;
    Lexicon::parse(&text).ok_or_else(|| TantivyError::SchemaError("other lexicon".into()))
}
