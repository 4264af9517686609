//! From the pieces of a question to what is looked for in an index: each word in the forms that the index knows.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};

use super::analysis::{Analysis, PART};
use super::schema::{FIELDS, NAMES};
use super::synonyms::Synonyms;
use super::typed::{self, Piece, Telling, Typed, telling};

/// What a form of a word is worth beside the word itself.
const WHOLE: f32 = 1.0;
const IN_COMPOUND: f32 = 0.6;
const JOINED: f32 = 0.9;
const APART: f32 = 0.8;
const NEAR_EACH_OTHER: f32 = 0.5;
/// Another word for one that stands in the index too, and for one that stands nowhere.
const SYNONYM_BESIDE: f32 = 0.08;
const SYNONYM: f32 = 0.4;
const HEAD: f32 = 0.3;
const CORRECTED: f32 = 0.8;

/// Words that may stand between the parts of a compound that is written as several words.
const BETWEEN: u32 = 3;

/// Forms looked for in place of one word at most.
pub(crate) const MOST_FORMS: usize = 32;

/// Words of a question at most that are compared with every word of the index, to find what was meant; and as many, to find
/// compounds with them.
pub(super) const MOST_CORRECTED: usize = 4;

/// Letters of a word at least, whose compounds are looked for although it stands nowhere alone.
const LEAST_IN_COMPOUND: usize = 4;

/// A word of so many letters, without its ending, may be misspelt by so many. The longest first. Of the shortest, another letter makes
/// another word ("hund", "hænd"): only a letter too many or too few is a slip.
const SLIPS: [(usize, usize); 2] = [(8, 2), (4, 1)];
const LEAST_WITH_ANOTHER_LETTER: usize = 5;

/// Letters of a word at least, with its ending, that may be misspelt, and of one that may be meant, without: a shorter one is too near
/// too many others.
const LEAST_OF_MISSPELT: usize = 5;
const LEAST_MEANT: usize = 4;

/// Letters at least of a word that tells little, at the end of another.
const LEAST_OF_ASKING: usize = 3;

/// What may stand between two words that somebody else writes as one.
const LINKS: [&str; 3] = ["", "s", "e"];

/// In how many entries a word stands, in each field with words.
pub(super) type InFields = [u32; FIELDS];

/// What an index knows.
pub(super) trait Words {
    /// In how many entries a term stands, field by field.
    fn in_fields(&self, term: &str) -> InFields;
    /// In how many entries a term stands, at least: in the field where it stands most.
    fn count(&self, term: &str) -> u32 {
        self.in_fields(term).into_iter().max().unwrap_or_default()
    }
    /// How many entries there are.
    fn entries(&self) -> u64;
    /// Every word, each as it stands in the index and without parts, in order, with its count.
    fn all(&self) -> &[(String, u32)];
}

/// One way to find a word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Form {
    /// A term.
    Term(String),
    /// Terms in this order with at most so many words between them.
    Phrase(Vec<String>, u32),
}

/// What one piece of a question is found by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Need {
    /// As it was typed.
    pub(crate) typed: String,
    /// Any of these, and what each is worth. Empty where nothing in the index can be meant.
    pub(crate) forms: Vec<(Form, f32)>,
    /// In how many entries it stands, about.
    pub(crate) count: u32,
    /// A phrase or a beginning: asked for as it stands.
    pub(crate) is_exact: bool,
    /// It is written as somebody's or something's name, and is never the word that is left out.
    pub(super) is_name: bool,
    /// Of a word that stands nowhere and ends in a word that only asks ("skolesagen"): what it begins with, as it stands in the index.
    pub(super) beginning: Option<String>,
    /// It stands nowhere as it was typed, nor does another word for it: only parts of it do.
    is_loose: bool,
    /// Only its parts are looked for.
    is_apart: bool,
    /// What its last part alone would be found by, for a compound that stands nowhere.
    head: Vec<(Form, f32)>,
    /// What each of its parts would be found by, for a compound that stands nowhere; empty unless all of them stand somewhere.
    parts: Vec<Vec<(Form, f32)>>,
    telling: Telling,
}

/// A word that stands nowhere, and the one that it is taken for, as it stands in the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Correction {
    pub(crate) typed: String,
    pub(crate) stem: String,
}

impl Need {
    /// Its parts, each to be found. The first is still told as the word that stands nowhere.
    fn apart(&self) -> Vec<Self> {
        let part = |(nth, forms): (usize, &Vec<(Form, f32)>)| Self {
            forms: forms.clone(),
            is_loose: nth == 0,
            is_apart: nth == 0,
            head: Vec::new(),
            parts: Vec::new(),
            ..self.clone()
        };
        self.parts.iter().enumerate().map(part).collect()
    }

