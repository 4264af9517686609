//! How days and periods are written: one pattern and one reader for each form.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Captures;

use super::{Day, Holiday, Mention, Unit, When, month};
use crate::understand::number;
use crate::{Pattern, pattern};

/// More days than a sentence names: what goes on after them is a table, and no text may make the patterns crawl.
const MOST_MENTIONS: usize = 60;

/// How often a pattern may match in vain in one sentence: more numbers than that are a table of figures.
const MOST_TRIES: usize = 200;

/// Words for a season, and its first and last month.
const SEASONS: [(&str, i8, i8); 4] = [("forår", 3, 5), ("sommer", 6, 8), ("efterår", 9, 11), (WINTER, 12, 2)];

/// The season that begins in one year and ends in the next.
const WINTER: &str = "vinter";

static DAY_MONTH: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:\b(\d{1,2})\.?\s*(-|–|—|til)\s*(?:(?:man|tirs|ons|tors|fre|lør|søn)dag\s+)?(?:(?:den|d\.)\s*)?)?",
        r"\b(\d{1,2})\.?\s{0,2}(\p{L}{3,9})\b\.?(?:,?\s+(\d{4})\b)?",
    ))
});
static NUMERIC: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\b(\d{1,2})([./-])(\d{1,2})(?:[./-](\d{4}|\d{2})\b|[ -]{1,2}(\d{4})\b|\b)"));
/// `18/2 - 22/2 2019`, `5/6-12/6`.
static BARE_PERIOD: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"\b(\d{1,2})/(\d{1,2})\s*(-|–|til)\s*(\d{1,2})/(\d{1,2})\b(?:(?:/|\s|-|\s-\s)(\d{4})\b)?")
});
static ISO: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\b(\d{4})-(\d{2})-(\d{2})\b"));
/// The names of months as they stand alone, in any case.
const MONTH_NAMES: &str = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|jan|feb|febr|apr|aug|sept|sep|okt|nov|dec";
/// Parts of a month, and the first and last day of each; the day 31 is the month's last.
const PARTS_OF_MONTH: [(&str, i8, i8); 16] = [
    ("primo", 1, 10),
    ("starten af", 1, 10),
    ("begyndelsen af", 1, 10),
    ("først i", 1, 10),
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
static MONTHS_ALONE: LazyLock<Pattern> = LazyLock::new(|| {
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
static MISSPELT: LazyLock<Pattern> = LazyLock::new(|| {
    let parts = parts_of_month();
    pattern(&format!(
        r"(?i)\b(?:({parts})\s+(\p{{L}}{{5,10}})\b(?:\s+(\d{{4}})\b)?|(\p{{L}}{{5,10}})\s+(\d{{4}})\b)"
    ))
});
static PART_OF_YEAR: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(primo|ultimo|(?:starten|begyndelsen|slutningen|udgangen|(?:første|anden|sidste|[12]\.) halvdel) af)",
        r"\s+(?:året?\s+)?(?:(\d{4})\b|(?:det\s+(?:nye|kommende)|næste)\s+år\b)",
        r"|(ultimo|(?:slutningen|udgangen|(?:anden|sidste|2\.) halvdel) af)\s+(?:året|i\s+år|dette\s+år|indeværende\s+år)\b",
        r"|årets\s+(?:udgang|slutning)\b",
        r"|(?:inden|før|senest\s+(?:ved|til|inden))\s+årsskiftet\b(?:\s+(\d{4})(?:\s?[/-]\s?\d{2,4})?\b)?)",
    ))
});
static QUARTER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(udgangen af\s+)?(?:(?:([1-4])\.\s*(?:og|til|-|–|/)\s*)?([1-4])\.\s?(kvartal|kvt|kv\b|halvår)",
        r"|(første|andet|tredje|fjerde)\s+(kvartal|halvår))\b\.?(?:\s+(?:af\s+|i\s+)?(\d{4})\b)?",
    ))
});
static SHORT_QUARTER: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\bQ([1-4])(?:\s*[-–]\s*Q([1-4]))?\s+(?:i\s+)?(\d{4})\b"));
static SEASON: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(inden|før)\s+)?(forår|sommer|efterår|vinter)(et|en|ets|ens|ferien)?",
        r"(?:\s+(\d{4})(?:\s?[/-]\s?(\d{4}|\d{2}))?\b)?\b",
    ))
});
static WEEK: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\buge(?:rne)?(?:\s*nr\.)?\s+(\d{1,2})((?:,\s*\d{1,2}\b){0,9})",
        r"(?:\s*(?:-|–|og|til|/|\+|eller)\s*(?:uge\s+)?(\d{1,2})\b)?(?:(?:,?\s+(?:i\s+)?|/)(\d{4})\b)?",
    ))
});

