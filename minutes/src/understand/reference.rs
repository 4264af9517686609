//! Earlier treatments that a text refers to by item number: `punkt 57 … fra den 17. maj 2020`.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::model::Reference;
use crate::understand::bodies::BodyMention;
use crate::understand::date::Mention;
use crate::understand::text::Sentence;
use crate::understand::{bodies, date};
use crate::{Pattern, pattern};

static POINT: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:pkt\.?|(?:dagsordens?)?punkt(?:et|erne|er)?|sag)\s*(?:nr\.?\s*)?(\d{1,4})(?:\s*(?:og|samt|,)\s*(\d{1,3}))?\b",
    )
});

/// What stands before a number of a paragraph of a law: `§ 5, punkt 3`, `§ 5, stk. 2, punkt 3`.
static IN_PARAGRAPH: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"§\s*\d+\p{L}?,?\s*(?:stk\.\s*\d+,?\s*)?$"));

/// What stands after a number that counts something else: an amount, or a point of a law, an agreement, a plan.
static OF_SOMETHING_ELSE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^(?:\.\d|\s*(?:kr\b|%|pct\b|mio\b|mia\b|timer\b|stk\b)",
        r"|,?\s+(?:i|af)\s+(?:\p{L}+\s+)?\p{L}*(?:aftale|lov|plan|budget|vedtægt|politik|strategi|bekendtgørelse",
        r"|notat|bilag|kontrakt|forretningsorden|rapport|regulativ))",
    ))
});

/// A day further away in the sentence belongs to something else.
const FARTHEST: usize = 160;

/// More references than any item has.
const MOST_REFERENCES: usize = 200;

/// More numbers in one sentence are a table or an attack.
const MOST_POINTS: usize = 40;

/// References to meetings before `meeting`, each once; the day is the nearest one in the same sentence.
pub(super) fn read(sentences: &[Sentence<'_>], meeting: Option<Date>) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    let Some(meeting) = meeting else { return found };
    for sentence in sentences {
        let text = &*sentence.text;
        let points = if text.bytes().any(|byte| byte.is_ascii_digit()) { points(text) } else { Vec::new() };
        if points.is_empty() {
            continue;
        }
        let days: Vec<Mention> =
            date::mentions(text).into_iter().filter(|day| day.is_exact() && !day.without_year()).collect();
        let named = if days.is_empty() { Vec::new() } else { bodies::mentions(text) };
        for (at, point) in points.iter().enumerate() {
            // As many days as numbers: they go together in order. Otherwise the nearest day counts.
            let paired = if points.len() == days.len() { days.get(at) } else { None };
            // A number without a day is an item of this very meeting, or of none that can be named.
            let Some(day) = paired.or_else(|| nearest(&days, point.start, point.end)) else { continue };
            let Some((date, _)) = day.resolve(meeting).filter(|(date, _)| *date < meeting) else { continue };
            let body = body_of(text, &named, point.start.min(day.start), day.start);
            let reference = Reference { number: point.number.to_owned(), date: Some(date), body };
            if found.len() < MOST_REFERENCES && !found.contains(&reference) {
                found.push(reference);
            }
        }
    }
    found
}

/// An item's number in a sentence.
struct Point<'t> {
    number: &'t str,
    /// Bytes of the whole expression.
    start: usize,
    end: usize,
}

/// The numbers of items in a sentence; `punkterne 3 og 4` are two.
fn points(text: &str) -> Vec<Point<'_>> {
    let mut points = Vec::new();
    for found in POINT.captures_iter(text).take(MOST_POINTS) {
        let (Some(whole), Some(first)) = (found.get(0), found.get(1)) else { continue };
        let plural = whole.as_str().to_lowercase().contains("punkter");
        let second = found.get(2).filter(|_| plural);
        let last = second.unwrap_or(first);
        let before = &text[text.floor_char_boundary(whole.start().saturating_sub(FARTHEST))..whole.start()];
        if IN_PARAGRAPH.is_match(before) || OF_SOMETHING_ELSE.is_match(&text[last.end()..]) {
            continue;
        }
        points.extend([Some(first), second].into_iter().flatten().map(|number| Point {
            number: number.as_str(),
            start: whole.start(),
            end: last.end(),
        }));
    }
    points
}

/// The day nearest to a number, if it is near enough.
fn nearest(days: &[Mention], start: usize, end: usize) -> Option<&Mention> {
    let distance =
        |day: &&Mention| if day.start >= end { day.start - end } else { start.saturating_sub(day.end) };
    days.iter().filter(|day| distance(day) <= FARTHEST).min_by_key(distance)
}

/// The body whose meeting was on a day: the last one named before it, with nothing between but words that say so.
fn body_of(text: &str, named: &[BodyMention], start: usize, day: usize) -> Option<String> {
    named
        .iter()
        .rev()
        .filter(|body| body.end <= start.max(day) && body.end + FARTHEST > start)
        .filter(|body| is_its_meeting(&text[body.end..start.max(body.end)]))
        .find_map(|body| body.name.clone())
}

/// Words between a body and a day that make it the day of that body's meeting.
const BETWEEN: [&str; 17] = [
    "s",
    "møde",
    "mødet",
    "den",
    "d",
    "på",
    "i",
    "har",
    "sit",
    "at",
    "af",
    "fra",
    "ved",
    "på",
    "byrådet",
    "behandlede",
    "behandlet",
];

fn is_its_meeting(gap: &str) -> bool {
    gap.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| BETWEEN.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SectionKind;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, Option<&str>)]) {
        let sentence = Sentence { text: text.into(), section: SectionKind::Background };
        let found = read(&[sentence], "2020-08-12".parse().ok());
        let found: Vec<_> = found
            .iter()
            .map(|r| (r.number.as_str(), r.date.unwrap().to_string(), r.body.as_deref()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(n, d, b)| (*n, (*d).to_owned(), *b)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn treatments_are_named_by_number_and_day() {
        check(
            "Punktet følger punkt 57. 'Rammer' fra den 17. maj 2020, hvor udvalget godkendte planen.",
            &[("57", "2020-05-17", None)],
        );
        check(
            "Byrådet har 21. november 2016, pkt. 215, taget sagen til efterretning.",
            &[("215", "2016-11-21", Some("Byrådet"))],
        );
        check("Se Byrådets møde den 5. marts 2013, pkt. 101.", &[("101", "2013-03-05", Some("Byrådet"))]);
        check(
            "Det var punkt 7 den 15. maj 2019 og punkt 12 den 3. april 2019.",
            &[("7", "2019-05-15", None), ("12", "2019-04-03", None)],
        );
        check("Sagen fortsætter under punkt 4.", &[]);
        check("Behandlet på møde den 12. november 2018, dagsordenspunkt 9.", &[("9", "2018-11-12", None)]);
        check(
            "Byrådet, 12. november 2018, punkterne 3 og 4.",
            &[("3", "2018-11-12", Some("Byrådet")), ("4", "2018-11-12", Some("Byrådet"))],
        );
    }

    #[test]
    fn other_numbers_are_no_treatments() {
        check("§ 5, punkt 3, i loven af 7. maj 2018.", &[]);
        check("Efter § 5, stk. 2, punkt 3 i loven af 7. maj 2018 skal planen godkendes.", &[]);
        check("Det koster i denne sag 3000 kr. den 1. oktober 2018.", &[]);
        check("Punkt 12 i budgetaftalen fra den 1. oktober 2018 handler om veje.", &[]);
    }
}