    /// It stands nowhere, nor does another word for it, and it was not taken for another.
    pub(crate) fn is_unknown(&self) -> bool {
        let is_apart = |(form, _): &(Form, f32)| matches!(form, Form::Phrase(..));
        self.forms.is_empty() || self.is_apart || (self.is_loose && self.forms.iter().all(is_apart))
    }
}

/// All that is looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Plan {
    /// What the question is about.
    pub(crate) needs: Vec<Need>,
    /// Better with it.
    pub(crate) wishes: Vec<Need>,
    /// Nothing with these.
    pub(crate) unwanted: Vec<Need>,
    pub(crate) corrected: Vec<Correction>,
}

/// Which words may be left out where no entry has all: one of three, one of four, two of five or six …
const WORDS_PER_MISSING: usize = 3;

/// The share of what a question tells that must be found, where words are left out.
const LEAST_SHARE: f64 = 0.6;

/// Words that are met besides, where a compound is met by its last part alone: "lufthavn i Fjordby" is not about the harbour.
const LEAST_BESIDE_HEADS: usize = 2;

impl Plan {
    pub(super) fn make(
        typed: &Typed,
        analysis: &Analysis,
        synonyms: &Synonyms,
        by_stem: &HashMap<String, Vec<usize>>,
        words: &impl Words,
    ) -> Self {
        let maker = Maker { analysis, synonyms, by_stem, words, sought_inside: Cell::new(0) };
        let mut plan = Self::default();
        let mut needs: Vec<Need> = typed.wanted.iter().map(|piece| maker.need(piece)).collect();
        maker.join_neighbours(&typed.wanted, &mut needs);
        maker.join_synonyms(&typed.wanted, &mut needs);
        let least_telling = [Telling::About, Telling::OfMinutes, Telling::Asking]
            .into_iter()
            .find(|telling| needs.iter().any(|need| need.telling == *telling))
            .unwrap_or(Telling::About);
        let mut tried = 0;
        for (nth, mut need) in needs.into_iter().enumerate() {
            if need.telling == least_telling || need.is_exact {
                // The first word may have a capital for being the first; any other is a name.
                let is_name = nth > 0 && need.typed.starts_with(char::is_uppercase);
                need.is_name = is_name && need.telling == Telling::About;
                let may_be_a_slip = need.is_loose && need.telling == Telling::About && !is_name;
                if may_be_a_slip && analysis.steps().typos && tried < MOST_CORRECTED {
                    tried += 1;
                    plan.corrected.extend(maker.correct(&mut need));
                }
                plan.needs.push(need);
            } else if need.telling == Telling::OfMinutes && !need.forms.is_empty() {
                plan.wishes.push(need);
            }
        }
        plan.unwanted = typed.unwanted.iter().map(|piece| maker.unwanted(piece)).collect();
        plan.bounded()
    }

    /// How many of the needs must be met where not all can be; None where all must.
    pub(crate) fn fewer(&self, entries: u64) -> Option<usize> {
        let count = self.needs.len();
        let missing = count / WORDS_PER_MISSING;
        let tells = |need: &Need| (1.0 + (entries as f64 + 1.0) / (f64::from(need.count) + 1.0)).ln();
        let all: f64 = self.needs.iter().map(tells).sum();
        let known: f64 = self.needs.iter().filter(|need| !need.forms.is_empty()).map(tells).sum();
        let unknown = self.needs.iter().filter(|need| need.forms.is_empty()).count();
        // Words in capitals are a name: half of one is somebody else's.
        let is_name = self.needs.iter().all(|need| need.typed.starts_with(char::is_uppercase));
        let may_miss = missing > 0 && unknown <= missing && !is_name;
        (may_miss && known >= all * LEAST_SHARE).then_some(count - missing)
    }

    /// The same with the last part of each compound that stands nowhere in its place ("ny bilparkering ved havnen": parking at the
    /// harbour). None where there is no such word, or nothing else to go by.
    pub(crate) fn by_heads(&self) -> Option<Self> {
        let has_head = |need: &Need| need.is_loose && !need.head.is_empty();
        let known = self.needs.iter().filter(|need| !need.is_loose).count();
        if !self.needs.iter().any(has_head) || known < LEAST_BESIDE_HEADS {
            return None;
        }
        let mut plan = self.clone();
        for need in plan.needs.iter_mut().filter(|need| has_head(need)) {
            need.forms.append(&mut need.head);
        }
        Some(plan.bounded())
    }

