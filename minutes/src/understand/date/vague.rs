//! How months, seasons, quarters, weeks and stretches of time are written: one pattern and one reader for each form.

use std::sync::LazyLock;

use regex::Captures;

use super::figures::{number, word_before};
use super::{Day, Holiday, Unit, When, month};
use crate::understand::number as counted;
use crate::{Pattern, pattern};

/// Words for a season, and its first and last month.
pub(super) const SEASONS: [(&str, i8, i8); 4] =
    [("forår", 3, 5), ("sommer", 6, 8), ("efterår", 9, 11), (WINTER, 12, 2)];

/// The season that begins in one year and ends in the next.
const WINTER: &str = "vinter";

/// The names of months as they stand alone, in any case.
pub(super) const MONTH_NAMES: &str = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|jan|feb|febr|apr|aug|sept|sep|okt|nov|dec";

/// Parts of a month, and the first and last day of each; the day 31 is the month's last.
const PARTS_OF_MONTH: [(&str, i8, i8); 16] = [
    ("primo", 1, 10),
    ("starten af", 1, 10),
    ("begyndelsen af", 1, 10),
    // Said of what does not come before that month as well.
    ("først i", 1, 31),
    ("medio", 11, 20),
    ("midten af", 11, 20),
    ("midt i", 11, 20),
    ("ultimo", 21, 31),
    ("slutningen af", 21, 31),
    ("sidst i", 21, 31),
    ("udgangen af", 31, 31),
    ("første halvdel af", 1, 15),
    ("1. halvdel af", 1, 15),
    ("anden halvdel af", 16, 31),
    ("2. halvdel af", 16, 31),
    ("sidste halvdel af", 16, 31),
];

/// A month, or months from one to another (`marts-april`, `fra august 2019 til juni 2020`, `juni/juli`).
pub(super) static MONTHS_ALONE: LazyLock<Pattern> = LazyLock::new(|| {
    let parts = parts_of_month();
    pattern(&format!(
        concat!(
            r"(?i)\b(?:({parts})(?:\s*(?:/|-|–|til|eller)\s*(medio|ultimo))?\s+)?",
            r"({name})\b\.?(?:\s+måned)?(?:\s+(\d{{4}})\b)?",
            r"(?:\s*(?:-|–|/|til)\s*({name})\b(?:\s+(\d{{4}})\b)?)?",
        ),
        name = MONTH_NAMES,
        parts = parts
    ))
});

/// A month whose name may be spelled wrongly, with its year or a part of it: `i decmeber 2018`, `ultimo decmeber`.
pub(super) static MISSPELT: LazyLock<Pattern> = LazyLock::new(|| {
    let parts = parts_of_month();
    pattern(&format!(
        r"(?i)\b(?:({parts})\s+(\p{{L}}{{5,10}})\b(?:\s+(\d{{4}})\b)?|(\p{{L}}{{5,10}})\s+(\d{{4}})\b)"
    ))
});

/// A month whose name is spelled wrongly, with neither year nor part: `i septmber`.
pub(super) static MISSPELT_ALONE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\b(?:i|til|inden|senest\s+i|løbet\s+af)\s+(\p{Ll}{6,10})\b"));

/// Words of a sentence that tell of what is to come: without one a word that is nearly a month's name is no time.
pub(super) const FUTURE_CUES: [&str; 14] = [
    "behandl",
    "dagsorden",
    "drøft",
    "evaluer",
    "forelæg",
    "forvent",
    "fremlæg",
    "igen",
    "planlagt",
    "skal ",
    "udsat",
    "udsættes",
    "ventes",
    "vil ",
];

pub(super) fn misspelt_alone(text: &str, found: &Captures<'_>) -> Option<When> {
    let word = found.get(1)?;
    // "i oktober 2018" and its like have been read: what is left has no year. A number after it is something else.
    let after = text[word.end()..].trim_start();
    let month = month(word.as_str()).filter(|_| !after.starts_with(|c: char| c.is_ascii_digit()))?;
    Some(When::Month { year: None, month, first: 1, last: LAST_DAY })
}