/// By when, told by the holiday that comes then: `inden jul`, `senest før påske`.
static BEFORE_HOLIDAY: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:inden|før)\s+(påske|efterårsferie|jul)(?:n|en|e?ferien|e?dagene)?(?:\s+(\d{4})(?:\s?[/-]\s?\d{2,4})?\b)?\b",
    )
});
/// The first meeting after the summer holiday: councils meet again in August.
static FIRST_AFTER_SUMMER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:første|1\.)\s+(?:(?:ordinære\s+)?\p{L}*møde|møde\s+\p{L}+)\s+efter\s+sommer(?:ferien|en)(?:\s+(\d{4})\b)?",
    )
});
/// A stretch of time from the meeting: `om tre måneder`, `om ca. et halvt år`.
static IN_A_WHILE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\bom\s+(?:(?:ca\.|cirka|omkring|yderligere)\s+)?(\d{{1,2}}|{numbers}|et\s+halvt)\s+(uge|uger|måned|måneder|år)\b",
        numbers = *number::WORDS
    ))
});
/// A stretch of time from another day of the sentence: `en uge senere`, `14 dage efter`.
static LATER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(\d{{1,2}}|{numbers})\s+(dag|dage|uge|uger|måned|måneder)\s+senere\b",
        numbers = *number::WORDS
    ))
});

