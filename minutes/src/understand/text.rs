//! Running text from lines: paragraphs as printed, and the sentences in them.

use std::borrow::Cow;

use crate::fold;
use crate::model::SectionKind;
use crate::month;
use crate::segment::Line;

/// A sentence, or a row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence<'t> {
    /// The words, line breaks turned into spaces.
    pub(super) text: Cow<'t, str>,
    /// The section it stands in.
    pub(super) section: SectionKind,
}

/// Abbreviations whose full stop ends no sentence, in lower case without the last full stop. Those that end a sentence as often
/// as not (`kr.`, `osv.`, `mv.`) are none of them: a capital letter after them begins the next one.
const ABBREVIATIONS: [&str; 42] = [
    "afd", "ang", "bl.a", "ca", "chr", "fr", "joh", "d", "d.d", "div", "dr", "dvs", "eks", "evt", "f",
    "f.eks", "feks", "hhv", "ift", "ifm", "inkl", "jf", "jvf", "kl", "max", "mdr", "mht", "mia", "min",
    "mio", "nr", "p.t", "pct", "pga", "pkt", "pr", "pt", "sml", "st", "stk", "tlf", "vedr",
];

/// A section's text as printed: line ends and outer white space tidied, never more than one blank line in a row.
pub(super) fn printed(lines: &[Line<'_>]) -> String {
    let mut text = String::new();
    let mut blank = false;
    for line in lines {
        if line.is_blank() {
            blank = !text.is_empty();
            continue;
        }
        if !text.is_empty() {
            text.push_str(if blank { "\n\n" } else { "\n" });
        }
        blank = false;
        text.push_str(if text.is_empty() { line.text.trim() } else { line.text.trim_end() });
    }
    text
}

/// A longer run of words without a full stop is a table or a list; it is cut, so that no text can make the patterns crawl.
const LONGEST_SENTENCE: usize = 4_000;

/// The sentences of a section in order.
pub(super) fn sentences<'t>(section: SectionKind, lines: &[Line<'t>]) -> Vec<Sentence<'t>> {
    let mut sentences = Vec::new();
    for paragraph in paragraphs(lines) {
        let mut start = 0;
        for end in sentence_ends(&paragraph).into_iter().chain([paragraph.len()]) {
            for (from, to) in parts(&paragraph, start, end) {
                let text = match &paragraph {
                    // Most paragraphs are one line: their sentences stay where they are.
                    Cow::Borrowed(line) => Cow::Borrowed(&line[from..to]),
                    Cow::Owned(joined) => Cow::Owned(joined[from..to].to_owned()),
                };
                sentences.push(Sentence { text, section });
            }
            start = end;
        }
    }
    sentences
}

/// The last sentence of some words, or all of them where there is only one.
pub(super) fn last_sentence(words: &str) -> &str {
    let start = sentence_ends(words).last().copied().unwrap_or(0);
    words[start..].trim_start()
}

/// A sentence's bytes without outer white space, in parts of at most [`LONGEST_SENTENCE`]; none for a blank one.
fn parts(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let end = start + text[start..end].trim_end().len();
    let mut from = end - text[start..end].trim_start().len();
    while end - from > LONGEST_SENTENCE {
        let at = text.floor_char_boundary(from + LONGEST_SENTENCE);
        let at = text[from..at]
            .rfind(char::is_whitespace)
            .map(|space| from + space)
            .filter(|at| *at > from)
            .unwrap_or(at);
        parts.push((from, at));
        from = end - text[at..end].trim_start().len();
    }
    if from < end {
        parts.push((from, end));
    }
    parts
}

/// Whether a month's name was parted between two lines.
fn parts_month(before: &str, after: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic();
    let Some(bare) = before.strip_suffix('-') else { return false };
    let first = &bare[bare.trim_end_matches(is_letter).len()..];
    let last = &after[..after.len() - after.trim_start_matches(is_letter).len()];
    !first.is_empty() && !last.is_empty() && month::named(&format!("{first}{last}")).is_some()
}

/// Words that stand alone over the day of the next meeting, folded and without what is none of a letter.
const NEXT_LABELS: [&str; 6] = [
    "naeste moede",
    "naeste ordinaere moede",
    "naeste udvalgsmoede",
    "naeste moededato",
    "dato for naeste moede",
    "tid og sted for naeste moede",
];

/// Whether a line or a title only says that the next meeting's day follows: `Næste møde:`.
pub(super) fn is_label_of_next(line: &str) -> bool {
    /// Longer than any of them, with its number and colon.
    const LONGEST: usize = 40;
    line.len() <= LONGEST && line.contains("øde") && {
        let folded = fold(line);
        let label = folded.trim_matches(|c: char| !c.is_alphabetic());
        NEXT_LABELS.contains(&label)
    }
}

/// How a line begins that is a day: `Torsdag den 5. april`, `d. 5/4`.
pub(super) fn begins_with_day(line: &str) -> bool {
    let lower: String = line.chars().take(12).flat_map(char::to_lowercase).collect();
    let word = lower.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    ["den", "d", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"].contains(&word)
        || word.starts_with(|c: char| c.is_ascii_digit())
}

/// Lines put together again where a sentence was broken: blank lines and rows of lists part paragraphs.
fn paragraphs<'t>(lines: &[Line<'t>]) -> Vec<Cow<'t, str>> {
    let mut paragraphs: Vec<Cow<'t, str>> = Vec::new();
    let mut open = false;
    for line in lines {
        let text = line.text.trim();
        if text.is_empty() {
            open = false;
            continue;
        }
        match paragraphs.last_mut() {
            Some(last)
                if (open && continues(last, text)) || (is_label_of_next(last) && begins_with_day(text)) =>
            {
                let joined = last.to_mut();
                // A month parted at the end of a line: "den 30. septem-", "ber".
                match parts_month(joined, text) {
                    true => joined.truncate(joined.len() - 1),
                    false => joined.push(' '),
                }
                joined.push_str(text);
            }
            _ => paragraphs.push(Cow::Borrowed(text)),
        }
        open = true;
    }
    paragraphs
}

