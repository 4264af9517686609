//! Earlier treatments that a text refers to by item number: `punkt 57 … fra den 17. maj 2020`.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::model::Reference;
use crate::understand::date::Mention;
use crate::understand::text::Sentence;
use crate::understand::{bodies, date};
use crate::{Pattern, pattern};

static POINT: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\b(?:pkt\.?|punkt(?:et)?|sag)\s*(?:nr\.?\s*)?(\d{1,4})\b"));

/// A day further away in the sentence belongs to something else.
const FARTHEST: usize = 160;

/// More references than any item has.
const MOST_REFERENCES: usize = 200;

/// References to meetings before `meeting`, each once; the day is the nearest one in the same sentence.
pub(super) fn read(sentences: &[Sentence<'_>], meeting: Option<Date>) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    for sentence in sentences {
        let text = &*sentence.text;
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let points: Vec<_> =
            POINT.captures_iter(text).filter_map(|point| Some((point.get(0)?, point.get(1)?))).collect();
        if points.is_empty() {
            continue;
        }
        let days: Vec<Mention> =
            date::mentions(text).into_iter().filter(|day| day.is_exact() && !day.without_year()).collect();
        for (at, (whole, number)) in points.iter().enumerate() {
            // As many days as numbers: they go together in order. Otherwise the nearest day counts.
            let paired = if points.len() == days.len() { days.get(at) } else { None };
            let Some(day) = paired.or_else(|| nearest(&days, whole.start(), whole.end())) else { continue };
            // A number without a day is an item of this very meeting, or of none that can be named.
            let resolved = meeting.and_then(|meeting| day.resolve(meeting)).map(|(from, _)| from);
            let Some(date) = resolved.filter(|date| meeting.is_some_and(|meeting| *date < meeting)) else {
                continue;
            };
            let body = body_of(text, whole.start().min(day.start), day.start);
            let reference = Reference { number: number.as_str().to_owned(), date: Some(date), body };
            if found.len() < MOST_REFERENCES && !found.contains(&reference) {
                found.push(reference);
            }
        }
    }
    found
}

/// The day nearest to a number, if it is near enough.
fn nearest(days: &[Mention], start: usize, end: usize) -> Option<&Mention> {
    let distance =
        |day: &&Mention| if day.start >= end { day.start - end } else { start.saturating_sub(day.end) };
    days.iter().filter(|day| distance(day) <= FARTHEST).min_by_key(distance)
}

/// The body whose meeting was on a day: the last one named before it, with nothing between but words that say so.
fn body_of(text: &str, start: usize, day: usize) -> Option<String> {
    bodies::mentions(text)
        .into_iter()
        .filter(|body| body.end <= start.max(day) && body.end + FARTHEST > start)
        .filter(|body| is_its_meeting(&text[body.end..start.max(body.end)]))
        .filter_map(|body| body.name)
        .next_back()
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
    }
}
