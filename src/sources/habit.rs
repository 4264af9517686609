//! How a source is doing, judged by what it usually does. Pure: the moments come in.

use index::SourceProblem;
use jiff::civil::Date;
use jiff::{Timestamp, Unit, Zoned};

/// Something new within so many days: a source is fresh.
const FRESH_DAYS: i32 = 7;
/// Nobody is called late within a fortnight.
const LEAST_LATE_DAYS: i32 = 14;
/// A silence is out of the ordinary when it is so many times the long ones before it.
const TIMES_THE_HABIT: i32 = 2;
/// How many of ten gaps a habit covers: the one or two longest are exceptions.
const TENTHS: usize = 9;
/// With fewer gaps there is no habit yet, and nothing is late.
const LEAST_GAPS: usize = 3;
/// Only so many gaps, the last ones: councils change their ways.
const MOST_GAPS: usize = 50;
/// Councils hold no meetings in July: its days are not counted.
const HOLIDAY: i8 = 7;

/// What is known of how a source was read.
#[derive(Debug, Clone)]
pub(crate) struct History<'a> {
    /// When it was last read without trouble.
    pub(crate) succeeded_at: Option<Timestamp>,
    /// When it last could not be read, and why.
    pub(crate) failed: Option<(Timestamp, SourceProblem)>,
    /// The days on which something new came, in any order.
    pub(crate) days: &'a [Date],
    /// This moment, in the municipality's time zone.
    pub(crate) now: &'a Zoned,
}

/// How a source is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Health {
    /// Something new came in the last week.
    Fresh,
    /// It can be read, and its silence is nothing unusual.
    Quiet,
    /// It can be read, but has been silent for longer than it usually is.
    Late,
    /// It could not be read; that may pass by itself.
    Failing,
    /// It could not be read, and somebody has to do something.
    Refused,
    /// Nothing was tried yet.
    NeverRead,
}

/// What is wrong comes before what is unusual:
///
/// 1. Neither read nor tried: never read.
/// 2. The last try failed: refused or failing, as the failure was.
/// 3. Something new in the last [`FRESH_DAYS`] days: fresh.
/// 4. Silent for more than twice the ninth decile of its gaps, and more than [`LEAST_LATE_DAYS`] days: late. Gaps are counted
///    between days with something new, without the days of July, the last [`MOST_GAPS`] of them; with fewer than [`LEAST_GAPS`]
///    there is no habit, and nothing is late.
/// 5. Else: quiet.
pub(crate) fn health(history: &History<'_>) -> Health {
    match (history.succeeded_at, history.failed) {
        (None, None) => return Health::NeverRead,
        (succeeded, Some((failed, problem))) if succeeded.is_none_or(|at| at < failed) => {
            return match problem {
                SourceProblem::Failing => Health::Failing,
                SourceProblem::Refused => Health::Refused,
            };
        }
        _ => {}
    }
    let today = history.now.date();
    // A clock that was set back leaves days in the future; they say nothing.
    let mut days: Vec<Date> = history.days.iter().copied().filter(|day| *day <= today).collect();
    days.sort_unstable();
    days.dedup();
    let Some(last) = days.last() else { return Health::Quiet };
    if days_between(*last, today) <= FRESH_DAYS {
        return Health::Fresh;
    }
    match longest_usual_gap(&days) {
        Some(usual) if counted_days(*last, today) > (TIMES_THE_HABIT * usual).max(LEAST_LATE_DAYS) => {
            Health::Late
        }
        _ => Health::Quiet,
    }
}

/// The ninth decile (nearest rank) of the gaps between `days`, which are in order; None without a habit.
fn longest_usual_gap(days: &[Date]) -> Option<i32> {
    let mut gaps: Vec<i32> = days.windows(2).map(|pair| counted_days(pair[0], pair[1])).collect();
    gaps.drain(..gaps.len().saturating_sub(MOST_GAPS));
    if gaps.len() < LEAST_GAPS {
        return None;
    }
    gaps.sort_unstable();
    let rank = (gaps.len() * TENTHS).div_ceil(10);
    gaps.get(rank - 1).copied()
}

/// Days from one day to a later one, without those of [`HOLIDAY`].
fn counted_days(from: Date, to: Date) -> i32 {
    let mut counted = days_between(from, to);
    for year in from.year()..=to.year() {
        let Ok(first) = Date::new(year, HOLIDAY, 1) else { continue };
        let last = first.last_of_month();
        let (begin, end) = (from.max(first.yesterday().unwrap_or(first)), to.min(last));
        counted -= days_between(begin, end).max(0);
    }
    counted
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until((Unit::Day, to)).map_or(0, |span| span.get_days())
}

