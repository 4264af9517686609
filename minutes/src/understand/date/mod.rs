//! Danish dates and periods in running text.
//!
//! A [`Mention`] is what stands in the text, a year left open when none is printed; [`Mention::resolve`] gives the days it
//! means, seen from a meeting. What each vague word means (primo, ultimo, spring …) is the contract of `parse --json`.

mod figures;
mod joined;
mod patterns;
mod period;
mod vague;

use std::sync::LazyLock;

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};

use crate::{Pattern, month, pattern};
pub(crate) use joined::{put_in_year, seen_from};
pub(crate) use patterns::mentions;
pub(crate) use period::{is_no_day, period};

/// Names shorter than this are corrected only where two letters changed places: too much else is one letter away.
const SHORTEST_CORRECTED: usize = 6;

/// Names shorter than this are not corrected.
const SHORTEST_TURNED: usize = 5;

/// A stretch of time named in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// One day.
    Day(Day),
    /// From one day to another, both included.
    Days(Day, Day),
    /// From a part of one month to a part of another, both included; a day past a month's end is its last one.
    Stretch(Day, Day),
    /// A part of a month, from its first to its last day.
    Month { year: Option<i16>, month: i8, first: i8, last: i8 },
    /// Whole months, `first..=last`; `year` is that of the last one, `from` that of the first where it is printed.
    Months { from: Option<i16>, year: Option<i16>, first: i8, last: i8 },
    /// ISO weeks of one year.
    Weeks { year: Option<i16>, first: i8, last: i8 },
    /// From the meeting to the last day before a holiday.
    Before { holiday: Holiday, year: Option<i16> },
    /// A stretch of time counted from the meeting (`om tre måneder`): the week, the month or the day that it leads to.
    In { count: i32, unit: Unit },
    /// The last day of a stretch of time counted from the meeting (`inden 14 dage`).
    Within { count: i32, unit: Unit },
    /// From a day on for as long as is told (`i 8 ugers høring fra den 1. marts`), that day included.
    Lasting { day: Day, count: i32, unit: Unit },
    /// A stretch of time counted from another day of the sentence (`en uge senere`).
    Later { day: Day, count: i32, unit: Unit },
}

/// A holiday that a council's year is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holiday {
    Easter,
    Summer,
    Autumn,
    Christmas,
}

/// What stretches of time are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

impl Holiday {
    /// Its name as what is to come before it is told: `inden sommerferien`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Easter => "påske",
            Self::Summer => "sommerferien",
            Self::Autumn => "efterårsferien",
            Self::Christmas => "jul",
        }
    }

    /// The last day before it in a year.
    fn eve(self, year: i16) -> Option<Date> {
        match self {
            // Schools and offices close for Easter on Maundy Thursday.
            Self::Easter => easter(year)?.checked_sub(4.days()).ok(),
            Self::Summer => Date::new(year, 6, 30).ok(),
            // All of Denmark has it in week 42.
            Self::Autumn => ISOWeekDate::new(year, 41, Weekday::Sunday).ok().map(ISOWeekDate::date),
            Self::Christmas => Date::new(year, 12, 23).ok(),
        }
    }
}

/// Easter Sunday (the anonymous Gregorian algorithm, as in Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let (a, b, c) = (year_number % 19, year_number / 100, year_number % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let n = (h + l - 7 * m + 90) / 25;
    let p = (h + l - 7 * m + 33 * n + 19) % 32;
    Date::new(year, i8::try_from(n).ok()?, i8::try_from(p).ok()?).ok()
}

impl Unit {
    /// The day so many of them after another.
    fn after(self, day: Date, count: i32) -> Option<Date> {
        let span = match self {
            Self::Days => Span::new().try_days(count),
            Self::Weeks => Span::new().try_weeks(count),
            Self::Months => Span::new().try_months(count),
            Self::Years => Span::new().try_years(count),
        };
        day.checked_add(span.ok()?).ok()
    }

    /// The days that are meant where nobody counts to the day: the week, or the month.
    fn around(self, day: Date) -> Option<(Date, Date)> {
        match self {
            Self::Days => Some((day, day)),
            Self::Weeks => {
                let monday = day.checked_sub(i32::from(day.weekday().since(Weekday::Monday)).days()).ok()?;
                Some((monday, monday.checked_add(6.days()).ok()?))
            }
            Self::Months | Self::Years => Some((day.first_of_month(), day.last_of_month())),
        }
    }
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
    /// Told as a time of "næste år": the year left open is the one after the meeting's.
    pub(crate) next_year: bool,
}