pub(super) static PART_OF_YEAR: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(primo|ultimo|(?:starten|begyndelsen|slutningen|udgangen|(?:første|anden|sidste|[12]\.) halvdel) af)",
        r"\s+(?:året?\s+)?(?:(\d{4})\b|(?:det\s+(?:nye|kommende)|næste)\s+år\b)",
        r"|(ultimo|(?:slutningen|udgangen|(?:anden|sidste|2\.) halvdel) af)\s+(?:året|i\s+år|dette\s+år|indeværende\s+år)\b",
        r"|årets\s+(?:udgang|slutning)\b",
        r"|(?:inden|før|ved|omkring|senest\s+(?:ved|til|inden))\s+årsskiftet\b(?:\s+(\d{4})(?:\s?[/-]\s?\d{2,4})?\b)?)",
    ))
});

pub(super) static QUARTER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(udgangen af\s+)?(?:(?:([1-4])\.\s*(?:og|til|-|–|/)\s*)?([1-4])\.\s?(kvartal|kvt|kv\b|halvår)",
        r"|(første|andet|tredje|fjerde)\s+(kvartal|halvår))\b\.?(?:\s+(?:af\s+|i\s+)?(\d{4})\b)?",
    ))
});

pub(super) static SHORT_QUARTER: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\bQ([1-4])(?:\s*[-–]\s*Q([1-4]))?\s+(?:i\s+)?(\d{4})\b"));

pub(super) static SEASON: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(inden|før)\s+)?(forår|sommer|efterår|vinter)(et|en|ets|ens|ferien)?",
        r"(?:\s+(\d{4})(?:\s?[/-]\s?(\d{4}|\d{2}))?\b)?\b",
    ))
});

pub(super) static WEEK: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\buge(?:rne)?(?:\s*nr\.)?\s+(\d{1,2})((?:,\s*\d{1,2}\b){0,9})",
        r"(?:\s*(?:-|–|og|til|/|\+|eller)\s*(?:uge\s+)?(\d{1,2})\b)?(?:(?:,?\s+(?:i\s+)?|/)(\d{4})\b)?",
    ))
});

/// By when, told by the holiday that comes then: `inden jul`, `senest før påske`.
pub(super) static BEFORE_HOLIDAY: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:inden|før)\s+(påske|efterårsferie|jul)(?:n|en|e?ferien|e?dagene)?(?:\s+(\d{4})(?:\s?[/-]\s?\d{2,4})?\b)?\b",
    )
});

/// The first meeting after the summer holiday: councils meet again in August.
pub(super) static FIRST_AFTER_SUMMER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:første|1\.|førstkommende|næstkommende|næste)\s+(?:(?:ordinære\s+)?\p{L}*møde|møde\s+\p{L}+)\s+efter\s+sommer(?:ferien|en)(?:\s+(\d{4})\b)?",
    )
});

const DAYS_OF_WEEK: i32 = 7;

/// A stretch of time from the meeting: `om tre måneder`, `om ca. et halvt år`.
pub(super) static IN_A_WHILE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\bom\s+(?:(?:ca\.|cirka|omkring|yderligere)\s+)?(\d{{1,2}}|{numbers}|[eé]t\s+halvt)\s+(dage|uge|uger|måned|måneder|år)\b",
        numbers = *counted::WORDS
    ))
});

/// By when, counted from the meeting: `inden 14 dage`, `inden for tre uger`, `inden for de næste 3 måneder`.
pub(super) static WITHIN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"(?i)\binden(?:\s*for)?\s+(?:(?:de\s+)?(?:næste|kommende)\s+)?",
            r"(\d{{1,2}}|{numbers})\s+(dage|uge|uger|måned|måneder)\b",
        ),
        numbers = *counted::WORDS
    ))
});

/// What makes of a stretch of time one that is counted from something else than the meeting.
const COUNTED_FROM: [&str; 7] = ["efter", "fra", "før", "forud", "af", "siden", "inden"];

pub(super) fn within(text: &str, found: &Captures<'_>) -> Option<When> {
    let after =
        text[found.get(0)?.end()..].split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    if after.is_some_and(|word| COUNTED_FROM.contains(&word.to_lowercase().as_str())) {
        return None;
    }
    let count = i32::try_from(counted::read(&found[1])?).ok()?;
    Some(When::Within { count, unit: unit(&found[2])? })
}

