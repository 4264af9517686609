//! A period as somebody asks for it: all of a short text, in the forms that minutes use and a few that only people who ask do.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::{Mention, When, mentions, month as month_named};
use crate::{Pattern, pattern};

/// What is longer is no period.
const LONGEST: usize = 100;

/// Words of a period that say nothing by themselves.
const FILLERS: [&str; 14] =
    ["i", "fra", "den", "d", "på", "til", "og", "med", "mellem", "hele", "perioden", "løbet", "af", "for"];

/// What parts the first and the last day of a period, as whole gaps between two times.
const RANGES: [&str; 7] = ["til", "-", "–", "—", "..", "og", "til og med"];

/// The days that a time is, seen from a day.
type SeenFrom = fn(Date) -> Option<(Date, Date)>;

/// Times seen from the day of the question, and the days they are.
const RELATIVE: [(&str, SeenFrom); 21] = [
    ("i dag", |today| Some((today, today))),
    ("i morgen", |today| days(today, 1, 1)),
    ("i går", |today| days(today, -1, -1)),
    ("denne uge", |today| week(today, 0)),
    ("ugen", |today| week(today, 0)),
    ("næste uge", |today| week(today, 1)),
    ("sidste uge", |today| week(today, -1)),
    ("denne måned", |today| month(today, 0)),
    ("måneden", |today| month(today, 0)),
    ("næste måned", |today| month(today, 1)),
    ("sidste måned", |today| month(today, -1)),
    ("dette kvartal", |today| quarter(today, 0)),
    ("næste kvartal", |today| quarter(today, 3)),
    ("sidste kvartal", |today| quarter(today, -3)),
    ("i år", |today| year(today.year())),
    ("dette år", |today| year(today.year())),
    ("året", |today| year(today.year())),
    ("næste år", |today| year(today.year() + 1)),
    ("sidste år", |today| year(today.year() - 1)),
    ("resten af året", |today| Some((today, year(today.year())?.1))),
    ("fremover", |today| Some((today, Date::MAX))),
];

/// See [`crate::period`].
pub(crate) fn period(text: &str, today: Date) -> Option<(Date, Date)> {
    let text = crate::one_line(text);
    if text.len() > LONGEST {
        return None;
    }
    let lower = text.to_lowercase();
    if let Some((_, days)) = RELATIVE.iter().find(|(words, _)| *words == lower) {
        return days(today);
    }
    if let Some(found) = bare_year(&lower).or_else(|| year_and_month(&lower)) {
        return found;
    }
    // A month or a season by itself is a time only after such a word.
    read(&text, today).or_else(|| read(&format!("i {text}"), today))
}

/// See [`crate::is_no_day`].
pub(crate) fn is_no_day(text: &str) -> bool {
    static DAY: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)^(?:den |d\. ?)?(?:(\d{1,2})\.? ?(\p{L}{3,9})\.?(?: (\d{4}))?",
            r"|(\d{1,2})/(\d{1,2})(?:[/ -](\d{4}))?|(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[.-](\d{1,2})[.-](\d{4}))$",
        ))
    });
    let Some(found) = DAY.captures(text.trim()) else { return false };
    let number = |group: usize| found.get(group).and_then(|digits| digits.as_str().parse::<i16>().ok());
    let month = found.get(2).map(|word| month_named(word.as_str()).map(i16::from));
    let (day, month) = match month {
        Some(named) => (number(1), named),
        None => (number(4).or(number(9)).or(number(10)), number(5).or(number(8)).or(number(11))),
    };
    let year = [3, 6, 7, 12].into_iter().find_map(number).unwrap_or(LEAP_YEAR);
    let (Some(Ok(day)), Some(Ok(month))) = (day.map(i8::try_from), month.map(i8::try_from)) else {
        return false;
    };
    Date::new(year, month, day).is_err()
}

/// In a year left open, the 29th of February may be.
const LEAP_YEAR: i16 = 2000;

/// `2020`, `hele 2020`, `i 2020`.
fn bare_year(text: &str) -> Option<Option<(Date, Date)>> {
    let digits = text.trim_start_matches("hele ").trim_start_matches("i ");
    (digits.len() == 4 && is_number(digits)).then(|| year(digits.parse().ok()?))
}

