//! Days and periods that are told by their neighbours: lists of days that share a month, from one day to another, months in a row, days
//! counted from the one before.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::figures::{MOST_MENTIONS, is_other_number, valid, word_before};
use super::vague::{LAST_DAY, unit};
use super::{Day, Mention, Unit, When};
use crate::understand::number;
use crate::{Pattern, pattern};

/// A stretch of time from another day of the sentence: `en uge senere`, `14 dage efter`.
static LATER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(\d{{1,2}}|{numbers})\s+(dag|dage|uge|uger|måned|måneder)\s+senere\b",
        numbers = *number::WORDS
    ))
});

/// Adds the days that are told by those before them: `den 3. maj og en uge senere`.
pub(super) fn with_later_days(text: &str, mut mentions: Vec<Mention>) -> Vec<Mention> {
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

/// "senest et halvt år efter åbningen den 1. maj": the day that is counted to, and never the one that is counted from.
pub(super) fn with_days_after(text: &str, mut mentions: Vec<Mention>) -> Vec<Mention> {
    static AFTER: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)\b(\d{{1,3}}|{numbers}|et\s+halvt)\s+(dag|dage|uge|uger|måned|måneder|år)\s+efter,?\s+([^,;:()]{{0,60}})$",
            numbers = *number::WORDS
        ))
    });
    /// What happens on the day itself, a while after something else: "to uger efter mødet udsendes referatet den 1. maj".
    static HAPPENS: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)\b(?:\p{L}{2,}[^n\s]es|åbnes|skal|vil|kan|bliver)\s"));
    /// Longer than any such words.
    const WINDOW: usize = 120;
    const MONTHS_OF_HALF_A_YEAR: i32 = 6;
    /// With these the day itself is meant.
    const LIMITS: [&str; 3] = ["senest", "inden", "frist"];
    if !text.contains(" efter") {
        return mentions;
    }
    mentions.retain_mut(|mention| {
        let before = &text[..mention.start];
        let from = before.ceil_char_boundary(before.len().saturating_sub(WINDOW));
        let Some(found) = AFTER.captures(&before[from..]).filter(|found| !HAPPENS.is_match(&found[3])) else {
            return true;
        };
        let (Some(whole), Some(unit)) = (found.get(0), unit(&found[2])) else { return true };
        let (count, unit) = match number::read(&found[1]).and_then(|count| i32::try_from(count).ok()) {
            Some(count) => (count, unit),
            None if unit == Unit::Years => (MONTHS_OF_HALF_A_YEAR, Unit::Months),
            None => return true,
        };
        // What is counted from a month or a season leads to no day.
        let When::Day(day) = mention.when else { return false };
        mention.start = from + whole.start();
        let is_limit = LIMITS.iter().any(|word| text[..mention.start].to_lowercase().contains(word));
        mention.when = match in_month(day, count, unit).filter(|_| !is_limit) {
            Some(month) => month,
            None => When::Later { day, count, unit },
        };
        true
    });
    // What was read of the stretch itself is part of it now.
    let mut whole: Vec<Mention> = Vec::new();
    for mention in mentions {
        while whole.last().is_some_and(|previous| previous.end > mention.start) {
            whole.pop();
        }
        whole.push(mention);
    }
    whole
}

/// The month that so many months or years after a day lead to: nobody counts them to the day. None for shorter stretches, and where the
/// day has no year.
fn in_month(day: Day, count: i32, unit: Unit) -> Option<When> {
    let from = Date::new(day.year?, day.month, day.day).ok()?;
    if !matches!(unit, Unit::Months | Unit::Years) {
        return None;
    }
    let to = unit.after(from, count)?;
    Some(When::Month { year: Some(to.year()), month: to.month(), first: 1, last: LAST_DAY })
}