/// [`PARTS_OF_MONTH`] for a pattern.
pub(super) fn parts_of_month() -> String {
    PARTS_OF_MONTH.map(|(part, ..)| part.replace('.', r"\.")).join("|")
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word.to_lowercase().as_str() {
        "dag" | "dage" => Unit::Days,
        "uge" | "uger" => Unit::Weeks,
        "måned" | "måneder" => Unit::Months,
        "år" => Unit::Years,
        _ => return None,
    })
}

pub(super) fn before_holiday(_: &str, found: &Captures<'_>) -> Option<When> {
    let holiday = match found[1].to_lowercase().as_str() {
        "påske" => Holiday::Easter,
        "efterårsferie" => Holiday::Autumn,
        _ => Holiday::Christmas,
    };
    Some(When::Before { holiday, year: number(found, 2) })
}

pub(super) fn first_after_summer(_: &str, found: &Captures<'_>) -> Option<When> {
    Some(When::Month { year: number(found, 1), month: 8, first: 1, last: LAST_DAY })
}

/// Words before a stretch of time that only speaks of how long something is: `ansøgning om tre måneders …` has its own ending.
const ASKED_FOR: [&str; 12] = [
    "aftale",
    "aftalen",
    "ansøgning",
    "ansøger",
    "anmoder",
    "anmodning",
    "forlængelse",
    "søger",
    "søge",
    "søgt",
    "beder",
    "udsættelse",
];

pub(super) fn in_a_while(text: &str, found: &Captures<'_>) -> Option<When> {
    let (whole, words) = (found.get(0)?, found[1].to_lowercase());
    // "ca. 4 gange om 1 år" and "søger om to måneder" count something else.
    let before = word_before(&text[..whole.start()]);
    if ASKED_FOR.contains(&before.as_str()) || ["gang", "gange"].contains(&before.as_str()) {
        return None;
    }
    let unit = unit(&found[2])?;
    if words.ends_with("halvt") {
        return (unit == Unit::Years).then_some(When::In { count: 6, unit: Unit::Months });
    }
    let count = i32::try_from(counted::read(&words)?).ok()?;
    // Who says "om 14 dage" counts weeks.
    Some(match unit {
        Unit::Days if count % DAYS_OF_WEEK == 0 => {
            When::In { count: count / DAYS_OF_WEEK, unit: Unit::Weeks }
        }
        _ => When::In { count, unit },
    })
}

/// Words before a month without year or part that make it a time to come rather than a name.
const MONTH_CUES: [&str; 15] = [
    "i",
    "til",
    "inden",
    "senest",
    "hen",
    "løbet",
    "af",
    "for",
    "mødet",
    "udvalgsmøde",
    "møde",
    "hele",
    "hhv",
    "hhv.",
    "henholdsvis",
];

pub(super) fn months_alone(text: &str, found: &Captures<'_>) -> Option<When> {
    let whole = found.get(0)?;
    let first = month(&found[3])?;
    let year = number(found, 4);
    let part = found.get(1).and_then(|part| part_of_month(part.as_str()));
    let before = text[..whole.start()].trim_end();
    // A number right before it: a day that could not be read, never a whole month.
    if part.is_none() && before.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let (Some(last), None) = (found.get(5), part) {
        let (last, last_year) = (month(last.as_str())?, number(found, 6));
        let year_after = last_year.or(year.filter(|_| first < last));
        return Some(When::Months { from: year, year: year_after, first, last });
    }
    if let (Some((from, _)), Some(last)) = (part, found.get(5)) {
        let (last, last_year) = (month(last.as_str())?, number(found, 6));
        let year_after = last_year.or(year.filter(|_| first <= last));
        let start = Day { year, month: first, day: from };
        return Some(When::Stretch(start, Day { year: year_after, month: last, day: LAST_DAY }));
    }
    let named = year.is_some()
        || part.is_some()
        || whole.as_str().ends_with("måned")
        || is_listed_month(before)
        || (!is_person(text, found) && leads_list_of_months(&text[whole.end()..]))
        || (MONTH_CUES.contains(&word_before(before).as_str()) && !is_person(text, found));
    if !named {
        return None;
    }
    let (start, end) = part.unwrap_or((1, LAST_DAY));
    let end = found.get(2).and_then(|part| part_of_month(part.as_str())).map_or(end, |(_, end)| end);
    Some(When::Month { year, month: first, first: start, last: end })
}

