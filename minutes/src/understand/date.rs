//! Danish dates and periods in running text.
//!
//! A [`Mention`] is what stands in the text, a year left open when none is printed; [`Mention::resolve`] gives the days it
//! means, seen from a meeting. What each vague word means (primo, ultimo, spring …) is the contract of `parse --json`.

use std::sync::LazyLock;

use jiff::civil::{Date, ISOWeekDate, Weekday};
use regex::Captures;

use crate::{Pattern, pattern};

/// Months as written, in lower case: full, abbreviated. The place is the number less one.
const MONTHS: [&[&str]; 12] = [
    &["januar", "jan"],
    &["februar", "feb", "febr"],
    &["marts", "mar"],
    &["april", "apr"],
    &["maj"],
    &["juni", "jun"],
    &["juli", "jul"],
    &["august", "aug"],
    &["september", "sep", "sept"],
    &["oktober", "okt"],
    &["november", "nov"],
    &["december", "dec"],
];

/// Names shorter than this are not corrected: too much else is one letter away.
const SHORTEST_CORRECTED: usize = 6;

/// Words for a season, and its first and last month.
const SEASONS: [(&str, i8, i8); 3] = [("forår", 3, 5), ("sommer", 6, 8), ("efterår", 9, 11)];

/// A stretch of time named in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// One day.
    Day(Day),
    /// From one day to another, both included.
    Days(Day, Day),
    /// A part of a month, from its first to its last day.
    Month { year: Option<i16>, month: i8, first: i8, last: i8 },
    /// Whole months of one year, `first..=last`.
    Months { year: Option<i16>, first: i8, last: i8 },
    /// ISO weeks of one year.
    Weeks { year: Option<i16>, first: i8, last: i8 },
    /// From the meeting to the 30th of June.
    BeforeSummer { year: Option<i16> },
}

/// A day as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) year: Option<i16>,
    pub(crate) month: i8,
    pub(crate) day: i8,
}

/// Something in a text that names a day or a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Bytes of the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) when: When,
}

impl Mention {
    /// The days meant. A year left open is that of the first such time that ends on or after `meeting`.
    /// None when there is no such day.
    pub(crate) fn resolve(&self, meeting: Date) -> Option<(Date, Date)> {
        match self.when {
            When::Day(day) => open_year(day.year, meeting, |year| {
                let date = Date::new(year, day.month, day.day).ok()?;
                Some((date, date))
            }),
            When::Days(first, last) => open_year(last.year, meeting, |year| {
                let to = Date::new(year, last.month, last.day).ok()?;
                let from_year = first.year.unwrap_or(year);
                let from = Date::new(from_year, first.month, first.day).ok()?;
                let from =
                    if from > to { Date::new(from_year - 1, first.month, first.day).ok()? } else { from };
                Some((from, to))
            }),
            When::Month { year, month, first, last } => open_year(year, meeting, |year| {
                let start = Date::new(year, month, 1).ok()?;
                let end = last.min(start.days_in_month());
                Some((Date::new(year, month, first.min(end)).ok()?, Date::new(year, month, end).ok()?))
            }),
            When::Months { year, first, last } => open_year(year, meeting, |year| {
                Some((Date::new(year, first, 1).ok()?, Date::new(year, last, 1).ok()?.last_of_month()))
            }),
            When::Weeks { year, first, last } => open_year(year, meeting, |year| {
                let from = ISOWeekDate::new(year, first, Weekday::Monday).ok()?.date();
                Some((from, ISOWeekDate::new(year, last, Weekday::Sunday).ok()?.date()))
            }),
            When::BeforeSummer { year } => {
                let (_, to) = open_year(year, meeting, |year| {
                    let last = Date::new(year, 6, 30).ok()?;
                    Some((last, last))
                })?;
                Some((meeting.min(to), to))
            }
        }
    }

    /// Whether the text leaves the year open.
    pub(crate) fn without_year(&self) -> bool {
        match self.when {
            When::Day(day) | When::Days(_, day) => day.year.is_none(),
            When::Month { year, .. }
            | When::Months { year, .. }
            | When::Weeks { year, .. }
            | When::BeforeSummer { year } => year.is_none(),
        }
    }