    /// The same with the parts of each compound that stands nowhere in its place, all in one entry: the fee and the waste of "affaldsgebyr",
    /// however far apart. None where there is no such word.
    pub(crate) fn by_parts(&self) -> Option<Self> {
        let is_apart = |need: &Need| need.is_loose && !need.parts.is_empty();
        if !self.needs.iter().any(is_apart) {
            return None;
        }
        let mut plan = self.clone();
        plan.needs = self
            .needs
            .iter()
            .flat_map(|need| if is_apart(need) { need.apart() } else { vec![need.clone()] })
            .take(super::typed::MAX_WORDS)
            .collect();
        Some(plan.bounded())
    }

    /// The first [`MOST_FORMS`] of each need: those that tell most.
    fn bounded(mut self) -> Self {
        for need in self.needs.iter_mut().chain(&mut self.wishes).chain(&mut self.unwanted) {
            need.forms.truncate(MOST_FORMS);
        }
        self
    }

    /// The need, where there is only one, of words alone, and nothing besides.
    pub(crate) fn single(&self) -> Option<&Need> {
        let [need] = self.needs.as_slice() else { return None };
        let is_plain = self.wishes.is_empty() && self.unwanted.is_empty();
        let is_term = |(form, _): &(Form, f32)| matches!(form, Form::Term(_));
        (is_plain && need.forms.iter().all(is_term)).then_some(need)
    }

    /// Whether every need can be met by some entry, for all that the words alone tell.
    pub(crate) fn is_possible(&self) -> bool {
        self.needs.iter().all(|need| !need.forms.is_empty())
    }
}

/// Forms that stand in the index.
struct Found<'w, W> {
    words: &'w W,
    forms: Vec<(Form, f32)>,
    /// Of the one that stands in most entries.
    count: u32,
}

impl<W: Words> Found<'_, W> {
    fn term(&mut self, term: String, worth: f32) {
        let there = self.words.count(&term);
        if there > 0 {
            self.count = self.count.max(there);
            self.forms.push((Form::Term(term), worth));
        }
    }

    fn phrase(&mut self, terms: Vec<String>, between: u32, worth: f32) {
        let there = terms.iter().map(|term| self.words.count(term)).min().unwrap_or_default();
        if there > 0 {
            self.count = self.count.max(there);
            self.forms.push((Form::Phrase(terms, between), worth));
        }
    }
}

struct Maker<'a, W> {
    analysis: &'a Analysis,
    synonyms: &'a Synonyms,
    by_stem: &'a HashMap<String, Vec<usize>>,
    words: &'a W,
    /// How many words were looked for inside every word of the index.
    sought_inside: Cell<usize>,
}

