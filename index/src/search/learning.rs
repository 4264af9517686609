//! The words that compounds are made of, as the indexed minutes tell them.
//!
//! An index remembers the lexicon it was made with. As it grows, there is more to learn; once it has four times as many entries, a
//! new lexicon is made of its words, and if any word would be split otherwise, so is the index. All in all that costs a third more than
//! indexing everything once more, and mostly less.

use std::collections::{HashMap, HashSet};

use super::analysis::{Analysis, Lexicon, Steps, words_of};
use super::entries::{texts_of, texts_of_whole};
use super::opened::Opened;
use crate::Error;
use crate::store::Store;
use crate::store::documents;

/// What is to be done about a lexicon that an index may have outgrown.
pub(super) enum Outgrown {
    /// The index is not so much larger that it was looked at.
    No,
    /// Looked at: no word would be split otherwise by a new one.
    InNoWord,
    /// The index is made again with this one.
    By(Box<Lexicon>),
}

/// The lexicon of all that the store holds.
pub(super) fn of_store(store: &Store, steps: Steps) -> Result<Lexicon, Error> {
    if !steps.compounds {
        return Ok(Lexicon::built_in());
    }
    let mut counts = Counts::new(Steps { compounds: false, ..steps });
    for id in store.read(|connection| documents::recorded_after(connection, 0))? {
        let document = store.read(|connection| documents::numbered(connection, id))?.document;
        counts.add(texts_of_whole(&document));
        document.items.iter().for_each(|item| counts.add(texts_of(item)));
    }
    Ok(Lexicon::learned(&counts.by_stem(), counts.entries))
}

/// Whether an index has outgrown its lexicon.
pub(super) fn outgrown(opened: &Opened) -> tantivy::Result<Outgrown> {
    let (analysis, entries) = (opened.analysis(), opened.entries());
    if !analysis.is_outgrown(entries) {
        return Ok(Outgrown::No);
    }
    let words: HashMap<String, u32> = opened.vocabulary()?.iter().cloned().collect();
    let lexicon = Lexicon::learned(&words, entries);
    let new = Analysis::new(analysis.steps(), lexicon.clone());
    // A word without its ending is split like the word, or nearly so: enough to see whether anything changes.
    let is_other = words.keys().any(|word| new.word(word) != analysis.word(word));
    Ok(if is_other { Outgrown::By(Box::new(lexicon)) } else { Outgrown::InNoWord })
}

/// In how many entries each word stands.
struct Counts {
    analysis: Analysis,
    words: HashMap<String, u32>,
    entries: u64,
}

impl Counts {
    fn new(steps: Steps) -> Self {
        Self { analysis: Analysis::built_in(steps), words: HashMap::new(), entries: 0 }
    }

    fn add<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        self.entries += 1;
        let mut seen: HashSet<&str> = HashSet::new();
        for text in texts {
            for at in words_of(text) {
                let word = &text[at];
                if !seen.insert(word) {
                    continue;
                }
                match self.words.get_mut(word) {
                    Some(count) => *count += 1,
                    None => {
                        self.words.insert(word.to_owned(), 1);
                    }
                }
            }
        }
    }

    fn by_stem(&self) -> HashMap<String, u32> {
        let mut stems: HashMap<String, u32> = HashMap::new();
        for (word, count) in &self.words {
            let all = stems.entry(self.analysis.word(word).whole).or_default();
            *all = all.saturating_add(*count);
        }
        stems
    }
}
