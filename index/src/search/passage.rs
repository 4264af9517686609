//! The best passage of a text around the words asked for.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use minutes::{AgendaItem, Document, Section};

use super::analysis::{Analysis, Analyzed, PART};
use super::plan::{Form, Plan};

/// The longest passage, in characters, with the dots that mark a cut.
pub const PASSAGE_CHARS: usize = 240;

/// What stands where a passage is cut.
const CUT: char = '…';

/// The words looked for, and how a text's words are compared with them.
pub(crate) struct Sought<'a> {
    analysis: &'a Analysis,
    /// How many words were asked for.
    words: usize,
    /// The terms that they are found by, and the first word asked for that each is a form of: whole words, and parts of compounds.
    wholes: HashMap<&'a str, usize>,
    parts: HashMap<&'a str, usize>,
}

impl<'a> Sought<'a> {
    pub(crate) fn new(analysis: &'a Analysis, plan: &'a Plan) -> Self {
        // Of several words for one, none alone is what was asked for.
        let of_form = |form: &'a Form, is_exact: bool| match form {
            Form::Term(term) => std::slice::from_ref(term),
            Form::Phrase(terms, _) if is_exact => terms.as_slice(),
            Form::Phrase(..) => &[],
        };
        let needs = plan.needs.iter().chain(&plan.wishes);
        Self::of(
            analysis,
            needs.map(|need| need.forms.iter().flat_map(move |(form, _)| of_form(form, need.is_exact))),
        )
    }

    fn of<T: IntoIterator<Item = &'a String>>(
        analysis: &'a Analysis,
        words: impl Iterator<Item = T>,
    ) -> Self {
        let mut sought = Self { analysis, words: 0, wholes: HashMap::new(), parts: HashMap::new() };
        for terms in words {
            for term in terms {
                let (terms, term) = match term.strip_prefix(PART) {
                    Some(part) => (&mut sought.parts, part),
                    None => (&mut sought.wholes, term.as_str()),
                };
                terms.entry(term).or_insert(sought.words);
            }
            sought.words += 1;
        }
        sought
    }

    /// Which of the words asked for this one is.
    fn which(&self, word: &Analyzed) -> Option<usize> {
        let whole = self.wholes.get(word.whole.as_str());
        let parts = word.parts.iter().filter_map(|part| self.parts.get(part.as_str()));
        whole.into_iter().chain(parts).min().copied()
    }

    /// The bytes of a text that are words asked for.
    pub(crate) fn marks(&self, text: &str) -> Vec<Range<usize>> {
        self.analysis
            .words(text)
            .into_iter()
            .filter(|(word, _)| self.which(word).is_some())
            .map(|(_, at)| at)
            .collect()
    }
}

/// Of an item's texts, the one where most of the words stand together; the decision before the rest.
pub(crate) fn of_item(item: &AgendaItem, sought: &Sought<'_>) -> String {
    let decision = item.decision.iter().map(|decision| decision.text.as_str());
    let earlier = item.earlier_decisions.iter().map(|earlier| earlier.text.as_str());
    let heads = item.title.as_deref().into_iter();
    best(decision.chain(texts(&item.sections)).chain(earlier).chain(heads), sought)
}

/// Of a document's own texts, the one where most of the words stand together.
pub(crate) fn of_document(document: &Document, sought: &Sought<'_>) -> String {
    best(texts(&document.sections).chain(document.title.as_deref()), sought)
}

/// The texts of an item, to find a word in.
pub(crate) fn surface(
    texts: impl Iterator<Item = impl AsRef<str>>,
    analysis: &Analysis,
    stem: &str,
) -> Option<String> {
    for text in texts {
        let text = text.as_ref();
        if let Some((_, at)) = analysis.words(text).into_iter().find(|(word, _)| word.whole == stem) {
            return Some(text[at].to_owned());
        }
    }
    None
}

fn texts(sections: &[Section]) -> impl Iterator<Item = &str> {
    sections.iter().map(|section| section.text.as_str())
}