impl<W: Words> Maker<'_, W> {
    fn need(&self, piece: &Piece) -> Need {
        match piece {
            Piece::Word(word) => self.word(word),
            Piece::Phrase(words) => {
                let terms: Vec<String> =
                    words.iter().map(|word| self.analysis.remembered(word).whole.clone()).collect();
                let count = terms.iter().map(|term| self.words.count(term)).min().unwrap_or_default();
                let forms = if count > 0 { vec![(Form::Phrase(terms, 0), WHOLE)] } else { Vec::new() };
                Need {
                    typed: words.join(" "),
                    forms,
                    count,
                    is_exact: true,
                    is_name: false,
                    beginning: None,
                    is_loose: false,
                    head: Vec::new(),
                    is_apart: false,
                    parts: Vec::new(),
                    telling: Telling::About,
                }
            }
            Piece::Beginning(word) => {
                let forms = self.beginnings(&self.analysis.folded(word));
                Need {
                    typed: format!("{word}*"),
                    count: 1,
                    forms,
                    is_exact: true,
                    is_name: false,
                    beginning: None,
                    is_loose: false,
                    head: Vec::new(),
                    is_apart: false,
                    parts: Vec::new(),
                    telling: Telling::About,
                }
            }
        }
    }

    /// The same without anything that is only meant: what is not wanted is taken at its word.
    fn unwanted(&self, piece: &Piece) -> Need {
        let mut need = self.need(piece);
        if let Piece::Word(word) = piece {
            let stem = self.analysis.remembered(word).whole.clone();
            need.forms = vec![(Form::Term(format!("{PART}{stem}")), WHOLE), (Form::Term(stem), WHOLE)];
        }
        need
    }

    fn word(&self, word: &str) -> Need {
        let analyzed = self.analysis.remembered(word);
        let stem = &analyzed.whole;
        let mut found = Found { words: self.words, forms: Vec::new(), count: 0 };
        found.term(stem.clone(), WHOLE);
        if self.analysis.steps().compounds {
            found.term(format!("{PART}{stem}"), IN_COMPOUND);
        }
        let synonym = if found.forms.is_empty() { SYNONYM } else { SYNONYM_BESIDE };
        for other in self.synonyms.of(self.analysis, self.by_stem, stem) {
            match other.as_slice() {
                [one] => {
                    found.term(one.clone(), synonym);
                    found.term(format!("{PART}{one}"), synonym * IN_COMPOUND);
                }
                _ => found.phrase(other, 1, synonym),
            }
        }
        let Found { mut forms, mut count, .. } = found;
        let is_loose = forms.is_empty();
        let (mut head, mut parts) = (Vec::new(), Vec::new());
        if self.analysis.steps().compounds && self.words.count(stem) == 0 {
            let (further, there) =
                self.apart_or_inside(&self.analysis.folded(word), &analyzed.whole, &analyzed.parts);
            count = count.max(there);
            forms.extend(further);
            if let [_, .., last] = analyzed.parts.as_slice() {
                let mut found = Found { words: self.words, forms: Vec::new(), count: 0 };
                found.term(last.clone(), HEAD);
                found.term(format!("{PART}{last}"), HEAD);
                head = found.forms;
                parts = self.apart(&analyzed.parts);
            }
        }
        Need {
            typed: word.to_owned(),
            forms,
            count,
            is_exact: false,
            is_name: false,
            beginning: None,
            is_loose,
            head,
            is_apart: false,
            parts,
            telling: telling(word),
        }
    }

    /// What each part of a compound is found by; empty where one of them stands nowhere.
    fn apart(&self, parts: &[String]) -> Vec<Vec<(Form, f32)>> {
        let forms = |part: &String| {
            let mut found = Found { words: self.words, forms: Vec::new(), count: 0 };
            found.term(part.clone(), HEAD);
            found.term(format!("{PART}{part}"), HEAD * IN_COMPOUND);
            found.forms
        };
        let all: Vec<_> = parts.iter().map(forms).collect();
        if all.iter().all(|forms| !forms.is_empty()) { all } else { Vec::new() }
    }

    /// A compound that stands nowhere as one word: its parts near each other. A word that stands nowhere alone: compounds that
    /// begin or end with it.
    fn apart_or_inside(&self, folded: &str, stem: &str, parts: &[String]) -> (Vec<(Form, f32)>, u32) {
        let halves = if parts.is_empty() && self.may_seek_inside() { self.halves(folded) } else { None };
        if let [first, .., last] = halves.as_ref().map_or(parts, |halves| halves.as_slice()) {
            let mut found = Found { words: self.words, forms: Vec::new(), count: 0 };
            found.phrase(vec![first.clone(), last.clone()], 0, APART);
            found.phrase(vec![last.clone(), first.clone()], BETWEEN, NEAR_EACH_OTHER);
            return (found.forms, found.count);
        }
        let mut forms = Vec::new();
        let mut count = 0;
        if self.words.count(&format!("{PART}{stem}")) > 0 || !self.may_seek_inside() {
            return (forms, count);
        }
        self.sought_inside.set(self.sought_inside.get() + 1);
        // A compound keeps the letters of its first part as they are written.
        let is_inside = |word: &str| {
            [stem, folded].iter().any(|part| {
                let rest = word.strip_prefix(part).or_else(|| word.strip_suffix(part));
                part.chars().count() >= LEAST_IN_COMPOUND
                    && rest.is_some_and(|rest| {
                        rest.len() > 1 && (part.chars().count() > LEAST_IN_COMPOUND || self.is_word(rest))
                    })
            })
        };
        let inside = self.words.all().iter().filter(|(word, _)| is_inside(word));
        for (word, there) in most_used(inside) {
            count = count.max(there);
            forms.push((Form::Term(word), IN_COMPOUND));
        }
        (forms, count)
    }

    /// Whether the rest of a compound is a word of the index, with a link to the other part or without: that of "skaterbane" without
    /// "skat" is none.
    fn is_word(&self, rest: &str) -> bool {
        let words =
            LINKS.iter().flat_map(|link| [rest.strip_prefix(link), rest.strip_suffix(link)]).flatten();
        words.filter(|word| !word.is_empty()).any(|word| {
            let stem = self.analysis.word(word).whole;
            self.words.count(&stem) > 0 || self.words.count(&format!("{PART}{stem}")) > 0
        })
    }

    /// Whether another word may be compared with every word of the index.
    fn may_seek_inside(&self) -> bool {
        self.sought_inside.get() < MOST_CORRECTED
    }

    /// The two words of the index that a word no lexicon splits is made of, as they stand there: the most even ones.
    fn halves(&self, folded: &str) -> Option<[String; 2]> {
        let known = |word: &str| {
            let stem = self.analysis.remembered(word).whole.clone();
            let is_long = word.chars().count() >= LEAST_IN_COMPOUND;
            (is_long && self.words.count(&stem) > 0).then_some(stem)
        };
        let letters = folded.chars().count();
        let middles = folded.char_indices().enumerate().filter_map(|(nth, (at, _))| {
            let (left, right) = folded.split_at(at);
            let last = known(right)?;
            let first = LINKS.iter().filter_map(|link| left.strip_suffix(link)).find_map(known)?;
            Some((nth.min(letters - nth), [first, last]))
        });
        middles.max_by_key(|(evenness, _)| *evenness).map(|(_, halves)| halves)
    }

    fn beginnings(&self, beginning: &str) -> Vec<(Form, f32)> {
        let known = self.words.all();
        let from = known.partition_point(|(word, _)| word.as_str() < beginning);
        let begun = known[from..].iter().take_while(|(word, _)| word.starts_with(beginning));
        let mut forms: Vec<(Form, f32)> =
            most_used(begun).into_iter().map(|(word, _)| (Form::Term(word), WHOLE)).collect();
        // The ending that the stemmer takes off may be what was typed last.
        let stem = self.analysis.remembered(beginning).whole.clone();
        if forms.is_empty() && self.words.count(&stem) > 0 {
            forms.push((Form::Term(stem), WHOLE));
        }
        forms
    }

    /// Two words that others write as one: "social tilsyn", "mangel på boliger".
    fn join_neighbours(&self, pieces: &[Piece], needs: &mut [Need]) {
        if !self.analysis.steps().compounds {
            return;
        }
        let is_between =
            |piece: &Piece| matches!(piece, Piece::Word(word) if telling(word) == Telling::Asking);
        let told: Vec<usize> = (0..pieces.len()).filter(|at| !is_between(&pieces[*at])).collect();
        for pair in told.windows(2) {
            let (Piece::Word(one), Piece::Word(other)) = (&pieces[pair[0]], &pieces[pair[1]]) else {
                continue;
            };
            for joined in self.joined(one, other).into_iter().chain(self.joined(other, one)) {
                let count = self.words.count(&joined);
                let form = (Form::Term(joined), JOINED);
                for at in pair.iter().filter(|_| count > 0) {
                    let need = &mut needs[*at];
                    if !need.forms.contains(&form) {
                        need.count = need.count.max(count);
                        need.forms.push(form.clone());
                    }
                }
            }
        }
    }

    /// Words that two may be written as together, as they would stand in the index: a compound has the ending of its last part.
    fn joined(&self, one: &str, other: &str) -> Vec<String> {
        let stem = &self.analysis.remembered(one).whole;
        let (one, last) = (self.analysis.folded(one), &self.analysis.remembered(other).whole);
        // The first word without its ending, or with a part of it: "kassen" in "kassebeholdning".
        let ends = one.char_indices().map(|(at, letter)| at + letter.len_utf8());
        let least = if one.starts_with(stem.as_str()) { stem.len() } else { one.len() };
        let mut joined = Vec::new();
        for end in ends.filter(|end| *end >= least) {
            for link in LINKS {
                let word = format!("{}{link}{last}", &one[..end]);
                if !joined.contains(&word) {
                    joined.push(word);
                }
            }
        }
        joined
    }

    /// Several words that stand in the table of synonyms as one.
    fn join_synonyms(&self, pieces: &[Piece], needs: &mut [Need]) {
        let stems: Vec<Option<String>> = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Word(word) => Some(self.analysis.remembered(word).whole.clone()),
                _ => None,
            })
            .collect();
        for (at, pair) in stems.windows(2).enumerate() {
            let [Some(one), Some(other)] = pair else { continue };
            for synonym in self.synonyms.of(self.analysis, self.by_stem, &format!("{one} {other}")) {
                let [word] = synonym.as_slice() else { continue };
                for form in [word.clone(), format!("{PART}{word}")] {
                    let count = self.words.count(&form);
                    for need in &mut needs[at..at + 2] {
                        if count > 0 {
                            need.count = need.count.max(count);
                            need.forms.push((Form::Term(form.clone()), SYNONYM));
                        }
                    }
                }
            }
        }
    }

    /// Words that stand in the index where two letters of a word are exchanged or one is left out, before its ending is taken off:
    /// "ordnign" has no ending that could be.
    fn in_the_ending(&self, folded: &str) -> Vec<String> {
        let letters: Vec<char> = folded.chars().collect();
        let mut found = Vec::new();
        for at in 1..letters.len() {
            let mut left_out = letters.clone();
            left_out.remove(at);
            let mut exchanged = letters.clone();
            if at + 1 < letters.len() {
                exchanged.swap(at, at + 1);
            }
            for tried in [left_out, exchanged] {
                let stem = self.analysis.word(&tried.into_iter().collect::<String>()).whole;
                let is_long = stem.chars().count() >= LEAST_WITH_ANOTHER_LETTER;
                if is_long && self.words.count(&stem) > 0 && !found.contains(&stem) {
                    found.push(stem);
                }
            }
        }
        found
    }

    /// The one word that several are; of forms of one word ("orden", "ordenen") the one that stands in most entries.
    fn only(&self, words: &[String]) -> Option<String> {
        let shortest = words.iter().min_by_key(|word| word.len())?;
        let is_one = words.iter().all(|word| word.starts_with(shortest.as_str()));
        words.iter().filter(|_| is_one).max_by_key(|word| self.words.count(word)).cloned()
    }

    /// The word of the index, or the part of one, that another begins with, where all the rest of it is a word that tells little.
    fn before_asking(&self, folded: &str) -> Option<String> {
        let ends = folded.char_indices().map(|(at, _)| folded.split_at(at));
        ends.filter(|(first, last)| {
            first.chars().count() >= LEAST_IN_COMPOUND
                && last.chars().count() >= LEAST_OF_ASKING
                && telling(last) == Telling::OfMinutes
        })
        .find_map(|(first, _)| {
            let stem = self.analysis.word(first).whole;
            let is_known = self.words.count(&stem) > 0 || self.words.count(&format!("{PART}{stem}")) > 0;
            is_known.then_some(stem)
        })
    }

    /// Whether a word is known although it stands nowhere: it is no slip of another ("stadion", "station").
    fn is_spelt_right(&self, word: &str) -> bool {
        let stem = &self.analysis.remembered(word).whole;
        self.analysis.lexicon().has(stem) || self.by_stem.contains_key(stem)
    }

    /// Whether a word is made of known words, and does not end in the one in which the word ends that it would be taken for: "hegnsyn"
    /// is no slip of "hensyn", but "samarbjedsaftale" is one of "samarbejdsaftale".
    fn is_other_compound(&self, word: &str, stem: &str) -> bool {
        let parts = &self.analysis.remembered(word).parts;
        let is_made_of_known =
            !parts.is_empty() && parts.iter().all(|part| self.analysis.lexicon().has(part));
        is_made_of_known && self.analysis.remembered(stem).parts.last() != parts.last()
    }

    /// Whether a word begins with the first part of a compound that it would be taken for, and has another last part: "havnebad" is no
    /// slip of "havnegade". As of a word, the first letter of a part is right, or it is beside its place.
    fn has_other_last(&self, folded: &str, stem: &str) -> bool {
        let lexicon = self.analysis.lexicon();
        let is_first = |part: &str| {
            let without_link = LINKS.iter().filter_map(|link| part.strip_suffix(link));
            part.chars().count() >= LEAST_IN_COMPOUND
                && without_link.into_iter().any(|part| lexicon.has(part))
        };
        // The ending of the whole may be more than that of its last part alone.
        let is_last = |part: &str| lexicon.has(part) || lexicon.has(&format!("{part}e"));
        let begins = |word: &str, other: &str| {
            let first = other.chars().next();
            word.chars().take(2).any(|letter| Some(letter) == first)
        };
        stem.char_indices().map(|(at, _)| stem.split_at(at)).any(|(first, last)| {
            let rest = folded.strip_prefix(first).filter(|rest| !rest.is_empty());
            rest.is_some_and(|rest| {
                is_first(first) && is_last(last) && !begins(rest, last) && !begins(last, rest)
            })
        })
    }

    /// Takes a word that stands nowhere for the nearest that does, where one alone is nearest. Numbers are never corrected, nothing
    /// is taken for a word that only asks, and nobody's name for another one.
    fn correct(&self, need: &mut Need) -> Option<Correction> {
        let folded = self.analysis.folded(&need.typed);
        if folded.chars().any(char::is_numeric) || folded.chars().count() < LEAST_OF_MISSPELT {
            return None;
        }
        // "skolesagen" is the matter of a school, and no slip of another word.
        if let Some(first) = self.before_asking(&folded) {
            need.beginning = Some(first).filter(|first| self.words.count(first) > 0);
            return None;
        }
        if self.is_spelt_right(&need.typed) {
            return None;
        }
        let most = if need.forms.is_empty() { usize::MAX } else { 1 };
        let mut near = nearest(&folded, &self.analysis.remembered(&need.typed).whole, most, self.words.all());
        if near.is_empty() {
            near = self.in_the_ending(&folded);
        }
        let stem = self.only(&near)?;
        if self.is_other_compound(&need.typed, &stem) || self.has_other_last(&folded, &stem) {
            return None;
        }
        let is_name = self.words.in_fields(&stem)[NAMES] > 0;
        if is_name || typed::asking().any(|word| self.analysis.remembered(word).whole == stem) {
            return None;
        }
        need.count = self.words.count(&stem);
        if self.analysis.steps().compounds && self.words.count(&format!("{PART}{stem}")) > 0 {
            need.forms.insert(0, (Form::Term(format!("{PART}{stem}")), CORRECTED * IN_COMPOUND));
        }
        need.forms.insert(0, (Form::Term(stem.clone()), CORRECTED));
        Some(Correction { typed: need.typed.clone(), stem })
    }
}