/// What reads a pattern's match.
type Reader = fn(&str, &Captures<'_>) -> Option<When>;

/// [`PARTS_OF_MONTH`] for a pattern.
fn parts_of_month() -> String {
    PARTS_OF_MONTH.map(|(part, ..)| part.replace('.', r"\.")).join("|")
}

static MONTH_NAME: LazyLock<Pattern> = LazyLock::new(|| pattern(&format!("(?i){MONTH_NAMES}")));
static PART_OF_MONTH: LazyLock<Pattern> = LazyLock::new(|| pattern(&format!("(?i){}", parts_of_month())));

/// Words of days and periods, one of which stands in whatever is told without a figure.
static WORD: LazyLock<Pattern> = LazyLock::new(|| {
    let parts = parts_of_month();
    let seasons = SEASONS.map(|(season, ..)| season).join("|");
    pattern(&format!(
        r"(?i){MONTH_NAMES}|{parts}|{seasons}|årets|årsskiftet|kvartal|halvår|påske|jul|\s(?:uge|måned|år)"
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
static READERS: [(&LazyLock<Pattern>, Needs, Reader); 14] = [
    (&ISO, Needs::OneOf(&["-"]), iso),
    (&BARE_PERIOD, Needs::OneOf(&["/"]), bare_period),
    (&WEEK, Needs::OneOf(&["uge", "Uge"]), week),
    (&DAY_MONTH, Needs::Digit, day_month),
    (&NUMERIC, Needs::Digit, numeric),
    (&QUARTER, Needs::OneOf(&["vartal", "alvår", "kv"]), quarter),
    (&SHORT_QUARTER, Needs::OneOf(&["Q"]), short_quarter),
    (&MONTHS_ALONE, Needs::Month, months_alone),
    (&MISSPELT, Needs::YearOrPart, misspelt_month),
    (&PART_OF_YEAR, Needs::OneOf(&["ltimo", "rimo", " af ", "rets ", "rsskiftet"]), part_of_year),
    (&BEFORE_HOLIDAY, Needs::OneOf(&["inden", "Inden", "før", "Før"]), before_holiday),
    (&FIRST_AFTER_SUMMER, Needs::OneOf(&["efter sommer"]), first_after_summer),
    (&IN_A_WHILE, Needs::OneOf(&["om ", "Om "]), in_a_while),
    (&SEASON, Needs::OneOf(&["orår", "ommer", "fterår", "inter"]), season),
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
    with_later_days(text, with_years_of_lists(text, join_ranges(text, with_listed_days(text, found))))
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

/// Adds the days that are told by those before them: `den 3. maj og en uge senere`.
fn with_later_days(text: &str, mut mentions: Vec<Mention>) -> Vec<Mention> {
    if !text.contains(" senere") {
        return mentions;
    }
    for found in LATER.captures_iter(text).take(MOST_MENTIONS) {
        let (Some(whole), Some(unit)) = (found.get(0), found.get(2).and_then(|word| unit(word.as_str())))
        else {
            continue;
        };
        let before = mentions.iter().rfind(|mention| mention.end <= whole.start());
        let (Some(count), Some(&Mention { when: When::Day(day), next_year, .. })) =
            (number::read(&found[1]).and_then(|count| i32::try_from(count).ok()), before)
        else {
            continue;
        };
        let when = When::Later { day, count, unit };
        mentions.push(Mention { start: whole.start(), end: whole.end(), when, next_year });
    }
    mentions.sort_by_key(|mention| mention.start);
    mentions
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word.to_lowercase().as_str() {
        "dag" | "dage" => Unit::Days,
        "uge" | "uger" => Unit::Weeks,
        "måned" | "måneder" => Unit::Months,
        "år" => Unit::Years,
        _ => return None,
    })
}

fn before_holiday(_: &str, found: &Captures<'_>) -> Option<When> {
    let holiday = match found[1].to_lowercase().as_str() {
        "påske" => Holiday::Easter,
        "efterårsferie" => Holiday::Autumn,
        _ => Holiday::Christmas,
    };
    Some(When::Before { holiday, year: number(found, 2) })
}

fn first_after_summer(_: &str, found: &Captures<'_>) -> Option<When> {
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

fn in_a_while(text: &str, found: &Captures<'_>) -> Option<When> {
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
    Some(When::In { count: i32::try_from(number::read(&words)?).ok()?, unit })
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

fn number<T: std::str::FromStr>(captures: &Captures<'_>, group: usize) -> Option<T> {
    captures.get(group)?.as_str().parse().ok()
}

fn valid(day: Day) -> Option<Day> {
    Date::new(day.year.unwrap_or(2000), day.month, day.day).ok().map(|_| day)
}

/// The word before a match, in lower case.
fn word_before(before: &str) -> String {
    before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase()
}

fn iso(text: &str, found: &Captures<'_>) -> Option<When> {
    if in_address(text, found) {
        return None;
    }
    valid(Day { year: number(found, 1), month: number(found, 2)?, day: number(found, 3)? }).map(When::Day)
}

fn day_month(text: &str, found: &Captures<'_>) -> Option<When> {
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
const DAY_WORDS: [&str; 20] = [
    "d.", "d", "den", "pr.", "pr", "senest", "inden", "møde", "mødet", "møder", "holdes", "dagen", "dato:",
    "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag",
];

/// Words before a bare `28/1` that stand before days and fractions alike.
const DAY_OR_FRACTION_WORDS: [&str; 6] = ["til", "fra", "på", "og", "er", "med"];

/// What is counted in fractions: `1/2 stilling`, `2/3 af gruppen`, `fra 1/4 til 1/2 time`.
static IS_FRACTION: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^(?:\s*(?:til|eller|og|-|–)\s*\d{1,2}/\d{1,2})?\s+",
        r"(?:af|del|stilling|time|dag|år|måned|side|liter|kg|mio|million|pris|årsværk|plads)",
    ))
});

fn bare_period(text: &str, found: &Captures<'_>) -> Option<When> {
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

fn numeric(text: &str, found: &Captures<'_>) -> Option<When> {
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
        (None, ".") => ["d.", "den"].contains(&word_before(before).as_str()) && after.starts_with('.'),
        (None, _) => false,
    };
    (is_day && !in_address(text, found)).then_some(When::Day(day))
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
fn is_other_number(before: &str, after: &str) -> bool {
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
    let in_list = cue.strip_suffix(',').is_some_and(|item| item.contains('/'));
    (in_list || DAY_OR_FRACTION_WORDS.contains(&cue.as_str()))
        && !is_common_fraction(day)
        && !IS_FRACTION.is_match(after)
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

fn months_alone(text: &str, found: &Captures<'_>) -> Option<When> {
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
const LAST_DAY: i8 = 31;

/// The first and last day of a part of a month.
fn part_of_month(words: &str) -> Option<(i8, i8)> {
    let words = words.to_lowercase();
    PARTS_OF_MONTH.iter().find(|(part, ..)| *part == words).map(|(_, first, last)| (*first, *last))
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

/// "i januar, april og september 2021": the year printed at the last month is that of those before it.
fn with_years_of_lists(text: &str, mut mentions: Vec<Mention>) -> Vec<Mention> {
    for at in (1..mentions.len()).rev() {
        let (before, after) = mentions.split_at_mut(at);
        let (Some(one), Some(next)) = (before.last_mut(), after.first()) else { continue };
        let gap = text.get(one.end..next.start).unwrap_or_default().trim();
        let (When::Month { year: Some(of_list), month: first_next, .. }
        | When::Months { year: Some(of_list), first: first_next, .. }) = next.when
        else {
            continue;
        };
        if let (When::Month { year, month: last, .. } | When::Months { year, last, .. }, true) =
            (&mut one.when, LIST_GAPS.contains(&gap))
            && year.is_none()
        {
            *year = Some(if *last < first_next { of_list } else { of_list - 1 });
        }
    }
    mentions
}

/// What stands between the months of a list.
const LIST_GAPS: [&str; 6] = [",", "og", "eller", "samt", ", og", "og i"];

fn misspelt_month(text: &str, found: &Captures<'_>) -> Option<When> {
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

fn part_of_year(_: &str, found: &Captures<'_>) -> Option<When> {
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
fn names_next_year(text: &str, start: usize, end: usize) -> bool {
    static INSIDE: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)\b(?:næste|det\s+(?:nye|kommende))\s+år$"));
    static AFTER: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)^\s+(?:(?:til|i|af)\s+)?(?:næste|det\s+(?:nye|kommende))\s+år\b"));
    text[start..end].ends_with("år") && INSIDE.is_match(&text[start..end])
        || text[end..].starts_with(char::is_whitespace) && AFTER.is_match(&text[end..])
}

fn short_quarter(_: &str, found: &Captures<'_>) -> Option<When> {
    let first: i8 = number(found, 1)?;
    let last = number(found, 2).unwrap_or(first);
    let when =
        When::Months { from: None, year: number(found, 3), first: (first - 1) * 3 + 1, last: last * 3 };
    (first <= last).then_some(when)
}

fn quarter(text: &str, found: &Captures<'_>) -> Option<When> {
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
const SEASON_CUES: [&str; 11] =
    ["i", "af", "til", "løbet", "hen", "over", "henover", "på", "fra", "dette", "kommende"];

fn season(text: &str, found: &Captures<'_>) -> Option<When> {
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

fn week(_: &str, found: &Captures<'_>) -> Option<When> {
    let first: i8 = number(found, 1)?;
    let listed = found.get(2).and_then(|list| list.as_str().rsplit(',').next()?.trim().parse().ok());
    let last = number(found, 3).or(listed).unwrap_or(first);
    (1..=53).contains(&first).then_some(())?;
    (first..=53).contains(&last).then_some(When::Weeks { year: number(found, 4), first, last })
}

/// What stands between the two ends of a period, without weekdays and "den".
const RANGE_GAPS: [&str; 6] = ["til", "-", "–", "—", "til og med", "frem til"];

/// Words in that gap, and before the first day, that say nothing.
const DAY_FILLERS: [&str; 9] =
    ["den", "d.", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];

/// A longer gap holds words of its own.
const LONGEST_GAP: usize = 40;

/// The days that stand before a day and share its month: `3., 10. og 17. maj`. Days that follow each other are one run.
fn with_listed_days(text: &str, mentions: Vec<Mention>) -> Vec<Mention> {
    static LISTED: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(concat!(
            r"(?:\b\d{1,2}(?:\.\s?,|\.?,?\s?(?:og|samt|eller|\+))\s*",
            r"(?:(?:man|tirs|ons|tors|fre|lør|søn)dag\s+)?(?:(?:den|d\.)\s*)?)+$",
        ))
    });
    static NUMBER: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\d{1,2}"));
    /// The days of a month and what parts them.
    const WINDOW: usize = 120;
    let mut listed = Vec::new();
    for mention in mentions {
        let before = &text[..mention.start];
        let near = &before[before.ceil_char_boundary(before.len().saturating_sub(WINDOW))..];
        let is_day_of_month = matches!(mention.when, When::Day(_))
            && text[mention.start..mention.end].contains(char::is_alphabetic);
        let list = LISTED.find(near).filter(|_| is_day_of_month);
        let (Some(list), When::Day(last)) = (list, mention.when) else {
            listed.push(mention);
            continue;
        };
        let offset = mention.start - near.len() + list.start();
        let days: Vec<(usize, usize, Day)> = NUMBER
            .find_iter(list.as_str())
            .filter_map(|found| {
                let day = valid(Day { day: found.as_str().parse().ok()?, ..last })?;
                Some((offset + found.start(), offset + found.end(), day))
            })
            .collect();
        let numbers: Vec<i8> = days.iter().map(|(.., day)| day.day).chain([last.day]).collect();
        if !numbers.windows(2).all(|pair| pair[0] < pair[1]) {
            listed.push(mention);
            continue;
        }
        match days.first() {
            // "mellem den 7. og den 11. december": from the one to the other.
            Some((start, end, first))
                if days.len() == 1
                    && is_range(&text[..*start], text[*end..mention.start].trim_start_matches('.')) =>
            {
                listed.push(Mention { start: *start, when: When::Days(*first, last), ..mention });
            }
            Some((start, _, first)) if numbers.windows(2).all(|pair| pair[0] + 1 == pair[1]) => {
                listed.push(Mention { start: *start, when: When::Days(*first, last), ..mention });
            }
            _ => {
                let more = days.iter().map(|(start, end, day)| Mention {
                    start: *start,
                    end: *end,
                    when: When::Day(*day),
                    next_year: mention.next_year,
                });
                listed.extend(more);
                listed.push(mention);
            }
        }
    }
    listed
}

/// Two times with "til" or a dash between them, or with "mellem" and "og" around them, are one period; so are months and
/// seasons that follow each other ("marts og april", "foråret og sommeren").
fn join_ranges(text: &str, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut joined: Vec<Mention> = Vec::new();
    for mention in mentions {
        if let Some(previous) = joined.last_mut()
            && let Some(when) = both(text, previous, &mention)
        {
            previous.when = when;
            previous.end = mention.end;
            previous.next_year |= mention.next_year;
            continue;
        }
        joined.push(mention);
    }
    joined
}

fn both(text: &str, one: &Mention, other: &Mention) -> Option<When> {
    let (before, gap) = (&text[..one.start], text.get(one.end..other.start)?);
    let is_neighbour = |from: Option<i16>, year: Option<i16>, last: i8, next: i8| {
        ["og", ",", "/"].contains(&gap.trim()) && next == last + 1 && (from.is_none() || from == year)
    };
    match (one.when, other.when) {
        (When::Day(first), When::Day(last)) => is_range(before, gap).then_some(When::Days(first, last)),
        (
            When::Month { year: from, month: first, first: 1, last: LAST_DAY },
            When::Month { year, month: last, first: 1, last: LAST_DAY },
        ) if is_neighbour(from, year, first, last) => Some(When::Months { from, year, first, last }),
        (
            When::Months { from: None, year: one_year, first, last: middle },
            When::Months { from: None, year, first: next, last },
        ) if is_neighbour(one_year, year, middle, next) => {
            Some(When::Months { from: None, year, first, last })
        }
        (
            When::Months { from: None, year: one_year, first, last: middle },
            When::Month { year, month: last, first: 1, last: LAST_DAY },
        ) if is_neighbour(one_year, year, middle, last) => {
            Some(When::Months { from: None, year, first, last })
        }
        // "ultimo maj eller primo juni": the end of one month and the beginning of the next.
        (When::Month { month: first, last: LAST_DAY, .. }, When::Month { month: last, first: 1, .. })
            if ["eller", "/"].contains(&gap.trim()) && last == first % 12 + 1 =>
        {
            stretch(one, other)
        }
        _ if is_range(before, gap) => stretch(one, other),
        _ => None,
    }
}

/// From a day or a part of a month to another.
fn stretch(one: &Mention, other: &Mention) -> Option<When> {
    let first = match one.when {
        When::Day(day) => day,
        When::Month { year, month, first, .. } => Day { year, month, day: first },
        _ => return None,
    };
    match other.when {
        When::Day(last) => Some(When::Stretch(first, last)),
        When::Month { year, month, last, .. } => Some(When::Stretch(first, Day { year, month, day: last })),
        _ => None,
    }
}

fn is_range(before: &str, gap: &str) -> bool {
    if gap.len() > LONGEST_GAP {
        return false;
    }
    let words: Vec<&str> =
        gap.split_whitespace().filter(|word| !DAY_FILLERS.contains(&word.to_lowercase().as_str())).collect();
    let gap = words.join(" ");
    let opens = || before.split_whitespace().rev().take(4).find(|word| !DAY_FILLERS.contains(word));
    RANGE_GAPS.contains(&gap.as_str())
        || (gap == "og" && opens().is_some_and(|word| word.eq_ignore_ascii_case("mellem")))
}
