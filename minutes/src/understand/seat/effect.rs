//! The day from which a change of a seat counts: as its sentence tells it, or, where that is "the same day", as told before.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::{Told, View};
use crate::model::SectionKind;
use crate::understand::date;
use crate::understand::names;
use crate::{Pattern, cued, pattern, term};

static EFFECT: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\bmed virkning (?:fra|pr\.)|\bpr\. |\bfra og med\b|\bfra den\b|\bfra \d|\b(?:med|ved) udgangen af\b|\b(?:(?:ud|ind|fra|til)træder?|overtager) den\b",
    )
});
/// The same of people, with what they leave or enter between: `A fratræder som formand for Skoleudvalget den 31. juli`.
static OF_PEOPLE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:ud|ind|fra|til)træder? (?:som|af|i|fra) (?:\p{L}+ (?:for|i|af) )?(?:\p{L}+|(?-i:\p{Lu}[\p{L}-]*(?:,? (?:\p{Lu}[\p{L}-]*|og|for|samt)){1,7}))|fritag(?:es|et|else) for (?:sit |sine )?(?:\p{L}*hverv(?:et)?|\p{L}*post(?:en)?)(?: som \p{L}+)?|(?:stopper|går af|afgår|træder tilbage)(?: som \p{L}+)?) den\b",
    )
});
/// `fra samme dato`, `pr. samme dag`, `fra og med denne dato`.
static SAME_DAY: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:samme (?:dato|dag|tidspunkt)|(?:fra|pr\.)(?: og med)? (?:denne|den) (?:dato|dag))\b")
});
/// What stands between such words and their day.
static BEFORE_DAY: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)^(?: og med)?(?: d(?:en|\.))? ?$"));

/// The turn of the year after the meeting: what changes then counts from the 1st of January.
static AT_NEW_YEAR: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\b(?:ved|fra|pr\.) (?:årsskiftet|nytår)\b"));

/// The day from which a sentence's changes count; None when neither it nor what stands before it tells one.
pub(super) fn day(told: &Told<'_>) -> Option<Date> {
    if AT_NEW_YEAR.is_match(told.text) {
        return Date::new(told.view.date?.year() + 1, 1, 1).ok();
    }
    if let Some(same) = SAME_DAY.find(told.text) {
        return named_before(told, same.start());
    }
    let of_people = || OF_PEOPLE.find(told.text).filter(|_| !told.people.is_empty());
    let cue = EFFECT.find(told.text).or_else(of_people)?;
    let mention = date::mentions(told.text).into_iter().find(|mention| {
        mention.end > cue.end() && (mention.is_exact() || cue.as_str().ends_with("udgangen af"))
    })?;
    let meeting = told.view.date?;
    if HAS_HAPPENED.is_match(told.text)
        && let Some(day) = past(&mention, meeting)
        && day.year() == meeting.year()
    {
        return Some(day);
    }
    Some(mention.resolve(meeting)?.0)
}

/// What has happened on a day whose year is left open happened before it was told.
static HAS_HAPPENED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:er|har|og) (?:[\p{L}.\d]+ ){0,5}?(?:ud|ind|fra|til)?trådt\b|\b(?:ud|ind|fra|til)trådte\b|\btrak sig\b",
    )
});

/// The last day that a mention without a year may mean on or before another; with one, the day it is. None for what is no day.
pub(super) fn past(mention: &date::Mention, meeting: Date) -> Option<Date> {
    let (day, _) = mention.resolve(meeting).filter(|_| mention.is_one_day())?;
    if !mention.without_year() || day <= meeting {
        return Some(day);
    }
    let before = Date::new(meeting.year(), day.month(), day.day()).ok()?;
    let before =
        if before > meeting { Date::new(meeting.year() - 1, day.month(), day.day()).ok()? } else { before };
    Some(before)
}

/// Words in which a sentence about people tells from when or until when they sit where they do.
static OF_SEATS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\bbytter? (?:\p{L}+ )?plads|\bfritag(?:es|et|else)\b|orlov\b|\b(?:ud|ind|fra|til)træd|\bløsgænger\b",
        r"|\brepræsenter(?:er|e) |\bskifter (?:\p{L}+ )?parti|\bgår over (?:i|til) ",
        r"|\b(?:er|som|bliver|forbliver|til|vælges|udpeges) (?:\p{L}+ )?(?:medlem|formand|næstformand|suppleant|stedfortræder)(?:mer|er)? (?:af|i|for|til) ",
    ))
});
/// Until when: `indtil den 31. december 2021`.
static UNTIL: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:indtil|frem til|til og med|til) (?:og med )?(?:udgangen af )?(?:d(?:en|\.) )?$")
});
/// From when: `fra den 1. februar`, `pr. 1. februar`, and after a verb of change `den 1. februar`.
static FROM: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\bfra|\bfra og med|\bpr\.|\b(?:med|ved) udgangen af|\b(?:ud|ind|fra|til)træder?) (?:d(?:en|\.) )?$",
    )
});
/// Days by which something is to be done are none of a seat.
static DEADLINE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)frist|\bsenest\b|\binden\b|\bsvar|\bhøring"));

