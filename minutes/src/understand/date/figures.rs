//! Days in figures, with or without the name of a month: `4. maj 2026`, `18/2 - 22/2 2019`, `2026-05-04`.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Captures;

use super::{Day, When, month};
use crate::{Pattern, pattern};

/// More days than a sentence names: what goes on after them is a table, and no text may make the patterns crawl.
pub(super) const MOST_MENTIONS: usize = 60;

pub(super) static DAY_MONTH: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:\b(\d{1,2})\.?\s*(-|–|—|til\s+og\s+med|frem\s+til|indtil|til)\s*(?:(?:man|tirs|ons|tors|fre|lør|søn)dag\s+)?(?:(?:den|d\.)\s*)?)?",
        r"\b(\d{1,2})\.?\s{0,2}(\p{L}{3,9})\b\.?(?:,?\s+(\d{4})\b)?",
    ))
});

pub(super) static NUMERIC: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\b(\d{1,2})([./-])(\d{1,2})(?:[./-](\d{4}|\d{2})\b|[ -]{1,2}(\d{4})\b|\b)"));

/// `18/2 - 22/2 2019`, `5/6-12/6`.
pub(super) static BARE_PERIOD: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"\b(\d{1,2})/(\d{1,2})\s*(-|–|til)\s*(\d{1,2})/(\d{1,2})\b(?:(?:/|\s|-|\s-\s)(\d{4})\b)?")
});

pub(super) static ISO: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\b(\d{4})-(\d{2})-(\d{2})\b"));

pub(super) fn number<T: std::str::FromStr>(captures: &Captures<'_>, group: usize) -> Option<T> {
    captures.get(group)?.as_str().parse().ok()
}

pub(super) fn valid(day: Day) -> Option<Day> {
    Date::new(day.year.unwrap_or(2000), day.month, day.day).ok().map(|_| day)
}

/// The word before a match, in lower case.
pub(super) fn word_before(before: &str) -> String {
    before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase()
}

pub(super) fn iso(text: &str, found: &Captures<'_>) -> Option<When> {
    if in_address(text, found) {
        return None;
    }
    valid(Day { year: number(found, 1), month: number(found, 2)?, day: number(found, 3)? }).map(When::Day)
}

pub(super) fn day_month(text: &str, found: &Captures<'_>) -> Option<When> {
    let month = month(&found[4])?;
    if in_address(text, found) || (found.get(5).is_none() && is_cut_off(&text[found.get(0)?.end()..])) {
        return None;
    }
    let last = valid(Day { year: number(found, 5), month, day: number(found, 3)? })?;
    let Some(first) = number::<i8>(found, 1) else { return Some(When::Day(last)) };
    match valid(Day { day: first, ..last }).filter(|day| day.day < last.day) {
        Some(first) => Some(When::Days(first, last)),
        None => Some(When::Day(last)),
    }
}

/// Whether a text ends in the middle of a year (`25. maj 202`): then the day is not known.
fn is_cut_off(after: &str) -> bool {
    // Three digits and white space around them at the most.
    let rest = if after.len() > 12 { return false } else { after.trim() };
    (1..=3).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words before a bare `28/1` that leave no doubt that it is a day.
const DAY_WORDS: [&str; 24] = [
    "d.", "d", "den", "pr.", "pr", "senest", "inden", "møde", "mødet", "møder", "holdes", "dagen", "dato:",
    "datoer:", "datoer", "møder:", "dage:", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag",
    "søndag",
];

/// Words before a bare `28/1` that stand before days and fractions alike.
const DAY_OR_FRACTION_WORDS: [&str; 6] = ["til", "fra", "på", "og", "er", "med"];

/// What is counted in fractions: `1/2 stilling`, `2/3 af gruppen`, `fra 1/4 til 1/2 time`.
static IS_FRACTION: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^(?:\s*(?:til|eller|og|-|–)\s*\d{1,2}/\d{1,2})?\s+",
        r"(?:af|del|stilling|time|dag|år|måned|side|liter|kg|mio|million|pris|årsværk|plads|pr\.\s+(?:uge|dag|time|måned|år|plads|barn|elev))",
    ))
});

pub(super) fn bare_period(text: &str, found: &Captures<'_>) -> Option<When> {
    let whole = found.get(0)?;
    let (before, after) = (&text[..whole.start()], &text[whole.end()..]);
    let year = number(found, 6);
    let first = valid(Day { year: None, month: number(found, 2)?, day: number(found, 1)? })?;
    let last = valid(Day { year, month: number(found, 5)?, day: number(found, 4)? })?;
    // "fra 1/4 til 1/2 stilling": without a year only a dash parts days.
    let are_days = &found[3] != "til"
        && !is_common_fraction(first)
        && !is_common_fraction(last)
        && !IS_FRACTION.is_match(after);
    let is_whole = !is_part_of_number(before, after) && !in_address(text, found);
    (is_whole && (year.is_some() || are_days)).then_some(When::Days(first, last))
}