    /// Whether it is a single day or a run of days, not a vaguer period.
    pub(crate) fn is_exact(&self) -> bool {
        matches!(self.when, When::Day(_) | When::Days(..))
    }
}

fn open_year(
    year: Option<i16>,
    meeting: Date,
    days_in: impl Fn(i16) -> Option<(Date, Date)>,
) -> Option<(Date, Date)> {
    match year {
        Some(year) => days_in(year),
        None => (0..=4).find_map(|more| days_in(meeting.year() + more).filter(|(_, to)| *to >= meeting)),
    }
}

/// The one full date of a text such as a header's value, in any form; None when there is none.
pub(crate) fn full_date(text: &str) -> Option<Date> {
    mentions(text).into_iter().find_map(|mention| match mention.when {
        When::Day(Day { year: Some(year), month, day }) => Date::new(year, month, day).ok(),
        _ => None,
    })
}

/// Whether a text begins with the name of a month.
pub(crate) fn starts_with_month(text: &str) -> bool {
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    exact_month(&word).is_some()
}

/// The clock time of a header's value, `HH:MM`; None when there is none.
pub(crate) fn clock(text: &str) -> Option<String> {
    static CLOCK: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?:kl\.?\s*|[\s-]|^)(\d{1,2})[:.](\d{2})(?:[:\s]|$)"));
    let found = CLOCK.captures(text)?;
    let (hour, minute): (u8, u8) = (found[1].parse().ok()?, found[2].parse().ok()?);
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

fn exact_month(word: &str) -> Option<i8> {
    let lower = word.to_lowercase();
    let at = MONTHS.iter().position(|names| names.contains(&lower.as_str()))?;
    i8::try_from(at + 1).ok()
}

/// The month that a word names, one typing error allowed in longer names (`decmeber`, `janaur`).
fn month(word: &str) -> Option<i8> {
    exact_month(word).or_else(|| {
        let lower = word.to_lowercase();
        let long = |name: &str| {
            name.len() >= SHORTEST_CORRECTED && one_slip_apart(name.as_bytes(), lower.as_bytes())
        };
        let at = MONTHS.iter().position(|names| names.iter().any(|name| long(name)))?;
        i8::try_from(at + 1).ok()
    })
}

/// Whether two words differ by one letter left out, added, changed, or by two neighbours swapped.
fn one_slip_apart(one: &[u8], other: &[u8]) -> bool {
    let same_start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&one[same_start..], &other[same_start..]);
    match (a, b) {
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([a1, a2, a @ ..], [b1, b2, b @ ..]) if a1 == b2 && a2 == b1 && a == b => true,
        ([_, a @ ..], b) if a == b => true,
        (a, [_, b @ ..]) if a == b => true,
        _ => false,
    }
}

static DAY_MONTH: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:\b(\d{1,2})\.?\s*(-|–|—|til|og|\+)\s*(?:(?:den|d\.)\s*)?)?",
        r"\b(\d{1,2})\.?\s{0,2}(\p{L}{3,9})\b\.?(?:,?\s+(\d{4})\b)?",
    ))
});
static NUMERIC: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\b(\d{1,2})([./-])(\d{1,2})(?:[./-](\d{4}|\d{2})\b|[ -]{1,2}(\d{4})\b|\b)"));
static ISO: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\b(\d{4})-(\d{2})-(\d{2})\b"));
static MONTH_ALONE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(primo|medio|ultimo|starten af|begyndelsen af|midten af|slutningen af|udgangen af)\s+)?",
        r"(januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|jan|feb|febr|apr|aug|sept|sep|okt|nov|dec)\b",
        r"\.?(?:\s+måned)?(?:\s+(\d{4})\b)?",
    ))
});
static PART_OF_YEAR: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)\b(ultimo|starten af|begyndelsen af|slutningen af|udgangen af)\s+(?:året?\s+)?(\d{4})\b")
});
static QUARTER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b([1-4])\.\s?(kvartal|halvår)(?:\s+(?:af\s+|i\s+)?(\d{4})\b)?\b|\b(første|andet|tredje|fjerde)\s+(kvartal|halvår)(?:\s+(?:af\s+|i\s+)?(\d{4})\b)?\b",
    )
});
static SEASON: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:(inden|før)\s+)?(forår|sommer|efterår)(et|en|ets|ens|ferien)?(?:\s+(\d{4})\b)?\b")
});
static WEEK: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)\buge\s+(\d{1,2})(?:\s*(?:-|–|og|til)\s*(\d{1,2})\b)?(?:,?\s+(?:i\s+)?(\d{4})\b)?")
});

