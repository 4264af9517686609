//! What the name of a file, or the address of a page, tells of the meeting. It is asked only where the text itself does not tell:
//! names are given by people and by systems, and a copy keeps none.

use std::borrow::Cow;
use std::sync::LazyLock;

use jiff::civil::Date;
use percent_encoding::percent_decode_str;

use super::bodies::capitalised;
use super::date;
use crate::{Pattern, pattern};

/// Parts of a path that are looked at, the last ones: what lies above them names no meeting.
const MOST_PARTS: usize = 4;

/// Most characters of a part that are looked at; longer ones are no names.
const LONGEST_PART: usize = 200;

/// Years of minutes that are kept as files.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2100;

/// A body's name begins with at most so many words before its last (`Plan-, Miljø- og Klimaudvalget`).
const MOST_WORDS: usize = 4;

/// How letters are written where names have none of them.
const SPELT_OUT: [(&str, &str); 3] = [("aa", "å"), ("ae", "æ"), ("oe", "ø")];

/// How the last word of a body's name ends, in lower case.
const BODY_ENDS: [&str; 8] =
    ["udvalg", "udvalget", "råd", "rådet", "nævn", "nævnet", "bestyrelsen", "kommunalbestyrelse"];

/// Ends of such words that are no body's.
const NO_BODY: [&str; 3] = ["område", "områdeudvalg", "hovedudvalg"];

/// Words that stand before a body's name and are none of it, in lower case.
const BESIDE: [&str; 14] = [
    "referat",
    "referater",
    "dagsorden",
    "beslutningsprotokol",
    "protokol",
    "møde",
    "mødet",
    "fra",
    "for",
    "af",
    "i",
    "den",
    "åben",
    "bilag",
];

static YEAR_FIRST: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?:^|[^0-9])([12][09][0-9]{2})[-_. ]?([01][0-9])[-_. ]?([0-3][0-9])(?:$|[^0-9])")
});

static DAY_FIRST: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?:^|[^0-9])([0-3]?[0-9])[-_. ]([01]?[0-9])[-_. ]([12][09][0-9]{2})(?:$|[^0-9])")
});

/// What a name tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Hint {
    /// The one day that the nearest part with a day names.
    pub(crate) date: Option<Date>,
    /// The one body that the nearest part with a body names.
    pub(crate) body: Option<String>,
}

impl Hint {
    /// Reads the path of a file or the address of a page.
    pub(crate) fn of(place: &str) -> Self {
        // What is no UTF-8 without its escapes stays as it is.
        let decoded = percent_decode_str(place).decode_utf8().unwrap_or(Cow::Borrowed(place));
        let parts: Vec<&str> = decoded
            .split(['/', '\\', '?', '&'])
            .rev()
            .take(MOST_PARTS)
            .filter(|part| part.chars().count() <= LONGEST_PART)
            .collect();
        Self {
            date: parts.iter().find_map(|part| day(part)).flatten(),
            body: parts.iter().find_map(|part| body(part)).flatten(),
        }
    }
}

/// The day that a part names; the inner None where it names several.
fn day(part: &str) -> Option<Option<Date>> {
    let number = |text: &str| text.parse::<i16>().ok();
    let of = |year: &str, month: &str, day: &str| {
        let year = number(year).filter(|year| YEARS.contains(year))?;
        Date::new(year, i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?).ok()
    };
    let mut days: Vec<Date> = YEAR_FIRST
        .captures_iter(part)
        .filter_map(|found| of(&found[1], &found[2], &found[3]))
        .chain(DAY_FIRST.captures_iter(part).filter_map(|found| of(&found[3], &found[2], &found[1])))
        .chain(date::full_date(&part.replace(['-', '_', '+'], " ")))
        .collect();
    days.dedup();
    match days[..] {
        [] => None,
        [first, ref more @ ..] => Some(more.iter().all(|other| *other == first).then_some(first)),
    }
}

/// The body that a part names, spelt as Danish is; the inner None where it names several.
fn body(part: &str) -> Option<Option<String>> {
    let words: Vec<String> = part
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(|word| spelt(&word.to_lowercase()))
        .collect();
    let is_body = |word: &String| {
        BODY_ENDS.iter().any(|end| word.ends_with(end)) && !NO_BODY.iter().any(|end| word.ends_with(end))
    };
    let mut found = words.iter().enumerate().filter(|(_, word)| is_body(word));
    let (last, _) = found.next()?;
    if found.next().is_some() {
        return Some(None);
    }
    let mut name = capitalised(&words[last]);
    // `og` joins the beginnings of a name; nothing else does.
    if last >= 2 && words[last - 1] == "og" {
        let beginnings: Vec<String> = words[..last - 1]
            .iter()
            .rev()
            .take(MOST_WORDS)
            .take_while(|word| !BESIDE.contains(&word.as_str()) && word.chars().count() > 2)
            .map(|word| capitalised(word))
            .collect();
        let beginnings: Vec<String> = beginnings.into_iter().rev().collect();
        if !beginnings.is_empty() {
            name = format!("{}- og {name}", beginnings.join("-, "));
        }
    }
    Some(Some(name))
}

/// A word with its Danish letters where they were spelt out.
fn spelt(word: &str) -> String {
    SPELT_OUT.iter().fold(word.to_owned(), |word, (out, letter)| word.replace(out, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name, the day and the body that it tells.
    const NAMES: [(&str, &str, &str); 14] = [
        ("referater/2020-08-12-social-og-sundhedsudvalget.txt", "2020-08-12", "Social- og Sundhedsudvalget"),
        ("kilde/aeldreraadet_20210505.pdf", "2021-05-05", "Ældrerådet"),
        ("Referat Byrådet 12-08-2020.docx", "2020-08-12", "Byrådet"),
        ("https://x.dk/agenda=02-03-2021/Dagsorden(ID1234)/dagsorden.xml", "2021-03-02", ""),
        ("Byr%C3%A5det/2020/3.%20maj%202020.txt", "2020-05-03", "Byrådet"),
        (
            "referat-af-plan-miljø-og-klimaudvalget-9.1.2019.html",
            "2019-01-09",
            "Plan-, Miljø- og Klimaudvalget",
        ),
        ("Oekonomiudvalget/referat.txt", "", "Økonomiudvalget"),
        ("2020-08-12 til 2020-08-13.txt", "", ""),
        ("Byrådet og Ældrerådet 2020-08-12.txt", "2020-08-12", ""),
        ("27.00.00-A00-5-15.txt", "", ""),
        ("2020-13-45.txt", "", ""),
        ("12345678901234.txt", "", ""),
        ("lokalområde.txt", "", ""),
        ("%zz%", "", ""),
    ];

    #[test]
    fn names_tell_day_and_body() {
        for (name, day, body) in NAMES {
            let hint = Hint::of(name);
            assert_eq!(hint.date.map(|day| day.to_string()).unwrap_or_default(), day, "{name}");
            assert_eq!(hint.body.unwrap_or_default(), body, "{name}");
        }
    }

    #[test]
    fn long_and_deep_names_tell_nothing() {
        assert_eq!(Hint::of(&format!("2020-08-12{}", "x".repeat(LONGEST_PART))), Hint::default());
        assert_eq!(Hint::of(&format!("2020-08-12{}", "/x".repeat(MOST_PARTS))), Hint::default());
    }
}
