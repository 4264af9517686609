//! When: the days that some words mean to whoever asks, seen from the day on which it is asked. Read so in questions, in searches and for
//! meetings.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::danish;

/// A first and a last day.
pub(crate) type Days = (Date, Date);

/// Words of a time at most.
pub(crate) const MOST_WORDS: usize = 8;

/// Open ends of a time: nothing was minuted before, and nobody asks further ahead than so many years.
const FIRST_YEAR: i16 = 1970;
const YEARS_AHEAD: i16 = 5;

/// Which way a time without a year lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Towards {
    Past,
    Future,
}

/// Words that may stand before a time and say nothing of it.
const BEFORE: [&str; 3] = ["i", "fra", "paa"];

/// A month and a day of it.
type MonthDay = (i8, i8);

/// Names of times of the year, and the first and last month and day; the council's summer holiday is July.
const SEASONS: [(&str, MonthDay, MonthDay); 15] = [
    ("foraar", (3, 1), (5, 31)),
    ("foraaret", (3, 1), (5, 31)),
    ("sommer", (6, 1), (8, 31)),
    ("sommeren", (6, 1), (8, 31)),
    ("sommers", (6, 1), (8, 31)),
    ("efteraar", (9, 1), (11, 30)),
    ("efteraaret", (9, 1), (11, 30)),
    ("efteraars", (9, 1), (11, 30)),
    ("sommerferie", (7, 1), (7, 31)),
    ("sommerferien", (7, 1), (7, 31)),
    ("jul", (12, 24), (12, 31)),
    ("julen", (12, 24), (12, 31)),
    ("juleferien", (12, 24), (12, 31)),
    ("nytaar", (1, 1), (1, 1)),
    ("nytaaret", (1, 1), (1, 1)),
];

/// "i mandags": days of the week that were, the first as [`jiff::civil::Weekday`] counts from Monday.
const WEEKDAYS: [&str; 7] = ["mandags", "tirsdags", "onsdags", "torsdags", "fredags", "loerdags", "soendags"];

/// Numbers in words.
const NUMBERS: [(&str, i64); 12] = [
    ("en", 1),
    ("et", 1),
    ("to", 2),
    ("tre", 3),
    ("fire", 4),
    ("fem", 5),
    ("seks", 6),
    ("syv", 7),
    ("otte", 8),
    ("ni", 9),
    ("ti", 10),
    ("tolv", 12),
];
/// So many at most of anything.
const MOST_UNITS: i64 = 100;

/// A number in words or digits, of so many of something; None of what is none, or too many.
pub(crate) fn number(word: &str) -> Option<i64> {
    let known = NUMBERS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
    known.or_else(|| word.parse().ok()).filter(|number| (1..=MOST_UNITS).contains(number))
}

/// How the council's terms are called, and words before that for the one that is now, the one before and the one after it.
const TERMS: [&str; 4] = ["valgperiode", "valgperioden", "byraadsperiode", "byraadsperioden"];
const THIS_TERM: [&str; 5] = ["denne", "den", "indevaerende", "nuvaerende", "hele"];
const LAST_TERM: [&str; 3] = ["sidste", "forrige", "foregaaende"];
const NEXT_TERM: [&str; 2] = ["naeste", "kommende"];

