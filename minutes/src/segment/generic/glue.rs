//! Lines that hold two: an item's head, or a section's heading, glued to the end of the line before it.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::headings::{self, Weight};
use crate::segment::Line;
use crate::{Pattern, pattern};

/// A numbered title at the end of a word.
static TAIL: LazyLock<Pattern> = LazyLock::new(|| pattern(r"[\p{Ll}).!?](\d{1,4}\. ?\p{Lu}[^\n]{2,300})$"));

/// A line that is a numbered title.
static NUMBERED: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^\s*\d{1,4}\. ?\p{Lu}"));

/// A sentence that ends, and a word that begins, mostly without a space between.
static SENTENCE_END: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r#"[\p{Ll}\d)"”»][.!?:]( ?)(\p{Lu}\p{Ll})"#));

/// More sentences of a line are not looked at.
const MOST_SENTENCES: usize = 100;

/// A heading is known by fewer bytes than these, so that a long line is not read again for each of its sentences.
const LONGEST_LOOK: usize = 400;

/// Where a heading is glued to the end of a sentence (`… i maj.Beslutning: Udsat.`).
fn heading_in(line: &str) -> Option<usize> {
    SENTENCE_END.captures_iter(line).take(MOST_SENTENCES).find_map(|found| {
        let (space, at) = (found.get(1)?.as_str(), found.get(2)?.start());
        let end = line.floor_char_boundary(at.saturating_add(LONGEST_LOOK));
        let heading = headings::find(&line[at..end])?;
        // After a space a sentence begins, unless the line ends with whose decision follows.
        let is_heading = space.is_empty() || (heading.names_meeting && at + heading.end == line.len());
        (is_heading && heading.weight != Weight::Instead).then_some(at)
    })
}

/// Words that head a list of contents, in lower case.
const CONTENTS: [&str; 6] =
    ["indholdsfortegnelse", "indhold", "dagsorden", "dagsordenpunkter", "dagsordenspunkter", "punkter"];

/// The lines, a glued head on a line of its own: where what stands before it is a heading, or where the head stands elsewhere too.
pub(super) fn parted<'t>(lines: &[Line<'t>]) -> Vec<Line<'t>> {
    let known: HashSet<&str> =
        lines.iter().map(|line| line.text.trim()).filter(|text| NUMBERED.is_match(text)).collect();
    let mut parted = Vec::with_capacity(lines.len());
    for line in lines.iter().flat_map(|line| parted_at_heading(*line)) {
        let found = TAIL.captures(line.text).and_then(|found| found.get(1));
        let at = found.filter(|tail| {
            let before = line.text[..tail.start()].trim();
            let bare = before.trim_end_matches(':');
            CONTENTS.contains(&bare.to_lowercase().as_str())
                || headings::find(before).is_some()
                || known.contains(tail.as_str().trim())
                || (tail.as_str().len() >= SURE
                    && known.iter().any(|title| title.starts_with(tail.as_str().trim())))
        });
        match at {
            Some(tail) => {
                parted.push(Line { number: line.number, text: &line.text[..tail.start()] });
                parted.push(Line { number: line.number, text: &line.text[tail.start()..] });
            }
            None => parted.push(line),
        }
    }
    parted
}

/// A line, a heading that is glued to its first part on a line of its own. One that itself begins with a heading keeps what follows it.
fn parted_at_heading(line: Line<'_>) -> impl Iterator<Item = Line<'_>> {
    let at = heading_in(line.text).unwrap_or(line.text.len());
    let (first, second) = line.text.split_at(at);
    let part = |text| Line { number: line.number, text };
    std::iter::once(part(first)).chain((!second.is_empty()).then_some(part(second)))
}

/// A shorter beginning of a title fits too many, in bytes.
const SURE: usize = 12;