/// The first of the texts that nothing beats; empty when all are blank.
fn best<'a>(texts: impl Iterator<Item = &'a str>, sought: &Sought<'_>) -> String {
    let mut best: Option<(usize, &str, usize)> = None;
    for text in texts.filter(|text| !text.trim().is_empty()) {
        let (found, start) = densest(text, sought);
        if best.is_none_or(|(most, ..)| found > most) {
            best = Some((found, text, start));
        }
        if found == sought.words {
            break;
        }
    }
    best.map(|(_, text, start)| cut(text, start)).unwrap_or_default()
}

/// How many different words stand in the best stretch of a text, and the byte where it begins.
fn densest(text: &str, sought: &Sought<'_>) -> (usize, usize) {
    let words = sought.analysis.words(text).into_iter();
    let hits: Vec<(usize, Range<usize>)> =
        words.filter_map(|(word, at)| Some((sought.which(&word)?, at))).collect();
    let mut best = (0, 0);
    for (first, (_, from)) in hits.iter().enumerate() {
        let within: HashSet<usize> = hits[first..]
            .iter()
            .take_while(|(_, at)| at.end - from.start <= PASSAGE_CHARS)
            .map(|(word, _)| *word)
            .collect();
        if within.len() > best.0 {
            best = (within.len(), from.start);
        }
        if best.0 == sought.words {
            break;
        }
    }
    best
}

/// At most [`PASSAGE_CHARS`] of a text around the byte `at`, cut between words, white space as single spaces.
fn cut(text: &str, at: usize) -> String {
    let words: Vec<(usize, &str)> =
        text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)).collect();
    let first = words.partition_point(|(start, _)| *start <= at).saturating_sub(1);
    let limit = PASSAGE_CHARS - 2;
    let length = |word: &str| word.chars().count() + 1;
    let (mut from, mut to, mut used) = (first, first, 0);
    while to < words.len() && used + length(words[to].1) <= limit {
        used += length(words[to].1);
        to += 1;
    }
    // A third of the passage at most stands before the first word found, all that is free where the text ends.
    let before = if to == words.len() { limit } else { used + limit / 3 };
    while to > first && to < words.len() && used > limit - limit / 3 && from > 0 {
        to -= 1;
        used -= length(words[to].1);
    }
    while from > 0 && used + length(words[from - 1].1) <= limit.min(before) {
        from -= 1;
        used += length(words[from].1);
    }
    if from == to {
        return words.get(first).map(|(_, word)| short(word)).unwrap_or_default();
    }
    let mut passage = String::new();
    if from > 0 {
        passage.push(CUT);
    }
    for (nth, (_, word)) in words[from..to].iter().enumerate() {
        if nth > 0 {
            passage.push(' ');
        }
        passage.push_str(word);
    }
    if to < words.len() {
        passage.push(CUT);
    }
    passage
}

/// The beginning of a run of characters that no passage can hold.
fn short(word: &str) -> String {
    word.chars().take(PASSAGE_CHARS - 1).chain([CUT]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Steps;

    #[track_caller]
    fn check(text: &str, words: &str, holds: &str) {
        let analysis = Analysis::built_in(Steps::ALL);
        let stems: Vec<String> = words.split(' ').map(|word| analysis.word(word).whole).collect();
        let sought = Sought::of(&analysis, stems.iter().map(|stem| [stem]));
        let passage = best([text].into_iter(), &sought);
        assert!(passage.contains(holds), "{passage}");
        assert!(passage.chars().count() <= PASSAGE_CHARS, "{passage}");
    }

    #[test]
    fn passages_hold_the_words() {
        let filler = "og så videre ".repeat(60);
        check(
            &format!("{filler} Sygefraværet i plejen faldt. {filler}"),
            "plejens sygefravær",
            "Sygefraværet i plejen",
        );
        check(&format!("{filler} Sygefraværet"), "sygefravær", "Sygefraværet");
        check(&format!("Plejen {filler} Sygefraværet i plejen"), "sygefravær pleje", "Sygefraværet i plejen");
        check("kort tekst", "intet af dette", "kort tekst");
        check(&"x".repeat(3000), "x", "xxx");
        check("", "x", "");
    }

    #[test]
    fn cuts_are_marked() {
        let passage = cut(&"ord ".repeat(300), 600);
        assert!(passage.starts_with('…') && passage.ends_with('…'), "{passage}");
        assert_eq!(cut("et  par\nord", 0), "et par ord");
    }
}
