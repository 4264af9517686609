//! The best passage of a text around the words asked for.

use std::collections::HashSet;
use std::ops::Range;

use minutes::{AgendaItem, Document, Section};
use tantivy::tokenizer::{TextAnalyzer, TokenStream};

use super::analysis;

/// The longest passage, in characters, with the dots that mark a cut.
pub const PASSAGE_CHARS: usize = 240;

/// What stands where a passage is cut.
const CUT: char = '…';

/// Of an item's texts, the one where most of the words stand together; the decision before the rest.
pub(crate) fn of_item(item: &AgendaItem, terms: &[String]) -> String {
    let decision = item.decision.iter().map(|decision| decision.text.as_str());
    let earlier = item.earlier_decisions.iter().map(|earlier| earlier.text.as_str());
    let heads = item.title.as_deref().into_iter();
    best(decision.chain(texts(&item.sections)).chain(earlier).chain(heads), terms)
}

/// Of a document's own texts, the one where most of the words stand together.
pub(crate) fn of_document(document: &Document, terms: &[String]) -> String {
    best(texts(&document.sections).chain(document.title.as_deref()), terms)
}

fn texts(sections: &[Section]) -> impl Iterator<Item = &str> {
    sections.iter().map(|section| section.text.as_str())
}

/// The first of the texts that nothing beats; empty when all are blank.
fn best<'a>(texts: impl Iterator<Item = &'a str>, terms: &[String]) -> String {
    let mut analyzer = analysis::analyzer();
    let mut best: Option<(usize, &str, usize)> = None;
    for text in texts.filter(|text| !text.trim().is_empty()) {
        let (found, start) = densest(&mut analyzer, text, terms);
        if best.is_none_or(|(most, ..)| found > most) {
            best = Some((found, text, start));
        }
        if found == terms.len() {
            break;
        }
    }
    best.map(|(_, text, start)| cut(text, start)).unwrap_or_default()
}

/// How many different terms stand in the best stretch of a text, and the byte where it begins.
fn densest(analyzer: &mut TextAnalyzer, text: &str, terms: &[String]) -> (usize, usize) {
    let mut hits: Vec<(usize, Range<usize>)> = Vec::new();
    let mut words = analyzer.token_stream(text);
    while let Some(word) = words.next() {
        let term = terms.iter().position(|term| *term == word.text);
        hits.extend(term.map(|term| (term, word.offset_from..word.offset_to)));
    }
    let mut best = (0, 0);
    for (first, (_, from)) in hits.iter().enumerate() {
        let within: HashSet<usize> = hits[first..]
            .iter()
            .take_while(|(_, at)| at.end - from.start <= PASSAGE_CHARS)
            .map(|(term, _)| *term)
            .collect();
        if within.len() > best.0 {
            best = (within.len(), from.start);
        }
        if best.0 == terms.len() {
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
    use crate::search::query;

    #[track_caller]
    fn check(text: &str, words: &str, holds: &str) {
        let passage = best([text].into_iter(), &query::terms(words));
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