/// The words that stand in most entries, at most [`MOST_FORMS`]; in order.
fn most_used<'w>(words: impl Iterator<Item = &'w (String, u32)>) -> Vec<(String, u32)> {
    let mut best: BTreeSet<(u32, &str)> = BTreeSet::new();
    for (word, count) in words {
        best.insert((*count, word));
        if best.len() > MOST_FORMS {
            best.pop_first();
        }
    }
    best.into_iter().rev().map(|(count, word)| (word.to_owned(), count)).collect()
}

/// How many letters a word may be misspelt by.
fn slips(letters: usize) -> usize {
    SLIPS.iter().find(|(least, _)| letters >= *least).map_or(0, |(_, slips)| *slips)
}

/// Of the words that one may have meant, those that are nearest. The first letter is right.
fn nearest(folded: &str, stem: &str, most: usize, words: &[(String, u32)]) -> Vec<String> {
    let letters = stem.chars().count();
    let most = slips(letters).min(most);
    let first = folded.chars().next();
    let near = |word: &str| {
        let least = usize::from(letters < LEAST_WITH_ANOTHER_LETTER);
        let longer = word.chars().count().abs_diff(letters);
        let alike = (least..=most).contains(&longer)
            && word.chars().count() >= LEAST_MEANT
            && word.chars().next() == first;
        let distance = alike.then(|| strsim::osa_distance(word, stem))?;
        (distance <= most && distance > 0).then_some(distance)
    };
    let words = words.iter().filter(|(word, _)| !word.chars().any(char::is_numeric));
    let near: Vec<(usize, &String)> = words.filter_map(|(word, _)| Some((near(word)?, word))).collect();
    let Some(least) = near.iter().map(|(distance, _)| *distance).min() else { return Vec::new() };
    near.into_iter().filter(|(distance, _)| *distance == least).map(|(_, word)| word.clone()).collect()
}

