//! The word tables beside this file: what is looked for in a question, and the words that are no topic.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::danish;

/// Letters of parties, by what they are called.
static PARTIES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let row = |line: &'static str| line.split_once('|').map(|(names, letter)| (names, letter.trim()));
    let each = |(names, letter): (&'static str, &'static str)| {
        names.split_whitespace().map(move |name| (danish::fold(name), letter))
    };
    lines(include_str!("parties.txt")).filter_map(row).flat_map(each).collect()
});
/// Words that need not be found.
static FAINT: LazyLock<HashSet<String>> = LazyLock::new(|| {
    lines(include_str!("faint.txt")).flat_map(str::split_whitespace).map(danish::fold).collect()
});
/// Words that ask of a case and name none.
static ASPECTS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    lines(include_str!("aspects.txt")).flat_map(str::split_whitespace).map(danish::fold).collect()
});
/// Small words that are nouns too, and words after which they are.
pub(super) const ALSO_NOUNS: [&str; 4] = ["taget", "tog", "bud", "gang"];
pub(super) const BEFORE_A_NOUN: [&str; 4] = ["om", "nyt", "ny", "nye"];
/// What a question asks for, by its words.
pub(super) static INTENTS: LazyLock<Vec<Row>> = LazyLock::new(|| rows(include_str!("intents.txt")));
/// What is not answered, by its words.
pub(super) static REFUSED: LazyLock<Vec<Row>> = LazyLock::new(|| rows(include_str!("refused.txt")));
/// Words that ask for what minutes say.
static MINUTES: LazyLock<Vec<Form>> =
    LazyLock::new(|| lines(include_str!("minutes.txt")).map(Form::read).collect());
/// Words that are no topic; those that may stand before a question.
static SMALL: LazyLock<(HashSet<String>, HashSet<String>)> =
    LazyLock::new(|| small(include_str!("small.txt")));

/// A row of a table: a name, and the words by which it is known.
pub(super) struct Row {
    pub(super) name: &'static str,
    elements: Vec<Element>,
}

/// Words right after each other: for each place those of which one must stand there.
struct Element {
    run: Vec<Vec<Form>>,
    /// Only the first word of a question will do.
    is_first: bool,
}

/// A word, or the beginning or the end of one.
struct Form {
    text: String,
    begins: bool,
    ends: bool,
    /// Any word but this one, or none, stands there.
    not: bool,
}

impl Form {
    fn read(written: &str) -> Self {
        let not = written.starts_with('!');
        let written = written.trim_start_matches('!');
        let begins = written.ends_with('*');
        let ends = written.starts_with('*');
        Self { text: danish::fold(written.trim_matches('*')), begins, ends, not }
    }

    fn fits(&self, word: &str) -> bool {
        match (self.begins, self.ends) {
            (true, _) => word.starts_with(&self.text),
            (_, true) => word.ends_with(&self.text),
            _ => word == self.text,
        }
    }
}

impl Row {
    /// The places of the words by which the row is known in these; None where it is not. `start` is the first that is not politeness.
    pub(super) fn find(&self, words: &[&str], start: usize) -> Option<Vec<usize>> {
        let (mut places, mut from) = (Vec::new(), 0);
        for element in &self.elements {
            let (at, count) = element.find(words, from, start)?;
            places.extend(at..at + count);
            from = at + count;
        }
        Some(places)
    }
}

impl Element {
    /// Where it stands first from a place on, and how many words it is.
    fn find(&self, words: &[&str], from: usize, start: usize) -> Option<(usize, usize)> {
        let tried = if self.is_first { start..(start + 1).min(words.len()) } else { from..words.len() };
        tried.filter(|at| *at >= from).find_map(|at| {
            let fits = |(nth, forms): (usize, &Vec<Form>)| {
                let word = words.get(at + nth).copied();
                if is_excluded(forms) {
                    !word.is_some_and(|word| forms.iter().any(|form| form.fits(word)))
                } else {
                    word.is_some_and(|word| forms.iter().any(|form| form.fits(word)))
                }
            };
            let count = self.run.iter().filter(|forms| !is_excluded(forms)).count();
            self.run.iter().enumerate().all(fits).then_some((at, count))
        })
    }
}