/// Stands for the last day of any month.
pub(super) const LAST_DAY: i8 = 31;

/// The first and last day of a part of a month.
fn part_of_month(words: &str) -> Option<(i8, i8)> {
    let words = words.to_lowercase();
    PARTS_OF_MONTH.iter().find(|(part, ..)| *part == words).map(|(_, first, last)| (*first, *last))
}

/// `til februar-mødet`, `på martsmødet`: the month in which a body meets.
pub(super) static MONTH_OF_MEETING: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b({MONTH_NAMES})-?(?:udvalgs|byråds|råds)?møde(?:t|rne)?\b(?:\s+(?:i\s+)?(\d{{4}})\b)?"
    ))
});

pub(super) fn month_of_meeting(_: &str, found: &Captures<'_>) -> Option<When> {
    Some(When::Month { year: number(found, 2), month: month(&found[1])?, first: 1, last: LAST_DAY })
}

/// Whether the words before a month end in months that are times: `i maj, juni og`.
fn is_listed_month(before: &str) -> bool {
    static LISTED: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)\b(?:{})\s+(?:(?:{MONTH_NAMES})(?:,|\s+og|\s+eller|\s+samt)\s+)*(?:{MONTH_NAMES})(?:,|\s+og|\s+eller|\s+samt)$",
            MONTH_CUES.join("|")
        ))
    });
    /// Twelve months and what parts them.
    const WINDOW: usize = 200;
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(WINDOW))..];
    near.ends_with([',', 'g', 'r', 't', 'G', 'R', 'T']) && LISTED.is_match(near)
}

/// Whether the words after a month are more of them, the last one with its year: `, september og december 2026`.
fn leads_list_of_months(after: &str) -> bool {
    static MORE: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(&format!(r"(?i)^(?:(?:,|\s+og|\s+eller|\s+samt)\s+(?:{MONTH_NAMES})\b){{1,11}}\s+\d{{4}}\b"))
    });
    after.starts_with([',', ' ']) && MORE.is_match(after)
}

pub(super) fn misspelt_month(text: &str, found: &Captures<'_>) -> Option<When> {
    let part = found.get(1).and_then(|part| part_of_month(part.as_str()));
    let (year, name) = match part {
        Some(_) => (number(found, 3), found.get(2)?),
        None => (Some(number(found, 5)?), found.get(4)?),
    };
    let before = text[..found.get(0)?.start()].trim_end();
    // A number right before it: a day that could not be read.
    if before.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let month = month(name.as_str())?;
    let (first, last) = part.unwrap_or((1, LAST_DAY));
    Some(When::Month { year, month, first, last })
}

/// Whether a month without a year is a person's name: `Jan Holm`, `Maj Lindholm`. Months are written without a capital.
fn is_person(text: &str, found: &Captures<'_>) -> bool {
    let (Some(whole), Some(name)) = (found.get(0), found.get(3)) else { return false };
    let surname = text[whole.end()..].strip_prefix(' ').unwrap_or_default();
    name.as_str().starts_with(char::is_uppercase) && surname.starts_with(char::is_uppercase)
}

pub(super) fn part_of_year(_: &str, found: &Captures<'_>) -> Option<When> {
    let year = number(found, 2);
    let months = |first, last| When::Months { from: None, year, first, last };
    let Some(part) = found.get(1).or_else(|| found.get(3)) else {
        return Some(When::Month { year: number(found, 4), month: 12, first: LAST_DAY, last: LAST_DAY });
    };
    let part = part.as_str().to_lowercase();
    Some(match part.split(' ').next().unwrap_or_default() {
        "primo" => When::Month { year, month: 1, first: 1, last: 10 },
        "ultimo" => When::Month { year, month: 12, first: 21, last: LAST_DAY },
        "udgangen" => When::Month { year, month: 12, first: LAST_DAY, last: LAST_DAY },
        "slutningen" => months(10, 12),
        "første" | "1." => months(1, 6),
        "anden" | "sidste" | "2." => months(7, 12),
        _ => months(1, 3),
    })
}

