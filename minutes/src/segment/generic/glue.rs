//! Lines that hold two: an item's head glued to the end of the line before it.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::headings;
use crate::segment::Line;
use crate::{Pattern, pattern};

/// A numbered title at the end of a word.
static TAIL: LazyLock<Pattern> = LazyLock::new(|| pattern(r"[\p{Ll}).!?](\d{1,4}\. ?\p{Lu}[^\n]{2,300})$"));

/// A line that is a numbered title.
static NUMBERED: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^\s*\d{1,4}\. ?\p{Lu}"));

/// Words that head a list of contents, in lower case.
const CONTENTS: [&str; 6] =
    ["indholdsfortegnelse", "indhold", "dagsorden", "dagsordenpunkter", "dagsordenspunkter", "punkter"];

/// The lines, a glued head on a line of its own: where what stands before it is a heading, or where the head stands elsewhere too.
pub(super) fn parted<'t>(lines: &[Line<'t>]) -> Vec<Line<'t>> {
    let known: HashSet<&str> =
        lines.iter().map(|line| line.text.trim()).filter(|text| NUMBERED.is_match(text)).collect();
    let mut parted = Vec::with_capacity(lines.len());
    for line in lines {
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
            None => parted.push(*line),
        }
    }
    parted
}

/// A shorter beginning of a title fits too many, in bytes.
const SURE: usize = 12;