/// Words near one that stands nowhere, to be offered: nearest first.
pub(super) fn near_words(
    analysis: &Analysis,
    typed: &str,
    words: &[(String, u32)],
    limit: usize,
) -> Vec<String> {
    let stem = &analysis.remembered(typed).whole;
    let letters = stem.chars().count();
    if letters < LEAST_IN_COMPOUND {
        return Vec::new();
    }
    let most = slips(letters) + 1;
    // Two letters exchanged may be the first two.
    let first: Vec<char> = stem.chars().take(2).collect();
    let mut near: Vec<(usize, std::cmp::Reverse<u32>, &String)> = words
        .iter()
        .filter(|(word, _)| {
            word.chars().count().abs_diff(letters) <= most
                && word.chars().next().is_some_and(|letter| first.contains(&letter))
        })
        .filter_map(|(word, count)| {
            let distance = strsim::osa_distance(word, stem);
            (distance <= most && distance > 0).then_some((distance, std::cmp::Reverse(*count), word))
        })
        .collect();
    near.sort();
    near.into_iter().take(limit).map(|(_, _, word)| word.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::analysis::Steps;
    use super::super::typed::MAX_WORDS;
    use super::*;
    use proptest::prelude::*;

    /// An index in which all that is known stands everywhere, or nothing of it.
    struct Known {
        stands: bool,
        words: Vec<(String, u32)>,
    }

    impl Words for Known {
        fn in_fields(&self, _: &str) -> InFields {
            [u32::from(self.stands); FIELDS]
        }

        fn entries(&self) -> u64 {
            1
        }

        fn all(&self) -> &[(String, u32)] {
            &self.words
        }
    }

    #[track_caller]
    fn check(text: &str, stands: bool) {
        let words = (0..1_000).map(|nth| (format!("skolebord{nth:03}"), 1)).collect();
        let known = Known { stands, words };
        let (analysis, synonyms) = (Analysis::built_in(Steps::ALL), Synonyms::default());
        let plan = Plan::make(&Typed::read(text), &analysis, &synonyms, &HashMap::new(), &known);
        for plan in [plan.by_heads().unwrap_or_default(), plan.by_parts().unwrap_or_default(), plan] {
            assert!(plan.needs.len() + plan.wishes.len() + plan.unwanted.len() <= MAX_WORDS, "{text}");
            assert!(plan.corrected.len() <= MOST_CORRECTED, "{text}");
            for need in plan.needs.iter().chain(&plan.wishes).chain(&plan.unwanted) {
                assert!(need.forms.len() <= MOST_FORMS, "{text}: {need:?}");
            }
        }
    }

    /// An index in which these words stand in the text, and these are names.
    struct Minutes {
        words: Vec<(String, u32)>,
        names: Vec<String>,
    }

    impl Words for Minutes {
        fn in_fields(&self, term: &str) -> InFields {
            let mut counts = InFields::default();
            let count = self.words.iter().find(|(word, _)| word == term).map_or(0, |(_, count)| *count);
            let field = if self.names.iter().any(|name| name == term) { NAMES } else { FIELDS - 1 };
            counts[field] = count;
            counts
        }

        fn entries(&self) -> u64 {
            100
        }

        fn all(&self) -> &[(String, u32)] {
            &self.words
        }
    }

    /// What the words of a question are taken for by minutes of these words and names.
    #[track_caller]
    fn corrects(question: &str, words: &str, names: &str, corrected: &[&str]) {
        let analysis = Analysis::built_in(Steps::ALL);
        let stems = |text: &str| -> Vec<String> {
            analysis.words(text).into_iter().map(|(word, _)| word.whole.clone()).collect()
        };
        let names = stems(names);
        let mut all: Vec<(String, u32)> =
            stems(words).into_iter().chain(names.clone()).map(|it| (it, 3)).collect();
        all.sort();
        let minutes = Minutes { words: all, names };
        let synonyms = Synonyms::default();
        let plan = Plan::make(&Typed::read(question), &analysis, &synonyms, &HashMap::new(), &minutes);
        let found: Vec<&str> = plan.corrected.iter().map(|it| it.typed.as_str()).collect();
        assert_eq!(found, corrected, "{question}");
    }

    #[test]
    fn a_word_is_corrected_where_it_can_only_be_one_slip() {
        corrects("bilbiotek", "bibliotek", "", &["bilbiotek"]);
        corrects("genrbugsplads ved havnen", "genbrugsplads havn", "", &["genrbugsplads"]);
        // Short, by its letters or without its ending.
        corrects("skat", "skal skab", "", &[]);
        corrects("hunde", "hund hænder", "", &[]);
        corrects("hunde", "hænder", "", &[]);
        // Words that everybody knows, and one made of them.
        corrects("flygtninge", "flytning", "", &[]);
        corrects("stadion", "station", "", &[]);
        corrects("hegnsyn", "hensyn", "", &[]);
        corrects("svømehal", "svømmehal", "", &["svømehal"]);
        // Another last part, and the same one misspelt.
        corrects("havnebad", "havnegade", "", &[]);
        corrects("havnegafe", "havnegade", "", &["havnegafe"]);
        corrects("skoleej", "skolevej", "", &["skoleej"]);
        corrects("samarbjedsaftale", "samarbejdsaftale", "", &["samarbjedsaftale"]);
        corrects("parkeringstrategi", "parkeringsstrategi", "", &["parkeringstrategi"]);
        corrects("flygninge", "flygtninge", "", &["flygninge"]);
        // Two are as near.
        corrects("skolevaj", "skolevej skolevask", "", &["skolevaj"]);
        corrects("skolevar", "skolevej skoleven", "", &[]);
        corrects("grunke", "grunde grunge", "", &[]);
        // Two forms of one word are.
        corrects("forretningsordne", "forretningsorden forretningsordenen", "", &["forretningsordne"]);
        // A short word without its ending: a letter too few, but none for another.
        corrects("usatte", "udsatte", "", &["usatte"]);
        corrects("hundene", "hænder", "", &[]);
        corrects("hvalerne", "hal", "", &[]);
        // In the ending.
        corrects("mentorordnign", "mentorordning", "", &["mentorordnign"]);
        // Another first letter.
        corrects("telefon", "selefon", "", &[]);
        // Words that only ask, on either side.
        corrects("sammen", "samler", "", &[]);
        corrects("hvilkan", "hvilke", "", &[]);
        // A matter of what is known, and nothing like it.
        corrects("skolesagen", "skole skoledag", "", &[]);
        corrects("skoldeag", "skole skoledag", "", &["skoldeag"]);
        // Names.
        corrects("petersen", "", "Pedersen", &[]);
        corrects("mød Petersen", "mød petursen", "", &[]);
        corrects("nummer 27.36.01", "nummer 27 36 02", "", &[]);
    }

    #[test]
    fn many_words_and_wildcards_ask_for_a_bounded_number_of_forms() {
        for stands in [false, true] {
            for word in ["skolebord", "skolebord*", "-skolebord*", "skolepladserne ", "bord skole "] {
                check(&format!("{word} ").repeat(500), stands);
                check(&(0..500).map(|nth| format!("{word}{nth} ")).collect::<String>(), stands);
            }
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_asks_for_a_bounded_number_of_forms(text in any::<String>(), stands in any::<bool>()) {
            check(&text, stands);
        }
    }
}
