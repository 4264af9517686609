//! Compounds and their parts: "samarbejdsaftalen" is also an agreement, and about cooperation.
//!
//! A word is split where both sides are words of the lexicon, or compounds of them, with a linking s or e between. The lexicon is
//! of words that stand alone in the minutes that were indexed, and of some that everybody knows (`parts.txt`).

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;
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
    /// How many entries there were when it was last seen that these are the words.
    entries: u64,
    /// Differs where the words differ.
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
    /// Parts as they are written, of those shorter than what minutes teach.
    short: HashSet<&'static str>,
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
            short: section("parts")
                .into_iter()
                .filter(|word| word.chars().count() < LEAST_OF_LEARNED)
                .collect(),
        };
        let mut lexicon = Self { parts, learned: BTreeSet::new(), entries: 0, hash: 0, tables };
        lexicon.hash = hash(&lexicon.words());
        lexicon
    }

    /// Whether a word without its ending may be a part of a compound: everybody knows it, or the minutes use it.
    pub(crate) fn has(&self, stem: &str) -> bool {
        self.parts.contains(stem)
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
        lexicon.hash = hash(&lexicon.words());
        lexicon
    }

    /// How many entries there were when it was last seen that these are the words.
    pub(crate) fn entries(&self) -> u64 {
        self.entries
    }

    /// The same words for so many entries.
    pub(crate) fn seen_at(&self, entries: u64) -> Self {
        Self { entries, ..self.clone() }
    }

    /// As it is kept beside an index: the number of entries, then a word a line.
    pub(crate) fn text(&self) -> String {
        format!("{}\n{}\n", self.entries, self.words())
    }

    fn words(&self) -> String {
        let words: Vec<&str> = self.learned.iter().map(String::as_str).collect();
        words.join("\n")
    }

    /// What [`Lexicon::text`] gave. None for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let entries = lines.next()?.parse().ok()?;
        Some(Self::with(lines.filter(|line| !line.is_empty()).map(str::to_owned).collect(), entries))
    }

    /// A number for the words: it guards against a file that is not the index's own.
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
    let mut splitter = Splitter { word, lexicon, stem, stems: HashMap::new(), known: HashMap::new() };
    let found = splitter.best(0..word.len(), 0)?;
    let mut parts: Vec<String> = Vec::new();
    for part in found.parts {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    Some(Analyzed { whole: format!("{}{}", &word[..found.head_at], found.head), parts })
}

/// Pieces of the word stand for bytes of it. A piece comes up in many ways to split the word: what it is, is found out once.
struct Splitter<'l, F> {
    word: &'l str,
    lexicon: &'l Lexicon,
    stem: F,
    /// A piece without its ending, and whether that stands in the lexicon.
    stems: HashMap<Range<usize>, (String, bool)>,
    /// A piece at a depth.
    known: HashMap<(Range<usize>, usize), Option<Rc<Known>>>,
}

/// A piece that stands in the lexicon, or is a compound.
struct Known {
    /// Without its ending.
    stem: String,
    /// Whether it stands in the lexicon itself.
    is_word: bool,
    /// Its own parts, where it is a compound too.
    parts: Vec<String>,
}

/// A way to split a piece.
struct Found {
    /// The byte of the word where the last part begins, and that part without its ending.
    head_at: usize,
    head: String,
    parts: Vec<String>,
    /// Better first: words of the lexicon on both sides, then the more even.
    rank: (u8, usize),
}

impl<F: Fn(&str) -> String> Splitter<'_, F> {
    fn best(&mut self, piece: Range<usize>, depth: usize) -> Option<Found> {
        if depth >= MOST_DEEP {
            return None;
        }
        let word = self.word;
        let mut best: Option<Found> = None;
        for (at, _) in word[piece.clone()].char_indices().skip(LEAST_OF_PART) {
            let middle = piece.start + at;
            if word[middle..piece.end].chars().count() < LEAST_OF_PART {
                break;
            }
            let found = self.at(piece.start..middle, middle..piece.end, depth);
            if let Some(found) = found
                && best.as_ref().is_none_or(|best| found.rank > best.rank)
            {
                best = Some(found);
            }
        }
        best
    }

    fn at(&mut self, left: Range<usize>, right: Range<usize>, depth: usize) -> Option<Found> {
        let (before, after) = (&self.word[left.clone()], &self.word[right.clone()]);
        if self.lexicon.tables.suffixes.iter().any(|suffix| after.starts_with(suffix)) {
            return None;
        }
        let last = self.known(right, depth)?;
        let evenness = before.chars().count().min(after.chars().count());
        let mut parts: Vec<String> = Vec::new();
        let rank = match self.first(left.clone(), depth) {
            Some(first) => {
                parts.push(first.stem.clone());
                parts.extend_from_slice(&first.parts);
                (2 + u8::from(first.is_word) + u8::from(last.is_word), evenness)
            }
            None if last.is_word && self.may_be_unknown(before, &last.stem) => (1, evenness),
            None => return None,
        };
        parts.push(last.stem.clone());
        parts.extend_from_slice(&last.parts);
        Some(Found { head_at: left.end, head: last.stem.clone(), parts, rank })
    }

    /// None for a piece that is no word of the lexicon and no compound of them.
    fn known(&mut self, piece: Range<usize>, depth: usize) -> Option<Rc<Known>> {
        if let Some(known) = self.known.get(&(piece.clone(), depth)) {
            return known.clone();
        }
        let (stem, is_word) = self.stem(piece.clone());
        let further = self.best(piece.clone(), depth + 1).filter(|found| found.rank.0 > 1);
        let known = match (is_word, further) {
            (true, further) => {
                Some(Known { stem, is_word, parts: further.map_or_else(Vec::new, |found| found.parts) })
            }
            (false, Some(found)) => {
                let stem = format!("{}{}", &self.word[piece.start..found.head_at], found.head);
                Some(Known { stem, is_word, parts: found.parts })
            }
            (false, None) => None,
        };
        let known = known.map(Rc::new);
        self.known.insert((piece, depth), known.clone());
        known
    }

    fn stem(&mut self, piece: Range<usize>) -> (String, bool) {
        if let Some(known) = self.stems.get(&piece) {
            return known.clone();
        }
        let stem = (self.stem)(&self.word[piece.clone()]);
        // So short a piece is the word itself and not a stem of a longer one: "Hørby" is no hearing.
        let written = &self.word[piece.clone()];
        let is_word = self.lexicon.knows(&stem)
            && (written.chars().count() >= LEAST_OF_LEARNED || self.lexicon.tables.short.contains(written));
        self.stems.insert(piece, (stem.clone(), is_word));
        (stem, is_word)
    }

    /// What stands before another part, with a link or without.
    fn first(&mut self, left: Range<usize>, depth: usize) -> Option<Rc<Known>> {
        let before = &self.word[left.clone()];
        if self.lexicon.tables.prefixes.contains(before) {
            return None;
        }
        let mut split = None;
        for word in LINKS.iter().filter_map(|link| before.strip_suffix(link)) {
            if word.chars().count() < LEAST_OF_PART {
                continue;
            }
            match self.known(left.start..left.start + word.len(), depth) {
                Some(known) if known.is_word => return Some(known),
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
        ("skaterbanen", "skate ban"),
        ("skattesagen", "skat sag"),
        ("rygeforbud", "ryge forbud"),
        ("lægehuset", "læge hus"),
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