/// "i 3. kvartal 2026 … ultimo november samme år": the year of the time before it. Where none is told, nobody knows when it is.
pub(super) fn with_years_told_before(text: &str, mut mentions: Vec<Mention>) -> Vec<Mention> {
    /// Words after a time that give it the year named before, and how many years later.
    const YEARS: [(&str, i16); 7] = [
        ("samme år", 0),
        ("i samme år", 0),
        ("det samme år", 0),
        ("året efter", 1),
        ("det følgende år", 1),
        ("det efterfølgende år", 1),
        ("følgende år", 1),
    ];
    static YEAR: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\b20\d{2}\b"));
    if !["samme år", "året efter", "følgende år"].iter().any(|words| text.contains(words)) {
        return mentions;
    }
    let mut is_open_before = false;
    mentions.retain_mut(|mention| {
        let after = text[mention.end..].trim_start();
        let told = YEARS.iter().find(|(words, _)| after.starts_with(words));
        let (Some((_, later)), true) = (told, mention.without_year()) else {
            is_open_before |= mention.without_year();
            return true;
        };
        let printed =
            YEAR.find_iter(&text[..mention.start]).last().and_then(|year| year.as_str().parse::<i16>().ok());
        match printed {
            Some(year) => in_year(&mut mention.when, year + later),
            None => *later == 0 && is_open_before,
        }
    });
    mentions
}

/// Puts a time without a year into one; false for what has no year of its own.
fn in_year(when: &mut When, told: i16) -> bool {
    match when {
        When::Day(day) | When::Days(_, day) | When::Stretch(_, day) | When::Lasting { day, .. } => {
            day.year = Some(told);
        }
        When::Month { year, .. }
        | When::Months { year, .. }
        | When::Weeks { year, .. }
        | When::Before { year, .. } => *year = Some(told),
        When::Later { .. } | When::In { .. } | When::Within { .. } => return false,
    }
    true
}

/// Gives the days after which something lasts their length: "i 8 ugers høring fra den 1. marts", "i 3 uger fra mandag den 2. maj".
pub(super) fn with_lengths(text: &str, mut mentions: Vec<Mention>) -> Vec<Mention> {
    static LASTS: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(&format!(
            concat!(
                r"(?i)\bi\s+(\d{{1,2}}|{numbers})\s+(dages?|ugers?|måneders?)\s+(?:\p{{L}}+\s+){{0,2}}?fra\s+(?:og\s+med\s+)?",
                r"(?:(?:man|tirs|ons|tors|fre|lør|søn)dag\s+)?(?:(?:den|d\.)\s*)?$",
            ),
            numbers = *number::WORDS
        ))
    });
    /// Longer than any such words.
    const WINDOW: usize = 100;
    if !["dage", "uger", "måneder"].iter().any(|unit| text.contains(unit)) {
        return mentions;
    }
    for mention in &mut mentions {
        let When::Day(day) = mention.when else { continue };
        let before = &text[..mention.start];
        let near = &before[before.ceil_char_boundary(before.len().saturating_sub(WINDOW))..];
        let Some(found) = LASTS.captures(near) else { continue };
        let count = number::read(&found[1]).and_then(|count| i32::try_from(count).ok());
        if let (Some(count), Some(unit)) = (count, unit(found[2].trim_end_matches('s'))) {
            mention.when = When::Lasting { day, count, unit };
        }
    }
    mentions
}

