//! A question as words, and which of them are already understood.

use super::table;
use crate::danish;

/// Words of a question that are read; no question of a person is longer.
pub(super) const MOST_WORDS: usize = 60;

/// A word of a question.
pub(super) struct Word<'q> {
    /// As typed, without the signs around it; a day's full stop is kept. What stood in quotation marks is one word.
    pub(super) text: &'q str,
    /// What it is compared by.
    pub(super) folded: String,
    /// It stood in quotation marks.
    pub(super) is_quoted: bool,
    /// It is a part of something that was understood, and no topic.
    pub(super) taken: bool,
    /// A small word that names a matter here: the roof in "om taget".
    pub(super) is_noun: bool,
    /// It is a part of a time: its "den" is no case, and its "sidste" no meeting.
    pub(super) is_time: bool,
}

impl Word<'_> {
    /// Whether it may be a part of the topic.
    pub(super) fn is_topic(&self) -> bool {
        !self.taken && (self.is_quoted || self.is_noun || !table::is_small(&self.folded))
    }
}

/// A question's words in order.
pub(super) struct Words<'q> {
    pub(super) all: Vec<Word<'q>>,
    /// The first that is not politeness; the number of all where every word is.
    pub(super) start: usize,
    /// It ends in a question mark.
    pub(super) is_asked: bool,
}

impl<'q> Words<'q> {
    /// The first [`MOST_WORDS`] words of a text.
    pub(super) fn of(text: &'q str) -> Self {
        // Every second part stood between quotation marks; without a last one, they are signs like others.
        let marks = ['"', '»', '«', '“', '”', '„'];
        let parts: Vec<&str> = text.split(marks).collect();
        let paired = parts.len() % 2 == 1;
        let mut all = Vec::new();
        for (at, part) in parts.into_iter().enumerate() {
            let part = part.trim();
            if paired && at % 2 == 1 && !part.is_empty() {
                all.push(word(part, true));
            } else {
                all.extend(
                    part.split_whitespace()
                        .map(bare)
                        .filter(|text| !text.is_empty())
                        .map(|text| word(text, false)),
                );
            }
        }
        all.truncate(MOST_WORDS);
        let nouns: Vec<usize> = (1..all.len())
            .filter(|at| {
                let (before, word) = (all[at - 1].folded.as_str(), all[*at].folded.as_str());
                table::ALSO_NOUNS.contains(&word) && table::BEFORE_A_NOUN.contains(&before)
            })
            .collect();
        nouns.into_iter().for_each(|at| all[at].is_noun = true);
        let start = all.iter().take_while(|word| table::is_polite(&word.folded)).count();
        Self { all, start, is_asked: text.trim_end().ends_with('?') }
    }

    pub(super) fn folded(&self) -> Vec<&str> {
        self.all.iter().map(|word| word.folded.as_str()).collect()
    }

    /// The text of a run of words; None where one of them is taken or quoted.
    pub(super) fn run(&self, from: usize, count: usize) -> Option<String> {
        let words = self.all.get(from..from + count)?;
        let free = words.iter().all(|word| !word.taken && !word.is_quoted);
        free.then(|| words.iter().map(|word| word.text).collect::<Vec<_>>().join(" "))
    }

    pub(super) fn take(&mut self, from: usize, count: usize) {
        self.all.iter_mut().skip(from).take(count).for_each(|word| word.taken = true);
    }

    /// The words that nothing else was understood by, in order; empty where there are none.
    pub(super) fn topic(&self) -> String {
        self.topic_besides(&[])
    }

    /// The same without the words at these places.
    pub(super) fn topic_besides(&self, places: &[usize]) -> String {
        let text = |word: &Word<'_>| {
            if word.is_quoted {
                format!("\"{}\"", word.text)
            } else {
                word.text.trim_end_matches('.').to_owned()
            }
        };
        let is_sought = |(at, word): &(usize, &Word<'_>)| word.is_topic() && !places.contains(at);
        let words = self.all.iter().enumerate().filter(is_sought).map(|(_, word)| text(word));
        words.collect::<Vec<_>>().join(" ")
    }

    /// Every run of words that nothing was understood by, the longest first: where it begins, how many words, and its text.
    pub(super) fn runs(&self, most: usize) -> Vec<(usize, usize, String)> {
        let lengths = (1..=most.min(self.all.len())).rev();
        lengths
            .flat_map(|count| (0..=self.all.len() - count).map(move |from| (from, count)))
            .filter_map(|(from, count)| Some((from, count, self.run(from, count)?)))
            .collect()
    }

    /// The same of a run that says when.
    pub(super) fn take_time(&mut self, from: usize, count: usize) {
        self.take(from, count);
        self.all.iter_mut().skip(from).take(count).for_each(|word| word.is_time = true);
    }

    /// Whether one of these words stands in it, and not in its time.
    pub(super) fn has(&self, folded: &[&str]) -> bool {
        self.all.iter().any(|word| !word.is_time && folded.contains(&word.folded.as_str()))
    }
}

fn word(text: &str, is_quoted: bool) -> Word<'_> {
    Word {
        text,
        folded: danish::fold(text.trim_end_matches('.')),
        is_quoted,
        taken: false,
        is_noun: false,
        is_time: false,
    }
}

/// A word without the signs around it; "12." keeps its full stop, for it may be a day.
fn bare(text: &str) -> &str {
    let inner = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '§');
    let is_day = (1..=2).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_digit());
    let with_stop = || text.find(inner).and_then(|at| text.get(at..=at + inner.len()));
    with_stop().filter(|text| is_day && text.ends_with('.')).unwrap_or(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(question: &str, expected: &[&str], start: usize, topic: &str) {
        let words = Words::of(question);
        assert_eq!(words.all.iter().map(|word| word.text).collect::<Vec<_>>(), expected, "{question}");
        assert_eq!((words.start, words.topic().as_str()), (start, topic), "{question}");
    }

    #[test]
    fn signs_and_politeness_are_no_topic() {
        check(
            "Hej, kan du sige mig, hvad der blev besluttet om varmestuen?",
            &["Hej", "kan", "du", "sige", "mig", "hvad", "der", "blev", "besluttet", "om", "varmestuen"],
            5,
            "varmestuen",
        );
        check("aftalen med »blå kors«", &["aftalen", "med", "blå kors"], 0, "aftalen \"blå kors\"");
        check("den 12. august.", &["den", "12.", "august"], 0, "12 august");
        check("?!", &[], 0, "");
        check("blev der talt om taget?", &["blev", "der", "talt", "om", "taget"], 0, "talt taget");
        check("er der taget stilling?", &["er", "der", "taget", "stilling"], 1, "stilling");
        check("en \" alene", &["en", "alene"], 0, "alene");
    }

    #[test]
    fn a_long_text_is_read_so_far() {
        assert_eq!(Words::of(&"ord ".repeat(10_000)).all.len(), MOST_WORDS);
    }
}