impl Mention {
    /// The days meant. A year left open is that of the first such time that ends on or after `meeting`.
    /// None when there is no such day.
    pub(crate) fn resolve(&self, meeting: Date) -> Option<(Date, Date)> {
        let open_year = |year: Option<i16>, meeting: Date, days_in: &DaysIn<'_>| match year {
            None if self.next_year => days_in(meeting.year() + 1),
            _ => open_year(year, meeting, days_in),
        };
        match self.when {
            When::Day(day) => open_year(day.year, meeting, &|year| {
                let date = Date::new(year, day.month, day.day).ok()?;
                Some((date, date))
            }),
            When::Days(first, last) => open_year(last.year.or(first.year), meeting, &|year| {
                from_to(first, last, year, |year, day| Date::new(year, day.month, day.day).ok())
            }),
            When::Stretch(first, last) => open_year(last.year.or(first.year), meeting, &|year| {
                from_to(first, last, year, |year, day| {
                    let start = Date::new(year, day.month, 1).ok()?;
                    Date::new(year, day.month, day.day.min(start.days_in_month())).ok()
                })
            }),
            When::Month { year, month, first, last } => open_year(year, meeting, &|year| {
                let start = Date::new(year, month, 1).ok()?;
                let end = last.min(start.days_in_month());
                Some((Date::new(year, month, first.min(end)).ok()?, Date::new(year, month, end).ok()?))
            }),
            When::Months { from, year, first, last } => {
                open_year(year.or(from.map(|from| from + i16::from(first > last))), meeting, &|year| {
                    let before = if first > last { year - 1 } else { year };
                    let from = Date::new(from.unwrap_or(before), first, 1).ok()?;
                    let to = Date::new(year, last, 1).ok()?.last_of_month();
                    (from <= to).then_some((from, to))
                })
            }
            When::Weeks { year, first, last } => open_year(year, meeting, &|year| {
                let from = ISOWeekDate::new(year, first, Weekday::Monday).ok()?.date();
                Some((from, ISOWeekDate::new(year, last, Weekday::Sunday).ok()?.date()))
            }),
            When::Before { holiday, year } => {
                let (_, to) = open_year(year, meeting, &|year| {
                    let last = holiday.eve(year)?;
                    Some((last, last))
                })?;
                Some((meeting.min(to), to))
            }
            When::In { count, unit } => unit.around(unit.after(meeting, count)?),
            When::Within { count, unit } => {
                let last = unit.after(meeting, count)?;
                Some((last, last))
            }
            When::Lasting { day, count, unit } => open_year(day.year, meeting, &|year| {
                let from = Date::new(year, day.month, day.day).ok()?;
                Some((from, unit.after(from, count)?.yesterday().ok()?))
            }),
            When::Later { day, count, unit } => open_year(day.year, meeting, &|year| {
                let later = unit.after(Date::new(year, day.month, day.day).ok()?, count)?;
                Some((later, later))
            }),
        }
    }

    /// The two ends of a period between days or months, each as the days it is; None for what is one time.
    pub(crate) fn ends(&self, meeting: Date) -> Option<((Date, Date), (Date, Date))> {
        let (from, to) = self.resolve(meeting)?;
        match self.when {
            When::Days(..) => Some(((from, from), (to, to))),
            When::Months { first, last, .. } if first != last => {
                Some(((from, from.last_of_month()), (to.first_of_month(), to)))
            }
            _ => None,
        }
    }

    /// Whether the text leaves the year open.
    pub(crate) fn without_year(&self) -> bool {
        if self.next_year {
            return false;
        }
        match self.when {
            When::Day(day) | When::Lasting { day, .. } | When::Later { day, .. } => day.year.is_none(),
            When::Days(first, last) | When::Stretch(first, last) => first.year.or(last.year).is_none(),
            When::In { .. } | When::Within { .. } => false,
            When::Months { from, year, .. } => from.or(year).is_none(),
            When::Month { year, .. } | When::Weeks { year, .. } | When::Before { year, .. } => year.is_none(),
        }
    }

    /// The year that is printed; None where there is none.
    fn year(&self) -> Option<i16> {
        match self.when {
            When::Day(day) | When::Lasting { day, .. } | When::Later { day, .. } => day.year,
            When::Days(first, last) | When::Stretch(first, last) => last.year.or(first.year),
            When::Months { from, year, .. } => year.or(from),
            When::Month { year, .. } | When::Weeks { year, .. } | When::Before { year, .. } => year,
            When::In { .. } | When::Within { .. } => None,
        }
    }

    /// Whether it is a single day.
    pub(crate) fn is_one_day(&self) -> bool {
        matches!(self.when, When::Day(_) | When::Later { .. })
    }

    /// Whether it is one month, or a part of it.
    pub(crate) fn is_month(&self) -> bool {
        matches!(self.when, When::Month { .. })
    }

    /// Whether it is a single day or a run of days, not a vaguer period.
    pub(crate) fn is_exact(&self) -> bool {
        matches!(self.when, When::Day(_) | When::Days(..) | When::Lasting { .. } | When::Later { .. })
    }
}