/// The days from which and until which a sentence says that people sit somewhere, whether or not a seat is read from it.
pub(super) fn days_of_seats(text: &str, meeting: Date) -> Vec<Date> {
    if !OF_SEATS.is_match(text) || DEADLINE.is_match(text) || names::in_text(text).is_empty() {
        return Vec::new();
    }
    let mentions = date::mentions(text).into_iter().filter(|mention| {
        let before = &text[..mention.start];
        FROM.is_match(before) || UNTIL.is_match(before)
    });
    mentions.filter_map(|mention| mention.resolve(meeting)).flat_map(|(from, to)| [from, to]).collect()
}

/// The last day that a sentence of an office tells: a day, a month, or the end of the council's term, which is that of the first day.
pub(super) fn last_day_of_office(told: &Told<'_>, first: Option<Date>) -> Option<Date> {
    let meeting = told.view.date?;
    let until = date::mentions(told.text).into_iter().find(|mention| {
        let before = &told.text[..mention.start];
        !mention.without_year()
            && UNTIL.is_match(before)
            && (mention.is_exact() || (mention.is_month() && !before.ends_with(" til ")))
    });
    match until {
        Some(until) => Some(until.resolve(meeting)?.1),
        None => end_of_term(told.text, meeting, first),
    }
}

/// Whether the words before a day are those of how long a choice counts: "Valget gælder for resten af perioden, dvs. til og med".
pub(in crate::understand) fn is_term_of_choice(before: &str) -> bool {
    static COUNTS: LazyLock<Pattern> = LazyLock::new(|| {
        cued(
            "gæld|løb|vare",
            concat!(
                r"(?i)^[\s•*–-]*(?:valgene|valget|udpegningerne|udpegningen|beskikkelserne|beskikkelsen|hvervet|mandatet)\s+(?:gælder|er\s+gældende|løber|varer)\b",
                r"[^;:]*$",
            ),
        )
    });
    COUNTS.is_match(before)
}

/// The last day that one sentence of a decision gives all that its item chose; None where none does, or several do.
pub(super) fn last_day_of_choices(view: &View<'_>) -> Option<Date> {
    let meeting = view.date?;
    let decided = view.sentences.iter().filter(|sentence| sentence.section == SectionKind::Decision);
    let mut days = decided.filter(|sentence| is_term_of_choice(&sentence.text)).filter_map(|sentence| {
        let text = &*sentence.text;
        let mentions = date::mentions(text);
        let until = mentions.into_iter().find(|it| it.is_exact() && UNTIL.is_match(&text[..it.start]))?;
        until.resolve(meeting).map(|(_, day)| day)
    });
    let (only, more) = (days.next()?, days.next());
    more.is_none().then_some(only)
}

/// The last day of the council's term, where a text says that something lasts so long. Who speaks of the term right before the next one
/// may mean either: None, unless the first day tells which.
fn end_of_term(text: &str, meeting: Date, first: Option<Date>) -> Option<Date> {
    static LASTS: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(resten|udgangen|udløbet|slutningen) af (?:den |hele )?(?:(?:indeværende|nuværende|kommunale|igangværende) )?",
            r"(?:(?:byråds|kommunalbestyrelses|valg)perioden?|(?:byrådets|kommunalbestyrelsens) (?:funktions|valg)?periode)\b",
        ))
    });
    if !text.contains("periode") {
        return None;
    }
    let found = LASTS.captures(text)?;
    let is_rest = found[1].eq_ignore_ascii_case("resten");
    match first {
        Some(first) => Some(term::of(first).1),
        None if term::may_constitute(meeting) && !is_rest => None,
        None => Some(term::of(meeting).1),
    }
}

/// The day that was named last before a place of the text: in the sentence, in those before it in its section, else the only
/// one from which the item says that anything counts.
fn named_before(told: &Told<'_>, at: usize) -> Option<Date> {
    let meeting = told.view.date?;
    let earlier = told.view.sentences[..told.at].iter().rev();
    let earlier = earlier.take_while(|sentence| sentence.section == told.sentence.section);
    std::iter::once(&told.text[..at])
        .chain(earlier.map(|sentence| &*sentence.text))
        .find_map(|text| last_day(text, meeting))
        .or(told.only_day)
}

/// The last day of a text, one from which something counts before any other.
fn last_day(text: &str, meeting: Date) -> Option<Date> {
    let cues: Vec<usize> = EFFECT.find_iter(text).map(|cue| cue.start()).collect();
    let mut last = None;
    for mention in date::mentions(text).into_iter().filter(date::Mention::is_exact) {
        let Some((day, _)) = mention.resolve(meeting) else { continue };
        let counts = cues.iter().rev().find(|cue| **cue <= mention.start).is_some_and(|cue| {
            let words = &text[*cue..mention.start];
            EFFECT
                .find(words)
                .map_or(words.len() < SHORTEST_CUE, |cue| BEFORE_DAY.is_match(&words[cue.end()..]))
        });
        match last {
            Some((_, true)) if !counts => {}
            _ => last = Some((day, counts)),
        }
    }
    last.map(|(day, _)| day)
}

/// `fra 1.`: where the cue takes in the day's own number, no words stand between them.
const SHORTEST_CUE: usize = 5;