pub(super) fn numeric(text: &str, found: &Captures<'_>) -> Option<When> {
    let whole = found.get(0)?;
    let (before, after) = (&text[..whole.start()], &text[whole.end()..]);
    let slash = &found[2] == "/";
    let year = number::<i16>(found, 4).or_else(|| number(found, 5).filter(|_| slash));
    let short = found.get(4).is_some_and(|year| year.len() == 2);
    let year = if short { year.map(|year| 2000 + year) } else { year };
    let day = valid(Day { year, month: number(found, 3)?, day: number(found, 1)? })?;
    if is_part_of_number(before, after) || is_other_number(before, after) {
        return None;
    }
    let is_day = match (year, &found[2]) {
        (Some(_), _) => true,
        (None, "/") => is_bare_day(day, before, after),
        // "d. 14.2. med naboerne"; "d. 2.1" may be a number in a list.
        (None, ".") => {
            after.starts_with('.')
                && (["d.", "den"].contains(&word_before(before).as_str()) || is_in_list_of_meetings(before))
        }
        (None, _) => false,
    };
    (is_day && !in_address(text, found)).then_some(When::Day(day))
}

/// "Rådets møder i 2022: 26.4., 14.6. og 22.11.": after the words for meetings such figures are days, and no numbers of a list.
fn is_in_list_of_meetings(before: &str) -> bool {
    static LIST: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)\p{L}*møde(?:r|rne|dage|datoer)\b[^:.;]{0,40}:\s*(?:\d{1,2}\.\d{1,2}\.\s*(?:,|og)?\s*(?:og\s+)?)*$",
        )
    });
    before.contains("øde") && before.contains(':') && LIST.is_match(before)
}

/// `29.09.04-A00-1-20` is a case number, `15.00-16.30` a time of day, `1.257,7` an amount.
fn is_part_of_number(before: &str, after: &str) -> bool {
    after.starts_with(|c: char| c.is_alphanumeric() || "/-–".contains(c))
        || after
            .strip_prefix(['.', ',', ':'])
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || before.ends_with(['.', ',', '/', '-', ':', '§'])
}

/// Words before a number that is none of a day, in lower case without a full stop: an amount, an account, a part of a text.
const NUMBERED: [&str; 22] = [
    "kr",
    "dkk",
    "kroner",
    "beløb",
    "beløbet",
    "konto",
    "kontonr",
    "kontonummer",
    "kontoen",
    "nr",
    "nummer",
    "sagsnr",
    "journalnr",
    "afsnit",
    "kapitel",
    "pkt",
    "punkt",
    "tabel",
    "figur",
    "version",
    "tlf",
    "telefon",
];

/// Words after an amount, in lower case.
const CURRENCIES: [&str; 5] = ["kr", "kr.", "kroner", "dkk", "mio."];

/// "kr. 3.4.2024", "konto 12.5.2024", "12.5.2024 kr.": groups of digits that only look like a day.
pub(super) fn is_other_number(before: &str, after: &str) -> bool {
    let cue = word_before(before);
    let unit = after.split_whitespace().next().unwrap_or_default().to_lowercase();
    NUMBERED.contains(&cue.trim_end_matches(['.', ':'])) || CURRENCIES.contains(&unit.trim_end_matches(','))
}

/// Whether a bare `28/1` is a day rather than a fraction.
fn is_bare_day(day: Day, before: &str, after: &str) -> bool {
    let cue = word_before(before);
    if DAY_WORDS.contains(&cue.as_str()) {
        return true;
    }
    let in_list = cue.strip_suffix(',').is_some_and(|item| item.contains('/')) || begins_list(after);
    (in_list || DAY_OR_FRACTION_WORDS.contains(&cue.as_str()))
        && !is_common_fraction(day)
        && !IS_FRACTION.is_match(after)
}

/// "26/4, 14/6 og 6/9": another day follows; "1/3, 1/3 og 1/3" are parts.
fn begins_list(after: &str) -> bool {
    static NEXT: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^,\s(\d{1,2})/(\d{1,2})\b"));
    let day =
        |found: Captures<'_>| valid(Day { year: None, month: number(&found, 2)?, day: number(&found, 1)? });
    after.starts_with(", ") && NEXT.captures(after).and_then(day).is_some_and(|day| !is_common_fraction(day))
}

fn is_common_fraction(day: Day) -> bool {
    day.day < day.month && day.month <= 4
}

/// A longer run of letters without white space is no date, whatever it holds.
const LONGEST_TOKEN: usize = 200;

/// Whether a match lies inside an address or a file name.
fn in_address(text: &str, found: &Captures<'_>) -> bool {
    let Some(whole) = found.get(0) else { return false };
    let from = text.floor_char_boundary(whole.start().saturating_sub(LONGEST_TOKEN));
    let to = text.floor_char_boundary((whole.end() + LONGEST_TOKEN).min(text.len()));
    let space_before = text[from..whole.start()].char_indices().rfind(|(_, c)| c.is_whitespace());
    let start = space_before.map_or(from, |(at, space)| from + at + space.len_utf8());
    let end = text[whole.end()..to].find(char::is_whitespace).map_or(to, |at| whole.end() + at);
    let token = &text[start..end];
    let file_ends = [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx"];
    end - start > LONGEST_TOKEN
        || token.contains("://")
        || token.contains("www.")
        || token.contains('_')
        || file_ends.iter().any(|end| token.trim_end_matches(['.', ',', ')']).to_lowercase().ends_with(end))
}