/// The days that something means in a year; None when that year has no such days.
type DaysIn<'a> = dyn Fn(i16) -> Option<(Date, Date)> + 'a;

/// From one day to another that ends in `year`, as far as no year is printed: one that is left open is that of the other end, or the one
/// next to it that puts them in order. None where both are printed and out of order.
fn from_to(
    first: Day,
    last: Day,
    year: i16,
    date: impl Fn(i16, Day) -> Option<Date>,
) -> Option<(Date, Date)> {
    let (from, to) = (date(first.year.unwrap_or(year), first)?, date(year, last)?);
    if from <= to {
        return Some((from, to));
    }
    match (first.year, last.year) {
        (None, _) => Some((date(year - 1, first)?, to)),
        (Some(_), None) => Some((from, date(year + 1, last)?)),
        (Some(_), Some(_)) => None,
    }
}

fn open_year(year: Option<i16>, meeting: Date, days_in: &DaysIn<'_>) -> Option<(Date, Date)> {
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

/// The one year that a text names, of those that meetings are planned for; None where it names none, several, or one and a half
/// ("2023/24").
pub(crate) fn only_year(text: &str) -> Option<i16> {
    static YEAR: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\b20\d{2}\b"));
    let mut years = YEAR.find_iter(text);
    let first = years.next()?;
    let goes_on = text[first.end()..].trim_start().starts_with(['/', '-', '–']);
    (!goes_on && years.all(|other| other.as_str() == first.as_str())).then(|| first.as_str().parse().ok())?
}

/// Whether a text begins with the name of a month.
pub(crate) fn starts_with_month(text: &str) -> bool {
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    exact_month(&word).is_some()
}

/// The clock time of a header's value, `HH:MM`; None when there is none.
pub(crate) fn clock(text: &str) -> Option<String> {
    static CLOCK: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(r"(?:kl\.?\s*|[\s-]|^)(\d{1,2})[:.](\d{2})(?:[:\s–-]|$)|\bkl\.?\s*(\d{1,2})(?:[\s,–-]|$)")
    });
    let found = CLOCK.captures(text)?;
    let hour: u8 = found.get(1).or(found.get(3))?.as_str().parse().ok()?;
    let minute: u8 = found.get(2).map_or(Some(0), |minute| minute.as_str().parse().ok())?;
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

fn exact_month(word: &str) -> Option<i8> {
    let lower = word.to_lowercase();
    let at = month::WRITTEN.iter().position(|names| names.contains(&lower.as_str()))?;
    i8::try_from(at + 1).ok()
}

/// The month that a word names, one typing error allowed in longer names (`decmeber`, `janaur`).
fn month(word: &str) -> Option<i8> {
    exact_month(word).or_else(|| {
        let lower = word.to_lowercase();
        let meant = |name: &str| {
            let (name, word) = (name.as_bytes(), lower.as_bytes());
            (name.len() >= SHORTEST_CORRECTED && one_slip_apart(name, word))
                || (name.len() >= SHORTEST_TURNED && name.len() == word.len() && one_turn_apart(name, word))
        };
        let at = month::WRITTEN.iter().position(|names| names.iter().any(|name| meant(name)))?;
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

/// Whether two words of one length differ by two neighbours swapped.
fn one_turn_apart(one: &[u8], other: &[u8]) -> bool {
    let same_start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    matches!((&one[same_start..], &other[same_start..]),
        ([a1, a2, a @ ..], [b1, b2, b @ ..]) if a1 == b2 && a2 == b1 && a == b)
}

/// How many days a period covers, both ends included.
pub(crate) fn length(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days()) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Phrase, and what it means seen from a meeting on 22 March 2018. `-` for nothing.
    const PHRASES: &str = include_str!("../../../tests/dates.txt");

    #[test]
    fn phrases_mean_what_the_table_says() {
        let meeting: Date = "2018-03-22".parse().unwrap();
        let mut differ = Vec::new();
        for row in PHRASES.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            let (phrase, expected) = row.split_once(" | ").unwrap();
            let days: Vec<String> = mentions(phrase)
                .iter()
                .filter_map(|mention| mention.resolve(meeting))
                .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}..{to}") })
                .collect();
            let found = if days.is_empty() { "-".to_owned() } else { days.join(" ") };
            if found != expected {
                differ.push(format!("{row}\n    found: {found}"));
            }
        }
        assert!(differ.is_empty(), "{} rows differ\n{}", differ.len(), differ.join("\n"));
    }

    #[test]
    fn easter_is_where_the_calendar_has_it() {
        for (year, day) in
            [(2018, "2018-04-01"), (2019, "2019-04-21"), (2024, "2024-03-31"), (2038, "2038-04-25")]
        {
            assert_eq!(easter(year).unwrap().to_string(), day);
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
