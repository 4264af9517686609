//! Danish words as they are compared: in lower case, letters with two spellings in one form, without endings, and compounds with
//! their parts beside them.
//!
//! The whole word and its parts stand at one position of the index. A part carries [`PART`], so that a phrase is of whole words
//! only and a word counts for more than a compound with it.

mod compound;
mod fold;
mod stem;
mod tokens;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::tokenizer::TextAnalyzer;

pub(crate) use compound::Lexicon;
use fold::fold;
use stem::Stems;
use tokens::Danish;
pub(crate) use tokens::words_of;

/// The analyzer's name in the index.
pub(super) const NAME: &str = "danish";

/// Longer runs of letters are no words (bytes).
pub(super) const MAX_WORD_BYTES: usize = 80;

/// What stands before a part of a compound; no word has it.
pub(super) const PART: char = '+';

/// The steps from a text to what is compared, and from a question to what is looked for. All are taken; an evaluation leaves some
/// out to see what each is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Steps {
    /// Letters with two spellings (å/aa, ø/oe, æ/ae, é/e) are one.
    pub folding: bool,
    /// Endings are taken off by Snowball's rules for Danish.
    pub stemming: bool,
    /// What Snowball misses, by rule and by table; only with `stemming`.
    pub exceptions: bool,
    /// Parts of compounds are found too.
    pub compounds: bool,
    /// Other words for the same, at question time.
    pub synonyms: bool,
    /// A word that stands nowhere is taken for the nearest that does, at question time.
    pub typos: bool,
}

impl Steps {
    /// All of them.
    pub const ALL: Self = Self {
        folding: true,
        stemming: true,
        exceptions: true,
        compounds: true,
        synonyms: true,
        typos: true,
    };

    /// Words in lower case and nothing more.
    pub const PLAIN: Self = Self {
        folding: false,
        stemming: false,
        exceptions: false,
        compounds: false,
        synonyms: false,
        typos: false,
    };

    /// What an index depends on, as a word of its mark.
    pub(super) fn mark(self) -> u8 {
        [self.folding, self.stemming, self.exceptions, self.compounds]
            .iter()
            .rev()
            .fold(0, |mark, step| mark << 1 | u8::from(*step))
    }
}

/// A word as it stands in the index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Analyzed {
    /// The word without its ending.
    pub(crate) whole: String,
    /// The parts of a compound without theirs, from the left; empty where it is none.
    pub(crate) parts: Vec<String>,
}

/// How words are compared in one index.
#[derive(Debug, Clone)]
pub(crate) struct Analysis {
    steps: Steps,
    stems: &'static Stems,
    lexicon: Arc<Lexicon>,
    /// Words of questions and passages, and what became of them; shared by its copies.
    known: Arc<Mutex<HashMap<String, Arc<Analyzed>>>>,
}

/// Words remembered with what became of them: minutes use few words often. Forgotten all at once when there are more.
const MOST_REMEMBERED: usize = 50_000;

/// A lexicon is outgrown when there are so many times as many entries as it was made of.
const GROWTH: u64 = 4;
/// And so many at least: the first few documents teach nothing that lasts.
const LEAST_ENTRIES: u64 = 500;

impl Analysis {
    pub(crate) fn new(steps: Steps, lexicon: Lexicon) -> Self {
        Self { steps, stems: Stems::get(), lexicon: Arc::new(lexicon), known: Arc::default() }
    }

    /// With the words that everybody knows, and none from minutes.
    pub(crate) fn built_in(steps: Steps) -> Self {
        Self::new(steps, Lexicon::built_in())
    }

    pub(crate) fn steps(&self) -> Steps {
        self.steps
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Whether there are so many more entries than its lexicon was made of that there may be more to learn.
    pub(crate) fn is_outgrown(&self, entries: u64) -> bool {
        let old = self.lexicon.entries();
        self.steps.compounds && entries >= LEAST_ENTRIES && entries >= old.saturating_mul(GROWTH)
    }

    /// Texts as they stand in the index.
    pub(crate) fn analyzer(&self) -> TextAnalyzer {
        TextAnalyzer::builder(Danish::new(self.clone())).build()
    }

    /// A word in lower case, its letters in one form, with its ending.
    pub(crate) fn folded(&self, word: &str) -> String {
        let lower = word.to_lowercase();
        if self.steps.folding { fold(&lower) } else { lower }
    }

    /// One word of a text as it stands in the index.
    pub(crate) fn word(&self, word: &str) -> Analyzed {
        let folded = self.folded(word);
        if self.steps.compounds
            && let Some(split) = compound::split(&folded, &self.lexicon, |word| self.stem(word))
        {
            return split;
        }
        Analyzed { whole: self.stem(&folded), parts: Vec::new() }
    }

    fn stem(&self, folded: &str) -> String {
        match (self.steps.stemming, self.steps.exceptions) {
            (false, _) => folded.to_owned(),
            (true, false) => self.stems.snowball(folded),
            (true, true) => self.stems.stem(folded),
        }
    }

    /// The same, remembered: what a question's words become is asked for over and over.
    pub(crate) fn remembered(&self, word: &str) -> Arc<Analyzed> {
        self.remember(&mut self.memory(), word)
    }

    /// The words of a text with their bytes in it.
    pub(crate) fn words(&self, text: &str) -> Vec<(Arc<Analyzed>, Range<usize>)> {
        let mut memory = self.memory();
        words_of(text).map(|at| (self.remember(&mut memory, &text[at.clone()]), at)).collect()
    }

    fn memory(&self) -> MutexGuard<'_, HashMap<String, Arc<Analyzed>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember(&self, memory: &mut HashMap<String, Arc<Analyzed>>, word: &str) -> Arc<Analyzed> {
        if let Some(analyzed) = memory.get(word) {
            return Arc::clone(analyzed);
        }
        if memory.len() >= MOST_REMEMBERED {
            memory.clear();
        }
        let analyzed = Arc::new(self.word(word));
        memory.insert(word.to_owned(), Arc::clone(&analyzed));
        analyzed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analyzed(text: &str) -> Vec<String> {
        Analysis::built_in(Steps::ALL).words(text).into_iter().map(|(word, _)| word.whole.clone()).collect()
    }

    #[test]
    fn spellings_of_one_word_are_one() {
        for (one, other) in [
            ("Ålborg", "AALBORG"),
            ("Søren Sørensen", "soeren soerensen"),
            ("æblehaven", "aeblehave"),
            ("idé", "ide"),
            ("skolerne", "SKOLER"),
            ("arbejdsløs", "arbejdsløse"),
            ("hjemloes", "hjemløse"),
            ("religiøs", "religiøse"),
            ("gra\u{30a}d", "gråd"),
            ("Aa\u{ad}gade", "ågade"),
            ("hørings\u{ad}svar", "høringssvar"),
        ] {
            assert_eq!(analyzed(one), analyzed(other), "{one} / {other}");
        }
    }

    #[test]
    fn words_keep_their_place() {
        let text = "Blå »Sø«, 27.00";
        let words = Analysis::built_in(Steps::ALL).words(text);
        let places: Vec<&str> = words.into_iter().map(|(_, at)| &text[at]).collect();
        assert_eq!(places, ["Blå", "Sø", "27", "00"]);
        assert!(analyzed(&"x".repeat(500)).is_empty());
        assert!(analyzed("\u{30a} – …").is_empty());
    }
}