/// What reads a pattern's match.
type Reader = fn(&str, &Captures<'_>) -> Option<When>;

/// What a text must hold for a pattern to match at all: a cheap test before it.
enum Needs {
    Digit,
    OneOf(&'static [&'static str]),
    Nothing,
}

/// Patterns in the order in which they claim their words.
static READERS: [(&LazyLock<Pattern>, Needs, Reader); 8] = [
    (&ISO, Needs::OneOf(&["-"]), iso),
    (&WEEK, Needs::OneOf(&["uge", "Uge"]), week),
    (&DAY_MONTH, Needs::Digit, day_month),
    (&NUMERIC, Needs::Digit, numeric),
    (&QUARTER, Needs::OneOf(&["vartal", "alvår"]), quarter),
    (&MONTH_ALONE, Needs::Nothing, month_alone),
    (&PART_OF_YEAR, Needs::OneOf(&["ltimo", " af "]), part_of_year),
    (&SEASON, Needs::OneOf(&["orår", "ommer", "fterår"]), season),
];

/// Everything in a text that names a day or a period, in order, none overlapping another.
pub(crate) fn mentions(text: &str) -> Vec<Mention> {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let mut found: Vec<Mention> = Vec::new();
    for (pattern, needs, read) in &READERS {
        let may_match = match needs {
            Needs::Digit => has_digit,
            Needs::OneOf(pieces) => pieces.iter().any(|piece| text.contains(piece)),
            Needs::Nothing => true,
        };
        if !may_match {
            continue;
        }
        let mut from = 0;
        while let Some(captures) = pattern.captures_at(text, from) {
            let Some(whole) = captures.get(0) else { break };
            let overlaps = found.iter().any(|m| m.start < whole.end() && whole.start() < m.end);
            match read(text, &captures).filter(|_| !overlaps) {
                Some(when) => {
                    from = whole.end();
                    found.push(Mention { start: whole.start(), end: whole.end(), when });
                }
                // What begins like a date may hide one that begins a little later.
                None => from = next_boundary(text, whole.start()),
            }
        }
    }
    found.sort_by_key(|mention| mention.start);
    join_ranges(text, found)
}

/// The next place at which a word or number can begin.
fn next_boundary(text: &str, at: usize) -> usize {
    let first = text[at..].chars().next();
    let same = |c: char| Some(c.is_ascii_digit()) == first.map(|f| f.is_ascii_digit()) && c.is_alphanumeric();
    let rest = text[at..].trim_start_matches(same);
    if rest.len() == text.len() - at { at + first.map_or(1, char::len_utf8) } else { text.len() - rest.len() }
}

fn number<T: std::str::FromStr>(captures: &Captures<'_>, group: usize) -> Option<T> {
    captures.get(group)?.as_str().parse().ok()
}

fn valid(day: Day) -> Option<Day> {
    Date::new(day.year.unwrap_or(2000), day.month, day.day).ok().map(|_| day)
}

fn iso(_: &str, found: &Captures<'_>) -> Option<When> {
    valid(Day { year: number(found, 1), month: number(found, 2)?, day: number(found, 3)? }).map(When::Day)
}

fn day_month(text: &str, found: &Captures<'_>) -> Option<When> {
    if in_address(text, found) || (found.get(5).is_none() && is_cut_off(&text[found.get(0)?.end()..])) {
        return None;
    }
    let last = valid(Day { year: number(found, 5), month: month(&found[4])?, day: number(found, 3)? })?;
    let Some(first) = number::<i8>(found, 1) else { return Some(When::Day(last)) };
    match valid(Day { day: first, ..last }).filter(|day| day.day < last.day) {
        Some(first) => Some(When::Days(first, last)),
        None => Some(When::Day(last)),
    }
}

