//! What a text names as days and periods: the readers of all forms in their order.

use std::sync::LazyLock;

use regex::Captures;

use super::figures::{self, MOST_MENTIONS};
use super::joined::{
    join_ranges, with_bare_days, with_days_after, with_days_of_headed_month, with_later_days, with_lengths,
    with_listed_days, with_years_of_lists, with_years_told_before,
};
use super::vague::{self, MONTH_NAMES, SEASONS, names_next_year, parts_of_month};
use super::{Mention, When};
use crate::{Pattern, pattern};

/// How often a pattern may match in vain in one sentence: more numbers than that are a table of figures.
const MOST_TRIES: usize = 200;

/// What reads a pattern's match.
type Reader = fn(&str, &Captures<'_>) -> Option<When>;

static MONTH_NAME: LazyLock<Pattern> = LazyLock::new(|| pattern(&format!("(?i){MONTH_NAMES}")));

static PART_OF_MONTH: LazyLock<Pattern> = LazyLock::new(|| pattern(&format!("(?i){}", parts_of_month())));

/// Words of days and periods, one of which stands in whatever is told without a figure. Without `\b`: it is asked of every sentence.
static WORD: LazyLock<Pattern> = LazyLock::new(|| {
    let parts = parts_of_month();
    let seasons = SEASONS.map(|(season, ..)| season).join("|");
    pattern(&format!(
        r"(?i){MONTH_NAMES}|{parts}|{seasons}|årets|årsskiftet|kvartal|halvår|påske|jul|\s(?:dage|uge|måned|år)|(?:ber|uar|aur)(?:\P{{L}}|$)"
    ))
});

/// What a text must hold for a pattern to match at all: a cheap test before it.
enum Needs {
    Digit,
    /// A month that no pattern before it has claimed.
    Month,
    /// The figures of a year that no pattern before it has claimed, or a part of a month.
    YearOrPart,
    OneOf(&'static [&'static str]),
}

/// Patterns in the order in which they claim their words.
static READERS: [(&LazyLock<Pattern>, Needs, Reader); 17] = [
    (&figures::ISO, Needs::OneOf(&["-"]), figures::iso),
    (&figures::BARE_PERIOD, Needs::OneOf(&["/"]), figures::bare_period),
    (&vague::WEEK, Needs::OneOf(&["uge", "Uge"]), vague::week),
    (&figures::DAY_MONTH, Needs::Digit, figures::day_month),
    (&figures::NUMERIC, Needs::Digit, figures::numeric),
    (&vague::QUARTER, Needs::OneOf(&["vartal", "alvår", "kv"]), vague::quarter),
    (&vague::SHORT_QUARTER, Needs::OneOf(&["Q"]), vague::short_quarter),
    (&vague::MONTH_OF_MEETING, Needs::OneOf(&["møde"]), vague::month_of_meeting),
    (&vague::MONTHS_ALONE, Needs::Month, vague::months_alone),
    (&vague::MISSPELT, Needs::YearOrPart, vague::misspelt_month),
    (&vague::MISSPELT_ALONE, Needs::OneOf(&vague::FUTURE_CUES), vague::misspelt_alone),
    (
        &vague::PART_OF_YEAR,
        Needs::OneOf(&["ltimo", "rimo", "ten af ", "sen af ", "gen af ", "del af ", "rets ", "rsskiftet"]),
        vague::part_of_year,
    ),
    (&vague::BEFORE_HOLIDAY, Needs::OneOf(&["inden", "Inden", "før", "Før"]), vague::before_holiday),
    (&vague::FIRST_AFTER_SUMMER, Needs::OneOf(&["efter sommer"]), vague::first_after_summer),
    (&vague::WITHIN, Needs::OneOf(&["inden", "Inden"]), vague::within),
    (&vague::IN_A_WHILE, Needs::OneOf(&["om ", "Om "]), vague::in_a_while),
    (&vague::SEASON, Needs::OneOf(&["orår", "ommer", "fterår", "inter"]), vague::season),
];

/// What a text names as days or periods, in order, none overlapping another; the first [`MOST_MENTIONS`] or so of it.
pub(crate) fn mentions(text: &str) -> Vec<Mention> {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let has_word = WORD.is_match(text);
    if !has_digit && !has_word {
        return Vec::new();
    }
    let mut found: Vec<Mention> = Vec::new();
    for (pattern, needs, read) in &READERS {
        let may_match = match needs {
            Needs::Digit => has_digit,
            Needs::Month => {
                has_word && MONTH_NAME.find_iter(text).any(|name| is_free(&found, name.start(), name.end()))
            }
            Needs::YearOrPart => has_free_year(text, &found) || (has_word && PART_OF_MONTH.is_match(text)),
            Needs::OneOf(pieces) => pieces.iter().any(|piece| text.contains(piece)),
        };
        if may_match {
            read_all(text, pattern, *read, &mut found);
        }
    }
    found.sort_by_key(|mention| mention.start);
    let listed = with_days_of_headed_month(text, with_bare_days(text, with_listed_days(text, found)));
    let joined = with_years_told_before(text, with_years_of_lists(text, join_ranges(text, listed)));
    with_days_after(text, with_lengths(text, with_later_days(text, joined)))
}

/// Whether no day or period has claimed any of these bytes.
fn is_free(found: &[Mention], start: usize, end: usize) -> bool {
    !found.iter().any(|mention| mention.start < end && start < mention.end)
}

/// Whether four figures stand in a row that no day has claimed.
fn has_free_year(text: &str, found: &[Mention]) -> bool {
    let mut fours = text.as_bytes().windows(4).enumerate();
    fours.any(|(at, four)| four.iter().all(u8::is_ascii_digit) && is_free(found, at, at + 4))
}

/// Adds what one pattern finds in the words that no pattern before it has claimed.
fn read_all(text: &str, pattern: &Pattern, read: Reader, found: &mut Vec<Mention>) {
    let mut from = 0;
    for _ in 0..MOST_TRIES {
        if found.len() >= MOST_MENTIONS {
            return;
        }
        let Some(captures) = pattern.captures_at(text, from) else { return };
        let Some(whole) = captures.get(0) else { return };
        let is_free = is_free(found, whole.start(), whole.end());
        match read(text, &captures).filter(|_| is_free) {
            Some(when) => {
                from = whole.end();
                let next_year = names_next_year(text, whole.start(), whole.end());
                found.push(Mention { start: whole.start(), end: whole.end(), when, next_year });
            }
            // What begins like a date may hide one that begins a little later.
            None => from = next_boundary(text, whole.start()),
        }
    }
}

/// The next place at which a word or number can begin.
fn next_boundary(text: &str, at: usize) -> usize {
    let first = text[at..].chars().next();
    let same = |c: char| Some(c.is_ascii_digit()) == first.map(|f| f.is_ascii_digit()) && c.is_alphanumeric();
    let rest = text[at..].trim_start_matches(same);
    if rest.len() == text.len() - at { at + first.map_or(1, char::len_utf8) } else { text.len() - rest.len() }
}