/// "i januar, april og september 2021": the year printed at the last month is that of those before it.
pub(super) fn with_years_of_lists(text: &str, mut mentions: Vec<Mention>) -> Vec<Mention> {
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

/// A longer gap between two months holds a clause of its own.
const LONGEST_MONTHS_GAP: usize = 30;

/// The same times as seen from a meeting: a month without a year inside a time that has one ("i 3. kvartal 2020, senest ultimo
/// september"), or right before or after one in their order ("høring i april og vedtagelse i juni 2020"), is of its year, unless it
/// would then be over.
pub(crate) fn seen_from(text: &str, mut mentions: Vec<Mention>, meeting: Date) -> Vec<Mention> {
    for at in 0..mentions.len() {
        if !mentions[at].without_year() {
            continue;
        }
        let of_year = |year: i16| match mentions[at].when {
            When::Month { year: None, month, first, last } => {
                Some(When::Month { year: Some(year), month, first, last })
            }
            When::Months { from: None, year: None, first, last } => {
                Some(When::Months { from: None, year: Some(year), first, last })
            }
            _ => None,
        };
        let shared = mentions.iter().find_map(|other| {
            let told = Mention { when: of_year(other.year()?)?, ..mentions[at].clone() };
            let (from, to) = told.resolve(meeting).filter(|(_, to)| *to >= meeting)?;
            let (first, last) = other.resolve(meeting)?;
            let is_beside = |start: usize, end: usize| {
                text.get(start..end)
                    .is_some_and(|gap| gap.len() <= LONGEST_MONTHS_GAP && !gap.contains([',', ';', ':']))
            };
            let is_inside = first <= from && to <= last;
            let is_before = to < first && is_beside(told.end, other.start);
            let is_after = last < from && is_beside(other.end, told.start);
            (is_inside || is_before || is_after).then_some(told.when)
        });
        if let Some(when) = shared {
            mentions[at].when = when;
        }
    }
    mentions
}

/// Gives the days of a plan of meetings, which stand in their order, the year that is told before them, or the one that is printed at
/// a later day of the row: "5. november og 3. december 2024".
pub(crate) fn put_in_year(mentions: &mut [Mention], told: Option<i16>) {
    let mut later: Option<(i16, (i8, i8))> = None;
    for mention in mentions.iter_mut().rev() {
        let When::Day(day) = &mut mention.when else { continue };
        let in_year = (day.month, day.day);
        let of_row = later.map(|(year, next)| if in_year <= next { year } else { year - 1 });
        day.year = day.year.or(of_row).or(told);
        later = day.year.map(|year| (year, in_year)).or(later);
    }
}

/// The days under a month: "November 2021: Økonomiudvalget den 8., Byrådet den 24." They stand for the month itself.
pub(super) fn with_days_of_headed_month(text: &str, mut mentions: Vec<Mention>) -> Vec<Mention> {
    static BARE: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\b(?:den|d\.)\s*(\d{1,2})\.?(?:[,;)]|\s|$)"));
    let headed = |mention: &Mention| match mention.when {
        When::Month { year: Some(_), month, first: 1, last: LAST_DAY } => {
            text[mention.end..].starts_with(':').then_some(month)
        }
        _ => None,
    };
    let mut at = 0;
    while at < mentions.len() {
        let (Some(month), year) = (headed(&mentions[at]), mentions[at].year()) else {
            at += 1;
            continue;
        };
        let (start, next_year) = (mentions[at].end, mentions[at].next_year);
        let end = mentions.get(at + 1).map_or(text.len(), |next| next.start);
        let days = BARE.captures_iter(&text[start..end]).take(MOST_MENTIONS).filter_map(|found| {
            let number = found.get(1)?;
            let day = valid(Day { year, month, day: number.as_str().parse().ok()? })?;
            let (start, end) = (start + number.start(), start + number.end());
            Some(Mention { start, end, when: When::Day(day), next_year })
        });
        let days: Vec<Mention> = days.collect();
        let count = days.len();
        if count > 0 {
            mentions.splice(at..=at, days);
        }
        at += count.max(1);
    }
    mentions
}

/// What stands between the months of a list.
const LIST_GAPS: [&str; 6] = [",", "og", "eller", "samt", ", og", "og i"];

/// What stands between the two ends of a period, without weekdays and "den".
const RANGE_GAPS: [&str; 6] = ["til", "-", "–", "—", "til og med", "frem til"];

/// Words in that gap, and before the first day, that say nothing.
const DAY_FILLERS: [&str; 9] =
    ["den", "d.", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];

/// A longer gap holds words of its own.
const LONGEST_GAP: usize = 40;