/// Whether a text ends in the middle of a year (`25. maj 202`): then the day is not known.
fn is_cut_off(after: &str) -> bool {
    let rest = after.trim();
    (1..=3).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words before a bare `28/1` that make it a day rather than a fraction.
const DAY_CUES: [&str; 14] =
    ["d.", "d", "den", "pr.", "pr", "til", "fra", "senest", "inden", "mødet", "på", "og", "dagen", "tirsdag"];

fn numeric(text: &str, found: &Captures<'_>) -> Option<When> {
    let whole = found.get(0)?;
    if in_address(text, found) {
        return None;
    }
    let slash = &found[2] == "/";
    let year = number::<i16>(found, 4).or_else(|| number(found, 5).filter(|_| slash));
    let short = found.get(4).is_some_and(|year| year.len() == 2);
    let year = if short { year.map(|year| 2000 + year) } else { year };
    // `29.09.04-A00-1-20` is a case number, `15.00-16.30` a time of day, `1.257,7` an amount.
    let after = &text[whole.end()..];
    let before = &text[..whole.start()];
    let goes_on = after.starts_with(|c: char| c.is_alphanumeric() || "/-–".contains(c))
        || after
            .strip_prefix(['.', ',', ':'])
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || before.ends_with(['.', ',', '/', '-', ':', '§']);
    let cue = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    let is_bare = year.is_none();
    if goes_on || (is_bare && (!slash || !DAY_CUES.contains(&cue.as_str()))) {
        return None;
    }
    valid(Day { year, month: number(found, 3)?, day: number(found, 1)? }).map(When::Day)
}

/// Whether a match lies inside an address or a file name.
fn in_address(text: &str, found: &Captures<'_>) -> bool {
    let Some(whole) = found.get(0) else { return false };
    let start = text[..whole.start()].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let end = text[whole.end()..].find(char::is_whitespace).map_or(text.len(), |at| whole.end() + at);
    let Some(token) = text.get(start..end) else { return false };
    let file_ends = [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx"];
    token.contains("://")
        || token.contains("www.")
        || token.contains('_')
        || file_ends.iter().any(|end| token.trim_end_matches(['.', ',', ')']).to_lowercase().ends_with(end))
}

/// Words before a month without year or part that make it a time to come rather than a name.
const MONTH_CUES: [&str; 12] =
    ["i", "til", "inden", "senest", "hen", "løbet", "af", "for", "mødet", "udvalgsmøde", "møde", "hele"];

fn month_alone(text: &str, found: &Captures<'_>) -> Option<When> {
    let whole = found.get(0)?;
    let month = month(&found[2])?;
    let year = number(found, 3);
    let part = found.get(1).map(|part| part.as_str().to_lowercase());
    let before = text[..whole.start()].trim_end();
    let cue = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    let named = year.is_some()
        || part.is_some()
        || whole.as_str().ends_with("måned")
        || MONTH_CUES.contains(&cue.as_str());
    // A number right before it: a day that could not be read, never a whole month.
    if !named || (part.is_none() && before.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let (first, last) = match part.as_deref() {
        Some("primo" | "starten af" | "begyndelsen af") => (1, 10),
        Some("medio" | "midten af") => (11, 20),
        Some("ultimo" | "slutningen af") => (21, 31),
        Some(_) => (31, 31),
        None => (1, 31),
    };
    Some(When::Month { year, month, first, last })
}

fn part_of_year(_: &str, found: &Captures<'_>) -> Option<When> {
    let year = Some(number(found, 2)?);
    Some(match found[1].to_lowercase().as_str() {
        "ultimo" => When::Month { year, month: 12, first: 21, last: 31 },
        "udgangen af" => When::Month { year, month: 12, first: 31, last: 31 },
        "slutningen af" => When::Months { year, first: 10, last: 12 },
        _ => When::Months { year, first: 1, last: 3 },
    })
}

fn quarter(text: &str, found: &Captures<'_>) -> Option<When> {
    let ordinals = ["første", "andet", "tredje", "fjerde"];
    let (nth, unit, year) = match found.get(1) {
        Some(digit) => (digit.as_str().parse::<i8>().ok()?, &found[2], number(found, 3)),
        None => {
            let word = found[4].to_lowercase();
            let at = ordinals.iter().position(|ordinal| *ordinal == word)?;
            (i8::try_from(at + 1).ok()?, &found[5], number(found, 6))
        }
    };
    // "3. kvartalsmøde" names a meeting, not a time.
    if text[found.get(0)?.end()..].starts_with(char::is_alphabetic) {
        return None;
    }
    let months = if unit.eq_ignore_ascii_case("kvartal") { 3 } else { 6 };
    let last = nth * months;
    (last <= 12).then_some(When::Months { year, first: last - months + 1, last })
}

/// What may stand before a season without a year for it to be a time.
const SEASON_CUES: [&str; 10] = ["i", "af", "til", "løbet", "hen", "over", "henover", "på", "fra", "dette"];

fn season(text: &str, found: &Captures<'_>) -> Option<When> {
    let whole = found.get(0)?;
    let year = number(found, 4);
    let ending = found.get(3).map_or("", |ending| ending.as_str());
    let name = found[2].to_lowercase();
    let before_it = found.get(1).is_some();
    if ending == "ferien" || (name == "sommer" && before_it) {
        return (before_it && name == "sommer").then_some(When::BeforeSummer { year });
    }
    if before_it || text[whole.end()..].starts_with(char::is_alphabetic) {
        return None;
    }
    let before = text[..whole.start()].trim_end();
    let cue = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    let open_end = ["efter", "siden"].contains(&cue.as_str());
    let genitive = ending == "ets" || ending == "ens";
    if open_end || !(year.is_some() || genitive || SEASON_CUES.contains(&cue.as_str())) {
        return None;
    }
    let (_, first, last) = SEASONS.into_iter().find(|(season, _, _)| *season == name)?;
    Some(When::Months { year, first, last })
}

fn week(_: &str, found: &Captures<'_>) -> Option<When> {
    let first: i8 = number(found, 1)?;
    let last = number(found, 2).unwrap_or(first);
    (1..=53).contains(&first).then_some(())?;
    (first..=53).contains(&last).then_some(When::Weeks { year: number(found, 3), first, last })
}

/// What stands between the two ends of a period.
const RANGE_GAPS: [&str; 8] = ["til", "-", "–", "—", "til og med", "til den", "til og med den", "frem til"];

/// Two days with "til" or a dash between them are one period.
fn join_ranges(text: &str, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut joined: Vec<Mention> = Vec::new();
    for mention in mentions {
        if let (Some(previous), When::Day(last)) = (joined.last_mut(), mention.when)
            && let When::Day(first) = previous.when
            && let gap = text[previous.end..mention.start].trim().trim_end_matches(" d.")
            && RANGE_GAPS.contains(&gap)
        {
            previous.when = When::Days(first, last);
            previous.end = mention.end;
            continue;
        }
        joined.push(mention);
    }
    joined
}

/// How many days a period covers, both ends included.
pub(crate) fn length(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days()) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Phrase, and what it means seen from a meeting on 22 March 2018. `-` for nothing.
    const PHRASES: &str = include_str!("../../tests/dates.txt");

    #[test]
    fn phrases_mean_what_the_table_says() {
        let meeting: Date = "2018-03-22".parse().unwrap();
        for row in PHRASES.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            let (phrase, expected) = row.split_once(" | ").unwrap();
            let days: Vec<String> = mentions(phrase)
                .iter()
                .filter_map(|mention| mention.resolve(meeting))
                .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}..{to}") })
                .collect();
            let found = if days.is_empty() { "-".to_owned() } else { days.join(" ") };
            assert_eq!(found, expected, "{phrase}");
        }
    }

    #[test]
    fn header_values_hold_one_date() {
        for (text, date, time) in [
            ("12. august 2020", "2020-08-12", None),
            ("26. november 2025 16:00", "2025-11-26", Some("16:00")),
            ("18-02-2019", "2019-02-18", None),
            ("13.09.2007, kl. 17:30", "2007-09-13", Some("17:30")),
            ("onsdag den 26. august 2020 kl. 17.00", "2020-08-26", Some("17:00")),
        ] {
            assert_eq!(full_date(text).map(|d| d.to_string()).as_deref(), Some(date), "{text}");
            assert_eq!(clock(text).as_deref(), time, "{text}");
        }
    }
}