/// Whether none of the words is to stand there; such a place is the last of its run.
fn is_excluded(forms: &[Form]) -> bool {
    forms.iter().any(|form| form.not)
}

/// Whether a folded word asks for what minutes say.
pub(super) fn is_of_minutes(word: &str) -> bool {
    MINUTES.iter().any(|form| form.fits(word))
}

/// Whether a folded word is no topic.
pub(super) fn is_small(word: &str) -> bool {
    SMALL.0.contains(word)
}

/// The letter of a party by a folded word for it.
pub(super) fn party(word: &str) -> Option<&'static str> {
    PARTIES.get(word.trim_end_matches('s')).or_else(|| PARTIES.get(word)).copied()
}

/// The letter of a party, written as one: a capital and nothing else.
pub(super) fn letter(word: &str) -> Option<&'static str> {
    PARTIES.values().copied().find(|letter| *letter == word)
}

/// Whether a folded word tells little of what a question is about.
pub(super) fn is_faint(word: &str) -> bool {
    FAINT.contains(word)
}

/// Whether a folded word asks of a case and names none.
pub(super) fn is_aspect(word: &str) -> bool {
    ASPECTS.contains(word)
}

/// Whether a word may be a topic: it is none of small.txt.
pub(crate) fn is_topic(word: &str) -> bool {
    !is_small(&danish::fold(word))
}

/// Whether a folded word may stand before a question without being a part of it.
pub(super) fn is_polite(word: &str) -> bool {
    SMALL.1.contains(word)
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn rows(table: &'static str) -> Vec<Row> {
    let row = |line: &'static str| {
        let (name, words) = line.split_once('|')?;
        Some(Row { name: name.trim(), elements: words.split_whitespace().map(element).collect() })
    };
    lines(table).filter_map(row).collect()
}

fn element(written: &str) -> Element {
    let forms = |forms: &str| forms.split('/').map(|form| Form::read(form.trim_start_matches('^'))).collect();
    Element { run: written.split('+').map(forms).collect(), is_first: written.starts_with('^') }
}

fn small(table: &'static str) -> (HashSet<String>, HashSet<String>) {
    let words = |line: &'static str| line.trim_start_matches('!').split_whitespace().map(danish::fold);
    let polite: HashSet<String> = lines(table).filter(|line| line.starts_with('!')).flat_map(words).collect();
    (lines(table).flat_map(words).collect(), polite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_a_row() {
        for (table, rows) in
            [(include_str!("intents.txt"), &INTENTS), (include_str!("refused.txt"), &REFUSED)]
        {
            assert_eq!(rows.len(), lines(table).count());
            assert!(rows.iter().all(|row| !row.elements.is_empty()));
        }
        assert!(is_small("hvad") && is_polite("tak") && !is_polite("hvad") && !is_small("varmestuen"));
    }

    #[test]
    fn words_are_found_in_order() {
        let rows = rows(
            "a | hvad synes/mener+du/de\nb | ^blev godkend*\nc | *moede\nd | ^køb+!af/!til\ne | jeg stemme+!om",
        );
        let find = |row: usize, words: &str, start: usize| {
            rows[row].find(&words.split(' ').collect::<Vec<_>>(), start)
        };
        assert_eq!(find(0, "hvad om det synes du", 0), Some(vec![0, 3, 4]));
        assert_eq!(find(0, "hvad mener de", 0), Some(vec![0, 1, 2]));
        // What follows the `+` is no word by itself.
        assert_eq!(find(0, "hvad siger de", 0), None);
        assert_eq!(find(0, "synes du hvad", 0), None);
        assert_eq!(find(0, "hvad synes raadet", 0), None);
        assert_eq!(find(1, "tak blev planen godkendt", 1), Some(vec![1, 3]));
        assert_eq!(find(1, "planen blev godkendt", 0), None);
        assert_eq!(find(2, "byraadsmoede", 0), Some(vec![0]));
        assert_eq!(find(2, "", 0), None);
        assert_eq!(find(3, "koeb en bil", 0), Some(vec![0]));
        assert_eq!(find(3, "koeb", 0), Some(vec![0]));
        assert_eq!(find(3, "koeb af areal", 0), None);
        assert_eq!(find(4, "skal jeg stemme", 0), Some(vec![1, 2]));
        assert_eq!(find(4, "skal jeg stemme om det", 0), None);
    }
}