/// `2020-09`.
fn year_and_month(text: &str) -> Option<Option<(Date, Date)>> {
    let (year, month) = text.split_once('-')?;
    (year.len() == 4 && month.len() == 2 && is_number(year) && is_number(month)).then(|| {
        let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
        Some((first, first.last_of_month()))
    })
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// One time, or a first and a last one; None where a word is left over.
fn read(text: &str, today: Date) -> Option<(Date, Date)> {
    let found = mentions(text);
    let (start, end) = (found.first()?.start, found.last()?.end);
    if !is_filler(&text[..start]) || !is_filler(&text[end..]) {
        return None;
    }
    match found.as_slice() {
        [first, _, ..] | [first] if is_between(text, first.start) => {
            let (from, to) = (found.first()?.resolve(today)?.0, found.last()?.resolve(today)?.1);
            (found.len() <= 2 && from <= to).then_some((from, to))
        }
        // Who asks for "inden 14 dage" asks for all of them.
        [only] if matches!(only.when, When::Within { .. }) => Some((today, only.resolve(today)?.1)),
        [only] => only.resolve(today),
        [first, last] => range(text, first, last, today),
        _ => None,
    }
}

fn range(text: &str, first: &Mention, last: &Mention, today: Date) -> Option<(Date, Date)> {
    let gap = text.get(first.end..last.start)?.trim();
    let words: Vec<&str> = gap.split_whitespace().filter(|word| !["den", "d."].contains(word)).collect();
    if !RANGES.contains(&words.join(" ").to_lowercase().as_str()) {
        return None;
    }
    let (_, to) = last.resolve(today)?;
    let (from, _) = first.resolve(today)?;
    // "1. september til 1. februar 2021": the first day is of the year before.
    let earlier = || first.resolve(to.saturating_sub(1.year())).map(|(from, _)| from);
    let from = if from > to && first.without_year() { earlier()? } else { from };
    (from <= to).then_some((from, to))
}

/// "mellem 1. og 15. september": two days of one month, which may stand as a list.
fn is_between(text: &str, start: usize) -> bool {
    text[..start].to_lowercase().trim_end().ends_with("mellem")
}

fn is_filler(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| FILLERS.contains(&word.to_lowercase().as_str()))
}

fn days(today: Date, from: i32, to: i32) -> Option<(Date, Date)> {
    Some((today.checked_add(from.days()).ok()?, today.checked_add(to.days()).ok()?))
}

fn week(today: Date, more: i32) -> Option<(Date, Date)> {
    let monday = today.checked_sub(i32::from(today.weekday().since(Weekday::Monday)).days()).ok()?;
    let monday = monday.checked_add(Span::new().try_weeks(more).ok()?).ok()?;
    Some((monday, monday.checked_add(6.days()).ok()?))
}

fn month(today: Date, more: i32) -> Option<(Date, Date)> {
    let first = today.first_of_month().checked_add(Span::new().try_months(more).ok()?).ok()?;
    Some((first, first.last_of_month()))
}

fn quarter(today: Date, more: i32) -> Option<(Date, Date)> {
    let first = Date::new(today.year(), (today.month() - 1) / 3 * 3 + 1, 1).ok()?;
    let first = first.checked_add(Span::new().try_months(more).ok()?).ok()?;
    Some((first, first.checked_add(2.months()).ok()?.last_of_month()))
}

fn year(year: i16) -> Option<(Date, Date)> {
    Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_no_year_has_are_known() {
        for text in [
            "31. februar",
            "den 31. april 2020",
            "29. februar 2021",
            "30/2",
            "2020-02-30",
            "1.13.2020",
            "45. maj",
        ] {
            assert!(is_no_day(text), "{text}");
        }
        for text in [
            "29. februar",
            "28. februar",
            "1. maj 2020",
            "31/12",
            "2020-12-31",
            "1. behandling",
            "maj",
            "12",
            "31.02.00",
            "27.00",
        ] {
            assert!(!is_no_day(text), "{text}");
        }
    }

    /// What is asked on 20 August 2020, and the days meant, one a line; `-` for nothing.
    const PERIODS: &str = include_str!("../../../tests/periods.txt");

    #[test]
    fn periods_are_what_the_table_says() {
        let today: Date = "2020-08-20".parse().unwrap();
        let mut differ = Vec::new();
        for row in PERIODS.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            let (asked, expected) = row.split_once(" | ").unwrap();
            let found = match period(asked, today) {
                Some((from, to)) if from == to => from.to_string(),
                Some((from, to)) => format!("{from}..{to}"),
                None => "-".to_owned(),
            };
            if found != expected {
                differ.push(format!("{row}\n    found: {found}"));
            }
        }
        assert!(differ.is_empty(), "{} rows differ\n{}", differ.len(), differ.join("\n"));
    }
}