/// Whether a line goes on with the sentence of the line before it.
fn continues(before: &str, line: &str) -> bool {
    let is_row =
        line.starts_with(['•', '·', '*', '-', '–']) || line.starts_with("at ") || line.starts_with("At ");
    let begins_low = line.starts_with(|c: char| c.is_lowercase());
    let ends_open = before.ends_with(|c: char| c.is_lowercase() || c == ',') || ends_in_ordinal(before);
    !is_row
        && ((begins_low && !before.ends_with(':'))
            || (ends_open && line.starts_with(|c: char| c.is_ascii_digit())))
}

fn ends_in_ordinal(text: &str) -> bool {
    text.strip_suffix('.').is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
}

/// Bytes after which a sentence of the paragraph ends, the last one left out.
fn sentence_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let marks = text.bytes().enumerate().filter(|(_, byte)| b".!?".contains(byte));
    for (at, _) in marks {
        let after = text[at + 1..].trim_start_matches(['"', '”', '»', ')', '\'']);
        let end = text.len() - after.len();
        let next = after.trim_start();
        let parted = next.len() < after.len()
            && next.starts_with(|c: char| c.is_uppercase() || "\"”»'„§•".contains(c));
        if parted && !(text[at..].starts_with('.') && is_abbreviation(&text[..at], next)) {
            ends.push(end);
        }
    }
    ends
}

/// Whether the full stop after `before` belongs to a number or an abbreviation.
fn is_abbreviation(before: &str, next: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or(before);
    if !word.is_empty() && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) {
        // "punkt 57. 'Rammer …'", "8. Maj"; but "på side 4. Udvalget …" ends a sentence.
        return !next.starts_with(|c: char| c.is_uppercase()) || super::date::starts_with_month(next);
    }
    let is_initial =
        word.chars().count() == 1 && word.starts_with(char::is_uppercase) && !begins_outcome(next);
    is_initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// Words that begin what became of a matter, and no name: before them a single letter is a party's.
const OUTCOMES: [&str; 12] = [
    "Godkendt",
    "Indstillingen",
    "Forslaget",
    "Sagen",
    "Punktet",
    "Vedtaget",
    "Tiltrådt",
    "Forkastet",
    "Anbefales",
    "Afvist",
    "Udsat",
    "Imod",
];

/// Whether a sentence begins with such a word.
fn begins_outcome(next: &str) -> bool {
    let word = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    OUTCOMES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line<'_>> {
        text.split('\n').enumerate().map(|(number, text)| Line { number, text }).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = sentences(SectionKind::Background, &lines(text));
        assert_eq!(found.iter().map(|s| &*s.text).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn a_month_parted_between_two_lines_is_one_word() {
        let text = |lines: [&'static str; 2]| {
            let lines: Vec<Line<'_>> =
                lines.iter().enumerate().map(|(at, text)| Line { number: at + 1, text }).collect();
            sentences(SectionKind::Decision, &lines)[0].text.clone().into_owned()
        };
        assert_eq!(text(["Temadag den 30. septem-", "ber 2020."]), "Temadag den 30. september 2020.");
        assert_eq!(text(["Børne- og unge-", "udvalget den 3."]), "Børne- og unge- udvalget den 3.");
    }

    #[test]
    fn sentences_end_where_they_end() {
        check(
            "Mødet er den 17. maj 2020. Udvalget mødes kl. 15. Derefter sluttes.",
            &["Mødet er den 17. maj 2020.", "Udvalget mødes kl. 15.", "Derefter sluttes."],
        );
        check(
            "Se pkt. 57. 'Rammer' fra maj, jf. Byrådets møde.",
            &["Se pkt. 57. 'Rammer' fra maj, jf. Byrådets møde."],
        );
        check(
            "Det koster 300.000 kr. Sagen behandles den 4. maj mv. Byrådet får den derefter.",
            &["Det koster 300.000 kr.", "Sagen behandles den 4. maj mv.", "Byrådet får den derefter."],
        );
        check(
            "Der gives 5 mio. kr. til ca. 40 boliger osv. i byen.",
            &["Der gives 5 mio. kr. til ca. 40 boliger osv. i byen."],
        );
        check("Hanne K. Holm sagde \"nej.\" Så blev det.", &["Hanne K. Holm sagde \"nej.\"", "Så blev det."]);
    }

    #[test]
    fn broken_lines_are_joined() {
        check(
            "for perioden 1. januar 2014 til 31.\ndecember 2017.",
            &["for perioden 1. januar 2014 til 31. december 2017."],
        );
        check("at a godkendes,\nat b godkendes", &["at a godkendes,", "at b godkendes"]);
        check(" • en ting\n • to ting", &["• en ting", "• to ting"]);
    }

    #[test]
    fn printed_text_is_tidied_only() {
        assert_eq!(printed(&lines("\n\u{a0}\n • a \n\n\u{a0}\n\n • b\n")), "• a\n\n • b");
    }
}
