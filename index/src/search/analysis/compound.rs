//! Compounds and their parts: "samarbejdsaftalen" is also an agreement, and about cooperation.
//!
//! A word is split where both sides are words of the lexicon, or compounds of them, with a linking s or e between. The lexicon is
//! of words that stand alone in the minutes that were indexed, and of some that everybody knows (`parts.txt`).

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use super::Analyzed;

/// Words that compounds are made of, and what is none: a section begins with its name in brackets.
const PARTS: &str = include_str!("parts.txt");

/// Letters of a compound at least.
const LEAST_OF_COMPOUND: usize = 5;
/// Letters of a part that minutes teach at least, without its ending; of one of `parts.txt`, with it.
const LEAST_OF_LEARNED: usize = 4;
const LEAST_OF_PART: usize = 2;
/// Letters of a part, without its ending, at least, where nobody knows the word before it; and of that word.
const LEAST_OF_KNOWN_HEAD: usize = 5;
const LEAST_OF_UNKNOWN: usize = 4;
/// Letters of a compound at most: longer words are split no more.
const MOST_OF_COMPOUND: usize = 40;
/// How often a part is split further: "børnehandicapudvalgsmøde" has four parts.
const MOST_DEEP: usize = 3;
/// What may stand between two parts. Nothing is tried first.
const LINKS: [&str; 3] = ["", "s", "e"];
/// Entries that a word of minutes stands in at least, to be a part: one may be a slip.
const LEAST_ENTRIES: u32 = 2;

/// Words that compounds are made of, each without its ending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lexicon {
    parts: HashSet<String>,
    /// Of those, the ones that came from minutes, in order: all that an index must remember.
    learned: BTreeSet<String>,
    /// How many entries they were taken from.
    entries: u64,
    /// Differs where what is kept differs.
    hash: u64,
    tables: Tables,
}

/// What `parts.txt` says besides.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Tables {
    /// No part at the beginning, and none at the end.
    prefixes: HashSet<&'static str>,
    suffixes: Vec<&'static str>,
    /// Words that are never split, as they begin.
    wholes: Vec<&'static str>,
}

impl Lexicon {
    /// Only the words that everybody knows.
    pub(crate) fn built_in() -> Self {
        static BUILT_IN: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);
        BUILT_IN.clone()
    }

    fn read() -> Self {
        let section = |name: &str| -> Vec<&'static str> {
            let mut lines = PARTS.lines().skip_while(|line| line.trim() != format!("[{name}]")).skip(1);
            let mut words = Vec::new();
            for line in lines.by_ref().take_while(|line| !line.starts_with('[')) {
                words.extend(line.split('#').next().unwrap_or_default().split_whitespace());
            }
            words
        };
        let stems = super::Stems::get();
        let stem = |word: &&str| stems.stem(word);
        let parts: HashSet<String> = section("parts").iter().map(stem).collect();
        let tables = Tables {
            prefixes: section("prefixes").into_iter().collect(),
            suffixes: section("suffixes"),
            wholes: section("wholes"),
        };
        let mut lexicon = Self { parts, learned: BTreeSet::new(), entries: 0, hash: 0, tables };
        lexicon.hash = hash(&lexicon.text());
        lexicon
    }

    /// With words of minutes: each as it stands in the index, and in how many of `entries` entries.
    pub(crate) fn learned(words: &HashMap<String, u32>, entries: u64) -> Self {
        let is_part = |word: &str| {
            word.chars().count() >= LEAST_OF_LEARNED
                && word.chars().all(char::is_alphabetic)
                && word.contains(is_vowel)
        };
        let common = words.iter().filter(|(word, count)| **count >= LEAST_ENTRIES && is_part(word));
        Self::with(common.map(|(word, _)| word.clone()).collect(), entries)
    }

    fn with(learned: BTreeSet<String>, entries: u64) -> Self {
        let mut lexicon = Self::built_in();
        lexicon
            .parts
            .extend(learned.iter().filter(|word| !lexicon.tables.prefixes.contains(word.as_str())).cloned());
        lexicon.learned = learned;
        lexicon.entries = entries;
        lexicon.hash = hash(&lexicon.text());
        lexicon
    }

    /// How many entries its words were taken from.
    pub(crate) fn entries(&self) -> u64 {
        self.entries
    }

    /// As it is kept beside an index: the number of entries, then a word a line.
    pub(crate) fn text(&self) -> String {
        let words: Vec<&str> = self.learned.iter().map(String::as_str).collect();
        format!("{}\n{}\n", self.entries, words.join("\n"))
    }

    /// What [`Lexicon::text`] gave. None for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let entries = lines.next()?.parse().ok()?;
        Some(Self::with(lines.filter(|line| !line.is_empty()).map(str::to_owned).collect(), entries))
    }

    /// A number for what is kept: it guards against a file that is not the index's own.
    pub(crate) fn hash(&self) -> u64 {
        self.hash
    }

    fn knows(&self, stem: &str) -> bool {
        self.parts.contains(stem)
    }
}

/// FNV-1a, 64 bits.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The word and its parts; None for a word that is no compound. `stem` takes the ending off a word in one form.
pub(super) fn split(word: &str, lexicon: &Lexicon, stem: impl Fn(&str) -> String) -> Option<Analyzed> {
    let letters = word.chars().count();
    let is_word =
        (LEAST_OF_COMPOUND..=MOST_OF_COMPOUND).contains(&letters) && word.chars().all(char::is_alphabetic);
    if !is_word || lexicon.tables.wholes.iter().any(|whole| word.starts_with(whole)) {
        return None;
    }
    let found = Splitter { lexicon, stem: &stem }.best(word, 0)?;
    let mut parts: Vec<String> = Vec::new();
    for part in found.parts {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    Some(Analyzed { whole: format!("{}{}", &word[..found.head_at], found.head), parts })
}

struct Splitter<'l, F> {
    lexicon: &'l Lexicon,
    stem: &'l F,
}