/// Whether a time between `start` and `end` is told as one of the year after: "i januar næste år", "starten af det nye år".
pub(super) fn names_next_year(text: &str, start: usize, end: usize) -> bool {
    static INSIDE: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)\b(?:næste|det\s+(?:nye|kommende))\s+år$"));
    static AFTER: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)^\s+(?:(?:til|i|af)\s+)?(?:næste|det\s+(?:nye|kommende))\s+år\b"));
    text[start..end].ends_with("år") && INSIDE.is_match(&text[start..end])
        || text[end..].starts_with(char::is_whitespace) && AFTER.is_match(&text[end..])
}

pub(super) fn short_quarter(_: &str, found: &Captures<'_>) -> Option<When> {
    let first: i8 = number(found, 1)?;
    let last = number(found, 2).unwrap_or(first);
    let when =
        When::Months { from: None, year: number(found, 3), first: (first - 1) * 3 + 1, last: last * 3 };
    (first <= last).then_some(when)
}

pub(super) fn quarter(text: &str, found: &Captures<'_>) -> Option<When> {
    let ordinals = ["første", "andet", "tredje", "fjerde"];
    let (nth, unit) = match number::<i8>(found, 3) {
        Some(nth) => (nth, found.get(4)?.as_str()),
        None => {
            let word = found.get(5)?.as_str().to_lowercase();
            let at = ordinals.iter().position(|ordinal| *ordinal == word)?;
            (i8::try_from(at + 1).ok()?, found.get(6)?.as_str())
        }
    };
    let whole = found.get(0)?;
    // "3. kvartalsmøde" names a meeting, not a time; "hvert 2. kvartal" is no one time.
    let is_any = ["hver", "hvert"].contains(&word_before(&text[..whole.start()]).as_str());
    if is_any || text[whole.end()..].starts_with(char::is_alphabetic) {
        return None;
    }
    let year = number(found, 7);
    let months = if unit.eq_ignore_ascii_case("halvår") { 6 } else { 3 };
    let (from, last) = (number(found, 2).unwrap_or(nth), nth * months);
    if last > 12 || from > nth {
        return None;
    }
    Some(match found.get(1) {
        Some(_) => When::Month { year, month: last, first: 31, last: 31 },
        None => When::Months { from: None, year, first: (from - 1) * months + 1, last },
    })
}

/// What may stand before a season without a year for it to be a time.
const SEASON_CUES: [&str; 13] = [
    "i", "af", "til", "løbet", "hen", "over", "henover", "på", "fra", "dette", "kommende", "tidlige", "sene",
];

pub(super) fn season(text: &str, found: &Captures<'_>) -> Option<When> {
    let whole = found.get(0)?;
    let year = number(found, 4);
    let ending = found.get(3).map_or("", |ending| ending.as_str());
    let name = found[2].to_lowercase();
    let before_it = found.get(1).is_some();
    if ending == "ferien" || (name == "sommer" && before_it) {
        return (before_it && name == "sommer").then_some(When::Before { holiday: Holiday::Summer, year });
    }
    if before_it || text[whole.end()..].starts_with(char::is_alphabetic) {
        return None;
    }
    let cue = word_before(&text[..whole.start()]);
    let open_end = ["efter", "siden"].contains(&cue.as_str());
    let genitive = ending == "ets" || ending == "ens";
    if open_end || !(year.is_some() || genitive || SEASON_CUES.contains(&cue.as_str())) {
        return None;
    }
    let (_, first, last) = SEASONS.into_iter().find(|(season, _, _)| *season == name)?;
    if name != WINTER || year.is_none() {
        return Some(When::Months { from: None, year, first, last });
    }
    // "vinteren 2018/19"; a winter of one year may be either.
    found.get(5)?;
    Some(When::Months { from: year, year: year.map(|year| year + 1), first, last })
}

pub(super) fn week(_: &str, found: &Captures<'_>) -> Option<When> {
    let first: i8 = number(found, 1)?;
    let listed = found.get(2).and_then(|list| list.as_str().rsplit(',').next()?.trim().parse().ok());
    let last = number(found, 3).or(listed).unwrap_or(first);
    (1..=53).contains(&first).then_some(())?;
    (first..=53).contains(&last).then_some(When::Weeks { year: number(found, 4), first, last })
}