/// The days that stand before a day and share its month: `3., 10. og 17. maj`. Days that follow each other are one run.
pub(super) fn with_listed_days(text: &str, mentions: Vec<Mention>) -> Vec<Mention> {
    static LISTED: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(concat!(
            r"(?:\b\d{1,2}(?:\.\s?,|\.?,?\s?(?:og|samt|eller|hhv\.?|henholdsvis|\+))\s*",
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
            .filter(|found| !is_other_figure(text, offset + found.start(), offset + found.end()))
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
            Some((start, _, first))
                if numbers.windows(2).all(|pair| pair[0] + 1 == pair[1]) && !is_respective(list.as_str()) =>
            {
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

/// "den 4. hhv. 5. april": two days, never a run.
fn is_respective(list: &str) -> bool {
    ["hhv", "henholdsvis"].iter().any(|word| list.contains(word))
}

/// "kl. 10-14 og søndag den 24. april", "punkt 3 og den 4. april": a figure before a day that is none of its month.
fn is_other_figure(text: &str, start: usize, end: usize) -> bool {
    let before = &text[..start];
    let is_ordinal = text[end..].starts_with('.');
    let goes_on = before.ends_with(['-', '–', '—', ':', '.', '/', ',']) && !is_ordinal;
    goes_on || ["kl.", "kl"].contains(&word_before(before).as_str()) || is_other_number(before, "")
}

/// Days without a month before one of their month, each with whom it is of between them: "i Skoleudvalget d. 6., i Økonomiudvalget
/// d. 19. og i Byrådet d. 26. april".
pub(super) fn with_bare_days(text: &str, mut mentions: Vec<Mention>) -> Vec<Mention> {
    static BARE: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:den|d\.)\s*(\d{1,2})\.(?:,|;|\s+(?:i|på|og|samt|hhv\.|henholdsvis)\s)")
    });
    let found: Vec<(usize, usize, i8)> = BARE
        .captures_iter(text)
        .take(MOST_MENTIONS)
        .filter_map(|found| {
            let day = found.get(1)?;
            Some((day.start(), day.end(), day.as_str().parse().ok()?))
        })
        .collect();
    for (start, end, day) in found.into_iter().rev() {
        let Some(at) = mentions.iter().position(|mention| mention.end > start) else { continue };
        let next = &mentions[at];
        let (When::Day(of_month) | When::Days(of_month, _)) = next.when else { continue };
        let is_before = end <= next.start && day < of_month.day;
        if is_before
            && text.get(end..next.start).is_some_and(tells_whose)
            && let Some(day) = valid(Day { day, ..of_month })
        {
            mentions.insert(at, Mention { start, end, when: When::Day(day), next_year: next.next_year });
        }
    }
    mentions
}

/// Words between two days that only tell of whose meeting each is.
const OF_MEETING: [&str; 19] = [
    "i",
    "på",
    "og",
    "samt",
    "hhv",
    "henholdsvis",
    "den",
    "d",
    "møde",
    "mødet",
    "endelig",
    "endeligt",
    "mandag",
    "tirsdag",
    "onsdag",
    "torsdag",
    "fredag",
    "lørdag",
    "søndag",
];

/// How the names of bodies end.
const BODY_ENDS: [&str; 4] = ["udvalget", "udvalg", "rådet", "bestyrelsen"];

/// A longer gap between such days holds words of its own.
const LONGEST_NAME: usize = 80;

/// Whether the words between two days name a body or a meeting at the most.
fn tells_whose(gap: &str) -> bool {
    let mut words = gap.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    gap.len() <= LONGEST_NAME
        && words.all(|word| {
            OF_MEETING.contains(&word)
                || BODY_ENDS.iter().any(|end| word.ends_with(end))
                || word.starts_with(char::is_uppercase)
        })
}

/// Two times with "til" or a dash between them, or with "mellem" and "og" around them, are one period; so are months and
/// seasons that follow each other ("marts og april", "foråret og sommeren").
pub(super) fn join_ranges(text: &str, mentions: Vec<Mention>) -> Vec<Mention> {
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