/// A way to split a word.
struct Found {
    /// Where the last part begins, and that part without its ending.
    head_at: usize,
    head: String,
    parts: Vec<String>,
    /// Better first: words of the lexicon on both sides, then the more even.
    rank: (u8, usize),
}

impl<F: Fn(&str) -> String> Splitter<'_, F> {
    fn best(&self, word: &str, depth: usize) -> Option<Found> {
        if depth >= MOST_DEEP {
            return None;
        }
        let mut best: Option<Found> = None;
        for (at, _) in word.char_indices().skip(LEAST_OF_PART) {
            let (left, right) = word.split_at(at);
            if right.chars().count() < LEAST_OF_PART {
                break;
            }
            let found = self.at(left, right, depth);
            if let Some(found) = found
                && best.as_ref().is_none_or(|best| found.rank > best.rank)
            {
                best = Some(found);
            }
        }
        best
    }

    fn at(&self, left: &str, right: &str, depth: usize) -> Option<Found> {
        if self.lexicon.tables.suffixes.iter().any(|suffix| right.starts_with(suffix)) {
            return None;
        }
        let (head, head_is_known, mut tail_parts) = self.known(right, depth)?;
        let mut parts: Vec<String> = Vec::new();
        let evenness = left.chars().count().min(right.chars().count());
        let rank = match self.first(left, depth) {
            Some((part, is_known, further)) => {
                parts.push(part);
                parts.extend(further);
                (2 + u8::from(is_known) + u8::from(head_is_known), evenness)
            }
            None if head_is_known && self.may_be_unknown(left, &head) => (1, evenness),
            None => return None,
        };
        parts.push(head.clone());
        parts.append(&mut tail_parts);
        Some(Found { head_at: left.len(), head, parts, rank })
    }

    /// A word without its ending, whether it stands in the lexicon, and its own parts.
    fn known(&self, word: &str, depth: usize) -> Option<(String, bool, Vec<String>)> {
        let stem = (self.stem)(word);
        let knows = self.lexicon.knows(&stem);
        let further = self.best(word, depth + 1).filter(|found| found.rank.0 > 1);
        match (knows, further) {
            (true, Some(found)) => Some((stem, true, found.parts)),
            (true, None) => Some((stem, true, Vec::new())),
            (false, Some(found)) => {
                Some((format!("{}{}", &word[..found.head_at], found.head), false, found.parts))
            }
            (false, None) => None,
        }
    }

    /// The same of what stands before another part, with a link or without.
    fn first(&self, left: &str, depth: usize) -> Option<(String, bool, Vec<String>)> {
        if self.lexicon.tables.prefixes.contains(left) {
            return None;
        }
        let words = LINKS.iter().filter_map(|link| left.strip_suffix(link));
        let mut split = None;
        for word in words.filter(|word| word.chars().count() >= LEAST_OF_PART) {
            match self.known(word, depth) {
                Some(known) if known.1 => return Some(known),
                Some(known) => split = split.or(Some(known)),
                None => {}
            }
        }
        split
    }

    fn may_be_unknown(&self, left: &str, head: &str) -> bool {
        head.chars().count() >= LEAST_OF_KNOWN_HEAD
            && left.chars().count() >= LEAST_OF_UNKNOWN
            && left.contains(is_vowel)
            && !self.lexicon.tables.prefixes.contains(left)
    }
}

fn is_vowel(c: char) -> bool {
    "aeiouyæøå".contains(c)
}

#[cfg(test)]
mod tests {
    use super::super::{Analysis, Steps};

    /// A word and its parts by the built-in words alone.
    const WORDS: &[(&str, &str)] = &[
        ("samarbejdsaftalen", "samarbejd aftal"),
        ("folkeoplysningsudvalget", "folk oplys udvalg"),
        ("cykelstier", "cykl sti"),
        ("børnehaver", "barn hav"),
        ("plejehjemspladser", "plej hjem plad"),
        ("skolebestyrelse", "skol bestyr"),
        ("byrådsmøde", "by råd mød"),
        ("xyløbsaftale", "aftal"),
        ("indstilling", ""),
        ("udvalg", ""),
        ("godkendt", ""),
        ("beslutning", ""),
        ("formand", ""),
        ("kommunen", ""),
        ("efterretning", ""),
        ("virksomheder", ""),
        ("orientering", ""),
        ("personale", ""),
        ("administration", ""),
    ];

    #[test]
    fn compounds_have_their_parts_and_other_words_none() {
        let analysis = Analysis::built_in(Steps::ALL);
        for (word, parts) in WORDS {
            let mut found = analysis.word(word).parts;
            found.retain(|part| {
                parts.is_empty() || parts.split(' ').any(|one| one == part) || part.len() < 12
            });
            for part in parts.split_whitespace() {
                assert!(found.iter().any(|one| one == part), "{word}: {found:?} lacks {part}");
            }
            assert!(!parts.is_empty() || found.is_empty(), "{word}: {found:?}");
        }
    }

    #[test]
    fn endings_of_a_compound_are_those_of_its_last_part() {
        let analysis = Analysis::built_in(Steps::ALL);
        for (one, other) in
            [("cykelstien", "cykelsti"), ("plejebørn", "plejebarn"), ("aftaleudkastene", "aftaleudkast")]
        {
            assert_eq!(analysis.word(one).whole, analysis.word(other).whole);
        }
    }
}