impl Health {
    /// The state in a word, as `/status` shows it.
    pub(crate) fn danish(self) -> &'static str {
        match self {
            Self::Fresh => "frisk",
            Self::Quiet => "stille",
            Self::Late => "forsinket",
            Self::Failing => "fejler",
            Self::Refused => "afvist",
            Self::NeverRead => "aldrig læst",
        }
    }

    /// What the word means, as a sentence goes on after the source's name.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::Fresh => "har noget nyt fra den seneste uge",
            Self::Quiet => "kan læses; der er ikke noget nyt, og det er ikke usædvanligt",
            Self::Late => "kan læses, men har været stille længere, end den plejer",
            Self::Failing => "kan ikke læses lige nu; det går måske over af sig selv",
            Self::Refused => "kan ikke læses, før nogen gør noget ved det",
            Self::NeverRead => "er ikke læst endnu",
        }
    }

    /// Whether those who run the bot should be told.
    pub(crate) fn is_trouble(self) -> bool {
        matches!(self, Self::Late | Self::Failing | Self::Refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(day: &str) -> Zoned {
        day.parse::<Date>().unwrap().at(12, 0, 0, 0).in_tz("Europe/Copenhagen").unwrap()
    }

    /// `every` days between each of `count` days, the last of them on `last`.
    fn every(every: i32, count: i32, last: &str) -> Vec<Date> {
        let last: Date = last.parse().unwrap();
        (0..count).map(|n| last.saturating_sub(jiff::Span::new().days(n * every))).collect()
    }

    #[track_caller]
    fn check(days: &[Date], now: &str, expected: Health) {
        let now = moment(now);
        let history = History { succeeded_at: Some(now.timestamp()), failed: None, days, now: &now };
        assert_eq!(health(&history), expected, "{:?}", days.first());
    }

    #[test]
    fn what_failed_comes_before_what_is_new() {
        let now = moment("2026-03-10");
        let days = [now.date()];
        let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        let (early, late) = ("2026-03-10T08:00:00Z", "2026-03-10T09:00:00Z");
        for (succeeded, failed, expected) in [
            (None, None, Health::NeverRead),
            (at(early), None, Health::Fresh),
            (None, Some((early, SourceProblem::Failing)), Health::Failing),
            (None, Some((early, SourceProblem::Refused)), Health::Refused),
            (at(early), Some((late, SourceProblem::Failing)), Health::Failing),
            (at(early), Some((late, SourceProblem::Refused)), Health::Refused),
            (at(late), Some((early, SourceProblem::Refused)), Health::Fresh),
            (at(late), Some((late, SourceProblem::Failing)), Health::Fresh),
        ] {
            let failed = failed.map(|(time, problem)| (time.parse().unwrap(), problem));
            let history = History { succeeded_at: succeeded, failed, days: &days, now: &now };
            assert_eq!(health(&history), expected, "{succeeded:?} {failed:?}");
        }
    }

    #[test]
    fn a_silence_is_judged_by_the_habit() {
        let weekly = every(7, 20, "2026-03-02");
        check(&weekly, "2026-03-02", Health::Fresh);
        check(&weekly, "2026-03-09", Health::Fresh);
        check(&weekly, "2026-03-10", Health::Quiet);
        check(&weekly, "2026-03-16", Health::Quiet);
        check(&weekly, "2026-03-17", Health::Late);
        // Daily: still a fortnight.
        let daily = every(1, 30, "2026-03-02");
        check(&daily, "2026-03-16", Health::Quiet);
        check(&daily, "2026-03-17", Health::Late);
        let monthly = every(30, 8, "2026-03-02");
        check(&monthly, "2026-05-01", Health::Quiet);
        check(&monthly, "2026-05-02", Health::Late);
    }

    #[test]
    fn one_long_gap_in_ten_is_no_habit_but_two_are() {
        let mut days = every(7, 10, "2026-03-02");
        days.push("2025-10-01".parse().unwrap());
        check(&days, "2026-03-20", Health::Late);
        days.push("2025-07-31".parse().unwrap());
        check(&days, "2026-03-20", Health::Quiet);
    }

    #[test]
    fn without_a_habit_nothing_is_late() {
        check(&[], "2026-03-10", Health::Quiet);
        check(&every(7, 3, "2024-03-02"), "2026-03-10", Health::Quiet);
        check(&every(7, 4, "2024-03-02"), "2026-03-10", Health::Late);
        check(&["2030-01-01".parse().unwrap()], "2026-03-10", Health::Quiet);
    }

    #[test]
    fn july_does_not_count() {
        let weekly = every(7, 20, "2026-06-29");
        check(&weekly, "2026-08-13", Health::Quiet);
        check(&weekly, "2026-08-14", Health::Late);
        // Nor does the holiday of the year before make a habit of being silent.
        let mut two_years = every(7, 20, "2026-05-04");
        two_years.extend(every(7, 9, "2025-06-30"));
        check(&two_years, "2026-05-19", Health::Late);
    }

    #[test]
    fn days_are_counted_without_july() {
        for (from, to, days) in [
            ("2026-06-30", "2026-07-31", 0),
            ("2026-06-30", "2026-08-01", 1),
            ("2026-07-10", "2026-07-20", 0),
            ("2026-06-01", "2026-06-30", 29),
            ("2026-08-01", "2026-08-31", 30),
            ("2024-12-31", "2026-12-31", 730 - 62),
            ("2024-02-28", "2024-03-01", 2),
        ] {
            assert_eq!(counted_days(from.parse().unwrap(), to.parse().unwrap()), days, "{from} {to}");
        }
    }

    #[test]
    fn every_state_has_its_own_word() {
        let all =
            [Health::Fresh, Health::Quiet, Health::Late, Health::Failing, Health::Refused, Health::NeverRead];
        let words: std::collections::HashSet<&str> = all.iter().map(|state| state.danish()).collect();
        assert_eq!(words.len(), all.len());
        assert_eq!(all.iter().filter(|state| state.is_trouble()).count(), 3);
    }
}