/// "valgperioden", "denne valgperiode", "den forrige valgperiode": folded words.
fn term(words: &[&str], today: Date) -> Option<Days> {
    let (name, before) = words.split_last()?;
    let before = match before {
        ["i" | "fra", rest @ ..] => rest,
        all => all,
    };
    let before = match before {
        ["den", rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    let now = minutes::term::of(today);
    match before {
        _ if !TERMS.contains(name) => None,
        [] => name.ends_with("en").then_some(now),
        [which] if THIS_TERM.contains(which) => Some(now),
        [which] if LAST_TERM.contains(which) => now.0.yesterday().ok().map(minutes::term::of),
        [which] if NEXT_TERM.contains(which) => Some(minutes::term::after(today)),
        _ => None,
    }
}

/// "for to år siden", "for et halvt år siden": the year, the month, the week or the day so far back.
fn ago(words: &[&str], today: Date) -> Option<Days> {
    let ["for", counted @ .., "siden"] = words else { return None };
    let day = today.checked_sub(span(counted)?).ok()?;
    match *counted.last()? {
        "aar" if is_whole(counted) => {
            Some((Date::new(day.year(), 1, 1).ok()?, Date::new(day.year(), 12, 31).ok()?))
        }
        "uge" | "uger" => {
            let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
            Some((monday, monday.checked_add(6.days()).ok()?))
        }
        "dag" | "dage" => Some((day, day)),
        _ => Some((day.first_of_month(), day.last_of_month())),
    }
}

/// Whether it is counted in whole years.
fn is_whole(counted: &[&str]) -> bool {
    matches!(counted, [count, _] if number(count).is_some())
}

/// "to år", "et halvt år", "halvandet år": how long that is; None of anything else.
fn span(words: &[&str]) -> Option<jiff::Span> {
    let (number, unit) = match words {
        ["et", "halvt", "aar"] | ["halve", "aar"] | ["halvaar" | "halvaaret"] => return Some(6.months()),
        ["halvandet", "aar"] => return Some(18.months()),
        [count, unit] => (number(count)?, *unit),
        _ => return None,
    };
    match unit {
        "dage" | "dag" => Some(number.days()),
        "uge" | "uger" => Some(number.weeks()),
        "maaned" | "maaneder" => Some(number.months()),
        "aar" => Some(number.years()),
        _ => None,
    }
}

/// The days that a text means; None unless all of it is a time.
pub(crate) fn days(text: &str, today: Date, towards: Towards) -> Option<Days> {
    let folded = danish::fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let (&first, rest) = words.split_first()?;
    if let Some(days) = term(&words, today).or_else(|| ago(&words, today)) {
        return Some(days);
    }
    let typed_rest = text.split_once(' ').map(|(_, rest)| rest);
    match first {
        "foer" | "inden" => {
            let (from, _) = days(typed_rest?, today, towards)?;
            let start = if names_year(&folded) && !is_year(rest) {
                Date::new(from.year(), 1, 1).ok()?
            } else if towards == Towards::Future && from > today {
                today
            } else {
                earliest()?
            };
            Some((start, from.checked_sub(1.day()).ok()?)).filter(|(start, end)| start <= end)
        }
        "efter" | "siden" => {
            let (from, to) = begun(typed_rest?, today, towards)?;
            let start = if first == "efter" { to.checked_add(1.day()).ok()? } else { from };
            let end = match towards {
                Towards::Past => today,
                Towards::Future => Date::new(today.year() + YEARS_AHEAD, 12, 31).ok()?,
            };
            Some((start, end)).filter(|(start, end)| start <= end)
        }
        "sidste" | "seneste" | "forrige" | "de" | "den" | "det" if last(first, rest, today).is_some() => {
            last(first, rest, today)
        }
        "i" | "sidste" | "forrige" | "naeste" | "denne" | "hele" | "det"
            if season(rest, first, today, towards).is_some() =>
        {
            season(rest, first, today, towards)
        }
        "i" | "for" if rest == ["fjor"] => minutes::period("sidste år", today),
        "i" if rest == ["forfjor"] => minutes::period(&(today.year() - 2).to_string(), today),
        "i" if rest == ["forgaars"] => {
            let day = today.checked_sub(2.days()).ok()?;
            Some((day, day))
        }
        "i" if weekday(rest).is_some() => {
            let back = i64::from(today.weekday().to_monday_zero_offset()) - weekday(rest)?;
            let day = today.checked_sub((back - 1).rem_euclid(7).saturating_add(1).days()).ok()?;
            Some((day, day))
        }
        "forrige" => minutes::period(&format!("sidste {}", typed_rest?), today),
        _ => season(&words, "", today, towards)
            .or_else(|| plain(text, &folded, today, towards))
            // "fra sidste år", "i sidste uge".
            .or_else(|| days(typed_rest.filter(|_| BEFORE.contains(&first))?, today, towards)),
    }
}

/// Days from Monday to the day of the week that these words name.
fn weekday(words: &[&str]) -> Option<i64> {
    let [name] = words else { return None };
    WEEKDAYS.iter().position(|day| day == name).and_then(|at| i64::try_from(at).ok())
}

/// Whether two folded words are the day of a month: "27" and "februar".
pub(crate) fn is_day_of_month(day: &str, month: &str) -> bool {
    let is_day = day.parse::<i8>().is_ok_and(|day| (1..=31).contains(&day));
    is_day && (1..=12).any(|nth| danish::month(date(2000, nth, 1)) == month)
}

/// "27/2", "27/2-2023": a day as it is written in short, with its month's name for [`days`]; None of anything else.
pub(crate) fn in_words(short: &str) -> Option<String> {
    let (day, rest) = short.split_once('/')?;
    let (month, year) = rest.split_once(['-', '/']).map_or((rest, ""), |(month, year)| (month, year));
    let day = day.parse::<i8>().ok().filter(|day| (1..=31).contains(day))?;
    let month = Date::new(2000, month.parse().ok()?, 1).ok()?;
    let is_year = year.is_empty() || year.len() == 4 && year.parse::<i16>().is_ok();
    is_year.then(|| format!("{day}. {} {year}", danish::month(month)).trim_end().to_owned())
}

/// What a time after something counts from: for what is to come, this year's where it is still ahead.
fn begun(text: &str, today: Date, towards: Towards) -> Option<Days> {
    let ahead = || days(text, today, Towards::Future).filter(|(from, _)| from.year() == today.year());
    match towards {
        Towards::Future => ahead().or_else(|| days(text, today, Towards::Past)),
        Towards::Past => days(text, today, Towards::Past),
    }
}

/// A time as [`minutes::period`] reads it, moved a year back where it is to lie behind and no year is named.
fn plain(text: &str, folded: &str, today: Date, towards: Towards) -> Option<Days> {
    let (from, to) = minutes::period(text, today)?;
    let is_ahead = from > today && towards == Towards::Past;
    let is_relative = folded.contains("naeste") || folded.contains("morgen") || names_year(folded);
    if !is_ahead || is_relative {
        return Some((from, to));
    }
    minutes::period(text, today.checked_sub(1.year()).ok()?)
}

/// "efteråret 2020", "sommers", "sidste forår": the words after the first one, which tells which way.
fn season(words: &[&str], first: &str, today: Date, towards: Towards) -> Option<Days> {
    let (name, year) = match words {
        [name] => (*name, None),
        [name, year] => (*name, Some(year.parse::<i16>().ok().filter(|_| year.len() == 4)?)),
        _ => return None,
    };
    let (_, from, to) = SEASONS.iter().find(|(known, ..)| *known == name)?;
    let of = |year: i16| Some((Date::new(year, from.0, from.1).ok()?, Date::new(year, to.0, to.1).ok()?));
    if let Some(year) = year {
        return of(year);
    }
    let this = of(today.year())?;
    match (first, towards) {
        ("sidste" | "forrige", _) if this.1 >= today => of(today.year() - 1),
        ("sidste" | "forrige", _) => Some(this),
        ("naeste", _) if this.0 <= today => of(today.year() + 1),
        (_, Towards::Past) if this.0 > today => of(today.year() - 1),
        (_, Towards::Future) if this.1 < today => of(today.year() + 1),
        _ => Some(this),
    }
}

/// What is left of "sidste to år", "det seneste halve år", "den seneste måned" after its first word: days behind, up to today. "sidste
/// år" without an article is the year before, and not read here.
fn last(first: &str, rest: &[&str], today: Date) -> Option<Days> {
    let (is_last, rest) = match rest {
        ["sidste" | "seneste", rest @ ..] => (true, rest),
        all => (first == "seneste", all),
    };
    let one = |unit: &str| span(&["en", unit]);
    let span = match rest {
        [unit] if is_last => one(unit).or_else(|| span(rest)),
        all => span(all),
    };
    Some((today.checked_sub(span?).ok()?, today))
}

/// Whether all of a text is a time, on whatever day it is asked.
pub(crate) fn is_time(text: &str) -> bool {
    // Any day will do: what a time is does not hang on it, only where it lies.
    let midsummer = date(2000, 7, 1);
    [Towards::Past, Towards::Future].into_iter().any(|towards| days(text, midsummer, towards).is_some())
}

fn earliest() -> Option<Date> {
    Date::new(FIRST_YEAR, 1, 1).ok()
}

fn names_year(folded: &str) -> bool {
    folded.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4)
}

fn is_year(words: &[&str]) -> bool {
    matches!(words, [year] if year.len() == 4)
}

/// The days as an option takes them: a year, a month, or days in ISO 8601.
pub(crate) fn written((from, to): Days) -> String {
    let is_month = from.day() == 1 && to == from.last_of_month();
    let is_whole_year =
        from.year() == to.year() && from.day_of_year() == 1 && to.month() == 12 && to.day() == 31;
    if from == to {
        from.to_string()
    } else if is_whole_year {
        from.year().to_string()
    } else if is_month {
        format!("{} {}", danish::month(from), from.year())
    } else {
        format!("{from}..{to}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, past: &str, future: &str) {
        let today = "2020-08-20".parse().unwrap();
        for (towards, expected) in [(Towards::Past, past), (Towards::Future, future)] {
            let found = days(text, today, towards).map_or("-".to_owned(), written);
            assert_eq!(found, expected, "{text} {towards:?}");
        }
    }

    #[test]
    fn what_comes_after_a_time_ahead_is_ahead() {
        let june = "2023-06-10".parse().unwrap();
        let found = |towards| days("efter sommerferien", june, towards).map(written);
        assert_eq!(found(Towards::Past).as_deref(), Some("2022-08-01..2023-06-10"));
        assert_eq!(found(Towards::Future).as_deref(), Some("2023-08-01..2028-12-31"));
    }

    #[test]
    fn a_day_in_short_is_a_day_of_a_month() {
        for (short, expected) in [
            ("27/2", Some("27. februar")),
            ("27/2-2023", Some("27. februar 2023")),
            ("27/13", None),
            ("32/1", None),
            ("22/3001", None),
            ("27/2-x", None),
        ] {
            assert_eq!(in_words(short).as_deref(), expected, "{short}");
        }
        assert!(is_day_of_month("27", "februar"));
        assert!(!is_day_of_month("32", "februar") && !is_day_of_month("27", "skoler"));
    }

    #[test]
    fn times_are_read_both_ways() {
        check("i går", "2020-08-19", "2020-08-19");
        check("i forgårs", "2020-08-18", "2020-08-18");
        // That day was a Thursday.
        check("i mandags", "2020-08-17", "2020-08-17");
        check("i torsdags", "2020-08-13", "2020-08-13");
        check("i fredags", "2020-08-14", "2020-08-14");
        check("i mandag", "-", "-");
        check("i efteråret", "2019-09-01..2019-11-30", "2020-09-01..2020-11-30");
        check("i foråret", "2020-03-01..2020-05-31", "2021-03-01..2021-05-31");
        check("i efteråret 2021", "2021-09-01..2021-11-30", "2021-09-01..2021-11-30");
        check("sidste efterår", "2019-09-01..2019-11-30", "2019-09-01..2019-11-30");
        check("næste forår", "2021-03-01..2021-05-31", "2021-03-01..2021-05-31");
        check("før sommerferien 2020", "2020-01-01..2020-06-30", "2020-01-01..2020-06-30");
        check("efter sommerferien", "2020-08-01..2020-08-20", "2020-08-01..2025-12-31");
        check("siden 2019", "2019-01-01..2020-08-20", "2019-01-01..2025-12-31");
        check("inden jul", "1970-01-01..2019-12-23", "2020-08-20..2020-12-23");
        check("før 2019", "1970-01-01..2018-12-31", "1970-01-01..2018-12-31");
        check("i juli", "juli 2020", "juli 2021");
        check("i september", "september 2019", "september 2020");
        check("i 2019", "2019", "2019");
        check("den 12. august 2020", "2020-08-12", "2020-08-12");
        check("den 30. september", "2019-09-30", "2020-09-30");
        check("de sidste tre måneder", "2020-05-20..2020-08-20", "2020-05-20..2020-08-20");
        check("sidste to år", "2018-08-20..2020-08-20", "2018-08-20..2020-08-20");
        check("forrige måned", "juli 2020", "juli 2020");
        check("næste måned", "september 2020", "september 2020");
        check("fra sidste år", "2019", "2019");
        check("i fjor", "2019", "2019");
        check("i sidste måned", "juli 2020", "juli 2020");
        check("fra 2019", "2019", "2019");
        check("for et år siden", "2019", "2019");
        check("for to år siden", "2018", "2018");
        check("for et halvt år siden", "februar 2020", "februar 2020");
        check("for tre uger siden", "2020-07-27..2020-08-02", "2020-07-27..2020-08-02");
        check("for 2 dage siden", "2020-08-18", "2020-08-18");
        check("det seneste år", "2019-08-20..2020-08-20", "2019-08-20..2020-08-20");
        check("seneste år", "2019-08-20..2020-08-20", "2019-08-20..2020-08-20");
        check("sidste år", "2019", "2019");
        check("det seneste halve år", "2020-02-20..2020-08-20", "2020-02-20..2020-08-20");
        check("det sidste halvår", "2020-02-20..2020-08-20", "2020-02-20..2020-08-20");
        check("den seneste måned", "2020-07-20..2020-08-20", "2020-07-20..2020-08-20");
        check("i denne valgperiode", "2018-01-01..2021-12-31", "2018-01-01..2021-12-31");
        check("i sidste valgperiode", "2014-01-01..2017-12-31", "2014-01-01..2017-12-31");
        check("den kommende valgperiode", "2022-01-01..2025-12-31", "2022-01-01..2025-12-31");
        check("siden valgperioden", "2018-01-01..2020-08-20", "2018-01-01..2025-12-31");
        check("valgperiode", "-", "-");
        check("for mange år siden", "-", "-");
        check("for 200 år siden", "-", "-");
        check("det år", "-", "-");
        check("det nye år", "-", "-");
        check("for to børn siden", "-", "-");
        check("efter efterårsferien", "-", "-");
        check("i varmestuen", "-", "-");
        check("før", "-", "-");
        check("efter i morgen i går", "-", "-");
    }
}
